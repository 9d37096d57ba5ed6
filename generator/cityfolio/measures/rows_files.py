"""`rows.csv` of each measure over published rows: the rows of its newest complete period, and which of them count.

Every cell is the text that stands in the published file. A last column, `counts`, is true for each row, but of a ratio only for
the good ones. Each file is read once for all of its measures, and nothing is written again while nothing changed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from cityfolio import __version__
from cityfolio.files import Tree, digest_of, discard, sha256, write_new
from cityfolio.frozen import Frozen
from cityfolio.measures.closed_rows import Counted
from cityfolio.measures.sources import Source
from cityfolio.model.site import Made
from cityfolio.tables.published import Bench
from cityfolio.tables.readers import reader_for
from cityfolio.tables.table import Unreadable
from cityfolio.tables.workers import Making, Task, worked

if TYPE_CHECKING:
    import pyarrow as pa

    from cityfolio.measures.columns import Columns, Ints, Truths

RULES = "1"                       # raised when the files are written in another way
COUNTS = "counts"
AT_ONCE = 10_000                  # rows that are written at once


class RowsAsked(Frozen, kw_only=True):
    """The rows of a measure that are wanted: those of one period."""

    counted: Counted
    period: str

    @property
    def key(self) -> str:
        """What the file depends on."""
        source, definition = self.counted.source, self.counted.definition
        parts = ["measure rows", __version__, RULES, source.job.identity, definition.identity, self.period, published(source),
                 {name: source.types.get(name) for name in definition.columns}]
        return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS))


def published(source: Source) -> tuple[str, ...]:
    """The columns of a file that anybody can have, in its order."""
    return source.profile.header if source.profile else ()


def rows_files(asked: Mapping[str, RowsAsked], bench: Bench) -> dict[str, Made]:
    """The file of each measure by its id. One whose rows cannot be read any more has none."""
    targets = {identifier: bench.scratch / each.key for identifier, each in asked.items()}
    found = {identifier: made for identifier, each in asked.items() if (made := _kept(each.key, targets[identifier], bench))}
    by_file: dict[tuple[str, int], dict[str, RowsAsked]] = {}
    for identifier, each in asked.items():
        if identifier not in found:
            # Two measures that count the same have the same file.
            by_file.setdefault((each.counted.source.dataset, each.counted.source.place), {})[each.key] = each
    tasks = [Task(next(iter(every.values())).counted.source.job,
                  partial(_written, bench.sources, tuple((each, Making(bench.scratch / key)) for key, each in every.items())))
             for every in by_file.values()]
    for every, body in zip(by_file.values(), worked(tasks, bench.workers), strict=True):
        if isinstance(body, bytes) and body:
            for key in every:
                _keep(key, bench.scratch / key, bench)
    found |= {identifier: _made(target) for identifier, target in targets.items()
              if identifier not in found and target.is_file()}
    return found


def _made(path: Path) -> Made:
    return Made(path=str(path), bytes=path.stat().st_size, sha256=digest_of(path))


def _kept(key: str, target: Path, bench: Bench) -> Made | None:
    digest = bench.cache.get(key)
    if digest is None or not (target.is_file() or bench.cache.get_file(f"{key} file", digest.decode(), target)):
        return None
    return _made(target)


def _keep(key: str, target: Path, bench: Bench) -> None:
    bench.cache.put_file(f"{key} file", target)
    bench.cache.put(key, digest_of(target).encode())


def _written(tree: Tree, asked: Sequence[tuple[RowsAsked, Making]]) -> bytes:
    """Write the files; something where that was done."""
    source = asked[0][0].counted.source
    try:
        columns = _columns(tree, source, [each for each, _ in asked])
        chosen = [_chosen(columns, each) for each, _ in asked]
        table = _gathered(tree, source, [rows for rows, _ in chosen])
        for (rows, good), (_, making) in zip(chosen, asked, strict=True):
            discard(making.path)
            write_new(making.path, table.lines(rows, good))
    except Unreadable:
        return b""
    return b"done"


def _columns(tree: Tree, source: Source, asked: Sequence[RowsAsked]) -> Columns:
    # numpy and Arrow take longer to import than most catalogs take to read.
    from cityfolio.measures.columns import Wanted, held
    from cityfolio.measures.reading import UNDESCRIBED

    used = {name for each in asked for name in each.counted.definition.columns}
    with tree.open(source.job.path) as stream:
        table = reader_for(source.job)(stream, source.job).table
        if table is None:
            raise Unreadable
        kinds = table.kinds or (None,) * len(table.header)
        wanted = [Wanted(name=name, number=number, type=source.types.get(name) or kinds[number],
                         record=source.job.columns.get(name, UNDESCRIBED))
                  for number, name in enumerate(table.header) if name in used]
        return held(table.portions, wanted, table.empty | frozenset(source.job.file.empty))


def _chosen(columns: Columns, asked: RowsAsked) -> tuple[Ints, Truths | None]:
    """The numbers of the rows in the period, and which of a ratio's are good."""
    import numpy as np

    from cityfolio.measures.compute import counted
    from cityfolio.measures.evaluate import Evaluator
    from cityfolio.measures.expression import parse

    definition, found = asked.counted.definition, counted(columns, asked.counted.definition)
    if found is None or asked.period not in found[0].periods:
        return np.zeros(0, np.int64), None
    when, rows = found
    rows = rows[when.codes[rows] == when.periods.index(asked.period)]
    if not definition.good:
        return rows, None
    return rows, Evaluator(columns).truth(parse(definition.good), definition.around).true[rows]


def _gathered(tree: Tree, source: Source, chosen: Sequence[Ints]) -> _Rows:
    """The cells of all rows that any of the measures has."""
    import numpy as np

    from cityfolio.arrow_alone import pa

    names, numbers, start = published(source), np.unique(np.concatenate(chosen)), 0
    parts: list[list[pa.StringArray]] = [[] for _ in names]
    with tree.open(source.job.path) as stream:
        table = reader_for(source.job)(stream, source.job).table
        if table is None:
            raise Unreadable
        for portion in table.portions:
            low, high = np.searchsorted(numbers, [start, start + portion.rows])
            for name, part in zip(names, parts, strict=True):
                part.append(portion.array(table.header.index(name)).take(numbers[low:high] - start))
            start += portion.rows
    return _Rows(names, numbers, tuple(pa.chunked_array(part, pa.string()) for part in parts))


class _Rows(Frozen):
    """Rows of a file by their numbers, in order."""

    names: tuple[str, ...]
    numbers: Ints
    columns: tuple[pa.ChunkedArray[pa.StringScalar], ...]

    def lines(self, rows: Ints, good: Truths | None) -> Iterator[bytes]:
        """The file of some rows."""
        import numpy as np

        yield _csv([(*self.names, free_name(self.names))])
        for at in range(0, len(rows), AT_ONCE):
            places = np.searchsorted(self.numbers, rows[at : at + AT_ONCE])
            cells = [each.take(places).to_pylist() for each in self.columns]
            counts = ["true"] * len(cells[0]) if good is None else np.where(good[at : at + AT_ONCE], "true", "false").tolist()
            yield _csv(zip(*cells, counts, strict=True))


def free_name(names: Sequence[str]) -> str:
    """What the last column is called: `counts`, or where the file has such a column `counts_2`, and so on."""
    tries = [COUNTS, *(f"{COUNTS}_{number}" for number in range(2, len(names) + 3))]
    return next(each for each in tries if each not in names)


def _csv(rows: Iterable[Sequence[str | None]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)   # as RFC 4180 has it
    return text.getvalue().encode()
