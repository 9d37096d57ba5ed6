"""Whatever happens to what is kept between builds, the next build gives what a clean one gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from cityfolio.cache import Cache
from cityfolio.publish import spare
from test_rebuilds import CITY, Desk, differing

Mutation = Callable[[Path, bytes, Sequence[Path], random.Random], None]


def _flip(entry: Path, body: bytes, others: Sequence[Path], chance: random.Random) -> None:
    at = chance.randrange(len(body))
    entry.write_bytes(body[:at] + bytes((body[at] ^ (1 << chance.randrange(8)),)) + body[at + 1:])


def _cut(entry: Path, body: bytes, others: Sequence[Path], chance: random.Random) -> None:
    entry.write_bytes(body[: chance.randrange(len(body))])


def _lengthen(entry: Path, body: bytes, others: Sequence[Path], chance: random.Random) -> None:
    entry.write_bytes(body + chance.randbytes(chance.randint(1, 40)))


def _foreign(entry: Path, body: bytes, others: Sequence[Path], chance: random.Random) -> None:
    entry.write_bytes(chance.choice(others).read_bytes())


def _noise(entry: Path, body: bytes, others: Sequence[Path], chance: random.Random) -> None:
    entry.write_bytes(chance.randbytes(len(body)))


def _gone(entry: Path, body: bytes, others: Sequence[Path], chance: random.Random) -> None:
    entry.unlink()


def _zeros(entry: Path, body: bytes, others: Sequence[Path], chance: random.Random) -> None:
    start = chance.randrange(len(body))
    entry.write_bytes(body[:start] + bytes(len(body) - start))      # what a machine that lost power may leave


def _folder(entry: Path, body: bytes, others: Sequence[Path], chance: random.Random) -> None:
    entry.unlink()
    entry.mkdir()


MUTATIONS: Mapping[str, Mutation] = {
    "flipped": _flip, "cut": _cut, "lengthened": _lengthen, "foreign": _foreign, "noise": _noise, "gone": _gone,
    "zeros": _zeros, "a folder": _folder,
}


def _entries(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def _mutated(desk: Desk, cache: Path, times: int, chance: random.Random) -> list[str]:
    """What went wrong in so many builds, before each of which entries were mutated."""
    faults, expected, kinds = list[str](), desk.clean(), sorted(MUTATIONS)
    for turn in range(times):
        entries = _entries(cache)
        kind = kinds[turn % len(kinds)]
        for entry in chance.sample(entries, min(len(entries), chance.choice((1, 1, 3, len(entries))))):
            if body := entry.read_bytes():
                MUTATIONS[kind](entry, body, entries, chance)
        if paths := differing(desk.built(), expected):
            faults.append(f"{turn}, {kind}: {paths}")
    return faults


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The folder of what is kept."""
    return tmp_path / "cache"


@pytest.fixture
def desk(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A city that was built twice, so that all that is ever read is kept, with a twin of its site as large ones have."""
    monkeypatch.setattr(spare, "LARGE", 0)
    desk = Desk(tmp_path, Cache(cache))
    for path, body in CITY.items():
        desk.write(path, body)
    desk.built()
    desk.edit("a use")
    desk.built()
    return desk


def test_a_build_over_mutated_entries_gives_what_a_clean_one_gives(desk: Desk, cache: Path):
    assert _mutated(desk, cache, len(MUTATIONS), random.Random(1)) == []


@pytest.mark.torture
def test_a_thousand_builds_over_mutated_entries_give_what_clean_ones_give(desk: Desk, cache: Path):
    assert _mutated(desk, cache, 1_000, random.Random(2)) == []
