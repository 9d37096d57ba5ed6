"""Import from DCAT and DCAT-AP in RDF: Turtle, RDF/XML, JSON-LD. Needs the optional package rdflib."""

from __future__ import annotations

import re

from cityfolio.migrate.data_json.dataset import dataset_of
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.rdf.text import RdfText, Refused, rdf_text
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.values.document import Document, document_of
from cityfolio.problems import Location, Problem

# As rdflib says of Turtle what is wrong; behind it stands a piece of the text as Python writes bytes.
AT_LINE = re.compile(r"at line (\d+) of <[^>]*>: Bad syntax \((.*?)\) at \^ in:")
ABSENT = "the catalog lists it, and the document does not describe it"
SYNTAXES = {"turtle": "Turtle", "xml": "RDF/XML", "json-ld": "JSON-LD"}
NAMES = ("catalog.ttl", "catalog.rdf", "catalog.xml", "catalog.jsonld")


def import_dcat_rdf(source: Source, wishes: Wishes) -> Imported:
    """Make a catalog from a DCAT document."""
    draft = Draft("dcat-rdf", name=wishes.name, today=wishes.today)
    document = document_of(source, NAMES)
    problem = document if isinstance(document, Problem) else _read(document, draft)
    if problem is not None:
        draft.problems.append(problem)
        return draft.refused()
    return draft.imported()


def _read(document: Document, draft: Draft) -> Problem | None:
    try:
        text = rdf_text(document.content, draft.ledger)
    except Refused as refused:
        return document.refused(str(refused))
    return _fill(document, text, draft)


def _fill(document: Document, text: RdfText, draft: Draft) -> Problem | None:
    try:
        from cityfolio.migrate.rdf.graph import dcat_graph
    except ModuleNotFoundError as error:
        return Problem(code="extra-missing", where=Location(path=document.path, in_catalog=False),
                       says=f"RDF is read by {error.name}, which is not installed",
                       fix="Install it: pip install 'cityfolio[rdf]'")
    try:
        found = dcat_graph(text, document.address)
    except RecursionError:
        return document.refused("its values are nested too deeply")
    except Exception as error:  # noqa: BLE001  each of rdflib's parsers raises what it likes for a text that is not valid
        return document.refused(f"it is not {SYNTAXES.get(text.syntax, text.syntax)}: {_why(error)}")
    if not found.datasets:
        return document.refused("it describes no dcat:Dataset")
    draft.site(title=found.title, description=found.description, homepage=found.homepage or document.address)
    for place, given in found.datasets:
        dataset_of(given, place, draft)
    for place in found.absent:
        draft.left_out(place, ABSENT, names=(place,))
    if (more := found.total - len(found.datasets) - len(found.absent)) > 0:
        draft.left_out("(list)", f"{more:,} counted by the catalog, and on other pages than this one")
        draft.gathered.count("datasets", found=more - 1)
        draft.is_whole = False
    return None


def _why(error: Exception) -> str:
    """What a parser says is wrong, on one line."""
    says = " ".join(str(error).split())
    found = AT_LINE.search(says)
    return f"{found[2]}, line {found[1]}" if found else says[:300]
