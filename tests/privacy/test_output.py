"""What is drawn is looked through: a number or a key that slipped into a text stops the build before anything is replaced."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cities import SITE, TREES, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.model.site import Output
from cityfolio.privacy.near import near
from cityfolio.privacy.secrets import SIGNS
from cityfolio.problems import Problem
from cityfolio.publish.scan import NUMBERS, Scan, met_in
from cityfolio.publish.sinks import MemorySink
from cityfolio.publish.write import Edition, write_site

KEY = "AKIA" + "Q7ZR2LWX4VKCT5MY"
CARD = "4539" + "578763621486"
BAD = {
    "a Social Security number": "536-22-8714",
    "the number that people try": "123-45-6789",
    "a number that is said to be one": "my SSN: 536228714",
    "a number with blanks that is said to be one": "the social security number is 536 22 8714",
    "a card": CARD,
    "a card in fours": "4539 5787 6362 1486",
    "a card with hyphens": "4539-5787-6362-1486",
    "a card of American Express": "3714 496353 98431",
    "a key": KEY,
    "a password in an address": "sftp://parks:Vq7-rT2kXw9e@files.example.gov",
}
GOOD = {
    "a number that was never given out": "000-22-8714",
    "a number of an advertisement": "078-05-1120",
    "nine digits": "536228714",
    "digits beside a longer word": "assn 536228714",
    "a count of such numbers": "SSN 53622871",
    "a ZIP code": "28202-2114",
    "a telephone": "704-336-7600",
    "a date": "2020-12-2024",
    "part of a longer number": "1536-22-87140",
    "part of an address": "/data/536-22-8714/",
    "part of a name": "case-536-22-8714",
    "decimals": "0.4539578763621486",
    "a card with a wrong digit": "4539578763621487",
    "a moment": "1767225600000",
    "a digest": "4539578763621486abcdef",
    "a parcel": "00102134",
}


def told(*bodies: str, scan: Scan | None = None, media_type: str = "text/html", kind: str = "dataset") -> tuple[Problem, ...]:
    scan = scan or Scan()
    for at, body in enumerate(bodies):
        scan.look(Output(url=f"/data/{at}/", body=body.encode(), media_type=media_type, kind=kind, source="dataset.html"))
    return scan.problems()


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_should_not_be_read_by_everybody_is_met_and_not_quoted(text: str) -> None:
    (problem,) = told(f"<p>One</p>\n<p>Call {text}.</p>")

    assert (problem.code, problem.where.path, problem.where.line) == ("output-personal", "/data/0/", 2)
    assert text not in problem.says + problem.fix


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_only_looks_so_is_left_alone(text: str) -> None:
    assert told(f"<p>{text}</p>", f'{{"value": {text}}}', text) == ()


@given(st.sampled_from([*BAD.values()]), st.text("x \n<>\"0.-,%/=+_", max_size=20),
       st.text("x \n<>\"0.-,%/=+_", max_size=20))
def test_the_quick_search_lets_nothing_by_that_the_close_one_meets(text: str, before: str, after: str) -> None:
    body = f"{before} {text} {after}".encode()

    assert near([b"", body], f"{NUMBERS}|{SIGNS}") == [False, any(True for _ in met_in(body))] == [False, True]


def test_the_same_number_in_many_pages_is_one_problem_of_the_first() -> None:
    (problem,) = told("<p>Trees</p>", "<p>536-22-8714</p>", "<b>536-22-8714</b>")

    assert problem.where.path == "/data/1/"


def test_what_was_judged_in_the_rows_is_no_problem_and_a_secret_in_them_is() -> None:
    scan = Scan(is_in_rows=lambda text: True)

    assert [each.says for each in told(f"<p>536-22-8714 {KEY}</p>", scan=scan)] == [
        "/data/0/ would show what looks like the key of an AWS account"]


@pytest.mark.parametrize(("media_type", "kind"), [("image/png", "dataset"), ("text/javascript", "asset")],
                         ids=["picture", "asset"])
def test_pictures_and_the_files_of_the_theme_are_not_searched(media_type: str, kind: str) -> None:
    assert told("536-22-8714", media_type=media_type, kind=kind) == ()


def test_many_outputs_are_searched_in_parts_and_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.publish.scan.MOST_HELD", 100)

    found = told(*[f"<p>{536 + at}-22-8714</p>" for at in range(30)])

    assert [each.where.path for each in found] == [f"/data/{at}/" for at in range(30)]


def test_nothing_is_replaced_when_a_page_would_show_it() -> None:
    sink, page = MemorySink(), b"<!doctype html><p>536-22-8714</p>"
    output = Output(url="/data/trees/", body=page, media_type="text/html", kind="dataset", source="dataset.html")

    written = write_site([output], MemoryTree({}), sink, Edition(made_by="cityfolio"))

    assert [each.code for each in written.problems] == ["output-personal"]
    assert sink.manifest is None


def built(**changed: str) -> tuple[Problem, ...]:
    files = with_files(a_city(), {name.replace("__", "/"): body for name, body in changed.items()})
    found = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=MemorySink())).problems
    return tuple(each for each in found if each.severity == "error")


def test_the_place_where_it_was_written_is_told() -> None:
    record = f"{TREES}description: |\n  Ask for\n  form 536-22-8714 of the parks.\n"

    (problem,) = built(**{"datasets/trees/dataset.yaml": record})

    assert (problem.code, problem.where.path, problem.where.line, problem.where.column) == (
        "output-personal", "datasets/trees/dataset.yaml", 15, 8)


def test_a_number_that_was_acknowledged_in_a_table_may_be_shown() -> None:
    rows = "species,height\n" + "oak,12.5\n" * 40 + f"order {CARD},8\n"
    review = ("release_review: {benefit: Shade., risk: None is left., level: low, reviewer: Privacy office, on: 2026-03-02,\n"
              "  expires: 2027-03-02, acknowledged: [{kind: payment-card, reason: The number of an order.}]}\n")

    assert built(**{"datasets/trees/trees.csv": rows, "datasets/trees/dataset.yaml": TREES + review}) == ()


def test_an_example_of_a_key_that_was_acknowledged_may_be_shown() -> None:
    harmless = f"{SITE}harmless: [{{path: topics/nature.yaml, kind: access-key, reason: An example that opens nothing.}}]\n"

    assert built(**{"site.yaml": harmless, "topics/nature.yaml": f"title: Nature\ndescription: Such as {KEY}.\n"}) == ()


def test_a_digest_that_begins_with_as_many_digits_as_a_card_needs_no_closer_look() -> None:
    assert not near([b'"sha256":"4012888888881881a3f0"', b"/4012888888881881/"], NUMBERS)[0]
