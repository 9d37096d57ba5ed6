"""`/health/health.json`, and what the pages of health say for programs. Others may rely on its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import orjson
from markupsafe import Markup

from cityfolio.annex import Annex
from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.health import AREAS, HealthCheck, PastHealth
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.health_counts import Tally, at_fault, by_area, by_check, by_code, by_publisher, checks_of, failing, tally
from cityfolio.pages.health_kinds import kinds
from cityfolio.pages.health_words import check_words, reason
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.markdown import untold
from cityfolio.pages.translated import translated
from cityfolio.pages.words import ENGLISH, Words
from cityfolio.practice.health import CHECKS
from cityfolio.tables.exports.pieces import body_of, json_with

ASIDE = Annex()
ALL, FAULTS = "all", "faults"     # what is said of a dataset beside each check that does not pass


def health_files(catalog: Catalog, build: Build, words: Words = ENGLISH, known: KnownParts | None = None) -> Iterator[Output]:
    """Every check of every dataset in one file; beside each page what it says."""
    known, health = known or KnownParts(catalog, build), catalog.practice.health
    parts = known.made("health", catalog.datasets, partial(_packed, words), lambda dataset: (health.get(dataset.id, ()),))
    packs = dict(zip((dataset.id for dataset in catalog.datasets), map(ASIDE.laid, parts), strict=True))
    more = orjson.dumps({"totals": _totals(catalog)} | _languages(catalog) | _dated(catalog, build), default=str)
    every = body_of(json_with({}, "datasets", (_told(pack.read(), ALL) for pack in packs.values()), more))
    yield Output(url=routes.HEALTH_JSON, body=every, media_type="application/json", kind="feed", source="datasets/")
    del every
    feed = routes.index_url(routes.HEALTH)
    yield _output(feed, _overview(catalog, feed, build, words), "datasets/")
    tallies, said, found = by_check(catalog), check_words(words), at_fault(catalog)

    def told(dataset: str, what: str) -> orjson.Fragment:
        return orjson.Fragment(_told(packs[dataset].read(), what))

    def checked(identifier: str) -> Iterator[Output]:
        page = routes.health_url(identifier)
        feed = routes.index_url(page)
        body = {"id": identifier, "title": said[identifier].title, "url": address(feed, page, build),
                "asks": said[identifier].asks, "area": CHECKS[identifier], **counts(tallies[identifier]),
                "kinds": [{"why": kind.says.unescape(), "datasets": len(kind.found)}
                          for kind in kinds(identifier, found[identifier], words)],
                "datasets": [told(dataset.id, identifier) for dataset, _ in found[identifier]]}
        yield _output(feed, body, "datasets/")

    def beside(*told: object, of: Iterable[Dataset]) -> tuple[object, ...] | None:
        digests = [known.digests.of(health.get(each.id, ())) for each in of] if known.common else [""]
        return (*told, digests) if all(digests) else None

    for identifier in CHECKS:
        datasets = [dataset for dataset, _ in found[identifier]]
        yield from known.together("health", datasets, partial(checked, identifier),
                                  beside(identifier, tallies[identifier], of=datasets))
    for identifier, listed in by_publisher(catalog).items():
        yield from known.together("health", listed, partial(_publisher, identifier, listed, catalog, build, told),
                                  beside(identifier, of=listed))


def _packed(words: Words, dataset: Dataset, catalog: Catalog, build: Build, checks: Sequence[HealthCheck]) -> bytes:
    """What is said of the checks of one dataset, in one value: of all, of those at fault, and of each that does not pass."""
    told = {check.id: _at_fault(dataset, check, (routes.index_url(routes.health_url(check.id)), words), build)
            for check in checks if check.state != "passed"}
    every = {ALL: dataset_json(dataset, checks), FAULTS: faults_json(dataset, checks), **told}
    bodies = [orjson.dumps(each, default=str) for each in every.values()]
    return orjson.dumps([list(every), list(map(len, bodies))]) + b"\n" + b"".join(bodies)


def _told(packed: bytes, what: str) -> bytes:
    """One of them."""
    end = packed.index(b"\n") + 1
    names, sizes = orjson.loads(packed[:end])
    at = names.index(what)
    start = end + sum(sizes[:at])
    return packed[start:start + sizes[at]]


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
    publishers = [{"id": identifier or None, "datasets": len(datasets), "areas": areas_json(checks_of(catalog, datasets))}
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


def areas_json(checks: Iterable[HealthCheck]) -> Json:
    """Some checks by area."""
    found = by_area(checks)
    return {area: counts(found[area]) for area in AREAS if area in found}


def _past(each: PastHealth) -> Json:
    return {"day": each.day.isoformat(), "commit": each.commit, "passed": sum(each.passed.values()),
            "of": sum(each.of.values())}


def _at_fault(dataset: Dataset, check: HealthCheck, told: tuple[str, Words], build: Build) -> Json:
    feed, words = told
    return {"dataset": dataset.id, "title": dataset.title, "url": address(feed, routes.dataset_url(dataset.id), build),
            **{key: value for key, value in check_json(check).items() if key not in ("id", "area")},
            "why": str(Markup(untold(reason(check, words))).unescape())}


def _publisher(identifier: str, datasets: Sequence[Dataset], catalog: Catalog, build: Build,
               told: Callable[[str, str], orjson.Fragment]) -> Iterator[Output]:
    page = routes.health_publisher_url(identifier)
    feed = routes.index_url(page)
    yield _output(feed, {"publisher": identifier or None, "url": address(feed, page, build),
                         "areas": areas_json(checks_of(catalog, datasets)),
                         "datasets": [told(each.id, FAULTS) for each in datasets]},
                  f"publishers/{identifier}.yaml" if identifier else "datasets/")
