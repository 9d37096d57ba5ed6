import re
from urllib.parse import quote

import pytest
from hypothesis import given, strategies as st

from cityfolio.pages import routes
from cityfolio.pages.passing_routes import is_view


@pytest.mark.parametrize(
    ("from_url", "to_url", "expected"),
    [
        ("/data/trees/", "/topics/parks/", "../../topics/parks/"),
        ("/", "/data/", "data/"),
        ("/", "/", "./"),
        ("/data/", "/", "../"),
        ("/data/topic/parks/", "/assets/site.css", "../../../assets/site.css"),
        ("/data/trees/", "/data/trees/#columns", "./#columns"),
        ("/data/trees/", "/data/trees/tree list #1.csv", "tree%20list%20#1.csv"),
        ("/", "/a:b/", "./a:b/"),
        ("/data/trees/", "/data/trees/a:b.csv", "./a:b.csv"),
        ("/data/", "/data/trees/", "trees/"),
        ("/datasets/311.html", "/datasets/trees/", "trees/"),
        ("/data/tree/", "/data/trees/", "../../data/trees/"),
    ],
    ids=["across", "down", "home to itself", "up", "to a file", "to a place", "cut at a number sign", "with a colon",
         "a file beside it with a colon", "below", "beside a file", "a neighbor whose name begins the same"],
)
def test_a_link_is_relative(from_url, to_url, expected):
    assert routes.relative(from_url, to_url).startswith(expected)


@pytest.mark.parametrize(
    ("from_url", "to_url", "expected"),
    [
        ("/", "/", "index.html"),
        ("/", "/data/", "data/index.html"),
        ("/data/trees/", "/data/#not-published", "../../data/index.html#not-published"),
        ("/data/trees/", "/data/trees/trees.csv", "trees.csv"),
        ("/data/trees/", "/data/trees/#columns", "index.html#columns"),
    ],
    ids=["home", "a page", "a place in a page", "a file", "a place in the page itself"],
)
def test_links_for_a_folder_name_the_file(from_url, to_url, expected):
    assert routes.relative(from_url, to_url, for_folder=True) == expected


def test_a_file_with_odd_letters_in_its_name_is_linked_with_their_codes():
    assert routes.relative("/", '/data/x/"ä b"%.csv') == "data/x/%22%C3%A4%20b%22%25.csv"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("CSV", "csv"), ("ZIP / SHP", "zip-shp"), ("GTFS-RT", "gtfs-rt"), ("", "other"), ("Ω", "u3c9"), ("--", "other")],
)
def test_a_format_is_part_of_an_address(name, expected):
    assert routes.format_id(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("days_open", "column-days_open"), ("Days open", "column-Days-20-open"), ("a-b", "column-a-2d-b"), ("", "column-")],
)
def test_a_column_has_a_place_of_its_own(name, expected):
    assert routes.column_anchor(name) == expected


@given(st.tuples(st.text(), st.one_of(st.none(), st.text())), st.tuples(st.text(), st.one_of(st.none(), st.text())))
def test_no_two_columns_share_a_place(one, other):
    assert (routes.column_anchor(*one) == routes.column_anchor(*other)) == (one == other)


@given(st.text())
def test_a_place_can_be_an_id(name):
    assert re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", routes.column_anchor(name))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "//other.example", "x", "", None]
)
def test_an_address_that_could_run_something_leads_nowhere(url):
    assert routes.outward(url) == "#"


@pytest.mark.parametrize("url", ["https://example.gov/a?b=c", "http://example.gov", "ftp://example.gov/x"])
def test_an_address_elsewhere_is_left_as_it_is(url):
    assert routes.outward(url) == url


def test_a_letter_has_its_subject():
    assert routes.mail("data@example.gov", "Trees & parks") == "mailto:data@example.gov?subject=Trees%20%26%20parks"


def test_a_letter_cannot_be_given_another_field_through_its_address():
    assert "?" not in routes.mail("a@example.gov?bcc=b@example.gov")


@pytest.mark.parametrize(
    ("base_url", "expected"), [("", "/"), ("https://example.gov", "/"), ("https://example.gov/data/portal", "/data/portal/")]
)
def test_the_base_path_ends_with_a_slash(base_url, expected):
    assert routes.base_path(base_url) == expected


def test_new_has_an_address():
    assert routes.new_url() == "/new/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [("/data/topic/parks/", True), ("/data/format/csv/", True), ("/data/topic/", False), ("/data/trees/", False)],
)
def test_a_filter_of_the_list_is_told_from_a_dataset(url, expected):
    assert is_view(url) is expected


@given(st.text("abzAZ09/._~-#:?& é"))
def test_an_address_is_quoted_whether_or_not_it_needs_to_be(path):
    assert routes.absolute("https://a.gov", path) == "https://a.gov" + quote(path, safe="/-._~!$&'()*+,;=:@#")
