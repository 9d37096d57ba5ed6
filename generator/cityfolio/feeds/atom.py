"""Atom feeds (RFC 4287) of what is new: the catalog's, each topic's, each publisher's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from cityfolio.feeds.addresses import address
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.routes import dataset_url, new_url, publisher_feed_url, publisher_url, topic_feed_url, topic_url

MAX_ENTRIES = 50


def atom_feeds(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The feed of the catalog, and one for each topic and publisher that has a dated dataset or none."""
    name = catalog.site.name
    yield _feed("/new.atom", new_url(), name, catalog.datasets, build)
    for topic in catalog.topics:
        yield _feed(topic_feed_url(topic.id), topic_url(topic.id), f"{topic.title} - {name}", topic.datasets, build)
    for publisher in catalog.publishers:
        url = publisher_url(publisher.id)
        yield _feed(publisher_feed_url(publisher.id), url, f"{publisher.title} - {name}", publisher.datasets, build)


def _feed(url: str, page: str, title: str, datasets: Iterable[Dataset], build: Build) -> Output:
    dated = sorted(
        (each for each in datasets if each.updated and each.status == "published"),
        key=lambda each: (-(each.updated or build.today).toordinal(), each.id),
    )[:MAX_ENTRIES]
    newest = dated[0].updated.isoformat() if dated and dated[0].updated else build.today.isoformat()
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(_identifier(url, build))}</id>",
        f"<updated>{newest}T00:00:00Z</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address(url, url, build))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(address(url, page, build))}/>',
        f"<author><name>{escape(title)}</name></author>",
        *(_entry(each, url, build) for each in dated),
        "</feed>\n",
    ]
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
