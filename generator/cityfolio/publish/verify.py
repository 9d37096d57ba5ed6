"""The written site, checked as a reader's browser will meet it: links, anchors, ids, markup, policy and weight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

from markupsafe import escape

from cityfolio import files
from cityfolio.copies import done_ahead, may_copy
from cityfolio.frozen import Frozen, field as member, replace
from cityfolio.memory import gaps_filled
from cityfolio.model.site import Manifest
from cityfolio.problems import Location, Problem, in_order
from cityfolio.publish.addresses import ASSETS
from cityfolio.publish.links import Lead, Links
from cityfolio.publish.manifest import manifest_in
from cityfolio.publish.markup import Page, Target, Use, read_page
from cityfolio.publish.sound_pages import Place, SoundPage, SoundPages, Stretch, stretches
from cityfolio.publish.weights import Loads, Scale, Weight
from cityfolio.tables.workers import Hands

STYLE_URLS = re.compile(r"""(?:url\(\s*(?P<q>["']?)(?P<url>.*?)(?P=q)\s*\)|@import\s+(?P<p>["'])(?P<sheet>.*?)(?P=p))""")
STYLE_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
# However it is written (url, image-set, escapes), an address of another host has these two characters.
ELSEWHERE = re.compile(r"//")
HEAD_CHARACTERS = 2_000
SHIFT = 6                     # stretches, after which a copy makes way for a new one: some have hundreds of long lists
LEAST = 8                     # stretches, of a hundred pages or so: for fewer, copies cost more than they save
NOT_LINE_END = re.compile(r"[^\n]")


class Site(Frozen, kw_only=True):
    """A written site: how its files are read, which there are, and of what type its pages are."""

    read: Callable[[str], bytes]
    manifest: Manifest
    kinds: Mapping[str, str] = member(default_factory=dict)   # by path
    policy: str = ""                                         # what every page has to carry, with scripts of the theme alone
    other_policies: Mapping[str, str] = member(default_factory=dict)   # and what instead, by type of page
    sound: SoundPages = member(default_factory=SoundPages)    # the pages in which a build before found nothing wrong
    workers: Hands = 1                                       # who looks through pages of which nothing is known


class Verified(Frozen, kw_only=True):
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
    # A file from the catalog is published as it is, whatever it holds.
    paths = sorted(path for path in site.manifest.entries
                   if path.endswith((".html", ".css")) and site.kinds.get(path) not in ("data", "export"))
    pages = list(stretches(path for path in paths if path.endswith(".html")))
    styles = [path for path in paths if path.endswith(".css")]
    del paths      # a large site has very many
    for stretch, found in zip(pages, _found_ahead(check, pages), strict=True):
        problems += check.pages(stretch, found)
    for path in styles:
        problems += check.style(path)
    problems += check.far_anchors()
    return Verified(problems=in_order(problems), weights=check.scale.weights())


def _found_ahead(check: _Check, pages: Sequence[list[str]]) -> Iterator[bytes]:
    """What copies of this process find in stretches of which nothing is known; b"" for each that is left to this process."""
    workers = check.site.workers
    if isinstance(workers, int) and workers > 1 and len(pages) >= LEAST and check.knows_nothing_of(pages[0]) and may_copy():
        gaps = gaps_filled()      # or this process and each copy would write into half of what they share
        yield from done_ahead(lambda number: check.found_in(pages[number]), len(pages), workers, SHIFT)
        del gaps
    else:
        yield from repeat(b"", len(pages))


@dataclass(slots=True)
class _Seen:
    """What is gathered while a page is read."""

    path: str
    page: Page
    leads: set[str] = field(default_factory=set)                      # files of the site
    places: dict[Place, None] = field(default_factory=dict)           # in other pages
    loaded: dict[Use, set[str]] = field(default_factory=lambda: {"style": set(), "script": set(), "fetch": set()})


class _Check:
    """One run over a site: what is known of pages already read."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.sound = site.sound.beside(site.manifest.base_url, site.policy, site.other_policies)
        self.scale = Scale(site.read)
        self.links = Links(site.manifest)
        self.ids: dict[str, str | tuple[str, ...]] = {}    # by page, one a line or by themselves: few are ever asked for
        self.told_ids: dict[str, str] = {}           # those one a line, each text once: pages of a type have the same
        self.far: dict[Place, list[str]] = {}        # places in pages that may not have been read yet: who leads there

    def knows_nothing_of(self, paths: list[str]) -> bool:
        """Whether no page of a stretch was found sound before."""
        return not self.sound.stretch(paths[0]).pages

    def found_in(self, paths: list[str]) -> bytes:
        """The pages of a stretch that are sound, to be told to another process that looks at the same site."""
        known, self.sound = Stretch(), SoundPages(of="what is found now")
        for path in paths:
            for _ in self._read(path, known):
                pass      # the other process reads the page again, and tells it
        return known.to_bytes()

    def pages(self, paths: list[str], found: bytes = b"") -> Iterator[Problem]:
        """Everything that can be said of some pages without the rest, whose paths follow one another.

        What was `found` in them just now is known, as what a build before found.
        """
        known = replace(Stretch.from_bytes(found), is_changed=True) if found else self.sound.stretch(paths[0])
        missing = known.not_in(self.links)
        for path in paths:
            page = known.pages.get(path)
            if page is None or not self._is_sound(path, page, known, missing):
                yield from self._read(path, known)
            if page := known.pages.get(path):     # what was known, or was found now
                self.ids[path] = self.told_ids.setdefault(page.ids, page.ids)
                for at in page.places:
                    self.far.setdefault(known.places.values[at], []).append(path)
        for path in known.pages.keys() - set(paths):
            known.forget(path)
        self.sound.keep(paths[0], known)

    def _is_sound(self, path: str, page: SoundPage, known: Stretch, missing: AbstractSet[int]) -> bool:
        """Whether a page is the one that was found sound, and all is there that it needs."""
        kind = self.site.kinds.get(path, "other")
        return (page.digest == self.site.manifest.entries[path].sha256 and page.kind == kind
                and (not missing or missing.isdisjoint(page.leads))
                and self.scale.fits(path, kind, (page.size, page.packed), known.loads.values[page.loads]))

    def _read(self, path: str, known: Stretch) -> Iterator[Problem]:
        """Everything that can be said of one page alone, which is known from then on if it is sound."""
        known.forget(path)
        body, kind, entry = self.site.read(path), self.site.kinds.get(path, "other"), self.site.manifest.entries[path]
        try:
            page = read_page(body.decode())
        except UnicodeDecodeError:
            yield _problem("html-invalid", path, None, "the page is not UTF-8")
            return
        seen = _Seen(path, page)
        problems = [*self._markup(seen, kind), *self._targets(seen)]
        loads = Loads(styles=frozenset(seen.loaded["style"]), scripts=frozenset(seen.loaded["script"]),
                      others=frozenset(seen.loaded["fetch"]))
        problems += self.scale.page(path, kind, body, loads)
        ids = "\n".join(page.ids)
        if problems or not self.sound.of or len(ids.split("\n")) > max(len(page.ids), 1):
            self.ids[path] = tuple(page.ids)
            for place in seen.places:
                self.far.setdefault(place, []).append(path)
        else:
            known.add(path, SoundPage(
                digest=entry.sha256, kind=kind, size=len(body), packed=self.scale.packed, ids=ids,
                loads=known.loads.number(loads), leads=sorted(map(known.files.number, seen.leads)),
                places=list(map(known.places.number, seen.places)),
            ))
        yield from problems

    def _markup(self, seen: _Seen, kind: str) -> Iterator[Problem]:
        """What is wrong within a page."""
        path, page = seen.path, seen.page
        for at, fault in page.faults:
            yield _problem("html-invalid", path, page.position(at), fault)
        policy = self.site.policy and self.site.other_policies.get(kind, self.site.policy)
        if policy and f'"{escape(policy)}"' not in page.text[:HEAD_CHARACTERS]:
            yield _problem("html-invalid", path, None, "the page does not carry the policy that keeps foreign scripts out")
        for at, reference in page.references:
            if reference not in page.ids:
                yield _problem("anchor-broken", path, page.position(at), f'nothing in the page has the id "{reference}"')

    def _targets(self, seen: _Seen) -> Iterator[Problem]:
        """What is wrong with the addresses in a page. Where they lead is noted in what was seen of it."""
        path, leads, loaded = seen.path, seen.leads, seen.loaded
        known, follow = self.links.known_from(path), self.links.follow
        for at, target in seen.page.targets:
            use, url = target.use, target.url
            if use == "link" and "://" in url:
                continue     # as `_is_elsewhere` says, without a call for each of very many
            led = known.get(url) or follow(path, url)
            if led is None or led.fault or led.anchor or use == "script":
                yield from self._led(seen, at, target, led)
                if led is None or led.fault:
                    continue
            leads.add(led.file)
            if use in loaded:
                loaded[use].add(led.file)

    def _led(self, seen: _Seen, at: int, target: Target, led: Lead | None) -> Iterator[Problem]:
        path, page = seen.path, seen.page
        if self.site.policy and led is not None and target.use == "script" and not led.file.startswith(ASSETS):
            yield _problem("html-invalid", path, page.position(at), f"the script {target.url} is none of the theme's")
        if led is None:
            if target.use not in ("link", "related"):
                yield _problem("html-invalid", path, page.position(at), f"the page asks another host for {target.url}")
        elif led.fault:
            yield _problem("link-broken", path, page.position(at), led.fault)
        elif led.anchor and led.file == path and led.anchor not in page.ids:
            yield _anchor(path, page.position(at), led.file, led.anchor)
        elif led.anchor and led.file != path and led.file.endswith(".html"):
            seen.places[Place(led.file, led.anchor)] = None

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
        told = {place.file: self.ids.get(place.file, ()) for place in self.far}
        ids = {file: frozenset(each.split("\n") if isinstance(each, str) else each) for file, each in told.items()}
        broken = {place for place in self.far if place.anchor not in ids[place.file]}
        for path in {path for place in broken for path in self.far[place]}:
            page = read_page(self.site.read(path).decode())
            for at, target in page.targets:
                led = self.links.follow(path, target.url)
                if led and (place := Place(led.file, led.anchor)) in broken and not _is_elsewhere(target):
                    yield _anchor(path, page.position(at), place.file, place.anchor)


def _is_elsewhere(target: Target) -> bool:
    """Whether a link is none of ours: those are relative. The city wrote it, and other things may live at the same host."""
    return target.use == "link" and "://" in target.url


def _anchor(path: str, position: tuple[int, int], file: str, anchor: str) -> Problem:
    return _problem("anchor-broken", path, position, f'the link leads to "#{anchor}", an id that {file} does not have')


def _problem(code: str, path: str, position: tuple[int, int] | None, says: str) -> Problem:
    line, column = position or (None, None)
    return Problem(code=code, where=Location(path=path, line=line, column=column, in_catalog=False), says=says)
