"""Tables that are made of rows written before and of new ones are, byte for byte, those that would be written whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.exports import typed_rows
from cityfolio.tables.exports.merged_rows import merged, parquet_of_merged, sqlite_of_merged
from cityfolio.tables.exports.typed_rows import TypedColumn, TypedTable, Value, parquet_in_groups, sqlite_of

COLUMNS = (TypedColumn(name="dataset", kind="text", says="Whose."), TypedColumn(name="order", kind="integer", says="Place."),
           TypedColumn(name="title", kind="text", says="Words."), TypedColumn(name="is_here", kind="boolean", says="Whether."),
           TypedColumn(name="day", kind="date", says="When."), TypedColumn(name="share", kind="number", says="Of all."))
WORDS = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
NUMBERS = st.none() | st.floats(allow_nan=False)
ROWS = st.lists(st.tuples(WORDS, st.booleans(), st.none() | st.dates().map(str), NUMBERS), max_size=3)
GROUPS = st.dictionaries(st.sampled_from("abcdeé"), ROWS)
Groups = Mapping[str, list[tuple[Value, ...]]]


def a_table(groups: Groups, name: str = "group") -> TypedTable:
    """A table of some groups of rows, one after another."""
    rows = tuple((group, place, *row) for group, listed in groups.items() for place, row in enumerate(listed, 1))
    return TypedTable(name=name, says="A table.", columns=COLUMNS, key=("dataset", "order"), rows=rows)


def written(folder: Path, *tables: TypedTable) -> tuple[list[Path], Path]:
    """Tables as they lie in a site: each as Parquet, and all as a database."""
    files = [folder / f"{each.name}.parquet" for each in tables]
    for path, each in zip(files, tables, strict=True):
        path.write_bytes(parquet_in_groups(each))
    (folder / "a #1 & what?.sqlite").write_bytes(sqlite_of(tables))
    return files, folder / "a #1 & what?.sqlite"


@given(GROUPS, GROUPS, st.integers(1, 4), st.integers(1, 3))
def test_merged_tables_are_those_that_are_written_whole(before: Groups, after: Groups, at_once: int, batches: int) -> None:
    new = {group: rows for group, rows in after.items() if before.get(group) != rows}
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(typed_rows, "AT_ONCE", at_once)
        patch.setattr(typed_rows, "BATCHES_OF_A_GROUP", batches)
        files, database = written(Path(folder), a_table(before), a_table(before, "other"))
        both = [merged(a_table(new, name), path, tuple(after), new.keys())
                for name, path in zip(("group", "other"), files, strict=True)]
        whole = [a_table(after), a_table(after, "other")]

        assert [parquet_of_merged(each) for each in both] == [parquet_in_groups(each) for each in whole]
        assert sqlite_of_merged(both, database) == sqlite_of(whole)


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are always text there")
def test_rows_are_taken_from_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    old, new = {"a": [("oak", True, None, 0.5)]}, {"b": [("elm", False, None, 1.0)]}
    (parquet,), database = written(folder, a_table(old))
    both = merged(a_table(new), parquet, ("a", "b"), {"b"})

    assert parquet_of_merged(both) == parquet_in_groups(a_table(old | new))
    assert sqlite_of_merged([both], database) == sqlite_of([a_table(old | new)])


def test_a_database_that_rows_are_taken_from_stays_as_it_is(tmp_path: Path) -> None:
    (parquet,), database = written(tmp_path, a_table({"a": [("oak", True, None, 0.5)]}))
    before = database.read_bytes()
    sqlite_of_merged([merged(a_table({"b": [("elm", False, None, 1.0)]}), parquet, ("b", "a"), {"b"})], database)

    assert database.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == {parquet.name, database.name}
