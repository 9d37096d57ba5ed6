"""What a city writes about how it keeps data: promises, requests, uses, rules, guides, reviews before release, attestations.

Nothing here is computed. What is made of these records is in `model/health.py`, `model/assessment.py` and `model/practised.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from cityfolio.model.keys import (
    Choice,
    Day,
    Integer,
    Keyed,
    ListOf,
    MapOf,
    Markdown,
    OldAddress,
    Prose,
    Record,
    Reference,
    Text,
    Url,
    key,
)

SENSITIVITIES = ("public", "internal", "confidential", "protected")
WORTHS = ("high", "medium", "low")
RISKS = ("low", "moderate", "high")
PERSONAL = ("national-id", "payment-card", "phone", "email", "birth-date", "address", "name", "plate", "home-place",
            "bank-account", "free-text", "small-group", "uniform-group")
SECRETS = ("private-key", "access-key", "token", "password")
COMMITMENT_STATES = ("promised", "under-way", "kept", "broken", "dropped")
REQUEST_STATES = ("open", "planned", "answered", "refused", "withdrawn")
ASKERS = ("resident", "business", "journalist", "researcher", "nonprofit", "government", "not-told")
USE_KINDS = ("story", "app", "research", "teaching", "government", "business", "civic")
RULE_KINDS = ("policy", "publishing-process", "quality-process", "privacy-process", "roles", "meeting", "other")

Sensitivity = Literal["public", "internal", "confidential", "protected"]
Worth = Literal["high", "medium", "low"]
Risk = Literal["low", "moderate", "high"]
CommitmentState = Literal["promised", "under-way", "kept", "broken", "dropped"]
RequestState = Literal["open", "planned", "answered", "refused", "withdrawn"]
Asker = Literal["resident", "business", "journalist", "researcher", "nonprofit", "government", "not-told"]
UseKind = Literal["story", "app", "research", "teaching", "government", "business", "civic"]
RuleKind = Literal["policy", "publishing-process", "quality-process", "privacy-process", "roles", "meeting", "other"]


# Of a dataset

class ReleaseRecord(Keyed, kw_only=True):
    """When a dataset that is planned will be out, and what is left to do."""

    on: date | None = key("The day it should be out.", Day(), example="2026-10-31", needed="warning")
    owner: str | None = key("Who does what is left. The publisher when left out.", Reference("publishers"))
    steps: str | None = key("Markdown: what is left to do until then.", Markdown(4_000))
    earlier: tuple[date, ...] = key("Days that were named before and passed.", ListOf(Day()), example="[2026-03-31]")


class AcknowledgedRecord(Keyed, kw_only=True):
    """Something that looks personal and may be published all the same, with the reason."""

    column: str | None = key("The column, by its name in the file. All columns when left out.", Text(200), example="phone")
    kind: str | None = key("What it looks like; `cityfolio privacy` names it.", Choice(PERSONAL), example="phone",
                           needed="error")
    file: str | None = key("The file, by its path. All files of the dataset when left out.", Text(200), example="offices.csv")
    reason: str | None = key("Why it may be published.", Prose(1_000), example="Public numbers of city offices.",
                             needed="error")


class ReleaseReviewRecord(Keyed, kw_only=True):
    """What was weighed before a dataset was released: what it is good for, whom it could harm, who decided."""

    benefit: str | None = key("What residents gain by it.", Prose(2_000), example="Anyone can see where crashes happen.",
                              needed="error")
    risk: str | None = key("Whom it could harm, and what was done about that.", Prose(2_000), needed="error",
                           example="People hurt could be told apart by place and time; places are moved to the next corner.")
    level: Risk | None = key("How much risk is left.", Choice(RISKS), example="low", needed="error")
    reviewer: str | None = key("Who weighed it: a team or an office.", Prose(200), example="Privacy office", needed="error")
    on: date | None = key("When.", Day(), example="2026-03-02", needed="error")
    expires: date | None = key("When it has to be weighed again.", Day(), example="2027-03-02", needed="warning")
    acknowledged: tuple[AcknowledgedRecord, ...] = key("What looks personal and may be published, each with its reason.",
                                                       ListOf(Record(AcknowledgedRecord)))


class AnonymityRecord(Keyed, kw_only=True):
    """Columns by which a person could be told apart although no column names them, and how large a group must be."""

    quasi_identifiers: tuple[str, ...] = key(
        "Columns that others may know of a person, which together could tell one apart.", ListOf(Text(200), least=1),
        example="[age_group, council_district, month]", needed="error")
    k: int = key("The least number of rows that share each combination of them (k-anonymity).", Integer(minimum=2),
                 example="5", default=5)
    sensitive: tuple[str, ...] = key("Columns that nobody should learn of one person.", ListOf(Text(200)),
                                     example="[injury]")
    l: int = key("The least number of different values of each of these in such a group (l-diversity).",  # noqa: E741  as in the literature
                 Integer(minimum=2), example="2", default=2)
    file: str | None = key("The file, by its path, where the dataset has several.", Text(200), example="crashes.csv")


# Of the whole catalog

class HarmlessRecord(Keyed, kw_only=True):
    """Something in a file that looks like a secret and is none."""

    path: str | None = key("The file, from the catalog's folder.", Text(500), example="guides/use-the-api.md", needed="error")
    kind: str | None = key("What it looks like; the problem names it.", Choice(SECRETS), example="token", needed="error")
    reason: str | None = key("Why it is none.", Prose(1_000), example="An example that opens nothing.", needed="error")


class AskingRecord(Keyed, kw_only=True):
    """How residents ask for data: which issues of the code host are requests, and where else to write."""

    label: str = key("The label of the code host's issues that are requests for data.", Text(100), example="data-request",
                     default="data-request")
    email: str | None = key("Where a request may be written. The site's contact when left out.", Text(200),
                            example="opendata@example.gov")
    days: int | None = key("Within how many days the city means to answer.", Integer(minimum=1), example="10")


class CommitmentRecord(Keyed, kw_only=True):
    """`commitments/ID.yaml`: something the city promised about its data, and what came of it."""

    title: str | None = key("What was promised, in plain words.", Prose(200), example="Publish the capital budget by district",
                            needed="warning", code="title-missing")
    description: str | None = key("Markdown: more about it.", Markdown(8_000))
    owner: str | None = key("Who promised it.", Reference("publishers"), example="strategy-budget", needed="warning")
    promised: date | None = key("When it was promised.", Day(), example="2025-07-01", needed="error")
    where: str | None = key("Where it was promised.", Url(), example="https://example.gov/council/2025-07-01")
    due: date | None = key("By when.", Day(), example="2026-06-30", needed="warning")
    state: CommitmentState = key("How it stands.", Choice(COMMITMENT_STATES), example="under-way", default="promised")
    settled: date | None = key("When it was kept, broken or dropped.", Day(), example="2026-05-20")
    reason: str | None = key("Why it was broken or dropped.", Prose(2_000))
    evidence: str | None = key("Where it can be seen: a full address, or a path on this site.", Text(500),
                               example="/data/adopted-budget/")
    datasets: tuple[str, ...] = key("Datasets it is about.", ListOf(Reference("datasets")), example="[adopted-budget]")


class RequestRecord(Keyed, kw_only=True):
    """`requests/ID.yaml`: data that somebody asked for, and what the city answered. No names of people who asked."""

    title: str | None = key("What was asked for.", Prose(200), example="Locations of public restrooms", needed="warning",
                            code="title-missing")
    description: str | None = key("Markdown: what for, and in what form.", Markdown(8_000))
    asked: date | None = key("When.", Day(), example="2026-02-03", needed="error")
    asker: Asker = key("What kind of person or body asked.", Choice(ASKERS), example="researcher", default="not-told")
    owner: str | None = key("Who holds the data or answers.", Reference("publishers"), example="general-services")
    state: RequestState = key("How it stands.", Choice(REQUEST_STATES), example="answered", default="open")
    answered: date | None = key("When the city first answered in substance.", Day(), example="2026-02-11")
    answer: str | None = key("Markdown: what the city answered.", Markdown(8_000))
    reason: str | None = key("Why it was refused. Needed for what is.", Prose(2_000))
    datasets: tuple[str, ...] = key("Datasets that answer it, or will.", ListOf(Reference("datasets")),
                                    example="[street-trees]")
    link: str | None = key("Where it was asked, such as the issue.", Url(), example="https://code.example.gov/city/data/issues/12")


class UseRecord(Keyed, kw_only=True):
    """`uses/ID.yaml`: something that somebody made with the city's data."""

    title: str | None = key("What it is called.", Prose(200), example="Which street floods first", needed="warning",
                            code="title-missing")
    description: str | None = key("Markdown: what it does or found.", Markdown(8_000))
    kind: UseKind | None = key("What it is.", Choice(USE_KINDS), example="story", needed="warning")
    by: str | None = key("Who made it, as they want to be named.", Prose(200), example="Students of Eastway High School")
    date: date | None = key("When it came out.", Day(), example="2026-04-12")
    link: str | None = key("Where it is.", Url(), example="https://example.org/floods")
    datasets: tuple[str, ...] = key("What it uses.", ListOf(Reference("datasets")), example="[stream-water-quality]",
                                    needed="warning")
    change: str | None = key("Markdown: what changed because of it.", Markdown(4_000))


class RuleRecord(Keyed, kw_only=True):
    """What stands between the `---` lines of `policy/ID.md`: a rule the city keeps, or a meeting and its minutes."""

    title: str | None = key("Its name.", Prose(200), example="Open data policy", needed="warning", code="title-missing")
    summary: str | None = key("One sentence: what it settles.", Prose(400))
    kind: RuleKind = key("What it is.", Choice(RULE_KINDS), example="policy", default="other")
    owner: str | None = key("Who keeps it.", Reference("publishers"), example="innovation-technology")
    adopted: date | None = key("When it was adopted.", Day(), example="2015-11-09")
    by: str | None = key("Who adopted it.", Prose(200), example="City council")
    code: str | None = key("Where it stands in the law or the city's code.", Text(200), example="City Code 2-341")
    link: str | None = key("Its official text.", Url(), example="https://example.gov/code/2-341")
    reviewed: date | None = key("When it was looked at last.", Day(), example="2026-01-20")
    review_by: date | None = key("When it has to be looked at again.", Day(), example="2027-01-20")
    held: date | None = key("The day of a meeting.", Day(), example="2026-05-12")
    order: int | None = key("Where it stands among the others. By title when left out.", Integer(), example="1")
    formerly: tuple[str, ...] = key("Ids or paths it had before; each forwards here.", ListOf(OldAddress()))


class GuideRecord(Keyed, kw_only=True):
    """What stands between the `---` lines of `guides/ID.md`: how to use the city's data, with figures that stay true."""

    title: str | None = key("What a reader will be able to do.", Prose(200), example="Find out when your street is paved",
                            needed="warning", code="title-missing")
    summary: str | None = key("One sentence: for whom, and what for.", Prose(400))
    topics: tuple[str, ...] = key("Subjects it belongs to.", ListOf(Reference("topics")), example="[streets]")
    datasets: tuple[str, ...] = key("Datasets it uses.", ListOf(Reference("datasets")), example="[street-repairs]")
    reviewed: date | None = key("When somebody last went through it.", Day(), example="2026-05-02")
    order: int | None = key("Where it stands among the others. By title when left out.", Integer(), example="1")
    formerly: tuple[str, ...] = key("Ids or paths it had before; each forwards here.", ListOf(OldAddress()))


class AttestationRecord(Keyed, kw_only=True):
    """`attestations/ID.yaml`: what the city says of itself where the catalog cannot tell, with evidence and an end."""

    criteria: tuple[str, ...] = key("What it answers: standard and criterion, with a `/` between.", ListOf(Text(200), least=1),
                                    example="[what-works-cities/governance-meetings]", needed="error")
    claim: str | None = key("What is so.", Prose(2_000), example="The data governance board meets each quarter.",
                            needed="error")
    evidence: tuple[str, ...] = key("Where it can be seen: full addresses, or paths on this site.", ListOf(Text(500), least=1),
                                    example="[/policy/]", needed="error")
    by: str | None = key("Who says so: an office or a person in office.", Prose(200), example="Chief data officer",
                         needed="error")
    on: date | None = key("When.", Day(), example="2026-04-01", needed="error")
    expires: date | None = key("Until when it counts.", Day(), example="2027-04-01", needed="error")


class AssessmentRecord(Keyed, kw_only=True):
    """`assessments/ID.yaml`: how the city stood on one day, as `cityfolio assess --record` wrote it down."""

    standard: str | None = key("The standard.", Text(100), example="what-works-cities", needed="error")
    version: str | None = key("Its version on that day.", Text(60), example="2024")
    on: date | None = key("The day.", Day(), example="2026-01-31", needed="error")
    level: str | None = key("The level that was reached, by its id; none when left out.", Text(100), example="building")
    answers: Mapping[str, str] = key("Each criterion with its answer.", MapOf(Choice(("met", "not-met", "attested"))),
                                     example="{inventory-published: met}")
