"""The moment, the revision and the address of a build, from what a run was told."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cities import SITE, a_city, loaded, with_files
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.revision import Revision, revision_of, touched_in
from cityfolio.settings import Options, make_build

TODAY = date(2026, 11, 1)
PINNED = a_city(**{"site.yaml": SITE + "as_of: 2026-06-30\nbase_url: https://pinned.example.gov/open/\n"})
ENVIRONMENT = {
    "GIT_AUTHOR_DATE": "2026-03-04T23:30:00-05:00",
    "GIT_COMMITTER_DATE": "2026-03-04T23:30:00-05:00",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.gov",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.gov",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
}


def options(folder: Path, **more: object) -> Options:
    return Options(catalog=folder, output=folder / "output", **more)  # type: ignore[arg-type]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], env=ENVIRONMENT | {"PATH": "/usr/bin:/bin"}, check=True,
                          capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A catalog in a folder of a repository with one commit."""
    catalog = tmp_path / "catalog"
    for path, body in a_city().items():
        (catalog / path).parent.mkdir(parents=True, exist_ok=True)
        (catalog / path).write_text(str(body))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "First")
    return catalog


def test_the_day_that_is_asked_for_wins(tmp_path: Path) -> None:
    build, _ = make_build(loaded(PINNED), options(tmp_path, as_of=date(2026, 1, 2)), {"SOURCE_DATE_EPOCH": "0"}, TODAY)

    assert build.now == datetime(2026, 1, 2, tzinfo=UTC)


def test_the_epoch_of_the_environment_comes_second(tmp_path: Path) -> None:
    build, _ = make_build(loaded(PINNED), options(tmp_path), {"SOURCE_DATE_EPOCH": "86400"}, TODAY)

    assert build.today == date(1970, 1, 2)


def test_the_pinned_day_comes_third(tmp_path: Path) -> None:
    build, _ = make_build(loaded(PINNED), options(tmp_path), {}, TODAY)

    assert build.today == date(2026, 6, 30)


def test_the_last_commit_comes_fourth_in_universal_time(repository: Path) -> None:
    build, problems = make_build(load(FolderTree(repository)), options(repository), {}, TODAY)

    assert (build.now, problems) == (datetime(2026, 3, 5, 4, 30, tzinfo=UTC), ())
    assert build.revision == git(repository, "rev-parse", "HEAD")


def test_today_comes_last_with_a_warning(tmp_path: Path) -> None:
    build, problems = make_build(loaded(a_city()), options(tmp_path), {}, TODAY)

    assert (build.today, [each.code for each in problems]) == (TODAY, ["now-unknown"])


def test_an_epoch_that_is_no_number_is_not_used(tmp_path: Path) -> None:
    build, _ = make_build(loaded(PINNED), options(tmp_path), {"SOURCE_DATE_EPOCH": "soon"}, TODAY)

    assert build.today == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("given", "expected"),
    [(None, "https://pinned.example.gov/open"), ("https://other.example.gov/", "https://other.example.gov")],
    ids=["from the settings", "from the command line"],
)
def test_the_address_has_no_final_slash(tmp_path: Path, given: str | None, expected: str) -> None:
    build, _ = make_build(loaded(PINNED), options(tmp_path, base_url=given), {}, TODAY)

    assert build.base_url == expected


def test_files_without_a_date_of_their_own_get_that_of_their_last_commit(repository: Path) -> None:
    undated = with_files(a_city(), {"datasets/trees/dataset.yaml": "title: Trees\nfiles: [{path: trees.csv}]\n"})

    build, _ = make_build(loaded(undated), options(repository), {}, TODAY)

    assert build.committed["datasets/trees/trees.csv"] == date(2026, 3, 4)


def test_a_shallow_clone_knows_no_days(repository: Path, tmp_path: Path) -> None:
    (repository / "more").write_text("x")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "Second")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.parent}", "shallow")

    assert touched_in(tmp_path / "shallow" / "catalog") is None
    assert len(touched_in(repository)) == 6


def test_a_folder_that_is_in_no_repository_has_no_revision(tmp_path: Path) -> None:
    assert revision_of(tmp_path) == Revision()


def test_a_machine_without_git_has_no_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert revision_of(tmp_path) == Revision()
