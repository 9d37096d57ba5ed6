"""Import from data.json: DCAT-US 1.1 and 3.0, as data.gov harvests them.

Every dataset comes over or is named in the report. https://resources.data.gov/resources/dcat-us/ and
https://doi-do.github.io/dcat-us/ name the keys.
"""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.migrate.data_json.dataset import dataset_of
from cityfolio.migrate.data_json.own_site import OwnSite
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.values.document import Document, document_of
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.json_values import Unreadable, read_json
from cityfolio.problems import Problem

NAMES = ("data.json", "dcat-us.json", "catalog.json")
LISTS = ("dataset", "datasets", "dcat:dataset")


def import_data_json(source: Source, wishes: Wishes) -> Imported:
    """Make a catalog from a data.json."""
    draft = Draft("data-json", name=wishes.name, today=wishes.today)
    document = document_of(source, NAMES)
    if isinstance(document, Problem):
        draft.problems.append(document)
        return draft.refused()
    root = read_json(document.content, draft.ledger)
    problem = read_catalog(root, draft, document)
    if problem is not None:
        draft.problems.append(problem)
        return draft.refused()
    return draft.imported()


def read_catalog(root: Given | Unreadable, draft: Draft, document: Document) -> Problem | None:
    """Put every dataset of a catalog into the draft, or say why there is none."""
    if isinstance(root, Unreadable):
        return document.refused(root.why)
    datasets = _datasets(root)
    if datasets is None:
        return document.refused("it is not a data.json: it has no list called dataset")
    if not datasets:
        return document.refused("its list of datasets is empty")
    if isinstance(root, dict):
        homepage = as_words(root.get("homepage")) or document.address
        draft.site(title=as_words(root.get("title")), description=as_words(root.get("description")), homepage=homepage)
    site = OwnSite.of(root) if isinstance(root, dict) else OwnSite()
    for number, given in enumerate(datasets, 1):
        source = f"dataset[{number}]"
        if isinstance(given, dict):
            dataset_of(given, source, draft, site)
        else:
            draft.left_out(source, "it is not a group of keys")
    if isinstance(root, dict):
        _more(root, draft)
    return None


def _datasets(root: Given) -> list[Given] | None:
    """The list of datasets; an older data.json is the list itself, and a catalog may hold catalogs."""
    if isinstance(root, list):
        return root
    if not isinstance(root, dict):
        return None
    found = next((root[name] for name in LISTS if name in root), None)
    if isinstance(found, dict):
        found = [found] if found else []
    listed = list(found) if isinstance(found, list) else []
    catalogs = root.get("catalog")
    within = [each for each in catalogs if isinstance(each, dict)] if isinstance(catalogs, list) else []
    for each in within:
        listed += _datasets(each) or []
    series = root.get("datasetSeries")
    listed += series if isinstance(series, list) else []
    return listed if within or any(name in root for name in LISTS) else None


def _more(root: Mapping[str, Given], draft: Draft) -> None:
    """What the catalog says of itself and has no place here."""
    known = {"title", "description", "homepage", "catalog", "datasetSeries", *LISTS}
    technical = {"@context", "@type", "@id", "conformsTo", "describedBy"}
    for name, value in root.items():
        if name not in known | technical and (text := as_words(value)):
            draft.ledger.note("left-out", name, "a detail for which the site has no key", text)
