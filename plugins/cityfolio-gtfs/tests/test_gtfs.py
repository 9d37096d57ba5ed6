"""A feed becomes tables of stops and routes with their places, by the installed plugin of an installed Cityfolio."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

STOPS = "stop_id,stop_name,stop_lat,stop_lon\nA,Trade & Tryon,35.2271,-80.8431\nB,\"Uptown, east side\",35.2200,-80.8400\n"
ROUTES = "route_id,route_short_name,route_type\nR1,9,3\nR2,11,3\n"
TRIPS = "route_id,service_id,trip_id,shape_id\nR1,week,t1,s1\nR1,week,t2,s1\n"
SHAPES = ("shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
          "s1,35.22,-80.84,10\ns1,35.2271,-80.8431,9\n")
WHOLE = {"stops.txt": STOPS, "routes.txt": ROUTES, "trips.txt": TRIPS, "shapes.txt": SHAPES}
SITE = """\
name: Example City
license: cc0-1.0
contact: {name: Data team, email: data@example.gov}
base_url: https://data.example.gov
as_of: 2026-06-30
exports: [csv, geojson]
"""
DATASET = """\
title: Bus routes and stops
summary: Where the buses go, and where they stop.
publisher: transit
keywords: [bus]
modified: 2026-06-01
frequency: yearly
files:
  - {path: transit.zip, format: GTFS, sheet: stops, title: Stops}
  - {path: transit.zip, format: GTFS, sheet: routes, title: Routes}
columns:
  stop_id: {title: The feed's own name for the stop}
  stop_name: {title: What riders call it}
  stop_lat: {title: Degrees north}
  stop_lon: {title: Degrees east}
  route_id: {title: The feed's own name for the route}
  route_short_name: {title: What stands on the bus, type: string}
  route_type: {title: Kind of vehicle, type: integer}
  geometry: {title: Where it is}
"""


def a_feed(parts):
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as feed:
        for name, text in parts.items():
            feed.writestr(name, text)
    return body.getvalue()


@pytest.fixture
def city(tmp_path):
    def made(parts=WHOLE, site=f"{SITE}plugins: [gtfs]\n", dataset=DATASET):
        files = {"site.yaml": site, "publishers/transit.yaml": "title: Transit\n", "datasets/transit/dataset.yaml": dataset}
        for path, text in files.items():
            (tmp_path / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "catalog" / path).write_text(text)
        (tmp_path / "catalog/datasets/transit/transit.zip").write_bytes(a_feed(parts))
        words = [sys.executable, "-m", "cityfolio", "build", "--format", "json", "--no-cache"]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
        assert "Traceback" not in done.stderr
        problems = [each for each in json.loads(done.stdout)["problems"] if each["code"] != "assets-unbundled"]
        return done.returncode, problems, tmp_path / "output" / "data" / "transit"

    return made


def test_stops_are_points_and_every_character_of_the_feed_stays(city):
    code, problems, folder = city()
    stops = json.loads((folder / "transit-stops.geojson").read_text())["features"]

    assert (code, problems) == (0, [])
    assert [each["geometry"] for each in stops] == [
        {"type": "Point", "coordinates": [-80.8431, 35.2271]}, {"type": "Point", "coordinates": [-80.84, 35.22]}]
    assert (folder / "transit-stops.csv").read_text().splitlines()[2] == (
        'B,"Uptown, east side",35.2200,-80.8400,POINT (-80.8400 35.2200)')


def test_a_route_is_drawn_where_its_trips_drive_in_their_order(city):
    _, _, folder = city()
    routes = json.loads((folder / "transit-routes.geojson").read_text())["features"]

    assert [each["geometry"] for each in routes] == [
        {"type": "MultiLineString", "coordinates": [[[-80.8431, 35.2271], [-80.84, 35.22]]]}, None]


def test_stops_are_on_the_map_of_their_page(city):
    _, _, folder = city()

    page = (folder / "transit-stops/index.html").read_text()
    assert ('data-map="../' in page, '<p class="places">2 points' in page) == (True, True)


def test_the_feed_itself_is_published_as_it_is(city):
    _, _, folder = city()

    assert (folder / "transit.zip").read_bytes() == (folder.parents[2] / "catalog/datasets/transit/transit.zip").read_bytes()


def test_a_feed_without_shapes_has_routes_without_places(city):
    _, problems, folder = city({"stops.txt": STOPS, "routes.txt": ROUTES})

    assert ((folder / "transit-routes.csv").read_text(), problems) == (ROUTES, [])


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"stops.txt": STOPS}, "sheet-unknown"),
        ({**WHOLE, "routes.txt": b"route_id\nCaf\xe9\n"}, "table-syntax"),
        ({**WHOLE, "routes.txt": "route_id,route_id\nR1,R1\n"}, "table-syntax"),
        ({**WHOLE, "routes.txt": "route_id,route_type\nR1\n"}, "table-syntax"),
        ({**WHOLE, "routes.txt": ""}, "table-syntax"),
        ({**WHOLE, "shapes.txt": SHAPES.replace("shape_pt_sequence", "sequence")}, "plugin-fault"),
    ],
    ids=["no table", "no UTF-8", "a name twice", "a row that is short", "nothing", "a column that has to be there"],
)
def test_a_feed_that_is_not_whole_is_one_problem_at_its_file(city, parts, code):
    returned, problems, _ = city(parts)

    found = [(each["code"], each["path"]) for each in problems if each["severity"] == "error"]
    assert (returned, found) == (1, [(code, "catalog/datasets/transit/transit.zip")])


def test_an_entry_that_does_not_say_which_table_it_is_is_told(city):
    _, problems, _ = city(dataset=DATASET.replace("sheet: stops, ", ""))

    assert [(each["code"], each["line"]) for each in problems if each["severity"] == "error"] == [("plugin-error", 8)]


def test_without_its_name_in_site_yaml_the_feed_is_a_file_like_any_other(city):
    code, _, folder = city(site=SITE)

    assert (code, (folder / "transit.zip").exists(), (folder / "transit-stops.csv").exists()) == (0, True, False)
