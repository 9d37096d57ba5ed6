"""What the settings of a source add to its records: the publisher above them, and where a dataset is at home."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from cityfolio.migrate.harvest.brought import Key
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.harvest.order import Order
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.keys import keys_of
from cityfolio.model.records import DatasetRecord


def fitted(key: Key, values: Values, order: Order) -> Values:
    """A record with what the source's settings add to it."""
    source = order.source
    # The addresses of another portal remain its own.
    made = {name: value for name, value in values.items() if name != "formerly" or source.moving}
    if key[0] == "publishers" and source.publisher and key[1] != source.publisher:
        made.setdefault("parent", source.publisher)
    if key[0] == "datasets":
        if source.publisher:
            made.setdefault("publisher", source.publisher)
        home = _home(values, source.home or source.url or "")
        made |= {} if source.moving else {"source": _named(order.id, home)}
        made = {name: made[name] for name in keys_of(DatasetRecord) if name in made} | made   # in the order of its file
    return made


def _named(source: str, home: str) -> dict[str, Yaml]:
    return {"id": source, "url": home} if home else {"id": source}


def _home(values: Values, url: str) -> str:
    """The page of a dataset on the portal it comes from: its landing page, else a former path of that portal's host."""
    page = str(values.get("landing_page", ""))
    if page and (not url or urlsplit(page).hostname == urlsplit(url).hostname):
        return page
    former = values.get("formerly")
    path = former[0] if isinstance(former, list) and former else former
    return urljoin(url, path) if url and isinstance(path, str) and path.startswith("/") else page
