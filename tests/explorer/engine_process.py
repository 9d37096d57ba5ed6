"""The explorer's engine in a Node process, which reads Parquet files and answers as it does in a reader's browser."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("asking_tables.mjs")


class Engine:
    """A running process. What it says is JSON, so its values are of any type."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, parquet: bytes, told: Sequence[Mapping[str, str]], asked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What the engine says of a file: its cells, and an answer to each question."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = {"parquet": base64.b64encode(parquet).decode(), "told": list(told), "asked": list(asked)}
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "error" not in said, said["error"]
        return said


@contextmanager
def engine(node: str | Path) -> Iterator[Engine]:
    """Start the engine; it ends with the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen([str(node), str(PROGRAM)], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        yield Engine(process)
        assert process.stdin is not None
        process.stdin.close()
