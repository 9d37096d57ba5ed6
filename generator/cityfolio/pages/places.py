"""The shapes of a map file in words: what they are, where they lie, and how finely they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from markupsafe import Markup

from cityfolio.model.profile import Count, ShapesProfile
from cityfolio.pages.words import Words

FEWEST_DECIMALS, MOST_DECIMALS = 2, 5     # of a degree: about a kilometer, about a meter
STEPS_ACROSS = 10                         # an extent is told in at least so many steps of its last decimal


def places_words(shapes: ShapesProfile, words: Words) -> Markup:
    """What stands in place of a chart: "812 points, between 35.05° and 35.34° north, ...", a sentence each; "" for none."""
    return Markup(" ").join(_sentences(shapes, words))


def _sentences(shapes: ShapesProfile, words: Words) -> Iterator[Markup]:
    kinds = words.sentence_list(_counted(kind, words) for kind in shapes.kinds)
    if shapes.bounds is not None:
        west, south, east, north = map(Decimal, shapes.bounds)
        decimals = _decimals(east - west, north - south)
        yield words.gettext(
            "%(shapes)s, between %(latitudes)s and between %(longitudes)s.", shapes=kinds,
            latitudes=_latitudes(*_rounded(south, north, decimals), words),
            longitudes=_longitudes(*_rounded(west, east, decimals), words),
        )
        yield words.ngettext("Coordinates have up to %(count)s decimal.", "Coordinates have up to %(count)s decimals.",
                             shapes.decimals)
    elif kinds:
        yield words.gettext("%(shapes)s.", shapes=kinds)
    if shapes.invalid:
        yield words.ngettext("%(count)s shape is not valid.", "%(count)s shapes are not valid.", shapes.invalid)


def _counted(kind: Count, words: Words) -> Markup:
    """Shapes of one kind, as a resident would call them; a kind that has no such name goes by its own."""
    of, rows = words.ngettext, kind.rows
    named = {
        "Point": of("%(count)s point", "%(count)s points", rows),
        "MultiPoint": of("%(count)s group of points", "%(count)s groups of points", rows),
        "LineString": of("%(count)s line", "%(count)s lines", rows),
        "MultiLineString": of("%(count)s group of lines", "%(count)s groups of lines", rows),
        "Polygon": of("%(count)s area", "%(count)s areas", rows),
        "MultiPolygon": of("%(count)s area of several parts", "%(count)s areas of several parts", rows),
        "GeometryCollection": of("%(count)s group of different shapes", "%(count)s groups of different shapes", rows),
    }
    return named.get(kind.value) or Markup("{} {}").format(words.number(rows), kind.value)


def _latitudes(south: Decimal, north: Decimal, words: Words) -> Markup:
    _ = words.gettext
    if south >= 0:
        return _("%(low)s° and %(high)s° north", low=south, high=north)
    if north <= 0:
        return _("%(low)s° and %(high)s° south", low=abs(north), high=-south)
    return _("%(south)s° south and %(north)s° north", south=-south, north=north)


def _longitudes(west: Decimal, east: Decimal, words: Words) -> Markup:
    _ = words.gettext
    if west >= 0:
        return _("%(low)s° and %(high)s° east", low=west, high=east)
    if east <= 0:
        return _("%(low)s° and %(high)s° west", low=abs(east), high=-west)
    return _("%(west)s° west and %(east)s° east", west=-west, east=east)


def _decimals(*extents: Decimal) -> int:
    """How many decimals tell the ends of the shorter side apart without telling more than a reader wants."""
    least = min((extent for extent in extents if extent), default=Decimal(1))
    enough = (decimals for decimals in range(FEWEST_DECIMALS, MOST_DECIMALS)
              if least >= STEPS_ACROSS * Decimal(1).scaleb(-decimals))
    return next(enough, MOST_DECIMALS)


def _rounded(low: Decimal, high: Decimal, decimals: int) -> tuple[Decimal, Decimal]:
    """Two ends, rounded away from each other, so that every shape stays between them."""
    unit = Decimal(1).scaleb(-decimals)
    return low.quantize(unit, ROUND_FLOOR), high.quantize(unit, ROUND_CEILING)
