"""Sentences of the program as patterns: which of them a text is, and what values stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from cityfolio.frozen import Frozen

PLACE = re.compile(r"%\(([a-z]+)\)s")
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})"
DAYS = frozenset({"day", "due", "last", "today"})
NUMBERS = frozenset({"bytes", "count", "most", "number", "row"})
DECIMALS = frozenset({"least", "limit", "packed", "size"})       # with one digit behind the point
# What stands in a place, where that is known; in any other may be any text. Each has its bounds, so that none takes long.
FORMS: Mapping[str, str] = {
    **dict.fromkeys(DAYS, r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), **dict.fromkeys(NUMBERS, NUMBER),
    **dict.fromkeys(DECIMALS, r"[0-9]{1,15}\.[0-9]"), **dict.fromkeys(("standard", "standards"), "[^`]{1,200}"),
    "encoding": r"[\w-]{1,40}", "page": r"[^\s;]{1,2000}",
}


class Sentence(Frozen):
    """A message with `%(name)s` where a value stands."""

    one: str
    many: str = ""         # its other form, where it depends on a count


def by_count(one: str, many: str) -> Sentence:
    """A sentence that depends on `%(count)s`, or a word by itself that has a plural."""
    return Sentence(one, many)


class Recognized(Frozen, kw_only=True):
    """A text that is a sentence with these values."""

    sentence: Sentence
    form: str                       # of the two, the one that the text has
    values: Mapping[str, str]

    @property
    def count(self) -> int:
        """What its form depends on."""
        if "count" in self.values:
            return whole(self.values["count"])
        return 1 if self.form == self.sentence.one else 2


def recognized(text: str, among: Iterable[Sentence]) -> Recognized | None:
    """The first of some sentences that a text is; None where it is none."""
    for sentence in among:
        for form in filter(None, dict.fromkeys((sentence.one, sentence.many))):
            if found := pattern(form).fullmatch(text):
                return Recognized(sentence=sentence, form=form, values=found.groupdict())
    return None


def whole(text: str) -> int:
    """A number that was written with its thousands apart, or without."""
    return int(text.replace(",", ""))


@cache
def pattern(form: str) -> re.Pattern[str]:
    """What a form matches. The time it takes grows with the text, and no faster, whatever stands in it.

    A place that may hold any text ends where what follows it comes first; that is settled once, and never tried otherwise.
    Where a text could be cut up in another way, the same English comes of either.
    """
    parts = PLACE.split(form)
    free = [at for at in range(1, len(parts), 2) if parts[at] not in FORMS]
    made, closing, known = [re.escape(parts[0])], "", set[str]()
    for at in range(1, len(parts), 2):
        name, behind = parts[at], re.escape(parts[at + 1])
        if name in known:
            made.append(f"(?P={name}){behind}")
        elif name in FORMS:
            made.append(f"(?P<{name}>{FORMS[name]}){behind}")
        elif at == free[-1]:
            made.append(f"{closing}(?P<{name}>.*){behind}")
            closing = ""
        else:
            made.append(f"{closing}(?>(?P<{name}>.*?){behind}")
            closing = ")"
        known.add(name)
    return re.compile("".join(made), re.DOTALL)
