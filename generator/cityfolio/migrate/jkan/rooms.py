"""Organizations, categories and licenses of a JKAN site as publishers, topics and licenses; found again by their names."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.migrate.jkan.source import Document, JkanSite
from cityfolio.migrate.report import Ledger, OldAddress
from cityfolio.migrate.rooms import Entity, Room
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.licenses import Licenses, LicenseText
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.values.old_addresses import Addresses
from cityfolio.migrate.values.texts import markdown

MACHINERY = frozenset({"layout", "schema", "permalink", "redirect_from", "published", "slug"})   # keys that only Jekyll reads
HIDDEN = "hidden by keys that the same group repeats, so the old site does not show it"
WORDS_FOR: Mapping[str, str] = {"publishers": "organization", "topics": "category", "licenses": "license"}



def publishers(site: JkanSite, addresses: Addresses, settings: dict[str, int]) -> Room:
    """The organizations."""
    room = Room("publishers", WORDS_FOR["publishers"])
    for document in site.collections["publishers"]:
        _named_document(room, document, addresses, settings)
    return room


def topics(site: JkanSite, addresses: Addresses, settings: dict[str, int]) -> Room:
    """The categories: a file each, or in older sites a list in `_data/categories.yml`."""
    room = Room("topics", WORDS_FOR["topics"])
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
    entity.values["formerly"] = [*entity.values.get("formerly", []), *addresses.formerly(old_paths(document), page)]
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
    documents = {comparable(as_words(each.matter.values.get("title")) or each.stem): each
                 for each in site.collections["licenses"]}
    for document in documents.values():
        for key in MACHINERY & document.matter.values.keys():
            settings[key] = settings.get(key, 0) + 1
        if document.old_path:
            addresses.lost.append(OldAddress(old=document.old_path, instead="", why="licenses have no pages of their own"))
    texts = {name: LicenseText(source=each.path, entries=each.entries,
                               body=as_words(each.matter.values.get("body")) or each.matter.body)
             for name, each in documents.items()}
    return Licenses(rows=rows, texts=texts)


def old_paths(document: Document) -> list[str]:
    """The paths at which JKAN published a record, and those that forwarded to it."""
    redirects = document.matter.values.get("redirect_from")
    more = redirects if isinstance(redirects, list) else [redirects]
    return [document.old_path, *(f"/{words.lstrip('/')}" for each in more if (words := as_words(each)))]
