"""What a table is about, by the names of all its columns and its title: people, places and firms, or events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cityfolio.privacy import words as known
from cityfolio.privacy.cells import Cells
from cityfolio.privacy.header import Header, parts_of
from cityfolio.privacy.people import is_organized
from cityfolio.privacy.words import word_set

ABOUT_PLACES = word_set("""
    facility facilities business businesses school schools library libraries station stations park parks restaurant restaurants
    store stores venue venues hospital hospitals clinic clinics church hotel hotels vendor vendors dba organization organisation
    office offices branch website museum shelter shop establishment company pharmacy agency hours headquarters outlet landmark
    provider providers supplier suppliers market markets bank university college theater employer
""")
ABOUT_EVENTS = word_set("""
    incident incidents crash crashes collision collisions offense offenses crime crimes arrest arrests citation citations
    violation violations stop stops call calls dispatch dispatched inspection inspections permit permits request requests
    shooting shootings complaint complaints ticket accident accidents perp perpetrator
""")
TRAITS = word_set("gender sex race ethnicity age diagnosis religion marital income disability nationality")
REGISTERED = word_set("""
    national-id birth-date patient patients pat pt student students pupil pupils voter voters inmate inmates tenant tenants
    member members juvenile household participant participants
""")
ANIMALS = frozenset(("dog", "dogs", "cat", "cats", "animal", "animals", "pet", "pets", "breed"))
COUNTS = frozenset(("count", "counts", "rank", "frequency", "births", "total", "number", "n", "occurrences", "popularity"))
ORGANIZED_SHARE = 0.4         # of the names: from here on they are those of places and firms


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around a column."""

    people: int                   # how many signs there are that each row is a person
    registered: int               # how many of them are such as only registers of people hold
    places: int                   # how many that each is a place or a firm
    events: int                   # how many that each is something that happened
    is_tally: bool = False        # whether rows only count something
    is_of_animals: bool = False

    @property
    def is_of_people(self) -> bool:
        """Whether rows are people, and nothing says that they are places."""
        return self.people >= 2 and self.places == 0

    @property
    def is_register(self) -> bool:
        """Whether rows are people at home: patients, voters, students; not those whom an event brought together."""
        return self.is_of_people and self.registered > 0 and self.events == 0

    @property
    def is_of_places(self) -> bool:
        """Whether rows are places or firms, and nothing says that they are people."""
        return self.places > 0 and self.people < 2


def surroundings(columns: Sequence[tuple[Header, Cells]], title: str = "") -> Surroundings:
    """Read what a table is about."""
    named, headers = frozenset(parts_of(title)), [header for header, _ in columns]
    signs = {word for header in headers for word in _signs(header)}
    places = sum(1 for header in headers if header.has(ABOUT_PLACES)) + 2 * bool(named & ABOUT_PLACES)
    return Surroundings(
        people=len(signs) + 2 * bool(named & REGISTERED),
        registered=len(signs & REGISTERED) + bool(named & REGISTERED),
        places=places + sum(1 for header, cells in columns if _names_places(header, cells)),
        events=sum(1 for header in headers if header.has(ABOUT_EVENTS)) + bool(named & ABOUT_EVENTS),
        is_of_animals=bool(named & ANIMALS) or any(header.has(ANIMALS) for header in headers),
        is_tally=any(header.meant and header.meant <= COUNTS for header in headers),
    )


def _names_places(header: Header, cells: Cells) -> bool:
    """Whether a column that is called `name` alone holds names of places or firms."""
    return bool(header.meant) and header.meant <= known.NAMES and cells.share(is_organized) >= ORGANIZED_SHARE


def _signs(header: Header) -> list[str]:
    signs = [kind for kind in ("national-id", "birth-date") if header.says(kind)]
    if header.names_part:
        signs += ["part of a name", *([] if header.has(frozenset(("first",))) else ["name"])]
    if header.who in known.PRIVATE and not header.has(known.FIGURES):
        signs += [header.who]
    if header.has(known.HOME) and header.says("phone"):
        signs += ["home"]
    if header.has(TRAITS) and not header.has(known.FIGURES - TRAITS):
        signs += ["trait"]
    return signs
