"""The explorer finds the rows of which a condition holds that measures find, of any table; a condition of an address is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from cityfolio.measures.circumstances import Circumstances
from cityfolio.measures.columns import Columns, Wanted, held
from cityfolio.measures.evaluate import Evaluator
from cityfolio.measures.expression import Node, parse
from cityfolio.measures.kinds import faults
from cityfolio.model.records import ColumnRecord
from cityfolio.tables.exports.parquet import write_parquet
from cityfolio.tables.table import TextPortion
from explorer.condition_process import Conditions, conditions, query
from explorer.making_conditions import CONDITIONS, HOLIDAYS, KINDS, ROWS, ZONES, text_of
from tables.exports.making_exports import a_column, a_table, written

pytestmark = pytest.mark.npm
SMALL_GROUPS = {"GROUP_ROWS": 3, "LEAST_ROWS": 2}
TOLD = [{"name": name, "type": kind} for name, kind in KINDS.items()]
Rows = Sequence[Mapping[str, str]]


@pytest.fixture(scope="module")
def running(node: str) -> Iterator[Conditions]:
    """The explorer's part, in one process for all tables."""
    with conditions(node) as process:
        yield process


def columns_of(rows: Rows) -> Columns:
    """The rows as measures hold them."""
    wanted = [Wanted(name=name, number=number, type=kind, record=ColumnRecord())
              for number, (name, kind) in enumerate(KINDS.items())]
    return held([TextPortion(tuple([row[name] for row in rows] for name in KINDS), len(rows))], wanted, frozenset(("",)))


def parquet_of(rows: Rows) -> bytes:
    """The rows as the explorer reads them, in several groups."""
    table = a_table(*((a_column(name, kind), [row[name] or None for row in rows]) for name, kind in KINDS.items()))
    with patch.multiple("cityfolio.tables.exports.parquet", **SMALL_GROUPS):
        return written(write_parquet, table)


def told(rows: Rows) -> list[dict[str, str]]:
    """What the outline says of the columns: an offset where all moments have the same."""
    offsets = {row["mixed"][-6:] if row["mixed"][-6:-5] in ("+", "-") else row["mixed"][-1:].replace("Z", "+00:00")
               for row in rows if row["mixed"]}
    one = offsets.pop() if len(offsets) == 1 else ""
    return [{**each, "offset": {"moment": "-05:00", "mixed": one if ":" in one else ""}.get(each["name"], "")} for each in TOLD]


def every_row(running: Conditions, examples: int) -> None:
    """Let measures and the explorer find the rows of some conditions, of some tables."""
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(rows=ROWS, nodes=st.lists(CONDITIONS, min_size=5, max_size=20), zone=st.sampled_from(ZONES))
    def agrees(rows: Rows, nodes: list[Node], zone: str) -> None:
        columns = columns_of(rows)
        described = {name: each.column for name, each in columns.by_name.items()}
        texts = [text for text in map(text_of, nodes) if not faults(text, described)]
        evaluator, around = Evaluator(columns), Circumstances(zone or None, HOLIDAYS)
        found = running.ask(parquet_of(rows), told(rows), [query(text, zone, "city") for text in texts], HOLIDAYS)

        assert dict(zip(texts, found, strict=True)) == {
            text: evaluator.truth(parse(text), around).true.nonzero()[0].tolist() for text in texts}

    agrees()


@pytest.mark.no_cover
def test_every_condition_has_the_rows_that_measures_find(running: Conditions) -> None:
    every_row(running, 30)


@pytest.mark.torture
def test_every_condition_has_the_rows_that_measures_find_in_thousands_of_tables(running: Conditions) -> None:
    every_row(running, 4_000)


WORDS = st.sampled_from(("whole", "text", "day", "moment", "`a name`", "'Oak'", "'2026-01-01'", "1", "2.5", "null", "true",
                         "and", "or", "not", "in", "is", "(", ")", ",", "==", "<", "!=", "+", "-", "*", "/", "days(", "lower(",
                         "contains(", "gone", "=", "'", "2026-01-01", "1e5", "3x"))


def nothing_unsound(running: Conditions, examples: int) -> None:
    """Hold what the explorer cannot understand against what measures refuse."""
    row = dict.fromkeys(KINDS, "")
    described = {name: each.column for name, each in columns_of([row]).by_name.items()}

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), min_size=10, max_size=30))
    def agrees(texts: list[str]) -> None:
        found = running.ask(parquet_of([row]), TOLD, [query(text) for text in texts])

        assert [isinstance(each, dict) for each in found] == [bool(faults(text, described)) for text in texts]

    agrees()


def test_the_explorer_refuses_what_measures_refuse(running: Conditions) -> None:
    nothing_unsound(running, 60)


@pytest.mark.torture
def test_the_explorer_refuses_what_measures_refuse_of_a_hundred_thousand(running: Conditions) -> None:
    nothing_unsound(running, 5_000)
