"""OGC's schemas for API Records 1.0, over the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.conftest import Verdict

pytestmark = pytest.mark.conformance


@pytest.mark.parametrize(
    ("kind", "document"),
    [("landingPage", "ogc/index.json"), ("collection", "ogc/collections/datasets.json"), ("catalog", "ogc/catalog.json"),
     ("records", "ogc/collections/datasets/items.geojson"), ("record", "data/street-trees/record.geojson"),
     ("record", "data/adopted-budget/record.geojson")],
    ids=["landing page", "collection", "crawlable catalog", "all records", "a record with a place", "a record without"],
)
def test_a_document_fits_its_schema(kind: str, document: str, judge: Callable[..., Verdict], site: Callable[..., Path]) -> None:
    verdict = judge("ogc_records.py", kind, site() / document)

    assert verdict.passed, verdict.says


def test_the_schema_refuses_what_is_wrong(judge: Callable[..., Verdict]) -> None:
    assert not judge("ogc_records.py", "record", "ogc-examples/bad.json").passed
