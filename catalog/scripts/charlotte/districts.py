"""The seven council districts side by side: people, land, streets, and counts made from the other tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from charlotte.code_cases import code_cases
from charlotte.crashes import traffic_crashes
from charlotte.permits import land_development_permits
from charlotte.service_requests import requests
from charlotte.table import Cell, Table, table
from charlotte.trees import street_trees

# Theme, measure, its name, unit, then a value for each district.
GIVEN = """
PEOPLE population|People|people|131200 126900 130400 128700 127300 122100 124400
PEOPLE households|Households|households|63900 48100 50600 49300 50900 54600 49800
PEOPLE under_18|People under 18|percent|14.8 25.9 24.1 23.6 26.8 20.9 24.7
PEOPLE over_64|People 65 and older|percent|9.9 11.8 9.4 8.7 11.2 15.6 14.9
PEOPLE no_vehicle|Households without a vehicle|percent|11.7 9.8 8.1 5.2 9.3 3.6 2.4
PEOPLE work_at_home|Workers who work at home|percent|34.1 17.2 20.8 22.3 16.4 35.5 37.9
PEOPLE language|People who speak a language other than English at home|percent|13.6 17.8 25.9 24.4 33.8 14.2 20.7
PEOPLE voters|Registered voters|people|99800 86400 83900 88700 81500 97600 92300
PEOPLE turnout|Registered voters who voted in November 2023|percent|19.8 14.9 12.2 12.8 13.4 24.6 18.3
HOMES homes|Homes|homes|70300 51800 54900 52600 54500 58700 52200
HOMES owned|Homes lived in by their owner|percent|43.2 51.6 46.8 52.9 47.1 57.8 64.3
HOMES single_family|Homes that are detached houses|percent|36.9 64.4 52.2 58.7 55.3 52.6 61.1
LAND land_area|Land area|square miles|25.6 52.3 71.8 56.4 38.7 32.9 33.4
LAND canopy|Land under tree canopy|percent|37.4 49.8 44.1 45.6 46.3 50.7 48.2
LAND impervious|Land under roofs and pavement|percent|38.6 22.4 25.8 26.9 29.7 31.4 27.5
LAND vacant|Land not built on|percent|5.1 16.7 17.9 14.2 9.3 4.2 4.9
STREETS street_miles|Streets the city maintains|miles|352 361 388 379 371 341 304
STREETS sidewalk_miles|Sidewalks|miles|398 287 301 346 298 331 344
STREETS bike_miles|Bike lanes and paved trails|miles|49.6 21.3 24.8 33.7 19.4 22.6 27.1
STREETS signals|Traffic signals|signals|186 92 131 104 114 109 76
STREETS bus_stops|Bus stops|stops|561 492 478 356 548 334 149
STREETS shelters|Bus stops with a shelter|percent|21.4 12.6 12.1 11.8 14.2 9.3 4.7
SERVICES fire_stations|Fire stations|stations|9 7 8 6 5 4 4
SERVICES storm_pipe|Storm drain pipe|miles|301 324 366 352 339 298 276
SERVICES water_main|Water main|miles|542 618 702 664 588 531 498
SERVICES hydrants|Fire hydrants|hydrants|2910 2480 2870 2690 2640 2430 2180
"""
COUNTED: Mapping[str, tuple[str, str]] = {          # measure: its name and unit
    "requests_2024": ("Service requests received in 2024", "requests"), "crashes_2024": ("Traffic crashes in 2024", "crashes"),
    "hurt_2024": ("Crashes in 2024 in which someone was hurt", "crashes"),
    "code_cases_2024": ("Code enforcement cases opened in 2024", "cases"),
    "permits_2024": ("Land development permits applied for in 2024", "permits"),
    "street_trees": ("Street trees in the inventory", "trees"),
}


def council_districts() -> Table:
    """The published table: a row for each district and measure."""
    return table("council_district theme measure measure_name value unit", _rows())


def stated(measure: str) -> dict[int, str]:
    """A measure that was given, by district."""
    line = next(line for line in GIVEN.strip().splitlines() if line.split("|")[0].split()[1] == measure)
    return dict(enumerate(line.split("|")[3].split(), start=1))


def _rows() -> Iterator[tuple[Cell, ...]]:
    for line in GIVEN.strip().splitlines():
        head, name, unit, values = line.split("|")
        theme, measure = head.split()
        yield from ((district, theme, measure, name, value, unit) for district, value in enumerate(values.split(), start=1))
    for measure, counts in _counts().items():
        name, unit = COUNTED[measure]
        yield from ((district, "COUNTS", measure, name, counts[district], unit) for district in range(1, 8))


def _counts() -> dict[str, Counter[int]]:
    """Rows of the other tables by district."""
    crashes = [row for row in _records(traffic_crashes()) if str(row["crash_date"]).startswith("2024")]
    cases = (row for row in _records(code_cases()) if str(row["opened_on"]).startswith("2024"))
    permits = (row for row in _records(land_development_permits()) if str(row["applied_on"]).startswith("2024"))
    return {
        "requests_2024": Counter(each.spot.district for each in requests() if each.received.year == 2024),
        "crashes_2024": _by_district(crashes),
        "hurt_2024": _by_district(row for row in crashes if row["severity"] != "O"),
        "code_cases_2024": _by_district(cases), "permits_2024": _by_district(permits),
        "street_trees": _by_district(_records(street_trees())),
    }


def _records(content: Table) -> Iterator[dict[str, Cell]]:
    return (dict(zip(content.header, row, strict=True)) for row in content.rows)


def _by_district(rows: Iterable[Mapping[str, Cell]]) -> Counter[int]:
    return Counter(int(str(row["council_district"])) for row in rows)
