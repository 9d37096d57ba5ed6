"""References from one file to another, and former addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cityfolio.check.registry import rule
from cityfolio.load.dictionary import dictionary_entries
from cityfolio.load.licenses import BUILT_IN
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.yaml import Document, Items, Scalar
from cityfolio.model.catalog import Build
from cityfolio.model.performance import GoalRecord, MeasureRecord
from cityfolio.problems import Location, Problem, did_you_mean

# The rooms whose records have pages, and the folder of these pages.
ADDRESSES = (("datasets", "data"), ("publishers", "publishers"), ("topics", "topics"), ("goals", "goals"),
             ("measures", "measures"), ("policy", "policy"), ("guides", "guides"))


Naming = Sourced[Any]       # Any: a record with a list of ids


@rule("publisher-unknown")
def publishers_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset's publisher, and a publisher's parent, have files."""
    named = [(each.record.publisher, each.document, "publisher") for each in loaded.datasets.values()]
    named += [(each.record.parent, each.document, "parent") for each in loaded.publishers.values()]
    for identifier, document, key in named:
        if identifier is not None and not loaded.knows("publishers", identifier):
            yield _unknown("publishers", identifier, document.at(key), loaded.names("publishers"))
    for identifier, where in (*_owners(loaded), *_owners_of_practice(loaded)):
        if not loaded.knows("publishers", identifier):
            yield _unknown("publishers", identifier, where, loaded.names("publishers"))


def _owners(loaded: Loaded) -> Iterator[tuple[str, Location]]:
    """Who answers for goals, measures, their actions and what was agreed in their reviews."""
    answered_for: list[Sourced[GoalRecord] | Sourced[MeasureRecord]] = [*loaded.goals.values(), *loaded.measures.values()]
    for each in answered_for:
        record, document = each.record, each.document
        if record.owner is not None:
            yield record.owner, document.at("owner")
        for at, action in enumerate(record.actions):
            if action.owner is not None:
                yield action.owner, document.at("actions", at, "owner")
        for at, review in enumerate(record.reviews):
            for place, agreed in enumerate(review.follow_ups):
                if agreed.owner is not None:
                    yield agreed.owner, document.at("reviews", at, "follow_ups", place, "owner")


def _owners_of_practice(loaded: Loaded) -> Iterator[tuple[str, Location]]:
    """Who keeps promises and rules, who answers requests, who tells of changes, and who releases what is planned."""
    for note in loaded.changes.values():
        if note.record.by is not None:
            yield note.record.by, note.document.at("by")
    for room in ("commitments", "requests", "policy"):
        for each in getattr(loaded, room).values():
            if each.record.owner is not None:
                yield each.record.owner, each.document.at("owner")
    for dataset in loaded.datasets.values():
        if dataset.record.release and dataset.record.release.owner is not None:
            yield dataset.record.release.owner, dataset.document.at("release", "owner")


@rule("topic-unknown", of_each=True)
def topics_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Each topic of a dataset, a goal or a guide has a file."""
    naming: list[Naming] = [each for room in (loaded.datasets, loaded.goals, loaded.guides) for each in room.values()]
    for each in naming:
        yield from _unknown_in(each, "topics", "topics", loaded)


@rule("license-unknown", of_each=True)
def licenses_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A license is built in or has a file."""
    named = [(each.record.license, each.document) for each in loaded.datasets.values()]
    if loaded.site is not None:
        named.append((loaded.site.record.license, loaded.site.document))
    for identifier, document in named:
        if identifier is not None and identifier not in BUILT_IN and not loaded.knows("licenses", identifier):
            known = [*BUILT_IN, *loaded.names("licenses")]
            yield _unknown("licenses", identifier, document.at("license"), known)


@rule("column-unknown", of_each=True)
def shared_columns_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A column that follows a shared one names one that has a file."""
    for document, keys, column in dictionary_entries(loaded, "standard"):
        if column.standard is not None and not loaded.knows("columns", column.standard):
            yield _unknown("columns", column.standard, document.at(*keys, "standard"), loaded.names("columns"))


@rule("dataset-unknown")
def datasets_exist(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Each related dataset exists, each that a foreign key points to, and each that a record of practice names."""
    yield from _datasets_of_practice(loaded)
    for each in loaded.datasets.values():
        yield from _unknown_in(each, "related", "datasets", loaded)
    for document, keys, column in dictionary_entries(loaded, "foreign_key"):
        target = column.foreign_key.dataset if column.foreign_key else None
        if target is not None and not loaded.knows("datasets", target):
            yield _unknown("datasets", target, document.at(*keys, "foreign_key", "dataset"), loaded.names("datasets"))
    for measure in loaded.measures.values():
        compute = measure.record.compute
        population = compute.rate.population if compute and compute.rate else None
        if compute and compute.dataset is not None and not loaded.knows("datasets", compute.dataset):
            yield _unknown("datasets", compute.dataset, measure.document.at("compute", "dataset"), loaded.names("datasets"))
        if population and population.dataset is not None and not loaded.knows("datasets", population.dataset):
            where = measure.document.at("compute", "rate", "population", "dataset")
            yield _unknown("datasets", population.dataset, where, loaded.names("datasets"))


def _datasets_of_practice(loaded: Loaded) -> Iterator[Problem]:
    for room in (loaded.commitments, loaded.requests, loaded.uses, loaded.guides):
        naming: list[Naming] = list(room.values())
        for each in naming:
            yield from _unknown_in(each, "datasets", "datasets", loaded)


@rule("reference-circular")
def no_publisher_is_part_of_itself(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Following parents from a publisher never leads back to it."""
    for each in loaded.publishers.values():
        seen: list[str] = []
        above = each.record.parent
        while above is not None and above in loaded.publishers and above not in seen:
            seen.append(above)
            above = loaded.publishers[above].record.parent
        if each.id in seen:
            way = " > ".join([each.id, *seen[: seen.index(each.id) + 1]])
            yield Problem(
                code="reference-circular",
                where=each.document.at("parent"),
                says=f"this publisher is part of itself: {way}",
                fix="Leave out the parent of the topmost one.",
            )


@rule("identifier-repeated")
def no_two_share_an_identifier(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """No two datasets of the feeds have one identifier: a harvester would take the second for the first.

    Who writes none is known by the address of the page, as the values of a measure are.
    """
    known: dict[str, str] = {}
    for folder, room in (("data", loaded.listed), ("measures", loaded.measures.values())):
        for each in room if build.base_url else ():
            known[f"{build.base_url}/{folder}/{each.id}/"] = each.document.path
    for each in loaded.listed:
        given = each.record.identifier
        if given is None:
            continue
        owner = known.setdefault(given, each.document.path)
        if owner != each.document.path:
            yield Problem(
                code="identifier-repeated",
                where=each.document.at("identifier"),
                says=f'the identifier "{given}" is that of {owner} too',
                fix="Give each dataset one of its own, or delete it: the address of the page then stands in for it.",
            )


@rule("address-taken")
def former_addresses_are_free(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """No former id or path is in use, and none is claimed twice."""
    claimed: dict[str, str] = {}
    for room, path in ADDRESSES:
        for each in getattr(loaded, room).values():
            for former in _written(each, "formerly"):
                old = former if former.startswith("/") else f"/{path}/{former}/"
                owner = _owner(loaded, old.strip("/")) or claimed.get(old.rstrip("/"))
                claimed.setdefault(old.rstrip("/"), f"{room}/{each.id}")
                if owner and owner != f"{room}/{each.id}" or _owner(loaded, old.strip("/")):
                    yield from (Problem(
                        code="address-taken",
                        where=each.document.at("formerly", place),
                        says=f'the former address "{former}" belongs to {owner}',
                        fix="Each address can lead to one place only.",
                    ) for place, text in _listed(each.document, "formerly") if text == former)


def _owner(loaded: Loaded, path: str) -> str | None:
    """The record whose page stands at a site path today."""
    for room, folder in ADDRESSES:
        prefix = f"{folder}/"
        if path.startswith(prefix) and path.removeprefix(prefix) in getattr(loaded, room):
            return f"{room}/{path.removeprefix(prefix)}"
    return None


def _unknown_in(each: Naming, key: str, room: str, loaded: Loaded) -> Iterator[Problem]:
    """Each id in a list that is not in a room."""
    unknown = {identifier for identifier in _written(each, key) if not loaded.knows(room, identifier)}
    for place, identifier in _listed(each.document, key) if unknown else ():
        if identifier in unknown:
            yield _unknown(room, identifier, each.document.at(key, place), loaded.names(room))


def _unknown(room: str, given: str, where: Location, known: Iterable[str]) -> Problem:
    return Problem(
        code=f"{room.removesuffix('s')}-unknown",
        where=where,
        says=f'"{given}" is not in {room}/',
        fix=did_you_mean(given, known),
    )


def _written(each: Naming, key: str) -> Iterable[str]:
    """The texts of a list as they are written, each once. Of many records they are known without a look at where they stand."""
    found: tuple[str, ...] = getattr(each.record, key)
    return found if each.says_all else dict.fromkeys(text for _, text in _listed(each.document, key))


def _listed(document: Document, key: str) -> Iterator[tuple[int, str]]:
    """The texts of a list as they are written, with their places."""
    value = document.value(key)
    for place, item in enumerate(value.items if isinstance(value, Items) else (value,)):
        if isinstance(item, Scalar) and item.text and item.text.strip():
            yield place, item.text.strip()
