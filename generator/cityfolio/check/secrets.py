"""Keys, tokens and passwords in any file of the catalog, unless site.yaml says that they open nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.files import Node, Tree
from cityfolio.frozen import Frozen
from cityfolio.load.known_looks import KnownLooks, Looked
from cityfolio.load.loaded import Loaded
from cityfolio.model.practice import HarmlessRecord
from cityfolio.model.privacy import SecretFinding
from cityfolio.privacy.near import near
from cityfolio.privacy.secrets import SIGNS, SIGNS_OF_ALL, Sighting, place_in, sightings, sightings_in_page
from cityfolio.problems import Location, Problem

MOST_BYTES = 16 << 20         # of one file; nobody types that much, and rows are searched for what is personal
HEAD_BYTES = 8 << 10
SMALL_BYTES = 64 << 10        # of a file that is read at once, whatever it is
MOST_HELD = 4 << 20           # bytes that are looked through at once
READ = (".yaml", ".md")
UNKNOWN = KnownLooks()
FIX = ("Revoke it first, because it has been where others could copy it. Then take it out of the file. If it opens nothing, "
       "say so in site.yaml under `harmless:` with `kind: {kind}` and a reason.")


class _Found(Frozen):
    path: str
    sighting: Sighting


def secret_problems(loaded: Loaded, tree: Tree, looks: KnownLooks = UNKNOWN) -> tuple[Problem, ...]:
    """Each secret that was found and not acknowledged, and each acknowledgment that fits nothing."""
    found = [_Found(path, each) for path, body in _near(loaded, tree, looks) for each in _sightings(path, body)]
    harmless = _harmless(loaded)
    unknown = [each for each in found if not any(_fits(known, each) for known in harmless)]
    unmet = [place for place, known in enumerate(harmless) if not any(_fits(known, each) for each in found)]
    return (*(_problem(each.path, each.sighting.finding) for each in unknown), *_unmet(loaded, unmet))


def harmless_secrets(loaded: Loaded, tree: Tree) -> frozenset[bytes]:
    """What looks like a secret and was acknowledged as none: it may stand in pages too."""
    harmless = _harmless(loaded)
    paths = {known.path for known in harmless}
    found = [_Found(file.path, each) for file in _files(loaded) if file.path in paths
             for each in _sightings(file.path, _text(tree, file))] if paths else []
    return frozenset(each.sighting.secret for each in found if any(_fits(known, each) for known in harmless))


def written_at(loaded: Loaded, tree: Tree, text: bytes) -> Location | None:
    """Where a city wrote some text: the first place in the files that are read by people."""
    for file in sorted((file for file in _files(loaded) if file.path.endswith(READ)), key=lambda file: file.path):
        body = _text(tree, file)
        at = body.find(text)
        if at >= 0:
            line, column = place_in(body, at)
            return Location(path=file.path, line=line, column=column)
    return None


def _harmless(loaded: Loaded) -> tuple[HarmlessRecord, ...]:
    return loaded.site.record.harmless if loaded.site else ()


def _files(loaded: Loaded) -> Iterator[Node]:
    return (node for node in loaded.nodes.values() if node.kind == "file" and node.bytes > 0)


def _text(tree: Tree, file: Node) -> bytes:
    """A file as far as it is searched; nothing of one that holds what no text does."""
    try:
        if file.bytes <= SMALL_BYTES:
            body = tree.read(file.path)
            return b"" if b"\0" in body[:HEAD_BYTES] else body[:MOST_BYTES]
        with tree.open(file.path) as stream:
            head = stream.read(HEAD_BYTES)
            return b"" if b"\0" in head else head + stream.read(MOST_BYTES - len(head))
    except OSError:
        return b""   # others tell that it cannot be read


def _near(loaded: Loaded, tree: Tree, looks: KnownLooks) -> Iterator[tuple[str, bytes]]:
    """The files in which anything could be. Many are looked through at once, because each look has its price.

    Where nothing could be in a build before, nothing can be as long as the file is the same.
    """
    held: list[tuple[str, bytes]] = []
    held_bytes, known = 0, looks.of("nothing near", loaded.nodes)
    for file in _files(loaded):
        if known.found(file.path) is not None:
            continue
        body = _text(tree, file)
        held.append((file.path, body))
        held_bytes += len(body)
        if held_bytes > MOST_HELD:
            yield from _nearer(held, known)
            held, held_bytes = [], 0
    yield from _nearer(held, known)
    known.keep()


def _nearer(held: list[tuple[str, bytes]], known: Looked) -> Iterator[tuple[str, bytes]]:
    found: set[str] = set()
    for holds_rows, signs in ((True, SIGNS), (False, SIGNS_OF_ALL)):
        some = [each for each in held if _holds_rows(each[0]) == holds_rows]
        found.update(path for (path, _), is_near in zip(some, near([body for _, body in some], signs), strict=True) if is_near)
    for path, body in held:
        if body and path not in found:     # of one that could not be read nothing is known
            known.note(path, b"")
    return (each for each in held if each[0] in found)


def _holds_rows(path: str) -> bool:
    return path.startswith("datasets/") and not path.endswith(READ)


def _sightings(path: str, body: bytes) -> tuple[Sighting, ...]:
    if not _holds_rows(path):
        return sightings(body)
    return sightings_in_page(body) if body and near([body], SIGNS)[0] else ()


def _fits(known: HarmlessRecord, found: _Found) -> bool:
    return (known.path, known.kind) == (found.path, found.sighting.finding.kind)


def _problem(path: str, finding: SecretFinding) -> Problem:
    # Without the line itself, which would show the secret to everybody who reads the log of a build.
    return Problem(code="secret-found", where=Location(path=path, line=finding.line, column=finding.column),
                   says=f"what stands here {finding.why}", fix=FIX.format(kind=finding.kind))


def _unmet(loaded: Loaded, places: list[int]) -> Iterator[Problem]:
    for place in places if loaded.site else ():
        known = _harmless(loaded)[place]
        assert loaded.site is not None
        yield Problem(code="acknowledged-unmet", where=loaded.site.document.at("harmless", place),
                      says=f"nothing that looks like {known.kind} was found in {known.path}",
                      fix="Take the entry away, or correct its `path:` or `kind:`.")
