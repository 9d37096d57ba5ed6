"""`cityfolio build`: the whole site."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from cityfolio.folders import lock_of, remove_left_lock
from cityfolio.options import environment, folders, kept_between_runs, moment_ns, options, program_folders, root_of, today
from cityfolio.problems import stops
from cityfolio.speech import Speech
from cityfolio.unchanged import Asked, Made, looked_through, remember

SITE_DEPENDS_ON = ("base_url", "as_of", "previous", "strict", "fetch", "for_folder", "allow_plugins")


def _timed(context: click.Context, _: click.Parameter, file: Path | None) -> None:
    if file:
        from cityfolio.commands.timings import timed

        context.with_resource(timed(file))


@click.command()
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
    "allow-plugins",
    "for-folder",
    "quiet",
    "verbose",
)
@click.option("--dask", metavar="ADDRESS",
              help="Let the workers of a Dask cluster read tables, make downloads and draw pages; its scheduler is at ADDRESS, "
              "such as tcp://10.0.0.5:8786. Pays for many or large files. Needs the extra `cluster`.")
@click.option("--dask-storage", metavar="ADDRESS", default="",
              help="The folder or bucket through which files travel between machines, as fsspec has addresses: "
              "file:///srv/shared, s3://bucket/folder. The cache folder, if all machines share it.")
@click.option("--timings", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", callback=_timed, expose_value=False,
              help="Write where the time went to FILE, as JSON, and beside it to a file .folded, for a flame graph.")
def build(form: str, quiet: bool, verbose: bool, **given: Any) -> None:  # Any: as the options declare
    """Build the site. The former one stays until the new one is written whole and verified."""
    speech, started = Speech.of(form, quiet=quiet, verbose=verbose), perf_counter()
    given |= dict(zip(("catalog", "output"), folders(given["catalog"], given["output"]), strict=True))
    keep = kept_between_runs(use=not given["no_cache"], catalog=given["catalog"])
    asked = Asked(catalog=given["catalog"], output=given["output"], program=program_folders(), environment=environment(),
                  today=today(), given={name: given[name] for name in SITE_DEPENDS_ON})
    made, sources = looked_through(asked, moment_ns(), keep)
    if made is None:
        made, is_built, plugins = _built(given, speech, started)
        if is_built and not plugins:     # of their files, and of what these read, it cannot be told whether they changed
            remember(asked, sources, made, keep)
    else:
        is_built = True
        remove_left_lock(lock_of(asked.output))
        speech.report(made.problems, root_of(asked.catalog))
        speech.say_unchanged(made, asked.output, perf_counter() - started)
    sys.exit(0 if is_built and not stops(made.problems, strict=given["strict"]) else 1)


def _built(given: dict[str, Any], speech: Speech, started: float) -> tuple[Made, bool, tuple[str, ...]]:  # Any: as declared
    """Build, and say what came of it; the last value names the plugins that were used."""
    from cityfolio.run_options import chosen_options
    from cityfolio.running import built
    from cityfolio.speech import made_of

    chosen = chosen_options(**given)
    with speech.progress() as progress:
        closing = built(chosen, progress)
    speech.report(closing.result.problems, root_of(chosen.catalog))
    speech.say_built(closing, perf_counter() - started)
    return made_of(closing.result), closing.result.is_built, closing.result.plugins
