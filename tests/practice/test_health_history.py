"""How documentation stood before, read from a real repository."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from cities import TREES, a_city
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.model.health import PastHealth
from cityfolio.practice.history import Snapshot, is_told, past_health
from cityfolio.revision import contents_of, files_at, months_of
from cityfolio.settings import Options, make_build


def git(folder: Path, *arguments: str, day: str = "2026-01-01") -> str:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "GIT_COMMITTER_DATE": f"{day}T12:00:00Z",
                   "GIT_AUTHOR_DATE": f"{day}T12:00:00Z"}
    names = ("-c", "user.name=A", "-c", "user.email=a@example.gov")
    done = subprocess.run(["git", "-C", str(folder), *names, *arguments], capture_output=True, text=True, check=True,
                          env=environment)
    return done.stdout.strip()


def commit(catalog: Path, day: str, files: dict[str, str]) -> str:
    for path, text in files.items():
        (catalog / path).parent.mkdir(parents=True, exist_ok=True)
        (catalog / path).write_text(text)
    git(catalog, "add", "-A", day=day)
    git(catalog, "commit", "-q", "--allow-empty", "-m", "Change", day=day)
    return git(catalog, "rev-parse", "HEAD")


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog in a folder of its repository."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    return folder


def history(catalog: Path, as_of: date | None = None) -> tuple[PastHealth, ...]:
    options = Options(catalog=catalog, output=Path("output"), as_of=as_of, with_history=True)
    return make_build(load(FolderTree(catalog)), options, {}, date(2026, 7, 1))[0].past_health


def test_each_month_is_told_by_its_last_commit(catalog):
    commit(catalog, "2026-03-02", {**a_city(), "datasets/trees/dataset.yaml": "title: Trees\n"})
    march = commit(catalog, "2026-03-30", {"datasets/trees/dataset.yaml": "title: Trees\npublisher: parks\nsummary: All.\n"})
    may = commit(catalog, "2026-05-05", {"datasets/trees/dataset.yaml": TREES})

    assert [(each.day.isoformat(), each.commit, dict(each.passed), dict(each.of)) for each in history(catalog)] == [
        ("2026-03-30", march, {"parks": 5}, {"parks": 12}), ("2026-05-05", may, {"parks": 9}, {"parks": 13})]


def test_a_build_for_a_former_day_does_not_know_what_came_later(catalog):
    commit(catalog, "2026-03-02", a_city())
    commit(catalog, "2026-05-05", {"publishers/more.yaml": "title: More\n"})

    assert [each.day.isoformat() for each in history(catalog, as_of=date(2026, 4, 1))] == ["2026-03-02"]


def test_only_the_last_twelve_months_are_read(catalog):
    commit(catalog, "2025-01-10", a_city())
    commit(catalog, "2025-06-10", {"publishers/b.yaml": "title: B\n"})
    commit(catalog, "2026-05-10", {"publishers/c.yaml": "title: C\n"})

    assert [each.day.isoformat() for each in history(catalog)] == ["2025-06-10", "2026-05-10"]


def test_a_commit_from_the_future_does_not_push_the_true_months_out(catalog):
    commit(catalog, "2026-03-30", a_city())
    commit(catalog, "2099-01-01", {"datasets/trees/dataset.yaml": "title: A\n"})
    commit(catalog, "2026-05-30", {"datasets/trees/dataset.yaml": "title: B\n"})

    assert [each.day.month for each in history(catalog, date(2026, 6, 1))] == [3, 5]


def test_a_branch_that_was_merged_counts_from_the_day_of_its_merge(catalog):
    commit(catalog, "2026-03-30", a_city())
    git(catalog, "checkout", "-q", "-b", "work")
    commit(catalog, "2026-04-10", {"datasets/trees/dataset.yaml": "title: Work\n"})
    git(catalog, "checkout", "-q", "main")
    git(catalog, "merge", "-q", "--no-ff", "-m", "Merge", "work", day="2026-05-02")

    assert [each.day.month for each in history(catalog)] == [3, 5]


def test_months_beyond_the_limit_are_left_out_and_counted(catalog, monkeypatch):
    monkeypatch.setattr("cityfolio.settings.MOST_CONTENTS", 4)
    commit(catalog, "2026-03-30", {"datasets/trees/dataset.yaml": "title: A\n"})
    commit(catalog, "2026-04-30", {f"datasets/d{number}/dataset.yaml": f"title: {number}\n" for number in range(3)})
    commit(catalog, "2026-05-30", {"datasets/trees/dataset.yaml": "title: B\n"})
    options = Options(catalog=catalog, output=Path("output"), with_history=True)
    build = make_build(load(FolderTree(catalog)), options, {}, date(2026, 7, 1))[0]

    assert ([each.day.month for each in build.past_health], build.past_left_out) == ([5], 2)


def test_a_shallow_clone_has_no_history(catalog, tmp_path):
    commit(catalog, "2026-03-02", a_city())
    commit(catalog, "2026-05-05", {"publishers/more.yaml": "title: More\n"})
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "shallow"))

    assert history(tmp_path / "shallow" / "catalog") == ()


def test_a_folder_outside_any_repository_has_no_history(tmp_path):
    (tmp_path / "site.yaml").write_text("name: A\n")

    assert history(tmp_path) == ()


def test_files_of_a_commit_are_named_from_the_catalog_and_read_once(catalog):
    alike = {"publishers/a.yaml": "title: Same\n", "publishers/b.yaml": "title: Same\n"}
    made = commit(catalog, "2026-03-02", {**a_city(), **alike})
    files = files_at(catalog, made, is_told)
    contents = contents_of(catalog, files.values())

    assert sorted(files) == ["datasets/trees/dataset.yaml", "publishers/a.yaml", "publishers/b.yaml", "publishers/parks.yaml",
                             "site.yaml"]
    assert (files["publishers/a.yaml"] == files["publishers/b.yaml"], contents[files["publishers/a.yaml"]]) == (
        True, b"title: Same\n")


def test_contents_that_are_not_there_are_left_out(catalog):
    made = commit(catalog, "2026-03-02", a_city())
    name = files_at(catalog, made, is_told)["site.yaml"]

    assert list(contents_of(catalog, ["0" * 40, name, "1" * 40])) == [name]


def test_months_come_the_newest_first(catalog):
    first = commit(catalog, "2026-03-02", a_city())
    second = commit(catalog, "2026-04-02", {"publishers/more.yaml": "title: More\n"})

    assert list(months_of(catalog, second)) == [second, first]


def test_a_file_that_cannot_be_read_is_no_dataset_of_that_day():
    files = {"datasets/a/dataset.yaml": "bad", "datasets/b/dataset.yaml": "ok"}
    snapshot = Snapshot(day=date(2026, 1, 1), commit="a", files=files)

    assert [each.of for each in past_health([snapshot], {"bad": b"title: [", "ok": b"title: B\n"})] == [{"": 12}]
