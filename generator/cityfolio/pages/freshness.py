"""How up to date a dataset is, as a state with words."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Dataset
from cityfolio.model.frequency import Frequency, Freshness
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words


class State(Frozen, kw_only=True):
    """A state by name, which gives icon and color, and in words."""

    name: str          # "on-time", "late", "unknown", or a status
    words: Markup
    due: str = ""      # the day after which it is late, for the reader's clock; "" where that is not to be counted on
    late_one: str = ""     # the words for it then: late by one day, and late by {n} days
    late_many: str = ""


def freshness_state(dataset: Dataset, site: Site) -> State:
    """The freshness line of a dataset's page: state, date and promise, and what it says once the reader's clock is later."""
    state = _state(dataset.freshness, dataset.record.frequency, site.words)
    due = due_day(dataset, site)
    if not due or dataset.freshness.updated is None or dataset.record.frequency is None:
        return state
    places = {"date": site.words.day(dataset.freshness.updated), "frequency": _due(dataset.record.frequency, site.words)}
    one = site.words.gettext("Late by %(count)s day: updated %(date)s, due %(frequency)s", count=1, **places)
    many = site.words.gettext("Late by %(count)s days: updated %(date)s, due %(frequency)s", count="{n}", **places)
    return replace(state, due=due, late_one=str(one.unescape()), late_many=str(many.unescape()))


def due_day(dataset: Dataset, site: Site) -> str:
    """The day after which a dataset is late, as pages carry it for the reader's clock; "" where there is none.

    A site that is pinned to a day, such as a demonstration or an archive, does not age.
    """
    is_pinned = site.catalog.site.as_of == site.build.today
    due = dataset.freshness.due
    return due.isoformat() if due and dataset.status == "published" and not is_pinned else ""


@lru_cache(maxsize=4_096)
def _state(fresh: Freshness, every: Frequency | None, words: Words) -> State:
    _ = words.gettext
    if fresh.updated is None:
        return State(name="unknown", words=_promise_alone(every, words))
    places = {"date": words.time(fresh.updated), "frequency": _due(every, words) if every else ""}
    if fresh.state == "late":
        return State(name="late", words=words.ngettext(
            "Late by %(count)s day: updated %(date)s, due %(frequency)s",
            "Late by %(count)s days: updated %(date)s, due %(frequency)s", fresh.days_late, **places))
    if fresh.state == "on-time":
        return State(name="on-time", words=_("On time: updated %(date)s, due %(frequency)s", **places))
    if every and every.word == "never":
        return State(name="unknown", words=_("Last updated %(date)s; not updated any more", **places))
    if every and every.iso == "":
        return State(name="unknown", words=_("Last updated %(date)s; updated %(frequency)s", **places))
    return State(name="unknown", words=_("Updated %(date)s, with no promised schedule", **places))


def _due(every: Frequency, words: Words) -> Markup:
    """When an update is due, as it is counted: what comes all the time is late after a day."""
    return words.gettext("at least daily") if every.word == "continual" else words.frequency(every)


def _promise_alone(every: Frequency | None, words: Words) -> Markup:
    _ = words.gettext
    if every and every.promises:
        return _("Due %(frequency)s; the day of the last update is not known", frequency=_due(every, words))
    if every and every.word == "never":
        return _("Not updated any more; the day of the last update is not known")
    if every:
        return _("Updated %(frequency)s; the day of the last update is not known", frequency=words.frequency(every))
    return _("The day of the last update is not known")


def freshness_word(state: str, words: Words) -> Markup:
    """A freshness state in one or two words, for lists."""
    _ = words.gettext
    return {"on-time": _("On time"), "late": _("Late"), "unknown": _("Not known")}[state]


def status_word(status: str, words: Words) -> Markup:
    """A dataset's status in one word."""
    _ = words.gettext
    return {"published": _("Published"), "planned": _("Planned"), "restricted": _("Restricted"),
            "retired": _("Retired")}[status]
