"""What a host of whole sites can be asked, whichever it is: what it shows and lacks, to make a deploy, to go back to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set as AbstractSet
from typing import Protocol

from cityfolio.frozen import Frozen
from cityfolio.publish.deploying.target import Traits
from cityfolio.publish.deploying.web import Web

Pieces = Iterable[bytes]


class HostDeploy(Frozen, kw_only=True):
    """A deploy that a host keeps."""

    id: str
    url: str                      # where it alone is seen, whatever the site's own address shows
    label: str = ""               # what it was called when it was made


class Source(Frozen, kw_only=True):
    """Where the bytes of a file come from."""

    key: str
    bytes: int
    pieces: Callable[[], Pieces]


class Sending(Frozen, kw_only=True):
    """A whole site for a host."""

    keys: Mapping[str, str]                   # path -> key, of every file
    sources: Mapping[str, Source]             # path -> what may be sent; the rest the host has already
    unserved: Mapping[str, str]               # path -> text
    label: str
    revision: str


class Host(Protocol):
    """What a host of whole sites can be asked. Everything here raises Refused."""

    web: Web

    @property
    def name(self) -> str:
        """What it is called in messages."""

    @property
    def traits(self) -> Traits:
        """What kind of place it is."""

    def key_of(self, path: str, pieces: Iterable[bytes]) -> str:
        """The name that the host gives to some bytes at a path."""

    def live(self) -> HostDeploy | None:
        """The deploy that visitors see."""

    def deploys(self) -> Iterator[HostDeploy]:
        """Deploys that could be seen again, the newest first; asked for in parts as they are taken."""

    def listed(self, keys: Mapping[str, str]) -> Mapping[str, tuple[int, str]] | None:
        """Size and key of every file that visitors see; `keys` are those of the last deploy. None: it cannot be known."""

    def lacks(self, keys: AbstractSet[str]) -> AbstractSet[str]:
        """Which keys the host does not know any more."""

    def publish(self, sending: Sending) -> None:
        """Make a deploy, send what is asked for, and return when visitors see it."""

    def restore(self, deploy: HostDeploy) -> None:
        """Let visitors see a former deploy."""

    def forget(self, deploy: HostDeploy) -> None:
        """Delete a former deploy; its own address leads nowhere from then on."""
