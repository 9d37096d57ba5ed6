"""Guides, rules and meetings as documents: found by what they say, with the figures of guides put in."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.model.catalog import Catalog
from cityfolio.pages import routes
from cityfolio.pages.guides import Guide, summary_of_guide
from cityfolio.pages.live_figures import guide_markdown
from cityfolio.pages.rules import Rule, kind_words, summary_of_rule
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words
from cityfolio.search.documents import Document
from cityfolio.search.plain_words import plain


def guides(site: Site) -> Iterator[Document]:
    """Every guide, by its text, its topics and the data it uses."""
    topics = {each.id: each.title for each in site.catalog.topics}
    for guide in site.catalog.practice.guides:
        record = guide.record
        named = (*(topics.get(each, "") for each in record.topics),
                 *(site.datasets[each].title for each in record.datasets if each in site.datasets))
        yield Document(
            id=guide.id, kind="guide", title=guide.title, url=routes.guide_url(guide.id), text=summary_of_guide(guide, site),
            about=", ".join(topics[each] for each in record.topics if each in topics),
            fields={"about": tuple(each for each in named if each),
                    "description": (plain(guide_markdown(guide, site.catalog, site.words)),)})


def rules(site: Site) -> Iterator[Document]:
    """Every rule and every meeting, by its text and by who keeps it."""
    owners, kinds = {each.id: each.title for each in site.catalog.publishers}, kind_words(site.words)
    for rule in site.catalog.practice.rules:
        record = rule.record
        named = (owners.get(record.owner or "", ""), record.by or "", record.code or "")
        yield Document(
            id=rule.id, kind="rule", title=rule.title, url=routes.rule_url(rule.id), text=summary_of_rule(rule),
            about=str(kinds[record.kind].striptags()), updated=record.held.isoformat() if record.held else "",
            fields={"about": tuple(each for each in named if each), "description": (plain(rule.body),)})


def words_of_guide(guide: Guide, catalog: Catalog, words: Words) -> str:
    """The words by which a guide is found, each once and in lower case, for other programs."""
    return _words(guide.title, guide.record.summary or "", plain(guide_markdown(guide, catalog, words)))


def words_of_rule(rule: Rule) -> str:
    """The words by which a rule or a meeting is found, each once and in lower case, for other programs."""
    return _words(rule.title, rule.record.summary or "", rule.record.by or "", plain(rule.body))


def _words(*texts: str) -> str:
    return " ".join(dict.fromkeys(" ".join(texts).casefold().split()))
