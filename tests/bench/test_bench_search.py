"""What the search finds, moves and costs, beside Pagefind on the same records in the same run. Nothing is asserted of time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import nodejs
from bench.making_records import read_records, write_records
from bench.measuring import Cost, median_cost
from bench.readers import questions, spread, steps
from search.known_items import known_items, mean_reciprocal_ranks
from search.resident_words import asked_by_residents
from search.searched_cities import SearchedCity, philadelphia, the_demonstration, titles

pytestmark = pytest.mark.bench
HERE = Path(__file__).parent
RUNS = {1_000: 3, 10_000: 3, 100_000: 1}     # the largest is made once: it takes half a minute, and Pagefind minutes
READERS = 60


def share(name: str, city: SearchedCity, *, synonyms: bool) -> str:
    asked = asked_by_residents(name, city, synonyms=synonyms)
    return f"{sum(each.is_understood for each in asked)} of {len(asked)}"


def shown(name: str, cost: Cost, folder: Path) -> None:
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    print(f"{name:<28} {cost.cpu_seconds:6.1f} CPU s  {cost.peak_mib:7.0f} MiB"
          f"  {len(files):,} files  {sum(files) / 1e6:.1f} MB")


def test_residents_of_the_demonstration_city() -> None:
    city = the_demonstration()
    print(f"\ndemonstration: residents understood {share('demonstration', city, synonyms=True)},"
          f" without synonyms {share('demonstration', city, synonyms=False)}")


def test_residents_of_philadelphia(inputs: Path) -> None:
    city = philadelphia(inputs)
    print(f"\nphiladelphia: residents understood {share('philadelphia', city, synonyms=True)},"
          f" without synonyms {share('philadelphia', city, synonyms=False)}")


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_known_items(inputs: Path, seed: int) -> None:
    city = philadelphia(inputs)
    figures = mean_reciprocal_ranks(city.index(), known_items(titles(city), 200, seed))
    ratios = ", ".join(f"{name} {figure / figures['clean']:.3f}" for name, figure in figures.items() if name != "clean")
    print(f"\nphiladelphia, seed {seed}: MRR@10 {figures['clean']:.3f}; of it {ratios}")


@pytest.mark.parametrize("count", [1_000, 10_000, 100_000])
def test_made_up_records(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{HERE.parent}:{HERE.parents[1] / 'tools'}")
    records = tmp_path / "records.jsonl"
    write_records(count, records)
    ours = [sys.executable, "-m", "bench.index_records", str(records)]
    peer = [str(nodejs.node(nodejs.FOR_TESTS)), str(HERE / "pagefind_peer.mjs"), str(records)]
    print()
    made = median_cost([[*ours, f"ours-{at}"] for at in range(RUNS[count])], tmp_path)
    shown(f"{count:,} records: ours", made, tmp_path / "ours-0")
    shown(f"{count:,} records: Pagefind", median_cost([[*peer, str(tmp_path / "pagefind")]], tmp_path), tmp_path / "pagefind")

    found = steps(tmp_path / "ours-0", questions(tuple(read_records(records)), 2 * READERS))
    print("bytes of a first question:", spread([each.first.bytes for each in found]))
    print("bytes of the next one:", spread([each.following.bytes for each in found]))
    print("bytes of three facets more:", spread([each.narrowing.bytes for each in found]))
    print("requests of a first question:", spread([each.first.requests for each in found]))
