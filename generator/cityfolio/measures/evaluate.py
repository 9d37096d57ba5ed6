"""Expressions over all rows at once, exactly: numbers as whole numbers of a unit, texts as their places in a list.

A condition is true, false or unknown, as in SQL: a comparison with a missing value is unknown, and so is what is not known
otherwise. A text that is a day, compared with dates with times, stands for the whole of it: `closed_at <= '2026-06-30'` takes
the last minute of that day in. Nothing can be divided by 0: what comes of it is missing.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from cityfolio.frozen import Frozen
from cityfolio.measures.circumstances import Circumstances
from cityfolio.measures.columns import MOST, Columns, Held, Ints, Truths
from cityfolio.measures.expression import (
    Arithmetic,
    Call,
    Column,
    Comparison,
    Literal,
    Logic,
    Membership,
    Node,
    Not,
    NullTest,
    children,
)
from cityfolio.measures.kinds import KINDS, Kind, literal_of
from cityfolio.measures.moments import (
    Moments,
    business_days,
    days_of,
    microseconds_between,
    moment_of,
    moments_of,
    months_of,
    years_of,
)
from cityfolio.measures.reckoning import ONE, Value, aligned, either, reckoned
from cityfolio.tables.scales import SECOND, in_day
from cityfolio.tables.types import parse

HELD_BYTES = 96 << 20             # of what is remembered because it is asked again
COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {   # Any: of numpy's arrays
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}


class Truth(Frozen):
    """A condition of every row. What is unknown is not true."""

    true: Truths
    unknown: Truths | None = None   # None: nothing is


Key = tuple[Node, Circumstances]


@dataclass(slots=True)
class Evaluator:
    """Evaluates conditions over the rows of a file, and remembers what will be asked again."""

    columns: Columns
    uses: Counter[Key] = field(default_factory=Counter)   # how often each part of an expression will still be asked
    known: dict[Key, Truth | Value] = field(default_factory=dict)
    held_bytes: int = 0

    def expect(self, conditions: Iterable[Key]) -> None:
        """Tell what will be asked, so that what several conditions share is worked out once."""
        for node, around in conditions:
            self.uses[node, around] += 1
            if self.uses[node, around] == 1:   # what is remembered as a whole is not asked for its parts again
                self.expect((part, around) for part in children(node) if not isinstance(part, Literal | Column))

    def truth(self, node: Node, around: Circumstances) -> Truth:
        """A condition of every row. It has to be without faults."""
        found = self.of(node, around)
        assert isinstance(found, Truth)   # it was checked for faults
        return found

    def of(self, node: Node, around: Circumstances) -> Truth | Value:
        """What an expression, or a part of one, gives for every row."""
        key = node, around
        found = self.known.get(key)
        if found is None:
            found = self._fresh(node, around)
            if self.uses[key] > 1 and self.held_bytes < HELD_BYTES:
                self.known[key] = found
                self.held_bytes += _bytes(found)
        if self.uses[key]:
            self.uses[key] -= 1
            if not self.uses[key] and key in self.known:
                self.held_bytes -= _bytes(self.known.pop(key))
        return found

    def value(self, node: Node, around: Circumstances) -> Value:
        """What an expression gives that is no condition."""
        found = self.of(node, around)
        assert isinstance(found, Value)   # it was checked for faults
        return found

    def _rows(self, found: Truths) -> Truths:
        return np.broadcast_to(found, (self.columns.rows,))

    def _fresh(self, node: Node, around: Circumstances) -> Truth | Value:
        match node:
            case Literal(value=value):
                return Truth(self._rows(np.array(value))) if isinstance(value, bool) else _literal(value)
            case Column(name=name):
                return _column(self.columns.by_name[name], around)
            case Call():
                return self._call(node, around)
            case Arithmetic():
                return reckoned(node.operator, self.value(node.left, around), self.value(node.right, around))
            case Comparison():
                return self._compared(node.operator, self.of(node.left, around), self.of(node.right, around), around)
            case Membership():
                return self._membership(node, around)
            case NullTest(item=item, is_negated=is_negated):
                return self._null(self.of(item, around), is_negated)
            case Not(condition=condition):
                return _negated(self.truth(condition, around))
            case Logic(parts=parts):
                return _joined(node.operator, [self.truth(part, around) for part in parts])

    def _null(self, found: Truth | Value, is_negated: bool) -> Truth:
        missing = found.unknown if isinstance(found, Truth) else found.missing
        is_null = np.zeros(self.columns.rows, np.bool_) if missing is None else self._rows(missing)
        return Truth(~is_null if is_negated else is_null)

    def _membership(self, node: Membership, around: Circumstances) -> Truth:
        item = self.of(node.item, around)
        if isinstance(item, Value) and item.kind == "text":
            wanted = {option.value for option in node.options}
            found = self._known(_looked_up(item, lambda text: text in wanted), item.missing)
        else:
            found = _joined("or", [self._compared("==", item, self.of(option, around), around) for option in node.options])
        return _negated(found) if node.is_negated else found

    def _compared(self, sign: str, left: Truth | Value, right: Truth | Value, around: Circumstances) -> Truth:
        compare = COMPARE[sign]
        if isinstance(left, Truth) or isinstance(right, Truth):
            assert isinstance(left, Truth)
            assert isinstance(right, Truth)
            return self._known(compare(left.true, right.true), either(left.unknown, right.unknown))
        left, right = _fitted(left, right.kind, around), _fitted(right, left.kind, around)
        return self._known(_sides(compare, left, right), either(left.missing, right.missing))

    def _known(self, true: Truths, unknown: Truths | None) -> Truth:
        """A condition, which is not true where it is unknown."""
        if unknown is None:
            return Truth(self._rows(true))
        return Truth(self._rows(true) & ~unknown, self._rows(unknown))

    def _call(self, node: Call, around: Circumstances) -> Truth | Value:
        arguments = [self.value(each, around) for each in node.arguments]
        first = arguments[0]
        if node.name == "lower":
            return Value(kind="text", at=first.at, missing=first.missing, texts=[text.lower() for text in first.texts])
        if node.name in ("contains", "starts_with"):
            part = arguments[1].texts[0]
            test = (lambda text: part in text) if node.name == "contains" else (lambda text: text.startswith(part))
            return self._known(_looked_up(first, test), first.missing)
        arguments = [_fitted(each, "moment", around) for each in arguments]
        missing = None
        for each in arguments:
            missing = either(missing, each.missing)
        if node.name in ("hours", "minutes"):
            start, end = (_moments(each) for each in arguments)
            unit = Fraction(1, SECOND * (3_600 if node.name == "hours" else 60))
            return Value(kind="number", at=microseconds_between(start, end), missing=missing, unit=unit)
        return Value(kind="number", at=self._of_days(node.name, [_days(each) for each in arguments], around), missing=missing)

    def _of_days(self, name: str, days: list[Ints], around: Circumstances) -> Ints:
        if name in ("days", "business_days"):
            start, end = np.broadcast_arrays(*days)
            return business_days(start, end, around.holidays) if name == "business_days" else end - start
        if name == "year":
            return years_of(days[0])
        return months_of(days[0]) % 12 + 1 if name == "month" else (days[0] - 1) % 7 + 1


def _bytes(found: Truth | Value) -> int:
    arrays = (found.true, found.unknown) if isinstance(found, Truth) else (found.at, found.missing)
    return sum(each.nbytes for each in arrays if each is not None)


def _literal(value: Decimal | str | None) -> Value:
    if isinstance(value, Decimal):
        exact = Fraction(value)
        return Value(kind="number", at=_whole(exact.numerator), unit=Fraction(1, exact.denominator))
    return Value(kind="text", at=np.array(0), texts=(value or "",))


def _whole(number: int) -> Ints:
    return np.array(number, np.int64 if abs(number) < MOST else np.object_)


def _column(held: Held, around: Circumstances) -> Truth | Value:
    kind, missing = KINDS[held.column.type], held.missing if held.missing.any() else None
    if kind == "condition":
        true = held.at != 0
        return Truth(true if missing is None else true & ~missing, missing)
    if kind == "moment":
        moments = moments_of(held, around.timezone)
        return Value(kind=kind, at=moments.clock, missing=missing, moments=moments)
    return Value(kind=kind, at=held.at, missing=missing, unit=Fraction(1, 10**held.decimals) if kind == "number" else ONE,
                 texts=held.texts)


def _negated(found: Truth) -> Truth:
    return Truth(~found.true if found.unknown is None else ~(found.true | found.unknown), found.unknown)


def _joined(word: str, parts: Sequence[Truth]) -> Truth:
    """True by one that is true (`or`), false by one that is false (`and`), whatever is unknown beside it."""
    true = parts[0].true
    for part in parts[1:]:
        true = true & part.true if word == "and" else true | part.true
    unknowns = [part.unknown for part in parts if part.unknown is not None]
    if not unknowns:
        return Truth(true)
    unknown = np.logical_or.reduce(unknowns) & ~true
    if word == "and":
        for part in parts:
            unknown &= part.true if part.unknown is None else part.true | part.unknown
    return Truth(true, unknown)


def _looked_up(value: Value, test: Callable[[str], bool]) -> Truths:
    """A test of texts, of which each different one is looked at once."""
    answers = np.fromiter(map(test, value.texts), np.bool_, len(value.texts))
    return answers[value.at] if len(answers) else np.zeros(value.at.shape, np.bool_)


def _fitted(value: Value, kind: Kind, around: Circumstances) -> Value:
    """A text of an expression as what the values beside it are."""
    if value.kind != "text" or kind in ("text", "number"):
        return value
    (text,) = value.texts
    read = literal_of(text, kind)
    assert read is not None       # it was checked for faults
    found = parse(text, read)
    if isinstance(found, datetime):
        moments = moment_of(found, around.timezone)
        return Value(kind="moment", at=moments.clock, moments=moments)
    if isinstance(found, date):
        return Value(kind="date", at=np.array(found.toordinal()))
    assert isinstance(found, time)
    return Value(kind="time", at=np.array(in_day(found)))


def _days(value: Value) -> Ints:
    return days_of(value.at) if value.kind == "moment" else value.at


def _moments(value: Value) -> Moments:
    if value.moments is not None:
        return value.moments
    return Moments((value.at - 1) * 86_400 * SECOND)   # a day that stands for its midnight


def _sides(compare: Callable[[Any, Any], Any], left: Value, right: Value) -> Truths:
    """Two sides of one kind; dates with times stand beside dates as the days that they are."""
    if left.kind == "number":
        found: Truths = compare(*aligned(left, right))
    elif left.kind == "text":
        found = compare(*_texts_aligned(left, right))
    elif left.kind == right.kind == "moment":
        found = compare(microseconds_between(_moments(right), _moments(left)), 0)
    else:
        found = compare(_days(left), _days(right)) if "moment" in (left.kind, right.kind) else compare(left.at, right.at)
    return np.asarray(found, np.bool_)


def _texts_aligned(left: Value, right: Value) -> tuple[Ints, Ints]:
    places: dict[str, int] = {}
    sides = [np.fromiter((places.setdefault(text, len(places)) for text in each.texts), np.int64, len(each.texts))
             for each in (left, right)]
    first, second = (side[each.at] if len(side) else each.at for side, each in zip(sides, (left, right), strict=True))
    return first, second
