"""What can be seen by district or by group of people, and what cannot yet: of measures, and of datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from cityfolio.frozen import Frozen
from cityfolio.lately import found_lately
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.measured import Measure, Series
from cityfolio.practice.areas import columns_of_areas, has_places

Kind = Literal["area", "group"]
Lack = Literal["by-hand", "no-by", "no-column", "no-values", "hidden"]
PLACES = ""          # in place of a column: the rows themselves have places


class Cut(Frozen, kw_only=True):
    """A measure by the values of one column, in the newest period."""

    column: str
    kind: Kind
    groups: int
    hidden: int                   # of them, because few rows stand behind them

    @property
    def is_shown(self) -> bool:
        """Whether there is any group of which a value is shown."""
        return self.groups > self.hidden


class MeasureSeen(Frozen, kw_only=True):
    """By what a measure can be seen, or why it cannot yet."""

    measure: Measure
    cuts: tuple[Cut, ...]
    lack: Lack | None             # None where it can be seen by something
    could: tuple[str, ...]        # columns of its data that it could be shown by

    def shown(self, kind: Kind) -> bool:
        """Whether it can be seen by areas, or by groups."""
        return any(each.kind == kind and each.is_shown for each in self.cuts)


class DatasetSeen(Frozen, kw_only=True):
    """By which of its columns a dataset can be seen."""

    dataset: Dataset
    areas: tuple[str, ...]        # columns; PLACES for rows with places
    groups: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        """Whether it can be seen by anything."""
        return bool(self.areas or self.groups)

    def shown(self, kind: Kind) -> bool:
        """Whether it can be seen by areas, or by groups."""
        return bool(self.areas if kind == "area" else self.groups)


class Seen(Frozen, kw_only=True):
    """Every measure, and every dataset that is published."""

    measures: tuple[MeasureSeen, ...]
    datasets: tuple[DatasetSeen, ...]

    @property
    def has_any(self) -> bool:
        """Whether there is something to tell: a measure, or a dataset that can be seen by something."""
        return bool(self.measures) or any(each.is_cut for each in self.datasets)


def has_equity(catalog: Catalog) -> bool:
    """Whether there is a page of it."""
    return seen(catalog).has_any


@found_lately
def seen(catalog: Catalog) -> Seen:
    """By what everything can be seen."""
    areas, groups = columns_of_areas(catalog), _columns_of_groups(catalog)
    return Seen(measures=tuple(_measure(each, catalog, areas, groups) for each in catalog.measures),
                datasets=tuple(_dataset(each, areas, groups) for each in catalog.published))


def _columns_of_groups(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """By dataset the columns that tell groups of people apart: those declared so, and those by which a measure is shown."""
    found: dict[str, dict[str, None]] = {}
    for dataset in catalog.datasets:
        for declared in dataset.record.anonymity:
            found.setdefault(dataset.id, {}).update(dict.fromkeys(declared.quasi_identifiers))
    for measure in catalog.measures:
        compute = measure.record.compute
        if compute and compute.dataset:
            found.setdefault(compute.dataset, {}).update(dict.fromkeys(compute.by))
    return {dataset: tuple(names) for dataset, names in found.items()}


def _dataset(dataset: Dataset, areas: Mapping[str, tuple[str, ...]], groups: Mapping[str, tuple[str, ...]]) -> DatasetSeen:
    named, others = areas.get(dataset.id, ()), groups.get(dataset.id, ())
    return DatasetSeen(dataset=dataset, areas=(*named, PLACES) if any(map(has_places, dataset.files)) else named,
                       groups=tuple(each for each in others if each not in named) if others else ())


def _measure(measure: Measure, catalog: Catalog, areas: Mapping[str, tuple[str, ...]],
             groups: Mapping[str, tuple[str, ...]]) -> MeasureSeen:
    compute, dataset = measure.record.compute, measure.dataset.id if measure.dataset else ""
    named = areas.get(dataset, ())
    cuts = tuple(_cut(column, series, "area" if column in named else "group")
                 for column, series in measure.computed.groups.items() if series)
    if any(each.is_shown for each in cuts):
        return MeasureSeen(measure=measure, cuts=cuts, lack=None, could=())
    could = tuple(dict.fromkeys([*named, *groups.get(dataset, ())]))
    lack: Lack = "no-by" if could else "no-column"
    if compute is None:
        lack, could = "by-hand", ()
    elif cuts:
        lack = "hidden"
    elif compute.by:
        lack = "no-values"
    return MeasureSeen(measure=measure, cuts=cuts, lack=lack, could=could if lack == "no-by" else ())


def _cut(column: str, series: tuple[Series, ...], kind: Kind) -> Cut:
    """How many groups there are in the newest period in which any has a value or is held back."""
    periods = {each.period for group in series for each in group.observations if each.is_suppressed or each.value is not None}
    newest = max(periods, default="")
    found = [each for group in series for each in group.observations
             if each.period == newest and (each.is_suppressed or each.value is not None)]
    return Cut(column=column, kind=kind, groups=len(found), hidden=sum(each.is_suppressed for each in found))


def by_priority(found: Seen, catalog: Catalog) -> Iterator[tuple[str, str, tuple[MeasureSeen, ...]]]:
    """Measures by the priority of their goals: its id and title; those of none come last, without an id."""
    placed = {goal.id: priority.id for priority in catalog.priorities for goal in priority.goals}

    def of(each: MeasureSeen) -> str:
        return placed.get(each.measure.goal.id, "") if each.measure.goal else ""

    for identifier, title in (*((each.id, each.title) for each in catalog.priorities), ("", "")):
        measures = tuple(each for each in found.measures if of(each) == identifier)
        if measures:
            yield identifier, title, measures


def by_topic(found: Seen, catalog: Catalog) -> Iterator[tuple[str, str, tuple[DatasetSeen, ...]]]:
    """Datasets by topic: its id and title. One of several topics is in each; those of none come last, without an id."""
    held: dict[str, list[DatasetSeen]] = {}
    for each in found.datasets:
        for identifier in {topic.id for topic in each.dataset.topics} or {""}:
            held.setdefault(identifier, []).append(each)
    for identifier, title in (*((each.id, each.title) for each in catalog.topics), ("", "")):
        if identifier in held:
            yield identifier, title, tuple(held[identifier])
