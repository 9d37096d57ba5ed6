"""Whether what a plugin gives can be used: each hook holds what can be called, and nothing has a name that is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2.filters import FILTERS

from cityfolio.plugins.guard import Used, can_travel
from cityfolio.plugins.hooks import HOOKS, Plugin, PluginExport, PluginKind, PluginRows
from cityfolio.plugins.texts import PAGES, SOURCE, is_text
from cityfolio.problems import Problem
from cityfolio.publish.deploying.addresses import KINDS
from cityfolio.search.kinds import KINDS as KINDS_OF_SEARCH
from cityfolio.tables.readers import READERS

NAMED = ("filters", "targets", "readers")     # the hooks that map names to functions
# The hooks that hold more than functions: of which type each thing is, and what can be called of it.
HELD: Mapping[str, tuple[type, Callable[[Any], Iterable[object]]]] = {     # Any: of that type
    "exports": (PluginExport, lambda each: (each.write, each.fits)),
    "kinds": (PluginKind, lambda each: () if each.things is None else (each.things,)),
    "rows": (PluginRows, lambda each: (each.things, each.fits)),
}
ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
ENDING = re.compile(r"[a-z][a-z0-9]{0,11}(?:\.[a-z][a-z0-9]{0,11})?")
MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]{0,100}")
# What a browser would run or draw as if it were a page of the site, by the endings of names.
RUNS: Mapping[str, str] = {"html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "svg": "image/svg+xml",
                           "js": "text/javascript", "mjs": "text/javascript", "css": "text/css"}
OUR_KINDS = frozenset({PAGES, *(each.name for each in KINDS_OF_SEARCH)})
NO_ID = "no word of lower-case letters, digits and hyphens, or is there twice"
AWAY = "what is no function of a module, so no other process could be told of it"


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
    yield from _unfit_exports(plugin)
    yield from _unfit_kinds(plugin)


def _unfit_exports(plugin: Plugin) -> Iterator[str]:
    ids = [each.id for each in plugin.exports]
    for each in plugin.exports:
        if not (_is_id(each.id) and ids.count(each.id) == 1):
            yield f'has the export "{each.id}", whose id is {NO_ID}'
        if not (is_text(each.ending) and ENDING.fullmatch(each.ending)) or each.ending.rpartition(".")[2] in RUNS:
            yield f'has the export "{each.id}" with the ending "{each.ending}", which no file of data has'
        if not (is_text(each.media_type) and MEDIA_TYPE.fullmatch(each.media_type)) or each.media_type in RUNS.values():
            yield f'has the export "{each.id}" of the media type "{each.media_type}", which no file of data is of'
        if not (is_text(each.label) and each.label.strip()):
            yield f'has the export "{each.id}" without a label'
        if not can_travel(each.write):
            yield f'has the export "{each.id}", which is written by {AWAY}'


def _unfit_kinds(plugin: Plugin) -> Iterator[str]:
    ids = [each.id for each in plugin.kinds]
    of_rows = {str(each.kind) for each in plugin.rows}
    for each in plugin.kinds:
        if not (_is_id(each.id) and ids.count(each.id) == 1):
            yield f'has the kind "{each.id}", whose id is {NO_ID}'
        if each.id in OUR_KINDS:
            yield f'has the kind "{each.id}", which is one of Cityfolio\'s'
        if not _has_headings(each.titles):
            yield f'has the kind "{each.id}" without a heading in English (`titles={{"en": "Routes"}}`)'
        if each.things is None and each.id not in of_rows:
            yield f'has the kind "{each.id}", of which there is nothing: it has no `things`, and no `rows` are of it'
    for kind in sorted(of_rows - set(map(str, ids))):
        yield f'has rows of the kind "{kind}", which is not among its `kinds`'
    if not all(can_travel(each.things) for each in plugin.rows):
        yield f"has rows that are told by {AWAY}"


def _has_headings(titles: object) -> bool:
    if not isinstance(titles, Mapping) or SOURCE not in titles:
        return False
    return all(is_text(each) and each.strip() for pair in titles.items() for each in pair)


def _is_id(given: object) -> bool:
    return is_text(given) and ID.fullmatch(str(given)) is not None


def _calls(hook: str, given: object) -> Iterable[object] | None:
    """What a hook holds; None where it is of another form than it should be."""
    if hook == "amend":
        return () if given is None else (given,)
    if hook in HELD:
        kind, calls = HELD[hook]
        is_sound = isinstance(given, Sequence) and all(isinstance(each, kind) for each in given)
        return [call for each in given for call in calls(each)] if is_sound and isinstance(given, Sequence) else None
    if hook in NAMED:
        return given.values() if isinstance(given, Mapping) and all(isinstance(each, str) for each in given) else None
    return given if isinstance(given, Sequence) and not isinstance(given, str) else None


def twice(used: Sequence[Used]) -> Iterator[Problem]:
    """Names that two plugins have, and what two of them call the same."""
    taken: dict[tuple[str, str], Used] = {}
    for each in used:
        own = [("name", each.name), *((hook, name) for hook in NAMED for name in getattr(each.plugin, hook)),
               *(("kinds", kind.id) for kind in each.plugin.kinds)]
        for what in own:
            other = taken.setdefault(what, each)
            if other is not each:
                says = f'has {what[0].removesuffix("s")} "{what[1]}", as has the plugin "{other.name}"'
                yield each.fault(says, fix="Use one of the two.")
