"""A large site has a twin beside it, in which the next build is made; nothing of it is believed, and nothing old is in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from campaigns import chosen
from cityfolio import files, folders
from cityfolio.cache import Cache, NoCache
from cityfolio.model.site import Output
from cityfolio.publish import folder_sink, spare
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.write import Written
from publish import faults
from publish.faults import ERRORS, IGNORE, NEW, OLD, Fault, Killed, an_error, die, state
from publish.sites import a_site, beside, codes, contents, html, in_memory, written

SPARE = ".out.cityfolio-spare"
CSV = "data/trees/trees.csv"


@pytest.fixture(autouse=True)
def every_site_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare, "LARGE", 0)


def build(folder: Path, outputs: list[Output] | None = None) -> Written:
    """Write a site into a folder, with a cache apart."""
    return written(outputs or a_site(), FolderSink(folder / "home" / "out", cache=Cache(folder / "cache")))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a site that has a twin."""
    build(tmp_path, a_site(old=html("old")))
    assert codes(build(tmp_path)) == []
    assert beside(tmp_path / "home" / "out") == [SPARE, "out"]
    return tmp_path


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that are linked."""
    names, link = list[str](), files.link_file
    monkeypatch.setattr(files, "link_file", lambda existing, path: names.append(Path(path).name) or link(existing, path))
    return names


def test_the_twin_holds_the_very_files_of_the_site_for_nobody_else_to_see(here: Path):
    out, twin = here / "home" / "out", here / "home" / SPARE
    shared = {name for name in contents(out) or {} if (twin / name).is_file() and (out / name).samefile(twin / name)}

    assert shared == (contents(out) or {}).keys() - {"manifest.json"}
    assert (contents(twin) or {}).keys() - shared == {".gitignore"}
    assert (twin / ".gitignore").read_bytes() == b"*\n"
    assert stat.S_IMODE(twin.stat().st_mode) == 0o700
    assert stat.S_IMODE(out.stat().st_mode) == 0o755


def test_what_did_not_change_is_neither_read_nor_linked_again(here: Path, linked: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "public_digest", lambda path: pytest.fail("read"))
    sites = [a_site(new=html("new")), a_site(new=html("newer")), a_site()]
    for site in sites:
        build(here, site)
        assert contents(here / "home" / "out") == in_memory(site)

    assert linked == ["new", "new"]      # the twin gets what is new in the site


def test_a_build_that_changes_nothing_leaves_the_twin(here: Path, linked: list[str]):
    build(here)
    build(here, a_site(new=html("new")))

    assert linked == ["new"]
    assert contents(here / "home" / "out") == in_memory(a_site(new=html("new")))


@pytest.mark.parametrize("site", [
    a_site(**{"data/trees": "a file in the place of a folder", "": html(), "data/trees/": None, "data/trees/trees.csv": None}),
    a_site(**{"data/trees/trees.csv/": html("a folder in the place of a file"), "data/trees/trees.csv": None,
              "data/trees/": html("Trees")}),
    a_site(**{"data/trees/": None, "data/trees/trees.csv": None, "": html()}),
], ids=["a file for a folder", "a folder for a file", "a folder that goes"])
def test_files_and_folders_change_places(here: Path, site: list[Output]):
    for outputs in (site, a_site(), site):
        assert build(here, outputs).manifest
        assert contents(here / "home" / "out") == in_memory(outputs)


def written_into(twin: Path) -> None:
    (twin / CSV).write_bytes(b"species\nelm\n")


def replaced(twin: Path) -> None:
    (twin / CSV).unlink()
    (twin / CSV).write_bytes(b"species\nelm\n")


def removed(twin: Path) -> None:
    (twin / CSV).unlink()


def linked_elsewhere(twin: Path) -> None:
    (twin / CSV).unlink()
    (twin / CSV).symlink_to("/etc/hostname")


def added(twin: Path) -> None:
    (twin / "data" / "more.html").write_bytes(b"more")


def with_a_folder(twin: Path) -> None:
    (twin / "more" / "more").mkdir(parents=True)


def closed(twin: Path) -> None:
    (twin / "data").chmod(0o700)


def closed_file(twin: Path) -> None:
    (twin / CSV).chmod(0o600)


def a_link(twin: Path) -> None:
    os.rename(twin, twin.with_name("elsewhere"))
    twin.symlink_to("elsewhere")


@pytest.mark.parametrize("touch", [written_into, replaced, removed, linked_elsewhere, added, with_a_folder, closed, closed_file,
                                   a_link])
def test_whatever_was_done_to_the_twin_the_site_is_whole(here: Path, touch: Callable[[Path], None]):
    touch(here / "home" / SPARE)
    build(here, a_site(new=html("new")))

    out = here / "home" / "out"
    assert contents(out) == in_memory(a_site(new=html("new")))
    assert {stat.S_IMODE(each.stat().st_mode) for each in out.rglob("*")} == {0o644, 0o755}
    assert not any(each.is_symlink() for each in out.rglob("*"))


def test_without_a_cache_no_twin_is_left(here: Path):
    written(a_site(new=html("new")), FolderSink(here / "home" / "out", cache=NoCache()))

    assert beside(here / "home" / "out") == ["out"]


def test_a_small_site_has_no_twin(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spare, "LARGE", 100)
    build(here, a_site(new=html("new")))

    assert beside(here / "home" / "out") == ["out"]
    assert contents(here / "home" / "out") == in_memory(a_site(new=html("new")))


def test_a_file_system_without_links_has_no_twin(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "link_file", lambda existing, path: False)
    build(here, a_site(new=html("new")))

    assert beside(here / "home" / "out") == ["out"]


def test_a_site_with_faults_takes_the_twin_along_and_stays(here: Path):
    build(here, a_site(**{"": '<a href="gone/">Gone</a>'}))

    assert contents(here / "home" / "out") == in_memory(a_site())
    assert beside(here / "home" / "out") == ["out"]


def rebuilt(home: Path, site: list[Output] = NEW) -> Written:
    return written(site, FolderSink(home / "out", cache=Cache(home.parent / "cache")))


@pytest.fixture
def with_a_twin(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path]:
    """Have builds of the harness keep a twin, and put the old site in its place with one."""
    monkeypatch.setattr(faults, "written", lambda site, output: rebuilt(output.parent, site))

    def placed(home: Path) -> Path:
        (home / "out").mkdir(parents=True)
        (home / "out" / ".gitignore").write_bytes(IGNORE)
        rebuilt(home, [*OLD, *a_site(before=html("before"))[-1:]])
        rebuilt(home, OLD)
        assert beside(home / "out") == [SPARE, "out"]
        return home / "out"

    return placed


def points(folder: Path, with_a_twin: Callable[[Path], Path], *, one_step: bool, some: int | None = None,
           ) -> Iterator[tuple[int, Path]]:
    """The site with its twin, once for each change to the disk that a build makes, or for some of them."""
    fault = Fault(0, die)
    fault.build(with_a_twin(folder / "count" / "home"), one_step=one_step)
    assert fault.count > 20
    yield from ((at, with_a_twin(folder / str(at) / "home")) for at in chosen(range(1, fault.count + 1), some))


# Every point once, and some of them with each other error: what the system refused makes no difference to most.
AT_POINTS = [pytest.param(number, None if name == "full disk" else 8, id=name) for name, number in ERRORS.items()]
AT_ALL = [pytest.param(number, None, id=f"{name} at every point", marks=pytest.mark.campaign)
          for name, number in ERRORS.items() if name != "full disk"]


@pytest.mark.parametrize(("number", "some"), AT_POINTS + AT_ALL)
def test_an_error_at_any_point_leaves_the_old_site_or_the_new_one(tmp_path: Path, with_a_twin: Callable[[Path], Path],
                                                                  number: int, some: int | None):
    for at, out in points(tmp_path, with_a_twin, one_step=True, some=some):
        result = Fault(at, an_error(number)).build(out)

        assert state(out) == ("new" if result.manifest else "old")
        rebuilt(out.parent)
        assert state(out) == "new"


@pytest.mark.parametrize("one_step", [True, False], ids=["exchanged", "renamed twice"])
def test_a_death_at_any_point_leaves_the_old_site_or_the_new_one(tmp_path: Path, with_a_twin: Callable[[Path], Path],
                                                                 one_step: bool):
    seen = []
    for at, out in points(tmp_path, with_a_twin, one_step=one_step):
        with pytest.raises(Killed):
            Fault(at, die, lasts=True).build(out, one_step=one_step)
        seen.append(state(out))
        rebuilt(out.parent)
        assert state(out) == "new"

    assert set(seen) == {"old", "new"} if one_step else seen.count("none") <= 1
    assert "mixture" not in seen


def test_before_the_swap_lasts_nothing_is_done_to_the_former_site(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(folders, "sync_entry", lambda path: os.stat("/absent"))
    monkeypatch.setattr(folder_sink, "laid_aside", lambda *folders: pytest.fail("done"))

    assert "could not be synced" in build(here, a_site(new=html("new"))).note
