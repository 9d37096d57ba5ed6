"""What residents type, from residents.yaml, and whether the search understands it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from asking import ask, write_index
from search.searched_cities import SearchedCity

FILE = Path(__file__).with_name("residents.yaml")
FIRST = 3
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A resident's words, the datasets of which one must be among the first three, and what came."""

    words: str
    any_of: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def is_understood(self) -> bool:
        """Whether one of the datasets is among the first three."""
        return not set(self.any_of).isdisjoint(self.found[:FIRST])


def asked_by_residents(name: str, city: SearchedCity, *, synonyms: bool = True) -> list[Asked]:
    """Everything that residents ask of a city of residents.yaml."""
    given = yaml.safe_load(FILE.read_text("utf-8"))[name]
    with TemporaryDirectory() as folder:
        index = write_index(city.index(synonyms=synonyms), Path(folder))
        answers = ask(index, [(each["ask"], {"limit": {"dataset": SHOWN}, "facets": []}) for each in given])
    return [Asked(words=each["ask"], any_of=tuple(each["any_of"]), found=answer.ids)
            for each, answer in zip(given, answers, strict=True)]


def missed(asked: Sequence[Asked]) -> list[str]:
    """A line for each that was not understood."""
    return [f"{each.words}: {', '.join(each.found) or 'nothing'}; not {' or '.join(each.any_of)}"
            for each in asked if not each.is_understood]
