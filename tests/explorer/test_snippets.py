"""The code that readers copy gets what they see: each snippet is run against a served site, and compared with the engine."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from browser.serving import served
from explorer.snippet_runs import Asked, Case, a_state, answers, in_duckdb, in_node, in_others, in_python, in_r, write_csv

CATALOG = Path(__file__).resolve().parents[2] / "catalog" / "datasets"

KINDS = (("__proto__", "text"), ("<img onerror>", "integer"), ('a "quoted\\ name', "number"), ("día\nnächster", "date"),
         ("received at", "datetime"), ("it's", "boolean"), ("time", "time"), ("year", "year"))
CELLS = (
    ("Éclair", "3", "1.50", "2024-02-29", "2024-02-29T10:00:00", "true", "09:30", "1999"),
    ("eclair", "-7", "-0.25", "1999-12-31", "2024-02-29T23:59:59.999999", "false", "09:30:00.5", "2024"),
    ("", "", "", "", "", "", "", ""),
    ("ECLAIR\u202e", "10", "100", "2024-03-01", "2024-03-01T00:00:00", "true", "", "0999"),
    ("=HYPERLINK(\"x\")", "10", "1e3", "2024-02-29", "", "false", "23:00", ""),
    ("a, \"b\"\nc\\d'e", "0", "0.1", "", "2023-01-01T00:00:00", "", "00:00", "2024"),
    ("NA", "3", "0.3", "2024-01-01", "2024-02-28T00:00:00", "true", "12:00:00", "2023"),
    ("null", "123456789012345", "1.5", "0001-01-01", "2024-02-29T10:00:00", "false", "09:30", "2023"),
    ("😀 smile", "3", "-1.5", "9999-12-31", "1969-12-31T23:59:59", "true", "09:30:00", "2024"),
    ("İstanbul", "00", "5.", "2024-02-29", "2024-02-29T10:00:00", "", "", "2024"),
    ("NaN", "4", ".5", "2024-02-29", "2024-02-29T10:00:00.1", "", "", "2024"),
)
TEXT, WHOLE, NUMBER, DATE, MOMENT, BOOLEAN, TIME, YEAR = (name for name, _ in KINDS)
STATES = {
    "as it is": a_state(),
    "columns in an order": a_state(columns=[DATE, TEXT]),
    "one of": a_state({"column": TEXT, "test": "is", "values": ["NA", '=HYPERLINK("x")', "a, \"b\"\nc\\d'e", "ECLAIR\u202e"]}),
    "one of or empty": a_state({"column": TEXT, "test": "is", "values": ["", "null"]}),
    "one of numbers": a_state({"column": WHOLE, "test": "is", "values": ["3", "+010", "2", "x"]}),
    "a number that is none": a_state({"column": NUMBER, "test": "is", "values": ["__import__('os')"]}),
    "a long number": a_state({"column": WHOLE, "test": "is", "values": ["1234567890123456"]}),
    "one of decimals or empty": a_state({"column": NUMBER, "test": "is", "values": ["1.5", "", "1000"]}),
    "one of dates": a_state({"column": DATE, "test": "is", "values": ["2024-02-29", ""]}),
    "one of moments": a_state({"column": MOMENT, "test": "is", "values": ["2024-02-29T10:00", "2024-02-29T10:00:00.100"]}),
    "one of times": a_state({"column": TIME, "test": "is", "values": ["09:30", ""]}),
    "true": a_state({"column": BOOLEAN, "test": "is", "values": ["true"]}),
    "a year": a_state({"column": YEAR, "test": "is", "values": ["2024", "0999"]}),
    "contains": a_state({"column": TEXT, "test": "contains", "text": "ÉCL"}),
    "contains what patterns mean": a_state({"column": TEXT, "test": "contains", "text": ".*"}),
    "contains marks": a_state({"column": TEXT, "test": "contains", "text": "\"b\"\nC\\D'"}),
    "contains what is left out": a_state({"column": TEXT, "test": "contains", "text": "\u0301"}),
    "from": a_state({"column": WHOLE, "test": "between", "low": "3"}),
    "to": a_state({"column": NUMBER, "test": "between", "high": "1.50"}),
    "between": a_state({"column": NUMBER, "test": "between", "low": "-1.5", "high": "0.3"}),
    "between dates": a_state({"column": DATE, "test": "between", "low": "2024-01-01", "high": "2024-02-29"}),
    "to a date": a_state({"column": DATE, "test": "between", "high": "2024-01-01"}),
    "to the end of a day": a_state({"column": MOMENT, "test": "between", "low": "2024-02-29", "high": "2024-02-29"}),
    "to a moment": a_state({"column": MOMENT, "test": "between", "high": "2024-02-29T10:00:00"}),
    "between times": a_state({"column": TIME, "test": "between", "low": "09:30", "high": "12:00"}),
    "to a year": a_state({"column": YEAR, "test": "between", "high": "2023"}),
    "between nothing": a_state({"column": YEAR, "test": "between", "low": "soon"}),
    "empty": a_state({"column": DATE, "test": "empty"}),
    "filled": a_state({"column": TIME, "test": "filled"}),
    "two filters": a_state({"column": BOOLEAN, "test": "filled"}, {"column": WHOLE, "test": "between", "high": "5"}),
    "no row": a_state({"column": TEXT, "test": "is", "values": ["nowhere"]}),
    "an unknown column": a_state({"column": "toString", "test": "empty"}, sort=[("valueOf", True)]),
    **{f"sorted by {name!r} {'down' if is_down else 'up'}": a_state(sort=[(name, is_down)]) for name, _ in KINDS
       for is_down in (False, True)},
    "sorted by three": a_state(sort=[(BOOLEAN, True), (YEAR, False), (TEXT, True)]),
    "filtered, sorted, two columns": a_state({"column": WHOLE, "test": "between", "low": "0"},
                                             sort=[(DATE, True), (WHOLE, False)], columns=[WHOLE, DATE]),
}
CASES = [Case("hostile.csv", KINDS, CELLS, state) for state in STATES.values()]


@pytest.fixture(scope="module")
def hostile(node: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """Every state over a table that means harm."""
    folder = tmp_path_factory.mktemp("hostile")
    write_csv(CASES[0], folder)
    with served(folder) as address:
        yield Asked(CASES, answers(str(node), CASES, address), folder)


def test_python_gets_what_readers_see(hostile):
    given = in_python(hostile.code("python"))

    assert hostile.differing(given, [*STATES]) == {}


def test_javascript_gets_what_readers_see(hostile, node):
    given = in_node(str(node), hostile.code("javascript"))

    assert hostile.differing(given, [*STATES]) == {}


def test_r_gets_what_readers_see(hostile, tmp_path):
    given = in_r(hostile.code("r"), tmp_path / "r")

    assert hostile.differing(given, [*STATES]) == {}


def test_duckdb_gets_what_readers_see(hostile, monkeypatch):
    given = in_duckdb(hostile.code("duckdb"), hostile.folder, monkeypatch)

    assert hostile.differing(given, [*STATES]) == {}


DEMONSTRATION = (
    ("bike-counts/daily.csv", {"date": "date", "bikes": "integer", "high_temperature": "integer", "rain": "number"},
     a_state({"column": "rain", "test": "between", "low": "0.1"}, {"column": "counter", "test": "contains", "text": "TRAIL"},
             sort=[("bikes", True), ("date", False)], columns=["date", "counter", "bikes"])),
    ("code-cases/code-cases.csv", {"opened_on": "date", "closed_on": "date", "days_to_close": "integer"},
     a_state({"column": "closed_on", "test": "empty"},
             {"column": "case_type", "test": "is", "values": ["HIGH_WEEDS", "JUNK_TRASH"]},
             sort=[("block", False), ("opened_on", True)])),
    ("drinking-water-samples/drinking-water-samples.csv", {"sampled_on": "date", "result": "number"},
     a_state({"column": "sampled_on", "test": "between", "low": "2023-02-01", "high": "2023-02-28"},
             {"column": "qualifier", "test": "filled"}, sort=[("result", False)])),
    ("service-requests/service-requests.csv", {"received_at": "datetime"},
     a_state({"column": "request_type", "test": "contains", "text": "bulky"}, sort=[("received_at", True)],
             columns=["request_id", "received_at"])),
    ("bus-positions/sample.csv",
     {"recorded_at": "datetime", "latitude": "number", "longitude": "number", "delay_seconds": "integer"},
     a_state({"column": "", "test": "within", "bounds": [-80.86, 35.2, -80.8, 35.25]}, sort=[("delay_seconds", True)])),
)


def a_demonstrated_case(path: str, kinds: Mapping[str, str], state: Mapping[str, Any]) -> Case:
    """A file of the demonstration, of which columns that are not named are texts."""
    with (CATALOG / path).open(encoding="utf-8", newline="") as stream:
        header, *cells = csv.reader(stream)
    return Case(path.rpartition("/")[2], [(name, kinds.get(name, "text")) for name in header], cells, state)


@pytest.fixture(scope="module")
def demonstrated(node: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """Files of the demonstration, each with a view of it."""
    folder = tmp_path_factory.mktemp("demonstrated")
    cases = [a_demonstrated_case(*each) for each in DEMONSTRATION]
    for path, *_ in DEMONSTRATION:
        shutil.copy(CATALOG / path, folder)
    with served(folder) as address:
        yield Asked(cases, answers(str(node), cases, address), folder)


def test_python_and_javascript_get_the_same_of_the_demonstration(demonstrated, node):
    names = [each.name for each in demonstrated.cases]
    python, javascript = in_python(demonstrated.code("python")), in_node(str(node), demonstrated.code("javascript"))

    assert demonstrated.differing(python, names) == {}
    assert demonstrated.differing(javascript, names) == {}


def test_r_gets_the_same_of_the_demonstration(demonstrated, tmp_path):
    given = in_r(demonstrated.code("r"), tmp_path / "r")

    assert demonstrated.differing(given, [each.name for each in demonstrated.cases]) == {}


def test_duckdb_gets_the_same_of_the_demonstration(demonstrated, monkeypatch):
    given = in_duckdb(demonstrated.code("duckdb"), demonstrated.folder, monkeypatch)

    assert demonstrated.differing(given, [each.name for each in demonstrated.cases]) == {}


def test_curl_gets_the_file_whole(demonstrated, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for code in demonstrated.code("curl"):
        subprocess.run(["sh", "-c", f"set -e\n{code}"], check=True, capture_output=True)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in demonstrated.folder.iterdir()}


LETTERS = "aAeEéÉñßzZ09 '\"\\,;\n\t%_.*<>={}$`#😀樹и\u202e"
TEXTS = st.text(LETTERS, max_size=6)
WHOLES = st.integers(-10**15, 10**15).map(str)
NUMBERS = st.decimals(-1000, 1000, places=2).map(str)
DATES = st.dates().map(str)
VALUES = (TEXTS, WHOLES, NUMBERS, DATES, st.sampled_from(["true", "false"]))
COLUMNS = (("text, \"of\" any\\ kind", "text"), ("whole", "integer"), ("$number", "number"), ("`date`", "date"),
           ("it's", "boolean"))


@st.composite
def generated_cases(draw: st.DrawFn) -> list[Case]:
    """Several tables that mean harm, each with a view whose values are mostly those of its cells."""
    return [draw(generated_case(f"{number}.csv")) for number in range(draw(st.integers(8, 12)))]


@st.composite
def generated_case(draw: st.DrawFn, name: str) -> Case:
    """One table with a view of it."""
    cells = draw(st.lists(st.tuples(*(st.just("") | each for each in VALUES)), min_size=1, max_size=8))
    filtered = draw(st.sets(st.integers(0, 4), max_size=2))
    filters = [draw(generated_filter(place, [row[place] for row in cells])) for place in filtered]
    sort = [(COLUMNS[place][0], draw(st.booleans())) for place in draw(st.lists(st.integers(0, 4), max_size=2, unique=True))]
    shown = draw(st.none() | st.lists(st.sampled_from([each for each, _ in COLUMNS]), min_size=1, unique=True))
    return Case(name, COLUMNS, cells, a_state(*filters, sort=sort, columns=shown))


@st.composite
def generated_filter(draw: st.DrawFn, place: int, cells: list[str]) -> dict[str, Any]:
    """A filter on a column."""
    name, kind = COLUMNS[place]
    values = st.sampled_from(cells) | VALUES[place]
    one_of = st.lists(values, min_size=1, max_size=3).map(lambda given: {"test": "is", "values": given})
    between = st.tuples(values, values).map(lambda ends: {"test": "between", "low": ends[0], "high": ends[1]})
    contains = values.map(lambda text: {"test": "contains", "text": text[:2]})
    other = st.sampled_from([{"test": "empty"}, {"test": "filled"}])
    return {"column": name, **draw(st.one_of(one_of, other, contains if kind in ("text", "boolean") else between))}


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases=generated_cases())
def test_every_language_gets_the_same_of_generated_tables(cases, node, tmp_path_factory):
    folder = tmp_path_factory.mktemp("generated")
    for case in cases:
        write_csv(case, folder)
    with served(folder) as address:
        asked = Asked(cases, answers(str(node), cases, address), folder)
        given = {"python": in_python(asked.code("python")), "javascript": in_node(str(node), asked.code("javascript"))}
        given |= in_others(asked, tmp_path_factory.mktemp("r"))

    names = [each.name for each in cases]
    assert {language: found for language, views in given.items() if (found := asked.differing(views, names))} == {}
