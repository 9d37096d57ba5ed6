"""The ids of records, which names of files and folders give: whether they can be addresses, and can be told apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from cityfolio.files import Node
from cityfolio.load.rooms import FOLDERS, KEPT, ROOMS, TEXTS
from cityfolio.load.translations import translation
from cityfolio.load.values import IDENTIFIER
from cityfolio.problems import Location, Problem

MAX_ID_LENGTH = 100


def _identifiers(nodes: Iterable[Node]) -> Iterator[tuple[str, str, str]]:
    """Each (room, id, path) that names give."""
    for node in nodes:
        parts = node.path.split("/")
        if len(parts) == 2 and parts[0] in FOLDERS and node.kind == "folder":
            yield parts[0], parts[1], node.path
        elif len(parts) == 2 and parts[0] in ROOMS and node.kind == "file" and parts[1].endswith(".yaml"):
            yield parts[0], parts[1].removesuffix(".yaml"), node.path
        elif len(parts) == 2 and parts[0] in TEXTS and node.kind == "file" and parts[1].endswith(".md") and not translation(
                node.path):
            yield parts[0], parts[1].removesuffix(".md"), node.path


def name_problems(nodes: Iterable[Node]) -> Iterator[Problem]:
    """Names that cannot be addresses, or that some systems could not tell apart."""
    alike: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for room, identifier, path in _identifiers(nodes):
        alike[room, normalize("NFKC", identifier).casefold()].append((identifier, path))
    for (room, _), names in alike.items():
        # The name that could be an address stays; the others are the ones to rename.
        names.sort(key=lambda name: (not IDENTIFIER.fullmatch(name[0]), name))
        kept, kept_path = names[0]
        if kept in KEPT.get(room, ()):
            yield Problem(
                code="id-invalid",
                where=Location(path=kept_path),
                fix=f'Use a longer one, such as "{kept}-{"data" if room == "datasets" else "measured"}".',
                says=f'"{kept}" is kept for {"the filters of the data list" if room == "datasets" else "a page of this site"}',
            )
        elif not IDENTIFIER.fullmatch(kept) or len(kept) > MAX_ID_LENGTH:
            yield Problem(
                code="id-invalid",
                where=Location(path=kept_path),
                says=f'"{kept}" cannot be part of an address',
                fix=f'Use lower-case letters, digits and single hyphens, at most {MAX_ID_LENGTH}, such as "{slug(kept)}".',
            )
        for identifier, path in names[1:]:
            yield Problem(
                code="id-collision",
                where=Location(path=path),
                says=f'"{identifier}" and {kept_path} differ only by letter case or by Unicode form',
                fix="Rename one of them: on some computers the two are one file.",
            )


def slug(name: str) -> str:
    """A name as it can be part of an address."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_ID_LENGTH] or "name"
