"""The 17 Sustainable Development Goals in a few plain words each, and the five words of the 2030 Agenda above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.migrate.open_sdg.source import Indicator, Site
from cityfolio.migrate.report import Ledger, RecordReport
from cityfolio.migrate.values.names import slug
from cityfolio.migrate.yaml.text import carried, record_text
from cityfolio.model.performance import GoalRecord, PriorityRecord

# https://sdgs.un.org/goals, in words of this project.
GOALS: Mapping[str, str] = {
    "1": "Nobody lives in poverty",
    "2": "Nobody goes hungry, and farming lasts",
    "3": "People of every age live in good health",
    "4": "Everybody can learn, at any age",
    "5": "Women and girls have equal rights and chances",
    "6": "Everybody has clean water and sanitation",
    "7": "Everybody has clean energy that they can afford",
    "8": "The economy grows fairly, with decent work for all",
    "9": "Infrastructure is sound, and industry renews itself",
    "10": "Inequality becomes less",
    "11": "Cities and communities are safe and last",
    "12": "What is made and used does not use up the earth",
    "13": "Climate change and its harm are held back",
    "14": "Seas and their life are kept healthy",
    "15": "Land, forests and living things are protected",
    "16": "People live in peace, under just and open institutions",
    "17": "Countries and partners work together for these goals",
}
# "People, planet, prosperity, peace, partnership": the preamble of the 2030 Agenda (A/RES/70/1).
PRIORITIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "people": ("People", ("1", "2", "3", "4", "5")),
    "prosperity": ("Prosperity", ("7", "8", "9", "10", "11")),
    "planet": ("Planet", ("6", "12", "13", "14", "15")),
    "peace": ("Peace", ("16",)),
    "partnership": ("Partnership", ("17",)),
}
OWNERLESS = "nobody who answers for it, so the site itself stands in"


@dataclass(slots=True)
class Goals:
    """The goals that indicators name."""

    site: Site
    owner: str                    # the id of a publisher
    named: dict[str, str] = field(default_factory=dict)   # id -> number or word at the source

    def goal_of(self, indicator: Indicator) -> str:
        """The id of an indicator's goal."""
        number = goal_number(indicator)
        identifier = slug(number, "goals")
        self.named.setdefault(identifier, number)
        return identifier

    def files(self) -> Iterator[tuple[str, str, RecordReport]]:
        """Path, text and report of each goal that was named, and of the priorities that they need."""
        for identifier, number in sorted(self.named.items()):
            ledger = Ledger()
            ledger.note("missing", "owner", OWNERLESS, after=self.owner)
            title = next((words for key in (f"global_goals.{number}-short", f"global_goals.{number}-title")
                          if (words := self.site.translations.get(key))), "")
            title = title or GOALS.get(number) or f"Goal {number.upper() if len(number) == 1 else number}"
            values = {"title": carried(title)[:200], "priority": _priority(number), "owner": self.owner,
                      "plan": f"https://sdgs.un.org/goals/goal{number}" if number in GOALS else None,
                      "order": number if number in GOALS else None}
            yield _written(f"goals/{identifier}.yaml", GoalRecord, values, ledger)
        for place, (identifier, (title, numbers)) in enumerate(PRIORITIES.items(), 1):
            if set(numbers) & set(self.named.values()):
                values = {"title": title, "order": str(place), "plan": "https://sdgs.un.org/2030agenda"}
                yield _written(f"priorities/{identifier}.yaml", PriorityRecord, values, Ledger())


def goal_number(indicator: Indicator) -> str:
    """The number of an indicator's goal: as it is told, else the first part of its own number."""
    told = next((words for key in ("sdg_goal", "goal_number") if (words := indicator.words(key))), "")
    return told or indicator.number.replace("-", ".").split(".")[0].strip()


def target_number(indicator: Indicator) -> str:
    """The number of an indicator's target, such as 3.6."""
    told = next((words for key in ("target_number", "target_id") if (words := indicator.words(key))), "")
    return told or ".".join(indicator.number.replace("-", ".").split(".")[:2])


def in_order(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Indicators in the order in which they were shown: by what they say of it, else by number."""
    return sorted(indicators, key=lambda each: (each.words("sort") or each.words("indicator_sort_order") or _padded(each.id),
                                                _padded(each.id)))


def _padded(identifier: str) -> str:
    return "-".join(part.zfill(2) for part in identifier.split("-"))


def _priority(number: str) -> str | None:
    return next((identifier for identifier, (_, numbers) in PRIORITIES.items() if number in numbers), None)


def _written(path: str, record: type, values: Mapping[str, str | None], ledger: Ledger) -> tuple[str, str, RecordReport]:
    came = tuple(key for key, value in values.items() if value)
    report = RecordReport(source="(the goals of the 2030 Agenda)", path=path, came=came, entries=tuple(ledger.entries))
    return path, record_text(record, values), report
