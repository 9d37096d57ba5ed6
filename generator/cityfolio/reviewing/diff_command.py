"""The command `cityfolio diff`: arguments to calls, results to words."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from cityfolio.files import FolderTree, Tree
from cityfolio.folders import scratch_folder
from cityfolio.load.catalog import load
from cityfolio.load.yaml import read_yaml
from cityfolio.moving.folder import catalog_folder, shown
from cityfolio.options import environment, kept_between_runs, options, today
from cityfolio.problems import did_you_mean
from cityfolio.review.as_markdown import as_markdown
from cityfolio.review.as_text import as_text
from cityfolio.review.diff import DiffBench, diff
from cityfolio.review.diff_commit import commit_tree
from cityfolio.review.diff_json import as_annotations, as_json
from cityfolio.review.diff_state import State, States
from cityfolio.revision import commit_named, names_of_commits, why_no_commit
from cityfolio.settings import Options, make_build

FORMATS = ("text", "markdown", "json", "github")
ABBREVIATED = 12
MOST_NAMED = 8        # branches and tags that a message lists


@click.command("diff")
@click.argument("base", metavar="BASE")
@click.argument("head", metavar="[HEAD]", required=False)
@options("catalog", "as-of")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
              help="For people, as a comment on a pull request, for programs, or at the lines of a pull request.")
@options("workers", "no-cache")
def diff_command(base: str, head: str | None, form: str, **given: Any) -> None:   # Any: as the options declare
    """Say what differs between two states of a catalog: data, dictionary, measures, addresses, problems.

    BASE and HEAD are commits of the repository that holds the catalog, or folders; without HEAD it is the catalog as it lies
    there now. A breaking change needs a note in changes/, as `review:` in site.yaml has it. Exit codes: 0 fine, 1 changes are
    refused for want of a note, 2 the command was used wrongly.
    """
    folder = catalog_folder(given["catalog"])
    with _states(folder, base, head, given) as (states, scratch):
        cache = kept_between_runs(use=not given["no_cache"], catalog=folder)
        bench = DiffBench(scratch=scratch, cache=cache, workers=given["workers"] or os.cpu_count() or 1)
        found = diff(states, bench)
        root, day = shown(folder), states.after.build.today
        if form == "json":
            click.echo(json.dumps(as_json(found, root, day), ensure_ascii=False, indent=2))
        elif form == "github":
            click.echo(as_annotations(found, root, day, states.after.loaded.nodes), nl=False)
        else:
            click.echo(as_markdown(found, root, day) if form == "markdown" else as_text(found, root, day), nl=False)
        sys.exit(1 if found.refused else 0)


@contextmanager
def _states(folder: Path, base: str, head: str | None, given: dict[str, Any]) -> Iterator[tuple[States, Path]]:   # Any: options
    with scratch_folder() as scratch:
        blobs = scratch / "contents"
        blobs.mkdir()
        here = shown(folder) or "this folder", FolderTree(folder)
        trees = [_tree(folder, base, blobs), here if head is None else _tree(folder, head, blobs)]
        # Most files are the same in both: each is parsed once.
        parse = lru_cache(maxsize=None)(read_yaml)
        loaded = [load(tree, parse) for _, tree in trees]
        # Where none was before, everything is new: that is how a catalog begins.
        if loaded[1].site is None and not loaded[1].datasets:
            raise click.UsageError(f"there is no catalog in {trees[1][0]}")
        chosen = Options(catalog=folder, output=Path("output"), as_of=given["as_of"])
        build, _ = make_build(loaded[1], chosen, environment(), today())
        before, after = (State(name=name, tree=tree, loaded=each, build=build)
                         for (name, tree), each in zip(trees, loaded, strict=True))
        yield States(before=before, after=after), scratch


def _tree(folder: Path, name: str, scratch: Path) -> tuple[str, Tree]:
    """A commit, else a folder: of both the commit is meant, and ./NAME is the folder."""
    if not name.strip():
        raise click.UsageError("BASE and HEAD are commits or folders, and one of them is an empty word. Is a variable unset?")
    commit = commit_named(folder, name) if folder.is_dir() and not name.startswith((".", "/")) else ""
    if commit:
        return (name if not commit.startswith(name) else commit[:ABBREVIATED]), commit_tree(folder, commit, scratch)
    given = Path(name)
    if (given / "site.yaml").is_file():
        return given.as_posix(), FolderTree(given)
    if (given / "catalog" / "site.yaml").is_file():
        return (given / "catalog").as_posix(), FolderTree(given / "catalog")
    raise click.UsageError(_nothing(folder, name))


def _nothing(folder: Path, name: str) -> str:
    """Why a name is no state of a catalog, and what to do."""
    if given := [each for each in (Path(name), Path(name, "catalog")) if each.is_dir()]:
        return f"there is no catalog in {given[-1].as_posix()}: it has no site.yaml"
    match why_no_commit(folder):
        case "foreign":
            return (f"git does not read the repository of {folder}, because it belongs to another user (dubious ownership). "
                    "Say that it is safe: git config --global --add safe.directory FOLDER, with the folder of the repository.")
        case "no-repository":
            return f'"{name}" is no folder with a site.yaml, and {folder} is in no repository of git that could have it'
        case "no-commit":
            return f"nothing has been committed yet in the repository of {folder}, so there is nothing to compare with."
    names = names_of_commits(folder)
    known = f"{did_you_mean(name, names, limit=MOST_NAMED)} " if names else ""
    return (f'"{name}" is neither a commit of the catalog\'s repository nor a folder with a site.yaml. {known}In a clone '
            "without its history, fetch the commit first.")
