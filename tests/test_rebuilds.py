"""A build after an edit gives what a build that keeps nothing gives, byte for byte, whatever was edited before."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import time_ns

import pytest

from campaigns import in_part
from cities import ON_TIME, SITE, TREES, a_build, a_measured_city
from cityfolio.build import Workshop, build_site
from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.known_documents import KnownDocuments
from cityfolio.load.known_looks import KnownLooks
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.pages.alone import Surroundings
from cityfolio.pages.shell import drawn as draw
from cityfolio.publish import spare
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.sinks import MemorySink

SHRUBS = TREES.replace("Street trees", "Shrubs").replace("publisher: parks", "publisher: gardens") + "related: [trees]\n"
EMPTY = ("title: Empty lots\nstatus: planned\nreason: Not counted yet.\npublisher: gardens\n"
         "release: {on: 2026-12-01, owner: parks}\n")
CITY: Mapping[str, str | bytes] = a_measured_city() | {
    "site.yaml": SITE + "as_of: 2026-06-30\n",
    "publishers/gardens.yaml": "title: Gardens\nparent: parks\n",
    "datasets/shrubs/dataset.yaml": SHRUBS,
    "datasets/shrubs/trees.csv": "species,height\nbox,1\nyew,2\n",
    "datasets/empty/dataset.yaml": EMPTY + "columns:\n  owner: {title: Owner}\n  area: {title: Area}\n",
}
# Each writes, changes or removes (None) a file, or part of one.
EDITS: Mapping[str, tuple[str, str | None]] = {
    "a title": ("datasets/trees/dataset.yaml", TREES.replace("Street trees", "Trees by the street")),
    "a title that a related dataset names": ("datasets/trees/dataset.yaml", TREES.replace("Street trees", "All trees")),
    "a column": ("datasets/shrubs/dataset.yaml", SHRUBS.replace("What kind of tree it is", "Its species")),
    "a column that becomes sensitive": ("datasets/shrubs/dataset.yaml",
                                        SHRUBS.replace("tree it is}", "tree it is, sensitive: true}")),
    "the order of a dictionary": ("datasets/empty/dataset.yaml",
                                  EMPTY + "columns:\n  area: {title: Area}\n  owner: {title: Owner}\n"),
    "rows": ("datasets/shrubs/trees.csv", "species,height\nbox,1\nyew,2\nholly,3\n"),
    "rows that a measure counts": ("datasets/repairs/repairs.csv", "closed,kind,days,district\n2026-03-02,POTHOLE,1,1\n"),
    "a measure": ("measures/on-time/measure.yaml", ON_TIME.replace("days <= 3", "days <= 5")),
    "another dataset for a measure": ("measures/by-tree/measure.yaml", ON_TIME.replace("on time", "by tree")),
    "a publisher": ("publishers/gardens.yaml", "title: Gardens and Squares\nparent: parks\n"),
    "what a publisher is part of": ("publishers/parks.yaml", "title: Parks\nurl: https://parks.example.gov/\n"),
    "who sees to a plan": ("publishers/parks.yaml", "title: Parks and Recreation\n"),
    "how often files were taken": ("usage.csv", "month,dataset,views,downloads\n2026-05,shrubs,9,4\n"),
    "a topic": ("topics/nature.yaml", "title: The living city\n"),
    "the name of the site": ("site.yaml", SITE.replace("Example City", "Sample City") + "as_of: 2026-06-30\n"),
    "a second language": ("site.yaml", SITE + "as_of: 2026-06-30\nlanguages: [en, es]\n"),
    "the day": ("site.yaml", SITE + "as_of: 2026-07-30\n"),
    "twins": ("site.yaml", SITE.replace("twins: all", "twins: [explorer]") + "as_of: 2026-06-30\n"),
    "first rows of tables": ("site.yaml", SITE + "as_of: 2026-06-30\ntables: first-rows\n"),
    "a use": ("uses/map.yaml", "title: A map of trees\nlink: https://map.example.org/\nby: A resident\ndatasets: [shrubs]\n"),
    "a guide": ("guides/count.md", "---\ntitle: Count trees\ndatasets: [shrubs, trees]\n---\nOne by one.\n"),
    "a note": ("changes/2026-06-01-heights.md",
               "---\ntitle: Heights were wrong\nkind: correction\ndatasets: [shrubs]\n---\nIn feet now.\n"),
    "a dataset that goes": ("datasets/empty/dataset.yaml", None),
    "a dataset that comes": ("datasets/ponds/dataset.yaml", TREES.replace("Street trees", "Ponds")),
    "a template": ("theme/templates/dataset.html",
                   '{% extends "civic/dataset.html" %}{% block end %}<p>Ours.</p>{% endblock %}'),
    "a style": ("theme/theme.css", "h1 { letter-spacing: 0 }\n"),
    "back as it was": ("datasets/trees/dataset.yaml", TREES),
}
# One of each that reaches something else: another record, a table, a setting, what is published, the theme.
OF_EACH_KIND = ("a title that a related dataset names", "a column that becomes sensitive", "rows that a measure counts",
                "what a publisher is part of", "a second language", "a use", "a dataset that goes", "a template")
LATER_NS = 10_000_000_000      # so that files count as settled, which tests need not wait for
ALSO: Mapping[str, str] = {"datasets/ponds/dataset.yaml": "datasets/ponds/trees.csv"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A catalog in a folder, a site beside it, and what is kept between builds."""

    folder: Path
    cache: Keep

    def write(self, path: str, body: str | bytes | None) -> None:
        """Write a file of the catalog, or remove it with its folder."""
        place = self.folder / "catalog" / path
        if body is None:
            shutil.rmtree(place.parent, ignore_errors=True)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body.encode() if isinstance(body, str) else body)

    def edit(self, name: str) -> None:
        """Do one of the edits."""
        path, body = EDITS[name]
        self.write(path, body)
        if table := ALSO.get(path):
            self.write(table, "species,height\nreed,1\n")

    def built(self) -> dict[str, bytes]:
        """The site that a build with all that is kept leaves in the folder."""
        site = self.folder / "site"
        tree = FolderTree(self.folder / "catalog")
        workshop = Workshop(tree=tree, sink=FolderSink(site, survives_power_loss=False), cache=self.cache, program="1",
                            looks=KnownLooks(self.cache, "1", time_ns() + LATER_NS))
        documents = KnownDocuments(self.cache, "1")
        loaded = load(tree, memory=documents)
        documents.keep()
        result = build_site(loaded, a_build(), workshop)
        assert result.is_built, [str(each) for each in result.problems if each.severity == "error"]
        return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def clean(self) -> dict[str, bytes]:
        """The site of a build that keeps nothing and has nothing before it."""
        root = self.folder / "catalog"
        tree = MemoryTree({str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()})
        sink = MemorySink()
        assert build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink, cache=NoCache())).is_built
        return sink.site


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A city that was built once, with a twin of its site as large ones have."""
    monkeypatch.setattr(spare, "LARGE", 0)
    desk = Desk(tmp_path, Cache(tmp_path / "cache"))
    for path, body in CITY.items():
        desk.write(path, body)
    desk.built()
    return desk


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The paths at which two sites differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@pytest.mark.parametrize("name", [*OF_EACH_KIND, *in_part([each for each in EDITS if each not in OF_EACH_KIND], 3)])
def test_a_build_after_an_edit_gives_what_a_clean_one_gives(desk: Desk, name: str):
    desk.edit(name)

    assert differing(desk.built(), desk.clean()) == []


def test_builds_after_many_edits_give_what_clean_ones_give(desk: Desk):
    order = random.Random(11)
    for _ in range(2):
        for name in order.sample(sorted(EDITS), 3):
            desk.edit(name)

        assert differing(desk.built(), desk.clean()) == []


def test_of_pages_whose_dataset_did_not_change_none_is_drawn_again(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    drawn = list[str]()
    monkeypatch.setattr("cityfolio.pages.pages.drawn", lambda page, site: drawn.append(page.url) or draw(page, site))
    desk.edit("a title")

    desk.built()

    own = {url for url in drawn if url.startswith("/data/") and url.count("/") > 2 and "/page/" not in url}
    assert {"/data/trees/", "/data/trees/trees/", "/data/shrubs/"} <= own       # a related dataset names it
    assert "/data/empty/" not in own


def test_of_lists_none_is_drawn_again_that_holds_nothing_of_what_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    drawn = list[str]()
    monkeypatch.setattr("cityfolio.pages.pages.drawn", lambda page, site: drawn.append(page.url) or draw(page, site))
    desk.edit("a column")

    desk.built()

    assert {"/health/publishers/gardens/", "/publishers/gardens/", "/inventory/status/published/"} <= set(drawn)
    assert not {"/health/publishers/parks/", "/publishers/parks/", "/inventory/status/planned/"} & set(drawn)


def test_a_known_page_that_is_not_as_it_was_in_the_former_site_is_drawn(desk: Desk):
    (desk.folder / "site/data/shrubs/index.html").write_text("<h1>Not ours</h1>")
    (desk.folder / "site/publishers/parks/index.html").unlink()
    (desk.folder / "site/data/empty/index.html").unlink()
    desk.edit("a title")

    assert differing(desk.built(), desk.clean()) == []


def test_where_the_former_site_is_gone_all_pages_are_to_be_drawn_and_others_may_draw_them(
        desk: Desk, monkeypatch: pytest.MonkeyPatch):
    asked = list[int]()
    monkeypatch.setattr("cityfolio.pages.pages.drawn_ahead",
                        lambda datasets, site, hands: asked.append(len(datasets)) or iter(()))
    before = desk.built()
    shutil.rmtree(desk.folder / "site")

    assert differing(desk.built(), before) == []
    assert differing(desk.built(), before) == []
    known, gone, known_again = asked
    assert known == known_again < gone == len(load(FolderTree(desk.folder / "catalog")).datasets)


def test_of_feeds_too_nothing_is_made_again_of_a_dataset_that_did_not_change(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    made = list[str]()

    class Asked(Surroundings):
        def of(self, dataset: Dataset) -> Catalog:
            made.append(dataset.id)
            return super().of(dataset)

    monkeypatch.setattr("cityfolio.pages.known_parts.Surroundings", Asked)
    desk.edit("a title")

    desk.built()

    # A related dataset names it in one file, and no part of a feed is made of it again.
    assert made.count("shrubs") == 1
    assert made.count("trees") > 5
    assert not {"empty", "repairs"} & set(made)


def test_a_feed_of_a_dataset_that_is_not_as_it_was_in_the_former_site_is_made(desk: Desk):
    (desk.folder / "site/data/shrubs/index.json").write_text("{}")
    (desk.folder / "site/data/shrubs/datapackage.json").unlink()
    desk.edit("a title")

    assert differing(desk.built(), desk.clean()) == []


@pytest.mark.torture
def test_builds_after_hundreds_of_edits_give_what_clean_ones_give(desk: Desk):
    order = random.Random(12)
    for _ in range(200):
        for name in order.sample(sorted(EDITS), order.randint(1, 4)):
            desk.edit(name)

        assert differing(desk.built(), desk.clean()) == []
