"""The overview of goals: by priority, as tables, with how many measures have each status."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Goal, Measure, Priority
from cityfolio.pages import routes
from cityfolio.pages.goal_days import goal_days
from cityfolio.pages.markdown import rendered, told
from cityfolio.pages.measure_answer import direction_words
from cityfolio.pages.measures_list import MeasureRow, measure_row
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin
from cityfolio.pages.standings import StandingCount, counted_standings

SHEETS = ("goal",)


class GoalLine(Frozen, kw_only=True):
    """A measure as a row of the overview."""

    row: MeasureRow
    direction: Markup


class GoalRows(Frozen, kw_only=True):
    """A goal with its headline beside it and its other measures below."""

    link: Link
    headline: GoalLine | None
    others: tuple[GoalLine, ...]


class PriorityGroup(Frozen, kw_only=True):
    """The goals of one priority."""

    anchor: str
    title: Markup
    description: Markup
    plan: str
    counts: tuple[StandingCount, ...]
    goals: tuple[GoalRows, ...]


class GoalsView(Frozen, kw_only=True):
    """What `goals.html` shows."""

    held: Markup                       # how many goals and measures, in a sentence
    counts: tuple[StandingCount, ...]
    groups: tuple[PriorityGroup, ...]
    loose: tuple[MeasureRow, ...]      # measures that show no goal
    links: tuple[Link, ...]            # to the list of measures, the method, what moved, briefs
    downloads: tuple[Link, ...]


def has_goals(site: Site) -> bool:
    """Whether there is anything that the pages of goals could show."""
    return bool(site.catalog.goals or site.catalog.measures)


def goals_page(site: Site) -> Page:
    """The overview of all goals."""
    _, catalog = site.words.gettext, site.catalog
    view = GoalsView(
        held=_held(site), counts=counted_standings((each.status for each in catalog.measures), site.words),
        groups=tuple(_groups(site)), links=tuple(_links(site)), downloads=tuple(_downloads(site)),
        loose=tuple(measure_row(each, routes.GOALS, site) for each in catalog.measures if each.goal is None))
    return Page(url=routes.GOALS, kind="goals", template="goals.html", title=_("Goals"), view=view, source="goals/",
                section=routes.GOALS, sheets=SHEETS, twins=(index_twin(routes.GOALS, site.words), *goal_twins(site)),
                description=_("What the city set out to do, and whether it does it: %(held)s", held=view.held))


def goal_twins(site: Site) -> Iterator[Twin]:
    """The goals and the values of their measures for programs."""
    _ = site.words.gettext
    if site.catalog.measures:
        yield Twin(url=routes.GOALS_JSON, media_type="application/json", title=_("Every goal (JSON)"))
        yield Twin(url=routes.observations_url(routes.GOALS, "csv"), media_type="text/csv",
                   title=_("Every value of every measure (CSV)"))


def priority_anchor(priority_id: str) -> str:
    """The id of a priority's part of the overview, without "#"."""
    return f"priority-{priority_id}"


def _held(site: Site) -> Markup:
    words, catalog = site.words, site.catalog
    return words.gettext("%(goals)s with %(measures)s.",
                         goals=words.ngettext("%(count)s goal", "%(count)s goals", len(catalog.goals)),
                         measures=words.ngettext("%(count)s measure", "%(count)s measures", len(catalog.measures)))


def _groups(site: Site) -> Iterator[PriorityGroup]:
    _, catalog = site.words.gettext, site.catalog
    for priority in catalog.priorities:
        if priority.goals:
            yield _group(priority, site)
    placed = {goal.id for priority in catalog.priorities for goal in priority.goals}
    rest = [goal for goal in catalog.goals if goal.id not in placed]
    if rest:
        title = _("Further goals") if len(rest) < len(catalog.goals) else _("All goals")
        yield PriorityGroup(anchor="no-priority", title=title, description=Markup(""), plan="", counts=_counts(rest, site),
                            goals=tuple(_rows(goal, site) for goal in rest))


def _group(priority: Priority, site: Site) -> PriorityGroup:
    record = priority.record
    return PriorityGroup(
        anchor=priority_anchor(priority.id), title=Markup.escape(told(priority.title)),
        description=rendered(record.description, 3) if record.description else Markup(""),
        plan=routes.outward(record.plan) if record.plan else "", counts=_counts(priority.goals, site),
        goals=tuple(_rows(goal, site) for goal in priority.goals))


def _counts(goals: tuple[Goal, ...] | list[Goal], site: Site) -> tuple[StandingCount, ...]:
    return counted_standings((each.status for goal in goals for each in goal.measures), site.words)


def _rows(goal: Goal, site: Site) -> GoalRows:
    lines = tuple(_line(each, site) for each in goal.measures)
    return GoalRows(link=Link(href=site.link(routes.GOALS, routes.goal_url(goal.id)), text=goal.title),
                    headline=lines[0] if lines else None, others=lines[1:])


def _line(measure: Measure, site: Site) -> GoalLine:
    return GoalLine(row=measure_row(measure, routes.GOALS, site),
                    direction=direction_words(measure.record.direction, site.words))


def _links(site: Site) -> Iterator[Link]:
    _ = site.words.gettext
    of_measures = ((routes.MEASURES, _("All measures")), (routes.METHOD, _("How status is decided")),
                   (routes.MEASURE_CHANGES, _("What moved")))
    for url, text in (*(of_measures if site.catalog.measures else ()), (routes.BRIEFS, _("For the next review"))):
        yield Link(href=site.link(routes.GOALS, url), text=text)


def _downloads(site: Site) -> Iterator[Link]:
    _ = site.words.gettext
    named = [(routes.observations_url(routes.GOALS, ending), name)
             for ending, name in (("csv", "CSV"), ("json", "JSON"), ("parquet", "Parquet"))]
    calendar = ((routes.GOALS_CALENDAR, _("Calendar")),) if goal_days(site.catalog, site.words) else ()
    for url, text in (*named, *calendar) if site.catalog.measures else ():
        yield Link(href=site.link(routes.GOALS, url), text=text)
