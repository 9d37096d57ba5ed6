"""The words of the interface by language, as files: those that come along, and those that a city keeps in its catalog."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from cityfolio.files import FolderTree, Tree, nodes_below
from cityfolio.folders import locale_root

SOURCE = "en"                    # what the program's own texts are in
CITY_FOLDER = "locale/"          # in the catalog
FILE = "LC_MESSAGES/cityfolio.po"


def base_of(language: str) -> str:
    """A language without its region: "es" for "es-MX"."""
    return language.partition("-")[0].lower()


@cache
def shipped_languages() -> tuple[str, ...]:
    """The languages that come along, English first."""
    return (SOURCE, *_spoken(node.path for node in FolderTree(locale_root()).nodes()))


def languages_of_city(paths: Iterable[str]) -> tuple[str, ...]:
    """The languages whose words are among the files of a catalog."""
    return _spoken(path.removeprefix(CITY_FOLDER) for path in paths if path.startswith(CITY_FOLDER))


def is_spoken(language: str, among: Iterable[str]) -> bool:
    """Whether a language is among those that have words: by its own name, or without its region."""
    return not {language, base_of(language)}.isdisjoint(among)


def can_be_begun(language: str) -> bool:
    """Whether a translation into a language can be begun: Babel knows how it counts and writes numbers."""
    from babel import Locale, UnknownLocaleError  # not in a build that has nothing to say about it

    try:
        Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def file_of_words(language: str, city_tree: Tree | None) -> bytes | None:
    """The file of a language's words: the city's own first. None for one that has none."""
    for tree, folder in ((city_tree, CITY_FOLDER), (FolderTree(locale_root()), "")):
        if tree and (place := place_of_words(language, tree, folder)):
            return tree.read(place)
    return None


def place_of_words(language: str, tree: Tree, folder: str = CITY_FOLDER) -> str | None:
    """Where in a tree the file of a language's words is. None where it has none there."""
    names = {node.path for node in (nodes_below(tree, folder.rstrip("/")) if folder else tree.nodes())}
    ways = (f"{folder}{each}/{FILE}" for each in (language.replace("-", "_"), language, base_of(language)))
    return next((each for each in ways if each in names), None)


def _spoken(paths: Iterable[str]) -> tuple[str, ...]:
    found = (path.removesuffix(f"/{FILE}") for path in paths if path.endswith(f"/{FILE}"))
    return tuple(sorted(each.replace("_", "-") for each in found if "/" not in each))
