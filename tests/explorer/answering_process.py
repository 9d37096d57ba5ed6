"""A Node process in which the explorer answers the questions of addresses about Parquet files."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cityfolio.model.answers import Answer, Asked, Group, Others
from cityfolio.pages.asking import explorer_query
from cityfolio.tables.exports.parquet import write_parquet
from cityfolio.tables.exports.schema import ExportTable
from tables.exports.making_exports import written

PROGRAM = Path(__file__).with_name("asking_answers.mjs")


class Explorer:
    """A running process. What it says is JSON, so its values are of any type."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, table: ExportTable, asked: Sequence[Asked]) -> list[dict[str, Any]]:
        """What the explorer answers at the address of each question."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = {"parquet": base64.b64encode(written(write_parquet, table)).decode(),
                "told": [{"name": column.name, "type": column.type} for column in table.columns],
                "queries": [explorer_query(each) for each in asked]}
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        assert isinstance(said, list), said["error"]
        return said


@contextmanager
def explorer(node: str | Path) -> Iterator[Explorer]:
    """Start the process; it ends with the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen([str(node), str(PROGRAM)], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        yield Explorer(process)
        assert process.stdin is not None
        process.stdin.close()


def as_said(answer: Answer) -> dict[str, Any]:
    """An answer of the build in the words of the explorer."""
    total = _valued(answer.total)
    groups = [{"keys": [group.key], **_valued(group)} for group in answer.groups]
    others = answer.others
    return {"rows": groups if answer.asked.by is not None else [{"keys": [], **total}], "total": total,
            "others": {**_valued(others), "groups": others.groups} if others else None}


def _valued(group: Group | Others) -> dict[str, Any]:
    """Rows and their value; how many have one, where some lack it."""
    filled = {"filled": group.filled} if group.filled < group.rows else {}
    return {"value": group.value, "rows": group.rows, **filled}
