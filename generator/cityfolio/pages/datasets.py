"""The page of a dataset: the answer first, then the data, then the detail."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset
from cityfolio.model.said import like
from cityfolio.pages import routes
from cityfolio.pages.answer_charts import ChartView, charts
from cityfolio.pages.changes import NoteView, to_be_known
from cityfolio.pages.columns import FileTables, Table, left_out, tables
from cityfolio.pages.contacts import contact_words
from cityfolio.pages.dataset_practice import KeptView, kept
from cityfolio.pages.day_spans import span, within
from cityfolio.pages.described import description_twins, tells_changes
from cityfolio.pages.downloads import Checksum, Downloads, checksums, downloads
from cityfolio.pages.edit_links import form_link
from cityfolio.pages.escaping import escaped
from cityfolio.pages.freshness import State, freshness_state, status_word
from cityfolio.pages.goal_parts import GoalEntry, goals_using
from cityfolio.pages.markdown import excerpt, paragraphs, rendered, told, words_only
from cityfolio.pages.questions import QuestionView, questions
from cityfolio.pages.repository import edit_url, issues_url
from cityfolio.pages.review_routes import changes_url
from cityfolio.pages.shell import Link, Page, Site
from cityfolio.pages.words import Words


class Fact(Frozen, kw_only=True):
    """One line of the key facts."""

    label: Markup
    value: Markup


class Report(Frozen, kw_only=True):
    """Where to say that something is wrong."""

    href: str
    text: Markup


class DatasetView(Frozen, kw_only=True):
    """What `dataset.html` shows."""

    title: str
    untitled: Markup               # says that the id stands in for a title; "" where there is one
    summary: str
    crumbs: tuple[Link, ...]
    is_published: bool
    state: State                   # freshness, or the status of what is not published
    reason: Markup                 # why it is not published
    downloads: Downloads
    facts: tuple[Fact, ...]
    questions: tuple[QuestionView, ...]
    charts: tuple[ChartView, ...]
    limits: Markup
    corrections: tuple[NoteView, ...]   # and changes of method, of the last year
    changes: str                   # where changes are told, day by day; "" where nothing can be had
    description: Markup
    tables: tuple[Table, ...]
    table_pages: tuple[Link, ...]  # of all rows of each table
    left_out: tuple[str, ...]
    goals: tuple[GoalEntry, ...]   # goals that use it, with the measures that do
    related: tuple[Link, ...]
    kept: KeptView                 # checks, what was weighed before the release, how it is used
    keywords: tuple[str, ...]
    notes: tuple[tuple[str, Markup], ...]
    license: Markup                # what it allows, where the catalog says so itself
    citation: Markup
    report: Report | None
    edit: str
    form: str                     # in which its file is edited; "" where there is none
    checksums: tuple[Checksum, ...]


def dataset_page(dataset: Dataset, site: Site, of_files: FileTables | None = None) -> Page:
    """The page of one dataset. `of_files` are its tables, where other pages show them too."""
    return Page(
        url=routes.dataset_url(dataset.id), kind="dataset", template="dataset.html", title=dataset.title,
        view=_view(dataset, site, of_files or FileTables(site.words)), source=dataset.source_path,
        description=summary_of(dataset), section=routes.DATA, updated=dataset.updated,
        twins=tuple(description_twins(dataset, site)),
    )


def summary_of(dataset: Dataset) -> str:
    """The one sentence of a dataset: its own, else the first of its description."""
    record = dataset.record
    return record.summary or (excerpt(record.description) if record.description else "")


def title_missing(words: Words) -> Markup:
    """What marks an id that stands in for a title."""
    return words.gettext("No title yet; this is its id")


def _changes(dataset: Dataset, site: Site) -> str:
    has_page = dataset.status == "published" and tells_changes(dataset, site.catalog)
    return site.link(routes.dataset_url(dataset.id), changes_url(dataset.id)) if has_page else ""


def _view(dataset: Dataset, site: Site, of_files: FileTables) -> DatasetView:
    record, words = dataset.record, site.words
    url = routes.dataset_url(dataset.id)
    is_published = dataset.status == "published"
    return DatasetView(
        title=dataset.title, untitled=Markup("") if dataset.has_title else title_missing(words),
        summary=record.summary or "", crumbs=_crumbs(dataset, site), is_published=is_published,
        state=freshness_state(dataset, site) if is_published
        else State(name=dataset.status, words=status_word(dataset.status, words)),
        reason=paragraphs(record.reason) if record.reason and not is_published else Markup(""),
        downloads=downloads(dataset, site), facts=_facts(dataset, site),
        questions=questions(dataset, site), charts=charts(dataset, site),
        limits=rendered(record.known_limits, 3) if record.known_limits else Markup(""),
        corrections=to_be_known(dataset, site), changes=_changes(dataset, site),
        description=rendered(record.description, 3) if record.description else Markup(""),
        tables=tables(dataset, of_files), table_pages=tuple(_table_pages(dataset, site)), left_out=left_out(dataset),
        goals=goals_using(dataset.id, url, site),
        related=tuple(Link(href=site.link(url, routes.dataset_url(each)), text=site.titles[each])
                      for each in dataset.related if each in site.titles),
        kept=kept(dataset, site),
        keywords=record.keywords, notes=tuple((name, paragraphs(text)) for name, text in record.notes.items()),
        license=_license_text(dataset), citation=_citation(dataset, site), report=_report(dataset, site),
        edit=edit_url(site.catalog.site.repository, dataset.source_path), form=form_link(dataset.id, url, site),
        checksums=checksums(dataset),
    )


def _table_pages(dataset: Dataset, site: Site) -> Iterator[Link]:
    """Where all rows of each table can be looked into."""
    pages = [file for file in dataset.files if file.page]
    for file in pages if dataset.status == "published" else ():
        title = dataset.title if len(pages) == 1 else file.title
        named = told(like(words_only(title), title))
        yield Link(href=site.link(routes.dataset_url(dataset.id), routes.file_page_url(dataset.id, file.page)),
                   text=site.words.gettext("Look into %(title)s: sort, filter, chart", title=named))


def _crumbs(dataset: Dataset, site: Site) -> tuple[Link, ...]:
    url = routes.dataset_url(dataset.id)
    crumbs = [Link(href=site.link(url, routes.DATA), text=site.words.gettext("Data"))]
    crumbs += [Link(href=site.link(url, routes.topic_url(topic.id)), text=topic.title) for topic in dataset.topics[:1]]
    return tuple(crumbs)


def _facts(dataset: Dataset, site: Site) -> tuple[Fact, ...]:
    _, record = site.words.gettext, dataset.record
    facts = [
        (_("Each row is"), Markup.escape(told(record.each_row_is or ""))),
        (_("Rows"), _rows(dataset, site)),
        (_("Covers"), _coverage(dataset, site)),
        (_("Published by"), _publisher(dataset, site)),
        (_("Brought in from"), _origin(dataset, site)),
        (_("Topics"), _topics(dataset, site)),
        (_("First published"), site.words.time(record.issued) if record.issued else Markup("")),
        (_("License"), _license(dataset, site) if dataset.status == "published" else Markup("")),
        (_("Conditions"), rendered(record.rights, 4) if record.rights else Markup("")),
        (_("Follows"), _outward(record.conforms_to)),
        (_("More about it"), _outward(record.landing_page)),
        (_("Contact"), contact_words(dataset.contact)),
    ]
    return tuple(Fact(label=label, value=value) for label, value in facts if value)


def _outward(url: str | None) -> Markup:
    """An address elsewhere as a link that says where it leads."""
    shown = (url or "").partition("://")[2].rstrip("/")
    return Markup('<a href="{}">{}</a>').format(routes.outward(url), shown) if url else Markup("")


def _rows(dataset: Dataset, site: Site) -> Markup:
    """How many rows: of the whole tables published here; where there is none, of the samples, named as such."""
    words = site.words
    names = {file.name for file in dataset.files if file.profile and not file.shows_sample}
    counts = [file.profile.rows for file in dataset.files if file.profile and not file.shows_sample]
    samples = [file.profile.rows for file in dataset.files if file.profile and file.shows_sample]
    total = Markup.escape(words.number(sum(counts or samples)))
    if len(counts) > len(names):   # two sheets of one workbook
        return words.ngettext("%(total)s in %(count)s table", "%(total)s in %(count)s tables", len(counts), total=total)
    if len(counts) > 1:
        return words.ngettext("%(total)s in %(count)s file", "%(total)s in %(count)s files", len(counts), total=total)
    if counts or not samples:
        return total if counts else Markup("")
    if len(samples) > 1:
        return words.ngettext("%(total)s in %(count)s sample", "%(total)s in %(count)s samples", len(samples), total=total)
    return words.gettext("%(total)s in the sample", total=total)


def _coverage(dataset: Dataset, site: Site) -> Markup:
    record, words = dataset.record, site.words
    lines = []
    if record.temporal and (record.temporal.start or record.temporal.end):
        start, end = record.temporal.start, record.temporal.end
        if start and end:
            lines.append(words.begun(span(start, end, words)))
        else:
            lines.append(words.gettext("From %(start)s on", start=within(start, words)) if start else
                         words.gettext("Up to %(end)s", end=within(end or "", words)))
    if record.spatial:
        lines.append(Markup.escape(told(record.spatial)))
    return Markup("<br>").join(lines)


def _publisher(dataset: Dataset, site: Site) -> Markup:
    if dataset.publisher is None:
        return Markup("")
    url = site.link(routes.dataset_url(dataset.id), routes.publisher_url(dataset.publisher.id))
    link = Markup(f'<a href="{escaped(url)}">{escaped(told(dataset.publisher.title))}</a>')
    return link if dataset.publisher.has_title else link + Markup("<br>") + title_missing(site.words)


def _origin(dataset: Dataset, site: Site) -> Markup:
    """The portal that a dataset was brought in from, with its page there."""
    home = dataset.record.source
    if home is None or not home.id:
        return Markup("")
    source = site.catalog.site.sources.get(home.id)
    words = site.words.gettext("the open data of %(portal)s", portal=told((source.title if source else None) or home.id))
    return Markup('<a href="{}" rel="noopener">{}</a>').format(routes.outward(home.url), words) if home.url else words


def _topics(dataset: Dataset, site: Site) -> Markup:
    page = routes.dataset_url(dataset.id)
    return Markup(", ".join(
        f'<a href="{escaped(site.link(page, routes.topic_url(topic.id)))}">{escaped(told(topic.title))}</a>'
        for topic in dataset.topics
    ))


def _license(dataset: Dataset, site: Site) -> Markup:
    terms = dataset.license
    if terms is None:
        return site.words.gettext("None stated")
    title = Markup.escape(told(terms.title))
    if terms.url:
        title = Markup(f'<a href="{escaped(routes.outward(terms.url))}" rel="license noopener">{escaped(title)}</a>')
    elif terms.description:
        title = Markup(f'<a href="#license" rel="license">{escaped(title)}</a>')
    return Markup(f"{title} <code>{escaped(terms.spdx)}</code>") if terms.spdx else title


def _license_text(dataset: Dataset) -> Markup:
    """What the license allows in the catalog's own words; "" where it has none, or nothing is published."""
    terms = dataset.license
    if terms is None or not terms.description or dataset.status != "published":
        return Markup("")
    return rendered(terms.description, 3)


def _citation(dataset: Dataset, site: Site) -> Markup:
    """A plain citation: who, what, where it is published, when it was updated, and its address."""
    _, build = site.words.gettext, site.build
    parts = [Markup.escape(told(dataset.publisher.title))] if dataset.publisher else []
    parts.append(_("%(title)s [data set]", title=told(dataset.title)))
    parts.append(Markup.escape(told(site.catalog.site.name)))
    if dataset.updated:
        parts.append(_("Updated %(date)s", date=site.words.day(dataset.updated)))
    if build.base_url:
        parts.append(Markup.escape(site.address(routes.dataset_url(dataset.id))))
    return Markup(". ").join(parts)


def _report(dataset: Dataset, site: Site) -> Report | None:
    _ = site.words.gettext
    contact = dataset.contact
    if contact and contact.email:
        subject = words_only(_("Problem with %(title)s", title=dataset.title))
        return Report(href=routes.mail(contact.email, subject), text=_("Report a problem by e-mail"))
    issues = issues_url(site.catalog.site.repository)
    return Report(href=issues, text=_("Report a problem")) if issues else None
