"""The cells of OpenDocument sheets, which all stand in one part, one sheet after the other.

A number, a day and a moment are the text that the file stores, but for a whole number that is shown with its zeros: 02134.
Of text, blanks are kept as LibreOffice keeps them: one where the XML has several, except for those that are stored by number,
and none at the start of a paragraph. Paragraphs are parted by a line end.
"""

from __future__ import annotations

import re

from cityfolio.tables.readers.cell_faults import ERROR
from cityfolio.tables.readers.clock import span_kind
from cityfolio.tables.readers.doubles import shortest
from cityfolio.tables.readers.package import MADE_TO_HARM, SAVE_AGAIN, START
from cityfolio.tables.readers.padded import shown_code
from cityfolio.tables.readers.sheets import MOST_COLUMNS, Area, CellKind, SheetRow, cell_name
from cityfolio.tables.readers.xml_parts import SEPARATOR, Depth
from cityfolio.tables.table import Place, TableJob, Unreadable
from cityfolio.tables.types import DATE, DATETIME, NUMBER

OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TABLE, TEXT = (f"{OPEN_DOCUMENT}{each}:1.0{SEPARATOR}" for each in ("office", "table", "text"))
LIBRE_OFFICE = f"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0{SEPARATOR}"
TAGS = {
    f"{OFFICE}spreadsheet": "spreadsheet",
    **{TABLE + tag: tag for tag in ("table", "table-row", "table-cell", "covered-table-cell")},
    **{TEXT + tag: tag for tag in ("p", "h", "s", "tab", "line-break")},
}
# Drawings, notes and what is left of former versions may hold text and even tables, and are no part of the cells.
ASIDE = re.compile(f"{OPEN_DOCUMENT}(?:drawing|dr3d|form|chart|presentation):"
                   f"|{OFFICE}(?:annotation|annotation-end|forms|scripts|font-face-decls|automatic-styles)$"
                   f"|{TABLE}(?:shapes|tracked-changes|dde-links|scenario|detective|named-expressions|database-ranges)$"
                   f"|{TEXT}(?:ruby-text|note)$")
EXTERNAL = "ta_extref"    # the style by which LibreOffice marks what it remembers of the sheets of other files
# Characters that are stored as elements, until blanks are dealt with: XML itself cannot hold these.
SPACE, TAB, LINE_END = "\x00", "\x01", "\x02"
KEPT = {ord(SPACE): " ", ord(TAB): "\t", ord(LINE_END): "\n"}
BLANKS = re.compile("[ \t\r\n]+")
MOST_SPACES = 100_000     # that one element may stand for
NUMBERS = ("float", "percentage", "currency")


class OdsHandlers:
    """Takes the elements of `content.xml`, and gives rows of the sheet that is wanted; of the first filled one for None."""

    def __init__(self, wanted: str | None, job: TableJob) -> None:
        self.rows: list[SheetRow] = []      # whole ones, to be taken
        self.merged: list[Area] = []        # to be taken as well
        self.texts: list[str] = []
        self.names: list[str] = []
        self.filled: list[str] = []         # names of the sheets that hold something
        self.is_spreadsheet = False
        self._wanted = wanted
        self._job = job
        self._depth = Depth(job)
        self._aside = 0                     # depth inside of something that is passed over
        self._before_aside = 0              # texts that came before it
        self._in_table = self._is_taken = self._is_filled = False
        self._row = self._repeated = 0
        self._column = 0
        self._columns: list[int] = []
        self._cells: list[str] = []
        self._kinds: list[CellKind] = []
        self._areas: list[Area] = []        # merged, of the row
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth.enter()
        tag = TAGS.get(name)
        if self._aside:
            self._aside += 1
        elif tag is None:
            if ASIDE.match(name):
                self._pass_over()
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs = attributes, []
        elif tag == "table-row":
            self._row += self._repeated
            self._repeated, self._column = self._count(attributes, "number-rows-repeated"), 0
        elif tag == "table":
            self._begin_sheet(attributes)
        elif tag == "spreadsheet":
            self.is_spreadsheet = True
        else:
            self._start_text(tag, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth.leave()
        tag = TAGS.get(name)
        if self._aside:
            self._aside -= 1
            if not self._aside:
                del self.texts[self._before_aside:]
        elif tag in ("table-cell", "covered-table-cell"):
            self._end_cell(is_covered=tag != "table-cell")
        elif tag in ("p", "h"):
            text = BLANKS.sub(" ", "".join(self.texts)).removeprefix(" ")
            self._paragraphs.append(text.translate(KEPT))
            self.texts.clear()
        elif tag == "table-row":
            self._end_row()
        elif tag == "table":
            self._in_table = False

    def _pass_over(self) -> None:
        self._aside, self._before_aside = 1, len(self.texts)

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        if self._in_table or not self.is_spreadsheet or attributes.get(f"{TABLE}style-name") == EXTERNAL:
            self._pass_over()
            return
        name = attributes.get(f"{TABLE}name", "")
        self._in_table, self._is_filled, self._row, self._repeated = True, False, 1, 0
        self._is_taken = not self.filled if self._wanted is None else name == self._wanted and name not in self.names
        self.names.append(name)

    def _start_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("p", "h"):
            self.texts.clear()
        elif tag == "s":
            count = attributes.get(f"{TEXT}c", "1")
            if not (count.isascii() and count.isdigit() and len(count) < 7 and int(count) <= MOST_SPACES):
                raise self._job.refusal(START, "table-syntax", f"the file stores `{count[:20]}` blanks as one", MADE_TO_HARM)
            self.texts.append(SPACE * int(count))
        else:
            self.texts.append(TAB if tag == "tab" else LINE_END)

    def _end_cell(self, *, is_covered: bool) -> None:
        attributes, self._cell = self._cell or {}, None
        repeated = self._count(attributes, "number-columns-repeated")
        column = self._column + 1
        self._column += repeated
        text, kind = (None, "") if is_covered else self._content(attributes, "\n".join(self._paragraphs))
        if text is None and not any("spanned" in key for key in attributes):
            return
        if self._column > MOST_COLUMNS:
            raise self._fault(f"reaches to column {self._column:,}, and no sheet has more than {MOST_COLUMNS:,}")
        self._note_merged(column, attributes)
        if text is not None:
            self._columns += range(column, column + repeated)
            self._cells += [text] * repeated
            self._kinds += [kind] * repeated

    def _end_row(self) -> None:
        if not self._is_filled and any(self._kinds) and self._in_table:
            self._is_filled = True
            self.filled.append(self.names[-1])
        if self._is_taken and self._is_filled:
            self.merged += self._areas
            if self._columns:
                self.rows.append(SheetRow(self._row, self._repeated, self._columns, self._cells, self._kinds))
        self._columns, self._cells, self._kinds, self._areas = [], [], [], []
        self.texts.clear()

    def _note_merged(self, column: int, attributes: dict[str, str]) -> None:
        rows, columns = self._count(attributes, "number-rows-spanned"), self._count(attributes, "number-columns-spanned")
        if rows > 1 or columns > 1:
            self._areas.append(Area(self._row, column, self._row + rows - 1, column + columns - 1))

    def _content(self, attributes: dict[str, str], shown: str) -> tuple[str | None, CellKind]:
        """The text and kind of a cell; None for one that holds nothing."""
        stored = attributes.get(f"{OFFICE}value-type", "")
        has_formula = f"{TABLE}formula" in attributes
        if attributes.get(f"{LIBRE_OFFICE}value-type") == "error" or (has_formula and ERROR.fullmatch(shown)):
            return shown, "error"
        if stored in NUMBERS:
            value, kind = self._value(attributes, "value", has_formula)
            code = shown_code(value, shown) if kind == "integer" and stored == "float" else None
            return (code, "string") if code is not None else (value, kind)
        if stored in ("boolean", "date", "time"):
            return self._value(attributes, f"{stored}-value", has_formula)
        if stored == "string":
            text = attributes.get(f"{OFFICE}string-value", shown)
            return text, "string" if text else ""
        if stored not in ("", "void"):
            raise self._fault(f"is of kind `{stored[:20]}`, which there is not")
        return (shown, "string") if shown else ("", "uncalculated") if has_formula else (None, "")

    def _value(self, attributes: dict[str, str], key: str, has_formula: bool) -> tuple[str, CellKind]:
        value = attributes.get(OFFICE + key)
        if value is None and has_formula:
            return "", "uncalculated"
        kind = _kind(value, key) if value is not None else None
        if value is None or kind is None:
            given = "nothing" if value is None else "something else" if self._job.hides_values else f"`{value[:40]}`"
            raise self._fault(f"should store a value as `{key}`, and stores {given}")
        return shortest(value) if key == "value" else value, kind

    def _count(self, attributes: dict[str, str], key: str) -> int:
        given = attributes.get(TABLE + key, "1")
        if not (given.isascii() and given.isdigit() and len(given) < 10 and int(given) > 0):
            raise self._fault(f"has `{key}` of `{given[:20]}`, which is no count")
        return int(given)

    def _fault(self, says: str) -> Unreadable:
        place = Place(line=max(1, self._row), column=max(1, self._column))
        return self._job.refusal(place, "table-syntax", f"{cell_name(place.line, place.column)} {says}", SAVE_AGAIN)


def _kind(value: str, key: str) -> CellKind | None:
    """What a stored value is; None where it is none of its sort."""
    if key == "value":
        return None if not NUMBER.fullmatch(value) else "integer" if value.removeprefix("-").isdigit() else "number"
    if key == "boolean-value":
        return "boolean" if value in ("true", "false") else None
    if key == "time-value":
        return span_kind(value)
    # Years beyond 9999 or before 0001 can be stored, and are no dates to anything else.
    return "date" if DATE.fullmatch(value) else "datetime" if DATETIME.fullmatch(value) else "string"
