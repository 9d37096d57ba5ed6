"""How much changes weigh in this city, which of them its notes explain, and which are refused for want of a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.changes import NoteRecord, ReviewPolicyRecord
from cityfolio.model.review import WEIGHTS, Change
from cityfolio.problems import Problem

NAMED = ("datasets", "measures")     # rooms whose records a note names


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Changes with their weights and notes, by weight, then by what they are about; and those of them that are refused."""

    changes: tuple[Change, ...]
    refused: tuple[Change, ...]


def judged(changes: Iterable[Change], before: Loaded, after: Loaded) -> Judged:
    """Weigh changes by the policy of the older state, and look for the notes that explain them.

    That of the newer one could be written by whoever wants the change to pass.
    """
    policy = before.site.record.review if before.site else ReviewPolicyRecord()
    notes = [(note, is_new(note, before)) for note in sorted(after.changes.values(), key=lambda each: each.id, reverse=True)]
    found = []
    for change in changes:
        weight = next((each for each in WEIGHTS if each == policy.weights.get(change.kind)), change.weight)
        note = next((note.id for note, fresh in notes if explains(note, change, is_fresh=fresh)), "")
        found.append(replace(change, weight=weight, note=note))
    ordered = tuple(sorted(found, key=_order))
    refused = tuple(each for each in ordered if each.weight in policy.note_for and not each.note)
    return Judged(changes=ordered, refused=refused)


def _order(change: Change) -> tuple[object, ...]:
    where = change.where
    return WEIGHTS.index(change.weight), change.about, where.path, where.line or 0, change.kind, change.part, change.says


def is_new(note: Sourced[NoteRecord], before: Loaded) -> bool:
    """Whether a note was written or rewritten since the older state."""
    known = before.changes.get(note.id)
    return known is None or (known.record, known.body) != (note.record, note.body)


def explains(note: Sourced[NoteRecord], change: Change, *, is_fresh: bool) -> bool:
    """Whether a note is about a change: it names what changed, and accepts changes of that kind, or any when it names none.

    A note that was there before explains only what it names outright: its kind, and its column where there is one.
    """
    record = note.record
    room, _, identifier = change.about.partition("/")
    if room in NAMED and not {identifier, change.before} & {*getattr(record, room)}:
        return False
    if room not in NAMED and (record.datasets or record.measures or change.kind not in record.accepts):
        return False
    is_of_column = change.kind.startswith("column-") or "columns/" in change.part
    named = {change.before, change.after, *change.part.split("/")} & {*record.columns}
    if is_of_column and record.columns and not named:
        return False
    if not record.accepts:
        return is_fresh
    return change.kind in record.accepts and (is_fresh or not is_of_column or bool(named))


def unexplained(change: Change, day: date) -> Problem:
    """What `cityfolio diff` says of a change that is refused, with the note that would explain it."""
    path, text = note_for((change,), day)
    keys = [line for line in text.split("\n") if line.startswith(("datasets:", "measures:", "columns:", "accepts:"))]
    return Problem(code="change-unexplained", where=change.where, says=f"{change.says}, and no note in changes/ explains it",
                   fix=f"Write {path}: what changed and why, with `{'`, `'.join(keys)}`.")


def note_for(changes: Iterable[Change], day: date) -> tuple[str, str]:
    """The file that would explain some changes of one dataset or measure: its path, and its text to be filled in."""
    found = list(changes)
    room, _, identifier = found[0].about.partition("/")
    columns = dict.fromkeys(each.before or each.after for each in found if each.kind.startswith("column-"))
    kinds = dict.fromkeys(each.kind for each in found)
    lines = ["---", "title: What changed, in one sentence", f"kind: {_kind(kinds)}", "reason: Why it changed"]
    lines += [f"{room}: [{identifier}]"] if room in NAMED else []
    lines += [f"columns: [{', '.join(map(_quoted, columns))}]"] if columns else []
    lines += [f"accepts: [{', '.join(kinds)}]", "---", "", "What those who rely on it should do.", ""]
    return f"changes/{day}-{identifier or room}-{next(iter(kinds))}.md", "\n".join(lines)


def _kind(kinds: Mapping[str, None]) -> str:
    if any(kind.endswith(("-removed", "-withdrawn", "-hidden")) and not kind.startswith("column") for kind in kinds):
        return "withdrawal"
    return "structure" if any(kind.startswith(("column-", "file-", "format-", "address-")) for kind in kinds) else "other"


def _quoted(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() and not name.isdigit() else \
        '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def notes_for(refused: Iterable[Change], day: date) -> tuple[tuple[str, str], ...]:
    """A note for each dataset, measure or other thing that has changes which are refused."""
    groups: dict[str, list[Change]] = {}
    for change in refused:
        groups.setdefault(change.about, []).append(change)
    return tuple(note_for(changes, day) for changes in groups.values())
