"""Datasets in a list. Rows are built here and not in a template: a catalog of 468 shows them 5,000 times over."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset
from cityfolio.pages import routes
from cityfolio.pages.datasets import summary_of, title_missing
from cityfolio.pages.freshness import due_day, status_word
from cityfolio.pages.markdown import excerpt, told
from cityfolio.pages.passing_routes import is_view
from cityfolio.pages.shell import Site

MOST_FORMATS = 6
LONGEST_SUMMARY = 160


class Rows(Frozen, kw_only=True):
    """A list of datasets as markup; what is not published stands in a place of its own."""

    count: int
    published: Markup
    unpublished: Markup


def rows(datasets: Iterable[Dataset], from_url: str, site: Site) -> Rows:
    """The rows of some datasets, for one page."""
    root = site.root(from_url)
    # From a folder a script may fetch nothing, so there the rows of a list bring along the words they are found by.
    has_words = site.build.for_folder and (from_url == routes.DATA or is_view(from_url))
    shown = [(dataset.status == "published", row(dataset, root, site, has_words=has_words)) for dataset in datasets]
    return Rows(
        count=len(shown),
        published=Markup("\n".join(text for is_published, text in shown if is_published)),
        unpublished=Markup("\n".join(text for is_published, text in shown if not is_published)),
    )


def row(dataset: Dataset, root: str, site: Site, *, has_words: bool = False) -> str:
    """One list item: title, sentence, publisher, date and formats. `root` leads from the page to the top of the site."""
    key = ("row", dataset.id, root, "with words" if has_words else "")
    if key not in site.kept:
        href = routes.href(root, routes.dataset_url(dataset.id), for_folder=site.build.for_folder)
        link = f'<a href="{escape(href)}">{escape(told(dataset.title))}</a>'
        lists = escape(" ".join(memberships(dataset)))
        found_by = f' data-words="{escape(words_of(dataset))}"' if has_words else ""
        site.kept[key] = f'<li data-in="{lists}"{found_by}><h3>{link}</h3>{_inside(dataset, site)}</li>'
    return site.kept[key]


def _inside(dataset: Dataset, site: Site) -> str:
    """What a row says below its title, which is the same on every page."""
    key = ("inside a row", dataset.id)
    if key not in site.kept:
        sentence = summary_of(dataset)
        if len(sentence) > LONGEST_SUMMARY:
            sentence = excerpt(sentence, LONGEST_SUMMARY)
        text = f"<p>{escape(told(sentence))}</p>" if sentence else ""
        due = due_day(dataset, site)
        counted_on = f' data-due="{due}"' if due else ""
        site.kept[key] = f'{text}<p class="meta"{counted_on}>{_meta(dataset, site)}</p>'
    return site.kept[key]


def memberships(dataset: Dataset) -> list[str]:
    """The lists a dataset is in: "topic/streets", "publisher/parks", "format/csv", "freshness/late"."""
    named = [f"topic/{topic.id}" for topic in dataset.topics]
    if dataset.publisher:
        named.append(f"publisher/{dataset.publisher.id}")
    if dataset.status == "published":
        named += dict.fromkeys(f"format/{routes.format_id(file.format)}" for file in dataset.files)
        named.append(f"freshness/{dataset.freshness.state}")
    return named


def _meta(dataset: Dataset, site: Site) -> str:
    words = site.words
    parts: list[str] = []
    if not dataset.has_title:
        parts.append(f'<b class="mark" data-state="untitled">{title_missing(words)}</b>')
    if dataset.status != "published":
        parts.append(f'<b class="mark" data-state="{dataset.status}">{status_word(dataset.status, words)}</b>')
    elif dataset.freshness.state == "late":
        late = words.ngettext("Late by %(count)s day", "Late by %(count)s days", dataset.freshness.days_late)
        parts.append(f'<b class="mark" data-state="late">{late}</b>')
    if dataset.publisher:
        parts.append(f"<span>{escape(told(dataset.publisher.title))}</span>")
    if dataset.updated:
        updated = words.gettext("Updated %(date)s", date=words.time(dataset.updated))
        parts.append(f"<span>{updated}</span>")
    formats = list(dict.fromkeys(file.format for file in dataset.files))
    if formats:
        more = f" +{len(formats) - MOST_FORMATS}" if len(formats) > MOST_FORMATS else ""
        parts.append(f'<span>{escape(", ".join(formats[:MOST_FORMATS]))}{more}</span>')
    return " ".join(parts)


def words_of(dataset: Dataset) -> str:
    """What a dataset is found by where no index can be fetched: its texts and its published columns, in lower case."""
    record = dataset.record
    columns = [part for file in dataset.files for column in file.columns for part in (column.name, column.record.title)]
    parts = [dataset.title, record.summary, *record.keywords, dataset.publisher.title if dataset.publisher else None, *columns]
    return " ".join(dict.fromkeys(" ".join(part for part in parts if part).casefold().split()))
