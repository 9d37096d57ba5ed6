"""Versions that a former site had and the next one would lack, although the rule of the site keeps them.

Whoever cited a version relies on its address. It may go by the rule, which `review.history_versions` applies to all that git
knows. It may not go because git knows less than it did: in a clone that is shallow, or after its history was written anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded
from cityfolio.load.notes import withdrawn_until
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.history import DatasetHistory, History, Version, told_since
from cityfolio.model.records import SiteRecord
from cityfolio.model.site import Entry, Manifest
from cityfolio.pages.review_routes import VERSIONS, former_names, version_of
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import url_of
from cityfolio.review.history_states import state_of
from cityfolio.review.history_versions import Rule, is_held, names_of

FIX = ("Build from the whole history (fetch-depth: 0 in many CI systems). If that is gone for good, say so in a note of the "
       "kind `withdrawal` about the dataset: what is older than the note may go.")


class _Former(Frozen, kw_only=True):
    """A version of the former site, with what its file is called now."""

    day: date
    name: str
    entry: Entry


def lost_versions(catalog: Catalog, loaded: Loaded, build: Build, previous: Manifest | None) -> tuple[Problem, ...]:
    """What the former site had and this one should have too, one problem a dataset.

    Of a dataset or a file that is gone nothing is said here: its own address is what is missed.
    """
    if previous is None:
        return ()
    former, unfinished, found = _former(catalog, previous), _unfinished(build.history, previous), list[Problem]()
    for dataset in catalog.published:
        history = build.history.datasets.get(dataset.id, DatasetHistory())
        known = {*((each.day, each.name) for each in history.versions), *history.let_go}
        unknown = [each for each in former.get(dataset.id, ()) if (each.day, each.name) not in known
                   and each.day.isoformat() != unfinished]
        if unknown and (lost := _lost(unknown, history, _rule(dataset, loaded, build), build.today)):
            found.append(_problem(lost))
    return tuple(found)


def _unfinished(history: History, previous: Manifest) -> str:
    """The day of the former site where git knows the whole of it: the day may have ended otherwise than it was then."""
    day = previous.committed[:10]
    return day if history.known == "whole" and history.since and history.since.isoformat() <= day else ""


def _former(catalog: Catalog, previous: Manifest) -> Mapping[str, Sequence[_Former]]:
    """The versions of the former site by the dataset that they belong to now; each once, however many addresses it has."""
    entries = [entry for entry in previous.entries.values() if VERSIONS in entry.path]
    if not entries:
        return {}
    owners = {name: each for each in catalog.published for name in each.record.formerly}
    owners |= {each.id: each for each in catalog.published}
    names = {each.id: _names_now(each) for each in catalog.published}
    found: dict[str, dict[tuple[date, str], _Former]] = defaultdict(dict)
    for entry in entries:
        dataset_id, day, name = version_of(url_of(entry.path)) or ("", date.min, "")
        dataset = owners.get(dataset_id)
        now = names[dataset.id].get(name) if dataset else None
        if dataset and now:
            found[dataset.id].setdefault((day, now), _Former(day=day, name=now, entry=entry))
    return {dataset: tuple(each.values()) for dataset, each in found.items()}


def _names_now(dataset: Dataset) -> dict[str, str]:
    """What each file that is or was called so is called now, as a version's address names it."""
    return {before: now for now, names in former_names(dataset.record).items() for before in names} \
        | {now: now for now in names_of(dataset.record).values()}


def _lost(unknown: Iterable[_Former], history: DatasetHistory, rule: Rule | None, today: date) -> tuple[_Former, ...]:
    """Those that do not go by the rule, the newest first."""
    if rule is None:
        return ()
    floor = max(rule.not_before, told_since(today) + timedelta(days=2))    # git's days have time zones
    missing = (each for each in unknown if floor <= each.day <= today and each.entry.bytes <= rule.record.largest_bytes)
    newest_first = sorted(missing, key=lambda each: (-each.day.toordinal(), each.name))
    return tuple(_within(newest_first, history.versions, rule.record.keep))


def _within(missing: Iterable[_Former], kept: Iterable[Version], keep: int) -> Iterator[_Former]:
    """Those of which there are not as many newer ones as are kept."""
    days: dict[str, list[date]] = defaultdict(list)
    for version in kept:
        days[version.name].append(version.day)
    for each in missing:
        if sum(day > each.day for day in days[each.name]) < keep:
            yield each
        days[each.name].append(each.day)


def _rule(dataset: Dataset, loaded: Loaded, build: Build) -> Rule | None:
    """The rule of a dataset; None where none of its versions may stay."""
    if is_held(dataset.record) or state_of(dataset.record, loaded).hidden:
        return None
    site = loaded.site.record if loaded.site else SiteRecord()
    return Rule(record=site.versions, not_before=withdrawn_until(loaded, dataset.id, build.today))


def _problem(lost: Sequence[_Former]) -> Problem:
    path, more = lost[0].entry.path, len(lost) - 1
    also = f", nor does it know {more} older one{'s' if more > 1 else ''}" if more else ""
    return Problem(code="address-dropped", where=Location(path=path, in_catalog=False), fix=FIX,
                   says=f"{url_of(path)} was published as a version to be cited, and git does not know it any more{also}")
