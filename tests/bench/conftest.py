"""How long readers wait is asked of the browser that they have: Chromium itself, where it is installed beside its shell."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def a_browser_with_a_window() -> Iterator[None]:
    """Measure in Chromium itself, unless another browser is named. Here alone: tests of other folders may follow."""
    whole = shutil.which("chromium")
    with pytest.MonkeyPatch.context() as patched:
        if whole and not os.environ.get("CITYFOLIO_BROWSER"):
            patched.setenv("CITYFOLIO_BROWSER", whole)
        yield
