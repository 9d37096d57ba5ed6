"""The health of each dataset: named checks over its record and its rows. No stars, no score: passed, of how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from cityfolio.frozen import Frozen, field
from cityfolio.load.kept import digest_of_document
from cityfolio.load.loaded import Loaded
from cityfolio.load.yaml import Document
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.digests import digest_of
from cityfolio.model.health import CheckedLinks, HealthArea, HealthCheck
from cityfolio.practice.health_columns import column_checks, columns_of, comparable, filling_checks
from cityfolio.practice.health_record import PUBLISHED_RULES, UNPUBLISHED_RULES, Around, record_checks
from cityfolio.practice.health_rows import document_checks, freshness_check, link_check, problem_check, row_checks
from cityfolio.practice.known_health import KnownHealth
from cityfolio.problems import Problem

# Every check with its area, in the order in which they are shown.
CHECKS: Mapping[str, HealthArea] = {
    **dict.fromkeys(PUBLISHED_RULES, "documentation"), **dict.fromkeys(UNPUBLISHED_RULES, "documentation"),
    "dictionary": "documentation", "units": "documentation", "types": "documentation", "shared-columns": "documentation",
    "on-time": "freshness",
    "valid-rows": "validity", "distinct-rows": "validity", "primary-key": "validity",
    "empty-columns": "completeness", "gaps-explained": "completeness",
    "links": "links",
    "machine-readable": "documents", "accessible": "documents",
    "problems": "problems",
}


class _Seen(Frozen, kw_only=True):
    """What the checks of every dataset rest on."""

    around: Around
    shared: Mapping[str, str]
    problems: Mapping[str, list[Problem]]      # by dataset
    links: CheckedLinks | None
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)   # of attached documents, by path


def health(catalog: Catalog, loaded: Loaded, known: KnownHealth) -> Mapping[str, tuple[HealthCheck, ...]]:
    """The checks of each dataset, by its id. They rest on what else is known of how the catalog is kept."""
    practice = catalog.practice
    seen = _Seen(around=around(loaded), shared={comparable(each): each for each in loaded.columns}, links=practice.links,
                 problems=by_dataset(practice.problems), faults=practice.document_faults)
    publishers = {each.id: digest_of_document(each.document) for each in loaded.publishers.values()}
    common = digest_of(digest_of_document(loaded.site.document) if loaded.site else "", seen.shared, seen.links,
                       [(each.id, digest_of_document(each.document)) for each in loaded.licenses.values()])

    def beside(dataset: Dataset) -> tuple[object, ...]:
        """What the checks of a dataset rest on but it."""
        sourced = loaded.datasets[dataset.id]
        faults = [seen.faults.get(file.source_path or "") for file in dataset.files] if seen.faults else ()
        return (common, digest_of_document(sourced.document), publishers.get(sourced.record.publisher or "", ""),
                seen.problems.get(dataset.id, ()), faults)

    return known.checks(catalog.datasets, beside,
                        lambda dataset: tuple(_checks(dataset, loaded.datasets[dataset.id].document, seen)))


def around(loaded: Loaded) -> Around:
    """What records of a catalog rest on."""
    return Around(site=loaded.site.document if loaded.site else None,
                  publishers={each.id: each.document for each in loaded.publishers.values()},
                  licenses={each.id: each.document for each in loaded.licenses.values()})


def by_dataset(problems: Iterable[Problem]) -> Mapping[str, list[Problem]]:
    """Problems by the dataset in whose folder they are."""
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        room, _, rest = problem.where.path.partition("/")
        if room == "datasets" and problem.where.in_catalog:
            found[rest.partition("/")[0]].append(problem)
    return found


def _checks(dataset: Dataset, document: Document, seen: _Seen) -> Iterator[HealthCheck]:
    problems = seen.problems.get(dataset.id, [])
    found = list(_of_data(dataset, document, problems, seen))
    yield from found
    yield problem_check(problems, {check.id: check.state for check in found})


def _of_data(dataset: Dataset, document: Document, problems: list[Problem], seen: _Seen) -> Iterator[HealthCheck]:
    """Every check but that of open problems, which tells of what these do not."""
    yield from record_checks(document, seen.around, dataset.updated is not None)
    if dataset.status == "published":
        columns = columns_of(dataset)
        yield from column_checks(dataset, columns, document, seen.shared)
        yield from freshness_check(dataset, document)
        yield from row_checks(dataset, document, problems)
        yield from filling_checks(columns, document)
        yield from link_check(document, seen.links)
        yield from document_checks(dataset, document, seen.faults)
