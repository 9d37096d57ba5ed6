"""Puts what was measured into the page that tells it: a part of that page belongs to each measuring, between two comments."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "performance.md"


def with_part(text: str, name: str, part: str) -> str:
    """The text of a page with another part between the comments of that name; as it is where these are not in it."""
    before, begin, rest = text.partition(f"<!-- {name}: begin -->\n")
    _, end, after = rest.partition(f"<!-- {name}: end -->")
    return f"{before}{begin}{part.rstrip()}\n{end}{after}" if begin and end else text


def keep(name: str, part: str) -> None:
    """Write a part of the page."""
    PAGE.write_text(with_part(PAGE.read_text("utf-8"), name, part), "utf-8")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; the first column holds words, the others figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def machine() -> str:
    """What it was measured on, and when."""
    busy = os.getloadavg()[0]
    load = "with little else at work" if busy < 1.5 else f"while others were at work (load {busy:.1f})"
    return (f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
            f"{datetime.now(UTC):%Y-%m-%d}, {load}")
