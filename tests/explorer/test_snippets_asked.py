"""The code that readers copy answers their questions as the page does, in each language."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from browser.serving import served
from explorer.snippet_runs import Asked, Case, a_state, answers, r_output, write_csv

QUESTIONS = {
    "how many": {"measure": "count", "by": []},
    "how many have a value": {"measure": "count", "of": "cost", "by": [{"column": "kind"}]},
    "by a category": {"measure": "count", "by": [{"column": "kind"}]},
    "the sum by a category": {"measure": "sum", "of": "cost", "by": [{"column": "kind"}]},
    "the mean by a whole number": {"measure": "mean", "of": "cost", "by": [{"column": "district"}]},
    "the median by year": {"measure": "median", "of": "days", "by": [{"column": "opened", "per": "year"}]},
    "by quarter, with a gap": {"measure": "count", "by": [{"column": "opened", "per": "quarter"}]},
    "by month, with gaps": {"measure": "mean", "of": "days", "by": [{"column": "opened", "per": "month"}]},
    "by week": {"measure": "sum", "of": "days", "by": [{"column": "received", "per": "week"}]},
    "by day": {"measure": "max", "of": "days", "by": [{"column": "received", "per": "day"}]},
    "the least date": {"measure": "min", "of": "opened", "by": [{"column": "kind"}]},
    "the first two, and others": {"measure": "mean", "of": "cost", "by": [{"column": "kind"}], "top": 2},
    "by two": {"measure": "sum", "of": "cost", "by": [{"column": "opened", "per": "year"}, {"column": "kind"}]},
    "by two, the first of one": {"measure": "count", "by": [{"column": "kind"}, {"column": "district"}], "top": 2},
}
ASKED_KINDS = (("kind", "text"), ("cost", "number"), ("days", "integer"), ("opened", "date"), ("received", "datetime"),
               ("district", "integer"))
ASKED_CELLS = tuple(
    (("Pothole", "pothole", "Ärger", "it's", "", "Zoo")[at * 7 % 6],
     "" if at % 9 == 4 else f"{at * 37 % 101 - 20}.{at % 100:02}", "" if at % 7 == 3 else str(at * 13 % 29),
     "" if at % 10 == 9 else f"202{at % 3 + at % 2}-{at * 5 % 12 + 1:02}-{at % 28 + 1:02}",
     f"2024-12-{at % 20 + 10:02}T0{at % 10}:00:00", "" if at % 11 == 5 else str(at % 12))
    for at in range(80)
)
NOT_EMPTY = {"column": "opened", "test": "filled"}
ASKED_CASES = [Case("asked.csv", ASKED_KINDS, ASKED_CELLS, {**a_state(*([NOT_EMPTY] if at % 2 else [])), "ask": question})
               for at, question in enumerate(QUESTIONS.values())]

# An answer as a table: keys, value, rows; in the end what is beyond the first few, where there is such a rest.
ANSWER_IN_PYTHON = """
import json, sys
for code in json.load(sys.stdin):
    made = {}
    exec(code.replace("print(", "shown = ("), made)
    shown = lambda value: None if value != value else str(value)
    if "answer" not in made:
        value, rows = made["shown"]
        print(json.dumps([[[], shown(value), rows]]))
        continue
    rows = [[list(key) if isinstance(key, tuple) else [key], shown(value), int(rows)]
            for key, value, rows in made["answer"].itertuples(name=None)]
    print(json.dumps(rows + ([["others", *map(shown, made["others"])]] if "others" in made else [])))
"""
ANSWER_IN_NODE = """
import { readFileSync } from "node:fs";
for (const code of JSON.parse(readFileSync(0, "utf8"))) {
  const kept = code.replace(/console\\.log\\((\\w+)\\);\\n/g, "export { $1 };\\n");
  const { answer, others } = await import(`data:text/javascript,${encodeURIComponent(kept)}`);
  const rows = answer.map(({ keys, value, rows }) => [keys, value, rows]);
  console.log(JSON.stringify([...rows, ...(others ? [["others", others.value, others.rows]] : [])]));
}
"""
ANSWER_IN_R = """
options(warn = 2, digits = 17)
for (case in list.files(Sys.getenv("SNIPPETS"), pattern = "[.]R$", full.names = TRUE)) {
  made <- new.env()
  sink(tempfile()); source(case, local = made, encoding = "UTF-8"); sink()
  answer <- made$answer
  if (!is.null(made$others)) {
    answer[nrow(answer) + 1, ] <- answer[1, ]
    answer[nrow(answer), 1] <- "others"
    answer[nrow(answer), c("value", "rows")] <- made$others
  }
  write.table(answer, sub("R$", "out", case), sep = "\\x1f", eol = "\\x1e", quote = FALSE, row.names = FALSE, col.names = FALSE,
              na = "", fileEncoding = "UTF-8")
}
"""


def run(command: Sequence[str], code: Sequence[str]) -> list[Any]:
    done = subprocess.run([*command], input=json.dumps(code), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def flat(keys: Sequence[str | None] | str, value: object, rows: object) -> tuple[Any, ...]:
    """A row of an answer with its number rounded to what doubles can hold; dates stay texts."""
    shown = "" if value is None else str(value)
    try:
        measured: object = round(float(shown), 6) + 0.0
    except ValueError:
        measured = shown
    named = (keys,) if isinstance(keys, str) else tuple(key or "" for key in keys)
    return (*named, measured, int(str(rows).partition(".")[0]))


def expected(answer: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What the engine says, as rows."""
    others = answer.get("others")
    rows = [flat(row["keys"], row["value"], row["rows"]) for row in answer["rows"]]
    return rows + ([flat("others", others["value"], others["rows"])] if others else [])


@pytest.fixture(scope="module")
def asked(node: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """Every question over one table."""
    folder = tmp_path_factory.mktemp("asked")
    write_csv(ASKED_CASES[0], folder)
    with served(folder) as address:
        yield Asked(ASKED_CASES, answers(str(node), ASKED_CASES, address), folder)


def compare(asked: Asked, given: Sequence[list[Any]]) -> dict[str, Any]:
    """What differs from the engine."""
    pairs = zip(QUESTIONS, given, asked.answers.answers, strict=True)
    return {name: (one, two) for name, found, answer in pairs
            if (one := [flat(*row) for row in found]) != (two := expected(answer))}


def test_python_answers_what_the_page_does(asked):
    given = run([sys.executable, "-c", ANSWER_IN_PYTHON], asked.code("python"))

    assert compare(asked, given) == {}


def test_javascript_answers_what_the_page_does(asked, node):
    given = run([str(node), "--input-type=module", "-e", ANSWER_IN_NODE], asked.code("javascript"))

    assert compare(asked, given) == {}


def test_r_answers_what_the_page_does(asked, tmp_path):
    texts = r_output(asked.code("r"), tmp_path / "r", ANSWER_IN_R)
    rows = [[line.split("\x1f") for line in text.split("\x1e")[:-1]] for text in texts]
    given = [[["others" if row[0] == "others" else row[:-2], *row[-2:]] for row in table] for table in rows]

    assert compare(asked, given) == {}


def test_duckdb_answers_what_the_page_does(asked, monkeypatch):
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(asked.folder)
    found = [duckdb.sql(each).fetchall() for each in asked.code("duckdb")]
    # By two columns, each key of the other one has its rest.
    given = [[["others" if "(others)" in row else row[:-2], *row[-2:]] for row in table
              if "(others)" not in row or len(row) == 3] for table in found]
    wanted = [{key: each[key] for key in each if key != "others" or len(each["keys"]) == 1} for each in asked.answers.answers]

    assert compare(replace(asked, answers=replace(asked.answers, answers=wanted)), given) == {}


def test_the_page_knows_when_no_code_can_ask_the_question(asked):
    assert all(asked.answers.is_whole)
