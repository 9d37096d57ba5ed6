"""The closed periods of a catalog's measures: read, held against what is found now, and what contradicts them as problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from cityfolio.files import Tree
from cityfolio.frozen import Frozen, field
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.measures.closed_rows import Answer, Asked, Counted, read_closed_rows
from cityfolio.measures.closed_targets import TARGETS, target_problems
from cityfolio.measures.history import Change, held
from cityfolio.measures.observations import Committed, Line, number_text, read_observations
from cityfolio.measures.observed import Observed
from cityfolio.measures.rows_asked import asked_of_rows
from cityfolio.model.measured import Observation
from cityfolio.model.performance import MeasureRecord
from cityfolio.model.periods import grain_of, last_day
from cityfolio.problems import Location, Problem
from cityfolio.tables.published import Bench

OBSERVATIONS = "observations.csv"
CLOSED_ROWS = "closed-rows.csv"
MOST_GROUPS = 5                   # that a message names beside the first


class _Contradiction(Frozen, kw_only=True):
    """What is not as it was in a measure."""

    record: MeasureRecord
    committed: Committed
    changes: tuple[Change, ...]
    counted: Counted | None       # None: its rows are not published, or it has none
    data_until: date | None


class ClosedPeriods(Frozen):
    """The closed periods of all measures. Periods that end after `until` were closed later than this build is of."""

    loaded: Loaded
    tree: Tree
    until: date
    problems: list[Problem] = field(default_factory=list)
    contradictions: dict[str, _Contradiction] = field(default_factory=dict)

    def held(self, measure: Sourced[MeasureRecord], now: Observed | None, counted: Counted | None,
             data_until: date | None) -> Observed:
        """What is found now of a measure, with what was closed."""
        committed = committed_of(self.loaded, self.tree, measure)
        self.problems.extend((*committed.problems, *self.lost(measure, committed), *self.moved(measure)))
        if not committed.lines or committed.problems:
            return now or Observed()
        found = held(measure.record, now, committed, self.until)
        if found.changes:
            self.contradictions[measure.id] = _Contradiction(record=measure.record, committed=committed, changes=found.changes,
                                                             counted=counted, data_until=data_until)
        return found.observed

    def moved(self, measure: Sourced[MeasureRecord]) -> Iterator[Problem]:
        """Targets that are not what they were when periods were closed."""
        body = beside(self.loaded, self.tree, measure.id, TARGETS)
        return target_problems(measure, body, f"measures/{measure.id}/{TARGETS}")

    def lost(self, measure: Sourced[MeasureRecord], committed: Committed) -> Iterator[Problem]:
        """Closed periods of which only the rows are still told of: their values were taken away."""
        kept, told = read_closed_rows(beside(self.loaded, self.tree, measure.id, CLOSED_ROWS) or b""), _periods(committed)
        lost = [] if committed.problems else sorted(
            each for each in kept if each not in told and grain_of(each) == measure.record.period.grain)
        if lost:
            more = f", nor are those of {len(lost) - 1:,} more" if len(lost) > 1 else ""
            says = f"{lost[0]} of {measure.id} was closed, as {CLOSED_ROWS} tells, and its values are not here{more}"
            yield Problem(code="observations-invalid", where=Location(path=committed.path), says=says,
                          fix="Take the file from git again; a closed period is changed with a note under `revisions:`.")

    def refusals(self, bench: Bench) -> Iterator[Problem]:
        """A problem for each closed period that would not be what it was. Only now are rows read again, to name them."""
        asked = {}
        for identifier, each in self.contradictions.items():
            if each.counted is not None:
                kept = read_closed_rows(beside(self.loaded, self.tree, identifier, CLOSED_ROWS) or b"")
                periods = dict.fromkeys(change.period for change in each.changes)
                asked[identifier] = Asked(counted=each.counted, periods={
                    period: kept[period].fingerprint if period in kept else "" for period in periods})
        answers = asked_of_rows(asked, bench)
        for identifier, each in self.contradictions.items():
            yield from _refusals(identifier, each, answers.get(identifier, {}))


def _periods(committed: Committed) -> frozenset[str]:
    return frozenset(each.period for each in committed.lines)


def beside(loaded: Loaded, tree: Tree, identifier: str, name: str) -> bytes | None:
    """A file beside a measure.yaml; None where there is none, or where it cannot be read."""
    path = f"measures/{identifier}/{name}"
    if path not in loaded.nodes or loaded.nodes[path].kind != "file":
        return None
    try:
        return tree.read(path)
    except OSError:
        return None


def committed_of(loaded: Loaded, tree: Tree, measure: Sourced[MeasureRecord]) -> Committed:
    """What was closed of a measure."""
    path = f"measures/{measure.id}/{OBSERVATIONS}"
    body = beside(loaded, tree, measure.id, OBSERVATIONS)
    if body is not None:
        return read_observations(body, path, measure.record)
    if path in loaded.nodes and loaded.nodes[path].kind == "file":
        return Committed(path=path, problems=(Problem(code="observations-invalid", where=Location(path=path),
                                                      says="the file could not be read", fix="Check its permissions."),))
    return Committed(path=path)


def _refusals(identifier: str, found: _Contradiction, answers: Answer) -> Iterator[Problem]:
    in_order = sorted(found.changes, key=lambda each: each.period)
    for period, every in groupby(in_order, key=lambda each: each.period):
        changes = list(every)
        first = changes[0]
        says = f"{identifier} in {_named(first)} was closed as {_then(first.then)} and is {_valued(first.now)} now"
        says += f"{_others(changes[1:])}; {_rows(found, period, answers.get(period))}"
        then = next((each.then for each in changes if each.then is not None), None)
        where = found.committed.at(then) if then else Location(path=found.committed.path)
        yield Problem(code="observation-changed", where=where, says=says, fix=_fix(found, period))


def _fix(found: _Contradiction, period: str) -> str:
    put_back = "what was changed" if found.record.compute else "the reading"
    return (f"Put {put_back} back; or write `- {{period: {period}, on: …, by: …, reason: …}}` under `revisions:` in "
            "measure.yaml, and both values are shown.")


def _named(change: Change) -> str:
    return f"{change.period} for {_group(change)}" if change.by else change.period


def _group(change: Change) -> str:
    return f"{change.by} {change.group or '(none)'}"


def _then(line: Line | None) -> str:
    if line is None:
        return "nothing"
    return _valued(Observation(period=line.period, value=line.value, rows=line.rows, good=line.good,
                               is_suppressed=line.is_suppressed))


def _valued(each: Observation) -> str:
    """A value with what stands behind it."""
    if each.is_suppressed:
        return "held back"
    value = "no value" if each.value is None else number_text(each.value)
    if each.rows is None:
        return value
    rows = f"{each.rows:,} row" if each.rows == 1 else f"{each.rows:,} rows"
    return f"{value} ({rows})" if each.good is None else f"{value} ({each.good:,} good of {rows})"


def _others(changes: Sequence[Change]) -> str:
    named = [f"; {_group(each)} as {_then(each.then)}, now {_valued(each.now)}" for each in changes[:MOST_GROUPS]]
    more = f"; and {len(changes) - MOST_GROUPS:,} more" if len(changes) > MOST_GROUPS else ""
    return "".join(named) + more


def _rows(found: _Contradiction, period: str, answer: Mapping[str, object] | None) -> str:
    """Which rows are not as they were, in words."""
    if not found.record.compute:
        is_there = any(each.period == period for each in found.record.readings)
        return "its reading was changed" if is_there else "its reading is gone"
    end = last_day(period, found.record.period.fiscal_year_start)
    if found.data_until is not None and end > found.data_until:
        return f"its data is said to be complete until {found.data_until} only"
    if found.counted is None:
        return "its rows are not published, so none is named"
    if answer is None or "differs" not in answer:
        return f"which row changed cannot be told, because {CLOSED_ROWS} says nothing of this period"
    differs = answer["differs"]
    assert isinstance(differs, list)
    if not differs:
        return "no row that it counts has changed, so what it is divided by, its calendar or its definition has"
    path, gone = found.counted.source.job.path, sum(each["kind"] == "gone" for each in differs)
    named = [_difference(each, path, has_key=bool(found.counted.key)) for each in differs if gone < 2 or each["kind"] != "gone"]
    return "; ".join([*named, *([f"{gone:,} rows of {path} that were counted are gone"] if gone > 1 else [])])


def _difference(each: Answer, path: str, *, has_key: bool) -> str:
    kind = each["kind"]
    if kind == "definition":
        return "it is computed in another way than when it was closed"
    if kind == "gone":
        return f"a row of {path} that was counted is gone"
    named = ", ".join(f"{path}:{line}" if not key else f"{path}:{line} ({key})"
                      for line, key in zip(each["lines"], each["keys"], strict=True))
    if kind == "several":
        more = f", the first {len(each['lines'])} of them" if each["of"] > len(each["lines"]) else ""
        return f"more than one row changed, came or went among these {each['of']:,}{more}: {named}" if named else \
            f"rows of {path} that were counted are gone"
    if kind == "left":
        return f"the row {named} is not counted any more" if has_key else \
            f"a row that was counted is not any more: it stood at {named}"
    what = "is not as it was" if kind == "changed" else "was not counted then"
    return f"the row {named} {what}" if each["of"] == 1 else f"one of these rows {what}: {named}"
