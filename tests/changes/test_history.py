"""What git tells of the days on which a dataset changed, read from real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from changes.repositories import TODAY, a_repository, committed, git, known
from cities import CSV, TREES
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.model.history import ChangeDay
from cityfolio.settings import Options, make_build

MORE = CSV + "ash,3\nash,4\n"
KEYED = TREES.replace("  - path: trees.csv\n", "  - path: trees.csv\n    primary_key: [species]\n")


def days_of(catalog: Path) -> dict[str, ChangeDay]:
    return {day.day.isoformat(): day for day in known(catalog).datasets["trees"].days}


def test_rows_that_came_are_counted(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}))

    file = days_of(catalog)["2026-04-01"].files[0]
    assert (file.name, file.happened, file.before_bytes, file.after_bytes) == ("trees.csv", "changed", len(CSV), len(MORE))
    assert (file.rows.before, file.rows.after, file.rows.added, file.rows.removed) == (3, 5, 2, 0)


def test_rows_are_told_apart_by_their_key(tmp_path):
    catalog = a_repository(tmp_path, ("2026-03-02", {"datasets/trees/dataset.yaml": KEYED}),
                           ("2026-04-01", {"datasets/trees/trees.csv": CSV.replace("12.5", "13")}))

    rows = days_of(catalog)["2026-04-01"].files[0].rows
    assert (rows.by_key, rows.changed, rows.added, rows.removed) == (True, 1, 0, 0)


def test_a_column_that_is_renamed_with_its_description_is_told_once(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {
        "datasets/trees/trees.csv": CSV.replace("height", "feet"),
        "datasets/trees/dataset.yaml": TREES.replace("height:", "feet:")}))

    day = days_of(catalog)["2026-04-01"]
    assert (day.files[0].rows.renamed, day.keys) == ((("height", "feet"),), ())


def test_what_a_record_says_anew_is_told_by_its_keys(tmp_path):
    changed = TREES.replace("Every tree the city planted.", "All trees.").replace("unit: feet", "unit: meters")
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/dataset.yaml": f"{changed}license: cc-by-4.0\n"}))

    keys = days_of(catalog)["2026-04-01"].keys
    assert [(each.key, each.happened, each.column, each.parts, each.after) for each in keys] == [
        ("summary", "changed", "", (), ""), ("license", "added", "", (), "cc-by-4.0"),
        ("columns", "changed", "height", ("unit",), "")]


@pytest.mark.parametrize("same", [f"# A comment\n{TREES}", TREES.replace("2026-01-01", "2026-02-01"), f"{TREES}value: high\n"],
                         ids=["comment", "day of the last update", "worth"])
def test_what_no_resident_would_notice_is_no_change(tmp_path, same):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/dataset.yaml": same}))

    assert list(days_of(catalog)) == ["2026-03-01"]


def test_commits_of_one_day_are_one_entry(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}),
                           ("2026-04-01", {"datasets/trees/trees.csv": f"{MORE}fir,9\n"}))

    assert days_of(catalog)["2026-04-01"].files[0].rows.added == 3


def test_what_was_taken_back_on_the_same_day_is_no_change(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}),
                           ("2026-04-01", {"datasets/trees/trees.csv": CSV}))

    assert "2026-04-01" not in days_of(catalog)


def test_what_came_with_a_branch_is_told_of_the_day_of_its_merge(tmp_path):
    catalog = a_repository(tmp_path)
    git(catalog, "checkout", "-q", "-b", "more")
    committed(catalog, "2026-04-01", {"datasets/trees/trees.csv": MORE})
    git(catalog, "checkout", "-q", "main")
    git(catalog, "merge", "-q", "--no-ff", "-m", "Merge", "more", day="2026-04-09")

    assert list(days_of(catalog)) == ["2026-04-09", "2026-03-01"]


def test_the_first_day_of_a_dataset_is_marked(tmp_path):
    catalog = a_repository(tmp_path)

    assert days_of(catalog)["2026-03-01"].is_first


def test_nothing_is_told_of_what_was_not_published_yet(tmp_path):
    planned = f"{TREES}status: planned\nreason: Not yet.\n"
    catalog = a_repository(tmp_path, ("2026-03-01", {"datasets/trees/dataset.yaml": planned}),
                           ("2026-04-01", {"datasets/trees/trees.csv": MORE}),
                           ("2026-05-01", {"datasets/trees/dataset.yaml": TREES}))

    assert {day: each.is_first for day, each in days_of(catalog).items()} == {"2026-05-01": True}


@pytest.mark.parametrize("broken", ["title: [", TREES.replace("unit: feet", "sensitive: yes")], ids=["no YAML", "doubtful"])
def test_a_commit_of_which_no_site_could_be_built_is_no_beginning(tmp_path, broken):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/dataset.yaml": broken}),
                           ("2026-04-02", {"datasets/trees/dataset.yaml": TREES, "datasets/trees/trees.csv": MORE}))

    days = days_of(catalog)
    assert list(days) == ["2026-04-02", "2026-03-01"]
    assert (days["2026-04-02"].is_first, days["2026-04-02"].files[0].rows.added) == (False, 2)


def test_a_dataset_is_followed_through_its_new_id(tmp_path):
    catalog = a_repository(tmp_path)
    git(catalog, "mv", "datasets/trees", "datasets/street-trees")
    committed(catalog, "2026-04-01", {"datasets/street-trees/dataset.yaml": f"{TREES}formerly: [trees]\n"})
    committed(catalog, "2026-05-01", {"datasets/street-trees/trees.csv": MORE})

    days = known(catalog).datasets["street-trees"].days
    assert [(each.day.isoformat(), each.is_first, [file.rows.added for file in each.files]) for each in days] == [
        ("2026-05-01", False, [2]), ("2026-03-01", True, [])]


def test_a_file_is_followed_through_its_new_name(tmp_path):
    catalog = a_repository(tmp_path)
    git(catalog, "mv", "datasets/trees/trees.csv", "datasets/trees/all.csv")
    renamed = TREES.replace("path: trees.csv", "path: all.csv\n    formerly: [trees.csv]")
    committed(catalog, "2026-04-01", {"datasets/trees/dataset.yaml": renamed, "datasets/trees/all.csv": MORE})

    file = days_of(catalog)["2026-04-01"].files[0]
    assert (file.name, file.happened, file.formerly, file.rows.added) == ("all.csv", "renamed", "trees.csv", 2)


def test_a_file_that_comes_and_one_that_goes_are_named(tmp_path):
    other = TREES.replace("path: trees.csv", "path: other.csv")
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/dataset.yaml": other, "datasets/trees/trees.csv": None,
                                                     "datasets/trees/other.csv": MORE}))

    assert [(each.name, each.happened) for each in days_of(catalog)["2026-04-01"].files] == [
        ("other.csv", "added"), ("trees.csv", "removed")]


def test_a_file_that_cannot_be_read_as_a_table_is_told_by_its_size(tmp_path):
    catalog = a_repository(tmp_path, ("2026-03-02", {"datasets/trees/trees.csv": "a,b\n1\n"}),
                           ("2026-04-01", {"datasets/trees/trees.csv": CSV}))

    file = days_of(catalog)["2026-04-01"].files[0]
    assert (file.rows, file.before_bytes, file.after_bytes) == (None, 6, len(CSV))


def test_a_large_file_is_not_compared(tmp_path, monkeypatch):
    monkeypatch.setattr("cityfolio.review.history_trails.MOST_FILE_BYTES", len(CSV))
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}))

    assert days_of(catalog)["2026-04-01"].files[0].rows is None


def test_of_very_much_the_newest_is_compared(tmp_path, monkeypatch):
    monkeypatch.setattr("cityfolio.review.history_trails.MOST_COMPARED_BYTES", 2 * len(MORE) + 6)
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}),
                           ("2026-05-01", {"datasets/trees/trees.csv": f"{MORE}fir,9\n"}))

    days = days_of(catalog)
    assert (days["2026-05-01"].files[0].rows.added, days["2026-04-01"].files[0].rows) == (1, None)


def test_a_file_that_is_kept_beside_git_is_not_compared(tmp_path):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 9\n"
    catalog = a_repository(tmp_path, ("2026-03-02", {"datasets/trees/trees.csv": pointer.format("1" * 64)}),
                           ("2026-04-01", {"datasets/trees/trees.csv": pointer.format("2" * 64)}))

    assert [day.files[0].rows for day in known(catalog).datasets["trees"].days[:2]] == [None, None]


def test_only_so_many_days_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr("cityfolio.review.history.MOST_DAYS", 2)
    commits = ((f"2026-04-0{at}", {"datasets/trees/trees.csv": CSV + "ash,1\n" * at}) for at in (1, 2, 3))
    catalog = a_repository(tmp_path, *commits)

    history = known(catalog).datasets["trees"]
    assert ([each.day.day for each in history.days], history.is_cut) == ([3, 2], True)


def test_what_came_after_the_day_of_the_build_is_not_told(tmp_path):
    catalog = a_repository(tmp_path, ("2026-07-01", {"datasets/trees/trees.csv": MORE}))

    assert [each.day.isoformat() for each in known(catalog).datasets["trees"].days] == ["2026-03-01"]


def test_changes_are_known_since_the_first_commit(tmp_path):
    history = known(a_repository(tmp_path))

    assert (history.known, history.since.isoformat()) == ("whole", "2026-03-01")


def test_changes_are_told_of_two_years(tmp_path):
    catalog = a_repository(tmp_path)

    history = known(catalog, as_of=TODAY.replace(year=2029))
    assert (history.since.isoformat(), history.datasets) == ("2027-06-28", {})


def test_a_shallow_clone_does_not_take_its_first_commit_for_a_change(tmp_path):
    catalog = a_repository(tmp_path / "whole", ("2026-04-01", {"datasets/trees/trees.csv": MORE}),
                           ("2026-05-01", {"datasets/trees/trees.csv": CSV}))
    git(tmp_path, "clone", "-q", "--depth", "2", catalog.parent.as_uri(), "shallow")

    history = known(tmp_path / "shallow" / "catalog")
    assert (history.known, history.since.isoformat()) == ("shallow", "2026-04-01")
    assert [each.day.isoformat() for each in history.datasets["trees"].days] == ["2026-05-01"]


def test_without_a_repository_nothing_is_known(tmp_path):
    catalog = a_repository(tmp_path)
    (tmp_path / ".git").rename(tmp_path / "gone")

    assert known(catalog).known == "unknown"


def test_the_second_time_is_taken_from_the_cache(tmp_path, monkeypatch):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": MORE}))
    options = Options(catalog=catalog, output=tmp_path / "output", as_of=TODAY, with_history=True)
    loaded, cached = load(FolderTree(catalog)), {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    first = make_build(loaded, options, cached, TODAY)[0].history
    monkeypatch.delattr("cityfolio.review.history.steps")

    assert make_build(loaded, options, cached, TODAY)[0].history == first


def test_only_so_many_files_that_are_read_in_a_process_of_their_own_are_compared(tmp_path, monkeypatch):
    monkeypatch.setattr("cityfolio.review.history_trails.MOST_GUARDED", 1)
    as_json = {"datasets/trees/dataset.yaml": TREES.replace("trees.csv", "trees.json"), "datasets/trees/trees.csv": None,
               "datasets/trees/trees.json": '[{"species": "oak", "height": 1}]'}
    bodies = (f'[{", ".join(["{}"] * at)}]'.replace("{}", '{"species": "elm", "height": 2}') for at in (2, 3))
    commits = zip(("2026-04-01", "2026-05-01"), ({"datasets/trees/trees.json": body} for body in bodies), strict=True)
    catalog = a_repository(tmp_path, ("2026-03-02", as_json), *commits)

    history = known(catalog).datasets["trees"]
    assert [each.files[0].rows and each.files[0].rows.added for each in history.days[:2]] == [1, None]
    assert [each.day.isoformat() for each in history.versions] == ["2026-05-01"]


SAME_ROWS = CSV.replace("\n", "\r\n").replace("oak", '"oak"')


def test_other_ends_of_lines_and_quotation_marks_are_no_change(tmp_path):
    catalog = a_repository(tmp_path, ("2026-04-01", {"datasets/trees/trees.csv": SAME_ROWS}))

    assert list(days_of(catalog)) == ["2026-03-01"]


def test_a_file_that_is_renamed_with_other_ends_of_lines_is_told_by_its_names_alone(tmp_path):
    catalog = a_repository(tmp_path)
    git(catalog, "mv", "datasets/trees/trees.csv", "datasets/trees/all.csv")
    renamed = TREES.replace("path: trees.csv", "path: all.csv\n    formerly: [trees.csv]")
    committed(catalog, "2026-04-01", {"datasets/trees/dataset.yaml": renamed, "datasets/trees/all.csv": SAME_ROWS})

    file = days_of(catalog)["2026-04-01"].files[0]
    assert (file.happened, file.formerly, file.rows, file.after_bytes) == ("renamed", "trees.csv", None, None)


def test_json_with_the_same_rows_may_have_changed_beside_them(tmp_path):
    as_json = {"datasets/trees/dataset.yaml": TREES.replace("trees.csv", "trees.json"), "datasets/trees/trees.csv": None,
               "datasets/trees/trees.json": '[{"species": "oak", "height": 1}]'}
    catalog = a_repository(tmp_path, ("2026-03-02", as_json),
                           ("2026-04-01", {"datasets/trees/trees.json": '[{"height": 1, "species": "oak"}]'}))

    assert "2026-04-01" in days_of(catalog)
