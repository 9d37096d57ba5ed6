"""The standards that come with Cityfolio, and those that a city has beside or in place of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cityfolio.files import files_below, read_bytes
from cityfolio.load.fields import read_record
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.model.standard import StandardRecord
from cityfolio.problems import Problem

FOLDER = Path(__file__).resolve().parents[1] / "standards"
ENDING = ".yaml"


SPOKEN = ("en", "")     # what they are written in, and that sites may speak another language


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Sourced[StandardRecord]]:
    """The standards that come with Cityfolio, by id. A test holds that nothing is wrong with them."""
    return {standard.id: standard for standard, _ in read_shipped()}


def read_shipped() -> tuple[tuple[Sourced[StandardRecord], tuple[Problem, ...]], ...]:
    """Each of them, with what is wrong with its keys."""
    return tuple(_read(found.path) for found in files_below(FOLDER, hidden=False) if found.path.endswith(ENDING))


def _read(name: str) -> tuple[Sourced[StandardRecord], tuple[Problem, ...]]:
    document, problems = read_yaml(name, read_bytes(FOLDER / name))
    assert document is not None, f"{name}: {problems}"   # a test reads every one
    reading = Reading(document, languages=SPOKEN)
    record = read_record(StandardRecord, document.root, reading)
    return Sourced(name.removesuffix(ENDING), record, document), (*problems, *reading.problems)


def standards_of(loaded: Loaded) -> Mapping[str, Sourced[StandardRecord]]:
    """Every standard that a city can be assessed by. One of its own takes the place of a shipped one of the same id."""
    return {**shipped(), **loaded.standards}
