"""`cityfolio new`: a small catalog to change into one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cityfolio import starter
from cityfolio.files import FolderTree, replace_file
from cityfolio.problems import Location, Problem

IGNORED = "/output/\n.cityfolio/\n"
README = """\
# Our open data

`catalog/` holds the site's settings, its publishers and topics, and a folder for each dataset with its files.

    cityfolio check     say what is wrong
    cityfolio build     write the site into output/
    cityfolio serve     show it on this machine while you edit
"""


def begin(folder: Path) -> tuple[Problem, ...]:
    """Write the starter catalog into a new or empty folder; nothing is written into one that holds something."""
    try:
        if folder.exists() and any(folder.iterdir()):
            return (_taken(folder, "it is not empty"),)
        for path, body in _files():
            replace_file(folder / path, body)
    except OSError as error:
        return (_taken(folder, (error.strerror or str(error)).lower()),)
    return ()


def starter_root() -> Path:
    """Where the starter catalog lies: in the package when installed, else it is the demonstration of the checkout."""
    packed = Path(__file__).resolve().parent / "starter"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[2] / "catalog"


def _files() -> Iterator[tuple[str, bytes]]:
    tree = FolderTree(starter_root())
    for node in tree.nodes():
        if node.kind == "file" and starter.includes(node.path):
            body = tree.read(node.path)
            yield f"catalog/{node.path}", _unpinned(body) if node.path == "site.yaml" else body
    yield ".gitignore", IGNORED.encode()
    yield "README.md", README.encode()


def _unpinned(settings: bytes) -> bytes:
    # The demonstration counts from one day for ever; a city that begins counts from its own commits.
    return b"".join(line for line in settings.splitlines(keepends=True) if not line.startswith(b"as_of:"))


def _taken(folder: Path, why: str) -> Problem:
    return Problem(code="destination-taken", where=Location(path=str(folder), in_catalog=False),
                   says=f"nothing was written into {folder}: {why}", fix="Name a new or empty folder.")
