"""How many of a city's texts are written in each language of its site, and where the others are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.profile import TableProfile
from cityfolio.model.said import Said
from cityfolio.model.standard import StandardRecord
from cityfolio.pages.languages import own_name
from cityfolio.pages.routes import HEALTH, dataset_url
from cityfolio.pages.shell import Link, Site

MOST_NAMED = 50      # datasets of a language


class Translated(Frozen, kw_only=True):
    """The texts of a catalog in one language."""

    language: str
    of: int
    missing: int
    lacking: tuple[tuple[Dataset, int], ...]     # datasets with texts that are not in it, those that lack most first


class LanguageRow(Frozen, kw_only=True):
    """A language in the table of texts."""

    language: str
    name: str
    written: str
    missing: str
    datasets: tuple[Link, ...]       # with what they lack as the note
    more: str                        # how many datasets that are not named lack texts; "" for none


def translated(catalog: Catalog) -> tuple[Translated, ...]:
    """The texts in each language of a site that has several; nothing for one that has one."""
    languages = catalog.site.languages
    if len(languages) < 2:
        return ()
    texts, by_dataset = list(_texts(catalog)), [(each, list(_texts(each.record))) for each in catalog.datasets]
    return tuple(_in(language, texts, by_dataset) for language in languages)


def language_rows(site: Site) -> tuple[LanguageRow, ...]:
    """The same as a page shows it."""
    words = site.words
    return tuple(LanguageRow(
        language=each.language, name=own_name(each.language), written=words.number(each.of - each.missing),
        missing=words.number(each.missing),
        datasets=tuple(Link(href=site.link(HEALTH, dataset_url(dataset.id)), text=dataset.title, note=words.number(count))
                       for dataset, count in each.lacking[:MOST_NAMED]),
        more=words.number(len(each.lacking) - MOST_NAMED) if len(each.lacking) > MOST_NAMED else "",
    ) for each in translated(site.catalog))


def _in(language: str, texts: list[Said], by_dataset: list[tuple[Dataset, list[Said]]]) -> Translated:
    counted = [(dataset, sum(language not in text.texts for text in told)) for dataset, told in by_dataset]
    lacking = sorted((each for each in counted if each[1]), key=lambda each: -each[1])
    return Translated(language=language, of=len(texts), missing=sum(language not in text.texts for text in texts),
                      lacking=tuple(lacking))


def _texts(value: object) -> Iterator[Said]:
    """Every text of the city within a value, each once, whatever it stands in. Those of standards come along."""
    seen: dict[int, object] = {}
    waiting: list[Any] = [value]      # Any: whatever a catalog holds
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen or isinstance(each, (bytes, int, float, TableProfile, StandardRecord)):
            continue
        seen[id(each)] = each
        if isinstance(each, Said):
            yield each
        elif isinstance(each, Mapping):
            waiting.extend(each.values())
        elif isinstance(each, (tuple, list)):
            waiting.extend(each)
        elif is_dataclass(each) and not isinstance(each, type):
            waiting.extend(getattr(each, field.name) for field in fields(each))
