"""Outputs that lie aside come back as they were."""

from __future__ import annotations

from cityfolio.model.site import CopyOf, Output
from cityfolio.publish.laid_outputs import laid_aside

OUTPUTS = [Output(url="/search.json", body=b"{}", media_type="application/json", kind="search", source="search.json"),
           Output(url="/empty", body=b"", media_type="text/plain", kind="search", source="search.json"),
           Output(url="/a.csv", body=CopyOf(path="a.csv", bytes=1, sha256="1"), media_type="text/csv", kind="data", source="a")]


def test_outputs_come_back_as_they_were() -> None:
    assert list(laid_aside(OUTPUTS)) == OUTPUTS


def test_they_are_made_at_once() -> None:
    made = iter(OUTPUTS)
    laid_aside(made)

    assert list(made) == []
