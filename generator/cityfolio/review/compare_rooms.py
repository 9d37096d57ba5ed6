"""Which records of a catalog came, went or have another name, room by room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cityfolio.load.loaded import Sourced
from cityfolio.model.review import Change
from cityfolio.review.compare_addresses import PAGES, addresses_of, answered_by, page_address
from cityfolio.review.compare_words import change_of
from cityfolio.review.diff_state import State, States

ROOMS = ("datasets", "measures", "goals", "priorities", "publishers", "topics", "policy", "guides", "licenses", "columns",
         "calendars", "commitments", "requests", "uses", "standards", "attestations", "assessments", "changes")
SINGULAR = {"datasets": "dataset", "measures": "measure"}
ALIKE = 0.6                     # how much of what is said must be the same for a record to be thought of as one that moved
MOST_COMPARED = 2_500           # pairs of records
FEEDS = ("DCAT-US", "DCAT-AP", "schema.org")
Records = Mapping[str, Sourced[Any]]     # Any: a record type a room


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The records of one room in both states, and which of them are one under two names."""

    name: str
    before: Records
    after: Records
    renamed: Mapping[str, str]      # id before -> id now

    @property
    def kept(self) -> Iterator[tuple[Sourced[Any], Sourced[Any]]]:   # Any: a record type
        """Each record that is in both, before and after."""
        for name, record in self.before.items():
            now = self.renamed.get(name, name)
            if now in self.after and (name in self.renamed or now not in self.renamed.values()):
                yield record, self.after[now]

    @property
    def gone(self) -> tuple[str, ...]:
        """Ids that are there no more."""
        return tuple(name for name in self.before if name not in self.after and name not in self.renamed)

    @property
    def come(self) -> tuple[str, ...]:
        """Ids that are new."""
        return tuple(name for name in self.after if name not in self.before and name not in self.renamed.values())


def room_of(states: States, name: str) -> Room:
    """Compare the names of a room. What is there and could not be read is neither gone nor new."""
    before, after = (_records(state, name) for state in (states.before, states.after))
    unread = [{each.partition("/")[2] for each in state.loaded.unread if each.startswith(f"{name}/")}
              for state in (states.before, states.after)]
    before = {each: record for each, record in before.items() if each not in unread[1]}
    after = {each: record for each, record in after.items() if each not in unread[0]}
    gone, come = [each for each in before if each not in after], [each for each in after if each not in before]
    return Room(name=name, before=before, after=after, renamed=_renamed(before, after, gone, come))


def _records(state: State, room: str) -> dict[str, Sourced[Any]]:   # Any: a record type a room
    found = dict(getattr(state.loaded, room))
    # Drafts are loaded as if they were published, so that they are checked.
    for name in state.loaded.drafts if room == "datasets" else ():
        found[name] = replace(found[name], record=replace(found[name].record, status="draft"))
    return found


def _renamed(before: Records, after: Records, gone: Sequence[str], come: Sequence[str]) -> dict[str, str]:
    """Ids that say what they were before, then those whose records are most alike."""
    found = {former: name for name in come for former in getattr(after[name].record, "formerly", ()) if former in gone}
    scored = []
    taken = set(found.values())
    for name in (each for each in gone if each not in found):
        for now in (each for each in come if each not in taken):
            # Of very many, as after a move from another portal, only those that bear one title are compared.
            if len(gone) * len(come) <= MOST_COMPARED or _title(before[name]) == _title(after[now]):
                likeness = _likeness(before[name], after[now])
                scored += [(-likeness, name, now)] if likeness >= ALIKE else []
    for _, name, now in sorted(scored):
        if name not in found and now not in found.values():
            found[name] = now
    return found


def _title(record: Sourced[Any]) -> str:   # Any: a record type
    return getattr(record.record, "title", None) or ""


def _likeness(before: Sourced[Any], after: Sourced[Any]) -> float:   # Any: a record type
    """The share of what is said that is the same in both; a title says more than a license that all share."""
    said = [each.name for each in fields(after.record)
            if (getattr(before.record, each.name), getattr(after.record, each.name)) != (each.default, each.default)
            and (getattr(before.record, each.name) or getattr(after.record, each.name))]
    weights = {"title": 4, "summary": 2, "description": 3, "files": 3, "columns": 3, "identifier": 4, "compute": 4}
    same = [name for name in said if getattr(before.record, name) == getattr(after.record, name)]
    total = sum(weights.get(name, 1) for name in said) + (2 if before.body or after.body else 0)
    equal = sum(weights.get(name, 1) for name in same) + (2 if before.body and before.body == after.body else 0)
    is_known = any(weights.get(name, 1) > 1 for name in same) or bool(before.body and before.body == after.body)
    return equal / total if total and is_known else 0


def room_changes(states: States, room: Room) -> Iterator[Change]:
    """What came, went, or is called otherwise."""
    for name in room.gone:
        yield _gone(states, room, name)
    for name in room.come:
        record, kind = room.after[name], _kind(room.name, "added")
        yield change_of(kind, f"{room.name}/{name}", f"{_what(room.name, record)} is new", record.document.at(), after=name)
    for name, now in room.renamed.items():
        yield _moved(states, room, name, now)


def _kind(room: str, how: str) -> str:
    return f"{SINGULAR.get(room) or ('page' if room in PAGES else 'record')}-{how}"


def _what(room: str, record: Sourced[Any]) -> str:   # Any: a record type
    title = getattr(record.record, "title", None)
    return f"{room}/{record.id}{f' ({title})' if title else ''}"


def _gone(states: States, room: Room, name: str) -> Change:
    record, about = room.before[name], f"{room.name}/{name}"
    heir = answered_by(states.after.loaded, room.name, name)
    says = f"{_what(room.name, record)} is gone" + (f"; its address leads to {heir} now" if heir else "")
    if getattr(record.record, "status", "") == "draft":
        return change_of("record-removed", about, says, record.document.at(), before=name)    # nobody knew of it
    return change_of(_kind(room.name, "removed"), about, says, record.document.at(), before=name,
                     breaks=_broken(room, record, is_answered=bool(heir)))


def _broken(room: Room, record: Sourced[Any], *, is_answered: bool) -> tuple[str, ...]:   # Any: a record type
    if room.name == "datasets":
        return (*(addresses_of(record) if not is_answered else ()), *FEEDS)
    return (page_address(room.name, record.id),) if room.name in PAGES and not is_answered else ()


def _moved(states: States, room: Room, name: str, now: str) -> Change:
    record = room.after[now]
    heir = answered_by(states.after.loaded, room.name, name)
    about, where = f"{room.name}/{now}", record.document.at()
    if heir or room.name not in PAGES:
        says = f"{room.name}/{name} is {room.name}/{now} now" + ("; its old address leads there" if heir else "")
        return change_of(_kind(room.name, "renamed"), about, says, where, before=name, after=now)
    says = f"{room.name}/{name} is {about} now, and nothing leads there from its old address; write `formerly: [{name}]`"
    return change_of("address-broken", about, says, where, before=name, after=now,
                     breaks=_broken(room, room.before[name], is_answered=False))


def with_former(room: str, before: Sourced[Any], after: Sourced[Any]) -> Any:   # Any: a record type
    """The record before, with the former address that it has only now because of its new id: that is no further change."""
    if before.id == after.id or room not in PAGES:
        return before.record
    old = page_address(room, before.id)
    followed = [each for each in after.record.formerly if each in (before.id, old, old.rstrip("/"))]
    return replace(before.record, formerly=tuple(dict.fromkeys((*before.record.formerly, *followed))))
