"""The rows against their dictionaries, checked here by other means than the product's."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from demonstration.charlotte_catalog import (
    CATALOG,
    FILES,
    TABLES,
    described_columns,
    dictionary,
    entry_of,
    numbers,
    rows,
    table,
)

LOOKUPS = ("adopted-budget/revenues.csv", "council-district-boundaries/council-district-boundaries.geojson")
TEXT = (".csv", ".tsv", ".jsonl", ".geojson")
TYPES = {
    "string": r".+", "integer": r"-?[0-9]+", "number": r"-?[0-9]+(\.[0-9]+)?", "boolean": r"true|false", "year": r"[0-9]{4}",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "time": r"([01][0-9]|2[0-3]):[0-5][0-9]",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-5][0-9]:[0-5][0-9]-0[45]:00",
    "geometry": r'\{"type": "(Point|Polygon)", "coordinates": \[.+\]\}',
}
COLUMNS = tuple(sorted(described_columns()))
OF_TYPE = {kind: tuple(each for each in COLUMNS if dictionary(each[0])[each[1]]["type"] == kind) for kind in TYPES}
WITH = {rule: tuple(each for each in COLUMNS if rule in dictionary(each[0])[each[1]])
        for rule in ("required", "unique", "values", "pattern", "minimum", "maximum", "min_length", "sensitive",
                     "foreign_key")}


def filled(file: str, column: str) -> pd.Series:
    """The values of a column that are neither empty nor a word for that."""
    values = rows(file)[column]
    return values[~values.isin(["", *entry_of(file).get("empty", ())])]


def comparable(values: pd.Series, kind: str) -> pd.Series:
    """Values that can be compared with a limit: numbers as numbers, days and moments as text, which sorts alike."""
    return values if kind in ("date", "datetime") else numbers(values)


def limit(file: str, column: str, rule: str) -> str | float:
    """A minimum or maximum of the dictionary, as `comparable` values are compared."""
    described = dictionary(file)[column]
    return described[rule] if described["type"] in ("date", "datetime") else float(described[rule])


def test_every_rule_is_declared_somewhere():
    assert [rule for rule, columns in WITH.items() if not columns] == []


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_small_enough_for_the_repository(file: str):
    assert (CATALOG / "datasets" / file).stat().st_size < 5_000_000


def test_all_files_together_stay_under_twenty_megabytes():
    assert 8_000_000 < sum((CATALOG / "datasets" / file).stat().st_size for file in FILES) < 20_000_000


@pytest.mark.parametrize("file", sorted(set(TABLES) - set(LOOKUPS)))
def test_a_table_has_enough_rows_to_look_at_and_not_too_many(file: str):
    assert 200 <= len(rows(file)) <= 40_000


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(TEXT)])
def test_a_file_is_plain_text_with_line_feeds(file: str):
    body = (CATALOG / "datasets" / file).read_bytes()

    assert body.decode("utf-8").isascii()
    assert b"\r" not in body
    assert body.endswith(b"\n")
    assert not body.endswith(b"\n\n")


@pytest.mark.parametrize("file", TABLES)
def test_a_file_has_exactly_the_columns_of_its_dictionary(file: str):
    assert list(rows(file).columns) == list(dictionary(file))
    assert [column for column in rows(file).columns if not re.fullmatch(r"[a-z][a-z0-9_]*", column)] == []


@pytest.mark.parametrize("file", TABLES)
def test_no_cell_has_spaces_around_it(file: str):
    stripped = rows(file).apply(lambda column: column.str.strip())

    assert stripped.equals(rows(file))


def others(file: str, column: str, form: str) -> list[str]:
    """The values of a column that have not this form."""
    values = filled(file, column)
    return values[~values.str.fullmatch(form)].tolist()


def test_values_are_of_the_declared_type():
    forms = {(file, column): TYPES.get(dictionary(file)[column]["type"], "(?!)") for file, column in COLUMNS}
    strange = {each: others(*each, form) for each, form in forms.items()}

    assert {each: values for each, values in strange.items() if values} == {}


@pytest.mark.parametrize(("file", "column"), OF_TYPE["date"] + OF_TYPE["datetime"])
def test_days_exist(file: str, column: str):
    days = filled(file, column).str[:10]

    assert (pd.to_datetime(days, format="%Y-%m-%d").dt.strftime("%Y-%m-%d") == days).all()


def test_required_columns_are_filled():
    assert {each: empty for each in WITH["required"] if (empty := len(rows(each[0])) - len(filled(*each)))} == {}


@pytest.mark.parametrize(("file", "column"), WITH["unique"])
def test_unique_columns_do_not_repeat(file: str, column: str):
    assert filled(file, column).is_unique


@pytest.mark.parametrize("file", [file for file in TABLES if "primary_key" in entry_of(file)])
def test_a_key_tells_each_row_from_every_other(file: str):
    key = entry_of(file)["primary_key"]

    assert not rows(file).duplicated(key).any()
    assert (rows(file)[key] != "").all(axis=None)


def test_every_file_has_a_key_but_the_one_that_was_loaded_twice():
    assert [file for file in TABLES if "primary_key" not in entry_of(file)] == ["service-requests/service-requests.csv"]


@pytest.mark.parametrize(("file", "column"), WITH["foreign_key"])
def test_a_value_that_leads_to_another_dataset_occurs_there(file: str, column: str):
    target = dictionary(file)[column]["foreign_key"]

    assert set(filled(file, column)) <= set(table(target["dataset"])[target["column"]])


def test_every_district_of_a_dataset_leads_to_the_comparison_of_districts():
    named = [each for each in COLUMNS if dictionary(each[0])[each[1]].get("standard") == "council-district"]
    leading = {(file, column) for file, column in WITH["foreign_key"]
               if dictionary(file)[column]["foreign_key"]["dataset"] == "council-districts"}

    assert set(named) - leading == {("council-districts/council-districts.csv", "council_district")}


def codes(file: str, column: str) -> set[str]:
    """The codes of a column that its dictionary explains."""
    return set(dictionary(file)[column]["values"])


def test_codes_are_all_explained():
    assert {each: unexplained for each in WITH["values"] if (unexplained := {*filled(*each)} - codes(*each))} == {}


def test_explained_codes_all_occur():
    own = [each for each in WITH["values"] if "standard" not in dictionary(each[0])[each[1]]]

    assert len(own) > 20
    assert {each: unused for each in own if (unused := codes(*each) - {*filled(*each)})} == {}


def test_values_match_their_pattern():
    strange = {(file, column): others(file, column, dictionary(file)[column]["pattern"]) for file, column in WITH["pattern"]}

    assert {each: values for each, values in strange.items() if values} == {}


def compared(file: str, column: str) -> pd.Series:
    """The values of a column as they are compared with a limit."""
    return comparable(filled(file, column), dictionary(file)[column]["type"])


def test_values_are_not_below_the_minimum():
    assert {each: least for each in WITH["minimum"]
            if not (least := compared(*each).min()) >= limit(*each, "minimum")} == {}


def test_values_are_not_above_the_maximum():
    assert {each: most for each in WITH["maximum"]
            if not (most := compared(*each).max()) <= limit(*each, "maximum")} == {}


@pytest.mark.parametrize(("file", "column"), WITH["min_length"])
def test_values_have_the_declared_length(file: str, column: str):
    lengths = filled(file, column).str.len()

    assert lengths.min() >= int(dictionary(file)[column]["min_length"])
    assert lengths.max() <= int(dictionary(file)[column]["max_length"])


@pytest.mark.parametrize(("file", "column"), WITH["sensitive"])
def test_personal_values_stand_nowhere_else_in_the_catalog(file: str, column: str):
    values = set(filled(file, column))
    others = "".join(path.read_text("utf-8") for path in sorted(CATALOG.rglob("*.yaml")))

    assert len(values) >= 50
    assert sorted(value for value in values if value in others) == []
