"""What a form is told of a catalog beside its rules: which ids there are, who answers, and what lies in a dataset's folder.

Nothing here is more than the site publishes anyway: ids, contacts, former addresses, names of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cityfolio.check.references import ADDRESSES
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.yaml import Document, Group, Items, Scalar
from cityfolio.model.catalog import Build
from cityfolio.model.records import Contact

Json = dict[str, Any]  # Any: JSON

ROOMS = ("publishers", "topics", "licenses", "columns", "datasets", "priorities", "goals", "measures", "calendars")


def form_known(loaded: Loaded, build: Build) -> Json:
    """What is true of the whole catalog, for the form of any dataset."""
    site = loaded.site
    return {
        "today": build.today.isoformat(),
        "ids": {room: sorted(getattr(loaded, room)) for room in ROOMS},
        "unread": sorted(loaded.unread),
        "drafts": sorted(loaded.drafts),
        "site": None if site is None else {"license": site.document.holds("license"), **_contact(site)},
        "publishers": {name: _contact(each) for name, each in loaded.publishers.items()},
        "columns": {name: {"title": bool(each.record.title), "description": bool(each.record.description),
                           "type": each.record.type, "sensitive": each.record.sensitive}
                    for name, each in loaded.columns.items()},
        "sources": sorted(site.record.sources) if site else [],
        "identifiers": _identifiers(loaded, build),
        "addresses": {f"{folder}/{name}": f"{room}/{name}" for room, folder in ADDRESSES for name in getattr(loaded, room)},
        "formerly": dict(_former(loaded)),
    }


def form_here(loaded: Loaded, build: Build, dataset: str) -> Json:
    """What lies in the folder of one dataset, and when each file was last committed."""
    folder = f"datasets/{dataset}/"
    beside = {path.removeprefix(folder): node.kind for path, node in loaded.nodes.items() if path.startswith(folder)}
    return {
        "names": sorted(beside),
        "files": sorted(name for name, kind in beside.items() if kind != "folder"),
        "committed": {path.removeprefix(folder): day.isoformat() for path, day in sorted(build.committed.items())
                      if path.startswith(folder)},
    }


def _contact(each: Sourced[Any]) -> Json:  # Any: a record with a contact
    """Whom a record names for questions: what is said of it, and whether it can be reached."""
    contact: Contact | None = each.record.contact
    document = each.document
    return {
        "path": document.path,
        "is_reachable": _is_reachable(document),
        "says_anything": contact is not None and any((contact.email, contact.phone, contact.url, contact.name)),
        "name": contact.name if contact else None,
        "email": contact.email if contact else None,
        "is_refused": contact is not None and any(document.holds("contact", key) and getattr(contact, key) is None
                                                  for key in ("name", "email")),
    }


def _is_reachable(document: Document) -> bool:
    contact = document.value("contact")
    if not isinstance(contact, Group):
        return document.holds("contact")
    return any(document.holds("contact", key) for key in ("email", "phone", "url"))


def _identifiers(loaded: Loaded, build: Build) -> dict[str, str]:
    """Each identifier with the file that has it: written ones, and the addresses that stand in for them."""
    known: dict[str, str] = {}
    for folder, room in (("data", loaded.listed), ("measures", loaded.measures.values())):
        for each in room if build.base_url else ():
            known[f"{build.base_url}/{folder}/{each.id}/"] = each.document.path
    for dataset in loaded.listed:
        if dataset.record.identifier is not None:
            known.setdefault(dataset.record.identifier, dataset.document.path)
    return known


def _former(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Each former address with the record that claims it; the first to claim one comes last, so that it stays."""
    claims = [(old, f"{room}/{each.id}") for room, folder in ADDRESSES for each in getattr(loaded, room).values()
              for old in _former_of(each.document, folder)]
    yield from reversed(claims)


def _former_of(document: Document, folder: str) -> Iterator[str]:
    value = document.value("formerly")
    for item in value.items if isinstance(value, Items) else (value,):
        if isinstance(item, Scalar) and item.text and item.text.strip():
            former = item.text.strip()
            yield (former if former.startswith("/") else f"/{folder}/{former}/").rstrip("/")
