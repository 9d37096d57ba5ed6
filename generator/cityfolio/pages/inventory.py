"""The inventory: every dataset the city holds, published or not, by publisher, with what is planned and what is missing.

Up to `inventory_parts.MOST_WHOLE` datasets stand on one page. More are divided by publisher, and the list of one into
numbered pages, so that no page outgrows what a phone can load; what is counted on top leads to lists that are divided alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Dataset, Publisher
from cityfolio.pages import routes
from cityfolio.pages.freshness import status_word
from cityfolio.pages.inventory_parts import STATUSES, InventoryPart, inventory_parts, is_divided
from cityfolio.pages.inventory_rows import InventoryTable, beside, inventory_table, needed_words
from cityfolio.pages.listing import Listing
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin
from cityfolio.practice.inventory import NEEDED, listing, missing

SHEETS = ("inventory",)
NOBODY = "publisher-none"     # the anchor of datasets without a publisher


class PublisherRow(Frozen, kw_only=True):
    """A publisher in the table of publishers."""

    link: Link
    counts: tuple[str, ...]       # published, planned, restricted, retired
    complete: Markup


class InventoryGroup(Frozen, kw_only=True):
    """What one publisher holds."""

    anchor: str
    link: Link                    # to the publisher; without an address where there is none
    table: InventoryTable


class InventoryView(Frozen, kw_only=True):
    """What `inventory.html` shows."""

    counts: tuple[Link, ...]      # how many have each status
    coverage: Markup
    complete: Markup
    gaps: tuple[Link, ...]        # how many rows lack what
    publishers: tuple[PublisherRow, ...]
    silent: tuple[Link, ...]      # publishers that list nothing
    groups: tuple[InventoryGroup, ...]   # nothing where the inventory is divided
    csv: str
    ask: Link


class InventoryPartView(Frozen, kw_only=True):
    """What `inventory-part.html` shows: one page of a part of the inventory."""

    crumbs: tuple[Link, ...]
    count: Markup
    table: InventoryTable
    pages: tuple[Link, ...]       # all pages of the part where there are several


def inventory_pages(site: Site) -> Iterator[Page]:
    """The inventory, and the parts of it that its figures lead to."""
    words = site.words
    table = Twin(url=routes.INVENTORY_CSV, media_type="text/csv", title=words.gettext("The inventory (CSV)"))
    yield Page(url=routes.INVENTORY, kind="inventory", template="inventory.html", title=words.gettext("Data inventory"),
               view=_view(site), source="datasets/", section=routes.DATA, sheets=SHEETS,
               description=words.gettext("Every dataset that the city holds, published or not."),
               twins=(index_twin(routes.INVENTORY, words), table))
    for part in inventory_parts(site.catalog, site.words):
        for url, datasets in part.pages:
            yield _part_page(part, url, datasets, site)


def _part_page(part: InventoryPart, url: str, datasets: tuple[Dataset, ...], site: Site) -> Page:
    words, pages = site.words, part.pages
    number = [each for each, _ in pages].index(url) + 1
    title = part.title if number == 1 else words.gettext("%(title)s, page %(number)s", title=part.title, number=number)
    view = InventoryPartView(
        crumbs=(Link(href=site.link(url, routes.INVENTORY), text=words.gettext("Data inventory")),),
        count=words.ngettext("%(count)s dataset", "%(count)s datasets", len(part.datasets)),
        table=inventory_table((), title, url, site, has_publisher=part.dimension != "publisher"),
        pages=tuple(Link(href=site.link(url, each), text=words.number(at), current=each == url)
                    for at, (each, _) in enumerate(pages, start=1)) if len(pages) > 1 else ())
    return Page(url=url, kind="inventory-part", template="inventory-part.html", title=title, view=view, source="datasets/",
                section=routes.DATA, sheets=SHEETS, twins=(index_twin(url, words),),
                description=words.gettext("%(count)s: %(title)s", count=view.count, title=title),
                listing=Listing(datasets, beside(datasets, site), partial(_with_rows, view, datasets, url, site)))


def _with_rows(view: InventoryPartView, datasets: Sequence[Dataset], url: str, site: Site) -> InventoryPartView:
    table = view.table
    return replace(view, table=inventory_table(datasets, table.label, url, site, has_publisher=table.has_publisher))


def _view(site: Site) -> InventoryView:
    words, catalog = site.words, site.catalog
    return InventoryView(
        counts=tuple(_counts(site)), coverage=_coverage(site),
        complete=_complete(site),
        gaps=tuple(_gaps(site)), publishers=tuple(_publishers(site)),
        silent=tuple(Link(href=site.link(routes.INVENTORY, routes.publisher_url(each.id)), text=each.title)
                     for each in listing(catalog)[1]),
        groups=tuple(_groups(site)) if not is_divided(site.catalog) else (),
        csv=site.link(routes.INVENTORY, routes.INVENTORY_CSV),
        ask=Link(href=site.link(routes.INVENTORY, routes.REQUEST), text=words.gettext("Ask for data")))


def _counts(site: Site) -> Iterator[Link]:
    found = Counter(each.status for each in site.catalog.datasets)
    for status in STATUSES:
        if found[status]:
            text = site.words.gettext("%(status)s: %(count)s", status=status_word(status, site.words),
                                      count=site.words.number(found[status]))
            yield Link(href=site.link(routes.INVENTORY, routes.inventory_url("status", status)), text=text)


def _gaps(site: Site) -> Iterator[Link]:
    found, named = Counter(gap for each in site.catalog.datasets for gap in missing(each)), needed_words(site.words)
    for gap in sorted((each for each in NEEDED if found[each]), key=lambda each: -found[each]):
        text = site.words.gettext("%(name)s missing: %(count)s", name=named[gap], count=site.words.number(found[gap]))
        url = routes.inventory_url("missing", gap.replace("_", "-"))
        yield Link(href=site.link(routes.INVENTORY, url), text=text)


def _complete(site: Site) -> Markup:
    """How many rows lack nothing, with a link to these."""
    words, count = site.words, sum(not missing(each) for each in site.catalog.datasets)
    said = words.gettext("%(part)s of %(whole)s", part=words.number(count), whole=words.number(len(site.catalog.datasets)))
    url = site.link(routes.INVENTORY, routes.inventory_url("missing", "nothing"))
    part = Markup('<a href="{}">{}</a>').format(url, said) if count else said
    return words.gettext("%(part)s rows are complete: with title, publisher, description, sensitivity and system of record.",
                         part=part)


def _coverage(site: Site) -> Markup:
    """How many publishers list anything at all."""
    words, (listed, silent) = site.words, listing(site.catalog)
    if not listed and not silent:
        return words.gettext("No publisher is named in this catalog.")
    said = words.gettext("%(part)s of %(whole)s publishers", part=words.number(len(listed)),
                         whole=words.number(len(listed) + len(silent)))
    first = words.gettext("%(publishers)s list at least one dataset.",
                          publishers=Markup('<a href="#publishers">{}</a>').format(said) if listed else said)
    if not silent:
        return first
    rest = words.ngettext("%(count)s lists none yet", "%(count)s list none yet", len(silent))
    return words.gettext("%(first)s %(rest)s.", first=first, rest=Markup('<a href="#silent">{}</a>').format(rest))


def _publishers(site: Site) -> Iterator[PublisherRow]:
    for each in listing(site.catalog)[0]:
        yield _publisher(Link(href=_place_of(each, site), text=each.title), each.datasets, site)
    nobodys = _nobodys(site)
    if nobodys:
        apart = site.link(routes.INVENTORY, routes.inventory_url("missing", "publisher"))
        nobody = Link(href=apart if is_divided(site.catalog) else f"#{NOBODY}", text=site.words.gettext("No publisher"))
        yield _publisher(nobody, nobodys, site)


def _publisher(link: Link, datasets: Sequence[Dataset], site: Site) -> PublisherRow:
    found, words = Counter(each.status for each in datasets), site.words
    complete = words.gettext("%(part)s of %(whole)s", part=words.number(sum(not missing(each) for each in datasets)),
                             whole=words.number(len(datasets)))
    return PublisherRow(link=link, counts=tuple(words.number(found[status]) for status in STATUSES), complete=complete)


def _place_of(publisher: Publisher, site: Site) -> str:
    """Where the rows of a publisher are: on the page, or on one of their own."""
    if is_divided(site.catalog):
        return site.link(routes.INVENTORY, routes.inventory_url("publisher", publisher.id))
    return f"#{_anchor(publisher.id)}"


def _anchor(publisher: str) -> str:
    return f"publisher-of-{publisher}"


def _groups(site: Site) -> Iterator[InventoryGroup]:
    by_publisher = defaultdict[str, list[Dataset]](list)
    for dataset in site.catalog.datasets:
        by_publisher[dataset.publisher.id if dataset.publisher else ""].append(dataset)
    for each in site.catalog.publishers:
        if each.id in by_publisher:
            link = Link(href=site.link(routes.INVENTORY, routes.publisher_url(each.id)), text=each.title)
            yield _group(_anchor(each.id), link, by_publisher[each.id], site)
    if "" in by_publisher:
        yield _group(NOBODY, Link(href="", text=site.words.gettext("No publisher")), by_publisher[""], site)


def _group(anchor: str, link: Link, datasets: Sequence[Dataset], site: Site) -> InventoryGroup:
    label = site.words.gettext("Inventory: %(part)s", part=link.text)
    return InventoryGroup(anchor=anchor, link=link, table=inventory_table(datasets, label, routes.INVENTORY, site,
                                                                          has_publisher=False))


def _nobodys(site: Site) -> tuple[Dataset, ...]:
    return tuple(each for each in site.catalog.datasets if each.publisher is None)
