"""Answers of a portal, kept in a folder: a run that was broken off goes on where it was, and a whole one can be replayed.

The name of a file follows from the address that it answers, so the folder needs no list. Every file is written at once or not
at all.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from cityfolio.files import Tree, discard, replace_file, sha256
from cityfolio.frozen import Frozen

ABOUT = "portal.json"             # which portal the answers are of
REFUSED = ".refused"
MOST_SHOWN = 80                   # letters of an address in the name of its file
DIGEST_LENGTH = 16


class Answers(Frozen):
    """The folder of one portal's answers. Without a `folder` of this machine they are only read."""

    tree: Tree
    folder: Path | None = None

    def address(self) -> str:
        """The address of the portal that was asked; "" where the folder holds no answers."""
        try:
            about = orjson.loads(self.tree.read(ABOUT))
        except (OSError, KeyError, orjson.JSONDecodeError):
            return ""
        address = about.get("portal") if isinstance(about, dict) else None
        return address if isinstance(address, str) else ""

    def begin(self, address: str) -> None:
        """Write down whose answers these are."""
        self.put(ABOUT, orjson.dumps({"portal": address}, option=orjson.OPT_INDENT_2) + b"\n")

    def get(self, path: str) -> bytes | None:
        """What was kept under a path; None where nothing is."""
        try:
            return self.tree.read(path)
        except (OSError, KeyError):
            return None

    def put(self, path: str, body: bytes) -> None:
        """Keep something."""
        if self.folder is not None:
            replace_file(self.folder / path, body, sync=False)

    def forget(self, url: str, ending: str) -> None:
        """Keep the answer of an address no longer."""
        if self.folder is not None:
            discard(self.folder / path_of(url, ending))

    def refusal(self, url: str, ending: str) -> int | None:
        """The status with which an address was refused for good; None where it was not."""
        body = self.get(path_of(url, ending) + REFUSED)
        return int(body) if body and body.strip().isdigit() else None

    def refuse(self, url: str, ending: str, status: int) -> None:
        """Write down that an address was refused."""
        self.put(path_of(url, ending) + REFUSED, f"{status}\n".encode())


def path_of(url: str, ending: str) -> str:
    """Where the answer of an address lies: a name that people can read, and a digest that tells it from every other."""
    parts = urlsplit(url)
    shown = re.sub(r"[^a-z0-9]+", "-", f"{parts.path}-{parts.query}".lower()).strip("-")[:MOST_SHOWN].strip("-")
    return f"answers/{shown or 'root'}-{sha256(url.encode('utf-8', 'surrogatepass'))[:DIGEST_LENGTH]}{ending}"
