"""Rules for assessments: the standards that are named exist, and attestations count and lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded
from cityfolio.load.values import is_site_path
from cityfolio.model.catalog import Build
from cityfolio.model.site import VIEWS
from cityfolio.practice.shipped import standards_of
from cityfolio.problems import Location, Problem, closest, did_you_mean

# The first part of a path on the site, with the room of the catalog whose ids may follow it.
ROOMS: Mapping[str, str] = {"data": "datasets", "topics": "topics", "publishers": "publishers", "goals": "goals",
                            "measures": "measures", "policy": "policy", "guides": "guides", "practice": "standards"}
# Pages beside those of records, which are on each site or wherever there is what they show.
PAGES = frozenset({"", "data", "topics", "publishers", "new", "about", "accessibility", "privacy", "search", "sql",
                   "developers", "inventory", "calendar", "health", "request", "equity", "practice", "assets", "embed",
                   "briefs"})
ROOMS_OF_PAGES: Mapping[str, str] = {"goals": "goals", "measures": "measures", "policy": "policy", "guides": "guides",
                                     "commitments": "commitments", "uses": "uses"}
BESIDE_MEASURES = frozenset({"method", "changes", "calendars"})


@rule("standard-unknown")
def standards_that_are_named_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A standard that site.yaml or an attestation names comes with Cityfolio or lies in `standards/`."""
    named = [(name, loaded.site.document.at("standards", at)) for at, name in enumerate(loaded.site.record.standards)] \
        if loaded.site else []
    named += [(name.partition("/")[0], each.document.at("criteria", at)) for each in loaded.attestations.values()
              for at, name in enumerate(each.record.criteria) if "/" in name]
    known = standards_of(loaded) if named else {}   # those that come with Cityfolio are read only where they are asked for
    for name, where in named:
        if name not in known and f"standards/{name}" not in loaded.unread:
            yield Problem(code="standard-unknown", where=where, says=f'there is no standard "{name}"',
                          fix=did_you_mean(name, known))


@rule("attestation-expired")
def attestations_still_count(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """An attestation counts today."""
    for each in loaded.attestations.values():
        expires = each.record.expires
        if expires is not None and expires < build.today:
            yield Problem(code="attestation-expired", where=each.document.at("expires"),
                          says=f"this counted until {expires}, and counts no more",
                          fix="Look at it again: renew `on:` and `expires:` where it is still so, else delete the file.")


@rule("attestation-evidence")
def evidence_leads_somewhere(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Evidence that is a path on this site leads to a page that there is."""
    for each in loaded.attestations.values():
        for at, text in enumerate(each.record.evidence):
            if is_site_path(text):
                yield from _missing(text, each.document.at("evidence", at), loaded)


def _missing(path: str, where: Location, loaded: Loaded) -> Iterator[Problem]:
    first, *below = [part for part in path.partition("#")[0].partition("?")[0].split("/") if part] or [""]
    if first in ROOMS and below and not _is_beside(first, below[0]):
        if first == "practice":
            yield from _unassessed(path, below[0], where, loaded)
        elif not loaded.knows(ROOMS[first], below[0]):
            near = closest(below[0], getattr(loaded, ROOMS[first]))
            yield _nothing(path, where, f"Did you mean /{first}/{near}/?" if near else "")
    elif first in ROOMS_OF_PAGES and not below and not getattr(loaded, ROOMS_OF_PAGES[first]):
        yield _nothing(path, where, f"There is such a page where {ROOMS_OF_PAGES[first]}/ has files.")
    elif first not in PAGES and first not in ROOMS_OF_PAGES and (below or "." not in first):   # a file has an ending
        near = closest(first, {*PAGES, *ROOMS_OF_PAGES} - {""})
        yield _nothing(path, where, f"Did you mean /{near}/?" if near else "")


def _unassessed(path: str, standard: str, where: Location, loaded: Loaded) -> Iterator[Problem]:
    named = loaded.site.record.standards if loaded.site else ()
    if standard not in (*named, "facts") and "." not in standard:
        yield _nothing(path, where, "A standard has a page where site.yaml names it under `standards:`.")


def _is_beside(first: str, name: str) -> bool:
    """Whether a name below a folder of the site is none of a record: a view of a list, a page beside measures, a feed."""
    return "." in name or (first == "data" and name in VIEWS) or (first == "measures" and name in BESIDE_MEASURES)


def _nothing(path: str, where: Location, fix: str) -> Problem:
    return Problem(code="attestation-evidence", where=where, says=f"{path} leads to nothing on this site",
                   fix=fix or "Name a page of this site, or a full web address.")
