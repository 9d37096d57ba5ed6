"""What the pages under docs/problems/ show as wrong in a dataset is what a form says is wrong with it, or it says why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cities import a_build, a_city, loaded, with_files
from cityfolio.check import check
from cityfolio.codes import CODES
from cityfolio.review.form_known import form_here, form_known
from cityfolio.review.form_rules import form_rules
from edit.judged import as_told
from edit.judging_process import Form, form
from problem_pages import page, planted
from triggers import BESIDE

pytestmark = pytest.mark.npm
TREES = "datasets/trees/dataset.yaml"
# Codes whose message on their page is about a file of a dataset, and whose page shows that file.
SHOWN = tuple(code for code in CODES if page(code).can_be_tried and f"{TREES}:" in page(code).message.partition("\n")[0])


@pytest.fixture(scope="module")
def judging(node: Path) -> Iterator[Form]:
    """The form's part, in one process for all examples."""
    with form(node) as process:
        yield process


@pytest.mark.parametrize("code", SHOWN)
def test_an_example_of_a_mistake_is_judged_alike(judging: Form, code: str) -> None:
    files = planted(with_files(a_city(), BESIDE.get(code, {})), code, "Wrong")
    catalog, build = loaded(files), a_build()
    known, here = form_known(catalog, build), form_here(catalog, build, "trees")

    told = judging.ask("judge", rules=form_rules(), known=known, texts=[{"text": files[TREES], "path": TREES, "here": here}])[0]

    unjudged = judging.ask("unjudged")
    assert told == [as_told(each) for each in check(catalog, build) if each.where.path == TREES and each.code not in unjudged]
    assert code in unjudged or code in [each["code"] for each in told]


def test_what_a_form_does_not_judge_are_codes(judging: Form) -> None:
    assert set(judging.ask("unjudged")) <= CODES.keys()
