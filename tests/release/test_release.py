"""What a release is made of, and what keeps it from being made; the workflow that makes it at a tag."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import lock
import make_release as release
from cityfolio import __version__
from cityfolio.recipes.actions import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / ".github" / "workflows").iterdir())}
WORKFLOW = WORKFLOWS["release.yaml"]
EACH = pytest.mark.parametrize("text", WORKFLOWS.values(), ids=WORKFLOWS)
JOBS: dict[str, dict[str, Any]] = yaml.safe_load(WORKFLOW)["jobs"]     # Any: YAML
WHEEL, SOURCE = f"cityfolio-{__version__}-py3-none-any.whl", f"cityfolio-{__version__}.tar.gz"


def building(second: bytes) -> Callable[..., None]:
    """What stands for the building of packages: the second wheel holds these bytes."""

    def build(where: Path, *words: str) -> None:
        where.mkdir(parents=True, exist_ok=True)
        (where / WHEEL).write_bytes(second if words else b"wheel")
        if not words:
            (where / SOURCE).write_bytes(b"source")

    return build


def test_a_release_has_packages_a_bill_locks_and_the_sum_of_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "build", building(b"wheel"))
    made = release.make(tmp_path / "out")
    sums = dict(line.split("  ")[::-1] for line in (tmp_path / "out/beside/SHA256SUMS").read_text().splitlines())

    assert {*made} == {f"cityfolio-{__version__}.cdx.json", WHEEL, SOURCE, "requirements-all.txt", "requirements.txt",
                       "SHA256SUMS"}
    assert sums == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "out").rglob("*.*")}


def test_two_wheels_that_differ_are_no_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "build", building(b"another"))

    with pytest.raises(ValueError, match="would not be reproducible"):
        release.make(tmp_path / "out")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear")

    with pytest.raises(ValueError, match="holds something already"):
        release.make(tmp_path)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout that is ready to be released."""
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes" / "README.md").write_text("How it is done.\n")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.2.0, 2026-12-01\n\nMore.\n")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    return tmp_path


def test_a_tag_of_the_version_with_its_day_in_the_changelog_is_ready(checkout: Path) -> None:
    release.refuse_unready("0.2.0", "v0.2.0")


@pytest.mark.parametrize(
    ("tag", "path", "text", "says"),
    [("v0.3.0", "README.md", "", "the tag is v0.3.0"),
     ("v0.2.0", "CHANGELOG.md", "## 0.2.0, not yet released\n", "no day for 0.2.0"),
     ("v0.2.0", "CHANGELOG.md", "## 0.1.0, 2026-10-01\n", "no day for 0.2.0"),
     ("v0.2.0", "changes/12.added.md", "It is new.\n", "12.added.md")],
    ids=["another tag", "waits", "older", "left behind"],
)
def test_what_is_not_ready_is_refused(checkout: Path, tag: str, path: str, text: str, says: str) -> None:
    (checkout / path).write_text(text)

    with pytest.raises(ValueError, match=re.escape(says)):
        release.refuse_unready("0.2.0", tag)


def steps(text: str) -> Iterator[dict[str, Any]]:   # Any: YAML
    for job in yaml.safe_load(text)["jobs"].values():
        yield from job["steps"]


SCRIPTS = sorted({step["run"] for text in WORKFLOWS.values() for step in steps(text) if "run" in step})


@EACH
def test_every_action_is_one_whose_digest_is_known(text: str) -> None:
    used = re.findall(r"uses: (.*)", text)

    assert [each for each in used if each not in {f"{pinned} # {version}" for pinned, version in ACTIONS.values()}] == []


@EACH
def test_known_weaknesses_are_asked_for_strictly_before_anything_else_is_done(text: str) -> None:
    scripts = [step["run"] for step in steps(text) if "run" in step]

    assert "pip-audit --strict --require-hashes --disable-pip" in scripts[1]


def test_a_job_may_only_read_but_for_the_one_that_publishes_from_a_protected_environment() -> None:
    more = {name: job["permissions"] for name, job in JOBS.items() if "permissions" in job}

    assert yaml.safe_load(WORKFLOW)["permissions"] == {"contents": "read"}
    assert more == {"publish": {"contents": "write", "id-token": "write"}}
    assert JOBS["publish"]["environment"] == "release"


@EACH
def test_no_password_is_kept_anywhere(text: str) -> None:
    assert "secrets." not in text


@EACH
def test_nothing_that_the_event_brings_is_put_into_a_script(text: str) -> None:
    assert [step["run"] for step in steps(text) if "${{" in step.get("run", "")] == []


def test_every_job_ends_by_itself_and_waits_for_the_one_before() -> None:
    assert [(job["timeout-minutes"] > 0, job.get("needs")) for job in JOBS.values()] == [
        (True, None), (True, "build"), (True, "try")]


def test_the_wheel_is_tried_on_every_python_that_it_is_for() -> None:
    named = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))

    assert JOBS["try"]["strategy"]["matrix"]["python"] == named


@EACH
def test_what_a_workflow_names_is_there(text: str) -> None:
    named = set(re.findall(r"(?:tools|locks)/[\w-]+\.(?:py|txt)", text))

    assert [each for each in named if not (ROOT / each).is_file()] == []


def test_the_wheel_is_tried_with_a_lock_that_lies_beside_it() -> None:
    assert set(re.findall(r"beside/(requirements\S*)", WORKFLOW)) <= set(lock.LOCKS) - {"requirements-release.txt"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_one_that_bash_takes(script: str) -> None:
    checked = subprocess.run([shutil.which("bash") or "bash", "-n"], input=script, text=True, capture_output=True, check=False)

    assert checked.stderr == ""


GH = """#!/bin/sh
# As the code host: a release is made once, and a file of it is replaced only where that is asked for.
case "$2" in
  view) test -e released ;;
  create) test ! -e released && touch released ;;
  upload) case "$*" in *--clobber*) touch uploaded ;; *) test ! -e uploaded && touch uploaded ;; esac ;;
esac
"""


def test_the_files_of_a_release_are_put_beside_it_however_often_the_job_runs(tmp_path: Path) -> None:
    script = next(each for each in SCRIPTS if "gh release" in each)
    for name, body in (("gh", GH), ("python", "#!/bin/sh\necho Notes\n")):
        (tmp_path / name).write_text(body)
        (tmp_path / name).chmod(0o755)
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "TAG": "v0.2.0"}
    command = [shutil.which("bash") or "bash", "-e", "-c", script]

    ended = [subprocess.run(command, cwd=tmp_path, env=environment, check=False).returncode for _ in range(2)]

    assert (ended, (tmp_path / "uploaded").is_file()) == ([0, 0], True)
