"""Every answer of the SQL console is what pandas says of the same files."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from cityfolio.model.records import ColumnType
from explorer.judged_sql import Table, table_of
from explorer.making_sql import NAMES, Asked, queried

pytestmark = pytest.mark.npm
PROGRAM = Path(__file__).with_name("asking_sql.mjs")


class Console:
    """A Node process with the console's own modules and SQLite. What it says is JSON, so its values are of any type."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, tables: Sequence[Table], asked: Sequence[str]) -> list[dict[str, Any]]:
        """The answer to each query."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        files = [{"name": table.name, "parquet": base64.b64encode(table.parquet).decode(), "columns": table.told}
                 for table in tables]
        self.process.stdin.write(json.dumps({"tables": files, "asked": list(asked)}) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline(), object_hook=exact)
        assert isinstance(said, list), said["error"]
        return said

    def rows(self, table: Table, sql: str) -> list[list[Any]]:
        """The rows of one answer."""
        [answer] = self.ask([table], [sql])
        assert "rows" in answer, answer["fault"]
        rows: list[list[Any]] = answer["rows"]
        return rows


def exact(said: dict[str, Any]) -> Any:
    """A number that JSON would have rounded."""
    if "integer" in said:
        return int(said["integer"])
    return float(said["real"]) if "real" in said else said


@pytest.fixture(scope="module")
def console(node: Path) -> Iterator[Console]:
    """The console, in one process for all tables."""
    pipe = subprocess.PIPE
    with subprocess.Popen([str(node), str(PROGRAM)], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        yield Console(process)
        assert process.stdin is not None
        process.stdin.close()


def every_answer(console: Console, examples: int) -> None:
    """Ask the console and pandas the same, of some tables."""
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(queried())
    def agrees(asked: Asked) -> None:
        said = console.ask(asked.tables, [query.sql for query in asked.queries])

        assert [answer.get("rows", answer) for answer in said] == [query.rows for query in asked.queries]

    agrees()


@pytest.mark.no_cover
def test_every_answer_is_what_pandas_says(console: Console) -> None:
    every_answer(console, 20)


@pytest.mark.torture
def test_every_answer_is_what_pandas_says_of_thousands_of_tables(console: Console) -> None:
    every_answer(console, 4_000)


def test_columns_are_called_as_in_the_file_but_for_case(console: Console) -> None:
    table = table_of("t", [(name, "integer", ["1"]) for name in NAMES])
    [answer] = console.ask([table], ["SELECT * FROM t"])

    assert answer["names"] == ["id_2" if name == "id" else name for name in NAMES]


@pytest.mark.parametrize(("kind", "cell", "value"), [
    ("integer", str(2**31), 2**31), ("integer", str(-2**63), -2**63), ("integer", str(2**63 - 1), 2**63 - 1),
    ("integer", str(2**63), 2.0**63), ("integer", "9" * 40, 1e40), ("integer", "9" * 80, 1e80),
    ("number", "0.10", 0.1), ("number", "1e-25", 1e-25),
    ("number", "9007199254740993.0", 9007199254740992.0),
    ("string", "\ufeffa", "\ufeffa"), ("string", "a\0b", "a\0b"),
], ids=["beyond 32 bits", "the least integer", "the largest integer", "one more", "40 digits", "80 digits", "a tenth",
        "25 places", "beyond doubles", "a mark at the start", "a zero inside"])
def test_a_value_is_as_near_as_sql_can_hold_it(console: Console, kind: ColumnType, cell: str, value: object) -> None:
    assert console.rows(table_of("t", [("x", kind, [cell])]), "SELECT x FROM t") == [[value]]


@pytest.mark.parametrize(("sql", "month"), [
    ("strftime('%Y-%m', x)", "2024-01"), ("substr(x, 1, 7)", "2024-02"),
], ids=["of Greenwich", "of the clock"])
def test_date_functions_go_by_greenwich_where_a_moment_has_an_offset(console: Console, sql: str, month: str) -> None:
    table = table_of("t", [("x", "datetime", ["2024-02-01T01:00:00+05:30"])])

    assert console.rows(table, f"SELECT {sql} FROM t") == [[month]]


def test_the_last_moment_of_a_month_is_in_it(console: Console) -> None:
    table = table_of("t", [("x", "datetime", ["2024-01-31T23:59:59.999999"])])

    assert console.rows(table, "SELECT strftime('%Y-%m', x), date(x) FROM t") == [["2024-01", "2024-01-31"]]


def test_a_sum_beyond_64_bits_is_refused_and_a_total_is_near(console: Console) -> None:
    table = table_of("t", [("x", "integer", [str(2**63 - 1), "1"])])

    assert console.ask([table], ["SELECT sum(x) FROM t"]) == [{"fault": "integer overflow"}]
    assert console.rows(table, "SELECT total(x) FROM t") == [[2.0**63]]


def test_a_column_of_very_many_texts_keeps_them_all(console: Console) -> None:
    texts = [f"{number} é\U0001f600" for number in range(70_000)]

    assert console.rows(table_of("t", [("x", "string", texts)], group_rows=10_000),
                        "SELECT count(DISTINCT x), min(x), max(x), sum(length(x)) FROM t") == [
        [len(texts), min(texts), max(texts), sum(map(len, texts))]]
