"""The options of the commands, each the same wherever it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from cityfolio.cache import Cache, NoCache, Telling, cache_folder, room_for
from cityfolio.folders import themes_root
from cityfolio.machine_faults import VERBOSE

F = TypeVar("F", bound=Callable[..., Any])


def today() -> date:
    """The day it is. In UTC, so that two people who build at one moment get one site."""
    return datetime.now(UTC).date()


def moment() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


def environment() -> Mapping[str, str]:
    """What the environment of this process says."""
    return os.environ


def working_folder() -> Path:
    """The folder in which this process runs."""
    return Path.cwd()


def moment_ns() -> int:
    """The moment it is, as file systems count: in nanoseconds since 1970."""
    return time.time_ns()


def program_folders() -> tuple[Path, ...]:
    """The folders of this program: its modules and its themes."""
    return Path(__file__).resolve().parent, themes_root()


def kept_between_runs(*, use: bool, catalog: Path) -> Telling:
    """What is kept between runs, with room for what a catalog needs."""
    # Never in the catalog: what a pull request brings along must not be taken for something this machine has verified.
    folder = cache_folder(environment())
    return Telling(Cache(folder, room_for(_datasets_in(catalog))) if use and folder else NoCache())


def _datasets_in(catalog: Path) -> int:
    """How many datasets a catalog seems to have, before it is read."""
    try:
        return len(os.listdir(catalog / "datasets"))
    except OSError:
        return 0      # it has none, or the run says what is wrong with it


def folders(catalog: Path, output: Path) -> tuple[Path, Path]:
    """The folders that are meant where none is named."""
    if not os.path.exists(catalog) and catalog == Path("catalog") and os.path.isfile("site.yaml"):
        # The output may not lie in the catalog, so for a catalog that is this folder it lies beside it.
        return Path("."), Path("../output") if output == Path("output") else output
    return catalog, output


def root_of(catalog: Path) -> str:
    """The catalog folder as problems name it: as it was given, with "/"."""
    return "" if catalog == Path(".") else catalog.as_posix()


def throwaway_key() -> bytes:
    """A key that nobody knows and that ends with this process: what is hashed with it can be told from nothing afterwards."""
    return os.urandom(32)


class Address(click.ParamType[str]):
    """The address of a site: http or https, a host, perhaps a path."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # Any: click's signature
        """Read it, or fail with wrong usage."""
        from cityfolio.load.values import is_url  # most runs are told no address, and wait for nothing that reads one

        text = str(value)
        if not is_url(text, ("https", "http")) or any(mark in text for mark in "?#@"):
            self.fail(f"{text!r} is not the address of a site; write https://data.example.gov", param, ctx)
        return text


class Day(click.ParamType[date]):
    """A date, or `today`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # Any: click's signature
        """Read it, or fail with wrong usage."""
        if isinstance(value, date):
            return value
        if value == "today":
            return today()
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a date; write YYYY-MM-DD or today', param, ctx)


def _noted(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    ctx.meta[VERBOSE] = value
    return value


ALLOW_PLUGINS = click.option(
    "--allow-plugins", is_flag=True, envvar="CITYFOLIO_ALLOW_PLUGINS",
    help="Run the plugins that are files of the catalog, in plugins/; else they are refused. Read them first: they are code.")


def options(*names: str) -> Callable[[F], F]:
    """The options of that name, the same in every command."""
    every = {
        "catalog": click.option(
            "--catalog",
            type=click.Path(path_type=Path),
            default="catalog",
            show_default=True,
            help="The folder that holds site.yaml. Here, if there is no such folder and site.yaml is here.",
        ),
        "output": click.option(
            "--output",
            type=click.Path(path_type=Path),
            default="output",
            show_default=True,
            help="The folder that the site is written to, replaced as a whole. Beside the catalog, if that is this folder.",
        ),
        "base-url": click.option(
            "--base-url", type=Address(), metavar="URL", help="Where the site will be published; else base_url: in site.yaml."),
        "as-of": click.option(
            "--as-of", type=Day(), metavar="DATE", help="The day that lateness is counted from: YYYY-MM-DD or today."),
        "previous": click.option(
            "--previous",
            metavar="FILE|URL|live",
            help="The manifest.json of the published site, whose addresses must still answer; `live` asks the site at its "
            "own address, where there may be none yet. The one in the output folder, if none is given.",
        ),
        "format": click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json", "github"]),
            default="text",
            show_default=True,
            help="How problems are printed: for people, for programs, or at the lines of a pull request.",
        ),
        "strict": click.option("--strict", is_flag=True, help="Let warnings stop the build, as errors do."),
        "workers": click.option(
            "--workers",
            type=click.IntRange(1, 64),
            metavar="N",
            help="How many processes read tables, draw pages and verify. As many as there are processors, if not given.",
        ),
        "no-cache": click.option("--no-cache", is_flag=True, help="Read every table anew and keep nothing for the next time."),
        "fetch": click.option(
            "--fetch", is_flag=True, help="Read files that are kept at a `url:` too, whole. Takes as long as they are large."
        ),
        "allow-plugins": ALLOW_PLUGINS,
        "for-folder": click.option("--for-folder", is_flag=True, help="Make links that work when the site is opened as files."),
        "quiet": click.option("-q", "--quiet", is_flag=True, help="Print problems and nothing else."),
        "verbose": click.option("-v", "--verbose", is_flag=True, callback=_noted,
                                help="Print advice too, and each stage with its time."),
    }

    def decorate(function: F) -> F:
        for name in reversed(names):
            function = every[name](function)
        return function

    return decorate
