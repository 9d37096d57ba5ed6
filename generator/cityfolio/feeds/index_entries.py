"""What `index.json` files share: a dataset in a list, a publisher or topic as a link, a contact. What is unknown is absent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.frozen import Frozen, field
from cityfolio.model.catalog import Build, Dataset, Publisher, PublisherRef, Topic, TopicRef
from cityfolio.model.records import Contact
from cityfolio.pages.datasets import summary_of
from cityfolio.pages.routes import dataset_url, index_url, publisher_url, topic_url
from cityfolio.pages.words import ENGLISH, Words

Json = dict[str, Any]   # Any: JSON


def linked(feed: str, page: str, title: str, build: Build) -> Json:
    """A page as a link, with what it says for programs."""
    return {"title": title, "url": address(feed, page, build), "json": address(feed, index_url(page), build)}


class Entries(Frozen):
    """Datasets as the lists of one build show them. A dataset stands in many lists, and is written out once."""

    build: Build
    words: Words = ENGLISH
    made: dict[tuple[str, str], orjson.Fragment] = field(default_factory=dict)    # by id and address

    def of(self, datasets: Iterable[Dataset], feed: str) -> list[orjson.Fragment]:
        """Some datasets in their order."""
        return [self._entry(each, address(feed, dataset_url(each.id), self.build)) for each in datasets]

    def _entry(self, dataset: Dataset, url: str) -> orjson.Fragment:
        if (dataset.id, url) not in self.made:
            self.made[dataset.id, url] = orjson.Fragment(orjson.dumps({"id": dataset.id} | filled({
                "title": dataset.title, "url": url, "status": dataset.status, "summary": summary_of(dataset),
                "publisher": dataset.publisher.id if dataset.publisher else "", "topics": [each.id for each in dataset.topics],
                "updated": dataset.updated.isoformat() if dataset.updated else "",
                "formats": list(dict.fromkeys(each.format for each in dataset.files)),
            })))
        return self.made[dataset.id, url]


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
