"""What the city wrote about changes, on pages and in feeds, without any repository."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree

import orjson
import pytest

from cities import TREES, a_build, a_city, a_measured_city, codes, problems
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.publish.sinks import MemorySink

ATOM = "{http://www.w3.org/2005/Atom}"
NOTE = ("---\ntitle: Ashes were counted twice\nkind: correction\nreason: Two crews & one list.\ndatasets: [trees]\n"
        "columns: [height]\nby: parks\n---\nMore **text**.\n")
CORRECTED = "changes/2026-06-01-ashes.md"


@cache
def site(name: str = CORRECTED, note: str = NOTE, dataset: str = TREES, day: str = "") -> dict[str, bytes]:
    tree, sink = MemoryTree({**a_city(), name: note, "datasets/trees/dataset.yaml": dataset}), MemorySink()
    build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink))
    return dict(sink.site)


def entries(path: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(site()[path]).findall(f"{ATOM}entry")


def test_a_note_stands_on_the_page_of_changes_with_its_reason_and_who_answers_for_it():
    page = site()["data/trees/changes/index.html"].decode()

    assert all(said in page for said in ("Correction", "Ashes were counted twice", "Why: Two crews &amp; one list.",
                                         "More <strong>text</strong>.", "Answered for by Parks and Recreation",
                                         "<code>height</code>"))


def test_a_note_has_a_heading_of_its_own_with_its_kind():
    page, dataset = site()["data/trees/changes/index.html"].decode(), site()["data/trees/index.html"].decode()
    heading = '<h3><span class="mark" data-state="correction">Correction</span>: Ashes were counted twice</h3>'

    assert heading in page
    assert heading in dataset


def test_without_a_repository_the_page_says_that_the_history_is_not_known():
    assert b"The history of these files is not known here." in site()["data/trees/changes/index.html"]


def test_a_correction_stands_on_the_page_of_its_dataset():
    page = site()["data/trees/index.html"].decode()

    assert "Ashes were counted twice" in page.partition('id="limits"')[2].partition("</section>")[0]


@pytest.mark.parametrize(("name", "note"), [
    ("changes/2025-06-30-old.md", NOTE), (CORRECTED, NOTE.replace("correction", "addition")),
    ("changes/2026-07-01-later.md", NOTE), (CORRECTED, NOTE.replace("[trees]", "[gone]")),
], ids=["over a year ago", "no correction", "still to come", "of another dataset"])
def test_other_notes_do_not_stand_on_the_page_of_a_dataset(name, note):
    assert b"Ashes were counted twice" not in site(name, note)["data/trees/index.html"]


def test_a_note_that_is_still_to_come_stands_nowhere():
    made = site("changes/2026-07-01-later.md")

    assert [path for path, body in made.items() if b"Ashes were counted" in body] == []


def test_a_note_finds_a_dataset_by_the_id_it_had():
    made = site(note=NOTE.replace("[trees]", "[street-trees]"), dataset=f"{TREES}formerly: [street-trees]\n")

    assert b"Ashes were counted twice" in made["data/trees/changes/index.html"]


def test_the_feed_of_changes_has_the_note_as_an_entry():
    entry, = entries("data/trees/changes/changes.atom")

    assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}summary")) == (
        "Correction: Ashes were counted twice", "2026-06-01T00:00:00Z", "Street trees. Why: Two crews & one list.")
    assert entry.findtext(f"{ATOM}id") == "https://data.example.gov/data/trees/changes/#note-2026-06-01-ashes"
    assert entry.find(f"{ATOM}link").get("href") == "https://data.example.gov/data/trees/changes/#day-2026-06-01"


def test_what_is_new_begins_with_the_note():
    assert [each.findtext(f"{ATOM}title") for each in entries("new.atom")] == [
        "Correction: Ashes were counted twice", "Street trees"]
    assert b"Correction: Ashes were counted twice" in site()["new/index.html"]


def test_where_nothing_is_told_there_is_no_feed():
    made = site(note=NOTE.replace("[trees]", "[gone]"))

    assert "data/trees/changes/changes.atom" not in made
    assert b"changes.atom" not in made["data/trees/changes/index.html"] + made["data/trees/changes/index.json"]


def test_programs_read_the_note_in_both_files():
    both = [orjson.loads(site()[path])["notes"] for path in ("data/trees/changes/index.json", "data/changes.json")]

    assert both[0] == both[1]
    assert both[0][0] == {"id": "2026-06-01-ashes", "day": "2026-06-01", "title": "Ashes were counted twice",
                          "kind": "correction", "reason": "Two crews & one list.", "by": "Parks and Recreation",
                          "text": "More **text**.", "datasets": ["trees"], "columns": ["height"]}


def found(name: str, note: str, **build: object) -> list[str]:
    return [code for code in codes(problems({**a_city(), name: note}, **build)) if code.startswith("note-")]


@pytest.mark.parametrize(("name", "note", "expected"), [
    (CORRECTED, NOTE, []),
    ("changes/ashes.md", NOTE, ["note-day"]),
    ("changes/2026-02-30-ashes.md", NOTE, ["note-day"]),
    ("changes/2026-07-01-ashes.md", NOTE, ["note-future"]),
    (CORRECTED, NOTE.replace("reason: Two crews & one list.\n", ""), ["note-reason"]),
    (CORRECTED, NOTE.replace("[trees]", "[tree]"), ["note-unknown"]),
    (CORRECTED, NOTE.replace("datasets: [trees]", "measures: [on-time]"), ["note-unknown"]),
], ids=["sound", "no day", "no such day", "to come", "no reason", "no dataset", "no measure"])
def test_a_note_is_checked(name, note, expected):
    assert found(name, note) == expected


@pytest.mark.parametrize(("committed", "expected"), [
    ({"datasets/gone/dataset.yaml": None}, []), ({"site.yaml": None}, ["note-unknown"]), ({}, []),
], ids=["was there", "never was", "history not known"])
def test_a_dataset_that_is_gone_is_known_from_the_repository(committed, expected):
    assert found(CORRECTED, NOTE.replace("[trees]", "[gone]"), revision="c" * 40, committed=committed) == expected


def test_who_answers_for_a_note_has_a_file():
    assert codes(problems({**a_city(), CORRECTED: NOTE.replace("by: parks", "by: park")})) == ["publisher-unknown"]


def test_a_note_about_a_measure_stands_on_its_page_and_among_what_is_new():
    note = NOTE.replace("datasets: [trees]\ncolumns: [height]", "measures: [on-time]")
    tree, sink = MemoryTree({**a_measured_city(), CORRECTED: note}), MemorySink()
    build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink))

    assert b"Ashes were counted twice" in sink.site["measures/on-time/index.html"]
    assert b'href="../measures/on-time/#changes"' in sink.site["new/index.html"]
