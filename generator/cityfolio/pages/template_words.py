"""The words of templates, put in their places in the reader's language when a template is compiled, not at every page.

What can be done once for all pages is: a message whose values are shown at once is written in pieces, the values between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from gettext import NullTranslations

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from cityfolio.pages.escaping import escaped

ASKED = ("_", "gettext")     # what `{{ _("...") }}` and `{% trans %}` call
_PIECE = re.compile(r"%(?:\((?P<name>\w+)\)s|(?P<percent>%)|)")


def speak(environment: Environment, translations: NullTranslations, code: type[CodeGenerator] | None = None) -> None:
    """Have an environment, which has Jinja's i18n extension in its new style, compile templates in one language.

    `code` is a kind of SpokenCode that does more than that.
    """
    environment.extend(spoken=translations)
    environment.code_generator_class = code or SpokenCode


class SpokenCode(CodeGenerator):
    """Code of a template whose messages are in one language already, and which escapes no more than needs it."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:   # noqa: N802 - Jinja's name
        """Write the code of a template, its messages in place."""
        if not set(ASKED) & set(_names_given(node)):
            # The environment got its attribute from `speak`, which types do not show.
            _InPlace(self.environment.spoken).visit(node)   # type: ignore[attr-defined]
        self.writeline(f"from {escaped.__module__} import {escaped.__name__}")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """Begin to write a value, as Jinja's own code does, but for what is escaped."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"{escaped.__name__}({finalize.src or ''}")


def _names_given(template: nodes.Template) -> Iterator[str]:
    """The names that a template gives itself: what is called by them there is not what the environment has."""
    for node in template.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        match node:
            case nodes.Name(ctx="store" | "param") | nodes.Macro():
                yield node.name
            case nodes.Import():
                yield node.target
            case nodes.FromImport():
                yield from (name if isinstance(name, str) else name[1] for name in node.names)


class _InPlace(NodeTransformer):
    """Puts a message for its call: "text" % {what is put in}, as Jinja's own function does. Jinja folds what is constant.

    Where text is not escaped, the call stays: it does otherwise there.
    """

    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:   # noqa: N802 - Jinja's name
        """Look at nothing within `autoescape`."""
        return node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:   # noqa: N802 - Jinja's name
        """Look at what is within, not at what is called: Jinja wants a call there, whatever it calls."""
        call = node.call
        self.generic_visit(node)
        node.call = call
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:   # noqa: N802 - Jinja's name
        """Write messages with values in pieces."""
        self.generic_visit(node)
        node.nodes = [piece for each in node.nodes for piece in _pieces(each)]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:   # noqa: N802 - Jinja's name
        """Put a message for its call."""
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in ASKED or node.dyn_args or node.dyn_kwargs:
            return node
        match node.args:
            case [nodes.Const(value=str(message))]:
                text = nodes.Const(Markup(self.translations.gettext(message)), lineno=node.lineno)
                pairs = [nodes.Pair(nodes.Const(each.key), each.value, lineno=node.lineno) for each in node.kwargs]
                return nodes.Mod(text, nodes.Dict(pairs, lineno=node.lineno), lineno=node.lineno)
        return node


def _pieces(node: nodes.Expr) -> list[nodes.Expr]:
    """A message that `visit_Call` put in place, as its text and the values in it; anything else as it is."""
    match node:
        case nodes.Mod(left=nodes.Const(value=Markup() as message), right=nodes.Dict(items=pairs)):
            values = {pair.key.value: pair.value for pair in pairs if isinstance(pair.key, nodes.Const)}
            found = list(_PIECE.finditer(message))
            # Each value once, and in the order in which they are worked out, or something might be done twice or too early.
            if [each["name"] for each in found if each["name"]] == list(values) and all(each[0] != "%" for each in found):
                return list(_text_and_values(str(message), found, values, node.lineno))
    return [node]


def _text_and_values(message: str, found: Iterable[re.Match[str]], values: Mapping[str, nodes.Expr], line: int,
                     ) -> Iterator[nodes.Expr]:
    text, end = "", 0
    for each in found:
        text, end = text + message[end:each.start()], each.end()
        if each["percent"]:
            text += "%"
        else:
            yield from [nodes.TemplateData(text, lineno=line)] if text else []
            yield values[each["name"]]
            text = ""
    yield from [nodes.TemplateData(rest, lineno=line)] if (rest := text + message[end:]) else []
