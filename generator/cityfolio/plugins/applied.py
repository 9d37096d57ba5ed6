"""What the plugins of a build do in it: each hook called at its place, in the order of the plugins' names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

from markupsafe import Markup

from cityfolio.frozen import Frozen, field, replace
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.guides import GuideView
from cityfolio.pages.markdown import rendered_on_site
from cityfolio.pages.shell import Link, Page, Site
from cityfolio.pages.templates import FilterFailed
from cityfolio.pages.words import Words
from cityfolio.plugins.amended import amended_by
from cityfolio.plugins.documents import page_document, page_of, table_documents, thing_document
from cityfolio.plugins.fit import MEDIA_TYPE
from cityfolio.plugins.guard import Faulty, Used, called, each_of, sound
from cityfolio.plugins.hooks import Filter, Findable, Finding, PluginFile, PluginKind, PluginPage
from cityfolio.plugins.in_use import Plugins
from cityfolio.plugins.texts import PAGES, a_kind, in_language
from cityfolio.plugins.things import MOST, RowsOf, wrong_with
from cityfolio.problems import Problem
from cityfolio.search.documents import Document

T = TypeVar("T")
CODE_OF = {"error": "plugin-error", "warning": "plugin-warning", "advice": "plugin-advice"}


def findings(plugins: Plugins, loaded: Loaded, build: Build) -> tuple[Problem, ...]:
    """What the rules of plugins find, and the faults of those that do not work."""
    kept = _unchangeable(loaded) if plugins.used else loaded
    return tuple(problem for used in plugins.used for rule in used.plugin.rules
                 for problem in _found_by(used, partial(rule, kept, build)))


def amended(plugins: Plugins, catalog: Catalog, build: Build) -> tuple[Catalog, tuple[Problem, ...]]:
    """The catalog as plugins would have it. What one that fails would have is left out, and told."""
    problems: list[Problem] = []
    for used in plugins.used:
        if used.plugin.amend is not None:
            try:
                catalog = amended_by(used, catalog, build)
            except Faulty as faulty:
                problems.append(faulty.problem)
    return catalog, tuple(problems)


def filters_of(plugins: Plugins) -> Mapping[str, Callable[..., object]]:
    """The filters of plugins by the name that templates use."""
    return {name: partial(_filtered, used, name, each) for used in plugins.used for name, each in used.plugin.filters.items()}


class Additions(Frozen):
    """What plugins add to a site as it is written. The faults are complete when all of it was asked for."""

    plugins: Plugins
    rows: tuple[RowsOf, ...] = ()
    faults: dict[Problem, None] = field(default_factory=dict)
    led_to: dict[str, tuple[Used, str]] = field(default_factory=dict)   # pages that results lead to, with the first that does
    _made: dict[str, tuple[tuple[Used, PluginPage], ...]] = field(default_factory=dict)     # pages by the tree they are in

    def pages(self, site: Site) -> Iterator[Page]:
        """The pages of plugins, in the language of the site."""
        for used in self.plugins.used:
            own = (page for by, page in self._pages(site) if by is used)
            yield from self._without_faults(_page(used, each, site) for each in own)

    def _pages(self, site: Site) -> tuple[tuple[Used, PluginPage], ...]:
        """What plugins give as pages, asked for once: they are drawn, and the search finds them."""
        if site.build.tree not in self._made:
            self._made[site.build.tree] = tuple(
                sound for used in self.plugins.used for make in used.plugin.pages
                for sound in self._without_faults(
                    _sound_page(used, each)
                    for each in each_of(used, "pages", PluginPage, partial(make, site.catalog, site.build))))
        return self._made[site.build.tree]

    def headings(self, words: Words) -> Mapping[str, str]:
        """The kinds of things that the search finds because of plugins, each with its heading in a language."""
        found = {kind.id: in_language(kind.titles, words.language) for used in self.plugins.used for kind in used.plugin.kinds}
        return {**found, PAGES: str(words.gettext("Pages"))} if any(each.plugin.pages for each in self.plugins.used) else found

    def documents(self, site: Site) -> Iterator[Document]:
        """What the search finds because of plugins, in the language of the site."""
        for used in self.plugins.used:
            for kind in used.plugin.kinds:
                for document in self._without_faults(self._found(used, kind, site)):
                    self.led_to.setdefault(site.build.tree + page_of(document.url), (used, document.url))
                    yield document
        yield from (page_document(page) for _, page in self._pages(site) if page.is_found)

    def _found(self, used: Used, kind: PluginKind, site: Site) -> Iterator[Document]:
        ids = set[str]()
        if kind.things is not None:
            for each in each_of(used, "kinds", Findable, partial(kind.things, site.catalog, site.build)):
                if wrong := wrong_with(each, ids, is_row=False):
                    raise Faulty(used.fault(f"gave {wrong} in `kinds`"))
                ids.add(each.id)
                yield thing_document(each, kind.id)
        own = (each for each in self.rows if (each.used.name, each.kind) == (used.name, kind.id))
        for number, document in enumerate(chain.from_iterable(table_documents(each, site) for each in own), start=len(ids)):
            if number == MOST:
                raise Faulty(used.fault(f'gave more than {MOST:,} things to find of the kind "{kind.id}", in all tables'))
            yield document

    def lost(self, urls: Iterable[str]) -> Iterator[Problem]:
        """A fault for the first result of each plugin that leads to a page which is not there. `urls` are all that are."""
        missing = self.led_to.keys() - set(urls) if self.led_to else frozenset[str]()
        told = set[str]()
        for page in sorted(missing):
            used, url = self.led_to[page]
            if used.name not in told:
                told.add(used.name)
                yield used.fault(f'lets the search find something at "{url}", where no page is')

    def files(self, catalog: Catalog, build: Build) -> Iterator[Output]:
        """The files of plugins."""
        for used in self.plugins.used:
            for make in used.plugin.feeds:
                yield from self._without_faults(
                    _file(used, each) for each in each_of(used, "feeds", PluginFile, partial(make, catalog, build)))

    def _without_faults(self, made: Iterator[T]) -> Iterator[T]:
        try:
            yield from made
        except Faulty as faulty:
            self.faults[faulty.problem] = None


def _unchangeable(loaded: Loaded) -> Loaded:
    """What was loaded, so that no rule can take anything out of it."""
    rooms: dict[str, Any] = {each.name: getattr(loaded, each.name) for each in fields(loaded)}    # Any: of each field's type
    rooms |= {name: MappingProxyType(room) for name, room in rooms.items() if isinstance(room, dict)}
    return replace(loaded, **rooms)


def _found_by(used: Used, call: Callable[[], Iterable[object]]) -> Iterator[Problem]:
    try:
        for each in each_of(used, "rules", Finding, call):
            if str(each.severity) not in CODE_OF:
                raise Faulty(used.fault(f'found something of the severity "{each.severity}"; known are {", ".join(CODE_OF)}'))
            sound(used, "rules", each)
            yield Problem(code=CODE_OF[each.severity], where=each.where, says=f"{each.says} (plugin {used.name})", fix=each.fix)
    except Faulty as faulty:
        yield faulty.problem


def _sound_page(used: Used, page: PluginPage) -> tuple[Used, PluginPage]:
    sound(used, "pages", page)
    if not (page.url.startswith("/") and page.url.endswith("/")):
        raise Faulty(used.fault(f'gave a page at "{page.url}"; the address of a page begins and ends with "/"'))
    if not page.title.strip():
        raise Faulty(used.fault(f'gave a page without a title, "{page.url}"'))
    return used, page


def _page(used: Used, page: PluginPage, site: Site) -> Page:
    text = called(used, "pages", partial(rendered_on_site, page.text, 2, partial(site.link, page.url)))
    home = Link(href=site.link(page.url, routes.HOME), text=site.words.gettext("Home page"))
    view = GuideView(title=page.title, crumbs=(home,), summary=page.description, text=text, is_live=False, built=Markup(""),
                     datasets=(), topics=(), reviewed=Markup(""), edit="")
    return Page(url=page.url, kind="plugin", template="guide.html", title=page.title, view=view, source=_source(used),
                description=page.description, updated=page.updated)


def _file(used: Used, file: PluginFile) -> Output:
    if not isinstance(file.body, bytes):
        raise Faulty(used.fault(f'gave {a_kind(file.body)} as the body of "{file.url}", where bytes are asked for'))
    sound(used, "feeds", file)
    if not MEDIA_TYPE.fullmatch(file.media_type.removesuffix("; charset=utf-8")):
        raise Faulty(used.fault(f'gave "{file.url}" of the media type {file.media_type!r}, which is none'))
    return Output(url=file.url, body=file.body, media_type=file.media_type, kind="feed", source=_source(used))


def _source(used: Used) -> str:
    return f'the plugin "{used.name}"'


def _filtered(used: Used, name: str, own: Filter, *given: object, **named: object) -> object:
    try:
        return called(used, f"filters.{name}", partial(own, *given, **named))
    except Faulty as faulty:
        raise FilterFailed(faulty.problem) from faulty
