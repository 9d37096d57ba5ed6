"""YAML as a city writes it: text stays text, faults have their place, nothing raises."""

from __future__ import annotations

import pytest
import yaml as pyyaml
from hypothesis import given, strategies as st

from cityfolio.load.yaml import MAX_BYTES, MAX_DEPTH, MAX_VALUES, Group, Items, Scalar, read_yaml


def read(text: str) -> Group:
    document, problems = read_yaml("x.yaml", text.encode())
    assert problems == ()
    assert document is not None
    return document.root


def faults(text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    body = text if isinstance(text, bytes) else text.encode()
    return [(each.code, each.where.line, each.where.column) for each in read_yaml("x.yaml", body)[1]]


@pytest.mark.parametrize("written", ["NO", "01234", "12:30:45", "1e3", "true", "2026-01-01", "0x1F", ".inf", "1_000"])
def test_every_scalar_stays_the_text_that_was_written(written: str) -> None:
    root = read(f"key: {written}\n")

    assert root.entries["key"].text == written


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_nothing_and_null_are_no_value(written: str) -> None:
    root = read(f"key: {written}\n")

    assert root.entries["key"].text is None


def test_a_quoted_null_is_text() -> None:
    root = read('key: "null"\n')

    assert root.entries["key"].text == "null"


def test_lists_and_groups_keep_their_order_and_places() -> None:
    root = read("a:\n  - one\n  - two\nb: {c: three}\n")

    assert root.entries["a"] == Items((Scalar("one", 2, 5, 3), Scalar("two", 3, 5, 3)), 2, 3)
    assert root.entries["b"].entries["c"] == Scalar("three", 4, 8, 5)
    assert root.keys["b"] == Scalar("b", 4, 1, 1)


def test_columns_count_characters_not_bytes() -> None:
    root = read('"é𝄞": {ü: x}\n')

    assert root.entries["é𝄞"].entries["ü"] == Scalar("x", 1, 11, 1)


def test_a_file_with_a_byte_order_mark_reads_as_without() -> None:
    assert read("\ufefftitle: Trees\n").entries["title"].text == "Trees"


def test_an_empty_file_has_no_keys() -> None:
    assert read("# nothing yet\n").entries == {}


FAULTS = {
    "a tab as indent": ("a:\n\t- b\n", [("yaml-syntax", 2, 1)]),
    "an open quotation mark": ("a: 'b\n", [("yaml-syntax", 1, 4)]),
    "an unquoted colon": ("a: b: c\n", [("yaml-syntax", 1, 5)]),
    "a key twice": ("a: 1\nb: 2\na: 3\n", [("yaml-duplicate-key", 3, 1)]),
    "an anchor and its alias": ("a: &x 1\nb: *x\n", [("yaml-alias", 1, 4), ("yaml-alias", 2, 4)]),
    "a tag": ("a: !!int 1\n", [("yaml-tag", 1, 4)]),
    "a merge key": ("a:\n  <<: {b: 1}\n", [("yaml-merge", 2, 3)]),
    "a second document": ("a: 1\n---\nb: 2\n", [("yaml-documents", 2, 1)]),
    "a list where keys are expected": ("- a\n", [("value-kind", 1, 1)]),
    "plain text where keys are expected": ("just text\n", [("value-kind", 1, 1)]),
    "a list as a key": ("? [a]\n: b\n", [("value-kind", 1, 3)]),
    "an empty key": ("~: b\n", [("value-kind", 1, 1)]),
    "a comment that cuts a value": ("a: The #1 city\n", [("yaml-comment", 1, 8)]),
    "a NUL": ("a: b\x00c\n", [("text-encoding", 1, 5)]),
    "an escaped control character": ('a: "b\\x01"\n', [("text-encoding", 1, 4)]),
    "a byte that is not UTF-8": (b"a: b\nc: \xff\n", [("text-encoding", 2, 4)]),
    "half a surrogate pair": ('a: "\\ud800"\n', [("yaml-syntax", 1, 7)]),
    "too deep": ("[" * 900, [("yaml-depth", 1, MAX_DEPTH + 2)]),
    "too many values": ("a: [" + "1," * MAX_VALUES + "]", [("yaml-size", 1, 2 * MAX_VALUES - 1)]),
    "too many bytes": ("#" * (MAX_BYTES + 1), [("yaml-size", None, None)]),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line_and_column(text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize("depth", [900, 1_001, 200_000])
def test_any_depth_is_refused_as_one_whichever_limit_is_met_first(depth: int) -> None:
    assert [code for code, *_ in faults("[" * depth)] == ["yaml-depth"]


def test_a_comment_after_two_words_and_a_space_is_no_fault() -> None:
    assert read("status: planned  # or retired\n").entries["status"].text == "planned"


def test_what_follows_an_alias_is_still_read() -> None:
    document, _ = read_yaml("x.yaml", b"a: *x\nb: kept\n")

    assert document is not None
    assert document.root.entries["b"] == Scalar("kept", 2, 4, 4)


def test_a_place_that_is_not_there_is_shown_at_the_nearest_one_above() -> None:
    document, _ = read_yaml("x.yaml", b"a:\n  b: c\n")

    assert document is not None
    assert (document.at("a", "none", "such").line, document.at("a", "b").line) == (2, 2)


def test_a_single_value_stands_for_a_list_of_one() -> None:
    document, _ = read_yaml("x.yaml", b"topics: streets\n")

    assert document is not None
    assert document.at("topics", 0).column == 9


@given(st.binary(max_size=400))
def test_no_bytes_raise(body: bytes) -> None:
    document, problems = read_yaml("x.yaml", body)

    assert document is not None or problems


@given(st.text(st.sampled_from("ab:-#&*!|>{}[],?'\"%@` \n\t~<é\u2028"), max_size=60))
def test_no_text_made_of_yaml_signs_raises(text: str) -> None:
    document, problems = read_yaml("x.yaml", text.encode())

    assert document is not None or problems


LEAVES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20)
TREES = st.recursive(
    LEAVES, lambda below: st.lists(below, max_size=4) | st.dictionaries(LEAVES, below, max_size=4), max_leaves=12
)


def plain(value: object) -> object:
    if isinstance(value, Group):
        return {key: plain(below) for key, below in value.entries.items()}
    if isinstance(value, Items):
        return [plain(item) for item in value.items]
    assert isinstance(value, Scalar)
    return value.text


@given(st.dictionaries(LEAVES.filter(lambda key: key != "<<"), TREES, min_size=1, max_size=4))
def test_what_pyyaml_writes_in_quotes_reads_back_the_same(tree: dict[str, object]) -> None:
    text = pyyaml.safe_dump(tree, allow_unicode=True, default_style='"', sort_keys=False)

    document, problems = read_yaml("x.yaml", text.encode())

    assert document is not None
    # PyYAML tags nothing in this style but numbers and dates that are text already.
    assert {each.code for each in problems} <= {"yaml-merge", "yaml-alias"}
    assert problems or plain(document.root) == tree
