"""A deploy from its first question to its last request: ask, compare, put stage by stage, and remove when all is confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Set as AbstractSet
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from datetime import datetime
from functools import partial
from time import sleep
from typing import TypeVar

from cityfolio import files
from cityfolio.frozen import Frozen, field, replace
from cityfolio.model.site import Entry, Manifest
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import kind_of
from cityfolio.publish.deploying.asking import Ahead, asked
from cityfolio.publish.deploying.guards import NAMED_AT_MOST, Allowance, guarded, uncompared
from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.plan import Plan, Remote, plan, stamp
from cityfolio.publish.deploying.sendings import as_sent
from cityfolio.publish.deploying.sources import Site, refuse_changed, uploads
from cityfolio.publish.deploying.target import (
    Done,
    Generation,
    Held,
    Lacking,
    Locked,
    Refused,
    Remembering,
    Session,
    Sparing,
    Target,
    Upload,
)

T = TypeVar("T")
KEEP = 2
WORKERS = 16
MEANT: frozenset[Allowance] = frozenset({"older", "smaller"})
BUILD_AGAIN = "Build that commit again, and deploy it."
Told = Callable[[str, int], None]       # what is being done, and the bytes that it has moved


def _silent(doing: str, size: int) -> None:
    """Tell nobody."""


def _unexpecting(size: int) -> None:
    """Tell nobody."""


def _unhurried(seconds: float, says: str) -> None:
    """Tell nobody."""


class Orders(Frozen, kw_only=True):
    """How a deploy is to be done."""

    now: datetime
    owner: str = "a deploy"
    keep: int = KEEP                            # generations that can be brought back
    allowed: frozenset[Allowance] = frozenset()
    doubts: bool = False                        # ask the host what it holds, whatever the manifest says
    is_dry: bool = False
    workers: int = WORKERS
    told: Told = _silent
    expects: Callable[[int], None] = _unexpecting     # told once how many bytes are to be sent
    pause: Callable[[float], None] = sleep
    waits: Callable[[float, str], None] = _unhurried  # told how long a host is waited for, and what it said


class Deployed(Frozen, kw_only=True):
    """What came of a deploy. With an error among the problems the former site is what visitors see, or a whole mixture."""

    done: Done
    plan: Plan = field(default_factory=lambda: Plan(puts={}))
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()                 # what could not be found out
    asks: Mapping[str, int] = field(default_factory=dict)     # of a dry run: what the host would be asked, by what it costs


def deploy(site: Site, target: Target, orders: Orders) -> Deployed:
    """Put a site on a target. A site without a folder is one of the target's former generations."""
    try:
        with target.session(orders.owner, orders.keep) as session:
            as_told = site if site.folder is None else as_sent(site, target.traits)
            deployed = _Deploy(as_told, target, session, orders).done()
        requests = session.requests if isinstance(session, Remembering) else 0
        return replace(deployed, done=replace(deployed.done, requests=requests))
    except Refused as refusal:
        return Deployed(done=Done(target=target.name), problems=(refused(target.name, refusal),))


def refused(name: str, refusal: Refused) -> Problem:
    """What a host refused, as a problem."""
    kinds: tuple[tuple[type[Refused], str], ...] = ((Locked, "deploy-locked"), (Lacking, "extra-missing"))
    code = next((code for kind, code in kinds if isinstance(refusal, kind)), "deploy-refused")
    return Problem(code=code, where=Location(path=name, in_catalog=False), says=refusal.says, fix=refusal.fix)


class _Deploy(Frozen):
    site: Site
    target: Target
    session: Session
    orders: Orders

    def done(self) -> Deployed:
        remote = self.remote()
        # Who brings a former site back means it to be older.
        meant = self.orders.allowed | (MEANT if self.site.folder is None else frozenset())
        planned, notes = self.planned(remote), self.notes(remote)
        remote = replace(remote, strange=self.strange(planned))
        problems = guarded(self.site.manifest, remote, self.target.name, meant)
        if not problems and self.site.folder is None:
            self.refuse_what_is_not_kept(planned)
        is_same = planned.is_empty and remote.manifest == self.site.manifest and remote.unfinished is None
        if problems or self.orders.is_dry or is_same:
            asks = asked(self.ahead(remote, planned, is_same=is_same)) if self.orders.is_dry else {}
            return Deployed(done=self.told(planned), plan=planned, problems=problems, notes=notes, asks=asks)
        self.orders.expects(planned.bytes)
        generation = self.generation(planned)
        self.carry_out(planned, generation)
        return Deployed(done=replace(self.told(planned), generation=generation.name), plan=planned, notes=notes)

    def planned(self, remote: Remote) -> Plan:
        local = self.site.manifest
        if self.site.folder is None and remote.manifest:       # what is brought back is told to the host as it was
            local = replace(local, sent=remote.manifest.sent)
        return plan(local, remote, self.orders.now)

    def ahead(self, remote: Remote, planned: Plan, *, is_same: bool) -> Ahead:
        name = self.target.name
        return Ahead(scheme=name.partition(":")[0], kind=kind_of(name), remote=remote, plan=planned, keep=self.orders.keep,
                     is_former=self.site.folder is None, is_same=is_same)

    def strange(self, planned: Plan) -> AbstractSet[str]:
        if not isinstance(self.session, Sparing):
            return frozenset()
        wanted = {entry.path: entry.sha256 for stage in planned.puts.values() for entry in stage}
        return self.patient(partial(self.session.strange, wanted))

    def notes(self, remote: Remote) -> tuple[str, ...]:
        said = uncompared(self.site.manifest, remote) if self.site.folder else ""
        return (said,) if said else ()

    def remote(self) -> Remote:
        self.orders.told("Asking the target", 0)
        manifest = self.patient(self.session.manifest)
        leaving, unfinished = None, None
        if isinstance(self.session, Remembering):
            unfinished, leaving = self.patient(self.session.unfinished), self.patient(self.session.leaving)
        known = Remote(manifest=manifest, unfinished=unfinished, leaving=leaving)
        must_list = manifest is None or unfinished is not None or self.orders.doubts
        if not (must_list or self.has_orphans(known)) or not self.target.traits.lists:
            return known
        self.orders.told("Listing the target", 0)
        held = self.patient(self.session.held)
        return replace(known, digests=digests_of(held, self.site) if must_list else _believed(held, manifest))

    def has_orphans(self, remote: Remote) -> bool:
        """Whether assets may lie there that only a list can tell: those of the deploy before the last."""
        return remote.leaving is None and "assets" in self.planned(remote).puts

    def refuse_what_is_not_kept(self, planned: Plan) -> None:
        if not isinstance(self.session, Remembering):
            return
        kept = self.patient(self.session.kept)
        if absent := sorted(entry.path for stage in planned.puts.values() for entry in stage if entry.sha256 not in kept):
            raise Refused(f"{len(absent):,} files of that generation are not kept any more, or not as they were, among them "
                          f"{', '.join(absent[:NAMED_AT_MOST])}", BUILD_AGAIN)

    def generation(self, planned: Plan) -> Generation:
        digest, manifest = files.sha256(self.site.body), self.site.manifest
        return Generation(name=f"{stamp(self.orders.now)}-{digest[:8]}", manifest_sha256=digest, revision=manifest.revision,
                          bytes=sum(entry.bytes for entry in manifest.entries.values()), leaving=planned.leaving)

    def carry_out(self, planned: Plan, generation: Generation) -> None:
        session = self.session
        if isinstance(session, Remembering):
            self.patient(partial(session.begin, self.site.body, generation))
        for stage, entries in planned.puts.items():
            self.all_of(stage, self.acts(entries))
        if self.target.traits.switches:      # nothing is seen before the commit, so what goes belongs to it
            self.remove(planned)
        self.orders.told("Closing", 0)
        self.patient(partial(session.commit, self.site.body, generation))
        if not self.target.traits.switches:
            self.remove(planned)

    def acts(self, entries: tuple[Entry, ...]) -> Iterator[tuple[Callable[[], None], int]]:
        """What is to be done of one stage, each with the bytes that it moves."""
        if self.site.folder is None:
            yield from ((partial(self.put_back, each.path, each.sha256), 0) for each in entries)
        else:
            yield from ((partial(self.put, upload), upload.bytes) for upload in uploads(self.site, entries))

    def put(self, upload: Upload) -> None:
        refuse_changed(upload)
        self.patient(partial(self.session.put, upload))

    def put_back(self, path: str, sha256: str) -> None:
        if not self.patient(partial(self.session.put_back, path, sha256)):
            raise Refused(f"{path} of that generation is not kept any more", BUILD_AGAIN)

    def remove(self, planned: Plan) -> None:
        for paths in planned.removals:
            self.orders.told("Removing", 0)
            self.patient(partial(self.session.remove, paths))

    def all_of(self, stage: str, acts: Iterable[tuple[Callable[[], None], int]]) -> None:
        """Do everything of a stage, and return when all of it is confirmed. What fails stops the rest."""
        self.orders.told(stage, 0)
        with ThreadPoolExecutor(self.orders.workers) as pool:
            pending: set[Future[None]] = set()
            for act, size in acts:
                made = pool.submit(act)
                made.add_done_callback(partial(self.count, stage, size))
                pending.add(made)
            try:
                finished, _ = wait(pending, return_when=FIRST_EXCEPTION)
            finally:                     # also where somebody interrupts: what has not begun is not begun
                for each in pending:
                    each.cancel()
        for each in finished:
            each.result()

    def count(self, stage: str, size: int, made: Future[None]) -> None:
        if not made.cancelled() and made.exception() is None:
            self.orders.told(stage, size)

    def patient(self, act: Callable[[], T]) -> T:
        return patiently(act, self.orders.pause, waits=self.orders.waits)

    def told(self, planned: Plan) -> Done:
        is_former = self.site.folder is None
        counts: dict[str, int] = {stage: len(entries) for stage, entries in planned.puts.items()}
        return Done(target=self.target.name, uploaded={} if is_former else counts, bytes=0 if is_former else planned.bytes,
                    put_back=sum(counts.values()) if is_former else 0, removed=sum(map(len, planned.removals)),
                    unchanged=planned.unchanged)


def digests_of(held: Mapping[str, Held], site: Site) -> Mapping[str, str]:
    """The digest of every file that a host lists; "" where it cannot be known.

    Where a host knows only MD5, a file of the site that has the same one and the same size is taken for the same.
    """
    return {path: each.sha256 or _same(path, each, site) for path, each in held.items() if path != MANIFEST_PATH}


def _same(path: str, held: Held, site: Site) -> str:
    entry = site.manifest.entries.get(path)
    if entry is None or site.folder is None or not held.md5 or held.bytes != entry.bytes:
        return ""
    found = hashlib.md5(files.read_bytes(site.folder / path), usedforsecurity=False).hexdigest()
    return entry.sha256 if found == held.md5 else ""


def _believed(held: Mapping[str, Held], manifest: Manifest | None) -> Mapping[str, str]:
    entries = manifest.entries if manifest else {}
    return {path: entries[path].sha256 if path in entries else "" for path in held if path != MANIFEST_PATH}
