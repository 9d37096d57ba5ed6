"""Atom feeds (RFC 4287) of what is new: the catalog's, each topic's, each publisher's, each dataset's.

Atom wants a day of every entry and of the whole. Both are days that the catalog knows; where it knows none there is no feed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from cityfolio.feeds.addresses import address
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.described import has_feed
from cityfolio.pages.news import has_news, known_days
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
from cityfolio.pages.trees import placed

MAX_ENTRIES = 50


class AtomFeed(Frozen, kw_only=True):
    """What a feed says of itself."""

    url: str
    page: str       # what it is the feed of
    title: str
    author: str     # who answers for what names no publisher
    site: str       # its name, which tells apart the sites that have no address of their own yet
    build: Build

    def link(self, url: str) -> str:
        """An address of the site as the value of an attribute."""
        return quoteattr(address(self.url, url, self.build))

    def identifier(self, url: str) -> str:
        """RFC 4287, 4.2.6: an absolute IRI that never changes. Without an address of its own a site has only a name."""
        return escape((self.build.base_url or f"urn:cityfolio:{quote(self.site, safe='')}") + placed(url, self.build.tree))


Further = Callable[[AtomFeed], Iterable[tuple[date, str]]]     # entries, each with its day


def _nothing(feed: AtomFeed) -> tuple[tuple[date, str], ...]:
    return ()


def atom_feeds(catalog: Catalog, build: Build, further: Further = _nothing) -> Iterator[Output]:
    """The feed of the catalog, and one for each topic, publisher and dataset of which a day is known.

    `further` gives what the feed of the catalog tells beside its datasets.
    """
    name = catalog.site.name
    groups = [(AtomFeed(url=NEW_FEED, page=new_url(), title=name, author=name, site=name, build=build), catalog.datasets)]
    groups += [(AtomFeed(url=topic_feed_url(each.id), page=topic_url(each.id), title=f"{each.title} - {name}", author=name,
                      site=name, build=build), each.datasets) for each in catalog.topics]
    groups += [(AtomFeed(url=publisher_feed_url(each.id), page=publisher_url(each.id), title=f"{each.title} - {name}",
                      author=each.title, site=name, build=build), each.datasets) for each in catalog.publishers]
    for feed, datasets in groups:
        if has_news(datasets):
            yield _of_several(feed, datasets, further if feed.url == NEW_FEED else _nothing)
    for dataset in catalog.published:
        if has_feed(dataset):
            author = dataset.publisher.title if dataset.publisher else name
            yield _of_one(AtomFeed(url=dataset_feed_url(dataset.id), page=dataset_url(dataset.id),
                                title=f"{dataset.title} - {name}", author=author, site=name, build=build), dataset)


def _of_several(feed: AtomFeed, datasets: Iterable[Dataset], further: Further) -> Output:
    """The datasets that came or changed last, each with its latest day, and what else is told."""
    dated = [(days[0], each) for each in datasets if (days := known_days(each))]
    dated.sort(key=lambda each: (-each[0].toordinal(), each[1].id))
    entries = [(day, _entry(each, feed, feed.identifier(dataset_url(each.id)), day, each.record.issued))
               for day, each in dated[:MAX_ENTRIES]]
    told = sorted([*entries, *further(feed)], key=lambda each: -each[0].toordinal())[:MAX_ENTRIES]
    return atom_output(feed, told[0][0], [entry for _, entry in told])


def _of_one(feed: AtomFeed, dataset: Dataset) -> Output:
    """What is known of a dataset's changes: when it was last updated, and when it was first published."""
    days = known_days(dataset)
    # Each entry has the day in its identifier, so that a reader of feeds takes the next update for a new one.
    return atom_output(feed, days[0], [_entry(dataset, feed, feed.identifier(f"{feed.page}#{day}"), day, None) for day in days])


def _entry(dataset: Dataset, feed: AtomFeed, identifier: str, day: date, issued: date | None) -> str:
    publisher = dataset.publisher
    published = f"<published>{moment(issued)}</published>" if issued else ""
    author = f"<author><name>{escape(publisher.title)}</name></author>" if publisher and publisher.title != feed.author else ""
    return (
        f"<entry><title>{escape(dataset.title)}</title><id>{identifier}</id><updated>{moment(day)}</updated>{published}"
        f"<link href={feed.link(dataset_url(dataset.id))}/>{author}"
        f"<summary>{escape(dataset.record.summary or dataset.title)}</summary></entry>"
    )


def atom_output(feed: AtomFeed, updated: date, entries: Sequence[str]) -> Output:
    """A feed with its entries as they are written. `updated` is the day of the newest."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom"{_language(feed.build)}>',
        f"<title>{escape(feed.title)}</title>",
        f"<id>{feed.identifier(feed.url)}</id>",
        f"<updated>{moment(updated)}</updated>",
        f'<link rel="self" type="application/atom+xml" href={feed.link(feed.url)}/>',
        f'<link rel="alternate" type="text/html" href={feed.link(feed.page)}/>',
        f"<author><name>{escape(feed.author)}</name></author>",
        *entries,
        "</feed>\n",
    ]
    return Output(url=feed.url, body="\n".join(lines).encode(), media_type="application/atom+xml", kind="feed",
                  source="atom feed")


def _language(build: Build) -> str:
    """The language of what a feed says, where the site has several or another than English."""
    return "" if build.languages == ("en",) else f" xml:lang={quoteattr(build.languages[0])}"


def moment(day: date) -> str:
    """A day as Atom wants a moment (RFC 3339)."""
    return f"{day}T00:00:00Z"
