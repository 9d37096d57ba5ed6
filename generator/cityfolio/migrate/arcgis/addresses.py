"""The addresses at which an ArcGIS Hub site answers for one of its items.

A page has the family that its kind of item belongs to, what the item is called, and which side of it is shown:
`/maps/Example::trees/about`. The item is called by its owner and name, by the name alone on the owner's own site, and by its
number, with that of the layer after it. Every item that holds data answers as one of `datasets` too, which was the only family
before there were others. As https://github.com/Esri/hub.js builds them (`getHubRelativeUrl`).
"""

from __future__ import annotations

from collections.abc import Iterator

DATASETS = "datasets"
# What is called by its number or name. A page that somebody wrote, for one, is no item with sides.
FAMILIES = frozenset({DATASETS, "maps", "documents", "apps", "content"})
SIDES = ("", "/about", "/explore")
FIRST_LAYER = "0"


def old_paths(page: str, item: str, layer: str) -> list[str]:
    """Every path at which a dataset was found, by the path of its page and the numbers of its item and layer, or "" each."""
    return [*dict.fromkeys(_paths(page.rstrip("/"), item, layer))]


def _paths(page: str, item: str, layer: str) -> Iterator[str]:
    _, _, rest = page.partition("/")
    family, _, name = rest.partition("/")
    if page and (family not in FAMILIES or "/" in name):
        yield page
        family = name = ""
    families = dict.fromkeys((family or DATASETS, DATASETS))
    with_layer = f"{item}_{layer}" if item and layer else ""
    alone = item if layer in ("", FIRST_LAYER) else ""     # with several layers, the number alone leads to the first
    for each in families:
        for called in dict.fromkeys((name, alone)):
            yield from (f"/{each}/{called}{side}" for side in SIDES if called)
        for called in (name.rpartition("::")[2], with_layer):
            if called:
                yield f"/{each}/{called}"
