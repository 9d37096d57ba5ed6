"""Atom feeds of what changed: of each dataset beside its page of changes, and entries in the feed of what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from cityfolio.feeds.atom import MAX_ENTRIES, AtomFeed, atom_output, moment
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages.change_news import News, news_of_dataset
from cityfolio.pages.described import tells_changes
from cityfolio.pages.markdown import words_only
from cityfolio.pages.review_routes import changes_feed_url, changes_url
from cityfolio.pages.words import Words


def changes_feeds(catalog: Catalog, build: Build, words: Words) -> Iterator[Output]:
    """The feed of each dataset of which anything is told; Atom wants a day of every feed."""
    name = catalog.site.name
    for dataset in catalog.published:
        if not tells_changes(dataset, catalog):
            continue
        found = list(news_of_dataset(dataset, catalog, words))
        if found:
            page = changes_url(dataset.id)
            title = words_only(words.gettext("What changed in %(title)s - %(site)s", title=dataset.title, site=name))
            author = dataset.publisher.title if dataset.publisher else name
            feed = AtomFeed(url=changes_feed_url(dataset.id), page=page, title=title, author=author, site=name, build=build)
            found.sort(key=lambda each: -each.day.toordinal())
            yield atom_output(feed, found[0].day, [entry(each, feed) for each in found[:MAX_ENTRIES]])


def entries_of(news: Iterable[News], feed: AtomFeed) -> list[tuple[date, str]]:
    """Entries with their days, to stand among others of a feed."""
    return [(each.day, entry(each, feed)) for each in news]


def entry(news: News, feed: AtomFeed) -> str:
    """One entry as it is written. Its identifier has its day or its note in it, and never changes."""
    return (f"<entry><title>{escape(words_only(news.title))}</title><id>{feed.identifier(f'{news.page}#{news.key}')}</id>"
            f"<updated>{moment(news.day)}</updated><link href={feed.link(news.url)}/>"
            f"<summary>{escape(words_only(news.text))}</summary></entry>")
