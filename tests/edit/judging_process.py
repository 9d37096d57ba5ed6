"""A Node process in which the theme's scripts judge and write files of a catalog, as its forms do."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("judging.mjs")


class Form:
    """A running process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, does: str, **asked: Any) -> Any:
        """One question, one answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"does": does, **asked}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def form(node: str | Path) -> Iterator[Form]:
    """Start the process; it ends with the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen([str(node), str(PROGRAM)], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        yield Form(process)
        assert process.stdin is not None
        process.stdin.close()


def in_json(value: str | Sequence[Any] | Mapping[str, Any] | None) -> Any:
    """A value as the process takes it: groups as pairs, because JSON's objects lose the order of such keys as "2"."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {"pairs": [[key, in_json(each)] for key, each in value.items()]}
    return [in_json(each) for each in value]
