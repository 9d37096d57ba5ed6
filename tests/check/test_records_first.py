"""Rules look at records first, and say the same as if they asked the documents. Of a sound dataset they ask for none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from check.test_one_mistake import ONE_MISTAKE
from check.test_rules import ONE_FAULT, OTHER_FAULTS
from check.test_standards import ENOUGH, LACKS
from cities import TREES, a_build, a_city, loaded
from cityfolio.cache import Cache
from cityfolio.check import check
from cityfolio.files import MemoryTree
from cityfolio.load import kept
from cityfolio.load.catalog import load
from cityfolio.load.drafts import without_drafts
from cityfolio.load.known_documents import KnownDocuments
from cityfolio.load.loaded import Loaded
from cityfolio.problems import Problem

Files = Mapping[str, str | bytes]
FORMERLY = "formerly: [elms, /topics/nature/, elms, /topics/nature, oaks]\n"


def trees(*pairs: tuple[str, str], more: str = "") -> Files:
    """The sound city with its dataset written otherwise."""
    text = TREES
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    return a_city(**{"datasets/trees/dataset.yaml": text + more})


ODD: Mapping[str, Files] = {
    "an empty address beside a path": trees(("trees.csv", "trees.csv\n    url:")),
    "a blank address beside a path": trees(("trees.csv", 'trees.csv\n    url: " "')),
    "an empty sample beside a path": trees(("trees.csv", "trees.csv\n    sample: ~")),
    "a sample and an empty address": trees(("path: trees.csv", "sample: trees.csv\n    url:")),
    "an empty path alone": trees(("path: trees.csv", "path:")),
    "one file, not in a list": trees(("  - path: trees.csv", "  path: trees.csv")),
    "an empty list of files": trees(("files:\n  - path: trees.csv\n", "files: []\n")),
    "a topic that is unknown, twice": trees(("[nature]", "[parcs, nature, parcs, ~, ' parcs ']")),
    "an empty topic": trees(("[nature]", "[]")),
    "a topic in brackets": trees(("[nature]", "[[nature], parcs]")),
    "former addresses, some twice": trees(more=FORMERLY),
    "former addresses that two claim": {**trees(more=FORMERLY), "topics/nature.yaml": "title: N\nformerly: [/data/elms/]\n"},
    "a former address that is none": trees(more="formerly: [a b, ../x, trees]\n"),
    "a contact with a name alone": trees(more="contact: {name: A}\n"),
    "a contact with an empty address": trees(more="contact: {name: A, email: }\n"),
    "an empty license": trees(more="license:\n"),
    "an empty reason": trees(more="status: planned\nreason: ' '\n"),
    "a related dataset that is unknown, twice": trees(more="related: [elms, trees, elms]\n"),
    "a draft": trees(more="status: draft\nrelated: [elms]\n"),
}
CITIES: Mapping[str, Files] = {
    **ODD, **{name: files for cases in (ONE_FAULT, OTHER_FAULTS, ONE_MISTAKE, LACKS) for name, (files, _) in cases.items()},
    **ENOUGH}


def asking_documents(known: Loaded) -> Loaded:
    """The same, of which no record is known to say all that was written."""
    return replace(known, datasets={name: replace(each, says_all=False) for name, each in known.datasets.items()})


def found(known: Loaded) -> tuple[Problem, ...]:
    """What the rules say."""
    return check(known, a_build())


@pytest.mark.parametrize("files", CITIES.values(), ids=CITIES)
def test_rules_that_look_at_records_say_what_documents_say(files: Files) -> None:
    known = loaded(files)

    assert found(known) == found(asking_documents(known))


@pytest.mark.parametrize("files", CITIES.values(), ids=CITIES)
def test_rules_say_the_same_of_records_that_are_known_from_a_build_before(files: Files, tmp_path: Path) -> None:
    for _ in range(2):
        documents = KnownDocuments(Cache(tmp_path), "1")
        known = load(MemoryTree(files), memory=documents)
        documents.keep()

    assert known == loaded(files)
    assert found(known) == found(loaded(files))


@pytest.mark.parametrize(("more", "expected"), [
    ("", True), ("reason:\n", False), ("reason: ' '\n", False), ("keywords: []\n", False), ("spatial: {}\n", False),
    ("issued: soon\n", False), ("notes: {a: {b: }}\n", False),
], ids=["nothing", "an empty value", "a blank value", "an empty list", "an empty group", "what was refused", "far below"])
def test_a_record_says_all_where_nothing_is_empty_and_nothing_was_refused(more: str, *, expected: bool) -> None:
    assert loaded(trees(more=more)).datasets["trees"].says_all == expected


def test_a_record_without_its_references_to_drafts_does_not_say_all() -> None:
    elms = {"datasets/elms/dataset.yaml": "title: Elms\nstatus: draft\n"}
    known = without_drafts(loaded({**trees(more="related: [elms]\n"), **elms}))

    assert (known.datasets["trees"].record.related, known.datasets["trees"].says_all) == ((), False)


def test_of_a_sound_dataset_no_place_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[bytes]()
    known = loaded(trees(more="formerly: [elms]\nrelated: [trees]\ncontact: {name: A, email: a@example.gov}\n"))
    monkeypatch.setattr(kept, "_told", asked.append)

    assert found(known) == ()
    assert asked == []
