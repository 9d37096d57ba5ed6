"""What a harvest did, dataset by dataset, for the person who reviews it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cityfolio.frozen import Frozen, replace
from cityfolio.load.yaml import Document
from cityfolio.migrate.harvest.brought import Key
from cityfolio.migrate.harvest.merge import Conflict, Maybe
from cityfolio.migrate.harvest.names import path_of
from cityfolio.migrate.imported import Missed
from cityfolio.migrate.yaml.changes import Path
from cityfolio.migrate.yaml.text import flow_text
from cityfolio.problems import Problem

WHAT: Mapping[str, str] = {
    "new": "New",
    "changed": "Changed at the source, and brought in",
    "retired": "No longer listed by the source, and retired here",
    "back": "Listed by the source again",
    "retired-here": "No longer listed by the source; not published here either",
    "deleted-here": "Deleted here, and left so",
    "unseen": "Not among what could be read of the source, and left as it is",
    "unreadable-here": "Cannot be read here, so nothing was compared",
    "unchanged": "Unchanged",
}
MISSED = "In its list, and could not be brought in"
SHOWN_AT_MOST = 200               # characters of a value
MISSED_AT_MOST = 20               # records that are named on a terminal


class Outcome(Frozen, kw_only=True):
    """What became of one record."""

    key: Key
    title: str
    what: str                     # a key of WHAT
    taken: tuple[Path, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    files: tuple[str, ...] = ()   # data files that were brought along

    def with_file(self, name: str) -> Outcome:
        """The same, with a data file that was brought along."""
        return replace(self, files=(*self.files, name), what="changed" if self.what == "unchanged" else self.what)


def conflict_problem(conflict: Conflict, document: Document, source: str) -> Problem:
    """A conflict as a problem at the line that both sides changed."""
    name = written_path(conflict.path)
    there = "deleted it" if conflict.theirs is None else f"now says {_shown(conflict.theirs)}"
    here = "here it was deleted" if conflict.ours is None else f"here it says {_shown(conflict.ours)}"
    return Problem(code="harvest-conflict", where=document.at(*conflict.path),
                   says=f'"{name}" was changed here and there: {source} {there}; {here}',
                   fix="Write what should hold. To keep what stands here, run cityfolio harvest --settle.")


def written_path(path: Path) -> str:
    """A path as people write it: `files[2].title`, counted from 1."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _shown(value: Maybe) -> str:
    text = value if isinstance(value, str) else flow_text(value or "")
    flat = " ".join(text.split())
    return f'"{flat[:SHOWN_AT_MOST]}…"' if len(flat) > SHOWN_AT_MOST else f'"{flat}"'


def as_text(source: str, outcomes: Iterable[Outcome], missed: Sequence[Missed] = ()) -> str:
    """The summary for a terminal: how many of each, and every dataset that is not as before."""
    told = [each for each in outcomes if each.key[0] == "datasets"]
    counts = Counter(each.what for each in told)
    lines = [f"{source}: {len(told):,} datasets"]
    lines += [f"  {counts[what]:>6,}  {words}" for what, words in WHAT.items() if counts[what]]
    if missed:
        lines += [f"  {len(missed):>6,}  {MISSED}:", *(f"          {_missed(each)}" for each in missed[:MISSED_AT_MOST])]
    if len(missed) > MISSED_AT_MOST:
        lines.append(f"          and {len(missed) - MISSED_AT_MOST:,} more")
    for each in told:
        if each.what != "unchanged" or each.conflicts:
            lines += ["", f"{each.key[1]}: {WHAT[each.what].lower()}", *(f"  {line}" for line in _details(each))]
    return "\n".join(lines) + "\n"


def as_markdown(source: str, outcomes: Iterable[Outcome], missed: Sequence[Missed] = ()) -> str:
    """The report that lies in the catalog beside the changes."""
    told = [*outcomes]
    counts = Counter(each.what for each in told if each.key[0] == "datasets")
    lines = [f"# Harvest of {source}", "", "| datasets | |", "| ---: | --- |"]
    lines += [f"| {counts[what]:,} | {words} |" for what, words in WHAT.items() if counts[what]]
    for what, words in WHAT.items():
        named = [each for each in told if each.what == what and (what != "unchanged" or each.conflicts)]
        if named:
            lines += ["", f"## {words}", ""]
            for each in named:
                lines.append(f"- `{path_of(each.key)}`: {_plain(each.title)}")
                lines += [f"  - {_plain(line)}" for line in _details(each)]
    if missed:
        lines += ["", f"## {MISSED}", "", *(f"- {_plain(_missed(each))}" for each in missed)]
    return "\n".join(lines) + "\n"


def _missed(each: Missed) -> str:
    called = f" ({', '.join(_shown(name) for name in each.names)})" if each.names else ""
    return f"{each.place}{called}: {each.why}" if each.why else f"{each.place}{called}"


def _details(each: Outcome) -> Iterator[str]:
    if each.taken:
        yield f"taken over: {', '.join(written_path(path) for path in each.taken)}"
    if each.files:
        yield f"files: {', '.join(each.files)}"
    for conflict in each.conflicts:
        there = "deleted" if conflict.theirs is None else _shown(conflict.theirs)
        yield f"not taken over, because it was changed here: {written_path(conflict.path)}, there {there}"


def _plain(text: str) -> str:
    """Words of another portal, which may not begin anything in Markdown."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in " ".join(text.split()))
