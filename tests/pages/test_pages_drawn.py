"""The pages that were drawn, of which most lie aside."""

from __future__ import annotations

from datetime import date

import pytest

from cityfolio.model.site import Output
from cityfolio.pages import pages_drawn
from cityfolio.pages.pages_drawn import PagesDrawn


def a_page(number: int, body: bytes = b"") -> Output:
    """A page with its own address and day."""
    return Output(url=f"/data/{number}/", body=body, media_type="text/html", kind="dataset", source=f"{number}.yaml",
                  updated=date(2026, 11, 1 + number))


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_pages_are_told_in_their_order_without_their_bodies(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_drawn, "AT_ONCE", at_once)
    drawn = PagesDrawn()
    for number in range(7):
        drawn.add(a_page(number, b"<p>"))

    assert [*drawn] == [a_page(number) for number in range(7)]
    assert [*drawn] == [*drawn]
    assert len(drawn) == 7
