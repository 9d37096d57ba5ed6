"""What git tells of each published dataset: the days on which something changed, and the versions that are kept.

Nothing here asks git: `cityfolio.revision` gives the commits with what each of them touched, and a way to read contents.
A day tells only of what could be had before and after it. What a dataset was while it was not published stays untold, and
so does what columns hold that are or were sensitive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.files import sha256
from cityfolio.frozen import Frozen
from cityfolio.load.kept_changes import as_json, of_json
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.notes import withdrawn_until
from cityfolio.model.history import ChangeDay, DatasetHistory, Version
from cityfolio.model.records import DatasetRecord, SiteRecord
from cityfolio.review.history_days import Comparing, change_day
from cityfolio.review.history_states import Step, Store, once_sensitive, steps
from cityfolio.review.history_trails import Span, Trail, granted, guarded, trails
from cityfolio.review.history_versions import Choosing, Rule, versions
from cityfolio.review.history_words import without_unsafe_words
from cityfolio.revision_log import Log
from cityfolio.tables.limits import limits_of
from cityfolio.tables.profiles import RULES as RULES_OF_PROFILES

RULES = "2"                   # raised with every change to what a history says
MOST_DAYS = 50                # of a dataset


class Known(Frozen, kw_only=True):
    """Everything that histories are made from."""

    loaded: Loaded
    log: Log
    today: date
    store: Store
    keep: Keep


class _Asked(Frozen, kw_only=True):
    """What the history of one dataset depends on."""

    dataset: Sourced[DatasetRecord]
    trail: Trail
    granted: frozenset[Span]      # contents that may be compared
    guarded: frozenset[str]       # contents that may be read in a process of their own
    sensitive: frozenset[str]     # shared columns that are or were sensitive
    rule: Rule
    unknown_before: date | None

    def key(self, loaded: Loaded) -> str:
        """The digest of all of it. What git calls a content is a digest already."""
        touched = [(day.day.isoformat(), day.commit, _pairs(day.spans.items())) for day in self.trail]
        mine = {span.after for day in self.trail for span in day.spans.values()} & self.guarded
        parts = ["history", __version__, RULES, RULES_OF_PROFILES, self.dataset.id, repr(self.dataset.record), touched,
                 sorted((each.before, each.after) for each in self.granted), sorted(mine), sorted(self.sensitive),
                 repr(self.rule), str(self.unknown_before), repr(limits_of(loaded))]
        return sha256(orjson.dumps(parts))


def _pairs(spans: Iterable[tuple[str, Span]]) -> list[tuple[str, str, str]]:
    return sorted((path, span.before, span.after) for path, span in spans)


def histories(known: Known) -> dict[str, DatasetHistory]:
    """The history of each published dataset, by id. What was found out before is taken from the cache."""
    loaded, commits = known.loaded, known.log.commits
    followed = trails(loaded, commits)
    sizes = known.store.sizes(name for trail in followed.values() for day in trail for span in day.spans.values()
                              for name in (span.before, span.after) if name)
    compared, looked_at = granted(followed, sizes), guarded(followed)
    sensitive = once_sensitive(loaded, commits, known.store)
    site = loaded.site.record if loaded.site else SiteRecord()
    found = {}
    for name, trail in followed.items():
        rule = Rule(record=site.versions, not_before=withdrawn_until(loaded, name, known.today))
        asked = _Asked(dataset=loaded.datasets[name], trail=trail, granted=compared.get(name, frozenset()),
                       guarded=looked_at, sensitive=sensitive, rule=rule,
                       unknown_before=known.log.since if known.log.came_from_elsewhere else None)
        found[name] = _history(asked, sizes, known)
    return found


def _history(asked: _Asked, sizes: Mapping[str, int], known: Known) -> DatasetHistory:
    key = asked.key(known.loaded)
    kept = _decoded(known.keep.get(key))
    if kept is not None:
        return kept
    walked = tuple(steps(known.loaded, asked.dataset, asked.trail, asked.sensitive, known.store))
    comparing = Comparing(store=known.store, sizes=sizes, granted=asked.granted, guarded=asked.guarded,
                          limits=limits_of(known.loaded), unknown_before=asked.unknown_before)
    days, is_cut = _days(walked, comparing)
    chosen = versions(asked.dataset, walked, asked.rule, Choosing(comparing=comparing, keep=known.keep))
    made = DatasetHistory(days=days, is_cut=is_cut, versions=chosen.kept, let_go=chosen.let_go)
    known.keep.put(key, _encoded(made))
    return made


def _days(walked: Iterable[Step], comparing: Comparing) -> tuple[tuple[ChangeDay, ...], bool]:
    """The newest days that changed anything, and whether there are more."""
    found: list[ChangeDay] = []
    for step in walked:
        changed = change_day(step, comparing)
        day = without_unsafe_words(changed) if changed else None
        if day is not None and len(found) == MOST_DAYS:
            return tuple(found), True
        if day is not None:
            found.append(day)
    return tuple(found), False


def _encoded(history: DatasetHistory) -> bytes:
    return orjson.dumps({"days": [as_json(each) for each in history.days], "is_cut": history.is_cut,
                         "versions": [[each.day.isoformat(), each.name, each.bytes, each.sha256, each.content, each.media_type]
                                      for each in history.versions],
                         "let_go": [[day.isoformat(), name] for day, name in history.let_go]})


def _decoded(body: bytes | None) -> DatasetHistory | None:
    if body is None:
        return None
    told: Any = orjson.loads(body)     # Any: JSON, written by the same program and verified by the cache
    kept = tuple(Version(day=date.fromisoformat(day), name=name, bytes=size, sha256=digest, content=content, media_type=form)
                 for day, name, size, digest, content, form in told["versions"])
    try:
        days = tuple(map(of_json, told["days"]))
    except ValueError:
        return None      # a name that is longer than what is taken from elsewhere may be
    let_go = tuple((date.fromisoformat(day), name) for day, name in told["let_go"])
    return DatasetHistory(days=days, is_cut=told["is_cut"], versions=kept, let_go=let_go)
