"""A small city with a file made to do harm in it, and what the command says of it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from cities import CSV, SITE, TREES
from tables.watched import Run, watched

GENERATOR = Path(__file__).parents[2] / "generator"
ABOUT = "title: Bomb\npublisher: parks\ntopics: [nature]\nfiles:\n  - path: {name}\n"


class City:
    """A city on disk: its trees, with a mistake of their own that has to be found, and datasets for bombs."""

    def __init__(self, folder: Path, *, look_inside: bool = True) -> None:
        self.folder = folder
        self._look_inside = look_inside
        trees = CSV + ("oak,tall\n" if look_inside else "")
        files = {"site.yaml": SITE, "publishers/parks.yaml": "title: Parks\n", "topics/nature.yaml": "title: Nature\n",
                 "datasets/trees/dataset.yaml": TREES, "datasets/trees/trees.csv": trees}
        for path, body in files.items():
            (folder / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "catalog" / path).write_text(body)

    def bomb(self, name: str, dataset: str = "bomb") -> Path:
        """Where the bomb goes; its dataset is written."""
        place = self.folder / "catalog" / "datasets" / dataset
        place.mkdir()
        about = ABOUT.replace("{name}", name) + ("" if self._look_inside else "    look_inside: false\n")
        (place / "dataset.yaml").write_text(about)
        return place / name

    def checked(self) -> Run:
        """What `cityfolio check` says."""
        return self._run("check", "--format", "json", "--no-cache")

    def built(self) -> Run:
        """What `cityfolio build` says."""
        return self._run("build", "--no-cache", "--output", str(self.folder / "output"))

    def checked_all(self, run: Run) -> bool:
        """Whether the mistake in the other dataset was found, and nothing but mistakes."""
        found = [each for each in json.loads(run.out)["problems"] if each["code"] == "cell-type"]
        return run.code == 1 and "Traceback" not in run.err and [each["line"] for each in found] == [5]

    def _run(self, *options: str) -> Run:
        path = os.pathsep.join(each for each in (os.environ.get("PYTHONPATH", ""), str(GENERATOR)) if each)
        command = [sys.executable, "-m", "cityfolio", *options, "--catalog", str(self.folder / "catalog")]
        # Its processes are ended before they say which lines they reached, so that is not measured.
        environment = {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
        return watched(command, self.folder, {**environment, "PYTHONPATH": path})


def refusal_of(run: Run, dataset: str = "bomb") -> dict[str, str]:
    """The error that a bomb met."""
    errors = [each for each in json.loads(run.out)["problems"] if each["severity"] == "error"]
    found = [each for each in errors if f"datasets/{dataset}/" in each["path"]]
    assert len(found) == 1, found
    only: dict[str, str] = found[0]
    return only
