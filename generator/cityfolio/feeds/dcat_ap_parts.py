"""What a catalog and its datasets have in common in DCAT-AP: agents, contacts, licenses, places, languages, topics.

The shapes of DCAT-AP want every thing of a vocabulary to be typed in the very file, so each is a node with its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cityfolio.feeds import eu_vocabularies
from cityfolio.feeds.addresses import address, uri
from cityfolio.feeds.mapping import named
from cityfolio.feeds.rdf import Iri, Literal, Node, node
from cityfolio.model.catalog import Build, License, PublisherRef, TopicRef
from cityfolio.model.records import Contact, SiteRecord
from cityfolio.model.standards import MAILBOX
from cityfolio.pages.bounds import Bounds, well_known_text
from cityfolio.pages.routes import TOPICS, publisher_url, topic_url

DIALED = re.compile(r"\+?[\d ().-]+")


def text(words: str | None, language: str) -> Literal | None:
    """Words of a language; None for none."""
    return Literal(words, language=language) if words else None


def document(url: str) -> Node | None:
    """A page."""
    return node(url, "foaf:Document", {}) if url else None


def languages(tags: Iterable[str]) -> tuple[Node, ...]:
    """Languages by their tags."""
    return tuple(node(eu_vocabularies.language(each), "dct:LinguisticSystem", {}) for each in dict.fromkeys(tags))


def license_document(known: License | None) -> Node | None:
    """A license: by its address, else by its title alone."""
    if known is None:
        return None
    said = {"dct:title": Literal(known.title), "dct:identifier": Literal(known.spdx) if known.spdx else None,
            "dct:description": Literal(known.description) if known.description else None}
    return node(uri(known.url or ""), "dct:LicenseDocument", said)


def contact_card(contact: Contact | None) -> Node | None:
    """Whom to ask, as a vCard; None where nothing of it is known."""
    if contact is None:
        return None
    phone = contact.phone if contact.phone and DIALED.fullmatch(contact.phone) else ""
    email = contact.email if contact.email and MAILBOX.fullmatch(contact.email) else ""
    said = named("dcat_ap", "contact", {
        "name": Literal(contact.name) if contact.name else None, "email": Iri(f"mailto:{email}") if email else None,
        "phone": Iri("tel:" + re.sub(r"[^+\d]+", "-", phone).strip("-")) if phone else None,
        "url": Iri(uri(contact.url)) if contact.url else None,
    })
    return node("", "vcard:Kind", said) if said else None


def agent(publishers: Sequence[PublisherRef], build: Build, feed: str, language: str) -> Node | None:
    """A publisher, with whom it is part of. One without a name would break the shapes, and is left out."""
    made: Node | None = None
    for each in reversed([each for each in publishers if each.has_title]):
        made = node(address(feed, f"{publisher_url(each.id)}#publisher", build), "foaf:Agent", named("dcat_ap", "publisher", {
            "name": text(each.title, language), "url": document(uri(each.record.url or "")), "parent": made}))
    return made


def location(place: str, language: str, box: Bounds | None = None) -> Node | None:
    """A place by its name, with the box around what is there."""
    outline = Literal(well_known_text(box), datatype="geo:wktLiteral") if box else None
    said = {"skos:prefLabel": text(place, language), "dcat:bbox": outline}
    return node("", "dct:Location", said) if place or box else None


def topics_scheme(site: SiteRecord, build: Build, feed: str) -> Node:
    """The topics of this catalog, as a scheme of concepts."""
    title = text(site.name, site.languages[0])
    return node(address(feed, f"{TOPICS}#topics", build), "skos:ConceptScheme", {"dct:title": title})


def concept(topic: TopicRef, site: SiteRecord, build: Build, feed: str) -> Node:
    """A topic."""
    language = site.languages[0]
    return node(address(feed, f"{topic_url(topic.id)}#topic", build), "skos:Concept", {
        "skos:prefLabel": text(topic.title, language), "skos:definition": text(topic.description, language),
        "skos:inScheme": topics_scheme(site, build, feed)})
