"""Cities that change nothing of the theme that comes along get it as it was loaded before: it is the same for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cityfolio import inspecting
from cityfolio.files import Tree
from cityfolio.folders import themes_root
from cityfolio.pages.templates import Theme, load_theme
from cityfolio.pages.words import ENGLISH, Words
from cityfolio.problems import Problem

OWN = ("theme", "locale")     # folders of a catalog by which a theme differs
Found = tuple[Theme | None, tuple[Problem, ...]]


@contextmanager
def themes_once() -> Iterator[None]:
    """Load the theme of a plain city once, for all cities that are inspected or built meanwhile."""
    with patch.object(inspecting, "load_theme", loaded_once):
        yield


def loaded_once(name: str, folders: Sequence[Path], city_tree: Tree | None = None, words: Words | None = None,
                filters: Mapping[str, Any] | None = None) -> Found:     # Any: filters take whatever a template gives them
    """What `load_theme` gives, where need be by asking it."""
    is_plain = tuple(folders) == (themes_root(),) and (words or ENGLISH).language == ENGLISH.language
    if filters or city_tree is None or not is_plain or _has_its_own(city_tree):
        return load_theme(name, folders, city_tree, words, filters)
    theme, problems = _plain(name, tuple(folders))
    return theme and replace(theme, city=city_tree), problems


@cache
def _plain(name: str, folders: tuple[Path, ...]) -> Found:
    return load_theme(name, folders)


def _has_its_own(tree: Tree) -> bool:
    return any(node.path.partition("/")[0] in OWN for node in tree.nodes())
