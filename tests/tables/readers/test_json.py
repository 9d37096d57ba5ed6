"""Reading JSON: every digit and character is kept, and what two programs would read differently is refused at its place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from itertools import islice

import pytest
from hypothesis import example, given, strategies as st

from cityfolio.tables.readers import json_stream
from cityfolio.tables.readers.json_parts import items
from cityfolio.tables.readers.json_records import read_json
from cityfolio.tables.readers.json_stream import JsonText
from cityfolio.tables.table import LIMIT_COLUMNS, PORTION_ROWS
from tables.making import a_job, reading, rows, rows_of, table
from tables.readers.making_records import columns_of, placed, refused

SYNTAX = {
    "an empty file": ("", 1, 1),
    "only spaces": (" \n ", 1, 1),
    "a list cut short": ("[", 1, 2),
    "a record cut short": ('[{"a": 1', 1, 2),
    "a text that is never closed": ('[{"a": "oak', 1, 8),
    "a word that is none": ('[{"a": oak}]', 1, 8),
    "a word cut short": ('[{"a": tru', 1, 8),
    "a comma missing in a record": ('[{"a": 1 "b": 2}]', 1, 10),
    "a comma missing between records": ('[{"a": 1}\n{"a": 2}]', 2, 1),
    "a comma too many in a record": ('[{"a": 1,}]', 1, 10),
    "a comma too many in the list": ('[{"a": 1},\n]', 2, 1),
    "a colon missing": ('[{"a" 1}]', 1, 7),
    "a name without marks": ("[{a: 1}]", 1, 3),
    "a line end in a text": ('[{"a": "oak\n"}]', 1, 12),
    "a backslash without meaning": (r'[{"a": "\x"}]', 1, 9),
    "a zero before a number": ('[{"a": 01}]', 1, 9),
    "a name twice": ('[{"a": 1, "a": 2}]', 1, 11),
    "a name twice in a value": ('[{"a": {"b": 1, "b": 2}}]', 1, 17),
    "a name twice, written differently": ('[{"a": 1, "\\u0061": 2}]', 1, 11),
    "a name twice around the records": ('{"rows": [{"a": 1}], "rows": 2}', 1, 22),
    "not a number": ('[{"a": NaN}]', 1, 8),
    "infinity": ('[{"a": -Infinity}]', 1, 8),
    "half a character": ('[{"a": "\\ud800"}]', 1, 8),
    "the other half of a character": ('[{"a": "\\udc00x"}]', 1, 8),
    "half a character as a name": ('[{"\\ud800": 1}]', 1, 3),
    "lists in each other without end": (f'[{{"a": {"[" * 101}{"]" * 101}}}]', 1, 107),
    "more of them than Python can count": (f'[{{"a": {"[" * 200_000}', 1, 107),
    "something behind the list": ('[{"a": 1}] x', 1, 12),
    "a second list": ('[{"a": 1}]\n[{"a": 2}]', 2, 1),
    "a byte that is not UTF-8": (b'[{"a": "\xff"}]', 1, 9),
    "a letter cut short": (b'[{"a": "caf\xc3', 1, 12),
    "UTF-16": ('[{"a": 1}]'.encode("utf-16"), 1, 1),
    "an object's colon missing": ('{"rows" []}', 1, 9),
    "an object's name missing": ('{1: []}', 1, 2),
    "an object's comma missing": ('{"rows": [{"a": 1}] "b": 2}', 1, 21),
}
SHAPE = {
    "an empty list": ("[]", 1, 1),
    "records without a name": ("[{}, {}]", 1, 1),
    "a single value": ("12", 1, 1),
    "a list of numbers": ("[1, 2]", 1, 2),
    "a list of lists": ('[\n ["oak", 12]]', 2, 2),
    "a number among records": ('[{"a": 1},\n 5]', 2, 2),
    "an object without a list": ('{"a": 1}', 1, 1),
    "an object with empty lists": ('{"a": [], "b": [1, 2]}', 1, 1),
    "two lists of records": ('{"a": [{"x": 1}],\n "b": [{"x": 1}]}', 2, 7),
    "GeoJSON": ('{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', 1, 1),
}
SEVERAL_LISTS = {
    "names, and rows without them": ('{"fields": [{"id": "_id"}], "records": [[1, "Ann"]]}', 40, ("`fields`", "`records`")),
    "rows without names, and those": ('{"rows": [[1, "Ann"]], "columns": [{"name": "id"}]}', 35, ("`rows`", "`columns`")),
    "a list of words": ('{"rows": [{"a": 1}], "codes": ["x"]}', 31, ("`rows`", "`codes`")),
    "an answer of Esri's": ('{"fields": [{"name": "a"}], "features": [{"attributes": {}}]}', 41, ("Esri", "`attributes`")),
    "one without its fields": ('{"features": [{"attributes": {"a": 1}}]}', 14, ("Esri", "`attributes`")),
    "what went wrong": ('{"errors": [{"message": "no token"}]}', 12, ("`errors`",)),
    "links": ('{"Links": [{"href": "/1"}]}', 11, ("`Links`",)),
    "fields of nothing": ('{"fields": [{"id": "a"}], "records": []}', 12, ("`fields`",)),
    "columns": ('{"columns": [{"name": "a"}]}', 13, ("`columns`",)),
}
PARTS = {
    "an address of more": ('{"next": "https://a.gov/?page=2", "rows": [{"a": 1}]}', 10),
    "one without a host": ('{"rows": [{"a": 1}], "next": "/trees?page=2"}', 30),
    "a link to more": ('{"rows": [{"a": 1}], "_links": {"next": {"href": "?page=2"}}}', 32),
    "OData": ('{"@odata.nextLink": "https://a.gov/2", "value": [{"a": 1}]}', 21),
    "a limit that was met": ('{"exceededTransferLimit": true, "rows": [{"a": 1}]}', 27),
    "a count": ('{"count": 250, "rows": [{"a": 1}]}', 11),
    "a total after it": ('{"rows": [{"a": 1}], "total": 2}', 31),
}
WHOLE = {
    "no address of more": '{"next": null, "previous": "https://a.gov/", "rows": [{"a": 1}]}',
    "the day of the next file": '{"next": "2026-07-01", "rows": [{"a": 1}]}',
    "no limit that was met": '{"exceededTransferLimit": false, "rows": [{"a": 1}]}',
    "all that were counted": '{"count": 1, "total": 1, "rows": [{"a": 1}]}',
    "sums that are no count": '{"count": "all", "total": 12.5, "rows": [{"a": 1}]}',
}
LINES = {
    "a blank line between records": ('{"a": 1}\n\n{"a": 2}', "table-syntax", 3, 1),
    "a blank line at the top": ('\n{"a": 1}', "table-syntax", 2, 1),
    "two records on a line": ('{"a": 1} {"a": 2}', "table-syntax", 1, 10),
    "a record over two lines": ('{"a": 1}\n{"a":\n2}', "table-syntax", 2, 1),
    "a record over two lines of an old Mac": ('{"a":\r1}', "table-syntax", 1, 1),
    "a comma at the end of a line": ('{"a": 1},\n{"a": 2}', "table-syntax", 1, 9),
    "a line cut short": ('{"a": 1}\n{"a": ', "table-syntax", 2, 1),
    "a list of records": ('[{"a": 1}]', "table-shape", 1, 1),
    "a number": ('{"a": 1}\n2', "table-shape", 2, 1),
    "no line at all": ("\n\n", "table-syntax", 1, 1),
}
# Any text that is a text: half a character is none.
TEXTS = st.text(st.one_of(st.sampled_from('"\\/\n\r\t\0\u2028\ufeff\U0001f333'), st.characters(codec="utf-8")), max_size=12)
NUMBERS = st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False))
RECORDS = st.lists(st.dictionaries(TEXTS.filter(lambda name: bool(name.strip())), TEXTS, min_size=1, max_size=4),
                   min_size=1, max_size=5)


def by_name(body: str | bytes, path: str = "trees.json", **file: object) -> dict[str, tuple[object, list[str | None]]]:
    """Kind and cells of each column."""
    return columns_of(table(body, path=path, **file))


def records_with(values: Iterable[str]) -> str:
    """A list with a record for each value, which is given as JSON."""
    return "[" + ",".join('{"n": ' + value + "}" for value in values) + "]"


def expected(records: list[dict[str, str]]) -> list[tuple[str | None, ...]]:
    """Records as a header and rows."""
    names = tuple(dict.fromkeys(name for record in records for name in record))
    return [names, *(tuple(map(record.get, names)) for record in records)]


@pytest.mark.parametrize(("body", "line", "column"), SYNTAX.values(), ids=SYNTAX)
def test_what_is_no_json_is_refused_at_its_place(body: str | bytes, line: int, column: int) -> None:
    assert placed(refused(body, "trees.json")) == ("table-syntax", line, column)


@pytest.mark.parametrize(("body", "line", "column"), SHAPE.values(), ids=SHAPE)
def test_json_that_is_no_table_is_refused(body: str, line: int, column: int) -> None:
    assert placed(refused(body, "trees.json")) == ("table-shape", line, column)


@pytest.mark.parametrize(("body", "column", "named"), SEVERAL_LISTS.values(), ids=SEVERAL_LISTS)
def test_a_list_that_may_not_be_the_table_is_refused_by_name(body: str, column: int, named: tuple[str, ...]) -> None:
    found = refused(body, "trees.json")

    assert placed(found) == ("table-shape", 1, column)
    assert [name in found.says for name in named] == [True] * len(named)


@pytest.mark.parametrize(("body", "column"), PARTS.values(), ids=PARTS)
def test_a_page_of_a_longer_answer_is_refused(body: str, column: int) -> None:
    found = refused(body, "trees.json")

    assert placed(found) == ("table-shape", 1, column)
    assert "is only a part" in found.says


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_an_answer_that_is_whole_is_read(body: str) -> None:
    assert by_name(body) == {"a": ("integer", ["1"])}


@pytest.mark.parametrize(("body", "code", "line", "column"), LINES.values(), ids=LINES)
def test_json_lines_have_an_object_on_each_line(body: str, code: str, line: int, column: int) -> None:
    assert placed(refused(body, "trees.jsonl")) == (code, line, column)


@pytest.mark.parametrize("size", [1, 2, 7], ids=["a byte", "two bytes", "seven bytes"])
@pytest.mark.parametrize(("body", "line", "column"), SYNTAX.values(), ids=SYNTAX)
def test_a_fault_stands_at_its_place_however_the_file_is_cut_into_pieces(
    body: str | bytes, line: int, column: int, size: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_stream, "PIECE_BYTES", size)

    assert placed(refused(body, "trees.json")) == ("table-syntax", line, column)


@given(RECORDS, st.booleans(), st.sampled_from([None, 1]))
@example([{"name": "\ufeff"}], True, None)
def test_any_text_comes_back_as_it_was(records: list[dict[str, str]], in_ascii: bool, indent: int | None) -> None:
    body = json.dumps(records, ensure_ascii=in_ascii, indent=indent)

    assert rows(body, path="trees.json") == expected(records)


@given(RECORDS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\n", "\n\n"]))
def test_json_lines_give_what_was_put_in(records: list[dict[str, str]], end: str, last: str) -> None:
    body = end.join(map(json.dumps, records)) + last

    assert rows(body, path="trees.jsonl") == expected(records)


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_any_number_keeps_its_value(numbers: list[int | Decimal]) -> None:
    _, cells = by_name(records_with(map(str, numbers)))["n"]

    assert [Decimal(cell or "") for cell in cells] == list(map(Decimal, numbers))


@pytest.mark.parametrize("digits", ["1.10", "-0", "0.30000000000000004", "12345678901234567890", "1E5", "1e-7", "9" * 400])
def test_a_number_keeps_every_digit(digits: str) -> None:
    assert by_name(f'[{{"n": {digits}}}]')["n"][1] == [digits]


def test_a_missing_name_and_null_have_no_value_and_an_empty_text_has_one() -> None:
    found = table('[{"a": ""}, {"a": null}, {"b": 1}]', path="trees.json")

    assert (rows_of(found), found.empty) == ([("", None), (None, None), (None, "1")], {None})


def test_columns_come_in_the_order_in_which_their_names_first_stand() -> None:
    assert table('[{"b": 1}, {"a": 1, "b": 2}, {"c": 1, "a": 2}]', path="trees.json").header == ("b", "a", "c")


KINDS = {
    "whole numbers": ("1, -2", "integer"),
    "numbers": ("1, 2.5", "number"),
    "numbers with an exponent": ("1, 2E3", "number"),
    "true and false": ("true, false, null", "boolean"),
    "texts": ('"oak", ""', "string"),
    "texts that look like numbers": ('"01234", "12"', "string"),
    "numbers and texts": ('1, "2"', "string"),
    "numbers and true": ("1, true", "string"),
    "lists": ("[1], null", "string"),
    "nothing": ("null, null", None),
    "days": ('"2026-06-30", null', "date"),
    "days and an empty text": ('"2026-06-30", ""', "string"),
    "a day that does not exist": ('"2026-06-30", "2026-02-30"', "string"),
    "days and moments": ('"2026-06-30", "2026-06-30T10:00:00Z"', "string"),
    "moments": ('"2026-06-30T10:00:00-04:00", "2026-06-30 10:00"', "datetime"),
    "a number that no type can hold": ("1e4000", "string"),
    "a whole number of too many digits": ("9" * 1_001, "string"),
    "a word that is declared as empty": ('1, "NA", 2', "integer"),
    "days and a word that is declared as empty": ('"NA", "2026-06-30"', "date"),
}


@pytest.mark.parametrize(("values", "kind"), KINDS.values(), ids=KINDS)
def test_a_column_is_what_all_its_values_are(values: str, kind: str | None) -> None:
    found = by_name(records_with(values.split(", ")), empty=("NA",))

    assert found["n"][0] == kind


def test_a_kind_is_known_although_a_thousand_forms_of_records_came_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.json_columns.MANY", 1)
    body = json.dumps([{"a": "2026-06-30"}, {"b": 1}, {"c": 1}, {"a": "oak"}, {"b": 1}, {"a": "2026-06-30"}])

    assert by_name(body)["a"][0] == "string"


def test_true_and_false_are_written_as_json_writes_them() -> None:
    assert by_name('[{"a": true}, {"a": false}]')["a"][1] == ["true", "false"]


def test_a_list_or_object_as_a_value_is_its_own_text_without_spaces() -> None:
    body = '[{"a": { "b" : [1.10, "\\u00e9\\n", null, true, 20000000000000000000] }}]'

    assert by_name(body)["a"] == ("string", ['{"b":[1.10,"é\\n",null,true,20000000000000000000]}'])


def test_the_only_list_of_records_in_an_object_is_the_table() -> None:
    body = '{"meta": {"list": [{"x": 1}]}, "nothing": [], "rows": [{"a": 1}], "type": "trees", "next": null, "count": 1}'

    assert rows(body, path="trees.json") == [("a",), ("1",)]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert placed(refused(b'\xef\xbb\xbf[{"a": 1} 2]', "trees.json")) == ("table-syntax", 1, 11)


def test_a_name_without_a_letter_is_refused_at_its_place() -> None:
    assert placed(refused('[{"a": 1},\n {" ": 2}]', "trees.json")) == ("column-unnamed", 2, 3)


def test_too_many_columns_are_refused() -> None:
    body = json.dumps([dict.fromkeys(map(str, range(LIMIT_COLUMNS + 1)))])

    assert refused(body, "trees.json").code == "file-large"


def test_a_record_that_is_too_long_is_refused_before_it_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LIMIT_VALUE", 1_000)
    monkeypatch.setattr(json_stream, "PIECE_BYTES", 100)
    stream = BytesIO(b'[{"a": "' + b"x" * 100_000)

    found = read_json(stream, a_job("trees.json"))

    assert (found.problems[0].code, stream.tell() < 5_000) == ("file-large", True)


def test_names_and_cells_are_traced_to_where_they_stand() -> None:
    source = table('[{"a": 1},\n {"b": "oak", "a": [1,\n 2]}]', path="trees.json").source

    places = source.cells([(1, 0), (0, 1), (1, 1)])

    assert [(each.line, each.column, each.width) for each in source.header()] == [(1, 3, 3), (2, 3, 3)]
    assert {cell: (place.line, place.column, place.width) for cell, place in places.items()} == {
        (0, 1): (1, 2, 1), (1, 0): (2, 20, 3), (1, 1): (2, 8, 5),
    }


def test_the_line_of_a_fault_is_shown_with_it() -> None:
    assert refused('[{"a": 1},\n {"a": oak}]', "trees.json").where.excerpt == ' {"a": oak}]'


def test_a_fault_far_along_a_line_is_counted_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "PIECE_BYTES", 64)
    problem = refused(f'[{"{}," * 500}oak]', "trees.json")

    assert (problem.where.column, problem.where.excerpt) == (1_502, None)


class Counted(BytesIO):
    """A stream that counts what was read of it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        body = super().read(size)
        self.taken += len(body)
        return body


def test_a_record_is_handed_out_before_the_last_is_read() -> None:
    record = json.dumps({"name": "oak" * 20})
    stream = Counted(f"[{','.join([record] * 5 * PORTION_ROWS)}]".encode())
    found = read_json(stream, a_job("trees.json")).table
    assert found is not None
    stream.taken = 0

    first = next(iter(found.portions))

    assert (first.rows, stream.taken < len(stream.getvalue()) / 2) == (PORTION_ROWS, True)


def test_what_was_read_is_let_go() -> None:
    record = json.dumps({"name": "oak" * 20})
    text = JsonText(BytesIO(f"[{','.join([record] * 50_000)}]".encode()), a_job("trees.json"))
    text.space()
    text.at += 1

    held = max(len(text.text) for _ in islice(items(text), 40_000))

    assert held < 3 * json_stream.PIECE_BYTES


def test_rows_are_read_anew_for_cells_after_the_portions() -> None:
    found = table('[{"a": 1}, {"a": 2}]', path="trees.json")

    assert (rows_of(found), found.source.cells([(1, 0)])[1, 0].column) == ([("1",), ("2",)], 18)


def test_a_format_that_is_declared_counts_more_than_the_name() -> None:
    found = reading('{"a": 1}\n{"a": 2}\n', path="trees.txt", format="JSON Lines").table

    assert found is not None
    assert rows_of(found) == [("1",), ("2",)]


def test_a_record_with_more_names_than_a_table_has_columns_is_refused_before_they_are_looked_for() -> None:
    body = "[{" + ",".join(f'"c{at}":1' for at in range(5_001)) + "}]"
    (problem,) = reading(body, "trees.json").problems

    assert (problem.code, problem.where.line, problem.where.column) == ("file-large", 1, 2)
    assert problem.says == "the record that begins here has 5,001 names, and a table can have 5,000 columns"
