"""A portal that answers questions: over the network, or out of what was recorded of it before."""

from __future__ import annotations

from urllib.parse import urlsplit

from cityfolio.fetch.answers import LOOK, Failed
from cityfolio.files import Tree
from cityfolio.frozen import Frozen
from cityfolio.migrate.network.manner import GivenUp, Refused
from cityfolio.migrate.network.polite import IsWhole, Polite
from cityfolio.migrate.network.recorded import Answers, path_of
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.given import Given
from cityfolio.migrate.values.json_values import Unreadable, read_json


class NotRecorded(Refused):
    """A question that was not asked when the answers were recorded."""

    def __init__(self, url: str) -> None:
        super().__init__(404, f"{url} is not among the recorded answers",
                         "Import from the portal's address, which asks for it.")


class Portal(Frozen):
    """A portal at an address. `polite` is None where only recorded answers are replayed."""

    address: str
    answers: Answers
    polite: Polite | None

    @property
    def root(self) -> str:
        """The address without a path: https://data.example.gov."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def tree(self) -> Tree:
        """What was recorded, as files."""
        return self.answers.tree

    def stops_at(self, why: Failed, url: str) -> bool:
        """Whether an import stops where this failed: the portal's own server did not answer, and may another day."""
        return isinstance(why, GivenUp) and urlsplit(url).netloc == urlsplit(self.address).netloc

    def json(self, url: str) -> Given:
        """The JSON at an address. Raises Failed where there is none: Refused where there never will be."""
        body = self.body(url, ".json", is_whole=is_json)
        found = read_json(body, Ledger())
        if isinstance(found, Unreadable):   # in a folder that somebody changed
            raise Failed(f"{path_of(url, '.json')}: {found.why}", "Remove the file, and import from the portal's address.")
        return found

    def body(self, url: str, ending: str, *, is_whole: IsWhole | None = None, most_bytes: int = 0) -> bytes:
        """What is at an address, recorded from now on under a name with this ending. Raises Failed."""
        path = path_of(url, ending)
        kept = self.answers.get(path)
        if kept is not None:
            return kept
        if self.polite is None:
            status = self.answers.refusal(url, ending)
            raise Refused(status) if status else NotRecorded(url)
        try:
            body = self.polite.get(url, is_whole=is_whole, most_bytes=most_bytes)
        except Refused as refused:
            self.answers.refuse(url, ending, refused.status)
            raise
        self.answers.put(path, body)
        return body

    def start(self, url: str, ending: str, least_bytes: int) -> bytes:
        """The start of what is at an address, recorded too. Raises Failed."""
        path = path_of(f"{url}#start", ending)
        kept = self.answers.get(path)
        if kept is None:
            if self.polite is None:
                raise NotRecorded(url)
            kept = self.polite.start(url, least_bytes)
            self.answers.put(path, kept)
        return kept


def is_json(body: bytes) -> bool:
    """Whether an answer is JSON to its end. Raises Failed for a web page, which is no JSON that was cut."""
    if body.lstrip()[:1] == b"<":
        raise Failed("the server answered with a web page, not with JSON", LOOK)
    return not isinstance(read_json(body, Ledger()), Unreadable)
