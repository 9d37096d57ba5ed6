"""What a shallow clone tells beside what the former site told, and how that is read again."""

from __future__ import annotations

from datetime import date

import orjson
import pytest
from hypothesis import given, strategies as st

from changes.repositories import a_repository, built, git
from cities import CSV, SITE
from cityfolio.load.kept_changes import as_json, days_by_dataset, of_json
from cityfolio.model.history import ChangeDay, FileChange, KeyChange, RowCounts
from cityfolio.publish.manifest import previous_changes

MORE = f"{CSV}ash,3\n"
TEXT = st.text(max_size=20)
NAMES = st.lists(TEXT, max_size=3).map(tuple)
COUNT = st.integers(min_value=0, max_value=10**9)
PAIRS = st.dictionaries(TEXT, TEXT, max_size=2).map(lambda found: tuple(found.items()))
ROWS = st.builds(RowCounts, before=COUNT, after=COUNT, added=COUNT, removed=COUNT, changed=COUNT, added_columns=NAMES,
                 removed_columns=NAMES, renamed=PAIRS)
FILES = st.builds(FileChange, name=TEXT, formerly=TEXT, before_bytes=st.none() | COUNT, after_bytes=st.none() | COUNT,
                  rows=st.none() | ROWS)
KEYS = st.builds(KeyChange, key=TEXT, column=TEXT, parts=NAMES, before=TEXT, after=TEXT)
DAYS = st.builds(ChangeDay, day=st.dates(), commit=TEXT, is_first=st.booleans(), files=st.lists(FILES, max_size=2).map(tuple),
                 keys=st.lists(KEYS, max_size=2).map(tuple))


@given(DAYS)
def test_what_is_told_is_read_again(day):
    assert of_json(orjson.loads(orjson.dumps(as_json(day)))) == day


def test_a_file_of_no_bytes_keeps_its_size():
    emptied = FileChange(name="trees.csv", happened="changed", before_bytes=9, after_bytes=0)
    day = ChangeDay(day=date(2026, 5, 1), files=(emptied,))

    assert as_json(day)["files"][0]["after_bytes"] == 0
    assert of_json(as_json(day)) == day


@pytest.mark.parametrize("body", [
    b"[]", b"{", b'{"datasets": []}', b'{"datasets": {"a": {}}}', b'{"datasets": {"a": [1]}}', b'{"datasets": {"a": [{}]}}',
    b'{"datasets": {"a": [{"day": "x"}]}}', b'{"datasets": {"a": [{"day": "2026-01-01", "files": [{"happened": "x"}]}]}}',
    b'{"datasets": {"a": [{"day": "2026-01-01", "files": [{"happened": "added", "after_bytes": -1}]}]}}',
    b'{"datasets": {"a": [{"day": "2026-01-01", "commit": 1}]}}',
])
def test_what_is_no_such_file_is_refused(body):
    with pytest.raises(ValueError, match=r"no |none|not a|Invalid|unexpected"):
        days_by_dataset(body)


def a_shallow_clone(tmp_path):
    whole = a_repository(tmp_path / "whole", ("2026-04-01", {"datasets/trees/trees.csv": MORE}))
    git(tmp_path, "clone", "-q", "--depth", "1", whole.parent.as_uri(), "shallow")
    return whole, tmp_path / "shallow" / "catalog"


def test_a_shallow_clone_keeps_what_the_former_site_told(tmp_path):
    whole, shallow = a_shallow_clone(tmp_path)
    (shallow.parent / "former/data").mkdir(parents=True)
    (shallow.parent / "former/data/changes.json").write_bytes(built(whole).site["data/changes.json"])

    made = built(shallow, output=shallow.parent / "former")
    assert [each["day"] for each in made.changes()["days"]] == ["2026-04-01", "2026-03-01"]
    assert "This site was built without the older history." in made.page()


def test_a_shallow_clone_tells_of_files_that_the_former_site_had_otherwise(tmp_path):
    _, shallow = a_shallow_clone(tmp_path)
    former = built(a_repository(tmp_path / "former", ("2026-03-01", {"site.yaml": f"{SITE}versions: {{keep: 0}}\n"})))

    day = built(shallow, former.manifest).changes()["days"][0]
    assert day == {"day": "2026-01-01", "files": [{"file": "trees.csv", "happened": "changed", "before_bytes": len(CSV),
                                                   "after_bytes": len(MORE)}]}


def test_without_a_former_site_a_shallow_clone_says_since_when_it_knows(tmp_path):
    _, shallow = a_shallow_clone(tmp_path)

    told = built(shallow).changes()
    assert (told["known"], told["since"], told["days"], told["versions"]) == ("shallow", "2026-04-01", [], [])


@pytest.mark.parametrize("location", ["former", "former/manifest.json"])
def test_the_changes_of_a_former_site_lie_beside_its_manifest(tmp_path, location):
    (tmp_path / "former/data").mkdir(parents=True)
    (tmp_path / "former/data/changes.json").write_text('{"datasets": {"trees": [{"day": "2026-01-01"}]}}')

    assert list(previous_changes(str(tmp_path / location), tmp_path)) == ["trees"]


def test_a_former_site_without_changes_tells_none(tmp_path):
    assert previous_changes(None, tmp_path) == {}
