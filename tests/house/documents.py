"""Reads the project's own documents: links, headings, commands, and the blocks of the theme's templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "themes" / "civic" / "templates"

_FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^()\s]+(?:\([^()]*\))?)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_BLOCK = re.compile(r"{%-?\s*block\s+(\w+)")


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


def blocks() -> set[str]:
    """The blocks that the theme's page templates have, which a city may replace."""
    return {name for path in TEMPLATES.rglob("*.html") for name in _BLOCK.findall(path.read_text("utf-8"))}
