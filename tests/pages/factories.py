"""Values of the linked catalog for tests: say what matters, the rest is filled in.

    a_catalog(a_dataset(title="Trees", topics=["parks"]), name="Example City open data")

Publishers and topics come to be by being named. Every function takes keyword arguments for what it makes, and no two
datasets of one test need more than a title to differ.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

from cityfolio.model.catalog import (
    Build,
    Catalog,
    Column,
    Dataset,
    Export,
    File,
    Forward,
    License,
    Publisher,
    PublisherRef,
    Topic,
    TopicRef,
)
from cityfolio.model.frequency import Frequency, frequency, freshness
from cityfolio.model.profile import Bin, ColumnProfile, Count, ShapesProfile, TableProfile
from cityfolio.model.records import (
    ColumnRecord,
    Contact,
    DatasetRecord,
    FileRecord,
    PublisherRecord,
    Repository,
    SiteRecord,
    TopicRecord,
)

TODAY = date(2025, 11, 22)
CC0 = License(id="cc0-1.0", title="Public domain (CC0 1.0)", url="https://creativecommons.org/publicdomain/zero/1.0/",
              spdx="CC0-1.0")
_RECORD_KEYS = {each.name for each in fields(DatasetRecord)}


def a_build(**given: Any) -> Build:
    """A build on 22 November 2025 for https://data.example.gov."""
    return Build(**{"now": datetime(2025, 11, 22, 12, tzinfo=UTC), "revision": "0123456789abcdef",
                    "base_url": "https://data.example.gov", **given})


def a_site(**given: Any) -> SiteRecord:
    """The settings of a site."""
    return SiteRecord(**{"name": "Example City open data", "tagline": "What the city knows, for everyone to use.",
                         "twins": ("all",), **given})


def an_id(title: str) -> str:
    """A title as an id."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "untitled"


def a_contact(**given: Any) -> Contact:
    """A team with an e-mail address."""
    return Contact(**{"name": "Data team", "email": "data@example.gov", **given})


def a_repository(**given: Any) -> Repository:
    """A repository on a host like any other."""
    return Repository(**{"url": "https://code.example.gov/city/data", **given})


def a_publisher(title: str = "Customer Service Center", **given: Any) -> PublisherRef:
    """A publisher as a dataset points to it."""
    identifier = given.pop("id", an_id(title))
    return PublisherRef(id=identifier, title=title, has_title=True, record=PublisherRecord(**{"title": title, **given}))


def a_topic(title: str = "Streets", **given: Any) -> TopicRef:
    """A topic as a dataset points to it."""
    return TopicRef(**{"id": an_id(title), "title": title, **given})


def a_file(name: str | None = "data.csv", **given: Any) -> File:
    """A CSV file of the dataset's folder; with `name=None` and a `url`, a file kept elsewhere.

    `sample="rows.csv"` together with `url` makes a file whose sample is published. `columns` are taken from the profile
    when there is one and none are given.
    """
    description, sample, url = given.pop("description", None), given.pop("sample", None), given.get("url")
    here = sample or (None if url else name)
    profile: TableProfile | None = given.get("profile")
    filled = {
        "id": an_id(given.get("title") or "file") if here is None else here,
        "title": given.pop("title", None) or name or "All rows", "format": "CSV",
        "source_path": f"datasets/example/{here}" if here else None, "name": here or "", "bytes": 18_400_000 if here else None,
        "sha256": hashlib.sha256(here.encode()).hexdigest() if here else None,
        "record": FileRecord(path=None if url else name, url=url, sample=sample, description=description),
        "columns": tuple(a_column(each) for each in profile.header) if profile else (),
        **given,
    }
    return File(**filled)


def an_export(name: str = "data.json", **given: Any) -> Export:
    """A file that is made of another one."""
    named = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX", "parquet": "Parquet", "geojson": "GeoJSON", "zip": "ZIP"}
    return Export(**{"name": name, "format": named.get(name.rpartition(".")[2], "PMTiles"), "bytes": 91_000,
                     "sha256": "0" * 64, **given})


def a_column(name: str = "days_open", described: bool = True, **record: Any) -> Column:
    """A column of a file with its entry in the dictionary."""
    return Column(name=name, record=ColumnRecord(**record), described=described)


def numbers(name: str = "days_open", **given: Any) -> ColumnProfile:
    """The profile of a column of whole numbers with a long tail."""
    counts = (120, 70, 40, 20, 12, 8, 5, 3, 1, 1)
    bins = tuple(Bin(low=str(41 * at), high=str(41 * (at + 1)), rows=rows) for at, rows in enumerate(counts))
    return ColumnProfile(**{"name": name, "type": "integer", "shape": "numbers", "rows": 300, "filled": 280, "distinct": 90,
                            "minimum": "0", "maximum": "410", "mean": "31.2", "quartiles": ("1", "4", "60"), "bins": bins,
                            **given})


def categories(name: str = "request_type", **given: Any) -> ColumnProfile:
    """The profile of a column of five categories."""
    top = (Count(value="Bulky item", rows=120), Count(value="Missed pickup", rows=90), Count(value="Nuisance", rows=50),
           Count(value="Pothole", rows=30), Count(value="Street light", rows=10))
    return ColumnProfile(**{"name": name, "type": "string", "shape": "categories", "rows": 300, "filled": 300, "distinct": 5,
                            "top": top, "shortest": 7, "longest": 13, **given})


def dates(name: str = "received_at", **given: Any) -> ColumnProfile:
    """The profile of a column of days spread evenly over ten years."""
    bins = tuple(Bin(low=f"{2016 + at}-01-01", high=f"{2017 + at}-01-01", rows=28 + at % 3) for at in range(10))
    return ColumnProfile(**{"name": name, "type": "date", "shape": "dates", "rows": 300, "filled": 300, "distinct": 250,
                            "minimum": "2016-01-04", "maximum": "2025-11-21", "bins": bins,
                            "quartiles": ("2018-06-01", "2020-12-11", "2023-07-02"), **given})


def texts(name: str = "comment", **given: Any) -> ColumnProfile:
    """The profile of a column of free text."""
    bins = tuple(Bin(low=str(3 + 20 * at), high=str(22 + 20 * at), rows=10 * (10 - at)) for at in range(10))
    return ColumnProfile(**{"name": name, "type": "string", "shape": "text", "rows": 300, "filled": 275, "distinct": 270,
                            "bins": bins, "shortest": 3, "longest": 202, **given})


def places(name: str = "geometry", **given: Any) -> ColumnProfile:
    """The profile of a column of shapes."""
    return ColumnProfile(**{"name": name, "type": "geometry", "shape": "places", "rows": 300, "filled": 300, "distinct": 300,
                            **given})


def shapes(**given: Any) -> ShapesProfile:
    """300 points in and around a city."""
    return ShapesProfile(**{"rows": 300, "filled": 300, "kinds": (Count(value="Point", rows=300),),
                            "bounds": ("-80.98329", "35.05536", "-80.69715", "35.33872"), "decimals": 5, **given})


def a_profile(*columns: ColumnProfile, **given: Any) -> TableProfile:
    """A table that was read: by default a date, a category and a number."""
    shown = columns or (dates(), categories(), numbers())
    first = tuple(tuple(_example(column, place) for column in shown) for place in range(5))
    return TableProfile(**{"encoding": "utf-8", "delimiter": ",", "header": tuple(each.name for each in shown),
                           "rows": shown[0].rows, "columns": shown, "first_rows": first, **given})


def _example(column: ColumnProfile, place: int) -> str:
    values = [count.value for count in column.top] or [each.low for each in column.bins] or [""]
    return values[place % len(values)]


def a_dataset(title: str = "Service requests (311)", **given: Any) -> Dataset:
    """A dataset. Keys of `dataset.yaml` go to its record; `publisher`, `topics` and `frequency` may be plain names."""
    publisher = _publisher(given.pop("publisher", "Customer Service Center"))
    topics = tuple(a_topic(each) if isinstance(each, str) else each for each in given.pop("topics", ("Streets",)))
    every = _frequency(given.pop("frequency", "daily"))
    updated = given.pop("updated", date(2025, 11, 21))
    identifier = given.pop("id", an_id(title))
    contact, license_ = given.pop("contact", a_contact()), given.pop("license", CC0)
    files = tuple(given.pop("files", (a_file(profile=a_profile()),)))
    record = DatasetRecord(**{
        "title": title, "summary": "Every non-emergency request residents made to the city since 2016.",
        "each_row_is": "One service request", "frequency": every, "contact": contact,
        **{key: _record_value(given.pop(key)) for key in list(given) if key in _RECORD_KEYS},
    })
    whole = Dataset(
        id=identifier, title=title, has_title=True, record=record, status=record.status, publisher=publisher, topics=topics,
        license=license_, contact=contact, files=files if record.status == "published" else (), updated=updated,
        freshness=freshness(updated, every, TODAY), related=record.related,
        source_path=f"datasets/{identifier}/dataset.yaml",
    )
    return replace(whole, **given)


def a_catalog(*datasets: Dataset, topics: Sequence[TopicRef] = (), publishers: Sequence[PublisherRef] = (),
              forwards: Sequence[Forward] = (), site: SiteRecord | None = None, **settings: Any) -> Catalog:
    """A catalog of these datasets, with the topics and publishers that they name and any that are given beside them.

    Further keyword arguments are settings of the site: `a_catalog(notice="Invented records.")`.
    """
    ordered = tuple(sorted(datasets, key=lambda each: (each.title.casefold(), each.id)))
    named = [each.publisher for each in ordered if each.publisher]
    all_topics = {topic.id: topic for topic in [*topics, *(topic for each in ordered for topic in each.topics)]}
    all_publishers = {ref.id: ref for ref in [*publishers, *named]}
    return Catalog(
        site=site or a_site(**settings), datasets=ordered, forwards=tuple(forwards),
        topics=tuple(_whole_topic(ref, ordered) for ref in sorted(all_topics.values(), key=lambda each: each.title)),
        publishers=tuple(_whole_publisher(ref, ordered)
                         for ref in sorted(all_publishers.values(), key=lambda each: each.title)),
    )


def a_forward(old: str = "/data/old-name/", new: str = "/data/service-requests-311/", **given: Any) -> Forward:
    """An address that leads elsewhere now."""
    return Forward(**{"old": old, "new": new, "title": "Service requests (311)", "source_path": "datasets/x/dataset.yaml",
                      **given})


def a_topic_record(**given: Any) -> TopicRecord:
    """What a city writes of a topic."""
    return TopicRecord(**{"title": "Streets", **given})


def _whole_topic(ref: TopicRef, datasets: Sequence[Dataset]) -> Topic:
    return Topic(id=ref.id, title=ref.title, description=ref.description, source_path=f"topics/{ref.id}.yaml",
                 datasets=tuple(each for each in datasets if ref.id in {topic.id for topic in each.topics}))


def _whole_publisher(ref: PublisherRef, datasets: Sequence[Dataset]) -> Publisher:
    return Publisher(id=ref.id, title=ref.title, has_title=ref.has_title, record=ref.record,
                     source_path=f"publishers/{ref.id}.yaml",
                     datasets=tuple(each for each in datasets if each.publisher and each.publisher.id == ref.id))


def _publisher(given: PublisherRef | str | None) -> PublisherRef | None:
    return a_publisher(given) if isinstance(given, str) else given


def _frequency(given: Frequency | str | None) -> Frequency | None:
    return frequency(given) if isinstance(given, str) else given


def _record_value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else dict(value) if isinstance(value, Mapping) else value
