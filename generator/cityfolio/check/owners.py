"""Rules about who is asked when files change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded
from cityfolio.load.values import EMAIL
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem

# @user, @organization/team, and the groups of groups that GitLab has.
HANDLE = re.compile(r"@[A-Za-z0-9][\w.-]*(?:/[\w.-]+)*", re.ASCII)


def can_be_asked(owner: str) -> bool:
    """Whether a code host would know somebody by this name."""
    return bool(HANDLE.fullmatch(owner) or EMAIL.fullmatch(owner))


@rule("owner-invalid")
def owners_can_be_asked(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """An owner is written as code hosts read it: they pass over the line of one that is not, without a word."""
    for each in ([loaded.site] if loaded.site else []) + [*loaded.publishers.values()]:
        for place, owner in enumerate(each.record.owners):
            if not can_be_asked(owner):
                near = f"@{owner.lstrip('@')}"
                meant = f'"{near}"' if HANDLE.fullmatch(near) else '"@name"'
                yield Problem(code="owner-invalid", where=each.document.at("owners", place),
                              says=f'"{owner}" is no name that a code host knows somebody by',
                              fix=f'Write {meant}, "@organization/team" or an e-mail address.')
