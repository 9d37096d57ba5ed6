"""What changed, as single pieces of news: of a dataset, and of all of them for the page and the feed of what is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.history import ChangeDay, Note
from cityfolio.pages.change_words import note_kinds, sentences
from cityfolio.pages.described import tells_changes
from cityfolio.pages.markdown import told, words_only
from cityfolio.pages.review_routes import changes_url, day_anchor
from cityfolio.pages.routes import dataset_url, measure_url
from cityfolio.pages.words import Words

MOST_NEWS = 50


class News(Frozen, kw_only=True):
    """A day of changes of a dataset, or a note."""

    day: date
    page: str                     # the place that its identifier is made of, which never changes
    url: str                      # where it is told, with its anchor
    key: str                      # what tells it from every other of that place
    title: str
    text: str


def news_of_dataset(dataset: Dataset, catalog: Catalog, words: Words) -> Iterator[News]:
    """Every note about a dataset, then every day of which it is known what changed."""
    told = catalog.changes.of(dataset.id)
    for note in told.notes:
        yield _of_note(note, dataset, words)
    for day in told.days:
        yield _of_day(day, dataset, catalog, words)


def _of_day(day: ChangeDay, dataset: Dataset, catalog: Catalog, words: Words) -> News:
    anchor, page = day_anchor(day.day), changes_url(dataset.id)
    url = f"{page}#{anchor}" if tells_changes(dataset, catalog) else dataset_url(dataset.id)
    return News(day=day.day, page=page, url=url, key=anchor, title=dataset.title,
                text=words_only(Markup(" ").join(sentences(day, words))))


def _of_note(note: Note, dataset: Dataset, words: Words) -> News:
    """A note with the page of changes of a dataset: where there are notes, there is such a page."""
    page = changes_url(dataset.id)
    return replace(_told(note, dataset.title, words), page=page, url=f"{page}#{day_anchor(note.day)}")


def _told(note: Note, title: str, words: Words) -> News:
    """A note about something with a title; where it is told is still to be said."""
    reason = words.gettext("Why: %(reason)s", reason=told(note.reason)) if note.reason else Markup("")
    return News(day=note.day, page="", url="", key=f"note-{note.id}",
                title=Markup("{}: {}").format(words_only(note_kinds(words)[note.kind]), told(note.title)),
                text=Markup(" ").join(filter(None, (Markup("{}.").format(told(title)), reason))))


def news_of(catalog: Catalog, words: Words) -> tuple[News, ...]:
    """The newest notes and days of changes of all datasets, the latest first. A note about several stands once."""
    notes = [news for note in catalog.changes.notes if (news := _news_of_note(note, catalog, words))]
    newest = sorted(((day, dataset) for dataset in catalog.published for day in catalog.changes.of(dataset.id).days),
                    key=lambda each: -each[0].day.toordinal())[:MOST_NEWS]
    found = [*notes, *(_of_day(day, dataset, catalog, words) for day, dataset in newest)]
    return tuple(sorted(found, key=lambda each: (-each.day.toordinal(), each.url, each.key)))[:MOST_NEWS]


def _news_of_note(note: Note, catalog: Catalog, words: Words) -> News | None:
    """A note with the first dataset that it names, else with the first measure; None where neither has a page."""
    for dataset in catalog.published:
        if dataset.id in note.datasets:
            return _of_note(note, dataset, words)
    for measure in catalog.measures:
        if measure.id in note.measures:
            told = _told(note, measure.title, words)
            page = measure_url(measure.id)
            return replace(told, page=page, url=f"{page}#changes")
    return None
