"""Files are replaced whole, written for everybody to read, and listed without following links."""

import builtins
import errno
import os
import stat
import zipfile
from io import BytesIO

import pytest

from cityfolio import files
from cityfolio.files import FolderTree, MemoryTree, Node


def test_a_folder_is_listed_by_path_without_what_starts_with_a_dot(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_bytes(b"123")
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / ".git").mkdir()
    (tmp_path / "link").symlink_to("a.txt")
    os.mkfifo(tmp_path / "pipe")

    assert FolderTree(tmp_path).nodes() == (
        Node(path="a.txt", kind="file", bytes=0),
        Node(path="b", kind="folder"),
        Node(path="b/c.txt", kind="file", bytes=3),
        Node(path="link", kind="link"),
        Node(path="pipe", kind="other"),
    )


def test_a_folder_on_disk_and_one_in_memory_read_alike(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_bytes(b"123")
    disk, memory = FolderTree(tmp_path), MemoryTree({"b/c.txt": "123"})

    assert disk.nodes() == memory.nodes()
    assert disk.read("b/c.txt") == memory.read("b/c.txt") == b"123"
    assert list(files.read_pieces(disk.open("b/c.txt"))) == list(files.read_pieces(memory.open("b/c.txt"))) == [b"123"]


def test_one_folder_of_a_tree_is_listed_as_the_whole_tree_has_it(tmp_path):
    (tmp_path / "b" / "d").mkdir(parents=True)
    (tmp_path / "b" / "d" / "e.txt").write_bytes(b"123")
    (tmp_path / "b" / "link").symlink_to("d")
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "bc").mkdir()
    disk, memory = FolderTree(tmp_path), MemoryTree({"a.txt": "", "b/d/e.txt": "123"})

    assert files.nodes_below(disk, "b") == tuple(each for each in disk.nodes() if each.path.startswith("b/"))
    assert files.nodes_below(memory, "b") == tuple(each for each in memory.nodes() if each.path.startswith("b/"))
    assert files.nodes_below(disk, "c") == files.nodes_below(memory, "c") == ()


def test_nothing_is_listed_of_a_folder_that_is_a_link_or_a_file(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_bytes(b"123")
    (tmp_path / "link").symlink_to("b")

    assert files.nodes_below(FolderTree(tmp_path), "link") == files.nodes_below(FolderTree(tmp_path), "b/c.txt") == ()


def test_nothing_is_listed_of_a_folder_that_may_not_be(tmp_path, monkeypatch):
    (tmp_path / "b").mkdir()

    def refuse(path: object) -> None:
        raise PermissionError(errno.EACCES, "no", str(path))

    monkeypatch.setattr(os, "scandir", refuse)

    assert files.nodes_below(FolderTree(tmp_path), "b") == ()


def test_digests_of_bytes_and_of_a_stream_agree():
    body = b"x" * (files.CHUNK_BYTES + 1)

    assert files.sha256(body) == files.sha256_of(BytesIO(body))


@pytest.mark.parametrize("sync", [True, False], ids=["synced", "not synced"])
def test_a_file_is_replaced_whole_and_nothing_is_left_beside(tmp_path, sync):
    path = tmp_path / "new" / "file.txt"
    files.replace_file(path, b"first", sync=sync)
    files.replace_file(path, b"second", sync=sync)

    assert path.read_bytes() == b"second"
    assert [entry.name for entry in path.parent.iterdir()] == ["file.txt"]


def test_a_replacement_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "file.txt"
    path.write_bytes(b"first")

    def no_space(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", no_space)

    with pytest.raises(OSError, match="No space"):
        files.replace_file(path, b"second")
    assert path.read_bytes() == b"first"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.txt"]


def broken(*given, **named):
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(("act", "where", "call"), [
    (files.read_bytes, builtins, "open"),
    (files.digest_of, files, "sha256_of"),
    (lambda path: files.read_member(path, "a"), zipfile, "ZipFile"),
    (lambda path: files.replace_file(path, b""), files.os, "fsync"),
    (lambda path: files.write_new(path.with_name("new"), [b"a"]), files.os, "write"),
], ids=["read", "digest", "read from an archive", "replace", "write"])
def test_an_error_names_its_file_also_where_the_system_does_not(act, where, call, tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"")
    monkeypatch.setattr(where, call, broken)

    with pytest.raises(OSError, match="Input/output error") as raised:
        act(path)

    assert raised.value.filename.startswith(str(tmp_path))


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=["open", "usual", "private"])
def test_what_is_published_can_be_read_by_everybody_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        files.make_folder(tmp_path / "folder")
        files.write_new(tmp_path / "folder" / "page.html", [b"one ", b"two"])
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "folder" / "page.html").stat().st_mode) == 0o644
    assert (tmp_path / "folder" / "page.html").read_bytes() == b"one two"


def test_a_short_write_is_continued(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(files.os, "write", lambda descriptor, body: write(descriptor, body[:3]))
    files.write_new(tmp_path / "page.html", [b"0123456789"])

    assert (tmp_path / "page.html").read_bytes() == b"0123456789"


@pytest.mark.parametrize("existing", ["file", "link"])
def test_a_new_file_never_takes_the_place_of_another(tmp_path, existing):
    path, elsewhere = tmp_path / "page.html", tmp_path / "elsewhere"
    {"file": lambda: path.write_bytes(b"mine"), "link": lambda: path.symlink_to(elsewhere)}[existing]()

    with pytest.raises(FileExistsError):
        files.write_new(path, [b"new"])
    assert not elsewhere.exists()


def test_a_file_as_it_was_written_has_a_digest(tmp_path):
    files.write_new(tmp_path / "page.html", [b"hello"])

    assert files.public_digest(tmp_path / "page.html") == files.sha256(b"hello")


@pytest.mark.parametrize("what", ["absent", "link", "folder", "pipe", "mode"])
def test_what_was_not_written_so_has_no_digest(tmp_path, what):
    path = tmp_path / "page.html"
    (tmp_path / "target").write_bytes(b"hello")
    (tmp_path / "target").chmod(0o644)
    make = {
        "absent": lambda: None,
        "link": lambda: path.symlink_to("target"),
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path, 0o644),
        "mode": lambda: (path.write_bytes(b"hello"), path.chmod(0o600)),
    }
    make[what]()

    assert files.public_digest(path) is None


def test_a_link_gives_a_file_a_second_name(tmp_path):
    (tmp_path / "one").write_bytes(b"hello")

    assert files.link_file(tmp_path / "one", tmp_path / "two") is True
    assert (tmp_path / "two").samefile(tmp_path / "one")


def test_a_file_system_without_links_is_no_error_and_a_full_one_is(tmp_path, monkeypatch):
    def refusing(number):
        def link(*names, follow_symlinks):
            raise OSError(number, os.strerror(number))
        return link

    monkeypatch.setattr(files.os, "link", refusing(errno.EPERM))
    assert files.link_file(tmp_path / "one", tmp_path / "two") is False

    monkeypatch.setattr(files.os, "link", refusing(errno.ENOSPC))
    with pytest.raises(OSError, match="No space"):
        files.link_file(tmp_path / "one", tmp_path / "two")


def test_files_below_a_folder_are_listed_with_their_sizes_and_without_links(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / ".hidden").write_bytes(b"12")
    (tmp_path / "b").write_bytes(b"1")
    (tmp_path / "link").symlink_to("b")

    assert [(found.path, found.bytes) for found in files.files_below(tmp_path)] == [("a/.hidden", 2), ("b", 1)]
    assert files.files_below(tmp_path / "absent") == ()


def test_discarding_says_whether_the_file_is_gone(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()

    assert files.discard(tmp_path / "file") is True
    assert files.discard(tmp_path / "file") is True
    assert files.discard(tmp_path / "folder") is False


def test_touching_says_whether_it_was_allowed(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    os.utime(tmp_path / "file", (0, 0))

    assert files.touch(tmp_path / "file") is True
    assert (tmp_path / "file").stat().st_mtime > 0
    assert files.touch(tmp_path / "absent") is False


@pytest.mark.parametrize("linked", [True, False], ids=["a second name", "a copy"])
def test_a_file_is_laid_at_another_place(tmp_path, monkeypatch, linked):
    link = files.link_file
    monkeypatch.setattr(files, "link_file", lambda *paths: linked and link(*paths))
    (tmp_path / "a").write_bytes(b"body" * 1_000_000)
    files.lay(tmp_path / "a", tmp_path / "b")

    assert (tmp_path / "b").read_bytes() == b"body" * 1_000_000
    assert (tmp_path / "b").samefile(tmp_path / "a") is linked


@pytest.mark.parametrize("linked", [True, False], ids=["a second name", "a copy"])
def test_a_file_is_never_laid_over_another(tmp_path, monkeypatch, linked):
    link = files.link_file
    monkeypatch.setattr(files, "link_file", lambda *paths: linked and link(*paths))
    (tmp_path / "a").write_bytes(b"new")
    (tmp_path / "b").write_bytes(b"old")

    with pytest.raises(FileExistsError):
        files.lay(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"old"


def test_a_link_is_not_followed_to_be_copied(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "link_file", lambda *_: False)
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "a").symlink_to("secret")

    with pytest.raises(OSError, match="symbolic links"):
        files.lay(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize("body", [b"", b"a", b"body" * 1_000_000], ids=["empty", "a byte", "several pieces"])
def test_the_digest_of_a_file_is_that_of_its_bytes(tmp_path, body):
    (tmp_path / "a").write_bytes(body)

    assert files.digest_of(tmp_path / "a") == files.sha256(body)


def test_a_file_that_is_not_there_has_no_digest(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.digest_of(tmp_path / "a")
