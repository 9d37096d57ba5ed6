"""Every measure of a city by goal, as tables, and how many there are of each status and each kind."""

from __future__ import annotations

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Measure
from cityfolio.pages import routes
from cityfolio.pages.measure_answer import newest_value, trend_names, type_names
from cityfolio.pages.measure_figures import figures_of, in_period, period_words
from cityfolio.pages.measure_work import owner_link
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.standings import StandingCount, counted_standings, standing_mark


class MeasureRow(Frozen, kw_only=True):
    """One measure in a table of measures."""

    link: Link
    value: Markup
    period: Markup
    target: Markup
    status: Markup
    trend: Markup
    type: Markup
    owner: Markup


class MeasureGroup(Frozen, kw_only=True):
    """The measures of one goal."""

    anchor: str
    goal: Link                     # without an address for those that show no goal
    rows: tuple[MeasureRow, ...]


class MeasuresView(Frozen, kw_only=True):
    """What `measures.html` shows."""

    crumbs: tuple[Link, ...]
    counts: tuple[StandingCount, ...]
    kinds: Markup                  # how many of each kind
    groups: tuple[MeasureGroup, ...]
    method: Link
    changes: Link


def measures_page(site: Site) -> Page:
    """The list of all measures, by goal."""
    _, page, measures = site.words.gettext, routes.MEASURES, site.catalog.measures
    by_goal: dict[str, list[Measure]] = {}
    for measure in measures:
        by_goal.setdefault(measure.goal.id if measure.goal else "", []).append(measure)
    view = MeasuresView(
        crumbs=ways_up(page, site)[:1],
        counts=counted_standings((each.status for each in measures), site.words), kinds=_kinds(measures, site),
        groups=tuple(_group(each, site) for each in by_goal.values()),
        method=Link(href=site.link(page, routes.METHOD), text=_("How status is decided")),
        changes=Link(href=site.link(page, routes.MEASURE_CHANGES), text=_("What moved")))
    return Page(url=page, kind="measures", template="measures.html", title=_("Measures"), view=view, source="measures/",
                section=routes.GOALS, sheets=("measures",), twins=(index_twin(page, site.words),),
                description=site.words.ngettext("%(count)s measure with value, target, status and trend.",
                                                "%(count)s measures with value, target, status and trend.", len(measures)))


def ways_up(page: str, site: Site) -> tuple[Link, ...]:
    """The way back from a page below the list of measures."""
    _ = site.words.gettext
    return (Link(href=site.link(page, routes.GOALS), text=_("Goals")),
            Link(href=site.link(page, routes.MEASURES), text=_("Measures")))


def measure_row(measure: Measure, page: str, site: Site) -> MeasureRow:
    """A measure as a row of a table on some page."""
    words, figures, standing = site.words, figures_of(measure, site.words), measure.computed.standing
    newest = newest_value(measure)
    return MeasureRow(
        link=Link(href=site.link(page, routes.measure_url(measure.id)), text=measure.title),
        value=figures.value(newest.value) if newest else words.gettext("No data"),
        period=period_words(newest.period, words) if newest else Markup(""),
        target=words.gettext("%(value)s by %(period)s", value=figures.target(standing.target),
                             period=in_period(standing.target.until or "", words)) if standing.target else Markup(""),
        status=standing_mark(measure.status, words), trend=trend_names(words)[measure.computed.trend.word],
        type=type_names(words).get(measure.record.type or "", Markup("")),
        owner=owner_link(measure.owner.id if measure.owner else None, page, site))


def _group(measures: list[Measure], site: Site) -> MeasureGroup:
    goal = measures[0].goal
    href = site.link(routes.MEASURES, routes.goal_url(goal.id)) if goal else ""
    return MeasureGroup(anchor=f"goal-{goal.id}" if goal else "no-goal",
                        goal=Link(href=href, text=goal.title if goal else site.words.gettext("Without a goal")),
                        rows=tuple(measure_row(each, routes.MEASURES, site) for each in measures))


def _kinds(measures: tuple[Measure, ...], site: Site) -> Markup:
    """How many measures of each kind there are: a city that only counts what it does does not know what comes of it."""
    named = type_names(site.words)
    counts = {kind: sum(each.record.type == kind for each in measures) for kind in named}
    return site.words.sentence_list([site.words.gettext("%(kind)s: %(count)s", kind=named[kind], count=count)
                                     for kind, count in counts.items() if count])
