"""What the values of a column are, in words: their type, how far they reach, and what the dictionary demands of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from markupsafe import Markup

from cityfolio.model.profile import ColumnProfile
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.pages.day_spans import span
from cityfolio.pages.markdown import told
from cityfolio.pages.words import Words, cut
from cityfolio.tables.types import BOOLEANS

LEADING_VALUES = 3
MOMENTS = ("date", "datetime", "time", "year")


def type_words(kind: ColumnType, record: ColumnRecord, profile: ColumnProfile | None, words: Words) -> Markup:
    """The type of a column, with its unit."""
    _ = words.gettext
    if profile and profile.shape == "empty":
        return _("No values")
    if profile and profile.shape == "categories" and kind in ("string", "any"):
        return words.ngettext("One value", "One of %(count)s categories", profile.distinct)
    named = type_names(words)[kind]
    return _("%(type)s, %(unit)s", type=named, unit=told(record.unit)) if record.unit else named


@lru_cache(maxsize=8)
def type_names(words: Words) -> Mapping[str, Markup]:
    """Column types as a resident would call them."""
    _ = words.gettext
    return {
        "string": _("Text"), "integer": _("Whole number"), "number": _("Number"), "boolean": _("Yes or no"), "date": _("Date"),
        "datetime": _("Date and time"), "time": _("Time of day"), "year": _("Year"), "geometry": _("Shape on the map"),
        "any": _("Any value"),
    }


def range_words(record: ColumnRecord, profile: ColumnProfile | None, words: Words) -> Markup:
    """How far the values reach, or how they are shared out; "" where no row was read, and of shapes."""
    _ = words.gettext
    if profile is None or profile.shape in ("empty", "places"):
        return Markup("")
    if profile.shape == "categories":
        return _shares(record, profile, words)
    if profile.shape == "text" and profile.shortest == profile.longest:
        return words.ngettext("%(count)s character", "%(count)s characters", profile.longest or 0)
    if profile.shape == "text":
        return _("%(low)s to %(high)s characters", low=profile.shortest, high=profile.longest)
    ends = (profile.minimum or "", profile.maximum or "")
    if profile.shape == "numbers" and profile.quartiles:
        low, high, middle = words.figures(*ends, profile.quartiles[1])
        return _("%(low)s to %(high)s, middle value %(middle)s", low=low, high=high, middle=middle)
    if profile.shape == "dates":
        return words.begun(span(*ends, words))
    low, high = words.figures(*ends)
    return _("%(low)s to %(high)s", low=low, high=high)


def _shares(record: ColumnRecord, profile: ColumnProfile, words: Words) -> Markup:
    """The leading values with their shares, and that of all others."""
    named = profile.top[:LEADING_VALUES] if profile.distinct > LEADING_VALUES + 1 else profile.top
    meant = _truths(record, words, named[0].value) if profile.type == "boolean" and named else record.values
    shares = [
        words.gettext("%(value)s %(share)s", value=told(cut(meant.get(each.value, each.value))),
                      share=words.percent(each.rows, profile.filled))
        for each in named
    ]
    rest = profile.filled - sum(each.rows for each in named)
    if rest > 0:
        shares.append(words.gettext("others %(share)s", share=words.percent(rest, profile.filled)))
    return words.sentence_list(shares)


def _truths(record: ColumnRecord, words: Words, first: str) -> Mapping[str, str]:
    """What true and false mean: as the dictionary says, else yes and no; the `first` begins the sentence."""
    _ = words.gettext
    begun, other = {"true": _("Yes"), "false": _("No")}, {"true": _("yes"), "false": _("no")}
    said = {("true" if BOOLEANS[code] else "false"): meaning for code, meaning in record.values.items() if code in BOOLEANS}
    return {**other, **{value: word for value, word in begun.items() if value == first}, **said}


def rules(record: ColumnRecord, kind: ColumnType, words: Words) -> Iterator[Markup]:
    """What the dictionary demands of every value, a sentence each."""
    _ = words.gettext
    if record.required:
        yield _("Never empty.")
    if record.unique:
        yield _("No value occurs twice.")
    in_time = kind in MOMENTS
    shown = words.moment if in_time else words.figure
    if record.minimum is not None:
        yield _("Not before %(moment)s.", moment=shown(record.minimum)) if in_time else _(
            "At least %(value)s.", value=shown(record.minimum))
    if record.maximum is not None:
        yield _("Not after %(moment)s.", moment=shown(record.maximum)) if in_time else _(
            "At most %(value)s.", value=shown(record.maximum))
    yield from _length_rules(record, words)
    if record.pattern:
        yield _("Written as %(pattern)s.", pattern=Markup("<code>{}</code>").format(record.pattern))


def _length_rules(record: ColumnRecord, words: Words) -> Iterator[Markup]:
    least, most = record.min_length, record.max_length
    if least is not None and least == most:
        yield words.ngettext("Exactly %(count)s character.", "Exactly %(count)s characters.", least)
        return
    if least is not None:
        yield words.ngettext("At least %(count)s character.", "At least %(count)s characters.", least)
    if most is not None:
        yield words.ngettext("At most %(count)s character.", "At most %(count)s characters.", most)
