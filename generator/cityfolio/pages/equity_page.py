"""The page of what can be seen by district or group: measures by priority, datasets by topic, and what each lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.pages import routes
from cityfolio.pages.equity import PLACES, Cut, DatasetSeen, Kind, Lack, MeasureSeen, Seen, by_priority, by_topic, seen
from cityfolio.pages.markdown import told
from cityfolio.pages.measure_made import columns_of
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin
from cityfolio.pages.standard_words import marked
from cityfolio.pages.words import Words

MOST_DATASETS = 150           # in a table of the page; all of them are in the inventory's file


class SeenCount(Frozen, kw_only=True):
    """How many of a priority's measures, or a topic's datasets, can be seen by areas and by groups."""

    title: Markup
    href: str                     # "" for those of none
    of: str
    by_area: str
    by_group: str
    neither: str


class SeenRow(Frozen, kw_only=True):
    """A measure or a dataset with the columns by which it can be seen."""

    link: Link
    areas: tuple[Link, ...]
    groups: tuple[Link, ...]
    lack: Markup                  # why not, or which part is held back


class SeenGroup(Frozen, kw_only=True):
    """The measures of one priority."""

    anchor: str
    title: Markup
    rows: tuple[SeenRow, ...]


class EquityView(Frozen, kw_only=True):
    """What `equity.html` shows."""

    measures_said: Markup         # how many of them can be seen so; "" where there are none
    datasets_said: Markup
    priorities: tuple[SeenCount, ...]
    measures: tuple[SeenGroup, ...]
    topics: tuple[SeenCount, ...]
    datasets: tuple[SeenRow, ...]         # that can be seen by something
    others: tuple[Link, ...]              # that cannot yet
    left_out: Markup              # how many are in the file alone
    file: str
    method: str                   # what is held back, and why; "" where there are no measures


def equity_pages(site: Site) -> Iterator[Page]:
    """The page; none where there is no measure, and no dataset that can be seen by anything."""
    found = seen(site.catalog)
    if found.has_any:
        yield _page(found, site)


def _page(found: Seen, site: Site) -> Page:
    _, page, words = site.words.gettext, routes.EQUITY, site.words
    shown = [each for each in found.datasets if each.areas or each.groups]
    others = [each for each in found.datasets if not (each.areas or each.groups)]
    left = max(0, len(shown) - MOST_DATASETS) + max(0, len(others) - MOST_DATASETS)
    view = EquityView(
        measures_said=_measures_said(found, words) if found.measures else Markup(""),
        datasets_said=_datasets_said(found, words),
        priorities=tuple(_priorities(found, site)), measures=tuple(_measures(found, site)), topics=tuple(_topics(found, site)),
        datasets=tuple(_dataset(each, site) for each in shown[:MOST_DATASETS]),
        others=tuple(_link(each, site) for each in others[:MOST_DATASETS]),
        left_out=words.ngettext("%(count)s more dataset is in the inventory’s file alone.",
                                "%(count)s more datasets are in the inventory’s file alone.", left) if left else Markup(""),
        file=site.link(page, routes.INVENTORY_CSV),
        method=f"{site.link(page, routes.METHOD)}#hidden" if found.measures else "")
    return Page(url=page, kind="equity", template="equity.html", title=_("What can be seen by district or group"), view=view,
                source="site.yaml", sheets=("practice",), description=_(
                    "Which measures and datasets can be seen by district or group, which cannot yet, and why."),
                twins=(index_twin(page, words), Twin(url=routes.INVENTORY_CSV, media_type="text/csv",
                                                     title=_("Every dataset (CSV)"))))


def _measures_said(found: Seen, words: Words) -> Markup:
    count = sum(each.lack is None for each in found.measures)
    return words.gettext("%(share)s measures can be seen by district or group.",
                         share=_share("#measures", count, len(found.measures), words))


def _datasets_said(found: Seen, words: Words) -> Markup:
    count = sum(bool(each.areas or each.groups) for each in found.datasets)
    return words.gettext("%(share)s datasets can be seen by district or group.",
                         share=_share("#datasets", count, len(found.datasets), words))


def _share(href: str, count: int, of: int, words: Words) -> Markup:
    """How many of all, as a link to where each of them is named."""
    said = words.gettext("%(count)s of %(of)s", count=words.number(count), of=words.number(of))
    return Markup('<a href="{}">{}</a>').format(href, said) if of else said


def _counted(title: Markup, href: str, held: Sequence[MeasureSeen] | Sequence[DatasetSeen], words: Words) -> SeenCount:
    def count(kind: Kind) -> str:
        return words.number(sum(each.shown(kind) for each in held))

    neither = sum(not each.shown("area") and not each.shown("group") for each in held)
    return SeenCount(title=title, href=href, of=words.number(len(held)), by_area=count("area"), by_group=count("group"),
                     neither=words.number(neither))


def _anchor(priority: str) -> str:
    return f"measures-{priority}" if priority else "measures-of-none"


def _priorities(found: Seen, site: Site) -> Iterator[SeenCount]:
    for identifier, title, measures in by_priority(found, site.catalog):
        yield _counted(Markup.escape(told(title)) or site.words.gettext("Of no priority"), f"#{_anchor(identifier)}", measures,
                       site.words)


def _topics(found: Seen, site: Site) -> Iterator[SeenCount]:
    for identifier, title, datasets in by_topic(found, site.catalog):
        href = site.link(routes.EQUITY, routes.topic_url(identifier)) if identifier else ""
        yield _counted(Markup.escape(told(title)) or site.words.gettext("Of no topic"), href, datasets, site.words)


def _measures(found: Seen, site: Site) -> Iterator[SeenGroup]:
    for identifier, title, measures in by_priority(found, site.catalog):
        yield SeenGroup(anchor=_anchor(identifier), title=Markup.escape(told(title)) or site.words.gettext("Of no priority"),
                        rows=tuple(_measure(each, site) for each in measures))


def _measure(each: MeasureSeen, site: Site) -> SeenRow:
    page = site.link(routes.EQUITY, routes.measure_url(each.measure.id))
    named = columns_of(each.measure, site)

    def links(kind: Kind) -> tuple[Link, ...]:
        return tuple(Link(href=f"{page}#by-{routes.column_anchor(cut.column)}",
                          text=record.title if (record := named.get(cut.column)) and record.title else cut.column,
                          note=str(_hidden(cut, site.words))) for cut in each.cuts if cut.kind == kind)

    return SeenRow(link=Link(href=page, text=each.measure.title), areas=links("area"), groups=links("group"),
                   lack=_lack(each, site) if each.lack else Markup(""))


def _hidden(cut: Cut, words: Words) -> Markup:
    """How many groups are held back."""
    if not cut.hidden:
        return words.ngettext("%(count)s group", "%(count)s groups", cut.groups)
    return words.gettext("%(hidden)s of %(groups)s groups held back", hidden=cut.hidden, groups=cut.groups)


def _lack(each: MeasureSeen, site: Site) -> Markup:
    said = lack_words(each.lack, site.words) if each.lack else Markup("")
    if each.lack != "no-by":
        return marked("not-met", site.words.gettext("Not yet")) + " " + said
    columns = site.words.all_of([Markup("<code>{}</code>").format(name) for name in each.could])
    return marked("not-met", site.words.gettext("Not yet")) + " " + site.words.gettext(
        "%(said)s It has %(columns)s, which <code>by</code> could name.", said=said, columns=columns)


def lack_words(lack: Lack, words: Words) -> Markup:
    """Why a measure cannot be seen by anything."""
    _ = words.gettext
    return {
        "by-hand": _("Its values are entered by hand, so there are no rows to divide."),
        "no-by": _("Its file names no column to show it by."),
        "no-column": _("No column of its data is known to name areas or groups."),
        "no-values": _("There are no values by the columns that its file names."),
        "hidden": _("So few rows stand behind each group that all are held back."),
    }[lack]


def _dataset(each: DatasetSeen, site: Site) -> SeenRow:
    return SeenRow(link=_link(each, site), lack=Markup(""), areas=tuple(_column(name, each, site) for name in each.areas),
                   groups=tuple(_column(name, each, site) for name in each.groups))


def _link(each: DatasetSeen, site: Site) -> Link:
    return Link(href=site.link(routes.EQUITY, routes.dataset_url(each.dataset.id)), text=each.dataset.title)


def _column(name: str, each: DatasetSeen, site: Site) -> Link:
    """A column's entry on the page of its dataset, where it is there."""
    page = site.link(routes.EQUITY, routes.dataset_url(each.dataset.id))
    if name == PLACES:
        return Link(href=page, text=str(site.words.gettext("Places on the map")))
    record = each.dataset.record.columns.get(name)
    there = {column.name: column.record for file in each.dataset.files if file.profile for column in file.columns}
    record = there.get(name) or record
    return Link(href=f"{page}#{routes.column_anchor(name)}" if name in there else page,
                text=record.title if record and record.title else name)
