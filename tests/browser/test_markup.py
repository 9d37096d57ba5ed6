"""The markup of whole sites, as html-validate's recommended rules judge it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from campaigns import chosen
from cityfolio.cli import main
from demonstration.built_site import Demonstration

pytestmark = pytest.mark.npm
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 20      # pages beside one of each depth and part
DATASETS = 60    # of Philadelphia's 468
# A list of suggestions beside a field of several lines is none that <select> could be.
RULES = {"extends": ["html-validate:recommended"], "root": True,
         "rules": {"prefer-native-element": ["error", {"exclude": ["listbox"]}]}}


def faults(site: Path, node: Path, pages: Sequence[str] = ("**/*.html",)) -> list[str]:
    """What html-validate says of the pages of a site: of all, or of some."""
    program = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if not program.is_file():
        pytest.skip(f"html-validate is not at {program}; `make test` installs it")
    rules = site.with_name("rules.json")
    rules.write_text(json.dumps(RULES))
    told = site.with_name("judged.json")     # into a file: a pipe loses what the program had not written when it ended
    command = [str(node), str(program), "--config", str(rules), "--formatter", f"json={told}",
               *(f"{site}/{each}" for each in pages)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.is_file(), said.stderr
    judged = json.loads(told.read_text())
    return [f"{page['filePath']}:{each['line']} {each['message']}" for page in judged for each in page["messages"]]


def built(catalog: Path, site: Path) -> Path:
    """A site as the command builds it."""
    options = ["--catalog", str(catalog), "--output", str(site), "--base-url", "https://data.example.gov", "-q"]
    result = CliRunner().invoke(main, ["build", *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return site


def some(site: Path, count: int) -> list[str]:
    """A page of each depth and part of a site, and by chance so many more, which are the same ones each time."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    kinds = {(page.partition("/")[0], page.count("/")): page for page in pages}
    return sorted({*kinds.values(), *Random(2026).sample(pages, min(count, len(pages)))})


def test_pages_of_the_demonstration_are_sound(demonstration: Demonstration, node: Path) -> None:
    assert faults(demonstration.site, node, some(demonstration.site, SAMPLE)) == []


@pytest.mark.slow
def test_pages_of_philadelphia_are_sound(tmp_path: Path, node: Path, inputs: Path) -> None:
    site = philadelphia(tmp_path, inputs, DATASETS)

    assert faults(site, node, some(site, SAMPLE)) == []


@pytest.mark.torture
def test_every_page_of_the_demonstration_is_sound(demonstration: Demonstration, node: Path) -> None:
    assert faults(demonstration.site, node) == []


@pytest.mark.torture
def test_every_page_of_philadelphia_is_sound(tmp_path: Path, node: Path, inputs: Path) -> None:
    assert faults(philadelphia(tmp_path, inputs), node) == []


def philadelphia(tmp_path: Path, inputs: Path, count: int | None = None) -> Path:
    """The site of Philadelphia's catalog, with so many of its datasets; with all where no count is given."""
    whole = inputs / "jkan-opendataphilly"
    every = sorted(path.name for path in (whole / "_datasets").iterdir())
    left_out = set(every) - set(chosen(every, count))
    shutil.copytree(whole, tmp_path / "jkan", ignore=lambda _, names: left_out.intersection(names))
    imported = CliRunner().invoke(main, ["import", "jkan", "-q", str(tmp_path / "jkan"), str(tmp_path / "catalog")])
    assert imported.exit_code == 0, imported.output
    return built(tmp_path / "catalog", tmp_path / "site")


def test_a_fault_would_be_found(tmp_path: Path, node: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(
        "<!DOCTYPE html>\n<html lang='en'><head><title>x</title></head><body><p><div></div></p></body></html>"
    )

    assert faults(tmp_path / "site", node)
