"""What an editor checks by takes texts in each language as the loader does."""

import pytest
from jsonschema import Draft202012Validator

from cityfolio.editor_schema import json_schema
from cityfolio.model.records import DatasetRecord

SCHEMA = Draft202012Validator(json_schema(DatasetRecord))


@pytest.mark.parametrize(("written", "is_taken"), [
    ({"title": "Trees"}, True),
    ({"title": {"en": "Trees", "es-MX": "Árboles"}}, True), ({"title": {"english": "Trees"}}, False),
    ({"keywords": {"en": ["shade"], "es": "sombra"}}, True), ({"keywords": [{"en": "shade", "es": "sombra"}]}, True),
    ({"columns": {"a": {"values": {"X": {"en": "Ex", "es": "Equis"}}}}}, True), ({"spatial": {"en": {"a": "b"}}}, False),
    ({"identifier": {"en": "trees"}}, False),
])
def test_a_text_is_taken_once_or_for_each_language(written, is_taken):
    assert SCHEMA.is_valid(written) is is_taken
