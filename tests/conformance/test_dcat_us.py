"""DCAT-US and schema.org as data.gov's harvester and search engines judge them; our problems name exactly what these miss."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cityfolio.cli import main
from conformance import dcat_us_keys

pytestmark = pytest.mark.conformance
ROOT = Path(__file__).resolve().parents[2]
Site = Callable[..., Path]
INPUTS = {
    "Philadelphia": ("jkan", "jkan-opendataphilly"),
    "federal": ("data-json", "data-json/federal.data.json"),
    "Seattle": ("data-json", "data-json/seattle-performance.data.json"),
    "CKAN": ("ckan", "ckan"),
    "Glasgow": ("arcgis-hub", "arcgis-hub/glasgow.json"),
    "Highland": ("arcgis-hub", "arcgis-hub/highland.json"),
    "Little Rock": ("socrata", "socrata/data.littlerock.gov.jsonl"),
    "GDP": ("data-package", "data-package"),
}


def checked(catalog: Path) -> list[dict[str, Any]]:
    """The problems of a catalog, advice included."""
    said = CliRunner().invoke(main, ["check", "--catalog", str(catalog), "--format", "json", "-q"]).stdout
    problems: list[dict[str, Any]] = json.loads(said)["problems"]
    return problems


def test_the_demonstration_lacks_nothing_but_what_its_problems_name(judges: Path, site: Site) -> None:
    published = site()

    assert dcat_us_keys.ours(checked(ROOT / "catalog"), published) == dcat_us_keys.judged(judges, published)


@pytest.mark.parametrize(("form", "source"), INPUTS.values(), ids=INPUTS)
def test_problems_name_the_keys_that_the_judges_name_dataset_by_dataset(form: str, source: str, judges: Path, inputs: Path,
                                                                        site: Site) -> None:
    published = site(form, inputs / source)

    assert dcat_us_keys.ours(checked(published.parent / "catalog"), published) == dcat_us_keys.judged(judges, published)


def test_the_demonstration_passes_as_dcat_us_3(judge: Callable[..., Any], site: Site) -> None:
    verdict = judge("dcatus.py", "3-gsa", site() / "dcat-us.json")

    assert verdict.passed, verdict.says


def test_seattle_passes_as_dcat_us_1_1(judge: Callable[..., Any], inputs: Path, site: Site) -> None:
    verdict = judge("dcatus.py", "1.1-nonfederal", site(*INPUTS["Seattle"][:1], inputs / INPUTS["Seattle"][1]) / "data.json")

    assert verdict.passed, verdict.says


def test_pages_of_the_demonstration_pass_as_schema_org(judge: Callable[..., Any], site: Site) -> None:
    published = site()
    listed = json.loads((published / "catalog.json").read_text())["datasets"]
    pages = [published / "data" / each["id"] / "index.html" for each in listed if each["status"] == "published"]

    verdict = judge("schemaorg_dataset.py", published / "index.html", *pages)

    assert verdict.passed, verdict.says
