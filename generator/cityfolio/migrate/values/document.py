"""The one document that a source is: the file that was named, the one of a known name in a folder, or what is at an address."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.frozen import Frozen
from cityfolio.migrate.reading import whole
from cityfolio.migrate.report import writable
from cityfolio.migrate.source import Source
from cityfolio.problems import Location, Problem


class Document(Frozen, kw_only=True):
    """A document, read."""

    content: bytes
    path: str                     # in the source's tree
    address: str = ""

    def refused(self, why: str) -> Problem:
        """The problem that it cannot be imported."""
        return Problem(code="source-unreadable", where=Location(path=writable(self.address or self.path), in_catalog=False),
                       says=why, fix="Mend the file at the source, and import again.")


def document_of(source: Source, names: Sequence[str]) -> Document | Problem:
    """The document of a source. In a folder it has one of the known names, or is the only one of that ending."""
    read = whole(source, f".{names[0].rpartition('.')[2]}")
    if isinstance(read, Problem):
        return read
    source, path = read, read.path
    if not path:
        found = _found(source, names)
        if isinstance(found, Problem):
            return found
        path = found
    try:
        return Document(content=source.tree.read(path), path=path, address=source.address)
    except (OSError, KeyError) as error:
        says = error.strerror if isinstance(error, OSError) and error.strerror else "there is no such file"
        return Problem(code="source-unreadable", where=Location(path=writable(path), in_catalog=False),
                       says=f"the file cannot be read: {says}", fix=f"Give the file itself, such as {names[0]}.")


def _found(source: Source, names: Sequence[str]) -> str | Problem:
    try:
        paths = [node.path for node in source.tree.nodes() if node.kind == "file"]
    except OSError as error:
        return Problem(code="source-unreadable", where=Location(path="", in_catalog=False),
                       says=f"the folder cannot be read: {error.strerror}", fix=f"Give the file, such as {names[0]}.")
    named = [name for name in names if name in paths]
    endings = {name.rpartition(".")[2] for name in names}
    alike = [path for path in paths if "/" not in path and path.rpartition(".")[2].lower() in endings]
    if named or len(alike) == 1:
        return (named or alike)[0]
    return Problem(code="source-unreadable", where=Location(path="", in_catalog=False),
                   says=f"the folder holds no {names[0]}", fix=f"Give the file itself, such as {names[0]}.")
