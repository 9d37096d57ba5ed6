"""The command `cityfolio theme`: arguments to calls, results to words."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click
from click.core import ParameterSource

from cityfolio.moving.folder import catalog_folder, opened, shown
from cityfolio.options import options
from cityfolio.problems import Problem
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.refusals import Unwritable
from cityfolio.speech import Speech
from cityfolio.theming.gallery import Gallery, gallery, write_gallery
from cityfolio.theming.showing import URL


@click.group("theme")
def theme() -> None:
    """See what a theme makes of the site."""


@theme.command("gallery")
@options("catalog")
@click.option("-o", "--output", default="gallery", show_default=True, type=click.Path(path_type=Path, file_okay=False),
              metavar="DIR", help="Where to write it; a former gallery there is replaced.")
def theme_gallery(catalog: Path, output: Path) -> None:
    """Write a page that shows every component of the theme in every state, and the pages of the invented city they are from.

    They look as the catalog's own site does: its theme, its color and font, its templates and styles in `theme/`. Without a
    catalog, they look as the theme that comes along. Nothing of the catalog itself is shown.
    """
    folder = catalog_folder(catalog)
    speech = Speech.of("text", quiet=False, verbose=False)
    is_asked = click.get_current_context().get_parameter_source("catalog") is not ParameterSource.DEFAULT
    tree, loaded = opened(folder) if folder.is_dir() or is_asked else (None, None)
    unread = _unread(loaded.problems) if loaded else ()
    made = Gallery(problems=unread) if unread else gallery(loaded.site if loaded else None, tree)
    speech.report(made.problems, shown(folder))
    if not made.outputs:
        sys.exit(1)
    try:
        write_gallery(made.outputs, FolderSink(output, apart_from=(folder,) if tree else ()))
    except Unwritable as refused:
        told: tuple[Problem, ...] = (refused.problem,)
        speech.report(told, "")
        sys.exit(1)
    speech.say(f"Written. Open {output / URL.strip('/') / 'index.html'} in a browser.")


def _unread(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What keeps the settings from being read: a gallery without them would look as no site of the city does."""
    return tuple(each for each in problems if each.severity == "error" and each.where.path in ("", "site.yaml"))
