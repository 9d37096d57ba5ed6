"""Build hook: bundles the theme's scripts and font, and says which files beside the package go into the wheel.

Runs for source archives, which carry the bundle so that they install without Node, for wheels and for editable installs.
Two builds of one state give the same bytes: what lies in them has the date of the newest release, not of the build.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent


sys.path.insert(0, str(HERE / "tools"))   # hatchling does not look there

import bundle  # noqa: E402
import changelog  # noqa: E402
import nodejs  # noqa: E402

NOT_IN_WHEEL = {"node_modules", "__pycache__", ".compiled", "package.json", "package-lock.json", bundle.STAMP.name}


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatchling calls."""

    def dependencies(self) -> list[str]:
        """Node as a wheel, where the bundle must be made and the machine has none."""
        return [] if bundle.is_fresh() or nodejs.node_on_path(nodejs.FOR_BUNDLING) else [nodejs.WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # Any: hatchling's own type
        """Make the bundle, and list the themes and the starter catalog among the wheel's files."""
        try:
            bundle.make()
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            # A wheel without scripts and font would be a loss that nobody sees. A checkout says so at every build.
            if version != "editable":
                raise
            self.app.display_warning(f"The theme is not bundled; pages work without its scripts and font. {error}")
        _date_archives()
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"].update(_files_for_wheel())


def _date_archives() -> None:
    # From a file that source archives carry too, because they have no commits. Before the first release hatchling's day stays.
    day = changelog.release_day((HERE / "CHANGELOG.md").read_text("utf-8"))
    if day is not None:
        moment = datetime.combine(day, time(), UTC)
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))


def _files_for_wheel() -> dict[str, str]:
    # Run by its file: the package is not installed yet.
    in_starter = runpy.run_path(str(HERE / "generator" / "cityfolio" / "starter.py"))["includes"]
    themes = {str(path): f"cityfolio/themes/{name}" for path, name in _below(HERE / "themes")}
    catalog = {str(path): f"cityfolio/starter/{name}" for path, name in _below(HERE / "catalog") if in_starter(name)}
    return themes | catalog


def _below(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not NOT_IN_WHEEL.intersection(name.parts):
            yield path, name.as_posix()
