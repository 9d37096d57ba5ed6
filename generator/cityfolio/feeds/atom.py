"""Atom feeds (RFC 4287) of what is new: the catalog's, each topic's, each publisher's, each dataset's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from cityfolio.feeds.addresses import address
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.described import has_feed
from cityfolio.pages.routes import (
    NEW_FEED,
    dataset_feed_url,
    dataset_url,
    new_url,
    publisher_feed_url,
    publisher_url,
    topic_feed_url,
    topic_url,
)

MAX_ENTRIES = 50


def atom_feeds(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The feed of the catalog, one for each topic and publisher that has a dated dataset or none, and one for each dataset."""
    name = catalog.site.name
    yield _feed(NEW_FEED, new_url(), name, catalog.datasets, build)
    for topic in catalog.topics:
        yield _feed(topic_feed_url(topic.id), topic_url(topic.id), f"{topic.title} - {name}", topic.datasets, build)
    for publisher in catalog.publishers:
        url = publisher_url(publisher.id)
        yield _feed(publisher_feed_url(publisher.id), url, f"{publisher.title} - {name}", publisher.datasets, build)
    for dataset in catalog.published:
        if has_feed(dataset):
            yield _dataset_feed(dataset, catalog, build)


def _dataset_feed(dataset: Dataset, catalog: Catalog, build: Build) -> Output:
    """What is known of a dataset's changes: when it was last updated, and when it was first published."""
    url, page = dataset_feed_url(dataset.id), dataset_url(dataset.id)
    days = list(dict.fromkeys(day for day in (dataset.updated, dataset.record.issued) if day))
    author = dataset.publisher.title if dataset.publisher else catalog.site.name
    summary = escape(dataset.record.summary or dataset.title)
    # Each entry has the day in its identifier, so that a reader of feeds takes the next update for a new one.
    entries = [
        f"<entry><title>{escape(dataset.title)}</title><id>{escape(_identifier(page, build))}#{day}</id>"
        f"<updated>{day}T00:00:00Z</updated><link href={quoteattr(address(url, page, build))}/>"
        f"<summary>{summary}</summary></entry>" for day in days]
    lines = [*_head(url, page, f"{dataset.title} - {catalog.site.name}", f"{days[0]}", build),
             f"<author><name>{escape(author)}</name></author>", *entries, "</feed>\n"]
    return _output(url, lines)


def _feed(url: str, page: str, title: str, datasets: Iterable[Dataset], build: Build) -> Output:
    dated = sorted(
        (each for each in datasets if each.updated and each.status == "published"),
        key=lambda each: (-(each.updated or build.today).toordinal(), each.id),
    )[:MAX_ENTRIES]
    newest = dated[0].updated.isoformat() if dated and dated[0].updated else build.today.isoformat()
    author = f"<author><name>{escape(title)}</name></author>"
    return _output(url, [*_head(url, page, title, newest, build), author, *(_entry(each, url, build) for each in dated),
                         "</feed>\n"])


def _head(url: str, page: str, title: str, updated: str, build: Build) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<title>{escape(title)}</title>"
    yield f"<id>{escape(_identifier(url, build))}</id>"
    yield f"<updated>{updated}T00:00:00Z</updated>"
    yield f'<link rel="self" type="application/atom+xml" href={quoteattr(address(url, url, build))}/>'
    yield f'<link rel="alternate" type="text/html" href={quoteattr(address(url, page, build))}/>'


def _output(url: str, lines: Iterable[str]) -> Output:
    return Output(url=url, body="\n".join(lines).encode(), media_type="application/atom+xml", kind="feed", source="atom feed")


def _entry(dataset: Dataset, feed: str, build: Build) -> str:
    updated = f"{dataset.updated}T00:00:00Z"
    page = dataset_url(dataset.id)
    published = f"<published>{dataset.record.issued}T00:00:00Z</published>" if dataset.record.issued else ""
    author = f"<author><name>{escape(dataset.publisher.title)}</name></author>" if dataset.publisher else ""
    summary = escape(dataset.record.summary or dataset.title)
    return (
        f"<entry><title>{escape(dataset.title)}</title><id>{escape(_identifier(page, build))}</id>"
        f"<updated>{updated}</updated>{published}<link href={quoteattr(address(feed, page, build))}/>{author}"
        f"<summary>{summary}</summary></entry>"
    )


def _identifier(url: str, build: Build) -> str:
    # RFC 4287, 4.2.6: an absolute IRI that never changes; without an address of its own the site has only this.
    return build.base_url + url if build.base_url else f"urn:cityfolio:{url}"
