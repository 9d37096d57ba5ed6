"""How much changes weigh in this city, which of them its notes explain, and which are refused for want of a note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cityfolio.frozen import Frozen, replace
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.change_kinds import CHANGE_KINDS
from cityfolio.model.changes import NoteRecord, ReviewPolicyRecord
from cityfolio.model.review import WEIGHTS, Change, Weight
from cityfolio.problems import Problem
from cityfolio.review.let_go import LOSSES, NAMED, accepts_loss, lost_ids

TITLE, REASON = "What changed, in one sentence", "Why it changed"      # of a note that is proposed, to be written over


class Judged(Frozen, kw_only=True):
    """Changes with their weights and notes, by weight, then by what they are about; and those of them that are refused."""

    changes: tuple[Change, ...]
    refused: tuple[Change, ...]


def judged(changes: Iterable[Change], before: Loaded, after: Loaded) -> Judged:
    """Weigh changes by the policy of the older state, and look for the notes that explain them.

    That of the newer one could be written by whoever wants the change to pass.
    """
    policy = _policy(before)
    notes = [(note, is_new(note, before)) for note in sorted(after.changes.values(), key=lambda each: each.id, reverse=True)]
    found = []
    for change in changes:
        explaining = [note for note, fresh in notes if explains(note, change, is_fresh=fresh)]
        filled = next((note.id for note in explaining if not is_unfilled(note.record)), "")
        unfilled = next((note.id for note in explaining), "") if not filled else ""
        found.append(replace(change, weight=_weight(change, policy, after), note=filled, unfilled=unfilled))
    ordered = tuple(sorted(found, key=_order))
    refused = tuple(each for each in ordered if each.weight in policy.note_for and not each.note)
    return Judged(changes=ordered, refused=refused)


def _policy(loaded: Loaded) -> ReviewPolicyRecord:
    return loaded.site.record.review if loaded.site else ReviewPolicyRecord()


def _weight(change: Change, policy: ReviewPolicyRecord, after: Loaded) -> Weight:
    """As the city has it, else as usual. What weighs less than usual, because nobody could have it, is made no heavier."""
    usual = CHANGE_KINDS[change.kind].weight
    if change.kind == "policy-changed" and change.weight == usual and _is_weaker(change.part, policy, _policy(after)):
        usual = "breaking"
    elif change.weight != usual:
        return change.weight
    return next((each for each in WEIGHTS if each == policy.weights.get(change.kind)), usual)


def _is_weaker(part: str, before: ReviewPolicyRecord, after: ReviewPolicyRecord) -> bool:
    """Whether less needs a note than before, by the key of the policy that changed."""
    _, _, name = part.partition("review/")
    if name == "note_for":
        return not {*before.note_for} <= {*after.note_for}
    kind = name.removeprefix("weights/")
    if kind not in CHANGE_KINDS:
        return False
    weights = [each.weights.get(kind) or CHANGE_KINDS[kind].weight for each in (before, after)]
    return weights[0] in before.note_for and weights[1] not in before.note_for


def is_unfilled(note: NoteRecord) -> bool:
    """Whether a note still says what was proposed, which explains nothing to anybody."""
    return note.title == TITLE or note.reason == REASON


def _order(change: Change) -> tuple[object, ...]:
    where = change.where
    return WEIGHTS.index(change.weight), change.about, where.path, where.line or 0, change.kind, change.part, change.says


def is_new(note: Sourced[NoteRecord], before: Loaded) -> bool:
    """Whether a note was written or rewritten since the older state."""
    known = before.changes.get(note.id)
    return known is None or (known.record, known.body) != (note.record, note.body)


def explains(note: Sourced[NoteRecord], change: Change, *, is_fresh: bool) -> bool:
    """Whether a note is about a change: it names what changed, and accepts changes of that kind, or any when it names none.

    A note that was there before explains only what it names outright: its kind, and its column where there is one. That an
    address goes is explained only by a note that says so, and names whose page it was.
    """
    record = note.record
    room, _, identifier = change.about.partition("/")
    if room in NAMED and not {identifier, change.before} & {*getattr(record, room)}:
        return False
    if room in NAMED and change.kind in LOSSES:
        is_named = lost_ids(room, change.breaks) <= {*getattr(record, room)}
        return is_named and accepts_loss(record, (change.kind,)) and (is_fresh or change.kind in record.accepts)
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
    if change.unfilled:
        return Problem(code="change-unexplained", where=change.where,
                       says=f"{change.says}, and {unfilled_words(change)}",
                       fix=f"Write in changes/{change.unfilled}.md what changed and why.")
    path, text = note_for((change,), day)
    keys = [line for line in text.split("\n") if line.startswith(("datasets:", "measures:", "columns:", "accepts:"))]
    return Problem(code="change-unexplained", where=change.where, says=f"{change.says}, and no note in changes/ explains it",
                   fix=f"Write {path}: what changed and why, with `{'`, `'.join(keys)}`.")


def unfilled_words(change: Change) -> str:
    """That there is a note which nobody has filled in."""
    return f"changes/{change.unfilled}.md still has the title or the reason that was proposed"


def note_for(changes: Iterable[Change], day: date) -> tuple[str, str]:
    """The file that would explain some changes of one dataset or measure: its path, and its text to be filled in.

    It never withdraws anything: that takes former versions away, and is for a person to decide.
    """
    found = list(changes)
    room, _, identifier = found[0].about.partition("/")
    columns = dict.fromkeys(each.before or each.after for each in found if each.kind.startswith("column-"))
    kinds = dict.fromkeys(each.kind for each in found)
    lost = sorted({name for each in found if each.kind in LOSSES for name in lost_ids(room, each.breaks)} - {identifier})
    is_of_structure = any(kind.startswith(("column-", "file-", "format-", "address-")) for kind in kinds)
    lines = ["---", f"title: {TITLE}", f"kind: {'structure' if is_of_structure else 'other'}", f"reason: {REASON}"]
    lines += [f"{room}: [{', '.join((identifier, *map(_quoted, lost)))}]"] if room in NAMED else []
    lines += [f"columns: [{', '.join(map(_quoted, columns))}]"] if columns else []
    lines += [f"accepts: [{', '.join(kinds)}]", "---", "", "What those who rely on it should do.", ""]
    return f"changes/{day}-{identifier or room}-{next(iter(kinds))}.md", "\n".join(lines)


def _quoted(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() and name[:1].isalpha() else \
        '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def notes_for(refused: Iterable[Change], day: date) -> tuple[tuple[str, str], ...]:
    """A note for each dataset, measure or other thing that has changes which are refused."""
    groups: dict[str, list[Change]] = {}
    for change in refused:
        groups.setdefault(change.about, []).append(change)
    return tuple(note_for(changes, day) for changes in groups.values())
