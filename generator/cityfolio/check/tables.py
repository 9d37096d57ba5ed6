"""Rules that need the data files: whether they and their dictionary describe the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.check.questions import question_problems
from cityfolio.frozen import Frozen
from cityfolio.load.dictionary import dictionary, dictionary_entries
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.profile import TableProfile, TableReport
from cityfolio.model.records import ColumnRecord, DatasetRecord
from cityfolio.problems import Location, Problem, did_you_mean
from cityfolio.tables.fetched import at_source
from cityfolio.tables.published import Tables, columns_of


def check_tables(loaded: Loaded, tables: Tables) -> tuple[Problem, ...]:
    """What is wrong inside the data files, and between them and the dictionaries."""
    return (*tables.problems, *foreign_keys(loaded, tables), *problems_of_each(loaded, tables))


def problems_of_each(loaded: Loaded, tables: Tables) -> Iterator[Problem]:
    """What is wrong between the files of one dataset and what is said of them, whatever others there are."""
    for each in loaded.published:
        yield from _compared(loaded, each, tables)
        yield from _keys(each, tables)
    yield from question_problems(loaded, tables)


def _keys(dataset: Sourced[DatasetRecord], tables: Tables) -> Iterator[Problem]:
    """Keys name columns that are there."""
    for place, file in enumerate(dataset.record.files):
        report = tables.reports.get((dataset.id, place)) if file.primary_key else None
        there = columns_of(report) if report else ()
        for at, name in enumerate(file.primary_key if there else ()):
            if name not in there:
                yield Problem(code="primary-key-unknown", where=dataset.document.at("files", place, "primary_key", at),
                              says=f"the file has no column `{name}`", fix=did_you_mean(name, there, limit=40))


def foreign_keys(loaded: Loaded, tables: Tables) -> Iterator[Problem]:
    """Keys to other datasets name columns that are there."""
    for document, keys, column in dictionary_entries(loaded, "foreign_key"):
        target = column.foreign_key
        if target is None or target.dataset not in loaded.datasets or not target.column:
            continue   # what is missing or unknown is told already
        read = [report for (dataset, _), report in tables.reports.items() if dataset == target.dataset]
        known = {name for report in read for name in columns_of(report)}
        if target.column not in known and all(report.profile for report in read):
            yield Problem(code="foreign-key-unknown", where=document.at(*keys, "foreign_key", "column"),
                          says=f"no file of the dataset {target.dataset} that can be read has a column `{target.column}`",
                          fix=did_you_mean(target.column, known, limit=40))


def _compared(loaded: Loaded, dataset: Sourced[DatasetRecord], tables: Tables) -> Iterator[Problem]:
    """Compare each file with its dictionary. A dataset's own dictionary may be shared by files that each have a part of it."""
    sharing: list[_Names] = []
    for place, file in enumerate(dataset.record.files):
        report, whole = tables.reports.get((dataset.id, place)), tables.wholes.get((dataset.id, place))
        described = dictionary(loaded, dataset.record, file)
        if report is not None:
            yield from _against(described, f"datasets/{dataset.id}/{file.path or file.sample}", report)
        if whole is not None:
            yield from at_source(_against(described, whole.job.path, whole.report), whole.file)
            report = whole.report   # what a sample lacks may be in the whole
        if report is None:
            continue
        if file.columns:
            yield from _absent(dataset, ("files", place, "columns"), set(file.columns), [_names(report, described)])
        else:
            sharing.append(_names(report, described))
    if sharing:
        yield from _absent(dataset, ("columns",), set(dataset.record.columns), sharing)


def _against(described: Mapping[str, ColumnRecord], path: str, report: TableReport) -> Iterator[Problem]:
    names = _names(report, described)
    # Where a value was taken for a name, that is what is to be mended.
    if report.profile is not None and described and not names.are_values and names.may_be_shown:
        yield from _undescribed(path, report.profile, set(described))
    if any(column.sensitive for column in described.values()):
        yield from _exposed(path, report, names, set(described))


class _Names(Frozen, kw_only=True):
    """The names of a file's columns. In a file with personal data that has no line of names, they are that data."""

    there: frozenset[str] | None      # None: the file could not be read
    are_values: bool                  # as it seems
    may_be_shown: bool


def _names(report: TableReport, described: Mapping[str, ColumnRecord]) -> _Names:
    there = frozenset(columns_of(report)) if report.profile else None
    are_values = "header-data" in {each.code for each in report.problems}
    hides = any(column.sensitive for column in described.values())
    return _Names(there=there, are_values=are_values,
                  may_be_shown=not hides or bool(there and not are_values and there & set(described)))


def _exposed(path: str, report: TableReport, names: _Names, described: set[str]) -> Iterator[Problem]:
    """Where personal data is near, what is only doubtful elsewhere is refused: it could publish a sensitive column."""
    shapes = {name for name, kind in report.profile.types.items() if kind == "geometry"} if report.profile else set()
    strange = [name for name in report.profile.header if name not in described | shapes] if report.profile else []
    if report.profile and strange:
        where = report.profile.header_location(path, strange[0])
        named = f"the column `{strange[0]}`" if names.may_be_shown else "the column that begins here"
        yield Problem(
            code="sensitive-unprotected",
            where=where,
            says=f"{named} is not in the dictionary, and may be the sensitive one under another name",
            fix="Describe every column of a file that has a sensitive one.",
        )
    if any(problem.code == "csv-encoding-guessed" for problem in report.problems):
        yield Problem(
            code="sensitive-unprotected",
            where=Location(path=path),
            says="a copy without the sensitive column cannot be made, because the encoding is only guessed",
            fix="Declare `encoding:` for the file, or save it as UTF-8.",
        )


def _undescribed(path: str, profile: TableProfile, described: set[str]) -> Iterator[Problem]:
    shapes = {name for name, kind in profile.types.items() if kind == "geometry"}
    for name in profile.header:
        # That a map file has shapes goes without saying.
        if name not in described and name not in shapes:
            yield Problem(
                code="column-undescribed",
                where=profile.header_location(path, name),
                says=f"the dictionary does not describe the column `{name}`",
                fix=did_you_mean(name, described, limit=40),
            )


def _absent(
    dataset: Sourced[DatasetRecord], keys: tuple[str | int, ...], described: set[str], files: list[_Names]
) -> Iterator[Problem]:
    if any(names.there is None for names in files):
        return  # a file that could not be read may have the column
    there = {name for names in files for name in names.there or ()}
    shown = {name for names in files if names.may_be_shown for name in names.there or ()}
    for name in sorted(described - there):
        yield Problem(
            code="column-absent",
            where=dataset.document.at_key(*keys, name),
            says=f"no file has a column `{name}`",
            fix=did_you_mean(name, shown, limit=40) if shown else "Look at the line that names the columns of the file.",
        )
