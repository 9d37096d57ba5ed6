"""The cache gives back what was put or nothing, and never stops a build."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cityfolio import files
from cityfolio.cache import Cache, NoCache, Telling, keeps_nothing
from cityfolio.options import kept_between_runs

ROOT = Path(__file__).resolve().parent.parent


def entry_of(cache: Cache) -> Path:
    """The one entry that a cache holds."""
    (entry,) = [path for path in cache.root.glob("??/*") if path.is_file()]
    return entry


def test_what_was_put_is_got(tmp_path):
    cache = Cache(tmp_path / "kept")
    cache.put("profile 1", b"\x00 any bytes \xff")

    assert cache.get("profile 1") == b"\x00 any bytes \xff"
    assert cache.get("profile 2") is None


def test_a_second_value_replaces_the_first(tmp_path):
    cache = Cache(tmp_path)
    cache.put("key", b"first")
    cache.put("key", b"second")

    assert cache.get("key") == b"second"


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a/b", "Straße", "\udc80", "x" * 5000],
                         ids=["empty", "climbing", "slash", "letters", "surrogate", "long"])
def test_any_text_is_a_key_and_stays_in_the_folder(tmp_path, key):
    cache = Cache(tmp_path / "kept")
    cache.put(key, b"value")

    assert cache.get(key) == b"value"
    assert entry_of(cache).is_relative_to(tmp_path / "kept")


@pytest.mark.parametrize(
    "spoil",
    [lambda body: b"", lambda body: body[:-1], lambda body: body[:10], lambda body: body + b"x", lambda body: b"X" + body[1:],
     lambda body: body[:-1] + bytes([body[-1] ^ 1]), lambda body: b"hello"],
    ids=["empty", "cut short", "header cut", "longer", "other magic", "one bit", "foreign"],
)
def test_a_spoiled_entry_is_a_miss_and_is_removed(tmp_path, spoil):
    cache = Cache(tmp_path)
    cache.put("key", b"value")
    entry = entry_of(cache)
    entry.write_bytes(spoil(entry.read_bytes()))

    assert cache.get("key") is None
    assert not entry.exists()


def test_an_entry_under_anothers_name_is_a_miss(tmp_path):
    cache, other = Cache(tmp_path / "a"), Cache(tmp_path / "b")
    cache.put("key", b"value")
    other.put("another key", b"other")
    entry_of(cache).write_bytes(entry_of(other).read_bytes())

    assert cache.get("key") is None


def test_it_is_known_whether_a_cache_keeps_anything(tmp_path):
    caches = (NoCache(), Telling(NoCache()), Cache(tmp_path), Telling(Cache(tmp_path)))

    assert list(map(keeps_nothing, caches)) == [True, True, False, False]


def test_nothing_of_the_folder_is_committed(tmp_path):
    Cache(tmp_path / "kept").put("key", b"value")

    assert (tmp_path / "kept" / ".gitignore").read_text() == "*\n"


def test_a_cache_that_cannot_be_written_says_why_and_goes_on(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")

    assert "File exists" in cache.put("key", b"value")
    assert cache.get("key") is None


def test_a_folder_in_the_place_of_an_entry_is_a_miss(tmp_path):
    cache = Cache(tmp_path)
    cache.put("key", b"value")
    entry = entry_of(cache)
    entry.unlink()
    entry.mkdir()

    assert cache.get("key") is None
    assert "Is a directory" in cache.put("key", b"value")


def test_what_nobody_asked_for_longest_is_pruned_first(tmp_path):
    cache = Cache(tmp_path, limit_bytes=350)
    for age, key in enumerate(["young", "middle", "old"]):
        cache.put(key, b"x" * 100)
        os.utime(cache._path(key), (1e9 - age, 1e9 - age))
    cache.get("old")
    cache.prune()

    assert [cache.get(key) is not None for key in ("young", "middle", "old")] == [True, False, True]
    assert (tmp_path / ".gitignore").exists()


def test_the_folder_stays_near_its_limit_without_being_told(tmp_path):
    cache = Cache(tmp_path, limit_bytes=100_000)
    for number in range(400):
        cache.put(f"key {number}", b"x" * 1000)

    assert sum(path.stat().st_size for path in tmp_path.glob("??/*")) < 150_000


def test_a_value_that_takes_the_place_of_one_as_large_has_nobody_look_for_what_may_go(tmp_path, monkeypatch):
    cache, prunings = Cache(tmp_path, limit_bytes=1000), []
    cache.put("key", b"x" * 900)
    monkeypatch.setattr(Cache, "prune", prunings.append)
    cache.put("key", b"y" * 900)
    monkeypatch.setattr(Cache, "prune", lambda self: prunings.append("larger"))
    cache.put("key", b"z" * 2000)

    assert prunings == ["larger"]


def test_a_catalog_has_room_for_what_its_next_build_asks_for(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("cityfolio.cache.LIMIT_BYTES", 100)
    monkeypatch.setattr("cityfolio.cache.BYTES_OF_DATASET", 60)
    for dataset in ("trees", "ponds", "walls"):
        (tmp_path / "many/datasets" / dataset).mkdir(parents=True)
        (tmp_path / "few/datasets" / "trees").mkdir(parents=True, exist_ok=True)
    limits = [kept_between_runs(use=True, catalog=tmp_path / name).keep.limit_bytes for name in ("many", "few", "none")]

    assert limits == [180, 100, 100]


def test_threads_may_put_and_get_one_key_at_once(tmp_path):
    cache = Cache(tmp_path)
    values = [bytes([number]) * 10_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda value: cache.put("key", value), values * 8))

    assert set(said) == {""}
    assert cache.get("key") in values


def test_processes_may_put_and_get_one_key_at_once(tmp_path):
    program = (
        "import sys; from pathlib import Path; from cityfolio.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1])); body = sys.argv[2].encode() * 5000\n"
        "for n in range(100):\n"
        "    assert cache.put('key', body) == ''\n"
        "    assert cache.get('key') in [b'a' * 5000, b'b' * 5000]\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    runs = [subprocess.Popen([sys.executable, "-c", program, tmp_path, letter], env=environment) for letter in "ab"]

    assert [run.wait(timeout=60) for run in runs] == [0, 0]


def test_no_cache_keeps_nothing():
    cache = NoCache()

    assert cache.put("key", b"value") == ""
    assert cache.get("key") is None


def a_file(path, body=b"a large file"):
    """A file with some bytes."""
    path.write_bytes(body)
    return path


DIGEST = hashlib.sha256(b"a large file").hexdigest()


def test_a_file_that_was_put_is_laid_where_it_is_wanted(tmp_path):
    cache = Cache(tmp_path / "kept")
    said = cache.put_file("key", a_file(tmp_path / "made"))

    assert said == ""
    assert cache.get_file("key", DIGEST, tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == b"a large file"


def test_it_is_known_whether_a_file_is_kept_and_asking_makes_it_young(tmp_path):
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made"))
    os.utime(entry_of(cache), (1e9, 1e9))

    assert (cache.has_file("key"), cache.has_file("another"), NoCache().has_file("key")) == (True, False, False)
    assert entry_of(cache).stat().st_mtime > 1e9


def test_a_file_whose_times_cannot_be_set_is_kept_all_the_same(tmp_path, monkeypatch):
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made"))
    monkeypatch.setattr(files, "touch", lambda path: False)

    assert (cache.has_file("key"), cache.has_file("another")) == (True, False)


def test_a_file_that_was_never_put_is_a_miss(tmp_path):
    assert not Cache(tmp_path / "kept").get_file("key", DIGEST, tmp_path / "target")
    assert not (tmp_path / "target").exists()


def test_a_second_file_replaces_the_first(tmp_path):
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made", b"first"))
    cache.put_file("key", a_file(tmp_path / "made again"))

    assert cache.get_file("key", DIGEST, tmp_path / "target")


def test_a_file_stays_when_the_one_it_was_put_from_is_gone_or_replaced(tmp_path):
    cache = Cache(tmp_path / "kept")
    made = a_file(tmp_path / "made")
    cache.put_file("key", made)
    made.unlink()
    a_file(made, b"another")

    assert cache.get_file("key", DIGEST, tmp_path / "target")


@pytest.mark.parametrize("body", [b"", b"a large fil", b"a large file ", b"a lArge file"],
                         ids=["empty", "cut short", "longer", "other bytes"])
def test_a_spoiled_file_is_a_miss_and_is_removed(tmp_path, body):
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made"))
    entry = entry_of(cache)
    entry.unlink()
    entry.write_bytes(body)

    assert not cache.get_file("key", DIGEST, tmp_path / "target")
    assert not entry.exists()
    assert not (tmp_path / "target").exists()


def test_a_file_with_another_digest_than_is_asked_for_is_a_miss(tmp_path):
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made"))

    assert not cache.get_file("key", "0" * 64, tmp_path / "target")


def test_files_are_copied_where_they_cannot_be_linked(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "link_file", lambda *_: False)
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made"))

    assert cache.get_file("key", DIGEST, tmp_path / "target")
    assert not (tmp_path / "target").samefile(entry_of(cache))


def test_a_file_cannot_be_kept_where_nothing_can_be_written_and_that_is_said(tmp_path):
    (tmp_path / "kept").write_bytes(b"a file")

    assert Cache(tmp_path / "kept").put_file("key", a_file(tmp_path / "made")).startswith("Nothing could be kept in ")


def test_a_file_that_another_process_prunes_just_now_is_a_miss(tmp_path, monkeypatch):
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made"))
    monkeypatch.setattr(files, "touch", files.discard)

    assert not cache.get_file("key", DIGEST, tmp_path / "target")


def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path, monkeypatch):
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made"))
    monkeypatch.setattr(files, "lay", lambda existing, path: (path.write_bytes(b"half"), os.stat(tmp_path / "none")))

    assert not cache.get_file("key", DIGEST, tmp_path / "target")
    assert not (tmp_path / "target").exists()


def test_a_folder_in_the_place_of_a_file_is_a_miss(tmp_path):
    cache = Cache(tmp_path / "kept")
    cache.put_file("key", a_file(tmp_path / "made"))
    entry = entry_of(cache)
    entry.unlink()
    entry.mkdir()

    assert not cache.get_file("key", DIGEST, tmp_path / "target")


def test_a_file_that_another_process_keeps_at_the_same_time_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "discard", lambda path: path.parent.mkdir(parents=True, exist_ok=True) or path.write_bytes(b"x"))

    assert Cache(tmp_path / "kept").put_file("key", a_file(tmp_path / "made")) == ""


def test_files_count_in_the_size_of_the_folder(tmp_path):
    cache = Cache(tmp_path / "kept", limit_bytes=100)
    for number in range(20):
        cache.put_file(f"key {number}", a_file(tmp_path / str(number), b"x" * 40))

    assert sum(path.stat().st_size for path in (tmp_path / "kept").glob("??/*")) <= 100


def test_no_cache_keeps_no_file(tmp_path):
    made = a_file(tmp_path / "made")

    assert NoCache().put_file("key", made) == ""
    assert not NoCache().get_file("key", DIGEST, tmp_path / "target")


def test_the_first_thing_that_went_wrong_is_remembered(tmp_path):
    (tmp_path / "kept").write_bytes(b"a file")
    telling = Telling(Cache(tmp_path / "kept"))
    telling.put_file("key", a_file(tmp_path / "made"))
    first = telling.note
    telling.put("key", b"value")

    assert first == telling.note
    assert first.startswith("Nothing could be kept in ")


def test_a_cache_that_tells_keeps_files_as_any_other(tmp_path):
    telling = Telling(Cache(tmp_path / "kept"))
    telling.put_file("key", a_file(tmp_path / "made"))

    assert telling.has_file("key")
    assert telling.get_file("key", DIGEST, tmp_path / "target")
    assert telling.note == ""
