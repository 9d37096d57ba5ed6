"""Catalogs that show the first rows of their tables and read no more, but where something is made of the others."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cities import REPAIRED, REPAIRS, SITE, TREES, a_build, a_city, a_measured_city, loaded, with_files
from cityfolio.build import Result, Workshop, build_site, inspect
from cityfolio.cache import Cache, NoCache
from cityfolio.files import MemoryTree
from cityfolio.model.site import Manifest
from cityfolio.publish.sinks import MemorySink
from cityfolio.tables.skimmed import beginning
from clusters.making_clusters import a_cluster
from themes_once import themes_once

SETTINGS = f"{SITE}tables: first-rows\n"
ROWS = [f"kind {number},{number}.5" for number in range(1, 31)]
LONG = "species,height\n" + "\n".join(ROWS) + "\n"
PAGE, TABLE = "data/trees/index.html", "data/trees/trees/index.html"


def a_city_of(site: str = SETTINGS, **changed: str | bytes | None) -> dict[str, str | bytes]:
    """A city with thirty trees."""
    files = {"site.yaml": site, "datasets/trees/trees.csv": LONG}
    return with_files(a_city(), files | {name.replace("__", "/").replace("_yaml", ".yaml").replace("_csv", ".csv"): body
                                         for name, body in changed.items()})


def built(files: Mapping[str, str | bytes], previous: Manifest | None = None, cache: Cache | None = None,
          ) -> tuple[dict[str, bytes], Result]:
    """The site by path, and what came of the build."""
    sink = MemorySink()
    workshop = Workshop(tree=MemoryTree(files), sink=sink, previous=previous, cache=cache or NoCache(),
                        program="1" if cache else "")
    with themes_once():
        result = build_site(loaded(files), a_build(), workshop)
    return sink.site, result


def codes(result: Result) -> list[str]:
    """What is said beside that scripts are not bundled."""
    return [each.code for each in result.problems if each.code != "assets-unbundled"]


def test_a_page_shows_the_dictionary_and_ten_rows_and_no_figure() -> None:
    site, result = built(a_city_of())
    page = site[PAGE].decode()

    assert codes(result) == []
    assert "The first 10 rows of trees.csv" in page
    assert [f"kind {number}<" in page for number in (1, 10, 11)] == [True, True, False]
    assert "How tall it is" in page
    assert not any(word in page for word in ("Filled in", "middle value", "Look into"))
    assert TABLE not in site
    assert site["data/trees/trees.csv"] == LONG.encode()


def test_every_file_beside_a_dataset_can_be_asked_for_all_the_same() -> None:
    site, _ = built(a_city_of())

    assert {name.removeprefix("data/trees/") for name in site if name.startswith("data/trees/")} >= {
        "index.html", "index.json", "trees.csv", "datapackage.json", "ckan.json", "feed.atom"}


REASONS = {
    "a question": {"datasets/trees/dataset.yaml": f"{TREES}questions: [{{question: How many?, measure: count}}]\n"},
    "a chart": {"datasets/trees/dataset.yaml": f"{TREES}charts: [{{title: Oaks lead, measure: count, by: species}}]\n"},
    "a sensitive column": {"datasets/trees/dataset.yaml": TREES.replace("it is}", "it is, sensitive: true}", 1)},
    "groups that have to be large": {
        "datasets/trees/dataset.yaml": f"{TREES}anonymity: [{{quasi_identifiers: [species], k: 2}}]\n",
        "datasets/trees/trees.csv": "species,height\n" + "oak,3\n" * 20},
    "formats of its own": {"datasets/trees/dataset.yaml": TREES.replace("trees.csv", "trees.csv\n    exports: [json]")},
    "formats of the site": {"site.yaml": f"{SETTINGS}exports: [json]\n"},
    "a key that leads to it": {
        "datasets/repairs/dataset.yaml": REPAIRS.replace(
            "values: {POTHOLE: Pothole, SIGN: Sign}", "foreign_key: {dataset: trees, column: species}"),
        "datasets/repairs/repairs.csv": "closed,kind,days,district\n2026-03-02,kind 3,1,1\n"},
    "a key that leads from it": {
        "datasets/trees/dataset.yaml": TREES.replace("it is}", "it is, foreign_key: {dataset: repairs, column: kind}}", 1),
        "datasets/trees/trees.csv": "species,height\nSIGN,3\n" + "POTHOLE,4\n" * 20,
        "datasets/repairs/dataset.yaml": REPAIRS, "datasets/repairs/repairs.csv": REPAIRED},
    "another format": {"datasets/trees/trees.csv": None, "datasets/trees/trees.json": '[{"species": "oak", "height": 3}]',
                       "datasets/trees/dataset.yaml": TREES.replace("trees.csv", "trees.json")},
}


@pytest.mark.parametrize("changed", REASONS.values(), ids=REASONS)
def test_a_table_of_which_something_is_made_is_read_whole(changed: dict[str, str | bytes | None]) -> None:
    site, result = built(with_files(a_city_of(), changed))

    assert TABLE in site, result.problems
    assert "Filled in" in site[PAGE].decode()


def test_a_table_behind_a_measure_is_read_whole() -> None:
    site, _ = built(with_files(a_measured_city(), {"site.yaml": SETTINGS, "datasets/trees/trees.csv": LONG}))

    assert "data/repairs/repairs/index.html" in site
    assert TABLE not in site


def test_what_is_wrong_in_the_first_rows_is_looked_for_in_all() -> None:
    worse = LONG.replace("kind 3,3.5", "kind 3,tall").replace("kind 20,20.5", "kind 20,taller")
    _, result = built(a_city_of(datasets__trees__trees_csv=worse))

    (fault,) = [each for each in result.problems if each.code == "cell-type"]
    assert fault.says == "column `height` holds 2 values that are not numbers (first: row 3, `tall`; then row 20)"


def test_what_is_wrong_further_below_is_told_by_a_check_alone() -> None:
    files = a_city_of(datasets__trees__trees_csv=LONG.replace("kind 20,20.5", "kind 20,taller"))
    workshop = Workshop(tree=MemoryTree(files), sink=MemorySink())
    _, _, checked = inspect(loaded(files), a_build(), workshop)

    assert codes(built(files)[1]) == []
    assert "cell-type" in [each.code for each in checked]


def test_first_rows_that_look_personal_stop_the_build() -> None:
    people = "species,height,email\n" + "".join(f"oak,{number},jane.doe{number}@mail.example.org\n" for number in range(30))
    record = TREES.replace("  height:", "  email: {title: Who planted it}\n  height:")
    site, result = built(a_city_of(datasets__trees__trees_csv=people, datasets__trees__dataset_yaml=record))

    assert any(code.startswith("personal") for code in codes(result)), codes(result)
    assert site == {}


def test_pages_of_tables_lead_to_their_datasets_from_then_on() -> None:
    _, before = built(a_city_of(site=SITE))
    site, result = built(a_city_of(), before.written.manifest)
    again, later = built(a_city_of(), result.written.manifest)

    assert codes(result) == ["rows-withdrawn"]
    assert b'<a href="../../../data/trees/">Street trees</a>' in site[TABLE]
    assert codes(later) == []
    assert again[TABLE] == site[TABLE]


def test_pages_in_further_languages_do_so_too() -> None:
    spoken = f"{SITE}languages: [en, es]\n"
    _, before = built(a_city_of(site=spoken))
    site, result = built(a_city_of(site=f"{spoken}tables: first-rows\n"), before.written.manifest)

    assert codes(result) == ["rows-withdrawn"]
    assert f"es/{TABLE}" in site


@pytest.mark.parametrize("row", [3, 25])
def test_after_an_edit_a_site_is_what_a_clean_build_gives(tmp_path: Path, row: int) -> None:
    cache = Cache(tmp_path, 1 << 20)
    built(a_city_of(), cache=cache)
    edited = a_city_of(datasets__trees__trees_csv=LONG.replace(f"kind {row},", f"kind {row}b,"))

    assert built(edited, cache=cache)[0] == built(edited)[0]


def test_other_machines_read_as_little_and_draw_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.pages.drawn_ahead.LEAST", 1)
    files, sink = a_city_of(), MemorySink()
    build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=sink, workers=a_cluster()))

    assert sink.site == built(files)[0]


def test_whole_tables_are_shown_again_where_the_setting_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1 << 20)
    built(a_city_of(), cache=cache)

    assert built(a_city_of(site=SITE), cache=cache)[0] == built(a_city_of(site=SITE))[0]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12), lines=st.integers(1, 6))
def test_a_beginning_holds_the_first_rows_as_they_are(rows: list[tuple[str, str]], lines: int) -> None:
    written = StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    part = beginning(written.getvalue().encode(), min(lines, len(rows)))

    assert part is not None
    found = [tuple(row) for row in csv.reader(StringIO(part.decode(), newline=""))]
    assert found == rows[:len(found)]
    assert found


@pytest.mark.parametrize("body", [b"a,b\n1,2\n", "a,b\n1,2\n3,4\n5,6\n".encode("utf-16"), b'a,b\n1,"2\n3,4\n5,6\n', b""],
                         ids=["too short", "UTF-16", "a mark that is not closed", "nothing"])
def test_where_a_beginning_cannot_be_told_there_is_none(body: bytes) -> None:
    assert beginning(body, 3) is None
