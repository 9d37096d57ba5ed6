"""What is wrong with a city's own templates and can be seen without drawing a page: what they extend, and what they write."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from jinja2 import Environment, TemplateNotFound, meta, nodes

from cityfolio.frozen import Frozen, replace
from cityfolio.pages.markup_check import COMMENT, POLICY_FIX, VALUE, markup_faults
from cityfolio.pages.text_places import LONGEST_EXCERPT, first_faults
from cityfolio.problems import Location, Problem, did_you_mean

FIX = "docs/reference/theme-blocks.md lists the blocks and the values that a template is given."
UNFIT = "this template cannot be used"


class Own(Frozen, kw_only=True):
    """A template of the city's own: its name, its text, its file, and what it is made of."""

    name: str
    text: str
    where: Location
    body: nodes.Template


def template_problem(where: Location, line: int | None, says: str, text: str = "", fix: str = FIX) -> Problem:
    """A template that cannot be used. With its text, the word that the message quotes is shown in its line."""
    place = Location(path=where.path, line=line, in_catalog=where.in_catalog)
    lines = text.splitlines()
    quoted = re.findall(r"['\"]([^'\"]+)['\"]", says)
    excerpt = lines[line - 1] if line and line <= len(lines) else ""
    if word := next((each for each in quoted if each in excerpt), None):
        place = replace(place, column=excerpt.index(word) + 1, width=len(word),
                        excerpt=excerpt if len(excerpt) <= LONGEST_EXCERPT else None)
    return Problem(code="theme-template", where=place, says=f"{UNFIT}: {says}", fix=fix)


def template_faults(environment: Environment, own: Own, known: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a template that could be read. `known` are the names that can be extended and imported."""
    yield from first_faults(_faults(environment, own, known))


def _faults(environment: Environment, own: Own, known: Collection[str]) -> Iterator[Problem]:
    yield from _missing(own, known)
    for where, says in markup_faults(environment, own.text, own.where):
        yield Problem(code="theme-template", where=where, says=f"{UNFIT}: {says}", fix=POLICY_FIX)
    extends = _extends(own.body)
    if extends is None:
        return
    name, line = extends
    parents = tuple(_parents(environment, own))
    if own.where.path in parents:
        if own.where.path == min(parents):      # of several that extend each other, one says it
            yield template_problem(own.where, line, f'it extends itself, by "{name}"', own.text,
                                   "Extend the theme's own, by its theme's name: civic/NAME.html.")
        return
    yield from _unknown_blocks(environment, own)
    yield from _outside(own)


def _missing(own: Own, known: Collection[str]) -> Iterator[Problem]:
    for node in own.body.find_all((nodes.Extends, nodes.Import, nodes.FromImport, nodes.Include)):
        assert isinstance(node, nodes.Extends | nodes.Import | nodes.FromImport | nodes.Include)
        given = node.template.value if isinstance(node.template, nodes.Const) else None
        optional = isinstance(node, nodes.Include) and node.ignore_missing
        if isinstance(given, str) and given not in known and not optional:
            yield template_problem(own.where, node.lineno, f'there is no template "{given}"', own.text,
                                   did_you_mean(given, known))


def _extends(body: nodes.Template) -> tuple[str, int] | None:
    """What a template extends in any case, and in which line it says so."""
    for node in body.body:
        if isinstance(node, nodes.Extends) and isinstance(node.template, nodes.Const) and isinstance(node.template.value, str):
            return node.template.value, node.lineno
    return None


def _lineage(environment: Environment, body: nodes.Template) -> Iterator[tuple[str, nodes.Template]]:
    """The file and the content of each template that one extends, the nearest first; a file twice where it is a ring."""
    assert environment.loader is not None
    seen = set[str]()
    while extends := _extends(body):
        try:
            text, file, _ = environment.loader.get_source(environment, extends[0])
        except TemplateNotFound:
            return
        body = environment.parse(text, extends[0], file)
        yield str(file), body
        if str(file) in seen:
            return
        seen.add(str(file))


def _parents(environment: Environment, own: Own) -> Iterator[str]:
    for file, _ in _lineage(environment, own.body):
        yield file.removeprefix("<template ").removesuffix(">")


def _unknown_blocks(environment: Environment, own: Own) -> Iterator[Problem]:
    known = {block.name for _, body in _lineage(environment, own.body) for block in body.find_all(nodes.Block)}
    for node in own.body.body:
        if isinstance(node, nodes.Block) and node.name not in known:
            yield template_problem(own.where, node.lineno, f'no template that it extends has a block "{node.name}"', own.text,
                                   did_you_mean(node.name, known))


def _outside(own: Own) -> Iterator[Problem]:
    """Words beside the blocks of a template that extends another: nobody would ever see them."""
    for part in _beside(own.body.body):
        words = "".join(each.data if isinstance(each, nodes.TemplateData) else VALUE for each in part.nodes)
        first = next((word.strip() for word in COMMENT.sub("", words).split("\n") if word.strip()), "").partition(VALUE)[0]
        if COMMENT.sub("", words).strip():
            lines = own.text.splitlines()
            line = next((at for at in range(part.lineno, len(lines) + 1) if first in lines[at - 1]), part.lineno)
            yield template_problem(own.where, line, "what stands outside of its blocks is not shown",
                                   fix="Put it into a block, or take it out.")
            return


def _beside(body: Iterable[nodes.Node]) -> Iterator[nodes.Output]:
    """What would be written outside of blocks, also where it depends on something."""
    for node in body:
        if isinstance(node, nodes.Output):
            yield node
        elif isinstance(node, nodes.If | nodes.For | nodes.With | nodes.FilterBlock | nodes.Scope):
            yield from _beside(node.iter_child_nodes())


def asked_for(bodies: Iterable[nodes.Template]) -> frozenset[str] | None:
    """The names of the templates that these ask for; None where one of them computes a name."""
    names = {name for body in bodies for name in meta.find_referenced_templates(body)}
    return None if None in names else frozenset(name for name in names if name)


def unused_files(paths: Collection[str], asked: frozenset[str] | None, theirs: Collection[str],
                 styles: Collection[str]) -> Iterator[Problem]:
    """Templates and styles of the city's folder that no page would ever have. Paths are those within the folder."""
    for path in sorted(paths):
        name = path.removeprefix("templates/")
        if path.endswith(".css"):
            used, known = path in styles, tuple(styles)
        elif path == name:
            used, known = False, tuple(f"templates/{each}" for each in theirs)
        else:
            used, known = asked is None or name in theirs or name in asked, tuple(f"templates/{each}" for each in theirs)
        if not used:
            yield Problem(code="theme-unused", where=Location(path=f"theme/{path}"), fix=did_you_mean(path, known),
                          says="nothing uses this file")
