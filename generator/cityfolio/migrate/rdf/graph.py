"""DCAT in RDF (https://www.w3.org/TR/vocab-dcat-3/) as the groups of keys that a data.json has, read from a graph by rdflib."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence

from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, RDF, RDFS, SKOS
from rdflib.term import BNode, Literal, Node, URIRef

from cityfolio.frozen import Frozen
from cityfolio.migrate.network.listing import whole_number
from cityfolio.migrate.rdf.text import RdfText
from cityfolio.migrate.values.given import MAX_DEPTH, Given
from cityfolio.migrate.yaml.text import carried

VCARD = "http://www.w3.org/2006/vcard/ns#"
NOWHERE = "https://address-unknown.invalid/"   # RFC 2606: without it rdflib takes the folder it runs in
# Properties that are a key of data.json under another name, or in another vocabulary.
KEYS: Mapping[str, str] = {
    str(DCTERMS.subject): "theme", str(DCAT.startDate): "startDate", "http://schema.org/startDate": "startDate",
    "https://schema.org/startDate": "startDate", str(DCAT.endDate): "endDate", "http://schema.org/endDate": "endDate",
    "https://schema.org/endDate": "endDate", str(FOAF.name): "name", str(FOAF.homepage): "homepage",
    str(ORG.subOrganizationOf): "subOrganizationOf", f"{VCARD}organization-name": "organization-name",
    f"{VCARD}hasTelephone": "tel", f"{VCARD}hasURL": "hasURL", str(SKOS.prefLabel): "prefLabel", str(RDFS.label): "label",
    str(FOAF.mbox): "hasEmail",
}
LANGUAGES = ("en", "")
TOTAL = URIRef("http://www.w3.org/ns/hydra/core#totalItems")   # of a catalog in pages, each a document
CLASSES = (DCAT.Dataset, URIRef("http://www.w3.org/ns/dcat#DatasetSeries"))

# What stands for itself, so that a mention is its address and not all that is said of it.
APART = frozenset({*CLASSES, DCAT.Catalog, DCAT.DataService, SKOS.ConceptScheme})


class DcatGraph(Frozen, kw_only=True):
    """What a document says, as groups."""

    title: str
    description: str
    homepage: str
    datasets: tuple[tuple[str, Mapping[str, Given]], ...]   # where each stands, and what it says
    total: int                    # how many the catalog counts on all of its pages; 0 where it does not say
    absent: tuple[str, ...] = ()  # those that a catalog lists, and of which the document says nothing


def dcat_graph(source: RdfText, address: str = "") -> DcatGraph:
    """Parse a document, from whose own address what is relative in it starts. Raises whatever the parser raises.

    Nothing is fetched, because nothing is left in the text that could be.
    """
    graph = _parsed(source, address or NOWHERE)
    catalog = next(graph.subjects(RDF.type, DCAT.Catalog), None)
    found = dict.fromkeys(node for kind in CLASSES for node in graph.subjects(RDF.type, kind))
    listed = [(_place(node, number), _group(graph, node, (), of_dataset=True)) for number, node in enumerate(found, 1)]
    return DcatGraph(
        title=_said(graph, catalog, DCTERMS.title), description=_said(graph, catalog, DCTERMS.description),
        homepage=_said(graph, catalog, FOAF.homepage), datasets=tuple(listed),
        total=whole_number(_said(graph, catalog, TOTAL)) or 0,
        absent=tuple(sorted({_text(node) for node in graph.objects(None, DCAT.dataset)
                             if isinstance(node, URIRef) and (node, None, None) not in graph})),
    )


def _parsed(source: RdfText, base: str) -> Graph:
    graph = Graph()
    log = logging.getLogger("rdflib")
    level = log.level
    log.setLevel(logging.CRITICAL)   # of addresses and dates that are not valid; the import says it of those that matter
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")   # rdflib's own parsers use what it calls deprecated
            return graph.parse(data=source.text, format=source.syntax, publicID=base)
    finally:
        log.setLevel(level)


def _text(node: Node) -> str:
    """The words of a node; what was relative to an unknown place is so again."""
    return carried(str(node)).removeprefix(NOWHERE)


def _place(node: Node, number: int) -> str:
    return _text(node) if isinstance(node, URIRef) else f"dataset[{number}]"


def _said(graph: Graph, node: Node | None, predicate: URIRef) -> str:
    if node is None:
        return ""
    values = [each for each in graph.objects(node, predicate) if isinstance(each, (Literal, URIRef))]
    return _text(_in_our_language(values)[0]) if values else ""


def _group(graph: Graph, node: Node, above: tuple[Node, ...], *, of_dataset: bool = False) -> dict[str, Given]:
    """Everything that is said of a node, under the keys that data.json has. A ring of nodes ends where it meets itself."""
    made: dict[str, Given] = {}
    for predicate in dict.fromkeys(graph.predicates(node)):
        if predicate == RDF.type:
            continue
        key = KEYS.get(str(predicate), _local(str(predicate)))
        first, others = _values(graph, list(graph.objects(node, predicate)), (*above, node))
        known = made.get(key)
        made[key] = first if known is None else [*(known if isinstance(known, list) else [known]),
                                                 *(first if isinstance(first, list) else [first])]
        for language, text in others:
            made[f"{key} ({language})"] = text
    if of_dataset and isinstance(node, URIRef):
        made["@id"] = _text(node)
    if of_dataset and "identifier" not in made and isinstance(node, URIRef):
        made["identifier"] = _text(node)
    elif isinstance(node, URIRef) and made and not of_dataset:
        made.setdefault("@id", _text(node))
    return made


def _local(address: str) -> str:
    return carried(address.rstrip("/#").replace("#", "/").rpartition("/")[2]) or "value"


def _values(graph: Graph, nodes: list[Node], above: tuple[Node, ...]) -> tuple[Given, list[tuple[str, str]]]:
    """The values of a property: those in our language, and the texts in others by language."""
    chosen = _in_our_language(nodes)
    others = [(str(each.language), _text(each)) for each in nodes if isinstance(each, Literal) and each not in chosen]
    made = [_value(graph, each, above) for each in chosen]
    return (made[0] if len(made) == 1 else made), others


def _in_our_language(nodes: Sequence[Node]) -> list[Node]:
    spoken = [each for each in nodes if isinstance(each, Literal) and each.language]
    if not spoken:
        return list(nodes)
    languages = list(dict.fromkeys(each.language.partition("-")[0] for each in spoken if each.language))
    plain = [each for each in nodes if each not in spoken]
    ours = next((language for language in LANGUAGES if language in languages), languages[0])
    return [*plain, *(each for each in spoken if each.language and each.language.partition("-")[0] == ours)]


def _value(graph: Graph, node: Node, above: tuple[Node, ...]) -> Given:
    if isinstance(node, Literal):
        return _text(node)
    if node in above or len(above) > MAX_DEPTH // 2:
        return _text(node) if isinstance(node, URIRef) else None
    if isinstance(node, URIRef) and any(kind in APART for kind in graph.objects(node, RDF.type)):
        return _text(node)
    told = _group(graph, node, above)
    if isinstance(node, URIRef) and not told:
        return _text(node)
    if isinstance(node, BNode) and set(told) <= {"label", "value", "prefLabel"} and told:
        return next(iter(told.values()))
    return told
