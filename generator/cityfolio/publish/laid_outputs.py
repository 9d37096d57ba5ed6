"""Outputs that are made long before they are written, and lie aside until then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cityfolio.annex import Annex
from cityfolio.frozen import replace
from cityfolio.model.site import Output

__all__ = ["laid_aside"]


def laid_aside(outputs: Iterable[Output]) -> Iterator[Output]:
    """The same outputs, all of them made now and each brought back when it is asked for."""
    aside = Annex()
    laid = [(replace(each, body=b""), aside.laid(each.body)) if isinstance(each.body, bytes) else (each, None)
            for each in outputs]
    return (replace(output, body=body.read()) if body else output for output, body in laid)
