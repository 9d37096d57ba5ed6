"""How a key of a YAML file is described: its kind, its meaning, an example.

The types in `records` are declared with `key(...)`. The loader, the reference page and the editor's JSON Schema are all
drawn from these declarations, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from msgspec import StructMeta

from cityfolio.frozen import Frozen, field


class Text(Frozen):
    """One line or paragraph of plain words, shown exactly as written."""

    max_length: int = 2_000


class Prose(Text):
    """Plain words that a reader of the pages reads: written once, or once for each language, as `{en: Trees, es: Árboles}`."""


class Phrase(Frozen):
    """A word, or a few that belong together, as a person types them into a search box."""

    max_words: int = 4
    max_length: int = 60


class Markdown(Frozen):
    """Text with Markdown: paragraphs, lists, links, tables. It may be written once for each language, as `Prose`."""

    max_length: int = 50_000


class Day(Frozen):
    """A calendar date, `YYYY-MM-DD`, that exists. A time of day after it is accepted and left out."""


class Moment(Frozen):
    """A year, a month or a day: `2016`, `2016-03` or `2016-03-01`."""


class Url(Frozen):
    """An absolute address with one of the schemes that are safe to link to."""

    schemes: tuple[str, ...] = ("https", "http", "ftp")
    slots: tuple[str, ...] = ()   # what it must hold, to be filled in: "{z}"
    also: tuple[str, ...] = ()    # what it may hold as well


class Email(Frozen):
    """One e-mail address, without `mailto:`."""


class Choice(Frozen):
    """One word of a short list; `further` is how words are written that are not on it, such as those of plugins."""

    values: tuple[str, ...]
    further: str = ""             # a regular expression of the whole word; "" for none


class Integer(Frozen):
    """A whole number from `minimum` up."""

    minimum: int = 0


class Number(Frozen):
    """A number within limits, which are in."""

    least: float = 0
    most: float = 1_000_000


class DecimalNumber(Frozen):
    """A number that is kept exactly as it is written, of up to 15 digits on either side of the point."""

    least: int | None = None
    most: int | None = None


class PeriodName(Frozen):
    """A period: `2026`, `2026-Q2`, `2026-06`, `2026-W07`, `2026-06-30` or `FY2026`."""


class Duration(Frozen):
    """A length of time, such as `45 days`, `3 months` or `1 year`."""


class Span(Frozen):
    """A length of time that was read. A month counts 31 days and a year 366, so that nothing is late before its time."""

    number: int
    unit: Literal["day", "week", "month", "year"]

    @property
    def days(self) -> int:
        """How many days at most."""
        return self.number * {"day": 1, "week": 7, "month": 31, "year": 366}[self.unit]


class MonthDay(Frozen):
    """A day of every year, `MM-DD`, that exists in each."""


class TimeZone(Frozen):
    """A time zone by its name in the IANA database, such as `America/New_York`."""


class Expression(Frozen):
    """What holds of a row, such as `status == 'CLOSED' and days_open <= 3`. docs/reference/measures.md has its words."""

    max_length: int = 2_000


class Boolean(Frozen):
    """`true` or `false`."""


class Repeats(Frozen):
    """How often data is renewed: a word such as `monthly`, or an ISO 8601 repeat such as `R/P1M`."""


class Color(Frozen):
    """A color as `#rrggbb`."""


class Pattern(Frozen):
    """A regular expression that a whole value must match."""


class FilePath(Frozen):
    """A file of this dataset's folder, written with `/`."""


class Language(Frozen):
    """A language tag of BCP 47, such as `en` or `es-MX`."""


class Reference(Frozen):
    """The id of a file in another folder of the catalog."""

    room: Literal["publishers", "topics", "licenses", "columns", "datasets", "priorities", "goals", "measures", "calendars"]


class OldAddress(Frozen):
    """A former id, or a former path on the site that starts with `/`."""


class ListOf(Frozen):
    """Any number of one kind, or as many as are allowed. A single value stands for a list of one."""

    kind: Kind
    least: int = 0                # entries
    most: int | None = None
    distinct: bool = False        # True: an entry given twice is a problem


class Record(Frozen):
    """A group of keys, declared by a type in `records`."""

    type: type


class MapOf(Frozen):
    """Names chosen by the city, each with a value of one kind."""

    kind: Kind
    names: Phrase | None = None   # what a name may be, where not every name will do
    most: int | None = None       # entries


class Conditions(Frozen):
    """Columns, each with what holds of its value: one text or several, a range, a part of a text, or nothing."""

    most: int = 10


Kind = (
    Text | Prose | Phrase | Markdown | Day | Moment | Url | Email | Choice | Integer | Number | Boolean | Repeats | Color
    | Pattern | FilePath | Language | Reference | OldAddress | ListOf | Record | MapOf | Conditions | DecimalNumber | PeriodName
    | Duration | MonthDay | TimeZone | Expression
)


class Key(Frozen, kw_only=True):
    """One key of a YAML file: what it means to a person who fills it in."""

    doc: str
    kind: Kind
    example: str = ""
    needed: Literal["error", "warning", "no"] = "no"   # what its absence is
    code: str = "key-missing"                          # the problem that says so; "key-expected" for a warning


NOTHING: Mapping[str, Any] = {}     # one for all records, which are never changed: most of a large catalog have nothing there


class _Declared(NamedTuple):
    """What stands in a class until it is made: a key, and what its member is where the key is not given."""

    key: Key
    default: Any        # Any: of each member's type, or msgspec's way to make one


class _KeysTakenOut(StructMeta):
    """Makes records. What is declared of each member is kept beside them, as msgspec has no place for it."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any], **options: Any) -> Any:    # Any: type's own
        declared = {name: each for name, each in space.items() if isinstance(each, _Declared)}
        keys = {name: each for base in bases for name, each in getattr(base, "_keys", NOTHING).items()}
        keys |= {name: each.key for name, each in declared.items()}
        members = {name: each.default for name, each in declared.items()}
        return super().__new__(cls, name, bases, {**space, **members, "_keys": keys}, **options)


class Keyed(Frozen, metaclass=_KeysTakenOut):
    """A record whose members are declared with `key`."""


def key(doc: str, kind: Kind, *, example: str = "", needed: Literal["error", "warning", "no"] = "no",
        code: str = "", default: Any = None) -> Any:  # Any: stands in for a member's default
    """Declare a field that is read from YAML. Lists default to (), maps to an empty mapping, the rest to None."""
    absent = code or ("key-expected" if needed == "warning" else "key-missing")
    described = Key(doc=doc, kind=kind, example=example, needed=needed, code=absent)
    if default is None and isinstance(kind, ListOf):
        return _Declared(described, ())
    if default is None and isinstance(kind, MapOf | Conditions):
        return _Declared(described, field(default_factory=lambda: NOTHING))
    return _Declared(described, default)


def keys_of(record: type) -> Mapping[str, Key]:
    """The keys of a record type, in the documented order; none of any other type."""
    keys: Mapping[str, Key] = getattr(record, "_keys", NOTHING)
    return keys
