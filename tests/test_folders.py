"""Whole folders are swapped in one step, removed without following links, and kept to one build at a time."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cityfolio import folders

ROOT = Path(__file__).resolve().parent.parent


def a_folder(path: Path, **files: str) -> Path:
    """A folder with some files in it."""
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text)
    return path


def test_names_below_are_files_links_and_hidden_ones_but_not_folders(tmp_path):
    a_folder(tmp_path / "b", x="")
    (tmp_path / ".hidden").write_text("")
    (tmp_path / "link").symlink_to("b")
    (tmp_path / "empty").mkdir()

    assert list(folders.names_below(tmp_path)) == [".hidden", "b/x", "link"]


def test_a_folder_is_removed_with_its_links_and_not_what_they_lead_to(tmp_path):
    kept = a_folder(tmp_path / "kept", x="still here")
    gone = a_folder(tmp_path / "gone", y="")
    (gone / "link").symlink_to(kept)
    (gone / "inner").mkdir()
    folders.remove_folder(gone)

    assert not gone.exists()
    assert (kept / "x").read_text() == "still here"


def test_removing_a_link_or_nothing_is_fine(tmp_path):
    kept = a_folder(tmp_path / "kept")
    (tmp_path / "link").symlink_to(kept)
    folders.remove_folder(tmp_path / "link")
    folders.remove_folder(tmp_path / "absent")

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("one_step", [True, False], ids=["exchange", "two renames"])
def test_two_folders_are_swapped_and_the_former_is_named(tmp_path, monkeypatch, one_step):
    monkeypatch.setattr(folders, "LINUX", one_step)
    new, current = a_folder(tmp_path / "new", page="new"), a_folder(tmp_path / "current", page="old")
    former = folders.swap_folders(new, current, tmp_path / "old")

    assert (current / "page").read_text() == "new"
    assert (former / "page").read_text() == "old"


def test_a_folder_that_cannot_be_renamed_gets_the_new_files_one_by_one(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    new = a_folder(tmp_path / "new", page="new", same="same")
    current = a_folder(tmp_path / "current", page="old", gone="gone")
    a_folder(current / "empty")
    monkeypatch.setattr(folders, "_exchange", refused)

    left = folders.swap_folders(new, current, tmp_path / "old")

    assert {path.name: path.read_text() for path in current.iterdir()} == {"page": "new", "same": "same"}
    assert list(left.iterdir()) == []


def test_the_first_folder_has_no_former_one(tmp_path):
    new = a_folder(tmp_path / "new", page="new")

    assert folders.swap_folders(new, tmp_path / "current", tmp_path / "old") is None
    assert (tmp_path / "current" / "page").read_text() == "new"


def test_a_second_rename_that_fails_is_undone(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "LINUX", False)
    current = a_folder(tmp_path / "current", page="old")

    with pytest.raises(FileNotFoundError):
        folders.swap_folders(tmp_path / "absent", current, tmp_path / "old")
    assert (current / "page").read_text() == "old"


def test_a_crash_between_two_renames_is_undone_later(tmp_path):
    a_folder(tmp_path / "old", page="old")
    folders.restore_folder(tmp_path / "current", tmp_path / "old")

    assert (tmp_path / "current" / "page").read_text() == "old"


def test_a_folder_in_its_place_is_not_replaced_by_a_former_one(tmp_path):
    a_folder(tmp_path / "old", page="old")
    a_folder(tmp_path / "current", page="new")
    folders.restore_folder(tmp_path / "current", tmp_path / "old")

    assert (tmp_path / "current" / "page").read_text() == "new"


def test_an_exchange_that_the_file_system_refuses_raises(tmp_path):
    current = a_folder(tmp_path / "current")

    with pytest.raises(FileNotFoundError):
        folders.swap_folders(tmp_path / "absent", current, tmp_path / "old")
    assert current.is_dir()


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL], ids=["old kernel", "file system"])
def test_a_system_without_the_call_is_told_apart_from_one_that_fails(monkeypatch, number):
    import ctypes

    monkeypatch.setattr(ctypes, "get_errno", lambda: number)

    assert folders._libc("syncfs", -1) is False


def test_a_library_without_the_call_is_told_apart_too():
    assert folders._libc("no_such_call_in_any_library") is False


@pytest.mark.parametrize("one_call", [True, False], ids=["syncfs", "each file"])
def test_a_folder_is_synced(tmp_path, monkeypatch, one_call):
    synced = []
    monkeypatch.setattr(folders, "LINUX", one_call)
    monkeypatch.setattr(folders.os, "fsync", synced.append)
    a_folder(tmp_path / "site", page="")
    folders.sync_folder(tmp_path / "site")

    assert len(synced) == (0 if one_call else 2)


def test_windows_opens_no_folder_to_sync_it(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(folders, "WINDOWS", True)
    monkeypatch.setattr(folders.os, "fsync", synced.append)
    folders.sync_entry(tmp_path)

    assert synced == []


def test_a_lock_leaves_nothing_behind_and_can_be_taken_again(tmp_path):
    with folders.locked(tmp_path / "lock", 0):
        pass
    with folders.locked(tmp_path / "lock", 0):
        held = [path.name for path in tmp_path.iterdir()]

    assert held == ["lock"]
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_is_held_is_refused_in_the_end(tmp_path):
    with (
        folders.locked(tmp_path / "lock", 0),
        pytest.raises(TimeoutError, match="another build is writing there"),
        folders.locked(tmp_path / "lock", 0.1),
    ):
        pass


def test_who_waits_for_a_lock_gets_it_when_it_is_free(tmp_path):
    order = []
    first = folders.locked(tmp_path / "lock", 0)
    first.__enter__()
    threading.Timer(0.15, lambda: (order.append("first is done"), first.__exit__(None, None, None))).start()
    with folders.locked(tmp_path / "lock", 10):
        order.append("second has it")

    assert order == ["first is done", "second has it"]


def test_a_lock_ends_with_the_process_that_held_it(tmp_path):
    program = (
        "import os, sys; from pathlib import Path; from cityfolio import folders\n"
        "folders.locked(Path(sys.argv[1]), 0).__enter__(); os._exit(9)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    run = subprocess.run([sys.executable, "-c", program, tmp_path / "lock"], env=environment)
    with folders.locked(tmp_path / "lock", 0):
        has_it = True

    assert run.returncode == 9
    assert has_it


def test_a_lock_that_cannot_be_let_go_cleanly_makes_no_failure_of_what_was_done(tmp_path, monkeypatch):
    close = os.close

    def close_and_complain(descriptor):
        close(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    with folders.locked(tmp_path / "lock", 0):
        monkeypatch.setattr(folders.os, "close", close_and_complain)
    monkeypatch.undo()

    with folders.locked(tmp_path / "lock", 0):
        has_it = True
    assert has_it


def test_windows_locks_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "WINDOWS", True)
    with folders.locked(tmp_path / "lock", 0), folders.locked(tmp_path / "lock", 0):
        has_both = True

    assert has_both


def test_a_scratch_folder_is_gone_when_it_is_left():
    with folders.scratch_folder() as scratch:
        (scratch / "deep").mkdir()
        (scratch / "deep" / "file").write_text("made on the way")
        was_there = scratch.is_dir()

    assert was_there
    assert not scratch.exists()


def test_a_scratch_folder_is_gone_after_a_failure_too():
    with pytest.raises(ZeroDivisionError), folders.scratch_folder() as scratch:
        (scratch / "file").write_text(str(1 / 0))

    assert not scratch.exists()


def test_two_scratch_folders_are_not_the_same():
    with folders.scratch_folder() as one, folders.scratch_folder() as other:
        assert one != other


def test_a_scratch_folder_lies_where_it_is_wanted(tmp_path):
    with folders.scratch_folder(tmp_path / "cache") as scratch:
        inside = scratch.is_relative_to(tmp_path / "cache")

    assert inside
    assert list((tmp_path / "cache").iterdir()) == []


def test_where_nothing_can_be_written_a_scratch_folder_lies_elsewhere(tmp_path):
    (tmp_path / "cache").write_text("a file")
    with folders.scratch_folder(tmp_path / "cache") as scratch:
        elsewhere = not scratch.is_relative_to(tmp_path)

    assert elsewhere or scratch.parent == tmp_path.parent
