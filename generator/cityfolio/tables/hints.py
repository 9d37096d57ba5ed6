"""What a first dictionary should ask about: words that stand for "no value" among numbers, and values that look personal."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.tables.table import Cell, Table
from cityfolio.tables.types import found_type

STAND_INS = frozenset((
    "na", "n/a", "n.a.", "#n/a", "nan", "null", "(null)", "<null>", "none", "nil", "-", "--", "---", "\u2013", "\u2014", ".",
    "..", "...", "?", "unknown", "missing", "tbd", "not available", "not applicable",
))
SEARCHED_ROWS = 200_000       # of a larger file the first so many are searched for personal data
SEARCHED = ("string", "any", "integer")

# Each begins where no sign of its own stands before, and none repeats without end, so that a long text takes linear time.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
PHONE = re.compile(r"(?<![\w.-])(?:(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}"
                   r"|\+[1-9]\d{0,2}(?:[ .-]?\d{2,4}){2,4})(?![\w-])", re.ASCII)
SSN = re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}-\d{2}-\d{4}(?![\w-])", re.ASCII)
BARE_PHONE = re.compile(r"[2-9]\d\d[2-9]\d{6}", re.ASCII)
PERSONAL = (("e-mail addresses", EMAIL), ("Social Security numbers", SSN), ("telephone numbers", PHONE))


class Hint(Frozen, kw_only=True):
    """What the texts of one column suggest."""

    looks_like: str = ""                  # "e-mail addresses": personal data that is among the texts; "" for none
    type: ColumnType | None = None        # what the column would be if its stand-ins meant "no value"
    stand_ins: tuple[str, ...] = ()       # as they are written


def hints(table: Table, types: Sequence[ColumnType], empty: frozenset[Cell]) -> tuple[Hint, ...]:
    """Go through a table whose columns have these types, and say what each of them suggests."""
    watched = [(number, _Watch(kind)) for number, kind in enumerate(types)]
    rows = 0
    for portion in table.portions:
        for number, watch in watched:
            if watch.is_open or rows < SEARCHED_ROWS:
                watch.add(set(portion.texts(number)) - empty, is_searched=rows < SEARCHED_ROWS)
        rows += portion.rows
        if rows >= SEARCHED_ROWS and not any(watch.is_open for _, watch in watched):
            break
    return tuple(watch.hint() for _, watch in watched)


@dataclass(slots=True)
class _Watch:
    """What is known of a column so far."""

    kind: ColumnType
    rest: ColumnType | None = None        # the type of all texts but the stand-ins
    words: set[str] = field(default_factory=set)
    looks_like: str = ""
    is_open: bool = field(init=False)     # whether the stand-ins may still be the only texts that are out of place
    bare_phones: bool | None = None       # whether every text so far could be a telephone number; None before the first

    def __post_init__(self) -> None:
        self.is_open = self.kind == "string"

    def add(self, texts: Collection[Cell], *, is_searched: bool) -> None:
        """Take in the different texts of some rows."""
        given = [text for text in texts if text is not None]
        if self.is_open:
            self._compare(given)
        if is_searched and self.kind in SEARCHED:
            self.looks_like = self.looks_like or looks_like(given)
            if given:
                self.bare_phones = self.bare_phones is not False and all(map(BARE_PHONE.fullmatch, given))

    def _compare(self, texts: Iterable[str]) -> None:
        words = {text for text in texts if text.strip().lower() in STAND_INS}
        others = [text for text in texts if text not in words]
        self.words |= words
        if not others:
            return
        found = found_type(others)
        if self.rest not in (None, found):
            found = "number" if {self.rest, found} == {"integer", "number"} else "string"
        self.rest, self.is_open = found, found != "string"

    def hint(self) -> Hint:
        """What is suggested when all rows were seen."""
        looks = self.looks_like or ("telephone numbers" if self.bare_phones else "")
        if self.is_open and self.rest is not None and self.words:
            return Hint(looks_like=looks, type=self.rest, stand_ins=tuple(sorted(self.words)))
        return Hint(looks_like=looks)


def looks_like(texts: Iterable[str]) -> str:
    """What personal data is among some texts, even if only in one of them: "e-mail addresses"; "" for none."""
    searches: list[tuple[str, Callable[[str], object]]] = [(name, form.search) for name, form in PERSONAL]
    return next((name for text in texts for name, search in searches if search(text)), "")
