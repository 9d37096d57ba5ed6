"""Turtle and JSON-LD as another program reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from rdflib import Graph, Literal as RdfLiteral, URIRef
from rdflib.compare import isomorphic

from cityfolio.feeds.rdf import Iri, Literal, Node, json_ld, node, packed, subject, subjects, turtle, unpacked

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
BASE = "https://data.example.gov/dcat-ap"
ITSELF = "https://data.example.gov/data/trees/#dataset"
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
LITERALS = st.builds(Literal, TEXTS, st.sampled_from(["", "en", "es-MX"]), st.just(""))


def as_turtle(*nodes: Node) -> Graph:
    return Graph().parse(turtle(map(subject, subjects(nodes))), format="turtle", publicID=BASE)


def as_json_ld(*nodes: Node) -> Graph:
    return Graph().parse(json_ld(map(subject, subjects(nodes))), format="json-ld", publicID=BASE)


@given(st.lists(LITERALS, max_size=4), TEXTS)
def test_both_forms_say_the_same_of_any_texts(texts: list[Literal], label: str) -> None:
    place = node("", "dct:Location", {"skos:prefLabel": Literal(label)})
    said = node(ITSELF, "dcat:Dataset", {"dcat:keyword": texts, "dct:spatial": place})

    assert isomorphic(as_turtle(said), as_json_ld(said))


@given(TEXTS)
def test_a_text_comes_back_as_it_was(words: str) -> None:
    found = as_turtle(node(ITSELF, "dcat:Dataset", {"dct:title": Literal(words, language="en")}))

    assert (URIRef(ITSELF), URIRef("http://purl.org/dc/terms/title"), RdfLiteral(words, lang="en")) in found


def test_what_is_not_known_is_not_said() -> None:
    said = node(ITSELF, "dcat:Dataset", {"dct:title": None, "dcat:theme": [], "dct:issued": ()})

    assert said.said == {}


def test_a_thing_that_several_point_to_is_described_once() -> None:
    agent = node("https://example.gov/", "foaf:Agent", {"foaf:name": Literal("Parks")})
    both = [node(f"{ITSELF}{number}", "dcat:Dataset", {"dct:publisher": agent}) for number in (1, 2)]

    assert [each.iri for each in subjects(both)] == [f"{ITSELF}1", "https://example.gov/", f"{ITSELF}2"]


def test_a_thing_of_two_kinds_is_described_as_both() -> None:
    page = node("https://example.gov/", "foaf:Document", {})
    agent = node("https://example.gov/", "foaf:Agent", {"foaf:homepage": page})

    assert len(as_turtle(agent)) == len(as_json_ld(agent)) == 3


@pytest.mark.parametrize("sign", ['"', "<", ">", "\\", " ", "{", "\n"])
def test_no_sign_ends_an_address_early(sign: str) -> None:
    said = node(ITSELF, "dcat:Dataset", {"dcat:landingPage": Iri(f"https://example.gov/a{sign}b")})

    assert isomorphic(as_turtle(said), as_json_ld(said))
    assert len(as_turtle(said)) == 2


def test_addresses_may_be_relative_to_the_document() -> None:
    said = node("data/trees/#dataset", "dcat:Dataset", {})

    assert [str(each) for each in as_turtle(said).subjects()] == [ITSELF]
    assert [str(each) for each in as_json_ld(said).subjects()] == [ITSELF]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), TEXTS), max_size=6))
def test_packs_of_subjects_say_each_thing_once_as_if_they_had_never_been_packed(drawn: list[tuple[str, str, str]]) -> None:
    nodes = [node(f"{ITSELF}-{number}", "dcat:Dataset", {
        "dct:publisher": node(f"{BASE}#{agent}", "foaf:Agent", {"foaf:homepage": node(f"{BASE}/{page}", "foaf:Document", {})}),
        "dct:title": Literal(words)}) for number, (agent, page, words) in enumerate(drawn)]
    packs = [packed(subjects([each])) for each in nodes]

    # An agent with two pages is told as it was met first, and both of them are listed.
    assert [each.iri for each in unpacked(packs, [])][:1] == [each.iri for each in nodes[:1]]
    assert {(each.iri, each.types) for each in unpacked(packs, [])} == {
        (each.iri, each.types) for one in nodes for each in subjects([one])}
    assert turtle(unpacked(packs[:1], [])) == turtle(map(subject, subjects(nodes[:1])))
    assert json_ld(unpacked(packs[:1], [])) == json_ld(map(subject, subjects(nodes[:1])))


def test_what_was_met_before_is_not_unpacked() -> None:
    agent = node("https://example.gov/", "foaf:Agent", {"foaf:name": Literal("Parks")})
    pack = packed(subjects([node(ITSELF, "dcat:Dataset", {"dct:publisher": agent})]))

    assert [each.iri for each in unpacked([pack], [agent])] == [ITSELF]
