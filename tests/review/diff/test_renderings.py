"""A difference as text, as a comment, for programs, and at lines; and that no word of a city's files does anything there."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt

from cities import CSV, NOW, TREES, a_city
from cityfolio.model.review import Change, Diff
from cityfolio.problems import Location
from cityfolio.review.as_markdown import MOST_BYTES, as_markdown, escaped
from cityfolio.review.as_text import as_text
from cityfolio.review.diff_json import as_annotations, as_json
from review.diff.comparing import compared

DAY = NOW.date()
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ATTACKS = ["<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "![a](https://evil.example/x.png)", "a | b | c", "\\",
           "</details>", "`code`", "**bold**", "https://evil.example/", "www.evil.example", "<!-- -->", "&lt;b&gt;", "~~gone~~",
           "a\n\n# b", "```", "</pre>", "[x]: https://evil.example", "@everyone", "#12", "<https://evil.example>", "\x1b[31m",
           "\u202e"]


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.text = set(), ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


def rendered(markdown):
    tags = Tags()
    tags.feed(MARKDOWN.render(markdown))
    return tags


def a_change(says="the column height is gone", **changed):
    return Change(**{"kind": "column-removed", "weight": "breaking", "about": "datasets/trees", "says": says,
                     "where": Location(path="datasets/trees/dataset.yaml", line=4), **changed})


def a_diff(*changes, refused=()):
    return Diff(base="main", head="catalog", changes=changes, refused=refused)


def renamed():
    return compared(a_city(), a_city(**{"datasets__trees__dataset.yaml": TREES.replace("height:", "tallness:"),
                                        "datasets__trees__trees.csv": CSV.replace("height", "tallness")}))


def test_text_names_the_change_its_place_and_the_note_to_write():
    text = as_text(renamed(), "catalog", DAY)

    assert re.search(r"height of trees.csv is called tallness now \[column-renamed\]\n +catalog/datasets/trees/dataset.yaml:12",
                     text)
    assert "catalog/changes/2026-06-30-trees-column-renamed.md" in text


def test_text_says_when_there_is_nothing():
    assert as_text(a_diff(), "catalog", DAY) == "Nothing differs between main and catalog.\n"


def test_text_cannot_drive_a_terminal():
    assert "\x1b" not in as_text(a_diff(a_change("\x1b[31m red")), "catalog", DAY)


def test_a_comment_opens_with_how_much_there_is():
    assert "1 change from before to after: 1 breaking; 1 without the note they need." in rendered(as_markdown(renamed(),
                                                                                                              "", DAY)).text


def test_nothing_in_a_comment_is_more_than_its_own_markup():
    changes = [a_change(attack, about=f"datasets/{attack}", part=attack, before=attack, after=attack, breaks=(attack,),
                        note=attack,
                        where=Location(path=attack, line=1)) for attack in ATTACKS]
    harmless = rendered(as_markdown(a_diff(*(a_change("plain", about="datasets/plain", breaks=("x",),
                                                      note="n") for _ in changes),
                                           refused=changes[:0]), "", DAY)).tags

    assert rendered(as_markdown(a_diff(*changes), "", DAY)).tags <= harmless


def test_rows_in_a_comment_are_no_more_than_their_own_markup():
    rows = CSV + "".join(f'"{attack}",1\n' for attack in ATTACKS if '"' not in attack and "\x1b" not in attack)

    tags = rendered(as_markdown(compared(a_city(), a_city(**{"datasets__trees__trees.csv": rows})), "", DAY)).tags

    assert tags <= {"h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "details", "summary", "br"}


@given(st.text(max_size=60))
def test_any_text_is_shown_as_it_is(text):
    shown = rendered(f"x {escaped(text)} x")

    assert shown.tags == {"p"}
    assert re.sub(r"\s+", "", shown.text.replace("\u200b", "")) == re.sub(
        r"\s+", "", "x" + "".join(each if each in "\n\t " or _is_shown(each) else "\ufffd" for each in text) + "x")


def _is_shown(letter):
    from unicodedata import category

    return category(letter)[0] not in "CZ"


def test_a_comment_ends_before_a_host_refuses_it_and_says_how_much_is_left_out():
    comment = as_markdown(a_diff(*(a_change("|" * 300, about=f"datasets/number-{number}") for number in range(2_000))), "", DAY)

    assert len(comment.encode()) <= MOST_BYTES
    assert re.search(r"and 1,\d{3} more changes", comment)


def test_a_comment_is_found_again_by_its_first_line():
    assert as_markdown(a_diff(), "", DAY).startswith("<!-- cityfolio diff -->\n")


def test_programs_get_every_change_with_its_place_and_the_notes():
    told = json.loads(json.dumps(as_json(renamed(), "catalog", DAY)))

    assert told["counts"]["breaking"] == told["refused"] == 1
    assert [(each["kind"], each["path"], each["line"]) for each in told["changes"] if each["refused"]] == [
        ("column-renamed", "catalog/datasets/trees/dataset.yaml", 12)]
    assert [each["path"] for each in told["notes"]] == ["catalog/changes/2026-06-30-trees-column-renamed.md"]


def test_what_is_refused_is_an_error_at_its_line():
    lines = as_annotations(renamed(), "catalog", DAY, {"datasets/trees/dataset.yaml"}).splitlines()

    assert lines[0].startswith("::error file=catalog/datasets/trees/dataset.yaml,line=12,col=3,title=change-unexplained::")


def test_what_is_explained_is_a_warning():
    (line,) = as_annotations(a_diff(a_change(note="x")), "", DAY, {"datasets/trees/dataset.yaml"}).splitlines()

    assert line.startswith("::warning file=datasets/trees/dataset.yaml,line=4,title=column-removed::")


def test_what_is_gone_is_told_without_a_line():
    (line,) = as_annotations(a_diff(a_change()), "", DAY, ()).splitlines()

    assert line.startswith("::warning file=datasets/trees/dataset.yaml,title=column-removed::")


def test_a_comment_names_paths_from_the_root_of_the_repository():
    comment = rendered(as_markdown(renamed(), "city/catalog", DAY)).text

    assert "city/catalog/datasets/trees/dataset.yaml:12" in comment
    assert "city/catalog/changes/2026-06-30-trees-column-renamed.md" in comment


@pytest.mark.parametrize("word", ["a@b.gov", "@mayor", "#12", "GH-12", "gh-7", "!3", "~bug", "%2", "$4"])
@pytest.mark.parametrize("field", ["says", "about", "part", "where"])
def test_no_word_in_a_comment_is_an_address_a_mention_or_an_issue(word, field):
    change = a_change(**{field: Location(path=word) if field == "where" else word})

    assert word not in rendered(as_markdown(a_diff(change), "", DAY)).text


@given(st.lists(st.tuples(st.sampled_from(["|", "x", "\u00e9", "\U0001f333"]), st.integers(1, 300)), max_size=60))
@settings(max_examples=25)
def test_a_comment_of_any_letters_fits_in_what_hosts_take(texts):
    changes = [a_change(letter * number, about=f"datasets/{letter * number}", breaks=(letter * number,) * 6)
               for letter, number in texts * 6]
    diff = a_diff(*changes, refused=tuple(changes))

    comment = as_markdown(diff, "catalog", DAY)

    told = sum(line.startswith("| \U0001f534") for line in comment.splitlines())
    left = re.search(r"and ([\d,]+) more changes?;", comment)
    assert len(comment.encode()) <= MOST_BYTES
    assert told + int(left[1].replace(",", "") if left else 0) == len(changes)
