"""What a form proposes of a data file is what `cityfolio describe` proposes; its patches are what git takes."""

from __future__ import annotations

import subprocess

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from cityfolio.describe.draft import draft
from cityfolio.describe.seen import look
from cityfolio.files import MemoryTree
from cityfolio.migrate.values.names import slug
from cityfolio.migrate.yaml.text import yaml_text
from cityfolio.model.records import FileRecord
from cityfolio.privacy.suspicion import suspicion, suspicious_words
from cityfolio.tables.table import TableJob
from edit.form_process import forms

pytestmark = pytest.mark.npm

WORDS = suspicious_words()
TREES = "tree_id,species,height,planted,is_old,owner name\n" + "".join(
    f"T{at},{'oak' if at % 3 else 'elm'},{at / 2},20{10 + at % 10}-0{1 + at % 9}-11,{'true' if at % 2 else 'false'},Ann {at}\n"
    for at in range(24))
STRANGE = 'code;"a ""b""";empty;free\n1;x;;"two\nlines"\n2;y;;NA\n1;x;;3\n2;y;;4\n'
NUMBERS = "zip,visits,share,seen\r\n01234,5,0.5,2026-01-01T10:00:00Z\r\n28202,NA,1,2026-02-30\r\n28203,7,,\r\n"
PEOPLE = "case,who,call\n1,ann@example.org,704-555-0100\n2,,\n3,bob,\n"


@pytest.fixture(scope="module")
def ask(node):
    with forms(node) as asked:
        yield asked


def drafted(text):
    """The columns that the command proposes, without what it says in comments."""
    body = text.encode()
    seen = look(MemoryTree({"a.csv": body}), TableJob(path="a.csv", size_bytes=len(body), file=FileRecord(path="a.csv")))
    columns = yaml.load(draft(seen, seen.report.profile), Loader=yaml.BaseLoader)["columns"]
    return {name: {key: [[*each] for each in value.items()] if isinstance(value, dict) else value
                   for key, value in (keys or {}).items()} for name, keys in columns.items()}


@pytest.mark.parametrize("text", [TREES, STRANGE, NUMBERS, PEOPLE], ids=["trees", "strange", "numbers", "people"])
def test_a_form_proposes_the_columns_that_the_command_proposes(ask, text):
    answer = ask("describe", pieces=[text], words=WORDS)

    assert {each["name"]: each["keys"] for each in answer["columns"]} == drafted(text)


@pytest.mark.parametrize("text", [TREES, STRANGE, NUMBERS], ids=["trees", "strange", "numbers"])
def test_a_file_that_comes_in_small_pieces_is_read_as_a_whole(ask, text):
    whole = ask("describe", pieces=[text], words=WORDS)

    assert ask("describe", pieces=[*text], words=WORDS) == whole


def test_columns_that_look_personal_are_pointed_out(ask):
    columns = ask("describe", pieces=[TREES], words=WORDS)["columns"] + ask("describe", pieces=[PEOPLE], words=WORDS)["columns"]

    assert {each["name"]: each["personal"] for each in columns if each["personal"]} == {
        "owner name": "name", "who": "emails", "call": "phones"}


def test_nothing_that_stands_in_a_personal_column_is_proposed_as_a_bound(ask):
    columns = ask("describe", pieces=["dob\n1980-01-02\n1990-01-02\n"], words=WORDS)["columns"]

    assert columns[0]["seen"] is None


@pytest.mark.parametrize(("text", "fault"), [
    ("a,b\n1,2,3\n", {"fault": "csv-fields", "values": {"row": 1, "found": 3, "expected": 2}}),
    ('a,b\n1,"2\n', {"fault": "csv-quote", "values": {"row": 1}}),
    ('a,b\n1,"2"3\n', {"fault": "csv-quote", "values": {"row": 1}}),
    ("a,a\n1,2\n", {"fault": "csv-twice", "values": {"name": "a"}}),
    ("a,b,\n1,2,3\n", {"fault": "csv-unnamed", "values": {"number": 3}}),
    ("\n", {"fault": "csv-empty", "values": {}}),
    ("", {"fault": "csv-empty", "values": {}}),
])
def test_what_is_no_table_is_refused_with_its_place(ask, text, fault):
    assert ask("describe", pieces=[text], words=WORDS) == fault


@given(names=st.lists(st.tuples(st.text(max_size=30) | st.lists(st.sampled_from(WORDS["vocabulary"]), max_size=4).map("_".join)
                                | st.lists(st.sampled_from(WORDS["vocabulary"]), max_size=3).map("".join),
                                st.sampled_from(["string", "integer", "date"])), max_size=50))
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_name_is_suspicious_in_the_form_where_it_is_to_the_command(ask, names):
    assert ask("suspicious", names=names, words=WORDS) == [bool(suspicion(*each)) for each in names]


@given(titles=st.lists(st.text(max_size=120) | st.text(alphabet="aÉß -_Ø9łæ", max_size=120), max_size=50))
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_id_that_a_form_proposes_is_the_one_that_importers_make(ask, titles):
    made = [slug(title, "datasets") for title in titles]

    assert [one or other for one, other in zip(ask("slugs", titles=titles), made, strict=True)] == made


LINES = st.lists(st.sampled_from(["a", "b", "c: d", "  e", "", "é"]), max_size=25)


@given(before=LINES, after=LINES, ends=st.tuples(st.sampled_from(["", "\n"]), st.sampled_from(["", "\n"])))
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_git_applies_the_patch_of_a_form(ask, tmp_path_factory, before, after, ends):
    folder = tmp_path_factory.mktemp("patch")
    texts = ["\n".join(lines) + end if lines else "x\n" for lines, end in zip((before, after), ends, strict=True)]
    file = folder / "catalog" / "trees.yaml"
    file.parent.mkdir()
    file.write_bytes(texts[0].encode())
    patch = ask("patch", before=texts[0], after=texts[1], path="catalog/trees.yaml")
    command = ["git", "apply", "--allow-empty", "-"]
    done = subprocess.run(command, cwd=folder, input=patch.encode(), capture_output=True, check=False)

    assert (done.stderr, file.read_bytes().decode()) == (b"", texts[1])


# Files as a form holds them: groups, lists of groups, lists of words, and values that may be changed, taken away or added.
WORD = st.text(alphabet="abc #:'é-", min_size=1, max_size=8).map(str.strip).filter(bool)
KEY = st.sampled_from(["title", "summary", "files", "columns", "contact", "keywords"])
GROUPS = st.dictionaries(st.sampled_from(["path", "title", "unit"]), WORD, min_size=1, max_size=3)
VALUES = WORD | GROUPS | st.lists(WORD, min_size=1, max_size=3) | st.lists(GROUPS, min_size=1, max_size=4)
DOCUMENTS = st.dictionaries(KEY, VALUES, min_size=1, max_size=5)


def tree(value, kept=None):
    """A value as a form holds it. Of a list the places are named that its entries had; `kept` are those left of the old one."""
    if isinstance(value, dict):
        return {key: tree(each) for key, each in value.items()}
    if isinstance(value, list):
        return [{"from": place, "value": tree(each)} for place, each in zip(kept or range(len(value)), value, strict=True)]
    return value


def plain(value):
    """The same as it is read from a file."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each["value"]) for each in value] if isinstance(value, list) else value


@st.composite
def edits(draw):
    """A file, and what a form holds after some of it was changed."""
    before = draw(DOCUMENTS)
    after = {}
    for key, value in before.items():
        match draw(st.sampled_from(["keep", "keep", "drop", "replace", "within"])), value:
            case "replace", _:
                after[key] = tree(draw(VALUES), None)
            case "within", dict():
                after[key] = tree(value) | draw(GROUPS)
            case "within", list():
                places = draw(st.lists(st.sampled_from(range(len(value))), unique=True).map(sorted))
                added = draw(st.lists(GROUPS if isinstance(value[0], dict) else WORD, max_size=2))
                listed = [{"from": place, "value": tree(value[place])} for place in places]
                after[key] = listed + [{"from": None, "value": tree(each)} for each in added]
            case "keep" | "within", _:
                after[key] = tree(value)
    after |= {key: tree(value) for key, value in draw(DOCUMENTS).items() if key not in before and key not in after}
    return before, {key: value for key, value in after.items() if value}


@given(edited=edits())
@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_file_says_what_the_form_says_after_any_edit(ask, edited):
    before, after = edited
    text = "# kept\n" + yaml_text(before)
    made = ask("edited", text=text, after=after)

    assert (yaml.load(made, Loader=yaml.BaseLoader) or {}) == plain(after), made


def test_only_the_lines_that_change_are_changed(ask):
    text = "# why\ntitle: Trees   # short\nfiles:\n  - path: a.csv   # first\n  - path: b.csv\n\ncolumns:\n  a: {unit: feet}\n"
    files = [{"from": 0, "value": {"path": "a.csv", "title": "All"}}]
    after = {"title": "Trees", "files": files, "columns": {"a": {"unit": "feet"}}}

    assert ask("edited", text=text, after=after) == (
        "# why\ntitle: Trees   # short\nfiles:\n  - path: a.csv   # first\n    title: All\n\ncolumns:\n  a: {unit: feet}\n")


COLUMNS = "columns:\n  # Taken by hand\n  a: {title: A}   # first\n\n  b:\n    title: B\n  c: {title: C}\n"


@pytest.mark.parametrize(("names", "swap"), [
    ({"a": "height"}, ("a:", "height:")), ({"b": "2: b"}, ("  b:", '  "2: b":')), ({"c": "#"}, ("c:", '"#":')),
], ids=["a word", "what needs quotation marks", "a sign"])
def test_a_column_gets_another_name_where_it_stands(ask, names, swap):
    assert ask("columnsRenamed", text=COLUMNS, names=names) == COLUMNS.replace(*swap)


def test_columns_that_change_names_with_each_other_keep_what_is_said_of_them(ask):
    made = ask("columnsRenamed", text=COLUMNS, names={"a": "b", "b": "a"})

    assert yaml.safe_load(made)["columns"] == {"a": {"title": "B"}, "b": {"title": "A"}, "c": {"title": "C"}}


@given(columns=st.dictionaries(WORD, GROUPS, min_size=1, max_size=4), name=WORD, at=st.integers(0, 3))
@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_key_that_is_renamed_keeps_its_place_and_its_value(ask, columns, name, at):
    assume(name not in columns)
    was = [*columns][at % len(columns)]
    made = ask("renamed", text=yaml_text({"columns": columns}), path=["columns", was], to=name)

    renamed = [(name if each == was else each, value) for each, value in columns.items()]
    assert [*yaml.load(made, Loader=yaml.BaseLoader)["columns"].items()] == renamed, made


def test_a_word_more_in_a_list_leaves_the_comments_within(ask):
    text = "topics: [streets, # why\n city-hall]\nkeywords:\n  - oak   # old\n  - elm\n"
    after = {"topics": tree(["streets", "city-hall", "parks"]), "keywords": tree(["oak", "elm", "ash"])}

    assert ask("edited", text=text, after=after) == text.replace("hall]", "hall, parks]").replace("elm\n", "elm\n  - ash\n")


KNOWN = {"titles": {"datasets": {"trees": "Trees", "oaks": "Oaks", "more-oaks": "Oaks"}},
         "formerly": {"/data/elms": "datasets/trees"}, "identifiers": {"https://example.gov/t": "datasets/trees/dataset.yaml"}}


@pytest.mark.parametrize(("text", "known"), [
    ("identifier: https://example.gov/t\n", "trees"), ("formerly: [elms]\n", "trees"), ("formerly: /data/elms/\n", "trees"),
    ("title: Trees\n", "trees"), ("title: Oaks\n", ""), ("title: constructor\nidentifier: constructor\n", ""), ("a: b\n", ""),
])
def test_a_file_is_known_by_what_no_other_says(ask, text, known):
    assert ask("which", text=text, known=KNOWN) == known


def test_a_preview_reads_as_the_page_does(ask):
    texts = ["## Trees", "a **b** _c_ `d` and [e](https://a.gov)", "snake_case_name 2 * 3 * 4", "\\*as it is\\*", "- a\n- b"]

    assert ask("read", texts=texts) == [
        "Trees", "a b c d and e", "snake_case_name 2 * 3 * 4", "*as it is*", "\u2022 a\n\u2022 b"]
