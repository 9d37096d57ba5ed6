"""A form in the browser and `cityfolio check` judge a file alike: the same codes at the same places, in the same words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from campaigns import chosen, some_or_all
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.loaded import Loaded
from cityfolio.migrate.jkan.importer import import_jkan
from cityfolio.problems import Problem
from cityfolio.reference import FILES
from cityfolio.review.form_rules import form_rules
from edit.judged import City, as_told, cities_of, read_alone
from edit.judging_process import Form, form
from edit.mutated import mutated

pytestmark = pytest.mark.npm
ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION = ROOT / "catalog"
DATASETS, OTHERS = 2_000, 600
LIMITS = {
    "bytes": "x: |\n" + "  oak, 12.5\n" * 100_000,
    "values": "- a\n" * 50_001,
    "lists in lists": "a: " + "[" * 30,
    "more brackets than are counted": "a: " + "[" * 2_000,
    "groups in groups": "\n".join(" " * depth + "a:" for depth in range(30)),
    "a key of 1,030 letters": "a" * 1_030 + ": b\n",
    "a byte order mark": "\ufefftitle: Trees\n",
    "a control character of Unicode": "title: a\x80b\n",
    "a frequency of 5,000 digits": f"frequency: R/P{'9' * 5_000}Y\n",
    "nothing": "",
    "a list": "- a\n",
}
EXPORTS = ("gtfs/gpx", "csv", "cvs", "gtfs/", "/gpx", "gtfs/gpx/a", "Gtfs/gpx", "gtfs/gpx\u200b", "none")


@pytest.fixture(scope="module")
def judging(node: Path) -> Iterator[Form]:
    """The form's part, in one process for all files."""
    with form(node) as process:
        yield process


@pytest.fixture(scope="module")
def demonstration_catalog() -> Loaded:
    """The demonstration, read."""
    return load(FolderTree(DEMONSTRATION))


def told_by_check(found: Iterable[Problem], unjudged: Iterable[str]) -> list[str]:
    """What loading and checking say, each as one line."""
    return [json.dumps(as_told(each), sort_keys=True) for each in found if each.code not in unjudged]


def told_by_form(found: Iterable[dict[str, Any]]) -> list[str]:
    """What the form says, each as one line."""
    return [json.dumps(each, sort_keys=True) for each in found]


def mutations(city: City, loaded: Loaded, text: str, count: int) -> list[str]:
    """Texts of one dataset with mistakes in them; the same in each run."""
    ids = [*loaded.publishers, *loaded.topics, *loaded.columns, "a-neighbor", "no-such-id"]
    random = Random(city.dataset)
    return [text, *(mutated(random, text, ids) for _ in range(count - 1))]


def differences(judging: Form, city: City, texts: Sequence[str]) -> list[tuple[str, list[str], list[str]]]:
    """The texts on which the two do not agree, with what only check and only the form says; in order both are sorted alike."""
    known = city.known()
    here = known.pop("here")
    asked = [{"text": text, "path": city.path, "here": here} for text in texts]
    unjudged = judging.ask("unjudged")
    answers = judging.ask("judge", rules=form_rules(), known=known, texts=asked)
    pairs = [(text, told_by_check(city.verdict(text), unjudged), told_by_form(answer))
             for text, answer in zip(texts, answers, strict=True)]
    return [(text, [each for each in check if each not in told], [each for each in told if each not in check] or told)
            for text, check, told in pairs if check != told]


@pytest.mark.parametrize("of_each", some_or_all(25))
def test_datasets_with_mistakes_are_judged_alike(judging: Form, demonstration_catalog: Loaded, of_each: int | None) -> None:
    cities = cities_of(demonstration_catalog, 20)
    texts = [mutations(city, demonstration_catalog, (DEMONSTRATION / city.path).read_text("utf-8"), DATASETS // len(cities))
             for city in cities]
    judged = [chosen(mine, of_each) for mine in texts]

    assert sum(map(len, judged)) == len(cities) * (of_each or DATASETS // len(cities))
    assert [each for city, mine in zip(cities, judged, strict=True) for each in differences(judging, city, mine)] == []


@pytest.mark.torture
def test_datasets_of_an_imported_city_are_judged_alike(judging: Form, inputs: Path) -> None:
    made = import_jkan(FolderTree(inputs / "jkan-opendataphilly"), name="OpenDataPhilly", today=date(2026, 11, 23))
    catalog = load(MemoryTree(made.files))
    texts = [(city, mutations(city, catalog, made.files[city.path], 50)) for city in cities_of(catalog, 40)]

    assert [each for city, mine in texts for each in differences(judging, city, mine)] == []


def test_every_kind_of_file_is_read_alike(judging: Form) -> None:
    files = sorted(path for path in DEMONSTRATION.rglob("*") if path.suffix in (".yaml", ".md"))
    random = Random("every kind of file")
    paths = [random.choice(files) for _ in range(OTHERS)]
    texts = [mutated(random, path.read_text("utf-8"), ["parks"]) for path in paths]
    names = [path.relative_to(DEMONSTRATION).as_posix() for path in paths]
    asked = [{"text": text, "path": name} for text, name in zip(texts, names, strict=True)]
    read, unjudged = judging.ask("read", rules=form_rules(FILES), texts=asked), judging.ask("unjudged")

    assert [(name, text, check, told) for name, text, answer in zip(names, texts, read, strict=True)
            if (check := told_by_check(read_alone(name, text), unjudged)) != (told := told_by_form(answer))] == []


@pytest.mark.parametrize("word", EXPORTS)
def test_a_word_for_a_format_of_a_plugin_is_known_by_how_it_is_written(judging: Form, word: str) -> None:
    text = f"title: Trees\nfiles:\n  - path: trees.csv\n    exports: [json, {word}]\n"
    read = judging.ask("read", rules=form_rules(), texts=[{"text": text, "path": "datasets/trees/dataset.yaml"}])

    assert told_by_form(read[0]) == told_by_check(read_alone("datasets/trees/dataset.yaml", text), ())


@pytest.mark.parametrize("text", LIMITS.values(), ids=LIMITS)
def test_limits_of_a_file_are_the_same(judging: Form, text: str) -> None:
    read = judging.ask("read", rules=form_rules(), texts=[{"text": text, "path": "datasets/trees/dataset.yaml"}])

    assert told_by_form(read[0]) == told_by_check(read_alone("datasets/trees/dataset.yaml", text), ())
