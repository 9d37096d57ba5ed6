"""`cityfolio assess` as a person and a program meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cities import SITE, TREES, a_city, with_files
from cityfolio.cli import main
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load

PINNED = SITE + "as_of: 2026-06-30\n"
CHARTER = """\
title: Our data charter
version: '2026'
partial: Two rules of five.
areas: {open: {title: Openness}, kept: {title: Care}}
criteria:
  licensed: {title: Everything may be used, area: open, checks: {table: datasets, good: is_open_license == true, share: 1}}
  whole: {title: One of two, area: kept, among: {least: 1, criteria: [limits, asked]}}
  limits: {title: Limits are told, checks: {table: datasets, good: has_limits == true, least: 1}}
  asked: {title: Residents are asked, attest: When., after: [licensed]}
  met: {title: We meet, area: kept, attest: When., either: true, checks: {table: rules, where: kind == 'meeting', least: 2}}
levels:
  - {id: some, title: Some, share: 0.3}
  - {id: most, title: Most, share: 1}
"""
SAID = "criteria: [charter/met]\nclaim: We do.\nevidence: [/about/]\nby: Data office\non: 2026-01-01\nexpires: 2026-12-31\n"
FILES = {"site.yaml": PINNED, "standards/charter.yaml": CHARTER}


def in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, **beside: str) -> Path:
    """A folder with a city in catalog/ that has a charter, and the working directory."""
    for path, body in with_files(a_city(), {**FILES, **beside}).items():
        (folder / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "catalog" / path).write_text(str(body), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return in_folder(tmp_path, monkeypatch)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["assess", *arguments, "--no-cache"], catch_exceptions=False)


def answers(*arguments: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(run(*arguments, "--format", "json").stdout)
    return found


def test_a_program_gets_answers_with_their_evidence_the_level_and_the_next_steps(here: Path) -> None:
    found = answers("charter")

    assert [(each["id"], each["answer"]) for each in found["criteria"]] == [  # type: ignore[attr-defined]
        ("licensed", "met"), ("whole", "not-met"), ("limits", "not-met"), ("asked", "not-met"), ("met", "not-met")]
    assert (found["level"], found["next"]) == ("some", ["limits", "met"])
    assert (found["met"], found["of"], found["on"]) == (1, 3, "2026-06-30")


def test_evidence_names_the_query_and_the_datasets_it_rests_on(here: Path) -> None:
    licensed = answers("charter")["criteria"][0]  # type: ignore[index]

    assert licensed["evidence"] == [{
        "query": "datasets: share of is_open_license == true, at least 100%", "holds": True, "counted": 1, "of": 1,
        "table": "datasets", "datasets": ["trees"], "short": []}]


def test_evidence_names_attestations_parts_and_what_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = TREES + "license: cc-by-nc-4.0\n"
    in_folder(tmp_path, monkeypatch, **{"attestations/word.yaml": SAID, "datasets/trees/dataset.yaml": closed})

    found = {each["id"]: each["evidence"] for each in answers("charter")["criteria"]}  # type: ignore[attr-defined]

    assert found["met"][1]["attestation"] == "word"
    assert found["whole"] == [{"parts": [], "least": 1, "of": ["limits", "asked"]}]
    assert found["asked"] == [{"waits_for": ["licensed"]}]


def test_a_person_reads_each_area_with_its_evidence_and_the_shortest_way(here: Path) -> None:
    result = run("charter")

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Our data charter (2026): a self-assessment on 2026-06-30",
        "In part: Two rules of five.",
        "",
        "Openness: 1 of 1 met, Most",
        "  met      Everything may be used [licensed]",
        "           1 of 1 (datasets: share of is_open_license == true, at least 100%)",
        "",
        "Care: 0 of 2 met",
        "  not met  One of two [whole]",
        "           0 of 2 parts are met; 1 needed",
        "    not met  Limits are told [limits]",
        "             0 of 1 (datasets: those with has_limits == true, at least 1); not trees",
        "    not met  Residents are asked [asked]",
        "             attestation: none",
        "  not met  We meet [met]",
        "           0 of 0 (rules where kind == 'meeting': rows, at least 2)",
        "           attestation: none",
        "",
        "Met: 1 of 3. Level: Some.",
        "The shortest way to Most: 2 criteria to meet.",
        "  1. Limits are told [limits]",
        "  2. We meet [met]",
    ]


MORE = """\
  over: {title: Nothing is late, area: kept, checks: {table: datasets, good: days_late == 0, most: 0}}
  later: {title: Late, area: kept, attest: When., after: [over]}
levels:
"""


def test_a_person_reads_by_whose_word_and_what_stands_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expired = SAID.replace("charter/met", "charter/later").replace("2026-12-31", "2026-06-29")
    in_folder(tmp_path, monkeypatch, **{"attestations/word.yaml": SAID, "attestations/old.yaml": expired,
                                        "standards/charter.yaml": CHARTER.replace("levels:\n", MORE)})

    output = run("charter").output

    assert "  by word  We meet [met]\n" in output
    assert "           attested by Data office, until 2026-12-31: We do.\n" in output
    assert "1 of 1 (datasets: those with days_late == 0, at most 0); these are trees\n" in output
    assert "           attested by Data office, which does not count: 2026-01-01 to 2026-06-29: We do.\n" in output
    assert "           waits for over\n" in output


def test_at_the_highest_level_no_way_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    charter = CHARTER[:CHARTER.index("  whole:")].replace(", kept: {title: Care}", "").replace("version: '2026'\n", "")
    in_folder(tmp_path, monkeypatch, **{"standards/charter.yaml": charter + "levels: [{id: all, title: All, share: 1}]\n"})

    assert run("charter", "--record").output.splitlines()[-3:] == [
        "Met: 1 of 1. Level: All.", "", "Written down in assessments/charter-2026-06-30.yaml."]


def test_below_every_level_there_is_none_to_write_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_folder(tmp_path, monkeypatch, **{"standards/charter.yaml": CHARTER.replace("share: 0.3", "share: 0.9")})

    assert "Level: none yet." in run("charter", "--record").output
    assert "level:" not in (tmp_path / "catalog/assessments/charter-2026-06-30.yaml").read_text("utf-8")


def test_what_cannot_be_written_down_is_told(here: Path) -> None:
    (here / "catalog/assessments").write_text("", encoding="utf-8")

    result = run("charter", "--record")

    assert result.exit_code == 1
    assert "output-unwritable" in result.output


def test_an_assessment_that_is_written_down_is_read_again(here: Path) -> None:
    result = run("charter", "--record")

    written = (here / "catalog/assessments/charter-2026-06-30.yaml").read_text("utf-8")
    assert "Written down in assessments/charter-2026-06-30.yaml." in result.output
    assert written == ("standard: charter\nversion: '2026'\non: 2026-06-30\nlevel: some\nanswers:\n  licensed: met\n"
                       "  whole: not-met\n  limits: not-met\n  asked: not-met\n  met: not-met\n")
    loaded = load(FolderTree(here / "catalog"))
    assert loaded.problems == ()
    assert loaded.assessments["charter-2026-06-30"].record.answers["licensed"] == "met"


def test_json_stands_alone_when_it_is_written_down_too(here: Path) -> None:
    result = run("charter", "--format", "json", "--record")

    assert json.loads(result.stdout)["level"] == "some"
    assert "Written down" in result.stderr


def test_any_standard_can_be_asked_whether_site_yaml_names_it_or_not(here: Path) -> None:
    assert answers("fair")["title"] == "The FAIR principles"


def test_a_standard_that_does_not_exist_is_wrong_usage(here: Path) -> None:
    result = run("charta")

    assert result.exit_code == 2
    assert 'there is no standard "charta". Did you mean "charter"?' in " ".join(result.output.split())


def test_a_catalog_with_errors_is_not_assessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_folder(tmp_path, monkeypatch, **{"datasets/trees/dataset.yaml": TREES.replace("publisher: parks", "publisher: park")})

    result = run("charter", "--format", "json")

    assert (result.exit_code, json.loads(result.stdout)) == (
        1, {"standard": "charter", "criteria": [], "level": None, "next": []})
    assert "publisher-unknown" in result.stderr


def test_what_is_written_down_can_be_read_again_whatever_its_ids_and_its_version(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = CHARTER.replace("  met: {", "  'null': {").replace("id: some", "id: 'null'").replace("'2026'", "|\n  it's\n  two")
    in_folder(tmp_path, monkeypatch, **{"standards/charter.yaml": odd})

    written = run("charter", "--record")
    again = run("charter", "--record")

    assert (written.exit_code, again.exit_code) == (0, 0)
    assert again.output.splitlines()[0] == "Our data charter (it's two): a self-assessment on 2026-06-30"


def test_a_standard_with_a_fault_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_folder(tmp_path, monkeypatch, **{"standards/charter.yaml": CHARTER.replace("has_limits ==", "has_limit ==")})

    result = run("charter")

    assert result.exit_code == 1
    assert "standards/charter.yaml:8:68: error: there is no column \"has_limit\" [criterion-unfit]" in result.output


def test_a_standard_that_cannot_be_read_is_no_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_folder(tmp_path, monkeypatch, **{"standards/charter.yaml": "title: [\n"})

    assert run("charter").exit_code == 1
