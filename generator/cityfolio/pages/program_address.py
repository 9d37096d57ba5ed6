"""An address that programs can rely on, and what an example of it is taken from."""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from cityfolio.frozen import Frozen, field
from cityfolio.model.catalog import Dataset, File
from cityfolio.model.twins import EVERY

Part = Literal["catalog", "tables", "dataset", "rows", "pages", "goals", "news", "site"]

JSON, GEO_JSON, LD_JSON = "application/json", "application/geo+json", "application/ld+json"
ATOM, CSV, XML, TURTLE, TEXT = "application/atom+xml", "text/csv", "application/xml", "text/turtle", "text/plain"
SVG, CALENDAR = "image/svg+xml", "text/calendar"
PARQUET, SQLITE, LINKS = "application/vnd.apache.parquet", "application/vnd.sqlite3", "application/linkset+json"
ZIP = "application/zip"


class ProgramAddress(Frozen, kw_only=True):
    """An address, or a pattern of addresses, and what is there."""

    path: str                     # a site path; `{dataset}` and the like stand for ids
    part: Part
    title: Markup
    holds: Markup
    media_type: str
    follows: Markup = Markup("")  # the standard, where it is one's
    schema: str = ""              # its name in OpenAPI, where it is our own form
    shows: str = ""               # what an example in Python prints of `found`, its JSON
    example: str = ""             # a site path in this catalog; "" where it has none


class Samples(Frozen, kw_only=True):
    """What stands for `{dataset}` and the like in the examples of one catalog; None where it has no such thing."""

    dataset: Dataset | None
    file: File | None             # with a page
    twins: frozenset[str] = EVERY # kinds of files that the site has beside each dataset
    ids: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)     # of the site, a topic, a publisher and a dataset, where there are
