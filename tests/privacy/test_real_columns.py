"""Columns of real tables and of the demonstration: nearly none is personal, and the detector must say so."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from cityfolio.privacy.detect import personal_findings
from cityfolio.privacy.seen import SeenColumn, as_columns
from demonstration.charlotte_catalog import CATALOG

# Looked through by eye: of the demonstration these two alone are of people, and both are marked sensitive there.
PERSONAL = {("code-cases.csv", "complainant_name"), ("service-requests.csv", "caller_phone")}


def columns(path: Path) -> tuple[SeenColumn, ...]:
    """The columns of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    return as_columns(header, [[row[at] or None for row in rows] for at in range(len(header))])


def flagged(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """The columns that are flagged, by file and name."""
    return ((path.name, finding.column) for path in paths for finding in personal_findings(columns(path)))


@pytest.mark.no_cover
@pytest.mark.slow
def test_of_the_demonstration_only_what_is_personal_is_flagged() -> None:
    paths = sorted(CATALOG.glob("datasets/*/*.csv"))

    assert set(flagged(paths)) == PERSONAL


def test_no_column_of_other_peoples_tables_is_flagged(inputs: Path) -> None:
    paths = [*sorted(inputs.glob("open-sdg/data/*.csv")), *sorted(inputs.glob("data-package/data/*.csv"))]

    assert len(paths) >= 15
    assert list(flagged(paths)) == []
