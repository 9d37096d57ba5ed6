"""The search of a site: an index made here, and read by a small script in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import orjson

from cityfolio import __version__
from cityfolio.annex import Laid
from cityfolio.cache import Keep, keeps_nothing
from cityfolio.copies import laid_by_copy
from cityfolio.files import sha256
from cityfolio.memory import give_back
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import InPieces, Output
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
from cityfolio.tables.exports.pieces import body_of, json_with

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
        for path, body in _files(site, cache, further, known):
            yield Output(url=INDEX + path, body=body, media_type="application/octet-stream", kind="search", source="datasets/")


def _said(site: Site, further: Sequence[Document], known: KnownParts) -> bytes | InPieces:
    """The words of all that is found."""
    others = {"others": [_words_of_other(each) for each in further]} if further else {}
    datasets = known.listed("search words", site.catalog.datasets, _words_of_dataset)
    return body_of(json_with({}, "datasets", datasets, orjson.dumps(_words(site.catalog, site.words) | others)))


def _files(site: Site, cache: Keep, further: Sequence[Document], known: KnownParts) -> Iterable[tuple[str, bytes]]:
    """The files of the index."""
    speech = speech_of(site.catalog, site.words.language)
    return _kept_files(portions_of(site, further, known), speech, cache)


def _words(catalog: Catalog, words: Words) -> dict[str, object]:
    """The words of goals, measures, guides and rules, where there are any."""
    found: dict[str, list[dict[str, str]]] = {
        "goals": [{"id": each.id, "text": words_of_goal(each)} for each in catalog.goals],
        "measures": [{"id": each.id, "text": words_of_measure(each)} for each in catalog.measures],
        "guides": [{"id": each.id, "text": words_of_guide(each, catalog, words)} for each in catalog.practice.guides],
        "rules": [{"id": each.id, "text": words_of_rule(each)} for each in catalog.practice.rules],
    }
    return {name: listed for name, listed in found.items() if listed}


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


def _kept_files(portions: Sequence[Portion], speech: Speech, cache: Keep) -> Iterable[tuple[str, bytes]]:
    """The files of the index: those that were made of the same documents before, or new ones.

    Of documents that are kept a digest tells whether they are the same, and they are not read for that.
    """
    encoder = encoder_if_installed() if finds_meaning(speech.language) else None
    model = Model(encoder=encoder, cache=cache) if encoder else None
    key = ""
    if not keeps_nothing(cache):
        portions = [each if isinstance(each, KeptDocuments) and each.is_known else tuple(each) for each in portions]
        said = [[list(phrase), *map(list, others)] for phrase, others in speech.said.items()]
        made_of = [VERSION, RULES, __version__, encoder.name if encoder else "", speech.language, said,
                   [each.digest() if isinstance(each, KeptDocuments) else list(map(_told, each)) for each in portions]]
        key = f"search {sha256(orjson.dumps(made_of))}"
        kept = cache.get(key)
        if kept is not None:
            return _unpacked(kept).items()
    are_many = any(isinstance(each, KeptDocuments) and each.are_many for each in portions)
    read = [each.laid() if isinstance(each, KeptDocuments) and each.are_many else each for each in portions]

    def made() -> Iterable[tuple[str, bytes]]:
        files = index_files(chain.from_iterable(read), speech, model, cache)
        if key:
            heads = orjson.dumps([[path, len(body)] for path, body in files.items()])
            cache.put(key, b"".join((heads, b"\n", *files.values())))
        return files.items()

    if not are_many or model:      # the library that multiplies what a model finds has threads of its own, which a copy has not
        return made()
    give_back()      # of making documents, before a copy takes as much for what it makes of them
    laid = laid_by_copy(lambda: (b"%b\n%b" % (path.encode(), body) for path, body in made()))
    return made() if laid is None else map(_file, laid)


def _file(laid: Laid) -> tuple[str, bytes]:
    """A file of the index, as a copy of this process told it."""
    path, _, body = laid.read().partition(b"\n")
    return path.decode(), body


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
