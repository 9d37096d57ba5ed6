"""Hosts that take a site as a whole, keep each one under an address of its own, and choose which of them visitors see.

What differs between two such hosts is asked of a `Host`; what a deploy is to them is here. Nothing is sent before the commit,
which names every file by a key made of its content, so that a host asks only for what it has never had. Beside the site lies
one file of ours, which says what else a later deploy has to know: the keys, and since when assets only stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from urllib.parse import quote

from cityfolio import files
from cityfolio.frozen import Frozen, replace
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.addresses import MANIFEST_PATH, url_of
from cityfolio.publish.deploying.hosts import Host, HostDeploy, Sending, Source
from cityfolio.publish.deploying.memory import MEMORY_PATH, Memory, remembered, remembering
from cityfolio.publish.deploying.target import Generation, Held, Locked, Refused, Traits, Upload
from cityfolio.publish.deploying.web import NOT_THERE, Reply, refusal
from cityfolio.publish.manifest import from_bytes

UNSERVED = ("_headers", "_redirects")      # hosts read these and show them to nobody
NOT_FOUND_PATH = "404.html"                # some hosts send it with the status that it is for
LABEL = "cityfolio"
MOST_GENERATIONS = 20


class WholeTarget(Frozen):
    """A site at a host of whole sites."""

    host: Host

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return self.host.name

    @property
    def traits(self) -> Traits:
        """What kind of place it is."""
        return self.host.traits

    @contextmanager
    def session(self, owner: str, keep: int) -> Iterator[WholeSession]:
        """Begin a deploy. The host holds no lock; who was faster is looked at before anything is shown."""
        with closing(self.host.web):
            yield WholeSession(self.host, self.host.live(), self)

    def generations(self) -> tuple[Generation, ...]:
        """Former deploys that were made by this program, the newest first."""
        with closing(self.host.web):
            return tuple(generation for generation, _ in self.former())

    def former(self) -> list[tuple[Generation, HostDeploy]]:
        """The last former deploys that were made by this program, as they are called and as the host knows them.

        One that is shown again keeps its place, so those that were made after it are before it in the host's list.
        """
        live = self.host.live()
        found = list(islice(self._every(), MOST_GENERATIONS + 1))
        at = next((at for at, (_, deploy) in enumerate(found) if live and deploy.id == live.id), None)
        former = [(replace(generation, leads_back=at is None or number > at), deploy)
                  for number, (generation, deploy) in enumerate(found) if number != at]
        return former[:MOST_GENERATIONS]

    def _every_former(self) -> Iterator[tuple[Generation, HostDeploy]]:
        live = self.host.live()
        return ((generation, deploy) for generation, deploy in self._every() if not (live and deploy.id == live.id))

    def _every(self) -> Iterator[tuple[Generation, HostDeploy]]:
        for deploy in self.host.deploys():
            if generation := _named(deploy.label):
                yield generation, deploy

    def purge(self, path: str) -> int:
        """Delete every former deploy that has a file, as a whole: a host of whole sites cannot take a part away."""
        with closing(self.host.web):
            holding = [deploy for generation, deploy in self._every_former()
                       if path in from_bytes(self.manifest_at(generation, deploy)).entries]
            for deploy in holding:
                self.host.forget(deploy)
        return len(holding)

    def manifest_of(self, generation: str) -> bytes:
        """The manifest of a former deploy, read at its own address."""
        with closing(self.host.web):
            for each, deploy in self.former():
                if each.name == generation:
                    return self.manifest_at(each, deploy)
        raise Refused(f"{generation} is not kept any more", "Name one that is: `--generations` lists them.")

    def manifest_at(self, generation: Generation, deploy: HostDeploy) -> bytes:
        """The manifest of a former deploy, and no other one."""
        body = _page(self.host, deploy, MANIFEST_PATH)
        if body is None or files.sha256(body) != generation.manifest_sha256:
            raise Refused(f"the manifest of {generation.name} is not as it was published",
                          "Build that commit again, and deploy it.")
        return body


@dataclass(slots=True)
class WholeSession:
    """One deploy: what is put is looked at and waits until the commit."""

    host: Host
    live: HostDeploy | None
    target: WholeTarget
    puts: dict[str, Source] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    backs: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    read_memory: Memory | None = None

    @property
    def requests(self) -> int:
        """How many questions the host was asked."""
        return self.host.web.requests

    def manifest(self) -> Manifest | None:
        """The manifest of the deploy that visitors see."""
        body = _page(self.host, self.live, MANIFEST_PATH) if self.live else None
        try:
            return from_bytes(body) if body is not None else None
        except ValueError:
            return None

    def memory(self) -> Memory | None:
        """What the last deploy left for this one."""
        if self.read_memory is None and self.live:
            self.read_memory = remembered(_page(self.host, self.live, MEMORY_PATH) or b"")
        return self.read_memory

    def held(self) -> Mapping[str, Held]:
        """What the host lists, or what the last deploy put and the host still has; with the digests that are sure."""
        memory, manifest = self.memory(), self.manifest()
        keys, entries = memory.keys if memory else {}, manifest.entries if manifest else {}
        listed = self.host.listed(keys)
        if listed is None:
            lacking = self._lacking(keys)
            listed = {path: (_size(entries.get(path)), key) for path, key in keys.items() if key not in lacking}
            if not keys and self.live and _page(self.host, self.live, "index.html") is not None:
                listed = {"index.html": (0, "")}      # somebody else's site; nothing more can be known of it
        return {path: Held(bytes=size, sha256=entries[path].sha256 if path in entries and key and key == keys.get(path) else "")
                for path, (size, key) in listed.items() if path != MEMORY_PATH}

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Nothing is written before the commit."""
        self.puts, self.backs, self.removed, self.texts = {}, set(), set(), {}

    def unfinished(self) -> Manifest | None:
        """Nothing, unless the host lost what the last deploy put there, or nothing is known of it: all is looked at then."""
        memory = self.memory()
        if self.live is None or (memory and not self._lacking(memory.keys)):
            return None
        return Manifest() if memory or self.manifest() else None

    def leaving(self) -> Mapping[str, str]:
        """What the last deploy left for a while."""
        memory = self.memory()
        return memory.generation.leaving if memory else {}

    def kept(self) -> AbstractSet[str]:
        """The digests of the files of all former deploys."""
        manifests = (from_bytes(self.target.manifest_at(*each)) for each in self.target.former())
        return {entry.sha256 for manifest in manifests for entry in manifest.entries.values()}

    def put(self, upload: Upload) -> None:
        """Give one file its key, and keep it for the commit."""
        pieces = partial(_pieces, upload)
        if upload.path in UNSERVED:
            self.texts[upload.path] = b"".join(pieces()).decode()
        self.puts[upload.path] = Source(key=self.host.key_of(upload.path, pieces()), bytes=upload.bytes, pieces=pieces)

    def put_back(self, path: str, sha256: str) -> bool:
        """Note that a former deploy has to be shown: the host keeps it whole."""
        self.backs.add(path)
        return True

    def remove(self, paths: Sequence[str]) -> None:
        """Leave files out of the deploy to come."""
        self.removed.update(paths)

    def read(self, path: str) -> Iterable[bytes]:
        """The bytes of a file as visitors get them; of what is shown to nobody as the last deploy sent it."""
        if path in UNSERVED:
            memory = self.memory()
            return (memory.unserved[path].encode(),) if memory else _absent(path)
        body = _page(self.host, self.live, path) if self.live else None
        return (body,) if body is not None else _absent(path)

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Make the deploy, or show a former one again, unless somebody else was faster."""
        self._refuse_overtaken()
        if self.backs:
            self._restore(generation.manifest_sha256)
        else:
            self.host.publish(self._sending(manifest, generation))

    def _lacking(self, keys: Mapping[str, str]) -> AbstractSet[str]:
        return self.host.lacks({key for path, key in keys.items() if path not in UNSERVED})

    def _refuse_overtaken(self) -> None:
        now = self.host.live()
        if (now and now.id) != (self.live and self.live.id):
            raise Locked(f"another deploy to {self.host.name} was made meanwhile",
                         "Look whether its site is the right one, or deploy again.")

    def _restore(self, digest: str) -> None:
        for generation, deploy in self.target.former():
            if generation.manifest_sha256 == digest:
                self.host.restore(deploy)
                return
        raise Refused("that generation is not kept any more", "Build that commit again, and deploy it.")

    def _sending(self, manifest: bytes, generation: Generation) -> Sending:
        memory = self.memory()
        keys = dict(memory.keys) if memory else {path: key for path, (_, key) in (self.host.listed({}) or {}).items()}
        sources = {**self.puts, MANIFEST_PATH: self._made(MANIFEST_PATH, manifest)}
        keys |= {path: source.key for path, source in sources.items()}
        keys = {path: key for path, key in keys.items() if path not in self.removed and path != MEMORY_PATH}
        if absent := from_bytes(manifest).entries.keys() - keys.keys():
            raise Refused(f"{min(absent)} is neither at {self.host.name} nor was it put there", "Deploy again with --doubt.")
        unserved = {path: text for path, text in {**(memory.unserved if memory else {}), **self.texts}.items() if path in keys}
        body = remembering(Memory(generation=generation, keys=keys, unserved=unserved))
        sources[MEMORY_PATH] = self._made(MEMORY_PATH, body)
        return Sending(keys={**keys, MEMORY_PATH: sources[MEMORY_PATH].key}, sources=sources, unserved=unserved,
                       label=f"{LABEL} {generation.name} {generation.manifest_sha256}", revision=generation.revision)

    def _made(self, path: str, body: bytes) -> Source:
        return Source(key=self.host.key_of(path, (body,)), bytes=len(body), pieces=lambda: (body,))


def page_refusal(reply: Reply, url: str) -> Refused:
    """What it means that a published page cannot be read."""
    return refusal(reply, url, "The site may be closed to visitors, by a password or otherwise; open it to read it again.", "")


def _page(host: Host, deploy: HostDeploy, path: str) -> bytes | None:
    url = deploy.url.rstrip("/") + quote(url_of(path), safe="/:@!$&'()*+,;=~")
    reply = host.web.page(url)
    if reply.status in NOT_THERE and path != NOT_FOUND_PATH:
        return None
    if reply.status != 200 and path != NOT_FOUND_PATH:
        raise page_refusal(reply, url)
    return reply.body


def _pieces(upload: Upload) -> Iterable[bytes]:
    try:
        return files.read_pieces(files.open_file(upload.source))
    except OSError as error:
        raise Refused(f"{upload.source} could not be read: {error.strerror or error}", "Build the site again.") from error


def _size(entry: Entry | None) -> int:
    return entry.bytes if entry else 0


def _absent(path: str) -> Iterable[bytes]:
    raise KeyError(path)


def _named(label: str) -> Generation | None:
    words = label.split()
    return Generation(name=words[1], manifest_sha256=words[2]) if len(words) == 3 and words[0] == LABEL else None
