"""A report as JSON, for the cache and between processes. The path of the file is left out, so that a file may move.

Columns are written figure by figure, not one after the other: a table has dozens of small values of a few types, and a build
that finds every table in the cache does little else than make them.

What a page shows of a table takes forty times the memory that it takes on paper. So it lies aside as it is written, compressed,
and is read when a page asks for it (docs/decisions/profiles-kept-small.md).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
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
    ShapesProfile,
    TableProfile,
    TableReport,
    Together,
    leading_values,
)
from cityfolio.model.records import ColumnType
from cityfolio.problems import Location, Problem
from cityfolio.tables.members import SETS, values_of

# Any, below: what comes out of JSON; a value of another shape than was put in raises, and counts as a miss.
Value = TypeVar("Value")

LISTED: Mapping[str, type[Any]] = {"top": Count, "bins": Bin, "gaps": Gap}     # tuples of these in a column
GETS = {kind: {name: attrgetter(name) for name in members} for kind, members in SETS.items()}
PROFILED = tuple(each.name for each in fields(TableProfile) if each.init)
LONG = ("first_rows", "header_at")     # parts of a profile that are read with its columns
ASKED_SELDOM = ("columns", *LONG, "header_line", "digest")
AT_HAND = tuple(each.name for each in fields(TableProfile) if each.name not in ASKED_SELDOM)
TOLD = frozenset((*AT_HAND, "header_line", "types", "filled", "leading"))     # in the line of JSON
ASIDE = Annex()
READ_AT_ONCE = 16                      # profiles: a page asks again and again for those of one dataset
ALIKE = 1 << 13                        # headers, and lists of types: tables of one kind have the same
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


class ProfileAside(TableProfile):
    """A profile that lies aside as it is written, but for what is asked of every table.

    It is equal to the profile that it stands for. What is replaced in it makes one that lies nowhere.
    """

    __slots__ = ("_types", "body")
    _types: tuple[ColumnType, ...]
    body: Laid                    # all that was written

    def __new__(cls, **members: Any) -> TableProfile:      # type: ignore[misc]
        """The same profile with other members, which `replace` asks for."""
        return TableProfile(**members)

    @property
    def columns(self) -> Sequence[ColumnProfile]:
        """Its columns, which are read each time that one is asked for."""
        return Kept(_part, self.body, "columns")

    @property
    def first_rows(self) -> Sequence[tuple[str | None, ...]]:
        """Its first rows, which are read too."""
        return Kept(_part, self.body, "first_rows")

    @property
    def header_at(self) -> Sequence[tuple[int, int, int]]:
        """Where each name stands, which is read too."""
        return Kept(_part, self.body, "header_at")

    @property
    def header_line(self) -> str:
        """The first line."""
        line: str = _head(self.body)["header_line"]
        return line

    @property
    def digest(self) -> str:
        """Of all that lies aside."""
        return sha256(self.body.read()).hexdigest()

    @property
    def types(self) -> Mapping[str, ColumnType]:
        """The type of each column."""
        return dict(zip(self.header, self._types, strict=True))

    @property
    def filled(self) -> Mapping[str, int]:
        """How many cells of each column hold something."""
        return dict(zip(self.header, _head(self.body)["filled"], strict=True))

    @property
    def leading(self) -> Mapping[str, Sequence[str]]:
        """The leading values of each column of categories."""
        leading: dict[str, list[str]] = _head(self.body)["leading"]
        return leading

    def __eq__(self, other: object) -> bool:
        return replace(self) == (replace(other) if isinstance(other, ProfileAside) else other)

    def __hash__(self) -> int:
        return hash(replace(self))

    def __repr__(self) -> str:
        return repr(replace(self))

    def __reduce__(self) -> tuple[Callable[[bytes], TableProfile], tuple[bytes]]:
        return _aside, (self.body.read(),)      # another process lays it aside for itself


def decoded(body: bytes, path: str) -> TableReport | None:
    """Read a report of the file at a path; None for what `encoded` of this version did not write."""
    try:
        read = _line(body)
        problems = tuple(_problem(each, path) for each in read["problems"])
        if read["profile"] is None:
            return TableReport(profile=None, problems=problems)
        return TableReport(profile=_profile(read["profile"], body), problems=problems) if read["form"] == FORM else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def written(report: TableReport) -> bytes:
    """What `encoded` wrote of a report that was read: of a profile that lies aside the very bytes."""
    return report.profile.body.read() if isinstance(report.profile, ProfileAside) else encoded(report)


def _line(body: bytes) -> dict[str, Any]:
    read: dict[str, Any] = orjson.loads(body[:body.find(b"\n")])
    return read


@lru_cache(maxsize=READ_AT_ONCE)
def _head(body: Laid) -> dict[str, Any]:
    """What the line says of a profile that lies aside."""
    head: dict[str, Any] = _line(body.read())["profile"]
    return head


def _aside(body: bytes) -> TableProfile:
    return _profile(_line(body)["profile"], body)


def _profile(read: dict[str, Any], body: bytes) -> TableProfile:
    if read.keys() != TOLD:
        raise ValueError("these are not the members of a profile")
    profile = object.__new__(ProfileAside)
    at_hand = {name: read[name] for name in AT_HAND} | {
        "encoding": intern(read["encoding"]), "delimiter": intern(read["delimiter"]), "sheet": intern(read["sheet"]),
        "header": _shared(read["header"]), "left_out": _shared(read["left_out"]),
        "keys": _alike(tuple(map(_shared, read["keys"]))),
        "missing_together": tuple(Together(**each) for each in read["missing_together"]),
        "personal": tuple(PersonalFinding(**each) for each in read["personal"]),
        "shapes": _shapes(read["shapes"]) if read["shapes"] else None,
        "_types": _shared(read["types"]),
    }
    for name, value in at_hand.items():
        object.__setattr__(profile, name, value)
    object.__setattr__(profile, "body", ASIDE.laid(body))
    return profile


def _shared(names: Iterable[str]) -> tuple[Any, ...]:
    """Names and types, of which a catalog has few that differ: each is there once, and so are rows of them."""
    return _alike(tuple(map(intern, names)))


@lru_cache(maxsize=ALIKE)
def _alike(names: tuple[Any, ...]) -> tuple[Any, ...]:
    return names


def _part(body: Laid, name: str) -> tuple[Any, ...]:
    return _parts(body)[name]


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
def _parts(body: Laid) -> _Parts:
    return _Parts(orjson.loads(zlib.decompress(body.read().partition(b"\n")[2])))


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
