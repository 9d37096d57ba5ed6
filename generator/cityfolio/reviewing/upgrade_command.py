"""The command `cityfolio upgrade`: a catalog's files as today's model wants them, as a change that people can review."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

import click

from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from cityfolio.moving.folder import catalog_folder, shown, written
from cityfolio.options import options
from cityfolio.problems import Problem
from cityfolio.publish.manifest import previous_manifest
from cityfolio.review.twins_gone import kinds_beside
from cityfolio.review.upgrade.steps import Known
from cityfolio.review.upgrade.upgraded import Upgraded, upgraded
from cityfolio.speech import Speech


@click.command("upgrade")
@click.argument("catalog", default="catalog", type=click.Path(path_type=Path))
@click.option("--check", "checking", is_flag=True, help="Change nothing; exit with 1 where there is something to do.")
@click.option("--diff", "showing", is_flag=True, help="Change nothing; print what would change.")
@options("output", "previous", "quiet")
def upgrade(catalog: Path, checking: bool, showing: bool, **given: object) -> None:
    """Bring the files of CATALOG to the model of this version: keys that were renamed, settings that are needed now.

    What a file says stays the same, and so do its comments, the order of its keys and every other byte. Each change is told
    file by file; look at it with `git diff` before you commit it. A second run finds nothing to do.

    What the published site has is read from its manifest: from the one in the output folder, or from --previous.
    """
    folder = catalog_folder(catalog)
    speech = Speech.of("text", quiet=bool(given["quiet"]), verbose=False)
    try:
        tree = FolderTree(folder)
        known, unread = _known(folder, tree, given)
        found = [*upgraded(tree, known)]
    except OSError as error:
        raise click.ClickException(f"{folder} could not be read: {error.strerror}") from error
    changed = [each for each in found if each.after != each.before]
    problems = [*unread, *(problem for each in found for problem in each.problems)]
    is_dry = checking or showing
    problems += () if is_dry else written(folder, {each.path: each.after for each in changed})
    speech.report(problems, shown(folder))
    _tell(folder, changed, speech, showing=showing)
    verb = "would change" if is_dry else "changed"
    speech.say(f"{len(changed):,} file{'' if len(changed) == 1 else 's'} {verb}." if changed else "There is nothing to do.")
    if not known.is_site_known:
        speech.say("No former site was looked at. Where one is published, name its manifest.json with --previous.")
    sys.exit(1 if problems or (checking and changed) else 0)


def _known(folder: Path, tree: FolderTree, given: dict[str, object]) -> tuple[Known, Sequence[Problem]]:
    """What the former site tells, from where the catalog's own address may lead to it."""
    site = load(tree, only=lambda path: path == "site.yaml").site
    output = Path("../output") if folder == Path() and given["output"] == Path("output") else Path(str(given["output"]))
    address = (site.record.base_url or "") if site else ""
    previous, problems = previous_manifest(str(given["previous"] or "") or None, output, address)
    return Known(beside=kinds_beside(previous), is_site_known=previous is not None), problems


def _tell(folder: Path, changed: Sequence[Upgraded], speech: Speech, *, showing: bool) -> None:
    for each in changed:
        path = (folder / each.path).as_posix()
        if showing:
            old, new = (body.decode("utf-8", "replace").splitlines(keepends=True) for body in (each.before, each.after))
            click.echo("".join(unified_diff(old, new, path, path)), nl=False)
            continue
        click.echo(path)
        for said in each.said:
            speech.say(f"  {said}.")
