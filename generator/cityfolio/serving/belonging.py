"""Which files of the catalog stand behind an address."""

from __future__ import annotations

from collections.abc import Iterable

from cityfolio.model.review import Change, Diff
from cityfolio.model.site import VIEWS
from cityfolio.problems import Problem
from cityfolio.publish.addresses import path_of

# The first part of an address, and the room whose record of the next part it is about.
ROOMS = {"data": "datasets", "measures": "measures", "publishers": "publishers", "topics": "topics", "goals": "goals",
         "policy": "policy", "guides": "guides"}
VIEW_ROOMS = {"publisher": "publishers", "topic": "topics"}
# Pages that a whole room is shown on.
WHOLE = {"/request/": "requests", "/commitments/": "commitments", "/uses/": "uses", "/calendar/": "calendars"}
OF_THE_SITE = ("/", "/about/", "/accessibility/", "/privacy/")


def about(url: str) -> str:
    """The room and id that a page is about, such as "datasets/trees", "requests" or "site.yaml"; "" for none."""
    if url in OF_THE_SITE:
        return "site.yaml"
    if url in WHOLE:
        return WHOLE[url]
    parts = [part for part in url.removeprefix("/embed").split("/") if part]
    if len(parts) > 2 and parts[0] == "data" and parts[1] in VIEWS:
        room, identifier = VIEW_ROOMS.get(parts[1], ""), parts[2]
    elif len(parts) > 1:
        room, identifier = ROOMS.get(parts[0], ""), parts[1]
    else:
        return ""
    return f"{room}/{identifier}" if room else ""


def is_behind(path: str, url: str) -> bool:
    """Whether a file of the catalog stands behind the page at a site path."""
    subject = about(url)
    return bool(subject) and (path in (subject, f"{subject}.yaml", f"{subject}.md") or path.startswith(f"{subject}/"))


def problems_of(problems: Iterable[Problem], url: str) -> tuple[Problem, ...]:
    """The problems that belong on a page: of the files behind it, and of the page itself."""
    written = path_of(url)
    return tuple(each for each in problems
                 if (is_behind(each.where.path, url) if each.where.in_catalog else each.where.path in (url, written)))


def changes_of(diff: Diff | None, url: str) -> tuple[Change, ...]:
    """The changes since the main branch that a page is about."""
    subject = about(url)
    return tuple(each for each in diff.changes if each.about == subject or is_behind(each.where.path, url)) if diff else ()
