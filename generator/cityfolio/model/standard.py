"""A standard of good practice as data: areas, criteria that the catalog answers or the city attests, levels.

Those that come with Cityfolio lie in `cityfolio/standards/`; a city adds its own, or replaces one, in `standards/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from cityfolio.model.keys import (
    Boolean,
    Choice,
    Day,
    Expression,
    Integer,
    Keyed,
    ListOf,
    MapOf,
    Markdown,
    Number,
    Prose,
    Record,
    Text,
    Url,
    key,
)

FACT_TABLES = ("datasets", "files", "columns", "publishers", "goals", "measures", "commitments", "requests", "uses",
               "rules", "guides", "site")

FactTable = Literal["datasets", "files", "columns", "publishers", "goals", "measures", "commitments", "requests", "uses",
                    "rules", "guides", "site"]


class CheckRecord(Keyed, kw_only=True):
    """A question to the catalog: how many rows of one of its tables of facts hold something, or which share of them."""

    table: FactTable | None = key("The table of facts that is asked.", Choice(FACT_TABLES), example="datasets", needed="error")
    where: str | None = key("Which rows are asked. All of them when left out.", Expression(), example="status == 'published'")
    good: str | None = key("What must hold of a row that counts. Without it each row counts.", Expression(),
                           example="has_dictionary == true")
    least: int | None = key("How many rows must count.", Integer(), example="10")
    most: int | None = key("How many rows may count, at most.", Integer(), example="0")
    share: float | None = key("Which share of the rows must count, from 0 to 1. Of no rows at all nothing holds.",
                              Number(0, 1), example="0.8")
    over: bool = key("True when the share must be over the number, not just reach it.", Boolean(), example="true",
                     default=False)
    different: str | None = key("In place of rows: how many different values this column has in those that count.", Text(100),
                                example="topic")


class AmongRecord(Keyed, kw_only=True):
    """So many of several criteria: "three of four"."""

    least: int | None = key("How many.", Integer(minimum=1), example="3", needed="error")
    criteria: tuple[str, ...] = key("Of which.", ListOf(Text(100), least=1), example="[survey, meetings, contact, requests]",
                                    needed="error")


class CriterionRecord(Keyed, kw_only=True):
    """One criterion, in words of our own. It is met by `checks`, by an attestation (`attest`), or by parts of it (`among`)."""

    title: str | None = key("What is asked, in a line.", Prose(200), example="The inventory is published", needed="error")
    says: str | None = key("Markdown: what it means, and how to get there.", Markdown(4_000))
    area: str | None = key("The area it belongs to. That of the whole, for a part of another criterion.", Text(100),
                           example="data-inventory")
    source: str | None = key("Where the standard says so.", Url(), example="https://example.org/criteria#5")
    checks: tuple[CheckRecord, ...] = key("What the catalog must show: all of these.", ListOf(Record(CheckRecord)))
    attest: str | None = key("What the city would have to say of itself, and with what evidence.", Prose(1_000),
                             example="Minutes of at least two meetings within the year.")
    either: bool = key("True when the checks or an attestation suffice; both are needed when left out.", Boolean(),
                       example="true", default=False)
    among: AmongRecord | None = key("Met when so many of other criteria are.", Record(AmongRecord),
                                    example="{least: 3, criteria: [survey, meetings, contact, requests]}")
    after: tuple[str, ...] = key("Criteria that have to be met before.", ListOf(Text(100)), example="[inventory-documented]")


class AreaRecord(Keyed, kw_only=True):
    """An area of a standard."""

    title: str | None = key("Its name.", Prose(200), example="Data inventory", needed="error")
    says: str | None = key("Markdown: what it is about.", Markdown(4_000))


class LevelRecord(Keyed, kw_only=True):
    """A level: a share of all criteria, a share in each area, and some that must be met. Parts of a criterion do not count."""

    id: str | None = key("Its id.", Text(60), example="building", needed="error")
    title: str | None = key("Its name.", Prose(100), example="Building", needed="error")
    says: str | None = key("Markdown: what a city at this level does.", Markdown(2_000))
    share: float = key("The least share of all criteria, from 0 to 1.", Number(0, 1), example="0.5", default=0.0)
    each_area: float = key("The least share of the criteria of each area.", Number(0, 1), example="0.25", default=0.0)
    criteria: tuple[str, ...] = key("Criteria that must be met.", ListOf(Text(100)), example="[inventory-published]")


class StandardRecord(Keyed, kw_only=True):
    """`standards/ID.yaml`: criteria by which a city assesses itself."""

    title: str | None = key("Its name.", Prose(200), example="Our data charter", needed="error")
    publisher: str | None = key("Whose standard it is.", Prose(200), example="City council")
    version: str | None = key("Its version.", Prose(60), example="2026")
    url: str | None = key("Where it is published.", Url(), example="https://example.gov/data-charter")
    read_on: date | None = key("The day these criteria were read there.", Day(), example="2026-11-20")
    partial: str | None = key("What is left out, where it is not the whole standard.", Prose(1_000))
    description: str | None = key("Markdown: what it is, and what this assessment is not.", Markdown(8_000))
    areas: Mapping[str, AreaRecord] = key("Its areas, each by an id.", MapOf(Record(AreaRecord)), needed="error",
                                          example="{inventory: {title: Inventory}}")
    criteria: Mapping[str, CriterionRecord] = key("Its criteria, each by an id.", MapOf(Record(CriterionRecord)),
                                                  example="{published: {title: Published, area: inventory, attest: Where.}}",
                                                  needed="error")
    levels: tuple[LevelRecord, ...] = key("Its levels, the lowest first.", ListOf(Record(LevelRecord)),
                                          example="[{id: building, title: Building, share: 0.5}]")
