"""DCAT in RDF comes over from Turtle, RDF/XML and JSON-LD alike; what could do harm is refused before it is parsed."""

import sys

import orjson
import pytest
from hypothesis import given, settings, strategies as st

from migrate.imports import errors, imported, only, records, totals, whys

pytest.importorskip("rdflib", reason="rdflib is not installed")

TURTLE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://old.example.gov/> a dcat:Catalog ; dct:title "Our data"@en ; foaf:homepage <https://old.example.gov/> ;
  dcat:dataset <https://old.example.gov/dataset/trees> .
<https://old.example.gov/dataset/trees> a dcat:Dataset ; dct:title "Street trees"@en, "Straßenbäume"@de ;
  dct:description "All of them." ; dct:identifier "T-1" ; dcat:keyword "oak"@en, "elm"@en ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
  dct:publisher [ a foaf:Agent ; foaf:name "Parks" ; foaf:homepage <https://parks.example.gov> ] ;
  dcat:contactPoint [ a vcard:Kind ; vcard:fn "Desk" ; vcard:hasEmail <mailto:d@example.gov> ] ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
  dct:modified "2026-01-02"^^xsd:date ; dct:issued "2020-03-04T10:00:00Z"^^xsd:dateTime ;
  dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2016-01-01"^^xsd:date ] ;
  dct:spatial [ a dct:Location ; skos:prefLabel "Charlotte" ] ;
  dct:language <http://publications.europa.eu/resource/authority/language/SPA> ;
  dcat:landingPage <https://old.example.gov/dataset/trees> ;
  dct:relation <https://old.example.gov/dataset/parks> ;
  dcat:distribution <https://old.example.gov/trees.csv#d> .
<https://old.example.gov/dataset/parks> a dcat:Dataset ; dct:title "Parks" ;
  dct:relation <https://old.example.gov/dataset/trees> .
<https://old.example.gov/trees.csv#d> a dcat:Distribution ; dct:title "Trees" ;
  dcat:downloadURL <https://example.gov/trees.csv> ; dcat:accessURL <https://example.gov/trees> ;
  dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> .
"""
TREES = {
    "title": "Street trees", "description": "All of them.", "publisher": "parks", "topics": ["environment"],
    "contact": {"name": "Desk", "email": "d@example.gov"}, "keywords": ["oak", "elm"], "license": "cc-by-4.0",
    "frequency": "yearly", "issued": "2020-03-04", "modified": "2026-01-02", "temporal": {"start": "2016-01-01"},
    "spatial": "Charlotte", "language": "es", "formerly": ["/dataset/trees"], "identifier": "T-1",
    "files": [{"url": "https://example.gov/trees.csv", "title": "Trees", "format": "CSV",
               "description": "Also at: https://example.gov/trees"}],
    "related": ["parks"], "notes": {"Title (de)": "Straßenbäume"},
}
XML = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
 xmlns:dct="http://purl.org/dc/terms/"><dcat:Dataset rdf:about="https://example.gov/trees"><dct:title>Trees</dct:title>
 <dcat:keyword>oak</dcat:keyword></dcat:Dataset></rdf:RDF>"""
JSON_LD = {"@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld", "@type": "dcat:Catalog",
           "dataset": [{"@type": "dcat:Dataset", "@id": "https://example.gov/trees", "title": "Trees", "keyword": ["oak"]}]}


def test_turtle_comes_over_with_every_fact():
    result = imported("dcat-rdf", {"catalog.ttl": TURTLE})

    assert records(result)["street-trees"] == TREES
    assert errors(result) == []


def test_the_catalog_names_the_site():
    assert "name: Our data\n" in imported("dcat-rdf", {"catalog.ttl": TURTLE}).files["site.yaml"]


@pytest.mark.parametrize(
    ("name", "content"), [("catalog.rdf", XML), ("catalog.jsonld", orjson.dumps(JSON_LD))], ids=["RDF/XML", "JSON-LD"]
)
def test_other_syntaxes_come_over_too(name, content):
    assert only(imported("dcat-rdf", {name: content})) == {
        "title": "Trees", "keywords": ["oak"], "identifier": "https://example.gov/trees"}


def test_a_context_is_not_fetched():
    assert "a context that would have to be fetched; the terms of DCAT stand in" in whys(
        imported("dcat-rdf", {"catalog.jsonld": orjson.dumps(JSON_LD)}))


BOMB = XML.replace("<rdf:RDF", '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><rdf:RDF').replace(
    "Trees", "&b;")
EXTERNAL = XML.replace("<rdf:RDF", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rdf:RDF').replace("Trees", "&f;")


@pytest.mark.parametrize(
    "content",
    [BOMB.encode(), EXTERNAL.encode(), b"\xef\xbb\xbf" + BOMB.encode(),
     BOMB.replace("UTF-8", "UTF-16").encode("utf-16"), BOMB.replace("UTF-8", "UTF-16").encode("utf-16-be"),
     BOMB.replace("UTF-8", "UTF-7").encode("utf-7"), b"   \n" + BOMB.partition("?>")[2].encode()],
    ids=["bomb", "external", "with a mark", "UTF-16", "UTF-16 without a mark", "UTF-7", "without a declaration"],
)
def test_entities_are_refused_before_anything_is_parsed(content):
    result = imported("dcat-rdf", {"catalog.rdf": content})

    assert ([each.code for each in result.problems], result.files) == (["source-unreadable"], {})


@pytest.mark.parametrize(
    "content",
    ["", "x", "<a><b></a>", "{", '{"@type": "dcat:Catalog"}', "[" * 50_000, "<http://a.gov> " + "[" * 50_000,
     '{"a":' * 50_000, "<http://a.gov/x> a <http://www.w3.org/ns/dcat#Catalog> ."],
    ids=["empty", "words", "broken XML", "broken JSON", "no dataset", "deep list", "deep Turtle", "deep JSON",
         "only a catalog"],
)
def test_what_is_no_catalog_is_a_problem(content):
    result = imported("dcat-rdf", {"catalog.ttl" if content.startswith("<http") else "catalog.rdf": content}, path="")

    assert ([each.code for each in result.problems], result.files) == (["source-unreadable"], {})


def test_nodes_in_a_ring_end_where_they_meet():
    ring = (
        f"{TURTLE}<https://a.gov/x> dct:relation <https://a.gov/y> . <https://a.gov/y> dct:relation <https://a.gov/x> ."
        "<https://old.example.gov/dataset/trees> dct:source <https://a.gov/x> .")

    assert totals(imported("dcat-rdf", {"catalog.ttl": ring}))["datasets"] == (2, 2)


@settings(max_examples=60)
@given(st.integers(0, len(TURTLE) - 1), st.text(alphabet='<>"[]{}();,.@:\\\x00\u202e a', max_size=3))
def test_a_damaged_document_comes_over_or_is_a_problem(at, text):
    result = imported("dcat-rdf", {"catalog.ttl": TURTLE[:at] + text + TURTLE[at + 1:]})

    assert errors(result) == [] if result.files else result.problems


def test_what_is_relative_is_not_taken_from_this_machine():
    result = imported("dcat-rdf", {"catalog.ttl": TURTLE.replace("<https://example.gov/trees.csv>", "<trees.csv>")})

    assert [text for text in result.files.values() if "file:" in text or ".invalid" in text] == []


def test_the_package_that_is_needed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "rdflib", None)
    monkeypatch.delitem(sys.modules, "cityfolio.migrate.rdf.graph", raising=False)
    (problem,) = imported("dcat-rdf", {"catalog.ttl": TURTLE}).problems

    assert (problem.code, problem.fix) == ("extra-missing", "Install it: pip install 'cityfolio[rdf]'")


def test_a_dataset_that_is_listed_and_not_described_is_counted_and_named():
    more = "<https://old.example.gov/> dcat:dataset <https://x.example/1> ."

    result = imported("dcat-rdf", {"catalog.ttl": f"{TURTLE}{more}".encode()})

    assert totals(result)["datasets"] == (3, 2)
    assert [(each.place, each.why) for each in result.missed] == [
        ("https://x.example/1", "the catalog lists it, and the document does not describe it")]


def test_one_page_of_a_catalog_says_how_many_datasets_are_on_others():
    more = "<https://old.example.gov/> <http://www.w3.org/ns/hydra/core#totalItems> 5 ."

    result = imported("dcat-rdf", {"catalog.ttl": f"{TURTLE}{more}".encode()})

    assert (totals(result)["datasets"], result.is_whole) == ((5, 2), False)
    assert "3 counted by the catalog, and on other pages than this one" in whys(result)


def test_what_is_wrong_with_turtle_is_said_with_its_line_and_without_python():
    (problem,) = imported("dcat-rdf", {"catalog.ttl": b"@prefix a: <https://a.example/> .\n<x> a a:B ; "}).problems

    assert problem.says == "it is not Turtle: EOF found when expected verb in property list, line 2"
