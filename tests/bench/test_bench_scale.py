"""What a build costs as catalogs grow, beside Hugo on the same work in the same run. Nothing is asserted of time.

Catalogs of 1,000 and 10,000 datasets lie in memory, those of 10,000 and 100,000, to see what grows, on a disk. Others are named
in `CITYFOLIO_BENCH_SIZES=1000` and `CITYFOLIO_BENCH_GROWTH=1000,10000`; `CITYFOLIO_BENCH_RUNS=1` is for the hasty. What is
measured is put into docs/reference/performance.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import sleep

import pytest

from bench.hugo_site import build_command, hugo, write_hugo_site
from bench.keeping_figures import keep, machine, table
from bench.making_catalogs import write_catalog
from bench.measuring import Cost

pytestmark = pytest.mark.bench
SIZES = [int(size) for size in os.environ.get("CITYFOLIO_BENCH_SIZES", "1000,10000").split(",")]
SMALL, LARGE = map(int, os.environ.get("CITYFOLIO_BENCH_GROWTH", "10000,100000").split(","))
RUNS = os.environ.get("CITYFOLIO_BENCH_RUNS")
WHOLE_TABLES, EVERYTHING = "exports: []\ntwins: [none]\n", "twins: [all]\n"     # settings
SAME_WORK = f"{WHOLE_TABLES}tables: first-rows\n"
MOMENT = 3                     # seconds after which a file is no longer one that was written just now
CITYFOLIO = [sys.executable, "-m", "cityfolio"]
MEMORY = [sys.executable, str(Path(__file__).with_name("tree_memory.py"))]
HEAD = ("", "CPU", "time", "memory", "files", "size", "CPU to Hugo's", "time", "memory")
TOLD_OF_GROWTH = 6              # columns
HEAD_OF_PARTS = ("everything on, by stage", "CPU", "of all", "most of it")
NAMED = 3                      # parts of a stage


@pytest.fixture
def disk(fast: Path) -> Iterator[Path | None]:
    """A folder on a disk; None where temporary files lie in memory too, or on the same disk."""
    folder = Path(mkdtemp(prefix="cityfolio-bench-", dir="/var/tmp" if Path("/var/tmp").is_dir() else None))
    yield folder if folder.stat().st_dev != fast.stat().st_dev else None
    shutil.rmtree(folder)


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory where there is room, so that no disk is measured; with a cache of its own."""
    shared = Path("/dev/shm")
    folder = Path(mkdtemp(prefix="cityfolio-bench-", dir=shared if shared.is_dir() else None))
    # It is there from the first, or it would come to lie where packages are looked for between one build and the next.
    (folder / "cache").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    yield folder
    shutil.rmtree(folder)


def cost(command: list[str], folder: Path) -> Cost:
    """One run, with the memory of all its processes together."""
    done = subprocess.run([*MEMORY, *command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Cost(**json.loads(done.stdout))


def runs(size: int) -> int:
    """How often each program runs: the smaller the work, the more it varies."""
    return int(RUNS) if RUNS else 5 if size <= 1_000 else 3


def middle(costs: list[Cost]) -> Cost:
    """The median of several, each figure by itself."""
    return Cost(**{name: median(getattr(each, name) for each in costs) for name in ("cpu_seconds", "wall_seconds", "peak_mib")})


def row(name: str, each: Cost, other: Cost | None = None, site: Path | None = None) -> list[str]:
    """What is told of some runs, and as a ratio to others."""
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()] if site else []
    ratios = [f"{each.cpu_seconds / other.cpu_seconds:.2f}", f"{each.wall_seconds / other.wall_seconds:.2f}",
              f"{each.peak_mib / other.peak_mib:.2f}"] if other else [""] * 3
    told = [name, f"{each.cpu_seconds:.2f} s", f"{each.wall_seconds:.1f} s", f"{each.peak_mib:,.0f} MiB",
            f"{len(sizes):,}" if sizes else "", f"{sum(sizes) / 1e6:,.0f} MB" if sizes else "", *ratios]
    print("  ".join(told))
    return told


def build(catalog: str, output: str, *more: str) -> list[str]:
    return [*CITYFOLIO, "build", "-q", "--catalog", catalog, "--output", output, *more]


def paired(size: int, fast: Path, disk: Path | None) -> list[list[str]]:
    """Cold builds, one of each program after another, and the medians of each."""
    program = hugo()
    write_catalog(size, fast / "same", settings=SAME_WORK)
    write_hugo_site(size, fast / "hugo")
    write_catalog(size, fast / "tables", settings=WHOLE_TABLES)
    write_catalog(size, fast / "usual")
    write_catalog(size, fast / "whole", settings=EVERYTHING)
    commands = {"the same work": build("same", "site-same", "--no-cache"),
                "the same work, with whole tables": build("tables", "site-tables", "--no-cache"),
                "as it comes": build("usual", "site-usual", "--no-cache"),
                "everything on": build("whole", "site-whole", "--no-cache")}
    if disk is not None:
        commands["everything on, written to a disk"] = build("whole", str(disk / "site"), "--no-cache")
    else:
        print("What a disk costs is not measured: there is none beside the memory.")
    if program is not None:
        commands["Hugo"] = build_command(program, fast / "hugo", fast / "site-hugo")
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    sites = {"the same work": fast / "site-same", "the same work, with whole tables": fast / "site-tables",
             "as it comes": fast / "site-usual", "everything on": fast / "site-whole",
             "everything on, written to a disk": (disk or fast) / "site", "Hugo": fast / "site-hugo"}
    for _ in range(runs(size)):
        for name, command in commands.items():
            shutil.rmtree(sites[name], ignore_errors=True)
            costs[name].append(cost(command, fast))
    peer = middle(costs["Hugo"]) if program is not None else None
    return [row(name, middle(each), peer, sites[name]) for name, each in costs.items()]


def stages(size: int, fast: Path) -> list[list[str]]:
    """What each stage of a cold build costs that has everything on: one run in one process, beside those that are compared."""
    told = fast / "timings.json"
    cost(build("whole", "site-stages", "--no-cache", "--workers", "1", "--timings", str(told)), fast)
    shutil.rmtree(fast / "site-stages")
    found = json.loads(told.read_bytes())
    rows = [[each["stage"], f"{each['cpu_seconds']:.2f} s", f"{each['cpu_seconds'] / found['cpu_seconds']:.0%}",
             ", ".join(f"{part['part']} {part['cpu_seconds']:.2f}" for part in each["parts"][:NAMED])]
            for each in found["stages"]]
    print(*map("  ".join, rows), sep="\n")
    return rows


def again(size: int, fast: Path) -> list[list[str]]:
    """Builds after a build, with what that kept: nothing changed, and after an edit, which gives what a clean one gives."""
    sleep(MOMENT)
    cost(build("usual", "kept"), fast)
    sleep(MOMENT)
    place = min((fast / "usual/datasets").iterdir())
    rows = [row("again, nothing changed", middle([cost(build("usual", "kept"), fast) for _ in range(runs(size))]))]
    for name, path, old, new in (("again, one title changed", place / "dataset.yaml", 'title: "', 'title: "New '),
                                 ("again, one row of a table changed", place / "rows.csv", "\n1,", "\n1001,")):
        path.write_text(path.read_text().replace(old, new, 1))
        rows.append(row(name, cost(build("usual", "kept"), fast)))
        cost(build("usual", "clean", "--no-cache"), fast)
        assert digests(fast / "kept") == digests(fast / "clean")
    return rows


def digests(site: Path) -> object:
    """What the manifest says of each file."""
    return json.loads((site / "manifest.json").read_bytes())


@pytest.mark.parametrize("size", SIZES)
def test_a_catalog_of_many_datasets(size: int, fast: Path, disk: Path | None) -> None:
    print(f"\n{size:,} datasets")
    when = machine()
    rows, parts = [*paired(size, fast, disk), *again(size, fast)], stages(size, fast)

    keep(f"{size:,} datasets", f"{when}.\n\n{table(HEAD, rows)}\n{table(HEAD_OF_PARTS, parts)}")


def test_what_a_build_costs_where_the_catalog_is_ten_times_larger(fast: Path, disk: Path | None) -> None:
    when, folder, program, costs = machine(), disk or fast, hugo(), dict[str, list[Cost]]()
    print(f"\nfrom {SMALL:,} to {LARGE:,} datasets, {'on a disk' if disk else 'in memory'}")
    rows = []
    for size in (SMALL, LARGE):
        write_catalog(size, folder / "catalog", settings=SAME_WORK)
        commands = {"the same work": build("catalog", "site", "--no-cache")}
        if program is not None:
            write_hugo_site(size, folder / "hugo")
            commands["Hugo"] = build_command(program, folder / "hugo", folder / "site")
        for name, command in commands.items():
            costs.setdefault(name, []).append(cost(command, folder))
            rows.append(row(f"{name}, {size:,}", costs[name][-1], site=folder / "site")[:TOLD_OF_GROWTH])
            shutil.rmtree(folder / "site")
        for each in ("catalog", "hugo"):
            shutil.rmtree(folder / each, ignore_errors=True)
    for name, (small, large) in costs.items():
        rows.append([f"{name}, times as much", f"{large.cpu_seconds / small.cpu_seconds:.1f}",
                     f"{large.wall_seconds / small.wall_seconds:.1f}", f"{large.peak_mib / small.peak_mib:.1f}", "", ""])
        print(*rows[-1], sep="  ")

    keep("growth", f"{when}, {'on a disk' if disk else 'in memory'}.\n\n{table(HEAD[:TOLD_OF_GROWTH], rows)}")


def test_the_start_of_a_command(tmp_path: Path) -> None:
    commands = {"`python -c pass`": [sys.executable, "-c", "pass"], "`cityfolio --version`": [*CITYFOLIO, "--version"],
                "`cityfolio --help`": [*CITYFOLIO, "--help"]}
    costs = {name: middle([cost(command, tmp_path) for _ in range(11)]) for name, command in commands.items()}
    bare = costs["`python -c pass`"]
    rows = [[name, f"{each.cpu_seconds * 1000:.0f} ms", f"{each.peak_mib:.0f} MiB",
             f"{each.cpu_seconds / bare.cpu_seconds:.1f}"] for name, each in costs.items()]

    print("", *map("  ".join, rows), sep="\n")
    keep("start", table(("", "CPU", "memory", "to bare Python"), rows))
