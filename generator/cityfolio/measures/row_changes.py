"""Which row of a closed period is not as it was: the rows of a file as they are now, held against what was kept of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from cityfolio.arrow_alone import pa
from cityfolio.measures.closed_rows import Answer, Asked
from cityfolio.measures.columns import Columns, Truths, Wanted, held
from cityfolio.measures.compute import counted
from cityfolio.measures.fingerprints import (
    BUCKETS,
    Hashes,
    Moved,
    Rows,
    Sums,
    changed_buckets,
    hash_of,
    mixed,
    moved_in_all,
    read,
    reduced,
    summed,
    written,
)
from cityfolio.measures.reading import UNDESCRIBED
from cityfolio.measures.sources import Source
from cityfolio.tables.table import Portion, Table

MOST_NAMED = 10                   # rows that are named where it cannot be told which of them changed


def of_table(table: Table, source: Source, asked: Sequence[Asked]) -> list[Answer]:
    """What the rows of a table say to each measure. Raises Unreadable."""
    key, types = asked[0].counted.key, source.types
    used = {name for each in asked for name in each.counted.definition.columns}
    cells = _Cells(table.header, tuple(sorted(used | set(key))), key)
    kinds = table.kinds or (None,) * len(table.header)
    wanted = [Wanted(name=name, number=number, type=types.get(name) or kinds[number],
                     record=source.job.columns.get(name, UNDESCRIBED))
              for number, name in enumerate(table.header) if name in used]
    columns = held(cells.passing(table.portions), wanted, table.empty | frozenset(source.job.file.empty))
    return [_Seen(table, columns, cells, each).answer() for each in asked]


@dataclass(slots=True)
class _Cells:
    """The hashes of the cells of some columns, gathered as rows pass by, and the keys as they are written."""

    header: tuple[str, ...]
    names: tuple[str, ...]
    key: tuple[str, ...]
    parts: dict[str, list[Hashes]] = field(default_factory=dict)
    texts: dict[str, list[pa.StringArray]] = field(default_factory=dict)

    def passing(self, portions: Iterable[Portion]) -> Iterator[Portion]:
        """The portions as they come."""
        for portion in portions:
            for name in self.names:
                texts = cast("pa.StringArray", portion.array(self.header.index(name)).fill_null(""))
                if name in self.key:
                    self.texts.setdefault(name, []).append(texts)
                encoded = texts.dictionary_encode()
                different = cast("list[str]", encoded.dictionary.to_pylist())
                hashes = np.fromiter((hash_of(f"{name}\0{text}") for text in different), np.uint64, len(different))
                self.parts.setdefault(name, []).append(hashes[encoded.indices.to_numpy()])
            yield portion

    def of_rows(self, names: Sequence[str], rows: int) -> Hashes:
        """The hash of some cells of every row."""
        total = np.zeros(rows, np.uint64)
        for name in names:
            total = reduced(total + np.concatenate(self.parts[name])) if rows else total
        return mixed(total)

    def keys(self, rows: int) -> Hashes:
        """The key of every row: its number, counted from 1, where the file has no primary key."""
        return self.of_rows(self.key, rows) if self.key else np.arange(1, rows + 1, dtype=np.uint64)

    def key_text(self, row: int) -> str:
        """The key of a row as it is written."""
        return ", ".join(f"{name} {pa.chunked_array(self.texts[name])[row].as_py()}" for name in self.key)


class _Seen:
    """The rows that one measure counts, period by period."""

    def __init__(self, table: Table, columns: Columns, cells: _Cells, asked: Asked) -> None:
        self.table, self.cells, self.asked, definition = table, cells, asked, asked.counted.definition
        found = counted(columns, definition)
        self.keys = cells.keys(columns.rows)
        self.numbers = np.zeros(0, np.int64)
        place = {period: at for at, period in enumerate(asked.periods)}
        if found is not None:
            when, rows = found
            of_period = np.array([place.get(period, -1) for period in when.periods], np.int64)
            periods = of_period[when.codes[rows]] if len(rows) else np.zeros(0, np.int64)
            self.numbers, periods = rows[periods >= 0], periods[periods >= 0]
        else:
            periods = np.zeros(0, np.int64)
        hashes = cells.of_rows(definition.columns, columns.rows)[self.numbers]
        self.rows: Rows = Rows(periods=periods, keys=self.keys[self.numbers], hashes=hashes)
        self.sums = summed(self.rows, len(place))

    def answer(self) -> Answer:
        """What is said of each period."""
        tag, answer = self.asked.counted.tag, {}
        for at, (period, kept) in enumerate(self.asked.periods.items()):
            said: dict[str, object] = {"rows": int((self.rows.periods == at).sum()),
                                       "fingerprint": f"{tag}-{written(self.sums[at])}"}
            before, _, body = kept.partition("-")
            then = read(body)
            if kept and then is not None:
                said["differs"] = [{"kind": "definition"}] if before != tag else self.differences(at, then)
            answer[period] = said
        return answer

    def differences(self, at: int, then: Sums) -> list[dict[str, object]]:
        """How the rows of a period differ from what they were; nothing where they do not."""
        here = self.rows.periods == at
        buckets = list(changed_buckets(then, self.sums[at]))
        if len(buckets) > 1 and not self.cells.key:
            # Without a key each row after one that came or went stands at another place, and yet only one changed.
            as_one = moved_in_all(then, self.sums[at])
            of_content = self.of_content(as_one, here) if as_one else None
            if of_content is not None:
                return [of_content]
        found = [self.of_key(moved, here) if moved else None for _, moved in buckets]
        return [each or self.several(number, here) for (number, _), each in zip(buckets, found, strict=True)]

    def of_key(self, moved: Moved, here: Truths) -> dict[str, object] | None:
        """One row that was found by its key."""
        rows = (self.keys == moved.key).nonzero()[0].tolist()
        if not moved.after:
            return {"kind": "left", **self.shown(rows)} if rows else {"kind": "gone"}
        same = here & (self.rows.keys == moved.key) & (self.rows.hashes == moved.after)
        return {"kind": "changed" if moved.before else "came", **self.shown(rows)} if same.any() else None

    def of_content(self, moved: Moved, here: Truths) -> dict[str, object] | None:
        """One row that was found by its content, where rows stand at other places now."""
        if not moved.after:
            return {"kind": "gone"}
        rows = self.numbers[here & (self.rows.hashes == moved.after)].tolist()
        return {"kind": "changed" if moved.before else "came", **self.shown(rows)} if rows else None

    def several(self, bucket: int, here: Truths) -> dict[str, object]:
        """The rows of a bucket of which more than one changed."""
        return {"kind": "several", **self.shown(self.numbers[here & (self.rows.keys % BUCKETS == bucket)].tolist())}

    def shown(self, rows: Sequence[int]) -> dict[str, object]:
        """Rows by their lines and keys, the first of them, and how many there are."""
        column = self.table.header.index(self.asked.counted.definition.dated)
        some = rows[:MOST_NAMED]
        places = self.table.source.cells([(row, column) for row in some])
        return {"of": len(rows), "lines": [places[row, column].line for row in some],
                "keys": [self.cells.key_text(row) for row in some]}
