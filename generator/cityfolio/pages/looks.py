"""A city's logo and face: read from `theme/` of the catalog, measured, and made safe to publish."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from cityfolio.files import Tree, nodes_below
from cityfolio.frozen import Frozen, replace
from cityfolio.model.records import SiteRecord
from cityfolio.pages.city_theme import CITY_FOLDER
from cityfolio.pages.drawings import Size, Unfit, lost_words, safe_svg, shown_size
from cityfolio.pages.templates import Logo, Theme
from cityfolio.problems import Location, Problem, did_you_mean

SHOWN_HEIGHT = 40             # pixels: 2.5 rem, as the style sheet has it
LARGEST_LOGO = 200_000        # bytes: every page has it
LARGEST_FACE = 400_000
PNG = b"\x89PNG\r\n\x1a\n"
WOFF2 = b"wOF2"
WOFF2_HEAD = 48               # bytes


class Wanted(Frozen, kw_only=True):
    """A kind of file that site.yaml names."""

    what: str                    # "logo"
    code: str
    endings: tuple[str, ...]
    fix: str


LOGO = Wanted(what="logo", code="logo-unfit", endings=(".svg", ".png"),
              fix="Put an SVG or PNG file into theme/ of the catalog, and name it there.")
FACE = Wanted(what="font", code="font-unfit", endings=(".woff2",),
              fix="Put a .woff2 file into theme/ of the catalog, and name it there.")


def with_looks(theme: Theme, site: SiteRecord, at: Callable[..., Location], tree: Tree) -> tuple[Theme, tuple[Problem, ...]]:
    """The theme with the city's logo and face. A file that cannot be used is a problem."""
    problems = []
    if site.logo and site.logo.path:
        where = at("logo", "path")
        try:
            logo, lost = _logo(_read(site.logo.path, tree, LOGO, LARGEST_LOGO))
            theme = replace(theme, logo=logo)
            problems += [_reduced(site.logo.path, lost, where)] if lost else []
        except Unfit as unfit:
            problems.append(_problem(LOGO, site.logo.path, unfit, where))
    if site.font_file:
        try:
            theme = replace(theme, face=_face(_read(site.font_file, tree, FACE, LARGEST_FACE)))
        except Unfit as unfit:
            problems.append(_problem(FACE, site.font_file, unfit, at("font_file")))
    return theme, tuple(problems)


def _logo(body: bytes) -> tuple[Logo, tuple[str, ...]]:
    lost: tuple[str, ...] = ()
    if body.startswith(PNG):
        size, ending = _png_size(body), "png"
    else:
        drawing = safe_svg(body)
        body, size, lost, ending = drawing.body, drawing.size, drawing.lost, "svg"
    width = max(1, round(SHOWN_HEIGHT * size.width / size.height))
    return Logo(body=body, ending=ending, width=width, height=SHOWN_HEIGHT), lost


def _png_size(body: bytes) -> Size:
    """How large a picture is. Raises Unfit when it is not whole."""
    width, height = struct.unpack(">II", body[16:24]) if len(body) >= 24 else (0, 0)
    size, at, kind = shown_size(width, height), len(PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", body[at:at + 8]) if at + 8 <= len(body) else (0, b"")
        told = body[at + 8 + length:at + 12 + length]
        if not kind or struct.pack(">I", zlib.crc32(body[at + 4:at + 8 + length])) != told:
            raise Unfit("it is not whole", "Copy the file again, or save it again in the program that made it.")
        at += 12 + length
    return size


def _face(body: bytes) -> bytes:
    if not body.startswith(WOFF2):
        raise Unfit("it is not WOFF2")
    length = int.from_bytes(body[8:12], "big")
    if len(body) < WOFF2_HEAD or length != len(body):
        raise Unfit(f"it is not whole: it has {len(body):,} bytes and says that it has {length:,}",
                    "Copy the file again, or convert the face again.")
    return body


def _read(path: str, tree: Tree, wanted: Wanted, most: int) -> bytes:
    known = {node.path.removeprefix(CITY_FOLDER): node
             for node in nodes_below(tree, CITY_FOLDER.rstrip("/")) if node.kind == "file"}
    node = known.get(path)
    if node is None:
        fitting = [name for name in known if name.lower().endswith(wanted.endings)]
        raise Unfit("there is no such file in theme/", did_you_mean(path, fitting) if fitting else "")
    try:
        body = tree.read(node.path)
    except OSError as error:
        raise Unfit(f"it could not be read: {error.strerror or error}") from error
    if len(body) > most:
        raise Unfit(f"it has {len(body):,} bytes, and every page has it: {most:,} are the most", "Make it smaller.")
    return body


def _reduced(path: str, lost: tuple[str, ...], where: Location) -> Problem:
    return Problem(code="logo-reduced", where=where, says=f'the logo "{path}" is shown without a part: {lost_words(lost)}',
                   fix="Give colors as attributes, and turn pictures and effects into shapes.")


def _problem(wanted: Wanted, path: str, unfit: Unfit, where: Location) -> Problem:
    return Problem(code=wanted.code, where=where, says=f'the {wanted.what} "{path}" cannot be used: {unfit}',
                   fix=unfit.fix or wanted.fix)
