"""Dates of birth, and plates of vehicles."""

from __future__ import annotations

import re

from cityfolio.model.privacy import PersonalFinding
from cityfolio.privacy.cells import Cells
from cityfolio.privacy.kinds.column import Column
from cityfolio.privacy.kinds.numbers import FEW, MOST, SOME
from cityfolio.privacy.words import word_set

DAY = re.compile(r"(?P<first>\d{4})[-/.]?\d{1,2}[-/.]?\d{1,2}(?:[T ].{0,20})?"
                 r"|\d{1,2}[-/.](?:\d{1,2}|[A-Za-z]{3})[-/.](?P<last>\d{4}|\d{2})(?: .{0,20})?"
                 r"|[A-Za-z]{3,9}[ -]\d{1,2},?[ -](?P<said>\d{4})|\d{1,2} ?[A-Za-z]{3,9}\.?,? ?(?P<told>\d{4})", re.ASCII)
MONTH = re.compile(r"(?:0?[1-9]|1[0-2])[-/](?:19|20)\d\d|(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])", re.ASCII)
YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?", re.ASCII)
SERIAL = re.compile(r"[1-4]\d{4}(?:\.0)?", re.ASCII)        # a spreadsheet's days since 1900
OTHER_DAYS = word_set("""
    issue issued file filed permit start end open opened close closed received created updated modified due sent paid built
    install installed inspection inspected event incident report reported hearing meeting death count counts rate total place
    country state city weight hospital name order type status certificate certificates number
""")
BORN = frozenset(("birth", "born", "nac", "nacim", "naiss", "nasc", "geb"))
DAYS = frozenset(("date", "dt", "day", "fecha"))
PARTS = frozenset(("mm", "dd", "mo", "month", "day"))        # of a day of birth, in columns of their own
PART = re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII)
PLATE = re.compile(r"[A-Z0-9]{1,4}[- ]?[A-Z0-9]{2,5}(?:[- ]?[A-Z0-9]{1,3})?", re.ASCII | re.IGNORECASE)
LETTERED = re.compile(r"([A-Z]{3})[- ]?\d{3,4}", re.ASCII)
TAGS = frozenset(("tag", "tags", "reg", "registration"))     # of cars among others; those of dogs are only digits
STATE = frozenset(("state", "st"))
LICENSED = TAGS | {"v", "u", "1", "2", "3"} | {"license", "licence", "lic", "no", "number", "vehicle", "veh"}
MOST_DAYS = 0.9               # of the different texts are days
MIXED = 0.8                   # of the different texts have letters and digits as plates do
NOT_OF_CARS = word_set("""
    state st type color colour make model year material expiration exp expires fleet unit count dog cat pet asset steel size
    thickness code tectonic reader lpr class
""")


def _is_plate(text: str) -> bool:
    return 4 <= len(text) <= 10 and bool(PLATE.fullmatch(text)) and any(letter.isdigit() for letter in text)


def _is_mixed(text: str) -> bool:
    return 5 <= len(text) <= 10 and _is_plate(text) and _has_letter(text)


def _are_mixed(cells: Cells) -> bool:
    """Whether texts are letters and digits as plates are, and not as numbers that a city counts up: IT1000."""
    return cells.share(_is_mixed) >= MIXED and len({text[:2] for text in cells.sample}) >= min(20, len(cells.sample) / 4)


def _has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def birth_date(column: Column) -> PersonalFinding | None:
    """Days and years of birth, by name; without it where a table of people has days spread as births are."""
    header, cells = column.header, column.cells
    if column.around.is_of_animals and header.side != "private":
        return None
    if header.says("birth-date") and header.has(PARTS) and cells.share(PART.fullmatch) >= MOST:
        return column.finding("birth-date", cells.where(PART.fullmatch), "are months or days, and the name says of birth")
    if (header.says("birth-date") or header.has(BORN)) and not header.has(OTHER_DAYS):
        dated = cells.share(_is_born if header.says("birth-date") else DAY.fullmatch) >= MOST
        says = "are days or years, and the name says of birth"
        return column.finding("birth-date", cells.where(_is_born), says) if dated else None
    people = column.around.people
    may_be_born = header.meant <= DAYS or (header.is_strange and not column.around.is_of_parcels)
    is_open = header.is_plain or (people >= 2 and may_be_born)
    if is_open and cells.distinct >= 2 * FEW and _spread_as_births(column):
        return column.finding("birth-date", cells.where(DAY.fullmatch), "are days that spread over the years as births do")
    return None


def _is_born(text: str) -> bool:
    return bool(DAY.fullmatch(text) or MONTH.fullmatch(text) or YEAR.fullmatch(text) or SERIAL.fullmatch(text))


def _spread_as_births(column: Column) -> bool:
    found = [match for text in column.cells.sample if (match := DAY.fullmatch(text))]
    if len(found) < MOST_DAYS * len(column.cells.sample):
        return False
    years = sorted(_year(match) for match in found)
    low, high = years[len(years) // 20], years[-1 - len(years) // 20]
    return low >= 1900 and high - low >= 35 and years[len(years) // 2] <= 2000 and len(set(years)) >= min(30, len(years) / 3)


def _year(match: re.Match[str]) -> int:
    year = next(text for text in match.group("first", "last", "said", "told") if text)
    return int(year) if len(year) == 4 else 1900 + int(year) + (100 if int(year) < 26 else 0)


def plate(column: Column) -> PersonalFinding | None:
    """Plates of vehicles, by name; without it where three letters vary before digits."""
    header, cells = column.header, column.cells
    is_other = header.has(NOT_OF_CARS) and (header.has(NOT_OF_CARS - STATE) or cells.share(_is_mixed) < MOST)
    if header.says("plate") and not is_other and not (column.around.is_of_animals and header.meant & TAGS):
        plates = cells.share(_is_plate) >= MOST and cells.share(_has_letter) >= SOME
        says = "have the form of a plate, and the name says so"
        return column.finding("plate", cells.where(_is_plate), says) if plates else None
    is_open = (column.around.is_of_vehicles and bool(header.meant) and header.meant <= LICENSED) or \
        (column.around.holds_people and header.is_plain)
    if is_open and column.is_spread and cells.distinct >= 2 * FEW and _are_mixed(cells):
        return column.finding("plate", cells.where(_is_mixed), "have the form of a plate, in a table of vehicles or people")
    if (header.is_plain or header.meant <= TAGS) and cells.distinct >= 2 * FEW:
        found = [match for text in cells.sample if (match := LETTERED.fullmatch(text))]
        starts = {match[1] for match in found}
        if len(found) >= 0.9 * len(cells.sample) and len(starts) >= 0.5 * min(len(found), 200):
            return column.finding("plate", cells.where(LETTERED.fullmatch), "have the form of a vehicle's plate")
    return None


