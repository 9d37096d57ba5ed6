"""Rules for what a city promised and was asked for: releases, commitments, requests, and the evidence it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.values import is_url
from cityfolio.model.catalog import Build
from cityfolio.model.practice import CommitmentRecord
from cityfolio.practice.commitment_days import is_overdue
from cityfolio.problems import Location, Problem

# Per room the pairs of keys of which the second may not come before the first.
IN_ORDER = {
    "commitments": (("promised", "due"), ("promised", "settled")),
    "requests": (("asked", "answered"),),
    "attestations": (("on", "expires"),),
}
# Per room the keys of what has happened.
HAPPENED = {"commitments": ("promised", "settled"), "requests": ("asked", "answered"), "attestations": ("on",),
            "uses": ("date",), "policy": ("adopted", "reviewed"), "guides": ("reviewed",)}


@rule("request-reason")
def refusals_have_reasons(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A request that was refused says why. Of an issue the reason stands in the issue, to which its page links."""
    for each in loaded.requests.values():
        if each.record.state == "refused" and not each.document.holds("reason") and not is_issue(each):
            yield Problem(code="request-reason", where=each.document.at("state"),
                          says="this was refused, and no reason is given",
                          fix="Add `reason:` with a sentence for whoever asked.")


@rule("request-answer")
def answers_are_told(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A request that is answered says when, and what: in words, by a dataset or where it was asked."""
    for each in loaded.requests.values():
        record, document = each.record, each.document
        if record.state in ("answered", "refused") and not document.holds("answered") and not is_issue(each):
            yield Problem(code="request-answer", where=document.at("state"), says=f"this was {record.state}, and not told when",
                          fix="Add `answered:` with the day.")
        if record.state == "open" and record.answered:
            yield Problem(code="request-answer", where=document.at("answered"),
                          says=f"this was answered on {record.answered}, and is open all the same",
                          fix="Say how it stands: `state: answered`, `planned` or `refused`.")
        if record.state == "answered" and not (record.answer or record.datasets or record.link) \
                and not any(document.holds(key) for key in ("answer", "datasets", "link")):
            yield Problem(code="request-answer", where=document.at("state"),
                          says=_told(each, "this was answered, and not told what"),
                          fix="Add `answer:`, the `datasets:` that answer it, or a `link:` to where it was answered.")


@rule("release-missing")
def planned_datasets_have_a_day(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset that is planned says when it will be out."""
    for each in loaded.datasets.values():
        if each.record.status == "planned" and each.record.release is None and not each.document.holds("release"):
            yield Problem(code="release-missing", where=each.document.at("status"),
                          says="this is planned, and no day is named for it", fix="Add `release: {on: ...}` with the day.")


@rule("release-overdue")
def releases_come_when_they_were_promised(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The day of a release has not passed."""
    for each in loaded.datasets.values():
        release = each.record.release
        if each.record.status == "planned" and release and release.on and release.on < build.today:
            yield Problem(code="release-overdue", where=each.document.at("release", "on"),
                          says=f"this should have been out on {release.on}, {_ago(release.on, build.today)}",
                          fix="Publish it, or name a new day and put this one under `earlier:`.")


@rule("commitment-overdue")
def commitments_are_kept_in_time(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """What was promised by a day was settled by then."""
    for each in loaded.commitments.values():
        record = each.record
        if record.due is not None and is_overdue(record, build.today):
            yield Problem(code="commitment-overdue", where=each.document.at("due"),
                          says=f"this was due on {record.due}, {_ago(record.due, build.today)}",
                          fix="Say how it stands: `state: kept`, `broken` or `dropped`, and since when.")


@rule("commitment-settled")
def settled_commitments_say_when_and_why(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A promise that is settled says since when; one that was broken or dropped says why."""
    for each in loaded.commitments.values():
        state, document = each.record.state, each.document
        if state not in ("kept", "broken", "dropped"):
            if each.record.settled:
                yield Problem(code="commitment-settled", where=document.at("settled"),
                              says=f"this was settled on {each.record.settled}, and is {state} all the same",
                              fix="Say how it ended: `state: kept`, `broken` or `dropped`.")
            continue
        if not document.holds("settled"):
            yield Problem(code="commitment-settled", where=document.at("state"), says=f"this was {state}, and not told when",
                          fix="Add `settled:` with the day.")
        if state != "kept" and not document.holds("reason"):
            yield Problem(code="commitment-settled", where=document.at("state"),
                          says=f"this was {state}, and no reason is given", fix="Add `reason:` with a sentence.")


@rule("commitment-evidence")
def kept_commitments_can_be_seen(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A promise that was kept says where that can be seen."""
    for each in loaded.commitments.values():
        if each.record.state == "kept" and not each.document.holds("evidence"):
            yield Problem(code="commitment-evidence", where=each.document.at("state"),
                          says="this was kept, and it is not told where that can be seen",
                          fix="Add `evidence:` with a full address, or a path on this site such as /data/.")


@rule("evidence-invalid")
def evidence_leads_somewhere(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """Evidence is a full web address or a path on this site. That a page is there is verified once it is written."""
    for given, where in _evidence(loaded):
        if not is_evidence(given):
            yield Problem(code="evidence-invalid", where=where,
                          says=f'"{given}" is neither a full address nor a path on this site',
                          fix="Write it with https://, or from the root of this site, such as /data/.")


def is_evidence(text: str) -> bool:
    """Whether a text can be linked to as evidence."""
    is_path = text.startswith("/") and not text.startswith(("//", "/\\")) and not any(map(str.isspace, text))
    return is_path or is_url(text, ("https", "http"))


def is_issue(request: Sourced[Any]) -> bool:   # Any: RequestRecord
    """Whether a request was read from an export of issues, where the city cannot write what the issue does not have."""
    return request.document.path.endswith(".json")


def dates_out_of_order(loaded: Loaded) -> Iterator[tuple[Location, str]]:
    """Days that come before the one they should follow, each with what is wrong."""
    for room, pairs in IN_ORDER.items():
        for each in getattr(loaded, room).values():
            for first, second in pairs:
                yield from _order(each, first, second)


def dates_to_come(loaded: Loaded, today: date) -> Iterator[tuple[Location, str]]:
    """Days of what has happened that are yet to come, each with what is wrong."""
    for room, keys in HAPPENED.items():
        for each in getattr(loaded, room).values():
            for key in keys:
                day = getattr(each.record, key)
                if day is not None and day > today:
                    yield each.document.at(key), _told(each, f"{key} {day} is later than the date of this build, {today}")
    for dataset in loaded.datasets.values():
        review = dataset.record.release_review
        if review is not None and review.on is not None and review.on > today:
            yield (dataset.document.at("release_review", "on"),
                   f"on {review.on} is later than the date of this build, {today}, so the review does not count yet")


def _order(each: Sourced[Any], first: str, second: str) -> Iterator[tuple[Location, str]]:   # Any: a record of its room
    before, after = getattr(each.record, first), getattr(each.record, second)
    if before and after and after < before:
        yield each.document.at(second), _told(each, f"{second} {after} comes before {first} {before}")


def _evidence(loaded: Loaded) -> Iterator[tuple[str, Location]]:
    commitments: tuple[Sourced[CommitmentRecord], ...] = tuple(loaded.commitments.values())
    for each in commitments:
        if each.record.evidence is not None:
            yield each.record.evidence, each.document.at("evidence")
    for attestation in loaded.attestations.values():
        for place, given in enumerate(attestation.record.evidence):
            yield given, attestation.document.at("evidence", place)


def _told(each: Sourced[Any], text: str) -> str:   # Any: a record of its room
    """What is wrong, with the name of the issue: a file of issues has one place for all of them."""
    return f"{text} ({each.id})" if is_issue(each) else text


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return f"{days:,} {'day' if days == 1 else 'days'} ago"
