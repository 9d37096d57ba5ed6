"""`cityfolio new`: a small catalog to change into one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cityfolio import starter
from cityfolio.files import FolderTree, replace_file
from cityfolio.problems import Location, Problem

IGNORED = "/output/\n"
SETTINGS = """\
# What the whole site shares. docs/reference/catalog.md of Cityfolio describes every key.
name: Our open data
tagline: What the city knows, for everyone to use.
notice: These datasets are examples with invented records. Replace them with your own, then delete this line.
license: cc0-1.0
contact:
  name: Open data team
  email: data@example.gov

# Within how many days a request for data is answered:
requests: {days: 10}

# By what the city assesses itself, on the page /practice/:
standards: [what-works-cities]

# The formats that every table is offered in, beside the file that was delivered:
exports: [csv, xlsx, zip]

# Where the site will be published, so that feeds and the sitemap have full addresses:
# base_url: https://data.example.gov

# The page of the repository, so that every page links to the file behind it:
# repository: {url: https://code.example.gov/city/data}
"""
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
            # The settings of the demonstration are those of one city; a city that begins has its own.
            body = SETTINGS.encode() if node.path == "site.yaml" else tree.read(node.path)
            yield f"catalog/{node.path}", body
    yield ".gitignore", IGNORED.encode()
    yield "README.md", README.encode()


def _taken(folder: Path, why: str) -> Problem:
    return Problem(code="destination-taken", where=Location(path=str(folder), in_catalog=False),
                   says=f"nothing was written into {folder}: {why}", fix="Name a new or empty folder.")
