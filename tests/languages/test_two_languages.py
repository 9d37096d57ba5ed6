"""A site of two languages: a tree of pages for each, told of each other; the first keeps its addresses and its bytes."""

import re
from dataclasses import replace

import orjson
import pytest

from cities import MEASURED, SITE, TREES, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.cache import Cache
from cityfolio.files import MemoryTree
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.sinks import MemorySink
from languages.spoken_cities import BOTH, built, in_both, in_english

ALTERNATES = re.compile(rb'<link rel="alternate" hreflang="[^>]*>\n')
SWITCH = re.compile(rb'<nav class="nav" aria-label="Language">.*?</nav>\n+', re.DOTALL)
SPOKEN = rb'"inLanguage":["en","es"]'
OF_BOTH = ("health/index.html", "404.html")      # pages of the first tree that tell of all languages
MARKED = "title: {en: Street trees, es: Árboles de las calles}"


def pages_of(site, below=""):
    """The pages of a tree, by path."""
    return {path.removeprefix(below): body for path, body in site.items() if path.endswith(".html") and path.startswith(below)}


def test_the_pages_of_the_first_language_are_as_they_are_without_a_second_but_for_what_tells_of_it():
    alone = pages_of(in_english())
    beside = {path: SWITCH.sub(b"", ALTERNATES.sub(b"", body)).replace(SPOKEN, b'"inLanguage":["en"]')
              for path, body in pages_of(in_both()).items() if not path.startswith("es/") and path not in OF_BOTH}

    assert beside == {path: body for path, body in alone.items() if path not in OF_BOTH}


def test_every_page_is_there_in_both_languages_but_the_one_for_what_is_missing():
    site = in_both()
    first = {path for path in pages_of(site) if not path.startswith("es/")}

    assert first - set(pages_of(site, "es/")) == {"404.html"}


def test_the_page_for_missing_addresses_speaks_every_language_and_leads_into_each_tree():
    page = in_both()["404.html"].decode()
    spanish = page.partition('<section class="opening" lang="es">')[2].partition("</section>")[0]

    assert "<h1>This page is not here</h1>" in page
    assert "<h2>Esta página no existe</h2>" in spanish
    assert re.findall(r'href="([^"]*)"', spanish) == ["/es/search/", "/es/", "/es/data/", "/es/topics/"]
    assert "<section" not in in_english()["404.html"].decode().partition("<main")[2].partition("</main>")[0]


def test_the_page_for_programs_names_the_addresses_of_its_own_tree_and_what_all_share():
    page = in_both()["es/developers/index.html"].decode()
    paths = {each["path"] for each in orjson.loads(in_both()["es/developers/index.json"])["addresses"]}

    assert {"/es/data/index.json", "/es/data/{dataset}/index.json", "/es/search.json", "/catalog.json"} <= paths
    assert "/data/index.json" not in paths
    assert "<code>/es/data/{dataset}/index.json</code>" in page
    assert "https://data.example.gov/es/data/index.json" in page


def test_data_files_and_what_is_made_of_them_are_there_once():
    files = (".csv", ".parquet", ".geojson", ".zip", ".css")
    kept = [path for path in in_both() if path.startswith("es/") and path.endswith(files)]

    assert kept == []


def test_two_regions_that_have_the_same_words_share_the_file_of_them():
    site, _ = built(with_files(a_city(), {"site.yaml": SITE + "languages: [en, es-US, es]\n"}))

    assert {"es-us/index.html", "es/index.html"} <= {path.casefold() for path in site}
    assert len([path for path in site if path.startswith("assets/explorer-words-")]) == 2


def test_a_page_names_itself_in_each_language_and_for_readers_of_none():
    page = in_both()["es/data/trees/index.html"].decode()

    assert re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', page) == [
        ("en", "https://data.example.gov/data/trees/"), ("x-default", "https://data.example.gov/data/trees/"),
        ("es", "https://data.example.gov/es/data/trees/")]
    assert '<link rel="canonical" href="https://data.example.gov/es/data/trees/">' in page
    assert '<html lang="es-US">' in page


def test_a_page_leads_to_the_same_page_in_the_other_language_by_that_language_s_own_name():
    first, second = (in_both()[f"{tree}data/trees/index.html"].decode() for tree in ("", "es/"))

    assert '<a href="../../es/data/trees/" lang="es" hreflang="es">Español</a>' in first
    assert '<a href="../../../data/trees/" lang="en" hreflang="en">English</a>' in second


def test_the_sitemap_lists_each_page_with_what_it_is_in_the_other_language():
    found = in_both()["sitemap.xml"].decode()

    assert '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">' in found
    assert ('<loc>https://data.example.gov/es/about/</loc><xhtml:link rel="alternate" hreflang="en" '
            'href="https://data.example.gov/about/"/>') in found


def test_a_feed_says_its_language_and_leads_to_pages_of_it():
    first, second = (in_both()[f"{tree}new.atom"].decode() for tree in ("", "es/"))

    assert ('xml:lang="en"' in first, 'xml:lang="es"' in second) == (True, True)
    assert 'href="https://data.example.gov/es/data/trees/"' in second


def test_a_calendar_leads_to_pages_of_its_language():
    files = with_files(a_city(), {**BOTH, "datasets/trees/dataset.yaml": TREES.replace("yearly", "monthly")})
    lines = built(files)[0]["es/calendar/calendar.ics"].decode().splitlines()

    assert {each for each in lines if each.startswith("URL:")} == {"URL:https://data.example.gov/es/data/trees/"}


def test_a_city_that_speaks_english_alone_has_feeds_without_a_language_as_before():
    assert "xml:lang" not in in_english()["new.atom"].decode()


@pytest.fixture(scope="module")
def mixed():
    """A city whose trees have a title in both languages and a summary in one."""
    trees = TREES.replace("title: Street trees", MARKED).replace("keywords: [shade, canopy]",
                                                                 "keywords: {en: [shade], es: [sombra]}")
    return built(with_files(a_city(), {**BOTH, "datasets/trees/dataset.yaml": trees}))[0]


def test_a_text_that_is_written_in_both_languages_is_the_one_of_each_tree(mixed):
    first, second = (mixed[f"{tree}data/trees/index.html"].decode() for tree in ("", "es/"))

    assert "<h1>Street trees</h1>" in first
    assert "<h1>Árboles de las calles</h1>" in second


def test_a_text_that_is_missing_in_a_language_is_shown_in_another_and_says_so(mixed):
    page = mixed["es/data/trees/index.html"].decode()

    assert '<p class="lede"><span lang="en">Every tree the city planted.</span></p>' in page
    assert '<span lang="en">What kind of tree it is</span>' in page
    assert 'lang="en"' not in page.partition("<h1>")[2].partition("</h1>")[0]


def test_the_first_language_marks_nothing_that_is_written_in_it(mixed):
    page = ALTERNATES.sub(b"", SWITCH.sub(b"", mixed["data/trees/index.html"])).partition(b"<main")[2]

    assert b"lang=" not in page


def test_words_that_are_listed_for_each_language_stand_in_its_own_tree_alone(mixed):
    told = [orjson.loads(mixed[f"{tree}data/trees/index.json"])["keywords"] for tree in ("", "es/")]

    assert told == [["shade"], ["sombra"]]


def test_texts_that_are_missing_in_a_language_are_counted_on_the_health_page_and_for_programs(mixed):
    counted = orjson.loads(mixed["health/health.json"])["languages"]

    assert counted["en"]["missing"] == 0
    assert (counted["es"]["texts"], counted["es"]["datasets"]) == (2, {"trees": 4})
    assert "Street trees (4)" in " ".join(re.sub(r"<[^>]*>", "", mixed["health/index.html"].decode()).split())


def test_lists_are_in_the_order_of_the_titles_of_their_language():
    repairs = str(MEASURED["datasets/repairs/dataset.yaml"]).replace("title: Pothole repairs",
                                                                    "title: {en: Pothole repairs, es: Zanjas y baches}")
    trees = TREES.replace("title: Street trees", MARKED)
    city = {**MEASURED, **BOTH, "datasets/repairs/dataset.yaml": repairs, "datasets/trees/dataset.yaml": trees}
    site = built(with_files(a_city(), city))[0]
    listed = [re.findall(r'<h3><a href="../data/([a-z]+)/">', site[f"{tree}data/index.html"].decode()) for tree in ("", "es/")]

    assert listed == [["repairs", "trees"], ["trees", "repairs"]]


def test_a_site_that_is_opened_from_a_folder_leads_from_tree_to_tree_too():
    site, result = built(with_files(a_city(), BOTH), a_build(languages=("en", "es"), base_url="", for_folder=True))

    assert [each for each in result.problems if each.severity == "error"] == []
    assert 'href="../es/data/index.html" lang="es"' in site["data/index.html"].decode().replace("../../es", "../es")


def test_pages_of_a_dataset_that_did_not_change_are_known_in_both_trees(tmp_path):
    files = with_files(a_city(), BOTH)
    workshop = Workshop(tree=MemoryTree(files), sink=FolderSink(tmp_path / "site"), cache=Cache(tmp_path / "cache"),
                        program="as it is")
    first = build_site(loaded(files), a_build(languages=("en", "es")), workshop).written.manifest
    again = build_site(loaded(files), a_build(languages=("en", "es")), replace(workshop, previous=first)).written

    assert first is not None
    assert again.manifest == first
    assert (again.change.changed, again.change.added, again.change.removed) == (0, 0, 0)


def a_renamed_city():
    """A city in two languages whose trees were called otherwise before."""
    return with_files(a_city(), {**BOTH, "datasets/trees/dataset.yaml": f"{TREES}formerly: [old-trees]\n"})


def test_an_address_that_a_dataset_had_before_forwards_and_answers_in_each_tree():
    site = built(a_renamed_city())[0]

    assert b"/es/data/old-trees/" in site["_redirects"]
    assert "es/data/old-trees/index.html" in site
    assert "es/data/old-trees/feed.atom" in site


def test_what_comes_and_goes_in_the_first_tree_may_go_in_the_others_too():
    files = with_files(a_city(), BOTH)
    former = built(files)[1].written.manifest
    without_topic = {**files, "datasets/trees/dataset.yaml": TREES.replace("topics: [nature]\n", "")}
    told = Workshop(tree=MemoryTree(without_topic), sink=MemorySink(), previous=former)
    result = build_site(loaded(without_topic), a_build(languages=("en", "es")), told)

    assert "es/data/topic/nature/index.html" in former.entries
    assert [each for each in result.problems if each.code == "address-dropped"] == []


def dropped(**site):
    """What is said of addresses once a city that spoke two languages speaks English alone, and the site."""
    former = built(with_files(a_city(), {**MEASURED, **BOTH}))[1].written.manifest
    files = with_files(a_city(), {**MEASURED, "site.yaml": SITE + "".join(f"{key}: {value}\n" for key, value in site.items())})
    sink = MemorySink()
    result = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=sink, previous=former))
    return [each for each in result.problems if each.code == "address-dropped"], sink.site


def test_a_language_that_is_taken_away_is_one_problem_that_says_how_its_addresses_go_on():
    (problem,), _ = dropped()

    assert re.fullmatch(r"/es/ was published and is not on the site any more, with \d+ further addresses below it",
                        problem.says)
    assert "`former_languages: [es]`" in problem.fix


def test_the_addresses_of_a_former_language_lead_to_the_pages_of_the_first():
    problems, site = dropped(former_languages="[es]")
    page = site["es/data/trees/index.html"].decode()

    assert problems == []
    assert '<meta http-equiv="refresh" content="0; url=../../../data/trees/">' in page
    assert site["es/data/trees/index.json"] == site["data/trees/index.json"]
    assert "/es/" not in site["sitemap.xml"].decode()


def test_a_language_that_became_the_first_leaves_pages_that_lead_to_its_new_ones():
    files = with_files(a_city(), {**MEASURED, "site.yaml": f"{SITE}languages: [es, en]\nformer_languages: [es, en]\n"})
    site = built(files)[0]

    assert 'url=../../../data/trees/"' in site["es/data/trees/index.html"].decode()
    assert '<html lang="en">' in site["en/data/trees/index.html"].decode()
