"""Strange rows of a large file: the same that are told of a small one, found without reading every row twice."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO

import numpy as np

from cityfolio.problems import Problem
from cityfolio.tables.readers.csv_notes import NEAR, empty_note, footnote, footnote_note, mark_note, repeated_header
from cityfolio.tables.readers.csv_rules import Head, read_rows
from cityfolio.tables.readers.csv_scan import Block
from cityfolio.tables.readers.lines import DelimitedText, text_place
from cityfolio.tables.table import Place, TableJob


@dataclass(slots=True)
class StrangeRows:
    """Looks at blocks in their order, and puts what is strange into `notes`."""

    head: Head
    job: TableJob
    notes: list[Problem]
    _empty: list[tuple[Place, int]] = field(default_factory=list)    # the first empty row
    _empty_rows: int = 0
    _marked: list[Place] = field(default_factory=list)
    _last: deque[tuple[bytes, int]] = field(default_factory=lambda: deque(maxlen=NEAR))   # rows, each with the lines above it
    _rows: int = 0

    def look(self, block: Block, rows: int, lines: int) -> None:
        """Take in a block with so many rows and lines above it. Raises Unreadable where a row names the columns again."""
        if block.has_marks and not self._marked:
            self._marked.append(self._mark(block, lines))
        if len(self.head.header) == 1:
            return
        repeated = _equal(block, self._written(self.head.header))
        if repeated:
            raise repeated_header(self._place(block, repeated[0], lines), rows + repeated[0] + 1, self.job)
        empty = _equal(block, self._written([""] * len(self.head.header)))
        if empty and not self._empty:
            self._empty.append((self._place(block, empty[0], lines), rows + empty[0] + 1))
        self._empty_rows += len(empty)
        self._rows = rows + block.records
        self._keep_last(block, lines)

    def finish(self) -> None:
        """Say what was found, when all blocks were seen."""
        self.notes[:] = [mark_note(place, self.job) for place in self._marked]
        self.notes += [empty_note(place, row, self._empty_rows, self.job) for place, row in self._empty]
        if not self._last:
            return
        *before, last = [read_rows(body.decode(), self.head.source.delimiter)[0] for body, _ in self._last]
        if footnote(self.head.header, before, last):
            body, lines = self._last[-1]
            text = DelimitedText("\n" + body.decode(), self.head.source.delimiter, lines - 1)
            self.notes.append(footnote_note(text.cells([(0, 0)])[0, 0], self._rows, self.job))

    def _keep_last(self, block: Block, lines: int) -> None:
        first = max(0, block.records - NEAR)
        above = lines + _lines(block.body[: _start(block, first)])
        for record in range(first, block.records):
            body = block.body[_start(block, record) : int(block.ends[record]) + 1]
            self._last.append((body, above))
            above += _lines(body)

    def _written(self, fields: Sequence[str]) -> list[bytes]:
        """The ways in which a row of these fields is likely to be written."""
        written = []
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
            text = StringIO()
            csv.writer(text, delimiter=self.head.source.delimiter, quoting=quoting, lineterminator="").writerow(fields)
            written.append(text.getvalue().encode())
        return written

    def _place(self, block: Block, record: int, lines: int) -> Place:
        start = _start(block, record)
        text = block.body[start : int(block.ends[record]) + 1].decode()
        return text_place(text, 0, len(text), above=lines + _lines(block.body[:start]))

    def _mark(self, block: Block, lines: int) -> Place:
        text = DelimitedText(block.body.decode(), self.head.source.delimiter)
        return text_place(text.text, text.first_mark_inside() or 0, above=lines)


def _start(block: Block, record: int) -> int:
    return int(block.ends[record - 1]) + 1 if record else 0


def _equal(block: Block, forms: Sequence[bytes]) -> list[int]:
    """The records of a block that are written in one of some forms, with any line end."""
    letters, starts = np.frombuffer(block.body, np.uint8), np.concatenate([[0], block.ends[:-1] + 1])
    lengths, found = block.ends - starts, set[int]()
    for form in forms:
        likely = starts[(lengths == len(form)) | (lengths == len(form) + 1)]
        # Rows of a length are many where all are of one; few of them begin alike, too.
        for at in range(min(8, len(form))):
            likely = likely[letters[likely + at] == form[at]]
        found |= {int(start) for start in likely if block.body[start : start + len(form)] == form
                  and block.body[start + len(form)] in b"\r\n"}
    return [int(number) for number in np.searchsorted(starts, sorted(found))]


def _lines(body: bytes) -> int:
    returns = body.count(b"\r")
    return body.count(b"\n") + (returns - body.count(b"\r\n") if returns else 0)
