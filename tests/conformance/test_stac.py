"""The schemas of STAC 1.1, over the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.conftest import Verdict

pytestmark = pytest.mark.conformance


@pytest.mark.parametrize("documents", ["stac/catalog.json", "data/*/stac-collection.json", "data/*/*/stac-item.json"])
def test_every_document_fits_its_schema(documents: str, judge: Callable[..., Verdict], site: Callable[..., Path]) -> None:
    found = sorted(site().glob(documents))

    verdict = judge("stac_check.py", *found)
    assert found
    assert verdict.passed, verdict.says


def test_the_schema_refuses_what_is_wrong(judge: Callable[..., Verdict]) -> None:
    assert not judge("stac_check.py", "stac/bad-item.json").passed
