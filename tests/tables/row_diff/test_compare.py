from __future__ import annotations

import gzip
from collections.abc import Sequence

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.model.records import FileRecord
from cityfolio.model.review import Cell, RowChange, RowsDiff
from cityfolio.tables.row_diff.compare import Asked, Side, compare_tables
from cityfolio.tables.table import Unreadable
from tables.making import SENSITIVE
from tables.row_diff.making_diffs import (
    BOTH_WAYS,
    LARGE,
    PLAIN,
    a_renaming,
    a_side,
    compared,
    counts,
    counts_by_hand,
    line_by_hand,
)

TREES = "id,species,height\n1,oak,3\n2,elm,4\n3,fir,9\n"
FEW = st.sampled_from(("", "a", "b", "aa", 'a"', "ä,\n", "x" * 300, "x" * 299 + "y"))
both_ways = pytest.mark.parametrize("asked", BOTH_WAYS.values(), ids=BOTH_WAYS)


@st.composite
def two_tables(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str]]]:
    header = draw(st.lists(st.sampled_from(("id", "species", "height", "note")), min_size=1, unique=True))
    rows = st.lists(st.lists(FEW, min_size=len(header), max_size=len(header)), max_size=8)
    before = draw(rows)
    kept = draw(st.lists(st.sampled_from(before), max_size=8)) if before else []
    after = draw(st.permutations([*kept, *draw(rows)]))
    order = draw(st.permutations(range(len(header))))
    return [header, *before], [[row[at] for at in order] for row in [header, *after]]


@both_ways
@settings(max_examples=60)
@given(tables=two_tables(), key=st.sampled_from(((), ("id",), ("id", "species"))))
def test_rows_are_counted_as_by_hand(asked: Asked, tables: tuple[list[list[str]], list[list[str]]], key: tuple[str, ...]):
    before, after = tables
    known = key if set(key) <= set(after[0]) else ()

    found = compare_tables(a_side(before), a_side(after), key, asked)

    assert counts(found) == counts_by_hand(before, after, known)
    assert (found.before, found.after) == (len(before) - 1, len(after) - 1)


@settings(max_examples=40)
@given(tables=two_tables(), key=st.sampled_from(((), ("id",))))
def test_both_ways_tell_the_same(tables: tuple[list[list[str]], list[list[str]]], key: tuple[str, ...]):
    one, other = map(a_side, tables)

    assert compare_tables(one, other, key, LARGE) == compare_tables(one, other, key, PLAIN)


@both_ways
@settings(max_examples=40)
@given(tables=two_tables())
def test_a_sample_stands_at_the_line_where_its_row_begins(asked: Asked, tables: tuple[list[list[str]], list[list[str]]]):
    before, after = tables
    texts = [tuple(row) for row in after]

    samples = compare_tables(a_side(before), a_side(after), (), asked).samples.get("added", ())

    lines = {line_by_hand(after, row): text for row, text in enumerate(texts)}
    assert [tuple(cell.after for cell in each.cells) for each in samples] == [lines[each.after_line] for each in samples]


@both_ways
def test_a_row_is_changed_when_its_key_stays(asked: Asked):
    found = compared(TREES, "id,species,height\n3,fir,9\n1,oak,5\n4,ash,1\n", "id", asked=asked)

    grown = Cell(column="height", before="3", after="5")
    assert found == RowsDiff(
        by="key", before=3, after=3, added=1, removed=1, changed=1, changed_in={"height": 1},
        samples={
            "added": (RowChange(key=("4",), after_line=4, cells=(Cell(column="id", before="", after="4"),
                                                                  Cell(column="species", before="", after="ash"),
                                                                  Cell(column="height", before="", after="1"))),),
            "removed": (RowChange(key=("2",), before_line=3, cells=(Cell(column="id", before="2", after=""),
                                                                     Cell(column="species", before="elm", after=""),
                                                                     Cell(column="height", before="4", after=""))),),
            "changed": (RowChange(key=("1",), before_line=2, after_line=3, cells=(grown,)),),
        })


@both_ways
def test_other_order_of_rows_and_columns_is_no_change(asked: Asked):
    found = compared(TREES, "height,id,species\n9,3,fir\n3,1,oak\n4,2,elm\n", "id", asked=asked)

    assert found.is_same


@both_ways
def test_without_a_key_a_row_is_removed_and_another_added(asked: Asked):
    found = compared(TREES, TREES.replace("oak", "ash"), asked=asked)

    assert (found.by, counts(found)) == ("content", (1, 1, 0))


@both_ways
@pytest.mark.parametrize("after", [TREES + "3,yew,1\n", TREES.replace("2,elm", "1,elm")], ids=["added", "changed"])
def test_rows_that_share_a_key_are_matched_by_content(asked: Asked, after: str):
    found = compared(TREES, after, "id", asked=asked)

    assert found.by == "content"


@both_ways
def test_a_row_twice_differs_from_a_row_once(asked: Asked):
    found = compared(TREES + "1,oak,3\n", TREES + "1,oak,3\n" * 3, asked=asked)

    assert counts(found) == (2, 0, 0)
    assert [each.after_line for each in found.samples["added"]] == [6, 7]


@both_ways
def test_of_many_samples_the_first_of_the_newer_table_are_told(asked: Asked):
    rows = [(str(number), "oak") for number in range(40)]
    before = [("id", "species"), *rows]
    after = [("id", "species"), *((number, "elm") for number, _ in reversed(rows))]

    found = compared(before, after, "id", asked=asked)

    assert [(each.key, each.before_line, each.after_line) for each in found.samples["changed"]] == [
        (("39",), 41, 2), (("38",), 40, 3), (("37",), 39, 4), (("36",), 38, 5), (("35",), 37, 6)]
    assert found.changed == 40


@both_ways
def test_a_column_that_is_added_changes_no_row(asked: Asked):
    found = compared("id,species\n1,oak\n2,elm\n", "id,species,note\n1,oak,cut\n2,elm,\n", "id", asked=asked)

    assert (counts(found), found.added_columns, found.removed_columns) == ((0, 0, 0), ("note",), ())
    assert not found.is_same


@both_ways
def test_tables_without_a_column_in_common_have_no_row_in_common(asked: Asked):
    found = compared("a,b\n1,oak\n1,oak\n", "c\nyes\n", "a", asked=asked)

    assert (found.by, found.before, found.after, counts(found)) == ("content", 2, 1, (1, 2, 0))


@both_ways
def test_a_key_may_be_all_that_a_table_has(asked: Asked):
    found = compared("id\n1\n2\n", "id\n2\n3\n", "id", asked=asked)

    assert (found.by, counts(found)) == ("key", (1, 1, 0))


@both_ways
def test_a_table_without_rows_can_be_compared(asked: Asked):
    found = compared("id,species\n", TREES, "id", asked=asked)

    assert counts(found) == (3, 0, 0)


@both_ways
def test_a_renamed_key_is_still_the_key(asked: Asked):
    rows = "".join(f"T-{number},oak,{number % 7}\n" for number in range(30))

    after = "tree_id,species,ward\n" + rows.replace("T-4,oak", "T-4,elm")

    found = compared("id,species,ward\n" + rows, after, "tree_id", asked=asked)

    assert (found.by, found.renamed, counts(found)) == ("key", {"id": "tree_id"}, (0, 0, 1))


@both_ways
def test_the_same_rows_in_another_format_are_the_same(asked: Asked):
    packed = gzip.compress(TREES.encode())

    assert compare_tables(a_side(TREES), a_side(packed, "trees.csv.gz"), ("id",), asked).is_same
    assert compare_tables(a_side(TREES), a_side(TREES.replace(",", "\t"), "trees.tsv"), ("id",), asked).is_same


@both_ways
def test_no_value_is_the_same_in_every_format(asked: Asked):
    as_json = '[{"id": "1", "note": null}, {"id": "2", "note": "cut"}]'

    found = compare_tables(a_side("id,note\n1,\n2,cut\n"), a_side(as_json, "trees.json"), ("id",), asked)

    assert found.is_same


@both_ways
def test_an_empty_text_is_told_from_no_value_where_the_format_does(asked: Asked):
    none, empty = '[{"id": "1", "note": null}]', '[{"id": "1", "note": ""}]'

    found = compare_tables(a_side(none, "trees.json"), a_side(empty, "trees.json"), ("id",), asked)

    assert found.samples["changed"][0].cells == (Cell(column="note", before="", after='""'),)


@both_ways
def test_sensitive_values_are_counted_and_not_shown(asked: Asked):
    before = a_side("id,phone,note\n1,555,a\n2,556,b\n")
    after = a_side("id,phone,note\n1,777,c\n3,778,d\n", columns={"phone": SENSITIVE})

    found = compare_tables(before, after, ("id",), asked)

    assert found.changed_in == {"phone": 1, "note": 1}
    assert not {"555", "556", "777", "778"} & _values(found)


@both_ways
def test_a_sensitive_key_is_not_shown(asked: Asked):
    before, after = (a_side(f"phone,note\n555,{note}\n", columns={"phone": SENSITIVE}) for note in "ab")

    found = compare_tables(before, after, ("phone",), asked)

    assert found.samples["changed"] == (RowChange(key=("",), before_line=2, after_line=2,
                                                  cells=(Cell(column="note", before="a", after="b"),)),)


@both_ways
def test_a_sensitive_column_stays_hidden_under_its_former_name(asked: Asked):
    rows = "".join(f"{number},555-{number:04}\n" for number in range(30))
    before, after = a_side("id,phone\n" + rows, columns={"phone": SENSITIVE}), a_side("id,call\n" + rows + "31,999\n")

    found = compare_tables(before, after, ("id",), asked)

    assert found.renamed == {"phone": "call"}
    assert _values(found) == {"31", ""}


def _values(found: RowsDiff) -> set[str]:
    return {text for rows in found.samples.values() for row in rows for cell in row.cells for text in (cell.before, cell.after)}


def test_files_with_the_same_content_are_not_read():
    side = Side(tree=_NoTree(), job=a_side("", sha256="0a").job, rows=7)

    assert compare_tables(side, side, ("id",)) == RowsDiff(by="key", before=7, after=7)


class _NoTree:
    """A tree whose files must not be opened."""

    def nodes(self) -> tuple[()]:
        return ()

    def read(self, path: str) -> bytes:
        raise AssertionError(path)

    def open(self, path: str) -> None:
        raise AssertionError(path)


@both_ways
@pytest.mark.parametrize("bodies", [(TREES, "id,id\n1,2\n"), ("id,a\n1\n", TREES)], ids=["newer", "older"])
def test_a_file_that_cannot_be_read_is_a_problem(asked: Asked, bodies: Sequence[str]):
    with pytest.raises(Unreadable) as refused:
        compared(*bodies, asked=asked)

    assert refused.value.problems


def test_the_way_is_chosen_by_the_size_of_both_tables(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cityfolio.tables.row_diff.large.compared_large", lambda *_: RowsDiff(by="key", before=-1, after=-1))

    assert compared(TREES, TREES, "id", asked=Asked(plain_cells=18)).before == 3
    assert compared(TREES, TREES, "id", asked=Asked(plain_cells=17)).before == -1
    assert compared(TREES, TREES.replace("oak", "o" * 300), "id", asked=Asked(plain_cells=18)).before == -1


def test_the_format_of_an_entry_counts_as_it_does_elsewhere():
    side = a_side("id;note\n1;a\n")
    semicolons = Side(tree=side.tree, job=type(side.job)(path="trees.csv", size_bytes=9,
                                                         file=FileRecord(path="trees.csv", delimiter=";")))

    assert compare_tables(semicolons, a_side("id,note\n1,b\n"), ("id",)).changed_in == {"note": 1}


@both_ways
@pytest.mark.parametrize("seed", [0, 1, 3])
def test_renamed_columns_do_not_make_rows_differ(asked: Asked, seed: int):
    made = a_renaming(seed)
    names = {new: old for old, new in made.renamed.items()}
    undone = [[names.get(name, name) for name in made.after[0]], *made.after[1:]]
    key = tuple(names.get(name, name) for name in made.key)

    assert counts(compared(made.before, made.after, *made.key, asked=asked)) == counts(
        compared(made.before, undone, *key, asked=asked))


@pytest.mark.parametrize("plain_cells", [100, -1], ids=BOTH_WAYS)
def test_rows_can_be_counted_alone(plain_cells: int):
    found = compared(TREES, TREES.replace("oak", "ash"), "id", asked=Asked(samples=0, plain_cells=plain_cells))

    assert (found.changed, found.samples) == (1, {})
