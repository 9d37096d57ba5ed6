"""What the pages of rules, guides and uses say for programs, beside them. Others may rely on the keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json, linked
from cityfolio.feeds.measure_json import written
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.practised import Filed
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.guides import Guide
from cityfolio.pages.live_figures import LiveFigure, guide_markdown, live_figures
from cityfolio.pages.markdown import words_only
from cityfolio.pages.rules import Rule, is_past_review, meeting_state
from cityfolio.pages.words import ENGLISH, Words

# By the keys of their files, which the reference of the catalog's files describes; datasets and topics become links.
RULE_KEYS = ("summary", "kind", "owner", "adopted", "by", "code", "link", "reviewed", "review_by", "held")
USE_KEYS = ("kind", "by", "date", "link", "description", "change")


def text_indexes(catalog: Catalog, build: Build, words: Words = ENGLISH) -> Iterator[Output]:
    """The twins of the lists of rules, guides and uses, and of each rule and guide; nothing of what there is none of."""
    known, name = catalog.practice, catalog.site.name
    if known.rules:
        yield _listed(routes.RULES, name, build, rules=lambda feed: [_rule(each, feed, build) for each in known.rules])
        for rule in known.rules:
            feed = routes.index_url(routes.rule_url(rule.id))
            yield _output(feed, _rule(rule, feed, build) | filled({"text": rule.body.strip()}), rule.source_path)
    if known.guides:
        yield _listed(routes.GUIDES, name, build,
                      guides=lambda feed: [_guide(each, catalog, feed, build) for each in known.guides])
        for guide in known.guides:
            feed = routes.index_url(routes.guide_url(guide.id))
            yield _output(feed, _guide(guide, catalog, feed, build) | {
                "text": guide_markdown(guide, catalog, words).strip(),
                "figures": list(_figures(guide, catalog, (feed, words), build))}, guide.source_path)
    if known.uses:
        yield _listed(routes.USES, name, build, uses=lambda feed: [
            {"id": each.id, "title": each.title, "url": address(feed, f"{routes.USES}#use-{each.id}", build)}
            | _written(each, USE_KEYS) | filled({"datasets": _datasets(each.record.datasets, catalog, feed, build)})
            for each in known.uses])


def _listed(page: str, title: str, build: Build, **kinds: Any) -> Output:   # Any: what gives the entries for a feed
    feed = routes.index_url(page)
    return _output(feed, {"title": title, "url": address(feed, page, build)} | {
        kind: entries(feed) for kind, entries in kinds.items()}, page.lstrip("/"))


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type="application/json", kind="feed", source=source)


def _written(each: Filed[Any], keys: Iterable[str]) -> Json:   # Any: a record type
    return filled({key: written(getattr(each.record, key)) for key in keys})


def _rule(rule: Rule, feed: str, build: Build) -> Json:
    said = {"id": rule.id} | linked(feed, routes.rule_url(rule.id), rule.title, build) | _written(rule, RULE_KEYS)
    if rule.record.kind == "meeting":
        return said | {"state": meeting_state(rule, build.today)}
    return said | {"is_past_review": is_past_review(rule, build.today)}


def _guide(guide: Guide, catalog: Catalog, feed: str, build: Build) -> Json:
    record = guide.record
    return {"id": guide.id} | linked(feed, routes.guide_url(guide.id), guide.title, build) | filled({
        "summary": record.summary, "topics": list(record.topics), "reviewed": written(record.reviewed),
        "datasets": _datasets(record.datasets, catalog, feed, build)})


def _figures(guide: Guide, catalog: Catalog, told: tuple[str, Words], build: Build) -> Iterator[Json]:
    """Each figure of a guide as it is written, what it says now, and where what it counts is."""
    feed, words = told
    for found in live_figures(guide, catalog, words):
        if isinstance(found, LiveFigure):
            yield {"asked": found.asked.written, "says": words_only(found.said), "url": address(feed, found.url, build)}
        else:
            yield {"asked": found.asked.written, "missing": found.why}


def _datasets(ids: Iterable[str], catalog: Catalog, feed: str, build: Build) -> list[Json]:
    titles = {each.id: each.title for each in catalog.datasets}
    return [{"id": each} | linked(feed, routes.dataset_url(each), titles[each], build) for each in ids if each in titles]
