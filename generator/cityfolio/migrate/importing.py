"""From records that a portal lists to a draft, and from a draft to what an import gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.harvest.origin import Origin
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.network.listing import Found, Listed, Lost
from cityfolio.migrate.reading import unreadable
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.problems import Problem

LANGUAGE_NAME = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def gathered(found: Iterable[Found], draft: Draft) -> Iterator[Listed]:
    """The records that come over; the others are written down."""
    for each in found:
        if isinstance(each, Problem):
            draft.problems.append(each)
        elif isinstance(each, Lost):
            why = each.why if each.count == 1 else f"{each.count:,} records {each.why}"
            draft.left_out(each.place, why, is_meant=each.is_meant, names=each.names)
            draft.is_whole = draft.is_whole and each.is_listed
            draft.gathered.count("datasets", found=each.count - 1)
        else:
            yield each


def outcome(draft: Draft, origin: Origin, fill: Callable[[], None]) -> Imported:
    """What an import gives: a catalog, or why there is none."""
    try:
        fill()
    except Failed as failed:
        draft.problems.append(unreadable(origin.portal.address if origin.portal else "", failed.says, failed.fix))
        return draft.refused()
    return draft.refused() if draft.problems and not draft.datasets else draft.imported()


@dataclass(slots=True)
class Taking:
    """A group of values, and which of them were taken. `deeper` has groups whose names count as the record's own too."""

    values: Mapping[str, Given]
    inside: str = ""              # where the group stands in its record
    deeper: tuple[Taking, ...] = ()
    taken: set[str] = field(default_factory=set)

    def take(self, *names: str) -> tuple[str, Given]:
        """The first of the names that says something, and what. All that say nothing are taken too."""
        for name in names:
            for each in (self, *self.deeper):
                if name in each.values and name not in each.taken:
                    each.taken.add(name)
                    if as_words(each.values[name]):
                        return each.place(name), each.values[name]
        return (self.place(names[0]), None)

    def words(self, *names: str) -> str:
        """The same as one text."""
        return as_words(self.take(*names)[1])

    def place(self, name: str) -> str:
        """How the report names a value."""
        return f"{self.inside}.{name}" if self.inside else name


def in_language(given: Given, language: str) -> tuple[Given, dict[str, Given]]:
    """What is said in a language of a value that is given in several, else in the first; and the others by language."""
    if not isinstance(given, dict) or not given or not all(LANGUAGE_NAME.fullmatch(name) for name in given):
        return given, {}
    said = {name: each for name, each in given.items() if as_words(each)}
    near = [name for name in said if name.replace("_", "-").lower().partition("-")[0] == language.lower().partition("-")[0]]
    chosen = next(iter([*near, *(name for name in said if name.startswith("en")), *said]), "")
    return said.get(chosen), {name: each for name, each in said.items() if name != chosen}
