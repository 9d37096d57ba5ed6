"""usage.csv, which `cityfolio usage` writes: how often each dataset was looked at and taken, by month."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from cityfolio.files import Tree
from cityfolio.load.loaded import Sourced
from cityfolio.model.health import Used
from cityfolio.model.records import DatasetRecord
from cityfolio.problems import Location, Problem, did_you_mean

PATH = "usage.csv"
COLUMNS = ("month", "dataset", "views", "downloads")
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
NUMBER = re.compile(r"[0-9]{1,15}")
MOST_BYTES = 50_000_000
FIX = "Count the logs of that month again with `cityfolio usage`, or take the file back from the repository."


def load_usage(tree: Tree, paths: Container[str],
               datasets: Mapping[str, Sourced[DatasetRecord]]) -> tuple[tuple[Used, ...], tuple[Problem, ...]]:
    """The lines of the file, by dataset and then month. A line that says nothing certain is a problem, and is left out."""
    used, problems = kept_usage(tree, paths)
    return _of_datasets(used, datasets, problems)


def kept_usage(tree: Tree, paths: Container[str]) -> tuple[tuple[tuple[int, Used], ...], tuple[Problem, ...]]:
    """Each line of the file with its number, as it is written there, and what is wrong."""
    if PATH not in paths:
        return (), ()
    try:
        return read_usage(tree.read(PATH))
    except OSError as error:
        return (), (_problem(None, f"the file could not be read: {error.strerror}"),)


def read_usage(body: bytes) -> tuple[tuple[tuple[int, Used], ...], tuple[Problem, ...]]:
    """Each line with its number, and what is wrong. Nothing is raised for what the file holds."""
    if len(body) > MOST_BYTES:
        return (), (_problem(None, f"the file has {len(body):,} bytes; it may have {MOST_BYTES:,}"),)
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig", "replace"), newline=""), strict=True)
    lines, problems = dict[tuple[str, str], tuple[int, Used]](), list[Problem]()
    try:
        if tuple(next(rows, ())) != COLUMNS:
            return (), (_problem(1, f"the first line should be {','.join(COLUMNS)}"),)
        for row in filter(None, rows):
            says = _wrong(row, lines)
            if says:
                problems.append(_problem(rows.line_num, says))
            else:
                lines[row[0], row[1]] = rows.line_num, _used(row)
    except csv.Error as error:
        problems.append(_problem(rows.line_num or 1, f"the line is no CSV: {error}"))
    return tuple(lines.values()), tuple(problems)


def _wrong(row: list[str], before: Container[tuple[str, str]]) -> str:
    if len(row) != len(COLUMNS):
        return f"the line has {len(row)} fields; there should be {len(COLUMNS)}"
    if not MONTH.fullmatch(row[0]):
        return f'"{row[0][:40]}" is not a month, such as 2026-06'
    for name, given in zip(COLUMNS[2:], row[2:], strict=True):
        if not NUMBER.fullmatch(given):
            return f'{name} "{given[:40]}" is not a whole number'
    return f"{row[1][:100]} in {row[0]} stands here a second time" if (row[0], row[1]) in before else ""


def _used(row: list[str]) -> Used:
    return Used(month=row[0], dataset=row[1], views=int(row[2]), downloads=int(row[3]))


def written_usage(used: Iterable[Used]) -> bytes:
    """The file of these lines, by month and then dataset."""
    stream = io.StringIO(newline="")
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(COLUMNS)
    out.writerows((each.month, each.dataset, each.views, each.downloads)
                  for each in sorted(used, key=lambda each: (each.month, each.dataset)))
    return stream.getvalue().encode()


def former_ids(datasets: Mapping[str, Sourced[Any]]) -> Mapping[str, str]:   # Any: records that have `formerly`
    """The id of today by each former one."""
    return {former: each.id for each in datasets.values() for former in each.record.formerly if not former.startswith("/")}


def _of_datasets(lines: Iterable[tuple[int, Used]], datasets: Mapping[str, Sourced[DatasetRecord]],
                 before: Iterable[Problem]) -> tuple[tuple[Used, ...], tuple[Problem, ...]]:
    former, problems = former_ids(datasets), list(before)
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for number, each in lines:
        today = each.dataset if each.dataset in datasets else former.get(each.dataset)
        if today is None:
            says = f'there is no dataset "{each.dataset[:100]}"'
            problems.append(_problem(number, says, f"{did_you_mean(each.dataset, datasets)} {RENAMED}".strip()))
            continue
        sums[today, each.month][0] += each.views
        sums[today, each.month][1] += each.downloads
    used = tuple(Used(month=month, dataset=dataset, views=views, downloads=downloads)
                 for (dataset, month), (views, downloads) in sorted(sums.items()))
    return used, tuple(_once(problems))


RENAMED = "If it was renamed, write its old id under `formerly:`; else delete its lines."


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """A dataset that is not there is said once, at the first of its lines."""
    said = set[str]()
    for each in problems:
        if each.says not in said or not each.fix.endswith(RENAMED):
            yield each
        said.add(each.says)


def _problem(line: int | None, says: str, fix: str = FIX) -> Problem:
    where = Location(path=PATH, line=line, column=1 if line else None)
    return Problem(code="usage-unreadable", where=where, says=says, fix=fix)
