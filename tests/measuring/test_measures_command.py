"""`cityfolio measures`, `measures explain` and `measures close` as a person and a program meet them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cities import ON_TIME, REPAIRED, SITE, a_measured_city
from cityfolio.cli import main

PINNED = SITE + "as_of: 2026-06-30\n"
BY_DISTRICT = ON_TIME.replace("  date: closed\n", "  date: closed\n  by: [district]\n")
SURVEY = """\
title: Residents who are content
goal: smooth-streets
type: outcome
unit: percent
direction: up
period: {grain: year}
readings:
  - {period: 2024, value: 68, entered_by: Budget office, entered_on: 2025-02-01}
  - {period: 2025, value: 71.2, entered_by: Budget office, entered_on: 2026-02-01}
"""
OBSERVATIONS, CLOSED_ROWS = "catalog/measures/on-time/observations.csv", "catalog/measures/on-time/closed-rows.csv"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a city in catalog/ that has two measures, and the working directory."""
    files = a_measured_city(**{"site.yaml": PINNED, "measures/on-time/measure.yaml": BY_DISTRICT,
                               "measures/content/measure.yaml": SURVEY})
    for path, body in files.items():
        write(tmp_path / "catalog" / path, str(body))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["measures", *arguments], catch_exceptions=False)


def test_measures_are_a_table_with_status_in_words(here: Path) -> None:
    result = run()
    lines = [re.split("  +", line.strip()) for line in result.output.splitlines()]

    assert result.exit_code == 0, result.output
    assert lines[0] == ["Measure", "Period", "Value", "Expected", "Gap", "Status", "Trend"]
    assert lines[2:4] == [["on-time", "2026-05", "50%", "57%", "-0.17", "Off track", "Too few values"],
                          ["content", "2025", "71.2%", "Watched, without a target", "Too few values"]]
    assert lines[-1] == ["Off track: 1; Watched, without a target: 1"]


def test_measures_for_programs_are_json_alone(here: Path) -> None:
    result = run("--format", "json")

    assert json.loads(result.stdout) == {"measures": [
        {"id": "on-time", "period": "2026-05", "value": 50, "expected": 170 / 3, "gap": -1 / 6, "status": "off-track",
         "trend": "too-short"},
        {"id": "content", "period": "2025", "value": 71.2, "expected": None, "gap": None, "status": "watch",
         "trend": "too-short"}]}


def test_a_catalog_with_errors_is_not_measured(here: Path) -> None:
    write(here / "catalog/measures/on-time/measure.yaml", BY_DISTRICT.replace("days <= 3", "day <= 3"))
    result = run("--format", "json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"measures": []}
    assert "catalog/measures/on-time/measure.yaml:9:17: error: " in result.stderr


def test_without_measures_it_is_said_how_to_write_one(here: Path) -> None:
    for name in ("goals", "measures"):
        (here / "catalog" / name).rename(here / name)

    assert run().output == "There are no measures: each is a file measures/ID/measure.yaml.\n"


def test_a_catalog_elsewhere_is_named_before_or_after_the_command(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    folder = str(here / "catalog")

    assert run("--catalog", folder, "explain", "on-time").output == run("explain", "on-time", "--catalog", folder).output


@pytest.mark.parametrize("line", [
    "Rows counted                            2", "Good rows                               1, where days <= 3",
    "Target in force                         80% until 2026-12, set on 2026-01-01 by City council",
    "Baseline                                40% in 2025",
    "Value                                   100 × good ÷ rows = 100 × 1 ÷ 2 = 50",
    "Expected by now                         start + (end − start) × passed ÷ whole = 40 + (80 − 40) × 5 ÷ 12 ≈ 56.6667",
    "Scale                                   abs(target − baseline) = abs(80 − 40) = 40",
    "Gap, in parts of the scale              direction × (value − expected) ÷ scale = 1 × (50 − 56.6667) ÷ 40 ≈ −0.1667",
    "Status                                  Off track",
    "Trend                                   3 values are too few to tell a trend; it takes 8.",
])
def test_explain_shows_each_step_with_its_numbers(here: Path, line: str) -> None:
    assert line in run("explain", "on-time").output.splitlines()


def test_explain_shows_another_period_where_one_is_named(here: Path) -> None:
    assert "Value                                   100 × good ÷ rows = 100 × 1 ÷ 1 = 100" in run(
        "explain", "on-time", "--period", "2026-04").output.splitlines()


def test_explain_says_who_entered_a_reading(here: Path) -> None:
    result = run("explain", "content")

    assert "Entered by hand                         by Budget office on 2026-02-01" in result.output.splitlines()


def test_explain_says_that_a_value_is_old(here: Path) -> None:
    write(here / "catalog/measures/content/measure.yaml", SURVEY + "fresh_within: 45 days\n")

    assert "But                                     Stale: the period ended longer ago than 45 days" in run(
        "explain", "content").output.splitlines()


def test_explain_leaves_aside_what_is_to_be_said_of_other_measures(here: Path) -> None:
    write(here / "catalog/measures/content/measure.yaml",
          SURVEY + "targets:\n  - {until: 2026, value: 0, set_on: 2026-01-01, set_by: Council}\n")

    assert "[tolerance-scale]" in run("explain", "content").output
    assert "[tolerance-scale]" not in run("explain", "on-time").output


def test_explain_of_a_measure_without_values_says_so(here: Path) -> None:
    write(here / "catalog/datasets/repairs/repairs.csv", "closed,kind,days,district\n")

    assert run("explain", "on-time").output.endswith("There is no value yet, so there is nothing to explain.\n")


def test_closing_a_period_writes_its_values_for_review(here: Path) -> None:
    result = run("close", "2026-05")

    assert result.exit_code == 0
    assert result.output == ("measures/on-time/observations.csv: 3 lines for 2026-05\n"
                             "measures/on-time/closed-rows.csv: 1 line about the rows of 2026-05\n"
                             "measures/on-time/targets.csv: 1 target\n")
    assert (here / OBSERVATIONS).read_text().splitlines()[1:] == [
        "2026-05,,,50,2,1,false,2026-06-30,", "2026-05,district,1,100,1,1,false,2026-06-30,",
        "2026-05,district,2,0,1,0,false,2026-06-30,"]


def test_closing_it_again_adds_nothing(here: Path) -> None:
    run("close", "2026-05")
    before = (here / OBSERVATIONS).read_bytes(), (here / CLOSED_ROWS).read_bytes()

    assert run("close", "2026-05").output == "Nothing to add.\n"
    assert ((here / OBSERVATIONS).read_bytes(), (here / CLOSED_ROWS).read_bytes()) == before


def test_a_year_is_closed_for_every_measure_by_year(here: Path) -> None:
    assert run("close", "2025").output == "measures/content/observations.csv: 1 line for 2025\n"


def test_all_periods_up_to_one_are_closed_whatever_their_length(here: Path) -> None:
    result = run("close", "--until", "2026-04")

    assert result.output.splitlines() == [
        "measures/content/observations.csv: 2 lines for 2 periods from 2024 to 2025",
        "measures/on-time/observations.csv: 6 lines for 2 periods from 2026-03 to 2026-04",
        "measures/on-time/closed-rows.csv: 2 lines about the rows of 2 periods from 2026-03 to 2026-04",
        "measures/on-time/targets.csv: 1 target"]


def test_one_measure_is_closed_where_it_is_named(here: Path) -> None:
    assert run("close", "--until", "2026-04", "--measure", "content").output.count("observations.csv") == 1


@pytest.mark.parametrize(("arguments", "says"), [
    (["2026-06"], "2026-06 of on-time cannot be closed: it is not over, for it ends with 2026-06-30"),
    (["2026-02"], "2026-02 of on-time cannot be closed: there are no rows in it, nor before"),
    (["2023"], "2023 of content cannot be closed: there is no reading for it"),
    (["2026-05", "--as-of", "2026-05-31"], "2026-05 of on-time cannot be closed: it is not over, for it ends with 2026-05-31"),
], ids=["one that is not over", "one before the first row", "one without a reading", "one that was not over on some day"])
def test_what_is_not_complete_is_not_closed(here: Path, arguments: list[str], says: str) -> None:
    result = run("close", *arguments)

    assert result.exit_code == 1
    assert f"error: {says} [period-open]" in result.output
    assert not (here / OBSERVATIONS).exists()


def test_a_period_whose_data_is_not_complete_is_not_closed(here: Path) -> None:
    dataset = here / "catalog/datasets/repairs/dataset.yaml"
    dataset.write_text(dataset.read_text().replace("modified: 2026-06-15", "modified: 2026-05-30"))

    assert "2026-05 of on-time cannot be closed: its data is complete until 2026-05-29 only" in run("close", "2026-05").output


def test_a_changed_row_stops_the_build_with_measure_period_both_values_and_the_row(here: Path) -> None:
    run("close", "--until", "2026-05")
    write(here / "catalog/datasets/repairs/repairs.csv", REPAIRED.replace("2026-03-09,POTHOLE,5,2", "2026-03-09,POTHOLE,2,2"))
    result = CliRunner().invoke(main, ["build"], catch_exceptions=False)

    assert result.exit_code == 1
    assert ("catalog/measures/on-time/observations.csv:2:1: error: on-time in 2026-03 was closed as 50 (1 good of 2 rows) and "
            "is 100 (2 good of 2 rows) now; district 2 as 0 (0 good of 1 row), now 100 (1 good of 1 row); the row "
            "datasets/repairs/repairs.csv:3 is not as it was [observation-changed]") in result.output
    assert "The site was not built." in result.output


def test_nothing_is_closed_over_a_change_that_nobody_explains(here: Path) -> None:
    run("close", "2026-03")
    write(here / "catalog/datasets/repairs/repairs.csv", REPAIRED.replace("2026-03-09,POTHOLE,5,2", "2026-03-09,POTHOLE,2,2"))
    result = run("close", "2026-03")

    assert result.exit_code == 1
    assert result.output.endswith("Nothing was closed.\n")


def test_a_change_that_is_explained_is_closed_and_both_values_are_told(here: Path) -> None:
    run("close", "2026-03")
    write(here / "catalog/datasets/repairs/repairs.csv", REPAIRED.replace("2026-03-09,POTHOLE,5,2", "2026-03-09,POTHOLE,2,2"))
    write(here / "catalog/measures/on-time/measure.yaml", BY_DISTRICT + (
        "revisions:\n  - {period: 2026-03, on: 2026-06-30, by: Street team, reason: The day was mistyped.}\n"))

    assert run("close", "2026-03").output.splitlines()[0] == (
        "measures/on-time/observations.csv: 2 lines for 2026-03, 2 of them revised")
    assert "Before it was revised                   50%, until 2026-06-30: The day was mistyped." in run(
        "explain", "on-time", "--period", "2026-03").output.splitlines()


@pytest.mark.parametrize(("arguments", "says"), [
    (["explain", "on-tim"], 'there is no measure "on-tim". Did you mean "on-time"?'),
    (["explain", "on-time", "--period", "2020-01"], "on-time has no period 2020-01; it has those from 2026-03 to 2026-05."),
    (["explain", "on-time", "--period", "May"], '"May" is not a period that exists'),
    (["close"], "name one period, or all periods up to one with --until."),
    (["close", "2026-05", "--until", "2026-05"], "name one period, or all periods up to one with --until."),
    (["close", "2026-W20"], "no measure has periods such as 2026-W20."),
    (["close", "2026-05", "--measure", "x"], 'there is no measure "x".'),
    (["--format", "xml"], "'xml' is not one of"),
])
def test_wrong_usage_is_told(here: Path, arguments: list[str], says: str) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())


def test_a_folder_that_cannot_be_written_to_is_told(here: Path) -> None:
    (here / "catalog/measures/on-time/closed-rows.csv").mkdir()
    result = run("close", "2026-05")

    assert result.exit_code == 1
    assert "output-unwritable" in result.output
