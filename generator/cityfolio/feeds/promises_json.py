"""What the inventory, the calendar, requests and commitments say for programs. Others may rely on the keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json, publisher_link
from cityfolio.feeds.measure_json import written
from cityfolio.feeds.rows_in_lists import RowsInLists
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.practice import CommitmentRecord, RequestRecord
from cityfolio.model.practised import Filed
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.calendar_days import CalendarDay, calendar_days, is_overdue
from cityfolio.pages.inventory_parts import inventory_parts
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.markdown import words_only
from cityfolio.pages.promise_states import commitment_state
from cityfolio.pages.words import ENGLISH, Words
from cityfolio.practice.inventory import listing, missing
from cityfolio.practice.request_days import days_to_answer, is_late, is_waiting

REQUEST_KEYS = ("asked", "asker", "owner", "state", "answered", "description", "answer", "reason", "link")
COMMITMENT_KEYS = ("owner", "promised", "where", "due", "settled", "description", "reason")


def promise_files(catalog: Catalog, build: Build, words: Words = ENGLISH, known: KnownParts | None = None) -> Iterator[Output]:
    """The twins of these pages, and the requests as a file of their own. Where there is no page there is no twin."""
    yield from _inventory(catalog, build, words, known or KnownParts(catalog, build))
    days = calendar_days(catalog)
    if any(not each.is_often or is_overdue(each, build.today) for each in days):
        feed = routes.index_url(routes.CALENDAR)
        yield _output(feed, _named(catalog, routes.CALENDAR, feed, build) | {
            "days": [_day(each, feed, build) for each in days]}, "datasets/")
    for feed in (routes.index_url(routes.REQUEST), routes.REQUESTS_JSON):
        yield _output(feed, _requests(catalog, feed, build), "requests/")
    if catalog.practice.commitments:
        feed = routes.index_url(routes.COMMITMENTS)
        yield _output(feed, _named(catalog, routes.COMMITMENTS, feed, build) | {
            "counts": dict(Counter(commitment_state(each.record, build.today) for each in catalog.practice.commitments)),
            "commitments": [_commitment(each, feed, build) for each in catalog.practice.commitments]}, "commitments/")


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type="application/json", kind="feed", source=source)


def _named(catalog: Catalog, page: str, feed: str, build: Build) -> Json:
    return {"title": catalog.site.name, "url": address(feed, page, build)}


def _row(dataset: Dataset, url: str) -> bytes:
    """A dataset in the inventory."""
    record = dataset.record
    said: Json = {"id": dataset.id, "title": dataset.title, "url": url, "status": dataset.status}
    return orjson.dumps(said | filled({
        "publisher": dataset.publisher.id if dataset.publisher else "", "system_of_record": record.system_of_record,
        "sensitivity": record.sensitivity, "value": record.value, "reason": record.reason,
        "release": written(record.release) if record.release else {}, "missing": list(missing(dataset))}))


def _inventory(catalog: Catalog, build: Build, words: Words, known: KnownParts) -> Iterator[Output]:
    held, feed = RowsInLists("inventory rows", known, _row), routes.index_url(routes.INVENTORY)
    listed, silent = listing(catalog)
    yield _output(feed, _named(catalog, routes.INVENTORY, feed, build) | {
        "counts": dict(Counter(each.status for each in catalog.datasets)),
        "complete": sum(not missing(each) for each in catalog.datasets),
        "publishers": {"listing": len(listed), "of": len(listed) + len(silent),
                       "without": [publisher_link(each, feed, build) for each in silent]},
        "datasets": held.of(catalog.datasets, feed)}, "datasets/")
    for part in inventory_parts(catalog, words):
        for page, datasets in part.pages:
            told = words_only(part.title), part.dimension, part.value, len(part.datasets)
            yield from known.together("inventory", datasets, partial(_part, page, told, datasets, held), beside=(page, told))


def _part(page: str, told: tuple[str, str, str, int], datasets: Iterable[Dataset], held: RowsInLists) -> Iterator[Output]:
    feed, (title, dimension, value, count) = routes.index_url(page), told
    yield _output(feed, {"title": title, "url": address(feed, page, held.known.build), "where": {dimension: value},
                         "count": count, "datasets": held.of(datasets, feed)}, "datasets/")


def _day(entry: CalendarDay, feed: str, build: Build) -> Json:
    said: Json = {"day": entry.day.isoformat(), "kind": entry.kind, "of": entry.of, "title": entry.title,
                  "url": address(feed, entry.page, build)}
    return said | filled({"who": entry.who}) | ({"is_overdue": True} if is_overdue(entry, build.today) else {})


def _requests(catalog: Catalog, feed: str, build: Build) -> Json:
    requests, asking = catalog.practice.requests, catalog.site.requests
    return _named(catalog, routes.REQUEST, feed, build) | filled({"promised_days": asking.days}) | {
        "counts": dict(Counter(each.record.state for each in requests)),
        "requests": [_request(each, catalog, feed, build) for each in requests]}


def _request(request: Filed[RequestRecord], catalog: Catalog, feed: str, build: Build) -> Json:
    record, today = request.record, build.today
    days = days_to_answer(record, today)
    said: Json = {"id": request.id, "title": request.title,
                  "url": address(feed, f"{routes.REQUEST}#request-{request.id}", build)}
    said |= filled({key: written(getattr(record, key)) for key in REQUEST_KEYS})
    said |= filled({"datasets": _datasets(record.datasets, feed, build)})
    return said | ({} if days is None else {"days": days, "is_waiting": is_waiting(record),
                                            "is_late": is_late(record, catalog.site.requests.days, today)})


def _commitment(filed: Filed[CommitmentRecord], feed: str, build: Build) -> Json:
    record = filed.record
    evidence, asked = routes.parted(record.evidence or "")
    said: Json = {"id": filed.id, "title": filed.title,
                  "url": address(feed, f"{routes.COMMITMENTS}#commitment-{filed.id}", build),
                  "state": commitment_state(record, build.today)}
    return said | filled({key: written(getattr(record, key)) for key in COMMITMENT_KEYS}) | filled({
        "evidence": address(feed, evidence, build) + asked if evidence.startswith("/") else record.evidence,
        "datasets": _datasets(record.datasets, feed, build)})


def _datasets(names: Iterable[str], feed: str, build: Build) -> list[Json]:
    return [{"id": name, "url": address(feed, routes.dataset_url(name), build)} for name in names]
