"""The tutorial is followed to the letter, from an empty folder to a site that is published: every command, file and answer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docs import following
from house.documents import ROOT
from release.building import copied
from unmeasured import unmeasured

TUTORIAL = (ROOT / "docs" / "tutorial" / "first-portal.md").read_text("utf-8")
STEPS = tuple(following.steps(TUTORIAL))
# What a machine knows of where packages come from is its own matter; everything else of it is left out.
KEPT = ("PIP_", "NPM_", "SSL_", "LANG")
PATIENCE_SECONDS = 600


@dataclass
class Reader:
    """Somebody at a terminal, with a home and folders of their own."""

    folder: Path
    repository: Path
    where: Path = field(init=False)
    activated: str = ""
    said: str = ""
    changed: list[following.Change] = field(default_factory=list)
    serving: list[subprocess.Popen[str]] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.where = self.folder

    @property
    def world(self) -> dict[str, str]:
        """The environment of a newcomer's shell, whose Python is the one of these tests."""
        python = Path(getattr(sys, "_base_executable", sys.executable)).parent
        pip = Path.home() / ".config" / "pip" / "pip.conf"
        kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT)}
        # Not compiled before it is imported: most of what is installed never is. (pip takes "no" for this option's own no.)
        kept["PIP_NO_COMPILE"] = "no"
        return {**kept, **({"PIP_CONFIG_FILE": str(pip)} if pip.is_file() else {}), "HOME": str(self.folder / "home"),
                "PATH": f"{python}:/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1"}

    def follow(self, step: following.Step) -> None:
        """Do as a step says."""
        match step:
            case following.Run(command):
                self.run(command.replace("REPOSITORY", str(self.repository)))
            case following.Says(lines):
                missing = [line for line in lines if line not in self.said]
                assert missing == [], self.said
            case following.Make(path, body):
                (self.where / path).parent.mkdir(parents=True, exist_ok=True)
                (self.where / path).write_text(body, "utf-8")
            case following.Settings(path, lines):
                self.set(path, lines)
            case following.Change(path, before, after):
                self.replace(path, before, after)
                self.changed.append(step)
            case following.Remove(path, start):
                self.set(path, (), without=start)
            case following.Mend():
                for each in self.changed:
                    self.replace(each.path, each.after, each.before)

    def run(self, command: str) -> None:
        """Type a line. Where the terminal is and whether the environment is activated stays from line to line."""
        self.ran.append(command)
        if command == "cityfolio serve":
            self.serve()
            return
        if command.startswith("cityfolio build --base-url"):
            self.end_serving()      # as the tutorial says
        line = f"{self.activated}{command}\ncode=$?; pwd > {self.folder}/where; exit $code"
        with unmeasured():
            done = subprocess.run(["bash", "-c", line], cwd=self.where, env=self.world, capture_output=True, text=True,
                                  check=False, timeout=PATIENCE_SECONDS)
        self.said = done.stdout + done.stderr
        assert done.returncode == (1 if self.changed and command == "cityfolio check" and self.is_wrong() else 0), \
            f"{command}\n{self.said}"
        self.where = Path((self.folder / "where").read_text().strip())
        if command.endswith("/activate"):
            self.activated = f". {self.where}/.venv/bin/activate\n"

    def serve(self) -> None:
        """Show the site as the tutorial does, on any free port."""
        command = f"{self.activated}exec cityfolio serve --port 0"
        self.serving.append(subprocess.Popen(["bash", "-c", command], cwd=self.where, env=self.world, text=True,
                                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT))

    def end_serving(self) -> None:
        """Press Ctrl+C wherever the site is shown."""
        while self.serving:
            shown = self.serving.pop()
            shown.terminate()
            shown.communicate()

    def is_wrong(self) -> bool:
        """Whether what was changed is still to be mended."""
        return any(each.after in (self.where / each.path).read_text("utf-8") for each in self.changed)

    def replace(self, path: str, before: str, after: str) -> None:
        text = (self.where / path).read_text("utf-8")
        assert text.count(before) == 1, f"{before} in {path}"
        (self.where / path).write_text(text.replace(before, after), "utf-8")

    def set(self, path: str, lines: tuple[str, ...], without: str = "") -> None:
        """Change the lines that have the same key, add those that are new, take one away."""
        text = (self.where / path).read_text("utf-8")
        for line in lines:
            key = line.partition(":")[0]
            text, times = re.subn(rf"^{key}:.*$", line, text, flags=re.MULTILINE)
            text = text if times else f"{line}\n{text}"
        kept = [line for line in text.splitlines() if not without or not line.startswith(without)]
        assert not without or len(kept) < len(text.splitlines())
        (self.where / path).write_text("\n".join(kept) + "\n", "utf-8")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as a repository that can be cloned, with the theme bundled, so that no Node is needed."""
    folder = copied(ROOT, tmp_path_factory.mktemp("origin") / "cityfolio")
    (folder / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    git = ["git", "-c", "user.name=Robin Park", "-c", "user.email=robin.park@example.gov"]
    for words in (["init", "--quiet"], ["add", "--all", "--force"], ["commit", "--quiet", "--message", "All of it"]):
        subprocess.run([*git, *words], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Reader:
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / "home").mkdir()
    reader = Reader(folder, repository)
    try:
        for step in STEPS:
            reader.follow(step)
            if step == following.Run("cityfolio serve"):
                reader.said = served_page(reader)
    finally:
        reader.end_serving()
    return reader


def served_page(reader: Reader) -> str:
    """The home page, from the address that the server says."""
    told = reader.serving[-1].stdout
    assert told is not None
    address = next(found[0] for line in told if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode()


@pytest.mark.slow
def test_the_tutorial_leads_from_nothing_to_a_published_site(followed):
    public = followed.folder / "public"
    home = (public / "index.html").read_text("utf-8")

    assert followed.ran == [step.command.replace("REPOSITORY", str(followed.repository)) for step in STEPS
                            if isinstance(step, following.Run)]
    assert "Exampleton open data" in home
    assert "invented records" not in home
    assert "One bench" in (public / "data" / "benches" / "index.html").read_text("utf-8")
    assert "https://data.example.gov/" in (public / "sitemap.xml").read_text("utf-8")


@pytest.mark.slow
def test_the_tutorial_leaves_nothing_in_the_home_but_a_cache(followed):
    assert {path.name for path in (followed.folder / "home").iterdir()} <= {".cache", ".npm"}


def test_no_block_of_the_tutorial_is_left_out():
    blocks = following.FENCED.findall(TUTORIAL)
    steps = [step for step in STEPS if isinstance(step, (following.Says, following.Make, following.Settings))]
    typed = sum(len(body.splitlines()) for language, body in blocks if language == "sh")

    assert TUTORIAL.count("```") == 2 * len(blocks)
    assert len(steps) == sum(language != "sh" for language, _ in blocks)
    assert sum(isinstance(step, following.Run) for step in STEPS) == typed


def test_a_block_that_nobody_could_follow_is_refused():
    with pytest.raises(following.NotUnderstoodError, match="what is to be done"):
        list(following.steps("Look at this:\n\n```yaml\na: 1\n```\n"))


def test_every_address_that_the_tutorial_opens_is_one_of_the_portals_pages(followed):
    paths = re.findall(r"http://127\.0\.0\.1:8000/([\w/-]*)", TUTORIAL)

    assert [path for path in paths if not (followed.folder / "public" / path / "index.html").is_file()] == []
