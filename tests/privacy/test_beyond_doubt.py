"""Tables that are not searched, because nothing in them could be found."""

from __future__ import annotations

from hypothesis import assume, given, strategies as st

from cityfolio.privacy.detect import personal_findings
from cityfolio.privacy.header import parts_of
from cityfolio.privacy.seen import as_columns
from cityfolio.privacy.words import VOCABULARY

HEADERS = st.one_of(st.sampled_from(["a", "b", "x1", "f_2", "field_7", "col3", "v"]), st.text(max_size=6))
CELLS = st.one_of(st.none(), st.text(max_size=4), st.sampled_from(["Ann", "Mary", "John", "Lee", "1980", "M", "F", "5 A"]),
                  st.integers(0, 9_999).map(str))


@given(st.lists(HEADERS, min_size=1, max_size=4, unique=True), st.data())
def test_a_search_of_short_cells_below_names_that_say_nothing_finds_nothing(header, data):
    assume(VOCABULARY.isdisjoint(part for name in header for part in parts_of(name)))
    rows = data.draw(st.integers(1, 40))
    columns = [data.draw(st.lists(CELLS, min_size=rows, max_size=rows)) for _ in header]

    assert personal_findings(as_columns(header, columns)) == ()
