"""What a page weighs, and what it may. Sizes are bytes; compressed ones are as `gzip -6` leaves them; 1 kB is 1,000 bytes."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.frozen import Frozen
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import url_of

GZIP_FRAME_BYTES = 18


class Weight(Frozen, kw_only=True):
    """The heaviest page of a kind, by what it weighs before compression."""

    kind: str
    url: str
    raw: int
    gzipped: int
    together: int = 0     # compressed, with every style, script, font and picture that it loads
    requests: int = 1     # the page itself and what it loads


class Loads(Frozen, kw_only=True):
    """What a page loads, by paths."""

    styles: frozenset[str] = frozenset()
    scripts: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()      # fonts that are preloaded, pictures

    @property
    def all(self) -> frozenset[str]:
        """Each file once."""
        return self.styles | self.scripts | self.others


# Compressed HTML by page type; a dataset page is weighed together with all that it loads.
HTML_BYTES: Mapping[str, int] = {"list": 60_000, "requests": 60_000, "home": 20_000}
TOGETHER_BYTES: Mapping[str, int] = {"dataset": 50_000}
MOST_REQUESTS = 6
OTHER_HTML_BYTES = 30_000
STYLE_BYTES = 8_000
STYLE_RAW_BYTES = 30_000
SCRIPT_BYTES = 10_000
# Pages whose purpose is a program, which has a budget of its own.
PROGRAMS = {"search", "file", "sql", "embed", "edit-form"}


def gzipped(body: bytes, level: int = 6) -> int:
    """The size of some bytes as a web server sends them."""
    return len(zlib.compress(body, level, wbits=-zlib.MAX_WBITS)) + GZIP_FRAME_BYTES


def _in_haste(body: bytes) -> int:
    """The size as LZ4 leaves it, in a fifth of the time that zlib takes at least; 0 where Arrow is not at hand.

    It is wherever many pages are new, since their tables were read. Loaded for a few pages it would take longer than they do.
    """
    arrow = sys.modules.get("pyarrow")
    return len(arrow.compress(body, codec="lz4_raw", asbytes=True)) + GZIP_FRAME_BYTES if arrow else 0


# Nothing grows by compression to speak of, and what fits when compressed in haste fits when compressed well.
WEIGHED: tuple[Callable[[bytes], int], ...] = (_in_haste, lambda body: gzipped(body, 1), gzipped)


@dataclass(slots=True)
class Scale:
    """Weighs the pages of one site, each with its styles and scripts, which are weighed once."""

    read: Callable[[str], bytes]
    heaviest: dict[str, tuple[int, str, Loads]] = field(default_factory=dict)
    assets: dict[str, tuple[int, int]] = field(default_factory=dict)
    packed: int = 0           # the page weighed last, compressed; 0 where that was not asked
    rooms: dict[tuple[str, Loads], int] = field(default_factory=dict)
    beside: dict[tuple[bool, Loads], tuple[str, ...]] = field(default_factory=dict)    # what was said of what pages load

    def page(self, path: str, kind: str, body: bytes, loads: Loads) -> Iterator[Problem]:
        """Weigh a page: its HTML, and what it loads."""
        self._note(path, kind, len(body), loads)
        yield from self._html(path, kind, body, loads)
        yield from (_heavy(path, says) for says in self._said_of(loads, kind))

    def fits(self, path: str, kind: str, sizes: tuple[int, int], loads: Loads) -> bool:
        """Whether a page is within its limits whose sizes are known, as it is and `packed`. If not, it has to be weighed."""
        size, packed = sizes
        room = self._room(kind, loads)
        if (size > room and not 0 < packed <= room) or self._said_of(loads, kind):
            return False
        self._note(path, kind, size, loads)
        return True

    def _note(self, path: str, kind: str, size: int, loads: Loads) -> None:
        if kind not in self.heaviest or size > self.heaviest[kind][0]:
            self.heaviest[kind] = (size, path, loads)

    def _said_of(self, loads: Loads, kind: str) -> tuple[str, ...]:
        key = (kind in PROGRAMS, loads)
        if key not in self.beside:
            self.beside[key] = () if kind in PROGRAMS else tuple(self._too_much(loads))
        return self.beside[key]

    def _too_much(self, loads: Loads) -> Iterator[str]:
        raw, size = self._together(loads.styles)
        if size > STYLE_BYTES or raw > STYLE_RAW_BYTES:
            yield (f"the page's styles are {_kb(raw)}, {_kb(size)} compressed, "
                   f"over {_kb(STYLE_RAW_BYTES)} or {_kb(STYLE_BYTES)}")
        _, size = self._together(loads.scripts)
        if size > SCRIPT_BYTES:
            yield f"the page's scripts are {_kb(size)} compressed, over {_kb(SCRIPT_BYTES)}"
        if len(loads.all) >= MOST_REQUESTS:
            yield f"the page takes {len(loads.all) + 1} requests, over {MOST_REQUESTS}"

    def _room(self, kind: str, loads: Loads) -> int:
        """What the HTML of a page of a kind may weigh, compressed."""
        key = (kind, loads)
        if key not in self.rooms:
            most = TOGETHER_BYTES.get(kind, HTML_BYTES.get(kind, OTHER_HTML_BYTES))
            self.rooms[key] = most - (self._together(loads.all)[1] if kind in TOGETHER_BYTES else 0)
        return self.rooms[key]

    def _html(self, path: str, kind: str, body: bytes, loads: Loads) -> Iterator[Problem]:
        room, self.packed = self._room(kind, loads), 0
        size = len(body)
        if size <= room:
            return
        for weigh in WEIGHED:
            size = self.packed = weigh(body)
            if 0 < size <= room:
                return
        beside = self._together(loads.all)[1] if kind in TOGETHER_BYTES else 0
        what = "the page with all it loads" if beside else "the page's HTML"
        yield _heavy(path, f"{what} is {_kb(size + beside)} compressed, over the {_kb(room + beside)} for a {kind} page")

    def weights(self) -> tuple[Weight, ...]:
        """The heaviest page of each kind."""
        return tuple(
            self._weight(kind, path, loads)
            for kind, (_, path, loads) in sorted(self.heaviest.items())
        )

    def _weight(self, kind: str, path: str, loads: Loads) -> Weight:
        body = self.read(path)
        size = gzipped(body)
        return Weight(kind=kind, url=url_of(path), raw=len(body), gzipped=size, together=size + self._together(loads.all)[1],
                      requests=1 + len(loads.all))

    def _together(self, paths: Iterable[str]) -> tuple[int, int]:
        sizes = [self._asset(path) for path in set(paths)]
        return sum(raw for raw, _ in sizes), sum(size for _, size in sizes)

    def _asset(self, path: str) -> tuple[int, int]:
        if path not in self.assets:
            body = self.read(path)
            self.assets[path] = (len(body), gzipped(body))
        return self.assets[path]


def _heavy(path: str, says: str) -> Problem:
    return Problem(
        code="page-heavy",
        where=Location(path=path, in_catalog=False),
        says=says,
        fix="Divide the page, or take out what it repeats: many readers pay for each kilobyte.",
    )


def _kb(size: int) -> str:
    return f"{size / 1000:.1f} kB"
