"""A file of the catalog formatted, and held against itself: what the loader reads and every comment must be as before."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

import yaml

from cityfolio.frozen import Frozen
from cityfolio.load.front_matter import read_front_matter
from cityfolio.load.yaml import Document, Group, Items, Scalar, Value, read_yaml
from cityfolio.migrate.yaml.places import Map, Word, places
from cityfolio.problems import Problem, count
from cityfolio.review.formatting.parts import comments_of, parts
from cityfolio.review.formatting.written import KEPT, written

Plain: TypeAlias = "str | tuple[Plain, ...] | tuple[tuple[str, Plain], ...] | None"


class Formatted(Frozen, kw_only=True):
    """What came of formatting one file. Where it was left as it is, `problems` or `why` says so."""

    body: bytes
    problems: tuple[Problem, ...] = ()
    why: str = ""


def formatted(path: str, body: bytes, record: type, *, is_text: bool = False) -> Formatted:
    """The file of a record, formatted. `is_text`: it is Markdown, of which the front matter alone is touched.

    A file that the loader cannot read is left as it is, with its problems. So is one in a way of writing that nobody uses and
    that could not be kept, such as keys after `?`: what is read afterwards, and all comments, must be what they were.
    """
    keys: bytes | None = body
    if is_text:
        keys, _, _, problems = read_front_matter(path, body)
        if keys is None:
            return Formatted(body=body, problems=problems)
    document, problems = read_yaml(path, keys or b"")
    if document is None or count(problems, "error"):
        return Formatted(body=body, problems=problems)
    before = (keys or b"").decode().removeprefix("\ufeff").replace("\r\n", "\n")
    after = _written(before, record)
    if after is None or not _says_the_same(path, before, after, document):
        return Formatted(body=body, why="it is written in a way that could not be kept")
    if b"\r\n" in (keys or b""):
        after = after.replace("\n", "\r\n")      # lines of a file from Windows end as they did
    return Formatted(body=_with_front_matter(body, after) if is_text else after.encode())


def _written(text: str, record: type) -> str | None:
    root = places(text)
    if root is None or (isinstance(root, Word) and root.start == root.end):
        return text     # comments alone
    if not isinstance(root, Map) or KEPT in text or text.startswith("%"):
        return None
    return written(parts(text, root), record)


def _with_front_matter(body: bytes, keys: str) -> bytes:
    text = body.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    lines = text.split("\n")
    end = next(at for at, line in enumerate(lines) if at and line.rstrip() == "---")
    return (f"{lines[0]}\n{keys}" + "\n".join(lines[end:])).encode("utf-8", "surrogateescape")


def _says_the_same(path: str, before: str, after: str, document: Document) -> bool:
    again, _ = read_yaml(path, after.encode())
    if again is None or _plain(again.root) != _plain(document.root):
        return False
    try:
        return Counter(comments_of(after, places(after))) == Counter(comments_of(before, places(before)))
    except yaml.YAMLError:
        return False


def _plain(value: Value) -> Plain:
    """What a value says, wherever it stands. Keys in the order of their names: it means nothing to the loader."""
    match value:
        case Scalar(text=text):
            return text
        case Items(items=items):
            return tuple(_plain(item) for item in items)
        case Group(entries=entries):
            return tuple(sorted((key, _plain(each)) for key, each in entries.items()))
