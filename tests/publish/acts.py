"""What is done under faults, each from the same beginning: a site is written, a site is deployed, the command builds a city."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Literal, Self
from unittest.mock import patch

from cities import CSV, SITE, a_measured_city
from cityfolio.cli import main
from cityfolio.files import sha256
from cityfolio.machine_faults import EXIT_CODE
from cityfolio.model.site import Output
from cityfolio.publish.deploying import run
from cityfolio.publish.deploying.sources import site_in
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.targets.folder import FolderTarget
from publish.sites import an_output, contents, html, in_memory, written

HOW = {1: "refused", 2: "refused", EXIT_CODE: "stopped"}    # by its exit code, how a command ended
Edition = Literal["old", "new"]
Files = dict[str, bytes]
EDITIONS: tuple[Edition, ...] = ("old", "new")
IGNORE = {".gitignore": b"*\n!.gitignore\n"}
MOMENT = datetime(2026, 11, 26, tzinfo=UTC)
PINNED = SITE + "as_of: 2026-06-30\nbase_url: https://data.example.gov\n"
MORE = {"old": CSV, "new": CSV + "ash,3\n"}


def twenty_pages(edition: Edition) -> list[Output]:
    """A site of twenty pages, six of which load a style and a script of the edition, and one of which only this edition has."""
    style, script = (f"assets/civic.{sha256(f'{edition}{kind}'.encode())[:8]}.{kind}" for kind in ("css", "js"))
    head = f'<link rel="stylesheet" href="../../{style}"><script src="../../{script}" defer></script>'
    links = " ".join(f'<a href="../d{number}/">{number}</a>' for number in range(18))
    bodies = {
        style: f"/* {edition} */", script: f"// {edition}", "catalog.json": f'"{edition}"',
        "data/d0/rows.csv": "species\noak\n", "data/d1/rows.csv": f"edition\n{edition}\n",
        **{f"data/d{number}/": html(edition + links, head) for number in range(6)},
        **{f"data/d{number}/": html(links) for number in range(6, 18)},
        f"data/{edition}/": html(edition), "": html(f'<a href="data/d0/">First</a> <a href="data/{edition}/">{edition}</a>'),
    }
    return [an_output(f"/{url}", body) for url, body in bodies.items()]


@dataclass(slots=True)
class Act:
    """What all have in common: a folder that is laid out as it was, and what it may hold afterwards."""

    root: Path
    whole: dict[Edition, Files] | None = None

    @property
    def output(self) -> Path:
        """The folder that is written."""
        return self.root / "now/out"

    def do(self, edition: Edition) -> str:
        """Put this edition there. Returns "", or "refused" or "stopped", perhaps with what was said."""
        raise NotImplementedError

    def left(self) -> str:
        """What lies beside and should not, or does not and should, when the new site has been put there."""
        return "leftovers" if os.listdir(self.output.parent) != [self.output.name] else ""

    def ignored(self) -> Files:
        """What lies in the folder before anything is built."""
        return {}

    def prepare(self) -> None:
        """Do all once, so that both sites are known and what is loaded late is loaded."""
        self.output.parent.mkdir(parents=True)
        if self.ignored():
            self.output.mkdir()
        for name, body in self.ignored().items():
            (self.output / name).write_bytes(body)
        assert not self.do("old")
        old = contents(self.output)
        shutil.copytree(self.root / "now", self.root / "before")
        assert not self.do("new")
        new = contents(self.output)
        assert old
        assert new
        assert old != new
        self.whole = {"old": old, "new": new}

    def start(self) -> None:
        """Lay the old site out anew."""
        shutil.rmtree(self.root / "now", ignore_errors=True)
        shutil.copytree(self.root / "before", self.root / "now")

    def state(self) -> str:
        """Which site lies in the folder, to the byte: old, new, none, or a mixture, which must never be."""
        found = contents(self.output)
        assert self.whole
        return "none" if found is None else next((name for name in EDITIONS if found == self.whole[name]), "mixture")

    def state_after(self) -> str:
        """The same after the new site has been put there without a fault, and whatever else is wrong then."""
        told = self.do("new")
        return " ".join(filter(None, (self.state(), told, self.left())))


class Write(Act):
    """`write_site` alone: what a build does with the output folder, and nothing of what comes before."""

    def do(self, edition: Edition) -> str:
        """Write it."""
        return "" if written(SITES[edition], self.output).manifest else "refused"

    def ignored(self) -> Files:
        """The file of the repository that every build keeps."""
        return IGNORE


class Deploy(Act):
    """A deploy to a folder, of a site that lies built elsewhere."""

    def prepare(self) -> None:
        """Build both sites first."""
        for edition in EDITIONS:
            (self.root / "built").mkdir(parents=True, exist_ok=True)
            assert written(SITES[edition], self.root / "built" / edition).manifest
        super().prepare()
        former = {path: body for path, body in in_memory(SITES["old"]).items() if is_hashed(path)}
        assert self.whole == {"old": in_memory(SITES["old"]), "new": {**former, **in_memory(SITES["new"])}}

    def do(self, edition: Edition) -> str:
        """Deploy it, file after file in one thread, so that every call has its number."""
        site, _ = site_in(self.root / "built" / edition)
        if site is None:
            return "refused"
        with patch.object(run, "ThreadPoolExecutor", AtOnce):
            result = run.deploy(site, FolderTarget(self.output), run.Orders(now=MOMENT, pause=lambda _: None, workers=1))
        return "refused" if result.problems else ""

    def left(self) -> str:
        """Whether the old site can be brought back, and nothing else lies there."""
        beside, target = self.output.with_name(f".{self.output.name}.cityfolio"), FolderTarget(self.output)
        names = sorted(os.listdir(beside))
        kept = [contents(beside / "generations" / each.name) for each in target.generations()]
        assert self.whole
        if kept != [self.whole["old"]]:
            return "without the former site"
        return "" if names == ["current.json", "generations"] else f"leftovers {names}"


class Build(Act):
    """The whole command `cityfolio build` on a small city, from reading it to the last file.

    What is remembered between builds begins as the old site left it, so that the new city's table is read under faults too.
    """

    @property
    def output(self) -> Path:
        """A folder with nothing else beside it."""
        return self.root / "now/there/out"

    def prepare(self) -> None:
        """Write both cities, and keep what is remembered between builds out of the home of whoever runs this."""
        os.environ["XDG_CACHE_HOME"] = str(self.root / "now/cache")
        os.environ["TMPDIR"] = str(self.root)     # what is made on the way stays there when the process is killed
        for edition in EDITIONS:
            for path, body in a_measured_city(**{"site.yaml": PINNED, "datasets/trees/trees.csv": MORE[edition]}).items():
                place = self.root / edition / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(body if isinstance(body, bytes) else body.encode())
        super().prepare()

    def do(self, edition: Edition) -> str:
        """Run the command."""
        given = ["build", "--catalog", str(self.root / edition), "--output", str(self.output), "--workers", "1", "--quiet"]
        with StringIO() as said, redirect_stdout(said), redirect_stderr(said):
            try:
                main(given, prog_name="cityfolio")
            except SystemExit as end:
                return f"{HOW[end.code]}: {said.getvalue()}" if end.code else ""
        return ""


class AtOnce:
    """Stands in for a pool of threads: what is submitted is done before the call returns."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        pass

    def submit(self, act: Callable[[], None]) -> Future[None]:
        """Do it."""
        future: Future[None] = Future()
        try:
            act()
            future.set_result(None)
        except Exception as error:   # noqa: BLE001 - as a pool does
            future.set_exception(error)
        return future


SITES = {edition: twenty_pages(edition) for edition in EDITIONS}
ACTS: dict[str, type[Act]] = {"write": Write, "deploy": Deploy, "build": Build}
