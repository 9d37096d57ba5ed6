"""Whether the name of a column makes one ask for personal data, by the words that the search for it goes by."""

from __future__ import annotations

from cityfolio.model.records import ColumnType
from cityfolio.privacy import words as known
from cityfolio.privacy.header import Header, words_of

__all__ = ["suspicion", "words_of"]

# What a draft asks about beside what is searched for.
TRAITS = known.word_set("""
    fax birthplace gender ethnicity religion biometric fingerprint diagnosis username login password ip sexuality disability
""")
FIGURES = known.word_set("count counts total number type category status share percent rate avg")
# These stand in many names of columns that speak of nobody.
LOOSE = known.word_set("""
    by app appl own reporter reported submitted member members driver agent operator staff assigned worker responsible
""")
UNSURE = known.word_set("pan cell mail plate plates portable handy routing placa matricula")
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
