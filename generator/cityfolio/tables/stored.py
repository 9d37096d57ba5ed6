"""A report as JSON, for the cache and between processes. The path of the file is left out, so that a file may move.

Columns are written figure by figure, not one after the other: a table has dozens of small values of a few types, and a build
that finds every table in the cache does little else than make them.

What a page shows of a table takes forty times the memory that it takes on paper. So it lies aside as it is written, compressed,
and is read when a page asks for it (docs/decisions/profiles-kept-small.md).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache, partial
from hashlib import sha256
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from sys import intern
from typing import Any, TypeVar

import orjson

from cityfolio.annex import Annex, Laid
from cityfolio.frozen import replace
from cityfolio.model.privacy import PersonalFinding
from cityfolio.model.profile import (
    Bin,
    ColumnProfile,
    Count,
    Gap,
    Kept,
    KeptColumns,
    ShapesProfile,
    TableProfile,
    TableReport,
    Together,
    leading_values,
)
from cityfolio.problems import Location, Problem
from cityfolio.tables.members import SETS, values_of

# Any, below: what comes out of JSON; a value of another shape than was put in raises, and counts as a miss.
Value = TypeVar("Value")

LISTED: Mapping[str, type[Any]] = {"top": Count, "bins": Bin, "gaps": Gap}     # tuples of these in a column
GETS = {kind: {name: attrgetter(name) for name in members} for kind, members in SETS.items()}
PROFILED = tuple(each.name for each in fields(TableProfile) if each.init)
LONG = ("first_rows", "header_at")     # parts of a profile that are read with its columns
ASIDE = Annex()
READ_AT_ONCE = 16                      # profiles: a page asks again and again for those of one dataset
# A profile of other members is read as none at once, not when a page asks for it.
FORM = ",".join(chain.from_iterable(members for members in SETS.values()))


def encoded(report: TableReport) -> bytes:
    """Write a report: a line of JSON with what is asked of every table, and the rest compressed."""
    problems = [replace(problem, where=replace(problem.where, path="")) for problem in report.problems]
    if report.profile is None:
        return orjson.dumps({"profile": None, "problems": problems}) + b"\n"
    profile: dict[str, Any] = {name: getattr(report.profile, name) for name in PROFILED}
    columns = profile.pop("columns")
    rest = {"columns": _by_figure(columns), **{name: list(profile.pop(name)) for name in LONG}}
    profile |= {"types": [each.type for each in columns], "filled": [each.filled for each in columns],
                "leading": leading_values(columns)}
    head = orjson.dumps({"profile": profile, "problems": problems, "form": FORM})
    return head + b"\n" + zlib.compress(orjson.dumps(rest), 1)


def _by_figure(columns: Sequence[ColumnProfile]) -> dict[str, object]:
    found: dict[str, object] = _figures(ColumnProfile, columns)
    for name, kind in LISTED.items():
        lists = [getattr(column, name) for column in columns]
        found[name] = {"ends": list(accumulate(map(len, lists))), **_figures(kind, list(chain.from_iterable(lists)))}
    return found


def _figures(kind: type[Value], values: Sequence[Value]) -> dict[str, Any]:
    return {name: list(map(get, values)) for name, get in GETS[kind].items()}


def decoded(body: bytes, path: str) -> TableReport | None:
    """Read a report of the file at a path; None for what `encoded` of this version did not write."""
    try:
        head, _, rest = body.partition(b"\n")
        read = orjson.loads(head)
        problems = tuple(_problem(each, path) for each in read["problems"])
        if read["profile"] is not None and read["form"] != FORM:
            return None
        profile = _profile(read["profile"], rest)
        if profile:
            object.__setattr__(profile, "digest", sha256(body).hexdigest())
        return TableReport(profile=profile, problems=problems)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _profile(read: dict[str, Any] | None, rest: bytes) -> TableProfile | None:
    if read is None:
        return None
    laid = ASIDE.laid(rest)
    columns = KeptColumns(Kept(_part, laid, "columns"), _shared(read.pop("types")), tuple(read.pop("filled")),
                          partial(orjson.loads, orjson.dumps(read.pop("leading")).decode()))
    return TableProfile(**{
        **read,
        "header": _shared(read["header"]), "left_out": tuple(read["left_out"]), "keys": tuple(map(_shared, read["keys"])),
        "columns": columns, **{name: Kept(_part, laid, name) for name in LONG},
        "missing_together": tuple(Together(**each) for each in read["missing_together"]),
        "personal": tuple(PersonalFinding(**each) for each in read["personal"]),
        "shapes": _shapes(read["shapes"]) if read["shapes"] else None,
    })


def _shared(names: Iterable[str]) -> tuple[Any, ...]:
    """Names and types, of which a catalog has few that differ: each is there once."""
    return tuple(map(intern, names))


def _part(rest: Laid, name: str) -> tuple[Any, ...]:
    return _parts(rest)[name]


class _Parts(dict[str, tuple[Any, ...]]):       # Any: as the name of a part says
    """The long parts of a profile, each made of what is written when it is first asked for."""

    def __init__(self, written: Mapping[str, Any]) -> None:
        super().__init__()
        self._written = written

    def __missing__(self, name: str) -> tuple[Any, ...]:
        told = self._written[name]
        part = self[name] = tuple(_columns(told) if name == "columns" else map(tuple, told))
        return part


@lru_cache(maxsize=READ_AT_ONCE)
def _parts(rest: Laid) -> _Parts:
    return _Parts(orjson.loads(zlib.decompress(rest.read())))


def _shapes(read: Mapping[str, Any]) -> ShapesProfile:
    return ShapesProfile(**{
        **read, "kinds": tuple(Count(**each) for each in read["kinds"]),
        "bounds": tuple(read["bounds"]) if read["bounds"] else None,
    })


def _columns(read: Mapping[str, Any]) -> list[ColumnProfile]:
    lists = {name: _lists(kind, read[name]) for name, kind in LISTED.items()}
    quartiles = [each and tuple(each) for each in read["quartiles"]]
    return values_of(ColumnProfile, {**read, **lists, "quartiles": quartiles})


def _lists(kind: type[Value], read: Mapping[str, Any]) -> list[tuple[Value, ...]]:
    """The values of each column."""
    values = values_of(kind, {name: given for name, given in read.items() if name != "ends"})
    return [tuple(values[start:end]) for start, end in pairwise((0, *read["ends"]))]


def _problem(read: Mapping[str, Any], path: str) -> Problem:
    return Problem(**{**read, "where": Location(**{**read["where"], "path": path})})
