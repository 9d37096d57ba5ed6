"""Where things stand in the text of a delimited file: lines, records and fields."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, islice
from typing import cast

from cityfolio.frozen import Frozen
from cityfolio.tables.table import EXCERPT_CHARACTERS, Place

LINE_END = re.compile(r"\r\n|\r|\n")


class Grammar(Frozen):
    """The rules of RFC 4180 with one delimiter, as expressions that never go back, so that they take linear time.

    One thing more is taken: a mark with something else on both sides in a field that does not begin with one, as in feet and
    inches. Every program reads that alike; `strict` tells whether there is any.
    """

    field: re.Pattern[str]
    record: re.Pattern[str]
    document: re.Pattern[str]
    strict: re.Pattern[str]


@lru_cache(maxsize=8)
def grammar(delimiter: str) -> Grammar:
    """The rules for a delimiter: a field is quoted as a whole, or has no mark at its start, its end, or after a backslash."""
    one = re.escape(delimiter)
    other = rf'[^"{one}\r\n]'
    quoted, plain = r'"[^"]*+(?:""[^"]*+)*+"', rf"{other}*+"
    inside = rf' *+(?:{other}{other}*+(?:(?<!\\)"(?={other}){other}*+)*+)?'
    field, record, document = _rules(rf"(?:{quoted}|{inside})", one)
    return Grammar(field, record, document, _rules(rf"(?:{quoted}|{plain})", one)[2])


def _rules(field: str, one: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    record = rf"{field}(?:{one}{field})*+"
    return re.compile(field), re.compile(record), re.compile(rf"{record}(?:(?:\r\n|\r|\n){record})*+")


def text_place(text: str, offset: int, end: int | None = None, above: int = 0) -> Place:
    """The line and column of an offset. The width reaches to `end`, or to the end of the line if that comes first.

    `above` lines of the file stand above the text.
    """
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    # A CR LF pair ends one line, not two.
    line = 1 + text.count("\n", 0, start) + text.count("\r", 0, start) - text.count("\r\n", 0, start)
    excerpt = shown_line(text, start)
    stop = offset + 1 if end is None else end
    left = LINE_END.search(text, offset, stop)
    width = max(1, (left.start() if left else stop) - offset)
    return Place(line=line + above, column=offset - start + 1, width=width, excerpt=excerpt)


def shown_line(text: str, start: int) -> str:
    """The line that begins at an offset, as far as it is worth showing."""
    piece = text[start : start + EXCERPT_CHARACTERS]
    ended = LINE_END.search(piece)
    return piece[: ended.start()] if ended else piece


class DelimitedText(Frozen):
    """The text of a file that was read without a fault, for tracing cells back to it."""

    text: str
    delimiter: str
    above: int = 0                # lines of the file above the text

    def header(self) -> tuple[Place, ...]:
        """Where each name of the header stands."""
        line = LINE_END.split(self.text, 1)[0]
        if '"' not in line:
            names, excerpt = line.split(self.delimiter), shown_line(self.text, 0)
            starts = accumulate((len(name) + 1 for name in names[:-1]), initial=1)
            return tuple(Place(line=1 + self.above, column=start, width=max(1, len(name)), excerpt=excerpt)
                         for start, name in zip(starts, names, strict=True))
        end = _end(grammar(self.delimiter).record.match(self.text))
        return tuple(text_place(self.text, start, stop, self.above) for start, stop in self._fields(0, end))

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Where cells stand, each given as data row and column, both counted from 0."""
        cells = sorted(set(wanted))
        records = self._records()
        places, at = {}, -1
        start, end = 0, 0
        for row, column in cells:
            while at <= row:   # the header comes first and is no data row
                start, end = next(records)
                at += 1
            field = next(islice(self._fields(start, end), column, None), (start, start))
            places[row, column] = text_place(self.text, *field, self.above)
        return places

    def start_of_fault(self, stuck: int) -> int:
        """Where the field begins in which the grammar came to a stop, at an offset."""
        last = deque(self._records(), maxlen=1).pop()
        return next((start for start, end in self._fields(*last) if end >= stuck), stuck)

    def first_mark_inside(self) -> int | None:
        """Where the first field begins that holds a mark and is not quoted itself. The text follows the rules."""
        found = grammar(self.delimiter).strict.match(self.text)
        stuck = found.end() if found else 0
        if stuck == len(self.text):
            return None
        record = next(span for span in self._records() if span[1] >= stuck)
        return next(start for start, end in self._fields(*record) if end >= stuck)

    def _records(self) -> Iterator[tuple[int, int]]:
        # Without a quotation mark a line is a record, and lines are found faster.
        return _record_spans(self.text, grammar(self.delimiter)) if '"' in self.text else _line_spans(self.text)

    def _fields(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        match, position = grammar(self.delimiter).field.match, start
        while True:
            stop = _end(match(self.text, position, end))
            yield position, stop
            if stop >= end:
                return
            position = stop + 1


def _end(found: re.Match[str] | None) -> int:
    """Where a record or field ends. Either may be empty, so one is always found."""
    return cast("re.Match[str]", found).end()


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for ended in LINE_END.finditer(text):
        yield start, ended.start()
        start = ended.end()
    yield start, len(text)


def _record_spans(text: str, rules: Grammar) -> Iterator[tuple[int, int]]:
    """Where each record begins and ends, up to the first that does not follow the rules."""
    position = 0
    while True:
        end = _end(rules.record.match(text, position))
        yield position, end
        ended = LINE_END.match(text, end)
        if ended is None:
            return
        position = ended.end()
