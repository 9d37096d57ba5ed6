"""The command `cityfolio owners`: who is asked about a change of which file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cityfolio.files import read_bytes, replace_file
from cityfolio.moving.folder import catalog_folder, opened, shown
from cityfolio.options import options
from cityfolio.problems import count
from cityfolio.recipes.owners import owners_text
from cityfolio.speech import Speech


@click.command("owners")
@click.option("--output", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), default="CODEOWNERS",
              show_default=True, help="The file to write: in the root of the repository, or there in .github, .gitlab or docs.")
@click.option("--check", "checking", is_flag=True, help="Write nothing; exit with 1 where the file is not as it should be.")
@options("catalog", "quiet")
def owners(file: Path, checking: bool, catalog: Path, quiet: bool) -> None:
    """Write CODEOWNERS: who is asked about a change of which file, by the key `owners:` of publishers.

    GitHub and GitLab read it in the root of a repository. Run it again when a dataset is added or changes its publisher.
    """
    folder = catalog_folder(catalog)
    speech = Speech.of("text", quiet=quiet, verbose=False)
    _, loaded = opened(folder)
    if count(loaded.problems, "error"):
        speech.report([each for each in loaded.problems if each.severity == "error"], shown(folder))
        sys.exit(1)
    # Code hosts look into these folders too; paths begin at the root of the repository all the same.
    root = file.parent.parent if file.parent.name in (".github", ".gitlab", "docs") else file.parent
    text = owners_text(loaded, os.path.relpath(folder, root).replace(os.sep, "/")).encode()
    try:
        former = read_bytes(file)
    except OSError:
        former = b""        # it is not there yet, or cannot be read, and then writing says why
    if former == text:
        speech.say(f"{file} is as it should be.")
        return
    if checking:
        click.echo(f"{file} is not as the catalog says: run `cityfolio owners`.")
        sys.exit(1)
    try:
        replace_file(file, text)
    except OSError as error:
        raise click.ClickException(f"{file} could not be written: {error.strerror}") from error
    speech.say(f"{file} is written.")
