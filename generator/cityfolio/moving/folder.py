"""The catalog folder that a command was given: found, read, and changed file by file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from cityfolio.files import FolderTree, discard, replace_file
from cityfolio.load.catalog import load
from cityfolio.load.loaded import Loaded
from cityfolio.problems import Location, Problem


def catalog_folder(given: Path) -> Path:
    """The folder itself, or this one where none is named, there is no `catalog/`, and site.yaml is here."""
    if given == Path("catalog") and not os.path.exists(given) and os.path.isfile("site.yaml"):
        return Path()
    return given


def shown(folder: Path) -> str:
    """The folder as problems name it."""
    return "" if folder == Path() else folder.as_posix()


def opened(folder: Path) -> tuple[FolderTree, Loaded]:
    """The folder as a tree, and what is written in it."""
    tree = FolderTree(folder)
    return tree, load(tree)


def written(folder: Path, writes: Mapping[str, str | bytes], removes: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Write files of a catalog, each whole or not at all; then remove others, with the folders that are empty without them."""
    for path, body in writes.items():
        try:
            replace_file(folder / path, body.encode() if isinstance(body, str) else body)
        except OSError as error:
            return (Problem(code="output-unwritable", where=Location(path=path),
                            says=f"the file could not be written: {error.strerror}",
                            fix="Make room or set the permissions, and do it again: what was written already stays."),)
    return tuple(problem for path in removes if (problem := _removed(folder, path)) is not None)


def _removed(folder: Path, path: str) -> Problem | None:
    if not discard(folder / path):
        return Problem(code="output-unwritable", where=Location(path=path), says="the file could not be removed",
                       fix="Set the permissions, and remove it.")
    for above in list((folder / path).relative_to(folder).parents)[:-1]:
        try:
            os.rmdir(folder / above)
        except OSError:
            break                     # it holds something else
    return None
