"""Addresses that may go because a note in changes/ accepts that they do.

An address is kept for ever unless the city says otherwise, and a note says so to everybody who relied on it. `cityfolio diff`
asks for the note, and a build holds to the same one: what one of them accepts, the other does not refuse.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from cityfolio.load.loaded import Loaded
from cityfolio.load.notes import day_of
from cityfolio.model.changes import NoteRecord
from cityfolio.model.site import Manifest
from cityfolio.publish.addresses import url_of
from cityfolio.review.compare_addresses import PAGES, page_address

NAMED = ("datasets", "measures")     # rooms whose records a note names
# With the page of what a note names, and all that lies below it.
OF_PAGES = frozenset({"address-broken", "dataset-removed", "dataset-withdrawn", "former-address-removed", "measure-removed",
                      "page-removed"})
# What lies below the page alone.
OF_FILES = frozenset({"export-removed", "file-address-changed", "file-removed", "format-changed"})
# Pages that are there as long as something is told on them, and go with the last of what a note lets go.
LISTS = re.compile(r"/(?:measures/(?:|index\.json|method/.*|changes/.*)|briefs/.*|equity/.*)")
LOSSES = OF_PAGES | OF_FILES
PAGE = re.compile(r"/([^/]+)/([^/]+)/")


def accepts_loss(note: NoteRecord, kinds: Collection[str]) -> bool:
    """Whether a note accepts that addresses go: it names the kind of change, or takes data back and names no kind."""
    return bool({*note.accepts} & {*kinds}) or (note.kind == "withdrawal" and not note.accepts)


def lost_ids(room: str, addresses: Iterable[str]) -> frozenset[str]:
    """Which ids of a room had the pages among some addresses: a note has to name each, or its page may not go."""
    pages = (PAGE.fullmatch(each) for each in addresses)
    return frozenset(page[2] for page in pages if page and page_address(room, page[2]) == page[0])


def let_go(loaded: Loaded, today: date, previous: Manifest | None) -> frozenset[str]:
    """Addresses of the former site that the notes up to a day accept the loss of."""
    notes = [each.record for each in loaded.changes.values() if (day := day_of(each.id)) is not None and day <= today]
    if previous is None or not notes:
        return frozenset()
    pages, files = ({*_named(notes, kinds)} for kinds in (OF_PAGES, OF_FILES))
    unnamed = {kind for note in notes if not (note.datasets or note.measures) for kind in note.accepts}
    rooms = {page_address(room, "") for room in PAGES}
    others = {page_address(room, "") for room in PAGES - {*NAMED}} if unnamed & OF_PAGES else set[str]()

    def may_go(url: str) -> bool:
        seen = url.removeprefix("/embed")
        page = "/".join([*seen.split("/")[:3], ""])
        if page in pages or (page in files and seen != page):
            return True
        if pages and LISTS.fullmatch(seen):
            return True
        # What is no dataset and no measure cannot be named; what is neither is an old address that site.yaml forwarded.
        room = f"/{page.split('/')[1]}//"
        return room in others or ("former-address-removed" in unnamed and room not in rooms and url != "/")

    return frozenset(url for path in previous.entries if may_go(url := url_of(path)))


def _named(notes: Iterable[NoteRecord], kinds: Collection[str]) -> Iterator[str]:
    """The pages of what is named by the notes that accept the loss of some kind."""
    for room, other in (NAMED, NAMED[::-1]):
        of_room = {kind for kind in kinds if not kind.startswith(other.removesuffix("s"))}
        for note in notes:
            if accepts_loss(note, of_room):
                yield from (page_address(room, each) for each in getattr(note, room))
