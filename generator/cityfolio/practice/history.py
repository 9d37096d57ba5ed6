"""How documentation stood before: the checks of records repeated over what the catalog's files said on former days.

Nothing here asks git: `cityfolio.revision` gives the files of a commit by the names of their contents, and each content once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cityfolio.load.yaml import Document, read_yaml
from cityfolio.model.health import PastHealth
from cityfolio.practice.health_record import Around, record_checks, text_of

ROOMS = ("publishers", "licenses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The catalog's files at one commit: each path with the name of its content."""

    day: date
    commit: str
    files: Mapping[str, str]


def is_told(path: str) -> bool:
    """Whether the checks of records look at a file of the catalog."""
    parts = path.split("/")
    is_dataset = len(parts) == 3 and parts[0] == "datasets" and parts[2] == "dataset.yaml"
    return path == "site.yaml" or is_dataset or (len(parts) == 2 and parts[0] in ROOMS and path.endswith(".yaml"))


def past_health(snapshots: Iterable[Snapshot], contents: Mapping[str, bytes]) -> tuple[PastHealth, ...]:
    """How many checks of records passed on each day, of how many, by publisher. The oldest day comes first."""
    read: dict[str, Document | None] = {}

    def document(name: str) -> Document | None:
        if name not in read:
            read[name] = read_yaml("", contents[name])[0] if name in contents else None
        return read[name]

    found = [_counted(each, {path: known for path, name in each.files.items() if (known := document(name))})
             for each in snapshots]
    return tuple(sorted((each for each in found if each.of), key=lambda each: each.day))


def _counted(snapshot: Snapshot, documents: Mapping[str, Document]) -> PastHealth:
    around = Around(site=documents.get("site.yaml"), publishers=dict(_room("publishers", documents)),
                    licenses=dict(_room("licenses", documents)))
    passed, of = Counter[str](), Counter[str]()
    for path, document in documents.items():
        if path.startswith("datasets/"):
            publisher = text_of(document.value("publisher"))
            checks = list(record_checks(document, around))
            passed[publisher] += sum(check.state == "passed" for check in checks)
            of[publisher] += len(checks)
    return PastHealth(day=snapshot.day, commit=snapshot.commit, passed=dict(passed), of=dict(of))


def _room(room: str, documents: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    for path, document in documents.items():
        if path.startswith(f"{room}/"):
            yield path.removeprefix(f"{room}/").removesuffix(".yaml"), document
