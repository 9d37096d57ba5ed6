"""How often Python looks for rings of objects is changed while a build lasts, and put back."""

from __future__ import annotations

import gc

import pytest

from cityfolio.rings import MADE_BETWEEN_LOOKS, few_looks_for_rings


def test_rings_are_looked_for_as_often_as_before_when_a_build_is_over():
    before = gc.get_threshold()
    with few_looks_for_rings():
        assert gc.get_threshold()[0] == MADE_BETWEEN_LOOKS

    assert gc.get_threshold() == before


def test_they_are_when_a_build_failed():
    before = gc.get_threshold()
    with pytest.raises(OSError, match="full"), few_looks_for_rings():
        raise OSError("full")

    assert gc.get_threshold() == before
