"""Two builds of one state are one archive, byte for byte: elsewhere, on another day, by somebody with other habits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from cityfolio.files import sha256
from release.building import BUNDLE, Archives, Packages, bundle_anew, copied

pytestmark = [pytest.mark.slow, pytest.mark.npm]

ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "DAYS_AHEAD": "400"}
# The build hook without hatchling, which is only where packages are built.
DATED = """
import os, sys, types
stand_in = types.ModuleType("hatchling.builders.hooks.plugin.interface")
stand_in.BuildHookInterface = object
sys.modules[stand_in.__name__] = stand_in
sys.path.insert(0, "")
import hatch_build
hatch_build._date_archives()
print(os.environ.get("SOURCE_DATE_EPOCH", ""))
"""
A_DAY_IN_2019 = 1_571_000_000


def members(wheel: Path) -> Mapping[str, str]:
    with zipfile.ZipFile(wheel) as archive:
        return {each.filename: sha256(archive.read(each)) for each in archive.infolist()}


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory, packages: Packages) -> tuple[Path, Path]:
    """Two copies of this checkout: one as it is, and one elsewhere, of another day, with the bundle made anew."""
    folder = tmp_path_factory.mktemp("reproducible")
    other = copied(packages.copy, folder / "a folder with a longer name" / "other")
    bundle_anew(other)
    for path in other.rglob("*"):
        if "node_modules" not in path.parts:
            os.utime(path, (A_DAY_IN_2019, A_DAY_IN_2019))
            path.chmod(path.stat().st_mode & 0o700)
    return packages.copy, other


def test_scripts_are_bundled_to_the_same_bytes_wherever_it_is_done(copies: tuple[Path, Path]) -> None:
    one, other = ({path.name: sha256(path.read_bytes()) for path in (copy / BUNDLE).iterdir()} for copy in copies)

    assert one == other


@pytest.fixture(scope="module")
def archives(copies: tuple[Path, Path], packages: Packages,
             tmp_path_factory: pytest.TempPathFactory) -> tuple[Archives, Archives]:
    """What is built of each copy: of the first the wheel from its source archive, of the other both from the copy itself."""
    builder, folder = packages.builder, tmp_path_factory.mktemp("built")
    assert builder.days_ahead(ELSEWHERE) == 400
    other = builder.built(copies[1], folder, "--sdist", "--wheel", umask=0o077, environment=ELSEWHERE)
    return packages.archives, other


def test_two_wheels_of_one_state_are_the_same_bytes(archives: tuple[Archives, Archives]) -> None:
    one, other = (each.wheel for each in archives)

    assert members(one) == members(other)
    assert one.read_bytes() == other.read_bytes()


def test_two_source_archives_of_one_state_are_the_same_bytes(archives: tuple[Archives, Archives]) -> None:
    one, other = (each.source for each in archives)

    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("top", "date"),
    [("## 0.2.0, 2026-12-01\n", "1796083200"), ("## 0.2.0, not yet released\n", "")], ids=["released", "waits"])
def test_what_lies_in_an_archive_has_the_date_of_the_newest_release(
        packages: Packages, tmp_path: Path, top: str, date: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(packages.copy / "tools", copy / "tools")
    shutil.copy(packages.copy / "hatch_build.py", copy)
    (copy / "CHANGELOG.md").write_text(f"# Changelog\n\n{top}")
    asked = [sys.executable, "-c", DATED]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}

    said = subprocess.run(asked, cwd=copy, env=environment, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == date
