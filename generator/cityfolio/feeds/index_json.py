"""`index.json` beside every page that tells of the catalog: the same facts, for programs. Others may rely on its keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.facts import facts
from cityfolio.feeds.filled import filled
from cityfolio.feeds.health_json import kept_json
from cityfolio.feeds.index_dataset import dataset_index
from cityfolio.feeds.index_entries import Entries, Json, contact_card, linked, publisher_link, topic_link
from cityfolio.feeds.measure_json import measure_entry
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Build, Catalog, Dataset, Publisher, Topic
from cityfolio.model.health import HealthCheck
from cityfolio.model.measured import Measure
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.described import has_index
from cityfolio.pages.facets import dimensions
from cityfolio.pages.goal_parts import datasets_of
from cityfolio.pages.home import RECENT
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.lists import MOST_NEW, newest
from cityfolio.pages.news import has_news
from cityfolio.pages.program_addresses import program_addresses
from cityfolio.pages.trees import placed
from cityfolio.pages.words import ENGLISH, Words


def indexes(catalog: Catalog, build: Build, words: Words = ENGLISH, known: KnownParts | None = None) -> Iterator[Output]:
    """The twins of the home page, the lists, the datasets, topics and publishers, what is new, about and for programs."""
    known = known or KnownParts(catalog, build)
    entries = Entries.among(known, build, words)
    yield from _about_site(catalog, entries)
    yield from _lists(catalog, entries, known)
    datasets = [each for each in catalog.datasets if has_index(each)]
    yield from known.files("index", datasets, _of_dataset, _beside_datasets(catalog, build))
    yield from _groups(catalog, entries, known)


class _Around(Frozen):
    """What the twin of a dataset says of others."""

    titles: dict[str, str]        # of those related, by id
    measures: tuple[Json, ...]    # that use it


def _beside_datasets(catalog: Catalog, build: Build) -> Callable[[Dataset], tuple[object, ...]]:
    """What the twin of a dataset tells beside it: the titles of those related, measures that use it, and its checks."""
    titles = {each.id: each.title for each in catalog.datasets}
    users = defaultdict[str, list[Measure]](list)
    for measure in catalog.measures:
        for identifier in datasets_of(measure):
            users[identifier].append(measure)

    def beside(dataset: Dataset) -> tuple[object, ...]:
        feed = routes.index_url(routes.dataset_url(dataset.id))
        around = _Around({each: titles[each] for each in dataset.related if each in titles},
                         tuple(measure_entry(each, feed, build) for each in users.get(dataset.id, ())))
        return around, catalog.practice.health.get(dataset.id, ())

    return beside


def _of_dataset(dataset: Dataset, catalog: Catalog, build: Build, around: _Around,
                checks: Sequence[HealthCheck]) -> Iterator[Output]:
    page = routes.dataset_url(dataset.id)
    feed = routes.index_url(page)
    body = dataset_index(facts(dataset, catalog, build, feed), around.titles, feed, build)
    yield _output(page, body | filled({"measures": around.measures, "health": kept_json(dataset, checks)}), dataset.source_path)


def _output(page: str, body: Json, source: str) -> Output:
    return Output(url=routes.index_url(page), body=orjson.dumps(body), media_type="application/json", kind="feed",
                  source=source)


def _about_site(catalog: Catalog, entries: Entries) -> Iterator[Output]:
    site, build, feed = catalog.site, entries.build, routes.index_url(routes.HOME)
    counts = {"datasets": len(catalog.published), "listed": len(catalog.datasets), "publishers": len(catalog.publishers),
              "files": sum(len(each.files) for each in catalog.published), "topics": len(catalog.topics)}
    counts |= {"goals": len(catalog.goals), "measures": len(catalog.measures)} if catalog.goals or catalog.measures else {}
    said = filled({"title": site.name, "tagline": site.tagline, "notice": site.notice, "spatial": site.spatial,
                  "languages": list(site.languages), "contact": contact_card(site.contact)})
    topics = [topic_link(each, feed, build) | {"datasets": len(each.datasets)} for each in catalog.topics if each.datasets]
    recent = entries.of(newest(catalog.published, build.today)[:RECENT], feed)
    yield _output(routes.HOME, said | {"url": address(feed, routes.HOME, build), "counts": counts, "topics": topics,
                                       "recent": recent}, "site.yaml")
    feed = routes.index_url(routes.ABOUT)
    repository = site.repository.url if site.repository else ""
    about = filled({"description": site.description, "repository": repository, "revision": build.revision})
    yield _output(routes.ABOUT, said | about | {"url": address(feed, routes.ABOUT, build), "counts": counts}, "site.yaml")
    feed = routes.index_url(routes.DEVELOPERS)
    listed = [filled({"path": placed(each.path, build.tree), "title": str(each.title), "holds": str(each.holds),
                     "media_type": each.media_type, "follows": str(each.follows),
                     "example": address(feed, each.example, build) if each.example else ""})
              for each in program_addresses(catalog, build, entries.words)]
    yield _output(routes.DEVELOPERS, {"title": site.name, "url": address(feed, routes.DEVELOPERS, build),
                                      "addresses": listed}, "site.yaml")


def _lists(catalog: Catalog, entries: Entries, known: KnownParts) -> Iterator[Output]:
    """The list of data, whole and narrowed, and what is new."""
    yield from _list(routes.DATA, catalog.site.name, catalog.datasets, entries)
    for dimension in dimensions(catalog, entries.words):
        for value in dimension.values:
            title, where = str(value.title), {dimension.name: value.id}
            yield from known.together("list", value.datasets, partial(_list, value.url, title, value.datasets, entries, where),
                                      beside=(value.url, title, where))
    new = newest(catalog.published, entries.build.today)[:MOST_NEW]
    yield from _list(routes.NEW, catalog.site.name, new, entries)


def _list(page: str, title: str, datasets: Collection[Dataset], entries: Entries,
          narrowed: Json | None = None) -> Iterator[Output]:
    feed = routes.index_url(page)
    said = {"title": title, "url": address(feed, page, entries.build), "count": len(datasets)} | filled({"where": narrowed})
    yield _output(page, said | {"datasets": entries.of(datasets, feed)}, "datasets/")


def _groups(catalog: Catalog, entries: Entries, known: KnownParts) -> Iterator[Output]:
    """The topics and the publishers, each list and each one."""
    build, feed = entries.build, routes.index_url(routes.TOPICS)
    topics = [topic_link(each, feed, build) | {"datasets": len(each.datasets)} for each in catalog.topics]
    yield _output(routes.TOPICS, {"title": catalog.site.name, "url": address(feed, routes.TOPICS, build), "topics": topics},
                  "topics/")
    for topic in catalog.topics:
        feed = routes.index_url(routes.topic_url(topic.id))
        more = filled({
            "atom": address(feed, routes.topic_feed_url(topic.id), build) if has_news(topic.datasets) else "",
            "guides": [{"id": each.id} | linked(feed, routes.guide_url(each.id), each.title, build)
                       for each in catalog.practice.guides if topic.id in each.record.topics]})
        yield from _group(routes.topic_url(topic.id), topic, more, entries, known)
    feed = routes.index_url(routes.PUBLISHERS)
    publishers = [publisher_link(each, feed, build) | {"datasets": len(each.datasets)} for each in catalog.publishers]
    yield _output(routes.PUBLISHERS, {"title": catalog.site.name, "url": address(feed, routes.PUBLISHERS, build),
                                      "publishers": publishers}, "publishers/")
    for publisher in catalog.publishers:
        yield from _publisher(publisher, catalog, entries, known)


def _publisher(publisher: Publisher, catalog: Catalog, entries: Entries, known: KnownParts) -> Iterator[Output]:
    build, record, page = entries.build, publisher.record, routes.publisher_url(publisher.id)
    feed = routes.index_url(page)
    parent = next((each for each in catalog.publishers if each.id == record.parent), None)
    parts = [publisher_link(each, feed, build) for each in catalog.publishers if each.record.parent == publisher.id]
    more = filled({
        "website": record.url, "contact": contact_card(record.contact), "parts": parts,
        "parent": publisher_link(parent, feed, build) if parent else {},
        "atom": address(feed, routes.publisher_feed_url(publisher.id), build) if has_news(publisher.datasets) else "",
        "measures": [measure_entry(each, feed, build) for each in catalog.measures
                     if each.owner and each.owner.id == publisher.id],
    })
    yield from _group(page, publisher, more, entries, known)


def _group(page: str, group: Topic | Publisher, more: Json, entries: Entries, known: KnownParts) -> Iterator[Output]:
    feed = routes.index_url(page)
    description = group.record.description if isinstance(group, Publisher) else group.description
    said: Json = {"id": group.id, "title": group.title, "url": address(feed, page, entries.build)}
    said |= filled({"description": description}) | more

    def made() -> Iterator[Output]:
        yield _output(page, said | {"count": len(group.datasets), "datasets": entries.of(group.datasets, feed)},
                      group.source_path)

    yield from known.together("group", group.datasets, made, beside=(page, group.source_path, said))
