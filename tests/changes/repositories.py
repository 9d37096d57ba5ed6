"""Catalogs in scratch repositories, where each commit has its day, and sites that are built of them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from cities import a_city
from cityfolio.build import Workshop, build_site
from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.model.history import History
from cityfolio.model.site import Manifest
from cityfolio.problems import Problem
from cityfolio.publish.sinks import MemorySink
from cityfolio.revision import contents_of
from cityfolio.settings import Options, make_build

TODAY = date(2026, 6, 30)
BASE_URL = "https://data.example.gov"
Files = Mapping[str, str | bytes | None]


def git(folder: Path, *arguments: str, day: str = "2026-01-01") -> str:
    """What git says in a folder on a day."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "GIT_COMMITTER_DATE": f"{day}T12:00:00Z",
                   "GIT_AUTHOR_DATE": f"{day}T12:00:00Z"}
    names = ("-c", "user.name=A", "-c", "user.email=a@example.gov")
    done = subprocess.run(["git", "-C", str(folder), *names, *arguments], capture_output=True, text=True, check=True,
                          env=environment)
    return done.stdout.strip()


def committed(catalog: Path, day: str, files: Files) -> str:
    """Write files, or (None) delete them, and commit."""
    for path, body in files.items():
        if body is None:
            (catalog / path).unlink()
            continue
        (catalog / path).parent.mkdir(parents=True, exist_ok=True)
        (catalog / path).write_bytes(body.encode() if isinstance(body, str) else body)
    git(catalog, "add", "-A", day=day)
    git(catalog, "commit", "-q", "--allow-empty", "-m", "Change", day=day)
    return git(catalog, "rev-parse", "HEAD")


def a_repository(folder: Path, *commits: tuple[str, Files]) -> Path:
    """A catalog in a folder of its repository: the sound city on 1 March 2026, then each of these commits."""
    catalog = folder / "catalog"
    catalog.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    committed(catalog, "2026-03-01", a_city())
    for day, files in commits:
        committed(catalog, day, files)
    return catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A site that was built, and what was said about it."""

    site: dict[str, bytes]
    problems: tuple[Problem, ...]
    manifest: Manifest | None

    def changes(self, dataset: str = "trees") -> Any:
        """What programs are told of a dataset's changes."""
        return orjson.loads(self.site[f"data/{dataset}/changes/index.json"])

    def page(self, dataset: str = "trees") -> str:
        """The page of a dataset's changes."""
        return self.site[f"data/{dataset}/changes/index.html"].decode()


def known(catalog: Path, **options: Any) -> History:
    """What git tells of a catalog."""
    chosen = Options(**{"catalog": catalog, "output": catalog.parent / "output", "as_of": TODAY, "with_history": True,
                        "use_cache": False, **options})
    return make_build(load(FolderTree(catalog)), chosen, {}, TODAY)[0].history


def built(catalog: Path, previous: Manifest | None = None, **options: Any) -> Built:
    """The site of a catalog, as the command builds it."""
    chosen = Options(**{"catalog": catalog, "output": catalog.parent / "output", "as_of": TODAY, "with_history": True,
                        "base_url": BASE_URL, "use_cache": False, **options})
    tree, sink = FolderTree(catalog), MemorySink()
    loaded = load(tree)
    build, problems = make_build(loaded, chosen, {}, TODAY)
    workshop = replace(Workshop(tree=tree, sink=sink), contents=partial(contents_of, catalog), previous=previous)
    result = build_site(loaded, build, workshop, also=problems)
    return Built(site=dict(sink.site), problems=result.problems, manifest=result.written.manifest)
