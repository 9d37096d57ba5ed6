"""Writing an imported catalog into a new or empty folder."""

from __future__ import annotations

from pathlib import Path

from cityfolio.files import FolderTree, Tree, replace_file
from cityfolio.migrate.imported import Imported
from cityfolio.problems import Location, Problem


def write_imported(imported: Imported, source: Tree, destination: Path) -> tuple[Problem, ...]:
    """Write every file. A folder that holds anything is refused untouched; names that start with a dot may be there."""
    where = Location(path=destination.as_posix(), in_catalog=False)
    try:
        taken = FolderTree(destination).nodes()
    except FileNotFoundError:
        taken = ()
    except OSError as error:
        return (Problem(code="destination-taken", where=where, says=f"the folder cannot be used: {error.strerror}",
                        fix="Name a folder that does not exist yet."),)
    if taken:
        return (Problem(code="destination-taken", where=where, says=f"the folder is not empty: it holds {taken[0].path}",
                        fix="Name a new folder, or empty this one."),)
    try:
        for path, text in imported.files.items():
            replace_file(destination / path, text.encode(), sync=False)
        for path, from_path in imported.copies.items():
            replace_file(destination / path, source.read(from_path), sync=False)
    except OSError as error:
        return (Problem(code="output-unwritable", where=where, says=f"the catalog could not be written: {error.strerror}",
                        fix="Make room or set the permissions, empty the folder, and import again."),)
    return ()
