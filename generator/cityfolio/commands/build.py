"""`cityfolio build`: the whole site."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from cityfolio.options import environment, folders, kept_between_runs, moment_ns, options, program_folders, root_of, today
from cityfolio.problems import stops
from cityfolio.speech import Speech
from cityfolio.unchanged import Asked, Made, made_before, remember, sources_of

SITE_DEPENDS_ON = ("base_url", "as_of", "previous", "strict", "fetch", "for_folder")


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
    "for-folder",
    "quiet",
    "verbose",
)
@click.option("--timings", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", callback=_timed, expose_value=False,
              help="Write where the time went to FILE, as JSON, and beside it to a file .folded, for a flame graph.")
def build(form: str, quiet: bool, verbose: bool, **given: Any) -> None:  # Any: as the options declare
    """Build the site. The former one stays until the new one is written whole and verified."""
    speech, started = Speech.of(form, quiet=quiet, verbose=verbose), perf_counter()
    given |= dict(zip(("catalog", "output"), folders(given["catalog"], given["output"]), strict=True))
    keep = kept_between_runs(use=not given["no_cache"])
    asked = Asked(catalog=given["catalog"], output=given["output"], program=program_folders(), environment=environment(),
                  today=today(), given={name: given[name] for name in SITE_DEPENDS_ON})
    sources = sources_of(asked, moment_ns())
    made = made_before(asked, sources, keep)
    if made is None:
        made, is_built = _built(given, speech, started)
        if is_built:
            remember(asked, sources, made, keep)
    else:
        is_built = True
        speech.report(made.problems, root_of(asked.catalog))
        speech.say_unchanged(made, asked.output, perf_counter() - started)
    sys.exit(0 if is_built and not stops(made.problems, strict=given["strict"]) else 1)


def _built(given: dict[str, Any], speech: Speech, started: float) -> tuple[Made, bool]:    # Any: as the options declare
    """Build, and say what came of it."""
    from cityfolio.run_options import chosen_options
    from cityfolio.running import built
    from cityfolio.speech import made_of

    chosen = chosen_options(**given)
    with speech.progress() as progress:
        closing = built(chosen, progress)
    speech.report(closing.result.problems, root_of(chosen.catalog))
    speech.say_built(closing, perf_counter() - started)
    return made_of(closing.result), closing.result.is_built
