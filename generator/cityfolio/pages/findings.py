"""What the rows of a table show beyond single columns, in plain sentences: keys, repeats, gaps, what is missing together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Column, File
from cityfolio.model.profile import ColumnProfile, Gap, TableProfile, Together
from cityfolio.pages.day_spans import days
from cityfolio.pages.escaping import escaped
from cityfolio.pages.words import Words

DAY = timedelta(days=1)
MOST_KEYS = 3
FEWEST_ROWS = 30          # in fewer nearly every column tells the rows apart
MOST_MISSING = 4
MOST_GAPS = 3             # a profile holds no more of a column, so that there may be others
NEARLY, USUALLY = 0.95, 0.75
MEASURES = ("number", "geometry", "boolean")   # types of columns that tell rows apart by chance alone


class Findings(Frozen, kw_only=True):
    """Sentences below a heading."""

    heading: Markup
    sentences: tuple[Markup, ...]


def findings(file: File, profile: TableProfile, heading: Markup, words: Words) -> Findings | None:
    """What the rows of a file show; None where there is nothing to say."""
    found = (*_keys(file, profile, words), *_repeated(file, profile, words), *_missing(profile.missing_together, words),
             *_gaps(profile.columns, words))
    return Findings(heading=heading, sentences=found) if found else None


def _keys(file: File, profile: TableProfile, words: Words) -> Iterator[Markup]:
    for key in _told_apart_by(file, profile):
        names = words.all_of([_code(name) for name in key])
        if len(key) == 1:
            yield words.gettext("No two rows have the same %(column)s.", column=names)
        else:
            yield words.gettext("No two rows have the same %(columns)s together.", columns=names)


def _told_apart_by(file: File, profile: TableProfile) -> Sequence[tuple[str, ...]]:
    """The keys that the catalog declares, which every row was held against; else those seen that are more than chance."""
    declared = file.record.primary_key
    if declared and profile.rows > 1 and set(declared) <= set(profile.header):
        return (declared,)
    columns = {column.name: column for column in file.columns}
    types = profile.types
    unique = [key for key in profile.keys if len(key) == 1 and key[0] in columns and columns[key[0]].record.unique]
    if unique or profile.rows < FEWEST_ROWS:
        return unique
    likely = [key for key in profile.keys if not any(_measures(columns.get(name), types.get(name)) for name in key)]
    return likely[:MOST_KEYS]


def _measures(column: Column | None, kind: str | None) -> bool:
    """Whether a column says how much or where. Two rows that do not agree in it are no less of the same thing."""
    return kind in MEASURES or (column is not None and column.record.unit is not None)


def _repeated(file: File, profile: TableProfile, words: Words) -> Iterator[Markup]:
    count = profile.repeated_rows
    if count and file.left_out:
        yield words.ngettext("%(count)s row is the same as an earlier one in every column that is published.",
                             "%(count)s rows are the same as an earlier one in every column that is published.", count)
    elif count:
        yield words.ngettext("%(count)s row is the same as an earlier one in every column.",
                             "%(count)s rows are the same as an earlier one in every column.", count)


def _missing(pairs: Sequence[Together], words: Words) -> Iterator[Markup]:
    """Columns that are empty in the same rows: those that nearly always are in one sentence, then what is left pair by pair."""
    groups = _groups(pairs)
    told = [_empty_together(members, NEARLY, words) for members in dict.fromkeys(groups.values())]
    seen = set[tuple[str, str]]()
    for pair in pairs:
        one, other = (groups.get(name, (name,))[0] for name in (pair.one, pair.other))
        # What holds of one column of a group holds of them all, and is said once.
        if one != other and (one, other) not in seen:
            seen |= {(one, other), (other, one)}
            told.append(_pair(pair, words))
    yield from told[:MOST_MISSING]


def _groups(pairs: Sequence[Together]) -> Mapping[str, tuple[str, ...]]:
    """Columns that nearly always are empty together, each with all of its group."""
    groups: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        if float(pair.correlation) >= NEARLY:
            both = dict.fromkeys((*groups.get(pair.one, (pair.one,)), *groups.get(pair.other, (pair.other,))))
            groups |= dict.fromkeys(both, tuple(both))
    return groups


def _pair(pair: Together, words: Words) -> Markup:
    strength = float(pair.correlation)
    return (_empty_together if strength > 0 else _empty_apart)((pair.one, pair.other), abs(strength), words)


def _empty_together(columns: Sequence[str], strength: float, words: Words) -> Markup:
    _, names = words.gettext, words.all_of([_code(name) for name in columns])
    if strength >= NEARLY:
        return _("%(columns)s are nearly always empty in the same rows.", columns=names)
    if strength >= USUALLY:
        return _("%(columns)s are usually empty in the same rows.", columns=names)
    return _("%(columns)s are often empty in the same rows.", columns=names)


def _empty_apart(columns: Sequence[str], strength: float, words: Words) -> Markup:
    _, names = words.gettext, words.all_of([_code(name) for name in columns])
    if strength >= NEARLY:
        return _("Nearly always just one of %(columns)s is filled in.", columns=names)
    if strength >= USUALLY:
        return _("Usually just one of %(columns)s is filled in.", columns=names)
    return _("Often just one of %(columns)s is filled in.", columns=names)


def _gaps(columns: Sequence[ColumnProfile], words: Words) -> Iterator[Markup]:
    for column in (each for each in columns if each.gaps):
        spans = Markup("; ").join(_span(gap, words) for gap in sorted(column.gaps, key=lambda gap: gap.after))
        if len(column.gaps) >= MOST_GAPS:
            yield words.gettext("Longest stretches of days without rows, by %(column)s: %(spans)s.", column=_code(column.name),
                                spans=spans)
        else:
            yield words.gettext("Days without rows, by %(column)s: %(spans)s.", column=_code(column.name), spans=spans)


def _span(gap: Gap, words: Words) -> Markup:
    first, last = date.fromisoformat(gap.after) + DAY, date.fromisoformat(gap.before) - DAY
    if first == last:
        return words.time(first)
    start, end = days(first, last, words)
    return words.ngettext("%(first)s to %(last)s (%(count)s day)", "%(first)s to %(last)s (%(count)s days)", gap.days,
                          first=start, last=end)


def _code(name: str) -> Markup:
    return Markup(f"<code>{escaped(name)}</code>")
