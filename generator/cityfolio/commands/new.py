"""`cityfolio new`: the first catalog of a city."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cityfolio.begin import Hosts, begin
from cityfolio.recipes.recipes import CodeHostName, WebHostName
from cityfolio.speech import Speech


@click.command()
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
