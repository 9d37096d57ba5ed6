"""A JKAN site's files, read: its settings, schemas, license table, and the records of each collection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cityfolio.files import Node, Tree
from cityfolio.frozen import Frozen, field as member
from cityfolio.migrate.jkan.front_matter import FrontMatter, decoded, read_front_matter, read_values
from cityfolio.migrate.jkan.schema import Schema, schema_of
from cityfolio.migrate.report import Entry, Ledger, writable
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.problems import Location, Problem

# Our room -> the collections that hold it, JKAN's present one first, and where JKAN publishes it.
COLLECTIONS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "datasets": (("datasets",), "/datasets/:path/"),
    "publishers": (("organizations",), "/organizations/:path/"),
    "topics": (("dataset_categories", "categories"), "/categories/:path/"),
    "licenses": (("licenses",), ""),
}
TEXTS = (".md", ".markdown", ".html", ".htm")
NOT_THE_SITE = re.compile(r"(?:^|/)(?:node_modules|vendor|docs|_includes|_layouts|_sass|_site|scripts|netlify)/")


class Document(Frozen, kw_only=True):
    """One record of a collection."""

    path: str                     # at the source
    stem: str                     # its path inside the collection, without the ending
    matter: FrontMatter
    entries: tuple[Entry, ...]    # what was mended to read it
    old_path: str                 # where JKAN publishes it; "" where it does not


class JkanSite(Frozen, kw_only=True):
    """Everything of a JKAN site that an import needs."""

    config: Mapping[str, Given]
    schemas: Mapping[str, Schema]
    collections: Mapping[str, tuple[Document, ...]]      # by our room
    tables: Mapping[str, tuple[Mapping[str, Given], ...]]   # `_data/licenses.yml` and `_data/categories.yml`
    files: frozenset[str]                                # every file of the source
    failed: Mapping[str, tuple[str, str]] = member(default_factory=dict)   # path -> room, why it could not be read
    unread: Mapping[str, str] = member(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def schema(self, named: str) -> Schema:
        """The schema that a record names, else the one in the settings, else JKAN's own names."""
        for name in (named, as_words(self.config.get("schema")), "default"):
            if name in self.schemas:
                return self.schemas[name]
        return schema_of(None)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    tree: Tree
    nodes: Sequence[Node]
    config: dict[str, Given] = field(default_factory=dict)
    failed: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def content(self, path: str) -> bytes | None:
        """The bytes of one file; a file that cannot be read is a problem."""
        try:
            return self.tree.read(path)
        except OSError as error:
            self.refuse(path, f"the file could not be read: {error.strerror}")
            return None

    def refuse(self, path: str, why: str) -> None:
        """Note a file that did not come over."""
        where = Location(path=writable(path), in_catalog=False)
        self.problems.append(Problem(code="source-unreadable", where=where, says=why,
                                     fix="Mend the file at the source, and import again."))

    def values(self, path: str) -> Given:
        """The values of a YAML or JSON file."""
        content = self.content(path)
        ledger = Ledger()
        found = read_values(decoded(content, ledger), ledger) if content is not None else (None, ())
        if isinstance(found, str):
            self.refuse(path, found)
            return None
        return found[0]


def read_site(tree: Tree) -> JkanSite | Problem:
    """Read a JKAN site, or say why the folder is none."""
    try:
        nodes = tree.nodes()
    except OSError as error:
        return Problem(code="source-unreadable", where=Location(path="", in_catalog=False),
                       says=f"the folder cannot be read: {error.strerror}", fix="Give the folder that holds _datasets.")
    reading = _Reading(tree, [node for node in nodes if node.kind == "file"])
    paths = frozenset(node.path for node in reading.nodes)
    reading.config = _config(reading, paths)
    root = _collections_root(reading.config)
    if not any(path.startswith(f"{root}_datasets/") for path in paths):
        return Problem(code="source-unreadable", where=Location(path=f"{root}_datasets", in_catalog=False),
                       says="the folder is not a JKAN site: it has no datasets", fix="Give the folder that holds _datasets.")
    for node in nodes:
        if node.kind in ("link", "other") and node.path.startswith(f"{root}_"):
            why = "this is a link, and links are not followed" if node.kind == "link" else "this can be neither read nor listed"
            reading.problems.append(Problem(
                code="source-unreadable", where=Location(path=writable(node.path), in_catalog=False), says=why,
                fix="Put the file or folder itself here, and import again into a new folder.",
            ))
    collections = {room: tuple(_collection(reading, room, root)) for room in COLLECTIONS}
    schemas, tables = _schemas(reading, paths), _tables(reading, paths)
    unread = {writable(path): why for path, why in _unread(reading, root)}
    return JkanSite(
        config=reading.config, schemas=schemas, collections=collections, tables=tables, files=paths, failed=reading.failed,
        unread=unread, problems=tuple(reading.problems),
    )


def _config(reading: _Reading, paths: frozenset[str]) -> dict[str, Given]:
    found = [reading.values(path) for path in ("_config.yml", "_config.yaml") if path in paths]
    return found[0] if found and isinstance(found[0], dict) else {}


def _collections_root(config: Mapping[str, Given]) -> str:
    folder = as_words(config.get("collections_dir")).strip("/")
    return f"{folder}/" if folder else ""


def _schemas(reading: _Reading, paths: frozenset[str]) -> dict[str, Schema]:
    found = (re.fullmatch(r"_data/schemas/(.+)\.(?:ya?ml|json)", path) for path in sorted(paths))
    return {match[1]: schema_of(reading.values(match[0])) for match in found if match}


def _tables(reading: _Reading, paths: frozenset[str]) -> dict[str, tuple[Mapping[str, Given], ...]]:
    tables: dict[str, tuple[Mapping[str, Given], ...]] = {}
    for name in ("licenses", "categories"):
        given = next((reading.values(path) for path in (f"_data/{name}.yml", f"_data/{name}.yaml") if path in paths), None)
        items = given.get("items") if isinstance(given, dict) else given
        tables[name] = tuple(each for each in items if isinstance(each, dict)) if isinstance(items, list) else ()
    return tables


def _collection(reading: _Reading, room: str, root: str) -> Iterator[Document]:
    names, default = COLLECTIONS[room]
    for name in names:
        folder = f"{root}_{name}/"
        pattern = _permalink(reading.config, name) or default
        for node in reading.nodes:
            if node.path.startswith(folder) and node.path.lower().endswith(TEXTS):
                document = _document(reading, node.path, folder, pattern)
                if isinstance(document, Document):
                    yield document
                else:
                    reading.failed[writable(node.path)] = (room, document)


def _permalink(config: Mapping[str, Given], collection: str) -> str:
    given = config.get("collections")
    settings = given.get(collection) if isinstance(given, dict) else None
    return as_words(settings.get("permalink")) if isinstance(settings, dict) else ""


def _document(reading: _Reading, path: str, folder: str, pattern: str) -> Document | str:
    content = reading.content(path)
    if content is None:
        return "the file could not be read"
    ledger = Ledger()
    matter = read_front_matter(content, ledger)
    if isinstance(matter, str):
        reading.refuse(path, matter)
        return matter
    stem = writable(path.removeprefix(folder).rpartition(".")[0])
    return Document(path=writable(path), stem=stem, matter=matter, entries=tuple(ledger.entries),
                    old_path=_old_path(matter, stem, folder, pattern))


def _old_path(matter: FrontMatter, stem: str, folder: str, pattern: str) -> str:
    """The path at which Jekyll publishes a record: https://jekyllrb.com/docs/permalinks/#collections."""
    own = as_words(matter.values.get("permalink"))
    name = as_words(matter.values.get("slug")) or stem.rpartition("/")[2]
    placeholders = {"path": stem, "name": name, "title": name, "slug": name, "collection": folder.strip("/").rpartition("_")[2],
                    "output_ext": ".html"}
    path = re.sub(r":([a-z_]+)", lambda match: placeholders.get(match[1], match[0]), own or pattern)
    return "" if not path or re.search(r":[a-z]", path) else f"/{path.lstrip('/')}"


def _unread(reading: _Reading, root: str) -> Iterator[tuple[str, str]]:
    """Texts of the site that are no records, so that their author knows they are not carried over."""
    known = tuple(f"{root}_{name}/" for names, _ in COLLECTIONS.values() for name in names)
    for node in reading.nodes:
        path = node.path
        if path.startswith(known) and not path.lower().endswith(TEXTS):
            yield path, "not a text with front matter"
        elif path.startswith(known) or not path.lower().endswith((".md", ".markdown")) or NOT_THE_SITE.search(path):
            continue
        elif re.search(rb"^resources:", reading.content(path) or b"", re.MULTILINE):
            yield path, "looks like a dataset, but JKAN does not show it here; if it should come over, move it to _datasets"
        else:
            yield path, "a page or text of its own"
    for path in ("_config.yml", "_config.yaml"):
        if any(node.path == path for node in reading.nodes):
            yield path, "title, description, schema and permalinks were used; the other settings are JKAN's own"
