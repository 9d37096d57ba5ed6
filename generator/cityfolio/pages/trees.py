"""Where things lie on a site of several languages: each further language has a tree of pages below its own folder.

Pages are written in the coordinates of their own tree: "/data/trees/" is the page of a dataset in each of them. What holds no
words, and what programs read under one address, is there once for all languages, beside the first language's pages.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from cityfolio.model.catalog import Build
from cityfolio.pages import routes

Linking = Callable[[str, str], str]     # what gives the link from one site path to another

_TWIN = "/index.json"
_FEEDS = ("/feed.atom", "/changes.atom")
_PICTURES = ("/chart.svg", "/badge.svg")     # of measures
_ALONE = frozenset({routes.SEARCH_JSON, routes.SQL_TABLES, routes.NEW_FEED,
                    routes.GOALS_CALENDAR, routes.CALENDAR_FEED})


def tree_of(language: str, languages: tuple[str, ...]) -> str:
    """The folder of a language's pages, without a final "/": "" for the first, "/es" for Spanish beside it."""
    return "" if language == languages[0] else f"/{language.lower()}"


def trees_beside_first(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The folders of the further languages of a site."""
    return tuple(tree_of(each, languages) for each in languages[1:])


def former_trees(languages: tuple[str, ...], former: tuple[str, ...]) -> tuple[str, ...]:
    """The folders of languages that had pages below them and have none there now."""
    return tuple(f"/{each.lower()}" for each in former if each not in languages[1:])


@lru_cache(maxsize=65_536)
def is_shared(url: str) -> bool:
    """Whether what is at a site path is there once for all languages: all but pages, and what says a page's words again."""
    path = url.partition("#")[0].partition("?")[0]
    if path.endswith("/"):
        return path == routes.CALENDARS      # a folder of files, and no page
    is_picture = path.startswith(routes.MEASURES) and path.endswith(_PICTURES)
    return not (path in _ALONE or path.endswith(_FEEDS) or is_picture or (path.endswith(_TWIN) and path != routes.OGC))


def placed(url: str, tree: str) -> str:
    """Where on the site lies what a tree knows by a site path."""
    return url if not tree or is_shared(url) else tree + url


def relative(from_url: str, to_url: str, build: Build) -> str:
    """A link from one page or feed of a tree to another, or to what all trees share."""
    if build.tree and is_shared(to_url):
        return routes.href("../" * build.tree.count("/") + routes.root_from(from_url), to_url, for_folder=build.for_folder)
    return routes.relative(from_url, to_url, for_folder=build.for_folder)


def absolute(to_url: str, build: Build) -> str:
    """The full address of what a tree knows by a site path, on a site whose own address is known."""
    return routes.absolute(build.base_url, placed(to_url, build.tree))
