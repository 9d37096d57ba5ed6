"""The closing of periods: what is new is added to the files of each measure, and what cannot be closed is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cityfolio.frozen import Frozen
from cityfolio.measures.closed_periods import CLOSED_ROWS, OBSERVATIONS, beside, committed_of
from cityfolio.measures.closed_rows import Asked, ClosedRows, as_csv as rows_as_csv, read_closed_rows
from cityfolio.measures.closed_targets import TARGETS, Line as Target, as_csv as targets_as_csv, lines_of, read_targets
from cityfolio.measures.closing import Closable, closable_until, lines_to_add, open_because, rows_to_add
from cityfolio.measures.observations import Line, as_csv
from cityfolio.measures.rows_asked import asked_of_rows
from cityfolio.measuring.reckoning import Reckoned
from cityfolio.model.periods import grain_of, last_day
from cityfolio.moving.folder import written
from cityfolio.problems import Location, Problem


class Added(Frozen, kw_only=True):
    """What was added to one file."""

    path: str                     # in the catalog
    says: str


class Closed(Frozen, kw_only=True):
    """What came of it."""

    measures: tuple[str, ...]     # that have such periods
    added: tuple[Added, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Plan(Frozen, kw_only=True):
    """A measure and its periods that are closed now."""

    of: Closable
    periods: tuple[str, ...]
    kept: Mapping[str, ClosedRows]


def close_periods(reckoned: Reckoned, chosen: Sequence[str], *, period: str | None, until: str | None) -> Closed:
    """Close one period, or all up to one, of some measures or of all that have such periods."""
    every = [_closable(reckoned, each) for each in reckoned.figures.by_id if not chosen or each in chosen]
    if period is not None:
        asked = [each for each in every if each.record.period.grain == grain_of(period)]
        problems = tuple(_open(each, period, reckoned) for each in asked if open_because(each, period, reckoned.build.today))
        plans = [_plan(reckoned, each, (period,)) for each in asked if not open_because(each, period, reckoned.build.today)]
    else:
        asked, problems = every, ()
        plans = [_plan(reckoned, each, _until(reckoned, each, until or "")) for each in every]
    writes, added = _written(plans, reckoned)
    failed = written(reckoned.folder, writes)
    return Closed(measures=tuple(each.measure.id for each in asked), added=() if failed else tuple(added),
                  problems=(*problems, *failed))


def _closable(reckoned: Reckoned, identifier: str) -> Closable:
    measure = reckoned.loaded.measures[identifier]
    return Closable(measure=measure, computed=reckoned.figures.by_id[identifier],
                    committed=committed_of(reckoned.loaded, reckoned.bench.tree, measure))


def _until(reckoned: Reckoned, of: Closable, until: str) -> tuple[str, ...]:
    return closable_until(of, last_day(until, of.record.period.fiscal_year_start), reckoned.build.today)


def _open(of: Closable, period: str, reckoned: Reckoned) -> Problem:
    return Problem(code="period-open", where=Location(path=of.measure.document.path),
                   says=f"{period} of {of.measure.id} cannot be closed: {open_because(of, period, reckoned.build.today)}",
                   fix="Close it when its data is complete.")


def _plan(reckoned: Reckoned, of: Closable, periods: tuple[str, ...]) -> _Plan:
    kept = beside(reckoned.loaded, reckoned.bench.tree, of.measure.id, CLOSED_ROWS)
    return _Plan(of=of, periods=periods, kept=read_closed_rows(kept or b""))


def _written(plans: Sequence[_Plan], reckoned: Reckoned) -> tuple[dict[str, str | bytes], list[Added]]:
    """The files as they are to be, and what is new in them."""
    counted = reckoned.figures.counted
    asked = {each.of.measure.id: Asked(counted=counted[each.of.measure.id], periods=dict.fromkeys(each.periods, ""))
             for each in plans if each.periods and each.of.measure.id in counted}
    answers = asked_of_rows(asked, reckoned.bench)
    writes: dict[str, str | bytes] = {}
    added: list[Added] = []
    for plan in plans:
        identifier = plan.of.measure.id
        lines = lines_to_add(plan.of, plan.periods, reckoned.build.today)
        rows = rows_to_add(answers.get(identifier, {}), plan.kept, plan.periods)
        if lines:
            path = f"measures/{identifier}/{OBSERVATIONS}"
            writes[path] = _longer(reckoned, identifier, OBSERVATIONS, as_csv(lines, with_header=not plan.of.committed.source))
            added.append(Added(path=path, says=_says(lines)))
        if rows:
            path = f"measures/{identifier}/{CLOSED_ROWS}"
            writes[path] = _longer(reckoned, identifier, CLOSED_ROWS, rows_as_csv(rows, with_header=not plan.kept))
            about = _span([each.period for each in rows])
            added.append(Added(path=path, says=f"{_of(len(rows), 'line')} about the rows of {about}"))
        if targets := _new_targets(plan, reckoned):
            path = f"measures/{identifier}/{TARGETS}"
            is_new = beside(reckoned.loaded, reckoned.bench.tree, identifier, TARGETS) is None
            writes[path] = _longer(reckoned, identifier, TARGETS, targets_as_csv(targets, with_header=is_new))
            added.append(Added(path=path, says=f"{_of(len(targets), 'target')}"))
    return writes, added


def _new_targets(plan: _Plan, reckoned: Reckoned) -> list[Target]:
    """Targets of a measure of which periods are closed that are not written down yet."""
    known = read_targets(beside(reckoned.loaded, reckoned.bench.tree, plan.of.measure.id, TARGETS) or b"") or []
    return lines_of(plan.of.record)[len(known):] if plan.periods else []


def _longer(reckoned: Reckoned, identifier: str, name: str, more: str) -> bytes:
    before = beside(reckoned.loaded, reckoned.bench.tree, identifier, name) or b""
    return before + (b"\n" if before and not before.endswith(b"\n") else b"") + more.encode()


def _says(lines: Sequence[Line]) -> str:
    revised = sum(line.revision > 0 for line in lines)
    noted = f", {revised} of them revised" if revised else ""
    values = _span(dict.fromkeys(line.period for line in lines))
    return f"{_of(len(lines), 'line')} for {values}{noted}"


def _span(periods: Sequence[str] | Mapping[str, None]) -> str:
    every = list(periods)
    return every[0] if len(every) == 1 else f"{len(every)} periods from {every[0]} to {every[-1]}"


def _of(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

