"""Which keys of each dataset data.gov's harvester finds fault with, and which our own problems name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

# The key of DCAT-US that each of our problems is about.
KEYS = {
    "title-missing": "title", "description-missing": "description", "keyword-missing": "keyword",
    "modified-missing": "modified", "publisher-missing": "publisher", "contact-missing": "contactPoint",
    "contact-name-missing": "contactPoint", "contact-email-missing": "contactPoint",
}
DEFINITIONS = "https://resources.data.gov/dcat-us/3.0.0/definitions"


def judged(judges: Path, site: Path) -> dict[str, set[str]]:
    """The keys at fault in `data.json` or `dcat-us.json`, by the id of each dataset that they list.

    The values of measures, which stand after the datasets, are among them only where something is at fault.
    """
    one, three = _one(judges), _three(judges)
    datasets, listed = _datasets(site / "data.json"), _listed(site)
    names = [*listed, *(each["identifier"] for each in datasets[len(listed):])]
    pairs = zip(datasets, _datasets(site / "dcat-us.json"), strict=True)
    faults = {name: _faults(one, first) | _faults(three, second)
              for name, (first, second) in zip(names, pairs, strict=True)}
    return {name: found for name, found in faults.items() if found or name in listed}


def ours(problems: Sequence[Mapping[str, Any]], site: Path) -> dict[str, set[str]]:
    """The keys that our problems name, by the id of each dataset that the feeds list."""
    named: dict[str, set[str]] = {identifier: set() for identifier in _listed(site)}
    for problem in problems:
        room, identifier = problem["path"].split("/")[-3:-1] if problem["path"].endswith("dataset.yaml") else ("", "")
        if room == "datasets" and problem["code"] in KEYS and identifier in named:
            named[identifier].add(KEYS[problem["code"]])
    nameless = {Path(each["path"]).stem for each in problems
                if each["code"] == "title-missing" and Path(each["path"]).parent.name == "publishers"}
    for dataset in _catalog(site):
        if dataset["publisher"] in nameless and dataset["id"] in named:
            named[dataset["id"]].add("publisher")
    return named


def _faults(validator: Validator, dataset: Mapping[str, Any]) -> set[str]:
    return {str(fault.absolute_path[0]) if fault.absolute_path else fault.message.split("'")[1]
            for fault in validator.iter_errors(dataset)}


def _one(judges: Path) -> Validator:
    schema = json.loads((judges / "dcat-us-1.1/gsa-harvester/non-federal_dataset.json").read_text())
    return Draft202012Validator(schema, format_checker=FormatChecker())


def _three(judges: Path) -> Validator:
    schemas = [json.loads(path.read_text()) for path in (judges / "dcat-us-3/gsa-harvester/definitions").glob("*.json")]
    known: Registry[Any] = Registry().with_resources((each["$id"], DRAFT202012.create_resource(each)) for each in schemas)
    return Draft202012Validator({"$ref": f"{DEFINITIONS}/dataset"}, registry=known, format_checker=FormatChecker())


def _datasets(path: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(path.read_text())["dataset"]
    return listed


def _catalog(site: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((site / "catalog.json").read_text())["datasets"]
    return listed


def _listed(site: Path) -> list[str]:
    return [each["id"] for each in _catalog(site) if each["status"] != "retired"]
