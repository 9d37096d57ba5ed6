"""Where a person lives: exact addresses, and points as exact as a door."""

from __future__ import annotations

import re

from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy import words as known
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.kinds.numbers import MOST
from cityfolio.privacy.places import (
    has_apartment,
    is_block_number,
    is_exact_address,
    is_exact_degree,
    is_exact_point,
    is_house,
    is_somewhere,
)

APARTMENTS = 0.15             # the share of addresses with an apartment from which they are those of households
PROJECTED = re.compile(r"-?\d{5,8}(?:\.\d+)?", re.ASCII)
LEAST = 0.4                   # of the different texts are exact addresses
STREET = frozenset(("street", "location", "place", "line"))
EXACT_HOMES = "are exact to about a meter, and of people's homes by what stands around"
BY_POST = frozenset(("mailing", "mail", "correspondence"))


def address(column: Column) -> PersonalFinding | None:
    """Exact addresses of households; those of facilities and of events are public."""
    header, cells = column.header, column.cells
    if cells.is_digits or header.is_prose or not _is_of_household(column):
        return None
    says = header.says("address") or header.has(STREET)
    form = is_somewhere if says and header.side == "private" else is_house if says else is_exact_address
    if cells.share(form) < LEAST:
        return None
    return column.finding("address", cells.where(form), "are exact addresses, and of people's homes by what stands around")


def _is_of_household(column: Column) -> bool:
    header, cells, around = column.header, column.cells, column.around
    if cells.share(is_block_number) > 0.8:
        return False
    who = header.who
    if who in known.PEOPLE or header.has(known.HOME):
        # Where a firm takes its post is no home.
        return not (around.is_of_places and header.meant & BY_POST and not who)
    is_open = header.says("address") or header.is_plain or header.has(known.POINTS)
    if header.side == "public" or not is_open:
        return False
    has_apartments = cells.share(has_apartment) >= APARTMENTS
    return around.is_register or (has_apartments and (around.places == 0 or around.people >= 2))


def home_place(column: Column) -> PersonalFinding | None:
    """Coordinates with five decimals or more of people's homes."""
    header, cells = column.header, column.cells
    is_degree = header.has(known.LATITUDES, known.LONGITUDES)
    if not (is_degree or header.has(known.POINTS)):
        return None
    is_private = header.has(known.HOME - {"mail"}) or header.who in known.PEOPLE
    is_bare = not header.meant - known.LATITUDES - known.LONGITUDES - known.POINTS
    if not (is_private or (is_bare and column.around.is_register)):
        return None
    form = is_exact_degree if is_degree else is_exact_point
    if cells.share(form) >= MOST:
        return column.finding("home-place", cells.where(form), EXACT_HOMES)
    if is_private and cells.share(PROJECTED.fullmatch) >= MOST:
        return column.finding("home-place", cells.where(PROJECTED.fullmatch), "are coordinates, as the name says of a home")
    return None
