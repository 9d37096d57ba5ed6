"""`/llms.txt` (llmstxt.org): what is here and where to look, in a page of Markdown, for language models and their readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cityfolio.feeds.addresses import address
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.datasets import summary_of
from cityfolio.pages.lists import newest
from cityfolio.pages.markdown import words_only
from cityfolio.pages.measure_answer import answer_words
from cityfolio.pages.news import has_news
from cityfolio.pages.routes import (
    CATALOG_CSV,
    CATALOG_JSON,
    CATALOG_SQLITE,
    DATA,
    DCAT_US,
    DEVELOPERS,
    GOALS,
    GOALS_JSON,
    INVENTORY_CSV,
    LLMS,
    NEW_FEED,
    OPENAPI,
    dataset_url,
    guide_url,
    index_url,
    measure_url,
    observations_url,
    rule_url,
    standard_url,
    topic_url,
)
from cityfolio.pages.words import Words

MOST_DATASETS = 100      # the rest is in the list of data; a page that is longer than what a model can hold helps none
MOST_TOPICS = 100
MOST_MEASURES = 100
MOST_RULES = 50
LONGEST = 200            # characters of a sentence

_PROGRAMS: Mapping[str, tuple[str, str]] = {
    CATALOG_JSON: ("The whole catalog", "every dataset with its files, as JSON"),
    CATALOG_SQLITE: ("The catalog as a database", "datasets, files and columns, for SQL"),
    CATALOG_CSV: ("The catalog as a spreadsheet", "a row for each dataset"),
    INVENTORY_CSV: ("The inventory", "what the city holds, published or not, and how it is kept, as CSV"),
    DCAT_US: ("DCAT-US 1.1", "every dataset as data.gov reads it"),
    OPENAPI: ("OpenAPI", "every address with the form of its answer"),
    DEVELOPERS: ("For programs", "the same with examples, for people"),
    NEW_FEED: ("What is new", "an Atom feed"),
}


def llms(catalog: Catalog, build: Build) -> Output:
    """The page. Each page of the site has an index.json beside it, to which the links lead."""
    body = "\n".join(_lines(catalog, build))
    return Output(url=LLMS, body=f"{body}\n".encode(), media_type="text/plain", kind="feed", source="llms.txt")


def _lines(catalog: Catalog, build: Build) -> Iterator[str]:
    site, count = catalog.site, len(catalog.published)
    place = f" about {_inline(site.spatial)}" if site.spatial else ""
    yield f"# {_inline(site.name)}\n"
    yield f"> {_inline(site.tagline)}\n" if site.tagline else ""
    yield f"{count:,} datasets{place}. {_inline(site.notice or '')}".strip()
    yield ("Every page has a file index.json beside it with the same facts, but for those below embed/, which show parts of "
           "other pages. A dataset is at data/ID/, its files are below it.")
    yield from _section("For programs", (
        _link(url, title, says, build) for url, (title, says) in _PROGRAMS.items()
        if url != NEW_FEED or has_news(catalog.datasets)))
    yield from _section("Topics", (
        _link(index_url(topic_url(each.id)), each.title, f"{len(each.datasets):,} datasets", build)
        for each in catalog.topics[:MOST_TOPICS] if each.datasets))
    yield from _section("Goals and measures", _measures(catalog, build))
    yield from _section("Guides", (
        _link(index_url(guide_url(each.id)), each.title, each.record.summary or "", build) for each in catalog.practice.guides))
    yield from _section("Rules and meetings", (
        _link(index_url(rule_url(each.id)), each.title, each.record.summary or "", build)
        for each in catalog.practice.rules[:MOST_RULES]))
    yield from _section("Practice, by the city's own assessment", (
        _link(index_url(standard_url(each.id)), each.record.title or each.id, f"{each.met} of {each.of} criteria are met",
              build) for each in catalog.practice.assessments))
    recent = newest(catalog.published, build.today)
    undated = [each for each in catalog.published if each.updated is None or each.updated > build.today]
    shown = [*recent, *undated][:MOST_DATASETS]
    heading = "Datasets" if count <= MOST_DATASETS else f"The {MOST_DATASETS} datasets that were updated last"
    yield from _section(heading, (_dataset(each, build) for each in shown))
    yield from _section("Optional", [_link(index_url(DATA), "All data", "every dataset in a line of JSON", build)])


def _measures(catalog: Catalog, build: Build) -> Iterator[str]:
    """The goals in one file, all values in another, and each measure with what is to be said of it."""
    if not catalog.measures:
        return
    yield _link(GOALS_JSON, "All goals", f"{len(catalog.goals):,} goals and how many of their measures have each status", build)
    yield _link(observations_url(GOALS, "csv"), "All values", "every value of every measure by period and group, as CSV", build)
    for measure in catalog.measures[:MOST_MEASURES]:
        yield _link(index_url(measure_url(measure.id)), measure.title, words_only(answer_words(measure, Words())), build)


def _section(heading: str, links: Iterable[str]) -> Iterator[str]:
    listed = list(links)
    if listed:
        yield f"\n## {heading}\n"
        yield from listed


def _dataset(dataset: Dataset, build: Build) -> str:
    updated = f" Updated {dataset.updated}." if dataset.updated else ""
    said = summary_of(dataset)
    short = said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…"
    return _link(index_url(dataset_url(dataset.id)), dataset.title, f"{short}{updated}".strip(), build)


def _link(url: str, title: str, says: str, build: Build) -> str:
    said = _inline(says)
    return f"- [{_inline(title)}]({address(LLMS, url, build)})" + (f": {said}" if said else "")


def _inline(text: str | None) -> str:
    """A text in one line, in which nothing is taken for Markdown that would end a link."""
    return words_only(" ".join((text or "").split())).replace("[", "(").replace("]", ")")
