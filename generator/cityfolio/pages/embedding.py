"""A table, chart or map within pages of others: a page of its own without the site's frame, and the code that puts it there."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, File
from cityfolio.pages import routes
from cityfolio.pages.described import has_embed
from cityfolio.pages.first_rows import Preview
from cityfolio.pages.mapping import map_policy
from cityfolio.pages.shell import POLICY, Link, Page, Site, Twin

SCRIPT = "embed-page.js"
WIDTH, HEIGHT = 640, 480           # until a script knows better


class EmbedView(Frozen, kw_only=True):
    """What `embed.html` shows."""

    title: str
    source: Link                  # the page of the table
    publisher: str
    site_name: str
    preview: Preview | None
    outline: str                  # what the script fetches; "" where nothing can be
    words: str                    # what it says
    script: str
    worker: str
    map: str                      # fetched where the address asks for the map
    where: str                    # fetched where it has a condition
    calendars: str                # the folder of the holidays that conditions leave out


def embed_url(dataset_id: str, page: str) -> str:
    """The page that shows a table within pages of others."""
    return f"/embed/data/{dataset_id}/{page}/"


def oembed_url(dataset_id: str, page: str) -> str:
    """What programs that know oEmbed read to put a table into a page."""
    return f"/data/{dataset_id}/{page}/oembed.json"


def embed_page(dataset: Dataset, file: File, title: str, preview: Preview | None, site: Site) -> Page:
    """The page of a table that is made to be embedded. `title` and `preview` are those of the table's own page."""
    return Page(
        url=embed_url(dataset.id, file.page), kind="embed", template="embed.html", title=title, section=routes.DATA,
        view=_view(dataset, file, title, preview, site), source=dataset.source_path, listed=False,
        sheets=("explorer", "embed"), policy=map_policy(POLICY, site.catalog.site),
        canonical=routes.file_page_url(dataset.id, file.page),
    )


def _view(dataset: Dataset, file: File, title: str, preview: Preview | None, site: Site) -> EmbedView:
    url, page = embed_url(dataset.id, file.page), routes.file_page_url(dataset.id, file.page)
    scripts = site.assets.scripts
    can_fetch = not site.build.for_folder and file.rows is not None and {SCRIPT, "explorer-worker.js"} <= scripts.keys()
    return EmbedView(
        title=title, source=Link(href=site.link(url, page), text=site.words.gettext("See all rows and where they are from")),
        publisher=dataset.publisher.title if dataset.publisher else "", site_name=site.catalog.site.name,
        preview=preview,
        outline=site.link(url, routes.outline_url(dataset.id, file.page)) if can_fetch else "",
        words=site.link(url, site.assets.words) if can_fetch and site.assets.words else "",
        script=site.link(url, scripts[SCRIPT]) if can_fetch else "",
        worker=site.link(url, scripts["explorer-worker.js"]) if can_fetch else "",
        map=site.link(url, scripts["map.js"]) if can_fetch and "map.js" in scripts else "",
        where=site.link(url, scripts["where.js"]) if can_fetch and "where.js" in scripts else "",
        calendars=site.link(url, routes.CALENDARS) if can_fetch else "",
    )


def frame_code(dataset: Dataset, file: File, title: str, site: Site) -> str:
    """The HTML that shows a table in a page of others; "" where there is no such page, or the site's address is not known."""
    if not site.build.base_url or site.build.for_folder or not has_embed(dataset, file):
        return ""
    return iframe(site.address(embed_url(dataset.id, file.page)), title)


def iframe(address: str, title: str, height: int = HEIGHT) -> str:
    """A frame as HTML. It scrolls; where the page has the script of `resizer_code` too, it is as high as what is in it."""
    return (f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{height}" loading="lazy"></iframe>')


def resizer_code(site: Site) -> str:
    """The script for pages of others; "" where there is none to be had."""
    if not site.build.base_url or site.build.for_folder or "embed.js" not in site.assets.scripts:
        return ""
    return f'<script src="{escape(site.address(routes.EMBED_RESIZER))}" async></script>'


def oembed_twin(dataset: Dataset, file: File, site: Site) -> tuple[Twin, ...]:
    """How the page of a table names its oEmbed; () where there is none."""
    if not site.build.base_url or not has_embed(dataset, file):
        return ()
    return (Twin(url=oembed_url(dataset.id, file.page), media_type="application/json+oembed",
                 title=Markup.escape(site.words.gettext("For embedding (oEmbed)"))),)
