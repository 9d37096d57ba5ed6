"""How documentation stood before: the checks of records repeated over what the catalog's files said on former days.

Nothing here asks git: `cityfolio.revision` gives the files of a commit by the names of their contents, and each content once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from cityfolio.frozen import Frozen
from cityfolio.load.yaml import Document, read_yaml
from cityfolio.model.health import PastHealth
from cityfolio.practice.health_record import Around, record_checks, text_of

ROOMS = ("publishers", "licenses")
MOST_CONTENTS = 20_000     # versions of files; months beyond it are left out, so that any history takes a bounded time


class Snapshot(Frozen, kw_only=True):
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
    history = _History(contents)
    found = [history.of(each) for each in snapshots]
    return tuple(sorted((each for each in found if each.of), key=lambda each: each.day))


@dataclass(slots=True)
class _History:
    """Former contents, each read once, and counted once for each state of what records rest on."""

    contents: Mapping[str, bytes]
    read: dict[str, Document | None] = field(default_factory=dict)
    counted: dict[tuple[str, frozenset[tuple[str, str]]], tuple[str, int, int]] = field(default_factory=dict)

    def of(self, snapshot: Snapshot) -> PastHealth:
        """Count the datasets of one day."""
        rest = {path: name for path, name in snapshot.files.items() if not path.startswith("datasets/")}
        around, state = self.around(rest), frozenset(rest.items())
        passed, of = Counter[str](), Counter[str]()
        for path, name in snapshot.files.items():
            document = None if path in rest else self.document(name)
            if document is None:
                continue
            if (name, state) not in self.counted:
                self.counted[name, state] = _counted(document, around)
            publisher, its_passed, its_of = self.counted[name, state]
            passed[publisher] += its_passed
            of[publisher] += its_of
        return PastHealth(day=snapshot.day, commit=snapshot.commit, passed=dict(passed), of=dict(of))

    def around(self, rest: Mapping[str, str]) -> Around:
        """What the records of one day rest on."""
        documents = {path: known for path, name in rest.items() if (known := self.document(name))}
        return Around(site=documents.get("site.yaml"), publishers=dict(_room("publishers", documents)),
                      licenses=dict(_room("licenses", documents)))

    def document(self, name: str) -> Document | None:
        """A content as a document; None where it is none."""
        if name not in self.read:
            self.read[name] = read_yaml("", self.contents[name])[0] if name in self.contents else None
        return self.read[name]


def _counted(document: Document, around: Around) -> tuple[str, int, int]:
    """The publisher of a record, and how many of its checks pass, of how many."""
    checks = list(record_checks(document, around))
    return text_of(document.value("publisher")), sum(check.state == "passed" for check in checks), len(checks)


def _room(room: str, documents: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    for path, document in documents.items():
        if path.startswith(f"{room}/"):
            yield path.removeprefix(f"{room}/").removesuffix(".yaml"), document
