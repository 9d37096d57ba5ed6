"""The package as a city installs it: built, installed in a clean environment far from the checkout, and used."""

from __future__ import annotations

import os
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from cityfolio import starter
from cityfolio.search.synonyms import LANGUAGES
from release.building import BUNDLE, tracked

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An environment with the wheel and nothing of the checkout, and a folder to work in."""

    wheel: Path
    archive: Path
    programs: Path
    folder: Path

    def run(self, *words: str, where: str = ".") -> subprocess.CompletedProcess[str]:
        """Run the installed program as from a shell, in a folder of its own."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}
        command = [str(self.programs / "cityfolio"), *words]
        return subprocess.run(command, cwd=self.folder / where, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory, packages, environment):
    return Installed(wheel=packages.archives.wheel, archive=packages.archives.source, programs=environment / "bin",
                     folder=tmp_path_factory.mktemp("wheel"))


def test_a_new_catalog_is_built_by_the_installed_program(installed):
    begun = installed.run("new", "demo")
    built = installed.run("build", where="demo")

    assert (begun.returncode, built.returncode) == (0, 0), begun.stderr + built.stderr
    assert (installed.folder / "demo" / "output" / "index.html").is_file()


def test_a_new_catalog_has_no_problem(installed):
    installed.run("new", "sound")
    checked = installed.run("check", "--strict", "--as-of", "2026-06-30", where="sound")

    assert (checked.returncode, "0 errors, 0 warnings" in checked.stdout) == (0, True)


def test_the_wheel_holds_the_themes_with_scripts_and_font(installed):
    names = set(zipfile.ZipFile(installed.wheel).namelist())

    assert {
        "cityfolio/py.typed",
        "cityfolio/themes/civic/templates/base.html",
        "cityfolio/themes/civic/assets/bundle/site.js",
        "cityfolio/themes/civic/assets/bundle/public-sans-latin.woff2",
        "cityfolio/themes/civic/assets/bundle/public-sans-license.txt",
        "cityfolio/starter/site.yaml",
    } - names == set()


def test_the_wheel_holds_the_licenses_of_all_that_is_in_it(installed):
    names = [name.rpartition("/licenses/")[2] for name in zipfile.ZipFile(installed.wheel).namelist() if "/licenses/" in name
             and ".dist-info/" in name]

    assert sorted(names) == ["LICENSE", "THIRD-PARTY-LICENSES.txt"]


def test_the_wheel_holds_the_words_that_residents_use(installed):
    names = zipfile.ZipFile(installed.wheel).namelist()

    assert [f"cityfolio/search/words/synonyms-{language}.yaml" in names for language in LANGUAGES] == [True, True]


def test_the_wheel_holds_nothing_that_only_developers_need(installed):
    names = zipfile.ZipFile(installed.wheel).namelist()

    assert [name for name in names if "node_modules" in name or "package.json" in name or "/scripts/" in name] == []


def test_the_starter_catalog_holds_the_datasets_that_are_named(installed):
    names = zipfile.ZipFile(installed.wheel).namelist()
    datasets = {name.split("/")[3] for name in names if name.startswith("cityfolio/starter/datasets/")}

    assert sorted(datasets) == sorted(starter.PARTS["datasets"])


def source_names(installed):
    """The files of the source archive, below its folder."""
    with tarfile.open(installed.archive) as archive:
        return {each.name.partition("/")[2] for each in archive if each.isfile()}


def test_the_source_archive_can_be_installed_without_node(installed):
    names = source_names(installed)

    assert {"hatch_build.py", "tools/bundle.py", "themes/civic/assets/bundle/bundle.sha256"} - names == set()


def test_the_source_archive_leaves_out_nothing_that_the_repository_has(installed, packages):
    bundled = {f"{BUNDLE.as_posix()}/{path.name}" for path in (packages.copy / BUNDLE).iterdir()}

    assert source_names(installed) ^ {*tracked()} == {"output/.gitignore", "PKG-INFO", *bundled}


@pytest.mark.parametrize(
    ("path", "is_in"),
    [
        ("site.yaml", True), ("theme/tokens.css", True), ("columns/month.yaml", True), ("scripts/make.py", False),
        (".cityfolio/x", False), ("datasets/no-such-one/dataset.yaml", False), ("synonyms.yaml", False),
    ],
)
def test_the_starter_catalog_is_the_parts_of_the_demonstration_that_are_named(path, is_in):
    assert starter.includes(path) is is_in
