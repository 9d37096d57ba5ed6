"""Addresses for programs: each that is fixed stands in the reference, and each that stands there answers."""

import re

import pytest

from cityfolio.pages import routes
from house.documents import ROOT

FEEDS = (ROOT / "docs" / "reference" / "feeds.md").read_text("utf-8")
FIXED = {name: url for name, url in vars(routes).items()
         if re.fullmatch(r"[A-Z][A-Z0-9_]*", name) and isinstance(url, str) and re.fullmatch(r"/.*\.[a-z]+", url)}
OF_PEOPLE = {"NOT_FOUND"}        # the page of missing addresses
SHOWN = sorted(set(re.findall(r"`(/(?!data/trees/)[a-z0-9./_-]*[a-z])`", FEEDS)))     # a text has "trees" for an example


@pytest.mark.parametrize("name", sorted(FIXED.keys() - OF_PEOPLE))
def test_every_fixed_address_for_programs_is_in_the_reference(name):
    assert f"`{FIXED[name]}`" in FEEDS


@pytest.mark.slow
def test_every_address_that_the_reference_names_answers_on_the_demonstration(demonstration):
    assert [address for address in SHOWN if not (demonstration.site / address.lstrip("/")).exists()] == []
