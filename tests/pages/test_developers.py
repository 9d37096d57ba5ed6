"""The page for those who write programs. Its examples are run as they are shown, but for the host, against a served site."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from cityfolio.cli import main
from cityfolio.model.site import Output
from pages.catalogs import a_full_catalog
from pages.drawing import draw_site
from pages.factories import a_build, a_dataset
from pages.reader import ReadPage, read
from servers import serving

CITY = Path(__file__).resolve().parents[1] / "golden" / "small" / "city"
BASE_URL = "https://data.example.gov"
# Each example by itself, so that none can lean on another.
RUN = "import json, sys\nfor code in json.load(sys.stdin):\n    print(code, flush=True)\n    exec(code, {})\n"


@dataclass(frozen=True)
class Served:
    """A site that is served, and its page for programs."""

    page: ReadPage
    port: int

    def examples(self, language: str) -> list[str]:
        """The code that the page shows in a language, with the host that answers now."""
        shown = ["".join(part.element.itertext()) for part in self.page.all("code", data_copy=language)]
        return [code.replace(BASE_URL, f"http://127.0.0.1:{self.port}") for code in shown]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    pytest.importorskip("tornado", reason="the extra `serve` is not installed")
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(CITY, folder / "catalog")
    with (folder / "catalog" / "site.yaml").open("a") as settings:
        settings.write("exports: [csv, json, parquet, zip]\n")
    built = CliRunner().invoke(main, ["build", "-q", "--catalog", str(folder / "catalog"), "--output", str(folder / "site"),
                                      "--base-url", BASE_URL])
    assert built.exit_code == 0, built.output
    body = (folder / "site" / "developers" / "index.html").read_bytes()
    page = read(Output(url="/developers/", body=body, media_type="text/html", kind="developers", source=""))
    with serving(folder / "site") as server:
        yield Served(page=page, port=server.port)


def test_every_example_in_python_runs_as_it_is_shown(served: Served, tmp_path: Path) -> None:
    codes = served.examples("python")
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", RUN], input=json.dumps(codes), cwd=tmp_path,
                         capture_output=True, text=True, check=False)

    assert run.returncode == 0, f"{run.stdout[-1_000:]}\n{run.stderr}"
    assert len(codes) > 40


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_every_example_for_the_command_line_runs_as_it_is_shown(served: Served, tmp_path: Path) -> None:
    codes = served.examples("curl")
    run = subprocess.run(["sh", "-e", "-x"], input="".join(codes), cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr[-1_000:]
    assert len(codes) == len(served.examples("python"))
    assert (tmp_path / "catalog.sqlite").read_bytes().startswith(b"SQLite format 3\0")


@pytest.fixture(scope="module")
def page() -> ReadPage:
    return draw_site(catalog=a_full_catalog()).page("/developers/")


def test_the_page_names_every_kind_of_address(page: ReadPage) -> None:
    assert page.headings(2)[:7] == ["The whole catalog", "The catalog as tables", "A dataset", "Files and tables",
                                    "What pages say", "What is new", "The site itself"]


def test_an_address_leads_to_the_example_of_it(page: ReadPage) -> None:
    assert page.link("/data.json").address == "../data.json"
    assert page.link("/topics/{topic}/feed.atom").address == "../topics/streets/feed.atom"


def test_the_page_says_what_each_standard_calls_a_fact(page: ReadPage) -> None:
    table = page.table()

    assert table[0] == ["Written here as", "DCAT-US 1.1", "DCAT-US 3.0", "DCAT-AP 3.0.1", "schema.org", "CKAN",
                        "Data Package 2"]
    assert ["keywords", "keyword", "keyword", "dcat:keyword", "keywords", "tags", "keywords"] in table


def test_the_foot_of_every_page_leads_here(page: ReadPage) -> None:
    home = draw_site(a_dataset()).page("/")

    assert home.one("footer").link("All that programs can read").address == "developers/"
    assert page.one("footer").link("This page (JSON)").address == "index.json"


def test_without_an_address_of_the_site_there_are_no_examples() -> None:
    page = draw_site(a_dataset(), build=a_build(base_url="")).page("/developers/")

    assert (page.all("details"), "there are no examples here" in page.main.text) == ([], True)


def test_a_site_without_data_still_says_where_everything_would_be() -> None:
    page = draw_site().page("/developers/")

    assert "/data/{dataset}/datapackage.json" in page.main.text
    assert "datapackage" not in "".join(page.main.links().values())
