"""A report as JSON, for the cache and between processes. The path of the file is left out, so that a file may move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from cityfolio.model.privacy import PersonalFinding
from cityfolio.model.profile import (
    Bin,
    ColumnProfile,
    Count,
    Gap,
    ShapesProfile,
    TableProfile,
    TableReport,
    Together,
)
from cityfolio.problems import Location, Problem

# Any, below: what comes out of JSON; a value of another shape than was put in raises, and counts as a miss.


def encoded(report: TableReport) -> bytes:
    """Write a report as JSON."""
    problems = [replace(problem, where=replace(problem.where, path="")) for problem in report.problems]
    return orjson.dumps({"profile": report.profile, "problems": problems})


def decoded(body: bytes, path: str) -> TableReport | None:
    """Read a report of the file at a path; None for what `encoded` of this version did not write."""
    try:
        read = orjson.loads(body)
        return TableReport(profile=_profile(read["profile"]), problems=tuple(_problem(each, path) for each in read["problems"]))
    except (ValueError, KeyError, TypeError):
        return None


def _profile(read: Mapping[str, Any] | None) -> TableProfile | None:
    if read is None:
        return None
    return TableProfile(**{
        **read,
        "header": tuple(read["header"]), "left_out": tuple(read["left_out"]),
        "header_at": tuple(map(tuple, read["header_at"])), "first_rows": tuple(map(tuple, read["first_rows"])),
        "columns": tuple(map(_column, read["columns"])), "keys": tuple(map(tuple, read["keys"])),
        "missing_together": tuple(Together(**each) for each in read["missing_together"]),
        "personal": tuple(PersonalFinding(**each) for each in read["personal"]),
        "shapes": _shapes(read["shapes"]) if read["shapes"] else None,
    })


def _shapes(read: Mapping[str, Any]) -> ShapesProfile:
    return ShapesProfile(**{
        **read, "kinds": tuple(Count(**each) for each in read["kinds"]),
        "bounds": tuple(read["bounds"]) if read["bounds"] else None,
    })


def _column(read: Mapping[str, Any]) -> ColumnProfile:
    return ColumnProfile(**{
        **read,
        "quartiles": tuple(read["quartiles"]) if read["quartiles"] else None,
        "top": tuple(Count(**each) for each in read["top"]), "bins": tuple(Bin(**each) for each in read["bins"]),
        "gaps": tuple(Gap(**each) for each in read["gaps"]),
    })


def _problem(read: Mapping[str, Any], path: str) -> Problem:
    return Problem(**{**read, "where": Location(**{**read["where"], "path": path})})
