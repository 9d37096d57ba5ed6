"""A mistake in a city's files, as a value: what, where, and what would be right.

Nothing here is raised. A check yields `Problem`; one run reports them all, sorted by file and line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from cityfolio.codes import CODES, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file: `line` and `column` count from 1; None means the file as a whole."""

    path: str                    # relative to the catalog folder, with "/" on every system
    line: int | None = None
    column: int | None = None
    width: int = 1               # characters to underline
    excerpt: str | None = None   # the line itself, where it helps to see it
    in_catalog: bool = True      # False: a path of the output or of the machine, shown as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake, in words a department analyst can act on. The severity follows from the code."""

    code: str
    where: Location
    says: str
    fix: str = ""

    @property
    def severity(self) -> Severity:
        """How much it matters: an error stops the build, a warning does not, advice is for later."""
        return CODES[self.code].severity


MOST_COMPARED = 500


def closest(given: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None when none is near."""
    # Compared in lower case because a wrong capital is the commonest slip of all.
    by_lower = {word.lower(): word for word in sorted(set(known))}
    if len(by_lower) > MOST_COMPARED:
        return by_lower.get(given.lower())   # comparing each with each would take minutes, for a list nobody reads
    close = get_close_matches(given.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def did_you_mean(given: str, known: Iterable[str], limit: int = 12) -> str:
    """Say which known word was probably meant, and list the known ones when there are few."""
    words = sorted(set(known))
    near = closest(given, words)
    guess = f'Did you mean "{near}"? ' if near else ""
    if not words:
        return f"{guess}None is defined yet.".strip()
    if len(words) <= limit:
        return f"{guess}Known: {', '.join(words)}."
    return guess.strip() or f"Known: {', '.join(words[:limit])} and {len(words) - limit} more."


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by file, line, column and code, and drop exact repeats."""
    return tuple(
        sorted(
            set(problems),
            key=lambda p: (not p.where.in_catalog, p.where.path, p.where.line or 0, p.where.column or 0, p.code, p.says),
        )
    )


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """Count the problems of one severity."""
    return sum(problem.severity == severity for problem in problems)


def stops(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Whether a build may not go on: after an error, and under `--strict` after a warning."""
    return any(problem.severity == "error" or (strict and problem.severity == "warning") for problem in problems)


def as_text(problems: Iterable[Problem], root: str = "") -> str:
    """For a person at a terminal: each problem with its line and a mark under what is meant."""
    return "".join(_text(problem, root) for problem in problems)


def as_json(problems: Iterable[Problem], root: str = "") -> dict[str, list[dict[str, str | int | None]]]:
    """For programs: the object that `--format json` prints."""
    return {
        "problems": [
            {
                "code": problem.code, "severity": problem.severity, "path": _path(problem, root), "line": problem.where.line,
                "column": problem.where.column, "says": problem.says, "fix": problem.fix,
            }
            for problem in problems
        ]
    }


def as_github(problems: Iterable[Problem], root: str = "") -> str:
    """For a pull request: workflow commands that put each problem at its line."""
    kinds = {"error": "error", "warning": "warning", "advice": "notice"}
    lines = []
    for problem in problems:
        place = [f"file={_escaped(_shown(_path(problem, root)), ',:')}"]
        place += [f"line={problem.where.line}"] if problem.where.line else []
        place += [f"col={problem.where.column}"] if problem.where.line and problem.where.column else []
        message = _escaped(f"{problem.says}. {problem.fix}".rstrip())
        lines.append(f"::{kinds[problem.severity]} {','.join([*place, f'title={problem.code}'])}::{message}\n")
    return "".join(lines)


def _text(problem: Problem, root: str) -> str:
    where = problem.where
    place = ":".join(str(part) for part in (_shown(_path(problem, root)), where.line, where.column) if part is not None)
    text = f"{place}: {problem.severity}: {_shown(problem.says)} [{problem.code}]\n"
    if where.line is not None and where.column is not None and where.excerpt:
        gutter = f"{where.line:>4} | "
        # Everything before the mark becomes blanks, but tabs stay tabs, so that the mark stands where it should.
        lead = "".join("\t" if letter == "\t" else " " for letter in where.excerpt[: where.column - 1])
        width = max(1, min(where.width, len(where.excerpt) - where.column + 1))
        text += f"{gutter}{_shown(where.excerpt)}\n     | {lead}{'^' * width}\n"
    return text + (f"  {_shown(problem.fix)}\n" if problem.fix else "")


def _shown(text: str) -> str:
    """Text that cannot drive a terminal: a city's file may hold anything."""
    return "".join(letter if letter.isprintable() or letter == "\t" else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _path(problem: Problem, root: str) -> str:
    if not problem.where.in_catalog or not root:
        return problem.where.path or root
    return f"{root}/{problem.where.path}" if problem.where.path else root


def _escaped(text: str, also: str = "") -> str:
    for letter in f"%\r\n{also}":
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
