"""What templates were compiled to, kept for the next build.

As Python keeps its own modules: beside their sources. Where it is told to write nothing, what lies there is still read.
Whoever can write that folder can write the program. A cache that is carried from one machine to another can be forged, and what
lies there is run, so it is not kept in one; and of what comes with a catalog nothing outlasts the process: a pull request
can bring it along.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from gettext import NullTranslations
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.pages.words import Words
from cityfolio.program import program_digest

LIMIT_BYTES = 16 << 20      # a theme of one language is some 300 KB
FOLDER = ".compiled"
COMES_ALONG = "shipped "


class Compiled(BytecodeCache):
    """The compiled templates of one kind of environment and one language. Jinja takes them only where the text is the same."""

    def __init__(self, home: str, keep: Keep, told: str) -> None:
        """`home` opens the names of the program's templates in tracebacks; `told` is what else their code is made of."""
        self.home, self.keep, self.told = home, keep, told
        self.kept: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What a template is known by, which also says if it is one of the program's."""
        key = super().get_cache_key(name, filename)
        return f"{COMES_ALONG}{key}" if (filename or "").startswith(self.home) else key

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept."""
        body = self.kept.get(bucket.key)
        if body is None and bucket.key.startswith(COMES_ALONG):
            body = self.keep.get(self._place(bucket))
        if body is not None:
            bucket.bytecode_from_string(body)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        body = self.kept[bucket.key] = bucket.bytecode_to_string()
        if bucket.key.startswith(COMES_ALONG) and not sys.dont_write_bytecode:
            self.keep.put(self._place(bucket), body)     # a folder that cannot be written costs the next build time

    def _place(self, bucket: Bucket) -> str:
        return f"{self.told} {bucket.key} {bucket.checksum}"


def compiled(kind: type[Environment], words: Words, folder: Path, filters: Iterable[str] = ()) -> Compiled:
    """What is kept of one kind of environment, and of one language: from others the same text is compiled to something else.

    `folder` holds the themes that come along. `filters` are the names of those that come from elsewhere: how one is asked
    depends on whether it is there.
    """
    return _compiled(f"{kind.__name__} {' '.join(sorted(filters))}", words.translations, words.digest, folder)


@lru_cache(maxsize=8)
def _compiled(kind: str, translations: NullTranslations, digest: str, folder: Path) -> Compiled:
    is_told = digest or type(translations) is NullTranslations      # which says everything as the templates do
    told = sha256(f"{program_digest()}\0{jinja2.__version__}\0{kind}\0{digest}".encode()).hexdigest()
    keep = Cache(folder / FOLDER, LIMIT_BYTES) if is_told else NoCache()
    return Compiled(f"<template {folder}/", keep, told)
