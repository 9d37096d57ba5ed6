"""A catalog is followed to the folders where it was before."""

from __future__ import annotations

import pytest

from changes.repositories import a_repository, built, committed, git, known
from cities import CSV, SITE

MORE = f"{CSV}ash,3\n"


def days_of(catalog) -> list[tuple[str, bool]]:
    return [(each.day.isoformat(), each.is_first) for each in known(catalog).datasets["trees"].days]


def a_moved_repository(folder, *, to: str = "data", day: str = "2026-05-01", files=None):
    catalog = a_repository(folder, ("2026-04-01", {"datasets/trees/trees.csv": MORE}))
    (folder / to).parent.mkdir(parents=True, exist_ok=True)
    git(folder, "mv", "catalog", to)
    committed(folder / to, day, files or {})
    return catalog.parent / to


@pytest.mark.parametrize("to", ["data", "open/data", "with blank", "catalog2"])
def test_a_folder_that_was_moved_brings_its_days_along(tmp_path, to):
    catalog = a_moved_repository(tmp_path, to=to)

    history = known(catalog)
    assert (history.known, history.since.isoformat()) == ("whole", "2026-03-01")
    assert days_of(catalog) == [("2026-04-01", False), ("2026-03-01", True)]


def test_what_changed_with_the_move_is_told_of_its_day(tmp_path):
    catalog = a_moved_repository(tmp_path, files={"datasets/trees/trees.csv": f"{MORE}fir,9\n"})

    day = known(catalog).datasets["trees"].days[0]
    assert (day.day.isoformat(), day.files[0].rows.added) == ("2026-05-01", 1)


def test_a_folder_that_was_moved_twice_is_followed_twice(tmp_path):
    catalog = a_moved_repository(tmp_path)
    git(tmp_path, "mv", "data", "catalog")
    committed(catalog.parent / "catalog", "2026-06-01", {"datasets/trees/trees.csv": f"{MORE}fir,9\n"})

    assert [day for day, _ in days_of(tmp_path / "catalog")] == ["2026-06-01", "2026-04-01", "2026-03-01"]


def test_a_catalog_that_left_the_root_of_its_repository_is_followed(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}))
    git(tmp_path, "mv", *(f"catalog/{each.name}" for each in catalog.iterdir()), ".")
    committed(tmp_path, "2026-05-01", {"datasets/trees/trees.csv": f"{MORE}fir,9\n"})

    assert [day for day, _ in days_of(tmp_path)] == ["2026-05-01", "2026-04-01", "2026-03-01"]


def test_versions_stay_when_the_catalog_is_moved(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}))
    before = built(catalog).manifest
    git(tmp_path, "mv", "catalog", "data")
    committed(tmp_path / "data", "2026-05-01", {})

    made = built(tmp_path / "data", previous=before)
    assert [each.says for each in made.problems if each.code == "address-dropped"] == []
    assert "data/trees/versions/2026-03-01/trees.csv" in made.site


def test_a_move_before_the_day_of_the_build_is_followed_where_the_move_itself_came_later(tmp_path):
    assert days_of(a_moved_repository(tmp_path, day="2026-07-15")) == [("2026-04-01", False), ("2026-03-01", True)]


def test_a_copy_of_another_catalog_is_not_called_the_first_day(tmp_path):
    catalog = a_repository(tmp_path)
    copied = {path.relative_to(catalog).as_posix(): path.read_bytes() for path in catalog.rglob("*") if path.is_file()}
    committed(tmp_path / "data", "2026-04-01", copied)
    git(tmp_path, "rm", "-rq", "catalog")
    committed(tmp_path / "data", "2026-05-01", {"datasets/trees/trees.csv": MORE})

    history = known(tmp_path / "data")
    assert (history.since.isoformat(), days_of(tmp_path / "data")) == ("2026-04-01", [("2026-05-01", False)])


def test_a_catalog_that_came_into_a_repository_with_other_things_begins_there(tmp_path):
    git(tmp_path, "init", "-q", "-b", "main")
    committed(tmp_path, "2026-01-01", {"README.md": "Data."})
    (tmp_path / "city").mkdir()
    catalog = a_repository(tmp_path / "city")
    git(tmp_path, "rm", "-q", "--cached", "-r", "--ignore-unmatch", "city")

    assert days_of(catalog) == [("2026-03-01", True)]


def test_files_that_were_taken_over_from_another_catalog_that_stays_are_not_its_history(tmp_path):
    catalog = a_repository(tmp_path)
    (tmp_path / "data/datasets").mkdir(parents=True)
    git(tmp_path, "mv", "catalog/datasets/trees", "data/datasets/trees")
    others = {path.relative_to(catalog).as_posix(): path.read_bytes() for path in catalog.rglob("*") if path.is_file()}
    committed(tmp_path / "data", "2026-04-01", {**others, "site.yaml": SITE})

    assert known(tmp_path / "data").since.isoformat() == "2026-04-01"
