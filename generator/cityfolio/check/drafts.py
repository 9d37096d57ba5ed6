"""Rules for drafts: that nothing which is published rests on one."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.drafts import draft_references
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem


@rule("draft-referenced")
def what_is_published_leads_to_no_draft(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """No published record names a draft, which residents cannot see."""
    for each in draft_references(loaded):
        what = "this is left out of the site with it" if each.takes_along else "this reference is left out"
        yield Problem(code="draft-referenced", where=each.source.document.at(*each.keys),
                      says=f'"{each.draft}" is a draft, so {what}',
                      fix="Publish the draft (`status: published`), or make this one wait for it.")
