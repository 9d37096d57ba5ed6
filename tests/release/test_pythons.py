"""The wheel on each Python that it is for: installed far from the checkout, it begins, builds and deploys a catalog."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from release.building import ROOT, Packages, install, python_of

pytestmark = [pytest.mark.slow, pytest.mark.npm]

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CLASSIFIER = "Programming Language :: Python :: "
VERSIONS = [each.removeprefix(CLASSIFIER) for each in PROJECT["classifiers"] if each.startswith(f"{CLASSIFIER}3.")]

# The others with `make torture`: each takes half a minute.
OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
EACH = [version if version == OWN else pytest.param(version, marks=pytest.mark.torture) for version in VERSIONS]


def test_the_versions_that_are_named_begin_with_the_oldest_that_is_allowed() -> None:
    assert (VERSIONS[0], PROJECT["requires-python"]) == ("3.11", ">=3.11")


@pytest.mark.parametrize("version", EACH)
def test_a_catalog_is_begun_built_and_deployed_far_from_the_checkout(
        version: str, packages: Packages, environment: Path, tmp_path: Path) -> None:
    program = python_of(version)
    if program is None:
        pytest.skip(f"this machine has no Python {version}; found: {', '.join(each for each in VERSIONS if python_of(each))}")
    place = tmp_path / "venv"
    if version == OWN:
        place = environment
    else:
        install(packages.archives.wheel, program, place)

    begun = run(place, tmp_path, "new", "city")
    made = run(place, tmp_path / "city", "build", "--as-of", "2026-06-30")
    sent = run(place, tmp_path / "city", "deploy", str(tmp_path / "www"))

    assert [each.returncode for each in (begun, made, sent)] == [0, 0, 0], f"{begun.stderr}{made.stdout}{sent.stderr}"
    assert (tmp_path / "www" / "index.html").read_bytes() == (tmp_path / "city" / "output" / "index.html").read_bytes()
    assert f"python{version}" in run(place, tmp_path, "-c", "import cityfolio; print(cityfolio.__file__)", name="python").stdout


def run(place: Path, folder: Path, *words: str, name: str = "cityfolio") -> subprocess.CompletedProcess[str]:
    """Run a program of an environment as from a shell, in a folder of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}
    command = [place / "bin" / name, *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
