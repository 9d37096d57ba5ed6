"""Where the explorer answers a question: its address, with the question written as the explorer writes it.

The parts of a value stand between `~`. Inside of a part `!` is written `!!` and `~` is written `!~`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cityfolio.model.answers import Asked, Filter
from cityfolio.model.catalog import Dataset
from cityfolio.pages import routes

if TYPE_CHECKING:     # all that draws pages comes with it, and each process that calls a plugin imports this module
    from cityfolio.pages.shell import Site


def explorer_query(asked: Asked, chart: str = "") -> str:
    """A question as the query of an address, without "?"."""
    return "&".join(f"{name}={value}" for name, value in _parts(asked, chart))


def explorer_link(dataset: Dataset, place: int, asked: Asked, site: Site, chart: str = "") -> str:
    """The link from a dataset's page to a question about one of its files; "" where the file has no page."""
    page = dataset.files[place].page
    if not page:
        return ""
    return f"{site.link(routes.dataset_url(dataset.id), routes.file_page_url(dataset.id, page))}?{explorer_query(asked, chart)}"


def _parts(asked: Asked, chart: str) -> Iterator[tuple[str, str]]:
    for each in asked.filters:
        yield "where", _filter(each)
    yield "ask", value_of(asked.measure, *([asked.of] if asked.of is not None else []))
    if asked.by is not None:
        yield "by", value_of(asked.by, *([asked.per] if asked.per else []))
    if asked.top is not None:
        yield "top", str(asked.top)
    if chart:
        yield "chart", chart


def _filter(given: Filter) -> str:
    condition = given.condition
    if condition.test == "is":
        return value_of(given.column, "is", *condition.values)
    if condition.test == "contains":
        return value_of(given.column, "contains", condition.text)
    if condition.test == "between":
        return value_of(given.column, "between", condition.low, condition.high)
    return value_of(given.column, condition.test)


def value_of(*parts: str) -> str:
    """Some parts as one value of the query. A part alone, as a `where`, is a condition in words."""
    return "~".join(routes.quoted(part.replace("!", "!!").replace("~", "!~")) for part in parts)
