"""Rules that need the data files: whether they and their dictionary describe the same columns."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.profile import TableProfile, TableReport
from cityfolio.model.records import DatasetRecord
from cityfolio.problems import Location, Problem, did_you_mean
from cityfolio.tables.published import Tables


def check_tables(loaded: Loaded, tables: Tables) -> tuple[Problem, ...]:
    """What is wrong inside the data files, and between them and the dictionaries."""
    compared = [problem for each in loaded.published for problem in _compared(loaded, each, tables)]
    return (*tables.problems, *compared)


def _compared(loaded: Loaded, dataset: Sourced[DatasetRecord], tables: Tables) -> Iterator[Problem]:
    """Compare each file with its dictionary. A dataset's own dictionary may be shared by files that each have a part of it."""
    sharing: list[TableProfile | None] = []
    for place, file in enumerate(dataset.record.files):
        report = tables.reports.get((dataset.id, place))
        if report is None:
            continue
        profile = report.profile
        described = dictionary(loaded, dataset.record, file)
        path = f"datasets/{dataset.id}/{file.path or file.sample}"
        if profile is not None and described:
            yield from _undescribed(path, profile, set(described))
        if any(column.sensitive for column in described.values()):
            yield from _exposed(path, report, set(described))
        if file.columns:
            yield from _absent(dataset, ("files", place, "columns"), set(file.columns), [profile])
        else:
            sharing.append(profile)
    if sharing:
        yield from _absent(dataset, ("columns",), set(dataset.record.columns), sharing)


def _exposed(path: str, report: TableReport, described: set[str]) -> Iterator[Problem]:
    """Where personal data is near, what is only doubtful elsewhere is refused: it could publish a sensitive column."""
    strange = [name for name in report.profile.header if name not in described] if report.profile else []
    if report.profile and strange:
        yield Problem(
            code="sensitive-unprotected",
            where=report.profile.header_location(path, strange[0]),
            says=f"the column `{strange[0]}` is not in the dictionary, and may be the sensitive one under another name",
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
    for name in profile.header:
        if name not in described:
            yield Problem(
                code="column-undescribed",
                where=profile.header_location(path, name),
                says=f"the dictionary does not describe the column `{name}`",
                fix=did_you_mean(name, described, limit=40),
            )


def _absent(
    dataset: Sourced[DatasetRecord], keys: tuple[str | int, ...], described: set[str], profiles: list[TableProfile | None]
) -> Iterator[Problem]:
    read = [profile for profile in profiles if profile is not None]
    if len(read) < len(profiles):
        return  # a file that could not be read may have the column
    there = {name for profile in read for name in (*profile.header, *profile.left_out)}
    for name in sorted(described - there):
        yield Problem(
            code="column-absent",
            where=dataset.document.at_key(*keys, name),
            says=f"no file has a column `{name}`",
            fix=did_you_mean(name, there, limit=40),
        )
