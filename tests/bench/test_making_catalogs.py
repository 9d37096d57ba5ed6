"""The catalogs that builds are measured with, small."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bench.hugo_site import write_hugo_site
from bench.keeping_figures import table, with_part
from bench.making_catalogs import write_catalog
from cityfolio.cli import main


def bodies(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_wrong_with_a_made_up_catalog(tmp_path: Path) -> None:
    catalog = write_catalog(5, tmp_path / "catalog")

    result = CliRunner().invoke(main, ["check", "--strict", "--no-cache", "--catalog", str(catalog)])

    assert result.exit_code == 0, result.output


def test_a_made_up_catalog_is_always_the_same(tmp_path: Path) -> None:
    assert bodies(write_catalog(3, tmp_path / "one")) == bodies(write_catalog(3, tmp_path / "other"))


def test_hugo_gets_the_same_tables(tmp_path: Path) -> None:
    ours, hugos = bodies(write_catalog(3, tmp_path / "ours")), bodies(write_hugo_site(3, tmp_path / "hugo"))

    assert {path.removeprefix("content/data/"): body for path, body in hugos.items() if path.endswith(".csv")} == \
        {path.removeprefix("datasets/"): body for path, body in ours.items() if path.endswith(".csv")}


def test_figures_replace_the_former_ones_and_nothing_else() -> None:
    page = "Before.\n<!-- speed: begin -->\nOld.\n<!-- speed: end -->\nAfter.\n"

    assert with_part(page, "speed", "New.\n") == "Before.\n<!-- speed: begin -->\nNew.\n<!-- speed: end -->\nAfter.\n"
    assert with_part(page, "weight", "New.\n") == page


def test_figures_stand_to_the_right() -> None:
    assert table(("what", "CPU"), [("a build", "2 s")]) == "| what | CPU |\n| --- | ---: |\n| a build | 2 s |\n"
