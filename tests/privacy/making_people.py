"""Made-up tables for the detector of personal data: 13 columns that are personal, 20 that only look so, and one of free text.

The same seed gives the same table. The numbers keep the rules of real ones, and belong to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cityfolio.privacy.seen import SeenColumn, as_columns

Make = Callable[[Random], str]
FIRST = (
    "Maria",
    "James",
    "Linh",
    "Robert",
    "Aisha",
    "Michael",
    "Patricia",
    "Jose",
    "Jennifer",
    "David",
    "Mei",
    "Thomas",
    "Keisha",
    "Daniel",
    "Fatima",
    "Carlos",
    "Susan",
    "Ravi",
    "Karen",
    "Luis",
    "Emily",
    "Darnell",
    "Nancy",
    "Omar",
    "Ashley",
    "Kevin",
    "Priya",
    "George",
    "Sofia",
    "Brian",
    "Hannah",
    "Tyrone",
    "Rachel",
    "Diego",
    "Laura",
    "Hung",
    "Amanda",
    "Samuel",
    "Ines",
    "Wesley",
    "Ngozi",
    "Oluwaseun",
    "Siobhan",
    "Xochitl",
    "Anders",
    "Yevgenia",
    "Tamika",
    "Bashir",
    "Leilani",
    "Florian",
)
LAST = (
    "Alvarez",
    "Smith",
    "Nguyen",
    "Johnson",
    "Okafor",
    "Brown",
    "Patel",
    "Garcia",
    "Miller",
    "Kim",
    "Wilson",
    "Haddad",
    "Davis",
    "Rodriguez",
    "Chen",
    "Taylor",
    "Washington",
    "Moore",
    "Hussein",
    "Martin",
    "Rossi",
    "Jackson",
    "Lee",
    "Thompson",
    "White",
    "Lopez",
    "Clark",
    "Singh",
    "Lewis",
    "Robinson",
    "Walker",
    "Young",
    "Allen",
    "King",
    "Wright",
    "O'Brien",
    "Torres",
    "Hill",
    "Flores",
    "Green",
    "Adams",
    "Nelson",
    "Baker",
    "McDowell",
    "Hall",
    "Rivera",
    "Campbell",
    "Mitchell",
    "Tanaka",
    "Vang",
)
STREETS = (
    "Providence Road",
    "Milton Road",
    "Park Avenue",
    "Harrisburg Road",
    "Eastway Drive",
    "Tryon Street",
    "Central Avenue",
    "Beatties Ford Road",
    "Kilborne Drive",
    "Sugar Creek Road",
    "Monroe Road",
    "Randolph Road",
    "Sharon Lane",
    "Oak Street",
    "Rama Road",
    "Pinecrest Court",
)
PLACES = (
    "Freedom Park",
    "Latta Park",
    "Sugaw Creek Recreation Center",
    "Marion Diehl Center",
    "Independence Park",
    "Romare Bearden Park",
    "Martin Luther King Jr. Library",
    "Elizabeth Lawrence Garden",
    "Thomas McCrae Field",
    "Hornets Nest Park",
)
FIRMS = (
    "Piedmont Paving LLC",
    "Queen City Plumbing Inc",
    "Johnson Controls",
    "Blythe Construction",
    "Carolina Office Supply",
    "Ferguson Enterprises",
    "W.W. Grainger",
    "Duke Energy",
    "Martin Marietta Materials",
    "Sealand Contractors Corp",
    "Taylor & Sons Roofing",
)


def luhn(number: str) -> str:
    """A number with the digit that makes Luhn's sum end in 0."""
    total = sum(sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(reversed(number)))
    return number + str(-total % 10)


def ssn(chance: Random) -> str:
    """Nine digits that could be a Social Security number."""
    area = chance.choice([area for area in range(1, 900) if area != 666])
    return f"{area:03}-{chance.randint(1, 99):02}-{chance.randint(1, 9999):04}"


def card(chance: Random) -> str:
    """A number that could be a payment card's."""
    start = chance.choice(("4", "51", "55", "37", "6011"))
    length = 14 if start == "37" else 15
    return luhn(start + "".join(str(chance.randint(0, 9)) for _ in range(length - len(start))))


def iban(chance: Random) -> str:
    """A German account number with its check digits."""
    account = f"{chance.randint(10**17, 10**18 - 1)}"
    return f"DE{98 - int(account + '131400') % 97:02}{account}"


def phone(chance: Random) -> str:
    """A telephone number of the North American plan."""
    areas = ("704", "980", "803", "919", "336", "828", "843", "212")
    exchange = chance.choice([each for each in range(220, 990) if each % 100 != 11])
    return chance.choice(("({}) {}-{:04}", "{}-{}-{:04}", "{}.{}.{:04}")).format(
        chance.choice(areas), exchange, chance.randint(0, 9999)
    )


def full_name(chance: Random) -> str:
    """A given name and a surname."""
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def email(chance: Random) -> str:
    """An address of e-mail such as a person has."""
    at = chance.choice(("gmail.com", "yahoo.com", "example.org", "example.net", "hotmail.com"))
    return f"{chance.choice(FIRST)}{chance.choice(('.', '_', ''))}{chance.choice(LAST)}{chance.randint(1, 99)}@{at}".replace(
        "'", ""
    ).lower()


def day(chance: Random, first: int, last: int) -> date:
    """A day between two years."""
    return date(first, 1, 1) + timedelta(days=chance.randint(0, (last - first) * 365))


def house(chance: Random) -> str:
    """The address of a house."""
    number = chance.randint(101, 9899)
    return f"{number} {chance.choice(STREETS)}" + chance.choice(("", "", f" Apt {chance.randint(1, 40)}"))


def plate(chance: Random) -> str:
    """The plate of a car."""
    letters = "".join(chance.choice("ABCDEFGHJKLMNPRSTVWXYZ") for _ in range(3))
    return f"{letters}-{chance.randint(1000, 9999)}"


def point(chance: Random, decimals: int) -> str:
    """A point in Charlotte."""
    return f"{35.1 + chance.random() / 5:.{decimals}f}, {-80.95 + chance.random() / 4:.{decimals}f}"


def note(chance: Random) -> str:
    """What a clerk writes; now and then with something of a person in it."""
    plain = (
        "Crew sent to look at it.",
        "Closed, no one at the site.",
        "Second visit needed after rain.",
        "Resident was told of the delay.",
    )
    told = (f"Call {phone(chance)} after 5 pm.", f"Write to {email(chance)}, please.", f"Gave SSN {ssn(chance)} as proof.")
    return chance.choice(told) if chance.random() < 0.05 else chance.choice(plain)


PERSONAL: Mapping[str, tuple[str, Make]] = {
    "ssn": ("national-id", ssn),
    "social_security_no": ("national-id", lambda chance: ssn(chance).replace("-", "")),
    "card_number": ("payment-card", card),
    "iban": ("bank-account", iban),
    "caller_phone": ("phone", phone),
    "email": ("email", email),
    "date_of_birth": ("birth-date", lambda chance: day(chance, 1935, 2010).isoformat()),
    "home_address": ("address", house),
    "owner_name": ("name", full_name),
    "first_name": ("name", lambda chance: chance.choice(FIRST)),
    "last_name": ("name", lambda chance: chance.choice(LAST)),
    "license_plate": ("plate", plate),
    "residence_point": ("home-place", lambda chance: point(chance, 6)),
}
TRAPS: Mapping[str, Make] = {
    "case_number": lambda chance: f"{chance.randint(10**8, 899_999_999)}",
    "parcel_number": lambda chance: f"{chance.randint(101, 229):03}-{chance.randint(1, 99):02}-{chance.randint(1, 9999):04}",
    "zip_plus_4": lambda chance: f"282{chance.randint(2, 78):02}-{chance.randint(1, 9999):04}",
    "zip9": lambda chance: f"282{chance.randint(2, 78):02}{chance.randint(1, 9999):04}",
    "created_epoch": lambda chance: f"{chance.randint(1_400_000_000, 1_780_000_000)}",
    "updated_ms": lambda chance: f"{chance.randint(1_400_000_000_000, 1_780_000_000_000)}",
    "office_phone": lambda chance: f"704-336-{chance.randint(2000, 7999)}",
    "permit_no": lambda chance: f"B{chance.randint(10**8, 10**9 - 1)}",
    "block_geoid": lambda chance: f"37119{chance.randint(1, 999_999):06}{chance.randint(1000, 4999)}",
    "invoice_id": lambda chance: f"{chance.randint(10**15, 10**16 - 1)}",
    "ein": lambda chance: f"{chance.randint(10, 99)}-{chance.randint(10**6, 10**7 - 1)}",
    "park_name": lambda chance: chance.choice(PLACES),
    "vendor_name": lambda chance: chance.choice(FIRMS),
    "block": lambda chance: f"{chance.randint(1, 99)}00 block of {chance.choice(STREETS)}",
    "intersection": lambda chance: f"{chance.choice(STREETS)} & {chance.choice(STREETS)}",
    "facility_address": lambda chance: f"{chance.randint(101, 9899)} {chance.choice(STREETS)}",
    "inspection_date": lambda chance: day(chance, 2015, 2025).isoformat(),
    "year_built": lambda chance: f"{chance.randint(1920, 2024)}",
    "hydrant_point": lambda chance: point(chance, 6),
    "unit_number": lambda chance: f"{chance.choice(('ENG', 'TRK', 'MED'))}-{chance.randint(100, 999)}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A table with the kind that each column is of; "" for those that are not personal."""

    title: str
    columns: tuple[SeenColumn, ...]
    kinds: Mapping[str, str]


def a_table(seed: int, rows: int = 500) -> Made:
    """The 34 columns, in one table and in some order."""
    chance = Random(seed)
    makers = {name: make for name, (_, make) in PERSONAL.items()} | TRAPS | {"remarks": note}
    names = list(makers)
    chance.shuffle(names)
    cells = [[makers[name](chance) for _ in range(rows)] for name in names]
    kinds = {name: PERSONAL[name][0] if name in PERSONAL else "" for name in names} | {"remarks": "free-text"}
    return Made(title="", columns=as_columns(names, cells), kinds=kinds)
