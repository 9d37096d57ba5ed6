"""What a run is told on the command line and by the environment, turned into `Build`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.model.records import SiteRecord
from cityfolio.problems import Location, Problem
from cityfolio.revision import Revision, revision_of, touched_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
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
    build = Build(
        now=now,
        revision=revision.commit,
        base_url=(options.base_url or (site.base_url if site else None) or "").rstrip("/"),
        languages=site.languages if site else ("en",),
        for_folder=options.for_folder,
        committed=touched_in(options.catalog) if undated and revision.commit else {},
    )
    return build, problems


def _moment(
    options: Options, environment: Mapping[str, str], site: SiteRecord | None, revision: Revision
) -> tuple[datetime | None, tuple[Problem, ...]]:
    if options.as_of:
        return _midnight(options.as_of), ()
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit() and len(epoch) < 12:
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
