"""Plugins as commands meet them: targets of a deploy, and what a second build does."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cities import a_city
from cityfolio.cli import main
from plugin_triggers import a_plugin

TARGET = """
from cityfolio.plugins import Refused, Sending, Sent
def send(sending):
    what = sending.address.partition(":")[2]
    if what == "refuse":
        raise Refused("the post office is closed", "Come back tomorrow.")
    if what == "fail":
        return sending.read("../../etc/passwd")
    if what == "nothing":
        return None
    names = tuple(sorted(path for path in sending.manifest.entries if path.startswith("api/")))
    assert all(sending.read(path) for path in names)
    return Sent(added=names[:2], unchanged=sending.is_dry + 0)
"""
Run = tuple[int, dict[str, Any]]     # Any: JSON


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, body in {**a_city(), "plugins/transit.py": a_plugin(TARGET, targets='{"post": send}')}.items():
        (tmp_path / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "catalog" / path).write_text(str(body))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert run("build", "--as-of", "2026-06-30")[0] == 0
    return tmp_path


def run(*words: str) -> Run:
    done = CliRunner().invoke(main, [*words, "--format", "json", "--allow-plugins"])
    return done.exit_code, json.loads(done.stdout)


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["for real", "dry"])
def test_a_target_is_given_the_built_site_and_says_what_it_sent(city: Path, dry: tuple[str, ...]) -> None:
    code, said = run("deploy", "post:office", *dry)

    assert (code, said["problems"], said["target"], len(said["added"])) == (0, [], "post:office", 2)
    assert (said["dry_run"], said["unchanged"]) == (bool(dry), len(dry))


def test_what_was_sent_is_told_in_words(city: Path) -> None:
    done = CliRunner().invoke(main, ["deploy", "post:office", "--allow-plugins", "--dry-run"])

    assert done.stdout.startswith("Would send to post:office: 2 added, 1 unchanged.\n  + api/3/action/")


@pytest.mark.parametrize(
    ("address", "code", "says"),
    [("post:refuse", "deploy-refused", "the post office is closed"), ("post:fail", "plugin-fault", "KeyError"),
     ("post:nothing", "plugin-fault", "gave None in `targets`")],
)
def test_a_target_that_does_not_do_it_is_one_problem(city: Path, address: str, code: str, says: str) -> None:
    returned, said = run("deploy", address)

    assert (returned, [each["code"] for each in said["problems"]]) == (1, [code])
    assert says in said["problems"][0]["says"]


@pytest.mark.parametrize("asked", ["--rollback", "--generations", "--verify", "--purge=a.csv"])
def test_what_a_target_of_a_plugin_cannot_do_is_refused(city: Path, asked: str) -> None:
    code, said = run("deploy", "post:office", asked)

    assert (code, [each["code"] for each in said["problems"]]) == (1, ["deploy-refused"])


def test_a_target_of_a_plugin_that_is_not_allowed_is_no_folder_of_that_name(city: Path) -> None:
    done = CliRunner().invoke(main, ["deploy", "post:office", "--format", "json"])

    assert [each["code"] for each in json.loads(done.stdout)["problems"]] == ["plugin-refused"]
    assert sorted(each.name for each in city.iterdir()) == ["cache", "catalog", "output"]


def test_a_deploy_to_a_folder_asks_no_plugin(city: Path) -> None:
    done = CliRunner().invoke(main, ["deploy", "./public", "--format", "json", "--no-visit"])

    assert (done.exit_code, (city / "public" / "index.html").is_file()) == (0, True)


@pytest.mark.parametrize(("has_plugin", "second"), [(True, "Built output"), (False, "Nothing changed")])
def test_a_site_that_was_built_with_plugins_is_not_taken_for_unchanged(
        city: Path, monkeypatch: pytest.MonkeyPatch, has_plugin: bool, second: str) -> None:
    """What a plugin reads by itself may have changed, and nobody could tell."""
    monkeypatch.setattr("cityfolio.commands.build.moment_ns", lambda: time.time_ns() + 60 * 10**9)
    if not has_plugin:
        (city / "catalog" / "plugins" / "transit.py").unlink()
    said = [CliRunner().invoke(main, ["build", "--as-of", "2026-06-30", "--allow-plugins"]).stdout for _ in range(2)]

    assert second in said[1]
