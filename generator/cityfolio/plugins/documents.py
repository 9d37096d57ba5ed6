"""What plugins let the search find, as documents of the index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cityfolio.frozen import replace
from cityfolio.pages import routes
from cityfolio.pages.markdown import excerpt
from cityfolio.pages.shell import Site
from cityfolio.plugins.hooks import Findable, PluginPage
from cityfolio.plugins.texts import PAGES
from cityfolio.plugins.things import RowsOf
from cityfolio.search.documents import Document
from cityfolio.search.plain_words import plain

BEHIND = re.compile("[?#]")      # where the address of a page ends


def page_document(page: PluginPage) -> Document:
    """A page of a plugin."""
    return Document(id=page.url, kind=PAGES, title=page.title, url=page.url, text=page.description or excerpt(page.text),
                    updated=page.updated.isoformat() if page.updated else "", fields={"description": (plain(page.text),)})


def thing_document(thing: Findable, kind: str) -> Document:
    """Something that a plugin gave."""
    return Document(id=thing.id, kind=kind, title=thing.title, url=thing.url, text=thing.text, about=thing.about,
                    standing=thing.weight, fields={"keywords": thing.words} if thing.words else {})


def table_documents(table: RowsOf, site: Site) -> Iterator[Document]:
    """What a plugin found in a table. Where it names no page it is that of the table's rows, with what it asks there."""
    dataset = site.datasets.get(table.dataset.id, table.dataset)
    file = dataset.files[table.place]
    page = routes.file_page_url(dataset.id, file.page) if file.page else routes.dataset_url(dataset.id)
    for thing in table.things():
        url = thing.url if thing.url.startswith("/") else page + thing.url
        told = replace(thing, id=f"{page}{thing.id}", url=url, about=thing.about or dataset.title)
        yield thing_document(told, table.kind)


def page_of(url: str) -> str:
    """The page that an address leads to, without what it is asked there."""
    return BEHIND.split(url, maxsplit=1)[0]
