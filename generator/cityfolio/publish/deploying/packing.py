"""Packed forms beside the files of a site, on targets that a web server shows: nginx, Apache and Caddy look for them there.

A server that finds page.html.gz sends it in place of page.html, whatever is in it. So a packed form never outlives its file: it
is replaced or removed with it, also where none are wanted any more, and a file that is brought back has none until it changes.
That is done to those that a deploy made, as the manifest there tells: what is called so and is somebody else's stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

from cityfolio import files
from cityfolio.folders import scratch_folder
from cityfolio.frozen import replace
from cityfolio.model.site import Manifest
from cityfolio.publish.compression import ENDINGS, FORMS, LEAST_BYTES, BrotliMissing, Form, compressed, is_packed_well
from cityfolio.publish.deploying.sendings import kind_of_file
from cityfolio.publish.deploying.target import (
    Generation,
    Held,
    Purging,
    Refused,
    Remembering,
    Session,
    Sparing,
    Target,
    Traits,
    Upload,
)
from cityfolio.publish.manifest import from_bytes

SUFFIXES = tuple(ENDINGS.values())
WORDS = re.compile(r"[^ ,;]+")        # of what a manifest says was told of a kind of file


class RememberingSession(Session, Remembering, Protocol):
    """A session of a target that remembers, as all do that switch."""


def packing(target: Target, forms: tuple[Form, ...]) -> Target:
    """A target whose files have packed forms beside them; with no `forms`, one that has none left of former deploys."""
    kind = PackingKeeper if isinstance(target, Purging) else PackingTarget
    return kind(inner=target, forms=forms, name=target.name, traits=replace(target.traits, packs=forms))


@dataclass(slots=True, kw_only=True)
class PackingTarget:
    """A target whose files have packed forms beside them."""

    inner: Target
    forms: tuple[Form, ...]
    name: str
    traits: Traits

    @contextmanager
    def session(self, owner: str, keep: int) -> Iterator[Session]:
        """Begin a deploy. What is packed lies in a folder of its own until then."""
        with self.inner.session(owner, keep) as session, scratch_folder() as scratch:
            yield PackingSession(session, self.forms, scratch) if isinstance(session, Remembering) else session

    def generations(self) -> tuple[Generation, ...]:
        """Those of the target itself."""
        return self.inner.generations()

    def manifest_of(self, generation: str) -> bytes:
        """That of the target itself."""
        return self.inner.manifest_of(generation)


@dataclass(slots=True, kw_only=True)
class PackingKeeper(PackingTarget):
    """Such a target that keeps former sites itself."""

    def purge(self, path: str) -> int:
        """Remove every former state of a file, and of its packed forms."""
        assert isinstance(self.inner, Purging)
        number = self.inner.purge(path)
        for suffix in SUFFIXES:
            self.inner.purge(f"{path}{suffix}")
        return number


@dataclass(slots=True)
class PackingSession:
    """A deploy that puts packed forms beside what it puts."""

    inner: RememberingSession
    forms: tuple[Form, ...]
    scratch: Path
    own: AbstractSet[str] = frozenset()           # files of the site itself, whatever their names end in
    made: AbstractSet[str] = frozenset()          # packed forms that deploys have put there
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def requests(self) -> int:
        """Those of the target itself."""
        return self.inner.requests

    def manifest(self) -> Manifest | None:
        """That of the target itself."""
        return self.inner.manifest()

    def held(self) -> Mapping[str, Held]:
        """The files of the site, without the packed forms beside them."""
        held = self.inner.held()
        named = (self.inner.manifest() or Manifest()).entries
        return {path: each for path, each in held.items() if path in named or not _is_beside(path, held)}

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Remember which files the site has itself. What its manifest will not tell of goes: nobody would know whose it is."""
        coming, seen = from_bytes(manifest), self.inner.manifest() or Manifest()
        self.own = coming.entries.keys()
        self.made = packed_beside(seen, self.inner.leaving())
        self.inner.begin(manifest, generation)
        self.inner.remove(sorted(self.made - packed_beside(coming, generation.leaving) - self.own))

    def unfinished(self) -> Manifest | None:
        """That of the target itself."""
        return self.inner.unfinished()

    def leaving(self) -> Mapping[str, str]:
        """What only stays for a while."""
        return self.inner.leaving()

    def kept(self) -> AbstractSet[str]:
        """What can be brought back; packed forms cannot."""
        return self.inner.kept()

    def strange(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """What somebody else has put where a file is to come, or a packed form of one."""
        if not isinstance(self.inner, Sparing):
            return frozenset()
        beside = {f"{path}{ENDINGS[form]}": "" for path in wanted for form in self.forms if is_packed_well(path, LEAST_BYTES)}
        return self.inner.strange({**beside, **wanted})

    def put(self, upload: Upload) -> None:
        """Put a file, and its packed forms; those of the former file go."""
        made = self._packed(upload)
        self.inner.remove([path for path in self._beside(upload.path) if path not in made])
        for packed in made.values():
            self.inner.put(packed)
            files.discard(packed.source)
        self.inner.put(upload)

    def put_back(self, path: str, sha256: str) -> bool:
        """Bring a file back. The packed forms that lie there are of another one, and go."""
        self.inner.remove(self._beside(path))
        return self.inner.put_back(path, sha256)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and their packed forms with them."""
        self.inner.remove([each for path in paths for each in (path, *self._beside(path))])

    def read(self, path: str) -> Iterable[bytes]:
        """The file itself."""
        return self.inner.read(path)

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Show it."""
        self.inner.commit(manifest, generation)

    def _beside(self, path: str) -> list[str]:
        return [found for suffix in SUFFIXES if (found := f"{path}{suffix}") in self.made and found not in self.own]

    def _packed(self, upload: Upload) -> Mapping[str, Upload]:
        free = tuple(form for form in self.forms if f"{upload.path}{ENDINGS[form]}" not in self.own)
        if not free or not is_packed_well(upload.path, upload.bytes):
            return {}
        try:
            found = compressed(upload.path, files.read_bytes(upload.source), free)
        except BrotliMissing as missing:
            raise Refused("packed forms in Brotli cannot be made", str(missing)) from missing
        return {f"{upload.path}{ENDINGS[form]}": self._laid(upload, form, body) for form, body in found.items()}

    def _laid(self, upload: Upload, form: Form, body: bytes) -> Upload:
        source = self.scratch / str(next(self.numbers))
        files.write_new(source, (body,))
        return replace(upload, path=f"{upload.path}{ENDINGS[form]}", source=source, bytes=len(body), sha256=files.sha256(body))


def packed_beside(manifest: Manifest, leaving: Iterable[str]) -> AbstractSet[str]:
    """The packed forms that deploys have put beside the files of a site, and beside assets that only stay."""
    sizes = dict.fromkeys(leaving, LEAST_BYTES) | {path: entry.bytes for path, entry in manifest.entries.items()}
    told = {kind: tuple(ENDINGS[form] for form in FORMS if form in WORDS.findall(said)) for kind, said in manifest.sent.items()}
    found = {f"{path}{suffix}" for path, size in sizes.items() if told and is_packed_well(path, size)
             for suffix in told.get(kind_of_file(path), ())}
    return found - manifest.entries.keys()


def _is_beside(path: str, held: Mapping[str, Held]) -> bool:
    return path.endswith(SUFFIXES) and path.rpartition(".")[0] in held
