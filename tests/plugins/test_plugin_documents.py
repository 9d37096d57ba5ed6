"""The documents of plugins say what the program has, and the other way round; the guide's plugin works as it stands there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from cities import a_city, loaded, with_files
from cityfolio import plugins
from cityfolio.plugins.hooks import HOOKS, Plugin
from cityfolio.plugins.reference import GIVEN, HELPERS, TYPES, signature
from cityfolio.publish.sinks import MemorySink
from house.documents import ROOT
from plugin_installing import NAMED, installed_as
from plugin_triggers import built_with, found_with

REFERENCE = (ROOT / "docs" / "reference" / "plugins.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "how-to" / "write-a-plugin.md").read_text("utf-8")
CODE, OFFERING, READING = (each.replace('name="plain"', 'name="transit"')
                  for each in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL))
SHOUTED = str(a_city()["datasets/trees/dataset.yaml"]).replace("Street trees", "STREET TREES")


def test_every_hook_of_a_plugin_is_documented_and_every_hook_that_is_documented_is_there() -> None:
    section = REFERENCE.partition("## Hooks\n")[2].partition("\n## ")[0]

    assert re.findall(r"^### (\w+)$", section, re.MULTILINE) == list(HOOKS)
    assert {each.name for each in fields(Plugin)} == {"name", "api", *HOOKS}


def test_the_signature_of_each_hook_is_documented_exactly() -> None:
    assert re.findall(r"^(def .*): \.\.\.$", REFERENCE, re.MULTILINE) == [signature(each) for each in HOOKS]


@pytest.mark.parametrize(("heading", "kinds"), [("Types", TYPES), ("What plugins are given", GIVEN)], ids=["made", "given"])
def test_every_field_of_every_type_is_documented_and_the_other_way_round(heading: str, kinds: tuple[type, ...]) -> None:
    section = REFERENCE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in re.findall(
        r"^### (\w+)$(.*?)(?=^### |\Z)", section, re.MULTILINE | re.DOTALL)}

    assert found == {each.__name__: [one.name for one in fields(each)] if is_dataclass(each) else [] for each in kinds}


def test_every_method_and_property_of_what_plugins_are_given_is_documented() -> None:
    told = {name for each in GIVEN for name in vars(each) if not name.startswith("_") and name not in each.__dataclass_fields__}

    assert [name for name in told if not re.search(rf"^- `{name}[`(]", REFERENCE, re.MULTILINE)] == []


def test_everything_that_a_plugin_may_import_is_there() -> None:
    assert [name for name in plugins.__all__ if not hasattr(plugins, name)] == []


def test_everything_that_a_plugin_may_import_is_in_the_reference() -> None:
    assert [name for name in plugins.__all__ if not re.search(rf"\b{name}\b", REFERENCE)] == []


def test_the_plugin_of_the_guide_makes_its_page_and_finds_what_it_looks_for() -> None:
    sink = MemorySink()
    result = built_with(CODE, sink=sink)
    found = found_with(CODE, **{"datasets/trees/dataset.yaml": SHOUTED})

    assert result.is_built
    assert "<td>Parks and Recreation</td>" in sink.site["who-publishes/index.html"].decode()
    assert [(each.code, each.where.line) for each in found] == [("plugin-warning", 1)]


def test_the_second_plugin_of_the_guide_offers_its_format_and_finds_streets(tmp_path: Path,
                                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    city = installed_as(tmp_path, monkeypatch, OFFERING)
    found = city.found(site=f"{NAMED}exports: [csv, transit/list]\n", **{
        "datasets/trees/dataset.yaml": str(a_city()["datasets/trees/dataset.yaml"]).replace("height:", "street:").replace(
            ", type: number, unit: feet, minimum: 0", ""),
        "datasets/trees/trees.csv": "species,street\noak,Tryon Street\nelm,Tryon Street\n"})

    assert (found, city.text("data/trees/trees.txt")) == ([], "oak; Tryon Street\nelm; Tryon Street\n")
    assert [each["url"] for each in city.json("search.json")["others"]] == [
        "/data/trees/trees/?where=street~is~Tryon%20Street"]


@pytest.mark.parametrize(("text", "published", "codes"), [
    ("species; height\noak; 12.5\nelm; 9\n", "species,height\noak,12.5\nelm,9\n", []),
    ("species; height\noak\n", "", [("table-syntax", 2)]),
], ids=["sound", "a word is missing"])
def test_the_third_plugin_of_the_guide_reads_its_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str,
                                                        published: str, codes: list[tuple[str, int]]) -> None:
    city = installed_as(tmp_path, monkeypatch, READING)
    dataset = str(a_city()["datasets/trees/dataset.yaml"]).replace("path: trees.csv", "path: trees.txt\n    format: LIST")
    found = city.found(site=f"{NAMED}exports: [csv]\n", **{
        "datasets/trees/dataset.yaml": dataset, "datasets/trees/trees.csv": None, "datasets/trees/trees.txt": text})

    assert [(each.code, each.where.line) for each in found] == codes
    assert city.sink.site.get("data/trees/trees.csv", b"").decode("utf-8-sig").replace("\r", "") == published


def test_the_functions_that_help_are_documented_with_their_signatures() -> None:
    section = REFERENCE.partition("## Functions that help\n")[2].partition("\n## ")[0]

    assert re.findall(r"^- `(\w+)\(", section, re.MULTILINE) == list(HELPERS)
    assert [name for name in HELPERS if name not in plugins.__all__] == []


def test_the_guide_names_an_entry_point_as_the_program_looks_for_it() -> None:
    project = tomllib.loads(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[0])["project"]

    assert project["entry-points"] == {"cityfolio.plugins": {"plain": "cityfolio_plain:plugin"}}


def test_a_site_asks_for_a_plugin_as_the_guide_writes_it() -> None:
    asked = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[0]
    files = with_files(a_city(), {"site.yaml": f"{a_city()['site.yaml']}{asked}"})
    site = loaded(files).site

    assert (site.record.plugins if site else None) == ("plain",)
