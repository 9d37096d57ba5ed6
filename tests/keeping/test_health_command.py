"""`cityfolio health`: sentences for people, JSON for programs."""

import json

import pytest
from click.testing import CliRunner

from cities import TREES, a_city
from cityfolio.cli import main


@pytest.fixture
def city(tmp_path):
    def written(**changed):
        for path, body in a_city(**changed).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(body)
        return tmp_path

    return written


def run(folder, *arguments):
    return CliRunner().invoke(main, ["health", "--catalog", str(folder), "--as-of", "2026-06-30", "--workers", "1", *arguments],
                              catch_exceptions=False)


def test_it_counts_how_many_pass_each_check(city):
    done = run(city())

    assert done.exit_code == 0
    assert "1 of 1 datasets are published." in done.stdout
    assert ["Known", "limits", "0", "of", "1"] in [line.split() for line in done.stdout.splitlines()]


def test_it_says_where_one_dataset_is_mended_and_how(city):
    folder = city(datasets__trees__dataset_yaml=None, **{"datasets__trees__dataset.yaml": TREES.replace("unit: feet, ", "")})
    done = run(folder, "trees")

    assert f"{folder}/datasets/trees/dataset.yaml:12: 1 of 1 amounts has no unit: height [units]\n" in done.stdout
    assert "\n  Write unit: below the column’s name" in done.stdout


def test_json_stands_alone_on_standard_output(city):
    said = json.loads(run(city(), "--format", "json").stdout)

    assert [each["id"] for each in said["datasets"]] == ["trees"]
    assert said["totals"]["title"] == {"passed": 1, "of": 1, "unknown": 0}
    assert next(each for each in said["datasets"][0]["checks"] if each["id"] == "known-limits") == {
        "id": "known-limits", "area": "documentation", "state": "failed", "path": "datasets/trees/dataset.yaml", "line": 1}


def test_a_catalog_with_errors_says_these_and_ends_with_1(city):
    done = run(city(**{"datasets__trees__dataset.yaml": TREES + "license: none-such\n"}), "--format", "json")

    assert (done.exit_code, json.loads(done.stdout)) == (1, {"datasets": [], "totals": {}})
    assert "license-unknown" in done.stderr


def test_a_dataset_that_does_not_exist_is_wrong_usage(city):
    done = run(city(), "trees", "tres")

    assert (done.exit_code, 'Did you mean "trees"?' in done.stderr) == (2, True)
