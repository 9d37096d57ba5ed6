"""Packed forms of files: the same everywhere, smaller than what they are made of, and nothing is lost in them."""

from __future__ import annotations

import builtins
import gzip
from hashlib import sha256
from types import ModuleType

import pytest
from hypothesis import given, strategies as st

from cityfolio.publish.compression import BrotliMissing, compressed

TEXT = b"<p>The city publishes what it knows.</p>\n" * 50


def test_a_page_is_packed_in_both_forms() -> None:
    brotli = pytest.importorskip("brotli", reason="the package brotli is not installed")

    found = compressed("data/trees/index.html", TEXT)

    assert gzip.decompress(found["gzip"]) == brotli.decompress(found["br"]) == TEXT
    assert len(found["br"]) < len(found["gzip"]) < len(TEXT)


@given(st.binary(min_size=600, max_size=3000))
def test_whatever_is_packed_comes_out_again(body: bytes) -> None:
    found = compressed("any.csv", body * 2, ("gzip",))

    assert gzip.decompress(found.get("gzip", gzip.compress(body * 2))) == body * 2
    assert all(len(each) < len(body) * 2 for each in found.values())


def test_a_packed_file_holds_no_time_no_name_and_no_system() -> None:
    assert compressed("index.html", TEXT, ("gzip",))["gzip"][:10] == bytes.fromhex("1f8b08000000000002ff")


@pytest.mark.parametrize(("path", "body"), [
    ("photo.jpg", bytes(5000)),
    ("assets/public-sans-0123456789.woff2", bytes(5000)),
    ("data/trees/trees.parquet", bytes(5000)),
    ("data/trees/trees.zip", bytes(5000)),
    ("index.html", b"<p>Small</p>"),
], ids=["a picture", "a font", "Parquet", "an archive", "a tiny page"])
def test_what_gains_nothing_is_not_packed(path: str, body: bytes) -> None:
    assert compressed(path, body, ("gzip",)) == {}


@pytest.mark.parametrize("path", ["a.html", "a.csv", "a.json", "a.geojson", "a.jsonld", "a.atom", "a.svg", "a.ttl", "a.wasm",
                                  "api/3/action/package_list", "assets/site-0123456789ab.js"])
def test_text_is_packed(path: str) -> None:
    assert set(compressed(path, TEXT, ("gzip",))) == {"gzip"}


def test_text_that_cannot_be_made_smaller_is_left_as_it_is() -> None:
    noise = b"".join(sha256(bytes([number])).digest() for number in range(40))

    assert compressed("a.txt", noise, ("gzip",)) == {}


def test_what_is_missing_for_brotli_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without_brotli(name: str, *rest: object) -> ModuleType:
        if name == "brotli":
            raise ImportError(name)
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_brotli)

    with pytest.raises(BrotliMissing, match="brotli is not installed"):
        compressed("index.html", TEXT)
