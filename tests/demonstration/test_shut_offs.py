"""Rows that are measured and never published: nothing of them is in the site, and no number that points at somebody."""

from __future__ import annotations

import gzip
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cityfolio.cli import main
from demonstration.charlotte_catalog import CATALOG, PRIVATE, rows
from demonstration.performance_catalog import lines

LEAST = 10
KEPT = {"datasets": ("water-customer-accounts", "council-district-boundaries"), "goals": ("safe-water-for-everyone.yaml",),
        "measures": ("medical-notices", "water-shut-offs"),
        **dict.fromkeys(("commitments", "requests", "uses", "guides", "attestations"), ())}


def others(folder: str, names: list[str]) -> list[str]:
    """What is left out of the catalog: what is not about shut-offs."""
    kept = KEPT.get(Path(folder).name, names)
    return [name for name in names if name not in kept]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the water department alone."""
    folder = tmp_path_factory.mktemp("water")
    shutil.copytree(CATALOG, folder / "catalog", ignore=others)
    goal = folder / "catalog" / "goals" / KEPT["goals"][0]
    goal.write_text(goal.read_text("utf-8").replace("headline: chlorine-at-the-tap", "headline: water-shut-offs"), "utf-8")
    boundaries = folder / "catalog" / "datasets" / "council-district-boundaries" / "dataset.yaml"
    text = boundaries.read_text("utf-8").replace("related: [council-districts]\n", "")
    text = text.replace("    foreign_key: {dataset: council-districts, column: council_district}\n", "")
    boundaries.write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(main, ["build", "-q"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "output"


@pytest.fixture(scope="module")
def shut_offs() -> pd.DataFrame:
    table = rows(PRIVATE[1])
    return table.assign(month=table["shut_off_on"].str[:7])


@pytest.mark.no_cover
def test_no_file_of_the_site_names_a_shut_off_or_a_notice(site: Path, shut_offs: pd.DataFrame):
    bodies = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    opened = {path: gzip.decompress(body) if path.suffix == ".gz" else body for path, body in bodies.items()}
    numbers = re.compile("|".join([*shut_offs["shut_off_no"], *rows(PRIVATE[0])["notice_no"]]).encode())

    assert len(opened) > 50
    assert [path for path, body in opened.items() if numbers.search(body)] == []


def test_the_files_of_the_rows_are_not_in_the_site(site: Path):
    kept = [path.name for path in site.rglob("*") if "water-customer-accounts" in path.parts and path.is_file()]

    assert not [*site.rglob("*shut-offs.csv"), *site.rglob("*notices.csv")]
    assert "index.html" in kept
    assert [name for name in kept if name.endswith((".csv", ".parquet", ".xlsx", ".zip"))] == []


def test_no_number_under_ten_is_in_the_downloads(site: Path):
    told = [line for line in lines(site / "goals" / "observations.csv") if line["value"]]

    assert len(told) > 100
    assert min(float(line["value"]) for line in told) >= LEAST


def test_nothing_that_is_held_back_can_be_had_by_subtraction(site: Path, shut_offs: pd.DataFrame):
    told: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in lines(site / "measures" / "water-shut-offs" / "observations.csv"):
        if line["value"]:
            told[line["period"]][line["group"]] = float(line["value"])
    counted = shut_offs.groupby("month").size()
    rest = {month: counted[month] - sum(number for group, number in told[month].items() if group) for month in told}
    hidden = {month: 7 - sum(bool(group) for group in told[month]) for month in told}

    assert len(told) == len(counted) == 29
    assert all(told[month][""] == counted[month] for month in told)
    assert all(rest[month] == 0 or (rest[month] >= LEAST and hidden[month] >= 2) for month in told)


def test_what_is_shown_is_what_the_rows_give(site: Path, shut_offs: pd.DataFrame):
    counted = shut_offs.groupby(["month", "council_district"]).size()
    observations = lines(site / "measures" / "water-shut-offs" / "observations.csv")
    told = [line for line in observations if line["value"] and line["group"]]

    assert len(told) > 80
    assert all(float(line["value"]) == counted[line["period"], line["group"]] for line in told)
