"""Reads the project's own documents: links, headings and commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^()\s]+(?:\([^()]*\))?)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def documents() -> tuple[Path, ...]:
    """Every page of Markdown that this project writes about itself."""
    return (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "changes").glob("*.md")))


def broken_links(path: Path, text: str) -> Iterator[str]:
    """Links of a page to files, folders and headings that are not there. Other sites are not asked."""
    for target in _LINK.findall(_FENCED.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or anchor and anchor not in anchors(text if there == path else there.read_text("utf-8")):
            yield target


def linked(path: Path, text: str) -> set[Path]:
    """The files of this project that a page links to."""
    targets = (target.partition("#")[0] for target in _LINK.findall(_FENCED.sub("", text)))
    return {(path.parent / target).resolve() for target in targets if target and not re.match(r"[a-z]+:", target)}


def anchors(text: str) -> set[str]:
    """The anchors that a code host gives to the headings of a page."""
    plain = (re.sub(r"[`*]", "", heading).lower() for heading in _HEADING.findall(_FENCED.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def commands(text: str, program: str) -> Iterator[str]:
    """The lines of a page's shell examples that start a program, without a prompt and what follows a `#`."""
    for _, language, body in _FENCED.findall(text):
        if language in ("sh", "bash", "console", "shell"):
            for line in body.splitlines():
                for part in line.strip().removeprefix("$ ").partition(" #")[0].split(" && "):
                    if part.split(" ")[0] == program:
                        yield part.strip()
