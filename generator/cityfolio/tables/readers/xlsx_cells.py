"""The cells of one XLSX worksheet, row by row.

A number is the text that the file stores, in any form: 1E-05, and 0.25 for what is shown as 25%. Only what Excel stores with 16
or 17 digits, which is a binary number written out, becomes the shortest text of the same number: 552872.06 for
552872.06000000006. Stored numbers whose format shows a day or a time become ISO 8601, and those whose format is of zeros alone
the text that is shown: 02134. A formula has the value that was last calculated. Blanks around text stay, whether the file marks
them or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cityfolio.tables.readers.clock import moment
from cityfolio.tables.readers.doubles import shortest
from cityfolio.tables.readers.package import SAVE_AGAIN, START
from cityfolio.tables.readers.padded import Zeros
from cityfolio.tables.readers.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    CellKind,
    SheetRow,
    cell_name,
    column_letters,
    column_number,
)
from cityfolio.tables.readers.xlsx_strings import SharedStrings, tags, unescaped
from cityfolio.tables.readers.xlsx_styles import Shown
from cityfolio.tables.readers.xml_parts import Depth
from cityfolio.tables.table import Place, TableJob, Unreadable
from cityfolio.tables.types import DATE, DATETIME, NUMBER, TIME

DIGITS = "0123456789"
BLANKS = " \t\r\n"
AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
BOOLEANS = {"1": "true", "true": "true", "0": "false", "false": "false"}
ISO_FORMS: tuple[tuple[re.Pattern[str], CellKind], ...] = ((DATE, "date"), (DATETIME, "datetime"), (TIME, "time"))
MOST_KNOWN = 1 << 16    # shared texts that are kept at hand
tag_of = tags("row", "c", "v", "f", "t", "rPh", "mergeCell").get   # bound once: it is asked four times a cell
Stored = tuple[dict[str, str], str | None, bool]   # a cell's attributes, its value, and whether it has a formula
Content = tuple[str | None, CellKind]              # None: the cell holds nothing


class CellHandlers:
    """Takes the elements of a worksheet, and gives rows. Millions of cells pass here, so less is called than would be neat."""

    def __init__(self, contents: CellContents, job: TableJob) -> None:
        self.rows: list[SheetRow] = []      # whole ones, to be taken
        self.merged: list[Area] = []        # to be taken as well
        self.texts: list[str] = []
        self._contents = contents
        self._job = job
        self._depth = Depth(job)
        self._row = 0
        self._in_row = self._in_reading = self._has_formula = False
        self._stored: list[Stored] = []     # the cells of the row
        self._cell: dict[str, str] | None = None
        self._value: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = tag_of(name)
        if tag == "c":
            if self._cell is not None or not self._in_row:
                raise self._fault("a cell stands where none may")
            self._cell = attributes
        elif tag == "v":
            if self._value is not None:
                raise self._fault("a cell holds two values")
            self._value = ""
            self.texts.clear()
        elif tag == "row":
            self._begin_row(attributes.get("r"))
        else:
            self._begin_other(tag, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = tag_of(name)
        if tag == "v":
            self._value = "".join(self.texts)
        elif tag == "c" and self._cell is not None:
            self._stored.append((self._cell, self._value, self._has_formula))
            self._cell = self._value = None
            self._has_formula = False
        elif tag == "row":
            self.rows.append(self._contents.row(self._row, self._stored))
            self._stored = []
            self._in_row = False
            self.texts.clear()
        else:
            self._end_other(tag)

    def _begin_row(self, given: str | None) -> None:
        number = int(given) if given and given.isascii() and given.isdigit() and len(given) < 8 else self._row + 1
        if self._in_row or not self._row < number <= MOST_ROWS or (given is not None and given != str(number)):
            raise self._fault(f"row `{(given or str(number))[:20]}` follows row {self._row:,}")
        self._row, self._in_row = number, True

    def _begin_other(self, tag: str | None, attributes: dict[str, str]) -> None:
        self._depth.enter()
        if tag == "t":
            self.texts.clear()
        elif tag == "f":
            self._has_formula = True
        elif tag == "rPh":
            self._in_reading = True
        elif tag == "mergeCell":
            self.merged.append(self._area(attributes.get("ref", "")))

    def _end_other(self, tag: str | None) -> None:
        self._depth.leave()
        if tag == "t" and not self._in_reading:
            # Runs of rich text come one after the other.
            self._value = (self._value or "") + "".join(self.texts)
        elif tag == "rPh":
            self._in_reading = False

    def _area(self, given: str) -> Area:
        found = AREA.fullmatch(given)
        if found is None:
            raise self._fault(f"merged cells stand at `{given[:20]}`, which is no place")
        left, top, right, bottom = found.groups()
        return Area(int(top), column_number(left), int(bottom or top), column_number(right or left))

    def _fault(self, says: str) -> Unreadable:
        return self._job.refusal(START, "table-syntax", f"in the sheet's XML {says}", SAVE_AGAIN)


class CellContents:
    """Makes of what cells store what they hold."""

    def __init__(self, strings: SharedStrings, shown: Sequence[Shown], is_1904: bool, job: TableJob) -> None:
        self._strings = strings
        self._known: dict[str, str] = {}    # shared texts by their number as cells write it
        # By the number of a style as cells write it. Without styles there is one all the same.
        every: Sequence[Shown] = shown or ("",)
        self._shows = {str(number): each for number, each in enumerate(every)}
        self._is_1904 = is_1904
        self._job = job
        self._letters = [""]                # of each column so far

    def row(self, number: int, stored: list[Stored]) -> SheetRow:
        """The cells of a row that hold something."""
        columns, texts, kinds = [], [], []
        digits, column, letters = str(number), 0, self._letters
        for attributes, value, has_formula in stored:
            column += 1
            reference = attributes.get("r")
            if column >= len(letters):
                letters.append(column_letters(column))
            # Nearly always it is the cell next to the one before.
            if reference is not None and reference != letters[column] + digits:
                column = self._further(reference, column, digits)
            if value or has_formula or "t" in attributes:
                text, kind = self._content(attributes, value, has_formula)
                if text is not None:
                    columns.append(column)
                    texts.append(text)
                    kinds.append(kind)
        return SheetRow(number, 1, columns, texts, kinds)

    def _further(self, reference: str, column: int, digits: str) -> int:
        letters = reference.rstrip(DIGITS)
        found = column_number(letters) if reference[len(letters):] == digits else 0
        if not column <= found <= MOST_COLUMNS:
            after = f" after {cell_name(int(digits), column - 1)}" if column > 1 else ""
            says = f"in the sheet's XML cell `{reference[:20]}` stands in row {digits}{after}"
            raise self._job.refusal(START, "table-syntax", says, SAVE_AGAIN)
        while found >= len(self._letters):
            self._letters.append(column_letters(len(self._letters)))
        return found

    def _content(self, attributes: dict[str, str], value: str | None, has_formula: bool) -> Content:
        stored = attributes.get("t", "n")
        if not value and (value is None or stored not in ("str", "inlineStr")):
            return ("", "uncalculated") if has_formula else (None, "")
        assert value is not None
        if stored == "n":
            return self._number(attributes, value)
        if stored == "s":
            text = self._known.get(value)
            if text is None:
                text = self._shared(attributes, value)
            return text, "string" if text else ""
        if stored in ("str", "inlineStr"):
            text = unescaped(value)
            return text, "string" if text else ""
        return self._rare(attributes, stored, value.strip(BLANKS))

    def _number(self, attributes: dict[str, str], value: str) -> Content:
        kind: CellKind = "integer"
        if not (value.isdigit() and value.isascii()):
            value, kind = self._decimal(attributes, value)
        style = attributes.get("s")
        if style is None:
            return value, kind
        shows = self._shows.get(style)
        if shows is None:
            raise self._fault(attributes, f"has style {self._shown(style)}, which the file does not have")
        if not shows:
            return value, kind
        return shows.cell(value, kind) if isinstance(shows, Zeros) else moment(value, shows, self._is_1904)

    def _decimal(self, attributes: dict[str, str], value: str) -> tuple[str, CellKind]:
        value = value.strip(BLANKS)
        if not NUMBER.fullmatch(value):
            raise self._fault(attributes, f"is said to be a number and holds {self._shown(value)}")
        return shortest(value), "integer" if value.removeprefix("-").isdigit() else "number"

    def _shared(self, attributes: dict[str, str], value: str) -> str:
        number = int(value) if value.isdigit() and value.isascii() and len(value) < 10 else -1
        if not 0 <= number < len(self._strings):
            raise self._fault(attributes, f"names shared text {self._shown(value)}, which the file does not have")
        text = self._strings.text(number)
        if len(self._known) < MOST_KNOWN:
            self._known[value] = text
        return text

    def _rare(self, attributes: dict[str, str], stored: str, value: str) -> Content:
        if stored == "e":
            return value, "error"
        if stored == "b" and value in BOOLEANS:
            return BOOLEANS[value], "boolean"
        if stored == "d":
            return value, next((kind for form, kind in ISO_FORMS if form.fullmatch(value)), "string")
        raise self._fault(attributes, f"is of kind `{stored[:20]}` and holds {self._shown(value)}, which makes no value")

    def _shown(self, value: str) -> str:
        return "something" if self._job.hides_values else f"`{value[:40]}`"

    def _fault(self, attributes: dict[str, str], says: str) -> Unreadable:
        found = AREA.fullmatch(attributes.get("r", ""))
        row, column = (int(found[2]), column_number(found[1])) if found else (1, 1)
        name = cell_name(row, column) if found else "a cell"
        return self._job.refusal(Place(line=row, column=column), "table-syntax", f"{name} {says}", SAVE_AGAIN)
