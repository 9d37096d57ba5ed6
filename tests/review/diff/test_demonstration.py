"""Tables of every format edited in the demonstration catalog: each edit is found, and nothing else."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cityfolio.files import FolderTree
from review.diff.comparing import compared, told

CATALOG = Path(__file__).parents[3] / "catalog"
PARKING = "datasets/on-street-parking/on-street-parking.parquet"
WAITS = "datasets/checkpoint-waits/checkpoint-waits.csv.gz"
SIGNALS = "datasets/traffic-signals/traffic-signals.geojson"
VOTES = "datasets/council-votes/council-votes.jsonl"
PROJECTS = "datasets/capital-projects/capital-projects.csv"
SALARIES = "datasets/salaries-by-class/salaries-by-class.csv"
SURVEY = "datasets/community-survey/community-survey.tsv"


@pytest.fixture(scope="module")
def files():
    """Every file of the demonstration catalog."""
    tree = FolderTree(CATALOG)
    return {node.path: tree.read(node.path) for node in tree.nodes() if node.kind == "file"}


def lines_of(files, path):
    return files[path].decode().splitlines(keepends=True)


def edited(files, **changed):
    return {**files, **{path: body if isinstance(body, bytes) else "".join(body).encode() for path, body in changed.items()}}


def tables_told(files, **changed):
    """What is told of data, without what becomes of measures and checks."""
    diff = compared(files, edited(files, **changed))
    return {each for each in told(diff.changes) if not each[0].startswith("measure-")}


def test_a_table_that_is_packed_otherwise_is_the_same(files):
    again = BytesIO()
    pq.write_table(pq.read_table(BytesIO(files[PARKING])), again, compression="gzip", row_group_size=500)

    changed = {PARKING: again.getvalue(), WAITS: gzip.compress(gzip.decompress(files[WAITS]), 1)}

    assert tables_told(files, **changed) == set()


def test_rows_of_files_that_are_no_csv_are_compared(files):
    signals = lines_of(files, SIGNALS)
    at = next(number for number, line in enumerate(signals) if '"Feature"' in line and line.rstrip().endswith(","))
    votes = lines_of(files, VOTES)

    told_of = tables_told(files, **{SIGNALS: [*signals[:at], *signals[at + 1:]], VOTES: [*votes,
                                                                                         votes[0].replace("-0", "-9", 1)]})

    assert {each for each in told_of if each[0].startswith("rows")} == {
        ("rows-removed", "datasets/traffic-signals", "files/traffic-signals.geojson"),
        ("rows-added", "datasets/council-votes", "files/council-votes.jsonl")}


def test_columns_are_told_that_come_and_go_and_have_another_name(files):
    projects, survey = lines_of(files, PROJECTS), lines_of(files, SURVEY)
    name = projects[0].split(",")[2]
    salaries = [line.replace("\n", ",Checked\n" if number == 0 else ",yes\n") for number, line in
                enumerate(lines_of(files, SALARIES))]

    told_of = tables_told(files, **{
        PROJECTS: [projects[0].replace(name, f"{name}_now", 1), *projects[1:]], SALARIES: salaries,
        SURVEY: ["\t".join(line.rstrip("\n").split("\t")[:-1]) + "\n" for line in survey]})

    assert {each for each in told_of if each[0].startswith("column")} == {
        ("column-renamed", "datasets/capital-projects", f"columns/{name}_now"),
        ("column-added", "datasets/salaries-by-class", "columns/Checked"),
        ("column-removed", "datasets/community-survey", f"columns/{survey[0].rstrip().split(chr(9))[-1]}")}
