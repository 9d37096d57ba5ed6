"""Licenses as other catalogs name them: one that is built in where the name certainly means it, else a file of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cityfolio.frozen import Frozen
from cityfolio.load.licenses import BUILT_IN, license_id_for, means_no_license
from cityfolio.migrate.report import Entry, Ledger
from cityfolio.migrate.rooms import Room
from cityfolio.migrate.values.addresses import mended_url
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.values.texts import markdown


class LicenseText(Frozen, kw_only=True):
    """The text of a license, where the old site holds it."""

    source: str
    body: str
    entries: tuple[Entry, ...] = ()   # what was mended to read it


@dataclass(slots=True)
class Licenses:
    """What datasets call licenses, and what is known of them."""

    rows: Mapping[str, str] = field(default_factory=dict)    # comparable name -> address in the old site's table
    texts: Mapping[str, LicenseText] = field(default_factory=dict)
    room: Room = field(default_factory=lambda: Room("licenses", "license", BUILT_IN))
    built_in: dict[str, str] = field(default_factory=dict)   # name as given -> id, for those that need no file

    def find(self, name: str, ledger: Ledger, field: str, source: str, url: str = "") -> str:
        """The id of the license that a dataset names, perhaps with its address."""
        url = url or self.rows.get(comparable(name), name if "://" in name else "")
        found = {each for each in (license_id_for(url) if url else None, license_id_for(name)) if each}
        if len(found) == 1:
            identifier = found.pop()
            self.built_in[name] = identifier
            ledger.note("joined", field, "a license that is built in", name, identifier)
            return identifier
        if comparable(name) not in self.room.by_title:
            self._make(name, url, source)
        entity = self.room.find(name, ledger, field, source)
        if means_no_license(name):
            ledger.note("doubtful", field, "its license says that none was specified", name, entity.id)
        return entity.id

    def _make(self, name: str, url: str, source: str) -> None:
        text = self.texts.get(comparable(name))
        entity = self.room.add(name, _host(name) or name, text.source if text else source)
        if text is not None:
            entity.ledger.entries += text.entries
            entity.values["description"] = markdown(text.body, entity.ledger, "body") if text.body else None
        if url:
            mended = mended_url(url)
            entity.values["url"] = mended.url
            for why in mended.why:
                entity.ledger.note("mended", "url", why, url, mended.url or "")
            if mended.url is None:
                entity.ledger.note("left-out", "url", "not an address that can be linked to", url)
        else:
            entity.ledger.note("missing", "url", "no address of a license")


def _host(name: str) -> str | None:
    """The host of an address that stands in the place of a name."""
    try:
        return urlsplit(name).hostname if "://" in name else None
    except ValueError:   # brackets that hold no number of a machine
        return None
