"""`index.json` beside the page of a dataset: what the page says, for programs."""

from __future__ import annotations

from cityfolio.feeds.addresses import address
from cityfolio.feeds.facts import Download, Facts
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json, contact_card, linked, publisher_link, topic_link
from cityfolio.model.answers import AnsweredQuestion
from cityfolio.model.catalog import Build, Column, Dataset, File
from cityfolio.pages import routes
from cityfolio.pages.described import has_ckan, has_croissant, has_feed, has_package, has_places, has_record
from cityfolio.pages.questions import unit_of


def dataset_index(said: Facts, titles: dict[str, str], feed: str, build: Build) -> Json:
    """One dataset. `titles` are those of all datasets, by id."""
    dataset, record, terms = said.dataset, said.dataset.record, said.license
    due = dataset.freshness.due
    return {"id": dataset.id} | filled({
        "title": dataset.title, "url": said.page, "status": dataset.status,
        # Where the site's address is not known, that of the page is no name for the dataset.
        "identifier": said.identifier if record.identifier or build.base_url else "",
        "reason": record.reason if dataset.status != "published" else "",
        "summary": said.summary, "description": record.description,
        "publisher": publisher_link(dataset.publisher, feed, build) if dataset.publisher else {},
        "contact": contact_card(said.contact), "topics": [topic_link(each, feed, build) for each in said.topics],
        "keywords": list(said.keywords),
        "license": filled({"id": terms.id, "title": terms.title, "url": terms.url, "spdx": terms.spdx}) if terms else {},
        "rights": record.rights, "frequency": said.frequency, "issued": said.issued.isoformat() if said.issued else "",
        "updated": said.modified.isoformat() if said.modified else "", "due": due.isoformat() if due else "",
        "temporal": filled({"start": said.start, "end": said.end}), "spatial": said.place, "language": said.language,
        "landing_page": said.landing_page, "conforms_to": said.conforms_to, "each_row_is": record.each_row_is,
        "known_limits": record.known_limits, "files": [_download(each) for each in said.downloads],
        "tables": [_table(dataset, each, feed, build) for each in dataset.files if each.profile],
        "questions": [_question(each, dataset.files[each.place]) for each in dataset.answers.questions],
        "related": [{"id": each} | linked(feed, routes.dataset_url(each), titles[each], build) for each in dataset.related
                    if each in titles],
        "notes": dict(record.notes), "links": _links(dataset, feed, build),
    })


def _download(download: Download) -> Json:
    return {"id": download.id} | filled({
        "title": download.title, "description": download.description, "format": download.format,
        "media_type": download.media_type, "url": download.url, "bytes": download.bytes, "sha256": download.sha256,
        "made_from": download.file.id if download.export else "", "is_sample": download.is_sample or None,
        "missing": download.file.record.missing,
    })


def _table(dataset: Dataset, file: File, feed: str, build: Build) -> Json:
    assert file.profile is not None    # tables are what was read
    types = file.profile.types
    page = routes.file_page_url(dataset.id, file.page)
    where = linked(feed, page, file.title, build) if file.page else {"title": file.title}
    return {"file": file.id} | where | filled({
        "rows": file.profile.rows, "is_sample": file.shows_sample or None,
        "columns": [_column(each, types.get(each.name, "")) for each in file.columns], "left_out": list(file.left_out),
    })


def _column(column: Column, kind: str) -> Json:
    record = column.record
    return {"name": column.name} | filled({"title": record.title, "description": record.description, "type": kind,
                                          "unit": record.unit})


def _question(answered: AnsweredQuestion, file: File) -> Json:
    total = answered.answer.total
    return {"question": answered.record.question, "value": total.value, "rows": total.rows, "file": file.id} | filled(
        {"unit": unit_of(answered.record.unit, answered.answer.asked, file)})


def _links(dataset: Dataset, feed: str, build: Build) -> Json:
    """The same dataset as standards have it."""
    named = {
        "data_package": routes.data_package_url(dataset.id) if has_package(dataset) else "",
        "croissant": routes.croissant_url(dataset.id) if has_croissant(dataset) else "",
        "ckan": routes.ckan_url(dataset.id) if has_ckan(dataset) else "",
        "record": routes.record_url(dataset.id) if has_record(dataset) else "",
        "stac": routes.stac_collection_url(dataset.id) if has_places(dataset) else "",
        "atom": routes.dataset_feed_url(dataset.id) if has_feed(dataset) else "",
    }
    return {name: address(feed, url, build) for name, url in named.items() if url}
