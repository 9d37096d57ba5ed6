"""Gathers the files of changes/ into CHANGELOG.md for a release, and removes them.

    python tools/changelog.py 0.2.0 2026-12-01            write the release of that day
    python tools/changelog.py 0.2.0 2026-12-01 --draft    print its section, and change nothing
    python tools/changelog.py --newest                    print what the changelog says of the newest release

Standard library only. A file or a version that does not fit ends it with what is wrong, before anything is written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = {"added": "Added", "changed": "Changed", "fixed": "Fixed", "removed": "Removed", "security": "Security"}
NAME = re.compile(rf"(\d+)\.({'|'.join(KINDS)})\.md")
VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
HEADING = re.compile(r"^## (\S+?)(?:, (.+))?$", re.MULTILINE)
WAITING = "not yet released"


@dataclass(frozen=True, order=True)
class Fragment:
    """What one issue changed in one way: a sentence a line."""

    kind: str
    issue: int
    sentences: tuple[str, ...]


def fragments(files: Mapping[str, str]) -> list[Fragment]:
    """The fragments by the names of their files. Raises ValueError for a file that is none, or that says nothing."""
    found = []
    for name, text in files.items():
        match = NAME.fullmatch(name)
        if match is None:
            raise ValueError(f"{name}: call it ISSUE.KIND.md; the kinds are {', '.join(KINDS)}")
        sentences = tuple(line.strip() for line in text.splitlines() if line.strip())
        if not sentences:
            raise ValueError(f"{name}: it says nothing")
        wrong = next((each for each in sentences if each.startswith(("#", "-", "* "))), None)
        if wrong:
            raise ValueError(f"{name}: write sentences, without marks before them: {wrong}")
        found.append(Fragment(match[2], int(match[1]), sentences))
    order = list(KINDS)
    return sorted(found, key=lambda each: (order.index(each.kind), each.issue))


def section(version: str, day: date, found: Iterable[Fragment]) -> str:
    """What a release says, under a heading for each kind of change."""
    lines = [f"## {version}, {day.isoformat()}"]
    listed = list(found)
    for kind, heading in KINDS.items():
        said = [f"- {sentence} (#{each.issue})" for each in listed if each.kind == kind for sentence in each.sentences]
        lines += ["", f"### {heading}", "", *said] if said else []
    return "\n".join(lines) + "\n"


def with_release(changelog: str, version: str, day: date, found: Iterable[Fragment]) -> str:
    """The changelog with a release at its top. What was written about it while it waited stays, above the changes.

    Raises ValueError for a version that is no version, or that is released already.
    """
    if not VERSION.fullmatch(version):
        raise ValueError(f"{version}: write a version as 1.2.3")
    made = section(version, day, found)
    first = HEADING.search(changelog)
    released = {match[1] for match in HEADING.finditer(changelog) if match[2] != WAITING}
    if version in released:
        raise ValueError(f"{version} is in CHANGELOG.md already")
    if first is None:
        return f"{changelog.rstrip()}\n\n{made}"
    if first[2] != WAITING:
        return f"{changelog[:first.start()]}{made}\n{changelog[first.start():]}"
    rest = HEADING.search(changelog, first.end())
    end = rest.start() if rest else len(changelog)
    said = changelog[first.end():end].strip()
    heading, _, changes = made.partition("\n")
    whole = "\n\n".join(part for part in (heading, said, changes.strip()) if part)
    return f"{changelog[:first.start()]}{whole}\n" + (f"\n{changelog[end:]}" if rest else "")


def release_day(changelog: str) -> date | None:
    """The day of the newest release; None where the newest still waits, or there is none."""
    first = HEADING.search(changelog)
    try:
        return date.fromisoformat(first[2]) if first and first[2] else None
    except ValueError:
        return None


def newest(changelog: str) -> str:
    """What the changelog says of the newest release, without its heading; "" where there is none."""
    first = HEADING.search(changelog)
    rest = HEADING.search(changelog, first.end()) if first else None
    return changelog[first.end():rest.start() if rest else None].strip() + "\n" if first else ""


def main(words: list[str]) -> str:
    """Do what the command line asks, and give what is to be printed. Raises ValueError where it asks for what cannot be."""
    if words == ["--newest"]:
        return newest((ROOT / "CHANGELOG.md").read_text("utf-8"))
    is_draft = "--draft" in words
    given = [each for each in words if each != "--draft"]
    if len(given) != 2:
        raise ValueError(__doc__ or "")
    version, day = given[0], date.fromisoformat(given[1])
    paths = [path for path in sorted((ROOT / "changes").glob("*")) if path.name != "README.md"]
    found = fragments({path.name: path.read_text("utf-8") for path in paths})
    changelog = ROOT / "CHANGELOG.md"
    text = with_release(changelog.read_text("utf-8"), version, day, found)
    if is_draft:
        return section(version, day, found)
    changelog.write_text(text, encoding="utf-8")
    for path in paths:
        path.unlink()
    return f"CHANGELOG.md has {version}, with what {len(paths)} files of changes/ said; they are removed.\n"


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]), end="")
    except ValueError as error:
        sys.exit(str(error))
