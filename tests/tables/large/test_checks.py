"""Rules are held against a portion at a time, and their faults add up to those of the whole column."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.columns import typed_column
from cityfolio.tables.constraints import CODES, breaches, placed
from cityfolio.tables.large.checks import Checks
from cityfolio.tables.large.letters import counted
from cityfolio.tables.table import Cell
from tables.large.making_large import EMPTY, a_treatment, tallied

Found = dict[str, tuple[int, tuple[int, ...]]]


def at_once(texts: Sequence[Cell], kind: ColumnType | None, **record: object) -> Found:
    """The number of faults of each code, and the first rows, of a column that is at hand whole."""
    column = typed_column("height", texts, ColumnRecord(**record), EMPTY, kind)  # type: ignore[arg-type]
    found = {breach.code: placed(column, breach, texts) for breach in breaches(column)}
    lacking = tuple(row for row, text in enumerate(texts) if text in EMPTY) if record.get("required") else ()
    told = {code: (fault.count, fault.rows) for code, fault in found.items() if code not in ("cell-unique", "cell-required")}
    return told | ({"cell-required": (len(lacking), lacking[:3])} if lacking else {})


def in_portions(texts: Sequence[Cell], kind: ColumnType | None, rows: int, counted_most: int, **record: object) -> Found:
    """The same of a column that comes in portions."""
    with tallied(texts, a_treatment(kind, **record), counted=counted_most, rows=rows) as tally:
        return {code: (fault.count, fault.rows) for code, fault in tally.checks.faults.items()}


CELLS = st.sampled_from(["", "NA", "1", "5", "12", "-3", "1.5", "x", "yy", "007", "99", "2026-01-01"])
RULES: dict[str, tuple[ColumnType, dict[str, object]]] = {
    "type": ("integer", {}), "number": ("number", {"minimum": "0", "maximum": "10"}), "least": ("integer", {"minimum": "2"}),
    "most": ("number", {"maximum": "4.5"}), "required": ("string", {"required": True}),
    "pattern": ("string", {"pattern": "[0-9]+"}),
    "lengths": ("string", {"min_length": 2, "max_length": 2}), "values": ("string", {"values": {"1": "", "x": ""}}),
    "days": ("date", {"minimum": "2026-01-02"}), "moments": ("datetime", {"maximum": "2026-01-01T00:00Z"}),
}


@pytest.mark.parametrize(("kind", "record"), RULES.values(), ids=RULES)
@given(texts=st.lists(CELLS, max_size=30), rows=st.integers(1, 9), most=st.sampled_from([0, 3, 100]))
def test_faults_of_portions_add_up_to_those_of_the_column(kind: ColumnType, record: dict[str, object], texts: list[str],
                                                          rows: int, most: int) -> None:
    assert in_portions(texts, kind, rows, most, **record) == at_once(texts, kind, **record)


def test_a_fault_that_was_counted_already_is_counted_again() -> None:
    assert in_portions(["x", "1", "x", "1", "x", "x"], "integer", 2, 100) == {"cell-type": (4, (0, 2, 4))}


def test_only_the_first_rows_are_kept_and_all_are_counted() -> None:
    assert in_portions(["x"] * 50, "integer", 7, 100) == {"cell-type": (50, (0, 1, 2))}


def test_rows_without_a_value_are_counted_from_the_top() -> None:
    assert in_portions(["1", "2", "", "3", "NA"], "integer", 2, 0, required=True) == {"cell-required": (2, (2, 4))}


def test_a_rule_that_needs_a_type_waits_until_it_is_known() -> None:
    assert in_portions(["1", "x", "3", "4", "5"], None, 2, 2, minimum="3") == {}


def test_texts_that_broke_nothing_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[dict[str, int]] = []
    monkeypatch.setattr(Checks, "_break", lambda _, here, texts: looked.append(dict(here)))
    in_portions(["1", "2", "1", "2", "1", "3"], "integer", 2, 100, minimum="0")

    assert looked == [{"1": 1, "2": 1}, {"3": 1}]


def test_texts_within_their_bounds_are_not_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Checks, "_break", lambda *_: pytest.fail("they were"))

    assert in_portions(["1", "2", "3", "4"], "integer", 2, 0, minimum="1", maximum="4", unique=True) == {}


@pytest.mark.parametrize(("kind", "texts", "record"), [
    ("datetime", ["2026-01-01T10:00Z", "2026-01-02T10:00Z"], {"minimum": "2026-01-01"}),
    ("number", ["9" * 30, "1"], {"minimum": "0"}), ("string", ["a", "b"], {}), ("integer", [], {"minimum": "0"}),
], ids=["at an offset", "beyond 64 bits", "text", "nothing"])
def test_where_places_do_not_tell_values_are_looked_at_and_are_sound(kind: ColumnType, texts: list[str],
                                                                     record: dict[str, object]) -> None:
    checks = Checks(a_treatment(kind, **record))
    array = pa.array(texts, pa.string())
    checks.look_at(array, array)

    assert checks.faults == {}
    assert sum(counted(array).values()) == len(texts)


def test_faults_have_codes_that_are_told_in_an_order() -> None:
    found = in_portions(["x", "", "-1"], "integer", 2, 0, required=True, minimum="0")

    assert set(found) <= set(CODES)
    assert len(found) == 3
