"""The standards that come with Cityfolio, and those that a city has beside or in place of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from cityfolio.files import files_below, read_bytes
from cityfolio.frozen import replace
from cityfolio.load.fields import read_record
from cityfolio.load.languages import SOURCE, base_of
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.model.standard import StandardRecord
from cityfolio.practice.spoken import spoken
from cityfolio.problems import Problem

FOLDER = Path(__file__).resolve().parents[1] / "standards"
ENDING = ".yaml"


Read = tuple[Sourced[StandardRecord], tuple[Problem, ...]]


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Sourced[StandardRecord]]:
    """The standards that come with Cityfolio, by id. A test holds that nothing is wrong with them."""
    return {standard.id: standard for standard, _ in read_shipped()}


def read_shipped() -> tuple[Read, ...]:
    """Each of them, with what is wrong with its keys."""
    return _read_in("", SOURCE)


def read_texts(language: str) -> tuple[Read, ...]:
    """Their texts in another language, `standards/LANGUAGE/ID.yaml`, read as standards that have nothing but texts."""
    return _read_in(f"{language}/", language)


def _read_in(folder: str, language: str) -> tuple[Read, ...]:
    names = (found.path for found in files_below(FOLDER / folder, hidden=False))
    return tuple(_read(folder, name, language) for name in names if name.endswith(ENDING) and "/" not in name)


def _read(folder: str, name: str, language: str) -> Read:
    document, problems = read_yaml(folder + name, read_bytes(FOLDER / folder / name))
    assert document is not None, f"{folder}{name}: {problems}"   # a test reads every one
    # The second language is any that a site may speak beside it: texts know which one they are in.
    reading = Reading(document, languages=(language, ""))
    record = read_record(StandardRecord, document.root, reading)
    return Sourced(name.removesuffix(ENDING), record, document), (*problems, *reading.problems)


@cache
def _texts(language: str) -> Mapping[str, StandardRecord]:
    return {} if language == SOURCE else {each.id: each.record for each, _ in read_texts(language)}


@lru_cache(maxsize=4)
def shipped_in(languages: tuple[str, ...]) -> Mapping[str, Sourced[StandardRecord]]:
    """The standards that come with Cityfolio with their texts in each language of a site that there are texts in.

    For a site that speaks English alone nothing more is read, and they are the very same.
    """
    if not any(_texts(base_of(each)) for each in languages):
        return shipped()
    return {name: replace(each, record=spoken(each.record, _told(name, languages), languages))
            for name, each in shipped().items()}


def _told(name: str, languages: Iterable[str]) -> Mapping[str, StandardRecord]:
    found = ((each, _texts(base_of(each)).get(name)) for each in languages)
    return {language: record for language, record in found if record is not None}


def standards_of(loaded: Loaded) -> Mapping[str, Sourced[StandardRecord]]:
    """Every standard that a city can be assessed by. One of its own takes the place of a shipped one of the same id."""
    return {**shipped_in(loaded.site.record.languages if loaded.site else ()), **loaded.standards}
