"""Delimited files too large to be held: read in blocks, checked by `csv_scan`, and turned into Arrow's texts."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import BinaryIO, cast

from pyarrow import csv as arrow_csv

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen
from cityfolio.problems import Problem
from cityfolio.tables.readers import csv_scan
from cityfolio.tables.readers.csv_rules import NO_VALUE, Head, read_head, read_rows, refuse_quotes, refuse_ragged
from cityfolio.tables.readers.csv_scan import Block, Broken, blocks
from cityfolio.tables.readers.csv_strange import StrangeRows
from cityfolio.tables.readers.encoded import Encoded, encoded, in_utf8
from cityfolio.tables.readers.lines import LINE_END, DelimitedText, text_place
from cityfolio.tables.table import Cell, Place, Portion, Reading, Table, TableJob, Unreadable

BLOCK_BYTES = 4 << 20
HEAD_BYTES = 4 << 20          # the header has to end in these
NAMED = "\n"                  # rows are counted below a header, so one of a line is put above those of a block


def read_large_csv(stream: BinaryIO, job: TableJob) -> Reading:
    """Open a file of any size. Its encoding is settled first, which means that it is gone through once."""
    try:
        found = encoded(stream, job)
    except Unreadable as refusal:
        return Reading(table=None, problems=refusal.problems)
    file = LargeText(stream, found, job)
    try:
        head = read_head(file.beginning(), job, is_part=True)
    except Unreadable as refusal:
        return Reading(table=None, problems=(*found.problems, *refusal.problems))
    source = BlockSource(file, head)
    table = Table(header=head.header, portions=source.portions(), source=source, empty=NO_VALUE,
                  kinds=(None,) * len(head.header), encoding=found.name, delimiter=head.source.delimiter,
                  notes=source.notes)
    return Reading(table=table, problems=(*found.problems, *head.problems))


class LargeText(Frozen):
    """A file as UTF-8, from its first letter as often as it is asked for."""

    stream: BinaryIO
    encoding: Encoded
    job: TableJob

    def pieces(self) -> Iterator[bytes]:
        """The file in pieces of some mebibytes, cut anywhere, without its byte order mark."""
        return in_utf8(self.stream, self.encoding, BLOCK_BYTES)

    def beginning(self) -> str:
        """The first mebibytes as text; a letter that is cut at their end is left out."""
        held = b""
        for piece in self.pieces():
            held += piece
            if len(held) >= HEAD_BYTES:
                break
        return held.decode(errors="ignore")


class ArrowPortion(Frozen):
    """Rows as Arrow's texts."""

    columns: tuple[pa.StringArray, ...]
    rows: int

    def texts(self, column: int) -> Sequence[Cell]:
        """The cells of a column as Python's texts."""
        found: list[Cell] = self.columns[column].to_pylist()
        return found

    def array(self, column: int) -> pa.StringArray:
        """The cells of a column as they are held."""
        return self.columns[column]


@dataclass(slots=True)
class BlockSource:
    """The rows of a large file, and where they stand."""

    file: LargeText
    head: Head
    starts: list[tuple[int, int]] = field(default_factory=list)   # of each block: rows and lines above it
    notes: list[Problem] = field(default_factory=list)

    def portions(self) -> Iterator[Portion]:
        """The rows, a block at a time. Raises Unreadable at the first that breaks a rule."""
        rows, lines = 0, self.head.source.above + _lines(self._header())
        self.starts.clear()
        width, strange = len(self.head.header), StrangeRows(self.head, self.file.job, self.notes)
        try:
            for block in self._blocks():
                self._refuse_nul(block.body, lines)
                self.starts.append((rows, lines))
                strange.look(block, rows, lines)
                yield ArrowPortion(_columns(block, self.head.source.delimiter, width), block.records)
                rows += block.records
                # Without a quotation mark a record is a line.
                lines += _lines(block.body) if block.has_quotes else block.records
        except Broken as broken:
            raise self._fault(broken.body, rows, lines) from None
        strange.finish()

    def header(self) -> tuple[Place, ...]:
        """Where each name of the header stands."""
        return self.head.source.header()

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Where cells stand. The file is gone through again, up to the last of them."""
        cells = sorted(set(wanted))
        places: dict[tuple[int, int], Place] = {}
        # What is known of the blocks is from the last time all were read.
        for block, (rows, lines) in zip(self._blocks(), list(self.starts), strict=False):
            here = [cell for cell in cells if rows <= cell[0] < rows + block.records]
            if here:
                text = DelimitedText(NAMED + block.body.decode(), self.head.source.delimiter, lines - 1)
                found = text.cells((row - rows, column) for row, column in here)
                places |= {(row + rows, column): place for (row, column), place in found.items()}
        return places

    def _header(self) -> bytes:
        """The header's record with its line end."""
        return self.head.source.text.encode()

    def _blocks(self) -> Iterator[Block]:
        return blocks(self._below(), self.head.source.delimiter, len(self.head.header))

    def _below(self) -> Iterator[bytes]:
        """The file below its header."""
        skipped = _bytes_of_lines(self.file.beginning(), self.head.source.above) + len(self._header())
        for piece in self.file.pieces():
            if skipped < len(piece):
                yield piece[skipped:]
            skipped = max(0, skipped - len(piece))

    def _refuse_nul(self, body: bytes, lines: int) -> None:
        if (at := body.find(0)) >= 0:
            text = body.decode()
            place = text_place(text, len(body[:at].decode()), above=lines)
            raise self.file.job.refusal(place, "csv-nul", "the file holds a NUL character, which no text has",
                                        "Export it again; if it is UTF-16, write `encoding: utf-16` in its entry.")

    def _fault(self, body: bytes, rows: int, lines: int) -> Unreadable:
        """What is wrong in a block that does not follow the rules, said as of a small file."""
        job, width = self.file.job, len(self.head.header)
        delimiter = self.head.source.delimiter
        if len(body) > csv_scan.MOST_RECORD_BYTES:
            return self._too_long(DelimitedText(NAMED + body.decode(errors="ignore"), delimiter, lines - 1), lines)
        # A sound row at the end, because blank lines at an end would be passed over.
        text = DelimitedText(NAMED + body.decode() + (delimiter * (width - 1) or "x"), delimiter, lines - 1)
        try:
            refuse_quotes(text, job)
            refuse_ragged(read_rows(text.text, delimiter)[1:], width, text, job, rows)
        except Unreadable as refusal:
            return refusal
        raise AssertionError("a block was found to break the rules, and it keeps them")

    def _too_long(self, text: DelimitedText, lines: int) -> Unreadable:
        """What is wrong with a row that goes on and on: nearly always a mark that is never closed."""
        job = self.file.job
        try:
            refuse_quotes(text, job)
        except Unreadable as refusal:
            return refusal
        return job.refusal(Place(line=lines + 1, column=1), "file-large", f"the row that begins here is longer than "
                           f"{csv_scan.MOST_RECORD_BYTES >> 20} MiB, the most that can be read",
                           "If rows end with something else than a line end, export the file again.")


def _columns(block: Block, delimiter: str, width: int) -> tuple[pa.StringArray, ...]:
    names = [str(number) for number in range(width)]
    # Arrow takes a byte order mark away where its input begins. Behind a row of its own it is text.
    row = (delimiter * (width - 1) or "x").encode() + b"\n" if block.body.startswith(BOM_UTF8) else b""
    table = arrow_csv.read_csv(
        BytesIO(row + block.body),
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(row) + len(block.body) + 1),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, quote_char='"' if block.has_quotes else False,
                                             newlines_in_values=block.has_quotes, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False,
                                                 check_utf8=False),
    )
    table = table.slice(1) if row else table
    if table.num_rows != block.records:
        raise AssertionError(f"{block.records} records were found and {table.num_rows} were read")
    return tuple(cast("pa.StringArray", pa.concat_arrays(column.chunks) if column.num_chunks != 1 else column.chunk(0))
                 for column in table.columns)


def _lines(body: bytes) -> int:
    returns = body.count(b"\r")
    return body.count(b"\n") + (returns - body.count(b"\r\n") if returns else 0)


def _bytes_of_lines(text: str, lines: int) -> int:
    """How many bytes the first lines take."""
    ends = [found.end() for found in islice(LINE_END.finditer(text), lines)]
    return len(text[: ends[-1]].encode()) if ends else 0
