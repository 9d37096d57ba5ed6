"""How a file is cited: in the style of the APA, for BibTeX and as CSL-JSON, each with its digest and the day of access.

Which day that is, only the reader's own machine knows: a script puts it in. Without one, the place says what belongs there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import orjson

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, File
from cityfolio.model.history import Version
from cityfolio.pages import routes
from cityfolio.pages.markdown import words_only
from cityfolio.pages.shell import Site

# BibTeX counts braces even behind a backslash, so they are written by name.
BIBTEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "#$%&_"},
})


class Citations(Frozen, kw_only=True):
    """A file cited in three ways. `date` is what stands in place of the day of access in two of them; CSL leaves it out."""

    apa: str
    bibtex: str
    csl: str
    date: str


class _Source(Frozen, kw_only=True):
    """What every style says of a file."""

    id: str
    author: str
    title: str
    site: str
    updated: tuple[int, ...]      # year, month, day; () when not known
    url: str
    digest: str
    language: str


def citations(dataset: Dataset, file: File, title: str, site: Site) -> Citations:
    """How to cite a file whose page has a title."""
    source = _source(dataset, file, title, site)
    date = words_only(site.words.gettext("[date]"))
    return Citations(apa=_apa(source, date, site), bibtex=_bibtex(source, date, site), csl=_csl(source), date=date)


def cite_version(dataset: Dataset, version: Version, url: str, site: Site) -> str:
    """How to cite a version of a file, in the style of the APA. The digest says which bytes: no day of access."""
    _, record, day = site.words.gettext, site.catalog.site, site.words.day(version.day)
    author = _plain(dataset.publisher.title if dataset.publisher else record.name)
    kind = _("Data set; version of %(date)s; SHA-256 %(digest)s", date=day, digest=version.sha256)
    parts = [author.rstrip("."), f"({version.day.year})", f"{_plain(dataset.title)}, {version.name} [{words_only(kind)}]"]
    if _plain(record.name) != author:
        parts.append(_plain(record.name).rstrip("."))
    said = ". ".join(parts) + "."
    return f"{said} {site.address(url)}" if site.build.base_url else said


def _source(dataset: Dataset, file: File, title: str, site: Site) -> _Source:
    build, updated = site.build, dataset.updated
    record = site.catalog.site
    return _Source(
        id=re.sub(r"[^a-z0-9]+", "-", f"{dataset.id}-{file.page or file.id}".lower()).strip("-"),
        author=_plain(dataset.publisher.title if dataset.publisher else record.name), title=_plain(title),
        site=_plain(record.name),
        updated=(updated.year, updated.month, updated.day) if updated else (),
        url=site.address(routes.file_page_url(dataset.id, file.page)) if build.base_url else "",
        digest=file.sha256 or "", language=site.words.language,
    )


def _plain(text: str) -> str:
    """A text on one line, without signs that cannot be seen."""
    if text.isprintable():
        return " ".join(text.split())
    seen = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join(seen.split())


def _apa(source: _Source, date: str, site: Site) -> str:
    """Publication Manual of the American Psychological Association, 7th edition, 10.9 (data sets)."""
    _ = site.words.gettext
    kind = _("Data set; SHA-256 %(digest)s", digest=source.digest) if source.digest else _("Data set")
    year = str(source.updated[0]) if source.updated else words_only(_("n.d."))
    parts = [source.author.rstrip("."), f"({year})", f"{source.title} [{words_only(kind)}]"]
    if source.site != source.author:
        parts.append(source.site.rstrip("."))
    said = ". ".join(parts) + ". "
    if not source.url:
        return said + words_only(_("Retrieved %(date)s", date=date)) + "."
    return said + words_only(_("Retrieved %(date)s, from %(address)s", date=date, address=source.url))


def _bibtex(source: _Source, date: str, site: Site) -> str:
    kind = words_only(site.words.gettext("Data set"))
    fields = {
        "author": f"{{{_in_bibtex(source.author)}}}",      # in braces twice, or it would be taken apart into names
        "title": f"{{{_in_bibtex(source.title)}}}",
        "year": str(source.updated[0]) if source.updated else "", "month": str(source.updated[1]) if source.updated else "",
        "publisher": _in_bibtex(source.site), "howpublished": _in_bibtex(kind),
        "url": source.url.replace("{", "%7B").replace("}", "%7D"), "urldate": date, "language": source.language,
        "note": f"SHA-256: {source.digest}" if source.digest else "",
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{source.id},", *lines, "}"])


def _in_bibtex(text: str) -> str:
    return text.translate(BIBTEX)


def _csl(source: _Source) -> str:
    """An item of CSL-JSON (schema csl-data 1.0). The day of access would be a list of numbers there: no place for words."""
    item: dict[str, Any] = {  # Any: JSON
        "id": source.id, "type": "dataset", "title": source.title, "author": [{"literal": source.author}],
        "publisher": source.site, "language": source.language,
    }
    if source.updated:
        item["issued"] = {"date-parts": [list(source.updated)]}
    if source.url:
        item["URL"] = source.url
    if source.digest:
        item["note"] = f"SHA-256: {source.digest}"
    return orjson.dumps([item], option=orjson.OPT_INDENT_2).decode()
