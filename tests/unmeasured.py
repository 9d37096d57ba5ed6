"""Work whose lines other tests reach too, done without noting them: to note them more than doubles the time it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from coverage import Coverage

NOTED_EXAMPLES = 10    # of each property: where these have been, the others hardly ever leave


@contextmanager
def unmeasured() -> Iterator[None]:
    """Note no lines meanwhile, neither here nor in processes that are started."""
    noting = Coverage.current()
    if noting is None:
        yield
        return
    noting.stop()
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
            yield
    finally:
        noting.start()


@contextmanager
def measured_at_first(handle: Any) -> Iterator[None]:
    """Note the lines that the first examples of a property reach. The handle is what Hypothesis lets others put a test in."""
    noting, test = Coverage.current(), handle.inner_test
    if noting is None:
        yield
        return
    handle.inner_test = _counted(test, noting)
    try:
        yield
    finally:
        handle.inner_test = test
        if Coverage.current() is not noting:
            noting.start()


def _counted(test: Callable[..., object], noting: Coverage) -> Callable[..., object]:
    """A test that notes no lines from one of its examples on."""
    examples = iter(range(NOTED_EXAMPLES))

    @wraps(test)    # by its name and text the examples are chosen: they are the same whether lines are noted or not
    def counted(*given: Any, **named: Any) -> object:
        if next(examples, None) is None and Coverage.current() is noting:
            noting.stop()
        return test(*given, **named)

    return counted
