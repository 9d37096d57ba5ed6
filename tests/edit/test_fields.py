"""Values that a form writes are the values that the loader reads, and what is not changed stays as it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cityfolio.load.rooms import ROOMS
from cityfolio.load.yaml import FORBIDDEN, Items, Scalar, Value, read_yaml
from cityfolio.model.keys import Boolean, keys_of
from cityfolio.model.records import ColumnRecord, DatasetRecord, FileRecord
from cityfolio.reference import FILES, GROUPS
from cityfolio.review.form_rules import form_rules
from edit.judging_process import Form, form, in_json

pytestmark = pytest.mark.npm
CATALOG = Path(__file__).resolve().parents[2] / "catalog"
ODD = ("true", "null", "~", "", "- a", "a: b", "a #b", " x ", "\n", "a\n\n", "\n\na", " \na", "\ta\n b", "---", "... a", "#",
       "a\r\nb", "'", '"', "\\", "[", "{a", "? x", "x:", "<<", "=", "01", "éü", "\U0001f333 a\nb", "%", "@", "a\n b\n  c\n",
       "x" * 120, "word " * 40, "|", ">", "!x", "&a", "*a", "\u2028", "\x85", "\ufeff")
LETTERS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12).map(lambda text: FORBIDDEN.sub("", text))
TEXTS = st.one_of(LETTERS, st.sampled_from(ODD), st.lists(st.sampled_from(ODD), max_size=3).map("\n".join))
KEYS = st.one_of(LETTERS.filter(bool), st.sampled_from(("title", "sensitive", "files", "... 0", "2", "1")))
VALUES = st.recursive(TEXTS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
                      max_leaves=12)
COMMENTED = """\
# At the top
title: 'Trees'   # why
files:
  # The first
  - path: trees.csv  # all

  # The second
  - path: parks.csv
    title: |
      Parks

      and more
topics: [nature, \U0001f333]  # some
contact: {name: Team, email: a@example.gov}
columns:
- one
empty:
last: >-
  fold
  ed
# At the end
"""
CHANGED = {
    "a title": (["title"], "Elms", ("title: 'Trees'   # why", "title: Elms   # why")),
    "a title of two lines": (["title"], "a\nb", ("title: 'Trees'   # why", "title: |-   # why\n  a\n  b")),
    "a key more in braces": (["contact", "phone"], "1", ("a@example.gov}", 'a@example.gov, phone: 1}')),
    "a key less in braces": (["contact", "name"], None, ("{name: Team, email", "{email")),
    "an item more in brackets": (["topics", 2], "water", ("\U0001f333]", "\U0001f333, water]")),
    "an item less in brackets": (["topics", 1], None, ("nature, \U0001f333]", "nature]")),
    "a block": (["files", 1, "title"], "Parks", ("|\n      Parks\n\n      and more", "Parks")),
    "an item more": (["files", 2], {"path": "a.csv"}, ("and more\n", "and more\n  - path: a.csv\n")),
    "an item less": (["columns", 0], None, ("columns:\n- one\n", "columns: []\n")),
    "a key without a value": (["empty"], "no more", ("empty:", "empty: no more")),
    "a folded text": (["last"], "flat", (">-\n  fold\n  ed", "flat")),
    "a key more": (["new"], ["a", "b"], ("  ed\n", "  ed\nnew: [a, b]\n")),
    "a key less": (["empty"], None, ("empty:\n", "")),
    "what is not there": (["nothing"], None, ("", "")),
}


@pytest.fixture(scope="module")
def writing(node: Path) -> Iterator[Form]:
    """The form's part, in one process for all texts."""
    with form(node) as process:
        yield process


def plain(value: Value) -> Any:  # Any: text, lists, groups
    """A value without its places."""
    if isinstance(value, Scalar):
        return value.text or ""
    return [plain(item) for item in value.items] if isinstance(value, Items) else {
        name: plain(each) for name, each in value.entries.items()}


def read(text: str) -> Any:  # Any: text, lists, groups
    """What the loader reads in a text in which nothing is wrong."""
    document, problems = read_yaml("a.yaml", text.encode())
    assert document is not None
    assert problems == ()
    return plain(document.root)


def changes(values: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # Any: as above
    """The path to every value."""
    below = values.items() if isinstance(values, Mapping) else enumerate(values) if isinstance(values, list) else ()
    for step, each in below:
        yield (*path, step)
        yield from changes(each, (*path, step))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(values=st.dictionaries(KEYS, VALUES, max_size=5))
def test_a_new_file_holds_what_was_given(writing: Form, values: dict[str, Any]) -> None:
    [text] = writing.ask("write", documents=[in_json(values)])

    assert read(text) == values


def test_a_new_file_has_its_keys_in_their_documented_order(writing: Form) -> None:
    values = {"columns": {"a": {"type": "date", "title": "A"}}, "title": "Trees", "files": [{"title": "x", "path": "a.csv"}],
              "odd": "1"}

    [text] = writing.ask("write", rules=form_rules(), group="DatasetRecord", documents=[in_json(values)])

    assert text == ("title: Trees\nfiles:\n  - path: a.csv\n    title: x\ncolumns:\n  a: {title: A, type: date}\nodd: 1\n")


@pytest.mark.parametrize(("path", "value", "swap"), CHANGED.values(), ids=CHANGED)
def test_a_change_touches_its_place_alone(writing: Form, path: list[str | int], value: Any, swap: tuple[str, str]) -> None:
    [text] = writing.ask("change", changes=[{"text": COMMENTED, "path": path, "value": in_json(value)}])

    assert text == COMMENTED.replace(*swap)


def test_a_key_more_follows_those_that_come_before_it(writing: Form) -> None:
    [text] = writing.ask("change", changes=[{"text": "title: A\ncolumns: {}\n", "path": ["publisher"], "value": "parks",
                                             "order": list(keys_of(DatasetRecord))}])

    assert text == "title: A\npublisher: parks\ncolumns: {}\n"


def test_every_value_of_a_dataset_can_be_set_and_every_comment_stays(writing: Form) -> None:
    texts = [(CATALOG / "datasets" / name / "dataset.yaml").read_text("utf-8") for name in ("street-trees", "bike-counts")]
    asked = [{"text": text, "path": path, "value": "a: new # value"} for text in texts for path in changes(read(text))]

    made = writing.ask("change", changes=asked)

    pairs = list(zip(asked, made, strict=True))
    assert [each["path"] for each, text in pairs if at(read(text), each["path"]) != "a: new # value"] == []
    assert [each["path"] for each, text in pairs if comments(each["text"]) - comments(text)] == []


def at(values: Any, path: tuple[str | int, ...]) -> Any:  # Any: as above
    """The value that a path leads to."""
    for step in path:
        values = values[step]
    return values


def comments(text: str) -> Counter[str]:
    """The lines that are comments."""
    return Counter(line for line in text.splitlines() if line.lstrip().startswith("#"))


def test_keys_whose_value_is_true_or_false_stand_without_quotation_marks(writing: Form) -> None:
    names = sorted({name for record in (*FILES, *GROUPS) for name, key in keys_of(record).items()
                    if isinstance(key.kind, Boolean)})

    [text] = writing.ask("write", documents=[in_json(dict.fromkeys(names, "true"))])

    assert text == "".join(f"{name}: true\n" for name in names)


def test_rules_describe_every_key_of_every_kind_of_file() -> None:
    groups = form_rules(FILES)["groups"]

    assert {name: [key["name"] for key in each["keys"]] for name, each in groups.items()} == {
        record.__name__: list(keys_of(record)) for record in {*FILES, *GROUPS}}


def test_rules_of_a_dataset_are_those_of_its_groups_alone() -> None:
    rules = form_rules()

    assert rules["files"] == {"datasets/*/dataset.yaml": "DatasetRecord", "columns/*.yaml": "ColumnRecord"}
    assert {DatasetRecord.__name__, FileRecord.__name__, ColumnRecord.__name__} < rules["groups"].keys()
    assert not {record.__name__ for record in ROOMS.values()} - {ColumnRecord.__name__} & rules["groups"].keys()
