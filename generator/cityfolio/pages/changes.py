"""What changed of a dataset, day by day, with what the city wrote about it, and the versions that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset
from cityfolio.model.history import Changelog, Note
from cityfolio.pages import routes
from cityfolio.pages.change_words import note_kinds, sentences
from cityfolio.pages.citing import cite_version
from cityfolio.pages.described import tells_changes
from cityfolio.pages.markdown import rendered, told
from cityfolio.pages.review_routes import changes_feed_url, changes_url, day_anchor, version_url
from cityfolio.pages.shell import Link, Page, Site, Twin, feed_twin, index_twin

TOLD_ON_DATASET = timedelta(days=365)       # how long a correction stands on the page of the dataset
OF_USE = ("correction", "method")           # kinds of notes that whoever uses the data must know


class NoteView(Frozen, kw_only=True):
    """What the city wrote about a change."""

    kind: str                     # "correction"
    heading: Markup               # what that is called, and its title
    day: Markup
    reason: str
    by: str                       # who answers for it
    text: Markup
    columns: tuple[str, ...]


class ChangeDayView(Frozen, kw_only=True):
    """One day."""

    id: str
    day: Markup
    notes: tuple[NoteView, ...]
    said: tuple[Markup, ...]


class VersionView(Frozen, kw_only=True):
    """A file as it was from a day on."""

    day: Markup
    name: str
    href: str
    size: Markup
    sha256: str
    citation: str


class DatasetChangesView(Frozen, kw_only=True):
    """What `changes.html` shows."""

    crumbs: tuple[Link, ...]
    dataset: Link
    known: Markup                 # how far back changes are known
    days: tuple[ChangeDayView, ...]
    nothing: Markup               # where there are no days but it is known since when; "" else
    feed: str                     # "" where there is nothing to tell yet
    versions: tuple[VersionView, ...]


def changes_pages(site: Site) -> Iterator[Page]:
    """The page of changes of each dataset that has one."""
    for dataset in site.catalog.published:
        if tells_changes(dataset, site.catalog):
            yield _page(dataset, site)


def _page(dataset: Dataset, site: Site) -> Page:
    _, url, log = site.words.gettext, changes_url(dataset.id), site.catalog.changes.of(dataset.id)
    home = Link(href=site.link(url, routes.dataset_url(dataset.id)), text=dataset.title)
    view = DatasetChangesView(
        crumbs=(Link(href=site.link(url, routes.DATA), text=_("Data")), home), dataset=home, known=_known(log, site),
        days=tuple(_days(log, site)), nothing=_nothing(log, site),
        feed=site.link(url, changes_feed_url(dataset.id)) if log.dates else "",
        versions=tuple(_versions(dataset, log, site)))
    return Page(url=url, kind="changes", template="changes.html", view=view, source=dataset.source_path, section=routes.DATA,
                sheets=("changes",), title=_("What changed in %(title)s", title=told(dataset.title)),
                updated=log.dates[0] if log.dates else None,
                description=_("Rows, columns and words of %(title)s that changed, day by day.", title=dataset.title),
                twins=(index_twin(url, site.words), *_feed(dataset, log, site)))


def _feed(dataset: Dataset, log: Changelog, site: Site) -> Iterator[Twin]:
    if log.dates:
        yield feed_twin(changes_feed_url(dataset.id), site.words.gettext("What changed in %(title)s (Atom feed)",
                                                                         title=told(dataset.title)))


def _known(log: Changelog, site: Site) -> Markup:
    """How far back changes are known, and why not further."""
    _, words = site.words.gettext, site.words
    if log.known == "unknown" or log.since is None:
        return _untold(log, site)
    if log.is_cut and log.days:
        return _("There were more changes than are listed here, which go back to %(day)s.", day=words.time(log.days[-1].day))
    if log.known == "shallow":
        return _("Changes are known since %(day)s. This site was built without the older history.", day=words.time(log.since))
    return _("Changes are known since %(day)s.", day=words.time(log.since))


def _untold(log: Changelog, site: Site) -> Markup:
    """Why nothing is known of the files."""
    _, build = site.words.gettext, site.build
    if build.revised and build.revised.date() > build.today:
        return _("This site shows %(day)s. All that is known of how these files changed is of later days.",
                 day=site.words.time(build.today))
    if log.notes:
        return _("The history of these files is not known here. What the city wrote about changes is all that is told.")
    return _("The history of these files is not known here.")


def _nothing(log: Changelog, site: Site) -> Markup:
    is_known = log.known != "unknown" and log.since is not None
    return site.words.gettext("Nothing has changed since then.") if is_known and not log.dates else Markup("")


def _days(log: Changelog, site: Site) -> Iterator[ChangeDayView]:
    changed = {each.day: each for each in log.days}
    for day in log.dates:
        said = sentences(changed[day], site.words) if day in changed else ()
        yield ChangeDayView(id=day_anchor(day), day=site.words.time(day), said=said,
                            notes=tuple(note_view(each, site) for each in log.notes if each.day == day))


def note_view(note: Note, site: Site) -> NoteView:
    """A note as it is shown: below the heading of a day or a section its own, and below that those of its text."""
    word = Markup('<span class="mark" data-state="{}">{}</span>').format(note.kind, note_kinds(site.words)[note.kind])
    return NoteView(kind=note.kind, heading=site.words.gettext("%(kind)s: %(title)s", kind=word, title=told(note.title)),
                    day=site.words.time(note.day), reason=note.reason, by=note.by,
                    text=rendered(note.text, 4) if note.text else Markup(""), columns=note.columns)


def to_be_known(dataset: Dataset, site: Site) -> tuple[NoteView, ...]:
    """Corrections and changes of method of the last year, for the page of the dataset itself."""
    since = _floor(site.build.today)
    return tuple(note_view(each, site) for each in site.catalog.changes.of(dataset.id).notes
                 if each.kind in OF_USE and each.day > since)


def notes_of_measure(measure_id: str, site: Site) -> tuple[NoteView, ...]:
    """Every note about a measure, the newest first."""
    return tuple(note_view(each, site) for each in site.catalog.changes.notes if measure_id in each.measures)


def _floor(today: date) -> date:
    return today - TOLD_ON_DATASET if today > date.min + TOLD_ON_DATASET else date.min


def _versions(dataset: Dataset, log: Changelog, site: Site) -> Iterator[VersionView]:
    url = changes_url(dataset.id)
    for each in log.versions:
        target = version_url(dataset.id, each.day, each.name)
        yield VersionView(day=site.words.time(each.day), name=each.name, href=site.link(url, target),
                          size=site.words.size(each.bytes), sha256=each.sha256,
                          citation=cite_version(dataset, each, target, site))
