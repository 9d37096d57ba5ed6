"""`cityfolio check`: what is wrong, without building."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cityfolio.checking import check_paths, check_whole
from cityfolio.options import options
from cityfolio.problems import stops
from cityfolio.speech import Speech


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@options("catalog", "base-url", "as-of", "format", "strict", "fetch", "workers", "no-cache", "allow-plugins", "quiet",
         "verbose")
def check(paths: tuple[Path, ...], form: str, quiet: bool, verbose: bool, **given: Any) -> None:  # Any: as the options declare
    """Say what is wrong with a catalog, all at once, without building it.

    With PATH, a file of the catalog or the folder of a dataset, look at that alone: quick enough for after each save.
    """
    speech = Speech.of(form, quiet=quiet, verbose=verbose)
    given |= {"output": Path("output")}
    problems = check_paths(paths, speech, given) if paths else check_whole(speech, given)
    sys.exit(1 if stops(problems, strict=bool(given["strict"])) else 0)
