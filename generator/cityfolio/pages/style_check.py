"""What is wrong with a city's own style sheets: browsers say nothing of it, and leave out what they cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cityfolio.pages.template_check import place_in
from cityfolio.problems import Location, Problem, did_you_mean

_PARTS = re.compile(r"""/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|/\*|["']""", re.DOTALL)
_FETCHED = re.compile(r"@import\b(?:\s+url\()?|\burl\(", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*[\"']?\s*([^\"')\s;]*)")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_SET = re.compile(r"(?<![\w-])(--[\w-]+)\s*:|@property\s+(--[\w-]+)")
_USED = re.compile(r"\bvar\(\s*(--[\w-]+)\s*(,?)")
_TAG = re.compile(r"</?[a-z]", re.IGNORECASE)
FETCH_FIX = "A style sheet fetches nothing: name a face by font_file in site.yaml, a picture by logo."
TOKENS = "docs/reference/theme-tokens.md"


def style_faults(styles: Mapping[str, str], theirs: Iterable[str]) -> Iterator[Problem]:
    """What cannot be read in the city's style sheets, by path, what they would fetch, and tokens that nobody knows."""
    read = {path: _without_texts(text) for path, text in styles.items()}
    of_theme = "\n".join(map(_without_texts, theirs))
    known = {*_names_set(of_theme), *(match[1] for match in _USED.finditer(of_theme))}
    used = {match[1] for text in read.values() for match in _USED.finditer(text)}
    own = {name for text in read.values() for name in _names_set(text)}
    for path, text in styles.items():
        yield from _unreadable(path, text, read[path])
        yield from _fetching(path, text, read[path])
        yield from _tokens(path, text, read[path], (known, own, used))


def _without_texts(text: str) -> str:
    """A style sheet with blanks for its comments and texts; every other character stays in its place."""
    return _PARTS.sub(lambda match: re.sub(r"[^\n]", " ", match[0]) if len(match[0]) > 2 else match[0], text)


def _names_set(text: str) -> Iterator[str]:
    return (match[1] or match[2] for match in _SET.finditer(text))


def _unreadable(path: str, text: str, read: str) -> Iterator[Problem]:
    if cut := next((match for match in _PARTS.finditer(text) if match[0] in ("/*", '"', "'")), None):
        what = "comment" if cut[0] == "/*" else "text"
        yield _problem("theme-style", (path, text, cut.start()), f"this {what} has no end", "Close it: what follows is lost.")
        return
    if tag := _TAG.search(read):
        yield _problem("theme-style", (path, text, tag.start()), "this is a tag of HTML, and no CSS", "Leave only rules in it.")
        return
    opened: list[int] = []
    for brace in re.finditer(r"[{}]", read):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
        else:
            yield _problem("theme-style", (path, text, brace.start()), "this } closes nothing", "Take it out, or open a rule.")
            return
    if opened:
        yield _problem("theme-style", (path, text, opened[-1]), "this { is never closed", "Write } where its rules end.")


def _fetching(path: str, text: str, read: str) -> Iterator[Problem]:
    for asked in _FETCHED.finditer(read):
        address = _ADDRESS.match(text, asked.end())
        given = address[1] if address else ""
        if given.startswith("#") and asked[0][0] != "@":
            continue
        of_host = f"it asks another host for {given}"
        says = of_host if _ELSEWHERE.match(given) else f'it asks for "{_cut(given)}", which is not published'
        yield _problem("theme-style", (path, text, asked.start()), says, FETCH_FIX)


def _cut(address: str) -> str:
    return address if len(address) <= 60 else f"{address[:60]}\N{HORIZONTAL ELLIPSIS}"


def _tokens(path: str, text: str, read: str, names: tuple[set[str], set[str], set[str]]) -> Iterator[Problem]:
    known, own, used = names
    for match in _USED.finditer(read):
        if match[1] not in known | own and not match[2]:
            yield _unknown(path, text, match.start(1), match[1], known)
    for match in _SET.finditer(read):
        if match[1] and match[1] not in known | used:
            yield _unknown(path, text, match.start(1), match[1], known)


def _unknown(path: str, text: str, at: int, name: str, known: set[str]) -> Problem:
    fix = did_you_mean(name, known, limit=0).partition("Known:")[0].strip()
    return _problem("token-unknown", (path, text, at), f'there is no token "{name}"', f"{fix} {TOKENS} lists them all.".strip(),
                    len(name))


def _problem(code: str, place: tuple[str, str, int], says: str, fix: str, width: int = 1) -> Problem:
    path, text, at = place
    line, column, excerpt = place_in(text, at)
    where = Location(path=path, line=line, column=column, width=width, excerpt=excerpt)
    return Problem(code=code, where=where, says=says, fix=fix)
