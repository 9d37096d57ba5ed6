"""Targets as they were when periods were closed: added to, never changed, in `targets.csv` beside a measure.

Without it a target could be moved to where a measure is, and every status would follow without a word.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from cityfolio.load.loaded import Sourced
from cityfolio.model.performance import MeasureRecord, TargetRecord
from cityfolio.problems import Location, Problem

TARGETS = "targets.csv"
COLUMNS = ("until", "value", "low", "high", "set_on", "set_by")
Line = tuple[str, ...]


def lines_of(record: MeasureRecord) -> list[Line]:
    """A line for each target of a measure, in its order."""
    return [_line(each) for each in record.targets]


def as_csv(lines: Sequence[Line], *, with_header: bool) -> str:
    """Lines as they are added to the file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([*([COLUMNS] if with_header else []), *lines])
    return text.getvalue()


def read_targets(body: bytes) -> list[Line] | None:
    """The lines of the file; None for one that was not written by `measures close`."""
    try:
        header, *lines = csv.reader(io.StringIO(body.decode()), strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError):
        return None
    if tuple(header) != COLUMNS or any(len(line) != len(COLUMNS) for line in lines):
        return None
    return [tuple(line) for line in lines]


def target_problems(measure: Sourced[MeasureRecord], body: bytes | None, path: str) -> Iterator[Problem]:
    """Targets that are not what they were when periods were closed."""
    then = read_targets(body) if body is not None else []
    if then is None:
        yield Problem(code="observations-invalid", where=Location(path=path), fix="Take the file from git again.",
                      says="this is not a list of targets as `cityfolio measures close` writes it")
        return
    now = lines_of(measure.record)
    for place, line in enumerate(then):
        if place >= len(now) or not _is_same(line, now[place]):
            became = f"and is {_said(now[place])} now" if place < len(now) else "and is gone"
            yield Problem(code="target-changed", where=measure.document.at("targets", place),
                          says=f"the target for {line[0]} was {_said(line)}, when periods were closed, {became}",
                          fix="Put it back, and add the new one below the others, with its reason.")


def _line(target: TargetRecord) -> Line:
    given = (target.until, target.value, target.low, target.high, target.set_on, target.set_by)
    return tuple("" if each is None else str(each) for each in given)


def _is_same(then: Line, now: Line) -> bool:
    return (then[0], *then[4:]) == (now[0], *now[4:]) and [*map(_number, then[1:4])] == [*map(_number, now[1:4])]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return Decimal("NaN")     # equal to nothing


def _said(line: Line) -> str:
    value = line[1] or f"{line[2]} to {line[3]}"
    return f"{value} by {line[0]}, set on {line[4]} by {line[5] or 'nobody named'}"
