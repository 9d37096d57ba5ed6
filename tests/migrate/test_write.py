"""Writing an imported catalog into a new or empty folder."""

import pytest

from cityfolio.files import MemoryTree
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.report import Report
from cityfolio.migrate.write import write_imported

SOURCE = MemoryTree({"files/trees.csv": b"id\r\n1\r\n"})
CATALOG = Imported(
    files={"site.yaml": "name: Straßen\n", "datasets/trees/dataset.yaml": "title: Trees\n"},
    copies={"datasets/trees/trees.csv": "files/trees.csv"},
    report=Report(format="JKAN", totals=(), records=()),
)


def in_folder(folder):
    """The files of a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["new", "new/below", "."], ids=["new", "new below new", "empty"])
def test_every_file_is_written(tmp_path, name):
    assert write_imported(CATALOG, SOURCE, tmp_path / name) == ()
    assert in_folder(tmp_path / name) == {
        "site.yaml": "name: Straßen\n".encode(),
        "datasets/trees/dataset.yaml": b"title: Trees\n",
        "datasets/trees/trees.csv": b"id\r\n1\r\n",
    }


def test_a_folder_that_holds_something_is_refused_untouched(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    assert [each.code for each in write_imported(CATALOG, SOURCE, tmp_path)] == ["destination-taken"]
    assert in_folder(tmp_path) == {"notes.txt": b"mine"}


def test_a_file_in_place_of_the_folder_is_refused_untouched(tmp_path):
    (tmp_path / "catalog").write_text("mine")

    assert [each.code for each in write_imported(CATALOG, SOURCE, tmp_path / "catalog")] == ["destination-taken"]
    assert in_folder(tmp_path) == {"catalog": b"mine"}


def test_a_folder_with_nothing_but_a_repository_is_empty(tmp_path):
    (tmp_path / ".git").mkdir()

    assert write_imported(CATALOG, SOURCE, tmp_path) == ()


def test_what_cannot_be_written_is_a_problem(tmp_path):
    (tmp_path / "file").write_text("")
    broken = Imported(files={}, copies={"a.csv": "gone.csv"}, report=CATALOG.report)

    assert [each.code for each in write_imported(CATALOG, SOURCE, tmp_path / "file" / "below")] == ["destination-taken"]
    assert [each.code for each in write_imported(broken, _Broken({}), tmp_path / "new")] == ["output-unwritable"]


class _Broken(MemoryTree):
    def read(self, path):
        raise OSError(5, "Input/output error")
