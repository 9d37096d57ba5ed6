"""What holds for every page of rules, guides and uses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from pages.drawing import DrawnSite, a_theme, draw_site
from pages.factories import a_build, a_catalog, a_repository
from pages.practice_texts import a_city_build, a_guide, a_rule, a_use, the_catalog, with_texts
from pages.reader import read
from pages.test_every_page import HOSTILE, MADE_ELSEWHERE, Brackets, _levels, _skips, _targets, _unbracketed, _without_code

OURS = re.compile(r"/(policy|guides|uses)/.*")
GREEK = "Ανοικτά δεδομένα"


def ours(site: DrawnSite):
    """The pages of rules, guides and uses."""
    return [output for output in site.html() if OURS.fullmatch(output.url)]


def drawn(**build) -> DrawnSite:
    """The city of texts."""
    return draw_site(catalog=the_catalog(), build=a_city_build(**build))


def test_every_type_of_page_is_there():
    assert {output.kind for output in ours(drawn())} == {"rules", "rule", "guides", "guide", "uses"}


def test_headings_never_descend_by_more_than_one():
    assert {output.url for output in ours(drawn()) if _skips(_levels(read(output)))} == set()


def test_ids_are_used_once_and_every_place_that_is_linked_to_is_there():
    pages = {output.url: read(output) for output in ours(drawn())}
    missing = {(url, part.address) for url, page in pages.items() for part in page.main.all("a")
               if part.address.startswith("#") and part.address[1:] not in page.ids()}

    assert missing == set()
    assert {url for url, page in pages.items() if len(page.ids()) != len(set(page.ids()))} == set()


@pytest.mark.parametrize("for_folder", [False, True], ids=["served", "in a folder"])
def test_every_link_leads_somewhere(for_folder):
    site = drawn(for_folder=for_folder)
    known = site.urls() | {f"{url}index.html" for url in site.urls() if url.endswith("/")}
    links = {(output.url, target) for output in ours(site) for target in _targets(output.url, read(output))}

    assert {link for link in links if link[1] not in known and not MADE_ELSEWHERE.fullmatch(link[1])} == set()


def a_greek_city():
    """A city without goals that has rules, guides and uses in every state, all in Greek."""
    meetings = (a_rule(f"{GREEK} 1", kind="meeting", held=date(2025, 1, 1), body=""),
                a_rule(f"{GREEK} 2", kind="meeting", held=date(2025, 11, 1), body=""),
                a_rule(f"{GREEK} 3", kind="meeting", held=date(2026, 1, 1), body=""),
                a_rule(f"{GREEK} 4", kind="meeting", held=date(2025, 1, 2), body=GREEK, link="https://example.gov/minutes"))
    rules = [a_rule(f"{GREEK} {kind}", kind=kind, body="") for kind in ("policy", "publishing-process", "quality-process")]
    full = a_rule(GREEK, summary=GREEK, adopted=date(2020, 1, 1), by=GREEK, code=GREEK, link="https://example.gov/code",
                  reviewed=date(2021, 1, 1), review_by=date(2022, 1, 1), body=GREEK)
    rules = [replace(each, id=f"rule-{at}", title=GREEK) for at, each in enumerate((full, *rules, *meetings))]
    uses = tuple(replace(a_use(GREEK, kind=kind, by=GREEK, date=date(2025, 1, 1), description=GREEK, change=GREEK),
                         id=f"use-{at}") for at, kind in enumerate(("story", "app", "research", "teaching", None)))
    guide = a_guide(GREEK, summary=GREEK, reviewed=date(2025, 1, 1), body=f"{GREEK} {{{{ count topics }}}}")
    catalog = with_texts(a_catalog(name=GREEK, tagline=GREEK, repository=a_repository()), rules=tuple(rules), guides=(guide,),
                         uses=uses)
    return draw_site(catalog=catalog, build=a_build(revision="", base_url=""), theme=a_theme(translations=Brackets()))


def test_every_word_of_the_interface_can_be_translated():
    spoken = {text for output in ours(a_greek_city())
              for text in read(replace(output, body=_without_texts_of_the_city(_without_code(output.body)))).spoken()}

    assert {word for text in spoken for word in re.findall(".*[A-Za-z].*", _unbracketed(text))} == set()


def _without_texts_of_the_city(body):
    """A page without the keys of a file, which are the same in every language."""
    return re.sub(rb"<pre.*?</pre>", b"", body, flags=re.DOTALL)


@pytest.mark.parametrize("text", [each for each in HOSTILE if "{{" not in each])
def test_hostile_text_in_every_field_is_only_text(text):
    rules = (a_rule("One", body=text, summary=text, by=text, code=text, link=text),)
    guides = (a_guide("One", body=f"{text} {{{{ count publishers }}}}", summary=text),)
    uses = (a_use("One", by=text, link=text, description=text, change=text),)
    titled = [tuple(replace(each, title=text) for each in some) for some in (rules, guides, uses)]
    catalog = with_texts(a_catalog(), rules=titled[0], guides=titled[1], uses=titled[2])
    pages = [read(output) for output in ours(draw_site(catalog=catalog))]

    assert not [part for page in pages for part in page.all("script") if part.get("src") is None]
    assert not [part for page in pages for name in ("img", "iframe", "style") for part in page.all(name)]
    assert not [part for page in pages for part in page.all("a") if part.address.lower().startswith(("javascript", "data:"))]
    assert not [name for page in pages for element in page.element.iter() for name in element
                if str(name).startswith("on")]
    assert len(pages) == 5
