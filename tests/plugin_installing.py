"""A plugin of a few lines that is installed: its module on the path and its entry point beside it, as pip leaves them.

    city = installed(tmp_path, monkeypatch, "def write(table, stream): ...", exports="(PluginExport(...),)")
    city.built(**{"site.yaml": ...})
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cities import SITE, a_build, a_city, loaded
from cityfolio.build import Result, Workshop, build_site
from cityfolio.cache import Keep, NoCache
from cityfolio.files import MemoryTree
from cityfolio.model.site import Output
from cityfolio.problems import Problem
from cityfolio.publish.sinks import MemorySink
from pages.reader import ReadPage, read

IMPORTS = ("from cityfolio.plugins import (Findable, Plugin, PluginExport, PluginKind, PluginRows, Unfit, rows_with,\n"
           "                               typed_rows)\n")
NAMED = f"{SITE}base_url: https://data.example.gov\nplugins: [transit]\n"


@dataclass(frozen=True)
class Installed:
    """The sound city on a machine where the plugin `transit` is installed."""

    module: Path
    cache: Keep = field(default_factory=NoCache)
    sink: MemorySink = field(default_factory=MemorySink)

    def built(self, *, site: str = NAMED, for_folder: bool = False, **changed: str | bytes | None) -> Result:
        """A build, over the one before."""
        files: Mapping[str, str | bytes] = {**a_city(**changed), "site.yaml": site}
        build = a_build(for_folder=for_folder)
        return build_site(loaded(files), build, Workshop(tree=MemoryTree(files), sink=self.sink, cache=self.cache))

    def found(self, **given: Any) -> list[Problem]:     # Any: what `built` takes
        """What a build says, on a machine with or without the bundled scripts."""
        return [each for each in self.built(**given).problems if each.code != "assets-unbundled"]

    def json(self, path: str) -> Any:     # Any: JSON
        """A file of the site."""
        return json.loads(self.sink.site[path])

    def text(self, path: str) -> str:
        """A file of the site."""
        return self.sink.site[path].decode()

    def page(self, url: str) -> ReadPage:
        """A page of the site, as a reader meets it."""
        body = self.sink.site[f"{url.removeprefix('/')}index.html"]
        return read(Output(url=url, body=body, media_type="text/html", kind="page", source=""))


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str, cache: Keep | None = None, **hooks: str) -> Installed:
    """The city, with a plugin of these functions, and the hooks that call them."""
    given = "".join(f", {hook}={value}" for hook, value in hooks.items())
    return installed_as(folder, monkeypatch, f'{IMPORTS}{body}\nplugin = Plugin(name="transit", api=1{given})\n', cache)


def installed_as(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, cache: Keep | None = None) -> Installed:
    """The city, with a plugin that is written as it is."""
    # No two tests may share a module: Python imports each name once.
    name = f"transit_{folder.name.replace('-', '_')}"
    (folder / f"{name}.py").write_text(text)
    facts = folder / "transit-1.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: transit\nVersion: 1\n")
    (facts / "entry_points.txt").write_text(f"[cityfolio.plugins]\ntransit = {name}:plugin\n")
    monkeypatch.syspath_prepend(folder)
    return Installed(folder / f"{name}.py", cache or NoCache())
