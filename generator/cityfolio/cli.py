"""The command line: arguments to calls, results to words."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from cityfolio import __version__
from cityfolio.lazy_commands import LazyGroup
from cityfolio.options import options
from cityfolio.problems import stops
from cityfolio.speech import Speech

if TYPE_CHECKING:
    from cityfolio.recipes.recipes import CodeHostName, WebHostName

# Where each command is that is imported only when it is called.
LATER = {
    "assess": "cityfolio.keeping.assess_command:assess",
    "deploy": "cityfolio.deploying.deploy_command:deploy",
    "describe": "cityfolio.describe.command:describe",
    "diff": "cityfolio.reviewing.diff_command:diff_command",
    "harvest": "cityfolio.moving.harvest_command:harvest_sources",
    "health": "cityfolio.keeping.health_command:health",
    "links": "cityfolio.keeping.links_command:links",
    "measures": "cityfolio.measuring.commands:measures",
    "privacy": "cityfolio.keeping.privacy_command:privacy",
    "sheet": "cityfolio.moving.sheet_command:sheet",
    "export": "cityfolio.moving.export_command:export_catalog",
    "import": "cityfolio.moving.import_command:import_catalog",
    "usage": "cityfolio.keeping.usage_command:usage",
    "fmt": "cityfolio.reviewing.fmt_command:fmt",
    "owners": "cityfolio.reviewing.owners_command:owners",
    "schema": "cityfolio.reviewing.schema_command:schema",
    "set": "cityfolio.reviewing.set_command:set_value",
}


@click.group(cls=LazyGroup, later=LATER, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cityfolio")
def main() -> None:
    """Turn a city's YAML and data files into its public data portal, a static site.

    Start with `cityfolio new DIR`. In that folder, `cityfolio build` writes the site and `cityfolio serve` shows it while you
    edit. `cityfolio check` says what is wrong without building.

    Exit codes: 0 fine, 1 problems were found, 2 the command was used wrongly, 3 the machine ended it: a full disk, say.
    """
    for stream in (sys.stdout, sys.stderr):
        # A file name need not be text; it is shown with its odd bytes escaped.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@main.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@options("catalog", "base-url", "as-of", "format", "strict", "fetch", "workers", "no-cache", "quiet", "verbose")
def check(paths: tuple[Path, ...], form: str, quiet: bool, verbose: bool, **given: Any) -> None:  # Any: as the options declare
    """Say what is wrong with a catalog, all at once, without building it.

    With PATH, a file of the catalog or the folder of a dataset, look at that alone: quick enough for after each save.
    """
    from cityfolio.checking import check_paths, check_whole

    speech = Speech.of(form, quiet=quiet, verbose=verbose)
    given |= {"output": Path("output")}
    problems = check_paths(paths, speech, given) if paths else check_whole(speech, given)
    sys.exit(1 if stops(problems, strict=bool(given["strict"])) else 0)


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
    from cityfolio.run_options import chosen_options, root_of
    from cityfolio.running import built

    speech = Speech.of(form, quiet=quiet, verbose=verbose)
    chosen = chosen_options(**given)
    started = perf_counter()
    with speech.progress() as progress:
        closing = built(chosen, progress)
    speech.report(closing.result.problems, root_of(chosen.catalog))
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
    """Show the site on this machine, and follow every change. What is wrong stands on the page that it is about.

    Drafts are shown too. The whole site is written to the output folder a little later, without them.
    """
    try:
        from cityfolio.serving import making, server
    except ImportError as error:
        raise click.ClickException(f"serving needs the package {error.name}: pip install 'cityfolio[serve]'") from error
    from cityfolio.pages.templates import themes_root
    from cityfolio.run_options import chosen_options

    speech = Speech.of("text", quiet=quiet, verbose=verbose)
    chosen = chosen_options(**given)
    if not server.is_free(port):
        raise click.ClickException(f"port {port} is taken; name another with --port, or 0 for any that is free")
    speech.say("Reading the catalog.")
    with making.making(chosen, speech) as work:
        server.serve(output=chosen.output, watch=(chosen.catalog, themes_root()), work=work, port=port, ready=speech.say)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--ci", "code", type=click.Choice(["github", "gitlab"]),
              help="Write what checks, previews and publishes the catalog on this code host.")
@click.option("--host", "web", type=click.Choice(["pages", "netlify", "cloudflare", "s3", "none"]), default="none",
              show_default=True, help="Where that publishes the site; pages are those of the code host.")
def new(folder: Path, code: CodeHostName | None, web: WebHostName) -> None:
    """Start a catalog in DIR: a small one to change into your own.

    With --ci, what a code host needs is written too: also into a DIR that holds a catalog already, and then nothing that is
    there is changed.
    """
    from cityfolio.begin import Hosts, begin

    if code is None and web != "none":
        raise click.UsageError("--host says where a code host publishes the site: name that with --ci.")
    begun = begin(folder, Hosts(code=code, web=web))
    speech = Speech.of("text", quiet=False, verbose=False)
    speech.report(begun.problems, "")
    if begun.problems:
        sys.exit(1)
    if "catalog/site.yaml" in begun.written:
        speech.say(f"{folder} holds a catalog now. Next:\n\n  cd {folder}\n  cityfolio build\n  cityfolio serve")
    else:
        speech.say("\n".join(["Written:", *(f"  {folder / each}" for each in begun.written or ("nothing",))]))
    if begun.kept:
        speech.say("\n".join(["There already, and left as it is:", *(f"  {folder / each}" for each in begun.kept)]))
    if begun.others:
        speech.say("Of these, not what this command would write. Take away what should be written anew, and run it again:\n"
                   + "\n".join(f"  {folder / each}" for each in begun.others))
