"""The site of the demonstration city, built once for all tests that look at it."""

from __future__ import annotations

import fcntl
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cities import a_bench
from cityfolio import running
from cityfolio.build import Result, build_site
from cityfolio.cli import main
from cityfolio.files import FolderTree
from cityfolio.model.catalog import Catalog
from cityfolio.options import kept_between_runs
from cityfolio.tables.published import Bench
from unmeasured import unmeasured

CATALOG = Path(__file__).resolve().parents[2] / "catalog"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The site of the demonstration city, and how its build ended. Tests leave it as it is."""

    site: Path
    exit_code: int
    output: str

    @property
    def catalog(self) -> Catalog:
        """The catalog of which it was drawn."""
        kept = pickle.loads(self.site.with_name("catalog.pickle").read_bytes())
        assert isinstance(kept, Catalog)
        return kept

    @property
    def bench(self) -> Bench:
        """What its tables are read again with: with all that its build kept of them."""
        tree = FolderTree(CATALOG)
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("XDG_CACHE_HOME", str(self.site.parents[1] / "cache"))
            return a_bench(tree, cache=kept_between_runs(use=True, catalog=CATALOG))


def built_once(folder: Path) -> Demonstration:
    """Build the site into a folder, strictly, unless another process did: it waits for one that is at it."""
    folder.mkdir(exist_ok=True)
    said = folder / "said.txt"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(_build(folder), encoding="utf-8")
    code, _, output = said.read_text(encoding="utf-8").partition("\n")
    return Demonstration(site=folder / "site", exit_code=int(code), output=output)


def _build(folder: Path) -> str:
    def build_and_keep(*given: Any, **named: Any) -> Result:
        result = build_site(*given, **named)
        (folder / "catalog.pickle").write_bytes(pickle.dumps(result.catalog))
        return result

    options = ["--strict", "--catalog", str(CATALOG), "--output", str(folder / "site"), "--base-url", "https://data.example.gov"]
    with pytest.MonkeyPatch.context() as patched, unmeasured():
        patched.setenv("XDG_CACHE_HOME", str(folder.parent / "cache"))   # where each test has it; here it is not set yet
        patched.setattr(running, "build_site", build_and_keep)
        result = CliRunner().invoke(main, ["build", *options], catch_exceptions=False)
    return f"{result.exit_code}\n{result.output}"
