"""The values of a measure as standards for catalogs ask for a dataset: named by its page, dated by its newest period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.feeds.addresses import address
from cityfolio.feeds.facts import Download, Facts, publishers
from cityfolio.model.catalog import Build, Catalog, Dataset, File, License, PublisherRef, TopicRef
from cityfolio.model.formats import format_of
from cityfolio.model.frequency import frequency, freshness
from cityfolio.model.measured import Goal, Measure, Ref
from cityfolio.model.performance import Grain
from cityfolio.model.periods import first_day, last_day
from cityfolio.model.records import DatasetRecord, FileRecord
from cityfolio.pages.goal_parts import datasets_of
from cityfolio.pages.routes import measure_url, observations_url

WORDS: Mapping[Grain, str] = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly",
                              "fiscal-year": "yearly"}
FORMATS = (("csv", "CSV"), ("json", "JSON"), ("parquet", "Parquet"))
KEYWORD = "performance measure"


def measure_facts(catalog: Catalog, build: Build, feed: str) -> Iterator[Facts]:
    """What is known of the values of each measure that has any. `feed` is the site path of what it is written into."""
    goals = {each.id: each for each in catalog.goals}
    for measure in catalog.measures:
        if is_listed(measure):
            yield _facts(measure, goals.get(measure.goal.id) if measure.goal else None, catalog, (build, feed))


def is_listed(measure: Measure) -> bool:
    """Whether there are values, and a title to list them by, as every one of the standards demands."""
    return bool(measure.computed.overall.observations and measure.record.title)


def _facts(measure: Measure, goal: Goal | None, catalog: Catalog, into: tuple[Build, str]) -> Facts:
    (build, feed), record, site = into, measure.record, catalog.site
    shown, cut, path = measure.computed.overall.observations, record.period, measure_url(measure.id)
    every = frequency(WORDS[cut.grain])
    newest, publisher = last_day(shown[-1].period, cut.fiscal_year_start), _publisher(measure.owner, catalog)
    known = {each.id: each for each in catalog.datasets}
    behind = tuple(known[each] for each in datasets_of(measure) if each in known)
    words = (KEYWORD, record.type or "", *(word for each in behind for word in each.record.keywords))
    page = address(feed, path, build)
    return Facts(
        dataset=_as_dataset(measure, behind, build), path=path, identifier=page, page=page, title=record.title or "",
        summary="", description=record.description or record.title or "", language=site.languages[0],
        keywords=tuple(dict.fromkeys(filter(None, words))), topics=tuple(_topics(goal, catalog)),
        publishers=tuple(publishers(publisher, catalog)),
        contact=(publisher.record.contact if publisher else None) or site.contact, access="public", rights="",
        license=_license(behind, catalog), landing_page="", conforms_to="", issued=None, modified=newest,
        repeat=every.iso if every else "", frequency=every.word if every else "",
        start=first_day(shown[0].period, cut.fiscal_year_start).isoformat(), end=newest.isoformat(), place=site.spatial or "",
        downloads=tuple(_downloads(measure, address(feed, path, build), path)),
    )


def _publisher(owner: Ref | None, catalog: Catalog) -> PublisherRef | None:
    found = next((each for each in catalog.publishers if owner and each.id == owner.id), None)
    return PublisherRef(id=found.id, title=found.title, has_title=found.has_title, record=found.record) if found else None


def _topics(goal: Goal | None, catalog: Catalog) -> Iterator[TopicRef]:
    for each in catalog.topics:
        if goal and each.id in goal.record.topics:
            yield TopicRef(id=each.id, title=each.title, description=each.description)


def _license(behind: tuple[Dataset, ...], catalog: Catalog) -> License | None:
    """The site's license, which is known from the datasets that have it; else that of all the data behind the values."""
    own = next((each.license for each in catalog.datasets if each.license and each.license.id == catalog.site.license), None)
    terms = {each.license.id: each.license for each in behind if each.license}
    return own or (next(iter(terms.values())) if len(terms) == 1 else None)


def _downloads(measure: Measure, page: str, path: str) -> Iterator[Download]:
    for ending, name in FORMATS:
        named = observations_url("", ending)
        file = File(id=named, title=measure.title, format=name, record=FileRecord(), name=named)
        yield Download(id=named, title=measure.record.title or "", description="", format=name,
                       media_type=format_of(named).media_type, url=f"{page}{named}", path=observations_url(path, ending),
                       page="", bytes=None, sha256="", is_sample=False, modified=None, file=file)


def _as_dataset(measure: Measure, behind: tuple[Dataset, ...], build: Build) -> Dataset:
    """The values as the catalog has datasets: without files of its own, related to the data behind them."""
    return Dataset(
        id=measure.id, title=measure.title, has_title=bool(measure.record.title), record=DatasetRecord(), status="published",
        publisher=None, topics=(), license=None, contact=None, files=(), updated=None,
        freshness=freshness(None, None, build.today), related=tuple(each.id for each in behind if each.status != "retired"),
        source_path=measure.source_path)
