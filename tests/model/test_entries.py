"""The entries of a site that is being written are what dictionaries of them would be."""

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.site import Entries, Entry

DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
ADDED = st.tuples(st.text("abc/", max_size=3), st.integers(0, 2**40), DIGESTS, st.booleans(), st.sampled_from(["data", "list"]),
                  st.text("xy", max_size=2))


@given(st.lists(ADDED, max_size=12))
def test_entries_are_found_as_they_were_added_with_their_kinds_and_sources(added):
    entries, expected = Entries(), {}
    for path, size, digest, is_made, kind, source in added:
        entry = Entry(path=path, bytes=size, sha256=digest, is_made=is_made)
        entries.hold(entry, kind, source)
        expected[path] = entry, kind, source

    assert dict(entries) == {path: entry for path, (entry, _, _) in expected.items()}
    assert dict(entries.kinds) == {path: kind for path, (_, kind, _) in expected.items()}
    assert dict(entries.sources) == {path: source for path, (_, _, source) in expected.items()}
    assert entries.keys() == expected.keys() == set(entries.kinds)
    assert len(entries) == len(entries.kinds) == len(expected)


def test_what_was_not_added_is_not_there():
    entries = Entries()

    assert "a" not in entries
    assert "a" not in entries.kinds
    assert entries.kinds.get("a", "other") == "other"
    with pytest.raises(KeyError):
        entries["a"]
