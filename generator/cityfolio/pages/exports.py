"""The further formats of a file and the archive of a dataset, as links with sizes."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, Export, File
from cityfolio.pages import routes
from cityfolio.pages.shell import Site
from cityfolio.pages.words import Words


class Also(Frozen, kw_only=True):
    """The same rows in another format, as a link. `of` names the rows to those who hear the link alone."""

    href: str
    format: Markup
    of: Markup
    size: Markup
    is_source: bool = False       # the file as the city delivered it, with every column


def also_as(file: File, dataset: Dataset, site: Site, shown: Export | None = None) -> tuple[Also, ...]:
    """The further formats of a file. `shown` is the one that stands in its place: then the file itself is the first of them."""
    return tuple(_also(file, dataset, site, shown))


def _also(file: File, dataset: Dataset, site: Site, shown: Export | None) -> Iterator[Also]:
    of = _of(file, dataset, site.words)
    if shown is not None and file.name and file.bytes is not None:
        yield Also(href=address(file.name, dataset, site), format=format_words(file.format, site.words), of=of,
                   size=site.words.size(file.bytes), is_source=not file.left_out)
    for each in file.exports:
        if each != shown:
            named = site.words.gettext("CSV (UTF-8, separated by commas)") if each.format == file.format == "CSV" else \
                format_words(each.format, site.words)
            yield Also(href=address(each.name, dataset, site), format=named, of=of, size=site.words.size(each.bytes))


def csv_of(file: File) -> Export | None:
    """The CSV that is made of a file, which is read on any device."""
    return next((each for each in file.exports if each.format == "CSV" and not each.plugin), None)


def archive(dataset: Dataset, site: Site) -> Also | None:
    """Everything in one file; what is kept elsewhere is not in it, and then it says so."""
    made, _ = dataset.archive, site.words.gettext
    if made is None:
        return None
    is_all = not any(file.url for file in dataset.files)
    text = _("Everything in one ZIP file, with the dictionary") if is_all else _(
        "Everything kept here in one ZIP file, with the dictionary")
    return Also(href=address(made.name, dataset, site), format=text, of=Markup(""), size=site.words.size(made.bytes))


def address(name: str, dataset: Dataset, site: Site) -> str:
    """The link from a dataset's page to one of its files."""
    return site.link(routes.dataset_url(dataset.id), routes.file_url(dataset.id, name))


def format_words(name: str, words: Words) -> Markup:
    """A format as it is known: by the program that opens it, with its name."""
    _ = words.gettext
    return {"XLSX": _("Excel (XLSX)"), "PMTiles": _("Map tiles (PMTiles)")}.get(name) or Markup.escape(name)


def _of(file: File, dataset: Dataset, words: Words) -> Markup:
    # Where there is one file, its title is often its name only; the dataset's says more.
    title = dataset.title if len(dataset.files) == 1 else file.title
    if file.shows_sample:
        return words.gettext("of the sample of %(title)s", title=title)
    return words.gettext("of %(title)s", title=title)
