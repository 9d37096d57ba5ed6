"""Where templates of a city's own are drawn: they reach nothing but what they are given, and come to an end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment, safe_range

from cityfolio.problems import closest

MOST_STEPS = 1_000_000       # of all ranges of one page together
LONGEST = 1_000_000          # characters or items that one multiplication may make
MOST_BITS = 10_000           # of a power
_WIDE = re.compile(r"%[^a-zA-Z%]*(\d{6,}|\*)")


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
        """Draw the page, with steps counted anew."""
        assert isinstance(self.environment, CitySandbox)
        self.environment.steps = 0
        return super().render(*args, **kwargs)


class CitySandbox(SandboxedEnvironment):
    """Jinja's own sandbox, which bounds a single range, with a bound for ranges in ranges, and for texts and numbers."""

    intercepted_binops = frozenset({"*", "**", "%"})
    template_class = CityTemplate

    def __init__(self, *args: Any, **kwargs: Any) -> None:   # Any: as Jinja has it
        super().__init__(*args, **kwargs)
        self.steps = 0
        self.globals["range"] = self.counted_range

    def counted_range(self, *args: int) -> range:
        """A range, its steps added to those of the page."""
        made = safe_range(*args)
        self.steps += len(made)
        if self.steps > MOST_STEPS:
            raise SecurityError(f"its ranges have more than {MOST_STEPS:,} steps together")
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:   # Any: whatever a template has
        """What an operator makes of two values, where it does not grow without bound."""
        if operator == "*":
            _bound_length(left, right)
            _bound_length(right, left)
        elif operator == "**" and isinstance(left, int) and isinstance(right, int):
            if abs(left) > 1 and left.bit_length() * right > MOST_BITS:
                raise SecurityError(f"{left} ** {right} is too large a number")
        elif operator == "%" and isinstance(left, str) and _WIDE.search(left):
            raise SecurityError("a text is padded to too great a width")
        return super().call_binop(context, operator, left, right)


def _bound_length(repeated: object, times: object) -> None:
    if isinstance(repeated, Sequence) and isinstance(times, int) and len(repeated) * times > LONGEST:
        raise SecurityError(f"it repeats something until it is longer than {LONGEST:,}")
