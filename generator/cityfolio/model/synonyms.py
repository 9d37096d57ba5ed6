"""What residents call things, as `synonyms.yaml` says it."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.model.keys import Keyed, ListOf, MapOf, Phrase, Record, key

MOST_GROUPS = 2_000
MOST_WORDS = 30     # of one group: every word is paired with every other
_WORDS = ListOf(Phrase(), least=1, most=MOST_WORDS, distinct=True)
_GROUPS = ListOf(ListOf(Phrase(), least=2, most=MOST_WORDS, distinct=True), most=MOST_GROUPS)


class SynonymsOfLanguageRecord(Keyed, kw_only=True):
    """What residents call things who ask in a further language of the site."""

    same: tuple[tuple[str, ...], ...] = key("As `same` of the whole file.", _GROUPS, example="[[bache, hoyo]]")
    leads_to: Mapping[str, tuple[str, ...]] = key("As `leads_to` of the whole file; the words it finds may be in any language.",
                                                  MapOf(_WORDS, names=Phrase(), most=MOST_GROUPS), example="{bache: [pothole]}")
    without: tuple[str, ...] = key("As `without` of the whole file.", ListOf(Phrase(), most=MOST_GROUPS, distinct=True))


class SynonymsRecord(Keyed, kw_only=True):
    """`synonyms.yaml`: what residents call things, beside the words that Cityfolio knows without being told."""

    same: tuple[tuple[str, ...], ...] = key(
        "Groups of words and short phrases. A search for any one of a group finds what holds another of it.",
        _GROUPS,
        example="[[trash, garbage, solid waste], [pothole, road damage]]")
    leads_to: Mapping[str, tuple[str, ...]] = key(
        "Words that residents say, each with the words it also finds; not the other way round.",
        MapOf(_WORDS, names=Phrase(), most=MOST_GROUPS), example="{pothole: [311, service request], cops: [police]}")
    without: tuple[str, ...] = key(
        "Words that Cityfolio's own list should no longer take for another word, because here they mean something else.",
        ListOf(Phrase(), most=MOST_GROUPS, distinct=True), example="[ward, metro]")
    languages: Mapping[str, SynonymsOfLanguageRecord] = key(
        "The same for those who ask in a further language of the site.", MapOf(Record(SynonymsOfLanguageRecord)))
