"""Harvests into cities that are only text: what a source lists, and what became of the catalog."""

from __future__ import annotations

from datetime import date

from cities import SITE, with_files
from cityfolio.files import MemoryTree
from cityfolio.migrate.harvest.harvest import harvest
from cityfolio.migrate.harvest.order import Order
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.report import Report
from cityfolio.model.records import SourceRecord

BIKES = {
    "datasets/bikes/dataset.yaml": "title: Bike racks\nsummary: Every rack.\npublisher: streets\ntopics: [nature]\n"
                                   "identifier: bikes-1\nlanding_page: https://data.example.org/bikes\n"
                                   "files:\n  - url: https://data.example.org/bikes.csv\n    title: All racks\n",
    "publishers/streets.yaml": "title: Streets\n",
    "topics/nature.yaml": "title: Nature\n",
    "site.yaml": "name: Other city\n",
    "reports/import-x.md": "# Report\n",
}
HOME = "datasets/bikes/dataset.yaml"


def bring(files, listed, *, copies=None, bodies=None, **order):
    """The catalog after one harvest, and the harvest."""
    source = SourceRecord(title="Matthews", format="data-json", url="https://data.example.org/data.json",
                          **order.pop("source", {}))
    imported = Imported(files=listed, copies=copies or {}, report=Report(format="x", totals=(), records=()),
                        problems=order.pop("problems", ()), missed=order.pop("missed", ()),
                        is_whole=order.pop("is_whole", True))
    found = harvest(MemoryTree(files), imported, (bodies or {}).__getitem__,
                    Order(**{"id": "matthews", "source": source, "today": date(2026, 6, 30), **order}))
    return with_files(files, found.writes | dict.fromkeys(found.removes)), found


def site(*sources):
    """The site's settings, naming sources."""
    return SITE + "sources:\n" + "".join(f"  {each}: {{title: Town, format: jkan, path: ../town}}\n" for each in sources)


def what(found):
    """What became of each dataset."""
    return {each.key[1]: each.what for each in found.outcomes if each.key[0] == "datasets"}
