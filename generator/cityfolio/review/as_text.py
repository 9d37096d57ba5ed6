"""A difference for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from cityfolio.model.review import WEIGHTS, Change, Diff, RowChange, RowsDiff
from cityfolio.review.compare_words import shortened
from cityfolio.review.policy import notes_for, unfilled_words

HEADINGS = {"breaking": "Breaking: who relies on what was there must act", "notable": "Notable", "minor": "Minor"}
SAMPLES_SHOWN = 3


def as_text(diff: Diff, root: str, day: date) -> str:
    """Every change by weight and by what it is about, with its place; then the notes that are missing."""
    lines = [summary(diff), *map(_plain, diff.remarks), ""]
    for weight in WEIGHTS:
        changes = [each for each in diff.changes if each.weight == weight]
        if changes:
            lines += [HEADINGS[weight], ""]
        for about, group in groupby(changes, key=lambda change: change.about):
            lines += [f"  {_plain(about)}", *(line for change in group for line in _told(change, diff, root)), ""]
    if diff.refused:
        lines += ["Breaking changes need a note. Fill these in:", ""]
        for path, text in notes_for(diff.refused, day):
            lines.append(f"  {_plain(f'{root}/{path}' if root else path)}")
            lines += [f"    {_plain(line)}".rstrip() for line in text.split("\n")]
    return "\n".join(lines).rstrip() + "\n"


def summary(diff: Diff) -> str:
    """The one line that says how much there is."""
    if not diff.changes:
        return f"Nothing differs between {_plain(diff.base)} and {_plain(diff.head)}."
    counts = [f"{number} {weight}" for weight in WEIGHTS if (number := sum(each.weight == weight for each in diff.changes))]
    unexplained = f"; {len(diff.refused)} without the note they need" if diff.refused else ""
    changes = f"{len(diff.changes):,} change{'s' * (len(diff.changes) != 1)}"
    return f"{changes} from {_plain(diff.base)} to {_plain(diff.head)}: {', '.join(counts)}{unexplained}."


def _told(change: Change, diff: Diff, root: str) -> Iterator[str]:
    mark = "!" if change in diff.refused else "-"
    path = f"{root}/{change.where.path}" if root else change.where.path
    place = ":".join(str(part) for part in (path, change.where.line) if part is not None)
    yield f"    {mark} {_plain(shortened(change.says, 300))} [{change.kind}]"
    yield f"      {_plain(place)}"
    if change.breaks:
        shown = ", ".join(change.breaks[:6]) + (f" and {len(change.breaks) - 6} more" if len(change.breaks) > 6 else "")
        yield f"      breaks: {_plain(shown)}"
    if change.note:
        yield f"      explained by changes/{change.note}.md"
    elif change.unfilled:
        yield f"      {_plain(unfilled_words(change))}"
    if change.rows is not None:
        yield from (f"      {_plain(line)}" for line in row_lines(change.rows))


def row_lines(rows: RowsDiff) -> Iterator[str]:
    """In which columns rows changed, and a few of them."""
    if rows.changed_in:
        most = sorted(rows.changed_in.items(), key=lambda each: (-each[1], each[0]))
        named = ", ".join(f"{name} in {count:,}" for name, count in most[:8])
        yield f"changed: {named}" + (f" and {len(most) - 8} more columns" if len(most) > 8 else "")
    for kind in ("changed", "added", "removed"):
        for sample in rows.samples.get(kind, ())[:SAMPLES_SHOWN]:
            yield f"{kind}: {_sample(sample, kind)}"


def _sample(sample: RowChange, kind: str) -> str:
    line = sample.before_line if kind == "removed" else sample.after_line
    key = f" {', '.join(shortened(each, 40) for each in sample.key)}:" if sample.key else ":"
    cells = []
    for each in sample.cells[:6]:
        before, after = (shortened(text, 40) or "empty" for text in (each.before, each.after))
        value = f"{before} -> {after}" if kind == "changed" else after if kind == "added" else before
        cells.append(f"{each.column} {value}")
    return f"line {line}{key} {', '.join(cells)}"


def _plain(text: str) -> str:
    """Text that cannot drive a terminal: a city's file may hold anything."""
    return "".join(letter if letter.isprintable() or letter == "\t" else "\N{REPLACEMENT CHARACTER}" for letter in text)
