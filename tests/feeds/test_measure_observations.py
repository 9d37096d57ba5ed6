"""Every value of every measure by period and group, in three formats that say the same, and nothing that is held back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from io import BytesIO, StringIO

import orjson
import pyarrow.parquet as pq
import pytest
from hypothesis import given, strategies as st

from cities import a_build as the_build, a_measured_city, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.feeds.observations import decimal, observations
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.model.catalog import Catalog
from cityfolio.model.measured import Measure
from cityfolio.publish.sinks import MemorySink
from pages.factories import a_build, a_catalog
from pages.measures import a_computation, a_full_measure, a_measure, a_series, an_observation

LEAST = 5
# Nine rows a month in the first district, six in the second, three in the third, and one in a place that nobody may know of.
COUNTS = {"North": 9, "South": 6, "East": 3, "Zebra Hollow": 1}
ROWS = "closed,kind,days,district\n" + "".join(
    f"2026-{month:02}-{day:02},POTHOLE,2,{district}\n" for month in (1, 2, 3) for district, count in COUNTS.items()
    for day in range(1, count + 1))
HIDDEN = """\
title: Repairs by district
goal: smooth-streets
type: output
unit: repairs
direction: watch
compute: {dataset: repairs, count: rows, date: closed, by: [district], min_n: 5}
"""


def files(*measures: Measure) -> dict[str, bytes]:
    """What is written of some measures, by address."""
    made = {each.url: each.body for each in observations(a_catalog_of(*measures), a_build())}
    return {url: body for url, body in made.items() if isinstance(body, bytes)}


def a_catalog_of(*measures: Measure) -> Catalog:
    """A catalog with some measures."""
    return replace(a_catalog(), measures=measures)


def csv_rows(body: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(StringIO(body.decode())))


@pytest.fixture(scope="module")
def hidden_site() -> dict[str, bytes]:
    """A city with a measure over rows that are not published, of which small groups are held back."""
    city = with_files(a_measured_city(), {
        "datasets/repairs/repairs.csv": ROWS, "measures/on-time/measure.yaml": None,
        "measures/by-district/measure.yaml": HIDDEN,
        "datasets/repairs/dataset.yaml": "title: Repairs\nsummary: Each repair.\npublisher: parks\nstatus: restricted\n"
                                         "reason: Addresses of residents.\nmodified: 2026-06-15\n"
                                         "files:\n  - path: repairs.csv\n"})
    tree, sink = MemoryTree(city), MemorySink()
    result = build_site(load(tree), the_build(), Workshop(tree=tree, sink=sink))
    assert result.is_built, result.problems
    return dict(sink.site)


def test_a_row_says_its_measure_period_and_where_it_stood() -> None:
    first = csv_rows(files(a_full_measure())["/measures/potholes-repaired-in-time/observations.csv"])[0]

    assert {name: first[name] for name in ("measure", "unit", "period", "first_day", "last_day", "value", "rows", "good")} == {
        "measure": "potholes-repaired-in-time", "unit": "percent", "period": "2025-01", "first_day": "2025-01-01",
        "last_day": "2025-01-31", "value": "71", "rows": "200", "good": "142"}
    assert (first["status"], first["expected"], first["target"]) == ("off-track", "72.0833333333333", "80")


def test_groups_follow_with_their_titles_and_without_a_status() -> None:
    rows = csv_rows(files(a_full_measure())["/measures/potholes-repaired-in-time/observations.csv"])
    second = next(each for each in rows if each["group"] == "2")

    assert (second["by"], second["group_title"], second["value"]) == ("council_district", "District 2", "61")
    assert (second["status"], second["expected"], second["target"]) == ("", "", "")


def test_the_three_formats_say_the_same() -> None:
    made = files(a_full_measure())
    of_csv = csv_rows(made["/measures/potholes-repaired-in-time/observations.csv"])
    of_json = orjson.loads(made["/measures/potholes-repaired-in-time/observations.json"])
    of_parquet = pq.read_table(BytesIO(made["/measures/potholes-repaired-in-time/observations.parquet"])).to_pylist()

    assert [{key: _text(value) for key, value in row.items() if value is not None} for row in of_parquet] == [
        {key: _text(value) for key, value in row.items()} for row in of_json]
    assert [{key: value for key, value in row.items() if value} for row in of_csv] == [
        {key: _text(value) for key, value in row.items()} for row in of_json]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def test_the_goals_have_the_rows_of_every_measure_in_one_file() -> None:
    made = files(a_measure("One"), a_measure("Two"))
    parts = [csv_rows(made[f"/measures/{name}/observations.csv"]) for name in ("one", "two")]

    assert csv_rows(made["/goals/observations.csv"]) == [*parts[0], *parts[1]]


def test_without_measures_there_is_no_file() -> None:
    assert files() == {}


def test_a_value_that_is_held_back_is_no_more_than_that() -> None:
    told = an_observation(value=99, rows=3, good=2, is_suppressed=True)   # as if a stage before had let its counts through
    row = csv_rows(files(a_measure("One", computed=a_computation(overall=a_series((told,)))))["/goals/observations.csv"])[0]

    assert (row["value"], row["rows"], row["good"], row["suppressed"]) == ("", "", "", "true")


def test_a_group_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    group = a_series((3,), by="place", group="=1+1")
    computed = a_computation(groups={"place": (group,)})
    rows = csv_rows(files(a_measure("One", computed=computed))["/goals/observations.csv"])

    assert rows[-1]["group"] == "'=1+1"


@given(st.fractions())
def test_decimals_write_a_value_to_fifteen_digits_or_in_full(value: Fraction) -> None:
    written = decimal(value)

    assert written is not None
    assert abs(Fraction(written) - value) <= abs(value) / 10**14


def test_no_shown_number_gives_away_a_small_one(hidden_site: dict[str, bytes]) -> None:
    rows = csv_rows(hidden_site["measures/by-district/observations.csv"])
    shown = {row["period"]: int(row["rows"]) for row in rows if not row["by"] and row["rows"]}
    for period, count in _shown_groups(rows):
        shown[period] -= count

    assert shown.keys() == {"2026-01", "2026-02", "2026-03"}
    assert [left for left in shown.values() if 0 < left < LEAST] == []
    assert [row for row in rows if row["rows"] and int(row["rows"]) < LEAST] == []
    assert [row for row in rows if row["suppressed"] == "true" and (row["value"] or row["rows"] or row["good"])] == []


def _shown_groups(rows: list[dict[str, str]]) -> Iterator[tuple[str, int]]:
    return ((row["period"], int(row["rows"])) for row in rows if row["by"] and row["rows"])


def test_a_group_that_is_always_held_back_is_named_in_no_file(hidden_site: dict[str, bytes]) -> None:
    assert [name for name, body in hidden_site.items() if b"Zebra" in body] == []
    assert "Zebra Hollow" not in pq.read_table(BytesIO(hidden_site["goals/observations.parquet"]))["group"].to_pylist()


def test_other_files_of_a_measure_hold_back_the_same(hidden_site: dict[str, bytes]) -> None:
    said = orjson.loads(hidden_site["measures/by-district/index.json"])
    rows = csv_rows(hidden_site["measures/by-district/observations.csv"])

    assert [each["group"] for each in said["groups"]["district"]] == list(dict.fromkeys(
        row["group"] for row in rows if row["by"]))
    assert said["data"]["is_recountable"] is False
    assert "sha256" not in said["data"]      # a digest of what is not published would tell when two guesses are the same
