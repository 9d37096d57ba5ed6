"""links/DATE.csv and usage.csv as a build reads them: the newest findings, the lines that say something certain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cities import TREES, a_city, loaded
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.load.checked_links import Line, Unreadable, load_checked_links, read_lines, written_lines
from cityfolio.load.usage import read_usage
from cityfolio.model.health import CheckedLink, Used

LINKS = "url,is_well,status,says,checked\n"
USAGE = "month,dataset,views,downloads\n"
OLDER, NEWER = "links/2026-05-01.csv", "links/2026-06-01.csv"
GONE = "https://a.example.gov/,false,404,404 Not Found,2026-05-01\n"
BACK = '"https://a.example.gov/?q=1,2",true,200,"moved to https://b.example.gov/",2026-06-01\n'


def problems(**files: str | bytes) -> list[tuple[str, str, int | None]]:
    found = loaded(a_city(**files)).problems
    return [(each.code, each.where.path, each.where.line) for each in found]


def test_a_catalog_without_either_has_neither():
    found = loaded(a_city())

    assert (found.checked_links, found.usage, found.problems) == (None, (), ())


def test_the_newest_findings_are_read():
    found = loaded(a_city(**{OLDER: LINKS + GONE, NEWER: LINKS + BACK, "links/README.md": "Kept.\n"}))
    links = found.checked_links

    assert found.problems == ()
    assert links is not None
    assert (links.on, links.source_path) == (date(2026, 6, 1), NEWER)
    assert links.links == {"https://a.example.gov/?q=1,2": CheckedLink(
        url="https://a.example.gov/?q=1,2", is_well=True, status=200, says="moved to https://b.example.gov/")}


@pytest.mark.parametrize(("body", "line"), [
    ("", 1), ("url,status\n", 1), (f"{LINKS}a,true,200,ok\n", 2), (f"{LINKS}a,yes,200,ok,2026-06-01\n", 2),
    (f"{LINKS}a,true,2000,ok,2026-06-01\n", 2), (f"{LINKS}a,true,200,ok,soon\n", 2),
    (f"{LINKS}a,true,,ok,2026-06-01\na,true,,ok,2026-06-01\n", 3), (f'{LINKS}a,true,,"ok,2026-06-01\n', 2),
    (f"{LINKS}\xff".encode("latin-1"), 2), (f"{LINKS}a\0,true,,ok", 2),
])
def test_findings_that_cannot_be_read_are_a_warning_and_no_crash(body: str | bytes, line: int):
    assert problems(**{NEWER: body}) == [("links-unreadable", NEWER, line)]


@given(st.binary(max_size=200))
def test_no_file_of_findings_is_a_surprise(body: bytes):
    tree = MemoryTree({NEWER: LINKS.encode() + body})
    links, found = load_checked_links(tree, [NEWER])

    assert (links is None) == bool(found)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
FINDINGS = st.lists(st.builds(Line, link=st.builds(CheckedLink, url=WORDS, is_well=st.booleans(), says=WORDS,
                                                   status=st.none() | st.integers(100, 599)), checked=st.dates()),
                    unique_by=lambda line: line.link.url, max_size=5)


@given(FINDINGS)
def test_findings_are_read_back_as_they_were_written(lines: list[Line]):
    assert list(read_lines(written_lines(lines)).values()) == sorted(lines, key=lambda line: line.link.url)


def test_a_link_to_a_file_elsewhere_is_not_read(tmp_path: Path):
    for path, body in {**a_city(), "elsewhere.csv": f"{USAGE}2026-06,trees,5,1\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(str(body))
    (tmp_path / "usage.csv").symlink_to(tmp_path / "elsewhere.csv")
    found = load(FolderTree(tmp_path))

    assert "usage.csv" in [each.where.path for each in found.problems if each.code == "file-link"]
    assert found.usage == ()


def test_findings_beyond_any_catalog_are_refused():
    with pytest.raises(Unreadable, match="50,000,000"):
        read_lines(bytes(50_000_001))


def test_usage_is_by_dataset_then_month_and_brings_the_past_of_a_former_id_along():
    found = loaded(a_city(**{"datasets/trees/dataset.yaml": f"{TREES}formerly: [plants]\n",
                             "usage.csv": f"{USAGE}2026-06,trees,5,1\n2026-05,plants,3,0\n2026-06,plants,1,1\n"}))

    assert found.problems == ()
    assert found.usage == (Used(month="2026-05", dataset="trees", views=3, downloads=0),
                           Used(month="2026-06", dataset="trees", views=6, downloads=2))


@pytest.mark.parametrize(("body", "line"), [
    ("", 1), ("month,dataset\n", 1), (f"{USAGE}2026-13,trees,1,1\n", 2), (f"{USAGE}2026-06,trees,1\n", 2),
    (f"{USAGE}2026-06,trees,-1,1\n", 2), (f"{USAGE}2026-06,trees,1,1.5\n", 2), (f"{USAGE}2026-06,tree,1,1\n", 2),
    (f"{USAGE}2026-06,trees,1,1\n2026-06,trees,1,1\n", 3), (f'{USAGE}2026-06,trees,1,"1\n', 2),
])
def test_a_line_of_usage_that_says_nothing_certain_is_a_warning(body: str, line: int):
    assert problems(**{"usage.csv": body}) == [("usage-unreadable", "usage.csv", line)]


def test_the_lines_beside_one_that_is_wrong_are_kept_and_an_unknown_dataset_is_said_once():
    found = loaded(a_city(**{"usage.csv": f"{USAGE}2026-04,tree,1,1\n2026-05,tree,1,1\n2026-06,trees,5,1\n"}))

    assert [each.where.line for each in found.problems] == [2]
    assert found.usage == (Used(month="2026-06", dataset="trees", views=5, downloads=1),)


@given(st.binary(max_size=200))
def test_no_usage_is_a_surprise(body: bytes):
    lines, _ = read_usage(USAGE.encode() + body)

    assert all(each.views >= 0 for _, each in lines)
