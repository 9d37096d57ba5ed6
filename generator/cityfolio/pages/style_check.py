"""What is wrong with a city's own style sheets: browsers say nothing of it, and leave out what they cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cityfolio.frozen import Frozen
from cityfolio.pages.style_text import PARTS, without_texts
from cityfolio.pages.text_places import TextPlaces, first_faults, shortened
from cityfolio.problems import Location, Problem, closest

# The name of a vocabulary is an address that nobody asks for.
_FETCHED = re.compile(r"@namespace\b[^;{}]*|@import\b(?:\s+url\()?|\burl\(|\bimage-set\(", re.IGNORECASE)
# No more of an address is read than a message could need.
_ADDRESS = re.compile(r"\s*(?:\"([^\"\n]{0,99})|'([^'\n]{0,99})|([^\"')\s;{}]{0,99}))")
_WORDS = re.compile(r"\s*(?:\"([^\"\n]{0,99})|'([^'\n]{0,99})|([^\"';{}\n]{0,99}))")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_BRACKET = re.compile(r"[()]")
_DATA = re.compile(r"data:([a-z]*)", re.IGNORECASE)
_SET = re.compile(r"(?<![\w.(-])(--[\w-]+)\s*:|@property\s+(--[\w-]+)")
_USED = re.compile(r"\bvar\(\s*(--[\w-]+)\s*(,?)")
_ASKED = re.compile(r"\bstyle\(\s*(--[\w-]+)", re.IGNORECASE)
# A tag stands where a rule could begin. Elsewhere < compares, and <length> is the name of a kind.
_TAG = re.compile(r"(?:^|[;{}>])\s*(</?[a-z])|(</?(?:style|script|link|html|head|body|meta)\b)", re.IGNORECASE)
FETCH_FIX = "A style sheet fetches nothing: name a face by font_file in site.yaml, a picture by logo."
TOKENS = "docs/reference/theme-tokens.md"


class Tokens(Frozen, kw_only=True):
    """Names of tokens: those that a theme has, and those that the city's sheets set and use."""

    known: frozenset[str]
    own: frozenset[str]
    used: frozenset[str]


def style_faults(styles: Mapping[str, str], theirs: Iterable[str]) -> Iterator[Problem]:
    """What cannot be read in the city's style sheets, by path, what they would fetch, and tokens that nobody knows."""
    read = {path: without_texts(text) for path, text in styles.items()}
    of_theme = "\n".join(map(without_texts, theirs))
    ours = "\n".join(read.values())
    tokens = Tokens(known=frozenset((*_names_set(of_theme), *_names_used(of_theme))), own=frozenset(_names_set(ours)),
                    used=frozenset(_names_used(ours)))
    for path, text in styles.items():
        yield from first_faults(_faults(TextPlaces(text, Location(path=path)), read[path], tokens))


def _faults(sheet: TextPlaces, read: str, tokens: Tokens) -> Iterator[Problem]:
    yield from _unreadable(sheet, read)
    yield from _fetching(sheet, read)
    yield from _unknown_tokens(sheet, read, tokens)


def _names_set(text: str) -> Iterator[str]:
    return (match[1] or match[2] for match in _SET.finditer(text))


def _names_used(text: str) -> Iterator[str]:
    return (match[1] for pattern in (_USED, _ASKED) for match in pattern.finditer(text))


def _unreadable(sheet: TextPlaces, read: str) -> Iterator[Problem]:
    if cut := next((match for match in PARTS.finditer(sheet.text) if match[0] in ("/*", '"', "'")), None):
        what = "comment" if cut[0] == "/*" else "text"
        yield _unfit(sheet.at(cut.start()), f"this {what} has no end", "Close it: what follows is lost.")
        return
    if tag := _TAG.search(read):
        at = max(tag.start(1), tag.start(2))
        yield _unfit(sheet.at(at), "this is a tag of HTML, and no CSS", "Leave only rules in it.")
        return
    opened: list[int] = []
    for brace in re.finditer(r"[{}]", read):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
        else:
            yield _unfit(sheet.at(brace.start()), "this } closes nothing", "Take it out, or open a rule.")
            return
    if opened:
        yield _unfit(sheet.at(opened[-1]), "this { is never closed", "Write } where its rules end.")


def _fetching(sheet: TextPlaces, read: str) -> Iterator[Problem]:
    done = 0     # where the last set of pictures ends: what is within is found with it
    for asked in _FETCHED.finditer(read):
        kind = asked[0].lower()
        if kind.startswith("@namespace"):
            continue
        if kind == "image-set(":
            if asked.start() >= done:
                done = _end_of(read, asked.end())
                for at in _pictures(sheet.text, read, asked.end(), done):
                    yield _unfit(sheet.at(asked.start()), _says(_given(_ADDRESS, sheet.text, at)), FETCH_FIX)
            continue
        given = _given(_WORDS if kind == "@import" else _ADDRESS, sheet.text, asked.end())
        if not given.startswith("#") or kind[0] == "@":
            yield _unfit(sheet.at(asked.start()), _says(given), FETCH_FIX)


def _end_of(read: str, start: int) -> int:
    """Where the brackets end that were opened before a place."""
    depth = 1
    for bracket in _BRACKET.finditer(read, start):
        depth += 1 if bracket[0] == "(" else -1
        if not depth:
            return bracket.end()
    return len(read)


def _pictures(text: str, read: str, start: int, end: int) -> Iterator[int]:
    """Where the texts in an image-set stand that are addresses: not in url(), which is found by itself, and no type."""
    for part in PARTS.finditer(text, start, end):
        before = read[max(start, part.start() - 20):part.start()]
        if part[0][0] in "\"'" and not re.search(r"(?:url|type)\(\s*$", before, re.IGNORECASE):
            yield part.start()


def _given(pattern: re.Pattern[str], text: str, at: int) -> str:
    match = pattern.match(text, at)
    return next((each for each in match.groups() if each), "").strip() if match else ""


def _says(given: str) -> str:
    if data := _DATA.match(given):
        what = {"image": "a picture", "font": "a face"}.get(data[1].lower(), "a file")
        return f"it carries {what} within it, which the pages' policy forbids"
    shown = shortened(given)
    return f"it asks another host for {shown}" if _ELSEWHERE.match(given) else f'it asks for "{shown}", which is not published'


def _unknown_tokens(sheet: TextPlaces, read: str, tokens: Tokens) -> Iterator[Problem]:
    there = tokens.known | tokens.own
    for match in _USED.finditer(read):
        if match[1] not in there and not match[2]:
            yield _unknown(sheet.at(match.start(1), len(match[1])), match[1], _meant(match[1], tokens.known))
    there = tokens.known | tokens.used
    for match in _SET.finditer(read):
        # A name of the city's own that nothing uses yet is no mistake; a slip in a name of the theme's is.
        if match[1] and match[1] not in there and (meant := _meant(match[1], tokens.known)):
            yield _unknown(sheet.at(match.start(1), len(match[1])), match[1], meant)


def _meant(name: str, known: Iterable[str]) -> str:
    """The token that was probably meant, or "". The dashes that all begin with are not compared."""
    return closest(name.removeprefix("--"), (each.removeprefix("--") for each in known)) or ""


def _unknown(where: Location, name: str, meant: str) -> Problem:
    fix = f'Did you mean "--{meant}"? {TOKENS} lists them all.' if meant else f"{TOKENS} lists them all."
    return Problem(code="token-unknown", where=where, says=f'there is no token "{name}"', fix=fix)


def _unfit(where: Location, says: str, fix: str) -> Problem:
    return Problem(code="theme-style", where=where, says=says, fix=fix)
