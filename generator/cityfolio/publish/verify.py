"""The written site, checked as a reader's browser will meet it: links, anchors, ids, markup, policy and weight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern

from markupsafe import escape

from cityfolio import files
from cityfolio.model.site import Manifest
from cityfolio.problems import Location, Problem, in_order
from cityfolio.publish.addresses import ASSETS
from cityfolio.publish.links import Lead, Links
from cityfolio.publish.manifest import manifest_in
from cityfolio.publish.markup import Page, Target, Use, read_page
from cityfolio.publish.weights import Loads, Scale, Weight

STYLE_URLS = re.compile(r"""(?:url\(\s*(?P<q>["']?)(?P<url>.*?)(?P=q)\s*\)|@import\s+(?P<p>["'])(?P<sheet>.*?)(?P=p))""")
STYLE_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
# However it is written (url, image-set, escapes), an address of another host has these two characters.
ELSEWHERE = re.compile(r"//")
HEAD_CHARACTERS = 2_000
NOT_LINE_END = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A written site: how its files are read, which there are, and of what type its pages are."""

    read: Callable[[str], bytes]
    manifest: Manifest
    kinds: Mapping[str, str] = field(default_factory=dict)   # by path
    policy: str = ""                                         # what every page has to carry, with scripts of the theme alone
    other_policies: Mapping[str, str] = field(default_factory=dict)   # and what instead, by type of page
    parse: Callable[[str], Page] = read_page                 # or the same with a memory, for who verifies again and again


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found, in order, and the heaviest page of each type."""

    problems: tuple[Problem, ...] = ()
    weights: tuple[Weight, ...] = ()


def site_in(folder: Path) -> Site:
    """The site that lies in a folder. Raises FileNotFoundError when no build wrote one there."""
    manifest = manifest_in(folder)
    if manifest is None:
        raise FileNotFoundError(f"{folder} holds no manifest")
    return Site(read=lambda path: files.read_bytes(folder / path), manifest=manifest)


def verify(site: Site) -> Verified:
    """Check every page and style sheet of a site."""
    check, problems = _Check(site), list[Problem]()
    for path in sorted(site.manifest.entries):
        if site.kinds.get(path) in ("data", "export"):
            continue   # a file from the catalog is published as it is, whatever it holds
        if path.endswith(".html"):
            problems += check.page(path)
        elif path.endswith(".css"):
            problems += check.style(path)
    problems += check.far_anchors()
    return Verified(problems=in_order(problems), weights=check.scale.weights())


class _Check:
    """One run over a site: what is known of pages already read."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.scale = Scale(site.read)
        self.ids: dict[str, tuple[str, ...]] = {}    # a set takes five times the memory, and few are ever asked for
        self.far: list[tuple[str, int, Lead]] = []   # links into pages that may not have been read yet
        self.links = Links(site.manifest)

    def page(self, path: str) -> Iterator[Problem]:
        """Everything that can be said of one page alone."""
        body = self.site.read(path)
        kind = self.site.kinds.get(path, "other")
        try:
            page = self.site.parse(body.decode())
        except UnicodeDecodeError:
            yield _problem("html-invalid", path, None, "the page is not UTF-8")
            return
        self.ids[path] = tuple(map(intern, page.ids))
        for at, fault in page.faults:
            yield _problem("html-invalid", path, page.position(at), fault)
        policy = self.site.policy and self.site.other_policies.get(kind, self.site.policy)
        if policy and f'"{escape(policy)}"' not in page.text[:HEAD_CHARACTERS]:
            yield _problem("html-invalid", path, None, "the page does not carry the policy that keeps foreign scripts out")
        for at, reference in page.references:
            if reference not in page.ids:
                yield _problem("anchor-broken", path, page.position(at), f'nothing in the page has the id "{reference}"')
        loaded: dict[Use, set[str]] = {"style": set(), "script": set(), "fetch": set()}
        for at, target in page.targets:
            if target.use == "link" and "://" in target.url:
                continue   # ours are relative: the city wrote this one, and other things may live at the same host
            led = self.links.follow(path, target.url)
            if led is None or led.fault or led.anchor or target.use == "script":
                yield from self._led(path, page, at, target, led)
            if target.use in loaded and led and not led.fault:
                loaded[target.use].add(led.file)
        styles, scripts, others = (frozenset(paths) for paths in loaded.values())
        yield from self.scale.page(path, kind, body, Loads(styles=styles, scripts=scripts, others=others))

    def _led(self, path: str, page: Page, at: int, target: Target, led: Lead | None) -> Iterator[Problem]:
        if self.site.policy and led is not None and target.use == "script" and not led.file.startswith(ASSETS):
            yield _problem("html-invalid", path, page.position(at), f"the script {target.url} is none of the theme's")
        if led is None:
            if target.use not in ("link", "related"):
                yield _problem("html-invalid", path, page.position(at), f"the page asks another host for {target.url}")
        elif led.fault:
            yield _problem("link-broken", path, page.position(at), led.fault)
        elif led.anchor and led.file == path and led.anchor not in page.ids:
            yield _anchor(path, page.position(at), led)
        elif led.anchor and led.file != path and led.file.endswith(".html"):
            self.far.append((path, at, led))

    def style(self, path: str) -> Iterator[Problem]:
        """The addresses in a style sheet."""
        text = STYLE_COMMENTS.sub(lambda comment: NOT_LINE_END.sub(" ", comment[0]), self.site.read(path).decode())
        if elsewhere := ELSEWHERE.search(text):
            where = (text.count("\n", 0, elsewhere.start()) + 1, elsewhere.start() - text.rfind("\n", 0, elsewhere.start()))
            yield _problem("html-invalid", path, where, "the style sheet names an address of another host")
        for match in STYLE_URLS.finditer(text):
            url = match["url"] or match["sheet"] or ""
            where = (text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start()))
            led = self.links.follow(path, url)
            if led is None:
                if not ELSEWHERE.search(url):
                    refused = f"the style sheet asks for {url[:80]}, which the policy refuses"
                    yield _problem("html-invalid", path, where, refused)
            elif led.fault:
                yield _problem("link-broken", path, where, led.fault)

    def far_anchors(self) -> Iterator[Problem]:
        """The links into other pages, once every page is read."""
        ids = {file: frozenset(self.ids.get(file, ())) for file in {led.file for _, _, led in self.far}}
        for path, at, led in self.far:
            if led.anchor not in ids[led.file]:
                page = read_page(self.site.read(path).decode())
                yield _anchor(path, page.position(at), led)


def _anchor(path: str, position: tuple[int, int], led: Lead) -> Problem:
    return _problem("anchor-broken", path, position, f'the link leads to "#{led.anchor}", an id that {led.file} does not have')


def _problem(code: str, path: str, position: tuple[int, int] | None, says: str) -> Problem:
    line, column = position or (None, None)
    return Problem(code=code, where=Location(path=path, line=line, column=column, in_catalog=False), says=says)
