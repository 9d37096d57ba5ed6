"""Every code has its page and is met for real; what a page shows is what the command says.

`pytest tests/test_codes.py --rewrite` puts the messages of today into the pages and draws the index anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import problem_pages
from cityfolio.codes import CODES
from cityfolio.problems import as_text
from problem_pages import PAGES, page
from triggers import TRIGGERS, tried

TRIED = [code for code in CODES if page(code).can_be_tried]
LONGEST_PAGE = 40


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {*CODES, "README"}


def test_every_code_is_listed_under_a_heading() -> None:
    listed = [code for each in problem_pages.groups().values() for code in each]

    assert listed == list(CODES)


def test_the_index_lists_every_code_as_it_is_declared(rewrite: bool) -> None:
    if rewrite:
        (PAGES / "README.md").write_text(problem_pages.index(), encoding="utf-8")

    assert (PAGES / "README.md").read_text(encoding="utf-8") == problem_pages.index()


def test_each_page_opens_with_what_its_code_means_and_how_much_it_matters() -> None:
    opened = {code: (page(code).title, page(code).weight) for code in CODES}

    assert opened == {code: (each.means, problem_pages.weight(code)) for code, each in CODES.items()}


def test_each_page_is_short() -> None:
    assert {code: page(code).lines for code in CODES if page(code).lines > LONGEST_PAGE} == {}


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_met_once_and_its_page_shows_the_message(code: str, tmp_path: Path, rewrite: bool) -> None:
    found = TRIGGERS[code](tmp_path)
    message = as_text(found, "catalog").replace(str(tmp_path), "/srv/portal")
    if rewrite:
        text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
        (PAGES / f"{code}.md").write_text(problem_pages.with_message(text, message), encoding="utf-8")

    assert [problem.code for problem in found] == [code]
    assert page(code).message == message


@pytest.mark.parametrize("code", TRIED)
def test_the_right_example_of_a_page_has_no_problem(code: str) -> None:
    assert as_text(tried(code, "Right")) == ""


def test_each_page_shows_what_is_wrong_and_what_would_be_right() -> None:
    labels = {code: {each.label for each in page(code).examples} for code in CODES}

    assert {code: shown for code, shown in labels.items() if not {"Wrong", "Right"} <= shown} == {}
