"""Writes locks/: the packages that Cityfolio runs with, each by version and by the digests of its files.

    python tools/lock.py              lock what the dependencies allow now; keeps versions that still fit
    python tools/lock.py --upgrade    take the newest of everything

Needs `uv` (the extra `release`). One lock serves every system and Python from 3.11 on. No address of an index is in it: whoever
installs from it asks their own.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# By file: the extras that are locked too. What builds a site needs the first alone; what makes a release, the last.
LOCKS: Mapping[str, tuple[str, ...]] = {
    "requirements.txt": (),
    "requirements-all.txt": ("serve", "geo", "fetch", "cluster", "deploy", "rdf"),
    "requirements-release.txt": ("release",),
}
HEAD = """\
# What Cityfolio{extras} runs with, by version and digest. Written by tools/lock.py.
# pip install --require-hashes -r {name} && pip install --no-deps cityfolio
"""
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))?(?: \\)?$", re.MULTILINE)
HASH = re.compile(r"^    --hash=sha256:([0-9a-f]{64})(?: \\)?$", re.MULTILINE)
VIA = re.compile(r"^    #(?: via)?(?:   )?\s*([A-Za-z0-9._-]+)(?: \(.*\))?$", re.MULTILINE)


@dataclass(frozen=True)
class Locked:
    """A package of a lock."""

    name: str
    version: str
    where: str                  # on which systems alone; "" for all
    sha256: tuple[str, ...]     # of each file that may be installed
    needed_by: tuple[str, ...]


def locked(text: str) -> Iterator[Locked]:
    """The packages of a lock."""
    starts = [*PINNED.finditer(text)]
    for found, after in zip(starts, [*starts[1:], None], strict=True):
        part = text[found.end():after.start() if after else len(text)]
        yield Locked(found[1], found[2], found[3] or "", tuple(HASH.findall(part)),
                     tuple(name for name in VIA.findall(part) if name != "via"))


def compiling(name: str, *, upgrade: bool) -> list[str]:
    """The words that write one lock."""
    extras = [word for extra in LOCKS[name] for word in ("--extra", extra)]
    return ["uv", "pip", "compile", "pyproject.toml", *extras, "--universal", "--python-version", "3.11", "--generate-hashes",
            "--no-emit-index-url", "--no-header", "--quiet", *(["--upgrade"] if upgrade else []),
            "--output-file", f"locks/{name}"]


def main(words: list[str]) -> None:
    """Write every lock. Raises subprocess.CalledProcessError where uv cannot."""
    for name, extras in LOCKS.items():
        subprocess.run(compiling(name, upgrade="--upgrade" in words), cwd=ROOT, check=True)
        path = ROOT / "locks" / name
        head = HEAD.format(name=name, extras=f" with {', '.join(extras)}" if extras else "")
        path.write_text(head + path.read_text("utf-8"), encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len([*locked(path.read_text('utf-8'))])} packages")


if __name__ == "__main__":
    main(sys.argv[1:])
