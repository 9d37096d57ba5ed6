"""The community survey of 2024 and 2026: answers of residents who were drawn by chance, one row each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from charlotte.districts import stated
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table

FIELDED: Mapping[int, date] = {2024: date(2024, 2, 5), 2026: date(2026, 2, 2)}      # the first day of six weeks
ANSWERED: Mapping[int, float] = {1: 1.05, 2: 0.85, 3: 0.85, 4: 0.95, 5: 0.8, 6: 1.3, 7: 1.25}    # who sends a form back
AGES: Mapping[str, tuple[float, float]] = {              # share of adults, how often they answer
    "18-24": (13, 0.35), "25-34": (22, 0.6), "35-44": (19, 0.85), "45-54": (16, 1.05), "55-64": (14, 1.4), "65+": (16, 1.9),
}
SERVICES: Mapping[str, float] = {"police": 3.5, "fire": 4.3, "water": 3.9, "trash": 3.9, "streets": 3.0, "transit": 2.9}
UNKNOWN: Mapping[str, float] = {"police": 0.07, "fire": 0.19, "water": 0.03, "trash": 0.04, "streets": 0.01, "transit": 0.31}
NO_ANSWER = "DK"
EACH_YEAR = 1_100


def community_survey() -> Table:
    """The published table: a row for each person who answered."""
    draws = Draws("community survey")
    return table("survey_year response_no answered_on language council_district age_group home police fire water trash streets "
                 "transit overall weight", (row for year in FIELDED for row in _year(draws, year)))


def _year(draws: Draws, year: int) -> Iterator[tuple[Cell, ...]]:
    people = {district: int(count) for district, count in stated("population").items()}
    drawn = [(draws.weighted({district: people[district] * ANSWERED[district] for district in people}),
              draws.weighted({age: share * often for age, (share, often) in AGES.items()})) for _ in range(EACH_YEAR)]
    wanted = {each: people[each[0]] * AGES[each[1]][0] for each in drawn}
    scale = len(drawn) / sum(wanted.values())
    counts = {each: drawn.count(each) for each in wanted}
    for number, (district, age) in enumerate(drawn, start=1):
        weight = wanted[district, age] * scale / counts[district, age]
        yield (year, f"{number:04d}", *_answers(draws, year, district, age), f"{weight:.3f}")


def _answers(draws: Draws, year: int, district: int, age: str) -> tuple[Cell, ...]:
    day = FIELDED[year] + timedelta(days=int(42 * draws.unit() ** 1.6))
    language = "es" if draws.chance({5: 0.11, 3: 0.08, 4: 0.07}.get(district, 0.03)) else "en"
    owners = float(stated("owned")[district]) / 100 + {"18-24": -0.3, "25-34": -0.15}.get(age, 0.1)
    home = "OWN" if draws.chance(owners) else "RENT"
    mood = draws.near(0, 0.45)
    given = [_score(draws, usual + mood + _reason(service, year, district), UNKNOWN[service])
             for service, usual in SERVICES.items()]
    overall = _score(draws, 3.6 + mood, 0.02)
    return day.isoformat(), language, district, age, home, *given, overall


def _reason(service: str, year: int, district: int) -> float:
    """Why a service stands better or worse than usual in a year and place: what the other tables tell."""
    if service == "trash" and year == 2024 and district in (2, 3):
        return -1.3                                       # the west yard, short of drivers that winter
    if service == "transit":
        return (0.45 if year == 2026 else 0.0) + {1: 0.25, 7: -0.35}.get(district, 0.0)     # buses every 15 minutes since 2024
    if service == "streets" and district in (1, 2):
        return 0.2                                        # three of the rebuilt corridors
    return 0.0


def _score(draws: Draws, mean: float, unknown: float) -> Cell:
    if draws.chance(unknown):
        return NO_ANSWER
    return max(1, min(5, round(draws.near(mean, 0.85))))
