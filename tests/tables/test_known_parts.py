"""What tables came to in a build before is known, until anything changes that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cities import SITE, TREES, a_bench, a_build, a_city, loaded, with_files
from cityfolio.cache import Cache, NoCache
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.load.known_looks import KnownLooks
from cityfolio.tables import explored as module, profiles
from cityfolio.tables.explored import explored
from cityfolio.tables.fetched import FetchedFile
from cityfolio.tables.offers import Offered, offer
from cityfolio.tables.profiles import cache_key
from cityfolio.tables.published import Bench, read_tables
from cityfolio.tables.table import Added

Files = Mapping[str, str | bytes]
MANY: Files = {f"datasets/{name}/{file}": body for name in "abcdefghi"
               for file, body in (("dataset.yaml", TREES), ("trees.csv", f"species,height\n{name},1\n"))}
CITY: Files = {**a_city(), **MANY}
BUILD = a_build()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The files of which the rows were asked for in each build."""
    found: list[list[str]] = []
    made = module.made
    monkeypatch.setattr(module, "made", lambda wanted, *rest: (found.append([each.job.path for each in wanted]),
                                                               made(wanted, *rest))[1])
    return found


def a_desk(files: Files, folder: Path, made_by: str = "1") -> Bench:
    """A bench at which it is known what builds before made of the folder."""
    cache = Cache(folder)
    return a_bench(MemoryTree(files), cache=cache, looks=KnownLooks(cache, made_by))


def looked_into(files: Files, desk: Bench, base_url: str = "https://example.gov", committed: Mapping[str, date] | None = None,
                ) -> Offered:
    """What a city's tables become."""
    city, build = loaded(files), a_build(committed=committed or {})
    tables = read_tables(city, desk)
    return explored(offer(link(city, tables, build), tables, base_url, desk), tables, base_url, desk)


def at_hand(found: Offered) -> dict[tuple[str, str], tuple[str, bytes]]:
    """The digests of files, and their bytes as they lie there when somebody asks for them."""
    return {at: (each.sha256, Path(each.at_hand()).read_bytes()) for at, each in found.files.items()}


def anew(files: Files, base_url: str = "https://example.gov", committed: Mapping[str, date] | None = None) -> Offered:
    """The same where nothing is known."""
    return looked_into(files, a_bench(MemoryTree(files)), base_url, committed)


def test_rows_of_tables_that_did_not_change_are_not_asked_for(tmp_path: Path, asked: list[list[str]]) -> None:
    first, second = (looked_into(CITY, a_desk(CITY, tmp_path)) for _ in range(2))

    assert (len(asked[0]), asked[1]) == (10, [])
    assert (second.catalog, at_hand(second)) == (first.catalog, at_hand(first))
    assert list(second.files) == list(first.files)


EDITS: Mapping[str, tuple[Files, int]] = {
    "a title": ({"datasets/c/dataset.yaml": TREES.replace("Street", "All")}, 1),
    "a row": ({"datasets/c/trees.csv": "species,height\nc,2\n"}, 1),
    "a column": ({"datasets/c/trees.csv": "lat,lon\n1,1\n"}, 1),
    "nine rows": ({f"datasets/{name}/trees.csv": f"species,height\n{name},2\n" for name in "abcdefghi"}, 9),
    "a publisher": ({"publishers/parks.yaml": "title: Parks\n"}, 10),
    "a shared column": ({"columns/age.yaml": "title: Age\n"}, 10),
    "the site": ({"site.yaml": SITE.replace("cc0-1.0", "cc-by-4.0")}, 10),
    "twins": ({"site.yaml": SITE.replace("twins: all", "twins: [embed]")}, 0),
    "an offer": ({"site.yaml": SITE + "exports: [parquet]\n"}, 0),
    "a file that is no table": ({"datasets/c/dataset.yaml": TREES.replace(".csv", ".pdf"), "datasets/c/trees.pdf": "x"}, 0),
    "a name": ({"datasets/c/dataset.yaml": TREES.replace(".csv", ".tsv"), "datasets/c/trees.tsv": "species\theight\n"}, 1),
    "a draft": ({"datasets/c/dataset.yaml": TREES + "status: draft\n"}, 9),
}


@pytest.mark.parametrize(("changed", "count"), EDITS.values(), ids=EDITS)
def test_after_an_edit_all_is_as_if_nothing_had_been_known(changed: Files, count: int, tmp_path: Path,
                                                           asked: list[list[str]]) -> None:
    looked_into(CITY, a_desk(CITY, tmp_path))
    files = with_files(CITY, changed)
    found = [looked_into(files, a_desk(files, tmp_path)) for _ in range(2)]
    expected = anew(files)

    assert [(each.catalog, at_hand(each), each.problems) for each in found] == [
        (expected.catalog, at_hand(expected), expected.problems)] * 2
    assert len(asked[1]) == count


@pytest.mark.parametrize("changed", [each for each, _ in EDITS.values()] + [
    {"columns/age.yaml": "title: Age\ntype: integer\n"}, {"site.yaml": SITE + "limits: {rows: 1}\n"},
    {"datasets/c/dataset.yaml": TREES.replace("type: number", "type: integer, minimum: 5")},
    {"datasets/c/dataset.yaml": TREES.replace("height: {title: How tall it is,", "height: {standard: age,")},
], ids=[*EDITS, "a shared column's type", "a limit", "a rule", "a column that follows a shared one"])
def test_after_an_edit_profiles_are_as_if_nothing_had_been_known(changed: Files, tmp_path: Path) -> None:
    read_tables(loaded(CITY), a_desk(CITY, tmp_path))
    files = with_files(CITY, changed)
    found = [read_tables(loaded(files), a_desk(files, tmp_path)) for _ in range(2)]

    assert [each.reports for each in found] == [read_tables(loaded(files), a_bench(MemoryTree(files))).reports] * 2
    assert found[0].known_by == found[1].known_by


def test_keys_of_profiles_are_made_where_a_dataset_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(profiles, "cache_key", lambda job, tree: (asked.append(job.path), cache_key(job, tree))[1])
    for files in (CITY, CITY, with_files(CITY, EDITS["a title"][0]), with_files(CITY, EDITS["a title"][0])):
        read_tables(loaded(files), a_desk(files, tmp_path))

    assert (len(asked), asked[10:]) == (11, ["datasets/c/trees.csv"])


def test_another_address_or_another_day_of_the_rows_is_told_in_them(tmp_path: Path, asked: list[list[str]]) -> None:
    files = {path: str(body).replace("modified: 2026-01-01\n", "") for path, body in CITY.items()}
    days = {"datasets/c/trees.csv": date(2026, 1, 2)}
    looked_into(files, a_desk(files, tmp_path))
    elsewhere = looked_into(files, a_desk(files, tmp_path), base_url="https://open.example.gov")
    later = looked_into(files, a_desk(files, tmp_path), committed=days)

    assert at_hand(elsewhere) == at_hand(anew(files, base_url="https://open.example.gov"))
    assert at_hand(later) == at_hand(anew(files, committed=days))
    assert [len(each) for each in asked[:3]] == [10, 10, 1]


def test_what_the_cache_has_lost_is_made_again(tmp_path: Path, asked: list[list[str]]) -> None:
    looked_into(CITY, a_desk(CITY, tmp_path))
    lost = [path for path in tmp_path.glob("??/*") if path.read_bytes()[:4] == b"PAR1"]
    lost[0].unlink()
    found = looked_into(CITY, a_desk(CITY, tmp_path))

    assert len(asked[1]) == 1
    assert at_hand(found) == at_hand(anew(CITY))


def test_what_the_cache_loses_later_is_made_when_somebody_asks_for_it(tmp_path: Path, asked: list[list[str]]) -> None:
    looked_into(CITY, a_desk(CITY, tmp_path))
    found = looked_into(CITY, a_desk(CITY, tmp_path))
    for path in tmp_path.glob("??/*"):
        path.unlink()

    assert asked[1] == []
    assert at_hand(found) == at_hand(anew(CITY))


def test_rows_that_cannot_be_had_are_told_in_each_build(tmp_path: Path, asked: list[list[str]]) -> None:
    files = with_files(CITY, {"datasets/c/trees.csv": "a,A\n1,2\n"})
    first, second = (looked_into(files, a_desk(files, tmp_path)) for _ in range(2))

    assert first.problems == second.problems
    assert first.catalog == second.catalog


def test_another_program_knows_of_nothing(tmp_path: Path, asked: list[list[str]]) -> None:
    looked_into(CITY, a_desk(CITY, tmp_path))
    looked_into(CITY, a_desk(CITY, tmp_path, made_by="2"))

    assert [len(each) for each in asked] == [10, 10]


@pytest.mark.parametrize("changed", [
    {"cache": NoCache()}, {"looks": KnownLooks()}, {"readers": {"xyz": Added(reader=lambda stream, job: None, digest="1")}},
    {"fetched": {("trees", 0): FetchedFile(url="https://example.gov/x", name="x", path=Path("x"), sha256="", bytes=0)}},
], ids=["where nothing is kept", "of no program", "where plugins read tables", "where files are fetched"])
def test_where_it_is_not_known_what_all_is_made_of_nothing_is_known(changed: dict[str, object], tmp_path: Path) -> None:
    desk = a_desk(CITY, tmp_path)

    assert read_tables(loaded(CITY), desk).known_by.keys() == {"trees", *"abcdefghi"}
    assert read_tables(loaded(CITY), replace(desk, **changed)).known_by == {}
