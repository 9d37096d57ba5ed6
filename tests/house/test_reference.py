"""What is drawn from the declarations: words, examples, an editor's schema."""

from typing import Any, get_args

import click
import pytest
from jsonschema import Draft202012Validator

from cityfolio.editor_schema import json_schema
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.model import keys
from cityfolio.model.frequency import WORDS
from cityfolio.model.keys import keys_of
from cityfolio.model.records import ColumnRecord, DatasetRecord, SiteRecord
from cityfolio.model.synonyms import SynonymsRecord
from cityfolio.reference import FILES, GROUPS, as_yaml, catalog_reference, command_reference, in_words

EXAMPLES = [(record, name) for record in FILES for name, key in keys_of(record).items() if key.example]


def an_empty(kind: type) -> Any:
    """A kind with something put where it asks for an argument."""
    arguments = {
        keys.Choice: (("one", "two"),), keys.Reference: ("topics",), keys.ListOf: (keys.Day(),), keys.MapOf: (keys.Day(),),
        keys.Record: (SiteRecord,),
    }
    return kind(*arguments.get(kind, ()))


def problems_in(path: str, text: str) -> list[str]:
    loaded = load(MemoryTree({"site.yaml": "name: Example\n", path: text}))
    return [f"{problem.code}: {problem.says}" for problem in loaded.problems if problem.where.path == path]


PLACES = {
    "SiteRecord": "site.yaml", "PublisherRecord": "publishers/one.yaml", "TopicRecord": "topics/one.yaml",
    "LicenseRecord": "licenses/one.yaml", "DatasetRecord": "datasets/one/dataset.yaml", "ColumnRecord": "columns/one.yaml",
    "SynonymsRecord": "synonyms.yaml", "PriorityRecord": "priorities/one.yaml", "GoalRecord": "goals/one.yaml",
    "MeasureRecord": "measures/one/measure.yaml", "CalendarRecord": "calendars/one.yaml",
    "CommitmentRecord": "commitments/one.yaml", "RequestRecord": "requests/one.yaml", "UseRecord": "uses/one.yaml",
    "RuleRecord": "policy/one.md", "GuideRecord": "guides/one.md",
    "NoteRecord": "changes/2026-06-15-one.md", "StandardRecord": "standards/one.yaml",
    "AttestationRecord": "attestations/one.yaml", "AssessmentRecord": "assessments/one.yaml",
}
# What each kind of file must have beside the key that is tried.
NEEDED = {
    "SiteRecord": {"name": "Example"}, "SynonymsRecord": {}, "GoalRecord": {"title": "Example", "owner": "parks"},
    "MeasureRecord": {"title": "Example", "type": "output", "unit": "trees", "direction": "watch"},
    "CalendarRecord": {"title": "Example", "holidays": "{2026-01-01: New Year}"},
    "CommitmentRecord": {"title": "Example", "owner": "parks", "promised": "2025-07-01", "due": "2026-06-30"},
    "RequestRecord": {"title": "Example", "asked": "2026-02-03"},
    "UseRecord": {"title": "Example", "kind": "story", "datasets": "[trees]"},
    "StandardRecord": {"title": "Example", "areas": "{one: {title: One}}",
                       "criteria": "{first: {title: First, area: one, attest: Where it is.}}"},
    "AttestationRecord": {"criteria": "[one/first]", "claim": "So it is.", "evidence": "[/policy/]", "by": "City clerk",
                          "on": "2026-04-01", "expires": "2027-04-01"},
    "AssessmentRecord": {"standard": "one", "on": "2026-01-31"},
}


@pytest.mark.parametrize("kind", get_args(keys.Kind), ids=lambda kind: kind.__name__)
def test_every_kind_of_value_is_said_in_words(kind):
    said = in_words(an_empty(kind))

    assert said
    assert "Kind" not in said


@pytest.mark.parametrize("record", [*FILES, *GROUPS], ids=lambda record: record.__name__)
def test_every_key_has_an_entry_on_the_page_of_the_catalog(record):
    page = catalog_reference()

    assert [name for name in keys_of(record) if f"- **`{name}`**" not in page] == []


@pytest.mark.parametrize(("record", "name"), EXAMPLES, ids=[f"{record.__name__}.{name}" for record, name in EXAMPLES])
def test_every_example_can_be_typed_as_it_is_shown(record, name):
    needed = NEEDED.get(record.__name__, {"title": "Example"})
    others = "".join(f"{key}: {value}\n" for key, value in needed.items() if key != name)

    keys = f"{others}{name}: {as_yaml(keys_of(record)[name])}\n"

    found = problems_in(PLACES[record.__name__], f"---\n{keys}---\n" if PLACES[record.__name__].endswith(".md") else keys)

    assert found == []


@pytest.mark.parametrize("record", FILES, ids=lambda record: record.__name__)
def test_every_schema_is_a_sound_one(record):
    Draft202012Validator.check_schema(json_schema(record))


def test_the_schema_takes_a_dataset_as_an_editor_reads_it():
    dataset = {
        "title": "Service requests", "keywords": [311, "potholes"], "topics": "streets", "issued": "2016-03-01",
        "temporal": {"start": 2016}, "contact": {"email": "data@example.gov"}, "frequency": "daily", "summary": None,
        "files": [{"path": "requests.csv"}],
        "columns": {"request_type": {"values": {"POTHOLE": "Pothole", "TRASH": None}, "required": True}, "notes": None},
    }

    assert list(Draft202012Validator(json_schema(DatasetRecord)).iter_errors(dataset)) == []


@pytest.mark.parametrize(
    ("written", "is_taken"),
    [
        ({"same": [["trash", "garbage"]], "leads_to": {"pothole": [311], "cops": "police"}, "without": None}, True),
        ({"same": ["trash", "garbage"]}, False),
        ({"same": [["trash"]]}, False),
        ({"leads_to": {"cops": []}}, False),
        ({"leads_to": {"x" * 61: ["police"]}}, False),
    ],
    ids=["as an editor reads it", "no group in the list", "a group of one", "leads nowhere", "a long word"],
)
def test_the_schema_takes_the_synonyms_that_the_loader_takes(written, is_taken):
    assert Draft202012Validator(json_schema(SynonymsRecord)).is_valid(written) is is_taken


@pytest.mark.parametrize(
    ("record", "given", "at"),
    [
        (SiteRecord, {"tagline": "No name"}, ""),
        (SiteRecord, {"name": "City", "colour": "#ffffff"}, ""),
        (SiteRecord, {"name": "City", "accent": "blue"}, "accent"),
        (SiteRecord, {"name": "City", "base_url": "ftp://example.gov"}, "base_url"),
        (DatasetRecord, {"title": "Trees", "status": "gone"}, "status"),
        (DatasetRecord, {"title": "Trees", "files": [{"path": "a.csv", "size": 3}]}, "files"),
        (DatasetRecord, {"title": "Trees", "issued": "March 2016"}, "issued"),
        (ColumnRecord, {"min_length": -1}, "min_length"),
        (ColumnRecord, {"sensitive": "maybe"}, "sensitive"),
    ],
    ids=["no name", "unknown key", "color", "scheme", "choice", "unknown key in a group", "date", "negative", "boolean"],
)
def test_the_schema_marks_what_the_loader_refuses(record, given, at):
    errors = list(Draft202012Validator(json_schema(record)).iter_errors(given))

    assert ["/".join(map(str, list(error.absolute_path)[:1])) for error in errors] == [at]


def test_the_schema_offers_the_words_for_frequencies():
    frequency = json_schema(DatasetRecord)["properties"]["frequency"]["anyOf"][0]

    assert frequency["anyOf"][0]["enum"] == list(WORDS)


def test_the_schema_says_what_holds_when_a_key_is_left_out():
    properties = json_schema(SiteRecord)["properties"]

    assert (properties["languages"]["default"], properties["theme"]["default"]) == (["en"], "civic")
    assert "default" not in properties["tagline"]


def test_commands_are_shown_with_their_options_and_those_below_them():
    @click.group()
    def root() -> None:
        """Do things."""

    @root.command()
    @click.option("--strict", is_flag=True, help="Refuse warnings.")
    def check(strict: bool) -> None:
        """Look for problems."""

    page = command_reference(root)

    assert "## `cityfolio`" in page
    assert "## `cityfolio check`" in page
    assert "--strict  Refuse warnings." in page
