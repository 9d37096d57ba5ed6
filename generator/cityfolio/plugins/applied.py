"""What the plugins of a build do in it: each hook called at its place, in the order of the plugins' names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from markupsafe import Markup

from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.guides import GuideView
from cityfolio.pages.markdown import rendered_on_site
from cityfolio.pages.shell import Link, Page, Site
from cityfolio.pages.templates import FilterFailed
from cityfolio.plugins.amended import amended_by
from cityfolio.plugins.found import Plugins
from cityfolio.plugins.guard import Faulty, Used, called, each_of
from cityfolio.plugins.hooks import Filter, Finding, PluginFile, PluginPage
from cityfolio.problems import Problem

T = TypeVar("T")
CODE_OF = {"error": "plugin-error", "warning": "plugin-warning", "advice": "plugin-advice"}


def findings(plugins: Plugins, loaded: Loaded, build: Build) -> tuple[Problem, ...]:
    """What the rules of plugins find, and the faults of those that do not work."""
    return tuple(problem for used in plugins.used for rule in used.plugin.rules
                 for problem in _found_by(used, partial(rule, loaded, build)))


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


@dataclass(frozen=True, slots=True)
class Additions:
    """What plugins add to a site as it is written. The faults are complete when all of it was asked for."""

    plugins: Plugins
    faults: dict[Problem, None] = field(default_factory=dict)

    def pages(self, site: Site) -> Iterator[Page]:
        """The pages of plugins, in the language of the site."""
        for used in self.plugins.used:
            for make in used.plugin.pages:
                yield from self._without_faults(
                    _page(used, each, site)
                    for each in each_of(used, "pages", PluginPage, partial(make, site.catalog, site.build)))

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


def _found_by(used: Used, call: Callable[[], Iterable[object]]) -> Iterator[Problem]:
    try:
        for each in each_of(used, "rules", Finding, call):
            if each.severity not in CODE_OF:
                raise Faulty(used.fault(f'found something of the severity "{each.severity}"; known are {", ".join(CODE_OF)}'))
            yield Problem(code=CODE_OF[each.severity], where=each.where, says=f"{each.says} (plugin {used.name})", fix=each.fix)
    except Faulty as faulty:
        yield faulty.problem


def _page(used: Used, page: PluginPage, site: Site) -> Page:
    if not (page.url.startswith("/") and page.url.endswith("/")):
        raise Faulty(used.fault(f'gave a page at "{page.url}"; the address of a page begins and ends with "/"'))
    text = called(used, "pages", partial(rendered_on_site, page.text, 2, partial(site.link, page.url)))
    home = Link(href=site.link(page.url, routes.HOME), text=site.words.gettext("Home page"))
    view = GuideView(title=page.title, crumbs=(home,), summary=page.description, text=text, is_live=False, built=Markup(""),
                     datasets=(), topics=(), reviewed=Markup(""), edit="")
    return Page(url=page.url, kind="plugin", template="guide.html", title=page.title, view=view, source=_source(used),
                description=page.description, updated=page.updated)


def _file(used: Used, file: PluginFile) -> Output:
    if not isinstance(file.body, bytes):
        raise Faulty(used.fault(f'gave a {type(file.body).__name__} as the body of "{file.url}", where bytes are asked for'))
    return Output(url=file.url, body=file.body, media_type=file.media_type, kind="feed", source=_source(used))


def _source(used: Used) -> str:
    return f'the plugin "{used.name}"'


def _filtered(used: Used, name: str, own: Filter, *given: object, **named: object) -> object:
    try:
        return called(used, f"filters.{name}", partial(own, *given, **named))
    except Faulty as faulty:
        raise FilterFailed(faulty.problem) from faulty
