"""DCAT-AP as a harvester reads it."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, FOAF, ORG, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from cityfolio.feeds.dcat_ap import dcat_ap
from cityfolio.feeds.eu_vocabularies import language, update_frequency
from cityfolio.model.catalog import Catalog, License
from cityfolio.model.records import Temporal
from pages.factories import a_build, a_catalog, a_contact, a_dataset, a_file, a_profile, a_publisher, an_export, shapes

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
SITE = "https://data.example.gov"
EU = "http://publications.europa.eu/resource/authority/"
FIVE = a_catalog(*map(a_dataset, "ABCDE"))
TREES = URIRef(f"{SITE}/data/trees/#dataset")


def bodies(catalog: Catalog, a_page: int = 1_000, **build: Any) -> dict[str, bytes]:
    return {each.url: each.body for each in dcat_ap(catalog, a_build(**build), a_page=a_page) if isinstance(each.body, bytes)}


def read(catalog: Catalog, url: str = "/dcat-ap.ttl", a_page: int = 1_000, **build: Any) -> Graph:
    return Graph().parse(bodies(catalog, a_page, **build)[url], format="turtle", publicID=f"{SITE}{url}")


def trees(**given: Any) -> Catalog:
    return a_catalog(a_dataset("Trees", **given))


def value(graph: Graph, *path: URIRef, start: URIRef = TREES) -> Any:
    at: Any = start
    for step in path:
        at = graph.value(at, step)
    return at


def test_the_catalog_lists_its_datasets() -> None:
    found = read(a_catalog(a_dataset("Trees"), a_dataset("Signals")))

    assert set(found.objects(URIRef(f"{SITE}/#catalog"), DCAT.dataset)) == {TREES, URIRef(f"{SITE}/data/signals/#dataset")}


def test_a_retired_dataset_is_not_listed() -> None:
    assert (TREES, None, None) not in read(trees(status="retired", reason="Nobody plants any more."))


def test_a_dataset_that_nothing_describes_is_left_to_other_feeds() -> None:
    assert (TREES, None, None) not in read(trees(summary=None, description=None))


def test_turtle_and_json_ld_say_the_same() -> None:
    both = bodies(trees(files=[a_file(exports=(an_export("data.parquet"),))]))
    turtle, json_ld = both["/dcat-ap.ttl"], both["/dcat-ap.jsonld"]

    assert isomorphic(Graph().parse(turtle, format="turtle"), Graph().parse(json_ld, format="json-ld"))


def test_words_are_marked_with_the_language_of_the_site() -> None:
    found = read(a_catalog(a_dataset("Árboles", id="trees", language="en"), languages=("es",)))

    assert value(found, DCTERMS.title) == Literal("Árboles", lang="es")
    assert value(found, DCTERMS.language) == URIRef(f"{EU}language/ENG")


@pytest.mark.parametrize(
    ("status", "expected"), [("published", "PUBLIC"), ("planned", "NON_PUBLIC"), ("restricted", "NON_PUBLIC")]
)
def test_who_may_have_a_dataset_is_a_concept(status: str, expected: str) -> None:
    found = read(trees(status=status, reason="See the law."))

    assert value(found, DCTERMS.accessRights) == URIRef(f"{EU}access-right/{expected}")


@pytest.mark.parametrize(
    ("word", "repeat", "expected"),
    [("daily", "R/P1D", "DAILY"), ("semiannual", "R/P6M", "ANNUAL_2"), ("R/P45D", "R/P45D", "OTHER"),
     ("irregular", "", "IRREG"), ("never", "", "NEVER")],
)
def test_a_frequency_is_a_concept(word: str, repeat: str, expected: str) -> None:
    assert update_frequency(word, repeat) == f"{EU}frequency/{expected}"


def test_without_a_promise_there_is_no_frequency() -> None:
    assert update_frequency("", "") == ""


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", f"{EU}language/ENG"), ("es-MX", f"{EU}language/SPA"), ("wo", "http://id.loc.gov/vocabulary/iso639-1/wo"),
     ("haw", "http://id.loc.gov/vocabulary/iso639-2/haw")],
)
def test_a_language_has_an_address(tag: str, expected: str) -> None:
    assert language(tag) == expected


def test_time_is_as_fine_as_it_was_written() -> None:
    found = read(trees(temporal=Temporal(start="2016", end="2024-03")))

    assert value(found, DCTERMS.temporal, DCAT.startDate).n3() == '"2016"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    assert value(found, DCTERMS.temporal, DCAT.endDate).n3() == '"2024-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'


def test_a_file_can_be_fetched_and_verified() -> None:
    found = read(trees(files=[a_file("trees.csv", bytes=37)]))
    file = URIRef(f"{SITE}/data/trees/#file-trees.csv")

    assert value(found, DCAT.downloadURL, start=file) == URIRef(f"{SITE}/data/trees/trees.csv")
    assert value(found, DCAT.byteSize, start=file).toPython() == 37
    assert value(found, DCAT.mediaType, start=file) == URIRef("https://www.iana.org/assignments/media-types/text/csv")
    assert value(found, DCTERMS["format"], start=file) == URIRef(f"{EU}file-type/CSV")
    assert len(value(found, SPDX.checksum, SPDX.checksumValue, start=file)) == 64


def test_a_packed_file_is_what_is_in_it() -> None:
    found = read(trees(files=[a_file("trees.csv.gz", format="CSV (gzip)")]))
    file = URIRef(f"{SITE}/data/trees/#file-trees.csv.gz")

    assert value(found, DCTERMS["format"], start=file) == URIRef(f"{EU}file-type/CSV")
    assert str(value(found, DCAT.compressFormat, start=file)).endswith("/application/gzip")


def test_a_shapefile_comes_in_an_archive() -> None:
    found = read(trees(files=[a_file("trees.shp.zip", format="Shapefile")]))
    file = URIRef(f"{SITE}/data/trees/#file-trees.shp.zip")

    assert value(found, DCTERMS["format"], start=file) == URIRef(f"{EU}file-type/SHP")
    assert str(value(found, DCAT.packageFormat, start=file)).endswith("/application/zip")


def test_a_format_that_the_authority_does_not_know_keeps_its_name() -> None:
    found = read(trees(files=[a_file("trees.dwg", format="DWG")]))
    file = URIRef(f"{SITE}/data/trees/#file-trees.dwg")

    assert value(found, DCTERMS["format"], RDFS.label, start=file) == Literal("DWG")
    assert value(found, DCAT.mediaType, start=file) is None


def test_a_page_elsewhere_gives_access_and_is_no_download() -> None:
    found = read(trees(files=[a_file(None, title="Portal", url="https://example.gov/portal", format="HTML")]))
    file = URIRef(f"{SITE}/data/trees/#file-portal")

    assert value(found, DCAT.accessURL, start=file) == URIRef("https://example.gov/portal")
    assert value(found, DCAT.downloadURL, start=file) is None


def test_a_sample_is_told_from_the_data() -> None:
    found = read(trees(files=[a_file(url="https://example.gov/all.csv", sample="some.csv")]))

    assert [str(each) for each in found.objects(TREES, ADMS.sample)] == [f"{SITE}/data/trees/#file-some.csv"]
    assert [str(each) for each in found.objects(TREES, DCAT.distribution)] == [f"{SITE}/data/trees/#file-some.csv-whole"]


def test_a_publisher_has_a_name_and_is_part_of_another() -> None:
    city, parks = a_publisher("City"), a_publisher("Parks", parent="city")
    found = read(a_catalog(a_dataset("Trees", publisher=parks), publishers=[city]))

    assert value(found, DCTERMS.publisher) == URIRef(f"{SITE}/publishers/parks/#publisher")
    assert value(found, DCTERMS.publisher, FOAF.name) == Literal("Parks", lang="en")
    assert value(found, DCTERMS.publisher, ORG.subOrganizationOf, FOAF.name) == Literal("City", lang="en")


def test_a_license_without_an_address_is_named() -> None:
    found = read(trees(license=License(id="ours", title="City terms")))

    assert value(found, DCTERMS.license, DCTERMS.title) == Literal("City terms")


@pytest.mark.parametrize(
    ("phone", "expected"),
    [("+1 704-555-0100", "tel:+1-704-555-0100"), ("(704) 555.0100", "tel:704-555-0100"), ("311, then press 4", None)],
)
def test_a_telephone_number_is_an_address_where_it_can_be_dialed(phone: str, expected: str | None) -> None:
    found = read(trees(contact=a_contact(phone=phone)))

    assert str(value(found, DCAT.contactPoint, VCARD.hasTelephone)) == str(expected)


def test_a_dataset_lies_within_the_box_around_its_rows() -> None:
    found = read(trees(spatial="Charlotte", files=[a_file(profile=a_profile(shapes=shapes()))]))

    assert str(value(found, DCTERMS.spatial, DCAT.bbox)).startswith("POLYGON((-80.98329 35.05536,")


def test_what_is_not_known_is_absent() -> None:
    bare = trees(frequency="", contact=None, license=None, topics=[], publisher=None, files=[], updated=None)
    found = read(bare)

    said = {str(each).rpartition("/")[2].rpartition("#")[2] for each in found.predicates(TREES)}
    assert said == {"type", "title", "description", "identifier", "accessRights", "language", "landingPage"}


def test_a_small_catalog_has_one_page_and_speaks_of_none() -> None:
    made = bodies(trees())

    assert sorted(made) == ["/dcat-ap.jsonld", "/dcat-ap.ttl"]
    assert b"hydra:view" not in made["/dcat-ap.ttl"]


def test_a_large_catalog_is_read_by_following_its_pages() -> None:
    made, url, met = bodies(FIVE, 2), "/dcat-ap.ttl", list[str]()
    while url:
        page = Graph().parse(made[url], format="turtle")
        met += sorted(str(each) for each in page.subjects(RDF.type, DCAT.Dataset))
        url = str(page.value(URIRef(SITE + url), HYDRA.next) or "").removeprefix(SITE)

    assert met == [f"{SITE}/data/{each}/#dataset" for each in "abcde"]


def test_a_page_says_where_it_stands() -> None:
    found = read(FIVE, "/dcat-ap/2.ttl", 2)
    page = value(found, HYDRA.view, start=URIRef(f"{SITE}/#catalog"))

    assert page == URIRef(f"{SITE}/dcat-ap/2.ttl")
    ways = [str(value(found, HYDRA[each], start=page)) for each in ("first", "previous", "next", "last")]
    assert ways == [f"{SITE}{each}" for each in ("/dcat-ap.ttl", "/dcat-ap.ttl", "/dcat-ap/3.ttl", "/dcat-ap/3.ttl")]
    assert value(found, HYDRA.totalItems, start=page).toPython() == 5


def test_json_ld_pages_lead_to_json_ld_pages() -> None:
    found = Graph().parse(bodies(FIVE, 2)["/dcat-ap.jsonld"], format="json-ld")

    assert value(found, HYDRA.next, start=URIRef(f"{SITE}/dcat-ap.jsonld")) == URIRef(f"{SITE}/dcat-ap/2.jsonld")


def test_without_an_address_of_the_site_everything_is_relative_to_the_feed() -> None:
    found = read(FIVE, "/dcat-ap/2.ttl", 2, base_url="")

    assert (URIRef(f"{SITE}/data/c/#dataset"), RDF.type, DCAT.Dataset) in found
