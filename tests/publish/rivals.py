"""Four processes that write one folder at the same moment, round after round: builds, deploys, and both at once.

A program of its own, because its processes are forked: python rivals.py FOLDER ROUNDS prints what was seen, a line each.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from mmap import mmap
from pathlib import Path
from typing import Literal

import orjson

from cityfolio.files import sha256
from cityfolio.model.site import Output
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.run import Orders, deploy
from cityfolio.publish.deploying.sources import site_in, undisturbed
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.targets.folder import FolderTarget
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.left_files import KEPT
from cityfolio.publish.manifest import from_bytes
from publish.sites import an_output, contents, html, written
from publish.traced import its_environment

Kind = Literal["patient", "impatient", "deploy", "build", "publish"]
# Who meets in a round: builds that wait and builds that do not; deploys of sites of their own; builds with deploys of theirs.
MEETINGS: dict[str, tuple[Kind, ...]] = {
    "builds": ("patient", "patient", "impatient", "impatient"),
    "deploys": ("deploy",) * 4,
    "builds and deploys": ("build", "build", "publish", "publish"),
}
HERE = Path(__file__).resolve()
MOMENT = datetime(2026, 11, 26, tzinfo=UTC)
MOST_TOLD = 4096
A_WHILE = 0.02     # for all to be ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What came of one meeting: what each told, and the edition that lies in each folder; "mixture" is what must never be."""

    meeting: str
    editions: tuple[str, ...]
    told: tuple[str, ...]
    output: str
    target: str


# What those who did not have their way are told; anything else is a fault.
REASONS = ("another build is writing there", "another deploy is writing to")


def spoilt(seen: Round) -> str:
    """What is wrong with what came of a round; "" when nothing is."""
    done = {edition for edition, told in zip(seen.editions, seen.told, strict=True) if not told}
    if strange := [told for told in seen.told if told and not any(reason in told for reason in REASONS)]:
        return f"told {strange}"
    if not done:
        return "nobody had their way"
    if seen.meeting == "deploys":
        return "" if seen.target in done else f"the target holds {seen.target}"
    # A deploy of what is being built may also be one of what was built before.
    if seen.output not in done or seen.target in ("none", "mixture"):
        return f"the output holds {seen.output}, the target {seen.target}"
    return ""


def rounds_of(folder: Path, number: int) -> list[Round]:
    """Run this file, and return what it saw."""
    command = [sys.executable, HERE, folder, str(number)]
    done = subprocess.run(command, env=its_environment(), stdout=subprocess.PIPE, check=True)
    return [Round(**orjson.loads(line)) for line in done.stdout.splitlines()]


def an_edition(name: str) -> list[Output]:
    """A site of twenty pages of which every file says the edition it is of."""
    style = f"assets/civic.{sha256(name.encode())[:8]}.css"
    head = f'<link rel="stylesheet" href="../../{style}">'
    pages = {f"data/d{number}/": html(name, head) for number in range(18)}
    links = " ".join(f'<a href="{path}">{name}</a>' for path in [*pages, f"data/{name}/"])
    bodies = {style: f"/* {name} */", **pages, f"data/{name}/": html(name, head), "": html(links), "catalog.json": f'"{name}"'}
    return [an_output(f"/{url}", body) for url, body in bodies.items()]


def edition_in(folder: Path) -> str:
    """The one that lies there whole: what its manifest lists and, beside it, at most assets that stay for a while."""
    found = contents(folder)
    if found is None:
        return "none"
    try:
        listed = {path: entry.sha256 for path, entry in from_bytes(found.pop(MANIFEST_PATH)).entries.items()}
    except (KeyError, ValueError):
        return "mixture"
    lies = {path: sha256(body) for path, body in found.items() if path in listed or not (is_hashed(path) or path == KEPT)}
    return str(orjson.loads(found["catalog.json"])) if lies == listed else "mixture"


@dataclass(frozen=True, slots=True)
class Arena:
    """The folders that the rivals write."""

    root: Path

    @property
    def output(self) -> Path:
        """What is built."""
        return self.root / "output"

    @property
    def target(self) -> Path:
        """What is deployed."""
        return self.root / "www/site"

    def does(self, kind: Kind, edition: str, number: int) -> str:
        """Build or deploy, and say what was told: "" when it was done."""
        if kind in ("patient", "build"):
            return self.builds(edition, 60)
        if kind == "impatient":
            return self.builds(edition, 0)
        return self.deploys(self.output if kind == "publish" else self.root / edition, number)

    def builds(self, edition: str, seconds: float) -> str:
        """Write the site."""
        result = written(an_edition(edition), FolderSink(self.output, wait_seconds=seconds))
        return "" if result.manifest else result.problems[0].says

    def deploys(self, folder: Path, number: int) -> str:
        """Deploy the site in a folder, and keep builds from it meanwhile, as the command does."""
        with undisturbed(folder):
            site, problems = site_in(folder)
            if site is None:
                return problems[0].says
            orders = Orders(now=MOMENT + timedelta(minutes=number), pause=lambda _: None, workers=2)
            return "".join(problem.says for problem in deploy(site, FolderTarget(self.target), orders).problems)

    def prepare(self) -> None:
        """Put a first site everywhere, and the sites of those who deploy their own."""
        for number in range(4):
            assert written(an_edition(f"rival-{number}"), self.root / f"rival-{number}").manifest
        assert not self.does("patient", "first", 0)
        assert not self.does("publish", "first", 0)


def all_at_once(acts: Iterable[Callable[[], str]]) -> tuple[str, ...]:
    """Do each in a process of its own, all from one moment on, and return what they told."""
    start, running = time.monotonic() + A_WHILE, []
    for act in acts:
        told = mmap(-1, MOST_TOLD)
        process = os.fork()
        if not process:
            _do(act, told, start)
        running.append((process, told))
    return tuple(_told(*each) for each in running)


def _do(act: Callable[[], str], told: mmap, start: float) -> None:
    try:
        time.sleep(max(0.0, start - time.monotonic()))
        text = act()
    except BaseException as error:   # noqa: BLE001 - told to the parent
        text = f"raised {type(error).__name__}: {error}"
    body = text.encode()[:MOST_TOLD]
    told[:len(body)] = body
    os._exit(0)


def _told(process: int, told: mmap) -> str:
    os.waitpid(process, 0)
    return told[:].rstrip(b"\0").decode()


def meet(arena: Arena, meeting: str, number: int) -> Round:
    """One round."""
    kinds = MEETINGS[meeting]
    own = meeting == "deploys"
    editions = tuple(f"rival-{place}" if own else f"edition-{number}-{place}" for place in range(len(kinds)))
    told = all_at_once([lambda kind=kind, edition=edition: arena.does(kind, edition, number)
                        for kind, edition in zip(kinds, editions, strict=True)])
    where = re.compile(re.escape(str(arena.root)) + r"\S*")
    return Round(meeting=meeting, editions=editions, told=tuple(where.sub("FOLDER", each) for each in told),
                 output=edition_in(arena.output), target=edition_in(arena.target))


def main(root: Path, rounds: int) -> None:
    """Let all meet, so often each."""
    arena = Arena(root)
    arena.prepare()
    for number in range(1, rounds + 1):
        for meeting in MEETINGS:
            sys.stdout.write(orjson.dumps(asdict(meet(arena, meeting, number))).decode() + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
