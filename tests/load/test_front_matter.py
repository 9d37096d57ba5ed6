"""Markdown files of a catalog: keys between two lines, then text."""

from hypothesis import given, strategies as st

from cities import a_city, loaded
from cityfolio.load.front_matter import read_front_matter

POLICY = "---\ntitle: Open data policy\nkind: policy\n---\n\nThe city publishes.\n"


def test_the_text_follows_the_keys():
    found = loaded(a_city(**{"policy/open-data.md": POLICY}))

    assert found.problems == ()
    assert found.policy["open-data"].record.title == "Open data policy"
    assert found.policy["open-data"].body == "\nThe city publishes.\n"
    assert found.policy["open-data"].body_line == 5


def test_a_problem_of_a_key_points_to_its_line_in_the_file():
    found = loaded(a_city(**{"policy/open-data.md": POLICY.replace("kind: policy", "kind: polcy")}))

    assert [(each.code, each.where.line, each.where.column) for each in found.problems] == [("choice-unknown", 3, 7)]


def test_a_file_without_keys_is_one_problem():
    found = loaded(a_city(**{"guides/read-the-budget.md": "# Read the budget\n"}))

    assert [each.code for each in found.problems] == ["front-matter-missing"]
    assert found.knows("guides", "read-the-budget")


def test_keys_without_an_end_are_one_problem():
    found = loaded(a_city(**{"guides/read-the-budget.md": "---\ntitle: Read the budget\n"}))

    assert [each.says for each in found.problems] == ["the front matter has no end"]


def test_windows_line_ends_are_read_alike():
    found = loaded(a_city(**{"policy/open-data.md": POLICY.replace("\n", "\r\n")}))

    assert found.problems == ()
    assert found.policy["open-data"].body == "\nThe city publishes.\n"


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(body):
    _, text, line, problems = read_front_matter("guides/any.md", body)

    assert isinstance(text, str)
    assert line >= 1
    assert len(problems) <= 1
