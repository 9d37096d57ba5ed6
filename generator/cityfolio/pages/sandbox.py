"""Where templates of a city's own are drawn: they reach nothing but what they are given, and their size and steps are bounded.

What is bounded is how often a page goes around and how much text it makes, and with it the memory. One step alone may still
take its time: to look for a word in a long text a million times ends late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, markup_join, str_join
from jinja2.sandbox import SandboxedEnvironment, safe_range

from cityfolio.pages.environments import PlainGlobals
from cityfolio.pages.sandbox_bounds import FILTERS, LONGEST, METHODS, of_percent, size
from cityfolio.pages.template_words import SpokenCode
from cityfolio.problems import closest

MOST_STEPS = 1_000_000       # of all loops, ranges and calls of one page together
MOST_MADE = 200_000_000      # characters that one page makes in all its steps together
LONGEST_PAGE = 20_000_000    # characters
MOST_BITS = 10_000           # of a number
COUNTED = "counted loop"     # a name that no template can write


class Missing(StrictUndefined):
    """A value that a template asks for and is not given. Its message names the value that was probably meant."""

    @property
    def _undefined_message(self) -> str:
        given, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint or not is_dataclass(given) or not isinstance(name, str):
            return super()._undefined_message
        near = closest(name, (each.name for each in fields(given)))
        meant = f"; did you mean '{near}'?" if near else ""
        return f"this {type(given).__name__} has no attribute '{name}'{meant}"


class CityTemplate(Template):
    """A template of a page that is drawn with a city's own."""

    def render(self, *args: Any, **kwargs: Any) -> str:   # Any: as Jinja has it
        """Draw the page, with steps and texts counted anew."""
        assert isinstance(self.environment, CitySandbox)
        self.environment.steps = self.environment.made = 0
        return super().render(*args, **kwargs)


class CountingCode(CodeGenerator):
    """The code of a template: nothing of it is worked out while it is compiled, and texts are counted before they join."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:   # noqa: N802 - Jinja names it
        """Write what `~` joins."""
        self.write("environment.joined(context.eval_ctx.autoescape, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:   # Any: private to Jinja
        plain = node.expr if isinstance(node, nodes.MarkSafe) else node
        if not isinstance(plain, nodes.TemplateData | nodes.Const):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class SpokenCountingCode(CountingCode, SpokenCode):
    """The same, with its messages in one language."""


class CitySandbox(SandboxedEnvironment, PlainGlobals):
    """Jinja's own sandbox, which bounds a single range, with a bound for all steps of a page, and for texts and numbers."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    template_class = CityTemplate
    code_generator_class = CountingCode

    def __init__(self, *args: Any, **kwargs: Any) -> None:   # Any: as Jinja has it
        super().__init__(*args, **{**kwargs, "optimized": False, "finalize": self.written})
        self.steps = self.made = 0
        self.globals["range"] = self.counted_range
        del self.globals["lipsum"]
        self.filters.update({name: self._bounded(name, each) for name, each in self.filters.items()})
        self.filters[COUNTED] = self.counted

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:   # Any: as Jinja has it
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.iter.lineno)
        return super()._generate(source, *args, **kwargs)

    def step(self, steps: int = 1) -> None:
        """Count steps of the page."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise SecurityError(f"its loops have more than {MOST_STEPS:,} steps together")

    def make(self, length: int, most: int = LONGEST) -> None:
        """Count what a step makes."""
        if length > most:
            raise SecurityError(f"it makes something that is longer than {most:,}")
        self.made += length
        if self.made > MOST_MADE:
            raise SecurityError(f"it makes texts of more than {MOST_MADE:,} characters together")

    def counted_range(self, *args: int) -> range:
        """A range, its steps added to those of the page."""
        made = safe_range(*args)
        self.step(len(made))
        return made

    def counted(self, items: Iterable[object]) -> Iterable[object]:
        """What a loop goes through, its steps added to those of the page."""
        if isinstance(items, tuple | str | range):
            self.step(len(items))
            return items
        return self._each_counted(items)     # one by one: a list may grow while it is gone through

    def _each_counted(self, items: Iterable[object]) -> Iterator[object]:
        for each in items:
            self.step()
            yield each

    def written(self, value: Any) -> Any:   # Any: whatever a template writes
        """A value that is about to be written."""
        if isinstance(value, list | tuple | dict | set | frozenset):
            self.make(size(value))
        return value

    def concat(self, parts: Iterable[str]) -> str:
        """The words of a page, or of a part of it."""
        kept, length = [], 0
        for part in parts:
            length += len(part)
            if length > LONGEST_PAGE:
                break
            kept.append(part)
        self.make(length, LONGEST_PAGE)
        return "".join(kept)

    def joined(self, is_escaped: bool, parts: Sequence[object]) -> str:
        """What `~` joins."""
        self.make(sum(map(size, parts)))
        return markup_join(parts) if is_escaped else str_join(parts)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:   # Any: whatever a template calls
        """What a call gives, where it is one step and makes nothing that grows without bound."""
        self.step()
        owner, length = _owner(called), METHODS.get(getattr(called, "__name__", ""))
        if length and isinstance(owner, str | bytes | bytearray | list):
            args = tuple(list(each) if isinstance(each, Iterator) else each for each in args)
            self.make(length(owner, *args, **_own(kwargs)))
        elif isinstance(called, LoopContext) and args:
            args = (self.counted(args[0]), *args[1:])
        elif isinstance(owner, int) and any(isinstance(each, int) and each > LONGEST for each in (*args, *kwargs.values())):
            raise SecurityError(f"it makes something that is longer than {LONGEST:,}")
        return super().call(context, called, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:   # Any: whatever a template has
        """What an operator makes of two values, where it does not grow without bound."""
        if operator == "*":
            _bound_length(left, right)
            _bound_length(right, left)
            _bound_product(left, right)
        elif operator == "**" and isinstance(left, int) and isinstance(right, int):
            if abs(left) > 1 and left.bit_length() * right > MOST_BITS:
                raise SecurityError(f"{left} ** {right} is too large a number")
        elif operator == "%" and isinstance(left, str):
            self.make(of_percent(left, right))
        elif operator == "+" and isinstance(left, Sequence) and isinstance(right, Sequence):
            self.make(len(left) + len(right))
        made = super().call_binop(context, operator, left, right)
        if operator == "*" and isinstance(made, Sequence):
            self.make(len(made))
        return made

    def _bounded(self, name: str, own: Callable[..., Any]) -> Callable[..., Any]:   # Any: as Jinja's filters are
        """A filter that counts what it makes, and makes nothing that grows without bound."""
        length, leading = FILTERS.get(name), int(hasattr(own, "jinja_pass_arg"))

        @wraps(own)
        def bounded(*args: Any, **kwargs: Any) -> Any:   # Any: as Jinja's filters are
            given = list(args)
            if length:
                given[leading] = list(given[leading]) if isinstance(given[leading], Iterator) else given[leading]
                self.make(length(*given[leading:], **kwargs))
            made = own(*given, **kwargs)
            if isinstance(made, str | list):
                self.make(len(made), LONGEST_PAGE)
            return made

        return bounded


def _owner(called: object) -> object:
    """The value that a method is of. Jinja puts a function of its own around `format`."""
    own = getattr(called, "__self__", None)
    return getattr(getattr(called, "__wrapped__", None), "__self__", None) if own is None else own


def _own(kwargs: dict[str, Any]) -> dict[str, Any]:   # Any: whatever a template gives
    """What a template gives by name, without what Jinja adds."""
    return {name: each for name, each in kwargs.items() if name not in {"_loop_vars", "_block_vars"}}


def _bound_length(repeated: object, times: object) -> None:
    if isinstance(repeated, Sequence) and isinstance(times, int) and len(repeated) * times > LONGEST:
        raise SecurityError(f"it repeats something until it is longer than {LONGEST:,}")


def _bound_product(left: object, right: object) -> None:
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MOST_BITS:
        raise SecurityError("it multiplies numbers until they are too large")
