"""What holds for the inventory, the calendar, requests and commitments alike: words, links, landmarks, hostile text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest

from cityfolio.model.catalog import Catalog
from cityfolio.model.practice import ASKERS, COMMITMENT_STATES, REQUEST_STATES
from pages.drawing import DrawnSite, a_theme, draw_site
from pages.factories import a_build, a_catalog, a_contact, a_dataset, a_publisher, a_site
from pages.promises import a_commitment, a_plan, a_request, a_rule, promised
from pages.reader import ReadPage, read
from pages.test_every_page import HOSTILE, MADE_ELSEWHERE, Brackets, _unbracketed

OURS = ("/inventory/", "/calendar/", "/request/", "/commitments/")
PAST, NEXT = date(2025, 11, 1), date(2026, 2, 1)


def a_catalog_of(text: str, link: str = "https://1.2/3") -> Catalog:
    """Everything that these pages can show, with one text in every field that takes words."""
    given = {"publisher": a_publisher(text, id="p"), "topics": [], "contact": None, "summary": text, "reason": text,
             "system_of_record": text}
    datasets = [a_dataset(text, id=f"{at}", **given, status=status, sensitivity=sensitivity, value=value)
                for at, (status, sensitivity, value) in enumerate((
                    ("published", "public", "high"), ("restricted", "internal", "medium"), ("retired", "confidential", "low"),
                    ("published", "protected", None), ("published", None, None)))]
    datasets += [a_plan(text, id=f"p{at}", on=on, release={"steps": text, "earlier": (PAST,)}, **given)
                 for at, on in enumerate((PAST, NEXT))]
    datasets += [a_plan(text, id="p2", on=None, **given),
                 a_dataset(text, id="d", **{**given, "publisher": None}, frequency="monthly")]
    told = {"description": text, "datasets": ("0",), "owner": "p"}
    requests = [a_request(text, id=f"{state}-{asker}", state=state, asker=asker, answered=None if state == "open" else PAST,
                          answer=text, reason=text, link=link, **told)
                for state, asker in zip((*REQUEST_STATES, *REQUEST_STATES), ASKERS, strict=False)]
    requests += [a_request(text, id="planned", state="planned"), a_request(text, id="issue", state="refused", answered=PAST,
                                                                            source_path="requests/a.json", link=link)]
    commitments = [replace(a_commitment(text, state=state, settled=PAST, reason=text, evidence=evidence, where=link, due=due,
                                        **told), id=f"{state}-{due}")
                   for state in COMMITMENT_STATES for due, evidence in ((PAST, "/data/0/"), (NEXT, link))]
    rules = [replace(a_rule(text, held=day), id=f"{day}") for day in (PAST, NEXT)]
    rules.append(replace(a_rule(text, review_by=PAST), id="r"))
    site = a_site(name=text, tagline=text, contact=a_contact(name=text, email="1@2.3"))
    return promised(a_catalog(*datasets, site=site, publishers=[a_publisher(text, id="q")]), requests=requests,
                    commitments=commitments, rules=rules, days=5)


def ours(site: DrawnSite) -> list[tuple[str, ReadPage]]:
    """These pages of a site."""
    return [(output.url, read(output)) for output in site.html() if output.url.startswith(OURS)]


@pytest.fixture(scope="module")
def full() -> DrawnSite:
    return draw_site(catalog=a_catalog_of("Words"))


def test_every_word_can_be_translated() -> None:
    site = draw_site(catalog=a_catalog_of("λόγος"), theme=a_theme(translations=Brackets()),
                     build=a_build(revision="", base_url=""))
    spoken = {text for _, page in ours(site) for text in page.spoken()}

    assert {word for text in spoken for word in re.findall("[A-Za-z]{2,}", _unbracketed(text))} == set()


@pytest.mark.no_cover
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    pages = [page for _, page in ours(draw_site(catalog=a_catalog_of(text, link="javascript:alert(1)")))]

    assert not [part for page in pages for part in page.all("script") if part.get("src") is None]
    assert not [part for page in pages for name in ("img", "iframe", "object", "style") for part in page.all(name)]
    assert not [part for page in pages for part in page.all("a") if part.address.lower().startswith(("javascript", "data:"))]
    assert not [name for page in pages for element in page.element.iter() for name in element if str(name).startswith("on")]


def test_every_link_and_every_place_that_is_linked_to_is_there(full: DrawnSite) -> None:
    pages = {output.url: read(output) for output in full.html()}
    links = {(urlsplit(urljoin(url, part.address)).path, part.address.partition("#")[2])
             for url, page in ours(full) for part in page.all("a") if not urlsplit(part.address).scheme}

    assert {path for path, _ in links if path not in full.urls() and not MADE_ELSEWHERE.fullmatch(path)} == set()
    assert {(path, place) for path, place in links if place and path in pages and place not in pages[path].ids()} == set()


def test_ids_are_used_once_and_headings_do_not_skip(full: DrawnSite) -> None:
    pages = [page for _, page in ours(full)]
    levels = [[int(str(element.tag)[-1]) for element in page.element.iter() if re.fullmatch(r"\{.*\}h[1-6]", str(element.tag))]
              for page in pages]

    assert [len(page.ids()) - len(set(page.ids())) for page in pages] == [0] * len(pages)
    assert [after for each in levels for before, after in zip([0, *each], each, strict=False) if after > before + 1] == []


def test_every_table_scrolls_in_a_region_that_has_a_name(full: DrawnSite) -> None:
    regions = [part for _, page in ours(full) for part in page.all("section", **{"class": "scroller", "tabindex": "0"})]

    assert len(regions) == sum(len(page.all("table")) for _, page in ours(full))
    assert [part.text for part in regions if not part.get("aria-label") and not part.get("aria-labelledby")] == []
