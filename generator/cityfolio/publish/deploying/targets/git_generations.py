"""The former sites of a branch: where a repository holds them, in what order, and how each is told in its commit.

With history they are the commits of the branch, in the order of the commits. Without, each has a name below
refs/cityfolio/generations/BRANCH/, with its number before it: 000012-20261126T131500Z-1a2b3c4d. Neither asks a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from cityfolio.frozen import Frozen
from cityfolio.publish.deploying.target import Generation
from cityfolio.publish.deploying.targets.git_scratch import Scratch
from cityfolio.publish.deploying.written_generations import Written, led_back_to, numbered, read_back, surplus, written_down

ROOM = "refs/cityfolio/generations/"
MOST = 20                               # former sites that are looked for in a history
MARK = "Cityfolio-Generation: "
LEAF = re.compile(r"(\d+)-([^/]+)")


class Known(Frozen, kw_only=True):
    """The sites of a branch that are held: the former ones, each with its commit, the newest first, and the one at its tip."""

    former: tuple[tuple[Written, str], ...] = ()
    seen: Written | None = None         # None too where somebody else has made the last commit

    def generations(self) -> tuple[Generation, ...]:
        """The former sites, each once, and whether going back leads there."""
        kept = tuple({each.generation.name: each for each, _ in reversed(self.former)}.values())
        twins = surplus(kept, self.seen, len(kept)) if self.seen else ()
        return led_back_to((each for each in kept if each not in twins), self.seen)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Named:
    """The name of a former site of a branch without history."""

    number: int
    name: str                           # of the generation
    ref: str

    def is_of(self, generation: Generation) -> bool:
        """Whether it is the same site, whenever that was deployed."""
        return self.name.endswith(f"-{generation.manifest_sha256[:8]}")


def room_of(branch: str) -> str:
    """What the names of the former sites of a branch begin with. One that has a slash in its name shares it with no other."""
    return f"{ROOM}{quote(branch, safe='')}/"


def name_for(branch: str, written: Written) -> str:
    """The name that a former site gets."""
    return f"{room_of(branch)}{written.number:06}-{written.generation.name}"


def named(branch: str, refs: Iterable[str]) -> list[Named]:
    """The names of the former sites of a branch, the oldest first; what is none of them is left out."""
    room = room_of(branch)
    parted = ((ref, LEAF.fullmatch(ref.removeprefix(room))) for ref in refs if ref.startswith(room))
    return sorted(Named(number=int(found[1]), name=found[2], ref=ref) for ref, found in parted if found)


def by_commits(scratch: Scratch, ref: str) -> Known:
    """The sites in the history of a branch."""
    if ref not in scratch.refs(ref):
        return Known()
    tip = scratch.fetch(ref, depth=MOST + 1)[0]
    found: list[tuple[Written, str]] = []
    for written, commit in reversed([*_told(scratch, "--first-parent", f"--max-count={MOST + 1}", tip)]):
        found.append((numbered(written.generation, [each for each, _ in found]), commit))
    seen = found.pop()[0] if found and found[-1][1] == tip else None
    return Known(former=tuple(reversed(found)), seen=seen)


def by_names(scratch: Scratch, ref: str, branch: str) -> Known:
    """The sites that have names, and the one in the only commit of a branch."""
    refs = scratch.refs(ref, f"{room_of(branch)}*")
    starts = [*(each.ref for each in named(branch, refs)), *([ref] if ref in refs else [])]
    if not starts:
        return Known()
    commits = scratch.fetch(*starts, depth=1)
    told = {commit: written for written, commit in _told(scratch, "--no-walk=unsorted", *commits)}
    former = {commit: told[commit] for start, commit in zip(starts, commits, strict=True) if start != ref and commit in told}
    seen = told.get(commits[-1]) if ref in refs else None
    if ref in refs and seen is None and (last := last_deploy(scratch, ref, commits[-1])):
        former[last[1]] = last[0]
    return Known(former=tuple(sorted(((each, commit) for commit, each in former.items()), key=_order, reverse=True)), seen=seen)


def last_deploy(scratch: Scratch, ref: str, tip: str) -> tuple[Written, str] | None:
    """The last deploy that others have committed on top of, with its commit; None where none is near."""
    scratch.fetch(ref, depth=MOST + 1)
    return next(_told(scratch, "--first-parent", f"--max-count={MOST + 1}", tip), None)


def message_of(written: Written) -> bytes:
    """What the commit of a site says."""
    revision = written.generation.revision
    of = f" of {revision[:12]}" if revision else ""
    return f"Publish the site{of}\n\n{MARK}".encode() + written_down(written) + b"\n"


def told_in(message: str) -> Written | None:
    """What the message of a commit says of the site; None where no deploy made it."""
    line = next((line for line in message.splitlines() if line.startswith(MARK)), "")
    return read_back(line.removeprefix(MARK).encode("utf-8", "surrogateescape"))


def _told(scratch: Scratch, *which: str) -> Iterator[tuple[Written, str]]:
    parted = (each.strip("\n").partition("\n") for each in scratch.git("log", "--format=%H%n%B%x00", *which).split("\0"))
    return ((written, commit) for commit, _, message in parted if (written := told_in(message)))


def _order(each: tuple[Written, str]) -> tuple[int, str]:
    return each[0].order
