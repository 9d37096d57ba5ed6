"""The rows of a dataset's tables before and after, with nothing told of what is personal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.frozen import Frozen, replace
from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Sourced
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.model.review import Cell, Change, RowChange, RowsDiff
from cityfolio.privacy.kinds.text import IN_WORDS
from cityfolio.privacy.prose import kinds_in
from cityfolio.privacy.secrets import sightings
from cityfolio.problems import Location
from cityfolio.review.compare_file_pairs import FilePair, local_name
from cityfolio.review.compare_files import content_change
from cityfolio.review.compare_words import change_of
from cityfolio.review.diff_state import State, States
from cityfolio.tables.limits import limits_of
from cityfolio.tables.published import Tables
from cityfolio.tables.readers import is_table
from cityfolio.tables.row_diff.compare import Asked, Side, compare_tables
from cityfolio.tables.table import TableJob, Unreadable, plain_name

HIDDEN = "(not shown)"
SAMPLES = 5
MOST_CELL = 400                # characters of a cell in a sample
READ_BY = ("encoding", "delimiter", "empty", "sheet", "header_row", "format")
SHOWN = frozenset({"published", "draft"})


class TablePair(Frozen, kw_only=True):
    """A table that has other bytes than before, or is read in another way, and what differs in it. None: it cannot be read."""

    files: FilePair
    before: TableJob
    after: TableJob
    rows: RowsDiff | None
    why: str = ""                # why it could not be read


def table_pairs(states: States, pairs: tuple[FilePair, ...], read: tuple[Tables, Tables]) -> Iterator[TablePair]:
    """The tables of a dataset that differ. Those of a dataset that is only listed are not looked into.

    `read` says which could be read: profiles are made in a process that may be killed, so what ended it is not opened again.
    """
    for pair in pairs:
        if pair.before is None or pair.after is None or not is_looked_into(pair):
            continue
        one, two = pair.paths
        nodes = states.before.loaded.nodes.get(one), states.after.loaded.nodes.get(two)
        if not all(node is not None and node.kind == "file" for node in nodes):
            continue
        if states.is_same(one, two) and all(getattr(pair.one, each) == getattr(pair.two, each) for each in READ_BY):
            continue
        yield _compared(states, pair, _unread(pair, read), _looking_personal(pair, read))


def _looking_personal(pair: FilePair, read: tuple[Tables, Tables]) -> frozenset[str]:
    """The columns of a file in which personal data was found in one of the states, made comparable; acknowledged or not."""
    keys = (pair.dataset_before.id, pair.before or 0), (pair.dataset_after.id, pair.after or 0)
    profiles = [report.profile for tables, key in zip(read, keys, strict=True) if (report := tables.reports.get(key))]
    return frozenset(plain_name(each.column) for profile in profiles if profile for each in profile.personal)


def _unread(pair: FilePair, read: tuple[Tables, Tables]) -> str:
    """Why one of two tables cannot be read; "" where both can."""
    keys = (pair.dataset_before.id, pair.before or 0), (pair.dataset_after.id, pair.after or 0)
    reports = [tables.reports.get(key) for tables, key in zip(read, keys, strict=True)]
    found = (problem.says for report in reports if report and report.profile is None for problem in report.problems)
    return next(found, "")


def is_looked_into(pair: FilePair) -> bool:
    """Whether a file is a table of the catalog in both states, and its dataset more than listed."""
    files = ((pair.dataset_before, pair.one), (pair.dataset_after, pair.two))
    return all(dataset.record.status in SHOWN and file.look_inside and bool(local_name(file)) and
               is_table(file.format or local_name(file)) for dataset, file in files)


def _compared(states: States, pair: FilePair, unread: str, personal: frozenset[str]) -> TablePair:
    before, after = _job(states.before, pair.dataset_before, pair.one), _job(states.after, pair.dataset_after, pair.two)
    if unread:
        return TablePair(files=pair, before=before, after=after, rows=None, why=unread)
    try:
        rows = compare_tables(Side(tree=states.before.tree, job=before), Side(tree=states.after.tree, job=after),
                              key=after.file.primary_key, asked=Asked(samples=SAMPLES))
    except (Unreadable, OSError) as error:
        why = error.problems[0].says if isinstance(error, Unreadable) and error.problems else "one of the two cannot be read"
        return TablePair(files=pair, before=before, after=after, rows=None, why=why)
    return TablePair(files=pair, before=before, after=after, rows=without_personal(rows, before, after, personal))


def _job(state: State, dataset: Sourced[DatasetRecord], file: FileRecord) -> TableJob:
    path = f"datasets/{dataset.id}/{local_name(file)}"
    return TableJob(path=path, size_bytes=state.loaded.nodes[path].bytes, file=file, limits=limits_of(state.loaded),
                    columns=dictionary(state.loaded, dataset.record, file), title=dataset.record.title or "")


def without_personal(rows: RowsDiff, before: TableJob, after: TableJob, personal: frozenset[str] = frozenset()) -> RowsDiff:
    """Samples without the values of sensitive columns, whichever of the two dictionaries says so, and under whatever name.

    In a file that has such a column, one that no dictionary describes may be that one under another name: it is hidden too.
    So are the columns that look `personal` in one of the states, and every cell that by itself looks personal or like a secret:
    a comparison is read by more people than the catalog, and stays where it was posted when the file is mended.
    """
    sensitive = before.sensitive_names | after.sensitive_names
    hidden = sensitive | personal
    hidden |= {plain_name(rows.renamed[name]) for name in rows.renamed if plain_name(name) in hidden}
    hidden |= {plain_name(name) for name, now in rows.renamed.items() if plain_name(now) in hidden}
    described = {*before.columns, *after.columns, *(rows.renamed[name] for name in before.columns if name in rows.renamed)}

    def is_hidden(column: str) -> bool:
        return bool(hidden) and (plain_name(column) in hidden or (bool(sensitive) and column not in described))

    def shown(sample: RowChange) -> RowChange:
        # A key that does not fit the columns of the newer file is not shown at all.
        is_known = len(sample.key) == len(after.file.primary_key)
        key = (HIDDEN if (bool(hidden) and (not is_known or is_hidden(name))) or is_private(value) else value[:MOST_CELL]
               for name, value in zip(after.file.primary_key if is_known else sample.key, sample.key, strict=True))
        cells = (_cell(each, is_hidden=is_hidden(each.column)) for each in sample.cells)
        return replace(sample, key=tuple(key), cells=tuple(cells))

    return replace(rows, samples={kind: tuple(map(shown, found)) for kind, found in rows.samples.items()})


def _cell(cell: Cell, *, is_hidden: bool) -> Cell:
    before, after = (text and HIDDEN if is_hidden or is_private(text) else text[:MOST_CELL]
                     for text in (cell.before, cell.after))
    return replace(cell, before=before, after=after)


def is_private(text: str) -> bool:
    """Whether a cell by itself looks personal, or like a secret."""
    return any(True for _ in kinds_in(text, IN_WORDS)) or bool(sightings(text.encode("utf-8", "replace")))


def row_changes(states: States, pairs: tuple[FilePair, ...], tables: Mapping[int, TablePair]) -> Iterator[Change]:
    """What is otherwise in the files of a dataset; `tables` by the place of the file in the newer state."""
    for pair in pairs:
        if pair.before is None or pair.after is None:
            continue
        table = tables.get(pair.after)
        if table is not None:
            yield from filter(None, (_told(table),))
        elif not is_looked_into(pair):
            yield from filter(None, (content_change(states, pair),))


def _told(table: TablePair) -> Change | None:
    pair, rows = table.files, table.rows
    about, where, part = pair.about, Location(path=pair.paths[1]), f"files/{pair.name}"
    if rows is None:
        return change_of("file-unread", about, f"the rows of {pair.name} could not be compared: {table.why}", where, part=part)
    counts = [f"{number:,} {what}" for number, what in (
        (rows.added, "added"), (rows.removed, "removed"), (rows.changed, "changed")) if number]
    if not counts:
        return None
    kind = "rows-changed" if rows.changed else "rows-removed" if rows.removed else "rows-added"
    says = f"rows of {pair.name}: {', '.join(counts)}; {rows.before:,} before, {rows.after:,} now"
    return change_of(kind, about, says, where, part=part, rows=rows)
