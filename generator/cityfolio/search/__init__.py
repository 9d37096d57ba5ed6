"""The search of a site: an index made here, and read by a small script in the browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep, keeps_nothing
from cityfolio.files import sha256
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.model.synonyms import SynonymsRecord
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.rows import words_of
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words
from cityfolio.search.documents import Document
from cityfolio.search.goal_kinds import words_of_goal, words_of_measure
from cityfolio.search.index import VERSION, index_files
from cityfolio.search.kept_documents import KeptDocuments
from cityfolio.search.kept_words import texts_digest
from cityfolio.search.kinds import Portion, portions_of
from cityfolio.search.meaning import encoder_if_installed
from cityfolio.search.near import Model
from cityfolio.search.synonyms import combined, said_by, shipped
from cityfolio.search.terms import Speech
from cityfolio.search.text_kinds import words_of_guide, words_of_rule

__all__ = ["INDEX", "finds_meaning", "search", "speech_of"]

INDEX = "/search/index/"
RULES = "10"     # raised with every change to what an index holds of the same documents


def search(site: Site, cache: Keep, further: Sequence[Document] = (), known: KnownParts | None = None) -> Iterator[Output]:
    """The files of the index, below `/search/index/`, and `/search.json`: the words of all that is found, for other programs.

    A site for a folder has no index, since there a script may fetch nothing. `further` come from elsewhere than the catalog.
    """
    known = known or KnownParts(site.catalog, site.build)
    yield Output(url="/search.json", body=_said(site, further, known), media_type="application/json", kind="search",
                 source="search.json")
    if not site.build.for_folder:
        for path, body in _files(site, cache, further, known).items():
            yield Output(url=INDEX + path, body=body, media_type="application/octet-stream", kind="search", source="datasets/")


def _said(site: Site, further: Sequence[Document], known: KnownParts) -> bytes:
    """The words of all that is found."""
    others = {"others": [_words_of_other(each) for each in further]} if further else {}
    return orjson.dumps(_words(site.catalog, site.words, known) | others)


def _files(site: Site, cache: Keep, further: Sequence[Document], known: KnownParts) -> Mapping[str, bytes]:
    """The files of the index. What stays is made first: it would else lie among what goes, and keep the room of that."""
    speech = speech_of(site.catalog, site.words.language)
    return _kept_files(portions_of(site, further, known), speech, cache)


def _words(catalog: Catalog, words: Words, known: KnownParts) -> dict[str, object]:
    """The words of each dataset; of goals, measures, guides and rules too, where there are any."""
    datasets = known.listed("search words", catalog.datasets, _words_of_dataset)
    found: dict[str, object] = {
        "datasets": orjson.Fragment(b"".join((b"[", b",".join(datasets), b"]"))),
        "goals": [{"id": each.id, "text": words_of_goal(each)} for each in catalog.goals],
        "measures": [{"id": each.id, "text": words_of_measure(each)} for each in catalog.measures],
        "guides": [{"id": each.id, "text": words_of_guide(each, catalog, words)} for each in catalog.practice.guides],
        "rules": [{"id": each.id, "text": words_of_rule(each)} for each in catalog.practice.rules],
    }
    return {name: listed for name, listed in found.items() if listed or name == "datasets"}


def _words_of_dataset(dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
    return orjson.dumps({"id": dataset.id, "text": words_of(dataset)})


def _words_of_other(found: Document) -> dict[str, str]:
    texts = (found.title, found.text, found.about, *(text for every in found.fields.values() for text in every))
    words = dict.fromkeys(" ".join(texts).casefold().split())
    return {"kind": found.kind, "id": found.id, "url": found.url, "text": " ".join(words)}


def speech_of(catalog: Catalog, asked: str = "") -> Speech:
    """The language that a site is asked in, its first where none is named, and what its residents call things."""
    first, own = catalog.site.languages[0], catalog.synonyms
    language = asked or first
    said = shipped(language)
    if language == first:
        said = combined(said, own)
    more = own.languages.get(language)
    if more is not None:
        said = combined(said, SynonymsRecord(same=more.same, leads_to=more.leads_to, without=more.without))
    return Speech(language=language, said=said_by(said))


def finds_meaning(language: str) -> bool:
    """Whether words find what they mean too: the extra `meaning` is installed, and its model knows the language."""
    return language.partition("-")[0].lower() == "en" and encoder_if_installed() is not None


def _kept_files(portions: Sequence[Portion], speech: Speech, cache: Keep) -> Mapping[str, bytes]:
    """The files of the index: those that were made of the same documents before, or new ones.

    Of documents that are kept a digest tells whether they are the same, and they are not read for that.
    """
    encoder = encoder_if_installed() if finds_meaning(speech.language) else None
    model = Model(encoder=encoder, cache=cache) if encoder else None
    if keeps_nothing(cache):
        return index_files(tuple(chain.from_iterable(portions)), speech, model, cache)
    portions = [each if isinstance(each, KeptDocuments) and each.is_known else tuple(each) for each in portions]
    said = [[list(phrase), *map(list, others)] for phrase, others in speech.said.items()]
    made_of = [VERSION, RULES, __version__, encoder.name if encoder else "", speech.language, said,
               [each.digest() if isinstance(each, KeptDocuments) else list(map(_told, each)) for each in portions]]
    key = f"search {sha256(orjson.dumps(made_of))}"
    kept = cache.get(key)
    if kept is not None:
        return _unpacked(kept)
    files = index_files(tuple(chain.from_iterable(portions)), speech, model, cache)
    cache.put(key, orjson.dumps([[path, len(body)] for path, body in files.items()]) + b"\n" + b"".join(files.values()))
    return files


def _told(document: Document) -> tuple[object, ...]:
    """All that an index holds of a document, its texts as a digest."""
    return (document.kind, document.id, document.title, document.url, document.text, document.about, document.detail,
            document.updated, document.standing, document.parent, document.facets, texts_digest(document))


def _unpacked(kept: bytes) -> dict[str, bytes]:
    head, _, bodies = kept.partition(b"\n")
    files, at = {}, 0
    for path, size in orjson.loads(head):
        files[path] = bodies[at:at + size]
        at += size
    return files
