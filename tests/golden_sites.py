"""Small cities with their expected output beside: what differs is shown line by line, or written with `--rewrite`."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path
from shutil import rmtree
from typing import Any
from zipfile import ZipFile

import orjson
import pyarrow.parquet as pq
import pytest

import cityfolio.inspecting
from cities import a_build
from cityfolio.build import Result, Workshop, build_site
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.pages.templates import load_theme
from cityfolio.pages.theme_layers import BUNDLE
from cityfolio.publish.sinks import MemorySink

GOLDEN = Path(__file__).resolve().parent / "golden"
MOST_LINES = 400
INDEX, ROWS, OUTLINE = "search/index/", ".parquet", re.compile(r"data/[^/]+/[^/]+/index\.json")
TABLES = "catalog.sqlite"     # the same rows as those of catalog/*.parquet
ENGINES = ("search/search.js", "embed/embed.js")
ASSET = re.compile(r"\b([a-z]+(?:-[a-z]+)*)-([0-9a-f]{10})(\.(?:css|js|json|svg|woff2))\b")


# Scripts and fonts are there or not, as the machine has Node or not; pages name them all the same here.
STAND_INS = {name: name.encode() for name in BUNDLE}


def built_with_stand_ins(city: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Result, MemorySink]:
    """A city's folder, built in memory with stand-ins for what the bundler makes."""
    def with_stand_ins(*given: Any, **named: Any) -> Any:   # Any: whatever the theme's loader takes
        theme, problems = load_theme(*given, **named)
        assert theme is not None
        return replace(theme, bundle=STAND_INS), tuple(each for each in problems if each.code != "assets-unbundled")

    monkeypatch.setattr(cityfolio.inspecting, "load_theme", with_stand_ins)
    tree, sink = FolderTree(city), MemorySink()
    build = a_build(base_url="https://data.maplewood.example/portal", revision="0123abc")
    return build_site(load(tree), build, Workshop(tree=tree, sink=sink)), sink


def compare(folder: Path, made: Mapping[str, str], *, rewrite: bool) -> None:
    """Hold what was made against the files of a folder. Raises AssertionError with a unified diff."""
    if rewrite:
        assert "CI" not in os.environ, "expected files are written by people, who look at the difference"
        _write(folder, made)
    lines = differences(_expected(folder), made)
    rest = [f"... and {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    shown = ["what is made is not what is expected (`make golden` rewrites it):", *lines[:MOST_LINES], *rest]
    assert not lines, "\n".join(shown)


def differences(expected: Mapping[str, str], made: Mapping[str, str]) -> list[str]:
    """A unified diff of all files, in the order of their paths."""
    return [
        line
        for path in sorted({*expected, *made})
        for line in unified_diff(_lines(expected.get(path)), _lines(made.get(path)), f"expected/{path}", f"made/{path}",
                                 lineterm="")
    ]


def _lines(text: str | None) -> list[str]:
    # Not `splitlines`: a carriage return, and whether the last line is ended, are differences too.
    return [] if text is None else text.replace("\r", "\N{SYMBOL FOR CARRIAGE RETURN}").split("\n")


def settled(site: Mapping[str, bytes]) -> dict[str, str]:
    """A site as text, without what changes with every style: bodies of assets, their digests, and what follows from them.

    The digests in the names of assets become numbers, in the order of what the names say beside.
    """
    named = sorted((match[1], match[3], match[2]) for match in map(ASSET.search, site) if match)
    numbers = {f"{stem}-{digest}{ending}": f"{stem}-{place:010}{ending}"
               for place, (stem, ending, digest) in enumerate(named, start=1)}
    kept = {path: _as_text(path, body) for path, body in site.items()
            if not path.startswith("assets/") and path not in ENGINES}
    plain = {path: ASSET.sub(lambda match: numbers.get(match[0], match[0]), text) for path, text in kept.items()}
    return plain | {"manifest.json": _manifest(plain["manifest.json"], numbers)}


def _as_text(path: str, body: bytes) -> str:
    if path.startswith(INDEX):
        return _indexed(body)
    if path.endswith(ROWS):
        return "".join(f"{row}\n" for row in pq.read_table(io.BytesIO(body)).to_pylist())
    if path == TABLES:
        return "".join(f"{line}\n" for line in _dumped(body))
    if path.endswith(".zip"):
        return _unpacked(body)
    if OUTLINE.fullmatch(path) and "file" in (outline := orjson.loads(body)):
        # Sizes of Parquet files change with the library that writes them.
        return orjson.dumps(outline | {"file": {"url": outline["file"]["url"]}}, option=orjson.OPT_INDENT_2).decode()
    return body.decode()


def _unpacked(body: bytes) -> str:
    """What is in an archive: each name, then the text below it."""
    with ZipFile(io.BytesIO(body)) as archive:
        return "".join(f"--- {name}\n{archive.read(name).decode()}\n" for name in archive.namelist())


def _dumped(body: bytes) -> Iterator[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(body)
        yield from connection.iterdump()


def _indexed(body: bytes) -> str:
    """The root of a small search index: its header, and what its results show. Its lists are tested by themselves."""
    raw, at, length = zlib.decompress(body), 0, 0
    while raw[at] > 127:
        length |= (raw[at] & 127) << 7 * at
        at += 1
    length |= raw[at] << 7 * at
    header, rest = orjson.loads(raw[at + 1:at + 1 + length]), raw[at + 1 + length:]
    lines = [orjson.dumps(header, option=orjson.OPT_INDENT_2).decode()]
    for path, size in header["files"]:
        lines += [orjson.dumps(each).decode() for each in orjson.loads(rest[:size])] if path.startswith("records/") else []
        rest = rest[size:]
    return "\n".join([*lines, ""])


def _manifest(text: str, numbers: Mapping[str, str]) -> str:
    """The manifest with the digests of data files only: a page's changes with the name of the style sheet."""
    manifest = orjson.loads(text)
    for each in manifest["files"]:
        path = each["path"]
        is_made_by_tools = path.startswith(("assets/", INDEX)) or path in ENGINES or path.endswith(ROWS) or path == TABLES \
                or OUTLINE.fullmatch(path)
        if is_made_by_tools:
            each["bytes"] = 0
        if is_made_by_tools or each["path"].endswith(".html"):
            each["sha256"] = "left out"
    files = sorted(manifest.pop("files"), key=lambda each: str(each["path"]))   # new names may have another order
    lines = (orjson.dumps(each).decode() for each in files)
    return "\n".join([orjson.dumps(manifest).decode(), *lines, ""])


def _expected(folder: Path) -> dict[str, str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in found}


def _write(folder: Path, made: Mapping[str, str]) -> None:
    if folder.exists():
        rmtree(folder)
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
