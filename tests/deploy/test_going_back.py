"""Where going back leads to: from each site to what was deployed before it, however often, and never forward unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cityfolio.publish.deploying.target import Generation, Target
from cityfolio.publish.deploying.targets.folder import FolderTarget
from cityfolio.publish.deploying.written_generations import (
    Written,
    leading_back,
    led_back_to,
    newest_first,
    numbered,
    read_back,
    surplus,
    written_down,
)
from deploy.small_sites import SMALL, a_site, brought_back, deployed, shown

OF_A_VERSION_THAT_DID_NOT_COUNT = b'{"name":"20261126T131500Z-aa","manifest_sha256":"aa","bytes":1,"revision":"","leaving":{}}'


def a_written(letter: str, number: int, back: Written | None = None) -> Written:
    """A deploy of a site that is called by a letter."""
    return Written(generation=Generation(name=f"{number}{letter}", manifest_sha256=letter), number=number,
                   brings_back=back.stands if back else None)


def leads_to(kept: list[Written], seen: Written) -> str:
    """The site that going back leads to; "" for none."""
    return next((each.manifest_sha256 for each in led_back_to(kept, seen) if each.leads_back), "")


A, B, C = (a_written(letter, number) for number, letter in enumerate("ABC", 1))
B_AGAIN = a_written("B", 4, B)
A_AGAIN = a_written("A", 5, A)
C_AGAIN = a_written("C", 5, C)


@pytest.mark.parametrize(("kept", "seen", "before"), [
    ([A, B], C, "B"), ([A, C], B_AGAIN, "A"), ([C, B_AGAIN], A_AGAIN, ""), ([B_AGAIN, A], C_AGAIN, "B"),
    ([C, B_AGAIN], a_written("D", 5), "B"), ([A, B, C], a_written("E", 9), "C"),
], ids=["from the newest", "from one brought back", "from the first", "from the newest brought back", "from one made after",
        "over a gap"])
def test_going_back_leads_to_what_stood_before(kept: list[Written], seen: Written, before: str):
    assert leads_to(kept, seen) == before


def test_from_a_site_of_which_nothing_is_known_all_that_is_kept_leads_back():
    assert [each.leads_back for each in led_back_to([A, B], None)] == [True, True]


def test_one_that_is_brought_back_twice_counts_as_the_first_of_it():
    again = numbered(Generation(name="x", manifest_sha256="B"), [A, B_AGAIN, C])

    assert (again.number, again.stands) == (5, B.order)


def test_deploys_of_one_second_stand_in_the_order_they_were_made():
    first = numbered(Generation(name="20261126T131500Z-ff", manifest_sha256="ff"), [])
    second = numbered(Generation(name="20261126T131500Z-00", manifest_sha256="00"), [first])

    assert newest_first([first, second]) == (second, first)


def test_the_site_that_is_seen_is_not_kept_a_second_time():
    assert surplus([A, B, C], B_AGAIN, 2) == (B,)


def test_of_more_than_are_wanted_the_oldest_go():
    assert surplus([A, B, C], a_written("D", 4), 2) == (A,)


def test_what_a_version_wrote_that_did_not_count_stands_by_its_name():
    old = read_back(OF_A_VERSION_THAT_DID_NOT_COUNT)

    assert old is not None
    assert (old.number, old.stands) == (0, (0, "20261126T131500Z-aa"))
    assert leads_to([old], A) == "aa"


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"name": 1', b"null",
                                  OF_A_VERSION_THAT_DID_NOT_COUNT.replace(b"{}", b'{}, "brings_back": [1]')],
                         ids=["nothing", "no keys", "a list", "half", "null", "half a place"])
def test_what_is_none_of_ours_is_no_generation(body: bytes):
    assert read_back(body) is None


@given(st.builds(Written, number=st.integers(0, 10**6), brings_back=st.none() | st.tuples(st.integers(0, 99), st.text()),
                 generation=st.builds(Generation, name=st.text(), manifest_sha256=st.text(), revision=st.text(),
                                      bytes=st.integers(0, 10**9), leaving=st.dictionaries(st.text(), st.text()),
                                      leads_back=st.just(True))))
def test_what_was_written_down_is_read_back(written: Written):
    assert read_back(written_down(written)) == written


@pytest.mark.parametrize(("deploys", "told"), [("ABC", "BA"), ("ABCB", "cA"), ("ABCBA", "bc"), ("ABCBD", "BCA"), ("A", "")])
def test_where_nothing_is_counted_the_order_of_the_deploys_tells_where_back_leads(deploys: str, told: str):
    made = [Generation(name=f"{number}", manifest_sha256=letter) for number, letter in enumerate(deploys)]

    found = leading_back(made, made[-1].name)

    seen = "".join(dict.fromkeys(each.manifest_sha256 if each.leads_back else each.manifest_sha256.lower() for each in found))
    assert seen == told


def test_where_what_is_seen_is_not_known_all_deploys_lead_back():
    assert [each.leads_back for each in leading_back([A.generation, B.generation], "")] == [True, True]


@given(st.lists(st.sampled_from(["new", "back"]), max_size=12))
def test_going_back_never_leads_forward(acts: list[str]):
    trail = _trail(acts)

    assert all(later.stands < earlier.stands for act, earlier, later in trail if act == "back")


def _trail(acts: list[str]) -> list[tuple[str, Written, Written]]:
    """What was seen before and after each of some deploys and steps back, where everything is kept."""
    seen, kept, trail = numbered(Generation(name="n0", manifest_sha256="s0"), []), list[Written](), []
    for number, act in enumerate(acts, 1):
        digest = leads_to(kept, seen) if act == "back" else f"s{number}"
        if digest:
            new = numbered(Generation(name=f"n{number}", manifest_sha256=digest), [*kept, seen])
            kept = [each for each in (*kept, seen) if each.generation.manifest_sha256 != digest]
            trail.append((act, seen, new))
            seen = new
    return trail


@pytest.fixture
def three(tmp_path: Path) -> Target:
    """A folder with three deploys, two of them within one second."""
    target = FolderTarget(tmp_path / "www")
    for letter, seconds in (("A", 0), ("B", 1), ("C", 1)):
        deployed(a_site(tmp_path / letter, {**SMALL, "index.html": letter}), target, seconds)
    return target


def back(target: Target, seconds: int) -> str:
    """Go back, without a name, and see what is shown."""
    brought_back(target, next(each.name for each in target.generations() if each.leads_back), seconds)
    return shown(target, "index.html")


def test_two_steps_back_lead_to_the_first_of_three_sites(three: Target):
    assert (back(three, 2), back(three, 3)) == ("B", "A")


def test_after_two_steps_back_the_sites_ahead_are_kept_and_none_leads_back(three: Target):
    back(three, 2)
    back(three, 3)

    assert [each.leads_back for each in three.generations()] == [False, False]


def test_a_site_that_lies_ahead_is_brought_back_by_its_name(three: Target):
    back(three, 2)

    brought_back(three, three.generations()[0].name, 3)

    assert (shown(three, "index.html"), back(three, 4)) == ("C", "B")


def test_a_new_site_after_a_step_back_leads_back_to_what_was_seen_before_it(tmp_path: Path, three: Target):
    back(three, 2)

    deployed(a_site(tmp_path / "D", {**SMALL, "index.html": "D"}), three, 3)

    assert back(three, 4) == "B"


def test_a_step_back_in_the_second_of_the_deploy_is_one(tmp_path: Path):
    target = FolderTarget(tmp_path / "www")
    for letter in "AB":
        deployed(a_site(tmp_path / letter, {**SMALL, "index.html": letter}), target)

    assert back(target, 0) == "A"
    assert len(target.generations()) == 1


def test_a_site_that_came_otherwise_leads_back_to_the_newest_that_is_kept(tmp_path: Path, three: Target):
    (tmp_path / "www").rename(tmp_path / "aside")
    a_site(tmp_path / "www", index="By hand")

    assert back(three, 2) == "B"
