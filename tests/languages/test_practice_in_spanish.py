"""Pages of practice in Spanish: the standards that come along speak it, so that nothing of theirs is left in English."""

import re
from functools import cache

import orjson

from cities import MEASURED, a_city, with_files
from cityfolio.practice.shipped import shipped
from languages.spoken_cities import ALONE, BOTH, ENGLISH, IN_SPANISH, Seen, built, words_seen

EVERY = f"standards: [{', '.join(shipped())}]\n"
ATTESTED = {"attestations/one.yaml": (
    "criteria: [fair/f1]\nclaim: {en: We keep them., es: Las conservamos.}\nevidence: [/data/]\n"
    "by: {en: City clerk, es: Secretaría municipal}\non: 2026-01-01\nexpires: 2027-01-01\n")}
MARKED = re.compile(r'<[a-z0-9]+ [^>]*lang="en"[^>]*>([^<]*)')
# What the city itself wrote, in English alone: titles of datasets, columns, a publisher, a goal and a measure.
NAMES = {"Example City", "Street trees", "Pothole repairs", "Parks and Recreation", "Streets are repaired in time",
         "Potholes repaired within 3 working days", "How tall it is", "What kind of tree it is", "What was repaired",
         "When it was repaired", "Where", "Working days until then"}
# What a check looks for in titles and keywords, and what facts hold, as it stands.
LOOKED_FOR = re.compile(r"“[^”]*”|on-time|\blate\b")


@cache
def in_both():
    """A city in English and Spanish that assesses itself by every standard that comes along."""
    return built(with_files(a_city(), {**MEASURED, **BOTH, **ATTESTED, "site.yaml": BOTH["site.yaml"] + EVERY}))[0]


@cache
def in_spanish():
    """A city that speaks Spanish alone and does the same."""
    return built(with_files(a_city(), {**IN_SPANISH, "site.yaml": ALONE["site.yaml"] + EVERY}))[0]


def pages_of_practice(site, tree=""):
    """The overview, the page of each standard and the evidence for it."""
    return sorted(path for path in site if path.startswith(f"{tree}practice/") and path.endswith(".html"))


def main_of(page):
    """A page without its frame, which leads to the same page in English."""
    return page.decode().partition("<main")[2]


def plain_of(page):
    """What a page says, without its markup."""
    return re.sub(r"<[^>]*>", "", page)


def english_in(page):
    """English words that a reader meets in a page, but for what checks look for."""
    plain = LOOKED_FOR.sub("“”", " ".join(Seen(page).texts))
    return words_seen(f'<html lang="es"><p>{plain}</p>'.encode()) & ENGLISH


def test_nothing_on_a_page_of_practice_is_marked_as_english_but_the_names_of_the_city():
    site = in_both()
    marked = {path: set(MARKED.findall(main_of(site[path]))) - NAMES for path in pages_of_practice(site, "es/")}

    assert {path: found for path, found in marked.items() if found} == {}


def test_no_page_of_practice_holds_english_words_where_the_city_has_none():
    site = in_spanish()
    english = {path: english_in(site[path]) for path in pages_of_practice(site)}

    assert {path: found for path, found in english.items() if found} == {}


def test_there_is_a_page_for_each_standard_and_its_evidence():
    assert len(pages_of_practice(in_both(), "es/")) == len(pages_of_practice(in_spanish())) == 1 + 2 * len(shipped())


def test_a_standard_is_called_in_each_tree_as_its_language_calls_it():
    first, second = (main_of(in_both()[f"{tree}practice/fair/index.html"]) for tree in ("", "es/"))

    assert re.findall(r"<h1>([^<]*)", first + second) == [
        "The FAIR principles: self-assessment", "Los principios FAIR: autoevaluación"]
    assert "Data has an address that is its own and stays" in first
    assert "Los datos tienen una dirección propia que no cambia" in second
    assert "Wilkinson y otros, 2016" in second


def test_standards_are_in_the_order_of_their_titles_in_each_language():
    first, second = (re.findall(r'id="standard-([a-z-]*)"', main_of(in_both()[f"{tree}practice/index.html"]))
                     for tree in ("", "es/"))

    assert first == ["open-data-guidelines", "key-datasets", "open-data-maturity", "fair", "what-works-cities"]
    assert second == ["key-datasets", "what-works-cities", "fair", "open-data-maturity", "open-data-guidelines"]


def test_programs_read_the_texts_of_the_tree_that_they_ask():
    first, second = (orjson.loads(in_both()[f"{tree}practice/fair/index.json"]) for tree in ("", "es/"))

    assert (first["title"], second["title"]) == ("The FAIR principles", "Los principios FAIR")
    assert (first["areas"][0]["title"], second["areas"][0]["title"]) == ("Findable", "Localizable")
    assert (first["levels"][0]["title"], second["levels"][0]["title"]) == ("In part", "En parte")


def test_the_standards_that_come_along_lack_no_text_in_either_language():
    told = {**MEASURED, **BOTH}
    without, beside = (orjson.loads(built(with_files(a_city(), {**told, "site.yaml": BOTH["site.yaml"] + standards}))[0]
                                    ["health/health.json"])["languages"] for standards in ("", EVERY))

    assert (beside["en"]["missing"], beside["es"]["missing"]) == (0, without["es"]["missing"])
    assert beside["es"]["texts"] > without["es"]["texts"] + 300


def test_a_standard_that_a_city_wrote_in_one_language_is_marked_where_it_is_another():
    charter = ("title: Our charter\npublisher: City council\npartial: Half of it.\n"
               "areas: {open: {title: {en: Openness, es: Apertura}}, heard: {title: Residents are heard}}\n"
               "criteria: {it: {title: It is open, area: open, attest: Say so.},"
               " ask: {title: They are asked, area: heard, attest: {en: Who., es: A quién.}}}\n"
               "levels: [{id: begun, title: {en: Begun, es: Empezado}, each_area: 1}]\n")
    city = {**BOTH, "standards/charter.yaml": charter, "site.yaml": f"{BOTH['site.yaml']}standards: [charter]\n"}
    page = main_of(built(with_files(a_city(), city))[0]["es/practice/charter/index.html"])

    assert set(MARKED.findall(page)) == {"Our charter", "City council", "Half of it.", "Residents are heard", "It is open",
                                         "Say so.", "They are asked"}
    assert plain_of(page).count("It is open") == page.count('<span lang="en">It is open</span>')
    assert "Apertura" in page
    assert "Openness" not in page
