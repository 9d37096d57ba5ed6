"""A table as a DataStore takes it: with the types and the words of the dictionary, and every digit."""

import json
from io import BytesIO

import pytest
from cityfolio_ckan_mirror.datastore import write_datastore
from hypothesis import given, strategies as st

from cityfolio.plugins import ExportColumn, ExportTable, Unfit, in_portions

SHAPE = '{"type":"Point","coordinates":[-80.8400,35.22]}'


def a_table(*columns):
    """Columns as (name, type, cells)."""
    made = tuple(ExportColumn(name=name, type=kind) for name, kind, _ in columns)
    rows = zip(*(cells for *_, cells in columns), strict=True)
    return ExportTable(columns=made, portions=tuple(in_portions(rows, len(made))))


def written(*columns):
    stream = BytesIO()
    write_datastore(a_table(*columns), stream)
    return json.loads(stream.getvalue())


def test_each_column_has_the_type_of_the_dictionary_and_each_value_its_digits():
    found = written(("zip", "string", ["01234", None]), ("height", "number", ["12.50", None]),
                    ("count", "integer", ["7", None]), ("planted", "date", ["2026-03-31", None]),
                    ("alive", "boolean", ["true", None]), ("place", "geometry", [SHAPE, None]))

    types = {"zip": "text", "height": "numeric", "count": "numeric", "planted": "date", "alive": "bool", "place": "json"}
    assert {each["id"]: each["type"] for each in found["fields"]} == types
    assert found["records"] == [
        {"zip": "01234", "height": "12.50", "count": 7, "planted": "2026-03-31", "alive": True, "place": json.loads(SHAPE)},
        dict.fromkeys(types)]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [(["2026-03-31T12:00:00", None], "timestamp"), (["2026-03-31T12:00:00-04:00", None], "timestamptz"),
     (["2026-03-31T12:00:00", "2026-03-31T12:00:00Z"], "text"), ([None, None], "text")],
    ids=["no offsets", "offsets", "both", "no moments"])
def test_no_moment_loses_its_offset(cells, kind):
    assert written(("received", "datetime", cells))["fields"][0]["type"] == kind


@pytest.mark.parametrize("name", ["_id", 'a"b', " a", "é" * 32])
def test_a_name_that_a_datastore_refuses_is_refused_before_anything_is_written(name):
    stream = BytesIO()
    with pytest.raises(Unfit):
        write_datastore(a_table((name, "string", ["a"])), stream)

    assert stream.getvalue() == b""


@given(st.lists(st.none() | st.text(), max_size=20))
def test_every_text_stays_as_it_is(cells):
    assert [each["words"] for each in written(("words", "string", cells))["records"]] == cells


@given(st.lists(st.integers(), max_size=20))
def test_every_whole_number_stays_as_it_is_also_for_programs_whose_numbers_are_doubles(numbers):
    found = [each["count"] for each in written(("count", "integer", list(map(str, numbers))))["records"]]

    assert [int(each) for each in found] == numbers
    assert all(isinstance(each, str) or float(each) == each for each in found)
