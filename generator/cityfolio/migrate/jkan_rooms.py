"""Organizations, categories and licenses of a JKAN site as publishers, topics and licenses; found again by their names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cityfolio.load.licenses import BUILT_IN, license_id_for
from cityfolio.load.values import is_site_path
from cityfolio.migrate.addresses import mended_url
from cityfolio.migrate.given import Given, as_words
from cityfolio.migrate.jkan_source import Document, JkanSite
from cityfolio.migrate.jkan_text import fitted, markdown
from cityfolio.migrate.names import comparable, slug, unused
from cityfolio.migrate.report import Ledger, OldAddress, RecordReport
from cityfolio.migrate.yaml_text import record_text
from cityfolio.model.records import LicenseRecord, PublisherRecord, TopicRecord

MACHINERY = frozenset({"layout", "schema", "permalink", "redirect_from", "published", "slug"})   # keys that only Jekyll reads
RECORDS: Mapping[str, type] = {"publishers": PublisherRecord, "topics": TopicRecord, "licenses": LicenseRecord}
UNSPECIFIED = frozenset(comparable(each) for each in (
    "License Not Specified", "Not Specified", "No License Specified", "License not available", "Unknown", "Other",
    "Not Applicable"))
HIDDEN = "hidden by keys that the same group repeats, so the old site does not show it"
MADE = "without a file of its own, made because a dataset names it"
WORDS_FOR: Mapping[str, str] = {"publishers": "organization", "topics": "category", "licenses": "license"}
# Words in place of a name: JKAN's own defaults for "nobody said".
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

    def find(self, title: str, ledger: Ledger, field: str, source: str) -> Entity:
        """The entity that a dataset names; one is made when there is none, and another spelling is written down."""
        identifier = self.by_title.get(comparable(title)) or (title if title in self.entities else None)
        if identifier is None:
            entity = self.add(title, re.sub(r"[.'’]", "", title), source)
            entity.ledger.note("joined", field, f"{WORDS_FOR[self.name]} {MADE}", title)
        else:
            entity = self.entities[identifier]
            known = str(entity.values.get("title", ""))
            if known != title:
                ledger.note("joined", field, f"another spelling of a {WORDS_FOR[self.name]} that is known", title, known)
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


@dataclass(slots=True)
class Addresses:
    """Old paths that were given to a page, so that none is promised twice."""

    given: set[str] = field(default_factory=set)
    lost: list[OldAddress] = field(default_factory=list)

    def formerly(self, document: Document, page: str) -> list[str]:
        """The old paths of a record that its page can forward from."""
        redirects = document.matter.values.get("redirect_from")
        more = redirects if isinstance(redirects, list) else [redirects]
        kept = []
        named = (f"/{words.lstrip('/')}" for each in more if (words := as_words(each)))
        for path in dict.fromkeys((document.old_path, *named)):
            if not path or path == page:
                continue
            if why := self._unfit(path):
                self.lost.append(OldAddress(old=path, instead=page, why=why))
            else:
                self.given.add(path)
                kept.append(path)
        return kept

    def _unfit(self, path: str) -> str:
        """Why a path cannot be forwarded from; "" when it can."""
        if path in self.given:
            return "another record has it too"
        if not is_site_path(path):
            return "it holds characters that a former path cannot have"
        return "the new site has a page of its own there" if path.strip("/").partition("/")[0] in OURS else ""


# First parts of addresses that the new site answers itself.
OURS = frozenset({
    "", "data", "topics", "publishers", "new", "about", "accessibility", "privacy", "assets", "index.html", "404.html",
    "catalog.json", "search.json", "sitemap.xml", "robots.txt", "new.atom", "manifest.json",
})


def publishers(site: JkanSite, addresses: Addresses, settings: dict[str, int]) -> Room:
    """The organizations."""
    room = Room("publishers")
    for document in site.collections["publishers"]:
        _named_document(room, document, addresses, settings)
    return room


def topics(site: JkanSite, addresses: Addresses, settings: dict[str, int]) -> Room:
    """The categories: a file each, or in older sites a list in `_data/categories.yml`."""
    room = Room("topics")
    for document in site.collections["topics"]:
        _named_document(room, document, addresses, settings)
    for row in site.tables["categories"]:
        title = as_words(row.get("name")) or as_words(row.get("title"))
        if title and comparable(title) not in room.by_title:
            entity = room.add(title, title, "_data/categories.yml")
            _rest(entity, {key: each for key, each in row.items() if key not in ("name", "title")}, "categories", settings)
    return room


def _named_document(room: Room, document: Document, addresses: Addresses, settings: dict[str, int]) -> None:
    """One organization or category file. Two files of one name become one record, with the addresses of both."""
    values = dict(document.matter.values)
    keys = [key for key in ("title", "name") if as_words(values.get(key))]
    title = as_words(values.pop(keys[0])) if keys else ""
    known = room.entities.get(room.by_title.get(comparable(title), "")) if title else None
    if known is None:
        entity = room.add(title, document.stem, document.path, Ledger(list(document.entries)))
        if not title:
            entity.ledger.note("missing", "title", "no title")
        if entity.id != document.stem:
            why = "made into an id that can be part of an address"
            entity.ledger.note("mended", "(file name)", why, document.stem, entity.id)
    else:
        entity = known
        entity.sources.append(document.path)
        entity.ledger.note("joined", "title", f"two files of one {WORDS_FOR[room.name]}", title, str(known.values.get("title")))
    _description(entity, values, document)
    for place, hidden in document.matter.hidden:
        entity.ledger.note("left-out", place or "(file)", HIDDEN, as_words(dict(hidden)))
    page = f"/{room.name}/{entity.id}/"
    entity.values["formerly"] = [*entity.values.get("formerly", []), *addresses.formerly(document, page)]
    _rest(entity, values, room.name, settings)


def _description(entity: Entity, values: dict[str, Given], document: Document) -> None:
    parts = [part for part in (as_words(values.pop("description", None)), document.matter.body) if part]
    text = "\n\n".join(parts)
    if not text:
        return
    if entity.values.get("description"):
        entity.ledger.note("left-out", "description", "the first of two files has a description already", text)
    else:
        entity.values["description"] = markdown(text, entity.ledger, "description")


def _rest(entity: Entity, values: Mapping[str, Given], what: str, settings: dict[str, int]) -> None:
    for key, value in values.items():
        if key in MACHINERY:
            settings[key] = settings.get(key, 0) + 1
        elif as_words(value):
            entity.ledger.note("left-out", key, f"a detail for which {what} have no key", as_words(value))


def licenses(site: JkanSite, addresses: Addresses, settings: dict[str, int]) -> Licenses:
    """The license table, with the texts in `_licenses`."""
    rows = {comparable(name): as_words(row.get("url")) for row in site.tables["licenses"]
            if (name := as_words(row.get("name")) or as_words(row.get("title")))}
    texts = {comparable(as_words(each.matter.values.get("title")) or each.stem): each for each in site.collections["licenses"]}
    for document in texts.values():
        for key in MACHINERY & document.matter.values.keys():
            settings[key] = settings.get(key, 0) + 1
        if document.old_path:
            addresses.lost.append(OldAddress(old=document.old_path, instead="", why="licenses have no pages of their own"))
    return Licenses(rows=rows, texts=texts)


@dataclass(slots=True)
class Licenses:
    """What datasets call licenses, and what is known of them."""

    rows: Mapping[str, str]                      # comparable name -> address in the site's table
    texts: Mapping[str, Document]
    room: Room = field(default_factory=lambda: Room("licenses", BUILT_IN))
    built_in: dict[str, str] = field(default_factory=dict)   # name as given -> id, for those that need no file

    def find(self, name: str, ledger: Ledger, field: str, source: str) -> str:
        """The id of the license that a dataset names."""
        url = self.rows.get(comparable(name), name if "://" in name else "")
        found = {each for each in (license_id_for(url) if url else None, license_id_for(name)) if each}
        if len(found) == 1:
            identifier = found.pop()
            self.built_in[name] = identifier
            ledger.note("joined", field, "a license that is built in", name, identifier)
            return identifier
        if comparable(name) not in self.room.by_title:
            self._make(name, url, source)
        entity = self.room.find(name, ledger, field, source)
        if comparable(name) in UNSPECIFIED:
            ledger.note("doubtful", field, "its license says that none was specified", name, entity.id)
        return entity.id

    def _make(self, name: str, url: str, source: str) -> None:
        text = self.texts.get(comparable(name))
        host = urlsplit(name).hostname if "://" in name else None
        entity = self.room.add(name, host or name, text.path if text else source)
        if text is not None:
            entity.ledger.entries += text.entries
            body = as_words(text.matter.values.get("body")) or text.matter.body
            entity.values["description"] = markdown(body, entity.ledger, "body") if body else None
        if url:
            mended = mended_url(url)
            entity.values["url"] = mended.url
            for why in mended.why:
                entity.ledger.note("mended", "url", why, url, mended.url or "")
            if mended.url is None:
                entity.ledger.note("left-out", "url", "not an address that can be linked to", url)
        else:
            entity.ledger.note("missing", "url", "no address of a license")


