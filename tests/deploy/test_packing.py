"""Packed forms beside a site in a folder: there with their files, gone with them, and never those of another file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cityfolio.publish.compression import Form
from cityfolio.publish.deploying.packing import packing
from cityfolio.publish.deploying.target import Target
from deploy.small_sites import a_site, at, brought_back, deployed, listed

PAGE = "<p>The city publishes what it knows.</p>\n" * 50
OTHER = PAGE.replace("city", "town")
SITE = {"index.html": PAGE, "data/trees/trees.csv": "id,kind\n" * 200, "small.html": "<p>Small</p>", "a.jpg": "x" * 3000}
GZIP: tuple[Form, ...] = ("gzip",)


def packed(folder: Path, forms: tuple[Form, ...] = GZIP) -> Target:
    """The folder as a target."""
    return packing(at(str(folder)), forms)


def found(folder: Path) -> set[str]:
    """The packed forms in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".gz", ".br")}


def unpacked(folder: Path, path: str) -> str:
    """What a packed form holds."""
    return gzip.decompress((folder / f"{path}.gz").read_bytes()).decode()


def test_text_has_a_packed_form_beside_it(tmp_path: Path):
    result = deployed(a_site(tmp_path / "site", SITE), packed(tmp_path / "live"))

    assert result.problems == ()
    assert found(tmp_path / "live") == {"index.html.gz", "data/trees/trees.csv.gz"}
    assert unpacked(tmp_path / "live", "index.html") == PAGE


def test_both_forms_lie_there_where_both_are_wanted(tmp_path: Path):
    pytest.importorskip("brotli", reason="the package brotli is not installed")

    deployed(a_site(tmp_path / "site", SITE), packed(tmp_path / "live", ("br", "gzip")))

    assert {"index.html.br", "index.html.gz"} < found(tmp_path / "live")


def test_packed_forms_are_no_files_of_the_site(tmp_path: Path):
    deployed(a_site(tmp_path / "site", SITE), packed(tmp_path / "live"))

    assert listed(packed(tmp_path / "live")) == {*SITE, "manifest.json"}


def test_the_packed_form_of_what_did_not_change_stays(tmp_path: Path):
    deployed(a_site(tmp_path / "former", SITE), packed(tmp_path / "live"))

    deployed(a_site(tmp_path / "site", {**SITE, "index.html": OTHER}), packed(tmp_path / "live"), seconds=1)

    assert found(tmp_path / "live") == {"index.html.gz", "data/trees/trees.csv.gz"}
    assert unpacked(tmp_path / "live", "index.html") == OTHER


def test_no_packed_form_outlives_its_file(tmp_path: Path):
    deployed(a_site(tmp_path / "former", SITE), packed(tmp_path / "live"))
    site = a_site(tmp_path / "site", {**SITE, "index.html": "<p>Now small</p>"})

    deployed(site, packed(tmp_path / "live"), seconds=1, allowed=frozenset({"smaller"}))

    assert found(tmp_path / "live") == {"data/trees/trees.csv.gz"}


def test_packed_forms_that_are_wanted_from_now_on_come_with_the_next_deploy_though_no_file_changed(tmp_path: Path):
    site = a_site(tmp_path / "site", SITE)
    deployed(site, packed(tmp_path / "live", ()))

    result, again = (deployed(site, packed(tmp_path / "live"), seconds=second) for second in (1, 2))

    assert found(tmp_path / "live") == {"index.html.gz", "data/trees/trees.csv.gz"}
    assert (result.plan.otherwise, result.done.unchanged) == (3, 1)
    assert (again.done.generation, again.done.bytes) == ("", 0)


def test_packed_forms_that_are_not_wanted_any_more_go_with_the_next_deploy_though_no_file_changed(tmp_path: Path):
    site = a_site(tmp_path / "site", SITE)
    deployed(site, packed(tmp_path / "live"))

    deployed(site, packed(tmp_path / "live", ()), seconds=1)

    assert found(tmp_path / "live") == set()


def test_a_packed_form_that_somebody_else_has_put_there_is_not_replaced_unless_it_is_meant(tmp_path: Path):
    deployed(a_site(tmp_path / "former", {"index.html": PAGE}), packed(tmp_path / "live"))
    (tmp_path / "live/about.html.gz").write_text("of somebody else")
    site = a_site(tmp_path / "site", {"index.html": PAGE}, about=PAGE)

    refused = deployed(site, packed(tmp_path / "live"), seconds=1)
    meant = deployed(site, packed(tmp_path / "live"), seconds=2, allowed=frozenset({"foreign"}))

    assert [each.code for each in refused.problems] == ["deploy-foreign"]
    assert meant.problems == ()


@pytest.mark.parametrize("change", [{"index.html": OTHER}, {"index.html": "<p>Now small</p>"}],
                         ids=["a page changes", "a page gets small"])
def test_a_packed_form_of_somebody_else_stays_where_no_deploy_packs(tmp_path: Path, change: dict[str, str]):
    deployed(a_site(tmp_path / "former", SITE, about=PAGE), packed(tmp_path / "live", ()))
    (tmp_path / "live/index.html.gz").write_text("of somebody else")
    (tmp_path / "live/about.html.gz").write_text("of somebody else")
    site = a_site(tmp_path / "site", {**SITE, **change})

    result = deployed(site, packed(tmp_path / "live", ()), seconds=1, allowed=frozenset({"smaller"}))

    assert result.problems == ()
    assert found(tmp_path / "live") == {"index.html.gz", "about.html.gz"}


def test_a_packed_form_of_somebody_else_stays_when_a_site_comes_back(tmp_path: Path):
    target = packed(tmp_path / "live", ())
    deployed(a_site(tmp_path / "former", SITE), target)
    deployed(a_site(tmp_path / "site", {**SITE, "index.html": OTHER}), target, seconds=1)
    (tmp_path / "live/index.html.gz").write_text("of somebody else")

    brought_back(target, target.generations()[0].name, seconds=2)

    assert found(tmp_path / "live") == {"index.html.gz"}


def test_a_packed_form_of_somebody_else_is_named_where_packed_forms_are_wanted_from_now_on(tmp_path: Path):
    site = a_site(tmp_path / "site", SITE)
    deployed(site, packed(tmp_path / "live", ()))
    (tmp_path / "live/index.html.gz").write_text("of somebody else")

    result = deployed(site, packed(tmp_path / "live"), seconds=1)

    assert [("index.html.gz" in each.says, each.code) for each in result.problems] == [(True, "deploy-foreign")]
    assert (tmp_path / "live/index.html.gz").read_text() == "of somebody else"


def test_packed_forms_go_with_a_site_that_had_none(tmp_path: Path):
    deployed(a_site(tmp_path / "former", SITE), packed(tmp_path / "live", ()))
    deployed(a_site(tmp_path / "site", SITE, about=OTHER), packed(tmp_path / "live"), seconds=1)
    target = packed(tmp_path / "live")

    brought_back(target, target.generations()[0].name, seconds=2)

    assert found(tmp_path / "live") == set()


def test_the_packed_form_of_an_asset_that_only_stays_goes_with_it(tmp_path: Path):
    style = "assets/site.0123456789ab.css"
    deployed(a_site(tmp_path / "former", {**SITE, style: PAGE}), packed(tmp_path / "live"))
    deployed(a_site(tmp_path / "site", {**SITE, style.replace("0", "a"): OTHER}), packed(tmp_path / "live"), seconds=1)
    stays = f"{style}.gz" in found(tmp_path / "live")

    deployed(a_site(tmp_path / "last", {**SITE, style.replace("0", "b"): PAGE}), packed(tmp_path / "live"), seconds=90_000)

    assert (stays, f"{style}.gz" in found(tmp_path / "live")) == (True, False)


def test_a_file_that_goes_takes_its_packed_form_along(tmp_path: Path):
    deployed(a_site(tmp_path / "former", SITE, about=PAGE), packed(tmp_path / "live"))

    deployed(a_site(tmp_path / "site", SITE), packed(tmp_path / "live"), seconds=1)

    assert "about.html.gz" not in found(tmp_path / "live")


def test_a_site_that_comes_back_has_no_packed_form_of_the_other(tmp_path: Path):
    target = packed(tmp_path / "live")
    deployed(a_site(tmp_path / "former", SITE), target)
    deployed(a_site(tmp_path / "site", {**SITE, "index.html": OTHER}), target, seconds=1)

    result = brought_back(target, target.generations()[0].name, seconds=2)

    assert result.problems == ()
    assert (tmp_path / "live/index.html").read_text() == PAGE
    assert found(tmp_path / "live") == {"data/trees/trees.csv.gz"}


def test_a_file_of_the_site_that_is_called_like_a_packed_form_is_left_alone(tmp_path: Path):
    deployed(a_site(tmp_path / "site", {**SITE, "data/trees/trees.csv.gz": "the city's own"}), packed(tmp_path / "live"))

    assert (tmp_path / "live/data/trees/trees.csv.gz").read_text() == "the city's own"
    assert "data/trees/trees.csv.gz" in listed(packed(tmp_path / "live"))


def test_a_file_that_must_be_forgotten_is_forgotten_in_its_packed_forms_too(tmp_path: Path):
    target = packed(tmp_path / "live")
    deployed(a_site(tmp_path / "former", SITE, names=PAGE), target)
    deployed(a_site(tmp_path / "site", SITE), target, seconds=1)

    count = target.purge("names.html")

    assert count == 1
    assert list(tmp_path.rglob("live*/**/names.html*")) == []
    assert list((tmp_path / ".live.cityfolio").rglob("names.html*")) == []


def test_a_target_that_keeps_nothing_is_not_asked_to_forget(tmp_path: Path):
    assert not hasattr(packing(at(f"zip:{tmp_path}/site.zip"), GZIP), "purge")
