"""The page that answers queries in SQL, in the browser: its frame, its own policy, and the list of what can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.shell import POLICY, Link, Page, Site, index_twin

KIND = "sql"
# Of all pages this one alone may run WebAssembly, which is what SQLite is made of.
SQL_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
OTHER_POLICIES: Mapping[str, str] = {KIND: SQL_POLICY}   # by type of page
NEEDED = ("sql.js", "sql-worker.js", "sqlite3.wasm")


class SqlView(Frozen, kw_only=True):
    """What `sql.html` shows. The addresses are "" where nothing can be fetched: in a folder, or with scripts not bundled."""

    tables: str
    script: str
    worker: str
    wasm: str
    data: Link


def sql_page(site: Site) -> Page:
    """The console. What it can be asked is found in the datasets, so search engines are asked to leave it out."""
    _, url, scripts = site.words.gettext, routes.SQL, site.assets.scripts
    data = Link(href=site.link(url, routes.DATA), text=_("All data"))
    if site.build.for_folder or not set(NEEDED) <= scripts.keys():
        view = SqlView(tables="", script="", worker="", wasm="", data=data)
    else:
        script, worker, wasm = (site.link(url, scripts[name]) for name in NEEDED)
        view = SqlView(tables=site.link(url, routes.SQL_TABLES), script=script, worker=worker, wasm=wasm, data=data)
    return Page(url=url, kind=KIND, template="sql.html", title=_("Ask with SQL"), view=view, source="datasets/", listed=False,
                section=routes.DATA, sheets=(KIND,), policy=SQL_POLICY, twins=(index_twin(url, site.words),))


def sql_tables(catalog: Catalog) -> Output:
    """Every table that can be asked, by dataset: its name, its title, and where its outline is."""
    datasets = [{"id": each.id, "title": each.title, "tables": tables}
                for each in catalog.published if (tables := _tables(each))]
    return Output(url=routes.SQL_TABLES, body=orjson.dumps({"datasets": datasets}), media_type="application/json", kind="feed",
                  source="datasets/")


def _tables(dataset: Dataset) -> list[dict[str, Any]]:  # Any: JSON
    return [{"name": file.page, "title": file.title, "rows": file.profile.rows,
             "outline": routes.relative(routes.SQL_TABLES, routes.outline_url(dataset.id, file.page))}
            for file in dataset.files if file.page and file.profile and file.rows]
