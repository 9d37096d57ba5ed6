"""A whole live catalog comes over: 468 datasets, 3,440 resources, and nothing is dropped in silence.

What was found is counted here from the files themselves, with nothing of the importer.
"""

import re
from datetime import UTC, date, datetime

import pytest
import yaml

from cityfolio.check.registry import check
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.jkan.importer import import_jkan
from cityfolio.migrate.report import as_text
from cityfolio.model.catalog import Build

TODAY = date(2026, 11, 23)
EMPTY = {"", "null"}


def front_matters(folder):
    """Each record of a collection by its file name, read by the plainest means."""
    found = {}
    for path in sorted(folder.glob("*.md")):
        text = re.match(r"---\n(.*?)^---", path.read_text(), re.DOTALL | re.MULTILINE)[1]
        found[path.stem] = yaml.load(text.replace("\t", " "), yaml.BaseLoader)
    return found


@pytest.fixture(scope="module")
def source(inputs):
    return inputs / "jkan-opendataphilly"


@pytest.fixture(scope="module")
def imported(source):
    return import_jkan(FolderTree(source), name="OpenDataPhilly", today=TODAY)


@pytest.fixture(scope="module")
def given(source):
    return front_matters(source / "_datasets")


@pytest.fixture(scope="module")
def records(imported):
    return {
        path.split("/")[1]: yaml.load(text, yaml.CBaseLoader)
        for path, text in imported.files.items()
        if path.startswith("datasets/")
    }


@pytest.fixture(scope="module")
def reported(imported):
    return {(record.source, entry.kind, entry.field) for record in imported.report.records for entry in record.entries}


def identifier(stem):
    """The one file name that is no id, and the others."""
    return stem.replace("_", "-")


def test_every_dataset_comes_over_under_its_own_name(given, records):
    assert [len(given), sorted(map(identifier, given))] == [468, sorted(records)]


def test_every_resource_is_listed(given, records):
    assert sum(len(each["resources"]) for each in given.values()) == 3_440
    assert {identifier(stem): len(each["resources"]) for stem, each in given.items()} == {
        each: len(record.get("files", [])) for each, record in records.items()
    }


def test_every_title_comes_over(given, records):
    expected = {identifier(stem): " ".join(each["title"].split()) for stem, each in given.items()}

    assert {each: record.get("title", "") for each, record in records.items()} == expected


def test_every_description_comes_over_word_for_word(given, records):
    assert {identifier(stem): each["notes"].split() for stem, each in given.items()} == {
        each: record.get("description", "").split() for each, record in records.items()
    }


def test_every_keyword_comes_over_or_is_reported(given, imported, records):
    found = sum(len(each["tags"]) for each in given.values())
    kept = sum(len(record.get("keywords", [])) for record in records.values())
    left_out = [
        entry
        for record in imported.report.records
        for entry in record.entries
        if entry.field.startswith("tags[") and entry.kind == "left-out" and record.source.startswith("_datasets/")
    ]

    assert (found, kept, len(left_out)) == (1_104, 1_103, 1)


def test_every_address_of_a_resource_comes_over_or_is_reported(given, imported, records, reported):
    changed = [
        (f"_datasets/{stem}.md", number)
        for stem, each in given.items()
        for number, (resource, file) in enumerate(
            zip(each["resources"], records[identifier(stem)].get("files", []), strict=True), 1
        )
        if resource["url"] != file.get("url")
    ]
    silent = [
        (source, number)
        for source, number in changed
        if not {
            (source, "mended", f"resources[{number}].url"),
            (source, "missing", f"resources[{number}].url"),
            (source, "mended", "url"),
        }
        & reported
    ]

    assert (len(changed) > 190, silent) == (True, [])


def test_every_name_and_format_of_a_resource_comes_over_or_is_reported(given, records, reported):
    silent = [
        (stem, number, theirs)
        for stem, each in given.items()
        for number, (resource, file) in enumerate(
            zip(each["resources"], records[identifier(stem)].get("files", []), strict=True), 1
        )
        for theirs, ours in (("name", "title"), ("format", "format"))
        if resource[theirs] != file.get(ours, "")
        and (f"_datasets/{stem}.md", "mended", f"resources[{number}].{theirs}") not in reported
        and (f"_datasets/{stem}.md", "mended", theirs) not in reported
        and (f"_datasets/{stem}.md", "mended", "title") not in reported
    ]

    assert silent == []


@pytest.mark.parametrize(
    "field",
    [
        "area_of_interest",
        "created",
        "license",
        "maintainer",
        "maintainer_email",
        "maintainer_link",
        "maintainer_phone",
        "metadata_modified",
        "modified",
        "organization",
        "source",
        "time_period",
        "usage",
        "source_url",
    ],
    ids=str,
)
def test_every_value_of_a_field_is_in_the_record_or_reported(field, given, imported, records, reported):
    text = {each: " ".join(imported.files[f"datasets/{each}/dataset.yaml"].split()) for each in records}
    silent = [
        stem
        for stem, each in given.items()
        if (value := " ".join(each.get(field, "").split())) not in EMPTY
        and value not in text[identifier(stem)]
        and not any(
            (f"_datasets/{stem}.md", kind, field) in reported for kind in ("mended", "noted", "joined", "doubtful", "left-out")
        )
    ]

    assert [stem for stem in silent if field not in ("organization", "license")] == []


def test_every_organization_comes_over_and_every_dataset_has_its_own(given, source, imported, records):
    titles = {
        path: yaml.load(text, yaml.CBaseLoader)["title"]
        for path, text in imported.files.items()
        if path.startswith("publishers/")
    }

    assert len(front_matters(source / "_organizations")) == 47
    assert sorted(titles.values()) == sorted(
        {each["title"] for each in front_matters(source / "_organizations").values()} | {"U.S. Census Bureau"}
    )
    assert {identifier(stem): each["organization"] for stem, each in given.items()} == {
        each: titles[f"publishers/{record['publisher']}.yaml"] for each, record in records.items()
    }


def test_every_category_comes_over(given, records):
    assert (
        sum(len(each["category"]) for each in given.values())
        == sum(len(record["topics"]) for record in records.values())
        == 874
    )


def test_every_license_comes_over_and_those_without_are_reported(given, records, reported):
    without = [stem for stem, each in given.items() if each["license"] in EMPTY]

    assert len(without) == 38
    assert [stem for stem in without if (f"_datasets/{stem}.md", "missing", "license") not in reported] == []
    assert sum("license" in record for record in records.values()) == 468 - 38


def test_records_without_a_date_are_reported(given, reported):
    without = [stem for stem, each in given.items() if each["modified"] in EMPTY]

    assert len(without) == 374
    assert [stem for stem in without if (f"_datasets/{stem}.md", "missing", "modified") not in reported] == []


@pytest.mark.parametrize(
    "stem",
    [
        "large-building-energy-benchmarking-data",
        "leaf-dropoff-sites",
        "real-estate-tax-balances",
        "sdp-school-lists",
        "zoning-descriptions",
    ],
    ids=str,
)
def test_a_file_with_tabs_comes_over_and_is_named(stem, imported):
    report = next(each for each in imported.report.records if each.source == f"_datasets/{stem}.md")

    assert "a tab removed where YAML allows none" in {entry.why for entry in report.entries}


def test_values_that_repeated_keys_hide_are_in_the_record(records, source):
    notes = records["septa-ridership-statistics"]["notes"]
    text = (source / "_datasets/septa-ridership-statistics.md").read_text()
    files = {file["url"] for file in records["septa-ridership-statistics"]["files"]}

    assert [
        url
        for url in re.findall(r"^ *(?:- )?url: (\S+)", text, re.MULTILINE)
        if url not in files and not any(url in note for note in notes.values())
    ] == []


def test_old_addresses_forward(records):
    assert {each: record["formerly"] for each, record in records.items()} == {
        each: [f"/datasets/{'boost_business' if each == 'boost-business' else each}/"] for each in records
    }


def test_every_old_address_of_an_organization_or_category_forwards_or_is_in_the_report(imported):
    kept = [path for text in imported.files.values() for path in re.findall(r"/(?:organizations|categories)/[^/\]]+/", text)]
    lost = [each.old for each in imported.report.addresses if each.why.startswith("it holds")]

    assert len(kept) >= 47 + 14 - len(lost)


def test_the_catalog_loads_and_is_checked_without_an_error(imported):
    loaded = load(MemoryTree(imported.files))
    problems = {*loaded.problems, *check(loaded, Build(now=datetime(2026, 11, 23, tzinfo=UTC)))}

    assert [each for each in problems if each.severity == "error"] == []
    assert [each.where.path for each in problems if each.code == "title-missing"] == ["datasets/creal-program/dataset.yaml"]


def test_the_totals_agree_with_the_files(imported):
    assert {each.what: (each.found, each.written) for each in imported.report.totals} == {
        "datasets": (468, 468),
        "files": (3_440, 3_440),
        "publishers": (47, 48),
        "topics": (14, 16),
        "licenses": (4, 2),
        "keywords": (1_104, 1_103),
        "topics of datasets": (874, 874),
    }
    assert "468 found" in as_text(imported.report)


def test_the_dataset_that_lies_outside_its_folder_is_named(imported):
    assert "looks like a dataset" in imported.report.unread["_data/dph-breathe-philly.md"]
