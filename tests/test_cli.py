"""The command line as a person and a program meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cities import SITE, a_city
from cityfolio.cli import COMMANDS, main
from demonstration.built_site import Demonstration

STAGES = ["Loading", "Reading tables", "Making downloads",
          "Indexing words (the extra `meaning` is not installed)", "Drawing and writing"]
PINNED = SITE + "as_of: 2026-06-30\nbase_url: https://data.example.gov\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sound city in catalog/, and the working directory."""
    write(tmp_path / "catalog", a_city(**{"site.yaml": PINNED}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body.encode() if isinstance(body, str) else body)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_a_build_closes_with_what_it_made(here: Path) -> None:
    result = run("build")

    assert result.exit_code == 0, result.output
    assert "Built output: 1 dataset, 1 file, " in result.output
    assert "Addresses were not compared" in result.output
    assert (here / "output" / "data" / "trees" / "index.html").is_file()


def test_a_second_build_leaves_everything_as_it_was(here: Path) -> None:
    run("build")
    before = (here / "output" / "index.html").stat().st_mtime_ns

    result = run("build")

    assert "Changed: 0 added, 0 changed, 0 removed" in result.output
    assert (here / "output" / "index.html").stat().st_mtime_ns == before


def test_an_error_stops_the_build_and_leaves_the_former_site(here: Path) -> None:
    run("build")
    (here / "catalog/datasets/trees/trees.csv").write_text("species,height\noak,tall\n")

    result = run("build")

    assert result.exit_code == 1
    assert "catalog/datasets/trees/trees.csv:2:5: error: " in result.output
    assert "The site was not built." in result.output
    assert (here / "output/data/trees/trees.csv").read_text().startswith("species,height\noak,12.5")


@pytest.mark.parametrize(("more", "code"), [((), 0), (("--strict",), 1)], ids=["usually", "under --strict"])
def test_a_warning_stops_a_build_only_where_asked(here: Path, more: tuple[str, ...], code: int) -> None:
    (here / "catalog/topics/nature.yaml").write_text("description: Green things.\n")

    result = run("build", *more)

    assert result.exit_code == code
    assert "title-missing" in result.output


def test_check_says_everything_and_writes_nothing(here: Path) -> None:
    (here / "catalog/topics/nature.yaml").write_text("titel: Nature\nstatus: x\n")

    result = run("check")

    assert result.exit_code == 1
    assert "2 errors, 0 warnings, 0 advice." in result.output
    assert not (here / "output").exists()


def test_problems_for_programs_are_alone_on_standard_output(here: Path) -> None:
    (here / "catalog/topics/nature.yaml").write_text("titel: Nature\ntitle: Nature\n")

    result = run("check", "--format", "json")

    found = json.loads(result.stdout)["problems"]
    assert [(each["code"], each["path"], each["line"], each["column"]) for each in found] == [
        ("key-unknown", "catalog/topics/nature.yaml", 1, 1)
    ]


def test_problems_for_a_pull_request_are_workflow_commands(here: Path) -> None:
    (here / "catalog/topics/nature.yaml").write_text("titel: Nature\ntitle: Nature\n")

    result = run("check", "--format", "github")

    assert result.stdout.startswith("::error file=catalog/topics/nature.yaml,line=1,col=1,title=key-unknown::")


def test_advice_is_shown_to_those_who_ask(here: Path) -> None:
    record = here / "catalog/datasets/trees/dataset.yaml"
    record.write_text(record.read_text().replace("yearly", "daily"))

    assert "dataset-late" not in run("check").output
    assert "dataset-late" in run("check", "-v").output


def test_a_catalog_of_this_folder_is_found(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here / "catalog")

    result = run("build")

    assert result.exit_code == 0, result.output
    assert (here / "output/index.html").is_file()


def test_a_catalog_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    result = run("check", "--catalog", str(tmp_path / "none"))

    assert result.exit_code == 1
    assert "catalog-missing" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--as-of", "soon"),
        ("build", "--base-url", "javascript:x"),
        ("build", "--nonsense"),
        ("melt",),
        ("import", "dkan", "a", "b"),
    ],
)
def test_wrong_usage_has_its_own_exit_code(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_output_may_not_lie_in_the_catalog(here: Path) -> None:
    result = run("build", "--output", "catalog/site")

    assert result.exit_code == 1
    assert "output-inside" in result.output


def test_an_address_that_was_published_may_not_go(here: Path) -> None:
    run("build")
    (here / "catalog/datasets/trees").rename(here / "catalog/datasets/street-trees")

    result = run("build")

    assert result.exit_code == 1
    assert "/data/trees/ was published" in result.output


def test_a_renamed_dataset_builds_when_it_says_so(here: Path) -> None:
    run("build")
    (here / "catalog/datasets/trees").rename(here / "catalog/datasets/street-trees")
    record = here / "catalog/datasets/street-trees/dataset.yaml"
    record.write_text(record.read_text() + "formerly: trees\n")

    result = run("build")

    assert result.exit_code == 0, result.output
    assert "Addresses were compared" in result.output
    assert (here / "output/data/trees/trees.csv").read_bytes() == (here / "output/data/street-trees/trees.csv").read_bytes()


def test_a_renamed_file_answers_at_its_old_address(here: Path) -> None:
    run("build")
    (here / "catalog/datasets/trees/trees.csv").rename(here / "catalog/datasets/trees/all.csv")
    record = here / "catalog/datasets/trees/dataset.yaml"
    record.write_text(record.read_text().replace("path: trees.csv", "path: all.csv\n    formerly: trees.csv"))

    result = run("build")

    assert result.exit_code == 0, result.output
    assert (here / "output/data/trees/trees.csv").is_file()


def test_a_dataset_that_is_withdrawn_takes_its_files_along(here: Path) -> None:
    run("build")
    record = here / "catalog/datasets/trees/dataset.yaml"
    record.write_text(record.read_text() + "status: restricted\nreason: It named people.\n")

    result = run("build")

    assert result.exit_code == 0, result.output
    assert not (here / "output/data/trees/trees.csv").exists()
    assert "It named people." in (here / "output/data/trees/index.html").read_text()


def test_a_new_catalog_builds_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = run("new", str(tmp_path / "city"))
    monkeypatch.chdir(tmp_path / "city")

    built = run("build")

    assert (begun.exit_code, built.exit_code) == (0, 0), built.output
    assert "Charlotte" not in (tmp_path / "city/catalog/site.yaml").read_text()


@pytest.mark.parametrize("day", ["2026-06-30", "2040-01-01"], ids=["now", "years later"])
def test_a_new_catalog_has_no_warning_whenever_it_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    run("new", str(tmp_path / "city"))
    monkeypatch.chdir(tmp_path / "city")

    result = run("check", "--as-of", day, "--strict")

    assert (result.exit_code, "0 errors, 0 warnings" in result.output) == (0, True), result.output


def test_a_new_catalog_shows_what_its_practice_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", str(tmp_path / "city"))
    monkeypatch.chdir(tmp_path / "city")

    result = run("build", "--as-of", "2026-06-30")

    assert result.exit_code == 0, result.output
    assert "self-assessment" in (tmp_path / "city/output/practice/what-works-cities/index.html").read_text()


def test_a_new_catalog_is_not_written_over_another(here: Path) -> None:
    result = run("new", str(here))

    assert result.exit_code == 1
    assert "destination-taken" in result.output


def test_quiet_says_nothing_when_all_is_well(here: Path) -> None:
    assert run("build", "-q").output == ""


def test_verbose_names_each_stage(here: Path) -> None:
    result = run("build", "-v")

    assert [line.split(" s  ")[1] for line in result.stderr.splitlines()] == STAGES


def test_where_there_is_no_terminal_each_stage_is_a_plain_line(here: Path) -> None:
    assert run("build").stderr.splitlines() == STAGES


def test_a_cache_that_cannot_be_kept_is_said_and_stops_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "file").write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(here / "file"))

    result = run("build")

    assert result.exit_code == 0
    assert "file/cityfolio" in result.stdout


@pytest.mark.parametrize(("more", "kept"), [(("--no-cache",), False), ((), True)], ids=["no cache is wanted", "one is"])
def test_profiles_are_kept_outside_the_catalog_or_nowhere(
    here: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], kept: bool
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(here / "cache"))

    run("build", *more)

    assert (here / "cache" / "cityfolio").exists() is kept
    assert not (here / "catalog/.cityfolio").exists()


def test_an_import_ends_with_what_came_over_and_what_to_do_next(tmp_path: Path) -> None:
    write(tmp_path / "old", {"_datasets/trees.md": "---\ntitle: Trees\norganization: Parks\n---\n"})

    result = run("import", "jkan", str(tmp_path / "old"), str(tmp_path / "new"))

    assert result.exit_code == 0, result.output
    assert f"cityfolio build --catalog {tmp_path / 'new'}" in result.output
    assert (tmp_path / "new/datasets/trees/dataset.yaml").read_text().startswith("title: Trees\n")


def test_a_record_that_cannot_be_read_holds_up_no_other(tmp_path: Path) -> None:
    write(tmp_path / "old", {"_datasets/trees.md": "---\ntitle: Trees\n---\n", "_datasets/bad.md": "---\n- a\n---\n"})

    result = run("import", "jkan", str(tmp_path / "old"), str(tmp_path / "new"))

    assert result.exit_code == 1
    assert "_datasets/bad.md:" in result.output
    assert (tmp_path / "new/datasets/trees/dataset.yaml").is_file()


def test_an_import_is_not_written_over_another_catalog(here: Path) -> None:
    write(here / "old", {"_datasets/trees.md": "---\ntitle: Trees\n---\n"})

    result = run("import", "jkan", "old", "catalog")

    assert result.exit_code == 1
    assert "destination-taken" in result.output
    assert "Next:" not in result.output


def test_the_demonstration_builds_without_a_warning(demonstration: Demonstration) -> None:
    assert demonstration.exit_code == 0, demonstration.output


def test_a_link_in_an_imported_site_is_named_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "old", {"_datasets/trees.md": "---\ntitle: Trees\n---\n"})
    (tmp_path / "old/_datasets/linked.md").symlink_to(tmp_path / "old/_datasets/trees.md")

    result = run("import", "jkan", str(tmp_path / "old"), str(tmp_path / "new"))

    assert result.exit_code == 1
    assert "_datasets/linked.md: error: this is a link" in result.output
    assert (tmp_path / "new/datasets/trees/dataset.yaml").is_file()


@pytest.mark.parametrize("path", ["/about/", "/data/", "/../x", "/catalog.json"])
def test_what_is_imported_can_be_built_whatever_its_old_addresses(tmp_path: Path, path: str) -> None:
    write(tmp_path / "old", {"_datasets/format.md": f"---\ntitle: Trees\npermalink: {path}\n---\n"})

    imported = run("import", "jkan", str(tmp_path / "old"), str(tmp_path / "new"))
    built = run("build", "--catalog", str(tmp_path / "new"), "--output", str(tmp_path / "site"))

    assert (imported.exit_code, built.exit_code) == (0, 0), built.output


def test_a_data_json_is_imported_and_what_comes_of_it_can_be_built(tmp_path: Path) -> None:
    trees = {"title": "Trees", "identifier": "trees", "distribution": [{"downloadURL": "https://example.gov/trees.csv"}]}
    write(tmp_path, {"old.json": json.dumps({"dataset": [trees]})})

    imported = run("import", "data-json", str(tmp_path / "old.json"), str(tmp_path / "new"), "--name", "Our data")
    built = run("build", "--catalog", str(tmp_path / "new"), "--output", str(tmp_path / "site"))

    assert (imported.exit_code, built.exit_code) == (0, 0), built.output
    assert (tmp_path / "site/data/trees/index.html").is_file()


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = run("import", "data-json", str(tmp_path / "none.json"), str(tmp_path / "new"))

    assert result.exit_code == 1
    assert "source-unreadable" in result.output


def test_a_format_that_is_read_from_a_folder_is_not_asked_for_at_an_address(tmp_path: Path) -> None:
    result = run("import", "jkan", "https://data.example.gov", str(tmp_path / "new"))

    assert result.exit_code == 2


def test_the_list_of_commands_says_of_each_what_its_own_help_says() -> None:
    for name, command in main.commands.items():
        assert command.get_short_help_str(300) == COMMANDS[name].does


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_who_asks_for_help_or_the_version_waits_for_no_command(asked: str) -> None:
    long = {"pandas", "pydantic", "rich", "yaml", "msgspec", "cityfolio.options"}
    program = ("import sys; from cityfolio.cli import main; main([sys.argv[1]], standalone_mode=False)\n"
               f"print(*sorted({long} & set(sys.modules)), 'here')")
    told = subprocess.run([sys.executable, "-c", program, asked], capture_output=True, text=True, check=True).stdout

    assert told.splitlines()[-1].strip() == "here"
