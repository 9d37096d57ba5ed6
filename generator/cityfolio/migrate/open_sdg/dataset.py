"""One indicator as a dataset: what its metadata says in our keys, its rows as the file, and a dictionary of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.open_sdg.rows import Rows
from cityfolio.migrate.open_sdg.source import Indicator, Site, groups_of
from cityfolio.migrate.open_sdg.table import Table
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.html_text import as_markdown_text

TITLES = ("indicator_available", "national_indicator_available", "graph_title", "indicator_name_national", "indicator_name")
# What is told at length, with the heading that it gets in the description; the first ones need none.
TOLD: Mapping[str, str] = {
    "national_indicator_description": "", "page_content": "", "page_text": "", "computation_definitions": "Definitions",
    "computation_calculations": "Calculations", "available_disaggregations": "Available disaggregations",
    "other_info": "Other information",
}
LICENSES = ("license", "licence", "data_license")
SOURCE = re.compile(r"source_(?P<what>[a-z_]+?)_(?P<number>\d+)")
# What only draws the old site's pages. It is kept in one note.
SETTINGS = frozenset({
    "graph_type", "graph_types", "graph_limits", "graph_stepsize", "graph_stacked_disaggregation", "graph_annotations",
    "graph_x_axis_label", "x_axis_label", "data_show_map", "csv_size", "composite_breakdown_label", "indicator_sort_order",
    "sort", "data_start_values", "embedded_feature_url", "embedded_feature_html", "embedded_feature_title", "indicator_tabs",
    "layout",
    "permalink", "precision", "data_non_statistical", "chart_type",
})
TAKEN = frozenset({*TOLD, *LICENSES, *SETTINGS, "copyright", "data_footnote", "national_geographical_coverage", "data_keywords",
                   "tags", "indicator_number", "sources", "related_indicators", "published"})
NO_ROWS = "Its rows were not among the files that were brought over."
NOT_PUBLISHED = "The former site held this indicator and did not publish it."


def with_words(indicator: Indicator, site: Site) -> None:
    """Put words in the place of keys of translations, where the source has them."""
    for key, value in indicator.meta.items():
        if isinstance(value, str) and (words := site.said(value.strip())) != value.strip():
            indicator.meta[key] = words
            indicator.ledger.note("mended", key, "a key of translations replaced by its words", value, words)


def title_of(indicator: Indicator, site: Site) -> tuple[str, str]:
    """Which key has the title, and the title."""
    for key in TITLES:
        words = indicator.words(key)
        if words and not site.is_key(words):
            return key, words
    return "indicator_number", f"Indicator {indicator.number}"


def is_published(indicator: Indicator) -> bool:
    """Whether the old site showed it."""
    return indicator.words("published").lower() not in ("false", "no", "off")


def described(each: DatasetDraft, indicator: Indicator, site: Site) -> None:
    """Take everything that the metadata says."""
    each.ledger.entries += indicator.ledger.entries
    each.called |= {indicator.id, indicator.number}
    key, title = title_of(indicator, site)
    each.words("title", key, title)
    each.words("identifier", "indicator_number", indicator.number)
    for name, heading in TOLD.items():
        _told(each, name, heading, indicator.meta.get(name))
    each.text("known_limits", "data_footnote", indicator.meta.get("data_footnote"))
    each.text("rights", "copyright", indicator.meta.get("copyright"))
    for name in LICENSES:
        each.license(name, indicator.meta.get(name))
    each.words("spatial", "national_geographical_coverage", indicator.meta.get("national_geographical_coverage"))
    each.keywords("data_keywords", indicator.meta.get("data_keywords"))
    each.keywords("tags", indicator.meta.get("tags"))
    each.related("related_indicators", indicator.meta.get("related_indicators"))
    for place, source in _sources(indicator):
        _source(each, place, source, is_first="publisher" not in each.values)
    settings: Mapping[str, Given] = {name: value for name, value in indicator.meta.items() if name in SETTINGS}
    each.note("Settings of Open SDG", ", ".join(settings), {name: as_words(value) for name, value in settings.items()})
    taken = {*TAKEN, *(name for name in indicator.meta if SOURCE.fullmatch(name))}
    taken |= {name for name in ("indicator",) if indicator.words(name) == indicator.number}
    taken |= {name for name in TITLES if indicator.words(name) == title}
    each.rest(indicator.meta, taken)
    if not is_published(indicator):
        each.status("planned", NOT_PUBLISHED)
        each.ledger.note("noted", "published", "a record that the old site did not publish is planned here", "false", "status")
    elif not indicator.data_path:
        each.status("planned", NO_ROWS)
        each.ledger.note("missing", "(rows)", "an indicator without rows, so it is planned here")


def _told(each: DatasetDraft, key: str, heading: str, given: Given) -> None:
    """Put a longer text into the description, below its heading."""
    before = str(each.values.get("description") or "")
    if heading:
        each.values["description"] = f"{before.rstrip()}\n\n**{heading}**".lstrip()
    held = each.values.get("description")
    each.text("description", key, given)
    if heading and each.values.get("description") == held:
        each.values["description"] = before or None


def _sources(indicator: Indicator) -> Iterator[tuple[str, dict[str, Given]]]:
    """Each source of the figures: numbered keys of a single one each, or a list."""
    numbered: dict[str, dict[str, Given]] = {}
    for name, value in indicator.meta.items():
        if match := SOURCE.fullmatch(name):
            numbered.setdefault(match["number"], {})[match["what"]] = value
    for number, told in sorted(numbered.items(), key=lambda item: int(item[0])):
        yield f"source_*_{number}", told
    for place, group in enumerate(groups_of(indicator.meta.get("sources")), 1):
        yield f"sources[{place}]", dict(group)


def _source(each: DatasetDraft, place: str, told: dict[str, Given], *, is_first: bool) -> None:
    said = {name: value for name, value in told.items() if as_words(value)}
    if not set(said) - {"active"}:
        each.ledger.note("left-out", place, "a source of which nothing is said", as_words(said))
        return
    if is_first:
        each.publisher(place, as_words(said.get("organisation")) or as_words(said.get("organization")))
        asked = as_words(said.get("contact"))
        each.contact(place, **({"email": asked} if "@" in asked and "://" not in asked else {"url": asked}))
        each.frequency(f"{place}.periodicity", said.get("periodicity"))
        each.words("landing_page", f"{place}.url", said.get("url"))
    ledger = Ledger()             # of texts that are taken apart only to be put together again
    text = "; ".join(f"{name.replace('_', ' ')}: {' '.join(as_markdown_text(as_words(value), ledger, place).split())}"
                     for name, value in said.items())
    each.note(f"Source {re.sub(r'[^0-9]', '', place)}", place, text)


def filed(each: DatasetDraft, indicator: Indicator, table: Table | None, rows: Rows | None) -> str:
    """List its file, with a dictionary where it is a table. Gives the text of the file, where it has to be written anew."""
    file = each.file(indicator.data_place, path=indicator.data_path, title="All rows", format="CSV")
    name = f"indicator-{each.id}.csv"
    each.folder.copies = {name: indicator.data_path}
    each.ledger.entries[:] = [entry for entry in each.ledger.entries if entry.before != indicator.data_path]
    each.ledger.note("noted", "files", "a file of the source, copied", indicator.data_place, name)
    file.record["path"] = name
    final = rows.table if rows else table
    if final is None:
        file.record["look_inside"] = "false"
        return ""
    for column in final.header:
        kind, unit = _kind(column, final, rows), as_words(indicator.meta.get("computation_units"))
        about = "Added when it was brought over." if column in final.added else ""
        each.column(column, column, type=kind, description=about,
                    unit=unit if rows and column == rows.measured and len(unit) <= 60 else "")
    if final.is_changed:
        each.folder.copies = {}
    return final.text() if final.is_changed else ""


def _kind(column: str, table: Table, rows: Rows | None) -> str:
    roles = table.roles
    if rows and column == rows.measured:
        return "number"
    if rows and column == rows.dated:
        return "year" if rows.is_year else "date"
    return "string" if column in (roles.year, roles.value, roles.series, roles.multiplier, *roles.units, *roles.groups) else ""
