"""Bodies of very many datasets: they lie aside in pieces, and come to what they would have come to in one."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import orjson
import pytest
from hypothesis import given, strategies as st

from cityfolio.files import MemoryTree
from cityfolio.model.site import InPieces, Output
from cityfolio.publish.scan import Scan
from cityfolio.publish.sinks import MemorySink
from cityfolio.publish.write import Edition, write_site
from cityfolio.tables.exports import pieces
from cityfolio.tables.exports.pieces import body_of, json_with
from golden_sites import GOLDEN, built_with_stand_ins

CITIES = sorted(each.parent for each in GOLDEN.glob("*/*/site.yaml"))
PARTS = [b"one\n", b"two\n", b"078-05-1121\n", b"four\n"]


@pytest.fixture
def few_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every body is large."""
    monkeypatch.setattr(pieces, "LARGE_BYTES", 0)
    monkeypatch.setattr(pieces, "PIECE_BYTES", 4)


def in_pieces(parts: list[bytes]) -> InPieces:
    """A body that lies aside."""
    body = body_of(parts)
    assert isinstance(body, InPieces)
    return body


def test_a_small_body_is_held() -> None:
    assert body_of(iter(PARTS)) == b"".join(PARTS)
    assert body_of([]) == b""


@pytest.mark.usefixtures("few_bytes")
def test_a_large_body_can_be_read_again_and_again() -> None:
    body = in_pieces(PARTS)

    assert b"".join(body.read()) == b"".join(body.read()) == b"".join(PARTS)
    assert (body.bytes, body.sha256) == (len(b"".join(PARTS)), sha256(b"".join(PARTS)).hexdigest())


@pytest.mark.usefixtures("few_bytes")
def test_no_part_lies_in_two_pieces() -> None:
    assert list(in_pieces(PARTS).read()) == PARTS


@pytest.mark.usefixtures("few_bytes")
def test_the_parts_of_a_large_body_are_made_one_after_another() -> None:
    held = list[int]()

    def parts() -> Iterator[bytes]:
        for _ in range(100):
            held.append(1)
            yield bytes(1_000)

    body = body_of(parts())

    assert isinstance(body, InPieces)
    assert len(held) == 100
    assert sum(map(len, body.read())) == 100_000


@pytest.mark.usefixtures("few_bytes")
def test_it_is_written_and_looked_through_as_one_that_is_held() -> None:
    scan, sink = Scan(), MemorySink()
    output = Output(url="/catalog.csv", body=in_pieces(PARTS), media_type="text/csv", kind="feed", source="catalog tables")
    found = write_site([output], MemoryTree({}), sink, Edition(made_by="cityfolio", scan=scan)).problems

    assert [(each.code, each.where.path, each.where.line) for each in found] == [("output-personal", "/catalog.csv", 3)]
    assert sink.site == {}


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.parent.name)
def test_a_city_becomes_the_same_site(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, sink = built_with_stand_ins(city, monkeypatch)
    monkeypatch.setattr(pieces, "LARGE_BYTES", 0)
    monkeypatch.setattr(pieces, "PIECE_BYTES", 1_000)
    _, other = built_with_stand_ins(city, monkeypatch)

    assert other.site == sink.site


VALUES = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 9))


@given(VALUES, st.lists(VALUES), VALUES)
def test_a_list_within_an_object_is_written_as_the_whole_would_be(
        whole: dict[str, int], items: list[dict[str, int]], more: dict[str, int]) -> None:
    whole, more = ({name: each for name, each in part.items() if name != "items"} for part in (whole, more))
    more = {name: each for name, each in more.items() if name not in whole}
    parts = map(orjson.dumps, items)

    assert b"".join(json_with(whole, "items", parts, orjson.dumps(more))) == orjson.dumps(whole | {"items": items} | more)
