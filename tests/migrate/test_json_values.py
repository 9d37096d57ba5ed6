"""JSON is read as text, lists and groups, whatever it takes; what could not be kept is written down."""

import orjson
import pytest

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.json_values import Unreadable, given_of, read_json


def test_numbers_and_truths_become_words():
    assert read_json(b'{"a": 1, "b": 2.5, "c": true, "d": null, "e": [3.0]}', Ledger()) == {
        "a": "1", "b": "2.5", "c": "true", "d": None, "e": ["3"]}


@pytest.mark.parametrize(
    ("content", "value"),
    [(b'\xef\xbb\xbf["a"]', ["a"]), ('["ä"]'.encode("utf-16"), ["ä"]), ('["ä"]'.encode("cp1252"), ["ä"]),
     (b'["a\nb"]', ["a\nb"]),
     (b"[NaN, -Infinity, 1e999]", [None, None, None]), (rb'["\ud800x\u0000"]', ["x"]), (b"[" + b"1" * 5_000 + b"]", None)],
    ids=["mark", "UTF-16", "Windows", "line break", "no numbers", "half a letter", "long number"],
)
def test_what_is_not_quite_json_is_read(content, value):
    found = read_json(content, Ledger())

    assert isinstance(found, Unreadable) if value is None else found == value


def test_what_is_nested_too_deeply_is_left_out_and_written_down():
    ledger = Ledger()
    found = read_json(b"[" * 200 + b"]" * 200, ledger)

    assert isinstance(found, list)
    assert [each.why for each in ledger.entries] == ["values nested more than 50 deep left out"]


def test_values_that_were_read_already_stay_as_they_are():
    given = read_json(orjson.dumps({"a": ["b", None]}), Ledger())

    assert given_of(given) == given


def test_the_report_says_in_how_many_places_something_was_mended():
    ledger = Ledger()
    read_json(b'{"a": "x\\u0000", "b": "y\\u0001"}', ledger)

    assert [(each.field, each.before) for each in ledger.entries] == [("(file), in 2 places", "")]
