"""What a table is about, by the names of its columns, some cells and its title: people, places and firms, or events."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.frozen import Frozen
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
# What a utility or a tax office keeps of those who have an account there.
ABOUT_ACCOUNTS = word_set("""
    account accounts acct accts customer cust meter mtr usage kwh ccf gallons gal therms consumption cycle bill billing billed
    balance autopay delinquent arrears shutoff disconnect deposit water sewer
""")
HOLDS_ACCOUNTS = word_set("account accounts acct accts customer cust")
ABOUT_PARCELS = word_set("""
    parcel parcels apn pin acres acreage zoning assessed assessment deed situs landuse millage subdivision exemption levy
    improvement improvements taxable
""")
ABOUT_BANKS = word_set("routing aba rtn micr bank bnk ach eft checking savings dd financial")
ABOUT_VEHICLES = word_set("vehicle vehicles veh vin tow towed ticket citation citations parking plate driver drvr crash dl")
ELSEWHERE = word_set("""
    site situs location loc property incident block premise premises parcel intersection project facility latitude lat xcoord x
""")
ABOUT_HIRING = word_set("""
    job requisition req resume interview hire hired hiring recruiter recruitment applied application applications applicant
    applicants employer posting vacancy degree experience
""")
TAXES = frozenset((("tax", "id"),))
TRAITS = word_set("gender sex race ethnicity age diagnosis religion marital income disability nationality")
REGISTERED = word_set("""
    national-id birth-date patient patients pat pt student students pupil pupils voter voters inmate inmates tenant tenants
    member members juvenile household participant participants patron patrons camper campers child children
""")
ANIMALS = frozenset(("dog", "dogs", "cat", "cats", "animal", "animals", "pet", "pets", "breed"))
COUNTS = frozenset(("count", "counts", "rank", "frequency", "births", "total", "number", "n", "occurrences", "popularity"))
OPEN_HOURS = frozenset(("hours", "open", "opening", "operation", "operating", "of", "business", "hour"))
ORGANIZED_SHARE = 0.4         # of the names: from here on they are those of places and firms


class Surroundings(Frozen, kw_only=True):
    """What stands around a column."""

    people: int                   # how many signs there are that each row is a person
    registered: int               # how many of them are such as only registers of people hold
    places: int                   # how many that each is a place or a firm
    events: int                   # how many that each is something that happened
    is_tally: bool = False        # whether rows only count something
    is_of_animals: bool = False
    is_of_accounts: bool = False  # whether rows are accounts of customers
    is_of_parcels: bool = False
    has_bank: bool = False        # whether a column names banks
    is_of_vehicles: bool = False
    is_of_hiring: bool = False    # whether candidates are those for a job, not for an office
    splits_names: bool = False    # whether parts of people's names stand in columns of their own
    is_elsewhere: bool = False    # whether a column says where something is, so that another address is a person's
    holds_people: bool = False    # whether another column holds what only people have, by its cells

    @property
    def is_of_people(self) -> bool:
        """Whether rows are people, and less says that they are places."""
        return self.people >= 2 and self.people > self.places

    @property
    def is_register(self) -> bool:
        """Whether rows are people at home: patients, voters, students; not those whom an event brought together."""
        return self.is_of_people and self.registered > 0 and self.events == 0

    @property
    def is_of_places(self) -> bool:
        """Whether rows are places or firms, and nothing says that they are people, or what happened to one of them."""
        return self.places > 0 and self.people < 2 and not (self.people and self.events) and not self.holds_people


def surroundings(columns: Sequence[tuple[Header, Cells]], title: str = "") -> Surroundings:
    """Read what a table is about."""
    named, headers = frozenset(parts_of(title)), [header for header, _ in columns]
    signs = {word for header, cells in columns for word in _signs(header, cells)}
    places = {word for header in headers for word in _places(header)}
    said = frozenset(word for header in headers for word in header.words)
    accounts = said & ABOUT_ACCOUNTS
    return Surroundings(
        people=len(signs) + 2 * bool(named & REGISTERED),
        registered=len(signs & REGISTERED) + bool(named & REGISTERED),
        places=len(places) + 2 * bool(named & ABOUT_PLACES) + sum(1 for each in columns if _names_places(*each)),
        events=sum(1 for header in headers if header.has(ABOUT_EVENTS)) + bool(named & ABOUT_EVENTS),
        is_of_animals=bool(named & ANIMALS) or any(header.has(ANIMALS) for header in headers),
        is_tally=any(header.meant and header.meant <= COUNTS for header in headers),
        is_of_accounts=len(accounts) >= 3 and bool(accounts & HOLDS_ACCOUNTS),
        is_of_parcels=len(said & ABOUT_PARCELS) >= 2,
        has_bank=bool(said & ABOUT_BANKS),
        is_of_hiring=len((said | named) & ABOUT_HIRING) >= 2,
        splits_names=any(header.names_part for header in headers) or
                     {"first", "last"} <= {word for header in headers if len(header.meant) == 1 for word in header.meant},
        is_elsewhere=any(header.has(ELSEWHERE) and header.who not in known.PEOPLE and not header.has(known.HOME)
                         for header in headers),
        is_of_vehicles=bool((said | named) & ABOUT_VEHICLES),
    )


def _places(header: Header) -> frozenset[str]:
    """The words by which a column says that rows are places; the branch of a library that is near a home says nothing."""
    if header.has(known.HOME) or header.who in known.PEOPLE:
        return frozenset()
    return header.meant & (ABOUT_PLACES if header.meant <= OPEN_HOURS else ABOUT_PLACES - {"hours"})


def _names_places(header: Header, cells: Cells) -> bool:
    """Whether a column that is called `name` alone holds names of places or firms."""
    return bool(header.meant) and header.meant <= known.NAMES and cells.share(is_organized) >= ORGANIZED_SHARE


def _signs(header: Header, cells: Cells) -> list[str]:
    signs = [kind for kind in ("national-id", "birth-date") if header.says(kind)]
    if header.pairs & TAXES and not header.has(known.SPEAK["national-id"]):
        signs = []            # firms and parcels have a tax number too
    if header.who in known.PUBLIC_PARTS:
        signs = [f"{kind} of a part" for kind in signs]   # the owner of a firm has one, whose row is the firm
    if header.says("birth-date") and not header.has(ANIMALS, known.FIGURES):
        signs += ["born"]     # nothing but people and animals has a day of birth
    if header.names_part:
        signs += ["part of a name", *([] if header.has(frozenset(("first",))) else ["name"])]
    if header.who in known.PRIVATE and not header.has(known.FIGURES) and not (header.meant == {header.who} and _counts(cells)):
        signs += [header.who]
    if header.has(known.HOME) and header.says("phone"):
        signs += ["home"]
    if header.has(TRAITS) and not header.has(known.FIGURES - TRAITS):
        signs += ["trait"]
    return signs


def _counts(cells: Cells) -> bool:
    """Whether cells count something: `victims`."""
    return bool(cells.filled) and cells.is_digits
