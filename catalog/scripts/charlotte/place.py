"""Where things happen: council districts 1 to 7 with their centers, ZIP codes and main streets.

The districts' positions and the streets are true in outline; each street is drawn as a straight line through its district,
so points fall in the right part of the city and never on a real doorstep. A point that would lie over the district's edge is
moved toward its center until it does not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from charlotte.draws import Draws
from charlotte.outline import lies_in


@dataclass(frozen=True, slots=True)
class District:
    """A council district in outline. `reach` is half its width in degrees of latitude."""

    number: int
    latitude: float
    longitude: float
    reach: float
    zips: tuple[str, ...]
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a street."""

    district: int
    street: str
    hundred: int
    zip: str
    latitude: str
    longitude: str

    @property
    def block(self) -> str:
        """The hundred block, the finest address that is published."""
        return f"{self.hundred} block of {self.street}"


def _district(number: int, center: tuple[float, float], reach: float, zips: str, streets: str) -> District:
    return District(number, *center, reach, tuple(zips.split()), tuple(each.strip() for each in streets.split(",")))


DISTRICTS: Mapping[int, District] = {each.number: each for each in (
    _district(1, (35.228, -80.812), 0.030, "28202 28203 28205 28206",
              "Central Avenue, The Plaza, Parkwood Avenue, North Davidson Street, East 36th Street, North Tryon Street, "
              "South Boulevard, Hawthorne Lane, East 7th Street, Commonwealth Avenue"),
    _district(2, (35.282, -80.880), 0.042, "28208 28214 28216 28269",
              "Beatties Ford Road, Brookshire Boulevard, Statesville Avenue, Sunset Road, LaSalle Street, Oaklawn Avenue, "
              "Bellhaven Boulevard, Rozzelles Ferry Road"),
    _district(3, (35.172, -80.935), 0.045, "28208 28217 28273 28278",
              "West Boulevard, Wilkinson Boulevard, Freedom Drive, Ashley Road, Steele Creek Road, South Tryon Street, "
              "Remount Road, Tuckaseegee Road, Westinghouse Boulevard"),
    _district(4, (35.300, -80.745), 0.042, "28213 28215 28262 28269",
              "University City Boulevard, North Tryon Street, Mallard Creek Road, Rocky River Road, Old Concord Road, "
              "Prosperity Church Road, West Sugar Creek Road, East W.T. Harris Boulevard"),
    _district(5, (35.207, -80.738), 0.036, "28205 28212 28215 28227",
              "Albemarle Road, Shamrock Drive, Eastway Drive, Monroe Road, North Sharon Amity Road, Central Avenue, "
              "Milton Road, Hickory Grove Road, Harrisburg Road"),
    _district(6, (35.146, -80.815), 0.034, "28209 28210 28211 28226",
              "Park Road, Providence Road, Fairview Road, Sharon Road, Randolph Road, Selwyn Avenue, Carmel Road, "
              "Colony Road, Woodlawn Road"),
    _district(7, (35.075, -80.815), 0.022, "28226 28270 28277",
              "Providence Road, Rea Road, Johnston Road, Ballantyne Commons Parkway, Ardrey Kell Road, Elm Lane, "
              "Community House Road, Pineville-Matthews Road"),
)}

EVEN: Mapping[int, float] = {1: 1.1, 2: 1.05, 3: 1.1, 4: 1.0, 5: 1.05, 6: 0.9, 7: 0.8}


def somewhere(draws: Draws, weights: Mapping[int, float] = EVEN, *, off_street: float = 0.005) -> Spot:
    """A place in the city. `off_street` is how far from a main street it may lie, in degrees."""
    return on_street(draws, draws.weighted(weights), off_street=off_street)


def on_street(draws: Draws, number: int, street: str | None = None, *, off_street: float = 0.0005) -> Spot:
    """A place in a district, on a street of it or on the one that is named."""
    district = DISTRICTS[number]
    name = street or draws.pick(district.streets)
    hundred = draws.integer(1, 89)
    along = (hundred / 90 - 0.5) * 2 * district.reach
    angle = math.pi * (district.streets.index(name) + 0.35) / len(district.streets)
    latitude = district.latitude + along * math.sin(angle) + draws.near(0, off_street)
    longitude = district.longitude + along * 1.2 * math.cos(angle) + draws.near(0, off_street)
    zip_code = draws.pick(district.zips)
    return Spot(number, name, hundred * 100, zip_code, *_inside(district, latitude, longitude))


def _inside(district: District, latitude: float, longitude: float) -> tuple[str, str]:
    """A point as it is written, moved into its district when it lies outside."""
    while not lies_in(district.number, round(longitude, 5), round(latitude, 5)):
        latitude += 0.08 * (district.latitude - latitude)
        longitude += 0.08 * (district.longitude - longitude)
    return f"{latitude:.5f}", f"{longitude:.5f}"
