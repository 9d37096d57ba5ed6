"""Votes of the city council: what was decided, how many were for it, and who was against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from charlotte.budget import YEARS, amounts
from charlotte.days import is_working_day, months
from charlotte.draws import Draws
from charlotte.parking import OLD_RATE, RATE_RISES, RATES
from charlotte.permits import BUILT_IN, ORDINANCE
from charlotte.place import EVEN, somewhere
from charlotte.table import Cell, Table, money, table
from charlotte.weather import STORM

FIRST, LAST = date(2022, 1, 1), date(2026, 6, 1)
SEATS = ("AL1", "AL2", "AL3", "AL4", "D1", "D2", "D3", "D4", "D5", "D6", "D7")
SKEPTICS: Mapping[str, Mapping[str, float]] = {       # who tends to be against what
    "REZONING": {"D3": 4, "D6": 5, "D7": 4, "D4": 2, "AL2": 2, "D1": 1}, "BUDGET": {"D6": 5, "D7": 5, "AL4": 3},
    "CONTRACT": {"AL4": 3, "D7": 2, "D3": 1}, "LAND": {"D2": 2, "D5": 2, "AL4": 2}, "GRANT": {"AL4": 2, "D6": 2},
    "ORDINANCE": {"D6": 3, "D7": 3, "AL4": 3, "D4": 2, "AL2": 2, "D3": 2},
}
BUYS = (
    ("CDOT", "street resurfacing", 2_600), ("CDOT", "sidewalk construction", 1_700), ("CDOT", "traffic signal parts", 540),
    ("CLTW", "water main renewal", 3_400), ("CLTW", "treatment chemicals", 1_250), ("CLTW", "pump repair", 480),
    ("SWTR", "culvert replacement", 1_900), ("AVI", "terminal doors and escalators", 4_100),
    ("AVI", "runway rubber removal", 380),
    ("CATS", "bus parts", 760), ("CATS", "rail car overhaul", 5_200), ("SWS", "collection trucks", 2_900),
    ("GS", "roof replacement", 620), ("GS", "vehicles", 1_800), ("IT", "network equipment", 950), ("CFD", "turnout gear", 420),
    ("CMPD", "radio maintenance", 690), ("LM", "tree pruning", 350), ("HNS", "emergency home repair", 800),
)
LAND = ("Buy an easement along", "Sell surplus land on", "Buy land for a sidewalk along")
GRANTS = ("CDOT|Accept a federal grant for safer crossings", "CFD|Accept a federal grant for firefighters' equipment",
          "CATS|Accept a state grant for buses", "HNS|Accept a federal grant for home repair",
          "SWTR|Accept a state grant for streams",
          "CMPD|Accept a state grant for crime laboratory equipment")


@dataclass(frozen=True, slots=True)
class Item:
    """What is put to the vote. `against` is how many are expected to be; None lets chance decide."""

    kind: str
    title: str
    department: str | None = None
    petition: str | None = None
    district: int | None = None
    dollars: int | None = None
    against: int | None = None


def council_votes() -> Table:
    """The published table: a record for each vote."""
    return table("item_no meeting_on kind title department petition_no council_district amount result votes_for"
                 " votes_against absent voted_no",
                 _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws, petitions = Draws("council votes"), dict[int, int]()
    for month in months(FIRST, LAST):
        second, third, fourth = (_meeting(month, nth) for nth in (2, 3, 4))
        for meeting, zoning in ((second, False), (third, True), (fourth, False)):
            if (month.month == 7 and not zoning) or (month.month == 12 and meeting == fourth):
                continue                                  # the breaks in summer and winter
            items = list(_zoning(draws, meeting, petitions) if zoning else _business(draws))
            for number, item in enumerate([*_planted(meeting), *items], start=1):
                yield (f"{meeting:%y%m%d}-{number:02d}", meeting.isoformat(), item.kind, item.title, item.department,
                       item.petition, item.district, item.dollars, *_vote(draws, item))


def _meeting(month: date, nth: int) -> date:
    """The nth Monday of a month, or the day after it where that is a holiday."""
    monday = month + timedelta(days=(-month.weekday()) % 7 + 7 * (nth - 1))
    return monday if is_working_day(monday) else monday + timedelta(days=1)


def _planted(meeting: date) -> Iterator[Item]:
    """What other tables know about."""
    year = f"FY{meeting.year + 1}"
    if meeting.month == 6 and meeting == _meeting(meeting.replace(day=1), 2) and year in YEARS:
        total = sum(each.dollars for each in amounts() if each.year == year)
        yield Item("BUDGET", f"Adopt the budget for {year}", "SB", dollars=total, against=2 if meeting.year % 2 else 3)
    if meeting == date(2022, 8, 22):
        yield Item("ORDINANCE", f"Adopt the Unified Development Ordinance, in force from {ORDINANCE:%B} 1, 2023", "PDD",
                   against=4)
    if meeting == date(2024, 5, 13):
        yield Item("GRANT", "Raise neighborhood matching grants to $25,000 from July 1, 2024", "HNS", against=0)
    if meeting == date(2024, 8, 26):
        yield Item("CONTRACT", f"Emergency contract to clear trees after the windstorm of August {STORM.day}", "LM",
                   dollars=1_850_000, against=0)
    if meeting == date(2026, 3, 23):
        rise = f"from ${money(OLD_RATE)} to ${money(RATES['UPTOWN'])} an hour from {RATE_RISES:%B} 1, 2026"
        yield Item("ORDINANCE", f"Raise on-street parking uptown {rise}", "CDOT", against=4)


def _business(draws: Draws) -> Iterator[Item]:
    for _ in range(draws.integer(4, 7)):
        kind = draws.weighted({"CONTRACT": 58, "LAND": 19, "GRANT": 14, "ORDINANCE": 9})
        if kind == "CONTRACT":
            department, what, thousands = draws.pick(BUYS)
            dollars = round(draws.long_tail(thousands, 0.5)) * 1_000
            yield Item(kind, f"Award a contract for {what}", department, dollars=dollars)
        elif kind == "LAND":
            spot = somewhere(draws, EVEN)
            dollars = max(1, round(draws.long_tail(48, 1.0))) * 1_000
            yield Item(kind, f"{draws.pick(LAND)} the {spot.block}", "GS", district=spot.district, dollars=dollars)
        elif kind == "GRANT":
            department, title = draws.pick(GRANTS).split("|")
            yield Item(kind, title, department, dollars=round(draws.long_tail(700, 0.7)) * 1_000)
        else:
            spot = somewhere(draws, EVEN)
            yield Item(kind, f"Set the speed limit of the {spot.block} at {draws.pick((25, 35))}", "CDOT",
                       district=spot.district)


def _zoning(draws: Draws, meeting: date, petitions: dict[int, int]) -> Iterator[Item]:
    """Decisions on rezoning; many in the months before the new ordinance and few after it."""
    before = (ORDINANCE - meeting).days
    usual = 13 if 0 < before < 110 else 3 if -190 < before <= 0 else 6
    for _ in range(max(1, draws.events(usual))):
        filed = (meeting - timedelta(days=draws.integer(150, 330))).year
        petitions[filed] = petitions.get(filed, 0) + 1
        spot = somewhere(draws, BUILT_IN)
        acres = max(0.2, draws.long_tail(3.4, 0.9))
        yield Item("REZONING", f"Rezone {acres:.1f} acres near the {spot.block}", "PDD", f"{filed}-{petitions[filed]:03d}",
                   spot.district)


def _vote(draws: Draws, item: Item) -> tuple[Cell, ...]:
    """How it ended, and the votes. Six make a majority of eleven; the mayor breaks ties and vetoes, and is not counted."""
    absent = draws.weighted({0: 55, 1: 32, 2: 13})
    split = {"REZONING": 0.38, "BUDGET": 1.0, "ORDINANCE": 0.3, "LAND": 0.07, "CONTRACT": 0.06, "GRANT": 0.05}[item.kind]
    against = item.against if item.against is not None else draws.weighted({1: 40, 2: 24, 3: 16, 4: 10, 7: 7, 8: 3}) \
        if draws.chance(split) else 0
    if against > 4 and item.kind != "REZONING":
        against = 3
    noes: set[str] = set()
    while len(noes) < min(against, 11 - absent):
        tends = SKEPTICS[item.kind]
        noes.add(draws.weighted({seat: tends.get(seat, 0.6) + (6 if seat == f"D{item.district}" and against < 6 else 0)
                                 for seat in SEATS}))
    yes = 11 - absent - len(noes)
    return ("APPROVED" if yes > len(noes) else "DENIED", yes, len(noes), absent,
            ";".join(seat for seat in SEATS if seat in noes) or None)
