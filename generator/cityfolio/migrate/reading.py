"""What an importer reads from: a file, a folder of files, a portal's address, or the recorded answers of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from cityfolio.fetch.answers import Failed
from cityfolio.files import FolderTree, Tree
from cityfolio.frozen import Frozen, field, replace
from cityfolio.migrate.network.manner import Clock, MachineClock, Manner
from cityfolio.migrate.network.polite import Polite
from cityfolio.migrate.network.portal import Portal, is_json
from cityfolio.migrate.network.recorded import Answers, path_of
from cityfolio.migrate.report import Ledger, writable
from cityfolio.migrate.source import Source
from cityfolio.migrate.values.addresses import is_web_address
from cityfolio.migrate.values.given import Given
from cityfolio.migrate.values.json_values import Unreadable, read_json
from cityfolio.problems import Location, Problem

ENDINGS = (".json", ".jsonl", ".ndjson")


class Asking(Frozen):
    """How a portal is asked: how time passes, in what manner, and for how much."""

    clock: Clock = field(default_factory=MachineClock)
    manner: Manner = field(default_factory=Manner)
    most_rows_bytes: int = 100 << 20   # of the rows of one file; of more, only the first come


class Document(Frozen, kw_only=True):
    """One JSON document of a source: a file, or a line of one."""

    place: str                    # "catalog.json", "catalog.jsonl:12"
    value: Given
    ledger: Ledger


def is_address(given: str) -> bool:
    """Whether what somebody named as a source is an address of the web."""
    return given.lower().startswith(("http://", "https://"))


def source_of(given: str, answers: Path) -> Source | Problem:
    """What somebody named as a source: an address, whose answers are kept in the folder `answers`, a file, or a folder."""
    if is_address(given):
        return _asked(given, answers)
    path = Path(given)
    if path.is_dir():
        return Source(tree=FolderTree(path), folder=path.as_posix())
    if not path.is_file():
        return unreadable(given, "there is no such file or folder", "Name a file, a folder, or an address of the web.")
    return Source(tree=FolderTree(path.parent), path=path.name, folder=path.parent.as_posix())


def _asked(address: str, folder: Path) -> Source | Problem:
    if not is_web_address(address) or "@" in urlsplit(address).netloc:
        return unreadable(address, "this is no address that can be asked, or it holds a password",
                          "Name an address such as https://data.example.gov.")
    kept = Answers(FolderTree(folder), folder)
    before = kept.address()
    if before not in ("", address):
        return unreadable(folder.as_posix(), f"the folder holds the answers of {before}, not of {address}",
                          "Remove the folder, or name another one.")
    if not before:
        try:
            kept.begin(address)
        except OSError as error:
            return unreadable(folder.as_posix(), f"the folder cannot be written to: {error.strerror}", "Name another folder.")
    return Source(tree=FolderTree(folder), address=address, folder=folder.as_posix())


def whole(source: Source, ending: str, asking: Asking | None = None) -> Source | Problem:
    """For a format that is one document: the source with that document in it. It is asked for, where an address was named."""
    portal = portal_of(source, asking)
    if portal is None:
        return source
    try:
        portal.body(portal.address, ending, is_whole=is_json if ending == ".json" else None)
    except Failed as failed:
        return unreadable(portal.address, failed.says, failed.fix)
    return replace(source, path=path_of(portal.address, ending))


def portal_of(source: Source, asking: Asking | None = None) -> Portal | None:
    """The portal of a source: one to be asked, or one whose answers were recorded; None for files."""
    kept = Answers(source.tree, Path(source.folder) if source.folder else None)
    if source.address:
        asked = asking or Asking()
        return Portal(source.address, kept, Polite(named=source.address, clock=asked.clock, manner=asked.manner))
    address = "" if source.path else kept.address()
    return Portal(address, kept, None) if address else None


def documents(source: Source) -> Iterator[Document | Problem]:
    """The JSON documents of a file or folder: `.json` holds one, `.jsonl` and `.ndjson` one in each line."""
    try:
        paths = [source.path] if source.path else [node.path for node in source.tree.nodes() if node.kind == "file"]
    except OSError as error:
        yield unreadable("", f"the folder cannot be read: {error.strerror}", "Name a folder that can be read.")
        return
    found = paths if source.path else [path for path in paths if path.lower().endswith(ENDINGS)]
    if not found:
        yield unreadable("", "the folder holds no JSON", "Name the file or folder that holds the portal's answers.")
    for path in found:
        yield from _documents(source.tree, path)


def _documents(tree: Tree, path: str) -> Iterator[Document | Problem]:
    try:
        body = tree.read(path)
    except (OSError, KeyError) as error:
        says = error.strerror if isinstance(error, OSError) else "there is no such file"
        yield unreadable(path, f"the file could not be read: {says}", "Make it readable, and import again.")
        return
    is_lines = not path.lower().endswith(".json") and b"\n" in body.strip()
    lines = enumerate(body.splitlines(), 1) if is_lines else [(0, body)]
    for number, line in lines:
        if not line.strip():
            continue
        ledger = Ledger()
        value = read_json(line, ledger)
        place = f"{writable(path)}:{number}" if number else writable(path)
        if isinstance(value, Unreadable):
            yield unreadable(place, value.why, "Mend the file at the source, and import again.")
        else:
            yield Document(place=place, value=value, ledger=ledger)


def unreadable(path: str, says: str, fix: str) -> Problem:
    """The problem that something cannot be imported."""
    return Problem(code="source-unreadable", where=Location(path=writable(path), in_catalog=False), says=says, fix=fix)
