"""A build that has nothing to do says so at once, and one that has something to do is never taken for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cities import SITE, a_city
from cityfolio import unchanged
from cityfolio.cli import main
from cityfolio.folders import lock_of, locked
from cityfolio.options import kept_between_runs
from cityfolio.seen import Seen

NOTHING = "Nothing changed since"
SETTLED = unchanged.YOUNG_NS / 1e9 + 0.5      # in seconds: as long as the program waits, and a little
PINNED = SITE + "as_of: 2026-06-30\nbase_url: https://data.example.gov\n"


@pytest.fixture(autouse=True)
def files_that_are_old_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files for settled as soon as they are written, which tests need not wait for."""
    monkeypatch.setattr(unchanged, "YOUNG_NS", -10_000_000_000)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city that was built once, in the working directory; with a cache of its own."""
    for path, body in a_city(**{"site.yaml": PINNED}).items():
        target = tmp_path / "catalog" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body.encode() if isinstance(body, str) else body)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    assert run().exit_code == 0
    return tmp_path


def run(*more: str) -> Result:
    return CliRunner().invoke(main, ["build", *more], catch_exceptions=False)


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are always text there")
def test_a_city_in_a_folder_whose_name_is_no_text_is_built_and_built_again(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = here / os.fsdecode(b"caf\xe9")
    shutil.copytree(here / "catalog", place / "catalog")
    monkeypatch.chdir(place)
    first, second = run("--quiet"), run("--quiet")
    (place / "catalog" / "site.yaml").write_text(PINNED.replace("Example City", "Sample City"))
    edited, clean = run("--quiet"), run("--quiet", "--no-cache", "--output", "clean")

    assert [each.exit_code for each in (first, second, edited, clean)] == [0, 0, 0, 0]
    assert (place / "output" / "index.html").read_bytes() == (place / "clean" / "index.html").read_bytes()
    assert b"Sample City" in (place / "clean" / "index.html").read_bytes()


def test_a_build_that_keeps_nothing_looks_for_nothing_that_was_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(unchanged, "_listed")

    assert run("--no-cache").exit_code == 0


def rewrite(path: Path, was: bytes, now: bytes) -> None:
    """Change a file in place and set its time back: its size and its time are as they were."""
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(was, now))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def again(path: Path) -> None:
    """Put a copy of a file in its place: its bytes and its time are as they were."""
    shutil.copy2(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


def written(path: Path, text: str) -> None:
    """Write a file, in a new folder if need be."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_a_build_of_what_was_built_already_does_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.running.built", None)    # would be called

    result = run()

    assert result.exit_code == 0
    assert NOTHING in result.output
    assert "1 dataset, 1 file" in result.output


def test_a_build_that_has_nothing_to_do_imports_nothing_that_takes_long(here: Path) -> None:
    long = {"pandas", "pyarrow", "numpy", "jinja2", "msgspec", "cityfolio.model"}
    program = (f"import sys; from cityfolio import cli, unchanged; unchanged.YOUNG_NS = {unchanged.YOUNG_NS}\n"
               f"try: cli.main(['build'])\nfinally: print(*sorted({long} & set(sys.modules)), 'here')")
    asked = [sys.executable, "-c", program]
    subprocess.run(asked, capture_output=True, check=True)
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout

    assert NOTHING in told
    assert told.splitlines()[-1].strip() == "here"


def test_no_folder_is_listed_where_nothing_was_touched(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "_listed", lambda *_, **__: pytest.fail("listed"))

    assert NOTHING in run().output


def looks(seen: Seen) -> dict[bytes, tuple[int, ...]]:
    """How each thing that was seen looked."""
    return {folder + path: tuple(seen.looks[folder][3 * at:3 * at + 3])
            for folder, paths in seen.paths.items() for at, path in enumerate(paths)}


@pytest.mark.parametrize("many", [2, 64])
def test_a_site_that_was_just_written_is_known_as_if_it_were_listed(
        here: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(unchanged, "MANY", many)
    (here / "output/.gitignore").write_text("*")
    run("--base-url", "https://other.example.gov")
    known, listed = Seen(), Seen()
    digests = [unchanged._site_left(here / "output", known, kept_between_runs(use=True, catalog=here / "catalog")),
               unchanged._site_of(here / "output", listed)]

    assert digests[0] == digests[1] != ""
    assert looks(known) == looks(listed)
    assert known.paths.keys() == listed.paths.keys()


def test_a_site_of_which_a_file_was_touched_meanwhile_is_listed(here: Path) -> None:
    keep = kept_between_runs(use=True, catalog=here / "catalog")
    (here / "output/manifest.json").write_bytes((here / "output/manifest.json").read_bytes() + b" ")

    assert unchanged._site_left(here / "output", Seen(), keep) == ""


def test_what_no_build_reads_may_come_and_go(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "catalog/datasets/trees/.trees.csv.swp").write_text("x")
    (here / "catalog/datasets/node_modules").mkdir()
    listed = run()
    monkeypatch.setattr(unchanged, "_listed", lambda *_, **__: pytest.fail("listed"))

    assert NOTHING in listed.output
    assert NOTHING in run().output


def test_a_catalog_that_is_a_link_is_known_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "link").symlink_to("catalog")
    run("--catalog", "link")
    monkeypatch.setattr(unchanged, "_listed", lambda *_, **__: pytest.fail("listed"))

    assert NOTHING in run("--catalog", "link").output


def test_what_a_build_warned_of_is_said_again(here: Path) -> None:
    (here / "catalog/datasets/trees/trees.csv").write_text("species,height\noak,\n")
    first = run()

    again = run()

    told = [line for line in first.output.splitlines() if line.startswith("catalog/")]
    assert NOTHING in again.output
    assert [line for line in again.output.splitlines() if line.startswith("catalog/")] == told


def committed(here: Path) -> None:
    """Put the catalog under version control."""
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(here)]
    for command in (["init", "-q"], ["add", "catalog"], ["commit", "-qm", "All"]):
        subprocess.run([*git, *command], check=True)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a cell": lambda here: rewrite(here / "catalog/datasets/trees/trees.csv", b"oak", b"elm"),
    "a new file": lambda here: (here / "catalog/notes.txt").write_text("x"),
    "a file that goes": lambda here: (here / "catalog/datasets/trees/trees.csv").unlink(),
    "a link": lambda here: (here / "catalog/datasets/trees/link.csv").symlink_to("trees.csv"),
    "a page of the site": lambda here: (here / "output/index.html").write_text("ours"),
    "a page that goes": lambda here: (here / "output/index.html").unlink(),
    "a file beside the pages": lambda here: (here / "output/data/notes.txt").write_text("ours"),
    "a page at another place on the disk": lambda here: again(here / "output/index.html"),
    "a file in a new folder": lambda here: written(here / "catalog/datasets/elms/dataset.yaml", "title: Elms\n"),
    "a folder that goes": lambda here: shutil.rmtree(here / "catalog/datasets/trees"),
    "a name": lambda here: (here / "catalog/datasets/trees/trees.csv").rename(here / "catalog/datasets/trees/elms.csv"),
    "the site": lambda here: (here / "output").rename(here / "elsewhere"),
    "a commit": committed,
}


class Begun(Exception):
    """A build begins."""


@pytest.fixture
def broken_off(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    """Break off every further build where it begins: only one that has nothing to do comes to its end."""
    def begin(*_: object) -> None:
        raise Begun

    monkeypatch.setattr("cityfolio.running.built", begin)


@pytest.mark.usefixtures("broken_off")
@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_whatever_changes_is_noticed(here: Path, change: Callable[[Path], object]) -> None:
    assert NOTHING in run().output
    change(here)

    with pytest.raises(Begun):
        run()


@pytest.mark.parametrize("more", [("--base-url", "https://other.example.gov"), ("--as-of", "2026-07-01"), ("--strict",),
                                  ("--for-folder",), ("--no-cache",), ("--fetch",), ("--previous", "output/manifest.json"),
                                  ("--output", "other")])
@pytest.mark.usefixtures("broken_off")
def test_other_options_are_another_build(more: tuple[str, ...]) -> None:
    with pytest.raises(Begun):
        run(*more)


@pytest.mark.usefixtures("broken_off")
def test_another_day_is_another_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")

    with pytest.raises(Begun):
        run()


def test_a_build_that_failed_is_done_again(here: Path) -> None:
    (here / "catalog/datasets/trees/trees.csv").write_text("species,height\noak,tall\n")

    assert [run().exit_code, run().exit_code] == [1, 1]


def test_files_of_a_moment_ago_are_not_trusted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "YOUNG_NS", 60_000_000_000)

    assert NOTHING not in run().output


def test_what_was_kept_is_not_believed_when_it_was_changed(here: Path) -> None:
    for path in (here / "cache").rglob("*"):
        if path.is_file() and b'"sources"' in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(b'"datasets": 1', b'"datasets": 7'))

    assert NOTHING not in run().output


@pytest.mark.parametrize(("name", "value"), [("__version__", "0.0.9"), ("FORM", 1)], ids=["version", "form"])
def test_what_another_version_kept_is_not_read(here: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
    asked = unchanged.Asked(catalog=here, output=here, program=(), given={}, environment={}, today=date(2026, 6, 30))
    now = asked.key
    monkeypatch.setattr(unchanged, name, value)

    assert asked.key != now


def test_a_site_that_somebody_wrote_into_is_put_right(here: Path) -> None:
    before = (here / "output/index.html").read_bytes()
    (here / "output/index.html").write_text("ours")
    run()

    assert (here / "output/index.html").read_bytes() == before


def test_a_lock_that_a_build_could_not_remove_is_removed_though_nothing_changed(here: Path) -> None:
    left = lock_of(here / "output")
    left.touch()

    assert run().stdout.startswith(NOTHING)
    assert not left.exists()


def test_the_lock_of_a_build_at_work_stays_where_nothing_changed(here: Path) -> None:
    held = lock_of(here / "output")
    with locked(held, 0):
        assert run().stdout.startswith(NOTHING)
        assert held.exists()


@pytest.mark.parametrize(
    "paths", [("/ top/", "/ top/b.yaml", "/top/ c/d"), ("/ t/", "/ t/d/", "/t/d/ e", "/t/ b", "/t/d/ f"), ("/ a/",)])
def test_what_was_seen_is_kept_whole(paths: tuple[str, ...]) -> None:
    seen = Seen()
    for start, path in (path.split(" ") for path in paths):
        seen.add(start + path, os.lstat("."), start)
    kept = Seen.from_bytes(seen.to_bytes())

    assert kept == seen
    assert sorted(folder + path for folder, below in kept.paths.items() for path in below) == sorted(
        path.replace(" ", "").encode() for path in paths)


def test_files_of_a_folder_of_many_are_looked_at_as_others_are(here: Path) -> None:
    many = here / "catalog/theme/many"
    many.mkdir(parents=True)
    for number in range(unchanged.MANY):
        (many / str(number)).mkdir()
        (many / str(number) / "file.txt").write_text("a")
    said = [run().stdout, run().stdout]
    (many / "7/file.txt").write_text("b")
    said += [run().stdout, run().stdout]
    (many / "7/another.txt").write_text("b")
    said += [run().stdout]

    assert [NOTHING in each for each in said] == [False, True, False, True, False]


def test_a_program_that_is_run_where_the_site_lies_says_so_too(here: Path) -> None:
    words = [sys.executable, "-m", "cityfolio", "build"]
    time.sleep(SETTLED)      # another process takes no file for settled before that
    said = [subprocess.run(words, cwd=here, capture_output=True, text=True, check=True).stdout for _ in range(2)]

    assert [NOTHING in each for each in said] == [False, True]


def test_a_package_that_comes_or_goes_is_a_reason_to_build(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(here / "packages"))
    assert NOTHING not in run().output
    (here / "packages/a-1.0.dist-info").mkdir(parents=True)
    assert NOTHING not in run().output
    assert NOTHING in run().output
    (here / "packages/a-1.0.dist-info").rename(here / "packages/a-1.1.dist-info")
    assert NOTHING not in run().output
