"""Rules that need the data files: whether they and their dictionary describe the same columns."""

from __future__ import annotations

from collections import defaultdict
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
    seen: dict[tuple[str | int, ...], list[TableProfile | None]] = defaultdict(list)
    for place, file in enumerate(dataset.record.files):
        report = tables.reports.get((dataset.id, place))
        if report is None:
            continue
        keys = ("files", place, "columns") if file.columns else ("columns",)
        seen[keys].append(report.profile)
        if report.profile is not None and (described := dictionary(loaded, dataset.record, file)):
            yield from _undescribed(f"datasets/{dataset.id}/{file.path or file.sample}", report.profile, set(described))
    for keys, profiles in seen.items():
        written = dataset.record.columns if keys == ("columns",) else dataset.record.files[int(keys[1])].columns
        if None not in profiles:
            yield from _absent(dataset, keys, set(written), [each for each in profiles if each])


def _undescribed(path: str, profile: TableProfile, described: set[str]) -> Iterator[Problem]:
    for name in profile.header:
        if name not in described:
            yield Problem(code="column-undescribed", where=profile.header_location(path, name),
                          says=f"the dictionary does not describe the column `{name}`", fix=did_you_mean(name, described, limit=40))


def _absent(dataset: Sourced[DatasetRecord], keys: tuple[str | int, ...], described: set[str],
            profiles: list[TableProfile]) -> Iterator[Problem]:
    there = {name for profile in profiles for name in (*profile.header, *profile.left_out)}
    for name in sorted(described - there):
        yield Problem(code="column-absent", where=dataset.document.at_key(*keys, name), says=f"no file has a column `{name}`",
                      fix=did_you_mean(name, there, limit=40))
