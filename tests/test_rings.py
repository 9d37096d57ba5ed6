"""How often Python looks for rings of objects is changed while a command works, and put back."""

from __future__ import annotations

import gc

import pytest
from click.testing import CliRunner

from cityfolio.lazy_commands import LazyGroup
from cityfolio.rings import MADE_BETWEEN_LOOKS, NEVER, USUAL, few_looks_for_rings, usual_looks_for_rings


def test_rings_are_looked_for_as_often_as_before_when_a_build_is_over():
    before = gc.get_threshold()
    with few_looks_for_rings():
        assert gc.get_threshold() == (MADE_BETWEEN_LOOKS, NEVER, NEVER)

    assert gc.get_threshold() == before


def test_they_are_when_a_build_failed():
    before = gc.get_threshold()
    with pytest.raises(OSError, match="full"), few_looks_for_rings():
        raise OSError("full")

    assert gc.get_threshold() == before


def test_every_command_looks_rarely_and_one_that_stays_as_often_as_python_does() -> None:
    group, seen = LazyGroup("cityfolio", later={}), []

    @group.command()
    def short() -> None:
        seen.append(gc.get_threshold()[0])

    @group.command()
    def long() -> None:
        usual_looks_for_rings()
        seen.append(gc.get_threshold()[0])

    before = gc.get_threshold()
    for name in ("short", "long"):
        CliRunner().invoke(group, [name], catch_exceptions=False)

    assert seen == [MADE_BETWEEN_LOOKS, USUAL[0]]
    assert gc.get_threshold() == before
