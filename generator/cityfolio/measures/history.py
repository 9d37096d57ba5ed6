"""Closed periods held against what is found now: a closed value stays as it is unless a note under `revisions:` lets it change.

A note counts when it is newer than the last line of its period, so that each lets one change through. Until `measures close`
has added the line, the value that is found now is shown beside the one that was closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import islice, pairwise

from cityfolio.frozen import Frozen, replace
from cityfolio.measures.definition import definition_of
from cityfolio.measures.observations import Committed, Line, is_same
from cityfolio.measures.observed import COUNTED, MOST_PERIODS, Observed
from cityfolio.model.measured import Former, Observation, Series
from cityfolio.model.performance import MeasureRecord, RevisionRecord
from cityfolio.model.periods import last_day, periods_between

Of = tuple[str, str]              # the column of a disaggregation and a group of it; ("", "") is everything
Shown = tuple[str, str, int | None]   # a period, a column, and the rows of one of its groups


class Change(Frozen, kw_only=True):
    """A closed observation that is not what it was, and no note lets it change."""

    period: str
    by: str = ""
    group: str = ""
    then: Line | None             # None: the group did not exist then
    now: Observation


class Held(Frozen, kw_only=True):
    """What is found now with what was closed, and what contradicts it."""

    observed: Observed
    changes: tuple[Change, ...] = ()


class _Past(Frozen):
    """What was closed of one measure, by what it is of."""

    lines: Mapping[Of, Mapping[str, Sequence[Line]]]
    closed: frozenset[tuple[str, str]]             # a period, and a column whose groups were closed in it
    revised: Mapping[str, int]                     # the last revision that was closed of a period
    notes: Mapping[str, Sequence[RevisionRecord]]
    hides: frozenset[str]                          # periods in which something is or was held back

    def may_change(self, period: str) -> bool:
        """Whether there is a note that was not used yet."""
        return len(self.notes.get(period, ())) > self.revised.get(period, 0)


def held(record: MeasureRecord, found: Observed | None, committed: Committed, until: date) -> Held:
    """Hold what is found now against what was closed. Periods that end after `until` are left aside: they were closed later.

    Nothing found at all means that the rows are not here, and then what was closed stands by itself.
    """
    later = {period for period in {each.period for each in committed.lines}
             if last_day(period, record.period.fiscal_year_start) > until}
    # What was closed of a column that is not shown any more stays in the file, and is held against nothing.
    shown = {"", *(record.compute.by if record.compute else ())}
    lines = [each for each in committed.lines if each.period not in later and each.by in shown]
    if not lines:
        return Held(observed=found or Observed())
    now = found or Observed()
    is_limited = record.compute is not None and record.compute.min_n is not None
    hides = _hides(record, now, lines) if is_limited else set()
    return _Holding(record, _past(record, lines, hides), is_known=found is not None).held(now)


def _shown(now: Observed) -> Iterator[Shown]:
    for series in (now.overall, *(each for every in now.groups.values() for each in every)):
        yield from ((each.period, series.by, each.rows) for each in series.observations)


def _hides(record: MeasureRecord, now: Observed, lines: Sequence[Line]) -> set[str]:
    """Periods of which not everything is shown, or was: groups of which all is held back are in neither of the two."""
    first, last = {each.key: each for each in reversed(lines)}, {each.key: each for each in lines}
    hidden = {each.period for each in lines if each.is_suppressed}
    for shown in (_shown(now), *(((each.period, each.by, each.rows) for each in one.values()) for one in (first, last))):
        hidden |= _incomplete(shown, ("", *(record.compute.by if record.compute else ())))
    return hidden


def _incomplete(shown: Iterable[Shown], columns: Sequence[str]) -> set[str]:
    """Periods in which the rows of some column's groups are not all rows."""
    sums = defaultdict[tuple[str, str], int](int)
    for period, by, rows in shown:
        sums[period, by] += rows or 0
    return {period for period, _ in tuple(sums) if len({sums[period, by] for by in columns}) > 1}


def _past(record: MeasureRecord, lines: Iterable[Line], hides: set[str]) -> _Past:
    by_series: dict[Of, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    revised: dict[str, int] = defaultdict(int)
    notes: dict[str, list[RevisionRecord]] = defaultdict(list)
    closed = set()
    for line in lines:
        by_series[line.by, line.group][line.period].append(line)
        revised[line.period] = max(revised[line.period], line.revision)
        closed.add((line.period, line.by))
    for note in record.revisions:
        notes[note.period or ""].append(note)
    return _Past(by_series, frozenset(closed), revised, notes, frozenset(hides))


@dataclass(slots=True)
class _Holding:
    """Goes through everything that was closed, or is found now."""

    record: MeasureRecord
    past: _Past
    is_known: bool                # something is found now, so what is not found is gone
    changes: list[Change] = field(default_factory=list)

    def held(self, now: Observed) -> Held:
        """Every series with what was closed of it."""
        periods = self.periods(now.overall)
        overall = self.series(now.overall, periods)
        columns = dict.fromkeys((*now.groups, *(by for by, _ in self.past.lines if by)))
        groups = {name: tuple(self.groups(name, now.groups.get(name, ()), periods)) for name in columns}
        return Held(observed=replace(now, overall=overall, groups=groups), changes=tuple(self.changes))

    def periods(self, now: Series) -> list[str]:
        """Every period that is found or was closed, without gaps."""
        found = [each.period for each in now.observations]
        closed = {period for period, _ in self.past.closed}
        if closed <= set(found):
            return found
        every = sorted(closed | set(found))
        filled = periods_between(every[0], every[-1], self.record.period.fiscal_year_start)
        some = list(islice(filled, MOST_PERIODS + 1))
        return some if len(some) <= MOST_PERIODS else every

    def groups(self, name: str, now: Sequence[Series], periods: Sequence[str]) -> Iterator[Series]:
        """The groups of a column: those that are found, then those that were closed and are gone."""
        known = {each.group for each in now}
        # A group of which everything is held back is not even named.
        gone = (Series(by=name, group=group) for (by, group), lines in self.past.lines.items()
                if by == name and group not in known and any(not each[-1].is_suppressed for each in lines.values()))
        for series in (*now, *gone):
            yield self.series(series, periods)

    def series(self, now: Series, periods: Sequence[str]) -> Series:
        """One series."""
        found = {each.period: each for each in now.observations}
        compute = self.record.compute
        # Of a group that is not even named it is not said whether it has rows.
        hides_all = not found and bool(now.by) and compute is not None and compute.min_n is not None
        lines = self.past.lines.get((now.by, now.group), {})
        return replace(now, observations=tuple(
            self.observation(now, found.get(period) or self.nothing(period, hides_all=hides_all), lines.get(period, ()))
            for period in periods))

    def nothing(self, period: str, *, hides_all: bool) -> Observation:
        """What is found where there are no rows."""
        if hides_all and self.is_known:
            return Observation(period=period, value=None, is_suppressed=True)
        definition = definition_of(self.record)
        if definition is None or not self.is_known:
            return Observation(period=period, value=None)
        return Observation(period=period, value=Fraction(0) if definition.what in COUNTED else None, rows=0,
                           good=0 if definition.what == "ratio" else None)

    def observation(self, of: Series, now: Observation, lines: Sequence[Line]) -> Observation:
        """One observation with what was closed of it."""
        if not lines:
            if not now.rows or (now.period, of.by) not in self.past.closed:
                return now
            return self.changed(of, now, None)
        last, formers = lines[-1], tuple(self.formers(lines)) if len(lines) > 1 else ()
        if not self.is_known:
            return Observation(period=now.period, value=last.value, rows=last.rows, good=last.good,
                               is_suppressed=last.is_suppressed, is_closed=True, former=formers)
        if is_same(last, now):
            # Written out, because `replace` takes three times as long, and most observations are closed.
            return Observation(period=now.period, value=now.value, rows=now.rows, good=now.good,
                               is_suppressed=now.is_suppressed, is_closed=True, reading=now.reading, former=formers)
        changed = self.changed(of, now, last)
        return replace(changed, former=(*formers, *changed.former))

    def changed(self, of: Series, now: Observation, last: Line | None) -> Observation:
        """A change that a note lets through, or that is told."""
        if self.past.may_change(now.period):
            return replace(now, former=(self.former(last, now.period, self.past.notes[now.period][-1]),))
        self.changes.append(Change(period=now.period, by=of.by, group=of.group, then=last, now=now))
        return now

    def formers(self, lines: Sequence[Line]) -> Iterator[Former]:
        """The values that closed lines have taken the place of."""
        for line, after in pairwise(lines):
            yield self.former(line, line.period, self.past.notes[line.period][after.revision - 1])

    def former(self, line: Line | None, period: str, note: RevisionRecord) -> Former:
        """A former value. Where something of a period is held back, two versions of it could be subtracted from each other."""
        is_shown = line is not None and period not in self.past.hides
        return Former(value=line.value if line is not None and is_shown else None, revision=note)
