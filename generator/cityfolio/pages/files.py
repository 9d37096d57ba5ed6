"""The page of one table: its first rows and columns as they are, and with a script all of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, File
from cityfolio.model.said import like
from cityfolio.pages import routes
from cityfolio.pages.columns import FileTables, Table
from cityfolio.pages.described import has_embed, table_twins
from cityfolio.pages.embedding import embed_page, oembed_twin
from cityfolio.pages.exports import format_words
from cityfolio.pages.freshness import State, freshness_state
from cityfolio.pages.mapping import map_policy
from cityfolio.pages.markdown import told, words_only
from cityfolio.pages.shell import POLICY, Link, Page, Site
from cityfolio.pages.taking import Take, take


class Explorer(Frozen, kw_only=True):
    """What the page's scripts fetch; all "" where nothing can be fetched: in a folder, or with scripts that are not bundled."""

    outline: str = ""
    words: str = ""               # what the scripts say
    script: str = ""
    worker: str = ""
    ask: str = ""
    take: str = ""
    map: str = ""
    where: str = ""               # for addresses with a condition
    calendars: str = ""           # the folder of the holidays that conditions leave out


class FileView(Frozen, kw_only=True):
    """What `file.html` shows."""

    title: str
    crumbs: tuple[Link, ...]
    lede: Markup
    state: State
    downloads: tuple[Link, ...]
    table: Table
    explorer: Explorer
    others: tuple[Link, ...]      # the other tables of the dataset
    take: Take                    # code, frame, citation
    sql: str                      # the console with this table; "" where there is none


def file_pages(dataset: Dataset, site: Site, of_files: FileTables) -> Iterator[Page]:
    """The page of each table of a dataset, and where the city asks for them one to be shown within pages of others."""
    for file in dataset.files:
        if file.page and dataset.status == "published":
            table = of_files.of(file)
            yield _file_page(dataset, file, table, site)
            if has_embed(dataset, file):
                yield embed_page(dataset, file, heading_of(dataset, file), table.preview, site)


def _file_page(dataset: Dataset, file: File, table: Table, site: Site) -> Page:
    url = routes.file_page_url(dataset.id, file.page)
    return Page(
        url=url, kind="file", template="file.html", title=heading_of(dataset, file),
        view=_view(dataset, file, table, url, site), source=dataset.source_path,
        section=routes.DATA, updated=dataset.updated, sheets=("explorer",), policy=map_policy(POLICY, site.catalog.site),
        description=words_only(_lede(dataset, file, site)),
        twins=(*table_twins(dataset, file, site), *oembed_twin(dataset, file, site)),
    )


def heading_of(dataset: Dataset, file: File) -> str:
    """What a table is called: as its dataset where that has no other, else with the dataset's title before its own."""
    tables = [each for each in dataset.files if each.page]
    return dataset.title if len(tables) == 1 else f"{dataset.title}: {file.title}"


def _view(dataset: Dataset, file: File, table: Table, url: str, site: Site) -> FileView:
    explorer = _explorer(dataset, file, url, site)
    return FileView(
        title=heading_of(dataset, file), crumbs=_crumbs(dataset, url, site), lede=_lede(dataset, file, site),
        state=freshness_state(dataset, site), downloads=tuple(_downloads(dataset, file, url, site)),
        table=table, explorer=explorer,
        others=tuple(Link(href=site.link(url, routes.file_page_url(dataset.id, each.page)), text=each.title)
                     for each in dataset.files if each.page and each.page != file.page),
        take=take(dataset, file, heading_of(dataset, file), site),
        sql=_sql(dataset, file, url, site) if explorer.script else "",
    )


def _crumbs(dataset: Dataset, url: str, site: Site) -> tuple[Link, ...]:
    return (Link(href=site.link(url, routes.DATA), text=site.words.gettext("Data")),
            Link(href=site.link(url, routes.dataset_url(dataset.id)), text=dataset.title))


def _lede(dataset: Dataset, file: File, site: Site) -> Markup:
    """How much there is to see, in a sentence."""
    assert file.profile is not None    # pages are of tables
    words = site.words
    rows, columns = file.profile.rows, len(file.profile.header)
    in_rows = words.ngettext("%(count)s row", "%(count)s rows", rows)
    in_columns = words.ngettext("%(count)s column", "%(count)s columns", columns)
    if file.shows_sample:
        return words.gettext("A sample of %(rows)s, %(columns)s.", rows=in_rows, columns=in_columns)
    each = dataset.record.each_row_is
    if each and len([one for one in dataset.files if one.page]) == 1:
        return words.gettext("%(rows)s, %(columns)s. Each row is: %(each)s.", rows=in_rows, columns=in_columns,
                             each=told(like(each.rstrip("."), each)))
    return words.gettext("%(rows)s, %(columns)s.", rows=in_rows, columns=in_columns)


def _downloads(dataset: Dataset, file: File, url: str, site: Site) -> Iterator[Link]:
    named = [(file.name, file.format, file.bytes or 0)] if file.name else []
    named += [(each.name, each.format, each.bytes) for each in file.exports]
    for name, form, size in named:
        yield Link(href=site.link(url, routes.file_url(dataset.id, name)), text=format_words(form, site.words),
                   note=str(site.words.size(size)))


def _sql(dataset: Dataset, file: File, url: str, site: Site) -> str:
    return f"{site.link(url, routes.SQL)}?dataset={routes.quoted(dataset.id)}&file={routes.quoted(file.page)}"


def _explorer(dataset: Dataset, file: File, url: str, site: Site) -> Explorer:
    scripts = site.assets.scripts
    if site.build.for_folder or file.rows is None or not {"explorer.js", "explorer-worker.js"} <= scripts.keys():
        return Explorer()
    ask, take, plan, where = (site.link(url, scripts[name]) if name in scripts else ""
                              for name in ("ask.js", "take.js", "map.js", "where.js"))
    return Explorer(
        outline=site.link(url, routes.outline_url(dataset.id, file.page)), script=site.link(url, scripts["explorer.js"]),
        words=site.link(url, site.assets.words) if site.assets.words else "",
        worker=site.link(url, scripts["explorer-worker.js"]), ask=ask, take=take, map=plan, where=where,
        calendars=site.link(url, routes.CALENDARS),
    )
