"""What a run is told on the command line and by the environment, turned into `Build`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

from cityfolio.cache import Cache, Keep, NoCache, cache_folder, room_for
from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.model.health import PastHealth
from cityfolio.model.history import History, told_since
from cityfolio.model.records import SiteRecord
from cityfolio.practice.history import MOST_CONTENTS, Snapshot, is_told, past_health
from cityfolio.problems import Location, Problem
from cityfolio.revision import (
    Contents,
    Revision,
    contents_of,
    files_at,
    months_of,
    revision_of,
    touched_in,
)
from cityfolio.revision_log import Log, log_of


class Options(Frozen, kw_only=True):
    """The options of a run, as given."""

    catalog: Path
    output: Path
    base_url: str | None = None
    as_of: date | None = None
    previous: str | None = None
    strict: bool = False
    workers: int | None = None
    use_cache: bool = True
    for_folder: bool = False
    fetch: bool = False
    dask: str | None = None          # the address of a scheduler, whose workers read tables and make files
    dask_storage: str = ""
    allow_plugins: bool = False      # run those that are files of the catalog
    with_history: bool = False       # read how the catalog stood before; for what shows it



SHALLOW = Problem(
    code="history-shallow",
    where=Location(path="datasets"),
    says="the clone has no history, so datasets without `modified:` have no date of their last update",
    fix="Clone with the whole history (fetch-depth: 0 in many CI systems), or write `modified:`.",
)


def make_build(
    loaded: Loaded, options: Options, environment: Mapping[str, str], today: date
) -> tuple[Build, tuple[Problem, ...]]:
    """Decide the moment, the revision and the address of a build.

    The moment is `--as-of`, else SOURCE_DATE_EPOCH (reproducible-builds.org), else `as_of` in site.yaml, else the last
    commit, else today with a warning.
    """
    site = loaded.site.record if loaded.site else None
    revision = revision_of(options.catalog)
    now, problems = _moment(options, environment, site, revision)
    if now is None:
        now = _midnight(today)
    undated = any(
        each.record.modified is None and any(file.path or file.sample for file in each.record.files)
        for each in loaded.datasets.values()
    )
    # What notes are about may be gone; then the history alone knows that it was there.
    committed = touched_in(options.catalog) if (undated or loaded.changes) and revision.commit else {}
    if committed is None and undated:
        problems = (*problems, SHALLOW)
    has_past = options.with_history and revision.commit
    past, left_out = _history(options.catalog, revision.commit, now.date()) if has_past else ((), 0)
    build = Build(
        now=now,
        revision=revision.commit,
        revised=revision.moment,
        base_url=(options.base_url or (site.base_url if site else None) or "").rstrip("/"),
        languages=site.languages if site else ("en",),
        for_folder=options.for_folder,
        committed=committed or {},
        past_health=past,
        past_left_out=left_out,
        history=_changes(loaded, options, environment, now.date()) if has_past else History(),
    )
    return build, problems


def _changes(loaded: Loaded, options: Options, environment: Mapping[str, str], today: date) -> History:
    """What changed of the data up to a day; where the clone is shallow also what the former site told of it."""
    # A check of one file does not wait for what only a build reads.
    from cityfolio.publish.manifest import LIVE, previous_changes
    from cityfolio.review.history import Known, histories

    log = _log(options.catalog, revision_of(options.catalog).commit, today)
    if log.since is None:
        return History()
    folder = cache_folder(environment) if options.use_cache else None
    keep: Keep = Cache(folder, room_for(len(loaded.datasets))) if folder else NoCache()
    with Contents(options.catalog) as store:
        found = histories(Known(loaded=loaded, log=log, today=today, store=store, keep=keep))
    site = loaded.site.record if loaded.site else None
    own = (options.base_url or (site.base_url if site else None) or "").rstrip("/")
    former = f"{own}/" if options.previous == LIVE and own else options.previous
    kept = previous_changes(former, options.output) if log.is_shallow else {}
    return History(known="shallow" if log.is_shallow else "whole", since=log.since, datasets=found, kept=kept)


@lru_cache(maxsize=2)
def _log(folder: Path, commit: str, until: date) -> Log:
    """The commits of two years. What a commit holds never changes, so they are read once."""
    return log_of(folder, commit, told_since(until), until)


@lru_cache(maxsize=2)
def _history(folder: Path, commit: str, until: date) -> tuple[tuple[PastHealth, ...], int]:
    """How documentation stood at the last commit of each month. What a commit holds never changes, so it is read once.

    A build for a former day knows nothing of what came later. Months are read from the newest back, until there would be
    more contents than can be read in a few seconds; the second value counts those that are left out for it.
    """
    snapshots: list[Snapshot] = []
    names: dict[str, None] = {}
    months = months_of(folder, commit, until)
    for each, day in months.items():
        files = files_at(folder, each, is_told)
        further = dict.fromkeys(files.values())
        if len(names | further) > MOST_CONTENTS:
            break
        names |= further
        snapshots.append(Snapshot(day=day, commit=each, files=files))
    return past_health(snapshots, contents_of(folder, names)), len(months) - len(snapshots)


def _moment(
    options: Options, environment: Mapping[str, str], site: SiteRecord | None, revision: Revision
) -> tuple[datetime | None, tuple[Problem, ...]]:
    if options.as_of:
        return _midnight(options.as_of), ()
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC), ()
    if site is not None and site.as_of:
        return _midnight(site.as_of), ()
    if revision.moment:
        return revision.moment.astimezone(UTC), ()
    if site is None:
        return None, ()  # there is a worse problem, and it has been said
    return None, (
        Problem(
            code="now-unknown",
            where=Location(path="site.yaml"),
            says="lateness is counted from today, because the catalog is in no git repository",
            fix="Give the day with --as-of, or `as_of:` in site.yaml, for a build that can be repeated.",
        ),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
