"""Whatever a portal answers in the place of any value, an import ends with a catalog that builds, or with a problem."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.formats import importer
from cityfolio.migrate.source import Source, Wishes
from cityfolio.problems import stops
from migrate import test_arcgis_hub, test_ckan, test_opendatasoft, test_socrata

WORDS = st.sampled_from(["", "null", "[[REDACTED-EX B6]]", "javascript:alert(1)", "../../etc/passwd", "\x00\x07", "\u202eabc",
                         "<script>alert(1)</script>", "x" * 5_000, "[1, 2", '{"en": "a"}', "http://[", "/a/../b", "2026-99-99"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), WORDS, st.text(max_size=20)),
    lambda deeper: st.one_of(st.lists(deeper, max_size=3), st.dictionaries(st.text(max_size=8), deeper, max_size=3)),
    max_leaves=5)

PACKAGE = test_ckan.a_package(
    tags=[{"name": "oak"}], groups=[{"name": "green", "title": "Green"}], license_id="cc-by", private=False,
    organization={"name": "parks", "title": "Parks", "description": "Parks."}, maintainer="Jo",
    maintainer_email="jo@example.gov", extras=[{"key": "spatial", "value": "City"}],
    temporal_coverage=[{"start": "2020", "end": "2021"}],
    resources=[{"url": "https://x.example/a.csv", "name": "A", "format": "CSV", "last_modified": "2026-01-01",
                "schema": {"fields": [{"name": "a", "type": "text"}]}}])
SAMPLES = {
    "ckan": {"result": {"results": [PACKAGE]}},
    "socrata": {"results": [test_socrata.an_asset(), test_socrata.an_asset("bbbb-0002", "chart")]},
    "opendatasoft": {"results": [test_opendatasoft.a_dataset(attachments=[{"id": "a", "title": "A"}])]},
    "arcgis-hub": {"features": [{"id": "a_0", "properties": test_arcgis_hub.an_item(fields=test_arcgis_hub.FIELDS)}]},
    "arcgis-hub feed": {"dcat:dataset": [test_arcgis_hub.a_record()]},
}


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value below another."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from places(each, (*path, key))


def changed(value: object, path: tuple[str | int, ...], put: object) -> object:
    """A copy with another value at a place."""
    if not path:
        return put
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(copy[path[0]], path[1:], put)
    return copy


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60)
@given(data=st.data())
def test_any_value_may_stand_in_any_place(name, data):
    place = data.draw(st.sampled_from([*places(SAMPLES[name])]))
    answer = changed(SAMPLES[name], place, data.draw(VALUES))

    found = importer(name.split()[0])(Source(tree=MemoryTree({"answer.json": json.dumps(answer)})), Wishes())

    assert found.files or found.problems
    assert not [path for path in found.files if ".." in path or path.startswith("/")]
    assert not [each for each in load(MemoryTree(found.files)).problems if stops([each], strict=False)] or not found.files
