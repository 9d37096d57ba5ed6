"""What one day changed of a dataset that could be had before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from cityfolio.frozen import Frozen, field
from cityfolio.model.formats import format_of
from cityfolio.model.history import ChangeDay, FileChange, KeyChange, RowCounts
from cityfolio.model.records import FileRecord
from cityfolio.review.history_keys import key_changes
from cityfolio.review.history_rows import Held, a_job, is_read, is_stand_in, row_counts
from cityfolio.review.history_states import State, Step, Store, path_of
from cityfolio.review.history_trails import Span
from cityfolio.tables.limits import Limits
from cityfolio.tables.workers import PLAIN, is_risky

Key = tuple[str, str]     # of a file: its path or address, and its sheet
NO_SPAN = Span("", "")


class Comparing(Frozen, kw_only=True):
    """With what files are compared."""

    store: Store
    sizes: Mapping[str, int]
    granted: frozenset[Span]      # contents that may be compared
    guarded: frozenset[str]       # contents that may be read in a process of their own, where their format asks for one
    limits: Limits
    unknown_before: date | None = None   # what came on that day may have been published somewhere else
    compared: dict[Span, RowCounts | None] = field(default_factory=dict)     # so far

    def is_within(self, older: str, newer: str) -> bool:
        """Whether it was seen that a content holds every row of an older one as it was."""
        rows = self.compared.get(Span(older, newer))
        return rows is not None and not (rows.removed or rows.changed or rows.removed_columns or rows.renamed)

    def is_same(self, older: str, newer: str) -> bool:
        """Whether it was seen that two contents have the same rows and columns."""
        rows = self.compared.get(Span(older, newer))
        return rows is not None and not _is_any(rows)


def change_day(step: Step, comparing: Comparing) -> ChangeDay | None:
    """What a day changed; None where nothing did that could be had."""
    if not step.after.is_out:
        return None
    if not step.before.is_out:
        return ChangeDay(day=step.day, commit=step.commit, is_first=True) if step.day != comparing.unknown_before else None
    files = tuple(_files(step, comparing))
    keys = tuple(_told_once(step, files))
    return ChangeDay(day=step.day, commit=step.commit, files=files, keys=keys) if files or keys else None


def _told_once(step: Step, files: tuple[FileChange, ...]) -> Iterator[KeyChange]:
    """The keys that changed, without columns that came or went with the rows: those are told there."""
    rows = [each.rows for each in files if each.rows]
    moved = {name for each in rows for name in (*each.added_columns, *each.removed_columns, *sum(each.renamed, ()))}
    return (each for each in key_changes(step.before, step.after)
            if each.happened == "changed" or each.column not in moved)


def _files(step: Step, comparing: Comparing) -> Iterator[FileChange]:
    """The files that came, changed, were renamed or went, in the order in which they are listed now."""
    then, now, moved = step.before.files, step.after.files, set[Key]()
    for key, file in now.items():
        former = None if key in then else _former(key, file, then)
        if key not in then and former is None:
            yield _named("added", key, file)
            continue
        moved.add(former or key)
        change = _changed(former or key, key, step, comparing)
        if change is not None:
            yield change
    for key, file in then.items():
        if key not in now and key not in moved:
            yield _named("removed", key, file)


def _former(key: Key, file: FileRecord, then: Mapping[Key, FileRecord]) -> Key | None:
    """The name that a file had before, where it says so."""
    return next(((name, sheet) for name in file.formerly for sheet in (key[1], "") if (name, sheet) in then), None)


def _named(happened: Literal["added", "removed"], key: Key, file: FileRecord) -> FileChange:
    return FileChange(name=path_of(file) or file.title or key[0], happened=happened)


def _changed(former: Key, key: Key, step: Step, comparing: Comparing) -> FileChange | None:
    """How a file that was there before is another one now; None where it is the same."""
    span = _span(former[0], key[0], step.spans)
    is_renamed = former[0] != key[0]
    if not (span.before and span.after and span.before != span.after):
        return FileChange(name=key[0], happened="renamed", formerly=former[0]) if is_renamed else None
    is_hidden = bool(step.before.hidden or step.after.hidden)
    then, now = step.before.files[former], step.after.files[key]
    rows = _rows(span, (step.before, then), (step.after, now), comparing)
    if rows is not None and not _is_any(rows) and (is_hidden or (is_rows_alone(then) and is_rows_alone(now))):
        # What changed is in sensitive columns alone, or in ends of lines and quotation marks.
        return FileChange(name=key[0], happened="renamed", formerly=former[0]) if is_renamed else None
    sizes = (None, None) if is_hidden else (comparing.sizes.get(span.before), comparing.sizes.get(span.after))
    return FileChange(name=key[0], happened="renamed" if is_renamed else "changed", formerly=former[0] if is_renamed else "",
                      before_bytes=sizes[0], after_bytes=sizes[1], rows=rows)


def _span(former: str, path: str, spans: Mapping[str, Span]) -> Span:
    """The contents of a file before and after, through a change of its name."""
    span = spans.get(path, NO_SPAN)
    return span if former == path else Span(spans.get(former, NO_SPAN).before, span.after)


def _rows(span: Span, before: tuple[State, FileRecord], after: tuple[State, FileRecord],
          comparing: Comparing) -> RowCounts | None:
    if span not in comparing.granted or not (is_read(before[1]) and is_read(after[1])):
        return None
    bodies = [comparing.store.read(name) for name in (span.before, span.after)]
    if bodies[0] is None or bodies[1] is None or any(is_stand_in(each) for each in bodies if each):
        return None
    held = [Held(file=file, body=body, hidden=state.hidden)
            for (state, file), body in zip((before, after), (bodies[0], bodies[1]), strict=True)]
    if span.after in comparing.guarded or not any(is_risky(a_job(each.file, each.body, comparing.limits)) for each in held):
        comparing.compared[span] = row_counts(held[0], held[1], comparing.limits)
    return comparing.compared.get(span)


def is_rows_alone(file: FileRecord) -> bool:
    """Whether a file holds nothing but rows: no line above its header, and nothing beside them as JSON may."""
    return file.header_row == 1 and format_of(path_of(file), file.format).name in PLAIN


def _is_any(rows: RowCounts) -> bool:
    return bool(rows.added or rows.removed or rows.changed or rows.added_columns or rows.removed_columns or rows.renamed)
