"""A city's repository from its first day: checked, changed by a pull request that is refused and then accepted, published.

The steps of the workflows are run as GitHub runs them, each in bash, in a clone of a bare remote.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow

AUTHOR = ["-c", "user.name=Analyst", "-c", "user.email=analyst@example.gov", "-c", "commit.gpgsign=false"]
EXPRESSION = re.compile(r"\$\{\{ ([\w.]+) \}\}")
DISTRICTS = Path("catalog/datasets/council-districts")
NOTE = """\
---
title: The units are in the names of the measures now
kind: structure
reason: Two columns said the same, and not always.
datasets: [council-districts]
---
"""


class Quiet(SimpleHTTPRequestHandler):
    """Answers from a folder and says nothing."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@dataclass(slots=True)
class City:
    """A bare remote, a clone of it to work in, and a web server that shows the folder a site is published in."""

    folder: Path
    address: str
    said: list[str] = field(default_factory=list)

    @property
    def clone(self) -> Path:
        return self.folder / "clone"

    @property
    def public(self) -> Path:
        return self.folder / "public" / "site"

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *AUTHOR, *arguments], cwd=self.clone, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, says: str, branch: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", says)
        self.git("push", "--quiet", "origin", branch)

    def run(self, workflow: str, job: str, **told: str) -> dict[str, int]:
        """Run the scripts of a job and give the exit code of each by its name, as a code host does: none after a failure
        but those that say so."""
        steps = yaml.safe_load((self.clone / ".github/workflows" / f"{workflow}.yaml").read_text())["jobs"][job]["steps"]
        codes = dict[str, int]()
        for step in steps:
            always = "!cancelled()" in step.get("if", "")
            if "run" in step and (always or not any(codes.values())):
                codes[step["name"]] = self.bash(step["run"], step.get("env", {}), told)
        return codes

    def bash(self, script: str, given: Mapping[str, str], told: Mapping[str, str]) -> int:
        filled = {name: EXPRESSION.sub(lambda found: told.get(found[1], ""), value) for name, value in given.items()}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        world = {"PATH": path, "HOME": str(self.folder), "GITHUB_ACTIONS": "true", "PIP_NO_INDEX": "1",
                 "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"), **filled}
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=self.clone, env=world,
                              capture_output=True, text=True, check=False)
        self.said.append(done.stdout + done.stderr)
        return done.returncode

    def check(self) -> dict[str, int]:
        """What the code host does on a pull request: its branch is merged into main, and that is checked."""
        branch = self.git("branch", "--show-current")
        self.git("switch", "--quiet", "--detach", "origin/main")
        self.git("merge", "--quiet", "--no-ff", "--message", "As it would be", branch)
        codes = self.run("check", "check")
        self.git("switch", "--quiet", branch)
        return codes

    def publish(self) -> dict[str, int]:
        return self.run("publish", "build") | self.run("publish", "deploy", **{"vars.FOLDER": str(self.public)})


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    (folder / "public").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "public")))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield begun(City(folder, f"http://127.0.0.1:{server.server_port}/site"))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def begun(city: City) -> City:
    """A new repository, pushed to its remote."""
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(city.folder / "remote")], check=True)
    subprocess.run([sys.executable, "-m", "cityfolio", "new", str(city.clone), "--ci", "github", "--host", "none"], check=True,
                   capture_output=True)
    city.git("init", "--quiet", "--initial-branch=main")
    city.git("remote", "add", "origin", str(city.folder / "remote"))
    site = city.clone / "catalog/site.yaml"
    site.write_text(site.read_text() + f"\nbase_url: {city.address}\n")
    city.commit("Begin", "main")
    return city


def without_a_column(city: City) -> None:
    """Take a column out of the data and the dictionary."""
    table = city.clone / DISTRICTS / "council-districts.csv"
    lines = [line.split(",") for line in table.read_text().splitlines()]
    at = lines[0].index("unit")
    table.write_text("".join(",".join([*line[:at], *line[at + 1:]]) + "\n" for line in lines))
    subprocess.run([sys.executable, "-m", "cityfolio", "set", "datasets/council-districts/columns/unit", "--remove"],
                   cwd=city.clone, check=True, capture_output=True)


def test_a_repository_lives_from_its_first_day_to_a_change_that_is_published(city: City) -> None:
    first = city.publish()
    city.git("switch", "--quiet", "--create", "fewer-columns")
    without_a_column(city)
    city.commit("Take units out", "fewer-columns")
    refused = city.check()
    report = (city.clone / "report/diff.md").read_text()
    (city.clone / "catalog/changes").mkdir()
    (city.clone / "catalog/changes/2026-06-20-units.md").write_text(NOTE)
    city.commit("Say why", "fewer-columns")
    accepted = city.check()
    city.git("switch", "--quiet", "main")
    city.git("merge", "--quiet", "--no-ff", "--message", "Merge", "fewer-columns")
    city.git("push", "--quiet", "origin", "main")
    second = city.publish()

    assert set(first.values()) == {0}, city.said
    assert [name for name, code in refused.items() if code] == ["Say what changes"], city.said
    assert "unit" in report
    assert set(accepted.values()) == {0}, city.said
    assert set(second.values()) == {0}, city.said
    assert "unit" not in (city.public / "data/council-districts/council-districts.csv").read_text().splitlines()[0]
    assert not (city.public.parent / "site.old").exists()


def test_a_site_that_lost_an_address_is_not_published_over_the_live_one(city: City) -> None:
    city.git("switch", "--quiet", "--create", "fewer-datasets")
    city.git("rm", "--quiet", "-r", "catalog/datasets/pandemic-service-status")
    before = city.said[:]

    codes = city.run("publish", "build")

    assert [name for name, code in codes.items() if code] == ["Build the site, with every address that is published now"]
    assert "address-dropped" in "".join(city.said[len(before):])
