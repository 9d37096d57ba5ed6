"""The command line: arguments to calls, results to words."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from cityfolio import __version__
from cityfolio.build import Result, Workshop, build_site, inspect
from cityfolio.cache import Cache, Keep, NoCache, Telling
from cityfolio.describe.command import describe
from cityfolio.fetch.every import Fetched, fetching
from cityfolio.files import FolderTree
from cityfolio.keeping.assess_command import assess
from cityfolio.keeping.health_command import health
from cityfolio.keeping.links_command import links
from cityfolio.keeping.privacy_command import privacy
from cityfolio.keeping.usage_command import usage
from cityfolio.load.catalog import Parse, load
from cityfolio.load.loaded import Loaded
from cityfolio.load.yaml import read_yaml
from cityfolio.measuring.commands import measures
from cityfolio.moving.export_command import export_catalog
from cityfolio.moving.harvest_command import harvest_sources
from cityfolio.moving.import_command import import_catalog
from cityfolio.moving.sheet_command import sheet
from cityfolio.options import options, today
from cityfolio.pages.templates import themes_root
from cityfolio.problems import Problem, stops
from cityfolio.publish.manifest import previous_manifest
from cityfolio.publish.markup import Page, read_page
from cityfolio.publish.sinks import FolderSink
from cityfolio.settings import Options, cache_folder, make_build
from cityfolio.speech import Closing, Speech


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cityfolio")
def main() -> None:
    """Turn a city's YAML and data files into its public data portal, a static site.

    Start with `cityfolio new DIR`. In that folder, `cityfolio build` writes the site and `cityfolio serve` shows it while you
    edit. `cityfolio check` says what is wrong without building.

    Exit codes: 0 fine, 1 problems were found, 2 the command was used wrongly.
    """
    for stream in (sys.stdout, sys.stderr):
        # A file name need not be text; it is shown with its odd bytes escaped.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@main.command()
@options("catalog", "base-url", "as-of", "format", "strict", "fetch", "workers", "no-cache", "quiet", "verbose")
def check(form: str, quiet: bool, verbose: bool, **given: Any) -> None:  # Any: as the options declare
    """Say what is wrong with a catalog, all at once, without building it."""
    speech = Speech.of(form, quiet=quiet, verbose=verbose)
    chosen = _options(output=Path("output"), **given)
    cache = _cache(chosen)
    with speech.progress() as progress:
        problems = _checked(chosen, cache, progress)
    speech.report(problems, _root(chosen.catalog))
    speech.say_checked(problems, cache.note)
    sys.exit(1 if stops(problems, strict=chosen.strict) else 0)


@main.command()
@options(
    "catalog",
    "output",
    "base-url",
    "as-of",
    "previous",
    "format",
    "strict",
    "fetch",
    "workers",
    "no-cache",
    "for-folder",
    "quiet",
    "verbose",
)
def build(form: str, quiet: bool, verbose: bool, **given: Any) -> None:  # Any: as the options declare
    """Build the site. The former one stays until the new one is written whole and verified."""
    speech = Speech.of(form, quiet=quiet, verbose=verbose)
    chosen = _options(**given)
    started = perf_counter()
    with speech.progress() as progress:
        closing = _built(chosen, progress)
    speech.report(closing.result.problems, _root(chosen.catalog))
    speech.say_built(closing, perf_counter() - started)
    result = closing.result
    sys.exit(0 if result.is_built and not stops(result.problems, strict=chosen.strict) else 1)


@main.command()
@options("catalog", "output", "base-url", "as-of", "workers", "no-cache", "quiet", "verbose")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on this machine; 0 takes any that is free.",
)
def serve(port: int, quiet: bool, verbose: bool, **given: Any) -> None:  # Any: as the options declare
    """Show the site on this machine, and rebuild it whenever a file changes."""
    try:
        from cityfolio import serve as server
    except ImportError as error:
        raise click.ClickException(f"serving needs the package {error.name}: pip install 'cityfolio[serve]'") from error
    speech = Speech.of("text", quiet=quiet, verbose=verbose)
    chosen = _options(**given)
    # What did not change is parsed once: documents of the catalog, and pages that are verified.
    run = Run(is_kept=False, document=lru_cache(maxsize=20_000)(read_yaml), page=lru_cache(maxsize=5_000)(read_page))

    def rebuild() -> None:
        started = perf_counter()
        closing = _built(chosen, lambda stage: None, run)
        speech.report(closing.result.problems, _root(chosen.catalog))
        speech.say_built(closing, perf_counter() - started)

    if not server.is_free(port):
        raise click.ClickException(f"port {port} is taken; name another with --port, or 0 for any that is free")
    rebuild()
    server.serve(output=chosen.output, watch=(chosen.catalog, themes_root()), rebuild=rebuild, port=port, ready=speech.say)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a catalog in DIR: a small one to change into your own."""
    from cityfolio.begin import begin

    problems = begin(folder)
    speech = Speech.of("text", quiet=False, verbose=False)
    speech.report(problems, "")
    if not problems:
        speech.say(f"{folder} holds a catalog now. Next:\n\n  cd {folder}\n  cityfolio build\n  cityfolio serve")
    sys.exit(1 if problems else 0)


main.add_command(assess)
main.add_command(describe)
main.add_command(harvest_sources)
main.add_command(health)
main.add_command(links)
main.add_command(measures)
main.add_command(privacy)
main.add_command(sheet)
main.add_command(export_catalog)
main.add_command(import_catalog)
main.add_command(usage)


def _options(**given: Any) -> Options:  # Any: as the options declare
    catalog: Path = given.pop("catalog")
    if not os.path.exists(catalog) and catalog == Path("catalog") and os.path.isfile("site.yaml"):
        catalog = Path(".")
        # The output may not lie in the catalog, so for a catalog that is this folder it lies beside it.
        given["output"] = Path("../output") if given["output"] == Path("output") else given["output"]
    use_cache = not given.pop("no_cache", False)
    return Options(catalog=catalog, use_cache=use_cache, **given)


def _checked(chosen: Options, cache: Telling, progress: Callable[[str], None]) -> tuple[Problem, ...]:
    progress("Loading")
    tree = FolderTree(chosen.catalog)
    loaded = load(tree)
    told, problems = make_build(loaded, chosen, os.environ, today())
    with _fetched(loaded, chosen, progress) as fetched:
        progress("Reading tables")
        _, _, found = inspect(loaded, told, replace(_workshop(chosen, tree, cache, Run()), fetched=fetched.files))
    return (*problems, *fetched.problems, *found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What differs between a build and the rebuilds of `serve`: what is remembered, and whether the site is to last."""

    is_kept: bool = True
    document: Parse = read_yaml
    page: Callable[[str], Page] = read_page


def _built(chosen: Options, progress: Callable[[str], None], run: Run = Run()) -> Closing:
    """Build, and gather what the summary says."""
    progress("Loading")
    tree = FolderTree(chosen.catalog)
    loaded = load(tree, run.document)
    told, problems = make_build(loaded, replace(chosen, with_history=True), os.environ, today())
    previous, unreadable = previous_manifest(chosen.previous, chosen.output)
    if unreadable:
        return Closing(result=Result(problems=unreadable), output=chosen.output)
    cache = _cache(chosen)
    with _fetched(loaded, chosen, progress) as fetched:
        workshop = replace(_workshop(chosen, tree, cache, run), progress=progress, previous=previous, fetched=fetched.files)
        result = build_site(loaded, told, workshop, also=(*problems, *fetched.problems))
    notes = tuple(note for note in (result.written.note, cache.note) if note)
    return Closing(result=result, output=chosen.output, is_compared=previous is not None, notes=notes)


def _fetched(loaded: Loaded, chosen: Options, progress: Callable[[str], None]) -> AbstractContextManager[Fetched]:
    return fetching(loaded, cache_folder(os.environ) if chosen.use_cache else None, progress) if chosen.fetch \
        else nullcontext(Fetched())


def _cache(chosen: Options) -> Telling:
    # Never in the catalog: what a pull request brings along must not be taken for something this machine has verified.
    folder = cache_folder(os.environ)
    return Telling(Cache(folder) if chosen.use_cache and folder else NoCache())


def _workshop(chosen: Options, tree: FolderTree, cache: Keep, run: Run) -> Workshop:
    return Workshop(
        tree=tree,
        sink=FolderSink(chosen.output, apart_from=(chosen.catalog,), survives_power_loss=run.is_kept),
        cache=cache,
        workers=chosen.workers or os.cpu_count() or 1,
        strict=chosen.strict,
        parse_page=run.page,
    )


def _root(catalog: Path) -> str:
    """The catalog folder as problems name it: as it was given, with "/"."""
    return "" if catalog == Path(".") else catalog.as_posix()
