"""SEMIC's shapes for DCAT-AP 3.0.1, over the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.conftest import Verdict

pytestmark = pytest.mark.conformance
SHAPES = "dcat-ap-3/3.0.1/dcat-ap-SHACL.ttl"


@pytest.mark.parametrize("feed", ["dcat-ap.ttl", "dcat-ap.jsonld"])
def test_the_catalog_fits_the_shapes(feed: str, judge: Callable[..., Verdict], site: Callable[..., Path]) -> None:
    verdict = judge("shacl.py", site() / feed, SHAPES)

    assert verdict.passed, verdict.says


def test_the_shapes_refuse_what_is_wrong(judge: Callable[..., Verdict]) -> None:
    assert not judge("shacl.py", "dcat-ap-3/bad.ttl", SHAPES).passed
