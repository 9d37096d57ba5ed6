"""Finds the plugins of a build: installed ones that site.yaml names, and those of the catalog where the run allows them.

Nothing of a plugin is imported before it is known that it is to be used. A pull request can bring a file in `plugins/`, and the
word for an installed package; it cannot bring the allowance, which is given on the command line or by the environment.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from cityfolio.files import Node, Tree
from cityfolio.load.loaded import Loaded
from cityfolio.plugins.adding import NO_EXPORT
from cityfolio.plugins.fit import twice, unfit
from cityfolio.plugins.guard import Used, aside, words_of
from cityfolio.plugins.hooks import API, Plugin
from cityfolio.plugins.in_use import Plugins
from cityfolio.plugins.texts import a_kind
from cityfolio.problems import Location, Problem, did_you_mean
from cityfolio.program import files_digest

if TYPE_CHECKING:     # it takes longer to import than most builds have plugins
    from importlib.metadata import EntryPoint

GROUP = "cityfolio.plugins"
FOLDER = "plugins/"           # in the catalog
ALLOWANCE = "--allow-plugins"
AWAY = ("readers", "exports", "rows")      # hooks that are called in processes of their own
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NO_FILTER = "No filter named"     # as Jinja says it

Found = Used | Problem


def without_followers(found: Iterable[Problem], refused: Sequence[Problem]) -> list[Problem]:
    """Problems but those that only follow from a plugin which is not there: what asks for a filter or an export of it."""
    return [each for each in found if not (refused and (each.code, True) in (("theme-template", NO_FILTER in each.says),
                                                                            ("choice-unknown", NO_EXPORT in each.says)))]


def plugins_of(loaded: Loaded, tree: Tree, *, allows_own: bool) -> tuple[Plugins, tuple[Problem, ...]]:
    """The plugins that a catalog asks for, and what is wrong with any of them."""
    found: list[Found] = [*_installed(loaded), *_own(loaded, tree, allows_own=allows_own)]
    used = sorted((each for each in found if isinstance(each, Used)), key=lambda each: each.name)
    problems = [each for each in found if isinstance(each, Problem)]
    problems += twice(used)
    return Plugins(tuple(used)), tuple(problems)


def own_files(loaded: Loaded) -> tuple[Node, ...]:
    """The files of the catalog that are plugins."""
    return tuple(node for path, node in sorted(loaded.nodes.items())
                 if path.startswith(FOLDER) and path.endswith(".py") and path.count("/") == 1 and node.kind != "folder")


def _installed(loaded: Loaded) -> Iterator[Found]:
    names = loaded.site.record.plugins if loaded.site else ()
    if not names or loaded.site is None:
        return
    from importlib.metadata import entry_points

    known: dict[str, list[EntryPoint]] = defaultdict(list)
    for each in entry_points(group=GROUP):
        known[each.name].append(each)
    for place, name in enumerate(names):
        where = loaded.site.document.at("plugins", place)
        if name not in known:
            yield Problem(code="plugin-unknown", where=where, says=f'no plugin "{name}" is installed',
                          fix=f"{did_you_mean(name, known) if known else 'None is installed.'} Install its package where the "
                              "site is built, or take the name out.")
        elif len({each.value for each in known[name]}) > 1:
            yield _fault(name, where, "is in two packages that are installed")
        else:
            yield _imported(known[name][0], where)


def _imported(entry: EntryPoint, where: Location) -> Found:
    try:
        plugin = aside(entry.load)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever its module raises is told as its fault
        return _fault(entry.name, where, f"cannot be imported: {words_of(error)}")
    module = sys.modules[entry.module.partition(".")[0]]
    folder = _folder_of(module)
    version = entry.dist.version if entry.dist else ""
    digest = files_digest(folder, version) if Path(folder).exists() else version
    return _checked(plugin, entry.name, Used(plugin=plugin, where=where, folder=folder, digest=digest))


def _folder_of(module: ModuleType) -> str:
    """Where a package's modules lie; of a single module its file; "" where it has none."""
    file = getattr(module, "__file__", None)
    if hasattr(module, "__path__"):
        return next(iter(module.__path__), "")
    return str(Path(file)) if file else ""


def _own(loaded: Loaded, tree: Tree, *, allows_own: bool) -> Iterator[Found]:
    for node in own_files(loaded):
        where = Location(path=node.path)
        if not allows_own:
            yield Problem(code="plugin-refused", where=where,
                          says="this is a plugin, and code of a catalog is not run unless that is allowed",
                          fix=f"Read it, then build with {ALLOWANCE}; or take the file out of the catalog.")
        elif node.kind != "file":
            yield _fault(_stem(node.path), where, "is no file that can be read")
        else:
            yield _executed(node.path, tree, where)


def _executed(path: str, tree: Tree, where: Location) -> Found:
    name = _stem(path)
    try:
        body = tree.read(path)
        module = ModuleType(f"cityfolio_catalog_plugin_{name.replace('-', '_')}")
        module.__file__ = path
        sys.modules[module.__name__] = module     # dataclasses look up the module that they are declared in
        code = compile(body, path, "exec", dont_inherit=True)
        aside(partial(exec, code, module.__dict__))     # it was allowed, and is code
        plugin = module.__dict__.get("plugin")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever it raises is told as its fault
        line = error.lineno if isinstance(error, SyntaxError) else _line_in(path, error)
        return _fault(name, Location(path=path, line=line), f"cannot be run: {words_of(error)}")
    used = Used(plugin=plugin, where=where, folder=path, digest=sha256(body).hexdigest(), is_own=True)  # type: ignore[arg-type]
    return _checked(plugin, name, used)


def _line_in(path: str, error: BaseException) -> int | None:
    line, trace = None, error.__traceback__
    while trace is not None:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == path else line
        trace = trace.tb_next
    return line


def _checked(plugin: object, name: str, used: Used) -> Found:
    """A plugin as it is used, or what is wrong with what it says of itself."""
    if not isinstance(plugin, Plugin):
        return _fault(name, used.where, f"is {a_kind(plugin)} where a cityfolio.plugins.Plugin is asked for")
    if plugin.api != API:
        return Problem(code="plugin-api", where=used.where,
                       says=f'the plugin "{name}" was written for version {plugin.api!r} of the hooks; this program has {API}',
                       fix="Install the version of it that goes with this Cityfolio, or the Cityfolio that goes with it.")
    if plugin.name != name or not NAME.fullmatch(name):
        return _fault(name, used.where, f'calls itself "{plugin.name}", which has to be the name that it is found by, in '
                                        "lower-case letters, digits and hyphens")
    away = next((hook for hook in AWAY if getattr(plugin, hook)), "") if used.is_own else ""
    wrong = f"has {away}, which only an installed package can have" if away else next(unfit(plugin), None)
    return _fault(name, used.where, wrong) if wrong else used


def _stem(path: str) -> str:
    return path.removeprefix(FOLDER).removesuffix(".py")


def _fault(name: str, where: Location, says: str) -> Problem:
    return Problem(code="plugin-fault", where=where, says=f'the plugin "{name}" {says}',
                   fix="Mend it, or build without it.")
