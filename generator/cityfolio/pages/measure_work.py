"""What is done for a goal or a measure, and what its reviews agreed: with what is overdue on the day of the build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.performance import ActionRecord, ActionState, FollowUpRecord, ReviewRecord
from cityfolio.pages import routes
from cityfolio.pages.markdown import rendered, told
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words

WorkState = Literal["planned", "under-way", "done", "dropped", "overdue", "open"]


class WorkView(Frozen, kw_only=True):
    """An action, or what a review agreed on."""

    title: str
    owner: Markup
    due: Markup
    state: WorkState
    said: Markup         # the state in words
    note: Markup


class ReviewView(Frozen, kw_only=True):
    """A review with what came of it."""

    day: Markup
    by: str
    notes: Markup
    follow_ups: tuple[WorkView, ...]


def is_overdue(work: ActionRecord | FollowUpRecord, today: date) -> bool:
    """Whether something was due before a day and is neither done nor dropped."""
    is_over = work.done_on is not None or (isinstance(work, ActionRecord) and work.state in ("done", "dropped"))
    return work.due is not None and work.due < today and not is_over


def actions(records: Iterable[ActionRecord], page: str, site: Site, owner: str | None = None) -> tuple[WorkView, ...]:
    """What is done, the overdue first, then by day. `owner` answers for what names nobody."""
    today = site.build.today
    ordered = sorted(records, key=lambda each: (not is_overdue(each, today), each.due or date.max))
    return tuple(
        WorkView(title=each.title or "", owner=owner_link(each.owner or owner, page, site), due=_due(each.due, site.words),
                 state="overdue" if is_overdue(each, today) else each.state, said=_said(each, today, site.words),
                 note=rendered(each.note, 4) if each.note else Markup(""))
        for each in ordered)


def reviews(records: Iterable[ReviewRecord], page: str, site: Site) -> tuple[ReviewView, ...]:
    """Reviews, the newest first, each with what was agreed."""
    ordered = sorted(records, key=lambda each: each.date or date.min, reverse=True)
    return tuple(
        ReviewView(day=site.words.time(each.date) if each.date else Markup(""), by=each.by or "",
                   notes=rendered(each.notes, 4) if each.notes else Markup(""),
                   follow_ups=tuple(follow_up(agreed, page, site) for agreed in each.follow_ups))
        for each in ordered)


def follow_up(record: FollowUpRecord, page: str, site: Site) -> WorkView:
    """What a review agreed on."""
    _, is_late = site.words.gettext, is_overdue(record, site.build.today)
    said = _("Overdue") if is_late else _("Open")
    if record.done_on:
        said = _("Done on %(day)s", day=site.words.day(record.done_on))
    return WorkView(title=record.what or "", owner=owner_link(record.owner, page, site), due=_due(record.due, site.words),
                    state="done" if record.done_on else "overdue" if is_late else "open", said=said, note=Markup(""))


def owner_link(publisher_id: str | None, page: str, site: Site) -> Markup:
    """Who answers for something, with a link; "" for nobody."""
    titles = {each.id: each.title for each in site.catalog.publishers}
    if publisher_id not in titles or publisher_id is None:
        return Markup("")
    return Markup('<a href="{}">{}</a>').format(site.link(page, routes.publisher_url(publisher_id)), told(titles[publisher_id]))


def _due(day: date | None, words: Words) -> Markup:
    return words.time(day) if day else Markup("")


def _said(action: ActionRecord, today: date, words: Words) -> Markup:
    if is_overdue(action, today):
        return words.pgettext("action", "Overdue")
    if action.done_on and action.state in ("done", "dropped"):
        day = words.day(action.done_on)
        return words.pgettext("action", "Done on %(day)s", day=day) if action.state == "done" else words.pgettext(
            "action", "Dropped on %(day)s", day=day)
    return state_words(words)[action.state]


def state_words(words: Words) -> Mapping[ActionState, Markup]:
    """How far an action is."""
    return {"planned": words.pgettext("action", "Planned"), "under-way": words.gettext("Under way"),
            "done": words.pgettext("action", "Done"), "dropped": words.pgettext("action", "Dropped")}
