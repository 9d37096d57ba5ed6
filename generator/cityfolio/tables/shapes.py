"""What can be said of the shapes of a map file: their kinds, where they lie, how fine they are, and which are not valid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from cityfolio.frozen import Frozen
from cityfolio.model.profile import Count, ShapesProfile
from cityfolio.tables.shape_rules import NUMBER, Position, ShapeBroken, crossed, outside, parts
from cityfolio.tables.table import Cell

# Most map files hold points, and these are read at a glance. Anything that is not written so is looked at in full.
POINT = re.compile(rf'\{{"type":"Point","coordinates":\[({NUMBER}),({NUMBER})(?:,{NUMBER})?\]\}}')
NO_VALUE: frozenset[Cell] = frozenset((None,))


class InvalidShape(Frozen):
    """A shape that is not valid: its row, counted from 0, and why."""

    row: int
    reason: str


class Extent:
    """The least and greatest of some numbers, told apart by their digits and not by what a binary number makes of them."""

    __slots__ = ("_ends", "decimals", "greatest", "least")

    def __init__(self) -> None:
        self.decimals = 0                     # the most that one is written with
        self.least: Decimal | None = None
        self.greatest: Decimal | None = None
        self._ends = (float("inf"), float("-inf"))

    def add(self, digits: str) -> None:
        """Take a number into account."""
        value = float(digits)
        low, high = self._ends
        # Two numbers may differ in digits that a binary number does not have, so those that look equal are compared.
        if value <= low or value >= high:
            exact = Decimal(digits)
            self.least = exact if self.least is None else min(self.least, exact)
            self.greatest = exact if self.greatest is None else max(self.greatest, exact)
            self._ends = min(low, value), max(high, value)
        self.decimals = max(self.decimals, decimals(digits))


class Shapes:
    """Gathers the shapes of a column, portion by portion, and keeps none of them."""

    def __init__(self, empty: frozenset[Cell] = NO_VALUE) -> None:
        self.first_invalid: InvalidShape | None = None
        self._empty = empty
        self._rows = self._filled = self._invalid = 0
        self._kinds: Counter[str] = Counter()
        self._across, self._along = Extent(), Extent()

    def add(self, texts: Sequence[Cell]) -> None:
        """Take the next rows into account."""
        for row, text in enumerate(texts, start=self._rows):
            if text is not None and text not in self._empty:
                self._look_at(row, text)
        self._rows += len(texts)

    def profile(self) -> ShapesProfile:
        """What was seen up to now."""
        kinds = sorted(self._kinds.items(), key=lambda item: (-item[1], item[0]))
        return ShapesProfile(
            rows=self._rows, filled=self._filled, kinds=tuple(Count(value=kind, rows=rows) for kind, rows in kinds),
            bounds=self._bounds(), decimals=max(self._across.decimals, self._along.decimals), invalid=self._invalid,
        )

    def _look_at(self, row: int, text: str) -> None:
        point = POINT.fullmatch(text)
        try:
            kind, positions = ("Point", [_on_earth(point[1], point[2])]) if point else parts(text)
        except ShapeBroken as broken:
            self._count(broken.kind)
            self._note(row, broken.reason)
            return
        if not positions:
            return
        self._count(kind)
        self._widen(positions)
        if not point and (reason := crossed(text, kind)):
            self._note(row, reason)

    def _count(self, kind: str) -> None:
        self._filled += 1
        if kind:
            self._kinds[kind] += 1

    def _note(self, row: int, reason: str) -> None:
        self._invalid += 1
        self.first_invalid = self.first_invalid or InvalidShape(row, reason)

    def _widen(self, positions: Iterable[Position]) -> None:
        for x, y in positions:
            self._across.add(x)
            self._along.add(y)

    def _bounds(self) -> tuple[str, str, str, str] | None:
        west, south, east, north = self._across.least, self._along.least, self._across.greatest, self._along.greatest
        if west is None or south is None or east is None or north is None:
            return None
        return shortest(west), shortest(south), shortest(east), shortest(north)


def decimals(digits: str) -> int:
    """How many decimals a number is written with."""
    if "e" in digits or "E" in digits:
        return max(0, -int(Decimal(digits).as_tuple().exponent))
    return len(digits.partition(".")[2])


def shortest(value: Decimal) -> str:
    """A number in its shortest form, without an exponent."""
    return format(value.normalize(), "f") if value else "0"


def _on_earth(x: str, y: str) -> Position:
    if -180 <= float(x) <= 180 and -90 <= float(y) <= 90:
        return x, y
    raise ShapeBroken(outside(x, y), "Point")
