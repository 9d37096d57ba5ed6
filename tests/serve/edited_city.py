"""A small city in a folder, served while its files are changed."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from cities import TREES, a_measured_city
from cityfolio.model.review import Change, Diff
from cityfolio.problems import Location
from cityfolio.serving import making as made
from cityfolio.serving.making import making
from cityfolio.settings import Options
from cityfolio.speech import Speech
from servers import serving

QUIET = Speech.of("text", quiet=True, verbose=False)
DATASET = "datasets/trees/dataset.yaml"
DRAFT = TREES.replace("title: Street trees", "title: Young trees").replace("topics:", "status: draft\ntopics:")


def written(folder: Path, files: Mapping[str, str] = {}) -> Path:
    """A small city in a folder, with other files."""
    city = a_measured_city(datasets__young__dataset=None) | {"datasets/young/dataset.yaml": DRAFT,
                                                             "datasets/young/trees.csv": "species,height\noak,1\n", **files}
    for path, body in city.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body if isinstance(body, bytes) else body.encode())
    return folder


def no_difference(chosen: Options) -> Diff | None:
    """What differs where nothing is compared."""
    return None


def broken_difference(chosen: Options) -> Diff | None:
    """A comparison whose process ends before it has found anything."""
    os._exit(1)


def one_difference(chosen: Options) -> Diff | None:
    """A dataset that is called otherwise than on the main branch."""
    change = Change(kind="title-changed", weight="notable", about="datasets/trees", says="it is called otherwise",
                    where=Location(path=DATASET), before="Trees", after="Street trees")
    return Diff(base="main", head="catalog", changes=(change,))


class Editing:
    """A city that is served while its files change."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server

    def write(self, path, body):
        """Write a file of the catalog."""
        (self.folder / "catalog" / path).write_text(body)

    def page(self, address):
        """A page as it is now."""
        return self.server.ask(address).body.decode()

    def page_when(self, address, words, seconds=30.0):
        """A page once it holds these words."""
        end = time.monotonic() + seconds
        while words not in (page := self.page(address)) and time.monotonic() < end:
            time.sleep(0.05)
        return page

    def page_without(self, address, words, seconds=30.0):
        """A page once it no longer holds these words."""
        end = time.monotonic() + seconds
        while words in (page := self.page(address)) and time.monotonic() < end:
            time.sleep(0.05)
        return page


def edited(folder, monkeypatch, differ=no_difference, files: Mapping[str, str] = {}, **otherwise):
    """Serve a city while it is edited."""
    monkeypatch.setattr(made, "difference_from_main", differ)
    catalog = written(folder / "catalog", files)
    chosen = Options(catalog=catalog, output=folder / "output", base_url="https://data.example.gov", as_of=date(2026, 6, 30),
                     use_cache=False, workers=1)
    with making(chosen, QUIET) as work, serving(folder / "output", catalog, work=replace(work, **otherwise)) as server:
        yield Editing(folder, server)
