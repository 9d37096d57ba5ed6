"""Themes: found, read, and joined with the city's own templates and styles."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType

import yaml
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PrefixLoader,
    TemplateSyntaxError,
    nodes,
)

from cityfolio.files import FolderTree, MemoryTree, Tree
from cityfolio.load.languages import file_of_words
from cityfolio.pages.compiled import compiled
from cityfolio.pages.markdown import told, untold
from cityfolio.pages.sandbox import CitySandbox, Missing
from cityfolio.pages.script_words import script_words
from cityfolio.pages.style_check import style_faults
from cityfolio.pages.template_check import Own, asked_for, template_faults, template_problem, unused_files
from cityfolio.pages.template_words import speak
from cityfolio.pages.words import Words
from cityfolio.problems import Location, Problem, count, did_you_mean

CITY_FOLDER = "theme/"                      # in the catalog
CITY_STYLES = ("tokens.css", "theme.css")   # in the city's folder, in this order
NEEDED = ("templates", "assets")     # folders of a theme that are read
SCRIPTS = ("site.js", "list.js", "search.js", "search-page.js", "inflate.js", "explorer.js", "explorer-worker.js", "ask.js",
           "take.js", "map.js", "where.js", "sql.js", "sql-worker.js", "embed.js", "embed-page.js", "edit.js", "sqlite3.wasm")
BUNDLE = (*SCRIPTS, "public-sans-latin.woff2", "public-sans-latin-ext.woff2")
MOST_PARENTS = 8
ENGLISH = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of a template and the file it is from."""

    text: str
    where: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One folder of a theme: what it says of itself, its templates by name, its styles by name."""

    name: str
    extends: str | None
    templates: Mapping[str, Source]
    styles: tuple[str, ...]        # the text of each, in the order they are joined
    sheets: Mapping[str, tuple[str, ...]]   # further styles that some pages have, by the sheet they are joined to
    font_styles: str | None        # joined in only when the font is to be sent; None: as the parent says; "": no font
    bundle: Mapping[str, bytes]    # scripts and fonts made ready by the bundler


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A city's picture, ready to publish, and how large it is shown."""

    body: bytes
    ending: str                    # "svg" or "png"
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme ready to draw with: its layers from the city's own to the last parent, its styles from that to the city's."""

    name: str
    words: Words
    environment: Environment       # holds the compiled templates
    styles: tuple[str, ...]
    sheets: Mapping[str, tuple[str, ...]]
    font_styles: str
    city_styles: tuple[str, ...]
    bundle: Mapping[str, bytes]
    files: Mapping[str, Source]    # template file as tracebacks name it -> its text and its place
    digest: str = ""              # of the templates, and the language and words that they are drawn in
    logo: Logo | None = None
    face: bytes = b""              # of the city's own, as WOFF2
    script_words: bytes = b""      # what the scripts of a table's page say, as JSON; b"" where no template has it


class FilterFailed(Exception):
    """A filter that is no part of the theme failed. It carries the problem, whose place is the template that asked for it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


def load_theme(name: str, folders: Sequence[Path], city_tree: Tree | None = None,
               words: Words | None = None, filters: Mapping[str, Callable[..., object]] | None = None,
               ) -> tuple[Theme | None, tuple[Problem, ...]]:
    """Read a theme with its parents and the city's overrides in `theme/` of the catalog, and compile the city's templates.

    Their faults are problems with file and line; the theme's own are compiled when the first page needs them. There is no theme
    when it, or a parent, is not found.
    """
    layers, problems = _layers(name, folders)
    if problems:
        return None, problems
    city, texts, problems = _city_layer(city_tree or MemoryTree({}))
    sources = [dict(city.templates), *(dict(layer.templates) for layer in layers)]
    environment = _environment(sources, layers, words or ENGLISH, folders[0])
    environment.filters.update({name: each for name, each in (filters or {}).items() if name not in environment.filters})
    problems = (*problems, *_own_faults(environment, city, layers, texts))
    bundle = {file: body for layer in reversed(layers) for file, body in layer.bundle.items()}
    if set(BUNDLE) - set(bundle):
        problems = (*problems, _unbundled(name, sorted(set(BUNDLE) - set(bundle))))
    theme = Theme(
        name=name, words=words or ENGLISH, environment=environment, bundle=bundle, city_styles=city.styles,
        styles=tuple(style for layer in reversed(layers) for style in layer.styles), sheets=_sheets(layers),
        font_styles=next((layer.font_styles for layer in layers if layer.font_styles is not None), ""),
        files={_file_name(source.where): source for group in sources for source in group.values()},
        digest=_digest(sources, words or ENGLISH, city_tree),
    )
    return _with_script_words(theme, problems)


def _digest(sources: Sequence[Mapping[str, Source]], words: Words, city_tree: Tree | None) -> str:
    told = sha256(words.language.encode())
    told.update(file_of_words(words.language, city_tree) or b"")
    for name, source in (each for group in sources for each in (*sorted(group.items()), ("", None))):
        told.update(f"{name}\0{source.text if source else ''}\0".encode())
    return told.hexdigest()


def _with_script_words(theme: Theme, problems: tuple[Problem, ...]) -> tuple[Theme, tuple[Problem, ...]]:
    """The theme with the words of its scripts, where its templates can be read."""
    if count(problems, "error"):
        return theme, problems
    try:
        return replace(theme, script_words=script_words(theme.environment)), problems
    except Exception as error:   # whatever a template's expressions may raise; what is not the city's is raised again
        problem = fault_of(error, theme)
        if problem is None:
            raise
        return theme, (*problems, problem)


def _sheets(layers: Sequence[Layer]) -> Mapping[str, tuple[str, ...]]:
    """The further sheets: a theme's own styles of a sheet come after its parents'."""
    names = dict.fromkeys(name for layer in reversed(layers) for name in layer.sheets)
    return {name: tuple(style for layer in reversed(layers) for style in layer.sheets.get(name, ())) for name in names}


def fault_of(error: BaseException, theme: Theme) -> Problem | None:
    """The problem behind an error that drawing a page raised, when it was raised in a template of the city's own."""
    if isinstance(error, TemplateSyntaxError):
        own = theme.files.get(error.filename or "")
        return _fault(own, error.lineno, error.message or "") if own and own.where.in_catalog else None
    line, source = None, None
    if isinstance(error, FilterFailed):
        frames = ((file, number) for file, number in _frames(error.__traceback__) if file in theme.files)
        places = [replace(theme.files[file].where, line=number) for file, number in frames]
        return replace(error.problem, where=places[-1]) if places else error.problem
    for file, number in _frames(error.__traceback__):
        if file in theme.files:
            line, source = number, theme.files[file]
    if source is None or not source.where.in_catalog:
        # A template of the theme fails on what the city's replaced: a part without its macro.
        line, source = None, next((each for each in theme.files.values() if each.where.in_catalog), None)
    return _fault(source, line, str(error) or type(error).__name__) if source else None


def _fault(source: Source, line: int | None, says: str) -> Problem:
    return template_problem(source.where, line, says, source.text)


def _layers(name: str, folders: Sequence[Path]) -> tuple[tuple[Layer, ...], tuple[Problem, ...]]:
    found: list[Layer] = []
    wanted: str | None = name
    while wanted:
        folder = next((each / wanted for each in folders if (each / wanted / "theme.yaml").is_file()), None)
        if folder is None or len(found) == MOST_PARENTS or wanted != Path(wanted).name:
            known = [each.parent.name for root in folders for each in root.glob("*/theme.yaml")]
            problem = Problem(code="theme-unknown", where=Location(path="site.yaml"),
                              says=f'there is no theme "{wanted}"', fix=did_you_mean(wanted, known))
            return (), (problem,)
        layer = _layer(wanted, FolderTree(folder), str(folder))
        found.append(layer)
        wanted = layer.extends
    return tuple(found), ()


def _layer(name: str, tree: Tree, shown: str) -> Layer:
    described = yaml.safe_load(tree.read("theme.yaml")) or {}
    nodes = tree.nodes()
    if unlisted := next((node.path for node in nodes if node.kind == "other" and node.path.startswith(NEEDED)), None):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), f"{shown}/{unlisted}")
    files = {node.path for node in nodes if node.kind == "file"}

    def style(file: str) -> str:
        return tree.read(f"assets/css/{file}").decode()

    return Layer(
        name=name, extends=described.get("extends"), styles=tuple(style(file) for file in described.get("styles", ())),
        sheets={name: tuple(map(style, listed)) for name, listed in (described.get("sheets") or {}).items()},
        font_styles=_font_styles(described, style),
        templates={
            path.removeprefix("templates/"): Source(
                text=tree.read(path).decode(), where=Location(path=f"{shown}/{path}", in_catalog=False))
            for path in sorted(files) if path.startswith("templates/")
        },
        bundle={file: tree.read(f"assets/bundle/{file}") for file in BUNDLE if f"assets/bundle/{file}" in files},
    )


def _font_styles(described: Mapping[str, str | None], style: Callable[[str], str]) -> str | None:
    if "font_styles" not in described:
        return None
    return style(described["font_styles"]) if described["font_styles"] else ""


def _city_layer(tree: Tree) -> tuple[Layer, Mapping[str, str], tuple[Problem, ...]]:
    """What the city lays over the theme, and every text in its folder. Text that is not UTF-8 is a problem, and left out."""
    texts: dict[str, str] = {}
    problems = []
    for node in tree.nodes():
        if node.kind == "file" and node.path.startswith(CITY_FOLDER) and node.path.endswith((".html", ".css")):
            where = Location(path=node.path)
            try:
                texts[node.path.removeprefix(CITY_FOLDER)] = tree.read(node.path).decode()
            except UnicodeDecodeError:
                problems.append(template_problem(where, None, "it is not UTF-8 text"))
            except OSError as error:
                problems.append(Problem(code="folder-unreadable", where=where, fix="Look at its permissions.",
                                        says=f"the file could not be read: {error.strerror or error}"))
    templates = {
        path.removeprefix("templates/"): Source(text=text, where=Location(path=CITY_FOLDER + path))
        for path, text in texts.items() if path.startswith("templates/")
    }
    styles = tuple(texts[name] for name in CITY_STYLES if name in texts)
    city = Layer(name="", extends=None, templates=templates, styles=styles, sheets={}, font_styles=None, bundle={})
    return city, texts, tuple(problems)


def _environment(sources: Sequence[Mapping[str, Source]], layers: Sequence[Layer], words: Words, folder: Path,
                 ) -> Environment:
    """An environment that looks in the city's folder first, then in the theme and its parents.

    "civic/dataset.html" names a theme's own template, so that an override can extend what it overrides.
    """
    loaders = [FunctionLoader(_reader(each)) for each in sources]
    named: dict[str, BaseLoader] = {layer.name: ChoiceLoader(loaders[at:]) for at, layer in enumerate(layers, start=1)}
    # A pull request can bring templates along; they may not reach past what they are given.
    kind = CitySandbox if sources[0] else Environment
    environment = kind(
        loader=ChoiceLoader([*loaders, PrefixLoader(named)]), autoescape=True, undefined=Missing, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False, cache_size=-1, extensions=["jinja2.ext.i18n"],
        bytecode_cache=compiled(kind, words, folder),
    )
    environment.policies["ext.i18n.trimmed"] = True
    # The extension's own method; it has no type because extensions add it at run time.
    environment.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    speak(environment, words.translations)
    environment.filters.update(told=told, untold=untold)
    return environment


def _reader(sources: Mapping[str, Source]) -> Callable[[str], tuple[str, str, None] | None]:
    def read(name: str) -> tuple[str, str, None] | None:
        source = sources.get(name)
        return (source.text, _file_name(source.where), None) if source else None

    return read


def _file_name(where: Location) -> str:
    """How tracebacks name a template: in brackets, so that no real file is meant."""
    return f"<template {where.path}>"


def _own_faults(environment: Environment, city: Layer, layers: Sequence[Layer], texts: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with the city's own templates and styles, and which of them nothing uses."""
    theirs = {name for layer in layers for name in layer.templates}
    known = {*city.templates, *theirs, *(f"{layer.name}/{name}" for at, layer in enumerate(layers)
                                         for each in layers[at:] for name in each.templates)}
    bodies = dict[str, nodes.Template]()
    yield from _compile(environment, city.templates, known, bodies)
    asked = asked_for(bodies.values()) if len(bodies) == len(city.templates) else None
    yield from unused_files(texts, asked, theirs, CITY_STYLES)
    of_themes = [each for layer in layers for styles in (layer.styles, *layer.sheets.values()) for each in styles]
    yield from style_faults({CITY_FOLDER + name: texts[name] for name in CITY_STYLES if name in texts}, of_themes)


def _compile(environment: Environment, city: Mapping[str, Source], known: Collection[str],
             bodies: dict[str, nodes.Template]) -> Iterator[Problem]:
    """Compile every template of the city's own, and keep what it is made of: a broken one is a problem."""
    for name, source in sorted(city.items()):
        try:
            body = bodies[name] = environment.parse(source.text, name, _file_name(source.where))
            faults = tuple(template_faults(environment, Own(name=name, text=source.text, where=source.where, body=body), known))
            yield from faults
            if not faults:
                environment.get_template(name)
        except TemplateSyntaxError as error:
            if (error.filename or _file_name(source.where)) == _file_name(source.where):   # else it is told of its own file
                yield _fault(source, error.lineno, error.message or "it cannot be read")
        except (SyntaxError, RecursionError, MemoryError, ValueError, TypeError) as error:
            # Jinja makes Python of it, which has limits of its own: on nesting, on the digits of a number.
            yield _fault(source, None, str(error))


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _unbundled(name: str, missing: Sequence[str]) -> Problem:
    return Problem(
        code="assets-unbundled", where=Location(path=f"themes/{name}/assets/bundle", in_catalog=False),
        says=f"these are not bundled: {', '.join(missing)}; pages work without them",
        fix="Run `make site` once, with Node.js or the network at hand.",
    )
