"""Where an address lies in the output folder, and the two promises about addresses: one file each, and for ever."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Set as AbstractSet

from cityfolio.model.site import Manifest
from cityfolio.problems import Location, Problem

MANIFEST_PATH = "manifest.json"
ASSETS = "assets/"
# Of the search of a language: read by its script alone, and named anew with every change.
IN_INDEX = re.compile(r"(?:[a-z]{2,3}(?:-[a-z0-9]+)*/)?search/index/")
ROWS = "/rows.parquet"      # of a table's page: read by its script alone, and not made where Parquet is offered anyway
TREE = re.compile("[a-z]{2,3}(?:-[a-z0-9]+)*")     # the folder of a language's pages
PART_BYTES = 255     # the longest name that common file systems take
PATH_BYTES = 900     # S3 ends at 1,024, and a sub-path comes before
# Characters that no file name may have on some system where a site may be unpacked, and the two that end a path.
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\\:*?"<>|#\u2028\u2029\ud800-\udfff]')
# What nearly all paths are: nothing in such a one could be wrong but its length.
PLAIN = re.compile(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
# The one exception: a folder at an address that ArcGIS Hub had, /datasets/Example::trees/. Why it is made is told in
# docs/decisions/colons-in-old-addresses.md.
JOINED = re.compile(r"(?<=[^:])::(?=[^:])")


def path_of(url: str) -> str:
    """The path of a site address in the output folder: "/data/trees/" is data/trees/index.html.

    An address is written as itself, without percent-encoding, which belongs to links. Raises ValueError, which says why,
    for one that cannot be a file on every system.
    """
    if not url.startswith("/"):
        raise ValueError('it does not start with "/"')
    path = url[1:]
    if path.endswith("/") or not path:
        path += "index.html"
    if is_plain(path):
        return path
    *folders, name = path.split("/")
    for part in (*(JOINED.sub("-", folder, count=1) for folder in folders), name):
        _refuse_part(part)
    if len(path.encode()) > PATH_BYTES:
        raise ValueError(f"it is longer than {PATH_BYTES} bytes")
    return path


def is_plain(path: str) -> bool:
    """Whether a path can be seen at once to be one that a file may have on every system."""
    return len(path) <= PART_BYTES and PLAIN.fullmatch(path) is not None


def url_of(path: str) -> str:
    """The address at which a file of the output folder is met: the reverse of `path_of`."""
    if path == "index.html" or path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return f"/{path}"


def _refuse_part(part: str) -> None:
    if not part:
        raise ValueError("it has an empty part")
    if part in (".", ".."):
        raise ValueError(f'it has the part "{part}"')
    if part.startswith(".") and part != ".well-known":
        raise ValueError(f'the part "{part}" starts with a dot')
    if found := FORBIDDEN.search(part):
        raise ValueError(f"it holds the character {found.group()!r}")
    if part[-1] in ". ":
        raise ValueError(f'the part "{part}" ends with a dot or a space')
    if len(part.encode()) > PART_BYTES:
        raise ValueError(f"one part of it is longer than {PART_BYTES} bytes")


class Addresses:
    """The paths that are taken while a site is written, and by what source.

    Paths that differ only by letter case or by Unicode form are one path: they are on macOS and Windows, where a city may
    unpack its site, and a reader who is told an address on the phone cannot tell them apart either.
    """

    def __init__(self, former: Container[str] = (), written: Mapping[str, str] | None = None) -> None:
        """`former` are paths that a site had together before, of which no two are one.

        `written` are the sources of files by path. Each that was claimed is found there before the next is, or is kept here
        (`keep`): a large site has so many that they are not held twice.
        """
        self._written = written
        self._former, self._settled = former, dict[str, str]()     # the sources of those of them that were claimed
        # By path as it is compared: the source, with the path itself where that is another; of a folder, a file below it.
        self._files: dict[str, str | tuple[str, str]] = {_folded(MANIFEST_PATH): "the manifest"}
        self._folders: dict[str, str] = {}

    def claim(self, path: str, source: str) -> Problem | None:
        """Take a path for a source, or say what has it already.

        While all paths are those of the former site, none is another's: they are looked at once one is not.
        """
        if path in self._former and path not in self._settled:
            self._settled[path] = source
            return None
        settled, self._former, self._settled = self._settled, (), {}
        for each, its_source in settled.items():
            self._claim(each, its_source)
        return self._claim(path, source)

    def _claim(self, path: str, source: str) -> Problem | None:
        key = _folded(path)
        held = key if self._is_taken(key) else self._folders.get(key)
        # Where something lies in the same folder already, that folder and those above were looked at.
        above = [] if key.rpartition("/")[0] in self._folders else list(_above(key))
        for folder in above:
            held = held or (folder if self._is_taken(folder) else None)
        if held:
            return _collision(path, source, self._holder(held))
        if key != path or self._written is None:
            self._files[key] = source if key == path else (source, path)
        for folder in above:
            self._folders.setdefault(folder, key)
        return None

    def keep(self, path: str, source: str) -> None:
        """Keep who claimed a path that was not written after all. No other may have it: that would hide one of two faults."""
        if self._written is not None:
            key = _folded(path)
            self._files[key] = source if key == path else (source, path)

    def _is_taken(self, key: str) -> bool:
        return key in self._files or (self._written is not None and key in self._written)

    def _holder(self, key: str) -> tuple[str, str]:
        """The source that took a path, and the path as it gave it."""
        holder = self._files[key] if key in self._files else (self._written or {})[key]
        return (holder, key) if isinstance(holder, str) else holder


def _folded(path: str) -> str:
    if not path.isascii():
        return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
    folded = path.lower()
    return path if folded == path else folded      # one text, not two that are equal: a large site has a million paths


def _above(path: str) -> Iterator[str]:
    at = path.rfind("/")
    while at > 0:
        yield path[:at]
        at = path.rfind("/", 0, at)


def _collision(path: str, source: str, holder: tuple[str, str]) -> Problem:
    other, taken = holder
    how = "the same address" if taken == path else f"the address of {taken}, which some systems take for the same"
    return Problem(
        code="address-collision",
        where=Location(path=path, in_catalog=False),
        says=f"{source} would be written at {how} as {other}",
        fix="Rename one of the two.",
    )


def dropped(previous: Manifest, current: Manifest, withdrawn: Callable[[], AbstractSet[str]] = frozenset,
            ) -> tuple[Problem, ...]:
    """The addresses that the previous site answered and this one does not.

    Assets, the files of the search index and the rows that a table's page reads are not addresses that others use.
    `withdrawn` are site addresses that the city has taken back on purpose, asked for where any is gone. What lay below
    a page that is gone went with it, and comes back with it: it is counted there.
    """
    gone = sorted(path for path in previous.entries
                  if path not in current.entries and not path.startswith(ASSETS) and not path.endswith(ROWS)
                  and not IN_INDEX.match(path))
    meant = withdrawn() if gone else frozenset()
    gone = [path for path in gone if url_of(path) not in meant]
    pages = {path.removesuffix("index.html") for path in gone if path.endswith("/index.html")}
    below = Counter(page for path in gone if (page := _page_above(path, pages)))
    return tuple(_dropped(path, below[path.removesuffix("index.html")], previous) for path in gone
                 if not _page_above(path, pages))


def _page_above(path: str, pages: AbstractSet[str]) -> str:
    """The topmost of some pages that an address lies below; "" where there is none."""
    above = (f"{folder}/" for folder in reversed(list(_above(path))))
    return next((folder for folder in above if folder in pages and f"{folder}index.html" != path), "")


def _dropped(path: str, below: int, previous: Manifest) -> Problem:
    language = path.removesuffix("/index.html")
    was_tree = TREE.fullmatch(language) and f"{language}/data/index.html" in previous.entries
    more = f", with {below} further address{'es' if below > 1 else ''} below it" if below else ""
    return Problem(
        code="address-dropped",
        where=Location(path=path, in_catalog=False),
        says=f"{url_of(path)} was published and is not on the site any more{more}",
        fix=_FOR_TREES.format(language) if was_tree else _FOR_PAGES,
    )


_FOR_PAGES = ("Say where it went with `formerly:` in what replaces it, or keep the entry with `status: retired` and a reason. "
              "If it has to go, write a note in changes/ that accepts it.")
_FOR_TREES = ("If the site does not speak this language any more, write `former_languages: [{}]` into site.yaml: its addresses "
              "then lead to the pages of the first language.")
