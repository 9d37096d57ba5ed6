"""Small files share one, and each is found in it by what the root says."""

import pytest
from hypothesis import given, strategies as st

from cityfolio.search import packs
from cityfolio.search.packs import FOLDERS, UNIT, Folder, joined, packs_of
from search.reading_index import Bytes

BODIES = st.lists(st.binary(max_size=300), min_size=2, max_size=40)


def files_of(folder, bodies):
    """The files of a folder, numbered."""
    return {f"{folder}/{at}.bin": body for at, body in enumerate(bodies)}


def read_back(made, folder):
    """The files of a folder, found by the widths of all before."""
    widths, units = Bytes(made.widths[f"{folder}/widths.bin"]), []
    while not widths.is_at_end:
        units.append(widths.varint())
    whole = Bytes(b"".join(body for path, body in made.files.items() if path.startswith(f"{folder}/")))
    cells = [Bytes(whole.take(unit * UNIT)) for unit in units]
    return [cell.take(cell.varint()) for cell in cells]


@given(BODIES)
def test_what_is_packed_is_read_back(bodies):
    assert read_back(packs_of(files_of("records", bodies)), "records") == bodies


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_so_many_files_share_a_pack(folder):
    made = packs_of(files_of(folder.name, [b"some"] * (2 * folder.together + 1)))

    assert list(made.files) == [f"{folder.name}/{at}.bin" for at in range(3)]
    assert made.together == {folder.name: folder.together}


def test_a_pack_is_no_longer_than_what_it_holds_and_a_unit_for_each():
    made = packs_of(files_of("words", [bytes(at) for at in range(8)]))

    assert len(made.files["words/0.bin"]) <= sum(range(8)) + 8 * (UNIT + 1)
    assert len(made.files["words/0.bin"]) % UNIT == 0


def test_other_files_stay_as_they_are():
    others = {"titles/0.bin": b"titles", "parts.bin": b"parts", "facets/topic.bin": b"topic"}
    made = packs_of(others)

    assert made.files == others
    assert made.together == made.widths == {}


def test_one_file_needs_no_pack():
    assert packs_of({"words/0.bin": b"words"}).files == {"words/0.bin": b"words"}


def test_more_files_than_a_list_may_have_are_each_by_itself(monkeypatch):
    monkeypatch.setattr(packs, "FOLDERS", (Folder(name="words", together=2, most=3),))

    assert packs_of(files_of("words", [b"a"] * 3)).together == {"words": 2}
    assert packs_of(files_of("words", [b"a"] * 4)).files == files_of("words", [b"a"] * 4)


@given(BODIES, st.integers(1, 9))
def test_bodies_are_joined_in_their_order(bodies, together):
    made = joined(bodies, together)

    assert b"".join(made) == b"".join(bodies)
    assert len(made) == -(-len(bodies) // together)
