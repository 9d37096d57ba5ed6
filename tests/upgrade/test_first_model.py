"""A catalog of the first model is read today as it was then, and every address that it had answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from cities import a_build
from cityfolio.build import Workshop, build_site
from cityfolio.files import FolderTree, MemoryTree, Tree
from cityfolio.load.catalog import load
from cityfolio.publish.manifest import from_bytes
from cityfolio.publish.sinks import MemorySink
from cityfolio.review.twins_gone import kinds_beside
from cityfolio.review.upgrade.steps import Known
from cityfolio.review.upgrade.upgraded import Upgraded, upgraded

FIRST = Path(__file__).resolve().parent / "first"
CATALOG = FolderTree(FIRST / "catalog")
MANIFEST = from_bytes((FIRST / "manifest.json").read_bytes())
# What that version read, as JSON: of each record the keys that there were.
RECORDS: Mapping[str, Any] = json.loads((FIRST / "records.json").read_bytes())
ROOMS = ("publishers", "topics", "licenses", "columns", "datasets")


def upgrades() -> list[Upgraded]:
    return [*upgraded(CATALOG, Known(beside=kinds_beside(MANIFEST)))]


def today() -> Tree:
    """The catalog after an upgrade."""
    files = {node.path: CATALOG.read(node.path) for node in CATALOG.nodes() if node.kind == "file"}
    return MemoryTree(files | {each.path: each.after for each in upgrades()})


def plain(value: Any) -> Any:
    """A record as JSON has it."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def lost(before: Any, now: Any, at: str) -> Iterator[str]:
    """Where something that was read then is read otherwise now. Keys that came later are not looked at."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key, value in before.items():
            yield from lost(value, now.get(key, "no such key"), f"{at}/{key}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for place, (one, other) in enumerate(zip(before, now, strict=True)):
            yield from lost(one, other, f"{at}/{place}")
    elif before != now:
        yield f"{at}: {before!r} became {now!r}"


def said(value: Any) -> Iterator[str]:
    """The names of keys that say something somewhere."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from [key] if each not in (None, [], {}) else []
            yield from said(each)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from said(each)


def test_nothing_that_was_read_then_is_read_otherwise_now() -> None:
    found = load(today())
    assert found.site is not None
    now = {"site": plain(found.site.record)}
    now |= {room: {name: plain(each.record) for name, each in getattr(found, room).items()} for room in ROOMS}

    assert list(lost(RECORDS, now, "")) == []
    assert [problem for problem in found.problems if problem.severity == "error"] == []


def test_every_key_of_the_first_model_says_something_in_that_catalog() -> None:
    keys = {key for room in ROOMS for record in RECORDS[room].values() for key in record} | set(RECORDS["site"])

    assert sorted(keys - set(said(RECORDS))) == []


def test_the_first_model_needs_no_change() -> None:
    assert [each.said for each in upgrades()] == []


@pytest.fixture(scope="module")
def site() -> MemorySink:
    """The site of today, built after that of then."""
    sink = MemorySink()
    result = build_site(load(today()), a_build(base_url="https://data.maplewood.example/portal"),
                        Workshop(tree=today(), sink=sink, previous=MANIFEST))
    assert [each for each in result.problems if each.severity == "error"] == []
    return sink


def test_every_page_and_file_that_was_published_then_answers(site: MemorySink) -> None:
    assert site.manifest is not None
    passing = ("assets/", "feed.atom", "new.atom")       # made anew for each site; made where there are days to tell
    gone = [path for path in MANIFEST.entries if path not in site.manifest.entries and not path.startswith(passing)
            and not path.endswith(passing)]

    assert gone == []


def test_the_files_of_data_hold_what_they_held(site: MemorySink) -> None:
    assert site.manifest is not None
    changed = [path for path, entry in MANIFEST.entries.items()
               if path.endswith(".csv") and site.manifest.entries[path].sha256 != entry.sha256]

    assert changed == []


def test_a_template_that_extends_the_theme_still_does(site: MemorySink) -> None:
    assert b"Ask the foresters at 555-0101." in site.site["data/street-trees/index.html"]
