"""Columns that were kept back as sensitive and are published now, for whatever reason: the worst a change can do unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.model.review import Change
from cityfolio.review.compare_columns import COLUMNS
from cityfolio.review.compare_file_pairs import FilePair
from cityfolio.review.compare_words import change_of, place_of
from cityfolio.tables.fetched import Key
from cityfolio.tables.published import Tables
from cityfolio.tables.table import plain_name

KIND = "column-shown"
ENDING = "/sensitive"


def shown_columns(before: Loaded, pairs: Sequence[FilePair], read: tuple[Tables, Tables],
                  taken: Mapping[str, str]) -> Iterator[Change]:
    """Each column that a file publishes now and published not before, and that some dictionary called sensitive then.

    `taken` are the columns with another name: the name before with the name now. An entry that is taken out of the dictionary
    publishes the column as surely as one that says so.
    """
    if not pairs or pairs[0].dataset_after.record.status != "published":
        return
    after, sensitive = pairs[0].dataset_after, _sensitive(before, pairs[0].dataset_before)
    sensitive |= {plain_name(now): name for name, now in taken.items() if plain_name(name) in sensitive}
    told = set[str]()
    for pair in pairs:
        if pair.after is None:
            continue
        header = _header(read[0], (pair.dataset_before.id, pair.before)) if pair.before is not None else ()
        known = {*map(plain_name, header)}
        for name in _header(read[1], (after.id, pair.after)):
            plain = plain_name(name)
            if plain in sensitive and plain not in {*known, *told}:
                told.add(plain)
                says = f"the column {name} of {pair.name} was sensitive, and is published now"
                yield change_of(KIND, pair.about, says, place_of(after, COLUMNS.entry(name, name, name)),
                                part=f"columns/{name}", before=sensitive[plain], after=name)


def _sensitive(loaded: Loaded, dataset: Sourced[DatasetRecord]) -> dict[str, str]:
    """The columns that some dictionary of a dataset calls sensitive, by how their names are compared."""
    files: Iterable[FileRecord] = (FileRecord(), *dataset.record.files)
    return {plain_name(name): name for file in files for name, column in dictionary(loaded, dataset.record, file).items()
            if column.sensitive}


def _header(tables: Tables, key: Key) -> tuple[str, ...]:
    """The columns of a file that are published; none of one that could not be read."""
    report = tables.reports.get(key)
    return report.profile.header if report is not None and report.profile is not None else ()


def without_repeats(changes: Iterable[Change], shown: Iterable[Change]) -> Iterator[Change]:
    """Of the columns that are shown, those of which the key that was taken away does not tell it already."""
    told = [change.part.removesuffix(ENDING) for change in changes if change.kind == KIND]
    return (each for each in shown if not any(f"/{part}".endswith(f"/{each.part}") for part in told))
