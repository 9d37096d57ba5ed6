"""The header of a list of datasets, or of their columns: what people call each fact, and in which row and column it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cityfolio.frozen import Frozen
from cityfolio.migrate.spreadsheet.cells import FIRST_ROWS, Page
from cityfolio.migrate.values.file_formats import KNOWN
from cityfolio.migrate.values.names import comparable

Names = Mapping[str, str]         # fact -> what people call it, the surest name first; case, spaces and punctuation aside

DATASETS: Names = {
    "title": "dataset title, dataset name, data set name, data set, title, dataset, name of dataset, data asset, asset name, "
             "name",
    "summary": "summary, short description",
    "description": "description, dataset description, abstract, long description, details, about",
    "identifier": "identifier, dataset id, unique identifier, unique id, uid, id, asset id, inventory id",
    "publisher": "publisher, department, department name, agency, agency name, organization, organisation, owning department, "
                 "responsible department, data owner department, bureau, office",
    "owner": "data owner, owner, dataset owner, business owner",
    "contact": "contact name, contact, contact person, point of contact, data contact, data steward, steward, maintainer, "
               "custodian, data custodian",
    "email": "contact email, email, email address, contact email address, owner email, data owner email, steward email, "
             "maintainer email, department email",
    "phone": "contact phone, phone, telephone, phone number, contact phone number",
    "frequency": "update frequency, frequency, frequency of update, frequency of updates, refresh frequency, refresh rate, "
                 "update schedule, update cycle, how often updated, how often is it updated, accrual periodicity",
    "license": "license, licence, license name, licence name, license url, licensing, terms of use",
    "rights": "rights, use constraints, conditions, restrictions",
    "keywords": "keywords, tags, keyword, tag, search terms",
    "topics": "topics, topic, category, categories, theme, themes, subject, subjects, subject area, group, groups",
    "issued": "issued, date issued, created, date created, creation date, published on, date published, publication date, "
              "release date, first published",
    "modified": "modified, last updated, last modified, last update, date updated, date modified, last updated date, "
                "last modified date, date last updated, date of last update, last refreshed, data last updated, updated",
    "temporal": "temporal coverage, time period, temporal, period covered, date range, time span, years covered, period",
    "start": "temporal start, coverage start, start date, data start date, period start",
    "end": "temporal end, coverage end, end date, data end date, period end",
    "spatial": "spatial coverage, geographic coverage, spatial, geography, geographic area, geographic extent, area covered",
    "language": "language",
    "conforms_to": "conforms to, standard url",
    "each_row_is": "each row is, a row is, unit of observation, row represents",
    "known_limits": "known limits, limitations, known limitations, known issues, caveats, data quality notes, quality notes",
    "landing_page": "landing page, landing page url, home page, homepage, web page, webpage, website, portal page, portal url",
    "access": "public, is public, access level, public access, publicly available, is it public, available to the public, "
              "open data, open, published",
    "status": "status, publication status",
    "reason": "reason, reason not public, reason not published, why not public, reason for restriction, if not public why",
    "url": "url, link, download url, download link, download, data url, data link, file url, dataset url, dataset link, "
           "access url, link to data, link to dataset, web address, address of the data",
    "format": "format, file format, file type, data format, formats, file formats",
    "media_type": "media type, mime type",
    "file_title": "file name, file title, resource name, resource title, distribution title, resource",
    "file_description": "file description, resource description",
}
COLUMNS: Names = {
    "dataset": "dataset title, dataset name, data set name, dataset, data set, dataset id, identifier, title, table, "
               "table name",
    "name": "column name, field name, column, field, variable, variable name, attribute, attribute name, api name, name",
    "title": "column title, label, alias, field label, field alias, display name, column label",
    "description": "description, definition, column description, field description, meaning, explanation",
    "type": "type, data type, column type, field type",
    "unit": "unit, units, unit of measure, unit of measurement",
    "required": "required, mandatory",
}
ABOUT_COLUMNS = frozenset({"column", "columns", "field", "fields", "dictionary", "variables", "attributes", "schema"})
MANY = frozenset({"url", "keywords", "topics"})       # facts of which every column is taken
OF_PEOPLE = frozenset({"title", "owner", "contact", "email", "phone", "publisher", "identifier", "status"})
LINKS = ("downloadurl", "downloadlink", "url", "link", "download")


class Header(Frozen, kw_only=True):
    """The row that names the columns."""

    row: int
    names: Mapping[int, str]                  # column -> as it is written
    known: Mapping[str, tuple[int, ...]]      # fact -> columns, the surest first
    formats: Mapping[int, str]                # column of addresses -> the format that its name tells, as in "CSV link"

    @property
    def taken(self) -> frozenset[int]:
        """The columns that mean a fact."""
        return frozenset(each for columns in self.known.values() for each in columns)


def _bare(name: str) -> str:
    return "".join(comparable(name[:200]).split())


def _ranks(names: Names) -> Mapping[str, tuple[str, int]]:
    ranks: dict[str, tuple[str, int]] = {}
    for fact, listed in names.items():
        for rank, name in enumerate(listed.split(", ")):
            ranks.setdefault(_bare(name), (fact, rank))
    return ranks


RANKS_OF_DATASETS, RANKS_OF_COLUMNS = _ranks(DATASETS), _ranks(COLUMNS)
FORMATS = {_bare(name): shown for name, shown in KNOWN.items()}


def datasets_header(page: Page) -> Header | None:
    """Where a sheet names the facts of datasets; None where it does not."""
    headers = (_header(row, page.rows[row]) for row in sorted(page.rows)[:FIRST_ROWS])
    return next((each for each in headers if each is not None), None)


def columns_header(page: Page) -> Header | None:
    """Where a sheet names the facts of columns; None where it does not, or is called after something else."""
    if not ABOUT_COLUMNS & set(comparable(page.name).split()):
        return None
    for row in sorted(page.rows)[:FIRST_ROWS]:
        header = _matched(row, page.rows[row], RANKS_OF_COLUMNS)
        if {"dataset", "name"} <= set(header.known):
            return header
    return None


def likeness(rows: Sequence[Mapping[int, str]]) -> int:
    """How many facts of datasets the best of some rows names."""
    return max((len(header.taken) for row in rows if (header := _header(1, row)) is not None), default=0)


def _header(row: int, cells: Mapping[int, str]) -> Header | None:
    header = _matched(row, cells, RANKS_OF_DATASETS)
    title = header.known.get("title")
    if title is None or len(header.names) < 2:
        return None
    # "Name" alone may be of people: then something else has to tell that the rows are datasets.
    is_sure = _bare(cells[title[0]]) != "name" or set(header.known) - OF_PEOPLE
    return header if is_sure and len(header.taken) > 1 else None


def _matched(row: int, cells: Mapping[int, str], ranks: Mapping[str, tuple[str, int]]) -> Header:
    found: dict[str, list[tuple[int, int]]] = {}
    formats: dict[int, str] = {}
    for column, name in cells.items():
        bare = _bare(name)
        fact, rank = ranks.get(bare, ("", 0))
        if not fact and ranks is RANKS_OF_DATASETS and (shown := _format_in(bare)):
            fact, rank, formats[column] = "url", 100, shown
        if fact:
            found.setdefault(fact, []).append((rank, column))
    known = {fact: tuple(column for _, column in (sorted(each) if fact in MANY else sorted(each)[:1]))
             for fact, each in found.items()}
    return Header(row=row, names={column: " ".join(name.split())[:100] for column, name in cells.items()}, known=known,
                  formats=formats)


def _format_in(bare: str) -> str:
    """The format in the name of a column of addresses: "CSV link", "Shapefile URL"."""
    ending = next((each for each in LINKS if bare.endswith(each) and bare != each), "")
    return FORMATS.get(bare.removesuffix(ending), "") if ending else ""
