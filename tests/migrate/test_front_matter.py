"""Front matter that other people wrote, read whatever it takes."""

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from cityfolio.migrate.jkan.front_matter import MAX_BYTES, FrontMatter, read_front_matter, read_values
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.given import Values, as_words


def matter_of(text):
    """The front matter of a file with this YAML, and what was written down while reading it."""
    ledger = Ledger()
    content = text if isinstance(text, bytes) else f"---\n{text}---\n".encode()
    return read_front_matter(content, ledger), ledger.entries


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("title: Trees\n", {"title": "Trees"}),
        ("a: NO\nb: 012\nc: 1e3\nd: 2016-03-01\n", {"a": "NO", "b": "012", "c": "1e3", "d": "2016-03-01"}),
        ("a: null\nb: ~\nc:\nd: 'null'\ne: ''\n", {"a": None, "b": None, "c": None, "d": "null", "e": ""}),
        ("a: [x, y]\nb: {c: d}\n", {"a": ["x", "y"], "b": {"c": "d"}}),
        ("a: &one x\nb: *one\n", {"a": "x", "b": "x"}),
        ("a: &one {x: 1}\nb:\n  <<: *one\n  y: 2\n", {"a": {"x": "1"}, "b": {"x": "1", "y": "2"}}),
        ("a: !!str 5\n", {"a": "5"}),
        ("? [a, b]\n: c\n", {"a, b": "c"}),
        ("title: Trees # and parks\n", {"title": "Trees"}),
        ("", {}),
        ("# only a comment\n", {}),
        ('a: "\\ud83c\\udf33"\n', {"a": "🌳"}),
    ],
    ids=str,
)
def test_values_are_text_as_it_was_written(text, values):
    matter, entries = matter_of(text)

    assert (matter.values, entries) == (values, [])


@pytest.mark.parametrize(
    "content",
    [
        b"---\ntitle: Trees\n---\nMore text.\n",
        b"\xef\xbb\xbf---\r\ntitle: Trees\r\n---\r\nMore text.",
        b"---  \ntitle: Trees\n...\nMore text.",
    ],
    ids=["plain", "from Windows", "closed by dots"],
)
def test_the_text_below_is_kept(content):
    assert matter_of(content)[0] == FrontMatter(values={"title": "Trees"}, body="More text.")


@pytest.mark.parametrize(
    ("text", "values", "lines"),
    [
        ("url: \thttps://example.gov\n", {"url": "https://example.gov"}, 1),
        ("url: https://example.gov\t\n", {"url": "https://example.gov"}, 1),
        ("- name: \tTrees\n  url: \tx\n", [{"name": "Trees", "url": "x"}], 2),
        ("a:\n\t- b\n\t- c\n", {"a": ["b", "c"]}, 2),
        ("tags:\n-\tone\n- two\n", {"tags": ["one", "two"]}, 1),
    ],
    ids=["after a key", "at the end", "in a list", "as indentation", "after a dash"],
)
def test_a_tab_that_yaml_does_not_allow_is_removed_and_its_line_named(text, values, lines):
    ledger = Ledger()

    assert read_values(text, ledger)[0] == values
    assert [(each.kind, each.why) for each in ledger.entries] == [("mended", "a tab removed where YAML allows none")] * lines


def test_a_tab_inside_quoted_text_stays():
    matter, entries = matter_of("email: '\tdata@example.gov'\n")

    assert (matter.values, entries) == ({"email": "\tdata@example.gov"}, [])


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: Parks: a list", "Parks: a list"),
        ("title: @handle", "@handle"),
        ("title: `code`", "`code`"),
        ("title: %complete", "%complete"),
        ("title: *starred* words", "*starred* words"),
        ('title: "Big" trees', '"Big" trees'),
        ("title: 'It's here'", "It's here"),
        ("title: [draft] Trees", "[draft] Trees"),
        ("title: *starred", "*starred"),
        ("title: [draft", "[draft"),
        ("title: &a [*a]", "&a [*a]"),
        ("title: {{ site.title }} trees", "{{ site.title }} trees"),
    ],
    ids=str,
)
def test_a_value_that_needs_quotation_marks_gets_them(line, value):
    matter, entries = matter_of(f"before: x\n{line}\nafter: y\n")

    assert matter.values == {"before": "x", "title": value, "after": "y"}
    assert [(each.field, each.why, each.before) for each in entries] == [("title", "put in quotation marks", line)]


def test_a_text_that_goes_on_at_the_margin_is_kept_whole():
    matter, entries = matter_of("notes: Trees of the city\nand of its parks\ntitle: Trees\n")

    assert matter.values == {"notes": "Trees of the city and of its parks", "title": "Trees"}
    assert [each.why for each in entries] == ["indented, because it continues a text"]


def test_a_repeated_key_keeps_its_last_value_and_the_others_are_kept_aside():
    matter, _ = matter_of("files:\n- about: x\n  name: A\n  url: a\n  name: B\n  url: b\n  name: C\n  url: c\n")

    assert matter.values == {"files": [{"about": "x", "name": "C", "url": "c"}]}
    assert matter.hidden == (("files[1]", {"name": "A", "url": "a"}), ("files[1]", {"name": "B", "url": "b"}))


def test_a_file_that_is_not_utf_8_is_read_as_windows_wrote_it():
    matter, entries = matter_of(b"---\ntitle: Caf\xe9 \x93list\x94\n---\n")

    assert matter.values == {"title": "Café “list”"}
    assert [each.why for each in entries] == ["read as Windows-1252, because it is not UTF-8"]


@pytest.mark.parametrize(
    "text", ["title: Tr\x00ees\n", "title: Tr\x1fees\n", "title: Tr\x80ees\n", 'title: "Tr\\0ees"\n'], ids=repr
)
def test_control_characters_are_removed_and_that_is_said(text):
    matter, entries = matter_of(text)

    assert matter.values == {"title": "Trees"}
    assert [each.why for each in entries] == ["control characters removed"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"title: Trees\n", "no front matter"),
        (b"---\ntitle: Trees\n", "no front matter"),
        (b"", "no front matter"),
        (b"---\n- a\n- b\n---\n", "not a group of keys"),
        (b"---\njust words\n---\n", "not a group of keys"),
        (b"---\n}\n---\n", "not YAML"),
        (b"---\na: 'never closed\n---\n", "not YAML"),
        (b"---\n" + b"a: [" * 200_000 + b"\n---\n", "nested too deeply"),
        (b"---\na: " + b"[" * 80 + b"]" * 80 + b"\n---\n", "nested too deeply"),
        (b"---\n" + b"- " * 200_000 + b"\n---\n", "nested too deeply"),
        (b"---\na: &a [" + b"x, " * 300 + b"x]\nb: &b [" + b"*a, " * 300 + b"*a]\nc: [*b, *b]\n---\n", "too many"),
        (b"---\na: " + b"x" * MAX_BYTES + b"\n---\n", "characters"),
    ],
    ids=[
        "none",
        "not closed",
        "empty",
        "a list",
        "words",
        "a bracket",
        "a quotation mark",
        "depth unclosed",
        "depth",
        "depth of lists",
        "aliases",
        "size",
    ],
)
def test_what_cannot_be_read_is_said_and_not_raised(content, why):
    found, _ = matter_of(content)

    assert isinstance(found, str)
    assert why in found


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_file_raises(content):
    assert isinstance(matter_of(b"---\n" + content + b"\n---\n")[0], (FrontMatter, str))


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from(list("ab: \n\t-'\"[]{}&*!|>#%@`?,")), max_size=60))
def test_no_yaml_raises(text):
    assert read_values(text, Ledger()) is not None


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(st.characters(codec="ascii", categories=["L"]), min_size=1),
        st.one_of(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.lists(st.text("ab: #"))),
    )
)
def test_what_a_yaml_library_wrote_is_read_as_it_was(values):
    ledger = Ledger()
    text = yaml.safe_dump(values, allow_unicode=True)

    assert (Values(ledger).read(text), ledger.entries) == (values, [])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("  x ", "x"),
        (["a", None, "b"], "a, b"),
        ({"k": "v", "n": None}, "k: v"),
        ([{"a": "1", "b": "2"}], "a: 1; b: 2"),
    ],
    ids=repr,
)
def test_a_value_becomes_words_where_only_words_fit(value, words):
    assert as_words(value) == words
