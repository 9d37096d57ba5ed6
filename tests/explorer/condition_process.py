"""A Node process in which the explorer finds the rows of which the conditions of addresses hold."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

PROGRAM = Path(__file__).with_name("asking_conditions.mjs")


def query(expression: str, tz: str = "", calendar: str = "") -> str:
    """A condition as the address has it."""
    parts = [("where", expression.replace("!", "!!").replace("~", "!~")), ("tz", tz), ("calendar", calendar)]
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in parts if value)


class Conditions:
    """A running process. What it says is JSON: the numbers of rows, or {"fault": what cannot be understood}."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, parquet: bytes, told: Sequence[dict[str, str]], queries: Sequence[str],
            holidays: Sequence[date] = ()) -> list[Any]:
        """What the explorer finds at each address."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = {"parquet": base64.b64encode(parquet).decode(), "told": list(told), "queries": list(queries),
                "holidays": [each.isoformat() for each in holidays]}
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        assert isinstance(said, list), said["error"]
        return said


@contextmanager
def conditions(node: str | Path) -> Iterator[Conditions]:
    """Start the process; it ends with the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen([str(node), str(PROGRAM)], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        yield Conditions(process)
        assert process.stdin is not None
        process.stdin.close()
