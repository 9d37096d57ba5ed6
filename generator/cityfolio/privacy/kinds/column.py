"""A column under judgment: its name taken apart, its cells, and what stands around it."""

from __future__ import annotations

from cityfolio.frozen import Frozen
from cityfolio.model.privacy import Personal, PersonalFinding
from cityfolio.privacy import words as known
from cityfolio.privacy.cells import Cells, Places
from cityfolio.privacy.context import Surroundings
from cityfolio.privacy.header import Header
from cityfolio.privacy.subjects import NOBODY, PERSON, Subject


class Column(Frozen, kw_only=True):
    """All that a rule may judge by."""

    header: Header
    cells: Cells
    around: Surroundings
    subject: Subject = NOBODY  # whose it is by the columns before it, where its own name does not say

    @property
    def who(self) -> str:
        """Whom or what it is about, by its own name or by the columns before it."""
        return self.header.who or (self.subject.who if not self.header.is_plain else "")

    @property
    def is_of_a_person(self) -> bool:
        """Whether it is a private person's: by its own name, or as a part of an entry that begins with a person."""
        # A place may be called after a person: the library "Barbara Jordan".
        is_person = self.who == PERSON and (self.around.is_of_people or not self.around.places)
        return self.header.side == "private" or (not self.header.side and (self.who in known.PRIVATE or is_person))

    def finding(self, kind: Personal, which: Places, says: str) -> PersonalFinding:
        """A finding about some of its different texts. `says` completes "12 of 14 values"."""
        met = self.cells.met(which)
        why = f"{met.count:,} of {self.cells.filled:,} values {says}"
        return PersonalFinding(column=self.header.name, kind=kind, row=met.row, count=met.count, of=self.cells.filled, why=why)

    def named(self, kind: Personal, says: str) -> PersonalFinding:
        """A finding by the name alone."""
        first = self.cells.met(range(self.cells.distinct)).row
        return PersonalFinding(column=self.header.name, kind=kind, row=first, count=0, of=self.cells.filled, why=says)

    @property
    def is_spread(self) -> bool:
        """Whether most cells hold a text that no other does, as what belongs to one person does."""
        return self.cells.distinct >= 0.5 * self.cells.filled
