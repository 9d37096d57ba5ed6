"""The site, written aside, verified, and put in the place of the former one only when nothing is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set as AbstractSet
from pathlib import Path

from cityfolio import files
from cityfolio.files import Tree
from cityfolio.frozen import Frozen, field
from cityfolio.memory import give_back
from cityfolio.model.site import Change, CopyOf, Drawn, Entries, Entry, InPieces, Made, Manifest, Output
from cityfolio.problems import Location, Problem, count
from cityfolio.publish.addresses import Addresses, dropped, path_of
from cityfolio.publish.refusals import Unwritable
from cityfolio.publish.scan import Scan
from cityfolio.publish.sinks import Draft, Sink
from cityfolio.publish.sound_pages import SoundPages
from cityfolio.publish.verify import Site, verify
from cityfolio.publish.weights import Weight
from cityfolio.tables.workers import Hands

LARGE_BYTES = 8 << 20


class Edition(Frozen, kw_only=True):
    """What is known of a site beside its files."""

    made_by: str                          # "cityfolio 0.1.0"
    base_url: str = ""
    revision: str = ""                    # commit of the catalog
    committed: str = ""                   # the moment of that, in UTC
    previous: Manifest | None = None      # its addresses must still answer; None: nothing to compare with
    withdrawn: Callable[[], AbstractSet[str]] = frozenset     # addresses that the city has taken back on purpose
    policy: str = ""                      # the Content-Security-Policy that every page has to carry
    other_policies: Mapping[str, str] = field(default_factory=dict)   # and what instead, by type of page
    sound: SoundPages = field(default_factory=SoundPages)    # the pages in which a build before found nothing wrong
    workers: Hands = 1                    # who looks through pages of which nothing is known
    scan: Scan = field(default_factory=Scan)    # looks through what was drawn, and remembers what it met
    faults: Callable[[], Iterable[Problem]] = tuple    # what went wrong while the outputs were made, asked for after the last


class Written(Frozen, kw_only=True):
    """What came of writing a site. Without a manifest nothing was replaced, and the problems say why."""

    manifest: Manifest | None = None
    change: Change = field(default_factory=Change)
    weights: tuple[Weight, ...] = ()
    problems: tuple[Problem, ...] = ()
    note: str = ""                        # for the summary: something that the next build will mend


def write_site(outputs: Iterable[Output], tree: Tree, sink: Sink, edition: Edition) -> Written:
    """Write every output and replace what the sink holds; with an error among the problems, leave it as it is.

    `outputs` may be a generator: no more than one body is held at a time. Files to copy are read from `tree`, the catalog.
    """
    try:
        with sink.draft() as draft:
            return _written(_staged(outputs, tree, draft, edition), draft, edition)
    except Unwritable as refusal:
        return Written(problems=(refusal.problem,))


class _Staged(Frozen):
    manifest: Manifest
    kinds: Mapping[str, str]
    change: Change
    problems: tuple[Problem, ...]
    unheld: tuple[str, ...]               # addresses that nothing was written at, because the sink cannot hold their names


class _NotAsPromised(Exception):
    """A file of the catalog is not what it was when the catalog was read. No OSError: those are the sink's."""


def _staged(outputs: Iterable[Output], tree: Tree, draft: Draft, edition: Edition) -> _Staged:
    unchanged, unheld = set[str](), list[str]()
    known = draft.former.entries if draft.former else dict[str, Entry]()
    # Those of a former site are there, and are those of this one where they say the same.
    new, entries, kinds = Entries(), dict[str, Entry](), dict[str, str]()
    addresses, problems = Addresses(known) if known else Addresses(written=new.sources), list[Problem]()
    for output in outputs:
        try:
            path = _path_of(output.url, known)
        except ValueError as error:
            problems.append(_invalid(output, error))
            continue
        if taken := addresses.claim(path, output.source):
            problems.append(taken)
            continue
        if ":" in path and not draft.holds_colons:
            unheld.append(output.url)
            addresses.keep(path, output.source)
            continue
        edition.scan.look(output)
        entry = _entry(path, output, known.get(path))
        path = entry.path      # of the former site, not a text that is equal
        try:
            is_unchanged = draft.put(entry, _pieces(output.body, tree))
        except _NotAsPromised as error:
            problems.append(_changed(output, error))
            addresses.keep(path, output.source)
            continue
        if known:
            entries[path], kinds[path] = entry, output.kind
        else:
            new.hold(entry, output.kind, output.source)
        if is_unchanged:
            unchanged.add(path)
        del output      # or its body would be there still while the next is made
        if entry.bytes > LARGE_BYTES:
            give_back()      # of making it, before more is made in what it leaves between what stays
    manifest = Manifest(entries=entries if known else new, made_by=edition.made_by, base_url=edition.base_url,
                        revision=edition.revision, committed=edition.committed)
    change = _change(draft.former, manifest, unchanged)
    problems += (*edition.faults(), *edition.scan.problems())
    return _Staged(manifest, kinds if known else new.kinds, change, tuple(problems), tuple(unheld))


def _path_of(url: str, known: Container[str]) -> str:
    """As `path_of` says, which need not look closely at the path of a file that the former site has."""
    path = url[1:] + "index.html" if url.endswith("/") else url[1:]
    return path if url.startswith("/") and path in known else path_of(url)


def _written(staged: _Staged, draft: Draft, edition: Edition) -> Written:
    # A site that lacks a file has broken links because of that, and the first fault is the one to mend.
    if staged.problems:
        return Written(problems=staged.problems)
    give_back()      # of all that was made, before copies of this process look through it
    verified = verify(Site(read=draft.read, manifest=staged.manifest, kinds=staged.kinds, policy=edition.policy,
                           other_policies=edition.other_policies, sound=edition.sound, workers=edition.workers))
    lost = dropped(edition.previous, staged.manifest,
                   lambda: edition.withdrawn() | set(staged.unheld)) if edition.previous else ()
    problems = (*_unheld(staged.unheld), *lost, *verified.problems)
    if count(problems, "error"):
        return Written(problems=problems, weights=verified.weights)
    note = draft.commit(staged.manifest)
    return Written(
        manifest=staged.manifest, change=staged.change, weights=verified.weights, problems=problems, note=note
    )


def _entry(path: str, output: Output, former: Entry | None) -> Entry:
    """The line of an output: that of the former site's manifest, if it says the same."""
    body, is_made = output.body, output.kind == "export"
    size, digest = (len(body), files.sha256(body)) if isinstance(body, bytes) else (body.bytes, body.sha256)
    if former and former.sha256 == digest and former.bytes == size and former.is_made == is_made:
        return former
    return Entry(path=path, bytes=size, sha256=digest, is_made=is_made)


def _pieces(body: bytes | CopyOf | Made | Drawn | InPieces, tree: Tree) -> Iterator[bytes]:
    if isinstance(body, bytes):
        yield body
        return
    if isinstance(body, InPieces):
        yield from body.read()
        return
    if isinstance(body, Drawn):
        drawn = body.draw()
        assert files.sha256(drawn) == body.sha256      # of the very same the very same is drawn
        yield drawn
        return
    digest = hashlib.sha256()
    try:
        stream = tree.open(body.path) if isinstance(body, CopyOf) else files.open_file(Path(body.at_hand()))
        for piece in files.read_pieces(stream):
            digest.update(piece)
            yield piece
    except OSError as error:
        raise _NotAsPromised(f"it could not be read: {error.strerror or error}") from error
    if digest.hexdigest() != body.sha256:
        raise _NotAsPromised("it changed while the site was being built")


def _change(former: Manifest | None, manifest: Manifest, unchanged: AbstractSet[str]) -> Change:
    before = former.entries.keys() if former else set[str]()
    now = manifest.entries.keys()
    return Change(
        added=len(now - before),
        changed=len((now & before) - unchanged),
        removed=len(before - now),
        unchanged=len(unchanged),
    )


def _invalid(output: Output, error: ValueError) -> Problem:
    return Problem(
        code="address-invalid",
        where=Location(path=output.url, in_catalog=False),
        says=f"{output.source} cannot be written at {output.url}: {error}",
        fix="Rename it, using lower-case letters, digits and hyphens.",
    )


def _unheld(urls: tuple[str, ...]) -> Iterator[Problem]:
    if urls:
        more = f" and {len(urls) - 1:,} more" if len(urls) > 1 else ""
        yield Problem(
            code="address-unheld",
            where=Location(path=urls[0], in_catalog=False),
            says=f"nothing was written at {urls[0]}{more}, because names on this computer cannot hold a colon",
            fix="Build the site that is published on Linux or macOS. This one is as good to look at.",
        )


def _changed(output: Output, error: _NotAsPromised) -> Problem:
    path = output.body.path if isinstance(output.body, CopyOf) else output.source
    return Problem(
        code="file-changed",
        where=Location(path=path),
        says=f"the file was not published, because {error}",
        fix="Run the build again when nothing is writing to the file.",
    )
