"""The description of the addresses and the sitemap, as their judges see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cities import a_build
from cityfolio.feeds.sitemap import MAX_URLS, sitemap
from cityfolio.model.site import Output

pytestmark = pytest.mark.conformance


def test_the_openapi_description_is_valid(judge: Callable[..., Any], site: Callable[..., Path]) -> None:
    verdict = judge("openapi-spec-validator", site() / "openapi.json")

    assert verdict.passed, verdict.says


def test_the_sitemap_is_valid(judge: Callable[..., Any], site: Callable[..., Path]) -> None:
    verdict = judge("sitemap.py", site() / "sitemap.xml")

    assert verdict.passed, verdict.says


def test_an_index_of_sitemaps_and_its_parts_are_valid(judge: Callable[..., Any], tmp_path: Path) -> None:
    pages = (Output(url=f"/data/{at}/", body=b"", media_type="text/html", kind="dataset", source="x")
             for at in range(MAX_URLS + 1))
    verdicts = []
    for made in sitemap(pages, a_build()):
        path = tmp_path / made.url.lstrip("/")
        path.write_bytes(made.body)
        verdicts.append(judge("sitemap.py", path))

    assert [verdict.passed for verdict in verdicts] == [True, True, True]
