"""A small sound city, and every file of the site that it becomes."""

from __future__ import annotations

import pytest

from cityfolio.build import Result
from cityfolio.publish.sinks import MemorySink
from golden_sites import GOLDEN, built_with_stand_ins, compare, differences, settled

SMALL = GOLDEN / "small"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> tuple[Result, MemorySink]:
    """The city, built in memory."""
    return built_with_stand_ins(SMALL / "city", monkeypatch)


def test_the_site_is_what_is_expected(made: tuple[Result, MemorySink], rewrite: bool) -> None:
    _, sink = made

    compare(SMALL / "expected", settled(sink.site), rewrite=rewrite)


def test_only_the_dataset_that_is_late_is_a_problem(made: tuple[Result, MemorySink]) -> None:
    result, _ = made
    found = [(each.code, each.where.path) for each in result.problems]

    assert found == [("dataset-late", "datasets/dog-licenses/dataset.yaml")]


def test_no_file_holds_a_value_of_the_sensitive_column(made: tuple[Result, MemorySink]) -> None:
    _, sink = made

    assert [path for path, body in sink.site.items() if b"Quimby" in body or b"Ferris" in body] == []


HEAD = ["--- expected/a", "+++ made/a"]
DIFFERENCES = {
    "a line": ({"a": "one\ntwo\n"}, {"a": "one\n2\n"}, [*HEAD, "@@ -1,3 +1,3 @@", " one", "-two", "+2", " "]),
    "an end of line": ({"a": "x\n"}, {"a": "x\r\n"}, [*HEAD, "@@ -1,2 +1,2 @@", "-x", "+x\u240d", " "]),
    "a file": ({}, {"a": "x"}, [*HEAD, "@@ -0,0 +1 @@", "+x"]),
    "nothing": ({"a": "x"}, {"a": "x"}, []),
}


@pytest.mark.parametrize(("expected", "is_made", "shown"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_difference_is_shown_line_by_line(expected: dict[str, str], is_made: dict[str, str], shown: list[str]) -> None:
    assert differences(expected, is_made) == shown


def test_another_style_changes_no_expected_file(made: tuple[Result, MemorySink]) -> None:
    _, sink = made
    style = next(path for path in sink.site if path.endswith(".css"))
    other = {path.replace(style[-14:], "0123456789.css"): body.replace(style[-14:].encode(), b"0123456789.css")
             for path, body in sink.site.items()}

    assert settled(other) == settled(sink.site)
