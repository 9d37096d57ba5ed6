"""What the datasets of an import share: publishers, topics and licenses, old addresses, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.rooms import Entity, Room
from cityfolio.migrate.values.addresses import mended_url
from cityfolio.migrate.values.html_text import as_markdown_text
from cityfolio.migrate.values.licenses import Licenses
from cityfolio.migrate.values.marks import without_marks
from cityfolio.migrate.values.old_addresses import Addresses
from cityfolio.migrate.values.texts import markdown

LONGEST_DESCRIPTION = 20_000   # of a publisher


@dataclass(slots=True)
class Gathered:
    """What datasets point to, and what was counted."""

    today: date | None = None     # None: dates are not compared with it
    publishers: Room = field(default_factory=lambda: Room("publishers", "publisher"))
    topics: Room = field(default_factory=lambda: Room("topics", "topic"))
    licenses: Licenses = field(default_factory=Licenses)
    addresses: Addresses = field(default_factory=Addresses)
    found: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)

    def count(self, what: str, *, found: int = 0, written: int = 0) -> None:
        """Count what was met and what came over, for the report's totals."""
        self.found[what] += found
        self.written[what] += written

    def organization(self, name: str, place: tuple[str, str], told: Mapping[str, str], ledger: Ledger) -> str:
        """The id of a publisher that is named at a place (field, source), with its `url`, `description` and `parent`."""
        field, source = place
        entity = self.publishers.find(name, ledger, field, source)
        if told.get("url") and "url" not in entity.values:
            mended = mended_url(told["url"][:8_000])
            entity.values["url"] = mended.url
            if mended.url is None:
                entity.ledger.note("left-out", f"{field}.url", "not an address that can be linked to", told["url"])
        _describe(entity, f"{field}.description", told.get("description", ""))
        if parent := told.get("parent"):
            above = self.publishers.find(parent, ledger, f"{field}.parent", source).id
            if not self._is_part(above, entity.id):
                entity.values.setdefault("parent", above)
        return entity.id

    def _is_part(self, identifier: str, other: str) -> bool:
        """Whether a publisher is another, or is part of it."""
        at: str | None = identifier
        while at is not None and at != other:
            at = self.publishers.entities[at].values.get("parent")
        return at == other


def _describe(entity: Entity, field: str, given: str) -> None:
    if given and "description" not in entity.values:
        text = as_markdown_text(without_marks(given, entity.ledger, field), entity.ledger, field)
        if len(text) > LONGEST_DESCRIPTION:
            entity.ledger.note("left-out", field, "longer than its place holds", text[LONGEST_DESCRIPTION:])
        entity.values["description"] = markdown(text[:LONGEST_DESCRIPTION], entity.ledger, field)
