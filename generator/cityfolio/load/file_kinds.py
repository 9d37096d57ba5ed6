"""Which kind of file a path in the catalog is, and where a record of a room is written."""

from __future__ import annotations

from cityfolio.frozen import Frozen
from cityfolio.load.rooms import ALONE, FOLDERS, PROSE, ROOMS, TEXTS
from cityfolio.load.translations import translation


class FileKind(Frozen, kw_only=True):
    """A kind of file: the type of its record, and whether it is Markdown with its keys as front matter."""

    record: type
    is_text: bool = False


def kind_of(path: str) -> FileKind | None:
    """The kind of a file by its path from the catalog's folder; None where a catalog has no record."""
    room, _, rest = path.partition("/")
    if path in ALONE:
        return FileKind(record=ALONE[path])
    if room in FOLDERS:
        name, record = FOLDERS[room]
        return FileKind(record=record) if rest.count("/") == 1 and rest.endswith(f"/{name}") else None
    if not rest or "/" in rest or PROSE.fullmatch(rest):
        return None
    if room in ROOMS and rest.endswith(".yaml"):
        return FileKind(record=ROOMS[room])
    is_own = room in TEXTS and rest.endswith(".md") and not translation(path)
    return FileKind(record=TEXTS[room], is_text=True) if is_own else None


def path_of(room: str, identifier: str) -> str | None:
    """Where a record is written, from the catalog's folder: `datasets`, `trees`. Of `site` there is one: "" is its id."""
    if f"{room}.yaml" in ALONE:
        return f"{room}.yaml"
    if room in FOLDERS:
        return f"{room}/{identifier}/{FOLDERS[room][0]}"
    ending = ".yaml" if room in ROOMS else ".md" if room in TEXTS else ""
    return f"{room}/{identifier}{ending}" if ending else None


def rooms() -> tuple[str, ...]:
    """The names by which records are found: those of folders, and of the files of which there is one."""
    return tuple(sorted((*FOLDERS, *ROOMS, *TEXTS, *(name.removesuffix(".yaml") for name in ALONE))))
