"""`cityfolio new`: a small catalog to change into one's own, and what a code host needs to check and publish it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cityfolio import starter
from cityfolio.editor_schema import json_schema, schema_names, schema_text
from cityfolio.files import FolderTree, read_bytes, replace_file
from cityfolio.frozen import Frozen
from cityfolio.load.catalog import load
from cityfolio.load.file_kinds import kind_of
from cityfolio.problems import Location, Problem
from cityfolio.recipes.owners import HEADER, owners_text
from cityfolio.recipes.recipes import CodeHostName, WebHostName, recipe

IGNORED = "/output/\n/report/\n"
CATALOG = "catalog"
SCHEMAS = ".schema"
SETTINGS = """\
# What the whole site shares. docs/reference/catalog.md of Cityfolio describes every key.
name: Our open data
tagline: What the city knows, for everyone to use.
notice: These datasets are examples with invented records. Replace them, then delete this line.
contact:
  name: Open data team
  email: data@example.gov
license: cc0-1.0

# The formats that every table is offered in, beside the file that was delivered:
exports: [csv, xlsx, zip]

# Within how many days a request for data is answered:
requests: {days: 10}

# By what the city assesses itself, on the page /practice/:
standards: [what-works-cities]

# Where the site will be published, so that feeds and the sitemap have full addresses:
# base_url: https://data.example.gov

# The page of the repository, so that every page links to the file behind it:
# repository: {url: https://code.example.gov/city/data}
"""
README = """\
# Our open data

`catalog/` holds the site's settings, its publishers and topics, and a folder for each dataset with its files.

    pip install cityfolio
    cityfolio check     say what is wrong
    cityfolio build     write the site into output/
    cityfolio serve     show it on this machine while you edit

To change something, edit a file below `catalog/` and open a pull request. The check says within minutes what is wrong, at the
line, and what the change does to the site. What other people rely on cannot go unseen: a column that is taken away or renamed
needs a note in `catalog/changes/` that says why.
"""


class Hosts(Frozen, kw_only=True):
    """Where the repository is kept, and where its site is published."""

    code: CodeHostName | None = None
    web: WebHostName = "none"


class Begun(Frozen, kw_only=True):
    """What was written, and what was there already and stays as it was. With problems nothing was written."""

    problems: tuple[Problem, ...] = ()
    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    others: tuple[str, ...] = ()      # of those kept: they say something else than would have been written


def begin(folder: Path, hosts: Hosts = Hosts()) -> Begun:
    """Write the starter catalog into a new or empty folder, with the recipes of the hosts.

    Into a folder that holds a catalog already come the recipes alone, and of them what is not there yet.
    """
    try:
        has_catalog = (folder / CATALOG / "site.yaml").is_file()
        if hosts.code and not has_catalog and (folder / "site.yaml").is_file():
            moved = f"Move it into {CATALOG}/, and do it again."
            return Begun(problems=(_taken(folder, "the catalog lies at its top", moved),))
        if folder.exists() and any(each.name != ".git" for each in folder.iterdir()) and not (has_catalog and hosts.code):
            return Begun(problems=(_taken(folder, "it is not empty"),))
        wanted = _recipes(hosts, folder) if has_catalog else {**dict(_files()), **_recipes(hosts, None)}
        kept = tuple(path for path in wanted if (folder / path).exists())
        others = tuple(path for path in kept if read_bytes(folder / path) != wanted[path])
        written = tuple(path for path in wanted if path not in kept)
        for path in written:
            replace_file(folder / path, wanted[path])
    except OSError as error:
        return Begun(problems=(_taken(folder, (error.strerror or str(error)).lower()),))
    return Begun(written=written, kept=kept, others=others)


def starter_root() -> Path:
    """Where the starter catalog lies: in the package when installed, else it is the demonstration of the checkout."""
    packed = Path(__file__).resolve().parent / "starter"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[2] / "catalog"


def _recipes(hosts: Hosts, folder: Path | None) -> Mapping[str, bytes]:
    if hosts.code is None:
        return {}
    made = recipe(hosts.code, hosts.web)
    if folder is not None:
        owners = owners_text(load(FolderTree(folder / CATALOG)))
        made |= {"CODEOWNERS": owners} if owners != HEADER else {}
    return {path: body.encode() for path, body in made.items()}


def _files() -> Iterator[tuple[str, bytes]]:
    tree = FolderTree(starter_root())
    for node in tree.nodes():
        if node.kind == "file" and starter.includes(node.path):
            # The settings of the demonstration are those of one city; a city that begins has its own.
            body = SETTINGS.encode() if node.path == "site.yaml" else tree.read(node.path)
            yield f"{CATALOG}/{node.path}", _for_editors(node.path) + body
    for name, record in schema_names().items():
        yield f"{SCHEMAS}/{name}.schema.json", schema_text(json_schema(record)).encode()
    yield ".gitignore", IGNORED.encode()
    yield "README.md", README.encode()


def _for_editors(path: str) -> bytes:
    """The line by which an editor finds the schema of a YAML file."""
    kind = kind_of(path)
    name = next((name for name, record in schema_names().items() if kind and not kind.is_text and record is kind.record), None)
    up = "../" * (path.count("/") + 1)
    return f"# yaml-language-server: $schema={up}{SCHEMAS}/{name}.schema.json\n".encode() if name else b""


def _taken(folder: Path, why: str, fix: str = "Name a new or empty folder.") -> Problem:
    return Problem(code="destination-taken", where=Location(path=str(folder), in_catalog=False),
                   says=f"nothing was written into {folder}: {why}", fix=fix)
