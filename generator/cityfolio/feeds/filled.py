"""What is not known is absent in every feed: never null, never made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Value = TypeVar("Value")


def filled(said: Mapping[str, Value]) -> dict[str, Value]:
    """A record without what is not known: "", None, and what holds nothing. A zero and a false are known."""
    return {key: value for key, value in said.items() if value or value not in ("", None, [], (), {})}
