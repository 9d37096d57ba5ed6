"""Themes: found, read, and joined with the city's own templates and styles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PrefixLoader,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context

from cityfolio.files import MemoryTree, Tree
from cityfolio.frozen import Frozen, replace
from cityfolio.load.languages import file_of_words
from cityfolio.pages.city_theme import city_layer, own_faults, source_fault
from cityfolio.pages.compiled import compiled
from cityfolio.pages.environments import PlainGlobals
from cityfolio.pages.markdown import told, untold
from cityfolio.pages.sandbox import CitySandbox, Missing, SpokenCountingCode
from cityfolio.pages.script_words import script_words
from cityfolio.pages.template_words import speak
from cityfolio.pages.theme_layers import BUNDLE, Layer, Source, file_name, layers_of
from cityfolio.pages.words import Words
from cityfolio.problems import Location, Problem, count

ENGLISH = Words()


class Logo(Frozen, kw_only=True):
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
    city: Tree = field(default_factory=lambda: MemoryTree({}), repr=False)     # the catalog, where the city's own are
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
    layers, problems = layers_of(name, folders)
    if problems:
        return None, problems
    city, texts, problems = city_layer(city_tree or MemoryTree({}))
    sources = [dict(city.templates), *(dict(layer.templates) for layer in layers)]
    environment = _environment(sources, layers, words or ENGLISH, folders[0], filters or {})
    problems = (*problems, *own_faults(environment, city, layers, texts))
    bundle = {file: body for layer in reversed(layers) for file, body in layer.bundle.items()}
    if set(BUNDLE) - set(bundle):
        problems = (*problems, _unbundled(name, sorted(set(BUNDLE) - set(bundle))))
    theme = Theme(
        name=name, words=words or ENGLISH, environment=environment, bundle=bundle, city_styles=city.styles,
        styles=tuple(style for layer in reversed(layers) for style in layer.styles), sheets=_sheets(layers),
        font_styles=next((layer.font_styles for layer in layers if layer.font_styles is not None), ""),
        files={file_name(source.where): source for group in sources for source in group.values()},
        digest=_digest(sources, words or ENGLISH, city_tree), city=city_tree or MemoryTree({}),
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
        return source_fault(own, error.lineno, error.message or "") if own and own.where.in_catalog else None
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
    return source_fault(source, line, str(error) or type(error).__name__) if source else None


def _environment(sources: Sequence[Mapping[str, Source]], layers: Sequence[Layer], words: Words, folder: Path,
                 filters: Mapping[str, Callable[..., object]]) -> Environment:
    """An environment that looks in the city's folder first, then in the theme and its parents.

    "civic/dataset.html" names a theme's own template, so that an override can extend what it overrides.
    """
    loaders = [FunctionLoader(_reader(each)) for each in sources]
    named: dict[str, BaseLoader] = {layer.name: ChoiceLoader(loaders[at:]) for at, layer in enumerate(layers, start=1)}
    # A pull request can bring templates along; they may not reach past what they are given.
    kind = CitySandbox if sources[0] else PlainGlobals
    environment = kind(
        loader=ChoiceLoader([*loaders, PrefixLoader(named)]), autoescape=True, undefined=Missing, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False, cache_size=-1, extensions=["jinja2.ext.i18n"],
        bytecode_cache=compiled(kind, words, folder, filters),
    )
    environment.policies["ext.i18n.trimmed"] = True
    # The extension's own method; it has no type because extensions add it at run time.
    environment.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    speak(environment, words.translations, SpokenCountingCode if kind is CitySandbox else None)
    environment.filters.update(told=told, untold=untold)
    environment.filters.update({name: _asked_anew(each) for name, each in filters.items() if name not in environment.filters})
    return environment


def _asked_anew(own: Callable[..., object]) -> Callable[..., object]:
    """A filter that is asked whenever a page is drawn. What one without a context gives for a text, Jinja would keep."""
    @pass_context
    def asked(_: Context, *given: object, **named: object) -> object:
        return own(*given, **named)

    return asked


def _reader(sources: Mapping[str, Source]) -> Callable[[str], tuple[str, str, None] | None]:
    def read(name: str) -> tuple[str, str, None] | None:
        source = sources.get(name)
        return (source.text, file_name(source.where), None) if source else None

    return read


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
