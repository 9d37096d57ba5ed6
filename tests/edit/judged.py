"""What loading and checking say of one file of a catalog, and what a form is told before it says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cities import a_build
from cityfolio.check import check
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.loaded import Loaded
from cityfolio.problems import Problem, in_order
from cityfolio.review.form_known import form_here, form_known

BUILD = a_build()
# Rooms that no dataset names.
APART: Mapping[str, Any] = {room: {} for room in (
    "priorities", "goals", "measures", "calendars", "commitments", "requests", "uses", "policy", "guides", "changes",
    "standards", "attestations", "assessments")}

SITES = (
    ("name: City\nlicense: cc0-1.0\ncontact: {name: Data team, email: data@example.gov}\n"
     "sources: {matthews: {title: Matthews, format: jkan, path: ../m}}\n"),
    "name: City\n",
    "name: City\nlicense: cc0-1.0\ncontact: {phone: 704-555-0100}\n",
)
NEIGHBOR = "title: A neighbor\nidentifier: urn:neighbor\nformerly: [old-trees, /datasets/old/]\nstatus: published\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A catalog of a few datasets, of which one is edited."""

    loaded: Loaded
    dataset: str

    @property
    def path(self) -> str:
        """The file that is edited."""
        return f"datasets/{self.dataset}/dataset.yaml"

    def known(self) -> dict[str, Any]:
        """What the form is told."""
        return form_known(self.loaded, BUILD) | {"here": form_here(self.loaded, BUILD, self.dataset)}

    def verdict(self, text: str) -> tuple[Problem, ...]:
        """Everything that is wrong with the edited file when it holds a text."""
        alone = load(MemoryTree({self.path: text}))
        rest = {name: each for name, each in self.loaded.datasets.items() if name != self.dataset}
        changed = replace(self.loaded, datasets={**rest, **alone.datasets}, unread=alone.unread, problems=alone.problems,
                          drafts=(self.loaded.drafts - {self.dataset}) | alone.drafts)
        return in_order(problem for problem in check(changed, BUILD) if problem.where.path == self.path)


def a_city_of(loaded: Loaded, dataset: str, site: str = SITES[0]) -> City:
    """A small part of a catalog around one dataset: what can be named, and two datasets beside it that come first."""
    told = load(MemoryTree({"site.yaml": site, "datasets/a-draft/dataset.yaml": "title: A draft\nstatus: draft\n",
                            "datasets/a-neighbor/dataset.yaml": NEIGHBOR}))
    folder = f"datasets/{dataset}/"
    nodes = {path: node for path, node in loaded.nodes.items() if path.startswith(folder)}
    datasets = {**told.datasets, dataset: loaded.datasets[dataset]}
    return City(loaded=replace(loaded, site=told.site, datasets=datasets, nodes=nodes, problems=(), unread=frozenset(),
                               drafts=told.drafts, **APART), dataset=dataset)


def cities_of(loaded: Loaded, most: int) -> tuple[City, ...]:
    """Such a part around several datasets of a catalog, evenly taken, each with one of the sites."""
    names = sorted(loaded.datasets)
    taken = names[:: max(1, len(names) // most)][:most]
    return tuple(a_city_of(loaded, name, SITES[at % len(SITES)]) for at, name in enumerate(taken))


def read_alone(path: str, text: str) -> tuple[Problem, ...]:
    """What loading says of one file."""
    return in_order(problem for problem in load(MemoryTree({path: text})).problems if problem.where.path == path)


def as_told(problem: Problem) -> dict[str, Any]:
    """A problem as the form tells it."""
    where = problem.where
    return {"code": problem.code, "severity": problem.severity, "line": where.line, "column": where.column,
            "width": where.width, "says": problem.says, "fix": problem.fix}
