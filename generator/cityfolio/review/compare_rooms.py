"""Which records of a catalog came, went or have another name, room by room."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from cityfolio.frozen import Frozen, replace
from cityfolio.load.drafts import of_drafts
from cityfolio.load.loaded import Sourced
from cityfolio.model.review import Change
from cityfolio.review.compare_addresses import PAGES, addresses_of, answered, answered_by, page_address, pages_of
from cityfolio.review.compare_words import change_of
from cityfolio.review.diff_state import State, States

ROOMS = ("datasets", "measures", "goals", "priorities", "publishers", "topics", "policy", "guides", "licenses", "columns",
         "calendars", "commitments", "requests", "uses", "standards", "attestations", "assessments", "changes")
SINGULAR = {"datasets": "dataset", "measures": "measure"}
ALIKE = 0.6                     # how much of what is said must be the same for a record to be thought of as one that moved
MOST_COMPARED = 2_500           # pairs of records
FEEDS = ("DCAT-US", "DCAT-AP", "schema.org")
Records = Mapping[str, Sourced[Any]]     # Any: a record type a room


class Room(Frozen, kw_only=True):
    """The records of one room in both states, and which of them are one under two names."""

    name: str
    before: Records
    after: Records
    renamed: Mapping[str, str]      # id before -> id now
    hidden: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())   # drafts and what rests on one, of each state

    @property
    def _pairs(self) -> Iterator[tuple[str, str]]:
        for name in self.before:
            now = self.renamed.get(name, name)
            if now in self.after and (name in self.renamed or now not in self.renamed.values()):
                yield name, now

    @property
    def kept(self) -> Iterator[tuple[Sourced[Any], Sourced[Any]]]:   # Any: a record type
        """Each record that is in both, before and after, and is seen by residents in both or in neither."""
        for name, now in self._pairs:
            if (name in self.hidden[0]) == (now in self.hidden[1]):
                yield self.before[name], self.after[now]

    @property
    def concealed(self) -> tuple[tuple[str, str], ...]:
        """Ids before and now of what residents saw, and see no more: it became a draft, or rests on one."""
        return tuple((name, now) for name, now in self._pairs if name not in self.hidden[0] and now in self.hidden[1])

    @property
    def revealed(self) -> tuple[str, ...]:
        """Ids of what was a draft, or rested on one, and is seen by residents now."""
        return tuple(now for name, now in self._pairs if name in self.hidden[0] and now not in self.hidden[1])

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
    return Room(name=name, before=before, after=after, renamed=_renamed(before, after, gone, come),
                hidden=(_hidden(states.before, name), _hidden(states.after, name)))


def _hidden(state: State, room: str) -> frozenset[str]:
    return state.loaded.drafts if room == "datasets" else of_drafts(state.loaded) if room == "measures" else frozenset()


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
    for name, now in room.concealed:
        yield _concealed(states, room, name, now)
    for name in room.come:
        yield _come(room, name)
    for name in room.revealed:
        says = f"{_what(room.name, room.after[name])} is no draft any more"
        yield change_of(_kind(room.name, "added"), f"{room.name}/{name}", says, room.after[name].document.at(), after=name)
    concealed = {name for name, _ in room.concealed}
    for name, now in room.renamed.items():
        if name not in {*concealed, *room.hidden[0]}:
            yield _moved(states, room, name, now)


def _come(room: Room, name: str) -> Change:
    record, about, is_hidden = room.after[name], f"{room.name}/{name}", name in room.hidden[1]
    kind = "record-added" if is_hidden else _kind(room.name, "added")
    says = f"{_what(room.name, record)} is new{', and a draft' if is_hidden else ''}"
    return change_of(kind, about, says, record.document.at(), after=name)


def _concealed(states: States, room: Room, name: str, now: str) -> Change:
    """What became a draft is on no page: to residents it is gone."""
    record, about = room.after[now], f"{room.name}/{now}"
    is_now = "is a draft now" if room.name == "datasets" else "is computed from a draft now"
    return change_of(_kind(room.name, "removed"), about, f"{_what(room.name, record)} {is_now}, and on no page",
                     record.document.at(), before=name, after=now, breaks=_broken(states, room, room.before[name]))


def _kind(room: str, how: str) -> str:
    return f"{SINGULAR.get(room) or ('page' if room in PAGES else 'record')}-{how}"


def _what(room: str, record: Sourced[Any]) -> str:   # Any: a record type
    title = getattr(record.record, "title", None)
    return f"{room}/{record.id}{f' ({title})' if title else ''}"


def _gone(states: States, room: Room, name: str) -> Change:
    record, about = room.before[name], f"{room.name}/{name}"
    heir = answered_by(states.after.loaded, room.name, name)
    says = f"{_what(room.name, record)} is gone" + (f"; its address leads to {heir} now" if heir else "")
    if name in room.hidden[0]:
        return change_of("record-removed", about, says, record.document.at(), before=name)    # nobody knew of it
    return change_of(_kind(room.name, "removed"), about, says, record.document.at(), before=name,
                     breaks=_broken(states, room, record))


def _broken(states: States, room: Room, record: Sourced[Any]) -> tuple[str, ...]:   # Any: a record type
    """The addresses that answer no more, those of measures that were computed from it included; then feeds."""
    if room.name not in PAGES:
        return ()
    known = answered(states.after.loaded)
    pages = [each for each in pages_of(room.name, record) if each not in known]
    if room.name != "datasets":
        return tuple(pages)
    is_answered = page_address("datasets", record.id) not in pages
    files = [] if is_answered else [each for each in addresses_of(record) if each not in pages and each not in known]
    return (*pages, *files, *_measures_of(states, record.id, known), *FEEDS)


def _measures_of(states: States, dataset: str, known: Collection[str]) -> Iterator[str]:
    """The pages of the measures that were computed from the rows of a dataset, and are gone with it."""
    before, after = states.before.loaded, states.after.loaded
    hidden = {page_address("measures", each) for each in of_drafts(after)}
    for each in of_drafts(replace(before, drafts=frozenset({dataset}))) - of_drafts(before):
        if (page := page_address("measures", each)) not in known or page in hidden:
            yield page


def _moved(states: States, room: Room, name: str, now: str) -> Change:
    record = room.after[now]
    heir = answered_by(states.after.loaded, room.name, name)
    about, where = f"{room.name}/{now}", record.document.at()
    if heir or room.name not in PAGES:
        says = f"{room.name}/{name} is {room.name}/{now} now" + ("; its old address leads there" if heir else "")
        return change_of(_kind(room.name, "renamed"), about, says, where, before=name, after=now)
    says = f"{room.name}/{name} is {about} now, and nothing leads there from its old address; write `formerly: [{name}]`"
    return change_of("address-broken", about, says, where, before=name, after=now,
                     breaks=_broken(states, room, room.before[name]))


def with_former(room: str, before: Sourced[Any], after: Sourced[Any]) -> Any:   # Any: a record type
    """The record before, with the former address that it has only now because of its new id: that is no further change."""
    if before.id == after.id or room not in PAGES:
        return before.record
    old = page_address(room, before.id)
    followed = [each for each in after.record.formerly if each in (before.id, old, old.rstrip("/"))]
    return replace(before.record, formerly=tuple(dict.fromkeys((*before.record.formerly, *followed))))
