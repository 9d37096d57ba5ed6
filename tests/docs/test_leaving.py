"""The pages about leaving another portal, with every command run: the portal answers from this machine."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from cityfolio.cli import main
from house.documents import ROOT
from migrate import jkan_sites, test_arcgis_hub, test_ckan, test_socrata
from migrate.portals import Pages, portal

ADDRESS = "https://data.example.gov"
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Leaving:
    """A page, the portal that it leaves, what was saved of it, and what the page promises."""

    page: str
    saved: Mapping[str, str]
    forwards: str                 # an address of the old portal
    datasets: int                 # of the new one
    pages: Pages | None = None    # None: the portal is a folder


WAYS = [
    Leaving("leave-socrata", {"answers/catalog.jsonl": "\n".join(map(json.dumps, test_socrata.ASSETS))},
            "/d/cccc-0003", 2, test_socrata.site),
    Leaving("leave-ckan", {"answers/search.json": json.dumps({"success": True, "result": {
        "count": 1, "results": [test_ckan.a_package()]}})}, "/dataset/set-0", test_ckan.COUNT, test_ckan.site),
    Leaving("leave-arcgis-hub", {"feed.json": json.dumps({"@id": ADDRESS, "dcat:dataset": [test_arcgis_hub.a_record()]})},
            "/datasets/org::trees/explore", 3, test_arcgis_hub.site),
    Leaving("leave-jkan", {f"our-portal/{path}": text for path, text in jkan_sites.a_site().items()}, "/datasets/trees", 1),
]


def commands(page: str) -> Iterator[list[str]]:
    """The lines of a page's shell examples, in words."""
    for block in SHELL.findall((ROOT / "docs" / "how-to" / f"{page}.md").read_text("utf-8")):
        yield from (shlex.split(line) for line in block.splitlines())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.page)
def test_every_command_about_leaving_a_portal_does_what_the_page_says(way, tmp_path, monkeypatch):
    for path, text in way.saved.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    with portal(way.pages) if way.pages else nullcontext() as served:
        where = run_all(commands(way.page), tmp_path, served.root if served else "", monkeypatch)

    made = {path.parent.name: yaml.safe_load(path.read_text("utf-8")) for path in where.glob("datasets/*/dataset.yaml")}
    site = next(path for path in (tmp_path / "public", tmp_path / "site") if path.is_dir())
    assert len(made) == way.datasets
    assert [report.name for report in where.glob("reports/import-*.md")]
    assert "refresh" in (site / way.forwards.lstrip("/") / "index.html").read_text("utf-8")


def run_all(lines: Iterator[list[str]], folder: Path, root: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run lines one after the other, an import from the portal that stands for the page's. The value is the last folder."""
    monkeypatch.chdir(folder)
    for words in lines:
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        assert words[0] == "cityfolio"
        asked = [root if words[1] == "import" and word == ADDRESS else word for word in words[1:]]
        done = CliRunner().invoke(main, asked)
        assert done.exit_code == 0, f"{' '.join(words)}\n{done.output}"
    return Path.cwd()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.page)
def test_the_page_about_all_importers_leads_to_the_one_about_this(way):
    text = (ROOT / "docs" / "how-to" / "move-in.md").read_text("utf-8")

    assert f"({way.page}.md)" in text
