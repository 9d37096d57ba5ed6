"""A digest of what all datasets of a catalog may rest on, for who keeps something of each."""

from __future__ import annotations

from hashlib import sha256

from cityfolio.lately import found_lately
from cityfolio.load.kept import digest_of_document
from cityfolio.load.loaded import Loaded

ROOMS = ("publishers", "topics", "licenses", "columns")     # whose records datasets name


@found_lately
def shared_digest(loaded: Loaded) -> str:
    """A digest of all that is written in the records that datasets name, and in that of the site."""
    documents = [("site", loaded.site.document)] if loaded.site else []
    documents += [(f"{room}/{each.id}", each.document) for room in ROOMS for each in getattr(loaded, room).values()]
    told = [*sorted(loaded.unread), "", *(f"{name} {digest_of_document(document)}" for name, document in documents)]
    return sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()
