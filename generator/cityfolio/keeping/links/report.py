"""What was found at the addresses of a catalog, for people and for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from cityfolio.keeping.links.addresses import Places
from cityfolio.load.checked_links import Line
from cityfolio.problems import Location


def as_json(lines: Iterable[Line], places: Places, root: str) -> dict[str, list[dict[str, Any]]]:   # Any: values of JSON
    """For programs: every address with what was found and where it stands."""
    return {"links": [
        {"url": each.link.url, "is_well": each.link.is_well, "status": each.link.status, "says": each.link.says,
         "checked": each.checked.isoformat(),
         "where": [{"path": _path(where, root), "line": where.line, "column": where.column} for where in places[each.link.url]]}
        for each in sorted(lines, key=lambda line: line.link.url)]}


def as_text(lines: Collection[Line], places: Places, root: str) -> str:
    """For a person: each place of what is broken, then of what moved for good, then how many there are of each."""
    broken = [each for each in lines if not each.link.is_well]
    moved = [each for each in lines if each.link.is_well and each.link.says.startswith("moved to ")]
    told = [*_places(broken, places, root, "broken"), *_places(moved, places, root, "moved")]
    counts = (f"{len(lines):,} address{'es' * (len(lines) != 1)}: {len(lines) - len(broken):,} well, {len(moved):,} of them "
              f"moved, {len(broken):,} broken.")
    return "\n".join([*told, counts])


def _places(lines: Iterable[Line], places: Places, root: str, word: str) -> list[str]:
    told = [(where, each) for each in lines for where in places[each.link.url]]
    told.sort(key=lambda pair: (pair[0].path, pair[0].line or 0, pair[0].column or 0, pair[1].link.url))
    return [f"{_path(where, root)}:{where.line}:{where.column}: {word}: {each.link.url}\n  {_shown(each.link.says)}"
            for where, each in told]


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _path(where: Location, root: str) -> str:
    return f"{root}/{where.path}" if root else where.path
