"""Views of a Socrata portal that are no data of their own: charts, maps and filters of a dataset, and stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.network.listing import Found, Listed, Lost, group, items
from cityfolio.migrate.socrata.asset import path_of_link
from cityfolio.migrate.socrata.listing import identifier
from cityfolio.migrate.values.given import Given, as_words

# `type` of an asset -> what it is. The others have rows or a file of their own, or lead to what does.
VIEWS: Mapping[str, str] = {
    "chart": "a chart", "map": "a map", "filter": "a part of a dataset", "calendar": "a calendar", "story": "a story",
    "form": "a form", "visualization": "a chart", "data_lens": "a page of charts", "measure": "a measure",
    "federated_href": "a dataset of another portal",
}


@dataclass(slots=True)
class Views:
    """Collects views, so that their addresses forward to the dataset that they show."""

    shown: list[tuple[str, str, list[str]]] = field(default_factory=list)   # identifier of the view, path, of its datasets
    datasets: dict[str, DatasetDraft] = field(default_factory=dict)

    def without(self, found: Iterable[Found]) -> Iterator[Found]:
        """The assets; a view is one that does not come over."""
        for each in found:
            what = _view(each.values) if isinstance(each, Listed) else ""
            if isinstance(each, Listed) and what:
                values = each.values
                parents = [as_words(parent) for parent in items(group(values.get("resource")).get("parent_fxf"))]
                self.shown.append((identifier(values), path_of_link(values), parents))
                why = f"{what} on the portal, not data of its own"
                yield Lost(each.place, f"{why}; its address leads to the dataset" if parents else why, is_meant=True)
            else:
                yield each

    def add(self, name: str, dataset: DatasetDraft) -> None:
        """Remember a dataset that came over."""
        self.datasets[name] = dataset

    def forward(self) -> None:
        """Let the addresses of each view lead to the dataset it shows."""
        for name, link, parents in self.shown:
            dataset = next((self.datasets[parent] for parent in parents if parent in self.datasets), None)
            if dataset is not None:
                dataset.formerly("permalink", f"/d/{name}")
                dataset.formerly("link", link)


def _view(values: Mapping[str, Given]) -> str:
    resource = group(values.get("resource"))
    kind = as_words(resource.get("type"))
    # A map that belongs to no dataset is one: that is how older portals hold geographic data.
    return "" if kind == "map" and not items(resource.get("parent_fxf")) else VIEWS.get(kind, "")
