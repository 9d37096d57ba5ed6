"""Beside each measure over published rows lie just the rows of its newest complete period, as they stand in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities import a_build, a_measured_city, loaded
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.measures.rows_files import free_name
from cityfolio.publish.folder_sink import FolderSink

HIDDEN = """\
title: Pothole repairs
summary: Every pothole the city repaired.
publisher: parks
topics: [nature]
frequency: monthly
modified: 2026-06-15
files:
  - path: repairs.csv
columns:
  closed: {type: date}
  kind: {type: string}
  days: {type: integer}
  district: {type: integer, sensitive: true}
"""


def site_of(folder: Path, **changed: str | bytes | None) -> Path:
    """A built city with a measure."""
    files = a_measured_city(**changed)
    result = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=FolderSink(folder)))
    assert result.is_built, result.problems
    return folder


def test_the_rows_of_the_newest_period_tell_which_of_them_count(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site")

    assert (site / "measures" / "on-time" / "rows.csv").read_bytes().decode().splitlines() == [
        "closed,kind,days,district,counts", "2026-05-04,POTHOLE,3,1,true", "2026-05-11,POTHOLE,9,2,false"]


def test_columns_that_are_not_published_are_not_in_them(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site", datasets__repairs__dataset__yaml=None, **{"datasets__repairs__dataset.yaml": HIDDEN})

    assert (site / "measures" / "on-time" / "rows.csv").read_text().splitlines()[0] == "closed,kind,days,counts"


def test_a_measure_over_hidden_columns_has_no_rows_to_show(tmp_path: Path) -> None:
    hidden = HIDDEN.replace("days: {type: integer}", "days: {type: integer, sensitive: true}")
    site = site_of(tmp_path / "site", **{"datasets__repairs__dataset.yaml": hidden})

    assert (site / "measures" / "on-time" / "index.html").is_file()
    assert not (site / "measures" / "on-time" / "rows.csv").exists()
    assert "rows.csv" not in (site / "measures" / "on-time" / "index.html").read_text()


def test_holidays_lie_beside_the_measures(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site")

    assert (site / "measures" / "calendars" / "city.json").read_text() == (
        '{"id":"city","title":"City holidays","holidays":{"2026-05-25":"Memorial Day"}}')


@pytest.mark.parametrize(("names", "free"), [(("a",), "counts"), (("counts", "counts_2"), "counts_3")])
def test_the_last_column_has_a_name_of_its_own(names: tuple[str, ...], free: str) -> None:
    assert free_name(names) == free
