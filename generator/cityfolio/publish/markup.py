"""A strict reader for the pages we write: lower-case tags, double quotes, everything closed. It mends nothing.

What a page says is gathered in one pass. Half of a site's tags open and close cells and phrases that hold nothing but words:
these are passed over, and so are charts. Most of the others are the same few, so each distinct one is read once. Where a fault
lies is worked out only when there is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Literal

from cityfolio.frozen import Frozen

# What follows a "<", up to the ">" that stands outside quotes; nothing after one that stands alone. Possessive, so that no page
# can make it slow. Atomic groups, not possessive ones: before CPython 3.11.5 those give back what they should keep (gh-106052).
AFTER = r'[^<>"]*+(?>(?:"[^"]*"[^<>"]*+)*)>?'
# Elements that hold words alone, and those that hold words and such elements; with attributes that nothing refers to.
UNWATCHED = '(?: scope="[a-z]*")?(?: class="[^"<>&]*")?(?: (?:datetime|data-state)="[^"<>&]*")?'
# The chart of a column, of which each page has ten or so, no two of them the same.
CHART = ('svg class="[^"<>&]*" viewBox="[^"<>&]*" preserveAspectRatio="none" fill="currentColor" role="img" '
         'aria-label="[^"<>]*">(?>(?:<path(?: opacity="[0-9.]*")? d="[^"<>&]*"/>)*)</svg>')
OF_WORDS = "|".join([*(f"{name}{UNWATCHED}>[^<]*</{name}>" for name in ("td", "span", "code", "p", "time", "th")),
                     "br>", CHART])
OF_PHRASES = "|".join(f"{name}{UNWATCHED}>(?>[^<]*(?:<(?>{OF_WORDS})[^<]*)*)</{name}>"
                      for name in ("td", "tr", "p", "li", "th", "span", "code", "dd", "dt", "h3"))
# Such an element as a whole, which is no group, or a tag, of which all but the "<" is one. Both begin with the same character
# outside of groups, or each place of a page is tried.
STEPS = re.compile(f"<(?>{OF_PHRASES})|<({AFTER})")
ALONE = "<"
TAG = re.compile(r'<(/?)([a-z][a-zA-Z0-9-]*)((?:\s+[a-z][a-zA-Z0-9:_.-]*(?:="[^"]*")?)*)\s*(/?)>')
ATTRIBUTES = re.compile(r'\s([a-zA-Z][a-zA-Z0-9:_.-]*)(?:="([^"]*)")?')
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers drop these from an address before they look at its scheme.
INVISIBLE = re.compile(r"[\x00-\x20]+")
REFRESH = re.compile(r"\s*\d+\s*;\s*url=(.*)", re.IGNORECASE | re.DOTALL)

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
SELF_CLOSING = {"animate", "circle", "ellipse", "g", "image", "line", "path", "polygon", "polyline", "rect", "stop", "use"}
DATA_BLOCKS = {"application/ld+json", "application/json"}
LINKING = {"href", "xlink:href", "action", "formaction"}
FETCHING = {"src", "srcset", "imagesrcset", "poster", "data"}
FETCHED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon", "mask-icon",
                     "preconnect", "dns-prefetch", "prefetch"}
REFERRING = {"for", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"}
WATCHED = LINKING | FETCHING | REFERRING | {"id", "style", "http-equiv"}
WATCHED_ELEMENTS = {"style", "script", "iframe", "object", "embed", "frame", "base"}
MOST_KNOWN = 8_192
SAFE_SCHEMES = {"http", "https", "ftp", "mailto", "tel"}

Use = Literal["link", "related", "fetch", "style", "script"]   # "related": a <link> that is followed by programs


class Target(Frozen):
    """An address in a tag. All but a "link" are asked for when the page is opened."""

    url: str
    use: Use


class Tag(Frozen):
    """One distinct tag."""

    kind: Literal["open", "close", "single", "none"]
    name: str = ""
    id: str | None = None
    targets: tuple[Target, ...] = ()
    references: tuple[str, ...] = ()     # ids in the same page
    faults: tuple[str, ...] = ()
    says_more: bool = True               # False: nothing but its kind and name is of interest


@dataclass(slots=True)
class Page:
    """What one page says. The numbers are those of steps, which `Page.position` turns into line and column."""

    text: str
    ids: dict[str, int] = field(default_factory=dict)
    targets: list[tuple[int, Target]] = field(default_factory=list)
    references: list[tuple[int, str]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)   # of each step, once somebody asks

    def position(self, at: int) -> tuple[int, int]:
        """The line and column of a tag, counted from 1. It reads the page again, so it is for faults alone."""
        if not self.starts:
            self.starts += [match.start() for match in STEPS.finditer(self.text)] or [0]
        start = self.starts[at]
        return self.text.count("\n", 0, start) + 1, start - self.text.rfind("\n", 0, start)


def read_page(text: str) -> Page:
    """Read a page."""
    page = Page(text)
    if not text.startswith(("<!doctype html>", "<!DOCTYPE html>")):
        page.faults.append((0, "the page does not start with <!doctype html>"))
    steps = _steps(text)
    nesting: list[str] = []
    is_nested = True
    for at, raw in enumerate(steps):
        if not raw:
            continue   # an element that was passed over
        tag = KNOWN[raw]
        if tag.kind == "open":
            nesting.append(tag.name)
        elif tag.kind == "close" and (not nesting or nesting.pop() != tag.name):
            is_nested = False
        if tag.says_more:
            _gather(page, at, tag)
    if nesting or not is_nested:
        page.faults += _nesting_faults((at, KNOWN[raw]) for at, raw in enumerate(steps) if raw)
    return page


def _steps(text: str) -> list[str]:
    """Each tag without its "<", which `ALONE` is all of; nothing for an element that is passed over."""
    if "<<" in text or '<"' in text or text.endswith(ALONE):
        return [ALONE if step[1] == "" else step[1] or "" for step in STEPS.finditer(text)]
    return STEPS.findall(text)


def _gather(page: Page, at: int, tag: Tag) -> None:
    if tag.id is not None:
        if tag.id in page.ids:
            page.faults.append((at, f'the id "{tag.id}" is used twice'))
        page.ids.setdefault(tag.id, at)
    for target in tag.targets:
        page.targets.append((at, target))
    for reference in tag.references:
        page.references.append((at, reference))
    for fault in tag.faults:
        page.faults.append((at, fault))


def _nesting_faults(tags: Iterable[tuple[int, Tag]]) -> Iterator[tuple[int, str]]:
    """What is open too long or closed too often. One slip is one fault: what was left open between is named, and no more."""
    nesting: list[tuple[int, str]] = []
    open_names: Counter[str] = Counter()
    for at, tag in tags:
        if tag.kind == "open":
            nesting.append((at, tag.name))
            open_names[tag.name] += 1
        elif tag.kind == "close" and not open_names[tag.name]:
            yield at, f"</{tag.name}> closes nothing"
        elif tag.kind == "close":
            while (innermost := nesting.pop())[1] != tag.name:
                open_names[innermost[1]] -= 1
                yield innermost[0], f"<{innermost[1]}> is not closed before </{tag.name}>"
            open_names[tag.name] -= 1
    yield from ((at, f"<{name}> is never closed") for at, name in nesting)


class _Known(dict[str, Tag]):
    """Tags by their steps, each read when it is met first. It forgets them all when there are many."""

    def __missing__(self, raw: str) -> Tag:
        if len(self) >= MOST_KNOWN:
            self.clear()
        tag = self[raw] = _tag(raw if raw == ALONE else f"<{raw}")
        return tag


KNOWN = _Known()


def _tag(raw: str) -> Tag:
    match = TAG.fullmatch(raw)
    if not match:
        return _other(raw)
    slash, name, rest, end = match.groups()
    pairs = ATTRIBUTES.findall(rest)
    if slash:
        return Tag("close", name, faults=("a closing tag has attributes",)) if pairs or end else _plain("close", name)
    kind: Literal["single", "open"] = "single" if end or name in VOID else "open"
    said = _said(name, bool(end), tuple([key for key, _ in pairs]))
    if said == "nothing":
        return _plain(kind, name)
    attributes = {key: unescape(value) if "&" in value else value for key, value in pairs}
    if said == "link":
        target = Target(attributes["href"], "link" if name == "a" else _use(name, attributes))
        return Tag(kind, name, targets=(target,), faults=tuple(_unsafe(target)))
    faults = list(_faults(name, attributes, is_repeated=len(attributes) < len(pairs)))
    if end and name not in VOID | SELF_CLOSING:
        faults.append(f'<{name}/> is not closed by "/" in HTML')
    targets = tuple(_targets(name, attributes))
    faults += [fault for target in targets for fault in _unsafe(target)]
    references = tuple(word for key in REFERRING & attributes.keys() for word in attributes[key].split())
    return Tag(kind, name, attributes.get("id"), targets, references, tuple(faults))


@lru_cache(maxsize=4096)
def _said(name: str, is_ended: bool, keys: tuple[str, ...]) -> Literal["nothing", "link", "more"]:
    """What may be said by a tag with these attributes, if no more than where it leads: it is sound then, whatever they hold."""
    if name in WATCHED_ELEMENTS or (is_ended and name not in VOID | SELF_CLOSING) or len(set(keys)) < len(keys):
        return "more"
    watched = WATCHED.intersection(keys)
    if watched - {"href"} or any(key.startswith("on") for key in keys):
        return "more"
    return "link" if watched else "nothing"


@lru_cache(maxsize=512)
def _plain(kind: Literal["open", "close", "single"], name: str) -> Tag:
    return Tag(kind, name, says_more=False)


def _other(raw: str) -> Tag:
    if raw.lower() == "<!doctype html>" or (raw.startswith("<!--") and raw.endswith("-->")):
        return Tag("none")
    return Tag("none", faults=(f"this is not a tag as we write them: {raw[:60]}",))


def _faults(name: str, attributes: Mapping[str, str], *, is_repeated: bool) -> Iterator[str]:
    if is_repeated:
        yield f"<{name}> has the same attribute twice"
    if name == "style":
        yield "the style sheet stands in the page"
    if name == "script" and "src" not in attributes and attributes.get("type") not in DATA_BLOCKS:
        yield "the script stands in the page"
    if name in ("iframe", "object", "embed", "frame"):
        yield f"<{name}> puts another document into the page"
    if name == "base":
        yield "<base> changes where every link leads"
    if "style" in attributes:
        yield f"<{name}> has a style attribute"
    for key in attributes:
        if key.startswith("on"):
            yield f"<{name}> has a script in its {key} attribute"
    if attributes.get("id") == "" or " " in attributes.get("id", ""):
        yield f"<{name}> has an id that is empty or holds a space"


def _targets(name: str, attributes: Mapping[str, str]) -> Iterator[Target]:
    for key in LINKING & attributes.keys():
        yield Target(attributes[key], _use(name, attributes))
    for key in FETCHING & attributes.keys():
        if key != "data" or name == "object":
            use: Use = "script" if name == "script" else "fetch"
            yield from (Target(url, use) for url in _addresses(key, attributes[key]))
    is_refresh = name == "meta" and attributes.get("http-equiv", "").lower() == "refresh"
    if is_refresh and (found := REFRESH.fullmatch(attributes.get("content", ""))):
        yield Target(found[1], "link")


def _use(name: str, attributes: Mapping[str, str]) -> Use:
    if name in ("use", "image"):
        return "fetch"
    relations = attributes.get("rel", "").lower().split() if name == "link" else []
    if "stylesheet" in relations:
        return "style"
    if not FETCHED_RELATIONS.isdisjoint(relations):
        return "fetch"
    return "related" if name == "link" else "link"


def _addresses(key: str, value: str) -> list[str]:
    if not key.endswith("srcset"):
        return [value]
    return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]


def _unsafe(target: Target) -> Iterator[str]:
    scheme = SCHEME.match(INVISIBLE.sub("", target.url)) if ":" in target.url else None
    if scheme and scheme[1].lower() not in SAFE_SCHEMES:
        yield f"an address starts with {scheme[0]}"
