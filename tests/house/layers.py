"""Reads the package's source as a tree and finds what the house does not allow. Each rule gives one line a fault."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "generator" / "cityfolio"

# From the top of the house to its floor. A room may use its neighbors and what lies below, never what lies above.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("commands",),
    ("serving", "checking", "running", "run_options", "speech", "begin",
     "options", "describe", "moving", "measuring", "keeping", "reviewing", "deploying", "translating",
     "theming"),
    ("build", "unchanged"),
    ("inspecting", "site_files", "site_languages"),
    # Plugins add to pages, files and tables, so their types are told in those of all these rooms, and none of these knows them.
    ("pages", "feeds", "search", "publish", "review", "recipes", "migrate", "fetch", "clusters", "plugins", "settings",
     "reference", "editor_schema"),
    ("link", "check", "measures", "practice", "privacy", "load", "tables"),
    ("model",),
    ("problems", "codes", "files", "folders", "cache", "program", "revision", "revision_log", "starter", "lazy_commands",
     "machine_faults", "rings", "lately", "arrow_alone", "copies", "without_pandas", "memory", "annex", "seen", "frozen"),
    ("__init__",),
)
BELOW_MODEL = ("model", "problems", "frozen")
MAY_OPEN_FILES = ("files", "folders", "tables")
# What a run is told from outside is read here, once, and passed on.
MAY_ASK_THE_WORLD = ("cli", "options", "serving", "settings", "revision", "folders")
# The last two under --fetch and --dask alone.
MAY_USE_THE_NETWORK = (*MAY_ASK_THE_WORLD, "publish", "migrate", "fetch", "clusters")

OPENING_NAMES = {"open"}
OPENING_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes"}
OPENING_CALLS = {f"{module}.open" for module in ("os", "io", "codecs", "gzip", "bz2", "lzma", "tarfile")} | {"os.fdopen"}
OPENING_MODULES = {"shutil", "tempfile", "fileinput"}
WORLD_NAMES = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "os.getenv", "os.environ", "os.getcwd",
    "Path.cwd",
}
WORLD_MODULES = {"random", "secrets", "uuid", "getpass", "locale"}
NETWORK_MODULES = {"socket", "http.client", "urllib.request", "ftplib", "smtplib", "aiohttp", "distributed", "fsspec",
                   "fsspec.asyn", "fsspec.implementations.http", "fsspec.implementations.ftp"}

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 60
MOST_PARAMETERS = 5
ANOTHERS_SIGNATURE = {
    "model.keys.key",                       # dataclasses.field
    "publish.manifest.redirect_request",    # urllib.request.HTTPRedirectHandler
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "base"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)     # without slots, so that its tree can be kept
class Module:
    """One source file: its name below the package ("pages.routes", "pages" for a package's own file), and its tree."""

    name: str
    text: str

    @property
    def room(self) -> str:
        """The module or folder right under the package that it belongs to."""
        return self.name.partition(".")[0]

    @cached_property
    def tree(self) -> ast.Module:
        """The source, parsed."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in the tree, gone through once for all rules."""
        return tuple(ast.walk(self.tree))


def package() -> tuple[Module, ...]:
    """Every module of the installed source."""
    return modules({path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")})


def modules(sources: Mapping[str, str]) -> tuple[Module, ...]:
    """Modules from source text by path below the package."""
    names = {path: path.removesuffix(".py").replace("/", ".") for path in sources}
    return tuple(Module(name.removesuffix(".__init__"), sources[path]) for path, name in sorted(names.items()))


def imports(module: Module, known: set[str]) -> Iterator[tuple[str, int]]:
    """The package's modules that a module imports, anywhere in it, each with the line."""
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "cityfolio":
            home = node.module.partition(".")[2]
            for alias in node.names:
                inner = f"{home}.{alias.name}".strip(".")
                yield (inner if inner in known else home or "__init__"), node.lineno
        elif isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[2] or "__init__", node.lineno) for alias in node.names
                        if alias.name.partition(".")[0] == "cityfolio")
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield f"(relative) {node.module or ''}", node.lineno


def wrong_arrows(found: tuple[Module, ...]) -> list[str]:
    """Imports that point up, and rooms that stand on no layer."""
    heights = {room: height for height, layer in enumerate(LAYERS) for room in layer}
    known = {module.name for module in found}
    faults = [f"{module.room}: not in LAYERS of tests/house/layers.py; say where it belongs"
              for module in found if module.room not in heights]
    for module in found:
        for target, line in imports(module, known):
            room = target.partition(".")[0]
            if heights.get(room, -1) < heights.get(module.room, -1):
                faults.append(f"{module.name}:{line} imports {target}, which lies above it")
            if module.room == "model" and room not in BELOW_MODEL:
                faults.append(f"{module.name}:{line} imports {target}; the model may only import problems and frozen")
    return faults


def cycles(found: tuple[Module, ...]) -> list[str]:
    """Modules that import one another in a ring, and rooms that do."""
    known = {module.name for module in found}
    between_modules: dict[str, set[str]] = {module.name: set() for module in found}
    between_rooms: dict[str, set[str]] = {module.room: set() for module in found}
    for module in found:
        for target, _ in imports(module, known):
            between_modules[module.name] |= {target} - {module.name}
            between_rooms[module.room] |= {target.partition(".")[0]} - {module.room}
    return [ring for ring in map(_ring, (between_modules, between_rooms)) if ring]


def _ring(arrows: Mapping[str, set[str]]) -> str:
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return " <- ".join(error.args[1])
    return ""


def opened_files(found: tuple[Module, ...]) -> list[str]:
    """Places that open, write or copy files outside the rooms that may."""
    return [f"{module.name}:{line} {what}" for module in found if module.room not in MAY_OPEN_FILES
            for what, line in (*_opens(module), *_uses(module, OPENING_CALLS, OPENING_MODULES))]


def questions_to_the_world(found: tuple[Module, ...]) -> list[str]:
    """Places that read the clock, the environment, chance or the working directory."""
    return [f"{module.name}:{line} {what}" for module in found if module.room not in MAY_ASK_THE_WORLD
            for what, line in _uses(module, WORLD_NAMES, WORLD_MODULES)]


def network(found: tuple[Module, ...]) -> list[str]:
    """Places that could reach another machine."""
    return [f"{module.name}:{line} {what}" for module in found if module.room not in MAY_USE_THE_NETWORK
            for what, line in _uses(module, set(), NETWORK_MODULES)]


def _opens(module: Module) -> Iterator[tuple[str, int]]:
    for node in module.nodes:
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in OPENING_NAMES:
                yield name, node.lineno
            # `files.read_bytes` is this package's own way.
            case ast.Call(func=ast.Attribute(attr=name, value=owner)) if name in OPENING_METHODS:
                yield from ((name, node.lineno) for _ in range(ast.unparse(owner) != "files"))


def _uses(module: Module, dotted: set[str], imported: set[str]) -> Iterator[tuple[str, int]]:
    last = {name.rpartition(".")[2] for name in dotted}     # to write out what a name belongs to takes a while
    for node in module.nodes:
        match node:
            case ast.Attribute(attr=attribute) if attribute in last and (name := ast.unparse(node)) in dotted:
                yield name, node.lineno
            case ast.Import(names=names):
                yield from ((alias.name, node.lineno) for alias in names if alias.name in imported)
            case ast.ImportFrom(module=str(name), names=names):
                yield from ((name, node.lineno) for _ in names[:1] if name in imported)
                yield from ((f"{name}.{alias.name}", node.lineno) for alias in names
                            if f"{name}.{alias.name}" in dotted | imported)


def sizes(found: tuple[Module, ...]) -> list[str]:
    """Modules and functions that are too long, and functions that take too much."""
    faults = []
    for module in found:
        lines = module.text.count("\n")
        if lines > MOST_LINES_OF_A_MODULE:
            faults.append(f"{module.name} has {lines} lines")
        for name, function in _functions(module):
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                faults.append(f"{name} has {lines} lines")
            if len(_parameters(function)) > MOST_PARAMETERS and not _has_anothers_signature(name, function):
                faults.append(f"{name} takes {len(_parameters(function))} parameters")
    return faults


def _has_anothers_signature(name: str, function: Function) -> bool:
    # A command takes what its decorators declare.
    return name in ANOTHERS_SIGNATURE or (name.startswith(("cli.", "commands.")) and bool(function.decorator_list))


def bare_signatures(found: tuple[Module, ...]) -> list[str]:
    """Functions with a parameter or a result whose type is not said."""
    faults = []
    for module in found:
        for name, function in _functions(module):
            faults += [f"{name}: {each.arg}" for each in _parameters(function, starred=True) if each.annotation is None]
            faults += [f"{name}: its result"] if function.returns is None else []
    return faults


def vague_names(found: tuple[Module, ...]) -> list[str]:
    """Modules whose name says nothing."""
    return [module.name for module in found if VAGUE.intersection(module.name.split("."))]


def _functions(module: Module) -> Iterator[tuple[str, Function]]:
    for node in module.nodes:
        if isinstance(node, Function):
            yield f"{module.name}.{node.name}", node


def _parameters(function: Function, *, starred: bool = False) -> list[ast.arg]:
    own = function.args
    listed = [*own.posonlyargs, *own.args, *own.kwonlyargs]
    listed += [each for each in (own.vararg, own.kwarg) if each and starred]
    return [each for at, each in enumerate(listed) if not (at == 0 and each.arg in ("self", "cls"))]
