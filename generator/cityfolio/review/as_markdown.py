"""A difference as the one comment of a pull request, in the Markdown of GitHub, GitLab and Forgejo.

Every word out of a city's files may be written by somebody who means harm. So whatever could begin a link, a picture, a tag, a
mention or a row of the table is written as a numbered character reference, which is shown and never acted upon (CommonMark
0.31, 2.5), and control characters are replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from cityfolio.model.review import WEIGHTS, Change, Diff, RowChange, RowsDiff
from cityfolio.review.as_text import summary
from cityfolio.review.compare_words import shortened
from cityfolio.review.policy import notes_for, unfilled_words

MOST_BYTES = 60_000              # of UTF-8; GitHub takes 65,536 in a comment
MOST_NOTES_BYTES = 20_000        # of the notes to write, so that what they are about is told too
MOST_SAYS = 300
MOST_CELL = 60
MOST_CELLS = 8
MOST_PLACE = 120
MOST_BREAKS = 6
MOST_NOTES = 5
REST = "\n… and {:,} more change{}; `cityfolio diff` shows them all.\n"
MARK = "<!-- cityfolio diff -->"  # by which a later run finds its comment
MEANINGFUL = frozenset("\\`*_{}[]<>#!|~&@:$")
WWW = re.compile(r"(?i)\b(www)\.")       # a link without a scheme (GitHub Flavored Markdown 0.29, 6.9)
# After the references are read, a@b.gov would be an address, @name a mention, #12, !12, %1 or $1 a link: what cannot be seen
# parts them. Of code too, which some hosts look into.
MENTIONING = frozenset("@#!~%$&[")
ISSUE = re.compile(r"(?i)\b(GH|GL)-(?=\d)")
INVISIBLE = "\N{ZERO WIDTH SPACE}"
SIGNS = {"breaking": "\N{LARGE RED CIRCLE} breaking", "notable": "\N{LARGE YELLOW CIRCLE} notable",
         "minor": "\N{MEDIUM WHITE CIRCLE} minor"}


def as_markdown(diff: Diff, root: str, day: date) -> str:
    """A summary, what is refused with the notes to write, and a table by what the changes are about, the heaviest first.

    `root` is the catalog's folder. What does not fit is left out a row of the table at a time, and it is said how much.
    """
    text = "\n".join([MARK, "### What this change does", "", escaped(" ".join((summary(diff), *diff.remarks))), "",
                      *_refused(diff, root, day)])
    worst: dict[str, int] = {}
    for change in diff.changes:
        worst[change.about] = min(worst.get(change.about, len(WEIGHTS)), WEIGHTS.index(change.weight))
    ordered = sorted(diff.changes, key=lambda each: (worst[each.about], each.about, WEIGHTS.index(each.weight)))
    parts, left, shown = [text], MOST_BYTES - len(text.encode()) - len(REST.encode()) - 20, 0
    for about, group in groupby(ordered, key=lambda each: each.about):
        for part, count in _section(about, list(group), root):
            size = len(part.encode())
            if size > left and count:
                rest = len(ordered) - shown
                return "".join((*parts, REST.format(rest, "s" * (rest != 1))))
            if size > left:
                continue       # samples of rows, which are told by the row of the table already
            parts, left, shown = [*parts, part], left - size, shown + count
    return "".join(parts)


def _refused(diff: Diff, root: str, day: date) -> Iterator[str]:
    if not diff.refused:
        return
    notes, left = notes_for(diff.refused, day), MOST_NOTES_BYTES
    number, folder = len(diff.refused), f"{root}/" if root else ""
    yield f"**{number:,} of these need{'s' * (number == 1)} a note in {_code(f'{folder}changes/')} before this is merged.**\n"
    shown = 0
    for path, text in notes[:MOST_NOTES]:
        name = _code(f"{folder}{path}")
        note = f"<details><summary>The note to write: {name}</summary>\n\n<pre>{_lines(text)}</pre>\n\n</details>"
        left -= len(note.encode())
        if left < 0:
            break
        yield note
        shown += 1
    if rest := len(notes) - shown:
        yield f"\n… and {rest:,} more note{'s' * (rest != 1)}; `cityfolio diff` shows them all."
    yield ""


def _section(about: str, changes: list[Change], root: str) -> Iterator[tuple[str, int]]:
    """The table of one thing in pieces, each with how many changes it tells; then its samples."""
    head = f"\n#### {escaped(about)}\n\n| | What | Where |\n| --- | --- | --- |\n"
    for change in changes:
        path = f"{root}/{change.where.path}" if root and change.where.in_catalog else change.where.path
        place = f"{path}:{change.where.line}" if change.where.line else path
        yield f"{head}| {SIGNS[change.weight]} | {_what(change, root)} | {_code(shortened(place, MOST_PLACE))} |\n", 1
        head = ""
    for change in changes:
        if change.rows is not None and any(change.rows.samples.values()):
            yield _samples(change, change.rows), 0


def _what(change: Change, root: str) -> str:
    text = f"{escaped(shortened(change.says, MOST_SAYS))} {_code(change.kind)}"
    if change.breaks:
        more = f" and {len(change.breaks) - MOST_BREAKS:,} more" if len(change.breaks) > MOST_BREAKS else ""
        text += f"<br>Breaks {', '.join(_code(shortened(each, MOST_PLACE)) for each in change.breaks[:MOST_BREAKS])}{more}"
    if change.unfilled and not change.note:
        text += f"<br>{escaped(unfilled_words(change))}"
    return text + (f"<br>Explained by {_code(f'{root}/changes/{change.note}.md'.lstrip('/'))}" if change.note else "")


def _samples(change: Change, rows: RowsDiff) -> str:
    lines = [f"\n<details><summary>Some of these rows of {_code(change.part)}</summary>\n",
             "\n| | Line | Row |\n| --- | --- | --- |\n"]
    for kind in ("changed", "added", "removed"):
        for sample in rows.samples.get(kind, ()):
            line = sample.before_line if kind == "removed" else sample.after_line
            lines.append(f"| {kind} | {line} | {_row(sample, kind)} |\n")
    return "".join([*lines, "\n</details>\n"])


def _row(sample: RowChange, kind: str) -> str:
    key = " ".join(_code(shortened(each, MOST_CELL)) for each in sample.key)
    cells = []
    for cell in sample.cells[:MOST_CELLS]:
        before, after = (_code(shortened(each, MOST_CELL)) if each else "empty" for each in (cell.before, cell.after))
        value = f"{before} → {after}" if kind == "changed" else after if kind == "added" else before
        cells.append(f"{escaped(shortened(cell.column, MOST_CELL))}: {value}")
    more = f"; {len(sample.cells) - MOST_CELLS:,} more columns" if len(sample.cells) > MOST_CELLS else ""
    return f"{f'{key}: ' if key else ''}{'; '.join(cells)}{more}"


def _code(text: str) -> str:
    return f"<code>{escaped(text)}</code>"


def escaped(text: str) -> str:
    """Text that is shown as it is and does nothing; line breaks become spaces."""
    letters = (f"{_letter(letter)}{INVISIBLE if letter in MENTIONING else ''}" for letter in text)
    return ISSUE.sub(rf"\1-{INVISIBLE}", WWW.sub(r"\1&#46;", "".join(letters)))


def _letter(letter: str) -> str:
    if letter in "\n\t ":
        return " "
    if letter in MEANINGFUL:
        return f"&#{ord(letter)};"
    return letter if unicodedata.category(letter)[0] not in "CZ" else "\N{REPLACEMENT CHARACTER}"


def _lines(text: str) -> str:
    """Several lines in one, so that no empty one ends the tag that they are in (CommonMark 0.31, 4.6).

    Nothing unseen is put into them, for they are copied; hosts leave what is preformatted as it is.
    """
    return "&#10;".join("".join(map(_letter, line)) for line in text.split("\n"))
