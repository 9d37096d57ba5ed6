"""Whether what a plugin gives can be used: each hook holds what can be called, and nothing has a name that is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jinja2.filters import FILTERS

from cityfolio.plugins.guard import Used, can_travel
from cityfolio.plugins.hooks import HOOKS, Plugin
from cityfolio.problems import Problem
from cityfolio.publish.deploying.addresses import KINDS
from cityfolio.tables.readers import READERS

NAMED = ("filters", "targets", "readers")     # the hooks that map names to functions


def unfit(plugin: Plugin) -> Iterator[str]:
    """What is wrong with what a plugin gives, as what it does."""
    for hook in HOOKS:
        calls = _calls(hook, getattr(plugin, hook))
        if calls is None or not all(map(callable, calls)):
            yield f"has something in `{hook}` that cannot be called"
            return
    if taken := sorted(FILTERS.keys() & plugin.filters):
        yield f'has the filter "{taken[0]}", which templates know as something else'
    if ours := sorted(KINDS.keys() & plugin.targets):
        yield f'has the target "{ours[0]}", which is one of Cityfolio\'s'
    if read := sorted({name.casefold() for name in READERS} & {name.casefold() for name in plugin.readers}):
        yield f"has a reader of {read[0].upper()}, which Cityfolio itself reads"
    if not all(map(can_travel, plugin.readers.values())):
        yield "has a reader that is no function of a module, so no other process could be told of it"


def _calls(hook: str, given: object) -> Iterable[object] | None:
    """What a hook holds; None where it is of another form than it should be."""
    if hook == "amend":
        return () if given is None else (given,)
    if hook in NAMED:
        return given.values() if isinstance(given, Mapping) and all(isinstance(each, str) for each in given) else None
    return given if isinstance(given, Sequence) and not isinstance(given, str) else None


def twice(used: Sequence[Used]) -> Iterator[Problem]:
    """Names that two plugins have, and what two of them call the same."""
    taken: dict[tuple[str, str], Used] = {}
    for each in used:
        own = [("name", each.name), *((hook, name) for hook in NAMED for name in getattr(each.plugin, hook))]
        for what in own:
            other = taken.setdefault(what, each)
            if other is not each:
                says = f'has {what[0].removesuffix("s")} "{what[1]}", as has the plugin "{other.name}"'
                yield each.fault(says, fix="Use one of the two.")
