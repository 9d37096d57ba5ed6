"""What can be had of a dataset: one button, and the other files as links with sizes, each with its further formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from markupsafe import Markup

from cityfolio.frozen import Frozen, replace
from cityfolio.model.catalog import Dataset, File
from cityfolio.pages import routes
from cityfolio.pages.exports import Also, address, also_as, archive, csv_of
from cityfolio.pages.markdown import rendered
from cityfolio.pages.shell import Site

# What is not a file to keep, but a page or a service.
PLACES_TO_GO = {"HTML", "API", "GEOSERVICE", "APPLICATION", "APP"}
FOLD_BEYOND = 12     # more files than these are folded into groups by format


class Download(Frozen, kw_only=True):
    """A file as a link."""

    href: str                 # "" for what is listed and cannot be had
    text: str
    format: str
    note: str                 # size, the host it is kept at, or why it cannot be had
    is_here: bool             # published with the site, not kept elsewhere
    description: Markup = Markup("")
    also: tuple[Also, ...] = ()         # the same rows in other formats
    parts: tuple[Part, ...] = ()        # of a workbook that holds several tables


class Part(Frozen, kw_only=True):
    """One table of a file that holds several, such as a sheet."""

    text: str
    description: Markup
    also: tuple[Also, ...]


class Group(Frozen, kw_only=True):
    """Files of one format."""

    title: str
    files: tuple[Download, ...]


class Downloads(Frozen, kw_only=True):
    """One file stands out; the others are listed, or folded into groups when they are many."""

    button: Download | None
    button_text: Markup
    others: tuple[Download, ...]
    groups: tuple[Group, ...]
    archive: Also | None      # everything in one file


class Checksum(Frozen, kw_only=True):
    """The digest of one published file."""

    name: str
    sha256: str


def downloads(dataset: Dataset, site: Site) -> Downloads:
    """The files of a dataset, the most useful first."""
    first = foremost(dataset.files)
    button = _on_button(first, dataset, site) if first else None
    others = tuple(_others(first, dataset, site))
    folded = len(others) > FOLD_BEYOND
    return Downloads(
        button=button, button_text=_button_text(button, site) if button else Markup(""), others=() if folded else others,
        groups=_groups(others, first.format if first else "") if folded else (), archive=archive(dataset, site),
    )


def foremost(files: tuple[File, ...]) -> File | None:
    """The file for the button: of those kept here whole a CSV, one that is also had as CSV, or any; else a CSV, or any."""
    def rank(file: File) -> int:
        whole_here = bool(file.name) and not file.is_sample
        return 3 * (not whole_here) + (0 if file.format == "CSV" else 1 if whole_here and csv_of(file) else 2)

    return min((file for file in files if file.url or file.name), key=rank, default=None)


def checksums(dataset: Dataset) -> tuple[Checksum, ...]:
    """The digest of every file that is published here, each once: sources, what is made of them, and the archive."""
    digests = dict[str, str]()
    for file in dataset.files:
        if file.name and file.sha256:
            digests[file.name] = file.sha256
        digests |= {each.name: each.sha256 for each in file.exports}
    if dataset.archive:
        digests[dataset.archive.name] = dataset.archive.sha256
    return tuple(Checksum(name=name, sha256=digest) for name, digest in digests.items())


def host_of(url: str) -> str:
    """The host of an address, as a reader knows it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _on_button(file: File, dataset: Dataset, site: Site) -> Download:
    """The file itself; of a file that is no CSV the CSV made of it, with the file first among its further formats."""
    made = None if file.format == "CSV" or file.is_sample else csv_of(file)
    if made is None:
        button = _download(file, dataset, site)
    else:
        button = Download(href=address(made.name, dataset, site), text=file.title, format=made.format, is_here=True,
                          note=site.words.size(made.bytes), description=_description(file),
                          also=also_as(file, dataset, site, shown=made))
    if len(_tables_of(file, dataset)) == 1:
        return button
    # A file of several tables has a line of its own, with what is said of each and its formats.
    return replace(button, text=file.title if made else file.name, description=Markup(""), also=())


def _others(first: File | None, dataset: Dataset, site: Site) -> Iterator[Download]:
    """Every file but the one on the button, each once. An address that is listed twice stays in the list once."""
    for file in dataset.files:
        tables = _tables_of(file, dataset)
        if len(tables) > 1:
            if file is tables[0]:
                yield _workbook(tables, dataset, site)
            continue
        if file is not first:
            yield _download(file, dataset, site)
        if file.url and file.name:
            yield _sample(file, dataset, site)


def _tables_of(file: File, dataset: Dataset) -> list[File]:
    """The tables that stand in one published file: entries that share its name. Of a sample each leads elsewhere, too."""
    if not file.name or file.url:
        return [file]
    return [each for each in dataset.files if each.name == file.name and not each.url]


def _workbook(tables: list[File], dataset: Dataset, site: Site) -> Download:
    whole = _here(tables[0], tables[0].name, dataset, site)
    words = site.words
    note = [whole.note, words.gettext("as delivered")] if any(each.exports for each in tables) else [whole.note]
    note.append(words.ngettext("%(count)s table", "%(count)s tables", len(tables)))
    parts = tuple(Part(text=each.title, description=_description(each), also=also_as(each, dataset, site)) for each in tables)
    return replace(whole, note=words.sentence_list(note), description=Markup(""), also=(), parts=parts)


def _download(file: File, dataset: Dataset, site: Site) -> Download:
    """The whole file: at its own address when it has one, else the copy published here."""
    if file.url:
        also = also_as(file, dataset, site) if file.is_fetched else ()
        return Download(href=routes.outward(file.url), text=file.title, format=file.format, note=host_of(file.url),
                        is_here=False, description=_description(file), also=also)
    if not file.name:
        return Download(href="", text=file.title, format=file.format, note=file.record.missing or "", is_here=False,
                        description=_description(file))
    return _here(file, file.title, dataset, site)


def _sample(file: File, dataset: Dataset, site: Site) -> Download:
    # The description stands with the whole file, which is always shown beside its sample.
    here = _here(file, site.words.gettext("Sample of %(title)s", title=file.title), dataset, site)
    return replace(here, description=Markup(""), also=() if file.is_fetched else here.also)


def _here(file: File, text: str, dataset: Dataset, site: Site) -> Download:
    note = site.words.size(file.bytes) if file.bytes is not None else ""
    return Download(href=address(file.name, dataset, site), text=text, format=file.format, note=note, is_here=True,
                    description=_description(file), also=also_as(file, dataset, site))


def _description(file: File) -> Markup:
    return rendered(file.record.description, 2) if file.record.description else Markup("")


def _button_text(button: Download, site: Site) -> Markup:
    if button.is_here:
        return site.words.gettext("Download %(format)s", format=button.format)
    if button.format.upper() in PLACES_TO_GO:
        return site.words.gettext("Open %(host)s", host=button.note)
    return site.words.gettext("Get %(format)s from %(host)s", format=button.format, host=button.note)


def _groups(files: Iterable[Download], first: str) -> tuple[Group, ...]:
    """The files by format: that of the button first, the others in the order they are listed."""
    by_format: dict[str, list[Download]] = {first: []}
    for file in files:
        by_format.setdefault(file.format, []).append(file)
    return tuple(Group(title=name, files=tuple(found)) for name, found in by_format.items() if found)
