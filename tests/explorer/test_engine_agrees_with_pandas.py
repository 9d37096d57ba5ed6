"""Every filter, sort, question and summary of the explorer is what pandas says of the same file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.parquet import write_parquet
from explorer.engine_process import Engine, engine
from explorer.judged_answers import answered, summed_up
from explorer.judged_tables import Judged, holds, judged
from explorer.making_questions import TYPES, Asked, asked, asked_by_bins
from tables.exports.making_exports import of, written

pytestmark = pytest.mark.npm
SMALL_GROUPS = {"GROUP_ROWS": 6, "LEAST_ROWS": 3}
MOST_BINS = 24
KINDS: dict[str, tuple[ColumnType, ...]] = {
    "numbers": ("integer", "number", "string"), "dates": ("date", "datetime", "year", "integer"),
    "texts": ("string", "boolean"), "all": TYPES,
}


@pytest.fixture(scope="module")
def running(node: str) -> Iterator[Engine]:
    """The engine, in one process for all tables."""
    with engine(node) as process:
        yield process


def kept_rows(columns: dict[str, Judged], question: dict[str, Any]) -> pd.Series[bool]:
    """Which rows hold all filters."""
    kept = pd.Series(True, next(iter(columns.values())).values.index)
    for each in question["filters"]:
        kept &= holds(columns, each, question["place"])
    return kept


def judge(columns: dict[str, Judged], question: dict[str, Any]) -> dict[str, Any]:
    """What is right."""
    kept = kept_rows(columns, question)
    index = kept[kept].index
    ranks = {at: columns[sort["column"]].ranks.loc[index] for at, sort in enumerate(question["sort"])}
    frame = pd.DataFrame(ranks, index=index)
    ways = [not sort["isDown"] for sort in question["sort"]]
    ordered = frame.sort_values(list(frame.columns), ascending=ways, kind="stable", na_position="last") if ways else frame
    return {"rows": ordered.index.tolist(), "answer": answered(columns, question["question"], index),
            "summaries": [summed_up(name, columns[name], index) for name in question["summaries"]]}


def without_bins(said: dict[str, Any]) -> dict[str, Any]:
    """What the engine says of all that has one right answer."""
    summaries = [{key: value for key, value in summary.items() if key != "bins"} for summary in said["summaries"]]
    return {"rows": said["rows"], "answer": said["answer"], "summaries": summaries}


def told_by(running: Engine, each: Asked) -> tuple[dict[str, Judged], dict[str, Any]]:
    """The columns as pandas reads them, and what the engine says of the same file."""
    with patch.multiple("cityfolio.tables.exports.parquet", **SMALL_GROUPS):
        parquet = written(write_parquet, each.table)
    columns = judged(parquet, each.types)
    told = [{"name": name, "type": kind, "offset": columns[name].offset}
            for name, kind in zip(columns, each.types, strict=True)]
    return columns, running.ask(parquet, told, each.questions)


def held_between(columns: dict[str, Judged], name: str, low: str, high: str, kept: pd.Series[bool]) -> int:
    """How many rows hold a range, of some."""
    return int((holds(columns, {"column": name, "test": "between", "low": low, "high": high}, ()) & kept).sum())


def every_answer(running: Engine, types: Sequence[ColumnType], examples: int) -> None:
    """Ask the engine and pandas the same, of some tables."""
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(asked(types))
    def agrees(each: Asked) -> None:
        columns, said = told_by(running, each)

        assert said["cells"] == [column.texts.tolist() for column in columns.values()]
        for question, answer in zip(each.questions, said["answers"], strict=True):
            assert without_bins(answer) == judge(columns, question)
            assert all(may for may, does in answer["mayHold"] if does)

    agrees()


def every_bin(running: Engine, examples: int) -> None:
    """Count the rows of every bin as a filter from its low to its high end does."""
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(asked_by_bins())
    def agrees(each: Asked) -> None:
        columns, said = told_by(running, each)
        [question], [answer] = each.questions, said["answers"]
        kept = kept_rows(columns, question)
        whole = kept | True
        for summary in answer["summaries"]:
            bins, name = summary.get("bins", []), summary["name"]
            counts = [(held_between(columns, name, each["low"], each["high"], kept),
                       held_between(columns, name, each["low"], each["high"], whole)) for each in bins]
            assert counts == [(each["rows"], each["all"]) for each in bins]
            assert sum(each["rows"] for each in bins) == summary["filled"] or columns[name].kind == "text"
            assert len(bins) <= MOST_BINS
        [by] = question["question"]["by"]
        rows = [each for each in answer["answer"]["rows"] if each["keys"][0] and columns[by["column"]].kind != "text"]
        counts = [held_between(columns, by["column"], *each["keys"][0].split("/"), kept) for each in rows]
        assert counts == [each["rows"] for each in rows]
        assert len(rows) <= max(2, by["bins"])

    agrees()


@pytest.mark.no_cover
@pytest.mark.parametrize("types", KINDS.values(), ids=KINDS)
def test_every_answer_is_what_pandas_says(running: Engine, types: Sequence[ColumnType]) -> None:
    every_answer(running, types, 10)


def test_a_bin_has_the_rows_of_the_filter_between_its_ends(running: Engine) -> None:
    every_bin(running, 12)


@pytest.mark.torture
@pytest.mark.parametrize("types", KINDS.values(), ids=KINDS)
def test_every_answer_is_what_pandas_says_of_thousands_of_tables(running: Engine, types: Sequence[ColumnType]) -> None:
    every_answer(running, types, 1_500)


@pytest.mark.torture
def test_a_bin_has_the_rows_of_the_filter_between_its_ends_in_thousands_of_tables(running: Engine) -> None:
    every_bin(running, 1_000)


@pytest.mark.parametrize(("cells", "texts"), [
    (["2024-01-01T10:00-04:00", None], ["2024-01-01T10:00:00-04:00", None]),
    (["2024-01-01 10:00Z"], ["2024-01-01T10:00:00Z"]),
    (["2024-01-01T10:00:00.5+05:30"], ["2024-01-01T10:00:00.500000+05:30"]),
], ids=["New York", "Greenwich", "Delhi"])
def test_a_moment_keeps_its_clock_and_its_offset(running: Engine, cells: list[str | None], texts: list[str | None]) -> None:
    parquet = written(write_parquet, of("datetime", *cells))
    offset = judged(parquet, ["datetime"])["height"].offset
    said = running.ask(parquet, [{"name": "height", "type": "datetime", "offset": offset}], [])

    assert said["cells"] == [texts]
