"""What a deploy refuses to do unless it is told that it is meant: each guard names the option that says so."""

from __future__ import annotations

from collections.abc import Iterator, Set as AbstractSet
from datetime import UTC, datetime
from typing import Literal

from cityfolio.model.site import Manifest
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.plan import Remote

Allowance = Literal["older", "smaller", "empty", "foreign"]
ALLOWANCES: tuple[Allowance, ...] = ("older", "smaller", "empty", "foreign")
SMALLER_PERCENT = 25
HOME = "index.html"
PAGE = ".html"
NAMED_AT_MOST = 5


def guarded(local: Manifest, remote: Remote, name: str, allowed: AbstractSet[Allowance]) -> tuple[Problem, ...]:
    """What speaks against putting a site in the place of another. `name` is that of the target, for the messages."""
    found = (*_empty(local, name), *_older(local, remote, name), *_smaller(local, remote, name), *_foreign(local, remote, name))
    return tuple(problem for allowance, problem in found if allowance not in allowed)


Guards = Iterator[tuple[Allowance, Problem]]


def _empty(local: Manifest, name: str) -> Guards:
    home = local.entries.get(HOME)
    others = [entry for path, entry in local.entries.items() if path.endswith(PAGE) and path != HOME]
    if home is None:
        yield "empty", _refusal("deploy-smaller", name, "the site has no home page", "empty")
    elif not home.bytes:
        yield "empty", _refusal("deploy-smaller", name, "the home page of the site is empty", "empty")
    elif others and not any(entry.bytes for entry in others):
        says = f"all {len(others):,} pages of the site but its home page are empty"
        yield "empty", _refusal("deploy-smaller", name, says, "empty")


def _older(local: Manifest, remote: Remote, name: str) -> Guards:
    there, here = (_instant(each.committed) if each else None for each in (remote.manifest, local))
    if there and here is None:
        says = (f"the site there was built from a commit of {_shown(there)}, and this one does not say from when it is: "
                "something newer could be lost")
        yield "older", _refusal("deploy-older", name, says, "older")
    elif there and here and here < there:
        says = (f"the site there was built from a commit of {_shown(there)}, and this one is from {_shown(here)}: "
                "something newer would be lost")
        yield "older", _refusal("deploy-older", name, says, "older")


def uncompared(local: Manifest, remote: Remote) -> str:
    """Say that nobody can tell which of two sites is the newer one, where the one that is seen does not say; else ""."""
    if remote.manifest is None or _instant(remote.manifest.committed):
        return ""
    return ("Whether this site is newer than the one that is seen could not be compared: "
            "that one does not say from when its commit is.")


def _instant(committed: str) -> datetime | None:
    """When a commit was made; without a zone it is UTC, as a build writes it. None where nothing says so."""
    try:
        found = datetime.fromisoformat(committed)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _shown(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


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
    found = set(remote.strange)
    if remote.digests and not (remote.manifest or remote.unfinished):
        found |= (remote.digests.keys() - {MANIFEST_PATH}) & local.entries.keys()
    if strange := sorted(found):
        says = (f"there are files already that no deploy has put there, and {len(strange):,} of them would be replaced, "
                f"among them {', '.join(strange[:NAMED_AT_MOST])}")
        yield "foreign", _refusal("deploy-foreign", name, says, "foreign")


def _refusal(code: str, name: str, says: str, allowance: Allowance) -> Problem:
    return Problem(
        code=code,
        where=Location(path=name, in_catalog=False),
        says=f"nothing was published, because {says}",
        fix=f"Look at the site first. If it is meant so, deploy with --allow-{allowance}.",
    )
