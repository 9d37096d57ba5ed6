"""A page may weigh so much, by its type; what is said of it is what a reader's connection carries."""

import gzip
import random
import sys

import pyarrow as pa
import pytest

from cityfolio.publish.weights import gzipped
from publish.sites import codes, html, says, verified


def noise(size: int) -> str:
    """Text that compresses to about three quarters of its size."""
    return "".join(random.Random(size).choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-", k=size))


def test_the_size_is_what_gzip_makes_of_it():
    body = noise(5000).encode()

    assert abs(gzipped(body) - len(gzip.compress(body, 6, mtime=0))) <= 2


@pytest.mark.parametrize(
    ("kind", "limit"),
    [("dataset", 50_000), ("list", 60_000), ("home", 20_000), ("topic", 30_000)],
)
def test_each_type_of_page_has_its_budget_of_compressed_html(kind, limit):
    light, heavy = html(noise(int(limit * 1.25))), html(noise(int(limit * 1.4)))

    assert verified({"index.html": kind}, index_html=light).problems == ()
    assert codes(verified({"index.html": kind}, index_html=heavy)) == ["page-heavy"]


def test_a_dataset_page_is_weighed_together_with_what_it_loads():
    page = html(noise(30_000), '<link rel="preload" href="a.woff2" as="font"><link rel="icon" href="a.svg">')
    files = {"index_html": page, "a_woff2": noise(40_000), "a_svg": ""}

    result = verified({"index.html": "dataset"}, **files)

    weight = f"{result.weights[0].together / 1000:.1f} kB"
    assert says(result) == [f"the page with all it loads is {weight} compressed, over the 50.0 kB for a dataset page"]
    assert result.weights[0].requests == 3


def test_a_page_makes_at_most_six_requests():
    pictures = {f"p{at}_svg": "" for at in range(6)}
    links = "".join(f'<link rel="icon" href="p{at}.svg">' for at in range(6))

    assert says(verified({"index.html": "topic"}, index_html=html("", links), **pictures)) == [
        "the page takes 7 requests, over 6"
    ]


def test_the_problem_says_the_weight_the_limit_and_the_type():
    result = verified({"index.html": "home"}, index_html=html(noise(40_000)))

    assert says(result)[0].startswith("the page's HTML is 30.")
    assert says(result)[0].endswith("over the 20.0 kB for a home page")


def test_what_repeats_itself_may_be_long():
    assert verified({"index.html": "home"}, index_html=html("<p>again</p>" * 20_000)).problems == ()


@pytest.mark.parametrize("arrow", [pa, None], ids=["Arrow is at hand", "Arrow is not at hand"])
def test_a_page_is_judged_alike_however_it_is_weighed(arrow, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    repeated, heavy = html("<p>again</p>" * 20_000), html(noise(40_000))

    assert verified({"index.html": "home"}, index_html=repeated).problems == ()
    assert codes(verified({"index.html": "home"}, index_html=heavy)) == ["page-heavy"]


STYLED = html("", '<link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css">')
SCRIPTED = html('<script src="a.js"></script><script src="b.js"></script>')


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"index_html": STYLED, "a_css": "/*x*/" * 2000, "b_css": "/*y*/" * 2000}, []),
        ({"index_html": STYLED, "a_css": "/*x*/" * 4000, "b_css": "/*y*/" * 4000}, ["page-heavy"]),
        ({"index_html": STYLED, "a_css": f"/*{noise(6000)}*/", "b_css": f"/*{noise(6001)}*/"}, ["page-heavy"]),
        ({"index_html": SCRIPTED, "a_js": noise(6000), "b_js": noise(6001)}, []),
        ({"index_html": SCRIPTED, "a_js": noise(8000), "b_js": noise(8001)}, ["page-heavy"]),
    ],
    ids=["styles", "too much style", "too much style, compressed", "scripts", "too much script"],
)
def test_the_styles_and_scripts_of_a_page_are_weighed_together(files, expected):
    assert codes(verified(**files)) == expected


@pytest.mark.parametrize("kind", ["search", "file"])
def test_a_page_that_is_a_program_has_a_budget_of_its_own(kind):
    assert verified({"index.html": kind}, index_html=SCRIPTED, a_js=noise(20_000), b_js="").problems == ()


def test_the_heaviest_page_of_each_type_is_weighed():
    kinds = {"a.html": "topic", "b.html": "topic", "c.html": "home"}
    result = verified(kinds, a_html=html("a"), b_html=html("bb"), c_html=html())

    assert [(weight.kind, weight.url, weight.raw) for weight in result.weights] == [
        ("home", "/c.html", len(html())),
        ("topic", "/b.html", len(html("bb"))),
    ]
