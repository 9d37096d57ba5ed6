"""Kinds of changes that notes and settings name are those that there are."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.model.change_kinds import CHANGE_KINDS
from cityfolio.problems import Location, Problem, did_you_mean


@rule("change-kind-unknown")
def kinds_of_changes_are_known(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A kind that is misspelled would weigh nothing and explain nothing, without a word."""
    site = loaded.site
    for name in site.record.review.weights if site else ():
        if site and name not in CHANGE_KINDS:
            yield _unknown(name, site.document.at_key("review", "weights", name))
    for note in loaded.changes.values():
        for place, name in enumerate(note.record.accepts):
            if name not in CHANGE_KINDS:
                yield _unknown(name, note.document.at("accepts", place))


def _unknown(name: str, where: Location) -> Problem:
    return Problem(code="change-kind-unknown", where=where, says=f'"{name}" is no kind of change',
                   fix=did_you_mean(name, CHANGE_KINDS) or "docs/reference/diff.md lists them all.")
