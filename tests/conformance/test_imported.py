"""Catalogs that other portals hold: imported, built, and judged by every validator that knows one of our forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytestmark = pytest.mark.conformance
INPUTS = {
    "Philadelphia": ("jkan", "jkan-opendataphilly"),
    "federal": ("data-json", "data-json/federal.data.json"),
    "Seattle": ("data-json", "data-json/seattle-performance.data.json"),
    "Glasgow": ("arcgis-hub", "arcgis-hub/glasgow.json"),
    "Highland": ("arcgis-hub", "arcgis-hub/highland.json"),
    "Little Rock": ("socrata", "socrata/data.littlerock.gov.jsonl"),
    "CKAN": ("ckan", "ckan"),
    "GDP": ("data-package", "data-package"),
}
DOCUMENTS = {
    "DCAT-AP shapes": (("shacl.py",), "dcat-ap.ttl", ("dcat-ap-3/3.0.1/dcat-ap-SHACL.ttl",)),
    "OGC records": (("ogc_records.py", "records"), "ogc/collections/datasets/items.geojson", ()),
    "OGC collection": (("ogc_records.py", "collection"), "ogc/collections/datasets.json", ()),
    "OpenAPI": (("openapi-spec-validator",), "openapi.json", ()),
    "sitemap": (("sitemap.py",), "sitemap.xml", ()),
    "STAC": (("stac_check.py",), "stac/catalog.json", ()),
}
EACH = {
    "Croissant": (("mlcroissant", "validate", "--jsonld"), "data/*/croissant.json"),
    "CSVW": (("csvwcheck.py",), "data/*/*-metadata.json"),
    "OGC record": (("ogc_records.py", "record"), "data/*/record.geojson"),
    "STAC": (("stac_check.py",), "data/*/stac-collection.json"),
}
MOST = 5     # of many alike, by chance the same ones each time


@pytest.fixture(params=INPUTS.values(), ids=INPUTS)
def imported(request: pytest.FixtureRequest, site: Callable[..., Path], inputs: Path) -> Path:
    """The site of a city that moved in."""
    form, source = request.param
    return site(form, inputs / source)


@pytest.mark.parametrize("what", DOCUMENTS)
def test_what_is_published_of_a_catalog_is_valid(what: str, imported: Path, judge: Callable[..., Any]) -> None:
    command, document, rules = DOCUMENTS[what]
    verdict = judge(*command, imported / document, *rules)

    assert verdict.passed, verdict.says


@pytest.mark.parametrize("what", EACH)
def test_what_is_published_of_a_dataset_is_valid(what: str, imported: Path, judge: Callable[..., Any]) -> None:
    command, documents = EACH[what]
    found = sorted(imported.glob(documents))
    verdicts = {path.relative_to(imported): judge(*command, path) for path in Random(6).sample(found, min(MOST, len(found)))}

    assert {path: verdict.says for path, verdict in verdicts.items() if not verdict.passed} == {}


def test_data_packages_and_their_rows_are_valid(imported: Path, judge: Callable[..., Any]) -> None:
    packages = sorted(imported.glob("data/*/datapackage.json"))[:MOST]
    verdicts = {path.parent.name: judge("frictionless", "validate", path.name, within=path.parent) for path in packages}

    assert {name: verdict.says for name, verdict in verdicts.items() if not verdict.passed} == {}
