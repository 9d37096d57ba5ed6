"""References resolved and backlinks made: from what was read to the one value that every page is drawn from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.columns_aside import ColumnsAside, columns_of
from cityfolio.load.dictionary import dictionary, with_shared
from cityfolio.load.drafts import without_drafts
from cityfolio.load.licenses import BUILT_IN
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.updates import updated_on
from cityfolio.measures.linked import linked
from cityfolio.model.answers import Answers
from cityfolio.model.catalog import (
    Build,
    Catalog,
    Column,
    Dataset,
    File,
    FirstRows,
    Forward,
    License,
    Publisher,
    PublisherRef,
    Topic,
    TopicRef,
)
from cityfolio.model.formats import format_of
from cityfolio.model.frequency import freshness
from cityfolio.model.measured import Computation
from cityfolio.model.outlines import Outlines
from cityfolio.model.profile import Kept
from cityfolio.model.records import ColumnRecord, Contact, DatasetRecord, FileRecord, SiteRecord
from cityfolio.model.synonyms import SynonymsRecord
from cityfolio.model.twins import twins_asked
from cityfolio.tables.published import Published, Tables

VIEW_OF = {"publishers": "publisher", "topics": "topic"}  # filter views of the list, which move with their subject
NOT_DESCRIBED, UNASKED = ColumnRecord(), Answers()
ADDRESS_OF = {"datasets": "data", "publishers": "publishers", "topics": "topics", "goals": "goals", "measures": "measures",
              "policy": "policy", "guides": "guides"}


class Computed(Frozen, kw_only=True):
    """What was made of the rows before everything is linked."""

    answers: Mapping[str, Answers] = field(default_factory=dict)        # of each dataset to its questions
    measures: Mapping[str, Computation] = field(default_factory=dict)   # of each measure
    outlines: Mapping[tuple[str, str], Outlines] = field(default_factory=dict)   # of areas that measures are shown by


def link(loaded: Loaded, tables: Tables, build: Build, computed: Computed | None = None) -> Catalog:
    """Make the catalog of everything that was read but drafts. Problems have stopped the build, so every reference resolves."""
    loaded = without_drafts(loaded)
    computed = computed or Computed()
    site = loaded.site.record if loaded.site else SiteRecord(name="")
    publishers = {
        each.id: PublisherRef(
            id=each.id, title=each.record.title or each.id, has_title=each.record.title is not None, record=each.record
        )
        for each in loaded.publishers.values()
    }
    topics = {
        each.id: TopicRef(id=each.id, title=each.record.title or each.id, description=each.record.description)
        for each in loaded.topics.values()
    }
    linker = _Linker(loaded=loaded, tables=tables, build=build, site=site, publishers=publishers, topics=topics,
                     answers=computed.answers, twins=twins_asked(site.twins))
    datasets = tuple(sorted(map(linker.dataset, loaded.datasets.values()), key=lambda each: _by_title(each.title, each.id)))
    performance = linked(loaded, computed.measures)
    return Catalog(
        site=site,
        datasets=datasets,
        publishers=_publishers(loaded, publishers, datasets),
        topics=_topics(loaded, topics, datasets),
        priorities=performance.priorities,
        goals=performance.goals,
        measures=performance.measures,
        calendars={each.id: each.record for each in loaded.calendars.values()},
        outlines=computed.outlines,
        forwards=tuple(_forwards(loaded, datasets)),
        synonyms=loaded.synonyms.record if loaded.synonyms else SynonymsRecord(),
    )


class _Linker(Frozen, kw_only=True):
    """What every dataset is linked to."""

    loaded: Loaded
    tables: Tables
    build: Build
    site: SiteRecord
    publishers: Mapping[str, PublisherRef]
    topics: Mapping[str, TopicRef]
    answers: Mapping[str, Answers]
    twins: frozenset[str]

    def dataset(self, sourced: Sourced[DatasetRecord]) -> Dataset:
        record = sourced.record
        described = with_shared(self.loaded, record.columns)
        if described is not record.columns:
            record = replace(record, columns=described)
        publisher = self.publishers.get(record.publisher or "")
        fresh = freshness(updated_on(sourced, self.build), record.frequency, self.build.today)
        return Dataset(
            id=sourced.id,
            title=record.title or sourced.id,
            has_title=record.title is not None,
            record=record,
            status=record.status,
            publisher=publisher,
            topics=tuple(self.topics[each] for each in record.topics if each in self.topics),
            license=self.license(record.license or (self.site.license if record.status == "published" else None)),
            contact=first_contact(record.contact, publisher.record.contact if publisher else None, self.site.contact),
            files=self.files(sourced),
            updated=fresh.updated,
            freshness=fresh,
            related=tuple(each for each in record.related if each in self.loaded.datasets),
            source_path=sourced.document.path,
            answers=self.answers.get(sourced.id, UNASKED),
            twins=self.twins,
        )

    def license(self, identifier: str | None) -> License | None:
        own = self.loaded.licenses.get(identifier or "")
        if own is None:
            return BUILT_IN.get(identifier or "")
        record = own.record
        return License(
            id=own.id, title=record.title or own.id, url=record.url, spdx=record.spdx, description=record.description
        )

    def files(self, sourced: Sourced[DatasetRecord]) -> tuple[File, ...]:
        if sourced.record.status != "published":
            return ()
        taken: dict[str, int] = {}
        return tuple(self.file(sourced, place, file, taken) for place, file in enumerate(sourced.record.files))

    def file(self, sourced: Sourced[DatasetRecord], place: int, file: FileRecord, taken: dict[str, int]) -> File:
        name = file.path or file.sample
        path = f"datasets/{sourced.id}/{name}" if name else None
        job, published = self.tables.jobs.get((sourced.id, place)), self.tables.published.get((sourced.id, place))
        whole = self.tables.wholes.get((sourced.id, place))
        report = whole.report if whole else self.tables.reports.get((sourced.id, place))
        profile = report.profile if report else None
        described = dictionary(self.loaded, sourced.record, file)
        columns = _columns(described, profile.header if profile else ())
        first_rows = None
        if profile and whole is None and (sourced.id, place) in self.tables.skimmed:
            first_rows = FirstRows(columns=columns, profile=profile)
            profile, columns = None, ()
        identifier = name.replace("/", "-") if name else _slug(file.title or file.url or "file")
        taken[identifier] = taken.get(identifier, 0) + 1
        return File(
            id=identifier if taken[identifier] == 1 else f"{identifier}-{taken[identifier]}",
            title=file.title or (name or file.url or "").rsplit("/", 1)[-1] or identifier,
            format=_format(file, name, published),
            name=published.name if published else "",
            record=file,
            url=file.url,
            source_path=job.path if job else path,      # one text for both
            bytes=published.size_bytes if published else None,
            sha256=published.sha256 if published else None,
            profile=profile,
            first_rows=first_rows,
            is_fetched=whole is not None,
            columns=columns,
            left_out=profile.left_out if profile else (),
        )


def _columns(described: Mapping[str, ColumnRecord], header: tuple[str, ...]) -> Sequence[Column]:
    """The columns of a file as its dictionary describes them; where that lies aside, they are made when they are asked for."""
    if isinstance(described, ColumnsAside) and header:
        return _LinkedLater(_Asked(described, header))
    return _described(described, header)


def _described(described: Mapping[str, ColumnRecord], header: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(name=each, record=described.get(each, NOT_DESCRIBED), described=each in described) for each in header)


class _Asked(NamedTuple):
    described: ColumnsAside
    header: tuple[str, ...]


class _LinkedLater(Kept[Column]):
    """Columns that are made of a dictionary that lies aside each time that they are asked for."""

    __slots__ = ()

    def __init__(self, asked: _Asked) -> None:
        super().__init__(_linked_now, asked, "")

    def __len__(self) -> int:
        return len(self._body.header)

    def __reduce__(self) -> tuple[type[tuple[Column, ...]], tuple[tuple[Column, ...]]]:
        return tuple, (tuple(self),)     # another process has no such dictionary


def _linked_now(asked: _Asked, name: str) -> tuple[Column, ...]:
    del name      # parts of other kinds have several
    read = columns_of(asked.described.body)
    if asked.header not in read.made:
        read.made[asked.header] = _described(read, asked.header)
    made: tuple[Column, ...] = read.made[asked.header]
    return made


def _format(file: FileRecord, name: str | None, published: Published | None) -> str:
    """The format of what can be had: a copy without sensitive columns may be in another one than its source."""
    if published is not None and name is not None and published.name != name.replace("/", "-"):
        return format_of(published.name).name
    return format_of(name or file.url or "", file.format).name


def _publishers(loaded: Loaded, refs: Mapping[str, PublisherRef], datasets: Iterable[Dataset]) -> tuple[Publisher, ...]:
    owned: dict[str, list[Dataset]] = defaultdict(list)
    for dataset in datasets:
        if dataset.publisher:
            owned[dataset.publisher.id].append(dataset)
    made = (
        Publisher(
            id=ref.id,
            title=ref.title,
            has_title=ref.has_title,
            record=ref.record,
            datasets=tuple(owned[ref.id]),
            source_path=loaded.publishers[ref.id].document.path,
        )
        for ref in refs.values()
    )
    return tuple(sorted(made, key=lambda each: _by_title(each.title, each.id)))


def _topics(loaded: Loaded, refs: Mapping[str, TopicRef], datasets: Iterable[Dataset]) -> tuple[Topic, ...]:
    within: dict[str, list[Dataset]] = defaultdict(list)
    for dataset in datasets:
        for topic in dataset.topics:
            within[topic.id].append(dataset)
    made = (
        Topic(
            id=ref.id,
            title=ref.title,
            description=ref.description,
            datasets=tuple(within[ref.id]),
            source_path=loaded.topics[ref.id].document.path,
        )
        for ref in refs.values()
    )
    return tuple(sorted(made, key=lambda each: _by_title(each.title, each.id)))


def _forwards(loaded: Loaded, datasets: Iterable[Dataset]) -> Iterable[Forward]:
    viewed = {("publishers", each.publisher.id) for each in datasets if each.publisher}
    viewed |= {("topics", topic.id) for each in datasets for topic in each.topics}
    if loaded.site is not None:
        for old, new in loaded.site.record.forwards.items():
            yield Forward(old=_as_folder(old), new=_as_folder(new), title=new, source_path=loaded.site.document.path)
    for room, address in ADDRESS_OF.items():
        for each in getattr(loaded, room).values():
            for former in each.record.formerly:
                old = _as_folder(former) if former.startswith("/") else f"/{address}/{former}/"
                title, source = each.record.title or each.id, each.document.path
                yield Forward(old=old, new=f"/{address}/{each.id}/", title=title, source_path=source)
                if (room, each.id) in viewed and not former.startswith("/"):
                    view = f"/data/{VIEW_OF[room]}"
                    yield Forward(old=f"{view}/{former}/", new=f"{view}/{each.id}/", title=title, source_path=source)


def _as_folder(path: str) -> str:
    """A path as its page is written: with a final "/", unless it names a file."""
    last = path.rsplit("/", 1)[-1]
    return path if not last or "." in last and "::" not in last else f"{path}/"


def first_contact(*contacts: Contact | None) -> Contact | None:
    """The nearest contact that says anything: of a dataset, of its publisher, of the site."""
    return next((each for each in contacts if each and any((each.email, each.phone, each.url, each.name))), None)


def _by_title(title: str, identifier: str) -> tuple[str, str]:
    """Letters without their accents and case, so that Athenæum stands with the As."""
    return normalize("NFKD", title).casefold(), identifier


def _slug(text: str) -> str:
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "file"
