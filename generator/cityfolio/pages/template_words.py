"""The words of templates, put in their places in the reader's language when a template is compiled, not at every page."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

ASKED = ("_", "gettext")     # what `{{ _("...") }}` and `{% trans %}` call


def speak(environment: Environment, translations: NullTranslations) -> None:
    """Have an environment, which has Jinja's i18n extension in its new style, compile templates in one language."""
    environment.extend(spoken=translations)
    environment.code_generator_class = SpokenCode


class SpokenCode(CodeGenerator):
    """Code of a template whose messages are in one language already."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:   # noqa: N802 - Jinja's name
        """Write the code of a template, its messages in place."""
        if not set(ASKED) & set(_names_given(node)):
            # The environment got its attribute from `speak`, which types do not show.
            _InPlace(self.environment.spoken).visit(node)   # type: ignore[attr-defined]
        super().visit_Template(node, frame)


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
