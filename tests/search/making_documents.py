"""Documents for tests of the search: say what matters, the rest is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from cityfolio.search.documents import Document

WORDS = ("tree", "trees", "street", "light", "streetlight", "crime", "of", "the", "school", "élan", "311")
Texts = Sequence[str] | str


def a_document(title: str = "Street trees", **given: Any) -> Document:
    """A dataset that can be found. A field of FIELDS may be named (`keywords="a"` or `keywords=("a", "b")`)."""
    key = given.pop("id", title.lower().replace(" ", "-"))
    named = ("keywords", "description", "columns", "values")
    fields: Mapping[str, Texts] = {name: given.pop(name) for name in named if name in given}
    return Document(**{
        "id": key, "kind": "dataset", "title": title, "url": f"/data/{key}/",
        "fields": {name: (texts,) if isinstance(texts, str) else tuple(texts) for name, texts in fields.items()}, **given,
    })


def a_part(name: str = "species", parent: str = "street-trees", **given: Any) -> Document:
    """A column of a dataset."""
    return Document(**{
        "id": f"{parent}/{name}", "kind": "column", "title": name.replace("_", " "), "url": f"/data/{parent}/#column-{name}",
        "about": parent, "detail": name, "parent": parent, **given,
    })


def facets(**values: str | Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Facets by their names, each value an id whose title is the id with a capital."""
    return {name: tuple((value, value.capitalize()) for value in ([given] if isinstance(given, str) else given))
            for name, given in values.items()}


def some_texts() -> st.SearchStrategy[str]:
    """Texts of a few words that come back again and again."""
    return st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def some_documents(most: int = 8) -> st.SearchStrategy[list[Document]]:
    """Some datasets whose texts share their words."""
    texts = st.tuples(some_texts(), some_texts(), some_texts(), st.lists(some_texts(), max_size=2))
    return st.lists(texts, min_size=1, max_size=most).map(lambda drawn: [
        a_document(title, id=f"d{at}", text=text, keywords=keyword, description=described)
        for at, (title, text, keyword, described) in enumerate(drawn)
    ])
