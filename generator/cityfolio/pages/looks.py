"""A city's logo and face: read from `theme/` of the catalog, measured, and made safe to publish."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from cityfolio.files import Tree
from cityfolio.model.records import SiteRecord
from cityfolio.pages.templates import CITY_FOLDER, Logo, Theme
from cityfolio.problems import Location, Problem

SHOWN_HEIGHT = 40             # pixels: 2.5 rem, as the style sheet has it
LARGEST_LOGO = 200_000        # bytes: every page has it
LARGEST_FACE = 400_000
PNG = b"\x89PNG\r\n\x1a\n"
SVG = "http://www.w3.org/2000/svg"
# What draws and cannot run, fetch or lead anywhere.
ELEMENTS = frozenset({
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "symbol", "use"})
ATTRIBUTES = frozenset({
    "id", "class", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "d",
    "points", "transform", "fill", "fill-rule", "fill-opacity", "clip-rule", "clip-path", "mask", "stroke", "stroke-width",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity",
    "opacity", "color", "offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "spreadMethod", "href",
    "patternUnits", "patternTransform", "clipPathUnits", "maskUnits", "preserveAspectRatio", "font-family", "font-size",
    "font-weight", "font-style", "text-anchor", "letter-spacing", "dx", "dy"})
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(?:px)?\s*")
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


class Unfit(Exception):
    """A file that cannot be used, and why."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture is, in its own units."""

    width: float
    height: float


def with_looks(theme: Theme, site: SiteRecord, at: Callable[[str], Location], tree: Tree) -> tuple[Theme, tuple[Problem, ...]]:
    """The theme with the city's logo and face. A file that cannot be used is a problem."""
    problems = []
    if site.logo and site.logo.path:
        try:
            theme = replace(theme, logo=_logo(site.logo.path, _read(site.logo.path, tree, LARGEST_LOGO)))
        except Unfit as unfit:
            problems.append(_problem("logo-unfit", at("logo"), f'the logo "{site.logo.path}" cannot be used: {unfit}',
                                     "Put an SVG or PNG file into theme/ of the catalog, and name it there."))
    if site.font_file:
        try:
            theme = replace(theme, face=_face(_read(site.font_file, tree, LARGEST_FACE)))
        except Unfit as unfit:
            problems.append(_problem("font-unfit", at("font_file"), f'the font "{site.font_file}" cannot be used: {unfit}',
                                     "Put a .woff2 file into theme/ of the catalog, and name it there."))
    return theme, tuple(problems)


def safe_svg(body: bytes) -> tuple[bytes, Size]:
    """A drawing without anything that could run, fetch or lead elsewhere, and its size. Raises Unfit."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        body = re.sub(rb"<!DOCTYPE[^>\[]*>", b"", body)
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise Unfit("it declares entities")
    try:
        root = ElementTree.fromstring(body)   # noqa: S314 - without entities there is nothing in it that could grow
    except ElementTree.ParseError as error:
        raise Unfit(f"it is not SVG: {error}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise Unfit("it is not SVG")
    _clean(root)
    size = _svg_size(root)
    if not size.width or not size.height:
        raise Unfit("it has neither a `viewBox` nor a `width` and a `height`")
    return ElementTree.tostring(root, default_namespace=None, xml_declaration=False), size


def _clean(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        plain = name.rpartition("}")[2]
        is_other = name != plain and not name.startswith("{http://www.w3.org/1999/xlink}")
        if is_other or plain not in ATTRIBUTES or _ELSEWHERE.search(value) or (plain == "href" and not value.startswith("#")):
            del element.attrib[name]
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(f"{{{SVG}}}") not in ELEMENTS:
            element.remove(child)
        else:
            _clean(child)


def _svg_size(root: ElementTree.Element) -> Size:
    box = root.get("viewBox", "").replace(",", " ").split()
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(lengths):
        return Size(*(float(each[1]) for each in lengths if each))
    try:
        return Size(float(box[2]), float(box[3]))
    except (IndexError, ValueError):
        return Size(0, 0)


def _logo(path: str, body: bytes) -> Logo:
    if body.startswith(PNG):
        width, height = struct.unpack(">II", body[16:24]) if len(body) >= 24 else (0, 0)
        size, ending = Size(width, height), "png"
    else:
        body, size = safe_svg(body)
        ending = "svg"
    if not size.width or not size.height:
        raise Unfit("it has no size")
    return Logo(body=body, ending=ending, width=max(1, round(SHOWN_HEIGHT * size.width / size.height)), height=SHOWN_HEIGHT)


def _face(body: bytes) -> bytes:
    if not body.startswith(b"wOF2"):
        raise Unfit("it is not WOFF2")
    return body


def _read(path: str, tree: Tree, most: int) -> bytes:
    known = {node.path: node for node in tree.nodes() if node.kind == "file"}
    node = known.get(CITY_FOLDER + path)
    if node is None:
        raise Unfit("there is no such file in theme/")
    try:
        body = tree.read(node.path)
    except OSError as error:
        raise Unfit(f"it could not be read: {error.strerror or error}") from error
    if len(body) > most:
        raise Unfit(f"it has {len(body):,} bytes, and every page has it: {most:,} are the most")
    return body


def _problem(code: str, where: Location, says: str, fix: str) -> Problem:
    return Problem(code=code, where=where, says=says, fix=fix)
