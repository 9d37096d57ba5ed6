"""What residents call things: the lists that come with Cityfolio, a city's own, and what both make of a text.

Synonyms are not followed from group to group: a word that stands in two groups does not make all their words one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, permutations
from pathlib import Path

from cityfolio import files
from cityfolio.frozen import Frozen, field
from cityfolio.load.fields import read_record
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.model.synonyms import SynonymsRecord
from cityfolio.problems import Problem
from cityfolio.search.text import tokens

__all__ = ["LANGUAGES", "Phrase", "Synonyms", "combined", "folded_synonyms", "read_shipped", "said_by", "shipped"]

LANGUAGES = ("en", "es")
BRIDGES = {"es": "es-en"}     # what leads from a language to the texts in another that a city may have written alone
_WORDS = Path(__file__).resolve().parent / "words"

Phrase = tuple[str, ...]      # words as `tokens` gives them


class Synonyms(Frozen, kw_only=True):
    """Phrases that stand for one another (`groups`), and phrases that stand for others one way (`leads_to`)."""

    groups: tuple[tuple[Phrase, ...], ...] = ()
    leads_to: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)


@cache
def shipped(language: str) -> Synonyms:
    """The list that comes with Cityfolio for a language such as `en` or `es-MX`; an empty one where there is none."""
    base = language.partition("-")[0].lower()
    if base not in LANGUAGES:
        return Synonyms()
    own = folded_synonyms(read_shipped(base)[0])
    return combined(own, read_shipped(BRIDGES[base])[0]) if base in BRIDGES else own


def read_shipped(language: str) -> tuple[SynonymsRecord, tuple[Problem, ...]]:
    """One of the lists that come along, read as a city's own is, with whatever is wrong in it."""
    name = f"synonyms-{language}.yaml"
    document, problems = read_yaml(name, files.read_bytes(_WORDS / name))
    if document is None:
        return SynonymsRecord(), problems
    reading = Reading(document)
    record = read_record(SynonymsRecord, document.root, reading)
    return record, (*problems, *reading.problems)


def folded_synonyms(record: SynonymsRecord) -> Synonyms:
    """A list as it is compared with texts. What is the same when it is folded, such as `Día` and `dia`, is there once."""
    groups = (_phrases(group) for group in record.same)
    leads_to: dict[Phrase, tuple[Phrase, ...]] = {}
    for said, found in record.leads_to.items():
        if phrase := tuple(tokens(said)):
            leads_to[phrase] = _once((*leads_to.get(phrase, ()), *_phrases(found)))
    return _kept(groups, leads_to)


def combined(ours: Synonyms, own: SynonymsRecord) -> Synonyms:
    """The list that comes along, less the words that a city takes out of it, with the city's own."""
    out = frozenset(_phrases(own.without))
    left = (tuple(phrase for phrase in group if phrase not in out) for group in ours.groups)
    leads_to = {said: tuple(phrase for phrase in found if phrase not in out) for said, found in ours.leads_to.items()
                if said not in out}
    added = folded_synonyms(own)
    for said, found in added.leads_to.items():
        leads_to[said] = _once((*leads_to.get(said, ()), *found))
    return _kept(chain(left, added.groups), leads_to)


def said_by(synonyms: Synonyms) -> Mapping[Phrase, tuple[Phrase, ...]]:
    """For each phrase that a text may hold, the other phrases that should find the text too, both in the order of letters."""
    found: dict[Phrase, set[Phrase]] = {}
    for held, said in _pairs(synonyms):
        found.setdefault(held, set()).add(said)
    return {held: tuple(sorted(found[held])) for held in sorted(found)}


def _pairs(synonyms: Synonyms) -> Iterator[tuple[Phrase, Phrase]]:
    """Each phrase of a text with each that finds it."""
    for group in synonyms.groups:
        yield from permutations(group, 2)
    for said, held in synonyms.leads_to.items():
        yield from ((phrase, said) for phrase in held if phrase != said)


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    return _once(phrase for text in texts if (phrase := tuple(tokens(text))))


def _once(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrases))


def _kept(groups: Iterable[tuple[Phrase, ...]], leads_to: Mapping[Phrase, tuple[Phrase, ...]]) -> Synonyms:
    # A group of one says nothing.
    return Synonyms(groups=tuple(dict.fromkeys(group for group in groups if len(group) > 1)),
                    leads_to={said: found for said, found in leads_to.items() if found})
