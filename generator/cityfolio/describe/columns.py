"""One column of a first dictionary: the keys that its rows bear out, and in comments what was seen."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.frozen import Frozen
from cityfolio.migrate.yaml.text import carried, yaml_text
from cityfolio.model.profile import ColumnProfile
from cityfolio.model.records import ColumnType
from cityfolio.privacy.header import words_of
from cityfolio.tables.hints import Hint

ACRONYMS = frozenset(("id", "url", "zip", "gis", "apn", "fid", "uuid", "ssn", "dob", "ip", "utc", "x", "y", "vin"))
KEY_WORDS = frozenset((
    "id", "key", "code", "number", "no", "num", "nbr", "uuid", "guid", "identifier", "globalid", "objectid", "fid", "gid",
    "pin", "apn", "recordid", "pk",
))
KEY_TYPES: tuple[ColumnType, ...] = ("string", "integer")
ORDERED: tuple[ColumnType, ...] = ("integer", "number", "date", "datetime", "time", "year")
FIRST_IS_KEY_FROM = 20        # rows: in fewer, that the first column has no repeated value says little
CODE_LENGTH, CODE_REPEATS = 40, 4     # a code is short, and on average in so many rows
TITLE_LENGTH, BOUND_LENGTH = 200, 40  # what the catalog takes
SHOWN, SHOWN_CHARACTERS = 5, 40
MOST_NAME = 1_000             # characters of a key on one line that every YAML parser reads


class Described(Frozen, kw_only=True):
    """A column with everything that is known of it."""

    profile: ColumnProfile
    hint: Hint
    personal: str                 # why it may hold personal data; "" where nothing says so
    is_key: bool                  # it alone tells each row from every other
    is_first: bool


def column_lines(column: Described, *, is_brief: bool) -> list[str]:
    """The lines of a column's entry, as they stand under `columns:`. A brief one says nothing of what was seen."""
    seen = column.profile
    title, lines = title_of(seen.name), list[str]()
    if title:
        lines.append(_pair("title", title))
    if column.personal:
        lines.append(f"# personal data? then write: sensitive: true   ({column.personal})")
    if not is_brief:
        lines += _figures(column)
    lines += _rules(column, is_brief=is_brief)
    return [*key_lines(seen.name), *(f"    {line}" for line in lines)]


def key_lines(name: str) -> list[str]:
    """A column's name as a key of `columns:`."""
    written = _pair(name, "x").removesuffix(": x")
    return [f"  {written}:"] if len(written) <= MOST_NAME else [f"  ? {written}", "  :"]


def is_carried(name: str) -> bool:
    """Whether a name can stand in a YAML file of a catalog."""
    return carried(name) == name


def title_of(name: str) -> str:
    """A name in plain words: "Days open" of `days_open`. "" for a name without letters or digits."""
    words = [word.upper() if word in ACRONYMS else word for word in words_of(name)]
    text = carried(" ".join(words))[:TITLE_LENGTH].strip()
    return text[:1].upper() + text[1:]


def shown(text: str) -> str:
    """A value as a comment can show it: on one line, and not longer than helps."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[: SHOWN_CHARACTERS + 1])
    return f"{plain[:SHOWN_CHARACTERS]}..." if len(plain) > SHOWN_CHARACTERS else plain


def rows_in_words(count: int) -> str:
    """A number of rows."""
    return "1 row" if count == 1 else f"{count:,} rows"


def _figures(column: Described) -> Iterator[str]:
    seen = column.profile
    about = "about " if seen.sampled else ""
    noun = "value" if seen.distinct == 1 else "different values"
    yield f"# {_filled(seen)}" + (f"; {about}{seen.distinct:,} {noun}" if seen.filled else "")
    if column.hint.type and column.hint.stand_ins:
        words = ", ".join(f"`{shown(word)}`" for word in column.hint.stand_ins)
        yield f"# type {column.hint.type}, if {words} means that there is no value: then list it under the file's empty:"
    if column.personal:
        return
    if seen.shortest is not None and seen.longest is not None and seen.filled:
        yield f"# {seen.shortest:,} to {seen.longest:,} characters" if seen.longest > seen.shortest \
            else f"# {seen.longest:,} characters each"
    if seen.mean is not None and seen.quartiles is not None:
        yield f"# mean {shown(seen.mean)}, median {shown(seen.quartiles[1])}"
    if _has_leading(seen) and not _is_of_codes(column):
        leading = ", ".join(f"{shown(each.value)} ({each.rows:,})" for each in seen.top[:SHOWN])
        yield f"# most often: {leading}" if seen.distinct > SHOWN else f"# values: {leading}"


def _filled(seen: ColumnProfile) -> str:
    if not seen.filled:
        return "never filled in, so that no type was found"
    if seen.filled == seen.rows:
        return f"filled in every one of {rows_in_words(seen.rows)}"
    share = min(max(seen.filled / seen.rows * 100, 0.1), 99.9)
    return f"filled in {seen.filled:,} of {rows_in_words(seen.rows)} ({share:.1f}%)"


def _has_leading(seen: ColumnProfile) -> bool:
    # Of free text, of many numbers or days, and where no value comes twice, the commonest say nothing.
    is_short = seen.shape == "categories" or seen.distinct <= len(seen.top)
    return seen.type != "geometry" and is_short and seen.distinct < seen.filled


def _rules(column: Described, *, is_brief: bool) -> Iterator[str]:
    seen = column.profile
    if seen.filled:
        yield f"type: {seen.type}"
    if seen.filled and seen.filled == seen.rows:
        yield "required: true"
    if why := _likely_key(column):
        yield "unique: true" if is_brief else f"unique: true   # {why}"
    if seen.type in ORDERED and not column.personal and not is_brief:
        for key, bound in (("minimum", seen.minimum), ("maximum", seen.maximum)):
            if bound is not None and len(bound) <= BOUND_LENGTH:
                yield f"# {_pair(key, bound)}   # seen; a rule, if you take away the first #"
    if _is_of_codes(column) and not is_brief:
        yield "values:   # no others are allowed"
        for each in seen.top:
            yield f"  {_pair(each.value, each.value)}   # what does it mean? ({rows_in_words(each.rows)})"


def _likely_key(column: Described) -> str:
    """Why a column is probably a key; "" where it probably has different values by chance."""
    seen = column.profile
    if not column.is_key or seen.filled < seen.rows or seen.type not in KEY_TYPES:
        return ""
    if KEY_WORDS.intersection(words_of(seen.name)):
        return f"no value stands twice in {rows_in_words(seen.rows)}, and the name is that of a key"
    if column.is_first and seen.rows >= FIRST_IS_KEY_FROM:
        return f"no value stands twice in {rows_in_words(seen.rows)}, and it is the first column"
    return ""


def _is_of_codes(column: Described) -> bool:
    """Whether the values are a short list of words, each in many rows, and may all be shown."""
    seen = column.profile
    return (
        seen.type == "string" and seen.shape == "categories" and not seen.sampled and seen.distinct == len(seen.top)
        and seen.distinct * CODE_REPEATS <= seen.filled and not column.personal and not column.hint.stand_ins
        and all(_is_code(each.value) for each in seen.top)
    )


def _is_code(text: str) -> bool:
    return 0 < len(text) <= CODE_LENGTH and text == text.strip() and text.isprintable() and is_carried(text)


def _pair(key: str, value: str) -> str:
    return yaml_text({key: value}).removesuffix("\n")
