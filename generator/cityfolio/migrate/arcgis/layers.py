"""What ArcGIS servers tell of a service: its layers and tables, and the fields of each with their domains.

As https://developers.arcgis.com/rest/services-reference/ has them. These servers are as a rule others than the Hub's own, and
of every age: one that does not answer holds up nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cityfolio.fetch.answers import Failed
from cityfolio.frozen import Frozen
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.files import FileDraft
from cityfolio.migrate.network.listing import group, items
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.values.given import Given, as_words

LAYER = re.compile(r"/(?:Feature|Map)Server/(\d+)/?$", re.IGNORECASE)
SERVICE = re.compile(r"/(?:Feature|Map)Server/?$", re.IGNORECASE)
GEOMETRY = "esriFieldTypeGeometry"
MOST_LAYERS = 50                  # of one service that are asked for their fields
UNTOLD = "columns that the layer's server did not tell"
TOO_MANY = "layers of a service that has more than are asked for their columns"


class Layer(Frozen):
    """One layer or table of a service; its number is "" where it is not known."""

    number: str
    name: str = ""
    fields: tuple[Given, ...] = ()


def layers_of(draft: DatasetDraft, values: Mapping[str, Given], portal: Portal | None) -> list[Layer]:
    """The layers of an item that is a service, or the one that it is: as the search tells them, else as their server does."""
    url, (_, _, number) = as_words(values.get("url")), as_words(values.get("id")).partition("_")
    one = LAYER.search(url)
    told = items(values.get("fields")) or items(group(values.get("layer")).get("fields"))
    if one and not told:
        told = items(_told(draft, url, portal).get("fields"))
    if one or told or number or not SERVICE.search(url):
        return [Layer(number or (one[1] if one else ""), fields=_without_shapes(told))]
    return _of_service(draft, url.rstrip("/"), portal) or [Layer("")]


def _of_service(draft: DatasetDraft, url: str, portal: Portal | None) -> list[Layer]:
    answer = _told(draft, url, portal)
    listed = [group(each) for each in (*items(answer.get("layers")), *items(answer.get("tables")))]
    # A layer that others lie below has no rows of its own.
    listed = [each for each in listed if as_words(each.get("id")).isdecimal() and not items(each.get("subLayerIds"))]
    if len(listed) > MOST_LAYERS:
        draft.ledger.note("left-out", "url", TOO_MANY, url, f"{len(listed):,}")
    layers = []
    for each in listed[:MOST_LAYERS]:
        number = as_words(each["id"])
        fields = items(_told(draft, f"{url}/{number}", portal).get("fields"))
        layers.append(Layer(number, as_words(each.get("name")), _without_shapes(fields)))
    return layers


def _without_shapes(fields: list[Given]) -> tuple[Given, ...]:
    return tuple(each for each in fields if as_words(group(each).get("type")) != GEOMETRY)


def _told(draft: DatasetDraft, url: str, portal: Portal | None) -> dict[str, Given]:
    """What a server tells of a layer or service; nothing where it does not answer."""
    if portal is None:
        return {}
    try:
        answer = group(portal.json(f"{url.rstrip('/')}?f=json"))
    except Failed as why:
        if portal.stops_at(why, url):
            raise
        draft.ledger.note("left-out", "fields", UNTOLD, url, why.says)
        return {}
    if "error" in answer:   # with status 200
        draft.ledger.note("left-out", "fields", UNTOLD, url, as_words(answer["error"]))
    return answer


def describe(into: DatasetDraft | FileDraft, layer: Layer, place: str) -> None:
    """Describe the columns of a layer, each with the codes and limits of its domain."""
    for number, each in enumerate(layer.fields, 1):
        given = group(each)
        name, alias = as_words(given.get("name")), as_words(given.get("alias"))
        values, (low, high) = _codes(group(given.get("domain"))), _limits(group(given.get("domain")))
        into.column(f"{place}[{number}]", name, title=alias if alias != name else None,
                    description=_meaning(given.get("description")), type=given.get("type"), values=values, minimum=low,
                    maximum=high)


def _codes(domain: Mapping[str, Given]) -> dict[str, str]:
    codes = (group(each) for each in items(domain.get("codedValues")))
    return {code: as_words(each.get("name")) for each in codes if (code := as_words(each.get("code")))}


def _limits(domain: Mapping[str, Given]) -> tuple[Given, Given]:
    low, high, *_ = [*items(domain.get("range")), None, None]
    return low, high


def _meaning(given: Given) -> Given:
    """What a field means. Newer services keep it as JSON within the text: {"value": "...", "fieldValueType": "..."}."""
    text = as_words(given)
    found = re.search(r'"value"\s*:\s*"((?:[^"\\]|\\.)*)"', text) if text.startswith("{") else None
    return found[1].replace('\\"', '"') if found else text
