"""The command `cityfolio schema`: JSON Schema of the catalog's files, for editors."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cityfolio.editor_schema import json_schema, schema_names, schema_text
from cityfolio.files import replace_file
from cityfolio.problems import did_you_mean


@click.command("schema")
@click.argument("kind", required=False)
@click.option("--output", "folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
              help="Write the schema of every kind of file into DIR, one file each.")
def schema(kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of one KIND of file, such as dataset, or write all of them into a folder.

    An editor that reads them completes and checks keys as they are typed. Without KIND and DIR the kinds are listed.
    """
    names = schema_names()
    if kind is not None and kind not in names:
        raise click.UsageError(f'there is no kind of file "{kind}". {did_you_mean(kind, names, limit=len(names))}')
    if folder is not None:
        for name in [kind] if kind else names:
            try:
                replace_file(folder / f"{name}.schema.json", schema_text(json_schema(names[name])).encode())
            except OSError as error:
                raise click.ClickException(f"{folder} could not be written: {error.strerror}") from error
        click.echo(f"{folder} holds {'the schema' if kind else f'{len(names)} schemas'} now.")
    elif kind is None:
        click.echo("\n".join(names))
    else:
        click.echo(schema_text(json_schema(names[kind])), nl=False)
    sys.exit(0)
