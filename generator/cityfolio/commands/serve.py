"""`cityfolio serve`: the site on this machine, while it is edited."""

from __future__ import annotations

from typing import Any

import click

from cityfolio.options import options
from cityfolio.speech import Speech


@click.command()
@options("catalog", "output", "base-url", "as-of", "workers", "no-cache", "allow-plugins", "quiet", "verbose")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on this machine; 0 takes any that is free.",
)
def serve(port: int, quiet: bool, verbose: bool, **given: Any) -> None:  # Any: as the options declare
    """Show the site on this machine, and follow every change. What is wrong stands on the page that it is about.

    Drafts are shown too. The whole site is written to the output folder a little later, without them.
    """
    try:
        from cityfolio.serving import making, server
    except ImportError as error:
        raise click.ClickException(f"serving needs the package {error.name}: pip install 'cityfolio[serve]'") from error
    from cityfolio.folders import themes_root
    from cityfolio.rings import usual_looks_for_rings
    from cityfolio.run_options import chosen_options

    speech = Speech.of("text", quiet=quiet, verbose=verbose)
    chosen = chosen_options(**given)
    if not server.is_free(port):
        raise click.ClickException(f"port {port} is taken; name another with --port, or 0 for any that is free")
    speech.say("Reading the catalog.")
    usual_looks_for_rings()
    with making.making(chosen, speech) as work:
        server.serve(output=chosen.output, watch=(chosen.catalog, themes_root()), work=work, port=port, ready=speech.say)
