"""What `index.json` files share: a dataset in a list, a publisher or topic as a link, a contact. What is unknown is absent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cityfolio.feeds.addresses import address
from cityfolio.model.catalog import Build, Dataset, Publisher, PublisherRef, Topic, TopicRef
from cityfolio.model.records import Contact
from cityfolio.pages.datasets import summary_of
from cityfolio.pages.routes import dataset_url, index_url, publisher_url, topic_url

Json = dict[str, Any]   # Any: JSON


def known(said: Json) -> Json:
    """A record without what is not known."""
    return {key: value for key, value in said.items() if value not in (None, "", [], (), {})}


def linked(feed: str, page: str, title: str, build: Build) -> Json:
    """A page as a link, with what it says for programs."""
    return {"title": title, "url": address(feed, page, build), "json": address(feed, index_url(page), build)}


def dataset_entry(dataset: Dataset, feed: str, build: Build) -> Json:
    """A dataset as lists show it."""
    return {"id": dataset.id} | known({
        "title": dataset.title, "url": address(feed, dataset_url(dataset.id), build), "status": dataset.status,
        "summary": summary_of(dataset), "publisher": dataset.publisher.id if dataset.publisher else "",
        "topics": [each.id for each in dataset.topics], "updated": dataset.updated.isoformat() if dataset.updated else "",
        "formats": list(dict.fromkeys(each.format for each in dataset.files)),
    })


def dataset_entries(datasets: Iterable[Dataset], feed: str, build: Build) -> list[Json]:
    """Datasets in their order."""
    return [dataset_entry(each, feed, build) for each in datasets]


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
    return known({"name": contact.name, "email": contact.email, "phone": contact.phone, "url": contact.url})
