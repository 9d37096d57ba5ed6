"""Every computed criterion of the shipped standards: just under its line it is not met, just over it is."""

from __future__ import annotations

import pytest

from cities import a_build, a_city, loaded
from cityfolio.load.loaded import Sourced
from cityfolio.load.yaml import read_yaml
from cityfolio.model.standard import CheckRecord
from cityfolio.practice.assess import assessed
from practice.making_rows import Row, every_check, facts_with, sides
from practice.making_standards import a_criterion, a_standard

CHECKS = dict(every_check())
DOCUMENT = read_yaml("charter.yaml", b"title: Our charter\n")[0]
EVERY_CHECK = pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)


def answer(check: CheckRecord, rows: tuple[Row, ...]) -> str:
    """What a criterion of this check alone is answered with where the facts are these rows."""
    assert DOCUMENT is not None
    record = a_standard({"it": a_criterion(checks=(check,), attest=None)})
    found = assessed(Sourced("charter", record, DOCUMENT), loaded(a_city()), facts_with(check.table or "", rows), a_build())
    return found.answers["it"].answer


@EVERY_CHECK
def test_just_under_its_line_it_is_not_met(check: CheckRecord) -> None:
    assert answer(check, sides(check).under) == "not-met"


@EVERY_CHECK
def test_just_over_its_line_it_is_met(check: CheckRecord) -> None:
    assert answer(check, sides(check).over) == "met"


def test_there_are_checks_to_try() -> None:
    assert len(CHECKS) > 50
