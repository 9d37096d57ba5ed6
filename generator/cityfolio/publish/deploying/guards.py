"""What a deploy refuses to do unless it is told that it is meant: each guard names the option that says so."""

from __future__ import annotations

from collections.abc import Iterator, Set as AbstractSet
from typing import Literal

from cityfolio.model.site import Manifest
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.plan import Remote

Allowance = Literal["older", "smaller", "empty", "foreign"]
ALLOWANCES: tuple[Allowance, ...] = ("older", "smaller", "empty", "foreign")
SMALLER_PERCENT = 25
HOME = "index.html"


def guarded(local: Manifest, remote: Remote, name: str, allowed: AbstractSet[Allowance]) -> tuple[Problem, ...]:
    """What speaks against putting a site in the place of another. `name` is that of the target, for the messages."""
    found = (*_empty(local, name), *_older(local, remote, name), *_smaller(local, remote, name), *_foreign(local, remote, name))
    return tuple(problem for allowance, problem in found if allowance not in allowed)


Guards = Iterator[tuple[Allowance, Problem]]


def _empty(local: Manifest, name: str) -> Guards:
    if HOME not in local.entries:
        yield "empty", _refusal("deploy-smaller", name, "the site has no home page", "empty")


def _older(local: Manifest, remote: Remote, name: str) -> Guards:
    former = remote.manifest
    if former and former.committed and local.committed and local.committed < former.committed:
        says = (f"the site there was built from a commit of {former.committed}, and this one is from {local.committed}: "
                "something newer would be lost")
        yield "older", _refusal("deploy-older", name, says, "older")


def _smaller(local: Manifest, remote: Remote, name: str) -> Guards:
    if not remote.manifest:
        return
    before, now = remote.manifest.entries, local.entries
    for noun, had, has in (("files", len(before), len(now)),
                           ("bytes", sum(each.bytes for each in before.values()), sum(each.bytes for each in now.values()))):
        if has * 100 < had * (100 - SMALLER_PERCENT):
            says = f"the site there has {had:,} {noun} and this one {has:,}, over {SMALLER_PERCENT}% fewer: much would be lost"
            yield "smaller", _refusal("deploy-smaller", name, says, "smaller")
            return


def _foreign(local: Manifest, remote: Remote, name: str) -> Guards:
    if remote.manifest or remote.unfinished or not remote.digests:
        return
    strange = sorted((remote.digests.keys() - {MANIFEST_PATH}) & local.entries.keys())
    if strange:
        says = (f"there are files already that no deploy has put there, and {len(strange):,} of them would be replaced, "
                f"among them {strange[0]}")
        yield "foreign", _refusal("deploy-foreign", name, says, "foreign")


def _refusal(code: str, name: str, says: str, allowance: Allowance) -> Problem:
    return Problem(
        code=code,
        where=Location(path=name, in_catalog=False),
        says=f"nothing was published, because {says}",
        fix=f"Look at the site first. If it is meant so, deploy with --allow-{allowance}.",
    )
