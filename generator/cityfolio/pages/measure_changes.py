"""What moved over all measures, the newest first: changes of status by period, revisions, new targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Literal

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Former, Measure, Observation, Standing
from cityfolio.model.performance import TargetRecord
from cityfolio.model.periods import DAY, last_day
from cityfolio.pages import routes
from cityfolio.pages.markdown import told
from cityfolio.pages.measure_figures import figures_of, in_period, period_words
from cityfolio.pages.measures_list import ways_up
from cityfolio.pages.shell import Link, Page, Site, feed_twin, index_twin
from cityfolio.pages.standings import standing_mark

MOST_CHANGES = 200            # on the page

ChangeKind = Literal["status", "revision", "target"]


class MeasureChange(Frozen, kw_only=True):
    """Something that changed of a measure on a day. What a kind does not have is None."""

    kind: ChangeKind
    day: date                     # the last of the period of a status; the day of a revision; that on which a target was set
    measure: Measure
    before: Standing | None = None
    after: Standing | None = None
    observation: Observation | None = None
    former: Former | None = None
    target: TargetRecord | None = None


class ChangeView(Frozen, kw_only=True):
    """One change as shown."""

    day: Markup
    measure: Link
    said: Markup
    note: str                     # why, where somebody wrote that down


class ChangesView(Frozen, kw_only=True):
    """What `measure-changes.html` shows."""

    crumbs: tuple[Link, ...]
    changes: tuple[ChangeView, ...]
    left_out: Markup
    feed: str                     # "" where there is none


def changes(measures: Iterable[Measure], today: date) -> tuple[MeasureChange, ...]:
    """Everything that changed up to a day, the newest first; on one day in the order of the measures."""
    found = [change for measure in measures for change in _of(measure) if change.day <= today]
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


def _of(measure: Measure) -> Iterator[MeasureChange]:
    start = measure.record.period.fiscal_year_start
    for before, after in pairwise(measure.computed.standings):
        if before.status != after.status:
            yield MeasureChange(kind="status", day=last_day(after.period, start), measure=measure, before=before, after=after)
    for observation in measure.computed.overall.observations:
        for former in observation.former:
            if former.revision.on:
                yield MeasureChange(kind="revision", day=former.revision.on, measure=measure, observation=observation,
                                    former=former)
    for target in measure.record.targets:
        if target.set_on:
            yield MeasureChange(kind="target", day=target.set_on, measure=measure, target=target)


def told_until(measures: Iterable[Measure]) -> date | None:
    """The day after the newest period of which anything is known: from then on it can be told. None where nothing is."""
    ends = [last_day(series[-1].period, each.record.period.fiscal_year_start) for each in measures
            if (series := each.computed.overall.observations)]
    return max(ends) + DAY if ends else None


def changes_page(site: Site) -> Page:
    """The page of what moved."""
    _, page = site.words.gettext, routes.MEASURE_CHANGES
    found = changes(site.catalog.measures, site.build.today)
    more = len(found) - MOST_CHANGES
    has_feed = told_until(site.catalog.measures) is not None
    feed = (feed_twin(routes.MEASURE_CHANGES_FEED, _("What moved (Atom feed)")),) if has_feed else ()
    view = ChangesView(
        crumbs=ways_up(page, site),
        changes=tuple(_view(each, site) for each in found[:MOST_CHANGES]),
        feed=site.link(page, routes.MEASURE_CHANGES_FEED) if has_feed else "",
        left_out=site.words.ngettext("%(count)s earlier change is on the page of its measure.",
                                     "%(count)s earlier changes are on the pages of their measures.", more)
        if more > 0 else Markup(""))
    return Page(url=page, kind="measure-changes", template="measure-changes.html", title=_("What moved"), view=view,
                source="measures/", section=routes.GOALS, sheets=("measures",),
                description=_("Changes of status, revisions and new targets of every measure, the newest first."),
                twins=(index_twin(page, site.words), *feed))


def _view(change: MeasureChange, site: Site) -> ChangeView:
    href = site.link(routes.MEASURE_CHANGES, routes.measure_url(change.measure.id))
    note = (change.former.revision.reason if change.former else change.target.reason if change.target else "") or ""
    return ChangeView(day=site.words.time(change.day), measure=Link(href=href, text=change.measure.title),
                      said=change_words(change, site), note=note)


def change_words(change: MeasureChange, site: Site) -> Markup:
    """What changed, in a sentence."""
    _, figures = site.words.gettext, figures_of(change.measure, site.words)
    if change.target:
        return _("New target: %(value)s by %(period)s, set by %(name)s.", value=figures.target(change.target),
                 period=in_period(change.target.until or "", site.words),
                 name=told(change.target.set_by or "") or _("nobody named"))
    if change.former and change.observation:
        return _("Revised: %(period)s was %(before)s and is %(after)s.", before=figures.value(change.former.value),
                 period=period_words(change.observation.period, site.words), after=figures.value(change.observation.value))
    assert change.before is not None
    assert change.after is not None
    return _("%(period)s: from %(before)s to %(after)s", period=site.words.begun(period_words(change.after.period, site.words)),
             before=standing_mark(change.before.status, site.words), after=standing_mark(change.after.status, site.words))
