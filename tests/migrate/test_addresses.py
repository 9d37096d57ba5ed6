"""Addresses as people type them."""

import pytest
from hypothesis import given, strategies as st

from cityfolio.migrate.values.addresses import is_web_address, mended_email, mended_url


@pytest.mark.parametrize(
    "url",
    [
        "https://example.gov",
        "http://example.gov/a?b=%20c&d=*#e/f",
        "ftp://example.gov/a.zip",
        "https://example.gov:8080/a",
        "https://metadata.example.gov/#home/datasetdetails/1/",
        "https://example.gov/q?where=1%3D1",
        "http://[2001:db8::1]/a",
    ],
    ids=str,
)
def test_a_sound_address_is_left_alone(url):
    assert mended_url(url) == (url, ())


@pytest.mark.parametrize(
    ("given_url", "url", "why"),
    [
        (
            "https://example.gov/q=SELECT * FROM t",
            "https://example.gov/q=SELECT%20*%20FROM%20t",
            "characters that an address cannot hold encoded",
        ),
        (
            "https://example.gov/a?sort=x|asc",
            "https://example.gov/a?sort=x%7Casc",
            "characters that an address cannot hold encoded",
        ),
        ("https://example.gov/50%", "https://example.gov/50%25", "characters that an address cannot hold encoded"),
        ("https://example.gov/a#b#c", "https://example.gov/a#b%23c", "characters that an address cannot hold encoded"),
        ("https://example.gov/[a]", "https://example.gov/%5Ba%5D", "characters that an address cannot hold encoded"),
        ("https://example.gov/straße", "https://example.gov/stra%C3%9Fe", "characters that an address cannot hold encoded"),
        ("https://exämple.gov/", "https://xn--exmple-cua.gov/", "characters that an address cannot hold encoded"),
        ("\thttps://example.gov/ ", "https://example.gov/", "spaces around it removed"),
        ("https://example.gov/a\n  b", "https://example.gov/ab", "line breaks inside it removed"),
        ("https://example.gov/\u200e", "https://example.gov/", "invisible characters removed"),
        ("https://example.gov/\u200b", "https://example.gov/", "invisible characters removed"),
        ("https://example.gov/â€Ž", "https://example.gov/", "invisible characters removed"),
        ("-https://example.gov/", "https://example.gov/", "stray characters before the address removed"),
        ("www.example.gov/a", "https://www.example.gov/a", "https:// added"),
        ("//example.gov/a", "https://example.gov/a", "https:// added"),
        ("data.example.gov", "https://data.example.gov", "https:// added"),
        ("ttps://example.gov/", "https://example.gov/", "its scheme corrected"),
        ("http//example.gov/", "http://example.gov/", "its scheme corrected"),
        ("https:/example.gov/", "https://example.gov/", "its scheme corrected"),
        ("HTTPS://example.gov/", "https://example.gov/", "characters that an address cannot hold encoded"),
    ],
    ids=str,
)
def test_an_address_with_one_reading_is_mended(given_url, url, why):
    assert mended_url(given_url) == (url, (why,))


def test_each_thing_that_was_done_is_said():
    assert mended_url(" www.example.gov/a b\u200e").why == (
        "invisible characters removed",
        "spaces around it removed",
        "https:// added",
        "characters that an address cannot hold encoded",
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "none",
        "files/a.csv",
        "/files/a.csv",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@example.gov",
        "C:\\data\\a.csv",
        "https://",
        "https:///a",
        "https://exa mple.gov/",
        "https://example.gov:port/",
        "see https://example.gov",
        "https://[::1",
        "https://" + "ä" * 70 + ".gov/",
        "file:///etc/passwd",
        "a.csv",
    ],
    ids=str,
)
def test_what_is_no_address_is_not_made_one(url):
    assert mended_url(url).url is None


@given(st.text(st.sampled_from(list("htps:/w.exmplgov aä%#?[]{}|<>\\\"'\n\t\u200e@:0-â€Ž")), max_size=30))
def test_whatever_comes_out_can_be_linked_to(text):
    url = mended_url(text).url

    assert url is None or is_web_address(url)


@given(st.text(st.sampled_from(list("/?#abc %|é[]")), max_size=20))
def test_mending_twice_is_mending_once(text):
    once = mended_url(f"https://example.gov/{text}").url

    assert mended_url(once) == (once, ())


@pytest.mark.parametrize(
    ("given_email", "email", "why"),
    [
        ("data@example.gov", "data@example.gov", ()),
        ("\tdata@example.gov", "data@example.gov", ("spaces around it removed",)),
        ("mailto:data@example.gov", "data@example.gov", ("mailto: removed",)),
        ("data@example.gov\u200b", "data@example.gov", ("invisible characters removed",)),
    ],
    ids=str,
)
def test_an_email_address_is_mended(given_email, email, why):
    assert mended_email(given_email) == (email, why)


@pytest.mark.parametrize("text", ["", "nobody", "http://example.gov/contact", "a@example.gov, b@example.gov", "a@b"], ids=str)
def test_what_is_not_one_email_address_is_none(text):
    assert mended_email(text) == (None, ())
