"""The seeded script and the files it leaves in the catalog."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from demonstration.charlotte_catalog import CATALOG, FILES, ROOT, published, record

SCRIPT = CATALOG / "scripts" / "make_demonstration.py"
ELSEWHERE = {"PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script from a folder, as a machine with other habits would."""
    return subprocess.run([sys.executable, "-W", "error", str(SCRIPT), *arguments], cwd=folder, env=os.environ | ELSEWHERE,
                          capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    run("--to", str(folder), folder=folder).check_returncode()
    return folder


@pytest.mark.parametrize("file", FILES)
def test_the_script_writes_each_file_byte_for_byte(made: Path, file: str):
    expected = (CATALOG / "datasets" / file).read_bytes()

    assert (made / file).read_bytes() == expected


def test_the_script_writes_every_file_of_the_catalog_and_no_other(made: Path):
    written = sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file())

    assert written == list(FILES)


def test_every_published_file_is_written_by_the_script():
    named = {f"{dataset}/{file.get('path') or file['sample']}" for dataset in published() for file in record(dataset)["files"]}

    assert named == set(FILES)


def test_one_dataset_can_be_written_by_its_name(tmp_path: Path):
    finished = run("street-trees", "--to", str(tmp_path), folder=tmp_path)

    assert finished.stdout.startswith("street-trees/street-trees.csv: 9,400 rows, ")
    assert [path.name for path in tmp_path.iterdir()] == ["street-trees"]


def test_a_dataset_that_does_not_exist_is_refused(tmp_path: Path):
    finished = run("street-lamps", "--to", str(tmp_path), folder=tmp_path)

    assert finished.returncode == 2
    assert "no such dataset: street-lamps" in finished.stderr


def test_the_script_needs_nothing_but_the_standard_library():
    finished = subprocess.run([sys.executable, "-S", "-c", "import sys; sys.path[0] = sys.argv[1]; import make_demonstration",
                               str(SCRIPT.parent)], cwd=ROOT, capture_output=True, text=True)

    assert finished.stderr == ""
