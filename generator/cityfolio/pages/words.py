"""The words of the interface: translated messages, and numbers, sizes and dates as a resident reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.frequency import Frequency
from cityfolio.model.said import like
from cityfolio.pages.escaping import escaped

GROUPED = 5   # digits; fewer may be a year
PLAIN_NUMBER = re.compile(r"(?P<sign>-?)(?P<whole>0|[1-9][0-9]{0,29})(?P<rest>(?:\.[0-9]+)?)")

_BEFORE_I = re.compile(r"[“\"(]*(?:h?[ií](?![aeo]))", re.IGNORECASE)
_BEFORE_O = re.compile(r"[“\"(]*(?:h?[oó]|8|11\b)", re.IGNORECASE)
LONGEST_NAMED = 120       # characters of a value within a sentence


class Numbers(Frozen):
    """How a language writes numbers: what stands between groups of digits, before decimals, and how many make a group."""

    group: str = ","
    point: str = "."
    sizes: tuple[int, int] = (3, 3)     # of the last group, and of those before it: (3, 2) in India

    def whole(self, digits: str) -> str:
        """Digits with what stands between their groups."""
        last, others = self.sizes
        head, groups = digits[:-last], [digits[-last:]]
        while head:
            head, part = head[:-others], head[-others:]
            groups.insert(0, part)
        return self.group.join(groups)

    def written(self, text: str) -> str:
        """A number that English writes, as this language does."""
        if self == ENGLISH_NUMBERS:
            return text
        whole, point, decimals = text.replace(",", "").partition(".")
        sign = "-" if whole.startswith("-") else ""
        plain = whole.removeprefix("-")
        shown = self.whole(plain) if "," in text or self.sizes[1] != 3 else plain
        return f"{sign}{shown}{self.point if point else ''}{decimals}"


ENGLISH_NUMBERS = Numbers()


@dataclass(frozen=True, slots=True)
class Words:
    """One language of the interface. Messages come back as markup: what is put into them is escaped, they are not."""

    translations: NullTranslations = field(default_factory=NullTranslations)
    language: str = "en"
    numbers: Numbers = ENGLISH_NUMBERS
    digest: str = ""          # of the file that the translations are from; "" for others
    _said: dict[str, Markup] = field(default_factory=dict, init=False, compare=False, repr=False)   # what was asked for

    def __hash__(self) -> int:
        # Whatever is kept by language is looked up by it, hundreds of times for each page.
        return hash(self.digest or self.language)

    def gettext(self, message: str, **values: object) -> Markup:
        """A message in the reader's language, with the values of its `%(name)s` places."""
        text = self._said.get(message)
        if text is None:
            text = self._said[message] = Markup(self.translations.gettext(message))
        return _filled(text, values) if values else text

    def pgettext(self, context: str, message: str, **values: object) -> Markup:
        """A message that has other words in another place, in the reader's language; `context` says which place it is."""
        text = Markup(self.translations.pgettext(context, message))
        return _filled(text, values) if values else text

    def ngettext(self, one: str, many: str, count: int, **values: object) -> Markup:
        """A message that depends on a count, which it shows as `%(count)s`."""
        return _filled(self.translations.ngettext(one, many, count), {"count": self.number(count), **values})

    def number(self, value: int) -> str:
        """A whole number with its thousands apart: 214,032."""
        return self.numbers.written(f"{value:,}")

    def decimal(self, text: str) -> str:
        """A number that was made with a point before its decimals, as this language writes it."""
        return self.numbers.written(text)

    def figure(self, text: str) -> str:
        """A number from a file as written, with its thousands apart when it has five digits or more before the point."""
        return self.figures(text)[0]

    def figures(self, *texts: str) -> tuple[str, ...]:
        """Numbers that are read side by side: when one has its thousands apart, so have all."""
        found = [PLAIN_NUMBER.fullmatch(text) for text in texts]
        if not any(each and len(each["whole"]) >= GROUPED for each in found):
            return texts if self.numbers.point == "." else tuple(
                self.numbers.written(text) if each else text for text, each in zip(texts, found, strict=True))
        return tuple(self.numbers.written(f"{each['sign']}{int(each['whole']):,}{each['rest']}") if each else text
                     for text, each in zip(texts, found, strict=True))

    def percent(self, part: int, whole: int) -> Markup:
        """A share in whole percent. Never 0% or 100% for what is not quite none or all."""
        if not whole or not part:
            return _share(self, 0)
        if part == whole:
            return _share(self, 100)
        if 200 * part < whole:
            return self.gettext("under %(share)s%%", share=1)
        return _share(self, min(99, max(1, round(100 * part / whole))))

    def size(self, size_bytes: int) -> Markup:
        """A file's size; 1 kB is 1,000 bytes."""
        if size_bytes < 1_000:
            return self.ngettext("%(count)s byte", "%(count)s bytes", size_bytes)
        if size_bytes < 999_500:
            return self.gettext("%(size)s kB", size=self.decimal(_short(size_bytes / 1e3)))
        if size_bytes < 999_500_000:
            return self.gettext("%(size)s MB", size=self.decimal(_short(size_bytes / 1e6)))
        return self.gettext("%(size)s GB", size=self.decimal(_short(size_bytes / 1e9)))

    def day(self, day: date) -> Markup:
        """A date in words: 21 November 2025."""
        return _day(self, day)

    def month_day(self, month: int, day: int) -> Markup:
        """A day of every year: 1 July."""
        return self.gettext("%(day)s %(month)s", day=day, month=_months(self)[month - 1])

    def time(self, day: date) -> Markup:
        """A date in words that programs can read, too."""
        return _time(self, day)

    def moment(self, text: str) -> Markup:
        """A year, month, day or moment in words, by the clock as written; anything else as it is.

        An offset is left out, since rows have their own; but UTC is nobody's clock and is named.
        """
        if len(text) == 4 and text.isdigit():
            return Markup.escape(text)
        try:
            if len(text) == 7:
                return _month(self, date.fromisoformat(f"{text}-01"))
            if len(text) == 10:
                return self.day(date.fromisoformat(text))
            moment = datetime.fromisoformat(text)
        except ValueError:
            return Markup.escape(text)
        places = {"day": self.day(moment.date()), "time": f"{moment:%H:%M}"}
        if moment.tzinfo and not moment.utcoffset():
            return self.gettext("%(day)s, %(time)s UTC", **places)
        return self.gettext("%(day)s, %(time)s", **places)

    @property
    def is_spanish(self) -> bool:
        """Whether it is the one language known here that says some words otherwise before others."""
        return self.language.partition("-")[0] == "es"

    def frequency(self, every: Frequency) -> Markup:
        """How often, in the reader's words; an ISO 8601 repeat that has no word stays as it is."""
        return _frequencies(self).get(every.word) or Markup.escape(every.word)

    def sentence_list(self, items: Iterable[str]) -> Markup:
        """Some names, one after the other."""
        return Markup(", ").join(items)

    def all_of(self, items: Sequence[str]) -> Markup:
        """Names that belong together: "a", "a and b", "a, b and c"."""
        if len(items) < 2:
            return Markup("").join(items)
        names, last = self.sentence_list(items[:-1]), items[-1]
        if self._begins(last, _BEFORE_I):
            return self.pgettext("before a word that begins with i", "%(names)s and %(last)s", names=names, last=last)
        return self.gettext("%(names)s and %(last)s", names=names, last=last)

    def joined(self, parts: Iterable[Markup], *, either: bool = False) -> Markup:
        """Parts of a sentence with "and" between them, or with "or"."""
        whole = Markup("")
        for part in parts:
            if not whole:
                whole = part
            elif either:
                whole += (self.pgettext("before a word that begins with o", " or ") if self._begins(part, _BEFORE_O)
                          else self.gettext(" or ")) + part
            else:
                whole += (self.pgettext("before a word that begins with i", " and ") if self._begins(part, _BEFORE_I)
                          else self.gettext(" and ")) + part
        return whole

    def _begins(self, text: str, sound: re.Pattern[str]) -> bool:
        # "padres e hijos", "siete u ocho"
        return self.is_spanish and bool(sound.match(Markup(text).striptags()))

    def begun(self, text: Markup) -> Markup:
        """Words as a heading or a cell begins: with a capital, where the language writes some of them small."""
        return text[:1].upper() + text[1:]

    def months(self) -> tuple[Markup, ...]:
        """The names of the months, for a script that writes dates."""
        return _months(self)


ENGLISH = Words()


def cut(text: str, longest: int = LONGEST_NAMED) -> str:
    """A value as it is named within a sentence: whoever wants all of a long one finds it in the rows."""
    return text if len(text) <= longest else like(f"{text[:longest]}…", text)


def _filled(text: str, values: Mapping[str, object]) -> Markup:
    """A message with its values, as `Markup(text) % values` has it, which takes three times as long."""
    return Markup(str.__mod__(text, {name: escaped(value) for name, value in values.items()}))


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if value < 99.95 else f"{value:,.0f}"


@lru_cache(maxsize=8)
def _months(words: Words) -> tuple[Markup, ...]:
    _ = words.gettext
    return (_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"),
            _("September"), _("October"), _("November"), _("December"))


@lru_cache(maxsize=1_000)
def _share(words: Words, share: int) -> Markup:
    return words.gettext("%(share)s%%", share=share)


@lru_cache(maxsize=10_000)
def _day(words: Words, day: date) -> Markup:
    return words.gettext("%(day)s %(month)s %(year)s", day=day.day, month=_months(words)[day.month - 1], year=day.year)


@lru_cache(maxsize=10_000)
def _time(words: Words, day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), _day(words, day))


def _month(words: Words, day: date) -> Markup:
    return words.gettext("%(month)s %(year)s", month=_months(words)[day.month - 1], year=day.year)


@lru_cache(maxsize=8)
def _frequencies(words: Words) -> Mapping[str, Markup]:
    _ = words.gettext
    return {
        "continual": _("all the time"), "hourly": _("hourly"), "daily": _("daily"), "weekly": _("weekly"),
        "fortnightly": _("every two weeks"), "monthly": _("monthly"), "bimonthly": _("every two months"),
        "quarterly": _("quarterly"), "semiannual": _("twice a year"), "yearly": _("yearly"),
        "biennial": _("every two years"), "every four years": _("every four years"), "decennial": _("every ten years"),
        "irregular": _("from time to time"), "never": _("never"),
    }
