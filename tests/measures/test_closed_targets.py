"""Targets are written down when periods are closed, and cannot be moved in silence afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cities import ON_TIME, a_measured_city
from cityfolio.cli import main
from cityfolio.measures.closed_targets import read_targets

TARGET = "{until: 2026-12, value: 80, set_on: 2026-01-01, set_by: City council}"
ADDED = "{until: 2027-12, value: 90, set_on: 2026-05-01, set_by: City council}"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The folder of a city whose measure has closed periods."""
    for path, body in a_measured_city().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(str(body), encoding="utf-8")
    run(tmp_path, "measures", "close", "2026-04")
    return tmp_path


def run(city: Path, *words: str) -> str:
    """What a command says of a city on a day in June 2026."""
    options = ["--catalog", str(city), "--as-of", "2026-06-30", "--no-cache"]
    return CliRunner().invoke(main, [*words, *options], catch_exceptions=False).output


def with_target(city: Path, text: str) -> str:
    """What a check says when the target is another."""
    (city / "measures/on-time/measure.yaml").write_text(ON_TIME.replace(TARGET, text), encoding="utf-8")
    return run(city, "check")


def test_closing_a_period_writes_the_targets_down(city: Path) -> None:
    assert (city / "measures/on-time/targets.csv").read_text() == (
        "until,value,low,high,set_on,set_by\n2026-12,80,,,2026-01-01,City council\n")


def test_a_target_that_is_added_later_is_added_to_the_file(city: Path) -> None:
    with_target(city, f"{TARGET}\n  - {ADDED}")

    run(city, "measures", "close", "2026-05")

    assert (city / "measures/on-time/targets.csv").read_text().splitlines()[1:] == [
        "2026-12,80,,,2026-01-01,City council", "2027-12,90,,,2026-05-01,City council"]


@pytest.mark.parametrize(("text", "says"), [
    (TARGET.replace("80", "70"), "was 80 by 2026-12, set on 2026-01-01 by City council, when periods were closed, and is 70"),
    (TARGET.replace("2026-12", "2028-12"), "and is 80 by 2028-12"),
    (ADDED, "and is 90 by 2027-12"),
])
def test_a_target_that_was_changed_is_refused(city: Path, text: str, says: str) -> None:
    found = with_target(city, text)

    assert "[target-changed]" in found
    assert says in found


def test_a_target_that_was_taken_away_is_refused(city: Path) -> None:
    (city / "measures/on-time/measure.yaml").write_text(ON_TIME.replace(f"targets:\n  - {TARGET}\n", ""), encoding="utf-8")

    assert "and is gone" in run(city, "check")


@pytest.mark.parametrize("text", [TARGET.replace("80", "80.0"), TARGET.replace("}", ", reason: Adopted in the budget}"),
                                  f"{TARGET}\n  - {ADDED}"])
def test_what_changes_no_target_is_no_change(city: Path, text: str) -> None:
    assert "target-changed" not in with_target(city, text)


@pytest.mark.parametrize("body", [b"", b"a,b\n", b"until,value,low,high,set_on,set_by\n1,2\n", b"\xff\xfe", b'"\n'])
def test_a_file_that_was_written_by_somebody_else_is_named(city: Path, body: bytes) -> None:
    (city / "measures/on-time/targets.csv").write_bytes(body)

    assert read_targets(body) is None
    assert "[observations-invalid]" in run(city, "check")
