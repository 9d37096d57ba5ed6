"""Assets of a Socrata portal as its catalog API lists them (https://dev.socrata.com/docs/other/discovery): files, or asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from cityfolio.migrate.network.listing import Found, Listed, Lost, Paging, group, names_of
from cityfolio.migrate.network.lists import Answer, Offsets, in_files
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.source import Source
from cityfolio.migrate.values.given import Given, as_words

MOST_RECORDS = 10_000             # `offset` and `limit` together may not be more
CATALOG = "/api/catalog/v1"
ANSWER = Answer(("results",), "resultSetSize")


def assets(source: Source, portal: Portal | None) -> Iterator[Found]:
    """Every asset of a source."""
    return map(_asset, _asked(portal) if portal else in_files(source, ANSWER.found))


def _asset(found: Found) -> Found:
    if isinstance(found, Listed) and not identifier(found.values):
        said = {**found.values, **group(found.values.get("resource"))}
        return Lost(found.place, "not an asset of Socrata's catalog", names=names_of(said))
    return found


def identifier(values: Mapping[str, Given]) -> str:
    """The four-by-four identifier of an asset."""
    return as_words(group(values.get("resource")).get("id"))


def _asked(portal: Portal) -> Iterator[Found]:
    domain = urlsplit(portal.address).hostname or ""
    asked = {"domains": domain, "search_context": domain, "order": "dataset_id"}
    return Paging(identifier).records(Offsets(path=CATALOG, answer=ANSWER, most=MOST_RECORDS, asked=asked).pages(portal))
