"""What nobody touched since the last build is not read again, and what somebody touched is put right."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cityfolio import files
from cityfolio.cache import Cache
from cityfolio.model.site import Change, Output
from cityfolio.publish import left_files
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.write import Written
from publish.sites import a_site, codes, contents, html, in_memory, written

CSV = "data/trees/trees.csv"


def build(folder: Path, outputs: list[Output] | Iterator[Output] | None = None) -> Written:
    """Write a site into a folder, with a cache beside it."""
    return written(outputs or a_site(), FolderSink(folder / "out", cache=Cache(folder / "cache")))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a site."""
    assert codes(build(tmp_path)) == []
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of files that are read to learn whether they are as they were."""
    paths, digest = list[str](), files.public_digest
    monkeypatch.setattr(files, "public_digest", lambda path: paths.append(str(path)) or digest(path))
    return paths


def test_what_nobody_touched_is_linked_without_being_read(here: Path, read: list[str]) -> None:
    result = build(here, a_site(new=html("new")))

    assert read == []
    assert result.change == Change(added=1, unchanged=4)
    assert contents(here / "out") == in_memory(a_site(new=html("new")))


def test_it_is_known_after_a_build_that_changed_nothing_too(here: Path, read: list[str]) -> None:
    build(here)
    build(here, a_site(new=html("new")))

    assert read == []


def in_place(path: Path, body: bytes) -> None:
    """Write into a file, and set its time back: its size, its time and its number are as they were."""
    before = path.stat()
    with path.open("r+b") as stream:
        stream.write(body[:before.st_size])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def swapped(path: Path) -> None:
    """Put another file of the same size and time there."""
    other = path.with_name("other")
    other.write_bytes(bytes(path.stat().st_size))
    shutil.copystat(path, other)
    other.replace(path)


TOUCHES: dict[str, Callable[[Path], object]] = {
    "other bytes": lambda path: path.write_bytes(b"tampered"),
    "as many bytes": lambda path: path.write_bytes(bytes(len(path.read_bytes()))),
    "as many bytes at the same time": lambda path: in_place(path, b"cactus, agave"),
    "another file": swapped,
    "removed": lambda path: path.unlink(),
    "mode": lambda path: path.chmod(0o600),
    "a link": lambda path: (path.rename(path.with_name("index.html")), path.symlink_to("index.html")),
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_what_somebody_touched_is_put_right(touch: Callable[[Path], object], here: Path) -> None:
    touch(here / "out" / CSV)
    result = build(here)

    assert codes(result) == []
    assert contents(here / "out") == in_memory(a_site())
    assert not (here / "out" / CSV).is_symlink()


def test_what_somebody_wrote_into_during_a_build_is_put_right_by_the_next(here: Path, read: list[str]) -> None:
    def outputs() -> Iterator[Output]:
        yield from a_site(new=html("new"))
        (here / "out" / CSV).write_bytes(b"tampered")

    build(here, outputs())
    assert (here / "out" / CSV).read_bytes() == b"tampered"      # the site had been looked at, and the file was linked
    build(here, a_site(new=html("new")))

    assert read == [str(here / "out" / CSV)]
    assert contents(here / "out") == in_memory(a_site(new=html("new")))


def test_a_copy_of_the_site_is_read(here: Path, read: list[str]) -> None:
    shutil.copytree(here / "out", here / "copy")
    shutil.rmtree(here / "out")
    (here / "copy").rename(here / "out")
    build(here)

    assert len(read) == 4


def test_a_site_with_another_list_of_files_is_read(here: Path, read: list[str]) -> None:
    manifest = here / "out/manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"cityfolio 0.1.0", b"cityfolio 0.0.9"))
    build(here)

    assert len(read) == 4


@pytest.mark.parametrize("damage", [lambda body: body[:-8] + bytes(8), lambda body: body[:-9], lambda _: b""],
                         ids=["another time", "cut short", "empty"])
def test_what_was_kept_and_damaged_is_not_believed(damage: Callable[[bytes], bytes], here: Path, read: list[str]) -> None:
    for path in (here / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(damage(path.read_bytes()))
    build(here)

    assert len(read) == 4
    assert contents(here / "out") == in_memory(a_site())


def test_a_clock_that_is_too_coarse_is_not_trusted(tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_files, "FINER_NS", 1)     # every time is a multiple of it
    build(tmp_path)
    build(tmp_path)

    assert len(read) == 4


def test_a_build_that_is_refused_leaves_nothing_that_is_believed_wrongly(here: Path, read: list[str]) -> None:
    refused = build(here, a_site(**{"": '<a href="gone/">Gone</a>'}))
    (here / "out" / CSV).write_bytes(b"tampered")
    build(here)

    assert codes(refused) == ["link-broken"]
    assert str(here / "out" / CSV) in read
    assert contents(here / "out") == in_memory(a_site())
