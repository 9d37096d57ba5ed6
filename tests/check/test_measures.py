"""What is wrong with goals, targets and measures, told at its place and told once."""

from __future__ import annotations

import pytest

from cities import ON_TIME, REPAIRS, a_build, a_measured_city, codes
from cityfolio.build import Workshop, inspect
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.problems import Problem
from cityfolio.publish.sinks import MemorySink

COMPUTE = """\
compute:
  dataset: repairs
  where: kind == 'POTHOLE'
  ratio: {good: days <= 3}
  date: closed
"""
RATE = "{per: 1000, population: {dataset: people, value: residents"
PEOPLE = """\
title: Residents by district
summary: How many people live in each district.
publisher: parks
frequency: yearly
keywords: [population]
modified: 2026-01-01
files: [{path: people.csv}]
columns:
  district: {title: Where, type: integer}
  residents: {title: How many, type: integer, unit: residents}
"""


def found(**changed: str | None) -> tuple[Problem, ...]:
    """What a check says of a city with a measure."""
    tree = MemoryTree(a_measured_city(**changed))
    return inspect(load(tree), a_build(), Workshop(tree=tree, sink=MemorySink()))[2]


def measured(text: str, **changed: str | None) -> tuple[Problem, ...]:
    """The same where the measure is computed in this way."""
    return found(**{"measures/on-time/measure.yaml": ON_TIME.replace(COMPUTE, f"compute: {text}\n"), **changed})


def with_people(population: str) -> tuple[Problem, ...]:
    """The same of a rate, with residents to hold it against."""
    text = f"{{dataset: repairs, date: closed, by: [district], rate: {RATE}{population}}}}}}}"
    rows = "district,residents\n1,900\n"
    return measured(text, **{"datasets/people/dataset.yaml": PEOPLE, "datasets/people/people.csv": rows})


def test_a_sound_city_has_no_problem() -> None:
    assert found() == ()


@pytest.mark.parametrize(("text", "code", "says"), [
    ("{dataset: repairs, date: closed, sum: kind}", "measure-unfit", "`kind` holds text, and this needs numbers"),
    ("{dataset: repairs, date: closed, count: dys}", "measure-column", "the file has no column `dys`"),
    ("{dataset: repairs, date: closed, count: rows, by: [ward]}", "measure-column", "the file has no column `ward`"),
    ("{dataset: repairs, date: days, count: rows}", "measure-unfit", "`days` holds integers, and this needs dates"),
    ("{dataset: repairs, date: closed, count: rows, where: dys > 3}", "expression-invalid", 'no column "dys"'),
    ("{dataset: repairs, date: closed, count: rows, where: days}", "expression-invalid", "a condition is needed"),
    ("{dataset: repairs, date: closed, ratio: {good: days <= 3, weight: kind}}", "measure-unfit", "`kind`"),
    ("{dataset: repairs, date: closed, percentile: {of: kind, at: 90}}", "measure-unfit", "`kind`"),
    ("{dataset: repairs, file: other.csv, date: closed, count: rows}", "measure-file", 'lists no file "other.csv"'),
    ("{dataset: roads, date: closed, count: rows}", "dataset-unknown", '"roads" is not in datasets/'),
    ("{dataset: repairs, date: closed}", "measure-way", "it is not told what is computed"),
])
def test_what_does_not_fit_the_rows_is_named(text: str, code: str, says: str) -> None:
    [problem] = measured(text)

    assert problem.code == code
    assert says in problem.says


@pytest.mark.parametrize(("grain", "says"), [("year", []), ("month", ["`days` holds years, and a year lies in no month"])])
def test_years_lie_in_no_shorter_period(grain: str, says: list[str]) -> None:
    text = f"compute: {{dataset: repairs, date: days, count: rows}}\nperiod: {{grain: {grain}}}\n"
    dated = {"datasets/repairs/dataset.yaml": REPAIRS.replace("Working days until then, type: integer, unit: days, minimum: 0",
                                                              "Year, type: year"),
             "datasets/repairs/repairs.csv": "closed,kind,days,district\n2026-03-02,POTHOLE,2025,1\n"}
    problems = found(**{"measures/on-time/measure.yaml": ON_TIME.replace(COMPUTE, text), **dated})

    assert [each.says for each in problems if each.code == "measure-unfit"] == says


def test_a_fault_of_an_expression_is_shown_where_it_is() -> None:
    [problem] = found(**{"measures/on-time/measure.yaml": ON_TIME.replace("days <= 3", "days <= 3 and kin == 'SIGN'")})

    assert problem.where.excerpt is not None
    assert problem.where.column is not None
    assert problem.where.excerpt[problem.where.column - 1:].startswith("kin ")


@pytest.mark.parametrize(("population", "code"), [
    (", by: {district: district}", None),
    (", by: {district: ward}", "measure-column"),
    (", by: {ward: district}", "measure-column"),
    (", year: residents, by: {district: district}", None),
])
def test_a_rate_is_held_against_residents_that_are_there(population: str, code: str | None) -> None:
    assert codes(with_people(population)) == ([code] if code else [])


def test_values_may_be_held_back_over_rows_that_are_not_published() -> None:
    private = REPAIRS.replace("frequency: monthly\n", "status: restricted\nreason: Names of crews are in it.\n")
    text = "{dataset: repairs, date: closed, ratio: {good: days <= 3}, min_n: 10}"

    assert codes(measured(text, **{"datasets/repairs/dataset.yaml": private})) == []


def test_values_may_be_held_back_over_a_sensitive_column() -> None:
    hidden = REPAIRS.replace("type: integer, unit: days", "type: integer, sensitive: true, unit: days")
    text = "{dataset: repairs, date: closed, ratio: {good: days <= 3}, min_n: 10}"

    assert "measure-hidden" not in codes(measured(text, **{"datasets/repairs/dataset.yaml": hidden}))


@pytest.mark.parametrize(("value", "is_fine"), [("0", True), ("100", True), ("100.1", False), ("-3", False), ("1", True)])
def test_a_percentage_is_from_0_to_100(value: str, is_fine: bool) -> None:
    given = found(**{"measures/on-time/measure.yaml": ON_TIME.replace("value: 40", f"value: {value}")
                     .replace("value: 80", "value: 100")})

    assert ("percent-range" not in codes(given)) == is_fine


@pytest.mark.parametrize(("value", "meant"), [("0.85", "85"), ("0.8", "80"), ("0.005", "0.5")])
def test_a_percentage_under_one_is_asked_about(value: str, meant: str) -> None:
    [problem] = found(**{"measures/on-time/measure.yaml": ON_TIME.replace("value: 40", f"value: {value}")})

    assert (problem.code, problem.fix.partition(",")[0]) == ("percent-share", f"Write {meant}")


def test_a_percentage_of_something_else_than_rows_may_be_above_100() -> None:
    growth = ON_TIME.replace(COMPUTE, "readings: [{period: 2026-05, value: 150, entered_by: Budget, entered_on: 2026-06-01}]\n")

    assert "percent-range" not in codes(found(**{"measures/on-time/measure.yaml": growth.replace("value: 80", "value: 180")}))


@pytest.mark.parametrize(("direction", "target", "is_fine"), [
    ("range", "low: 10, high: 20", True), ("range", "low: 20, high: 10", False), ("range", "value: 20", False),
    ("up", "low: 10, high: 20", False), ("watch", "value: 80", False),
])
def test_a_target_has_the_form_of_its_direction(direction: str, target: str, is_fine: bool) -> None:
    text = ON_TIME.replace("direction: up", f"direction: {direction}").replace("value: 80", target)

    assert ("target-incomplete" not in codes(found(**{"measures/on-time/measure.yaml": text}))) == is_fine


def test_everybody_who_answers_for_something_has_a_file() -> None:
    text = (f"{ON_TIME}owner: streets\nactions: [{{title: A second crew, owner: crews, due: 2026-12-01}}]\n")

    given = found(**{"measures/on-time/measure.yaml": text})

    assert codes(given) == ["publisher-unknown", "publisher-unknown"]


def test_a_measure_that_was_refused_leaves_its_goal_without_a_second_fault() -> None:
    assert codes(found(**{"measures/on-time/measure.yaml": "title: [\n"})) == ["yaml-syntax"]
