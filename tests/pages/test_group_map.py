from dataclasses import replace

import pytest

from cityfolio.model.outlines import Outline, Outlines
from cityfolio.model.records import ColumnRecord, ForeignKey
from cityfolio.pages.chart_scale import scale_of
from cityfolio.pages.group_map import tone_of
from pages.drawing import draw_site
from pages.factories import a_catalog, a_dataset
from pages.measures import a_computation, a_measure, a_series, an_observation

KEY = ForeignKey(dataset="council-districts", column="district")
AREAS = tuple(Outline(value=str(at), path=f"M{at} 0l9 0 0 9z", x=at, y=5) for at in range(1, 4))
OUTLINES = Outlines(dataset="boundaries", width=600, height=800, areas=AREAS)


def part_of(values, *, target=("council-districts", "district"), areas=OUTLINES):
    groups = {"ward": tuple(a_series([value], start="2025-10", by="ward", group=str(at), title=f"Ward {at}")
                            for at, value in enumerate(values, start=1))}
    computed = replace(a_computation([80], overall=a_series([80], start="2025-10")), groups=groups)
    datasets = [a_dataset(columns={"ward": ColumnRecord(title="Ward", foreign_key=KEY)}),
                a_dataset("Boundaries", id="boundaries")]
    catalog = replace(a_catalog(*datasets), measures=(a_measure(computed=computed),), outlines={target: areas})
    return draw_site(catalog=catalog).page("/measures/potholes-repaired-in-time/").section("By Ward")


def maps(part):
    return [each for each in part.element.iter("{http://www.w3.org/2000/svg}svg") if each.get("class") == "tones areas"]


def words(element):
    return "".join(element.itertext())


def test_each_area_has_its_name_its_value_and_its_tone():
    drawn = maps(part_of([70, 74, 79]))[0]

    assert [words(each) for each in drawn.iter("{http://www.w3.org/2000/svg}title")] == [
        "Ward 1: 70%", "Ward 2: 74%", "Ward 3: 79%"]
    assert [words(each) for each in drawn.iter("{http://www.w3.org/2000/svg}text")] == ["Ward 170%", "Ward 274%", "Ward 379%"]
    assert [each.get("data-tone") for each in drawn.iter("{http://www.w3.org/2000/svg}path")] == ["1", "2", "4"]


def test_tones_are_explained_in_words():
    keys = part_of([70, 74, 79]).one("ul", class_="series-keys")

    assert [each.text for each in keys.all("li")] == ["70 to 72.5%", "72.5 to 75%", "75 to 77.5%", "77.5 to 80%"]


def test_an_area_whose_value_is_not_shown_is_told_from_one_with_a_low_value():
    part = part_of([70, an_observation(value=None, rows=None, is_suppressed=True)])

    assert [words(each) for each in maps(part)[0].iter("{http://www.w3.org/2000/svg}title")] == [
        "Ward 1: 70%", "Ward 2: Not shown", "3: No data"]
    assert part.one("ul", class_="series-keys").all("li")[-1].text == "No data, or not shown"


def test_the_map_says_whose_shapes_it_shows():
    assert part_of([70]).link("Boundaries").address == "../../data/boundaries/"


@pytest.mark.parametrize(
    "given",
    [{"target": ("other", "column")}, {"areas": replace(OUTLINES, dataset="gone")},
     {"areas": replace(OUTLINES, areas=(Outline(value="X", path="M0 0z", x=0, y=0),))}],
    ids=["no shapes are known", "their dataset is not in the catalog", "no area is among the groups"],
)
def test_there_is_no_map_where(given):
    assert maps(part_of([70], **given)) == []


def test_many_areas_are_drawn_without_words():
    many = replace(OUTLINES, areas=tuple(replace(AREAS[0], value=str(at)) for at in range(1, 30)))

    assert list(maps(part_of([70], areas=many))[0].iter("{http://www.w3.org/2000/svg}text")) == []


@pytest.mark.parametrize(("value", "tone"), [(0, 1), (24.9, 1), (25, 2), (99, 4), (100, 4)])
def test_a_tone_is_a_step_of_the_axis(value, tone):
    assert tone_of(value, scale_of([0, 100])) == tone
