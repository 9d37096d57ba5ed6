"""What a deploy has to do: which files are put, in what order, which are removed, and which stay for a while.

Pure: the site on this machine, and what the target says, in; a plan out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from datetime import datetime, timedelta

from cityfolio.frozen import Frozen, field
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.sendings import kind_of_file, sent_otherwise
from cityfolio.publish.deploying.stages import Stage, in_stages, is_hashed

NOTHING = Manifest()
STAMP = "%Y%m%dT%H%M%SZ"
# Pages that were opened before a deploy ask for their scripts and pictures later: when a tab is woken, when a map is opened.
GRACE = timedelta(hours=24)


class Remote(Frozen, kw_only=True):
    """What is known of a target before a deploy."""

    manifest: Manifest | None = None              # of the site that visitors see
    digests: Mapping[str, str] | None = None      # path -> digest, "" where it is not known; None: the manifest is trusted
    unfinished: Manifest | None = None            # what a deploy that did not end meant to put
    leaving: Mapping[str, str] | None = None      # assets that only stay, and since when; None: the target does not remember
    strange: AbstractSet[str] = frozenset()       # files of somebody else that would give way

    @property
    def listed(self) -> Mapping[str, Entry]:
        """Every file that a deploy has put there, or meant to."""
        return {**(self.unfinished or NOTHING).entries, **(self.manifest or NOTHING).entries}


class Plan(Frozen, kw_only=True):
    """A deploy, before it is done."""

    puts: Mapping[Stage, tuple[Entry, ...]]
    removals: tuple[tuple[str, ...], ...] = ()    # in the order they go: pages, then what pages load
    leaving: Mapping[str, str] = field(default_factory=dict)
    unchanged: int = 0
    otherwise: int = 0                            # of the puts: the bytes are there, but would be sent in another way now

    @property
    def bytes(self) -> int:
        """What is to be sent."""
        return sum(entry.bytes for stage in self.puts.values() for entry in stage)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to put and nothing to remove."""
        return not self.puts and not self.removals


def stamp(moment: datetime) -> str:
    """A moment as it stands in names: they sort by time."""
    return moment.strftime(STAMP)


def plan(local: Manifest, remote: Remote, now: datetime, grace: timedelta = GRACE) -> Plan:
    """Compare a site with what a target holds.

    Only what a deploy has put there is ever removed: files that no manifest lists belong to somebody else. A hashed asset that
    no page names any more stays for the grace time, counted from the deploy that took it out of use.
    """
    there, otherwise = _digests(local, remote), _sent_otherwise(local, remote)
    changed = [entry for entry in local.entries.values() if there.get(entry.path) != entry.sha256]
    puts = [*changed, *(local.entries[path] for path in otherwise if there.get(path) == local.entries[path].sha256)]
    gone = _gone(local, remote)
    leaving = {path: (remote.leaving or {}).get(path, stamp(now)) for path in gone if is_hashed(path)}
    oldest = stamp(now - grace)
    due = {path for path, since in leaving.items() if since <= oldest} | _orphans(local, remote)
    return Plan(
        puts=in_stages(puts),
        removals=_in_order(gone - leaving.keys(), due),
        leaving={path: since for path, since in sorted(leaving.items()) if path not in due},
        unchanged=len(local.entries) - len(puts),
        otherwise=len(puts) - len(changed),
    )


def _digests(local: Manifest, remote: Remote) -> Mapping[str, str]:
    if remote.digests is not None:
        return remote.digests
    # What is named by its content has the content that is wanted, if it is still there at all.
    stays = {path: local.entries[path].sha256 for path in remote.leaving or () if path in local.entries}
    return stays | {path: entry.sha256 for path, entry in (remote.manifest or NOTHING).entries.items()}


def _sent_otherwise(local: Manifest, remote: Remote) -> Iterator[str]:
    """Files of both sites that the host was told something else of than it would be told now."""
    former = remote.manifest or NOTHING
    kinds = sent_otherwise(local, former) if former.entries else frozenset()
    return (path for path in local.entries if kinds and path in former.entries and kind_of_file(path) in kinds)


def _gone(local: Manifest, remote: Remote) -> set[str]:
    """What deploys have put there and the site does not have any more."""
    gone = (remote.listed.keys() | (remote.leaving or {}).keys()) - local.entries.keys() - {MANIFEST_PATH}
    return gone if remote.digests is None else gone & remote.digests.keys()


def _orphans(local: Manifest, remote: Remote) -> AbstractSet[str]:
    """Assets of the deploy before the last, on a target that does not remember since when they are out of use."""
    if remote.leaving is not None or remote.digests is None or remote.manifest is None:
        return frozenset()
    return {path for path in remote.digests.keys() - local.entries.keys() - remote.listed.keys() if is_hashed(path)}


def _in_order(gone: AbstractSet[str], due: AbstractSet[str]) -> tuple[tuple[str, ...], ...]:
    pages = tuple(sorted(path for path in gone if path.endswith(".html")))
    rest = tuple(sorted([*(path for path in gone if not path.endswith(".html")), *due]))
    return tuple(batch for batch in (pages, rest) if batch)
