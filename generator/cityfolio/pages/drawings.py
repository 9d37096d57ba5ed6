"""Drawings that a city brings along: an SVG file without anything that could run, fetch or lead elsewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from cityfolio.frozen import Frozen

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}"
DEEPEST = 100                 # levels of groups: no program that draws makes as many
WIDEST = 100                  # times as wide as high, or as high as wide
# What draws and cannot run, fetch or lead anywhere.
ELEMENTS = frozenset({
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "symbol", "use"})
SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use"})
ATTRIBUTES = frozenset({
    "id", "class", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d",
    "points", "transform", "fill", "fill-rule", "fill-opacity", "clip-rule", "clip-path", "mask", "stroke", "stroke-width",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity",
    "opacity", "color", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "spreadMethod", "href",
    "patternUnits", "patternTransform", "clipPathUnits", "maskUnits", "preserveAspectRatio", "font-family", "font-size",
    "font-weight", "font-style", "text-anchor", "letter-spacing", "dx", "dy", "display", "visibility"})
# Of what is in `style`, these may stand as attributes too; `width` and others mean something else there.
STYLES = frozenset(name for name in ATTRIBUTES if name.startswith(("fill", "stroke", "stop-", "font-", "clip-"))) | {
    "opacity", "color", "mask", "text-anchor", "letter-spacing", "display", "visibility"}
# What changes the picture and is not published, in `style` or beside it; of the second kind in `style` alone.
EFFECTS = frozenset({"filter", "mix-blend-mode"})
STYLE_EFFECTS = EFFECTS | {"transform"}
NO_EFFECT = frozenset({"", "none", "normal"})
# What is missed by nobody who looks at the picture.
NEVER_SEEN = frozenset({"script", "metadata", "a", "view"})
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(?:px)?\s*")
_ELSEWHERE = re.compile(r"url\((?!\s*['\"]?\s*#)|\\", re.IGNORECASE)   # an escape may spell "url" in another way


class Unfit(Exception):
    """A file that cannot be used, why, and what would be right."""

    def __init__(self, says: str, fix: str = "") -> None:
        super().__init__(says)
        self.fix = fix


class Size(Frozen):
    """How large a picture is, in its own units."""

    width: float
    height: float


class Drawing(Frozen):
    """What of a drawing can be published, how large it is, and what was left out that a reader would have seen."""

    body: bytes
    size: Size
    lost: tuple[str, ...]    # names of elements, such as "image", and of attributes, such as "@filter"


def safe_svg(body: bytes) -> Drawing:
    """A drawing without anything that could run, fetch or lead elsewhere. Raises Unfit."""
    root = _root(body)
    if root.tag != f"{{{SVG}}}svg":
        raise Unfit("it is not SVG")
    lost = tuple(dict.fromkeys(_clean(root, DEEPEST)))
    size = svg_size(root)
    if not any(each.tag.removeprefix(f"{{{SVG}}}") in SHAPES for each in root.iter()):
        left_out = f", for {_elements(lost)} cannot be published" if lost else ""
        raise Unfit(f"it draws nothing{left_out}")
    return Drawing(ElementTree.tostring(root, default_namespace=None, xml_declaration=False), size, lost)


def lost_words(lost: tuple[str, ...]) -> str:
    """What was left out of a drawing, in words."""
    return f"{_elements(lost)} {'is' if len(lost) == 1 else 'are'} left out"


def _elements(names: tuple[str, ...]) -> str:
    return ", ".join(name[1:] if name.startswith("@") else f"<{name}>" for name in names)


def _root(body: bytes) -> ElementTree.Element:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # In other encodings a declaration could hide from the next lines.
        raise Unfit("it is neither PNG nor SVG in UTF-8") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        text = re.sub(r"<!DOCTYPE[^>\[]*>", "", text)
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise Unfit("it declares entities", "Save it as plain SVG: drawing programs offer that.")
    try:
        return ElementTree.fromstring(text)   # noqa: S314 - without entities there is nothing in it that could grow
    except (ElementTree.ParseError, ValueError) as error:
        raise Unfit(f"it is not SVG: {error}") from error


def _clean(element: ElementTree.Element, deeper: int) -> Iterator[str]:
    """Take out of an element what is not known to be harmless, and name the elements and attributes of it that are missed."""
    if not deeper:
        raise Unfit(f"its groups are more than {DEEPEST} deep", "Flatten its groups in a drawing program.")
    yield from _style_as_attributes(element)
    for name, value in list(element.attrib.items()):
        plain = name.rpartition("}")[2]
        is_other = name != plain and not name.startswith(XLINK)
        leads_away = _ELSEWHERE.search(value) is not None or (plain == "href" and not value.startswith("#"))
        if is_other or plain not in ATTRIBUTES or leads_away:
            del element.attrib[name]
            if not is_other and (plain in ATTRIBUTES or (plain in EFFECTS and value.strip() not in NO_EFFECT)):
                yield f"@{plain}"
    for child in list(element):
        tag = child.tag.removeprefix(f"{{{SVG}}}") if isinstance(child.tag, str) else ""   # comments have none
        if tag in ELEMENTS:
            yield from _clean(child, deeper - 1)
            continue
        element.remove(child)
        if tag and not tag.startswith("{") and (tag not in NEVER_SEEN or any(_draws(each) for each in child.iter())):
            yield tag


def _draws(element: ElementTree.Element) -> bool:
    return isinstance(element.tag, str) and element.tag.removeprefix(f"{{{SVG}}}") in SHAPES


def _style_as_attributes(element: ElementTree.Element) -> Iterator[str]:
    """Drawing programs write colors into `style`, which the pages' policy forbids; the same may stand in attributes.

    Names what cannot stand there and is missed.
    """
    for declared in element.attrib.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in declared.partition(":"))
        plain = value.replace("!important", "").strip()
        if name in STYLES and "/*" not in value:
            element.set(name, plain)
        elif name in STYLE_EFFECTS and plain not in NO_EFFECT:
            yield f"@{name}"


def svg_size(root: ElementTree.Element) -> Size:
    """How large a drawing says it is. Raises Unfit when it says nothing that can be shown."""
    box = root.get("viewBox", "").replace(",", " ").split()
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(lengths):
        return shown_size(*(float(each[1]) for each in lengths if each))
    try:
        return shown_size(float(box[2]), float(box[3]))
    except (IndexError, ValueError) as error:
        raise Unfit("it has neither a `viewBox` nor a `width` and a `height`") from error


def shown_size(width: float, height: float) -> Size:
    """A size that a picture can be shown in. Raises Unfit for one that cannot."""
    if not (width > 0 and height > 0 and math.isfinite(width) and math.isfinite(height)):
        raise Unfit("it has no size")
    if not 1 / WIDEST <= width / height <= WIDEST:
        raise Unfit(f"it is {width:g} wide and {height:g} high, and would be a line")
    return Size(width, height)
