"""Whatever stands in a dataset's file, its checks can be made, and what they point to is a line of it."""

from __future__ import annotations

import yaml
from hypothesis import given, strategies as some

from cityfolio.load.yaml import read_yaml
from cityfolio.practice.health import CHECKS
from cityfolio.practice.health_record import Around, record_checks
from cityfolio.practice.health_rows import addresses_in

KEYS = ("title", "summary", "publisher", "contact", "license", "keywords", "topics", "frequency", "modified", "files", "status",
        "spatial", "temporal", "reason", "landing_page")
TEXTS = some.sampled_from(["", " ", "a", "planned", "published", "https://example.gov/a.", "License Not Specified", "rows.csv"])
VALUES = some.recursive(TEXTS, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(
    some.sampled_from(["path", "url", "format", "email", "name", "start"]), inner, max_size=3), max_leaves=6)
RECORDS = some.dictionaries(some.sampled_from(KEYS), VALUES)


@given(RECORDS)
def test_every_record_can_be_checked(record):
    document, _ = read_yaml("datasets/a/dataset.yaml", yaml.safe_dump(record).encode())
    found = list(record_checks(document, Around(site=document, publishers={"a": document}, licenses={"a": document})))

    assert {each.id for each in found} <= CHECKS.keys()
    assert all(each.where if each.state == "failed" else not each.where for each in found)
    assert all(1 <= place.line <= max(1, len(document.lines)) for each in found for place in each.where)


@given(RECORDS, some.sampled_from(KEYS))
def test_no_key_that_is_taken_away_makes_another_check_pass(record, key):
    def passed(values):
        document, _ = read_yaml("datasets/a/dataset.yaml", yaml.safe_dump(values).encode())
        return {each.id for each in record_checks(document, Around()) if each.state == "passed"}

    kept = {name: value for name, value in record.items() if name != key or key in ("status", "files")}

    assert passed(kept) <= passed(record)


@given(RECORDS)
def test_addresses_are_found_on_their_lines(record):
    document, _ = read_yaml("datasets/a/dataset.yaml", yaml.safe_dump(record).encode())

    assert all(address in document.lines[line - 1] for address, line in addresses_in(document).items())
