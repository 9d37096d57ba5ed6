"""What a value of some kind is, in the words of a person who fills it in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

from cityfolio.model import keys
from cityfolio.model.keys import Kind
from cityfolio.pages.words import Words

CODE = re.compile("`([^`]+)`")
More = Callable[[Kind], str]


def kind_words(kind: Kind, words: Words, more: More = lambda kind: "") -> Markup:
    """A kind of value in words, with code between backticks. `more` adds to the words of each kind that stands in it."""
    return _said(kind, words, more) + Markup(more(kind))


def coded(said: Markup) -> Markup:
    """A text with what stands between its backticks as code."""
    return Markup(CODE.sub(r"<code>\1</code>", str(said)))


def _said(kind: Kind, words: Words, more: More) -> Markup:
    _ = words.gettext
    match kind:
        case keys.Text(most):
            return _("text, up to %(most)s characters", most=words.number(most))
        case keys.Phrase(count, most):
            return _("a word or a short phrase, up to %(count)s words and %(most)s characters", count=words.number(count),
                     most=words.number(most))
        case keys.Markdown(most):
            return _("Markdown, up to %(most)s characters", most=words.number(most))
        case keys.Url(schemes, slots, _also):
            starts = _either([f"`{scheme}:`" for scheme in schemes], words)
            held = words.sentence_list(f"`{slot}`" for slot in slots)
            return (_("an address that starts with %(starts)s and holds %(slots)s", starts=starts, slots=held) if slots
                    else _("an address that starts with %(starts)s", starts=starts))
        case keys.Choice(values):
            return _("one of %(values)s", values=words.sentence_list(f"`{value}`" for value in values))
        case keys.Integer() | keys.Number() | keys.DecimalNumber():
            return _number(kind, words)
        case keys.Reference(room):
            return _("the id of a file in `%(room)s/`", room=room)
        case keys.ListOf() | keys.MapOf():
            return _many(kind, words, more)
        case keys.Record():
            return _("a group of keys")
        case _:
            return _plain(words)[type(kind)]


@lru_cache(maxsize=8)
def _plain(words: Words) -> Mapping[type, Markup]:
    _ = words.gettext
    return {
        keys.Day: _("a date, `YYYY-MM-DD`"),
        keys.Moment: _("a year, a month or a day: `2016`, `2016-03` or `2016-03-01`"),
        keys.Email: _("an e-mail address"),
        keys.Boolean: _("`true` or `false`"),
        keys.Repeats: _("a frequency: a word, or an ISO 8601 repeat such as `R/P1M`"),
        keys.Color: _("a color, `#rrggbb`"),
        keys.Pattern: _("a regular expression"),
        keys.FilePath: _("a file in the dataset's folder"),
        keys.Language: _("a language tag, such as `en` or `es-MX`"),
        keys.Conditions: _("columns, each with a value, a list of values, `{from: , to: }` (both are in; a year or a month is "
                           "all of its days), `{contains: }` (case and accents do not matter), `{empty: true}` or "
                           "`{empty: false}`"),
        keys.PeriodName: _("a period: `2026`, `2026-Q2`, `2026-06`, `2026-W07`, `2026-06-30` or `FY2026`"),
        keys.Duration: _("a length of time, such as `45 days`, `3 months` or `1 year`"),
        keys.MonthDay: _("a day of every year, `MM-DD`, in quotation marks"),
        keys.TimeZone: _("a time zone, such as `America/New_York`"),
        keys.Expression: _("an expression"),
        keys.OldAddress: _("a former id, or a former path that starts with `/`"),
    }


def _number(kind: keys.Integer | keys.Number | keys.DecimalNumber, words: Words) -> Markup:
    _ = words.gettext
    if isinstance(kind, keys.Integer):
        return _("a whole number, %(least)s or more", least=words.number(kind.minimum))
    least, most = ("" if each is None else f"{each:g}" for each in (kind.least, kind.most))
    if most:
        return _("a number from %(least)s to %(most)s", least=least, most=most)
    return _("a number, %(least)s or more", least=least) if least else _("a number")


def _many(kind: keys.ListOf | keys.MapOf, words: Words, more: More) -> Markup:
    _, inner = words.gettext, kind_words(kind.kind, words, more)
    if isinstance(kind, keys.MapOf):
        names = _("up to %(most)s names of your own", most=words.number(kind.most)) if kind.most else _("names of your own")
        if kind.names:
            return _("%(names)s (%(what)s), each with %(kind)s", names=names, what=kind_words(kind.names, words, more),
                     kind=inner)
        return _("%(names)s, each with %(kind)s", names=names, kind=inner)
    if kind.least > 1 and kind.most:
        return _("a list of %(least)s to %(most)s; each item %(kind)s", least=words.number(kind.least),
                 most=words.number(kind.most), kind=inner)
    if kind.most:
        return _("a list of up to %(most)s; each item %(kind)s", most=words.number(kind.most), kind=inner)
    return _("a list; each item %(kind)s", kind=inner)


def _either(names: Sequence[str], words: Words) -> Markup:
    """Names of which one is meant: "a", "a or b", "a, b or c"."""
    parts = (words.sentence_list(names[:-1]), Markup(names[-1])) if len(names) > 1 else (Markup(names[0]),)
    return words.joined(parts, either=True)
