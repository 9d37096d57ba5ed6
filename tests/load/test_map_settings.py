"""`map:` of `site.yaml`: what a city may write, and what is said of the rest."""

from __future__ import annotations

import pytest

from cities import SITE, a_city, loaded, places, problems
from cityfolio.model.maps import CenterRecord, MapRecord, TilesRecord

WARDS = """\
title: Wards
summary: The city's wards.
publisher: parks
topics: [nature]
frequency: never
keywords: shade
modified: 2020-01-01
files:
  - path: wards.geojson
  - path: old/wards-2010.csv
columns:
  ward: {title: Ward}
  geometry: {title: Shape, type: geometry}
"""
SOUND = """\
map:
  boundaries: [wards, wards/wards.geojson]
  center: {latitude: 35.2271, longitude: -80.8431}
  zoom: 11
  tiles: {url: "https://tiles.example.gov/{z}/{x}/{y}.png", attribution: "© City of Charlotte"}
"""


def a_city_with(settings: str, wards: str = WARDS) -> dict[str, str | bytes]:
    """A city with wards and with these settings."""
    return a_city(**{"site.yaml": SITE + settings, "datasets__wards__dataset.yaml": wards,
                     "datasets__wards__wards.geojson": "{}", "datasets__wards__old__wards-2010.csv": "ward\n1\n"})


def test_sound_settings_of_maps_are_read_as_they_are_written() -> None:
    site = loaded(a_city_with(SOUND)).site
    assert site is not None

    assert site.record.map == MapRecord(
        boundaries=("wards", "wards/wards.geojson"), center=CenterRecord(latitude=35.2271, longitude=-80.8431), zoom=11.0,
        tiles=TilesRecord(url="https://tiles.example.gov/{z}/{x}/{y}.png", attribution="© City of Charlotte"))
    assert problems(a_city_with(SOUND)) == ()


@pytest.mark.parametrize("settings", ["", "map:\n", "map: {boundaries: [], zoom: }\n"], ids=["no key", "empty", "empty keys"])
def test_maps_need_no_settings(settings: str) -> None:
    assert problems(a_city_with(settings)) == ()


FAULTS = {
    "a key that there is not": ("map: {border: [wards]}\n", [("key-unknown", 5, 7)]),
    "a latitude beyond the pole": ("map: {center: {latitude: 90.5, longitude: 0}}\n", [("number-invalid", 5, 26)]),
    "a longitude in words": ("map: {center: {latitude: 35, longitude: 80 W}}\n", [("number-invalid", 5, 41)]),
    "half a center": ("map: {center: {latitude: 35}}\n", [("key-missing", 5, 15)]),
    "a zoom into the ground": ("map: {zoom: 25}\n", [("number-invalid", 5, 13)]),
    "a zoom of no number": ("map: {zoom: nan}\n", [("number-invalid", 5, 13)]),
    "tiles without places": (
        "map: {tiles: {url: 'https://a.example/{z}.png', attribution: A}}\n", [("url-invalid", 5, 20)]),
    "tiles that are not encrypted": (
        "map: {tiles: {url: 'http://a.example/{z}/{x}/{y}', attribution: A}}\n", [("url-scheme", 5, 20)]),
    "tiles with a slot of their own": (
        "map: {tiles: {url: 'https://{s}.a/{z}/{x}/{y}', attribution: A}}\n", [("url-invalid", 5, 20)]),
    "tiles of nobody": ("map: {tiles: {url: 'https://a.example/{z}/{x}/{y}'}}\n", [("key-missing", 5, 14)]),
    "a boundary that there is not": ("map: {boundaries: [ward]}\n", [("boundary-unfit", 5, 20)]),
    "a boundary without shapes": ("map: {boundaries: [trees]}\n", [("boundary-unfit", 5, 20)]),
    "a file that there is not": ("map: {boundaries: [wards, wards/lines.geojson]}\n", [("boundary-unfit", 5, 27)]),
    "a file without shapes": ("map: {boundaries: [wards/old/wards-2010.csv]}\n", [("boundary-unfit", 5, 20)]),
    "too many boundaries": ("map: {boundaries: [a, b, c, d, e, f]}\n", [("list-length", 5, 19)]),
}


@pytest.mark.parametrize(("settings", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_said_at_its_place(settings: str, expected: list[tuple[str, int, int]]) -> None:
    assert places(problems(a_city_with(settings))) == expected


def test_a_boundary_that_is_not_published_is_refused() -> None:
    planned = WARDS[: WARDS.index("files:")] + "status: planned\nreason: Not yet.\nrelease: {on: 2026-10-31}\n"

    found = problems(a_city(**{"site.yaml": f"{SITE}map: {{boundaries: [wards]}}\n", "datasets__wards__dataset.yaml": planned}))

    assert places(found) == [("boundary-unfit", 5, 20)]


def test_a_file_that_is_offered_as_geojson_is_a_boundary() -> None:
    wards = WARDS.replace("path: wards.geojson", "path: wards.geojson\n    format: KML\n    exports: [geojson]")

    assert problems(a_city_with("map: {boundaries: [wards]}\n", wards)) == ()
