"""Lists of what there is to mend: a dataset or a check with its reason, the file and the line.

Made here and not in a template: a catalog of ten thousand datasets has a hundred thousand of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from markupsafe import Markup, escape

from cityfolio.model.catalog import Dataset
from cityfolio.model.health import HealthCheck
from cityfolio.model.records import Repository
from cityfolio.pages import routes
from cityfolio.pages.health_words import check_words, reason
from cityfolio.pages.markdown import told
from cityfolio.pages.repository import edit_url
from cityfolio.pages.shell import Link, Site
from cityfolio.problems import Location

LINES_OF_A_PAGE = 250      # entries; with their addresses they are some 15 kB compressed

T = TypeVar("T")


def place(where: Location, site: Site) -> Markup:
    """A place in the catalog, as a link to where it is mended when the repository is known."""
    return _place(site.catalog.site.repository, where)


@lru_cache(maxsize=20_000)   # a check is told on the pages of its dataset, of its publisher and of all like it
def _place(repository: Repository | None, where: Location) -> Markup:
    line = "" if where.line is None else f":{where.line}"
    shown = f"<code>{escape(where.path)}{line}</code>"
    edit = edit_url(repository, where.path, where.line)
    return Markup(f'<a href="{escape(edit)}" rel="noopener">{shown}</a>' if edit else shown)


def forget_places() -> None:
    """Let go of the places that were told last, once the last page is drawn."""
    _place.cache_clear()


def dataset_line(dataset: Dataset, check: HealthCheck, root: str, site: Site, anchor: str = "") -> str:
    """A dataset that a check finds at fault. `root` leads from the page to the top of the site."""
    named = f' id="{anchor}"' if anchor else ""
    href = escape(routes.href(root, routes.dataset_url(dataset.id), for_folder=site.build.for_folder))
    return f'<li{named} data-state="{check.state}"><a href="{href}">{escape(told(dataset.title))}</a> {_told(check, site)}</li>'


def check_line(check: HealthCheck, root: str, site: Site) -> str:
    """A check of one dataset that does not pass. `root` leads from the page to the top of the site."""
    href = escape(routes.href(root, routes.health_url(check.id), for_folder=site.build.for_folder))
    return f'<li><a href="{href}">{check_words(site.words)[check.id].title}</a> {_told(check, site)}</li>'


def _told(check: HealthCheck, site: Site) -> str:
    """Why, and where it is mended."""
    said = reason(check, site.words)
    if check.state == "unknown":
        unknown = site.words.gettext("Not known:")
        said = Markup(f'<b class="mark" data-state="unknown">{unknown}</b> {said}')
    else:
        said = Markup(f"<span>{said}</span>")
    return f"{said} {place(check.where[0], site)}" if check.where else str(said)


def in_pages(items: Sequence[T], longest: int = LINES_OF_A_PAGE) -> list[Sequence[T]]:
    """A list cut into parts for one page each; one empty part where there is nothing."""
    return [items[start:start + longest] for start in range(0, len(items), longest)] or [()]


def further_pages(urls: Sequence[str], page: str, site: Site) -> tuple[Link, ...]:
    """The pages of a list that is too long for one; none where one holds it."""
    if len(urls) == 1:
        return ()
    return tuple(Link(href=site.link(page, url), text=str(number), current=url == page)
                 for number, url in enumerate(urls, start=1))


def joined(lines: Iterable[str]) -> Markup:
    """Entries of a list, one on a line. They are markup already."""
    return Markup("\n".join(lines))
