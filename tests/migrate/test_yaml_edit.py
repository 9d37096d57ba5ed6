"""A change in a YAML file gives the value that was wanted, and leaves every other byte as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.files import FolderTree
from cityfolio.load.yaml import read_yaml
from cityfolio.migrate.yaml.changes import Change, applied, changes_between
from cityfolio.migrate.yaml.edit import edited, values_of
from cityfolio.migrate.yaml.text import flow_text, yaml_text
from cityfolio.model.records import DatasetRecord
from migrate.test_yaml_text import DOCUMENTS, KEYS, VALUES

RECORD = """\
# Kept by the parks team.
title: Street trees   # as residents say
description: |  # for the page
  Every tree.

  And every stump.

# Ask before you change these.
contact: {name: Parks}   # the desk
keywords: [oak, maple]
files:
  # The whole list:
  - path: trees.csv
    title: 'All trees'

  - title: Stumps   # few
    url: "https://example.gov/stumps"
# The dictionary.
columns:
  species: {title: Kind}
  # In feet, not meters.
  height:
    title: How tall   # to the top
    type: number
"""


def filled(value):
    """Values without keys that say nothing: to write them or not is the same."""
    if isinstance(value, dict):
        return {key: filled(below) for key, below in value.items() if below != ""}
    return [filled(below) for below in value] if isinstance(value, list) else value


FILLED = DOCUMENTS.map(filled)


def changed(*path: str | int, to: object, text: str = RECORD) -> str:
    """The record with one value changed."""
    before = values_of(text)
    return edited(text, changes_between(before, applied(before, Change(path=path, value=to)), DatasetRecord))


def commented(values: dict) -> dict[str, str]:
    """Each key as it is written, with a comment above it and a remark behind it where it is one line."""
    return {key: f"# about {number}\n{yaml_text({key: value})}" for number, (key, value) in enumerate(values.items())}


@settings(max_examples=60)
@given(FILLED, FILLED)
def test_the_changes_between_two_sets_of_values_make_one_of_the_other(before, after):
    text = "".join(commented(before).values())

    assert values_of(edited(text, changes_between(before, after))) == after


@settings(max_examples=60)
@given(FILLED, FILLED)
def test_what_stands_in_braces_and_brackets_is_changed_there(before, after):
    text = f"# first\ntop: {flow_text(before)}   # behind\nlast: {{a: [b, c]}}\n"
    changes = changes_between({"top": before, "last": {"a": ["b", "c"]}}, {"top": after, "last": {"a": ["x", "b"], "d": "e"}})

    result = edited(text, changes)

    assert values_of(result) == {"top": after, "last": {"a": ["x", "b"], "d": "e"}}
    assert result.startswith("# first\ntop:")
    assert result.endswith("last: {a: [x, b], d: e}\n")


@settings(max_examples=60)
@given(DOCUMENTS.filter(bool), VALUES, st.data())
def test_a_value_that_is_replaced_leaves_the_text_of_all_others_as_it_was(values, value, data):
    key = data.draw(st.sampled_from(sorted(values)))
    blocks = commented(values)
    expected = {**blocks, key: blocks[key].partition("\n")[0] + "\n" + yaml_text({key: value})}

    result = edited("".join(blocks.values()), [Change(path=(key,), value=value)])

    # A single text keeps the marks of the block it stands in; the others are compared letter by letter.
    assert values_of(result) == {**values, key: value}
    assert all(expected[other] in result for other in values if other != key)


@settings(max_examples=60)
@given(DOCUMENTS.filter(bool), KEYS, VALUES)
def test_a_key_that_is_added_leaves_the_whole_text_as_it_was(values, key, value):
    text = "".join(commented(values).values())

    result = edited(text, [Change(path=(key,), value=value)] if key not in values else [])

    assert result.startswith(text)


@settings(max_examples=60)
@given(DOCUMENTS.filter(lambda values: len(values) > 1), st.data())
def test_a_key_that_is_removed_takes_its_lines_and_no_others(values, data):
    key = data.draw(st.sampled_from(sorted(values)))
    blocks = commented(values)
    expected = {**blocks, key: blocks[key].partition("\n")[0] + "\n"}

    result = edited("".join(blocks.values()), [Change(path=(key,), value=None)])

    assert result == "".join(expected.values())


@pytest.mark.parametrize(("path", "to", "old", "new"), [
    (("title",), "Trees", "title: Street trees   #", "title: Trees   #"),
    (("title",), "Trees: all", "title: Street trees   #", 'title: "Trees: all"   #'),
    (("description",), "Short.", "|  # for the page\n  Every tree.\n\n  And every stump.\n", "Short.  # for the page\n"),
    (("description",), "A\nB\n", "  Every tree.\n\n  And every stump.\n", "  A\n  B\n"),
    (("summary",), "One.", "as residents say\n", "as residents say\nsummary: One.\n"),
    (("contact", "email"), "a@example.gov", "{name: Parks}", "{name: Parks, email: a@example.gov}"),
    (("contact", "name"), None, "contact: {name: Parks}   # the desk\n", "contact: {}   # the desk\n"),
    (("keywords",), ["maple", "elm"], "[oak, maple]", "[maple, elm]"),
    (("files", 0, "title"), None, "    title: 'All trees'\n", ""),
    (("files", 1, "title"), None, '- title: Stumps   # few\n    url: "', '- url: "'),
    (("files", 1), None, '  - title: Stumps   # few\n    url: "https://example.gov/stumps"\n', ""),
    (("files", 1, "path"), "s.csv", "- title: Stumps", "- path: s.csv\n    title: Stumps"),
    (("columns", "species", "type"), "string", "{title: Kind}", "{title: Kind, type: string}"),
    (("columns", "height", "type"), None, "    type: number\n", ""),
    (("columns", "age"), {"title": "Age"}, "    type: number\n", "    type: number\n  age: {title: Age}\n"),
], ids=str)
def test_a_change_is_made_where_a_person_would_make_it(path, to, old, new):
    assert changed(*path, to=to) == RECORD.replace(old, new)


def test_an_item_is_put_between_two_others():
    values = values_of(RECORD)
    after = {**values, "files": [values["files"][0], {"url": "https://example.gov/more", "title": "More"}, values["files"][1]]}

    result = edited(RECORD, changes_between(values, after, DatasetRecord))

    assert result == RECORD.replace(
        "    title: 'All trees'\n", "    title: 'All trees'\n  - url: https://example.gov/more\n    title: More\n")


def test_a_group_in_braces_that_outgrows_its_line_is_written_below_its_key():
    result = changed("columns", "species", "description", to="Word " * 30 + "end.")

    assert f"  species:\n    title: Kind\n    description: {'Word ' * 30}end.\n" in result


def test_line_breaks_of_windows_and_a_byte_order_mark_stay():
    text = "\ufeff" + RECORD.replace("\n", "\r\n")

    assert changed("summary", to="A\nB", text=text) == text.replace(
        "as residents say\r\n", "as residents say\r\nsummary: |-\r\n  A\r\n  B\r\n")


def test_a_last_line_without_an_end_is_ended_first():
    assert changed("summary", to="One.", text="title: Trees") == "title: Trees\nsummary: One."


LINES = "keywords: [\n  a, # first\n  b, # second\n  c # third\n]   # of words\ntitle: Trees\n"


@pytest.mark.parametrize(("to", "text", "expected"), [
    (["a", "b"], LINES, LINES.replace("b,", "b").replace("  c # third\n", "")),
    (["a", "c"], LINES, LINES.replace("  b, # second\n", "")),
    (["b", "c"], LINES, LINES.replace("  a, # first\n", "")),
    (["a", "b"], LINES.replace("c #", "c, #"), LINES.replace("  c # third\n", "")),
    (["a", "b"], LINES.replace("c # third\n", "c]").replace("]]", "]"), LINES.replace("b,", "b").replace("c # third\n", "")),
    (["b", "c"], LINES.replace("[\n  a", "[a"), LINES.replace("\n  a, # first", "")),
    (["a", "c"], LINES.replace("first\n", "first\n  # about b\n"), LINES.replace("b, # second", "# about b")),
    (["a", "b"], LINES.replace("\n", "\r\n"), LINES.replace("b,", "b").replace("  c # third\n", "").replace("\n", "\r\n")),
    (["a", "c"], "keywords: [a, b, # two\n  c]\n", "keywords: [a, # two\n  c]\n"),
], ids=["last", "middle", "first", "comma behind the last", "bracket behind the last", "bracket before the first",
        "comment above", "lines of Windows", "two on a line"])
def test_comments_in_brackets_stay_with_their_values_when_one_is_removed(to, text, expected):
    assert changed("keywords", to=to, text=text) == expected


def test_comments_in_braces_stay_with_their_values_when_one_is_removed():
    text = "contact: {\n  name: Parks, # the desk\n  email: a@example.gov # read daily\n}\n"

    assert changed("contact", "email", to=None, text=text) == "contact: {\n  name: Parks # the desk\n}\n"


@pytest.mark.parametrize("text", [
    "description: |\n  Every tree.\nkeywords:\n  # Ask Jo first.\n  - oak # red\n  # As signs say.\n  - elm\ntitle: Trees\n",
    "description: |\n  Every tree.\nkeywords: [\n  # Ask Jo first.\n  oak, # red\n  elm\n  # As signs say.\n]\ntitle: Trees\n",
], ids=["an item a line", "brackets"])
def test_comments_on_lines_of_their_own_stay_when_a_list_is_emptied(text):
    assert changed("keywords", to=None, text=text) == (
        "description: |\n  Every tree.\n# Ask Jo first.\n# As signs say.\ntitle: Trees\n")


def test_lines_of_a_text_that_look_like_comments_go_with_their_list():
    text = "keywords:\n  - |\n    oak\n    # elm\ntitle: Trees\n"

    assert changed("keywords", to=None, text=text) == "title: Trees\n"


@pytest.mark.parametrize("text", ["---\n# hello\n", "# hello\n---\n", "--- # hello\n", "%YAML 1.1\n---\n"])
def test_a_file_that_begins_and_holds_nothing_gets_its_first_key_below_its_comments(text):
    assert changed("title", to="Trees", text=text) == f"{text}title: Trees\n"


def test_a_file_of_comments_alone_gets_its_first_key_below_them():
    assert changed("title", to="Trees", text="# nothing yet\n") == "# nothing yet\ntitle: Trees\n"


def test_yaml_that_nobody_writes_by_hand_is_written_anew_and_says_what_was_wanted():
    assert values_of(changed("contact", "name", to="Desk", text="? contact\n: ? name\n  : Parks\n")) == {
        "contact": {"name": "Desk"}}


def test_the_demonstration_takes_a_change_of_every_title_and_nothing_else(demonstration_records):
    for text in demonstration_records:
        title = values_of(text)["title"]
        result = changed("title", to="Changed", text=text)

        assert result.split("\n")[1:] == text.split("\n")[1:], title
        assert read_yaml("x", result.encode())[1] == ()


@pytest.fixture
def demonstration_records():
    from cityfolio.begin import starter_root

    tree = FolderTree(starter_root())
    return [tree.read(node.path).decode() for node in tree.nodes() if node.path.endswith("/dataset.yaml")]


def test_a_group_that_is_written_anew_keeps_true_without_quotation_marks():
    text = "columns:\n  a: {title: A, required: true, unit: no}\n"
    new = [Change(path=("columns", "a", "description"), value="One.\n\nTwo.\n")]

    assert edited(text, new) == ("columns:\n  a:\n    title: A\n    required: true\n    unit: no\n"
                                 "    description: |\n      One.\n\n      Two.\n")
