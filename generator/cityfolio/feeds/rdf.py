"""Statements of RDF, written as Turtle (RDF 1.1 Turtle, W3C) and as JSON-LD (JSON-LD 1.1, W3C) from one tree of nodes.

A node is what is said of one thing. Nodes may lie within what is said of others; `subjects` finds each thing with an address
once, and a writer lists these, each under its own address, and leaves those without one where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from cityfolio.frozen import Frozen

PREFIXES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "org": "http://www.w3.org/ns/org#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MOST_KNOWN = 1_024


class Iri(NamedTuple):
    """A thing by its address: full, or relative to the document."""

    value: str


class Literal(NamedTuple):
    """A text, in a language or of a type (by its short name, "xsd:date")."""

    text: str
    language: str = ""
    datatype: str = ""


class Node(Frozen):
    """What is said of one thing: its address ("" for none), its types, and its properties by their short names."""

    iri: str
    types: tuple[str, ...]
    said: Mapping[str, tuple[Term, ...]]


Term = Iri | Literal | Node
_TERMS = (Iri, Literal, Node)


def node(iri: str, types: str, said: Mapping[str, Any]) -> Node:  # Any: a term, several, or what stands for none
    """A node of some types, parted by spaces, with what is known of it: properties without a value are left out."""
    kept = {name: _several(value) for name, value in said.items()}
    return Node(iri, tuple(types.split()), {name: terms for name, terms in kept.items() if terms})


def _several(value: Any) -> tuple[Term, ...]:  # Any: as above
    if isinstance(value, _TERMS):
        return (value,)
    return tuple(value) if value else ()


def subjects(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Every node with an address, in the order met. What is said again of one thing as the same type is left out."""
    met: dict[tuple[str, tuple[str, ...]], Node] = {}
    for each in nodes:
        _gather(each, met)
    return tuple(met.values())


def _gather(given: Node, met: dict[tuple[str, tuple[str, ...]], Node]) -> None:
    if given.iri:
        if (given.iri, given.types) in met:
            return
        met[given.iri, given.types] = given
    for terms in given.said.values():
        for term in terms:
            if isinstance(term, Node):
                _gather(term, met)


class Subject(Frozen):
    """What is said of one thing as it stands in documents of either form."""

    iri: str
    types: tuple[str, ...]
    turtle: bytes
    json_ld: bytes


def subject(of: Node) -> Subject:
    """A node with an address, written in both forms."""
    said = f"{_reference(of.iri)} {_statements(of)} .\n".encode()
    return Subject(of.iri, of.types, said, orjson.dumps(_object_of(of)))


class _Known(dict[tuple[str, tuple[str, ...]], tuple[Node, Subject]]):
    """Subjects that were written, with what they were written of: many datasets have the same publisher, topic or license."""

    def of(self, node: Node) -> Subject:
        """A node as it is written."""
        key = node.iri, node.types
        known = self.get(key)
        if known is None or known[0] != node:
            if len(self) >= MOST_KNOWN:
                self.clear()
            known = self[key] = node, subject(node)
        return known[1]


_KNOWN = _Known()


def packed(things: Iterable[Node]) -> bytes:
    """Some subjects in one value. Of those of which nothing is said but their types, as of many, no more is kept than that."""
    told = [_KNOWN.of(each) if each.said else Subject(each.iri, each.types, b"", b"") for each in things]
    heads = [(each.iri, each.types, len(each.turtle), len(each.json_ld)) for each in told]
    return orjson.dumps(heads) + b"\n" + b"".join(each.turtle + each.json_ld for each in told)


def first_of(pack: bytes) -> Iri:
    """The address of the first subject of a pack."""
    return Iri(orjson.loads(pack.partition(b"\n")[0])[0][0])


def unpacked(packs: Iterable[bytes], met: Iterable[Node]) -> Iterator[Subject]:
    """The subjects of some packs, each once, without those met already."""
    known = {(each.iri, each.types) for each in met}
    for pack in packs:
        heads, _, bodies = pack.partition(b"\n")
        at = 0
        for iri, types, of_turtle, of_json in orjson.loads(heads):
            key, middle, end = (iri, tuple(types)), at + of_turtle, at + of_turtle + of_json
            if key not in known:
                known.add(key)
                yield Subject(*key, bodies[at:middle], bodies[middle:end]) if end > at else subject(Node(*key, {}))
            at = end


def turtle(things: Iterable[Subject]) -> bytes:
    """A document about some subjects in Turtle."""
    heads = "".join(f"@prefix {name}: <{start}> .\n" for name, start in PREFIXES.items())
    return b"\n".join([heads.encode(), *(each.turtle for each in things)])


def _statements(of: Node, deep: int = 1) -> str:
    lines = [f"a {', '.join(of.types)}"] if of.types else []
    lines += [f"{name} {', '.join(_object(term, deep + 1) for term in terms)}" for name, terms in of.said.items()]
    return f" ;\n{'    ' * deep}".join(lines)


def _object(term: Term, deep: int) -> str:
    if isinstance(term, Literal):
        mark = f"@{term.language}" if term.language else f"^^{term.datatype}" if term.datatype else ""
        return f'"{_ESCAPED.sub(_escape, term.text)}"{mark}'
    if isinstance(term, Node) and not term.iri:
        return f"[ {_statements(term, deep)} ]"
    return _reference(term.value if isinstance(term, Iri) else term.iri)


_ESCAPED = re.compile('["\\\\\\x00-\\x1f\\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Turtle, IRIREF: what may not stand between "<" and ">".
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _reference(iri: str) -> str:
    return f"<{_clean(iri)}>"


@lru_cache(maxsize=4_096)     # in both forms, and most again in the next dataset
def _clean(iri: str) -> str:
    return _NO_IRI.sub(lambda match: f"%{ord(match[0]):02X}", iri)


def json_ld(things: Iterable[Subject]) -> bytes:
    """A document about some subjects in JSON-LD. Its context is in it, so that nothing has to be fetched to read it."""
    return orjson.dumps({"@context": PREFIXES, "@graph": [orjson.Fragment(each.json_ld) for each in things]})


def _object_of(of: Node) -> dict[str, Any]:  # Any: JSON
    made: dict[str, Any] = {"@id": _clean(of.iri)} if of.iri else {}  # Any: JSON
    if of.types:
        made["@type"] = of.types[0] if len(of.types) == 1 else of.types
    return made | {name: _value(terms[0]) if len(terms) == 1 else list(_values(terms)) for name, terms in of.said.items()}


def _values(terms: Iterable[Term]) -> Iterator[dict[str, Any]]:  # Any: JSON
    return map(_value, terms)


def _value(term: Term) -> dict[str, Any]:  # Any: JSON
    if isinstance(term, Literal):
        kind = {"@language": term.language} if term.language else {"@type": term.datatype} if term.datatype else {}
        return {"@value": term.text} | kind
    if isinstance(term, Node) and not term.iri:
        return _object_of(term)
    return {"@id": _clean(term.value if isinstance(term, Iri) else term.iri)}
