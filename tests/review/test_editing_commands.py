"""`cityfolio fmt`, `set` and `schema` as a person at a terminal meets them, and the hooks that run them before a commit."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from cities import a_city
from cityfolio.cli import main

UNTIDY = "description:   Each tree.   # short\ntitle: Trees\n"
TIDY = "title: Trees\ndescription: Each tree.  # short\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, body in {**a_city(), "publishers/foresters.yaml": UNTIDY}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body if isinstance(body, bytes) else body.encode())
    return tmp_path


def run(folder: Path, *arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--catalog", str(folder)], input=given)


def test_fmt_writes_every_file_in_one_way(folder: Path) -> None:
    result = run(folder, "fmt")

    assert result.exit_code == 0
    assert (folder / "publishers/foresters.yaml").read_text() == TIDY
    assert run(folder, "fmt", "--check").exit_code == 0


@pytest.mark.parametrize(("option", "code", "said"), [
    ("--check", 1, "foresters.yaml would change"), ("--diff", 0, "-description:   Each tree.")])
def test_fmt_can_say_what_would_change_and_change_nothing(folder: Path, option: str, code: int, said: str) -> None:
    result = run(folder, "fmt", option)

    assert (result.exit_code, said in result.output) == (code, True)
    assert (folder / "publishers/foresters.yaml").read_text() == UNTIDY


def test_fmt_takes_the_files_that_are_named_and_no_others(folder: Path) -> None:
    (folder / "topics/nature.yaml").write_text(UNTIDY)

    run(folder, "fmt", str(folder / "topics"))

    assert (folder / "topics/nature.yaml").read_text() == TIDY
    assert (folder / "publishers/foresters.yaml").read_text() == UNTIDY


def test_fmt_leaves_a_file_that_cannot_be_read_and_mends_the_others(folder: Path) -> None:
    (folder / "topics/nature.yaml").write_text("title: [")

    result = run(folder, "fmt")

    assert (result.exit_code, "yaml-syntax" in result.output) == (1, True)
    assert (folder / "topics/nature.yaml").read_text() == "title: ["
    assert (folder / "publishers/foresters.yaml").read_text() == TIDY


def test_fmt_refuses_a_path_outside_the_catalog(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert run(folder, "fmt", str(tmp_path_factory.mktemp("elsewhere"))).exit_code == 2


@pytest.mark.parametrize("command", ["fmt", "check"])
def test_a_path_that_is_not_there_is_told(folder: Path, command: str) -> None:
    assert run(folder, command, str(folder / "datasets/trees/nosuch.csv")).exit_code == 2


def test_set_changes_one_value_in_its_place(folder: Path) -> None:
    result = run(folder, "set", "publishers/foresters/description", "Every tree.")

    assert result.exit_code == 0
    assert (folder / "publishers/foresters.yaml").read_text() == UNTIDY.replace("Each tree.", "Every tree.")


def test_set_takes_a_long_text_from_standard_input(folder: Path) -> None:
    run(folder, "set", "publishers/foresters/description", "--from", "-", given="One.\n\nTwo.\n")

    assert "|   # short\n  One.\n\n  Two.\n" in (folder / "publishers/foresters.yaml").read_text()


def test_set_refuses_what_could_not_be_read_and_leaves_the_file(folder: Path) -> None:
    before = (folder / "datasets/trees/dataset.yaml").read_text()

    result = run(folder, "set", "datasets/trees/modified", "31 June")

    assert (result.exit_code, "date-invalid" in result.output, "stays as it was" in result.output) == (1, True, True)
    assert (folder / "datasets/trees/dataset.yaml").read_text() == before


WRONGLY = {
    "neither a value nor what to do": ["set", "site/name"],
    "a value and its removal": ["set", "site/name", "A", "--remove"],
    "no such room": ["set", "data/trees/title", "A"],
    "no such file": ["set", "datasets/bushes/title", "A"],
    "no such key": ["set", "datasets/trees/titel", "A"],
    "a long text that is not UTF-8": ["set", "site/name", "--from", "latin.txt"],
    "a name that leads out": ["set", "publishers/../title", "A"],
}


@pytest.mark.parametrize("arguments", WRONGLY.values(), ids=WRONGLY)
def test_set_used_wrongly_says_what_is_wrong(folder: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "latin.txt").write_bytes(b"Caf\xe9")

    result = run(folder, *arguments)

    assert (result.exit_code, "Error: " in result.output, "Traceback" in result.output) == (2, True, False)


def test_schema_lists_the_kinds_of_files_and_prints_each() -> None:
    kinds = CliRunner().invoke(main, ["schema"]).output.split()

    assert {"site", "dataset", "measure", "guide", "note"} <= {*kinds}
    assert [json.loads(CliRunner().invoke(main, ["schema", kind]).output)["type"] for kind in kinds] == ["object"] * len(kinds)


def test_schema_shows_an_example_of_a_key() -> None:
    said = json.loads(CliRunner().invoke(main, ["schema", "dataset"]).output)

    assert said["properties"]["frequency"]["examples"] == ["daily"]


def test_schema_writes_all_kinds_into_a_folder(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["schema", "--output", str(tmp_path / "schema")])

    assert (tmp_path / "schema/dataset.schema.json").is_file()


def test_schema_of_a_kind_that_is_not_known_says_which_are() -> None:
    result = CliRunner().invoke(main, ["schema", "datset"])

    assert (result.exit_code, 'Did you mean "dataset"?' in result.output) == (2, True)


HOOKS = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_hook_runs_as_pre_commit_runs_it(folder: Path, hook: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    program, *arguments = shlex.split(str(hook["entry"]))
    named = ["publishers/foresters.yaml"] if hook.get("pass_filenames", True) else []

    result = CliRunner().invoke(main, [*arguments, *named])

    assert program == "cityfolio"
    assert "Error: " not in result.output
    assert result.exit_code in (0, 1)
