"""Rules for standards and attestations: each fault is told once, at its place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cities import SITE, a_city, problems, with_files

CHARTER = "title: Our charter\nareas: {{open: {{title: Openness}}}}\ncriteria:\n  it: {{title: So, area: open, {keys}}}\n{more}"
PLAIN = "attest: Say so."
WORD = "criteria: [{criteria}]\nclaim: So it is.\nevidence: [{evidence}]\nby: Data office\non: {on}\nexpires: {expires}\n"
Files = Mapping[str, str]


def charter(keys: str = PLAIN, more: str = "") -> Files:
    """A standard with one criterion, and more below it."""
    return {"standards/charter.yaml": CHARTER.format(keys=keys, more=more)}


def word(criteria: str = "charter/it", evidence: str = "/about/", on: str = "2026-01-01", expires: str = "2026-12-31") -> Files:
    """An attestation."""
    return {"attestations/word.yaml": WORD.format(criteria=criteria, evidence=evidence, on=on, expires=expires)}


def check(**keys: str) -> str:
    """A check of datasets."""
    return "checks: {" + ", ".join(f"{name}: {value}" for name, value in {"table": "datasets", **keys}.items()) + "}"


LEVELS = "levels:\n  - {{id: {one}, title: One}}\n  - {{id: {two}, title: Two}}\n"
# Each with the code that is told, and with what the place begins that is marked.
FAULTS: dict[str, tuple[Files, tuple[str, str]]] = {
    "a standard that site.yaml names and nobody has": ({"site.yaml": SITE + "standards: [fair, chartre]\n"},
                                                       ("standard-unknown", "chartre")),
    "an attestation for a standard that nobody has": (word("chartre/it"), ("standard-unknown", "chartre/it")),
    "an attestation for a criterion that the standard has not": ({**charter(), **word("charter/that")},
                                                                 ("criterion-unknown", "charter/that")),
    "an attestation for a criterion of a shipped standard": (word("fair/f99"), ("criterion-unknown", "fair/f99")),
    "an attestation that names no standard": ({**charter(), **word("it")}, ("criterion-unknown", "it]")),
    "an attestation for what takes no word": ({**charter(check(least="1")), **word()}, ("criterion-unknown", "charter/it")),
    "something before that is not there": (charter(f"{PLAIN}, after: [first]"), ("criterion-unknown", "first")),
    "a part that is not there": (charter("among: {least: 1, criteria: [part]}"), ("criterion-unknown", "part")),
    "a level that asks for what is not there": (
        charter(more="levels: [{id: one, title: One, criteria: [that]}]\n"), ("criterion-unknown", "that")),
    "a criterion that asks nothing": (charter("after: []"), ("criterion-unfit", "{title: So")),
    "an area that is not there": (({"standards/charter.yaml": charter()["standards/charter.yaml"].replace(
        "area: open", "area: opne")}), ("criterion-unfit", "opne")),
    "no area at all": ({"standards/charter.yaml": charter()["standards/charter.yaml"].replace("area: open, ", "")},
                       ("criterion-unfit", "{title: So")),
    "a check without a line": (charter(check(good="topics > 0")), ("criterion-unfit", "{table: datasets")),
    "a share of different values": (charter(check(different="topic", share="0.5")), ("criterion-unfit", "0.5")),
    "different values of no column": (charter(check(different="topik", least="1")), ("criterion-unfit", "topik")),
    "a column that is not there": (charter(check(good="has_titel == true", share="1")), ("criterion-unfit", "has_titel ==")),
    "an expression that is none": (charter(check(where="status = 'planned'", least="1")), ("criterion-unfit", "= 'planned'")),
    "an expression in a block": (
        charter(more="  other:\n    title: T\n    area: open\n    checks:\n      table: datasets\n      least: 1\n"
                     "      where: >\n        topics ==\n        'parks'\n"),
        ("criterion-unfit", ">")),
    "a column of the wrong kind": (charter(check(where="topics == 'parks'", least="1")), ("criterion-unfit", "'parks'")),
    "more parts than there are": (charter("among: {least: 2, criteria: [that]}", "  that: {title: That, attest: Say.}\n"),
                                  ("criterion-unfit", "2, criteria")),
    "a criterion that waits for itself": (charter(f"{PLAIN}, after: [it]"), ("criterion-unfit", "[it]")),
    "two criteria that wait for each other": (
        charter(f"{PLAIN}, after: [that]", "  that: {title: That, area: open, attest: Say., after: [it]}\n"),
        ("criterion-unfit", "[that]")),
    "over without a share": (charter(check(least="1", over="true")), ("criterion-unfit", "true")),
    "over all of them": (charter(check(share="1", over="true")), ("criterion-unfit", "true")),
    "at least more than at most": (charter(check(least="3", most="2")), ("criterion-unfit", "3")),
    "no areas": ({"standards/charter.yaml": "title: T\nareas: {}\ncriteria: {it: {title: So, attest: Say.}}\n"},
                 ("criterion-unfit", "{}")),
    "no criteria": ({"standards/charter.yaml": "title: T\nareas: {open: {title: Open}}\ncriteria: {}\n"},
                    ("criterion-unfit", "{}")),
    "an id with a capital": (charter(more="  That: {title: That, area: open, attest: Say.}\n"), ("criterion-unfit", "That:")),
    "a level's id with a space": (charter(more=LEVELS.format(one="level one", two="two")), ("criterion-unfit", "level one")),
    "two levels of one id": (charter(more=LEVELS.format(one="one", two="one")), ("criterion-unfit", "one, title: Two")),
    "expired yesterday": ({**charter(), **word(expires="2026-06-29")}, ("attestation-expired", "2026-06-29")),
    "evidence at no dataset": ({**charter(), **word(evidence="/data/shrub/")}, ("attestation-evidence", "/data/shrub/")),
    "evidence at no page": ({**charter(), **word(evidence="/abuot/")}, ("attestation-evidence", "/abuot/")),
    "evidence among no rules": ({**charter(), **word(evidence="/policy/")}, ("attestation-evidence", "/policy/")),
    "evidence in a standard that is not assessed": ({**charter(), **word(evidence="/practice/fair/")},
                                                    ("attestation-evidence", "/practice/fair/")),
    "a check of which a key was refused": (charter(check(least="many")), ("number-invalid", "many")),
    "checks that are none": (charter("checks: all"), ("value-kind", "all")),
    "a table that is none": (charter(check(table="rows", least="1")), ("choice-unknown", "rows")),
}


@pytest.mark.parametrize(("files", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_once_at_its_place(files: Files, expected: tuple[str, str]) -> None:
    (found,) = problems(with_files(a_city(), files))

    assert found.where.excerpt is not None
    assert found.where.column is not None
    assert (found.code, found.where.excerpt[found.where.column - 1:][:len(expected[1])]) == expected


SOUND: dict[str, Files] = {
    "a city that names shipped standards": {"site.yaml": SITE + "standards: [fair, what-works-cities]\n"},
    "a standard of one's own": {**charter(), "site.yaml": SITE + "standards: [charter]\n"},
    "an attestation on the day it expires": {**charter(), **word(expires="2026-06-30")},
    "a check as one entry of a list": charter("checks: [{table: datasets, least: 1}]"),
    "an area that a part has from its whole": charter("among: {least: 1, criteria: [that]}",
                                                      "  that: {title: T, attest: Say.}\n"),
    "evidence elsewhere": {**charter(), **word(evidence="'https://example.gov/minutes'")},
    "evidence at a dataset, its file, a view and a page's part": {
        **charter(),
        **word(evidence="/data/trees/, /data/trees/trees.csv, /data/topic/nature/, '/inventory/#planned', /data.json")},
    "evidence at a rule": {**charter(), **word(evidence="/policy/board/, /policy/"),
                           "policy/board.md": "---\ntitle: Board\nkind: roles\nowner: parks\n---\nWho they are.\n"},
}


@pytest.mark.parametrize("files", SOUND.values(), ids=SOUND)
def test_what_is_sound_has_no_problem(files: Files) -> None:
    assert problems(with_files(a_city(), files)) == ()
