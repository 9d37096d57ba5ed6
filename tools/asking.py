"""Writes a search index into a folder and asks it questions, in Node, with the engine that readers have in their browsers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nodejs

ENGINE_ASKED = Path(__file__).with_name("ask_index.mjs")
Options = Mapping[str, object]     # of the engine: limit, filters, facets, sort, near
Question = tuple[str, Options]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result of an answer."""

    id: str
    kind: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer to one question, and what it cost."""

    results: tuple[Result, ...]
    total: int
    meant: Mapping[str, str]
    bytes: int                    # as stored, so as sent
    requests: int
    milliseconds: float

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the results, the best first."""
        return tuple(result.id for result in self.results)


def write_index(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write the files of an index into a folder, which is made."""
    for path, body in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    return folder


def ask(index: Path, questions: Iterable[Question], *, cold: bool = False) -> list[Answered]:
    """Ask an index in a folder. `cold` opens it anew for every question, as for a reader who has just come."""
    asked = list(questions)
    return [answered for each in visits(index, [[one] for one in asked] if cold else [asked]) for answered in each]


def visits(index: Path, each: Sequence[Sequence[Question]]) -> list[list[Answered]]:
    """Several visits by readers, each of whom opens the index and asks some questions in turn."""
    job = json.dumps({"index": str(index), "visits": each})
    command = [str(nodejs.node(nodejs.FOR_TESTS)), str(ENGINE_ASKED)]
    done = subprocess.run(command, input=job, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"the engine failed:\n{done.stderr}")
    lines = iter(done.stdout.split("\n"))
    return [[_answered(json.loads(next(lines))) for _ in questions] for questions in each]


def _answered(line: Mapping[str, object]) -> Answered:
    answer, cost = line["answer"], {name: line[name] for name in ("bytes", "requests", "milliseconds")}
    assert isinstance(answer, dict)
    results = tuple(Result(id=each["id"], kind=each["kind"], score=each["score"]) for each in answer["results"])
    return Answered(results=results, total=answer["total"], meant=answer["meant"], **cost)  # type: ignore[arg-type]
