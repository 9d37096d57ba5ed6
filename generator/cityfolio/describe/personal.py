"""Names of columns, taken apart into words, and which of them speak of a person."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import normalize

from cityfolio.model.records import ColumnType

# "daysOpen", "XMLFile" and "line2" are two words each.
WORDS = re.compile(r"[^\W\d_]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])|[A-Z]|\d+")
ABOUT_A_PERSON = frozenset((
    "email", "mail", "emails", "phone", "phones", "telephone", "tel", "mobile", "cellphone", "fax", "ssn", "itin", "passport",
    "birth", "birthday", "birthdate", "birthplace", "dob", "surname", "firstname", "lastname", "middlename", "fullname",
    "forename", "nickname", "maiden", "address", "addr", "address1", "address2", "gender", "ethnicity", "religion", "biometric",
    "fingerprint", "diagnosis", "iban", "username", "login", "password", "ip",
))
PAIRS = frozenset((
    ("social", "security"), ("driver", "license"), ("drivers", "license"), ("license", "plate"), ("plate", "number"),
    ("first", "name"), ("last", "name"), ("middle", "name"), ("full", "name"), ("e", "mail"), ("date", "birth"),
    ("credit", "card"), ("account", "number"), ("zip", "4"),
))
PERSONS = frozenset((
    "owner", "owners", "applicant", "tenant", "occupant", "resident", "patient", "victim", "suspect", "complainant", "caller",
    "requester", "requestor", "employee", "contact", "guardian", "witness", "defendant", "plaintiff", "student", "driver",
    "customer", "citizen", "person", "inmate", "offender", "arrestee", "beneficiary", "spouse",
))
# A name of one of these is no person's: park_name.
THINGS = frozenset((
    "agency", "area", "asset", "beach", "bike", "board", "body", "borough", "branch", "brand", "bridge", "building", "bus",
    "business", "category", "center", "channel", "city", "class", "code", "column", "common", "community", "company",
    "corridor", "council", "country", "county", "court", "creek", "dataset", "department", "dept", "display", "district",
    "division", "event", "facility", "field", "file", "fund", "garden", "group", "indicator", "item", "lake", "layer",
    "library", "line", "location", "market", "material", "measure", "meter", "metric", "model", "neighborhood", "neighbourhood",
    "office", "organization", "organisation", "park", "place",
    "plan", "plant", "precinct", "product", "program", "project", "property", "region", "river", "road", "room", "route",
    "school", "scientific", "sensor", "service", "sheet", "site", "species", "state", "station", "status", "stop", "store",
    "stream", "street", "subdivision", "system", "table", "team", "test", "topic", "trail", "tree", "type", "unit", "vendor",
    "ward", "watershed", "well", "zone",
))
FIGURES = frozenset(("count", "counts", "total", "number", "type", "category", "status", "share", "percent", "rate", "avg"))
MEASURES: tuple[ColumnType, ...] = ("integer", "number", "boolean", "date", "datetime", "time", "year")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a column's name in lower case: ("days", "open") of `days_open`, `DaysOpen` and `DAYS OPEN`."""
    return tuple(word.lower() for word in WORDS.findall(normalize("NFKC", name)))


def suspicion(name: str, kind: ColumnType) -> str:
    """Why a column's name makes one ask whether it holds personal data; "" where it does not."""
    words = words_of(name)
    meant = frozenset(words)
    pairs = {*pairwise(words), *zip(words, words[2:], strict=False)}
    # How many phones were given is no phone number.
    is_figure = kind in MEASURES and bool(meant & FIGURES)
    is_name = bool(meant & {"name", "names"}) and not meant & THINGS
    is_person = kind not in MEASURES and bool(meant & PERSONS) and not meant & (FIGURES | THINGS)
    if not is_figure and (meant & ABOUT_A_PERSON or pairs & PAIRS or is_name or is_person):
        return "its name suggests it"
    return ""
