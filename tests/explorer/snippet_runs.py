"""Running the code that readers copy, many cases in one process of each language, and asking the engine the same."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPLORER = ROOT / "themes" / "civic" / "assets" / "js" / "explorer"
LANGUAGES = ("python", "r", "javascript", "duckdb", "curl")

WRITE = """
import { readFileSync } from "node:fs";
import { column } from "%(explorer)s/engine/making.js";
import { textOf } from "%(explorer)s/engine/cells.js";
import { selection } from "%(explorer)s/engine/filters.js";
import { answer } from "%(explorer)s/engine/grouping.js";
import { sorted } from "%(explorer)s/engine/sorting.js";
import { snippet } from "%(explorer)s/take/snippets.js";

const { cases, languages } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(({ file, columns, cells, state }) => {
  const table = new Map(columns.map(({ name, kind }, at) => [name, column(name, kind, cells.map((row) => row[at]))]));
  const place = { latitude: table.get("latitude"), longitude: table.get("longitude") };
  const rows = sorted(selection(table, state.filters, cells.length, place), table, state.sort);
  const places = new Map(columns.map(({ name }, at) => [name, at]));
  const shown = state.columns ?? columns.map(({ name }) => name);
  return {
    answer: state.ask && answer(state.ask, table, rows),
    view: [...rows].map((row) => shown.map((name) => cells[row][places.get(name)])),
    code: Object.fromEntries(languages.map((each) => [each, snippet(each, { file, columns, state }).code])),
    isWhole: snippet("python", { file, columns, state }).isWhole,
  };
})));
"""
IN_PYTHON = """
import json, sys
for code in json.load(sys.stdin):
    made = {}
    exec(code.replace("print(rows)\\n", ""), made)
    print(json.dumps(made["rows"].values.tolist()))
"""
IN_R = """
cases <- commandArgs(trailingOnly = TRUE)
options(warn = 2)
Sys.setenv(TZ = "UTC")
for (case in list.files(Sys.getenv("SNIPPETS"), pattern = "[.]R$", full.names = TRUE)) {
  made <- new.env()
  sink(tempfile()); source(case, local = made, encoding = "UTF-8"); sink()
  rows <- made$rows
  lines <- if (nrow(rows)) do.call(paste, c(lapply(unname(as.list(rows)), enc2utf8), sep = "\\x1f")) else character()
  text <- if (length(lines)) paste0(lines, "\\x1e", collapse = "") else ""
  writeLines(text, sub("R$", "out", case), sep = "", useBytes = TRUE)
}
"""
IN_NODE = """
import { readFileSync } from "node:fs";
for (const code of JSON.parse(readFileSync(0, "utf8"))) {
  const kept = code.replace(/console\\.log\\(.*\\);\\n$/, "export { rows };");
  const { rows } = await import(`data:text/javascript,${encodeURIComponent(kept)}`);
  console.log(JSON.stringify(rows));
}
"""

View = list[list[str]]


@dataclass(frozen=True)
class Case:
    """A file, and what a reader makes of it."""

    name: str
    columns: Sequence[tuple[str, str]]
    cells: Sequence[Sequence[str]]
    state: Mapping[str, Any]      # JSON


@dataclass
class Answers:
    """What the engine says of each case, and the code in each language."""

    views: list[View]
    answers: list[dict[str, Any]]
    code: list[dict[str, str]]
    is_whole: list[bool]


State = dict[str, Any]     # JSON


def a_state(*filters: Mapping[str, Any], sort: Sequence[tuple[str, bool]] = (), columns: Sequence[str] | None = None) -> State:
    """A state of the address."""
    return {"filters": filters, "sort": [{"column": name, "isDown": is_down} for name, is_down in sort], "columns": columns,
            "ask": None}


def answers(node: str, cases: Sequence[Case], address: str) -> Answers:
    """Ask the engine and the writers of code, in one process."""
    asked = [{"file": {"url": f"{address}/{each.name}", "name": each.name}, "cells": each.cells, "state": each.state,
              "columns": [{"name": name, "kind": kind, "role": name} for name, kind in each.columns]} for each in cases]
    done = subprocess.run([node, "--input-type=module", "-e", WRITE % {"explorer": EXPLORER.as_uri()}], check=False, text=True,
                          capture_output=True, input=json.dumps({"cases": asked, "languages": LANGUAGES}))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return Answers(*([each[part] for each in found] for part in ("view", "answer", "code", "isWhole")))


def write_csv(case: Case, folder: Path) -> None:
    """Write a case's file as the package does."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([[name for name, _ in case.columns], *case.cells])
    (folder / case.name).write_bytes(text.getvalue().encode())


def in_python(code: Sequence[str]) -> list[View]:
    done = subprocess.run([sys.executable, "-c", IN_PYTHON], input=json.dumps(code), capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def in_node(node: str, code: Sequence[str]) -> list[View]:
    done = subprocess.run([node, "--input-type=module", "-e", IN_NODE], input=json.dumps(code), capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def r_output(code: Sequence[str], folder: Path, program: str) -> list[str]:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not on this machine; Debian has it as r-base-core")
    folder.mkdir()
    for number, each in enumerate(code):
        (folder / f"{number:04}.R").write_text(each, encoding="utf-8")
    (folder / "run").write_text(program, encoding="utf-8")
    done = subprocess.run([rscript, str(folder / "run")], capture_output=True, text=True, check=False,
                          env={"SNIPPETS": str(folder), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    return [(folder / f"{number:04}.out").read_bytes().decode() for number in range(len(code))]


def in_r(code: Sequence[str], folder: Path) -> list[View]:
    return [[row.split("\x1f") for row in text.split("\x1e")[:-1]] for text in r_output(code, folder, IN_R)]


def in_others(asked: Asked, folder: Path) -> dict[str, list[View]]:
    """What R and DuckDB get, where they are on this machine."""
    found = {"r": in_r(asked.code("r"), folder / "code")} if shutil.which("Rscript") else {}
    with pytest.MonkeyPatch.context() as patch:
        return found | ({"duckdb": in_duckdb(asked.code("duckdb"), asked.folder, patch)} if find_spec("duckdb") else {})


def in_duckdb(code: Sequence[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[View]:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(folder)
    return [[[cell or "" for cell in row] for row in duckdb.sql(each).fetchall()] for each in code]


@dataclass(frozen=True)
class Asked:
    """Cases with what the engine says of them, and the folder of their files, which is served."""

    cases: Sequence[Case]
    answers: Answers
    folder: Path

    def code(self, language: str) -> list[str]:
        """The code of every case."""
        return [each[language] for each in self.answers.code]

    def differing(self, given: Sequence[View], names: Sequence[str]) -> dict[str, tuple[View, View]]:
        """What differs from the engine, by the name of the case."""
        return {name: (one, other) for name, one, other in zip(names, given, self.answers.views, strict=True) if one != other}
