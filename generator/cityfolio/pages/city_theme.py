"""What a city lays over its theme: read from `theme/` of the catalog, compiled, and looked at for mistakes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from jinja2 import Environment, TemplateSyntaxError, nodes

from cityfolio.files import Tree, nodes_below
from cityfolio.pages.style_check import style_faults
from cityfolio.pages.template_check import Own, asked_for, template_faults, template_problem, unused_files
from cityfolio.pages.theme_layers import Layer, Source, file_name
from cityfolio.problems import Location, Problem

CITY_FOLDER = "theme/"                      # in the catalog
CITY_STYLES = ("tokens.css", "theme.css")   # in the city's folder, in this order


def city_layer(tree: Tree) -> tuple[Layer, Mapping[str, str], tuple[Problem, ...]]:
    """What the city lays over the theme, and every text in its folder. Text that is not UTF-8 is a problem, and left out.

    A byte order mark is none of it: browsers would leave out the first rule, and it would stand before a template's first tag.
    """
    texts: dict[str, str] = {}
    problems = []
    for node in nodes_below(tree, CITY_FOLDER.rstrip("/")):
        if node.kind == "file" and node.path.endswith((".html", ".css")):
            where = Location(path=node.path)
            try:
                texts[node.path.removeprefix(CITY_FOLDER)] = tree.read(node.path).decode("utf-8-sig")
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


def own_faults(environment: Environment, city: Layer, layers: Sequence[Layer], texts: Mapping[str, str]) -> Iterator[Problem]:
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
            body = bodies[name] = environment.parse(source.text, name, file_name(source.where))
            faults = tuple(template_faults(environment, Own(name=name, text=source.text, where=source.where, body=body), known))
            yield from faults
            if not faults:
                environment.get_template(name)
        except TemplateSyntaxError as error:
            if (error.filename or file_name(source.where)) == file_name(source.where):   # else it is told of its own file
                yield source_fault(source, error.lineno, error.message or "it cannot be read")
        except (SyntaxError, RecursionError, MemoryError, ValueError, TypeError) as error:
            # Jinja makes Python of it, which has limits of its own: on nesting, on the digits of a number.
            yield source_fault(source, None, str(error))


def source_fault(source: Source, line: int | None, says: str) -> Problem:
    """A fault of one of the city's templates."""
    return template_problem(source.where, line, says, source.text)
