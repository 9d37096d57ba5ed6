"""The command `cityfolio fmt`: the catalog's files written as one hand would have written them all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path, PurePosixPath

import click

from cityfolio.files import FolderTree, Node
from cityfolio.load.file_kinds import kind_of
from cityfolio.moving.folder import catalog_folder, shown, written
from cityfolio.options import options
from cityfolio.problems import Problem, stops
from cityfolio.review.formatting.formatted import formatted
from cityfolio.speech import Speech


@click.command("fmt")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@options("catalog")
@click.option("--check", "checking", is_flag=True, help="Change nothing; exit with 1 where a file would change.")
@click.option("--diff", "showing", is_flag=True, help="Change nothing; print what would change.")
@options("quiet")
def fmt(paths: tuple[Path, ...], checking: bool, showing: bool, **given: object) -> None:
    """Write the catalog's files in one way: keys in their order, long text wrapped, two spaces a level. Comments stay.

    All files of the catalog, or those named. What a file says never changes; one that cannot be read is left as it is.
    """
    folder = catalog_folder(Path(str(given["catalog"])))
    speech = Speech.of("text", quiet=bool(given["quiet"]), verbose=False)
    try:
        tree = FolderTree(folder)
        absent = next((path for path in paths if not path.exists()), None)
        if absent:
            raise click.UsageError(f"{absent} is not there.")
        chosen = [*_chosen(tree.nodes(), [_inside(folder, path) for path in paths])]
    except OSError as error:
        raise click.ClickException(f"{folder} could not be read: {error.strerror}") from error
    writes: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in chosen:
        kind = kind_of(path)
        if kind is None:
            continue
        body = tree.read(path)
        made = formatted(path, body, kind.record, is_text=kind.is_text)
        problems += made.problems
        if made.why:
            speech.say(f"{folder / path} is left as it is: {made.why}.")
        if made.body != body:
            writes[path] = made.body
            if showing:
                click.echo(_difference(folder / path, body, made.body), nl=False)
    is_dry = checking or showing
    problems += () if is_dry else written(folder, writes)
    speech.report(problems, shown(folder))
    for path in writes if is_dry and not showing else ():
        click.echo(f"{folder / path} would change")
    speech.say(f"{len(writes):,} of {len(chosen):,} files {'would change' if is_dry else 'changed'}.")
    sys.exit(1 if stops(problems, strict=False) or (checking and writes) else 0)


def _chosen(nodes: Iterable[Node], named: list[PurePosixPath]) -> Iterator[str]:
    """Every record of the catalog, or those that are named or lie in a folder that is named."""
    for node in nodes:
        path = PurePosixPath(node.path)
        if node.kind == "file" and kind_of(node.path) and (not named or any(path.is_relative_to(each) for each in named)):
            yield node.path


def _inside(folder: Path, path: Path) -> PurePosixPath:
    """A path that was given, as the catalog names it. Raises click.UsageError where it lies elsewhere."""
    try:
        return PurePosixPath(path.absolute().relative_to(folder.absolute()).as_posix())
    except ValueError:
        raise click.UsageError(f"{path} is not in the catalog {folder}.") from None


def _difference(path: Path, before: bytes, after: bytes) -> str:
    old, new = (body.decode("utf-8", "replace").splitlines(keepends=True) for body in (before, after))
    return "".join(unified_diff(old, new, path.as_posix(), path.as_posix()))
