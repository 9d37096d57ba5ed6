"""What is written beside each dataset: as little as is of use where a city says nothing, and each kind that it names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from changes.repositories import a_repository, built as built_of_commits
from cities import SITE, TREES, a_build, a_city, loaded, with_files
from cityfolio.build import Result, Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.model.site import Manifest
from cityfolio.model.twins import EVERY, TWINS, USUAL, twins_asked
from cityfolio.publish.sinks import MemorySink

PLACED = "species,lat,lon\noak,35.2,-80.8\nelm,35.3,-80.7\n"
COLUMNS = "columns: {species: {title: What it is}, lat: {title: How far north}, lon: {title: How far west}}\n"
LOCATED = f"{TREES.partition('columns:')[0]}temporal: {{start: 2020-01-01, end: 2020-12-31}}\n{COLUMNS}"
HOME = "data/trees/"
ALWAYS = {f"{HOME}index.html", f"{HOME}index.json", f"{HOME}trees.csv", f"{HOME}trees/index.html"}
FILES = {
    "explorer": {"trees/index.json", "trees/rows.parquet"}, "changes": {"changes/index.html", "changes/index.json"},
    "feed": {"feed.atom"}, "data-package": {"datapackage.json"}, "croissant": {"croissant.json"},
    "csvw": {"trees.csv-metadata.json"}, "ckan": {"ckan.json"}, "record": {"record.geojson"},
    "stac": {"stac-collection.json", "trees/stac-item.json"},
    "embed": {"trees/oembed.json", "../../embed/data/trees/trees/index.html"},
}
# Together they tell each kind from every other.
SOME = pytest.mark.parametrize("named", [TWINS[:5], TWINS[5:], TWINS[::2], TWINS[1::2]],
                               ids=["the first", "the last", "the odd", "the even"])
NAMES = {"feed": "trees/feed.atom", "data-package": "datapackage.json", "croissant": "croissant.json", "csvw": "-metadata.json",
         "ckan": "ckan.json", "record": "record.geojson", "stac": "stac-collection.json", "embed": "/embed/data/",
         "changes": "trees/changes/", "explorer": "trees/rows.parquet"}
BINARY = (".parquet", ".sqlite", ".js", ".bin")
PLACEHOLDERS = re.compile(rb'"?/data/\{dataset\}/\{table\}/rows\.parquet|/data/ID/[a-z.]+')


def a_city_with(twins: str, **changed: str | bytes | None) -> dict[str, str | bytes]:
    """A city with trees that stand somewhere, and this in its settings."""
    files = {"site.yaml": SITE.replace("twins: all\n", twins), "datasets/trees/trees.csv": PLACED,
             "datasets/trees/dataset.yaml": LOCATED}
    return with_files(a_city(), {**files, **{name.replace("__", "/"): body for name, body in changed.items()}})


def built(files: dict[str, str | bytes], previous: Manifest | None = None) -> tuple[dict[str, bytes], Result]:
    """The site by path, and what came of the build."""
    sink = MemorySink()
    result = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=sink, previous=previous))
    return sink.site, result


@cache
def built_once(twins: str) -> tuple[dict[str, bytes], Result]:
    """The site of a city with this in its settings, which several tests look at."""
    return built(a_city_with(twins))


def of_trees(site: dict[str, bytes]) -> set[str]:
    """What a site has beside the trees and in its place for pages of others."""
    return {path for path in site if path.startswith((HOME, f"embed/{HOME}"))}


def beside(kind: str) -> set[str]:
    """The paths of a kind."""
    return {path.removeprefix("../../") if path.startswith("../../") else f"{HOME}{path}" for path in FILES[kind]}


def manifest_of(twins: str) -> Manifest:
    """What a site with this in its settings was."""
    manifest = built_once(twins)[1].written.manifest
    assert manifest is not None
    return manifest


def codes(result: Result) -> list[str]:
    """What is said beside that scripts are not bundled."""
    return [each.code for each in result.problems if each.code != "assets-unbundled"]


def test_a_dataset_of_one_table_has_six_files_where_nothing_is_said() -> None:
    site, _ = built_once("")

    assert of_trees(site) == ALWAYS | beside("explorer")
    assert len(of_trees(site)) == 6


def test_a_dataset_of_one_table_has_six_files_in_a_repository_too(tmp_path: Path) -> None:
    site = built_of_commits(a_repository(tmp_path, ("2026-04-01", {"site.yaml": SITE.replace("twins: all\n", "")}))).site

    assert len(of_trees(site)) == 6


@SOME
def test_a_site_has_the_kinds_that_its_settings_name_and_no_others(named: tuple[str, ...]) -> None:
    site, result = built_once(f"twins: [{', '.join(named)}]\n")

    assert of_trees(site) == ALWAYS.union(*map(beside, named))
    assert codes(result) == []


@SOME
def test_nothing_names_what_is_not_written(named: tuple[str, ...]) -> None:
    site, _ = built_once(f"twins: [{', '.join(named)}]\n")

    texts = {path: PLACEHOLDERS.sub(b"", body) for path, body in site.items() if not path.endswith(BINARY)}
    assert {(kind, path) for kind in EVERY - {*named} for path, body in texts.items() if NAMES[kind].encode() in body} == set()


def test_all_is_every_kind_and_none_is_no_kind() -> None:
    assert twins_asked(["all"]) == EVERY
    assert twins_asked(["none"]) == frozenset()
    assert twins_asked([]) == USUAL


def test_feeds_of_the_whole_catalog_are_there_without_any_twin() -> None:
    site, _ = built_once("twins: none\n")

    assert {"catalog.json", "data.json", "dcat-us.json", "dcat-ap.ttl", "stac/catalog.json", "new.atom", "catalog.sqlite",
            "ogc/collections/datasets/items.geojson", "api/3/action/package_list"} <= site.keys()


def test_a_box_around_the_rows_is_known_though_nobody_looks_into_them() -> None:
    site, _ = built_once("twins: none\n")

    assert b"-80.8" in site["ogc/collections/datasets/items.geojson"]


def test_a_large_table_can_be_looked_into_whatever_is_asked() -> None:
    rows = "species,height\n" + "oak,1\n" * 5_001
    files = a_city_with("twins: none\n", datasets__trees__dataset_yaml=None)
    site, _ = built(files | {"datasets/trees/trees.csv": rows, "datasets/trees/dataset.yaml": TREES})

    assert of_trees(site) == ALWAYS | beside("explorer")


def test_a_dataset_with_a_note_has_its_page_of_changes_whatever_is_asked() -> None:
    note = "---\ntitle: Heights were in meters\nkind: correction\nreason: A slip\ndatasets: [trees]\n---\n"
    site, _ = built(a_city_with("twins: none\n") | {"changes/2026-06-01-heights.md": note})

    assert beside("changes") <= of_trees(site)


def test_without_a_page_of_changes_news_lead_to_the_dataset(tmp_path: Path) -> None:
    site = built_of_commits(a_repository(tmp_path, ("2026-04-01", {"site.yaml": SITE.replace("twins: all\n", "")}))).site

    assert b'href="../data/trees/"' in site["new/index.html"]
    assert b"trees/changes/" not in site["new/index.html"]


def test_a_site_that_says_nothing_is_asked_before_addresses_go() -> None:
    site, result = built(a_city_with(""), previous=manifest_of("twins: all\n"))

    assert codes(result) == ["twins-unsaid"]
    assert site == {}


def test_a_kind_that_is_not_named_any_more_goes_with_a_word() -> None:
    site, result = built(a_city_with("twins: [explorer]\n"), previous=manifest_of("twins: all\n"))

    assert codes(result) == ["twins-withdrawn"]
    assert of_trees(site) == ALWAYS | beside("explorer")


def test_a_site_whose_kinds_stay_is_not_asked() -> None:
    _, result = built(a_city_with(""), previous=manifest_of(""))

    assert codes(result) == []


def test_a_table_that_is_looked_into_anyway_does_not_go() -> None:
    former = manifest_of("exports: [parquet]\ntwins: all\n")
    _, result = built(a_city_with("exports: [parquet]\ntwins: none\n"), previous=former)

    assert codes(result) == ["twins-withdrawn"]
    assert "explorer" not in result.problems[-1].says


def test_twins_at_a_former_address_of_a_dataset_go_with_the_others() -> None:
    record = LOCATED.replace("publisher:", "formerly: [woods]\npublisher:", 1)
    moved: dict[str, str | bytes] = {"datasets/trees/dataset.yaml": record}
    former = built(a_city_with("twins: all\n") | moved)[1].written.manifest
    _, result = built(a_city_with("twins: none\n") | moved, previous=former)

    assert codes(result) == ["twins-withdrawn"]


def test_twins_in_further_languages_go_with_the_others() -> None:
    spoken = "languages: [en, es]\n"
    _, result = built(a_city_with(f"twins: none\n{spoken}"), previous=manifest_of(f"twins: all\n{spoken}"))

    assert codes(result) == ["twins-withdrawn"]


def test_a_description_of_exports_goes_with_them() -> None:
    described = {"datasets/trees/trees.csv": None, "datasets/trees/dataset.yaml": LOCATED.replace("trees.csv", "trees.json"),
                 "datasets/trees/trees.json": '[{"species": "oak", "lat": 35.2, "lon": -80.8}]'}
    former = built(with_files(a_city_with("twins: all\nexports: [csv]\n"), described))[1].written.manifest
    site, result = built(with_files(a_city_with("twins: all\n"), described), previous=former)

    assert f"{HOME}croissant.json" not in site
    assert set(codes(result)) == {"export-withdrawn"}
