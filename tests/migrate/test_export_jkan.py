"""A catalog that is written as JKAN's files comes back as it was, but for what the report names."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from cities import a_city, with_files
from cityfolio.begin import starter_root
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.migrate.export.exported import WHOLE, as_markdown, as_text, records_of
from cityfolio.migrate.export.jkan import export_jkan
from cityfolio.migrate.jkan.importer import import_jkan
from migrate.round_trips import laid_out, overstated, returned, surprises

FULL = """\
title: Street trees
summary: Every tree.
description: |
  **Every** tree.

  - oak
publisher: parks
contact: {name: Desk, email: trees@example.gov, phone: 704-555-0100, url: https://example.gov/trees}
topics: [nature]
keywords: ["311", "oak, red"]
license: own-terms
frequency: weekly
issued: 2020-01-01
modified: 2026-01-01
temporal: {start: "2016", end: 2020-05}
spatial: The city
known_limits: None fell.
formerly: [old-trees, /old/trees/]
notes: {Data steward: Ann, Asked by: "None"}
files:
  - {path: trees.csv, title: All trees, encoding: utf-8}
  - {url: "https://example.gov/t.json", title: Elsewhere, format: JSON}
  - {missing: It burned.}
columns:
  species: {title: Kind}
"""


def a_catalog(**changed):
    """A city with one dataset that has nearly every key."""
    files = with_files(a_city(), {
        "datasets/trees/dataset.yaml": FULL, "licenses/own-terms.yaml": "title: Own terms\nurl: https://example.gov/terms\n",
        "publishers/parks.yaml": "title: Parks\ndescription: Plants trees.\nurl: https://example.gov/parks\n",
    })
    return MemoryTree(with_files(files, {name.replace("__", "/"): body for name, body in changed.items()}))


def round_trip(catalog):
    """The records before, the export, and the records that come back."""
    before = records_of(catalog)
    exported = export_jkan(before)
    return before.values, exported, returned(import_jkan(laid_out(exported, catalog), today=date(2026, 6, 30)))


@pytest.fixture(params=["a city", "the demonstration"])
def trip(request):
    """A catalog that went out and came back."""
    return round_trip(a_catalog() if request.param == "a city" else FolderTree(starter_root()))


def test_what_the_report_does_not_name_comes_back_unchanged(trip):
    assert list(surprises(*trip)) == []


def test_what_the_report_names_does_not_come_back_as_it_was(trip):
    before, exported, after = trip

    # A schema has no "missing", and what is shown as a note is looked for among the notes.
    assert [each for each in overstated(before, exported, after) if "no field" in each.why] == []


def test_every_dataset_that_can_be_had_goes_along(trip):
    before, exported, after = trip
    whole = {each.path for each in exported.left if each.key == WHOLE}

    assert {path for path in before if path.startswith("datasets/")} - whole == {
        path for path in after if path.startswith("datasets/")}


def test_a_page_keeps_its_address_and_a_former_id_forwards():
    exported = export_jkan(records_of(a_catalog()))
    matter = yaml.safe_load(exported.files["_datasets/trees.md"].split("---\n")[1])

    assert matter["permalink"] == "/data/trees/"
    assert matter["redirect_from"] == ["/data/old-trees/", "/old/trees/"]


def test_a_key_that_becomes_a_note_leaves_a_note_of_that_name_alone():
    record = FULL.replace("Data steward: Ann", "Known limits: As noted")

    _, _, after = round_trip(a_catalog(datasets__trees__dataset__yaml=None, **{"datasets/trees/dataset.yaml": record}))

    assert after["datasets/trees/dataset.yaml"]["notes"] == {
        "Known limits": "As noted", "Known limits (2)": "None fell.", "Summary": "Every tree."}


def test_data_files_go_along():
    assert export_jkan(records_of(a_catalog())).copies == {"files/trees/trees.csv": "datasets/trees/trees.csv"}


def test_a_dataset_that_cannot_be_had_is_not_shown_as_one_that_can():
    exported = export_jkan(records_of(a_catalog(datasets__plan__dataset__yaml="", **{
        "datasets/plan/dataset.yaml": "title: Plan\nstatus: planned\nreason: Not yet.\n"})))

    assert "_datasets/plan.md" not in exported.files
    assert ("datasets/plan/dataset.yaml", WHOLE) in {(each.path, each.key) for each in exported.left}


def test_the_report_counts_by_reason_and_names_every_record():
    exported = export_jkan(records_of(a_catalog()))

    assert "1 of 1 datasets" in as_text(exported)
    assert "JKAN has no field for it:\n       1  " in as_text(exported)
    assert "- `files.0.encoding`: JKAN has no field for it" in as_markdown(exported)
