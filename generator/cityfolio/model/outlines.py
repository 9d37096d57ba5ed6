"""The shapes of districts and other areas, drawn small, so that a page can show how something differs between them."""

from __future__ import annotations

from cityfolio.frozen import Frozen


class Outline(Frozen, kw_only=True):
    """One area."""

    value: str           # of the column that names areas, as exports write it
    path: str            # SVG path data
    x: int               # where its name can stand
    y: int


class Outlines(Frozen, kw_only=True):
    """All areas of a file, north up, on a sheet that is `width` wide and `height` high."""

    dataset: str         # whose shapes they are
    width: int
    height: int
    areas: tuple[Outline, ...]
