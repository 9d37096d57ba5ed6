"""The two packages of this repository, built into wheels and tested by their own tests beside the wheel of Cityfolio.

Nothing of the checkout is imported; the packages that Cityfolio needs are those of this environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from release.building import ROOT, Builder, Packages
from unmeasured import unmeasured

pytestmark = pytest.mark.slow

PACKAGES = ("cityfolio-gtfs", "cityfolio-ckan-mirror")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, packages: Packages) -> Path:
    """A folder with the three wheels unpacked, as pip installs them."""
    folder = tmp_path_factory.mktemp("plugins")
    with unmeasured():
        own = (_wheel(packages.builder, ROOT / "plugins" / name, folder / "dist" / name) for name in PACKAGES)
        wheels = [packages.archives.wheel, *own]
        # Not compiled before it is imported: most of what is installed never is.
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--no-deps", "--no-index",
               "--target", folder / "site"]
        subprocess.run([*pip, *wheels], check=True)
    return folder / "site"


def _wheel(builder: Builder, folder: Path, where: Path) -> Path:
    command = [builder.python, "-m", "build", "--no-isolation", "--wheel", "--outdir", where, folder]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return next(where.glob("*.whl"))


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_passes_its_own_tests_beside_an_installed_cityfolio(name: str, installed: Path, tmp_path: Path) -> None:
    ours = ("PYTHON", "COV_", "COVERAGE_", "PYTEST_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    # What Hypothesis knows of all characters takes seconds to gather: these tests have it already.
    environment |= {"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path / "cache"),
                    "HYPOTHESIS_STORAGE_DIRECTORY": str(ROOT / ".hypothesis")}
    # With a folder of their own: else they clear away what runs before this one have left, for all of which others wait.
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", tmp_path,
             "--basetemp", tmp_path / "made", ROOT / "plugins" / name / "tests"]
    with unmeasured():
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        asked = [sys.executable, "-c", "import cityfolio; print(cityfolio.__file__)"]
        where = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout

    assert done.returncode == 0, done.stdout[-4_000:]
    assert Path(where.strip()).is_relative_to(installed)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_wheel_holds_its_modules_and_its_entry_point_and_no_test(name: str, installed: Path) -> None:
    wheel = next((installed.parent / "dist" / name).glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()

    assert any(each.endswith("entry_points.txt") for each in names)
    assert [each for each in names if "test" in each] == []
