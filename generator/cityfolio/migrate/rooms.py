"""Publishers, topics and licenses while a catalog is put together from another one; found again by their names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cityfolio.migrate.report import Ledger, RecordReport
from cityfolio.migrate.values.names import comparable, is_id, slug, unused
from cityfolio.migrate.values.texts import fitted
from cityfolio.migrate.yaml.text import record_text
from cityfolio.model.records import LicenseRecord, PublisherRecord, TopicRecord

RECORDS: Mapping[str, type] = {"publishers": PublisherRecord, "topics": TopicRecord, "licenses": LicenseRecord}
MADE = "without a file of its own, made because a dataset names it"
# Words in place of a name, for "nobody said".
NOBODY = frozenset({"n/a", "na", "none", "null", "-"})


@dataclass(slots=True)
class Entity:
    """One publisher, topic or license while it is put together."""

    id: str
    values: dict[str, Any]        # Any: text, lists and groups of it, or None
    sources: list[str]
    ledger: Ledger
    used: int = 0                 # datasets that name it


@dataclass(slots=True)
class Room:
    """The entities of one kind, and how they are called."""

    name: str
    word: str                       # what the other system calls one of them
    reserved: Container[str] = ()   # ids that mean something already
    entities: dict[str, Entity] = field(default_factory=dict)
    by_title: dict[str, str] = field(default_factory=dict)        # comparable title -> id

    def add(self, title: str, name: str, source: str, ledger: Ledger | None = None) -> Entity:
        """Make a new entity with an id close to a name."""
        made = slug(name, self.name)
        identifier = unused(f"{made}-2" if made in self.reserved else made, self.entities)
        entity = Entity(id=identifier, values={}, sources=[source], ledger=ledger or Ledger())
        self.entities[identifier] = entity
        self.by_title.setdefault(comparable(title), identifier)
        if title:
            entity.values["title"] = fitted(title, RECORDS[self.name], "title", entity.ledger)
        return entity

    def keep_id(self, title: str, identifier: str, field: str, source: str) -> None:
        """Let an entity that is not known yet have the id that it had where it comes from."""
        is_free = identifier not in self.entities and identifier not in self.reserved
        if title and is_free and is_id(identifier) and comparable(title) not in self.by_title:
            self.add(title, identifier, source).ledger.note("joined", field, f"{self.word} {MADE}", title)

    def find(self, title: str, ledger: Ledger, field: str, source: str) -> Entity:
        """The entity that a dataset names; one is made when there is none, and another spelling is written down."""
        identifier = self.by_title.get(comparable(title)) or (title if title in self.entities else None)
        if identifier is None:
            entity = self.add(title, re.sub(r"[.'’]", "", title), source)
            entity.ledger.note("joined", field, f"{self.word} {MADE}", title)
        else:
            entity = self.entities[identifier]
            known = str(entity.values.get("title", ""))
            if known != title:
                ledger.note("joined", field, f"another spelling of a {self.word} that is known", title, known)
        entity.used += 1
        return entity

    def files(self) -> dict[str, str]:
        """The YAML file of each entity."""
        record = RECORDS[self.name]
        return {f"{self.name}/{each.id}.yaml": record_text(record, each.values) for each in self.entities.values()}

    def reports(self) -> Iterable[RecordReport]:
        """What became of each entity."""
        for each in self.entities.values():
            yield RecordReport(source=", ".join(each.sources), path=f"{self.name}/{each.id}.yaml", came=tuple(each.values),
                               entries=tuple(each.ledger.entries))
