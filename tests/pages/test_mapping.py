"""What the page of a table says about maps."""

from __future__ import annotations

import pytest

from cityfolio.model.catalog import Dataset, Export
from cityfolio.model.maps import CenterRecord, MapRecord, TilesRecord
from cityfolio.model.records import FileRecord
from cityfolio.pages.mapping import map_base, map_policy, tile_host
from cityfolio.pages.shell import POLICY
from pages.factories import a_dataset, a_file, a_site

PAGE = "/data/trees/trees/"


def wards(**given: object) -> Dataset:
    """A dataset of one file of shapes."""
    file = a_file(id="wards.geojson", name="wards.geojson", format="GeoJSON", record=FileRecord(path="wards.geojson"), **given)
    return a_dataset("Wards", id="wards", files=(file,))


def base(settings: MapRecord | None, *datasets: Dataset) -> dict[str, object]:
    """What the page of the trees says."""
    return map_base(PAGE, a_site(map=settings), {each.id: each for each in datasets})


def tiles(url: str) -> MapRecord:
    """Settings with a tile server."""
    return MapRecord(tiles=TilesRecord(url=url, attribution="© City"))


def test_a_city_without_settings_has_bare_maps() -> None:
    assert base(None) == {"boundaries": []}


def test_boundaries_are_linked_from_the_page_of_the_table() -> None:
    said = base(MapRecord(boundaries=("wards",)), wards())

    assert said["boundaries"] == [{"title": "Wards", "url": "../../../data/wards/wards.geojson"}]


def test_a_file_is_found_by_its_path() -> None:
    assert base(MapRecord(boundaries=("wards/wards.geojson",)), wards())["boundaries"] != []
    assert base(MapRecord(boundaries=("wards/other.geojson",)), wards())["boundaries"] == []


def test_a_file_in_another_format_is_drawn_from_its_geojson() -> None:
    export = Export(name="wards.geojson", format="GeoJSON", bytes=1, sha256="0" * 64)
    file = a_file(id="wards.kml", name="wards.kml", format="KML", record=FileRecord(path="wards.kml"), exports=(export,))

    said = base(MapRecord(boundaries=("wards",)), a_dataset("Wards", id="wards", files=(file,)))

    assert said["boundaries"] == [{"title": "Wards", "url": "../../../data/wards/wards.geojson"}]


def test_a_boundary_that_went_away_leaves_maps_without_it() -> None:
    assert base(MapRecord(boundaries=("wards",)))["boundaries"] == []


def test_a_map_opens_where_the_city_says() -> None:
    said = base(MapRecord(center=CenterRecord(latitude=35.2, longitude=-80.8), zoom=11.4))

    assert (said["center"], said["zoom"]) == ([35.2, -80.8], 11)


def test_a_tile_server_is_told_with_its_credit_and_let_in_by_the_policy() -> None:
    settings = tiles("https://tiles.example.gov:8443/{z}/{x}/{y}.png?key=1")

    assert base(settings)["tiles"] == {"url": "https://tiles.example.gov:8443/{z}/{x}/{y}.png?key=1", "attribution": "© City"}
    assert "img-src 'self' https://tiles.example.gov:8443;" in map_policy(POLICY, a_site(map=settings))


@pytest.mark.parametrize("settings", [None, MapRecord(), tiles("https://a;script-src/{z}/{x}/{y}"), tiles("http://a/{z}/{x}/{y}")],
                         ids=["no settings", "no tiles", "a host that is a rule", "not encrypted"])
def test_without_a_plain_host_the_policy_stays_as_it_is(settings: MapRecord | None) -> None:
    assert map_policy(POLICY, a_site(map=settings)) == POLICY
    assert tile_host(a_site(map=settings)) == ""
    assert "tiles" not in base(settings)
