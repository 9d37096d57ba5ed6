"""The standards that come with Cityfolio are sound, travel with the package, and give way to a city's own."""

from __future__ import annotations

import pytest

import cityfolio
from cities import loaded
from cityfolio.check.criteria import unfit_criteria, unknown_criteria
from cityfolio.files import read_bytes
from cityfolio.load.loaded import Sourced
from cityfolio.model.standard import StandardRecord
from cityfolio.practice.criteria import areas_of
from cityfolio.practice.shipped import FOLDER, read_shipped, shipped, standards_of
from practice.practised_cities import a_city_with

READ = {standard.id: (standard, problems) for standard, problems in read_shipped()}
EVERY_STANDARD = pytest.mark.parametrize("name", READ)
OWN = "title: Our own\nareas: {open: {title: Openness}}\ncriteria: {it: {title: So, area: open, attest: Say so.}}\n"


def standard(name: str) -> Sourced[StandardRecord]:
    """A shipped standard."""
    return shipped()[name]


def test_the_five_standards_are_there() -> None:
    assert set(shipped()) == {"fair", "key-datasets", "open-data-guidelines", "open-data-maturity", "what-works-cities"}


@EVERY_STANDARD
def test_nothing_is_wrong_with_its_keys(name: str) -> None:
    assert READ[name][1] == ()


@EVERY_STANDARD
def test_every_criterion_can_be_answered(name: str) -> None:
    assert [*unknown_criteria(standard(name)), *unfit_criteria(standard(name))] == []


@EVERY_STANDARD
def test_it_says_where_it_was_read_and_when_and_has_levels(name: str) -> None:
    record = standard(name).record

    assert all((record.url, record.read_on, record.version, record.description, record.levels))


@EVERY_STANDARD
def test_every_area_has_a_criterion(name: str) -> None:
    record = standard(name).record

    assert set(areas_of(record).values()) == set(record.areas)


@EVERY_STANDARD
def test_it_says_that_it_is_a_self_assessment(name: str) -> None:
    assert "self-assessment" in (standard(name).record.description or "")


def test_they_lie_in_the_package_so_that_a_wheel_has_them() -> None:
    assert FOLDER.parent == type(FOLDER)(cityfolio.__file__ or "").resolve().parent
    assert read_bytes(FOLDER / "fair.yaml")


def test_a_citys_own_standard_of_the_same_id_takes_its_place() -> None:
    found = standards_of(loaded(a_city_with({"standards/fair.yaml": OWN, "standards/charter.yaml": OWN})))

    assert (found["fair"].record.title, found["charter"].record.title) == ("Our own", "Our own")
    assert "what-works-cities" in found
