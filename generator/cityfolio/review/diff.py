"""Everything that differs between two states of a catalog, top to bottom: records, rows, measures, problems, policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cityfolio.cache import Keep, NoCache
from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.loaded import Sourced
from cityfolio.model.review import Change, Diff
from cityfolio.problems import Location
from cityfolio.review.compare_datasets import dataset_changes
from cityfolio.review.compare_files import site_exports
from cityfolio.review.compare_measures import measure_changes
from cityfolio.review.compare_problems import problem_changes
from cityfolio.review.compare_records import compared
from cityfolio.review.compare_rooms import ROOMS, Room, room_changes, room_of, with_former
from cityfolio.review.compare_words import change_of, told
from cityfolio.review.diff_state import States
from cityfolio.review.diff_tables import Remembered, Seen, needed, seen
from cityfolio.review.policy import judged
from cityfolio.tables.published import Bench

ALONE = ("site", "synonyms")
EXPORTS = frozenset({"exports"})


class DiffBench(Frozen, kw_only=True):
    """With what a comparison works: a folder to write on the way, a cache, processes."""

    scratch: Path
    cache: Keep = field(default_factory=NoCache)
    workers: int = 1


def diff(states: States, bench: DiffBench) -> Diff:
    """Compare two states. Nothing that is equal in both is read."""
    before, after = states.before, states.after
    rooms = {name: room_of(states, name) for name in ROOMS}
    found = _seen(states, bench)
    changes = [*_rooms(states, rooms, found), *_alone(states), *_theme(states), *_measures(rooms["measures"], found)]
    gone = {f"{room.name}/{name}" for room in rooms.values() for name in room.gone}
    if before.loaded.site is None and not before.loaded.datasets:
        found = replace(found[0], problems=()), found[1]      # a catalog that was not there had none of its problems
    # That the problems of what is gone are gone too goes without saying.
    changes += (each for each in problem_changes(found[0].problems, found[1].problems, _paths(rooms)) if each.about not in gone)
    result = judged(changes, before.loaded, after.loaded)
    unmeasured = [state.name for state, each in zip((before, after), found, strict=True) if not each.is_measured]
    remarks = (f"Measures were not compared, because there are errors in {' and in '.join(unmeasured)}.",) if unmeasured else ()
    return Diff(base=before.name, head=after.name, changes=result.changes, refused=result.refused, remarks=remarks)


def _seen(states: States, bench: DiffBench) -> tuple[Seen, Seen]:
    wanted, cache = needed(states), Remembered(bench.cache)
    benches = []
    for name, state in (("before", states.before), ("after", states.after)):
        folder = bench.scratch / name
        folder.mkdir(exist_ok=True)
        benches.append(Bench(tree=state.tree, cache=cache, workers=bench.workers, scratch=folder))
    return seen(states.before, wanted, benches[0]), seen(states.after, wanted, benches[1])


def _rooms(states: States, rooms: dict[str, Room], found: tuple[Seen, Seen]) -> Iterator[Change]:
    for room in rooms.values():
        yield from room_changes(states, room)
        for before, after in room.kept:
            if room.name == "measures" and after.id in room.hidden[1]:
                yield from (_lightened(each) for each in _record_changes(room, before, after))
            elif room.name == "datasets" and _may_differ(states, before, after):
                yield from dataset_changes(states, before, after, (found[0].tables, found[1].tables))
            elif room.name != "datasets":
                yield from _record_changes(room, before, after)


def _lightened(change: Change) -> Change:
    """What rests on a draft is known to nobody."""
    return replace(change, weight="minor", breaks=())


def _may_differ(states: States, before: Sourced[Any], after: Sourced[Any]) -> bool:   # Any: a record type
    if before.id != after.id or before.record != after.record:
        return True
    paths = {f"datasets/{after.id}/{file.path or file.sample}" for file in after.record.files if file.path or file.sample}
    return any(not states.is_same(path, path) for path in paths)


def _record_changes(room: Room, before: Sourced[Any], after: Sourced[Any]) -> Iterator[Change]:   # Any: a record type
    about = f"{room.name}/{after.id}"
    for difference in compared(with_former(room.name, before, after), after.record):
        yield told(about, before, after, difference)
    if before.body != after.body:
        yield change_of("text-changed", about, "the text is otherwise", _first_difference(before, after), part="text",
                        before=before.body, after=after.body)


def _first_difference(before: Sourced[Any], after: Sourced[Any]) -> Location:   # Any: a record type
    known = {each.language: each.text for each in before.bodies}
    body = next((each for each in after.bodies if known.get(each.language) != each.text), after.bodies[0])
    lines = [known.get(body.language, "").split("\n"), body.text.split("\n")]
    same = next((at for at, pair in enumerate(zip(*lines, strict=False)) if pair[0] != pair[1]), min(map(len, lines)))
    at = min(same, len(lines[1]) - 1)
    return Location(path=body.path, line=body.line + at, column=1, excerpt=lines[1][at][:200])


def _alone(states: States) -> Iterator[Change]:
    """The files of which there is one."""
    for name in ALONE:
        before, after = getattr(states.before.loaded, name), getattr(states.after.loaded, name)
        if before is not None and after is not None:
            for difference in compared(before.record, after.record, but=EXPORTS):
                yield told(name, before, after, difference)
            if name == "site":
                yield from site_exports(before, after)
        elif before is not after and not {f"{name}/{name}"} & {*states.before.loaded.unread, *states.after.loaded.unread}:
            there = before or after
            kind = "record-added" if before is None else "record-removed"
            yield change_of(kind, name, f"{there.document.path} is {'new' if before is None else 'gone'}", there.document.at())


def _theme(states: States) -> Iterator[Change]:
    for path in sorted(path for path in states.differing() if path.startswith("theme/")):
        yield change_of("theme-changed", "theme", f"{path} is otherwise", Location(path=path), part=path)


def _measures(room: Room, found: tuple[Seen, Seen]) -> Iterator[Change]:
    for before, after in room.kept:
        if after.id in room.hidden[1]:
            continue
        one, two = found[0].figures.by_id.get(before.id), found[1].figures.by_id.get(after.id)
        if one is not None and two is not None:
            yield from measure_changes(after, one, two)


def _paths(rooms: dict[str, Room]) -> dict[str, str]:
    """Folders and files of records that have another name: the path before with the path now."""
    return {f"{room.name}/{old}{ending}": f"{room.name}/{new}{ending}" for room in rooms.values()
            for old, new in room.renamed.items() for ending in ("", ".yaml", ".md")}
