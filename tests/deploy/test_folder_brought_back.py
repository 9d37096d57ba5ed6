"""A former site of a folder comes back as it was published, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cityfolio.cli import main
from deploy.small_sites import SMALL, a_site


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three sites, of which two were deployed to ./www."""
    monkeypatch.chdir(tmp_path)
    for number in "123":
        a_site(tmp_path / number, {**SMALL, "index.html": f"<h1>Site {number}</h1>"})
    run("--output", "1")
    run("--output", "2")
    return tmp_path


def run(*arguments: str) -> Result:
    """The command in this process, for ./www."""
    return CliRunner().invoke(main, ["deploy", "./www", "--no-visit", *arguments])


def kept(here: Path) -> Path:
    """The former site that is kept."""
    return next(path for path in (here / ".www.cityfolio" / "generations").iterdir() if path.is_dir())


def replaced(path: Path, body: str) -> None:
    """A file is written anew, so that its other names keep what they had."""
    path.unlink()
    path.write_text(body)


def test_a_former_site_with_a_file_that_was_changed_by_hand_is_refused_with_its_name(here: Path):
    replaced(kept(here) / "index.html", "By hand")

    tried, result = run("--rollback", "--dry-run"), run("--rollback")

    assert [("among them index.html" in each.output, each.exit_code) for each in (tried, result)] == [(True, 1), (True, 1)]
    assert (here / "www" / "index.html").read_text() == "<h1>Site 2</h1>"


def test_a_file_of_both_sites_that_was_changed_in_the_folder_is_put_right(here: Path):
    replaced(here / "www" / "catalog.json", "By hand")

    result = run("--rollback")

    assert (result.exit_code, (here / "www" / "catalog.json").read_text()) == (0, SMALL["catalog.json"])


def test_a_file_of_both_sites_that_was_changed_in_every_place_is_named(here: Path):
    (here / "www" / "catalog.json").write_text("By hand")

    result = run("--rollback")

    assert (result.exit_code, "among them catalog.json" in result.output) == (1, True)
    assert (here / "www" / "index.html").read_text() == "<h1>Site 2</h1>"


def test_a_former_site_whose_manifest_was_changed_is_refused(here: Path):
    manifest = kept(here) / "manifest.json"
    replaced(manifest, manifest.read_text().replace("cityfolio 0.1.0", "cityfolio 0.2.0"))

    result = run("--rollback")

    assert (result.exit_code, "is not as it was published" in result.output) == (1, True)


@pytest.mark.usefixtures("here")
def test_where_only_later_sites_are_kept_that_is_said():
    run("--rollback")

    result = run("--rollback")
    listed = json.loads(run("--generations", "--format", "json").output)

    assert "none was deployed before the one that is seen" in result.output
    assert len(listed["generations"]) == 1
