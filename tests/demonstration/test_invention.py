"""What the script invents with: chance that never changes, the city's calendar, its places, and how a table is written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from types import ModuleType

import openpyxl
import pyarrow.parquet as pq
import pytest

from demonstration.charlotte_catalog import CATALOG


@pytest.fixture(scope="module", autouse=True)
def beside_the_script() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(CATALOG / "scripts"))
        yield


@pytest.fixture
def days() -> ModuleType:
    return import_module("charlotte.days")


@pytest.fixture
def draws() -> ModuleType:
    return import_module("charlotte.draws")


@pytest.fixture
def place() -> ModuleType:
    return import_module("charlotte.place")


@pytest.fixture
def tables() -> ModuleType:
    return import_module("charlotte.table")


@pytest.fixture
def formats() -> ModuleType:
    return import_module("charlotte.formats")


@pytest.fixture
def outline() -> ModuleType:
    return import_module("charlotte.outline")


def test_a_seed_gives_the_same_chance_on_every_machine(draws: ModuleType):
    stream = draws.Draws("a test")

    assert [f"{stream.unit():.12f}" for _ in range(3)] == ["0.648509224004", "0.293813751989", "0.187726663179"]


def test_two_seeds_give_different_chance(draws: ModuleType):
    assert draws.Draws("one").unit() != draws.Draws("two").unit()


def test_whole_numbers_reach_both_ends_and_no_further(draws: ModuleType):
    stream = draws.Draws("ends")

    assert {stream.integer(1, 6) for _ in range(500)} == {1, 2, 3, 4, 5, 6}


def test_weights_decide_how_often_something_is_drawn(draws: ModuleType):
    stream = draws.Draws("weights")
    drawn = [stream.weighted({"often": 9, "seldom": 1, "never": 0}) for _ in range(2_000)]

    assert 0.88 < drawn.count("often") / 2_000 < 0.92
    assert "never" not in drawn


@pytest.mark.parametrize("mean", [0.4, 6, 29, 31, 240])
def test_events_happen_as_often_as_their_mean_says(draws: ModuleType, mean: float):
    stream = draws.Draws(f"events {mean}")
    drawn = [stream.events(mean) for _ in range(3_000)]

    assert sum(drawn) / 3_000 == pytest.approx(mean, rel=0.06)
    assert min(drawn) >= 0


def test_half_of_a_long_tail_lies_below_its_median(draws: ModuleType):
    stream = draws.Draws("tail")
    drawn = sorted(stream.long_tail(10, 0.6) for _ in range(3_000))

    assert drawn[1_500] == pytest.approx(10, rel=0.06)
    assert drawn[0] > 0
    assert drawn[-1] > 30


def test_a_number_near_a_mean_keeps_within_its_reach(draws: ModuleType):
    stream = draws.Draws("near")
    drawn = [stream.near(100, 10) for _ in range(3_000)]

    assert sum(drawn) / 3_000 == pytest.approx(100, rel=0.01)
    assert min(drawn) > 65
    assert max(drawn) < 135


@pytest.mark.parametrize("day", [
    "2024-01-01", "2024-01-15", "2024-05-27", "2024-06-19", "2024-07-04", "2024-09-02", "2024-11-11", "2024-11-28",
    "2024-11-29", "2024-12-25", "2021-07-05", "2022-06-20", "2023-11-10",
])
def test_city_offices_are_closed_on_a_holiday(days: ModuleType, day: str):
    assert not days.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(("start", "end", "expected"), [
    ("2024-03-08", "2024-03-08", 0), ("2024-03-08", "2024-03-11", 1), ("2024-03-09", "2024-03-11", 1),
    ("2024-07-03", "2024-07-05", 1), ("2024-12-24", "2024-12-27", 2),
], ids=["same day", "over a weekend", "from a Saturday", "over a holiday", "over Christmas"])
def test_working_days_leave_out_weekends_and_holidays(days: ModuleType, start: str, end: str, expected: int):
    assert days.working_days(date.fromisoformat(start), date.fromisoformat(end)) == expected


@pytest.mark.parametrize(("start", "count", "expected"), [
    ("2024-03-08", 0, "2024-03-08"), ("2024-03-09", 0, "2024-03-11"), ("2024-03-08", 1, "2024-03-11"),
    ("2024-03-08", 6, "2024-03-18"),
])
def test_a_deadline_falls_on_a_working_day(days: ModuleType, start: str, count: int, expected: str):
    assert days.after_working_days(date.fromisoformat(start), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(("moment", "expected"), [
    ("2024-01-15T09:30", "2024-01-15T09:30:00-05:00"),
    ("2024-03-10T01:59", "2024-03-10T01:59:00-05:00"),
    ("2024-03-10T02:15", "2024-03-10T03:15:00-04:00"),
    ("2024-07-04T21:00", "2024-07-04T21:00:00-04:00"),
    ("2024-11-03T01:30", "2024-11-03T01:30:00-04:00"),
    ("2024-11-03T02:00", "2024-11-03T02:00:00-05:00"),
], ids=["winter", "before clocks go forward", "the hour that is skipped", "summer", "the hour that repeats", "after it"])
def test_a_clock_time_carries_its_offset(days: ModuleType, moment: str, expected: str):
    assert days.stamp(datetime.fromisoformat(moment)) == expected


@pytest.mark.parametrize(("day", "hours"), [("2024-03-10", 23), ("2024-06-01", 24), ("2024-11-03", 25)])
def test_a_day_has_the_hours_that_clocks_give_it(days: ModuleType, day: str, hours: int):
    stamps = [stamp for _, stamp in days.local_hours(date.fromisoformat(day), date.fromisoformat(day))]

    assert len(stamps) == len(set(stamps)) == hours


@pytest.mark.parametrize(("day", "expected"), [("2025-06-30", "FY2025"), ("2025-07-01", "FY2026")])
def test_the_fiscal_year_turns_on_the_first_of_july(days: ModuleType, day: str, expected: str):
    assert days.fiscal_year(date.fromisoformat(day)) == expected


def test_months_step_over_the_turn_of_the_year(days: ModuleType):
    stepped = [day.isoformat() for day in days.months(date(2023, 11, 1), date(2024, 2, 1))]

    assert stepped == ["2023-11-01", "2023-12-01", "2024-01-01", "2024-02-01"]


def test_a_place_lies_in_its_district_on_one_of_its_streets(draws: ModuleType, place: ModuleType):
    spot = place.on_street(draws.Draws("spot"), 1, "The Plaza")

    assert (spot.district, spot.street) == (1, "The Plaza")
    assert spot.block == f"{spot.hundred} block of The Plaza"
    assert spot.zip in place.DISTRICTS[1].zips
    assert abs(float(spot.latitude) - place.DISTRICTS[1].latitude) < 0.04


def test_streets_of_a_district_are_named_once(place: ModuleType):
    streets = {number: district.streets for number, district in place.DISTRICTS.items()}

    assert list(streets) == [1, 2, 3, 4, 5, 6, 7]
    assert all(len(set(names)) == len(names) >= 8 for names in streets.values())


def test_a_table_is_written_with_quotes_where_they_are_needed_and_nowhere_else(formats: ModuleType, tables: ModuleType):
    body = formats.csv_bytes(tables.table("name note", [("Oak, willow", 'says "no"'), ("Plain", "")]))

    assert body == b'name,note\n"Oak, willow","says ""no"""\nPlain,\n'


@pytest.mark.parametrize(("name", "expected"), [
    ("a.csv", b"name,note\nOak,\n"), ("a.tsv", b"name\tnote\nOak\t\n"), ("a.jsonl", b'{"name":"Oak","note":null}\n'),
])
def test_the_end_of_a_name_decides_the_format(formats: ModuleType, tables: ModuleType, name: str, expected: bytes):
    assert formats.file_bytes(name, tables.table("name note", [("Oak", None)])) == expected


def test_coordinates_keep_the_digits_they_are_given(formats: ModuleType, tables: ModuleType):
    body = formats.geojson_bytes(tables.table("name geometry", [("Oak", ("Point", ["-80.80000", "35.20010"]))]))

    assert b'"geometry":{"type":"Point","coordinates":[-80.80000,35.20010]}' in body


def test_a_spreadsheet_has_cells_of_the_declared_types(formats: ModuleType, tables: ModuleType):
    rows = [("007", "2026-05-29", "0.934", "12.50"), ("", "", "", "")]
    sheet = tables.table("no day part price", rows, "text date percent money")
    book = openpyxl.load_workbook(io.BytesIO(formats.xlsx_bytes(tables.Workbook({"A": sheet}))))

    assert [(cell.value, cell.number_format) for cell in book["A"][2]] == [
        ("007", "General"), (datetime.fromisoformat("2026-05-29"), "yyyy-mm-dd"), (0.934, "0.0%"), (12.5, "#,##0.00")]
    assert book["A"].max_row == 2


def test_a_parquet_file_has_the_declared_types(formats: ModuleType, tables: ModuleType):
    content = tables.table("no at paid on", [(7, "2026-05-29T08:00:00-04:00", "12.50", ""), (8, "", "", "2026-06-01")],
                           "whole moment money date")
    made = pq.read_table(io.BytesIO(formats.parquet_bytes(content)))

    assert [str(field.type) for field in made.schema] == [
        "int32", "timestamp[ms, tz=America/New_York]", "decimal128(9, 2)", "date32[day]"]
    assert str(made["paid"][0]) == "12.50"
    assert made["at"][0].as_py().isoformat() == "2026-05-29T08:00:00-04:00"
    assert made["on"].to_pylist() == [None, date(2026, 6, 1)]


@pytest.mark.parametrize("district", range(1, 8))
def test_a_district_is_a_ring_that_runs_counterclockwise(outline: ModuleType, place: ModuleType, district: int):
    ring = outline.ring(district)

    assert ring[0] == ring[-1]
    assert len(set(ring)) == len(ring) - 1
    assert outline.square_miles(district) > 0
    assert outline.lies_in(district, place.DISTRICTS[district].longitude, place.DISTRICTS[district].latitude)


def test_a_point_lies_in_one_district_or_outside_the_city(outline: ModuleType, draws: ModuleType):
    stream = draws.Draws("points")
    points = [(stream.between(-81.05, -80.6), stream.between(35.0, 35.4)) for _ in range(2_000)]
    counts = {sum(outline.lies_in(district, *point) for district in range(1, 8)) for point in points}

    assert counts == {0, 1}


def test_neighbors_agree_that_they_are_neighbors(outline: ModuleType):
    pairs = {(here, there) for here in range(1, 8) for there in outline.neighbors(here)}

    assert pairs == {(there, here) for here, there in pairs}


def test_a_place_over_the_edge_of_a_district_is_moved_inside(outline: ModuleType, place: ModuleType, draws: ModuleType):
    stream = draws.Draws("far")
    spots = [place.on_street(stream, 1, off_street=0.02) for _ in range(500)]

    assert all(outline.lies_in(1, float(spot.longitude), float(spot.latitude)) for spot in spots)


@pytest.mark.parametrize(("cents", "expected"), [
    (0, "0.00"), (5, "0.05"), (123456, "1234.56"), (-5, "-0.05"), (-1999, "-19.99"),
])
def test_money_has_two_decimals_and_its_sign_in_front(tables: ModuleType, cents: int, expected: str):
    assert tables.money(cents) == expected


def test_the_weather_freezes_in_winter_and_never_in_summer():
    weather = import_module("charlotte.weather").weather()
    freezing = {day.month for day, today in weather.items() if today.freezes}

    assert freezing >= {1, 2, 12}
    assert not freezing & {5, 6, 7, 8, 9}


def test_it_rains_about_as_much_as_in_charlotte():
    weather = import_module("charlotte.weather").weather()
    inches_a_year = sum(today.rain for today in weather.values()) * 365.25 / len(weather)

    assert 30 < inches_a_year < 55


def test_the_storm_is_a_day_of_wind_and_rain():
    weather = import_module("charlotte.weather")

    assert date(2024, 8, 13) == weather.STORM
    assert weather.weather()[weather.STORM].rain > 2
