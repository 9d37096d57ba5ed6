"""What every page shares: the frame around its content, and how one is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol

from markupsafe import Markup, escape

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Build, Catalog, Dataset, Publisher
from cityfolio.model.digests import Digests
from cityfolio.model.looks import SiteLinkRecord
from cityfolio.model.site import Output
from cityfolio.pages import routes, trees
from cityfolio.pages.assets import Assets
from cityfolio.pages.direction import direction_of
from cityfolio.pages.edit_routes import EDIT, has_forms
from cityfolio.pages.languages import own_name, regional
from cityfolio.pages.listing import Listing
from cityfolio.pages.markdown import rendered, untold
from cityfolio.pages.templates import Theme
from cityfolio.pages.words import Words

POLICY = ("default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'")

LONGEST_TITLE = 70        # characters; search engines cut what is longer


class Link(Frozen, kw_only=True):
    """A link as shown. `note` is what stands beside its text, such as a size; `current` marks the page one is on."""

    href: str
    text: str
    note: str = ""
    current: bool = False


class Twin(Frozen, kw_only=True):
    """The same facts for programs, named in the head and at the foot of a page."""

    url: str
    media_type: str
    title: str


class Tongue(Frozen, kw_only=True):
    """A page in one of the site's languages."""

    language: str    # as BCP 47 writes it
    name: str        # as those who speak it call it
    href: str
    address: str     # in full, where the site's own is known
    current: bool    # the page one is on


class View(Protocol):
    """What a page type shows: each template is given one, as `view`."""


class Page(Frozen, kw_only=True):
    """A page to be drawn."""

    url: str
    kind: str                     # its type, for budgets and tests
    template: str
    title: str                    # its h1
    view: View
    source: str                   # the catalog file it is made from
    description: str = ""
    section: str = ""             # the entry of the main navigation it belongs to
    twins: tuple[Twin, ...] = ()
    sheets: tuple[str, ...] = ()  # the further style sheets that it needs
    script: bool = False          # whether the list's script is needed
    listed: bool = True           # False: search engines are asked to leave it out
    canonical: str = ""           # site path, when it is not the page's own
    updated: date | None = None
    policy: str = POLICY
    listing: Listing | None = None    # of a page whose view lacks its lists

    @property
    def shown(self) -> View:
        """The view, with its lists."""
        return self.listing.view() if self.listing else self.view


class LogoView(Frozen, kw_only=True):
    """A picture with the room that it takes, so that nothing moves when it comes."""

    href: str
    alt: str                      # "" where the name beside it says the same
    width: int
    height: int


class SearchBox(Frozen, kw_only=True):
    """The search box: where its form leads, and what its script fetches once somebody means to search.

    All but `action` is "" where nothing can be fetched: in a folder, or with scripts that are not bundled.
    """

    action: str     # the list of all data, which can be read without a script
    page: str       # the page of results, which takes the place of the list where there is a script
    root: str       # leads to the top of the site, from where the index is fetched
    script: str
    engine: str
    inflate: str    # for browsers that cannot unpack the index by themselves


class Frame(Frozen, kw_only=True):
    """The values that `base.html` draws around a page."""

    language: str
    direction: str                # "rtl" where the language is written from right to left, else ""
    site_name: str
    title: str
    heading: str
    description: str
    policy: str
    notice: str
    canonical: str
    tongues: tuple[Tongue, ...]   # the page in every language of the site; none where there is one
    listed: bool
    style: str
    sheets: tuple[str, ...]       # further styles of this page
    icon: str
    icon_type: str                # its media type
    font: str                     # to be fetched ahead; "" when there is none
    scripts: tuple[str, ...]
    home: str
    search: SearchBox
    navigation: tuple[Link, ...]
    logo: LogoView | None         # the city's picture beside the site's name
    header_links: tuple[Link, ...]    # to other sites of the city
    footer_links: tuple[Link, ...]
    footer_text: Markup
    keeping: tuple[Link, ...]     # how the city keeps its data: inventory, health, rules, ...
    help: tuple[Link, ...]
    twins: tuple[Link, ...]
    twin_types: tuple[tuple[str, str, str], ...]   # address, media type, title: for the head
    data_block: Markup            # the same facts as JSON-LD; "" for none
    built: Markup
    revision: str


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Everything that drawing needs, beside the page itself."""

    catalog: Catalog
    build: Build
    theme: Theme
    assets: Assets
    datasets: Mapping[str, Dataset]
    titles: Mapping[str, str]                                      # of datasets, by id
    publishers: Mapping[str, Publisher]
    sections: tuple[str, ...]     # the pages that the main navigation leads to
    keeping: tuple[str, ...]      # the pages about how the city keeps its data
    # What was made for one page of this build and serves another, such as a dataset's row. Lives as long as the build.
    kept: dict[tuple[str, ...], str] = field(default_factory=dict)
    data_block: Callable[[str], str] = lambda url: ""   # the JSON-LD that stands in the page at a site path; "" for none
    linked_data: Mapping[str, str] = field(default_factory=dict)   # the page of DCAT-AP that tells of a dataset, by its id
    users: Mapping[str, frozenset[str]] = field(default_factory=dict)   # ids of the measures that use a dataset, by its id
    taken: Mapping[str, int] = field(default_factory=dict)    # how often files of datasets were taken in a year, where counted
    has_feed: bool = True         # of what is new; there is none where no day is known
    further: Callable[[Site], Iterable[Page]] = lambda site: ()    # pages that come from elsewhere than the catalog
    kinds: Mapping[str, str] = field(default_factory=dict)   # of things from there that the search finds, with their headings
    digests: Digests = field(default_factory=Digests)    # of datasets, each worked out once for all that asks for it
    others: tuple[Words, ...] = ()    # of the languages that the site speaks too, for the page that is there once for all

    @property
    def words(self) -> Words:
        """The words of the interface."""
        return self.theme.words

    def link(self, from_url: str, to_url: str) -> str:
        """A link between two pages of this site."""
        if from_url == routes.NOT_FOUND:
            root = self.shared_root(from_url) if trees.is_shared(to_url) else self.root(from_url)
            return routes.href(root, to_url, for_folder=self.build.for_folder)
        return trees.relative(from_url, to_url, self.build)

    def root(self, from_url: str) -> str:
        """What leads from a page to the top of its language. That of the page for missing addresses is whole."""
        if from_url == routes.NOT_FOUND and not self.build.for_folder:
            return routes.base_path(self.build.base_url) + f"{self.build.tree}/".removeprefix("/")
        return routes.root_from(from_url)

    def shared_root(self, from_url: str) -> str:
        """What leads from a page to the top of the whole site, where styles, scripts and data files are."""
        if from_url == routes.NOT_FOUND and not self.build.for_folder:
            return routes.base_path(self.build.base_url)
        return "../" * self.build.tree.count("/") + routes.root_from(from_url)

    def address(self, url: str) -> str:
        """The full address of a site path, on a site whose own is known."""
        return trees.absolute(url, self.build)


def drawn(page: Page, site: Site) -> Output:
    """One page as bytes."""
    template = site.theme.environment.get_template(page.template)
    text = template.render(frame=frame(page, site), view=page.shown)
    return Output(url=page.url, body=text.encode(), media_type="text/html", kind=page.kind, source=page.source,
                  updated=page.updated)


def frame(page: Page, site: Site) -> Frame:
    """What stands around a page's content."""
    record, build = site.catalog.site, site.build
    twins = (*page.twins, *_site_twins(site.words, site.has_feed))
    root, shared, in_folder = site.root(page.url), site.shared_root(page.url), build.for_folder
    return Frame(
        language=regional(site.words.language), direction=direction_of(site.words.language), site_name=record.name,
        heading=page.title,
        title=_title(page, record.name), description=page.description,
        policy=page.policy, notice=record.notice or "", listed=page.listed,
        canonical=site.address(page.canonical or page.url) if build.base_url else "", tongues=_tongues(page, site),
        style=routes.href(shared, site.assets.style),
        sheets=tuple(routes.href(shared, site.assets.sheets[name]) for name in page.sheets if name in site.assets.sheets),
        icon=routes.href(shared, site.assets.icon), icon_type=site.assets.icon_type,
        font=_preloaded_font(shared, site),
        scripts=tuple(_scripts(page, site)), home=routes.href(root, routes.HOME, for_folder=in_folder),
        search=_search_box(page.url, site),
        navigation=_navigation(site.words, root, page.section, site.sections, in_folder),
        logo=_logo(shared, site), header_links=_elsewhere(record.header_links), footer_links=_elsewhere(record.footer_links),
        footer_text=_footer_text(record.footer_text or ""),
        keeping=_keeping(site.words, root, site.keeping, in_folder), help=_help(site.words, root, in_folder),
        twins=(*(Link(href=site.link(page.url, twin.url), text=twin.title) for twin in twins), _for_programs(page.url, site)),
        twin_types=tuple((_full(site, page.url, twin.url), twin.media_type, untold(twin.title)) for twin in twins),
        data_block=_inert(site.data_block(page.url)), built=site.words.time(build.today), revision=build.revision[:12],
    )


def _logo(root: str, site: Site) -> LogoView | None:
    logo, (width, height) = site.catalog.site.logo, site.assets.logo_size
    if logo is None or not site.assets.logo:
        return None
    return LogoView(href=routes.href(root, site.assets.logo), alt=logo.alt or "", width=width, height=height)


@lru_cache(maxsize=16)
def _footer_text(text: str) -> Markup:
    return rendered(text, 3) if text else Markup("")


def _elsewhere(links: tuple[SiteLinkRecord, ...]) -> tuple[Link, ...]:
    return tuple(Link(href=each.url or "", text=each.text or "") for each in links)


def _title(page: Page, site_name: str) -> str:
    """What a tab and a search result show: with the site's name where there is room, cut where even the page's is too long."""
    # Words that were put together with a name are markup already; a title is written as text.
    own = Markup(untold(page.title)).unescape() if isinstance(page.title, Markup) else page.title
    whole = site_name if page.url == routes.HOME else f"{own} - {site_name}"
    if _written_length(whole) <= LONGEST_TITLE:
        return whole
    title = site_name if page.url == routes.HOME else own
    if _written_length(title) <= LONGEST_TITLE:
        return title
    while _written_length(title) >= LONGEST_TITLE:
        title = title[:-1]
    return f"{title.rstrip()}…"


def _written_length(text: str) -> int:
    # As it stands in the page, where an apostrophe takes five characters: that is what checkers of markup count.
    return len(escape(text))


def _inert(json: str) -> Markup:
    """JSON that cannot end the block it stands in, whatever a city wrote: within its texts "<" is the same as \\u003c."""
    return Markup(json.replace("<", "\\u003c"))   # a script's content knows no other escapes (HTML, 13.1.2)


def _preloaded_font(root: str, site: Site) -> str:
    """The face to fetch ahead. From a folder browsers refuse to, though they use it once the style sheet asks."""
    return routes.href(root, site.assets.font) if site.assets.font and not site.build.for_folder else ""


def feed_twin(url: str, title: str) -> Twin:
    """A feed as a page names it."""
    return Twin(url=url, media_type="application/atom+xml", title=title)


def index_twin(url: str, words: Words) -> Twin:
    """What a page says, for programs, beside it."""
    return Twin(url=routes.index_url(url), media_type="application/json", title=words.gettext("This page (JSON)"))


def _for_programs(url: str, site: Site) -> Link:
    """Where everything is told that programs can read."""
    return Link(href=site.link(url, routes.DEVELOPERS), text=site.words.gettext("All that programs can read"),
                current=url == routes.DEVELOPERS)


def _full(site: Site, from_url: str, to_url: str) -> str:
    """A full address when the site's own is known: readers of feeds do not all understand relative ones."""
    if site.build.base_url and not site.build.for_folder:
        return site.address(to_url)
    return site.link(from_url, to_url)


def _tongues(page: Page, site: Site) -> tuple[Tongue, ...]:
    """A page in each language of the site. What only leads on, or is met anywhere, is no page of its own."""
    build, languages = site.build, site.catalog.site.languages
    if len(languages) == 1 or page.url == routes.NOT_FOUND or page.kind == "forward":
        return ()
    up, made = site.shared_root(page.url), []
    for language in languages:
        url = trees.placed(page.url, trees.tree_of(language, languages))
        href = routes.href(up, url, for_folder=build.for_folder)
        full = routes.absolute(build.base_url, url) if build.base_url and not build.for_folder else href
        made.append(Tongue(language=language, name=own_name(language), href=href, address=full,
                           current=language == site.words.language))
    return tuple(made)


def _scripts(page: Page, site: Site) -> list[str]:
    names = ["site.js", "list.js"] if page.script else ["site.js"]
    return [site.link(page.url, site.assets.scripts[name]) for name in names if name in site.assets.scripts]


def _search_box(url: str, site: Site) -> SearchBox:
    scripts = site.assets.scripts
    action = site.link(url, routes.DATA)
    if site.build.for_folder or not {"search.js", "search-page.js"} <= scripts.keys():
        return SearchBox(action=action, page="", root="", script="", engine="", inflate="")
    return SearchBox(
        action=action, page=site.link(url, routes.SEARCH), root=site.root(url) or "./",
        script=site.link(url, scripts["search-page.js"]), engine=site.link(url, scripts["search.js"]),
        inflate=site.link(url, scripts["inflate.js"]) if "inflate.js" in scripts else "",
    )


def sections_of(catalog: Catalog) -> tuple[str, ...]:
    """The parts of the site that the main navigation leads to. Without goals and measures there is no page of them."""
    goals = (routes.GOALS,) if catalog.goals or catalog.measures else ()
    return (routes.DATA, routes.TOPICS, *goals, routes.PUBLISHERS, routes.NEW, routes.ABOUT)


@lru_cache(maxsize=256)
def _navigation(words: Words, root: str, section: str, sections: tuple[str, ...], for_folder: bool) -> tuple[Link, ...]:
    _ = words.gettext
    named = {routes.DATA: _("Data"), routes.TOPICS: _("Topics"), routes.GOALS: _("Goals"), routes.PUBLISHERS: _("Publishers"),
             routes.NEW: _("New"), routes.ABOUT: _("About")}
    return tuple(Link(href=routes.href(root, url, for_folder=for_folder), text=named[url], current=url == section)
                 for url in sections)


def keeping_of(catalog: Catalog, *, has_calendar: bool, has_equity: bool) -> tuple[str, ...]:
    """The pages about how the city keeps its data. Each but three is there only where there is something to tell."""
    practice = catalog.practice
    there = {routes.INVENTORY: True, routes.CALENDAR: has_calendar, routes.HEALTH: True,
             routes.PRACTICE: bool(practice.assessments), routes.EQUITY: has_equity, routes.RULES: bool(practice.rules),
             routes.COMMITMENTS: bool(practice.commitments), routes.REQUEST: True, routes.GUIDES: bool(practice.guides),
             routes.USES: bool(practice.uses), EDIT: has_forms(catalog.site)}
    return tuple(url for url, is_there in there.items() if is_there)


@lru_cache(maxsize=64)
def _keeping(words: Words, root: str, urls: tuple[str, ...], for_folder: bool) -> tuple[Link, ...]:
    _ = words.gettext
    named = {routes.INVENTORY: _("What the city holds"), routes.CALENDAR: _("Calendar"),
             routes.HEALTH: _("How well it is kept"), routes.PRACTICE: _("How well the city uses it"),
             routes.EQUITY: _("By district and group"), routes.RULES: _("Rules and meetings"),
             routes.COMMITMENTS: _("What was promised"), routes.REQUEST: _("Ask for data"), routes.GUIDES: _("Guides"),
             routes.USES: _("What others made of it"), EDIT: _("Add or mend")}
    return tuple(Link(href=routes.href(root, url, for_folder=for_folder), text=named[url]) for url in urls)


@lru_cache(maxsize=64)
def _help(words: Words, root: str, for_folder: bool) -> tuple[Link, ...]:
    _ = words.gettext
    entries = ((routes.ABOUT, _("About this site")), (routes.ACCESSIBILITY, _("Accessibility")), (routes.PRIVACY, _("Privacy")))
    return tuple(Link(href=routes.href(root, url, for_folder=for_folder), text=text) for url, text in entries)


@lru_cache(maxsize=8)
def _site_twins(words: Words, has_feed: bool) -> tuple[Twin, ...]:
    _ = words.gettext
    whole = Twin(url=routes.CATALOG_JSON, media_type="application/json", title=_("The whole catalog (JSON)"))
    return (whole, *((feed_twin(routes.NEW_FEED, _("What is new (Atom feed)")),) if has_feed else ()))
