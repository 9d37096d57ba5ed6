"""The index of a site, from documents to files: what `themes/civic/assets/js/search/index.js` reads.

docs/reference/search-index.md describes every byte. A change that an older reader would misread raises VERSION.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from cityfolio.annex import Annex, Laid
from cityfolio.cache import Keep
from cityfolio.frozen import Frozen, replace
from cityfolio.load.columns_aside import MANY_DATASETS
from cityfolio.memory import give_back
from cityfolio.search import facets
from cityfolio.search.coding import Columns, deflated, dividers, varint, with_header
from cityfolio.search.documents import FIELDS, MATCHES, Document
from cityfolio.search.impacts import Postings, counts_of, norms, summed, with_impacts
from cityfolio.search.index_parts import Files
from cityfolio.search.kept_files import Deflate, KeptFiles
from cityfolio.search.kept_words import kept_words_of
from cityfolio.search.kin import Compounds, compounds_of, otherwise_said, with_compounds
from cityfolio.search.lexicon import Lists, Placed
from cityfolio.search.merging import Impacts, Said, merged_lists
from cityfolio.search.near import Model, near_terms, near_texts, with_meaning
from cityfolio.search.occurrences import Numbers, Occurrences, Words
from cityfolio.search.packs import UNIT, packs_of
from cityfolio.search.records import BLOCK, Cells, record_blocks, record_cells, url_pattern
from cityfolio.search.shards import Shard, Spelling, place_files, shards, spelling_shards
from cityfolio.search.sorting import order_of
from cityfolio.search.stop_words import stop_words
from cityfolio.search.terms import NO_CACHE, Orders, Speech, Terms, orders_of, terms_of
from cityfolio.search.titles import title_files

__all__ = ["ROOT", "VERSION", "index_files"]

VERSION = 2
ROOT = "root.bin"
ONE_FILE_BYTES = 32_768       # an index that is smaller than this is one file; none shrinks to less than an eighth
GENERATION_LENGTH = 10
SHORT_FIELDS = [place for place, name in enumerate(FIELDS) if name in ("title", "keywords")]
SHOWN_FIELDS = [place for place, name in enumerate(FIELDS) if name in ("title", "text")]
TELLING_FIELDS = [place for place, name in enumerate(FIELDS) if name in ("title", "keywords", "text", "description")]
# With more occurrences an index is large: then quoted phrases are looked for, and synonyms taken from, the shown fields alone.
LARGE = 3_000_000
WEAK = 0.5                    # what a word that is said of anything counts, of what its rarity gives it


def index_files(documents: Iterable[Document], speech: Speech, model: Model | None = None,
                cache: Keep = NO_CACHE) -> dict[str, bytes]:
    """The files of an index by path. The same documents give the same bytes. With a model, words find what they mean too."""
    documents = in_order(documents)
    kinds = tuple(dict.fromkeys(document.kind for document in documents))
    kind = np.array([kinds.index(document.kind) for document in documents], dtype=np.int64)
    standing = np.array([document.standing for document in documents], dtype=np.float32)
    words = kept_words_of(documents, speech.language, cache)
    kept = KeptFiles(cache, speech.language)
    # What is told of documents comes last in an index, and is made first: then they need not be there with the lists of words.
    told = _told(documents, kinds, kept.deflated)
    texts = near_texts(documents) if model else None
    are_many = len(documents) > MANY_DATASETS
    del documents
    if are_many:
        give_back()      # of cutting words
    terms = terms_of(words.vocabulary, speech, model.common if model else (), cache)
    said = _said(words, terms, kind, speech, compounds_of(words.vocabulary, cache))
    del words   # a good part of what a large index takes
    near = near_terms(texts, terms, model) if model and texts else None
    further = np.bincount(near.term if near else [], minlength=terms.count)
    lists = merged_lists(said, _impacts(standing, kind, terms.weak(speech.language), near), further, terms.said_terms)
    settings = {"least": lists.scale.least, "ratio": lists.scale.ratio, "matches": MATCHES,
                "stop": " ".join(sorted(stop_words(speech.language)))}
    files = Files(kept.deflated, 8 * ONE_FILE_BYTES)
    if are_many:
        give_back()      # of merging, before files are made
    dividing = _add_lexicon(files, terms, lists, orders_of(terms, cache))
    del said, near, lists, terms
    for path, columns in told.files:
        files.add(path, *columns)
    root, cells = dividing | told.root | settings, told.cells
    made = _in_folder(files, cells, root | {"cells": cells.width}) if cells else _packed(files, root)
    kept.keep()
    return made


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Documents by kind, those of a dataset beside one another, datasets by publisher, facets and title.

    What stands side by side is alike, which makes every column of the index smaller.
    """
    documents = tuple(documents)
    kinds = {kind: at for at, kind in enumerate(dict.fromkeys(document.kind for document in documents))}
    wholes = sorted((each for each in documents if not each.parent),
                    key=lambda each: (kinds[each.kind], each.about, tuple(each.facets.values()), each.title, each.id))
    place = {each.id: at for at, each in enumerate(wholes) if each.kind == "dataset"}
    parts = sorted((each for each in documents if each.parent), key=lambda each: (kinds[each.kind], place[each.parent]))
    return sorted([*wholes, *parts], key=lambda each: kinds[each.kind])


def _said(words: Words, terms: Terms, kind: Numbers, speech: Speech, known: Compounds) -> Said:
    """How often terms are said in which documents, for a good many documents at a time, and where they stand."""
    stop = stop_words(speech.language)
    unsaid = np.array([word in stop for word in words.vocabulary], dtype=bool)
    norm = norms(words.lengths(len(kind), unsaid), kind)
    phrases = terms.phrases(speech)
    is_large = words.count > LARGE

    made = Said.nothing(terms.count)

    def add(portion: Occurrences) -> None:   # what it takes is let go with each portion
        found = portion[~unsaid[portion.word] | _are(SHORT_FIELDS)[portion.field]]
        counts = counts_of(found, terms.of_word[found.word], norm)
        foremost = _are(SHOWN_FIELDS)[found.field] if is_large else np.ones(len(found.word), bool)
        telling = foremost & _are(TELLING_FIELDS)[found.field]
        said = otherwise_said(found[telling], counts[telling], phrases)
        made.add(summed(with_compounds(found, counts, known, terms.of_word) + said),
                 _placed(found if foremost.all() else found[foremost], terms))

    for portion in words.portions():
        add(portion)
    return made


def _impacts(standing: NDArray[np.float32], kind: Numbers, is_weak: NDArray[np.bool_], near: Postings | None) -> Impacts:
    """How much terms say of documents, from how often they are said there."""
    weight = np.where(is_weak, np.float32(WEAK), np.float32(1))

    def of_terms(sums: Postings, terms: range) -> Postings:
        postings = with_impacts(sums, kind)
        impact = postings.impact * weight[postings.term] * standing[postings.document]
        postings = replace(postings, impact=impact)
        if near is None:
            return postings
        own = slice(*np.searchsorted(near.term, (terms.start, terms.stop)).tolist())
        return with_meaning(postings, Postings.of([column[own] for column in near.columns]), kind)

    return of_terms


def _are(fields: Sequence[int]) -> NDArray[np.bool_]:
    """For each field whether it is one of these."""
    return np.isin(np.arange(len(FIELDS)), fields)


def _placed(found: Occurrences, terms: Terms) -> Placed:
    term = terms.of_word[found.word].astype(np.int32)
    order = order_of(term)
    return Placed(term=term[order], document=found.document[order].astype(np.int32), place=found.place[order].astype(np.int32))


def _add_lexicon(files: Files, terms: Terms, lists: Lists, orders: Orders) -> dict[str, object]:
    documents = lists.sizes[terms.of_word]
    held, backwards = (each[documents[each] > 0] for each in (orders.forwards, orders.backwards))
    words, spelling = list[Shard](), list[Spelling]()     # without what is in their files
    aside, laid = Annex(), list[Laid]()
    for shard in shards([terms.words[at] for at in held.tolist()], terms.of_word[held], lists):
        files.add(f"words/{len(words)}.bin", *shard.columns)
        words.append(replace(shard, columns=(), places=b""))
        laid.append(aside.laid(shard.places))
    together, places = place_files(laid)
    for at, columns in enumerate(places):
        files.add(f"places/{at}.bin", *columns)
    for run in spelling_shards([terms.words[at] for at in backwards.tolist()], documents[backwards]):
        files.add(f"spelling/{len(spelling)}.bin", *run.columns)
        spelling.append(replace(run, columns=()))
    return {"words": dividers(words), "spelling": dividers(spelling), "together": together}


class _Told(Frozen):
    """What an index tells of its documents: files before they are stored, records in cells, and what the root says."""

    files: Sequence[tuple[str, Columns]]
    cells: Cells | None
    root: dict[str, object]


def _told(documents: Sequence[Document], kinds: Sequence[str], deflate: Deflate) -> _Told:
    cells, files = record_cells(documents, deflate), list[tuple[str, Columns]]()
    if cells is None:
        files += ((f"records/{at}.bin", (block,)) for at, block in enumerate(record_blocks(documents)))
    counts = [sum(document.kind == kind for document in documents) for kind in kinds]
    wholes = [document for document in documents if document.kind == "dataset"]
    parts: dict[str, int] = {document.id: 0 for document in wholes}
    for document in documents:
        if document.parent:
            parts[document.parent] += 1
    names = facets.facet_names(wholes)
    titles = title_files(wholes)
    files += ((f"titles/{at}.bin", title) for at, title in enumerate(titles))
    files += ((f"facets/{name}.bin", facets.facet_column(name, wholes)) for name in names)
    files += (("sort/updated.bin", facets.update_days(wholes)), ("sort/name.bin", facets.name_ranks(wholes)))
    kind_list = [[kind, count, url_pattern(kind)] for kind, count in zip(kinds, counts, strict=True)]
    if any(parts.values()):
        files.append(("parts.bin", (b"".join(map(varint, parts.values())),)))
    return _Told(files, cells, {"kinds": kind_list, "size": BLOCK, "facets": names, "titles": len(titles)})


def _packed(files: Files, root: Mapping[str, object]) -> dict[str, bytes]:
    """All in the root where that stays small; else the root, and a folder of files."""
    if files.plain is not None:
        sizes = [[path, sum(map(len, columns))] for path, columns in files.plain.items()]
        whole = {"version": VERSION, **root, "files": sizes}
        together = deflated(with_header(whole) + b"".join(column for columns in files.plain.values() for column in columns))
        if len(together) < ONE_FILE_BYTES:
            return {ROOT: together}
    return _in_folder(files, None, root)


def _in_folder(files: Files, cells: Cells | None, root: Mapping[str, object]) -> dict[str, bytes]:
    """The root, and a folder of files that is named by what they hold; small files lie in packs, many records in cells."""
    packs = packs_of(files.stored())
    stored, together = dict(packs.files), dict(packs.together)
    if cells:
        stored |= {f"records/{at}.bin": file for at, file in enumerate(cells.files)}
        together["records"] = cells.count
    generation = _digest(stored)[:GENERATION_LENGTH]
    header = {"version": VERSION, **root, "folder": generation, "unit": UNIT, "packs": together,
              "files": [[path, len(body)] for path, body in packs.widths.items()]}
    return {ROOT: deflated(with_header(header), *packs.widths.values()),
            **{f"{generation}/{path}": body for path, body in stored.items()}}


def _digest(stored: Mapping[str, bytes]) -> str:
    """The digest of the names of some files and what they hold, one after another."""
    digest = sha256()
    for path, body in stored.items():
        digest.update(path.encode())
        digest.update(body)
    return digest.hexdigest()
