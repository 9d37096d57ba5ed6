"""How a measure's number is made: its formula in words, the rows in it and out of it, and the data that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import File
from cityfolio.model.measured import Measure, Observation
from cityfolio.model.records import ColumnRecord
from cityfolio.pages import routes
from cityfolio.pages.markdown import told
from cityfolio.pages.measure_answer import newest_value
from cityfolio.pages.measure_figures import in_period, period_words
from cityfolio.pages.measure_formula import Reader, formula_words, terms
from cityfolio.pages.measure_rows import RowLinks, rows_file, rows_link
from cityfolio.pages.shell import Link, Site


class Expression(Frozen, kw_only=True):
    """A condition as the measure's file has it."""

    label: Markup
    text: str


class Made(Frozen, kw_only=True):
    """How a number is made."""

    formula: Markup               # in words
    terms: tuple[Markup, ...]     # what else belongs to it
    expressions: tuple[Expression, ...]
    rows: Markup                  # how many rows stand behind the newest value
    links: tuple[Link, ...]       # where these rows are opened
    download: str                 # of just the rows that take part; "" for none
    hidden: Markup                # says that the rows are not published
    digest: str                   # of the data
    until: Markup                 # the day up to which the data is complete


def made(measure: Measure, site: Site) -> Made:
    """How the numbers of a measure come to be."""
    words, compute, page = site.words, measure.record.compute, routes.measure_url(measure.id)
    links = newest_links(measure, site)
    named = rows_file(measure)
    if compute is None:
        formula = words.gettext("The values are read somewhere else and entered by hand. Below is who entered each, and when.")
    else:
        formula = formula_words(compute, _dataset(measure, site), measure.record.period.grain, reader_of(measure, site))
    return Made(
        formula=formula, terms=tuple(_terms(measure, site)), expressions=tuple(_expressions(measure, site)),
        rows=Markup(" ").join((_rows(newest_value(measure), site), _left_out(measure, site))),
        links=tuple(each for each in (links.all, links.good) if each),
        download=site.link(page, named) if named else "", hidden=_hidden(measure, site),
        digest=measure.computed.data_sha256 if compute else "",
        until=site.words.time(measure.computed.data_until) if measure.computed.data_until else Markup(""))


def reader_of(measure: Measure, site: Site) -> Reader:
    """Reads expressions of a measure with the dictionary of its data."""
    return Reader(words=site.words, columns=columns_of(measure, site))


def columns_of(measure: Measure, site: Site) -> Mapping[str, ColumnRecord]:
    """The columns of a measure's data, as the dictionary has them."""
    dataset, file = site.datasets.get(measure.dataset.id if measure.dataset else ""), file_of(measure, site)
    said = dataset.record.columns if dataset else {}
    return {**said, **({each.name: each.record for each in file.columns} if file else {})}


def file_of(measure: Measure, site: Site) -> File | None:
    """The published file that a measure is computed from."""
    dataset, place = site.datasets.get(measure.dataset.id if measure.dataset else ""), measure.computed.place
    return dataset.files[place] if dataset and place is not None and place < len(dataset.files) else None


def newest_links(measure: Measure, site: Site) -> RowLinks:
    """Where the rows behind the newest value are opened."""
    newest = newest_value(measure)
    if newest is None or not measure.computed.is_recountable:
        return RowLinks()
    return rows_link(measure, measure.computed.overall, newest, site, routes.measure_url(measure.id))


def _dataset(measure: Measure, site: Site) -> Markup:
    if measure.dataset is None:
        return Markup("")
    file, dataset = file_of(measure, site), site.datasets.get(measure.dataset.id)
    href = site.link(routes.measure_url(measure.id), routes.dataset_url(measure.dataset.id))
    link = Markup('<a href="{}">{}</a>').format(href, told(measure.dataset.title))
    if file is None or dataset is None or len(dataset.files) < 2:
        return link
    return site.words.gettext("%(dataset)s, file “%(file)s”", dataset=link, file=told(file.title))


def _terms(measure: Measure, site: Site) -> Iterator[Markup]:
    compute, cut, _ = measure.record.compute, measure.record.period, site.words.gettext
    if compute is not None:
        yield from terms(compute, reader_of(measure, site))
    if cut.timezone:
        yield _("Days begin by the clock of %(zone)s.", zone=cut.timezone)
    if cut.grain == "fiscal-year":
        month, day = map(int, cut.fiscal_year_start.split("-"))
        yield _("A fiscal year begins on %(day)s and bears the number of the year it ends in.",
                day=site.words.month_day(month, day))


def _expressions(measure: Measure, site: Site) -> Iterator[Expression]:
    compute, _ = measure.record.compute, site.words.gettext
    if compute and compute.where:
        yield Expression(label=_("Rows that take part"), text=compute.where)
    if compute and compute.ratio and compute.ratio.good:
        yield Expression(label=_("Good rows"), text=compute.ratio.good)


def _rows(newest: Observation | None, site: Site) -> Markup:
    """How many rows are in the newest value, and how many of a ratio's are good."""
    if newest is None or newest.rows is None:
        return Markup("")
    words = site.words
    if newest.good is None:
        return words.ngettext("%(count)s row stands behind the value for %(period)s.",
                              "%(count)s rows stand behind the value for %(period)s.", newest.rows,
                              period=in_period(newest.period, words))
    return words.ngettext("%(period)s: %(count)s row takes part, %(good)s good and %(bad)s not.",
                          "%(period)s: %(count)s rows take part, %(good)s good and %(bad)s not.", newest.rows,
                          period=words.begun(period_words(newest.period, words)), good=words.number(newest.good),
                          bad=words.number(newest.rows - newest.good))


def _left_out(measure: Measure, site: Site) -> Markup:
    """How many rows of the newest period do not take part."""
    count = measure.computed.rows_left_out
    return site.words.ngettext("%(count)s other row of that time does not take part.",
                               "%(count)s other rows of that time do not take part.", count) if count else Markup("")


def _hidden(measure: Measure, site: Site) -> Markup:
    if measure.record.compute is None or measure.computed.is_recountable:
        return Markup("")
    _, dataset = site.words.gettext, site.datasets.get(measure.dataset.id if measure.dataset else "")
    if dataset is not None and dataset.status == "published":
        return _("Not every row or column behind these numbers is published, so nobody else can count them again. "
                 "Only counts of rows appear here.")
    return _("The rows behind these numbers are not published. Only counts of rows appear here; the dataset’s page says why.")
