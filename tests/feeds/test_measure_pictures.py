"""Chart and badge of a measure: pictures that stand alone, whose words can be read and heard, light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from cityfolio.feeds.measure_badge import badge
from cityfolio.feeds.measure_pictures import chart, measure_pictures
from cityfolio.feeds.picture_style import COLORS, fitted, lines_of, width_of
from cityfolio.model.measured import STATUSES, Computation, Measure, Status
from cityfolio.pages.markdown import words_only
from cityfolio.pages.measure_answer import answer_words
from cityfolio.pages.words import Words
from pages.measures import a_computation, a_full_measure, a_measure, a_measured_catalog, a_series, a_standing, an_observation

Draw = Callable[[Measure], bytes]
SVG = "{http://www.w3.org/2000/svg}"


def picture(body: bytes) -> ElementTree.Element:
    """A picture as a tree."""
    return ElementTree.fromstring(body)   # it is our own


def words_in(body: bytes) -> list[str]:
    """The lines of words that a picture shows."""
    return [each.text or "" for each in picture(body).iter(f"{SVG}text")]


def chart_of(measure: Measure) -> bytes:
    """The chart of a measure."""
    return chart(measure, "Example City", Words())


def test_each_measure_has_a_chart_and_a_badge() -> None:
    catalog = a_measured_catalog()
    made = {each.url for each in measure_pictures(catalog, Words())}

    assert made == {f"/measures/{each.id}/{name}.svg" for each in catalog.measures for name in ("chart", "badge")}


def test_the_badge_says_title_value_and_status() -> None:
    assert words_in(badge(a_measure("Potholes repaired"), Words())) == ["Potholes repaired", "80%", "Near"]


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_has_a_badge_with_a_shape_beside_its_word(status: Status) -> None:
    value = None if status in ("no-data", "suppressed") else Fraction(80)
    found = picture(badge(a_measure("One", computed=a_computation(standing=a_standing(status, value=value))), Words()))
    shape = next(each for each in found.iter(f"{SVG}svg") if each.get("class") == "shape")

    assert len(shape) > 0


def test_the_badge_of_a_value_that_is_held_back_shows_none() -> None:
    hidden = an_observation(value=None, rows=None, good=None, is_suppressed=True)
    computed = a_computation(overall=a_series((hidden,)), standing=a_standing("suppressed", period="2025-01", value=None))

    assert words_in(badge(a_measure("One", computed=computed), Words())) == ["One", "Suppressed"]


def test_the_chart_says_title_answer_status_axis_and_what_its_lines_mean() -> None:
    said = words_in(chart_of(a_full_measure()))

    assert said[0] == "Potholes repaired in time"
    assert " ".join(said[1:3]) == words_only(answer_words(a_full_measure(), Words()))
    assert {"Off track", "85%", "70%", "January 2025", "June 2026", "Target: 85% by June 2026", "Revised"} <= set(said)
    assert said[-1] == "Customer Service Center, Example City"


def test_the_chart_of_a_measure_without_a_value_says_so() -> None:
    said = words_in(chart_of(a_measure("One", computed=Computation())))

    assert said == ["One", "There is no value yet.", "No data", "Customer Service Center, Example City"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_every_few_periods_are_named_below_the_chart(count: int) -> None:
    body = chart_of(a_measure("One", computed=a_computation(overall=a_series((71,) * count))))

    assert "January 2025" in words_in(body)


DRAWN = pytest.mark.parametrize("draw", [chart_of, lambda measure: badge(measure, Words())], ids=["chart", "badge"])


@DRAWN
def test_a_picture_is_heard_as_its_title_and_the_answer(draw: Draw) -> None:
    found = picture(draw(a_measure("Fines & <fees>")))

    assert found.get("role") == "img"
    assert (found.findtext(f"{SVG}title") or "").startswith("Fines & <fees>")
    assert "80% in October 2025." in (found.findtext(f"{SVG}desc") or "")


@DRAWN
def test_a_picture_follows_the_readers_scheme(draw: Draw) -> None:
    assert b"@media (prefers-color-scheme:dark)" in draw(a_measure("One"))


@DRAWN
def test_a_picture_needs_no_script_and_nothing_from_elsewhere(draw: Draw) -> None:
    body = draw(a_full_measure()).decode()

    assert re.findall(r"<script|<foreignObject|<image|<use|@import|url\(|href=|\son\w+=", body) == []
    assert re.findall(r"https?://[^\"]+", body) == ["http://www.w3.org/2000/svg"]


@DRAWN
def test_the_style_of_a_picture_names_colors_and_no_variables_of_a_page(draw: Draw) -> None:
    assert b"var(" not in draw(a_full_measure())


@pytest.mark.parametrize("tone", ["good", "warn", "bad", "muted"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(tone: str, scheme: int) -> None:
    assert contrast(COLORS[tone][scheme], COLORS[f"{tone}-wash"][scheme]) >= 4.5
    assert contrast(COLORS[tone][scheme], COLORS["surface"][scheme]) >= 4.5


def contrast(one: str, other: str) -> float:
    """How far two colors are apart (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_words_are_broken_into_lines_that_fit() -> None:
    lines = lines_of("word " * 60, 14, 300, 3)

    assert len(lines) == 3
    assert all(width_of(line, 14) <= 300 for line in lines)
    assert lines[-1].endswith("…")


def test_what_fits_is_left_as_it_is() -> None:
    assert fitted("Short", 14, 300) == "Short"
    assert lines_of("", 14, 300, 3) == ()
