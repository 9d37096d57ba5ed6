"""Measures of a whole catalog: which file, which periods, rates, readings, private rows, and what is remembered."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cities import a_build
from cityfolio.build import Workshop, build_site
from cityfolio.cache import Cache
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.measures import reading
from cityfolio.measures.measured import Measured
from cityfolio.problems import as_text
from cityfolio.publish.folder_sink import FolderSink
from measures.making import COLUMNS, DATASET, FILES, HEADER, MEASURE, a_measured_city, computed, measured_city, values

ROW = "POTHOLE,{opened},,,,{district}\n"
COUNT = "count: rows\ndate: opened"
PRIVATE = DATASET.replace("frequency", "status: restricted\nreason: It names people.\nfrequency") + FILES + COLUMNS
WARDS = "ward,year,people\n1,2024,100\n1,2026,150\n2,2024,300\nnorth,2024,5\n"
RATE = ("rate: {per: 1000, population: {dataset: wards, value: people, year: year, by: {district: ward}}}\ndate: opened\n"
        "by: [district]")
WARD_FILES = {"datasets__wards__dataset.yaml": DATASET + "files:\n  - path: wards.csv\n", "datasets__wards__wards.csv": WARDS}


def rows(*opened: str, district: str = "1") -> str:
    return "".join(ROW.format(opened=each, district=district) for each in opened)


def test_periods_without_rows_are_filled_up_to_the_newest_that_is_complete() -> None:
    found = computed(rows("2026-02-03T10:00:00", "2026-06-01T10:00:00", "2026-06-29T10:00:00"), COUNT)

    assert values(found.overall.observations) == {"2026-02": 1, "2026-03": 0, "2026-04": 0, "2026-05": 0}
    assert found.so_far is not None
    assert (found.so_far.period, found.so_far.value) == ("2026-06", 2)
    assert found.data_until == date(2026, 6, 28)


def test_rows_of_the_newest_period_that_take_no_part_are_counted() -> None:
    some = rows("2026-04-03T10:00:00", "2026-05-04T10:00:00", district="1") + rows("2026-05-05T10:00:00", district="2") * 3

    found = computed(some, f"{COUNT}\nwhere: district == '1'")

    assert (found.overall.observations[-1].rows, found.rows_left_out) == (1, 3)


def test_of_rows_that_are_not_published_none_is_counted_that_takes_no_part() -> None:
    found = computed(rows("2026-05-04T10:00:00") * 9, f"{COUNT}\nwhere: district == '1'\nmin_n: 5", dataset=PRIVATE)

    assert found.rows_left_out is None


def test_a_period_is_not_complete_before_the_data_was_updated_after_it() -> None:
    found = computed(rows("2026-02-03T10:00:00", "2026-05-01T10:00:00"), COUNT,
                     dataset=DATASET.replace("2026-06-29", "2026-05-31") + FILES + COLUMNS)

    assert list(values(found.overall.observations)) == ["2026-02", "2026-03", "2026-04"]
    assert found.so_far is not None
    assert found.so_far.period == "2026-05"


def test_rows_without_a_date_and_rows_in_the_future_are_in_no_period() -> None:
    found = computed(rows("2026-05-03T10:00:00", "", "2027-01-01T00:00:00"), COUNT)

    assert values(found.overall.observations) == {"2026-05": 1}
    assert found.so_far is None


def test_a_slip_in_a_year_does_not_fill_the_page_with_days() -> None:
    found = computed(rows("0202-05-03T10:00:00", "2026-05-03T10:00:00"), COUNT,
                     measure="unit: requests\nperiod: {grain: day}\n")

    assert values(found.overall.observations) == {"0202-05-03": 1, "2026-05-03": 1}


def test_of_no_rows_a_mean_is_no_value_and_a_sum_is_none() -> None:
    body = "X,2026-04-01T00:00:00,,1,2,1\nX,2026-05-01T00:00:00,,,,1\n"
    mean, total = computed(body, "mean: cost\ndate: opened"), computed(body, "sum: cost\ndate: opened")

    assert values(mean.overall.observations) == {"2026-04": 2, "2026-05": None}
    assert values(total.overall.observations) == {"2026-04": 2, "2026-05": 0}
    assert [each.rows for each in mean.overall.observations] == [1, 0]


def test_groups_are_in_the_order_of_their_values_with_words_and_those_without_one_last() -> None:
    body = rows("2026-05-01T00:00:00", district="10") + rows("2026-05-01T00:00:00", district="9") + rows(
        "2026-05-01T00:00:00", district="")
    words = COLUMNS.replace("district: {type: string}", 'district: {type: integer, values: {"9": Ninth}}')
    found = computed(body, COUNT + "\nby: [district]", dataset=DATASET + FILES + words)

    assert [(each.group, each.title) for each in found.groups["district"]] == [("9", "Ninth"), ("10", ""), ("", "")]


def test_a_sum_of_very_large_numbers_is_exact() -> None:
    body = "".join(f"X,2026-05-0{day}T00:00:00,,,{cost},1\n" for day, cost in enumerate(
        ("9007199254740993.0001", "9007199254740993", "99999999999999999999.5"), 1))
    found = computed(body, "sum: cost\ndate: opened")

    assert values(found.overall.observations) == {"2026-05": Fraction("100018014398509481985.5001")}


def test_a_rate_is_by_the_population_of_the_last_year_that_is_told() -> None:
    found = computed(rows("2025-12-01T00:00:00", "2026-01-01T00:00:00", "2023-01-01T00:00:00") + rows(
        "2025-12-01T00:00:00", district="9"), RATE, **WARD_FILES, measure="unit: requests\nperiod: {grain: year}\n")
    by_group = {each.group: values(each.observations) for each in found.groups["district"]}

    # Of 2026 the population of one ward alone is told.
    assert values(found.overall.observations) == {"2023": None, "2024": 0, "2025": Fraction(2 * 1000, 405)}
    assert by_group == {"1": {"2023": None, "2024": 0, "2025": 10}, "9": {"2023": None, "2024": None, "2025": None}}


def test_a_population_without_years_holds_for_every_year() -> None:
    wards = {**WARD_FILES, "datasets__wards__wards.csv": "ward,people\n1,100\n2,300.5\n"}
    found = computed(rows("2026-01-01T00:00:00"), RATE.replace("year: year, ", ""), **wards)

    assert found.overall.observations[0].value == Fraction(1000) / Fraction("400.5")
    assert found.groups["district"][0].observations[0].value == 10


def test_rows_are_put_into_the_years_of_a_column_of_years() -> None:
    body = "X,,,2024,1,1\nX,,,2025,1,1\nX,,,2025,1,1\n"
    found = computed(body, "count: rows\ndate: days", measure="unit: requests\nperiod: {grain: fiscal-year}\n",
                     dataset=DATASET + FILES + COLUMNS.replace("days: {type: integer}", "days: {type: year}"))

    assert values(found.overall.observations) == {"FY2024": 1, "FY2025": 2}


def test_a_ratio_whose_weights_are_nothing_together_has_no_value() -> None:
    found = computed("X,2026-05-01T00:00:00,,1,0,1\n", "ratio: {good: days == 1, weight: cost}\ndate: opened")

    assert values(found.overall.observations) == {"2026-05": None}


def test_a_calendar_takes_its_holidays_from_the_working_days() -> None:
    body = "X,2026-03-06T09:00:00,2026-03-10,,,1\n"   # a Friday, and the Tuesday after Founders' Day
    asked = "ratio: {good: 'business_days(opened, closed) == 1'}\ndate: opened\n"
    with_holidays, without = computed(body, asked + "calendar: city"), computed(body, asked)

    assert [each.overall.observations[0].value for each in (with_holidays, without)] == [1, 0]


def test_groups_that_lie_in_others_do_not_give_them_away() -> None:
    body = "".join(f"{region},2026-05-01T00:00:00,,,,{ward}\n" * number for region, ward, number in (
        ("West", "W1", 20), ("West", "W2", 3), ("East", "E1", 20), ("East", "E2", 30)))
    files = a_measured_city(HEADER + body, "count: rows\nmin_n: 5\ndate: opened\nby: [kind, district]", dataset=PRIVATE)
    found = measured_city(files).by_id["m"]
    shown = {each.group: each.observations[0].value for name in ("kind", "district") for each in found.groups[name]}

    assert shown == {"East": 50, "West": 23, "E1": 20, "E2": 30}


def test_a_region_that_some_districts_make_up_is_a_total_though_others_spread() -> None:
    body = "".join(f"{region},2026-05-01T00:00:00,,,,{ward}\n" * number for region, ward, number in (
        ("West", "W1", 20), ("West", "W2", 3), ("East", "E1", 9), ("East", "Mid", 30), ("South", "Mid", 30)))
    files = a_measured_city(HEADER + body, "count: rows\nmin_n: 5\ndate: opened\nby: [kind, district]", dataset=PRIVATE)
    found = measured_city(files).by_id["m"]

    # Without this E1 would be held back with W2, as the next smallest, and West less W1 would be W2.
    assert {each.group for each in found.groups["district"]} == {"E1", "Mid"}


def test_a_measure_over_published_rows_can_be_recounted() -> None:
    files = a_measured_city(HEADER + rows("2026-05-03T10:00:00"), COUNT)
    found = measured_city(files).by_id["m"]

    assert (found.is_recountable, found.place, len(found.data_sha256)) == (True, 0, 64)


def test_a_measure_over_a_sensitive_column_cannot_be_recounted() -> None:
    hidden = COLUMNS.replace("kind: {type: string}", "kind: {type: string, sensitive: true}")
    found = computed(rows("2026-05-03T10:00:00"), "count: rows\nwhere: kind == 'POTHOLE'\ndate: opened",
                     dataset=DATASET + FILES + hidden)

    assert values(found.overall.observations) == {"2026-05": 1}
    assert (found.is_recountable, found.data_sha256) == (False, "")


def test_a_sample_is_not_measured() -> None:
    found = computed(rows("2026-05-03T10:00:00"), COUNT, dataset=DATASET + COLUMNS + "files:\n  - url: https://example.gov/r.csv\n"
                     "    sample: requests.csv\n")

    assert found.standing.status == "no-data"
    assert found.overall.observations == ()


def test_readings_are_observations_with_the_periods_between_them() -> None:
    readings = "".join(f"  - {{period: {period}, value: {value}, entered_by: Budget, entered_on: 2026-06-01}}\n"
                       for period, value in (("2026-01", "71.2"), ("2026-03", "-5"), ("2026-06", "80")))
    files = a_measured_city(HEADER, COUNT)
    measure = str(files["measures/m/measure.yaml"]).partition("compute:")[0]
    found = measured_city({**files, "measures/m/measure.yaml": f"{measure}readings:\n{readings}"}).by_id["m"]

    assert values(found.overall.observations) == {"2026-01": Fraction("71.2"), "2026-02": None, "2026-03": -5}
    assert found.so_far is not None
    assert found.so_far.reading is not None
    assert found.so_far.value == 80


def private_rows() -> str:
    """Twelve rows of each ward, two of the east, all with cells that stand nowhere else."""
    wards = ["Zeast"] * 2 + ["Ward-1"] * 12 + ["Ward-2"] * 12
    lines = [f"Zq{number}x,2026-05-{number % 28 + 1:02}T0{number % 10}:17:0{number % 7},,{7_654_321 + 1_009 * number**2},"
             f"{88_123.25 + number},{ward}\n" for number, ward in enumerate(wards)]
    return HEADER + "".join(lines)


def private_city(compute: str = "mean: days\nmin_n: 5\ndate: opened\nby: [district]") -> dict[str, str | bytes]:
    return a_measured_city(private_rows(), compute, dataset=PRIVATE)


def test_private_rows_are_counted_and_small_groups_held_back() -> None:
    found = measured_city(private_city("count: rows\nmin_n: 5\ndate: opened\nby: [district]")).by_id["m"]

    assert values(found.overall.observations) == {"2026-05": 26}
    # The third is not even named: every value of it is held back.
    assert {each.group: values(each.observations) for each in found.groups["district"]} == {"Ward-2": {"2026-05": 12}}
    assert found.is_recountable is False


def test_no_cell_of_private_rows_is_in_any_file_of_the_site(tmp_path: Path) -> None:
    tree = MemoryTree(private_city())
    result = build_site(load(tree), a_build(), Workshop(tree=tree, sink=FolderSink(tmp_path / "site")))
    assert result.is_built, as_text(result.problems)
    cells = {cell.encode() for line in private_rows().splitlines()[1:] for cell in line.split(",") if cell}
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    assert len(written) > 20
    assert {(path, cell) for path, body in written.items() for cell in cells - {b"Ward-2"} if cell in body} == set()


BROKEN = {
    "a row with too many cells": (HEADER + "Zsecret,2026-05-01T00:00:00,,,,1,Zmore\n", "csv-ragged"),
    "values of another type": (HEADER + "Zsecret,Zyesterday,,,,1\nX,2026-05-01T00:00:00,,,,1\n", "cell-type"),
    "a column that is not there": ("kind,opened\nZsecret,2026-05-01T00:00:00\n", "measure-unfit"),
}


@pytest.mark.parametrize(("body", "code"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_with_a_private_file_is_told_without_its_cells(body: str, code: str) -> None:
    found = measured_city(a_measured_city(body, COUNT + "\nby: [district]", dataset=PRIVATE))

    assert [problem.code for problem in found.problems] == [code]
    assert "Z" not in as_text(found.problems)


def test_a_private_file_that_does_harm_does_not_end_the_build() -> None:
    bomb = a_measured_city("", COUNT, dataset=PRIVATE.replace("requests.csv", "requests.xlsx"))
    found = measured_city({**bomb, "datasets/requests/requests.xlsx": b"PK\x03\x04 no workbook"})

    assert found.by_id["m"].overall.observations == ()
    assert [problem.severity for problem in found.problems] == ["error"]


def test_rows_of_another_format_are_measured_in_a_process_of_their_own() -> None:
    lines = "".join(f'{{"opened": "2026-05-0{day}T10:00:00", "cost": {cost}, "district": {{}}}}\n'.replace("{}", "null")
                    for day, cost in ((1, "0.1"), (2, "0.2"), (3, "null")))
    files = a_measured_city("", "sum: cost\ndate: opened\nby: [district]",
                            dataset=DATASET + FILES.replace("csv", "jsonl") + "columns:\n  opened: {type: datetime}\n")
    found = measured_city({**files, "datasets/requests/requests.jsonl": lines}).by_id["m"]

    assert values(found.overall.observations) == {"2026-05": Fraction(3, 10)}
    assert [(each.group, each.observations[0].rows) for each in found.groups["district"]] == [("", 2)]


def test_more_groups_than_can_be_shown_are_a_problem() -> None:
    body = "".join(rows("2026-05-03T10:00:00", district=f"d{number}") for number in range(1_001))
    found = measured_city(a_measured_city(HEADER + body, COUNT + "\nby: [district]"))

    assert [problem.code for problem in found.problems] == ["measure-unfit"]
    assert found.by_id["m"].groups == {"district": ()}


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files were asked anew, run after run, with one cache."""
    asked: list[int] = []
    worked = reading.worked

    def counting(tasks, workers):
        asked.append(len(tasks))
        return worked(tasks, workers)

    monkeypatch.setattr(reading, "worked", counting)
    return asked


def again(files: dict[str, str | bytes], folder: Path) -> Measured:
    return measured_city(files, Cache(folder / "cache"))


def test_nothing_is_computed_again_when_nothing_changed(tmp_path: Path, cached: list[int]) -> None:
    files = a_measured_city(HEADER + rows("2026-05-03T10:00:00"), COUNT)
    first, second = again(files, tmp_path), again(files, tmp_path)

    assert first == second
    assert cached == [1, 0]


CHANGES = {
    "a row": {"datasets/requests/requests.csv": HEADER + rows("2026-05-03T10:00:00", "2026-05-04T10:00:00")},
    "a definition": {"measures/m/measure.yaml": MEASURE + "unit: requests\ncompute:\n  dataset: requests\n"
                     "  where: kind == 'TRASH'\n  count: rows\n  date: opened\n"},
    "the type of a column": {"datasets/requests/dataset.yaml": DATASET + FILES + COLUMNS.replace("opened: {type: datetime}",
                                                                                                "opened: {type: string}")},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_computed(change: dict[str, str], tmp_path: Path, cached: list[int]) -> None:
    files = a_measured_city(HEADER + rows("2026-05-03T10:00:00"), COUNT)
    again(files, tmp_path)
    again({**files, **change}, tmp_path)

    assert cached == [1, 1]


def test_the_words_of_a_measure_may_change_without_a_computation(tmp_path: Path, cached: list[int]) -> None:
    files = a_measured_city(HEADER + rows("2026-05-03T10:00:00"), COUNT)
    measure = str(files["measures/m/measure.yaml"])
    again(files, tmp_path)
    again({**files, "measures/m/measure.yaml": measure.replace("on time", "in time")}, tmp_path)

    assert cached == [1, 0]


def test_few_different_people_are_few_however_many_rows_each_has() -> None:
    rows = [f"P{number},2026-05-{day:02}T00:00:00,,,,{ward}\n" for ward, people in (("north", 2), ("south", 9), ("west", 8))
            for number in range(people) for day in range(1, 7)]
    city = a_measured_city(HEADER + "".join(rows), "count: kind\nmin_n: 5\ndate: opened\nby: [district]", dataset=PRIVATE)

    assert [each.group for each in measured_city(city).by_id["m"].groups["district"]] == ["south"]


@pytest.mark.parametrize("cell", ["0.1234567890123456789", "0." + "0" * 40 + "1", "-" + "9" * 25 + "." + "1" * 25])
def test_numbers_of_any_length_are_compared_with_small_ones(cell: str) -> None:
    found = computed(f"A,2026-05-01T00:00:00,,,{cell},\n", "count: rows\ndate: opened\nwhere: cost != 0 and 0 != cost + 0")

    assert values(found.overall.observations) == {"2026-05": 1}


def test_a_value_that_only_a_slip_can_give_is_told() -> None:
    city = a_measured_city(HEADER + f"A,2026-05-01T00:00:00,,,{'9' * 400},\n", "sum: cost\ndate: opened")

    assert [(each.code, each.says) for each in measured_city(city).problems] == [
        ("measure-unfit", "the value for 2026-05 has more than 30 digits before the point")]


def test_data_of_the_first_day_of_the_calendar_has_no_periods_yet() -> None:
    dataset = (DATASET + FILES + COLUMNS).replace("modified: 2026-06-29", "modified: 0001-01-01")

    assert computed("A,2026-05-01T00:00:00,,,1,\n", "count: rows\ndate: opened",
                    dataset=dataset).overall.observations == ()
