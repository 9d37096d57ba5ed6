"""A Node process that asks the parts of the forms that need no page."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("asking_forms.mjs")
Ask = Callable[..., Any]   # Any: what a part answers, as JSON has it


@contextmanager
def forms(node: str | Path) -> Iterator[Ask]:
    """Start the process; what is given answers one question at a time. It ends with the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen([str(node), str(PROGRAM)], stdin=pipe, stdout=pipe, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        questions, answers = process.stdin, process.stdout

        def ask(name: str, **given: Any) -> Any:  # Any: JSON
            questions.write(json.dumps({"ask": name, **given}) + "\n")
            questions.flush()
            return json.loads(answers.readline())

        yield ask
        questions.close()
