"""Markdown files that begin with front matter: keys as YAML between two lines of `---`, then the text.

Line numbers stay those of the file, so that a problem of a key points to where it is written.
"""

from __future__ import annotations

from cityfolio.problems import Location, Problem

FENCE = b"---"
MISSING = "Begin the file with a line `---`, then `title: ...`, then a line `---`; the text follows."


def read_front_matter(path: str, body: bytes) -> tuple[bytes | None, str, int, tuple[Problem, ...]]:
    """The keys as YAML, the text below them, the line it begins at, and what is wrong; None where nothing ends the keys."""
    lines = body.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    ends = [at for at, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(ends) < 2 or ends[0] != 0:
        says = "the file has no front matter" if not ends or ends[0] else "the front matter has no end"
        problem = Problem(code="front-matter-missing", where=Location(path=path, line=1, column=1), says=says, fix=MISSING)
        return None, _text(lines), 1, (problem,)
    end = ends[1]
    # The first line stays, as an empty one, so that the lines of the YAML are the lines of the file.
    return b"\n".join([b"", *lines[1:end]]), _text(lines[end + 1:]), end + 2, ()


def _text(lines: list[bytes]) -> str:
    return b"\n".join(lines).decode("utf-8", errors="replace").replace("\r\n", "\n")
