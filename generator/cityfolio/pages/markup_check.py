"""Markup of a city's own templates that the pages' policy keeps from working, but for what their expressions give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment

from cityfolio.frozen import Frozen
from cityfolio.pages.text_places import TextPlaces, shortened
from cityfolio.problems import Location

POLICY_FIX = "The pages' own policy forbids it. Styles go to theme/theme.css, pictures and scripts cannot come from elsewhere."
VALUE = "\x01"        # stands for what an expression gives; no name and no address has it
_NEW_LINE = re.compile(r"\r\n|\r")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_WORDS_OF = re.compile(r"(<(script|style|textarea)\b[^<>]*>)(.*?)(?=</\2\b|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<([a-z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]*)))?")
_ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_LOADS = frozenset({"script", "img", "iframe", "source", "video", "audio", "track", "embed", "object", "image", "use", "input"})
_ADDRESSES = frozenset({"src", "srcset", "href", "xlink:href", "data", "poster"})
_FETCHED_RELATIONS = frozenset({"stylesheet", "icon", "apple-touch-icon", "mask-icon", "preload", "modulepreload", "prefetch",
                                "manifest"})
# What a browser runs; a script of another type is data to it (HTML, "prepare the script element").
_RUN = frozenset({"", "module", "importmap", "speculationrules"})
_JAVASCRIPT = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma|j|live)script(?:1\.\d)?", re.IGNORECASE)
# HTML, "event handlers on elements, Document objects, and Window objects", with those of pointers, touches and animations.
_EVENTS = """
    abort afterprint animationcancel animationend animationiteration animationstart auxclick beforeinput beforematch
    beforeprint beforetoggle beforeunload blur cancel canplay canplaythrough change click close command contextlost
    contextmenu contextrestored copy cuechange cut dblclick drag dragend dragenter dragleave dragover dragstart drop
    durationchange emptied ended error focus focusin focusout formdata fullscreenchange fullscreenerror
    gotpointercapture hashchange input invalid keydown keypress keyup languagechange load loadeddata loadedmetadata
    loadstart lostpointercapture message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover
    mouseup mousewheel offline online pagehide pagereveal pageshow pageswap paste pause play playing pointercancel
    pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate
    progress ratechange rejectionhandled reset resize scroll scrollend scrollsnapchange search securitypolicyviolation
    seeked seeking select selectionchange selectstart slotchange stalled storage submit suspend timeupdate toggle
    touchcancel touchend touchmove touchstart transitioncancel transitionend transitionrun transitionstart
    unhandledrejection unload volumechange waiting webkitanimationend webkitanimationiteration webkitanimationstart
    webkittransitionend wheel"""
HANDLERS = frozenset(f"on{event}" for event in _EVENTS.split())


class Attribute(Frozen):
    """An attribute of a tag: its name in small letters, what it is given, and where both stand in the text."""

    name: str
    value: str
    name_at: int
    value_at: int


def markup_faults(environment: Environment, text: str, where: Location) -> Iterator[tuple[Location, str]]:
    """What in a template that can be read would not work on a page: the first fault of each tag, and its place."""
    text = _NEW_LINE.sub("\n", text)
    places = TextPlaces(text, where)
    read = COMMENT.sub(lambda match: _blank(match[0]), _without_jinja(environment, text))
    read = _WORDS_OF.sub(lambda match: match[1] + _blank(match[3]), read)
    for tag in _TAG.finditer(read):
        name = tag[1].lower()
        attributes = tuple(_attributes(tag[2], tag.start(2)))
        given = {each.name: each.value for each in reversed(attributes)}     # of two alike, browsers take the first
        if name == "style" or (name == "script" and "src" not in given and _is_run(given.get("type", ""))):
            yield places.at(tag.start()), f"<{name}> stands in the page itself"
            continue
        fetches = name in _LOADS or (name == "link" and not _FETCHED_RELATIONS.isdisjoint(given.get("rel", "").lower().split()))
        fault = next((found for each in attributes if (found := _fault(name, each, fetches=fetches))), None)
        if fault:
            yield places.at(fault[0]), fault[1]


def _fault(tag: str, attribute: Attribute, *, fetches: bool) -> tuple[int, str] | None:
    if attribute.name == "style" or attribute.name in HANDLERS:
        return attribute.name_at, f"<{tag}> has the attribute {attribute.name}"
    if fetches and attribute.name in _ADDRESSES:
        several = attribute.name == "srcset"
        for part in re.finditer(r"[^\s,][^\s]*" if several else r"\S.*", attribute.value, re.DOTALL):
            if _ELSEWHERE.match(part[0]):
                return attribute.value_at + part.start(), f"<{tag}> asks another host for {shortened(part[0].rstrip(', '))}"
    return None


def _attributes(text: str, start: int) -> Iterator[Attribute]:
    for match in _ATTRIBUTE.finditer(text):
        group = next((each for each in (2, 3, 4) if match[each] is not None), 1)
        value = "" if group == 1 else match[group]
        yield Attribute(match[1].lower(), value, start + match.start(1), start + match.start(group))


def _is_run(kind: str) -> bool:
    return kind.strip().lower() in _RUN or _JAVASCRIPT.fullmatch(kind.strip()) is not None


def _without_jinja(environment: Environment, text: str) -> str:
    """The template with blanks for what Jinja reads, and with marks for what an expression gives; all else in its place."""
    written: list[str] = []
    at, within = 0, ""
    for _, kind, value in environment.lex(text):
        start = at
        while not text.startswith(value, start):     # blanks that a block takes away are in no token
            start += 1
        written.append(_blank(text[at:start]))
        at = start + len(value)
        within = VALUE if kind == "variable_begin" else within
        written.append(value if kind == "data" else re.sub(r"[^\n]", within or " ", value))
        within = "" if kind == "variable_end" else within
    return "".join(written) + _blank(text[at:])


def _blank(words: str) -> str:
    return re.sub(r"[^\n]", " ", words)
