"""What is written as YAML comes back as it was meant, and looks as a person would have written it."""

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from cityfolio.load.yaml import FORBIDDEN, Group, Items, Scalar, read_yaml
from cityfolio.migrate.yaml.text import LINE, carried, in_order, record_text, yaml_text
from cityfolio.model.records import DatasetRecord, SiteRecord

ANY_TEXT = st.text(st.characters(codec="utf-8")).map(carried)
# Letters that mean something to YAML, close together, find more than all of Unicode does.
TRICKY = st.text(st.sampled_from(list("a1 :#-?|>'\"\\{}[],&*!%@`=<~\n\t\r.\x85\u2028\u2029\ufeff\u00a0\x80é")), max_size=12)
KEYS = st.one_of(st.text(st.sampled_from(list("ab_: #-\"'{,é\n\t?")), max_size=8), ANY_TEXT.map(lambda text: text[:50]))
VALUES = st.recursive(
    st.one_of(ANY_TEXT, TRICKY),
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(KEYS, below, max_size=4)),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=5)
RECORDS = st.dictionaries(st.sampled_from(["title", "notes", "keywords"]), VALUES, max_size=3)


def as_read_strictly(value):
    """The value that the catalog's own loader saw, with null as the empty text that it stands for."""
    match value:
        case Scalar(text=text):
            return text or ""
        case Items(items=items):
            return [as_read_strictly(item) for item in items]
        case Group(entries=entries):
            return {key: as_read_strictly(below) for key, below in entries.items()}


@settings(max_examples=80)
@given(DOCUMENTS)
def test_what_is_written_is_what_the_portable_parser_reads(meant):
    assert yaml.load(yaml_text(meant), yaml.BaseLoader) == meant


@settings(max_examples=80)
@given(DOCUMENTS)
def test_what_is_written_is_what_the_fast_parser_reads(meant):
    assert yaml.load(yaml_text(meant), getattr(yaml, "CBaseLoader", yaml.BaseLoader)) == meant


@settings(max_examples=80)
@given(RECORDS)
def test_what_is_written_is_what_the_catalog_loader_reads(meant):
    document, problems = read_yaml("x.yaml", yaml_text(meant).encode())

    assert (problems, as_read_strictly(document.root)) == ((), meant)


@given(st.text())
def test_what_is_carried_holds_nothing_that_the_loader_refuses(text):
    assert FORBIDDEN.search(carried(text)) is None


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"])))
def test_text_without_control_characters_is_carried_whole(text):
    assert carried(text) == text


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Service requests (311)", "k: Service requests (311)"),
        ("Parks: a list", 'k: "Parks: a list"'),
        ("A #1 city", 'k: "A #1 city"'),
        ("no", 'k: "no"'),
        ("", 'k: ""'),
        ("2016-03-01", "k: 2016-03-01"),
        ("* starred", 'k: "* starred"'),
        ('the "big" one: here', "k: 'the \"big\" one: here'"),
        ("it's fine", "k: it's fine"),
        ("https://example.gov/a?b=c#d", "k: https://example.gov/a?b=c#d"),
        ("a\ttab", 'k: "a\\ttab"'),
        (["streets", "two words"], "k: [streets, two words]"),
        (["a, b", "c"], 'k: ["a, b", c]'),
        ({"start": "2016", "end": "2017"}, "k: {start: 2016, end: 2017}"),
        ([], "k: []"),
    ],
    ids=str,
)
def test_a_value_is_quoted_only_where_that_helps(value, line):
    assert yaml_text({"k": value}) == f"{line}\n"


def test_long_text_is_a_block():
    assert yaml_text({"description": "One.\n\n- two\n"}) == "description: |\n  One.\n\n  - two\n"


def test_a_long_list_stands_one_word_below_the_other():
    words = ["w" * (LINE // 2), "x" * (LINE // 2)]

    assert yaml_text({"keywords": words}) == f"keywords:\n  - {words[0]}\n  - {words[1]}\n"


def test_names_given_by_a_city_stand_one_below_the_other():
    assert yaml_text({"notes": {"Source": "a", "Usage": "b"}}) == "notes:\n  Source: a\n  Usage: b\n"


def test_files_are_a_list_of_groups():
    text = yaml_text({"files": [{"url": "https://example.gov/a.csv", "title": "A"}, {"path": "b.csv"}]})

    assert text == "files:\n  - url: https://example.gov/a.csv\n    title: A\n  - path: b.csv\n"


def test_keys_are_in_the_documented_order_at_every_level():
    values = {"files": [{"format": "CSV", "url": "u"}], "contact": {"email": "e", "name": "n"}, "title": "T"}

    assert list(in_order(DatasetRecord, values)) == ["title", "contact", "files"]
    assert list(in_order(DatasetRecord, values)["contact"]) == ["name", "email"]
    assert list(in_order(DatasetRecord, values)["files"][0]) == ["url", "format"]


@pytest.mark.parametrize("nothing", [None, "", (), [], {}], ids=repr)
def test_a_key_without_a_value_is_left_out(nothing):
    assert record_text(SiteRecord, {"name": "Open data", "tagline": nothing}) == "name: Open data\n"


def test_a_file_without_any_value_is_an_empty_group():
    assert yaml_text({}) == "{}\n"
