"""The documents of datasets as a build before read them, by their bytes: after an edit one of them is parsed, and not all.

They are kept as `kept` makes them, those alone in which nothing was wrong, in one entry of the cache for each first digit of
their digests. One build reads all that there are of a catalog, so what it did not ask for is let go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

import orjson

from cityfolio.cache import Keep
from cityfolio.load.kept import kept, packed, unpacked
from cityfolio.load.yaml import Document, read_yaml
from cityfolio.problems import Problem

FORM = "2"                        # raised with every change to how they are written
ROOM = "datasets/"                # of other files a catalog has few, and much is asked of each
DIGITS = "0123456789abcdef"


@dataclass(slots=True)
class KnownDocuments:
    """The documents of one catalog."""

    cache: Keep
    made_by: str                  # a digest of the program, and the catalog's folder
    before: dict[str, dict[str, bytes]] = field(default_factory=dict)     # by the first digit, when it is first asked for
    now: dict[str, bytes] = field(default_factory=dict)

    def read(self, path: str, body: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
        """Read one file, as `read_yaml` does."""
        if not path.startswith(ROOM):
            return read_yaml(path, body)
        key = sha256(body).hexdigest()
        known = self._before(key[0]).get(key)
        if known is not None:
            self.now[key] = known
            return unpacked(path, known), ()
        document, problems = read_yaml(path, body)
        if document is not None and not problems:
            self.now[key] = packed(kept(document))
        return document, problems

    def keep(self) -> None:
        """Keep those that were read, and let go of all."""
        for digit in DIGITS:
            found = {key: self.now[key] for key in sorted(self.now) if key[0] == digit}
            if found.keys() != self._before(digit).keys():
                listed = orjson.dumps([[key, len(body)] for key, body in found.items()])
                self.cache.put(self._name(digit), b"\n".join((listed, b"".join(found.values()))))
        self.before, self.now = {}, {}

    def _before(self, digit: str) -> dict[str, bytes]:
        if digit not in self.before:
            self.before[digit] = _listed(self.cache.get(self._name(digit)) or b"[]\n")
        return self.before[digit]

    def _name(self, digit: str) -> str:
        return f"documents {FORM}, {digit} of {self.made_by}"


def _listed(body: bytes) -> dict[str, bytes]:
    at = body.index(b"\n") + 1
    found = {}
    for key, size in orjson.loads(body[:at]):
        found[key] = body[at:at + size]
        at += size
    return found
