"""`/dcat-ap.ttl` and `/dcat-ap.jsonld`: the catalog after DCAT-AP 3.0.1 (SEMIC), in pages of 1,000 datasets.

https://semiceu.github.io/DCAT-AP/releases/3.0.1/. Both are written from the same statements. Pages are linked as Hydra
links them (https://www.hydra-cg.com/spec/latest/core/), in its words of today and in those that older harvesters know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from cityfolio.feeds.addresses import address
from cityfolio.feeds.dcat_ap_dataset import ap_dataset
from cityfolio.feeds.dcat_ap_parts import contact_card, document, languages, license_document, location, text, topics_scheme
from cityfolio.feeds.facts import facts
from cityfolio.feeds.mapping import named
from cityfolio.feeds.measure_facts import is_listed, measure_facts
from cityfolio.feeds.rdf import Iri, Literal, Node, first_of, json_ld, node, packed, subject, subjects, turtle, unpacked
from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Build, Catalog, Dataset, License
from cityfolio.model.site import Output
from cityfolio.pages.described import LINKED_DATA_PAGE, linked_data_pages
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import DCAT_AP, DCAT_AP_JSON, HOME, numbered

WRITERS = ((DCAT_AP, "text/turtle", turtle), (DCAT_AP_JSON, "application/ld+json", json_ld))


def dcat_ap(catalog: Catalog, build: Build, known: KnownParts | None = None,
            a_page: int = LINKED_DATA_PAGE) -> Iterator[Output]:
    """Every page of the catalog, datasets in the order of titles, then the values of each measure."""
    known = known or KnownParts(catalog, build)
    pages = linked_data_pages(catalog, a_page) or ((),)
    count = sum(map(len, pages)) + sum(map(is_listed, catalog.measures))
    for number, page in enumerate(pages, start=1):
        place = _Place(number, len(pages), count)
        # The values of measures follow the datasets, however many they are. Of these no more is known than they themselves.
        beside = None if catalog.measures and number == len(pages) else (number, len(pages), count, _license(catalog))
        yield from known.together("dcat-ap", page, partial(_page, page, place, catalog, build, known), beside)


class _Place(Frozen):
    """Which page it is, of how many, and how many things they tell of."""

    number: int
    pages: int
    count: int


def _page(page: Sequence[Dataset], place: _Place, catalog: Catalog, build: Build, known: KnownParts) -> Iterator[Output]:
    """Both forms of a page. They lie in one folder, so what is relative to the one holds for the other."""
    feed = numbered(DCAT_AP, place.number)
    packs = list(known.made(f"dcat-ap {feed}", page, partial(_pack, feed)))
    measures = measure_facts(catalog, build, feed) if place.number == place.pages else ()
    packs += [packed(subjects([ap_dataset(each, catalog, build, feed)])) for each in measures]
    whole, *things = subjects([_catalog(catalog, build, feed, [first_of(each) for each in packs])])
    told = [*map(subject, things), *unpacked(packs, [whole, *things])]
    for first, media_type, write in WRITERS:
        heads: tuple[Node, ...] = (whole,)
        if place.pages > 1:
            links = [address(feed, numbered(first, each), build) for each in range(1, place.pages + 1)]
            heads = _paged(whole, links, place.number, place.count)
        yield Output(url=numbered(first, place.number), body=write([*map(subject, heads), *told]), media_type=media_type,
                     kind="feed", source="DCAT-AP")


def _pack(feed: str, dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
    return packed(subjects([ap_dataset(facts(dataset, catalog, build, feed), catalog, build, feed)]))


def _catalog(catalog: Catalog, build: Build, feed: str, datasets: Sequence[Iri]) -> Node:
    site = catalog.site
    language = site.languages[0]
    home = document(address(feed, HOME, build))
    publisher = node(address(feed, f"{HOME}#publisher", build), "foaf:Agent",
                     named("dcat_ap", "publisher", {"name": text(site.name, language), "url": home}))
    return node(address(feed, f"{HOME}#catalog", build), "dcat:Catalog", named("dcat_ap", "catalog", {
        "title": text(site.name, language), "description": text(site.description or site.tagline or site.name, language),
        "homepage": home, "language": languages(site.languages), "contact": contact_card(site.contact), "publisher": publisher,
        "license": license_document(_license(catalog)), "spatial": location(site.spatial or "", language),
    }) | {"dcat:themeTaxonomy": topics_scheme(site, build, feed)} | named("dcat_ap", "catalog", {"datasets": datasets}))


def _license(catalog: Catalog) -> License | None:
    """The license that datasets have where they name none of their own, as far as one has it."""
    return next((each.license for each in catalog.datasets if each.license and each.license.id == catalog.site.license), None)


def _paged(catalog: Node, pages: Sequence[str], number: int, items: int) -> tuple[Node, ...]:
    """The catalog and a view of it: which page this is, and where the others are."""
    first, last = Iri(pages[0]), Iri(pages[-1])
    total = Literal(str(items), datatype="xsd:integer")
    before = Iri(pages[number - 2]) if number > 1 else None
    after = Iri(pages[number]) if number < len(pages) else None
    view = node(pages[number - 1], "hydra:PartialCollectionView hydra:PagedCollection", {
        "hydra:totalItems": total,
        "hydra:first": first, "hydra:previous": before, "hydra:next": after, "hydra:last": last,
        "hydra:firstPage": first, "hydra:previousPage": before, "hydra:nextPage": after, "hydra:lastPage": last,
    })
    said = {**catalog.said, "hydra:totalItems": (total,), "hydra:view": (view,)}
    return replace(catalog, types=(*catalog.types, "hydra:Collection"), said=said), view
