"""Where indicators are: a folder with data and metadata (https://open-sdg.readthedocs.io), or a data site built of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.files import Tree
from cityfolio.load.values import is_site_path
from cityfolio.migrate.jkan.front_matter import decoded, read_front_matter, read_values
from cityfolio.migrate.network.listing import parts_of
from cityfolio.migrate.network.manner import Refused
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.network.recorded import path_of
from cityfolio.migrate.reading import unreadable
from cityfolio.migrate.report import Ledger, writable
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.old_addresses import OURS
from cityfolio.problems import Problem

ID = r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)+"
DATA = re.compile(rf"(?P<root>(?:.*/)?)data/(?:indicator_)?(?P<id>{ID})\.csv", re.IGNORECASE)
META = re.compile(rf"(?P<root>(?:.*/)?)(?P<room>meta|indicator-config|indicators|_indicators)/(?:indicator_)?(?P<id>{ID})"
                  r"\.(?P<ending>md|yml|yaml)", re.IGNORECASE)
WORDS = re.compile(r"(?P<root>(?:.*/)?)translations/(?:(?P<language>[A-Za-z-]{2,10})/)?(?P<group>[\w-]+)\.ya?ml")
SITE = ("_config.yml", "site_config.yml", "_data/site_config.yml", "data/site_config.yml")
PROSE = re.compile(r"(?:readme|license|licence|contributing|changelog)(?:\.\w+)?", re.IGNORECASE)
NOT_OURS = "neither the rows nor the description of an indicator"
KEY = re.compile(r"[\w-]+(?:\.[\w -]+)+")


@dataclass(slots=True)
class Indicator:
    """One indicator as the source has it."""

    id: str                       # "1-2-1"
    meta: dict[str, Given] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    meta_paths: list[str] = field(default_factory=list)
    data_path: str = ""           # in the source's tree; "" where it has no rows
    data_place: str = ""          # the same as people know it

    @property
    def place(self) -> str:
        """How the report names it."""
        return ", ".join(each for each in (*self.meta_paths, self.data_place) if each)

    @property
    def number(self) -> str:
        """Its number as people write it: 1.2.1."""
        return self.words("indicator_number") or self.words("indicator") or self.id.replace("-", ".")

    @property
    def permalink(self) -> str:
        """The path that it names for its page."""
        return f"/{self.words('permalink').strip('/')}/"

    def words(self, key: str) -> str:
        """A value as one text."""
        return as_words(self.meta.get(key))


@dataclass(slots=True)
class Site:
    """Everything that a source has."""

    tree: Tree
    indicators: dict[str, Indicator] = field(default_factory=dict)
    translations: dict[str, str] = field(default_factory=dict)   # "global_goals.1-short" -> words
    settings: dict[str, Given] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)         # path -> why
    problems: list[Problem] = field(default_factory=list)
    homepage: str = ""

    def indicator(self, identifier: str) -> Indicator:
        """An indicator by its id; a new one, where it was not met before."""
        return self.indicators.setdefault(identifier, Indicator(identifier))

    def addresses(self, indicator: Indicator) -> tuple[str, ...]:
        """The paths at which the old site had an indicator: one of its id, and one that it names and no other has."""
        own, told = f"/{indicator.id}/", indicator.permalink
        others = {f"/{each}/" for each in self.indicators} | {
            each.permalink for each in self.indicators.values() if each is not indicator}
        is_new = is_site_path(told) and told not in others and told.split("/")[1] not in OURS
        return (own, told) if is_new else (own,)

    def said(self, text: str) -> str:
        """The words behind a key of translations, else the text itself."""
        return self.translations.get(text, text)

    def is_key(self, text: str) -> bool:
        """Whether a text is a key of translations that nothing here translates."""
        return text not in self.translations and "_" in text and KEY.fullmatch(text) is not None


def in_folder(tree: Tree) -> Site:
    """What a folder has. Of several folders with indicators in it, the one that has most is read."""
    site = Site(tree)
    try:
        paths = [node.path for node in tree.nodes() if node.kind == "file"]
    except OSError as error:
        site.problems.append(unreadable("", f"the folder cannot be read: {error.strerror}", "Name a folder that can be read."))
        return site
    root = _root(paths)
    # What the metadata say counts before what the settings of the old pages say.
    for path in sorted(paths, key=lambda path: path.removeprefix(root).startswith("indicator")):
        _place(site, path, root)
    if not site.indicators:
        site.problems.append(unreadable("", "the folder holds no data/indicator_ID.csv and no meta/ID.md",
                                        "Name the folder of the data repository, which has both."))
    return site


def _root(paths: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for path in paths:
        if match := DATA.fullmatch(path) or META.fullmatch(path):
            counts[match["root"]] = counts.get(match["root"], 0) + 1
    return max(sorted(counts, key=len), key=lambda root: counts[root], default="")


def _place(site: Site, path: str, root: str) -> None:
    below = path.removeprefix(root)
    if (match := META.fullmatch(path)) and match["root"] == root:
        _meta(site, path, match)
    elif (match := DATA.fullmatch(path)) and match["root"] == root:
        indicator = site.indicator(_id(match["id"]))
        if indicator.data_path:
            site.unread[writable(path)] = f"a second file of rows for {indicator.id}"
        else:
            indicator.data_path, indicator.data_place = path, writable(path)
    elif match := WORDS.fullmatch(path):
        _translations(site, path, match)
    elif below in SITE:
        found = _yaml(site, path)
        site.settings |= found if isinstance(found, dict) else {}
    elif not PROSE.fullmatch(path.rpartition("/")[2]):
        site.unread[writable(path)] = NOT_OURS


def _id(given: str) -> str:
    return given.replace(".", "-").lower()


def _meta(site: Site, path: str, match: re.Match[str]) -> None:
    ledger = Ledger()
    body = _body(site, path)
    if body is None:
        return
    if match["ending"] == "md":
        matter = read_front_matter(body, ledger)
        found = matter if isinstance(matter, str) else {**matter.values, **({"page_text": matter.body} if matter.body else {})}
        hidden = () if isinstance(matter, str) else matter.hidden
    else:
        read = _values(body, ledger)
        found, hidden = (read, ()) if isinstance(read, str) else (read[0] if isinstance(read[0], dict) else {}, read[1])
    if isinstance(found, str):
        site.problems.append(unreadable(path, found, "Mend the file at the source, and import again."))
        site.unread[writable(path)] = found
        return
    indicator = site.indicator(_id(match["id"]))
    indicator.meta_paths.append(writable(path))
    indicator.ledger.entries += ledger.entries
    repeated = {f"{key} (repeated)": value for _, group in hidden for key, value in group.items()}
    for key, value in (*found.items(), *repeated.items()):
        if as_words(indicator.meta.get(key)) not in ("", as_words(value)):
            indicator.meta[f"{key} ({match['room']})"] = value
        else:
            indicator.meta[key] = value


def _translations(site: Site, path: str, match: re.Match[str]) -> None:
    if (match["language"] or "en").partition("-")[0].lower() != "en":
        site.unread[writable(path)] = "a translation, of which one language is read"
        return
    for key, words in _flat(_yaml(site, path), match["group"]):
        site.translations.setdefault(key, words)


def _flat(given: Given, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(given, dict):
        for key, value in given.items():
            yield from _flat(value, f"{place}.{key}")
    elif words := as_words(given):
        yield place, words


def _yaml(site: Site, path: str) -> Given:
    body = _body(site, path)
    if body is None:
        return None
    read = _values(body, Ledger())
    if isinstance(read, str):
        site.unread[writable(path)] = read
        return None
    return read[0]


def _values(body: bytes, ledger: Ledger) -> tuple[Given, tuple[tuple[str, dict[str, Given]], ...]] | str:
    read = read_values(decoded(body, ledger), ledger)
    # The words are for front matter, whose lines begin further down in their file.
    return re.sub(r" on line \d+ of the file$", "", read).replace("its front matter", "it") if isinstance(read, str) else read


def _body(site: Site, path: str) -> bytes | None:
    try:
        return site.tree.read(path)
    except OSError as error:
        site.problems.append(unreadable(path, f"the file could not be read: {error.strerror}",
                                        "Make it readable, and import again."))
        site.unread[writable(path)] = "it could not be read"
        return None


def at_address(portal: Portal) -> Site:
    """What a data site has that Open SDG built: all metadata in one document, and the rows of each indicator. Raises Failed."""
    parts = parts_of(portal.address)
    root = f"{parts.scheme}://{parts.netloc}{re.sub(r'/(?:meta|data|comb|headline)(?:/.*)?$', '', parts.path).rstrip('/')}"
    site = Site(portal.tree, homepage=root)
    told, root = _all(portal, root)
    for name, meta in told.items():
        if not isinstance(meta, dict) or not re.fullmatch(ID, name):
            site.unread[writable(f"meta/all.json: {name}")] = NOT_OURS
            continue
        indicator = site.indicator(_id(name))
        indicator.meta = dict(meta)
        indicator.meta_paths.append(f"meta/{name}.json")
        url = f"{root}/data/{name}.csv"
        try:
            body = portal.body(url, ".csv")
        except Refused:
            continue              # an indicator without rows may have no file
        if not body.strip() or body.lstrip()[:1] == b"<":   # nor rows in it, or a page that says so
            continue
        indicator.data_path, indicator.data_place = path_of(url, ".csv"), f"data/{name}.csv"
    return site


def _all(portal: Portal, root: str) -> tuple[Mapping[str, Given], str]:
    """All metadata, and where it is: a site in several languages has a folder for each."""
    try:
        found = portal.json(f"{root}/meta/all.json")
    except Refused:
        root = f"{root}/en"
        found = portal.json(f"{root}/meta/all.json")
    return (found if isinstance(found, dict) else {}), root


def groups_of(given: Given) -> list[Mapping[str, Given]]:
    """The groups of a list, or a single one."""
    return [each for each in (given if isinstance(given, list) else [given]) if isinstance(each, dict)]
