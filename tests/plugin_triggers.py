"""What gives rise to the problems of plugins: a plugin of a few lines in the catalog, allowed or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cities import a_build, a_city, loaded
from cityfolio.build import Result, Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.problems import Problem
from cityfolio.publish.sinks import MemorySink, Sink

HEAD = ("from dataclasses import replace\n"
        "from cityfolio.plugins import Finding, Location, Plugin, PluginFile, PluginPage\n")
RULE = """\
def rule(loaded, build):
    for each in loaded.datasets.values():
        yield Finding(severity="{}", where=each.document.at("title"), says="a title is not all in capitals",
                      fix="Write it plainly.")
"""


def a_plugin(body: str, **hooks: str) -> str:
    """The text of a plugin `transit` with some functions, and the hooks that call them."""
    given = "".join(f", {hook}={value}" for hook, value in hooks.items())
    return f'{HEAD}{body}\nplugin = Plugin(name="transit", api=1{given})\n'


def built_with(plugin: str, *, allows: bool = True, sink: Sink | None = None, **changed: str | bytes | None) -> Result:
    """A build of the sound city with a plugin beside."""
    files: Mapping[str, str | bytes] = {**a_city(**changed), "plugins/transit.py": plugin}
    workshop = Workshop(tree=MemoryTree(files), sink=sink or MemorySink(), allows_plugins=allows)
    return build_site(loaded(files), a_build(), workshop)


def found_with(plugin: str, *, allows: bool = True, **changed: str | bytes | None) -> tuple[Problem, ...]:
    """What that build says, on a machine with or without the bundled scripts."""
    problems = built_with(plugin, allows=allows, **changed).problems
    return tuple(each for each in problems if each.code != "assets-unbundled")


def _ruled(severity: str) -> Callable[[Path], tuple[Problem, ...]]:
    return lambda _: found_with(a_plugin(RULE.format(severity), rules="(rule,)"))


PLUGIN_TRIGGERS: Mapping[str, Callable[[Path], tuple[Problem, ...]]] = {
    "plugin-refused": lambda _: found_with(a_plugin(""), allows=False),
    "plugin-api": lambda _: found_with(a_plugin("").replace("api=1", "api=2")),
    "plugin-fault": lambda _: found_with(a_plugin('def amend(catalog, build):\n    raise ValueError("no such stop")\n',
                                                  amend="amend")),
    "plugin-error": _ruled("error"),
    "plugin-warning": _ruled("warning"),
    "plugin-advice": _ruled("advice"),
}
