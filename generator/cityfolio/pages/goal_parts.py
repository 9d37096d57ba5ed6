"""Goals and measures as other pages name them: on the home page, beside datasets, below topics and publishers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import zip_longest

from cityfolio.frozen import Frozen
from cityfolio.model.measured import Goal, Measure
from cityfolio.pages import routes
from cityfolio.pages.measures_list import MeasureRow, measure_row
from cityfolio.pages.shell import Link, Site

MOST_ON_HOME = 6
SHEET = "goals"


class GoalEntry(Frozen, kw_only=True):
    """A goal with those of its measures that matter to a page."""

    goal: Link                     # without an address for measures that show no goal
    measures: tuple[MeasureRow, ...]


def home_goals(site: Site) -> tuple[GoalEntry, ...]:
    """A few goals for the home page, each with its headline: the first of every priority, then their second ones."""
    shown = [goal for goal in in_turn(site.catalog.goals) if goal.headline][:MOST_ON_HOME]
    return tuple(goal_entry(goal, goal.measures[:1], routes.HOME, site) for goal in shown)


def sheets_of(entries: Collection[GoalEntry]) -> tuple[str, ...]:
    """The further style sheets that a page with these goals needs."""
    return (SHEET,) if entries else ()


def in_turn(goals: Iterable[Goal]) -> Iterator[Goal]:
    """Goals with the first of each priority ahead of any second one."""
    by_priority: dict[str, list[Goal]] = {}
    for goal in goals:
        by_priority.setdefault(goal.priority.id if goal.priority else "", []).append(goal)
    for turn in zip_longest(*by_priority.values()):
        yield from (goal for goal in turn if goal)


def goals_of_topic(topic_id: str, page: str, site: Site) -> tuple[GoalEntry, ...]:
    """The goals that name a topic, each with its headline."""
    return tuple(goal_entry(goal, goal.measures[:1], page, site) for goal in site.catalog.goals
                 if topic_id in goal.record.topics)


def goals_of_publisher(publisher_id: str, page: str, site: Site) -> tuple[GoalEntry, ...]:
    """What a publisher answers for: its goals, and its measures below the goals of others."""
    def is_its(held: Goal | Measure) -> bool:
        return held.owner is not None and held.owner.id == publisher_id

    return tuple(_entries(site, page, is_its, is_its))


def goals_using(dataset_id: str, page: str, site: Site) -> tuple[GoalEntry, ...]:
    """The measures that are computed from a dataset, below their goals."""
    users = site.users.get(dataset_id)
    return tuple(_entries(site, page, lambda measure: measure.id in users, lambda goal: False)) if users else ()


def users_of_datasets(measures: Iterable[Measure]) -> Mapping[str, frozenset[str]]:
    """The ids of the measures that are computed from each dataset, by its id."""
    users = defaultdict(set)
    for measure in measures:
        for dataset_id in datasets_of(measure):
            users[dataset_id].add(measure.id)
    return {dataset_id: frozenset(ids) for dataset_id, ids in users.items()}


def datasets_of(measure: Measure) -> tuple[str, ...]:
    """The ids of the datasets behind a measure: of its rows, and of the population that a rate is for."""
    compute = measure.record.compute
    population = compute.rate.population.dataset if compute and compute.rate and compute.rate.population else None
    named = (measure.dataset.id if measure.dataset else None, population)
    return tuple(dict.fromkeys(each for each in named if each))


def goal_entry(goal: Goal, measures: Iterable[Measure], page: str, site: Site) -> GoalEntry:
    """A goal with some of its measures, as linked from a page."""
    return GoalEntry(goal=Link(href=site.link(page, routes.goal_url(goal.id)), text=goal.title),
                     measures=tuple(measure_row(each, page, site) for each in measures))


def _entries(site: Site, page: str, has_measure: Callable[[Measure], bool],
             has_goal: Callable[[Goal], bool]) -> Iterator[GoalEntry]:
    """Goals that count or of which a measure counts, with these measures; those that show no goal come last."""
    for goal in site.catalog.goals:
        measures = [each for each in goal.measures if has_measure(each)]
        if measures or has_goal(goal):
            yield goal_entry(goal, measures or goal.measures[:1], page, site)
    loose = [each for each in site.catalog.measures if each.goal is None and has_measure(each)]
    if loose:
        yield GoalEntry(goal=Link(href="", text=site.words.gettext("Without a goal")),
                        measures=tuple(measure_row(each, page, site) for each in loose))
