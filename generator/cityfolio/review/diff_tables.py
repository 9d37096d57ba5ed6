"""What of two states has to be read for a comparison of problems and measures: what differs, and what depends on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cityfolio.cache import Keep
from cityfolio.check.measures import measure_problems
from cityfolio.check.privacy import personal_problems
from cityfolio.check.registry import check
from cityfolio.check.secrets import secret_problems
from cityfolio.check.tables import check_tables
from cityfolio.frozen import Frozen, replace
from cityfolio.load.dictionary import filled_in
from cityfolio.load.loaded import Loaded
from cityfolio.measures.measured import Measured, measured
from cityfolio.model.records import ColumnRecord, DatasetRecord
from cityfolio.problems import Problem, in_order, stops
from cityfolio.review.diff_state import State, States
from cityfolio.tables.published import Bench, Tables, read_tables


@dataclass(slots=True)
class Remembered:
    """A cache that lasts as long as a comparison: what both states have is read once."""

    keep: Keep
    kept: dict[str, bytes] = field(default_factory=dict)

    def get(self, key: str) -> bytes | None:
        """The value kept under a key, here or in what lasts longer."""
        return self.kept.get(key) or self.keep.get(key)

    def put(self, key: str, body: bytes) -> str:
        """Keep a value."""
        self.kept[key] = body
        return self.keep.put(key, body)

    def get_file(self, key: str, sha256: str, target: Path) -> bool:
        """Lay a kept file at a path."""
        return self.keep.get_file(key, sha256, target)

    def has_file(self, key: str) -> bool:
        """Whether there seems to be a file under a key."""
        return self.keep.has_file(key)

    def put_file(self, key: str, path: Path) -> str:
        """Keep a copy of a file."""
        return self.keep.put_file(key, path)


class Needed(Frozen, kw_only=True):
    """Ids of what is looked into in one state."""

    datasets: frozenset[str]
    measures: frozenset[str]
    paths: frozenset[str]           # files that are searched for secrets


class Seen(Frozen, kw_only=True):
    """What was found in one state."""

    tables: Tables
    problems: tuple[Problem, ...]
    figures: Measured
    is_measured: bool = True        # False while there are errors: what is computed then would be of what is to be mended


def needed(states: States) -> Needed:
    """Everything that differs, and what depends on it: the same in both states, so that nothing seems to come or go."""
    differing = states.differing()
    both = [state.loaded for state in (states.before, states.after)]
    touched = _touched(both, differing)
    references = [_references(loaded) for loaded in both]
    pointing = {name for each in references for name, others in each.items() if others & touched}
    sources = [_sources(loaded) for loaded in both]
    calendars = _ids(differing, "calendars")
    measures = {name for each in sources for name, others in each.items() if others & touched} | _ids(differing, "measures")
    measures |= {each.id for loaded in both for each in loaded.measures.values()
                 if each.record.compute and each.record.compute.calendar in calendars}
    datasets = touched | pointing | {other for each in sources for name in measures for other in each.get(name, ())}
    datasets |= {other for each in references for name in datasets for other in each.get(name, ())}
    harmless = {each.path for loaded in both if loaded.site for each in loaded.site.record.harmless if each.path}
    return Needed(datasets=frozenset(datasets), measures=frozenset(measures), paths=differing | harmless)


def _touched(both: list[Loaded], differing: frozenset[str]) -> set[str]:
    """Datasets with something of their own that differs, or with a shared column that does."""
    shared = _ids(differing, "columns")
    limits = [loaded.site.record.limits if loaded.site else None for loaded in both]
    return _ids(differing, "datasets") | {
        each.id for loaded in both for each in loaded.datasets.values()
        if limits[0] != limits[1] or any(column.standard in shared for column in _columns(each.record))}


def _ids(paths: frozenset[str], room: str) -> set[str]:
    return {path.split("/")[1].removesuffix(".yaml") for path in paths if path.startswith(f"{room}/")}


def _columns(record: DatasetRecord) -> Iterator[ColumnRecord]:
    yield from record.columns.values()
    for file in record.files:
        yield from file.columns.values()


def _references(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """Each dataset with those whose columns its own point to."""
    found = {each.id: frozenset(target.dataset or "" for column in _columns(each.record)
                                if (target := filled_in(loaded, column).foreign_key) is not None)
             for each in loaded.datasets.values()}
    return {name: others for name, others in found.items() if others}


def _sources(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """Each measure with the datasets that it is computed from."""
    found = {}
    for each in loaded.measures.values():
        compute = each.record.compute
        population = compute.rate.population if compute and compute.rate else None
        named = (compute.dataset if compute else None, population.dataset if population else None)
        found[each.id] = frozenset(filter(None, named))
    return found


def seen(state: State, wanted: Needed, bench: Bench) -> Seen:
    """Check a state, and read and measure what is needed of it."""
    datasets = {name: each for name, each in state.loaded.datasets.items() if name in wanted.datasets}
    measures = {name: each for name, each in state.loaded.measures.items() if name in wanted.measures}
    part = replace(state.loaded, datasets=datasets, measures=measures)
    searched = replace(state.loaded, nodes={path: node for path, node in state.loaded.nodes.items() if path in wanted.paths})
    tables = read_tables(part, bench)
    problems = in_order([
        *check(state.loaded, state.build), *check_tables(part, tables), *measure_problems(part, tables, state.tree),
        *personal_problems(part, tables, state.build.today), *secret_problems(searched, state.tree)])
    if not measures or stops(problems, strict=False):
        return Seen(tables=tables, problems=problems, figures=Measured(), is_measured=not measures)
    figures = measured(part, tables, state.build, bench)
    return Seen(tables=tables, problems=in_order([*problems, *figures.problems]), figures=figures)
