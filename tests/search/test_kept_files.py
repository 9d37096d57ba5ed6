"""What holds the same is not compressed again, and comes out as it would be compressed now."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, strategies as st

from cityfolio.cache import Cache, NoCache
from cityfolio.search import kept_files
from cityfolio.search.coding import deflated
from cityfolio.search.kept_files import KeptFiles

FILES = st.lists(st.lists(st.binary(max_size=4), max_size=3).map(tuple), max_size=5)


def stored(files, cache):
    """Some files as an index of theirs stores them."""
    kept = KeptFiles(cache, "en")
    bodies = [kept.deflated(*each) for each in files]
    kept.keep()
    return bodies


@given(st.lists(FILES, min_size=2, max_size=3))
def test_files_that_were_kept_are_those_of_a_clean_build(builds):
    with TemporaryDirectory() as folder:
        found = [stored(files, Cache(Path(folder))) for files in builds]

    assert found == [[deflated(*each) for each in files] for files in builds]


def test_what_is_the_same_is_not_compressed_again(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(kept_files, "deflated", lambda *columns: made.append(columns) or deflated(*columns))
    one, two, three = (b"street", b"tree"), (b"crime",), (b"streettree",)
    for files in ([one, two], [two, one], [one, three], [two]):
        stored(files, Cache(tmp_path))

    assert made == [one, two, three, two]


def test_nothing_is_written_where_nothing_changed(tmp_path):
    stored([(b"street",)], Cache(tmp_path))
    (entry,) = tmp_path.glob("??/*")
    before = entry.stat().st_ino
    stored([(b"street",)], Cache(tmp_path))

    assert entry.stat().st_ino == before


def test_without_a_cache_files_are_compressed():
    assert stored([(b"street", b"tree")], NoCache()) == [deflated(b"street", b"tree")]
