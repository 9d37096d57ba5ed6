"""The page for those who write programs: every address with an example, and what standards call the facts of a dataset."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.standards import MAPPING, Standard
from cityfolio.pages import routes
from cityfolio.pages.program_address import Part, ProgramAddress
from cityfolio.pages.program_addresses import program_addresses
from cityfolio.pages.program_examples import examples
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.snippets import Snippet
from cityfolio.pages.trees import placed
from cityfolio.pages.words import Words


class AddressView(Frozen, kw_only=True):
    """An address as shown."""

    title: Markup
    holds: Markup
    path: str
    href: str                     # of the example; "" where this catalog has none
    media_type: str
    follows: Markup
    examples: tuple[Snippet, ...]


class PartView(Frozen, kw_only=True):
    """Addresses that belong together."""

    id: str
    title: Markup
    addresses: tuple[AddressView, ...]


class NamesView(Frozen, kw_only=True):
    """A fact, by the key that a city writes, and its name in each standard; "" where a standard has none."""

    key: str
    names: tuple[str, ...]


class DevelopersView(Frozen, kw_only=True):
    """What `developers.html` shows."""

    parts: tuple[PartView, ...]
    standards: tuple[Markup, ...]
    names: tuple[NamesView, ...]
    address: str                  # of the site; "" where it is not known
    data: Link
    openapi: str


def developers_page(site: Site) -> Page:
    """The page for programs."""
    _, url, build = site.words.gettext, routes.DEVELOPERS, site.build
    found = program_addresses(site.catalog, build, site.words)
    titles = standard_titles(site.words)
    view = DevelopersView(
        parts=tuple(_parts(found, site)), standards=tuple(titles.values()), names=tuple(_names(tuple(titles))),
        address="" if build.for_folder else build.base_url, openapi=site.link(url, routes.OPENAPI),
        data=Link(href=site.link(url, routes.DATA), text=_("All data")),
    )
    return Page(url=url, kind="developers", template="developers.html", title=_("For programs"), view=view, source="site.yaml",
                description=_("Every address of %(site)s that programs can read, with an example of each.",
                              site=site.catalog.site.name),
                twins=(index_twin(url, site.words),))


def standard_titles(words: Words) -> dict[Standard, Markup]:
    """The standards that facts are named for."""
    _ = words.gettext
    return {"dcat_us": _("DCAT-US 1.1"), "dcat_us_3": _("DCAT-US 3.0"), "dcat_ap": _("DCAT-AP 3.0.1"),
            "schema_org": _("schema.org"), "ckan": _("CKAN"), "data_package": _("Data Package 2")}


def _parts(found: tuple[ProgramAddress, ...], site: Site) -> Iterator[PartView]:
    for part, title in _part_titles(site.words).items():
        addresses = tuple(_address(each, site) for each in found if each.part == part)
        if addresses:
            yield PartView(id=part, title=title, addresses=addresses)


def _part_titles(words: Words) -> dict[Part, Markup]:
    _ = words.gettext
    return {"catalog": _("The whole catalog"), "tables": _("The catalog as tables"), "dataset": _("A dataset"),
            "rows": _("Files and tables"), "pages": _("What pages say"), "goals": _("Goals and measures"),
            "news": _("What is new"), "site": _("The site itself")}


def _address(address: ProgramAddress, site: Site) -> AddressView:
    base, tree = "" if site.build.for_folder else site.build.base_url, site.build.tree
    asked = replace(address, path=placed(address.path, tree), example=placed(address.example, tree) if address.example else "")
    return AddressView(
        title=address.title, holds=address.holds, path=asked.path, media_type=address.media_type, follows=address.follows,
        href=site.link(routes.DEVELOPERS, address.example) if address.example else "",
        examples=examples(asked, base, site.words),
    )


def _names(standards: tuple[Standard, ...]) -> Iterator[NamesView]:
    for row in MAPPING["dataset"]:
        if not row.ours.startswith("("):
            yield NamesView(key=row.ours, names=tuple(row.name(each) for each in standards))
