from fractions import Fraction
from itertools import pairwise

import orjson
import pytest
from hypothesis import given, strategies as st

from cities import ON_TIME, REPAIRS, a_bench, a_measured_city, loaded
from cityfolio.files import MemoryTree
from cityfolio.tables.outlines import MOST_CHARACTERS, WIDTH, drawing, outlines, rings_of
from cityfolio.tables.published import read_tables

SQUARE = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
BESIDE = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.0)]


def test_two_squares_at_the_equator_lie_side_by_side_with_north_up():
    drawn = drawing([("west", [SQUARE]), ("east", [BESIDE])])

    assert (drawn["width"], drawn["height"]) == (800, 400)
    assert [area["path"] for area in drawn["areas"]] == ["M0 400l400 0 0 -400 -400 0z", "M400 400l400 0 0 -400 -400 0z"]


def test_the_name_of_an_area_stands_in_its_middle():
    drawn = drawing([("west", [SQUARE]), ("east", [BESIDE])])

    assert [(area["x"], area["y"]) for area in drawn["areas"]] == [(200, 200), (600, 200)]


def test_the_name_stands_in_the_greatest_of_several_parts():
    island = [(8.0, 0.0), (8.1, 0.0), (8.1, 0.1), (8.0, 0.1), (8.0, 0.0)]

    area = drawing([("both", [island, SQUARE])])["areas"][0]

    assert area["x"] < 100
    assert area["path"].count("M") == 2


def test_a_degree_of_longitude_is_narrower_far_from_the_equator():
    north = [(x, y + 60) for x, y in SQUARE]

    drawn = drawing([("north", [north])])

    assert 0.48 < Fraction(drawn["width"], drawn["height"]) < 0.51


def test_corners_within_a_straight_line_are_left_out():
    dotted = [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]

    assert drawing([("one", [dotted])])["areas"][0]["path"] == drawing([("one", [SQUARE])])["areas"][0]["path"]


def test_a_drawing_that_would_be_heavy_is_made_coarser():
    jagged = [[(at / 2000 + across / 50, (at % 2) / 100 + across) for at in range(2000)] for across in range(20)]

    drawn = drawing([(str(at), [ring]) for at, ring in enumerate(jagged)])

    assert drawn is None or sum(len(area["path"]) for area in drawn["areas"]) <= MOST_CHARACTERS


@given(st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=3, max_size=30))
def test_no_corner_lies_outside_the_sheet(ring):
    drawn = drawing([("any", [ring])])

    assert drawn is not None
    assert 0 < drawn["width"] <= WIDTH + 1
    assert 0 < drawn["height"] <= WIDTH + 1
    assert [corner for corner in corners(drawn["areas"][0]["path"])
            if not (-1 <= corner[0] <= drawn["width"] + 1 and -1 <= corner[1] <= drawn["height"] + 1)] == []


def corners(path):
    found = []
    for ring in filter(None, path.split("M")):
        start, _, steps = ring.rstrip("z").partition("l")
        at = tuple(map(int, start.split()))
        numbers = list(map(int, steps.split()))
        found.append(at)
        for across, along in zip(numbers[::2], numbers[1::2], strict=True):
            at = (at[0] + across, at[1] + along)
            found.append(at)
    return found


def test_no_corner_is_drawn_twice_in_a_row():
    ring = [(at / 10_000, (at * at % 97) / 10_000) for at in range(500)]

    found = corners(drawing([("any", [ring])])["areas"][0]["path"])

    assert [pair for pair in pairwise(found) if pair[0] == pair[1]] == []


@pytest.mark.parametrize(
    ("shape", "rings"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE]}, 1),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [BESIDE]]}, 2),
        ({"type": "Point", "coordinates": [1, 2]}, 0),
    ],
)
def test_only_areas_have_rings(shape, rings):
    assert len(list(rings_of(orjson.dumps(shape).decode()))) == rings


def test_a_shape_in_other_words_than_geojson_has_none():
    assert list(rings_of("POLYGON ((0 0, 1 0, 1 1, 0 0))")) == []


def shaped(*, by="[district]", shapes="path: shapes.geojson", target="{dataset: wards, column: number}", more=""):
    """What is drawn for a measure by district, where districts point to a dataset of wards."""
    wards = f"title: Wards\nsummary: All.\nfiles: [{{{shapes}}}]\ncolumns:\n  number: {{title: Number}}\n{more}"
    features = [{"type": "Feature", "properties": {"number": at}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
                for at, ring in ((1, SQUARE), (2, BESIDE))]
    files = a_measured_city(
        **{"measures/on-time/measure.yaml": f"{ON_TIME.replace('  date: closed', f'  date: closed{chr(10)}  by: {by}')}",
           "datasets/repairs/dataset.yaml": REPAIRS.replace("{title: Where, type: integer}",
                                                            f"{{title: Where, type: integer, foreign_key: {target}}}"),
           "datasets/wards/dataset.yaml": wards,
           "datasets/wards/shapes.geojson": orjson.dumps({"type": "FeatureCollection", "features": features})})
    bench = a_bench(MemoryTree(files))
    catalog = loaded(files)
    return outlines(catalog, read_tables(catalog, bench), bench).by_target


def test_the_areas_that_a_measure_is_shown_by_are_drawn_from_the_map_its_column_points_to():
    drawn = shaped()["wards", "number"]

    assert (drawn.dataset, [area.value for area in drawn.areas]) == ("wards", ["1", "2"])


@pytest.mark.parametrize(
    "given",
    [{"by": "[kind]"}, {"target": "{dataset: trees, column: species}"}, {"more": "status: planned\nreason: Soon.\n"}],
    ids=["another column", "a column that points elsewhere", "a map that is not published"],
)
def test_nothing_is_drawn_for(given):
    assert shaped(**given) == {}
