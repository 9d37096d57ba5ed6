"""Jinja's environment for the templates of a theme, quicker where a page asks for the same again and again."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment


class PlainGlobals(Environment):
    """An environment whose templates have what is global in a mapping of one layer, as it is when they are loaded.

    Jinja lays those of each template over those of all, and every part that a page imports looks through both, name by name.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:   # Any: as Jinja has it
        """What is global to a template."""
        return {**self.globals, **(d or {})}
