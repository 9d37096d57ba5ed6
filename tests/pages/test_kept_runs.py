"""Of a run of datasets that is as it was, parts are read in one piece; of one that is not, those that are as they were."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cityfolio.cache import Cache
from cityfolio.pages.kept_runs import Kept, KeptRuns, Run

LINES = ("oak of 1901", "elm of 1950", "ash of 1977")


def asked(folder: Path, lines: Sequence[str] = LINES, name: str = "trees", feed: str = "names") -> tuple[Kept, list[int]]:
    """A run, and of which of its parts one was made by now."""
    made = list[int]()

    def make(at: int) -> bytes:
        made.append(at)
        return f"[{lines[at] or 'unknown'}]".encode()

    return Kept(Run(name, lines, make), KeptRuns(Cache(folder), feed)), made


def counted(parts: Sequence[bytes]) -> bytes:
    return str(sum(map(len, parts))).encode()


def test_parts_are_made_once_and_come_in_one_piece_or_one_by_one(tmp_path: Path) -> None:
    first, made = asked(tmp_path)
    second, made_again = asked(tmp_path)

    assert first.joined() == second.joined() == b"".join(second.parts()) == b"[oak of 1901][elm of 1950][ash of 1977]"
    assert (made, made_again) == ([0, 1, 2], [])


@pytest.mark.parametrize(("lines", "expected"), [
    (("oak of 1901", "elm of 1951", "ash of 1977"), [1]),
    (("oak of 1901", "ash of 1977"), []),
    (("fir of 2020", *LINES), [0]),
    (LINES[::-1], []),
    ((), []),
], ids=["another part", "one less", "one more", "turned", "none"])
def test_of_a_run_that_is_another_only_what_is_new_is_made(tmp_path: Path, lines: Sequence[str], expected: list[int]) -> None:
    asked(tmp_path)[0].joined()
    after, made = asked(tmp_path, lines)

    assert after.parts() == [f"[{line}]".encode() for line in lines]
    assert made == expected


def test_a_part_of_which_it_cannot_be_told_what_it_depends_on_is_made_each_time(tmp_path: Path) -> None:
    for expected in ([0, 1, 2], [1]):
        run, made = asked(tmp_path, ("oak of 1901", "", "ash of 1977"))

        assert run.joined() == b"[oak of 1901][unknown][ash of 1977]"
        assert made == expected


@pytest.mark.parametrize("other", [{"name": "shrubs"}, {"feed": "heights"}], ids=["run", "feed"])
def test_another_run_or_feed_is_another(tmp_path: Path, other: dict[str, str]) -> None:
    asked(tmp_path)[0].joined()
    run, made = asked(tmp_path, **other)
    run.joined()

    assert made == [0, 1, 2]


def test_what_is_told_of_parts_together_needs_none_of_them_again(tmp_path: Path) -> None:
    first, second = asked(tmp_path), asked(tmp_path)
    told = first[0].told(counted)
    for path in tmp_path.glob("??/*"):
        if b"told" not in path.read_bytes() and path.stat().st_size > 100:
            path.unlink()

    assert told == second[0].told(counted) == b"39"
    assert second[1] == []


def test_what_is_told_of_other_parts_is_told_anew(tmp_path: Path) -> None:
    asked(tmp_path)[0].told(counted)

    assert asked(tmp_path, LINES[:2])[0].told(counted) == b"26"
    assert asked(tmp_path, ("", *LINES))[0].told(counted) == asked(tmp_path, ("", *LINES))[0].told(counted) == b"48"


def test_without_a_cache_parts_are_made_whenever_they_are_asked_for(tmp_path: Path) -> None:
    run, made = asked(tmp_path)
    alone = Kept(run.run, None)

    assert alone.joined() == b"".join(alone.parts())
    assert alone.told(counted) == b"39"
    assert made == [0, 1, 2] * 3
    assert list(tmp_path.rglob("*")) == []
