"""A difference for programs, and as annotations at the lines of a pull request."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from cityfolio.frozen import replace
from cityfolio.model.review import WEIGHTS, Change, Diff
from cityfolio.problems import Problem, as_github
from cityfolio.review.policy import notes_for, unexplained


def as_json(diff: Diff, root: str, day: date) -> dict[str, Any]:   # Any: what JSON can hold
    """The object that `--format json` prints."""
    return {
        "base": diff.base, "head": diff.head,
        "counts": {weight: sum(each.weight == weight for each in diff.changes) for weight in WEIGHTS},
        "refused": len(diff.refused), "remarks": list(diff.remarks),
        "changes": [_change(each, root) | {"refused": each in diff.refused} for each in diff.changes],
        "notes": [{"path": f"{root}/{path}" if root else path, "text": text} for path, text in notes_for(diff.refused, day)],
    }


def _change(change: Change, root: str) -> dict[str, Any]:   # Any: what JSON can hold
    path = f"{root}/{change.where.path}" if root else change.where.path
    told = {name: getattr(change, name) for name in ("kind", "weight", "about", "part", "says", "before", "after", "note")}
    return told | {"path": path, "line": change.where.line, "column": change.where.column, "breaks": list(change.breaks),
                   "rows": asdict(change.rows) if change.rows is not None else None}


LEVELS = {"breaking": "warning", "notable": "notice", "minor": "notice"}


def as_annotations(diff: Diff, root: str, day: date, there: Collection[str]) -> str:
    """Workflow commands: what is refused as errors, what is breaking as warnings, the rest as notices.

    A host shows an annotation only at a line of a file that is there; what is gone is told without one.
    """
    lines = []
    for change in sorted(diff.changes, key=lambda each: (each not in diff.refused, WEIGHTS.index(each.weight))):
        where = change.where if change.where.path in there else replace(change.where, line=None, column=None)
        problem = unexplained(change, day) if change in diff.refused else \
            Problem(code="change-unexplained", where=change.where, says=f"{change.about}: {change.says}")
        text = as_github([replace(problem, where=where)], root)
        if change not in diff.refused:
            text = text.replace("::error ", f"::{LEVELS[change.weight]} ", 1)
            text = text.replace("title=change-unexplained", f"title={change.kind}", 1)
        lines.append(text)
    return "".join(lines)
