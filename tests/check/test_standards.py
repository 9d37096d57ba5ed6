"""What standards require and a record lacks is told where it is lacking, with the standard named."""

from __future__ import annotations

from datetime import date

import pytest

from cities import SITE, TREES, a_city, codes, places, problems

UNPUBLISHED = "status: planned\nreason: Next year.\nrelease: {on: 2026-10-31}\n"
NOBODY = SITE.replace("contact: {name: Data team, email: data@example.gov}\n", "")


def trees(*replaced: tuple[str, str], more: str = "") -> dict[str, str | bytes]:
    text = TREES
    for old, new in replaced:
        text = text.replace(old, new)
    return a_city(**{"datasets/trees/dataset.yaml": text + more})


LACKS = {
    "no keywords": (trees(("keywords: [shade, canopy]\n", "")), [("keyword-missing", 1, 1)]),
    "an empty list of keywords": (trees(("[shade, canopy]", "[]")), [("keyword-missing", 6, 11)]),
    "no day and no schedule": (trees(("modified: 2026-01-01\n", ""), ("yearly", "irregular")), [("modified-missing", 1, 1)]),
    "a contact without a name": (trees(more="contact: {email: t@example.gov}\n"), [("contact-name-missing", 13, 10)]),
    "a contact without an address": (trees(more="contact: {name: T, url: https://example.gov}\n"),
                                     [("contact-email-missing", 13, 10)]),
    "an address that DCAT-US does not take": (trees(more="contact: {name: T, email: one#two@example.gov}\n"),
                                              [("contact-email-missing", 13, 27)]),
    "a name alone": (trees(more="contact: {name: T}\n"), [("contact-email-missing", 13, 10)]),
}


@pytest.mark.parametrize(("files", "expected"), LACKS.values(), ids=LACKS)
def test_a_lack_is_told_at_its_place(files: dict[str, str | bytes], expected: list[tuple[str, int, int]]) -> None:
    assert places(problems(files)) == expected


ENOUGH = {
    "a schedule in place of a day": trees(("modified: 2026-01-01\n", "")),
    "one keyword": trees(("[shade, canopy]", "shade")),
    "the contact of the publisher": a_city(**{
        "site.yaml": NOBODY, "publishers/parks.yaml": "title: Parks\ncontact: {name: Parks, email: parks@example.gov}\n"}),
    "retired": trees(("keywords: [shade, canopy]\n", ""), more="status: retired\nreason: Replaced.\n"),
}


@pytest.mark.parametrize("files", ENOUGH.values(), ids=ENOUGH)
def test_what_is_enough_for_the_standards_is_no_problem(files: dict[str, str | bytes]) -> None:
    assert problems(files) == ()


def test_the_day_of_the_last_commit_is_a_day() -> None:
    files = trees(("modified: 2026-01-01\n", ""), ("yearly", "irregular"))

    assert problems(files, committed={"datasets/trees/trees.csv": date(2026, 1, 2)}) == ()


def test_what_is_planned_is_listed_too_and_has_to_say_as_much() -> None:
    files = trees(("keywords: [shade, canopy]\n", ""), more=UNPUBLISHED)

    assert codes(problems(files)) == ["keyword-missing"]


def test_a_contact_that_is_missing_is_told_of_what_is_planned() -> None:
    files = {**trees(more=UNPUBLISHED), "site.yaml": NOBODY}

    assert codes(problems(files)) == ["contact-missing"]


@pytest.mark.parametrize(("home", "files"), [
    ("site.yaml", {"site.yaml": SITE.replace("name: Data team, ", "")}),
    ("publishers/parks.yaml", {"publishers/parks.yaml": "title: Parks\ncontact: {email: parks@example.gov}\n"}),
], ids=["of the site", "of the publisher"])
def test_a_contact_from_elsewhere_is_mended_where_it_is_written(home: str, files: dict[str, str]) -> None:
    (problem,) = problems({**a_city(), **files})

    assert (problem.code, problem.where.path) == ("contact-name-missing", "datasets/trees/dataset.yaml")
    assert problem.fix == f"Add `name:` to the contact in {home}, such as 311 data team."


@pytest.mark.parametrize("line", ["modified: soon", "frequency: often"])
def test_a_day_or_schedule_that_cannot_be_read_is_told_as_that_alone(line: str) -> None:
    key = line.partition(":")[0]
    files = trees(("modified: 2026-01-01\n", ""), ("frequency: yearly\n", ""), more=f"{line}\n")

    assert [code for code in codes(problems(files)) if code == "modified-missing"] == []
    assert key in problems(files)[0].says


def test_a_refused_address_of_a_contact_is_told_as_that_alone() -> None:
    assert codes(problems(trees(more="contact: {name: T, email: t at example.gov}\n"))) == ["email-invalid"]


@pytest.mark.parametrize(("files", "named"), [
    (trees(("publisher: parks\n", "")), "DCAT-US 1.1 requires `publisher`"),
    (trees(("summary: Every tree the city planted.\n", "")), "DCAT-AP 3.0.1 requires `dct:description`"),
    ({**a_city(), "site.yaml": NOBODY}, "DCAT-US 1.1 and DCAT-US 3.0 require `contactPoint`"),
], ids=["publisher", "description", "contact"])
def test_what_was_told_before_names_the_standards_too(files: dict[str, str | bytes], named: str) -> None:
    (problem,) = problems(files)

    assert named in problem.says


IDENTIFIED = {
    "one identifier twice": ("id-1", "id-1", [("identifier-repeated", 13, 13)]),
    "two identifiers": ("id-1", "id-2", []),
    "the address of the other's page": ("https://data.example.gov/data/trees/", None, [("identifier-repeated", 6, 13)]),
    "the address of its own page": ("id-1", "https://data.example.gov/data/trees/", []),
}


@pytest.mark.parametrize(("first", "second", "expected"), IDENTIFIED.values(), ids=IDENTIFIED)
def test_what_harvesters_know_a_dataset_by_is_its_own(
        first: str, second: str | None, expected: list[tuple[str, int, int]]) -> None:
    shade = "title: Shade\nsummary: Where it is.\npublisher: parks\nkeywords: [shade]\nmodified: 2026-01-01\n"
    files = trees(more=f"identifier: {second}\n" if second else "") | {
        "datasets/shade/dataset.yaml": f"{shade}identifier: {first}\n{UNPUBLISHED}"}

    assert places(problems(files, base_url="https://data.example.gov")) == expected


def test_a_retired_dataset_may_keep_the_identifier_that_its_successor_has() -> None:
    shade = "title: Shade\nsummary: Where it is.\npublisher: parks\nidentifier: id-1\nstatus: retired\nreason: Replaced.\n"

    assert problems(trees(more="identifier: id-1\n") | {"datasets/shade/dataset.yaml": shade}) == ()


def test_a_missing_title_is_told_with_the_standards_that_require_it() -> None:
    (dataset,) = problems(trees(("title: Street trees\n", "")))
    (publisher,) = problems(a_city(**{"publishers/parks.yaml": "url: https://example.gov\n"}))

    assert dataset.says == ('"title" is missing; DCAT-US 1.1 and DCAT-US 3.0 require `title`, DCAT-AP 3.0.1 requires '
                            "`dct:title`, schema.org requires `name`")
    assert "require `publisher.name`" in publisher.says
