"""Whatever changes in a dataset or above it changes a digest: what would be taken for the same would stay as it was drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from cities import a_bench, a_build, a_measured_city, loaded
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.model.answers import Answers
from cityfolio.model.catalog import Catalog, Column, Dataset, File, Publisher
from cityfolio.model.digests import Digests, digest_of
from cityfolio.model.profile import Kept, TableProfile, TableReport
from cityfolio.model.records import ColumnRecord
from cityfolio.model.said import Said
from cityfolio.pages.alone import line_of
from cityfolio.tables.published import read_tables
from cityfolio.tables.stored import decoded, encoded
from pages.catalogs import a_few_answers, a_full_catalog


def a_read_catalog() -> Catalog:
    """A catalog with tables that were read and kept."""
    files = a_measured_city()
    tree = MemoryTree({path: body.encode() if isinstance(body, str) else body for path, body in files.items()})
    found = loaded(files)
    return link(found, read_tables(found, a_bench(tree)), a_build())


def changed(value: Any) -> Iterator[Any]:     # Any: whatever a dataset is made of
    """A value with one thing in it otherwise, for each thing."""
    if isinstance(value, TableProfile):
        # What is read of a file is plain text, whatever was put in its place; and what no file holds is not kept at all.
        yield from (each for other in _with_one_member_changed(value) if (each := kept(other)) and each != value)
    elif is_dataclass(value):
        yield from _with_one_member_changed(value)
    elif isinstance(value, tuple | list | Kept):
        yield from ((*value[:at], other, *value[at + 1:]) for at, each in enumerate(value) for other in changed(each))
        yield from ((*value[:at], *value[at + 1:]) for at in range(len(value)))
        if [*map(repr, value)] != [*map(repr, reversed(value))]:
            yield tuple(reversed(value))
    elif isinstance(value, Mapping):
        yield from ({**value, key: other} for key, each in value.items() for other in changed(each))
        yield from ({name: each for name, each in value.items() if name != key} for key in value)
        if len(value) > 1:
            yield dict(reversed(value.items()))
    else:
        yield from _other(value)


def _with_one_member_changed(value: Any) -> Iterator[Any]:     # Any: a dataclass
    yield from (replace(value, **{each.name: other}) for each in fields(value) if each.init
                for other in changed(getattr(value, each.name)))


def _other(value: Any) -> Iterator[Any]:     # Any: what holds nothing else
    if isinstance(value, Said):
        yield from (str(value), Said(f"{value}!", value.language), Said(value, value.language, foreign=not value.foreign),
                    Said(value, value.language, {**value.texts, "el": "Δέντρα"}))
    elif isinstance(value, str):
        yield from (f"{value}!", None, Said(value, "es"))
    elif isinstance(value, bool):
        yield from (not value, int(value))
    elif isinstance(value, int | float):
        yield from (value + 1, str(value))
    elif isinstance(value, date):
        yield value + timedelta(days=1)      # no text: no member is declared as either
    elif isinstance(value, frozenset):
        yield value | {"more"}
    else:
        yield from ("", 0)     # of None


def kept(profile: TableProfile) -> TableProfile | None:
    """A profile as it comes out of the cache; None where it does not come back."""
    try:
        report = decoded(encoded(TableReport(profile=profile)), "trees.csv")
        return report and report.profile
    except (TypeError, AttributeError):
        return None


READ = {dataset.id: dataset for dataset in a_read_catalog().datasets}
FULL = {dataset.id: dataset for dataset in a_full_catalog().datasets}


@pytest.mark.parametrize("dataset", [*READ.values(), *FULL.values()], ids=[*READ, *(f"full {each}" for each in FULL)])
def test_whatever_changes_in_a_dataset_changes_its_digest(dataset: Dataset):
    now = Digests().of_dataset(dataset)

    same = [repr(each) for each in changed(dataset) if Digests().of_dataset(each) == now]

    assert now
    assert not same


def declared_below(kind: Any, met: set[Any]) -> Iterator[tuple[str, set[Any]]]:     # Any: whatever a member is declared as
    """Each member of a type and of all types below it, with the types that its values may be of."""
    for name, declared in get_type_hints(kind).items():
        types = set(_types_in(declared))
        yield f"{kind.__name__}.{name}", types
        for each in types:
            if is_dataclass(each) and each not in met:
                met.add(each)
                yield from declared_below(each, met)


def _types_in(declared: Any) -> Iterator[Any]:
    inner = get_args(declared)
    if get_origin(declared) is Literal:
        yield str
        return
    yield get_origin(declared) or declared
    for each in inner:
        yield from _types_in(each)


@pytest.mark.parametrize("kind", [Dataset, Publisher])
def test_no_member_is_declared_as_what_is_told_in_one_form_with_another(kind: type):
    declared = dict(declared_below(kind, {kind}))

    assert len(declared) > 5
    assert {name for name, types in declared.items() if types & {date, datetime} and str in types} == set()
    assert {name for name, types in declared.items() if types & {set, frozenset, AbstractSet}} <= {"Dataset.twins"}
    assert {name for name, types in declared.items() if types & {Any, object}} == set()


def test_what_is_read_twice_has_one_digest():
    assert [Digests().of_dataset(each) for each in a_read_catalog().datasets] == [
        Digests().of_dataset(each) for each in READ.values()]


def test_a_profile_that_is_kept_is_told_by_its_bytes_and_one_that_was_touched_is_not():
    profile = READ["trees"].files[0].profile
    assert profile is not None

    again = kept(profile)
    assert again is not None

    assert again.digest == profile.digest != ""
    assert replace(profile, rows=profile.rows).digest == ""


def test_an_entry_of_the_dictionary_that_a_file_changes_is_told_with_the_file():
    dataset = READ["trees"]
    own = Column(name="height", record=ColumnRecord(title="Height of the crown"), described=True)
    file: File = replace(dataset.files[0], columns=(own,))
    other: File = replace(file, columns=(replace(own, record=ColumnRecord(title="Height")),))

    assert Digests().of_dataset(replace(dataset, files=(file,))) != Digests().of_dataset(replace(dataset, files=(other,)))


def test_a_dataset_that_holds_what_json_cannot_tell_has_no_digest():
    answers: Answers = a_few_answers()
    vast = replace(answers.questions[0].answer.total, value=10 ** 30)
    question = replace(answers.questions[0], answer=replace(answers.questions[0].answer, total=vast))

    assert Digests().of_dataset(replace(READ["trees"], answers=replace(answers, questions=(question,)))) == ""
    assert digest_of(10 ** 30) == digest_of("\ud800") == ""


def test_whatever_changes_in_whom_a_publisher_is_part_of_changes_the_digest_of_the_line():
    catalog = a_read_catalog()
    line = line_of(catalog.datasets[0], {each.id: each for each in catalog.publishers})
    line = line or catalog.publishers
    now = Digests().of_line(line)
    without = tuple(replace(each, datasets=()) for each in line)

    assert all(Digests().of_line(each) != now for each in changed(without))
    assert Digests().of_line(without) == now


def test_a_dataset_that_is_told_beside_another_has_its_own_digest():
    dataset = next(each for each in READ.values() if any(file.profile for file in each.files))

    assert Digests().of(dataset) == Digests().of_dataset(dataset) != ""
