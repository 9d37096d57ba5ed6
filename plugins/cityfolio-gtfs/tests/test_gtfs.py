"""A feed becomes tables of stops and routes with their places, by the installed plugin of an installed Cityfolio."""

import json
import zipfile
from contextlib import chdir
from functools import partial
from io import BytesIO
from xml.etree import ElementTree

import pytest
from cityfolio_gtfs.found import stops as find_stops
from cityfolio_gtfs.gpx import NOT_IN_XML, write_gpx
from click.testing import CliRunner
from hypothesis import given, strategies as st

from cityfolio.cli import main
from cityfolio.plugins import ExportColumn, ExportTable, Unfit, in_portions

GPX = "{http://www.topografix.com/GPX/1/1}"
POINT = '{"type":"Point","coordinates":[-80.8431,35.2271]}'

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


def built(folder, parts=WHOLE, site=f"{SITE}plugins: [gtfs]\n", dataset=DATASET):
    """What a build of a city with this feed returns, what it says, and the folder of the feed in the site."""
    files = {"site.yaml": site, "publishers/transit.yaml": "title: Transit\n", "datasets/transit/dataset.yaml": dataset}
    for path, text in files.items():
        (folder / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "catalog" / path).write_text(text)
    (folder / "catalog/datasets/transit/transit.zip").write_bytes(a_feed(parts))
    with chdir(folder):
        done = CliRunner().invoke(main, ["build", "--format", "json", "--no-cache"])
    assert "Traceback" not in done.stderr
    assert isinstance(done.exception, SystemExit | None), done.exception
    problems = [each for each in json.loads(done.stdout)["problems"] if each["code"] != "assets-unbundled"]
    return done.exit_code, problems, folder / "output" / "data" / "transit"


@pytest.fixture
def city(tmp_path):
    return partial(built, tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The city with the whole feed in every format, built once. Tests leave it as it is."""
    return built(tmp_path_factory.mktemp("whole"), site=f"{SITE.replace('geojson', 'geojson, gtfs/gpx')}plugins: [gtfs]\n")


def test_stops_are_points_and_every_character_of_the_feed_stays(whole):
    code, problems, folder = whole
    stops = json.loads((folder / "transit-stops.geojson").read_text())["features"]

    assert (code, problems) == (0, [])
    assert [each["geometry"] for each in stops] == [
        {"type": "Point", "coordinates": [-80.8431, 35.2271]}, {"type": "Point", "coordinates": [-80.84, 35.22]}]
    assert (folder / "transit-stops.csv").read_text().splitlines()[2] == (
        'B,"Uptown, east side",35.2200,-80.8400,POINT (-80.8400 35.2200)')


def test_a_route_is_drawn_where_its_trips_drive_in_their_order(whole):
    _, _, folder = whole
    routes = json.loads((folder / "transit-routes.geojson").read_text())["features"]

    assert [each["geometry"] for each in routes] == [
        {"type": "MultiLineString", "coordinates": [[[-80.8431, 35.2271], [-80.84, 35.22]]]}, None]


def test_stops_are_on_the_map_of_their_page(whole):
    _, _, folder = whole

    page = (folder / "transit-stops/index.html").read_text()
    assert ('data-map="../' in page, '<p class="places">2 points' in page) == (True, True)


def test_stops_and_routes_go_into_a_phone_as_waypoints_and_tracks(whole):
    _, problems, folder = whole
    stops, routes = (ElementTree.parse(folder / f"transit-{name}.gpx").getroot() for name in ("stops", "routes"))

    assert problems == []
    assert [(each.get("lat"), each.get("lon"), each.findtext(f"{GPX}name")) for each in stops.iter(f"{GPX}wpt")] == [
        ("35.2271", "-80.8431", "Trade & Tryon"), ("35.2200", "-80.8400", "Uptown, east side")]
    tracks = {each.findtext(f"{GPX}name"): len(list(each.iter(f"{GPX}trkpt"))) for each in routes.iter(f"{GPX}trk")}
    assert tracks == {"9": 2}
    offered = json.loads((folder.parents[1] / "data.json").read_text())["dataset"][0]["distribution"]
    assert {each["mediaType"] for each in offered if each["format"] == "GPX"} == {"application/gpx+xml"}


def test_a_table_of_something_else_is_not_offered_as_gpx(city):
    trips = DATASET.partition("columns:")[0].replace("sheet: routes, title: Routes", "sheet: trips, title: Trips")
    _, problems, folder = city(site=f"{SITE.replace('csv, geojson', 'gtfs/gpx')}plugins: [gtfs]\n", dataset=trips)

    assert [each for each in problems if each["severity"] == "error"] == []
    assert sorted(each.name for each in folder.glob("*.gpx")) == ["transit-stops.gpx"]


def test_riders_find_routes_and_stops_and_are_led_to_their_rows(whole):
    _, _, folder = whole
    found = json.loads((folder.parents[1] / "search.json").read_text())["others"]

    assert [(each["kind"], each["url"].removeprefix("/data/transit/")) for each in found] == [
        ("transit-route", "transit-routes/?where=route_id~is~R1"), ("transit-route", "transit-routes/?where=route_id~is~R2"),
        ("transit-stop", "transit-stops/?where=stop_id~is~A"), ("transit-stop", "transit-stops/?where=stop_id~is~B")]
    assert {"9", "bus", "r1"} <= set(found[0]["text"].split())
    assert {"trade", "tryon", "a"} <= set(found[2]["text"].split())
    page = (folder.parents[1] / "search/index.html").read_text()
    assert [title in page for title in (">Transit routes <", ">Stops <")] == [True, True]


def a_table(*rows):
    columns = [ExportColumn(name=name, type=kind) for name, kind in (
        ("stop_id", "string"), ("stop_name", "string"), ("geometry", "geometry"))]
    return ExportTable(columns=tuple(columns), portions=tuple(in_portions(rows, 3)))


@given(st.lists(st.tuples(st.text(min_size=1), st.none() | st.text()), max_size=8))
def test_whatever_stops_are_called_their_names_come_back_from_the_file_or_there_is_none(stops):
    table, stream = a_table(*((identifier, name, POINT) for identifier, name in stops)), BytesIO()
    try:
        write_gpx(table, stream)
    except Unfit:
        assert any(NOT_IN_XML.search(text or "") for stop in stops for text in stop)
    else:
        names = [each.findtext(f"{GPX}name") for each in ElementTree.fromstring(stream.getvalue()).iter(f"{GPX}wpt")]
        assert [each.split() for each in names] == [((name or "").strip() or identifier).split() for identifier, name in stops]


@given(st.lists(st.tuples(st.none() | st.text(), st.none() | st.text())))
def test_whatever_stops_are_called_each_is_found_once(stops):
    found = list(find_stops(a_table(*((identifier, name, POINT) for identifier, name in stops))))

    assert len({each.id for each in found}) == len(found)
    assert all(each.id and each.title for each in found)


def test_the_feed_itself_is_published_as_it_is(whole):
    _, _, folder = whole

    assert (folder / "transit.zip").read_bytes() == (folder.parents[2] / "catalog/datasets/transit/transit.zip").read_bytes()


def test_a_feed_without_shapes_has_routes_without_places(city):
    parts = {"stops.txt": STOPS, "routes.txt": ROUTES}
    _, problems, folder = city(parts, site=f"{SITE.replace(', geojson', '')}plugins: [gtfs]\n")

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
