"""Whether the name of a column makes one ask for personal data, by the words that the search for it goes by."""

from __future__ import annotations

from itertools import chain

from cityfolio.model.records import ColumnType
from cityfolio.privacy import words as known
from cityfolio.privacy.header import Header

# What a draft asks about beside what is searched for.
TRAITS = known.word_set("""
    fax birthplace gender ethnicity religion biometric fingerprint diagnosis username login password ip sexuality disability
""")
FIGURES = known.word_set("count counts total number type category status share percent rate avg")
# These stand in many names of columns that speak of nobody.
LOOSE = known.word_set("""
    by app appl own reporter reported submitted member members driver agent operator staff assigned worker responsible user
    users host hosts subject recipient recipients add
""")
UNSURE = known.word_set("pan cell mail plate plates portable handy routing placa matricula ph lp bd ani ol mob")
MEASURES: tuple[ColumnType, ...] = ("integer", "number", "boolean", "date", "datetime", "time", "year")


def suspicion(name: str, kind: ColumnType) -> str:
    """Why a column's name makes one ask whether it holds personal data; "" where it does not."""
    header = Header.of(name)
    # How many phones were given is no phone number.
    is_figure = kind in MEASURES and header.has(FIGURES)
    is_thing = header.has(known.THINGS)
    is_name = header.has(known.NAMES) and not is_thing
    is_person = kind not in MEASURES and header.has(known.PEOPLE - LOOSE) and not is_thing and not header.has(FIGURES)
    speaks = any(header.says(each) for each in known.SPEAK) and not header.meant <= UNSURE
    if not is_figure and (speaks or header.has(TRAITS) or header.names_part or is_name or is_person):
        return "its name suggests it"
    return ""


def suspicious_words() -> dict[str, list[str]]:
    """The words that `suspicion` goes by, for a script that asks the same in the browser; pairs are joined by "+"."""
    pairs = frozenset(chain.from_iterable(known.SPEAK_IN_PAIRS.values()))
    sets: dict[str, frozenset[str]] = {
        "vocabulary": known.VOCABULARY, "figures": FIGURES, "things": known.THINGS, "names": known.NAMES,
        "persons": known.PEOPLE - LOOSE, "people": known.PEOPLE, "traits": TRAITS, "unsure": UNSURE,
        "nameParts": known.NAME_PARTS, "firstLast": known.FIRST_LAST, "states": known.STATES,
        "speak": frozenset(chain.from_iterable(known.SPEAK.values())),
        "pairs": frozenset("+".join(each) for each in pairs),
        "namePairs": frozenset("+".join(each) for each in known.NAME_PAIRS), "prefixed": known.PREFIXED,
    }
    return {name: sorted(each) for name, each in sets.items()} | {"cutOff": list(known.CUT_OFF)}   # whose order counts
