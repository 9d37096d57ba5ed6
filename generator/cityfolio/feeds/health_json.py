"""`/health/health.json`, and what the pages of health say for programs. Others may rely on its keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import sha256
from typing import Any

import orjson
from markupsafe import Markup

from cityfolio.annex import Annex, Laid
from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.health import AREAS, HealthArea, HealthCheck, PastHealth
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.health_counts import Tally, areas_of_publishers, by_check, by_code, by_publisher, failing, tally
from cityfolio.pages.health_kinds import kind_words, kinds_of
from cityfolio.pages.health_words import check_words, reason
from cityfolio.pages.kept_runs import Kept
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.markdown import untold
from cityfolio.pages.translated import translated
from cityfolio.pages.words import ENGLISH, Words
from cityfolio.practice.health import CHECKS
from cityfolio.tables.exports.pieces import body_of, json_with

ASIDE = Annex()


def health_files(catalog: Catalog, build: Build, words: Words = ENGLISH, known: KnownParts | None = None) -> Iterator[Output]:
    """Every check of every dataset in one file; beside each page what it says."""
    known, health = known or KnownParts(catalog, build), catalog.practice.health
    more = {"totals": _totals(catalog)} | _languages(catalog) | _dated(catalog, build)

    def beside(dataset: Dataset) -> tuple[object, ...]:
        return (health.get(dataset.id, ()),)

    def told(*given: object, of: Iterable[Dataset]) -> tuple[object, ...] | None:
        """What a file is made of, beside what these datasets are known by: their checks."""
        digests = [known.digests.of(*beside(each)) for each in of] if known.common else [""]
        return (*given, digests) if all(digests) else None

    def every() -> Iterator[Output]:
        parts = known.listed("health", catalog.datasets, _whole, beside)
        body = body_of(json_with({}, "datasets", parts, orjson.dumps(more, default=str)))
        yield Output(url=routes.HEALTH_JSON, body=body, media_type="application/json", kind="feed", source="datasets/")

    names = [each.id for each in catalog.datasets]
    yield from known.together("health", (), every, told(names, more, of=catalog.datasets))
    feed = routes.index_url(routes.HEALTH)
    yield _output(feed, _overview(catalog, feed, build, words), "datasets/")
    yield from _checks(catalog, build, words, known)
    for identifier, listed in by_publisher(catalog).items():
        yield from known.together("health", listed, partial(_publisher, identifier, listed, catalog, build),
                                  told(identifier, of=listed))


def _whole(dataset: Dataset, catalog: Catalog, build: Build, checks: Sequence[HealthCheck]) -> bytes:
    return orjson.dumps(dataset_json(dataset, checks), default=str)


def _checks(catalog: Catalog, build: Build, words: Words, known: KnownParts) -> Iterator[Output]:
    """What is said of each check. A file is as it was where all is that is said in it, whatever else changed of datasets."""
    health, tallies, said = catalog.practice.health, by_check(catalog), check_words(words)
    runs = [_Faults(each) for each in known.runs("health by check", catalog.datasets, partial(_packed, words),
                                                 lambda dataset: (health.get(dataset.id, ()),))]

    def checked(identifier: str) -> Iterator[Output]:
        page = routes.health_url(identifier)
        feed = routes.index_url(page)
        body = {"id": identifier, "title": said[identifier].title, "url": address(feed, page, build),
                "asks": said[identifier].asks, "area": CHECKS[identifier], **counts(tallies[identifier]),
                "kinds": [{"why": kind.says.unescape(), "datasets": len(kind.found)}
                          for kind in kinds_of(catalog, words)[identifier]],
                "datasets": [orjson.Fragment(told) for name in _names(identifier) for each in runs for told in each.of(name)]}
        yield _output(feed, body, "datasets/")

    for identifier in CHECKS:
        digests = [each.digests.get(name, "") for name in _names(identifier) for each in runs] if known.common else ()
        yield from known.together("health", (), partial(checked, identifier), (identifier, tallies[identifier], digests))


def _names(identifier: str) -> tuple[str, str]:
    """What is said of a check is in two parts: faults come before what cannot be told."""
    return f"{identifier} failed", f"{identifier} unknown"


class _Faults:
    """What is said of checks that some datasets do not pass, by the check and the state."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    @cached_property
    def digests(self) -> dict[str, str]:
        """For each name a digest of all that is said under it."""
        return dict(orjson.loads(self._kept.told(_digests)))

    def of(self, name: str) -> Iterator[bytes]:
        """For each dataset of which something is said under a name, that."""
        return (laid.read() for laid in self._laid.get(name, ()))

    @cached_property
    def _laid(self) -> dict[str, list[Laid]]:
        found = defaultdict[str, list[Laid]](list)
        for part in self._kept.parts():
            for name, _, body in _unpacked(part):
                found[name].append(ASIDE.laid(body))
        return found


def _packed(words: Words, dataset: Dataset, catalog: Catalog, build: Build, checks: Sequence[HealthCheck]) -> bytes:
    """What is said of each check that a dataset does not pass, in one value, and of what kind it is."""
    told = [check for check in checks if check.state != "passed"]
    bodies = [orjson.dumps(_at_fault(dataset, each, (routes.index_url(routes.health_url(each.id)), words), build), default=str)
              for each in told]
    said = [(f"{check.id} {check.state}", str(kind_words(check, words)), len(body))
            for check, body in zip(told, bodies, strict=True)]
    return orjson.dumps(said) + b"\n" + b"".join(bodies)


def _unpacked(packed: bytes) -> Iterator[tuple[str, str, bytes]]:
    """The check and the state, the kind, and what is said, of each."""
    head, _, bodies = packed.partition(b"\n")
    at = 0
    for name, kind, size in orjson.loads(head):
        yield name, kind, bodies[at:at + size]
        at += size


def _digests(parts: Iterable[bytes]) -> bytes:
    """For each check and state a digest of all that is said of it."""
    found = defaultdict[str, Any](sha256)      # Any: what works out a digest
    for part in parts:
        for name, kind, body in _unpacked(part):
            found[name].update(b"%b\n%b\n" % (kind.encode(), body))
    return orjson.dumps({name: each.hexdigest() for name, each in found.items()})


def health_json(catalog: Catalog) -> Json:
    """Every check of every dataset, and how many of each check pass; `cityfolio health --format json` prints the same."""
    health = catalog.practice.health
    return {"datasets": [dataset_json(each, health.get(each.id, ())) for each in catalog.datasets],
            "totals": _totals(catalog)}


def _totals(catalog: Catalog) -> Json:
    return {identifier: counts(found) for identifier, found in by_check(catalog).items()}


def dataset_json(dataset: Dataset, checks: Sequence[HealthCheck]) -> Json:
    """A dataset with its checks."""
    found = tally(checks)
    return {"id": dataset.id, "passed": found.passed, "of": found.of, "checks": [check_json(each) for each in checks]}


def faults_json(dataset: Dataset, checks: Sequence[HealthCheck]) -> Json:
    """A dataset with its checks that are at fault."""
    found = tally(checks)
    return {"id": dataset.id, "passed": found.passed, "of": found.of,
            "at_fault": [check_json(each) for each in failing(checks)]}


def kept_json(dataset: Dataset, checks: Sequence[HealthCheck]) -> Json:
    """What is at fault in one dataset; nothing where it was not looked at."""
    return faults_json(dataset, checks) if checks else {}


def check_json(check: HealthCheck) -> Json:
    """A check; where it does not pass, the place that would mend it. Counts of yes or no are left out."""
    said: Json = {"id": check.id, "area": check.area, "state": check.state}
    if check.of:
        said |= {"count": check.count, "of": check.of}
    if check.where:
        said |= {"path": check.where[0].path, "line": check.where[0].line}
    return said


def counts(found: Tally) -> Json:
    """How many pass, of how many, and how many nobody can tell."""
    return {"passed": found.passed, "of": found.of, "unknown": found.unknown}


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body, default=str), media_type="application/json", kind="feed", source=source)


def _dated(catalog: Catalog, build: Build) -> Json:
    links = catalog.practice.links
    return {"day": build.today.isoformat()} | filled({"links_checked": links.on.isoformat() if links else ""})


def _overview(catalog: Catalog, feed: str, build: Build, words: Words) -> Json:
    said, practice = check_words(words), catalog.practice
    checks = [{"id": each, "title": said[each].title, "area": CHECKS[each],
               "url": address(feed, routes.health_url(each), build), **counts(found)}
              for each, found in by_check(catalog).items()]
    areas = areas_of_publishers(catalog)
    publishers = [{"id": identifier or None, "datasets": len(datasets), "areas": areas_json(areas[identifier])}
                  for identifier, datasets in by_publisher(catalog).items()]
    return {"title": catalog.site.name, "url": address(feed, routes.HEALTH, build), "published": len(catalog.published),
            **_dated(catalog, build), "checks": checks, "publishers": publishers,
            "problems": {code: len(found) for code, found in by_code(catalog).items()},
            **_languages(catalog),
            "past": [_past(each) for each in practice.past_health],
            **({"past_left_out": practice.past_left_out} if practice.past_left_out else {})}


def _languages(catalog: Catalog) -> Json:
    """How many of the city's texts are in each language of a site that has several."""
    found = {each.language: {"texts": each.of - each.missing, "missing": each.missing,
                             "datasets": {dataset.id: count for dataset, count in each.lacking}}
             for each in translated(catalog)}
    return {"languages": found} if found else {}


def areas_json(found: Mapping[HealthArea, Tally]) -> Json:
    """Some checks by area."""
    return {area: counts(found[area]) for area in AREAS if area in found}


def _past(each: PastHealth) -> Json:
    return {"day": each.day.isoformat(), "commit": each.commit, "passed": sum(each.passed.values()),
            "of": sum(each.of.values())}


def _at_fault(dataset: Dataset, check: HealthCheck, told: tuple[str, Words], build: Build) -> Json:
    feed, words = told
    return {"dataset": dataset.id, "title": dataset.title, "url": address(feed, routes.dataset_url(dataset.id), build),
            **{key: value for key, value in check_json(check).items() if key not in ("id", "area")},
            "why": str(Markup(untold(reason(check, words))).unescape())}


def _publisher(identifier: str, datasets: Sequence[Dataset], catalog: Catalog, build: Build) -> Iterator[Output]:
    health, page = catalog.practice.health, routes.health_publisher_url(identifier)
    feed = routes.index_url(page)
    yield _output(feed, {"publisher": identifier or None, "url": address(feed, page, build),
                         "areas": areas_json(areas_of_publishers(catalog)[identifier]),
                         "datasets": [faults_json(each, health.get(each.id, ())) for each in datasets]},
                  f"publishers/{identifier}.yaml" if identifier else "datasets/")
