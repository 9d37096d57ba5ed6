"""What `index.json` files share: a dataset in a list, a publisher or topic as a link, a contact. What is unknown is absent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.rows_in_lists import RowsInLists
from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Build, Dataset, Publisher, PublisherRef, Topic, TopicRef
from cityfolio.model.records import Contact
from cityfolio.pages.datasets import summary_of
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import index_url, publisher_url, topic_url
from cityfolio.pages.words import ENGLISH, Words

Json = dict[str, Any]   # Any: JSON


def linked(feed: str, page: str, title: str, build: Build) -> Json:
    """A page as a link, with what it says for programs."""
    return {"title": title, "url": address(feed, page, build), "json": address(feed, index_url(page), build)}


class Entries(Frozen):
    """Datasets as the lists of one build show them."""

    build: Build
    rows: RowsInLists
    words: Words = ENGLISH

    @classmethod
    def among(cls, known: KnownParts, build: Build, words: Words = ENGLISH) -> Entries:
        """The entries of a catalog of which something is known."""
        return cls(build, RowsInLists("index entries", known, _entry), words)

    def of(self, datasets: Iterable[Dataset], feed: str) -> list[orjson.Fragment]:
        """Some datasets in their order."""
        return self.rows.of(datasets, feed)


def _entry(dataset: Dataset, url: str) -> bytes:
    return orjson.dumps({"id": dataset.id} | filled({
        "title": dataset.title, "url": url, "status": dataset.status, "summary": summary_of(dataset),
        "publisher": dataset.publisher.id if dataset.publisher else "", "topics": [each.id for each in dataset.topics],
        "updated": dataset.updated.isoformat() if dataset.updated else "",
        "formats": list(dict.fromkeys(each.format for each in dataset.files)),
    }))


def publisher_link(publisher: Publisher | PublisherRef, feed: str, build: Build) -> Json:
    """A publisher as a link."""
    return {"id": publisher.id} | linked(feed, publisher_url(publisher.id), publisher.title, build)


def topic_link(topic: Topic | TopicRef, feed: str, build: Build) -> Json:
    """A topic as a link."""
    return {"id": topic.id} | linked(feed, topic_url(topic.id), topic.title, build)


def contact_card(contact: Contact | None) -> Json:
    """Whom to ask."""
    if contact is None:
        return {}
    return filled({"name": contact.name, "email": contact.email, "phone": contact.phone, "url": contact.url})
