"""The rows of the catalog that an answer rests on, by their titles, each with a link to its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from cityfolio.frozen import Frozen, field
from cityfolio.model.assessment import Assessment, CheckAnswer, FactsTable
from cityfolio.model.catalog import Catalog
from cityfolio.model.standard import FactTable
from cityfolio.pages import routes
from cityfolio.pages.shell import Link, Site
from cityfolio.pages.standard_words import counted_words, shortfall_words
from cityfolio.pages.words import Words

OPEN = 10                     # names that are shown; more are folded
MOST_NAMED = 1_000              # on a page, in all lists together; all of them are in a file beside the page

Row = Mapping[str, object]


class NamedRows(Frozen, kw_only=True):
    """Rows that count, or that fall short."""

    title: Markup                 # with their number
    first: tuple[Link, ...]       # without an address where there is no page of it
    folded: tuple[Link, ...]
    fold: Markup                  # how many are folded
    left_out: Markup              # how many are in the file alone


class Rows(Frozen):
    """Names the rows of the tables of facts on one page."""

    site: Site
    page: str
    most: int                     # names in one list
    known: dict[str, Mapping[str, Row]] = field(default_factory=dict)

    def lists(self, answer: CheckAnswer) -> Iterator[NamedRows]:
        """The rows that fall short, then those that count."""
        table, words = answer.check.table or "datasets", self.site.words
        short = shortfall_words(answer, words)
        if short:
            yield self._named(short, answer.short, table)
        if answer.good:
            yield self._named(counted_words(answer, words), answer.good, table)

    def _named(self, title: Markup, ids: tuple[str, ...], table: FactTable) -> NamedRows:
        shown, words = ids[:max(self.most, OPEN)], self.site.words
        links = tuple(self.link(each, table) for each in shown)
        folded, left = links[OPEN:], len(ids) - len(shown)
        return NamedRows(
            title=title, first=links[:OPEN], folded=folded,
            fold=words.gettext("%(count)s more", count=words.number(len(folded))) if folded else Markup(""),
            left_out=words.ngettext("%(count)s more is in the file of these rows.",
                                    "%(count)s more are in the file of these rows.", left) if left else Markup(""))

    def link(self, row_id: str, table: FactTable) -> Link:
        """A row by its title, with its page where it has one."""
        row = self._of(table).get(row_id, {})
        url = page_of_row(row_id, table, row, self.site)
        named = row.get("title")      # as it is: it knows its language
        title = self.site.catalog.site.name if table == "site" else named if isinstance(named, str) and named else row_id
        dataset = self.site.datasets.get(str(row.get("dataset"))) if table in ("files", "columns") else None
        return Link(href=self.site.link(self.page, url) if url else "", text=title, note=dataset.title if dataset else "")

    def _of(self, table: FactTable) -> Mapping[str, Row]:
        if table not in self.known:
            facts = self.site.catalog.practice.facts.get(table, FactsTable(name=table))
            self.known[table] = {str(row["id"]): row for row in facts.rows}
        return self.known[table]


def rows_of(assessment: Assessment, site: Site, page: str) -> Rows:
    """Names rows on a page of a standard. However many there are, the page stays one that a telephone can load."""
    lists = [len(ids) for answer in assessment.answers.values() for check in answer.checks
             for ids in (check.good, check.short if shortfall_words(check, site.words) else ())]
    return Rows(site, page, most=shared_most(lists, MOST_NAMED))


def shared_most(lengths: Sequence[int], together: int) -> int:
    """How long each of some lists may be at most, so that all of them have no more names than so many together."""
    left, most = together, 0
    for place, length in enumerate(sorted(lengths)):
        most = left // (len(lengths) - place)
        if length > most:
            return most
        left -= length
    return max(lengths, default=together)


def page_of_row(row_id: str, table: FactTable, row: Row, site: Site) -> str:
    """The page that tells of a row of a table of facts; "" where there is none."""
    held = site.datasets
    if table in ("files", "columns"):
        dataset = str(row.get("dataset"))
        return routes.dataset_url(dataset) if dataset in held else ""
    if table == "datasets":
        return routes.dataset_url(row_id) if row_id in held else ""
    listed = {"commitments": routes.COMMITMENTS, "requests": routes.REQUEST, "uses": routes.USES, "site": routes.ABOUT}
    return listed[table] if table in listed else _page_of(row_id, table, site.catalog)


def _page_of(row_id: str, table: FactTable, catalog: Catalog) -> str:
    practice = catalog.practice
    known: Mapping[str, tuple[Iterable[str], Callable[[str], str]]] = {
        "publishers": ((each.id for each in catalog.publishers), routes.publisher_url),
        "goals": ((each.id for each in catalog.goals), routes.goal_url),
        "measures": ((each.id for each in catalog.measures), routes.measure_url),
        "rules": ((each.id for each in practice.rules), routes.rule_url),
        "guides": ((each.id for each in practice.guides), routes.guide_url),
    }
    ids, route = known[table]
    return route(row_id) if row_id in ids else ""


def evidence_link(text: str, site: Site, page: str) -> Link:
    """Evidence that an attestation names: an address elsewhere, or a page of this site where it is one."""
    if text.startswith("/"):
        path = text.partition("#")[0]
        return Link(href=site.link(page, path) if is_page(path, site) else "", text=text)
    href = routes.outward(text)
    return Link(href="" if href == "#" else href, text=text)


def is_page(path: str, site: Site) -> bool:
    """Whether a path is that of a page which this site surely has."""
    catalog, practice = site.catalog, site.catalog.practice
    there = {routes.HOME: True, routes.DATA: True, routes.TOPICS: True, routes.PUBLISHERS: True, routes.NEW: True,
             routes.ABOUT: True, routes.PRIVACY: True, routes.ACCESSIBILITY: True, routes.DEVELOPERS: True,
             routes.INVENTORY: True, routes.HEALTH: True, routes.REQUEST: True, routes.PRACTICE: True, routes.SEARCH: True,
             routes.SQL: True, routes.CALENDAR: routes.CALENDAR in site.keeping, routes.EQUITY: routes.EQUITY in site.keeping,
             routes.GOALS: catalog.goals or catalog.measures, routes.BRIEFS: catalog.goals or catalog.measures,
             routes.MEASURES: catalog.measures, routes.RULES: practice.rules, routes.GUIDES: practice.guides,
             routes.COMMITMENTS: practice.commitments, routes.USES: practice.uses}
    if path in there:
        return bool(there[path])
    room, _, name = path.strip("/").partition("/")
    tables: Mapping[str, FactTable] = {"publishers": "publishers", "goals": "goals", "measures": "measures",
                                       "policy": "rules", "guides": "guides"}
    if not path.endswith("/") or "/" in name:
        return False
    if room == "data":
        return name in site.datasets
    if room == "topics":
        return name in {each.id for each in catalog.topics}
    return room in tables and bool(_page_of(name, tables[room], catalog))


def file_words(words: Words) -> Markup:
    """What a link to the rows of a table with their answers is called."""
    return words.gettext("These rows, each with its answers (CSV)")
