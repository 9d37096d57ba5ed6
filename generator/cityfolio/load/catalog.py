"""Reads a catalog folder: which file is what, and each into its record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cityfolio.files import Node, Tree
from cityfolio.frozen import replace
from cityfolio.load.checked_links import load_checked_links
from cityfolio.load.columns_aside import MANY_DATASETS, with_columns_aside
from cityfolio.load.fields import READERS, read_record
from cityfolio.load.front_matter import read_front_matter
from cityfolio.load.ids import name_problems, slug
from cityfolio.load.issues import Issues, read_issues, same_address
from cityfolio.load.kept import is_full, kept, known_by
from cityfolio.load.known_documents import NO_MEMORY, NOT_FOUND, Found, Memory
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.many_nodes import ManyNodes
from cityfolio.load.rooms import ALONE, BESIDE_MEASURES, FOLDERS, MANY, NOT_READ, PROSE, ROOMS, TABLES, TEXTS
from cityfolio.load.text_aside import with_text_aside
from cityfolio.load.translations import Translation, misplaced, text_of, translation, with_texts
from cityfolio.load.usage import load_usage
from cityfolio.load.values import Reading
from cityfolio.load.yaml import Document, read_yaml
from cityfolio.model.keys import Language, ListOf
from cityfolio.model.practised import Body
from cityfolio.model.records import SiteRecord
from cityfolio.problems import Location, Problem, did_you_mean

Parse = Callable[[str, bytes], tuple[Document | None, tuple[Problem, ...]]]


class _Wanted(NamedTuple):
    """A record that is to be read: its room and id, and the file that holds it."""

    room: str
    identifier: str
    path: str
    record: type[Any]          # Any: as of rooms


@dataclass(slots=True)
class _Loading:
    """What has been read so far."""

    tree: Tree
    parse: Parse
    only: Callable[[str], bool]
    memory: Memory
    languages: tuple[str, ...] = ()       # of the site
    lays_aside: bool = False              # what few ask for of very many datasets
    rooms: dict[str, dict[str, Sourced[Any]]] = field(default_factory=lambda: defaultdict(dict))  # Any: a record type a room
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    exports: list[str] = field(default_factory=list)      # of issues: they are read once it is known which are requests
    translations: list[Translation] = field(default_factory=list)

    def note(self, code: str, path: str, says: str, fix: str = "") -> None:
        self.problems.append(Problem(code=code, where=Location(path=path), says=says, fix=fix))

    def read(self, room: str, identifier: str, path: str, record: type[Any]) -> None:   # Any: as of rooms
        """Read one YAML or Markdown file into its room."""
        if not self.only(path):
            self.unread.add(f"{room}/{identifier}")
            return
        wanted = _Wanted(room, identifier, path, record)
        untouched = self.memory.untouched(path, record) if room in MANY else NOT_FOUND
        if untouched.document is not None:
            self.take(wanted, untouched, untouched.document)
            return
        try:
            body = self.tree.read(path)
        except OSError as error:
            self.note("folder-unreadable", path, f"the file could not be read: {error.strerror}")
            self.unread.add(f"{room}/{identifier}")
            return
        if room in MANY:
            self.read_known(wanted, body)
            return
        keys: bytes | None = body
        text, line = "", 1
        if room in TEXTS:
            keys, text, line, problems = read_front_matter(path, body)
            self.problems.extend(problems)
        document = self.parsed(path, keys) if keys is not None else None
        if document is None:
            self.unread.add(f"{room}/{identifier}")
            return
        reading = Reading(document, languages=self.languages)
        found = read_record(record, document.root, reading)
        self.rooms[room][identifier] = Sourced(identifier, found, document, text, line)
        self.problems.extend(reading.problems)

    def read_known(self, wanted: _Wanted, body: bytes) -> None:
        """Read one of many YAML files into its room. Of one that is known nothing is read again, but for what was wrong."""
        found, before = self.memory.found(wanted.path, body, wanted.record, self.languages), len(self.problems)
        document = found.document
        if document is None:
            document = self.parsed(wanted.path, body)
        if document is None:
            self.unread.add(f"{wanted.room}/{wanted.identifier}")
            return
        self.take(wanted, found, document, is_sound=len(self.problems) == before)

    def take(self, wanted: _Wanted, found: Found, document: Document, *, is_sound: bool = True) -> None:
        """Take one of many into its room, with the record that is known of it, or that is read from its document now.

        The document is sound if nothing was wrong in how it is written, as in any that is known.
        """
        read, before = found.record, len(self.problems)
        if read is None:
            reading = Reading(document, languages=self.languages)
            read = read_record(wanted.record, document.root, reading)
            self.problems.extend(reading.problems)
        document, is_told = kept(document), is_sound and len(self.problems) == before
        if found.key:
            known_by(document, found.key)
        if is_sound and found.document is None:
            self.memory.note(found.key, document, read if is_told else None)
        if self.lays_aside:
            read = with_text_aside(with_columns_aside(read))
        says_all = is_told and is_full(document)
        self.rooms[wanted.room][wanted.identifier] = Sourced(wanted.identifier, read, document, says_all=says_all)

    def parsed(self, path: str, keys: bytes) -> Document | None:
        """The document of a file; None where nothing in it can be trusted."""
        document, problems = self.parse(path, keys)
        self.problems.extend(problems)
        return document

    def read_translations(self) -> None:
        """Read the texts of further languages, and put them into the records whose texts they are."""
        texts: dict[tuple[str, str], list[Body]] = defaultdict(list)
        for each in self.translations:
            is_there = each.id in self.rooms[each.room] or f"{each.room}/{each.id}" in self.unread
            fault = misplaced(each, self.languages, is_there=is_there)
            if fault:
                self.problems.append(fault)
            elif each.id in self.rooms[each.room]:
                try:
                    text, problems = text_of(each, self.tree.read(each.path))
                except OSError as error:
                    self.note("folder-unreadable", each.path, f"the file could not be read: {error.strerror}")
                    continue
                self.problems.extend(problems)
                texts[each.room, each.id].append(text)
        for room in TEXTS:
            for identifier, sourced in self.rooms[room].items():
                self.rooms[room][identifier] = with_texts(sourced, tuple(texts[room, identifier]), self.languages)

    def read_exports(self) -> None:
        """Read the issues of the code host. A YAML file of the same name, or with a link to the same issue, overrides one."""
        site = self.rooms["site"].get("site")
        asking, requests = (site.record if site else SiteRecord()).requests, self.rooms["requests"]
        for path in sorted(self.exports):
            try:
                issues = read_issues(path, self.tree.read(path), asking.label)
            except OSError as error:
                self.note("folder-unreadable", path, f"the file could not be read: {error.strerror}")
                continue
            self.problems.extend(issues.problems)
            self.keep(issues, requests)

    def keep(self, issues: Issues, requests: dict[str, Sourced[Any]]) -> None:   # Any: RequestRecord
        """Each issue as a request, by its number; by its export's name too where another export has that number."""
        written = {same_address(each.record.link) for each in requests.values() if each.record.link}
        of_files = {name for name, each in requests.items() if each.document.path.endswith(".yaml")}
        for each in issues.found:
            name = f"issue-{each.number}"
            if same_address(each.record.link) in written or name in of_files:
                continue
            if name in requests:
                name = f"{name}-{slug(issues.path.rpartition('/')[2].removesuffix('.json'))}"
            requests[name] = Sourced(name, each.record, issues.document)


def load(tree: Tree, parse: Parse = read_yaml, only: Callable[[str], bool] = lambda path: True,
         memory: Memory = NO_MEMORY) -> Loaded:
    """Read every file of a catalog. Nothing is raised for what a city wrote.

    `parse` is `read_yaml`, or the same with a memory, for who loads the same files again and again, and `memory` is what is
    known of datasets from other times. Of records that are not among `only` nothing is known but that they are there, as of
    those that cannot be read.
    """
    try:
        nodes = _nodes(tree)
    except OSError as error:
        problem = Problem(
            code="catalog-missing",
            where=Location(path=""),
            says=f"the folder cannot be read: {error.strerror}",
            fix="Give the folder that holds site.yaml with --catalog.",
        )
        return Loaded(site=None, problems=(problem,))
    loading = _Loading(tree, parse, only, memory, _languages(tree, parse, nodes), lays_aside=isinstance(nodes, ManyNodes))
    loading.problems += name_problems(nodes.values())
    _place_all(loading, nodes)
    loading.read_translations()
    loading.read_exports()
    _note_missing(loading, nodes)
    rooms = loading.rooms
    drafts = _drafts(rooms["datasets"])
    files = frozenset(path for path, node in nodes.items() if node.kind == "file")
    checked_links, problems = load_checked_links(tree, files)
    loading.problems += problems
    usage, problems = load_usage(tree, files, rooms["datasets"])
    loading.problems += problems
    return Loaded(
        site=rooms["site"].get("site"),
        synonyms=rooms["synonyms"].get("synonyms"),
        publishers=rooms["publishers"],
        topics=rooms["topics"],
        licenses=rooms["licenses"],
        columns=rooms["columns"],
        datasets=rooms["datasets"],
        priorities=rooms["priorities"],
        goals=rooms["goals"],
        measures=rooms["measures"],
        calendars=rooms["calendars"],
        commitments=rooms["commitments"],
        requests=rooms["requests"],
        uses=rooms["uses"],
        policy=rooms["policy"],
        guides=rooms["guides"],
        changes=rooms["changes"],
        standards=rooms["standards"],
        attestations=rooms["attestations"],
        assessments=rooms["assessments"],
        checked_links=checked_links,
        usage=usage,
        nodes=nodes,
        drafts=drafts,
        unread=frozenset(loading.unread),
        problems=tuple(loading.problems),
    )


def _nodes(tree: Tree) -> Mapping[str, Node]:
    """Every name in a catalog folder; in half the room where there are very many datasets."""
    nodes = {node.path: node for node in tree.nodes()}
    has_many = sum(path.startswith("datasets/") and path.endswith("/dataset.yaml") for path in nodes) > MANY_DATASETS
    return ManyNodes(nodes) if has_many else nodes


def _languages(tree: Tree, parse: Parse, nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """The languages of the site, which tell what texts may be in. That of a site that says none is English."""
    try:
        document, _ = parse("site.yaml", tree.read("site.yaml")) if "site.yaml" in nodes else (None, ())
    except OSError:
        return ()      # said when the file is read
    if document is None:
        return ()
    said = document.root.entries.get("languages")
    reading = Reading(document)
    given = READERS[ListOf](ListOf(Language()), "languages", said, reading) if said is not None else None
    return given or SiteRecord(name="").languages


def _note_missing(loading: _Loading, nodes: Mapping[str, Node]) -> None:
    if "site.yaml" not in nodes or nodes["site.yaml"].kind == "folder":
        loading.note(
            "site-missing", "site.yaml", "the catalog has no site.yaml", "Make one with at least `name: Our open data`."
        )
    if not loading.rooms["datasets"] and not any(each.startswith("datasets/") for each in loading.unread):
        loading.note("catalog-empty", "datasets", "there is no dataset", "Make datasets/ID/dataset.yaml.")


def _drafts(datasets: dict[str, Sourced[Any]]) -> frozenset[str]:   # Any: DatasetRecord
    """The ids of drafts. Every rule for what is published holds for them too, so from here on they read as published."""
    drafts = {name: replace(each, record=replace(each.record, status="published")) for name, each in datasets.items()
              if each.record.status == "draft"}
    datasets |= drafts
    return frozenset(drafts)


def _place_all(loading: _Loading, nodes: Mapping[str, Node]) -> None:
    """Decide what each name is, and read what is a record."""
    loading.memory.begin(nodes, loading.languages)
    for node in nodes.values():
        _place(loading, node, nodes)


def _place(loading: _Loading, node: Node, nodes: Mapping[str, Node]) -> None:
    """Decide what one name is, and read it if it is a record."""
    parts = node.path.split("/")
    room, name = parts[0], parts[-1]
    if (room in NOT_READ and len(parts) > 1) or (node.path in NOT_READ and node.kind == "folder"):
        return
    if node.kind == "link":
        loading.note("file-link", node.path, "this is a link, and links are not followed", "Put the file itself here.")
    elif node.kind == "other":
        loading.note("folder-unreadable", node.path, "this can be neither read nor listed", "Check its permissions.")
    elif node.path in TABLES and node.kind == "file":
        return
    elif node.path in ALONE and node.kind == "file":
        identifier = name.removesuffix(".yaml")
        loading.read(identifier, identifier, node.path, ALONE[node.path])
    elif room in FOLDERS:
        _place_in_folder(loading, node, nodes, room)
    elif node.kind == "file" and room in ROOMS and len(parts) == 2 and name.endswith(".yaml"):
        identifier = name.removesuffix(".yaml")
        loading.read(room, identifier, node.path, ROOMS[room])
    elif node.kind == "file" and room in TEXTS and len(parts) == 2 and name.endswith(".md") and not PROSE.fullmatch(name):
        if found := translation(node.path):
            loading.translations.append(found)
        else:
            loading.read(room, name.removesuffix(".md"), node.path, TEXTS[room])
    elif node.kind == "file" and room == "requests" and len(parts) == 2 and name.endswith(".json"):
        loading.exports.append(node.path)
    elif not (node.path in {**ROOMS, **TEXTS} and node.kind == "folder") and not PROSE.fullmatch(name):
        _unexpected(loading, node, room)


def _place_in_folder(loading: _Loading, node: Node, nodes: Mapping[str, Node], room: str) -> None:
    parts = node.path.split("/")
    name, record = FOLDERS[room]
    if node.kind == "folder":
        inside = nodes.get(f"{node.path}/{name}")
        if len(parts) == 2 and (inside is None or inside.kind == "folder"):
            loading.note("file-unexpected", node.path, f"the folder has no {name}, so it is no {name.removesuffix('.yaml')}",
                         "Write one, or delete the folder.")
    elif len(parts) == 3 and parts[2] == name:
        loading.read(room, parts[1], node.path, record)
    elif len(parts) == 2 or (room == "measures" and parts[2] not in BESIDE_MEASURES and not PROSE.fullmatch(parts[-1])):
        _unexpected(loading, node, room)


def _unexpected(loading: _Loading, node: Node, room: str) -> None:
    if node.path.count("/") and room not in {**ROOMS, **TEXTS, **FOLDERS}:
        return  # its folder has been named already
    if node.path.endswith(".yml"):
        fix = f"Rename it to {node.path[:-4].split('/')[-1]}.yaml."
    elif room == "measures" and node.path.count("/") > 1:
        fix = f"Beside measure.yaml belong {', '.join(sorted(BESIDE_MEASURES))}, and nothing else."
    elif room in FOLDERS:
        fix = f"Each {room.removesuffix('s')} is a folder: move it to {room}/ID/{FOLDERS[room][0]}."
    else:
        fix = did_you_mean(node.path.split("/")[0], (*ALONE, *FOLDERS, *ROOMS, *TEXTS, *NOT_READ))
    loading.note("file-unexpected", node.path, "nothing is expected here, so it is not read", fix)
