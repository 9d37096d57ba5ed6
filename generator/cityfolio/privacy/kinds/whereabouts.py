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
from cityfolio.privacy.words import word_set

APARTMENTS = 0.15             # the share of addresses with an apartment from which they are those of households
PROJECTED = re.compile(r"-?\d{5,8}(?:\.\d+)?", re.ASCII)
LEAST = 0.4                   # of the different texts are exact addresses
STREET = frozenset(("street", "location", "place", "line"))
# A line of an address that is called by its street alone: "Street / Rue".
STREETS = word_set("street st rue calle strasse via line 1 2 no nr and number unit apt")
SERVED = word_set("service svc serv srv premise premises bill billing")   # where water or power is delivered, and billed
FEWEST = 0.3                  # different texts a cell: fewer are places where many go, such as polls
EXACT_HOMES = "are exact to about a meter, and of people's homes by what stands around"
BY_POST = frozenset(("mailing", "mail", "correspondence", "bill", "billing"))


def address(column: Column) -> PersonalFinding | None:
    """Exact addresses of households; those of facilities and of events are public."""
    header, cells = column.header, column.cells
    if cells.is_digits or header.is_prose or not _is_of_household(column):
        return None
    says = header.says("address") or header.has(STREET, SERVED) or header.meant <= STREETS
    form = is_somewhere if says and column.is_of_a_person else is_house if says else is_exact_address
    if cells.share(form) < LEAST:
        return None
    return column.finding("address", cells.where(form), "are exact addresses, and of people's homes by what stands around")


def _is_of_household(column: Column) -> bool:
    return _may_be_of_household(column) and column.cells.share(is_block_number) <= 0.8


def _may_be_of_household(column: Column) -> bool:
    header, cells, around = column.header, column.cells, column.around
    who = header.who
    if who in known.PEOPLE or header.has(known.HOME):
        # Where a firm takes its post is no home.
        return not (around.is_of_places and header.meant & BY_POST and not who)
    is_spread = cells.distinct >= FEWEST * cells.filled
    is_of_someone = around.people > 0 and not (around.events or around.places or around.is_of_parcels)
    if (around.is_of_accounts or is_of_someone) and header.has(SERVED) and (header.says("address") or header.meant <= SERVED):
        return is_spread
    is_street = bool(header.meant) and header.meant - known.SPEAK["address"] <= STREETS
    is_open = header.says("address") or header.is_plain or header.has(known.POINTS) or is_street
    if (header.side == "public" and not is_street) or not is_open or not is_spread:
        return False
    has_apartments = cells.share(has_apartment) >= APARTMENTS
    is_nobodys = around.is_of_parcels or (around.people == 0 and (around.events or around.places))
    if around.holds_people and (around.is_elsewhere or not around.events):
        return True
    is_of_homes = has_apartments and not is_nobodys and not around.is_of_places
    return around.is_register or is_of_someone or is_of_homes or _is_of_entry(column)


def _is_of_entry(column: Column) -> bool:
    """Whether an address goes on with what is said of a person, and is not where something happened or stands."""
    subject, around = column.subject, column.around
    if column.header.is_plain or column.header.side:
        return False
    if column.is_of_a_person:
        return subject.is_reached or around.is_elsewhere or around.events == 0
    return subject.who in known.PEOPLE and around.is_elsewhere and subject.is_reached and not around.is_of_places


def _is_exact(text: str) -> bool:
    return is_exact_degree(text) or is_exact_point(text)


def home_place(column: Column) -> PersonalFinding | None:
    """Coordinates with five decimals or more of people's homes."""
    header, cells = column.header, column.cells
    is_degree = header.has(known.LATITUDES, known.LONGITUDES)
    if not (is_degree or header.has(known.POINTS)):
        return None
    is_private = header.has(known.HOME - {"mail"}) or header.who in known.PEOPLE
    is_bare = not header.meant - known.LATITUDES - known.LONGITUDES - known.POINTS
    around = column.around
    is_of_homes = around.is_register or (around.is_of_accounts and around.people > 0 and around.events == 0)
    if not (is_private or (is_bare and is_of_homes)):
        return None
    form = _is_exact if is_degree else is_exact_point
    if cells.share(form) >= MOST:
        return column.finding("home-place", cells.where(form), EXACT_HOMES)
    if is_private and cells.share(PROJECTED.fullmatch) >= MOST:
        return column.finding("home-place", cells.where(PROJECTED.fullmatch), "are coordinates, as the name says of a home")
    return None
