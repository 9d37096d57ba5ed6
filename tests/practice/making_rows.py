"""Rows of facts on either side of the line that a check draws, worked out without the package's own arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

from cityfolio.measures.expression import Literal, Node, columns_of, parse, walk
from cityfolio.model.assessment import FactsTable
from cityfolio.model.standard import CheckRecord
from cityfolio.practice.fact_columns import FACT_COLUMNS
from cityfolio.practice.facts import facts_table
from measures.by_rows import of

Row = Mapping[str, object]
ASKED = 40                        # rows of a check for a share


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A table just under the line of a check, and one just at or over it."""

    under: tuple[Row, ...]
    over: tuple[Row, ...]


def sides(check: CheckRecord) -> Sides:
    """Rows with which a check is just not fulfilled, and rows with which it just is."""
    if check.share is not None:
        share = Fraction(str(check.share)) * ASKED
        enough = next(count for count in range(ASKED + 1) if (count > share if check.over else count >= share))
        return Sides(under=_mixed(check, enough - 1, ASKED - enough + 1), over=_mixed(check, enough, ASKED - enough))
    if check.most is not None:
        return Sides(under=_mixed(check, check.most + 1, 3), over=_mixed(check, check.most, 3))
    least = check.least or 0
    return Sides(under=_mixed(check, least - 1, 3), over=_mixed(check, least, 3))


def facts_with(table: str, rows: Sequence[Row]) -> dict[str, FactsTable]:
    """Every table of facts: all are empty but one."""
    return {name: facts_table(name, rows if name == table else ()) for name in FACT_COLUMNS}


def _mixed(check: CheckRecord, counting: int, others: int) -> tuple[Row, ...]:
    """So many rows that count, and others that are asked and do not, or are not asked."""
    good, short, aside = _found(check, True, True), _found(check, True, False), _found(check, False, None)
    assert good is not None
    made = [{**good, **({check.different: f"kind {number}"} if check.different else {})} for number in range(counting)]
    assert all(_holds(check.where, row) and _holds(check.good, row) for row in made)
    made += [dict(short)] * others if short else []
    made += [dict(aside)] * 2 if aside else []
    return tuple({**row, "id": f"row-{number}"} for number, row in enumerate(made))


def _found(check: CheckRecord, is_asked: bool, counts: bool | None) -> dict[str, object] | None:
    """The first row that is asked or not, and counts or not; None where there is no such row."""
    nodes = [parse(text) for text in (check.where, check.good) if text]
    names = list(dict.fromkeys(name for node in nodes for name in columns_of(node)))
    empty: dict[str, object] = dict.fromkeys(FACT_COLUMNS[check.table or ""])
    for values in product(*(_candidates(check.table or "", name, nodes) for name in names)):
        row = {**empty, **dict(zip(names, values, strict=True))}
        if _holds(check.where, row) is is_asked and (counts is None or _holds(check.good, row) is counts):
            return row
    return None


def _holds(text: str | None, row: Row) -> bool:
    return text is None or of(parse(text), row) is True


def _candidates(table: str, name: str, nodes: list[Node]) -> tuple[object, ...]:
    """Values that a condition may turn on: those that it names, and what lies beside them."""
    written = [each.value for node in nodes for each in walk(node) if isinstance(each, Literal)]
    kind = FACT_COLUMNS[table][name].type
    if kind == "boolean":
        return True, False, None
    if kind == "date":
        return date(2026, 1, 1), None
    if kind == "string":
        return (*(each for each in written if isinstance(each, str)), "something else", None)
    numbers = [int(each) for each in written if isinstance(each, Decimal)]
    return (*dict.fromkeys(number + step for number in numbers for step in (0, 1, -1)), None)


def every_check() -> Iterator[tuple[str, CheckRecord]]:
    """Each check of each shipped standard, with a name."""
    from cityfolio.practice.shipped import shipped

    for standard in shipped().values():
        for identifier, criterion in standard.record.criteria.items():
            for number, check in enumerate(criterion.checks, 1):
                yield f"{standard.id}/{identifier}" + (f"-{number}" if len(criterion.checks) > 1 else ""), check
