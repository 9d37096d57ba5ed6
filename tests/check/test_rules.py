"""Each rule of `check`: a sound city with one fault has just that problem, at that place."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cities import SITE, TREES, a_build, a_city, codes, places, problems, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.check import RULES, metadata
from cityfolio.codes import CODES
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.dictionary import dictionary_entries
from cityfolio.publish.sinks import MemorySink
from cityfolio.tables.table import plain_name


def trees(more: str = "", **replaced: str) -> dict[str, str | bytes]:
    """The sound city with lines replaced in its dataset, and some added at its end."""
    text = TREES
    for key, line in replaced.items():
        start = text.index(f"{key}:")
        text = text[:start] + line + text[text.index("\n", start) + bool(not line) :]
    return a_city(**{"datasets/trees/dataset.yaml": text + more})


ONE_FAULT = {
    "unknown publisher": (trees(publisher="publisher: park"), [("publisher-unknown", 3, 12)]),
    "no publisher": (trees(publisher=""), [("publisher-missing", 1, 1)]),
    "unknown topic": (trees(topics="topics: [nature, parcs]"), [("topic-unknown", 4, 18)]),
    "unknown license": (trees("license: cc-zero\n"), [("license-unknown", 13, 10)]),
    "unknown related dataset": (trees("related: [bushes]\n"), [("dataset-unknown", 13, 11)]),
    "unknown shared column": (trees("  age: {title: Age, standard: years}\n"), [("column-unknown", 13, 31)]),
    "former id in use": (trees("formerly: trees\n"), [("address-taken", 13, 11)]),
    "former path in use": (trees("formerly: /topics/nature/\n"), [("address-taken", 13, 11)]),
    "modified before issued": (trees("issued: 2026-01-02\n", frequency="frequency: never"), [("date-order", 7, 11)]),
    "end before start": (trees("temporal: {start: 2020-05, end: 2019}\n"), [("date-order", 13, 33)]),
    "modified in the future": (trees(modified="modified: 2026-07-01"), [("date-future", 7, 11)]),
    "late": (trees(frequency="frequency: monthly"), [("dataset-late", 7, 11)]),
    "neither summary nor description": (trees(summary=""), [("description-missing", 1, 1)]),
    "restricted without a reason": (trees("status: restricted\n"), [("reason-missing", 13, 9)]),
    "column without a meaning": (trees("  age: {type: integer}\n"), [("meaning-missing", 13, 3)]),
    "minimum of a text": (trees("  age: {title: Age, type: string, minimum: 1}\n"), [("constraint-unfit", 13, 44)]),
    "pattern of a number": (trees("  age: {title: Age, type: integer, pattern: x}\n"), [("constraint-unfit", 13, 45)]),
    "minimum that is no number": (trees("  age: {title: Age, type: integer, minimum: low}\n"), [("constraint-unfit", 13, 45)]),
    "minimum over maximum": (
        trees("  a: {title: A, type: date, minimum: 2026-01-02, maximum: 2026-01-01}\n"),
        [("constraint-unfit", 13, 59)],
    ),
    "file that is not there": (with_files(trees(), {"datasets/trees/trees.csv": None}), [("file-missing", 9, 11)]),
    "file listed twice": (trees(columns="  - path: trees.csv\ncolumns:"), [("file-repeated", 10, 5)]),
    "path and address": (trees(columns="    url: https://example.gov/x\ncolumns:"), [("file-source", 9, 5)]),
    "sample beside a path": (trees(columns="    sample: trees.csv\ncolumns:"), [("file-source", 9, 5)]),
    "neither path nor address": (trees(columns="  - title: x\ncolumns:"), [("file-source", 10, 5)]),
}


@pytest.mark.parametrize(("files", "expected"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_one_fault_is_one_problem_at_its_place(files: dict[str, str | bytes], expected: list[tuple[str, int, int]]) -> None:
    assert places(problems(files)) == expected


OTHER_FAULTS = {
    "no license anywhere": (a_city(**{"site.yaml": "name: X\ncontact: {name: A, email: a@b.example}\n"}), ["license-missing"]),
    "nobody answers": (a_city(**{"site.yaml": "name: X\nlicense: cc0-1.0\n"}), ["contact-missing"]),
    "no word about columns": (
        with_files(trees(), {"datasets/trees/dataset.yaml": TREES[: TREES.index("columns:")]}),
        ["dictionary-missing"],
    ),
    "nothing to download": (
        with_files(trees(), {"datasets/trees/dataset.yaml": TREES[: TREES.index("files:")], "datasets/trees/trees.csv": None}),
        ["files-missing"],
    ),
    "sensitive column in a PDF": (
        with_files(
            trees(),
            {
                "datasets/trees/dataset.yaml": TREES.replace("trees.csv", "trees.pdf").replace(
                    "feet,", "feet, sensitive: true,"
                ),
                "datasets/trees/trees.csv": None,
                "datasets/trees/trees.pdf": "x",
            },
        ),
        ["sensitive-unprotected", "review-absent"],
    ),
    "sensitive column in a file kept elsewhere": (
        with_files(
            trees(),
            {
                "datasets/trees/dataset.yaml": TREES.replace("path: trees.csv", "url: https://example.gov/t.csv").replace(
                    "feet,", "feet, sensitive: true,"
                ),
                "datasets/trees/trees.csv": None,
            },
        ),
        ["sensitive-unprotected", "review-absent"],
    ),
    "a publisher within itself": (a_city(**{"publishers/parks.yaml": "title: Parks\nparent: parks\n"}), ["reference-circular"]),
    "two publishers within each other": (
        a_city(
            **{
                "publishers/parks.yaml": "title: Parks\nparent: trees\n",
                "publishers/trees.yaml": "title: Trees\nparent: parks\n",
            }
        ),
        ["reference-circular", "reference-circular"],
    ),
    "a language nobody translated": (
        a_city(**{"site.yaml": "name: X\nlicense: cc0-1.0\ncontact: {name: A, email: a@example.gov}\nlanguages: [en, fr]\n"}),
        ["language-untranslated"],
    ),
    "a forward from no path": (a_city(**{"site.yaml": SITE + "forwards: {old: /data/}\n"}), ["address-invalid"]),
    "a forward to no path": (a_city(**{"site.yaml": SITE + "forwards: {/old/: /../data}\n"}), ["address-invalid"]),
    "the site's license": (
        a_city(**{"site.yaml": "name: X\nlicense: mine\ncontact: {name: A, email: a@example.gov}\n"}),
        ["license-unknown"],
    ),
}


@pytest.mark.parametrize(("files", "expected"), OTHER_FAULTS.values(), ids=OTHER_FAULTS)
def test_a_fault_across_files_is_named(files: dict[str, str | bytes], expected: list[str]) -> None:
    assert codes(problems(files)) == expected


def test_columns_are_gone_through_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(MemoryTree(trees("  age: {title: Age, type: string, minimum: 1}\n")))
    twice = iter([each for each in dictionary_entries(loaded) if each[1][-1] == "age"] * 2)
    monkeypatch.setattr(metadata, "dictionary_entries", lambda loaded: twice)
    found = RULES["constraint-unfit"](loaded, a_build())

    assert (next(found).code, len(list(twice))) == ("constraint-unfit", 1)


def test_a_former_id_claimed_twice_is_named_once() -> None:
    found = problems(
        a_city(
            **{"topics/nature.yaml": "title: Nature\nformerly: green\n", "topics/water.yaml": "title: Water\nformerly: green\n"}
        )
    )

    assert [(each.code, each.where.path) for each in found] == [("address-taken", "topics/water.yaml")]


def test_without_an_address_the_site_has_a_warning() -> None:
    assert codes(problems(a_city(), base_url="")) == ["base-url-missing"]


def test_a_site_for_a_folder_needs_no_address() -> None:
    assert problems(a_city(), base_url="", for_folder=True) == ()


def test_the_last_commit_stands_in_for_modified() -> None:
    files = trees(modified="", frequency="frequency: monthly")

    found = problems(files, committed={"datasets/trees/trees.csv": date(2026, 6, 1)})

    assert found == ()


def test_a_month_after_the_end_of_january_is_the_end_of_february() -> None:
    files = trees(frequency="frequency: monthly", modified="modified: 2026-01-31")

    on_the_day = problems(files, now=datetime(2026, 2, 28, tzinfo=UTC))
    a_day_later = problems(files, now=datetime(2026, 3, 1, tzinfo=UTC))

    assert (codes(on_the_day), codes(a_day_later)) == ([], ["dataset-late"])


def test_every_rule_reports_a_code_that_is_documented() -> None:
    assert set(RULES) <= set(CODES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[here](https://example.gov/a) and <https://example.gov>", []),
        ("[write](mailto:data@example.gov) or [call](tel:555-0100)", []),
        ("[https://example.gov/a](the newest data)", ["link-unusable"]),
        ("[a](/data/) [b](../x 'title') [c](javascript:alert)", ["link-unusable"] * 3),
        ("[a][1]\n\n[1]: page.html", ["link-unusable"]),
    ],
    ids=["full addresses", "mail and telephone", "words and address swapped", "relative and unsafe", "a reference"],
)
def test_a_link_in_a_text_needs_a_full_address(text: str, expected: list[str]) -> None:
    found = problems(trees("description: |\n  " + text.replace("\n", "\n  ") + "\n"))

    assert codes(found) == expected


SHIELDED = TREES.replace("unit: feet,", "unit: feet, sensitive: true,")


@pytest.mark.parametrize(
    ("record", "header"),
    [
        (SHIELDED + "  note: {title: A note}\n", "species,height,Note"),
        (SHIELDED, "species,height,he-ight 2"),
        (SHIELDED.replace("trees.csv", "trees.csv\n    columns: {species: {title: S}, height: {title: H}}"), None),
        (TREES.replace("unit: feet,", "unit: feet, sensitive: ,"), None),
    ],
    ids=["a column by another name", "a column nobody described", "a dictionary of the file's own", "no answer"],
)
def test_a_sensitive_column_cannot_slip_through(record: str, header: str | None) -> None:
    files = with_files(a_city(), {"datasets/trees/dataset.yaml": record})
    if header:
        files = with_files(files, {"datasets/trees/trees.csv": f"{header}\noak,SECRET,SECRET\n"})
    sink = MemorySink()

    tree = MemoryTree(files)
    build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink))

    assert [path for path, body in sink.site.items() if b"SECRET" in body or b"12.5" in body] == []


@pytest.mark.parametrize("name", ["height", "Height ", "HEIGHT", "he_ight", "ｈｅｉｇｈｔ", "hei\u200bght"])
def test_a_sensitive_column_is_known_however_its_name_is_written(name: str) -> None:
    assert plain_name(name) == "height"


@pytest.mark.parametrize(("language", "says"), [("fr", "`cityfolio i18n init fr` begins"), ("zz", "Known: en, es.")])
def test_a_translation_that_is_missing_can_be_begun_where_the_language_is_known(language: str, says: str) -> None:
    files = with_files(a_city(), {"site.yaml": SITE + f"languages: [en, {language}]\n"})
    found = [each for each in problems(files) if each.code == "language-untranslated"]

    assert says in found[0].fix
    assert ("i18n init" in found[0].fix) == (language == "fr")
