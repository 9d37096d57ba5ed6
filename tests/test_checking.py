"""`cityfolio check PATH` says of a dataset what a check of the whole catalog says of it, and reads little else."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from cities import TREES, a_measured_city
from cityfolio.checking import checked, part_of
from cityfolio.cli import main
from cityfolio.files import MemoryTree
from cityfolio.run_options import cache_of, chosen_options

SHADE = "title: Shade\nsummary: Where trees give shade.\npublisher: parks\nkeywords: [shade]\nmodified: 2026-01-01\n"
MISTAKES = {
    "none": TREES,
    "unknown publisher": TREES.replace("publisher: parks", "publisher: parcs"),
    "unknown topic": TREES.replace("[nature]", "[natur]"),
    "unknown related dataset": f"{TREES}related: [repair]\n",
    "unknown license": f"{TREES}license: cc0\n",
    "an identifier of another": f"{TREES}identifier: https://data.example.gov/id/shade\n",
    "an identifier that is another's address": f"{TREES}identifier: https://data.example.gov/data/shade/\n",
    "a former address of another": f"{TREES}formerly: [shade-trees]\n",
    "the address of another": f"{TREES}formerly: [shade]\n",
    "unknown target of a key": TREES.replace("it is}\n", "it is, foreign_key: {dataset: kinds, column: name}}\n", 1),
    "a value that its key's target does not have":
        TREES.replace("it is}\n", "it is, foreign_key: {dataset: repairs, column: kind}}\n", 1),
    "a column of another type": TREES.replace("type: number", "type: date").replace(", unit: feet, minimum: 0", ""),
    "a leads to a draft": f"{TREES}related: [young]\n",
    "no file": TREES.replace("trees.csv", "treez.csv"),
    "no YAML": "title: [\n",
}


def given(folder: Path, body: str) -> Path:
    """A city with three datasets beside the one that is looked at; its catalog folder."""
    city = a_measured_city(**{
        "datasets__trees__dataset.yaml": body,
        "datasets__shade__dataset.yaml": f"{SHADE}identifier: https://data.example.gov/id/shade\nformerly: [shade-trees]\n",
        "datasets__young__dataset.yaml": f"{SHADE}status: draft\n",
    })
    for path, content in city.items():
        (folder / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "catalog" / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "catalog"


def whole(catalog: Path) -> list[tuple[object, ...]]:
    """What a check of the whole catalog says of the trees."""
    chosen = chosen_options(catalog=catalog, output=Path("output"), as_of=date(2026, 6, 30), no_cache=True, workers=1,
                            base_url="https://data.example.gov")
    found = checked(chosen, cache_of(chosen), lambda stage: None)
    return sorted((each.code, each.where.path, each.where.line, each.says, each.fix) for each in found
                  if each.where.path.startswith("datasets/trees/"))


def told(*arguments: str | Path) -> object:
    """The run of a check."""
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.mark.parametrize("body", MISTAKES.values(), ids=MISTAKES)
def test_a_dataset_alone_has_the_problems_that_it_has_in_the_whole(tmp_path, monkeypatch, body):
    catalog, found = given(tmp_path, body), []
    monkeypatch.setattr("cityfolio.speech.Speech.report", lambda speech, problems, root: found.extend(problems))
    told("--catalog", catalog, "--as-of", "2026-06-30", "--no-cache", "--base-url", "https://data.example.gov",
         catalog / "datasets/trees/dataset.yaml")

    assert sorted((each.code, each.where.path, each.where.line, each.says, each.fix) for each in found) == whole(catalog)


def test_problems_of_other_files_are_not_told_and_do_not_count(tmp_path):
    catalog = given(tmp_path, TREES.replace("publisher: parks", "publisher: parcs"))
    run = told("--catalog", catalog, catalog / "datasets/repairs")

    assert (run.exit_code, "publisher-unknown" in run.output) == (0, False)
    assert "Looked at 2 files alone." in run.output


def test_several_can_be_named(tmp_path):
    catalog = given(tmp_path, TREES.replace("publisher: parks", "publisher: parcs"))
    run = told("--catalog", catalog, catalog / "datasets/repairs", catalog / "datasets/trees/trees.csv")

    assert (run.exit_code, "publisher-unknown" in run.output) == (1, True)


def test_any_other_file_can_be_named_too(tmp_path):
    catalog = given(tmp_path, TREES)
    (catalog / "publishers/parks.yaml").write_text("title: Parks\nparent: parcs\n")
    run = told("--catalog", catalog, catalog / "publishers/parks.yaml", "--no-cache")

    assert (run.exit_code, run.output.count("[publisher-unknown]")) == (1, 1)


@pytest.mark.parametrize("path", ["datasets/gone", "../catalog-of-another/site.yaml"])
def test_what_is_not_in_the_catalog_is_wrong_usage(tmp_path, path):
    catalog = given(tmp_path, TREES)

    assert told("--catalog", catalog, catalog / path).exit_code == 2


def test_what_has_nothing_to_do_with_a_dataset_is_not_read():
    tree = MemoryTree(a_measured_city(**{
        "datasets__benches__dataset.yaml": SHADE.replace("trees give", "one finds"),
        "datasets__young__dataset.yaml": f"{SHADE}related: [trees]\n"}))
    part = part_of(tree, {node.path: node for node in tree.nodes()}, frozenset({"datasets/trees/dataset.yaml"}))

    assert "datasets/benches/dataset.yaml" not in part.read
    assert {"datasets/young/dataset.yaml", "publishers/parks.yaml", "topics/nature.yaml", "site.yaml"} <= part.read
    assert part.datasets == {"trees"}


def test_a_check_of_one_dataset_waits_for_no_drawing_and_no_typed_tables():
    program = ("import sys, cityfolio.cli, cityfolio.checking, cityfolio.check, cityfolio.tables.published\n"
               "print(*sorted({'pandas', 'pyarrow', 'jinja2', 'cityfolio.build', 'cityfolio.feeds'} & set(sys.modules)))")
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert run.stdout == "\n"
