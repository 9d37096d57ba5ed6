"""Goals and measures of the demonstration city as the tests read them, without the product's own loader."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from demonstration.charlotte_catalog import CATALOG, document

MEASURES = tuple(sorted(path.parent.name for path in (CATALOG / "measures").glob("*/measure.yaml")))
GOALS = tuple(sorted(path.stem for path in (CATALOG / "goals").glob("*.yaml")))
PRIORITIES = tuple(sorted(path.stem for path in (CATALOG / "priorities").glob("*.yaml")))
CLOSED = tuple(measure for measure in MEASURES if (CATALOG / "measures" / measure / "observations.csv").is_file())


def measure(name: str) -> Mapping[str, Any]:   # Any: YAML nests as it likes
    """A measure's YAML."""
    return document(f"measures/{name}/measure.yaml")


def goal(name: str) -> Mapping[str, Any]:
    """A goal's YAML."""
    return document(f"goals/{name}.yaml")


def grain(name: str) -> str:
    """How long the periods of a measure are."""
    return str(measure(name)["period"]["grain"])


def closed(name: str) -> list[dict[str, str]]:
    """The committed lines of a measure."""
    return lines(CATALOG / "measures" / name / "observations.csv")


def lines(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file."""
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def newest(name: str, period: str) -> Mapping[str, str]:
    """The line that stands for a period, over all groups."""
    return [line for line in closed(name) if line["period"] == period and not line["by"]][-1]


def baselines() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each measure whose baseline is of a period that is closed, with the baseline."""
    for name in CLOSED:
        given = measure(name).get("baseline")
        if given and "source" not in given and given["period"] in {line["period"] for line in closed(name)}:
            yield name, given
