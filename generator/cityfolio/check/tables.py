"""Rules that need the data files: whether they and their dictionary describe the same columns."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.profile import TableProfile
from cityfolio.model.records import DatasetRecord
from cityfolio.problems import Problem, did_you_mean
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
        if profile is not None and (described := dictionary(loaded, dataset.record, file)):
            yield from _undescribed(f"datasets/{dataset.id}/{file.path or file.sample}", profile, set(described))
        if file.columns:
            yield from _absent(dataset, ("files", place, "columns"), set(file.columns), [profile])
        else:
            sharing.append(profile)
    if sharing:
        yield from _absent(dataset, ("columns",), set(dataset.record.columns), sharing)


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
