"""The figures of guides: `{{ rows street-trees }}` becomes the number of rows, with a link to what it counts.

A figure is made when the site is built, so a guide says today's numbers without being edited. Within code nothing is put in;
within a link, and in what only programs read, a figure is its words alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from cityfolio.frozen import Frozen
from cityfolio.load.figures_asked import FigureAsked, figure_place, figures_asked
from cityfolio.model.catalog import Catalog, Dataset, File
from cityfolio.model.measured import Measure
from cityfolio.model.practice import GuideRecord
from cityfolio.model.practised import Filed
from cityfolio.model.said import like
from cityfolio.pages import routes
from cityfolio.pages.figures import figure, unit_beside
from cityfolio.pages.incomplete import measured_value
from cityfolio.pages.markdown import in_its_language, rendered_on_site, words_only
from cityfolio.pages.measure_answer import newest_value
from cityfolio.pages.measure_figures import figures_of, when_words
from cityfolio.pages.questions import unit_of
from cityfolio.pages.shell import Site
from cityfolio.pages.standings import status_words
from cityfolio.pages.words import ENGLISH, Words
from cityfolio.problems import Problem

Guide = Filed[GuideRecord]

# Stands for a figure while its text becomes HTML: letters for private use, which no keyboard types, around its number.
_PLACE = re.compile("\ue000(\\d+)\ue001")
_TAG = re.compile(r'<(/?)([a-z0-9]+)((?:[^>"]|"[^"]*")*)>')


class LiveFigure(Frozen, kw_only=True):
    """A figure that a guide asks for, found: its words, and the site path of what it counts."""

    asked: FigureAsked
    said: Markup
    url: str


class NoFigure(Frozen, kw_only=True):
    """A figure that has no value now, and why."""

    asked: FigureAsked
    why: str


Said = tuple[Markup, str] | str      # its words and where they lead, or why there are none


def live_figures(guide: Guide, catalog: Catalog, words: Words) -> tuple[LiveFigure | NoFigure, ...]:
    """What a guide asks for, in the order of its text."""
    return tuple(_found(asked, catalog, words) for asked in figures_asked(guide.body))


def figure_problems(catalog: Catalog) -> Iterator[Problem]:
    """Figures of guides that have no value: for the report of a build."""
    for body in (body for guide in catalog.practice.guides for body in guide.bodies):
        for found in (_found(asked, catalog, ENGLISH) for asked in figures_asked(body.text)):
            if isinstance(found, NoFigure):
                yield Problem(code="figure-empty", says=f"{found.asked.written} has no value: {found.why}",
                              where=figure_place(body, found.asked),
                              fix="Say it in words until there is one; the page says that it is not known.")


def guide_html(guide: Guide, page: str, site: Site) -> Markup:
    """The text of a guide as safe HTML, each figure in it a link to what it counts."""
    found = live_figures(guide, site.catalog, site.words)
    places = [f"\ue000{at}\ue001" for at, _ in enumerate(found)]
    html = rendered_on_site(_replaced(guide.body, found, places), 2, lambda path: site.link(page, path))
    return in_its_language(_filled_in(html, found, [_linked(each, page, site) for each in found], site.words), guide.body)


def guide_markdown(guide: Guide, catalog: Catalog, words: Words) -> str:
    """The text of a guide as Markdown, with its figures as words: what programs read and what is searched."""
    found = live_figures(guide, catalog, words)
    return like(_replaced(guide.body, found, [words_only(_plain(each, words)) for each in found]), guide.body)


def _replaced(text: str, found: Sequence[LiveFigure | NoFigure], by: Sequence[str]) -> str:
    parts, at = [], 0
    for each, said in zip(found, by, strict=True):
        parts += [text[at:each.asked.start], said]
        at = each.asked.end
    return "".join([*parts, text[at:]])


def _filled_in(html: Markup, found: Sequence[LiveFigure | NoFigure], linked: Sequence[Markup], words: Words) -> Markup:
    """Clean HTML with its places filled: as written in code, as words in a link or a tag, else as links."""
    parts, inside, at = [], list[str](), 0

    def put(text: str, by: Callable[[int], Markup]) -> None:
        parts.append(_PLACE.sub(lambda match: str(by(int(match[1]))) if int(match[1]) < len(found) else match[0], text))

    def plain(place: int) -> Markup:
        return escape(words_only(_plain(found[place], words)))

    def within(place: int) -> Markup:
        if "code" in inside or "pre" in inside:
            return escape(found[place].asked.written)
        return plain(place) if "a" in inside else linked[place]

    for tag in _TAG.finditer(html):
        put(html[at:tag.start()], within)
        put(tag[0], plain)
        at = tag.end()
        if tag[2] in ("a", "code", "pre"):
            inside = [each for each in inside if each != tag[2]] if tag[1] else [*inside, tag[2]]
    put(html[at:], within)
    return Markup("".join(parts))


def _linked(found: LiveFigure | NoFigure, page: str, site: Site) -> Markup:
    said = _plain(found, site.words)
    return Markup('<a href="{}">{}</a>').format(site.link(page, found.url), said) if isinstance(found, LiveFigure) else said


def _plain(found: LiveFigure | NoFigure, words: Words) -> Markup:
    return found.said if isinstance(found, LiveFigure) else words.gettext("(not known)")


def _found(asked: FigureAsked, catalog: Catalog, words: Words) -> LiveFigure | NoFigure:
    said = _SAID[asked.what](asked.names, catalog, words)
    if isinstance(said, str):
        return NoFigure(asked=asked, why=said)
    return LiveFigure(asked=asked, said=said[0], url=said[1])


def _rows(names: tuple[str, ...], catalog: Catalog, words: Words) -> Said:
    """The rows of the dataset's one table, or of the file that is named. Of a sample nobody knows how many there are in all."""
    dataset = _dataset(names[0], catalog)
    if dataset.status != "published":
        return "the dataset is not published"
    tables = [each for each in dataset.files if each.profile and (len(names) < 2 or _is_named(each, names[1]))]
    if len(tables) > 1:
        return f"the dataset has {len(tables)} tables, and none is named"
    if not tables or tables[0].profile is None:
        return "no table with rows is published"
    if tables[0].shows_sample:
        return "only a sample of the rows is published"
    page = routes.file_page_url(dataset.id, tables[0].page) if tables[0].page else routes.dataset_url(dataset.id)
    return Markup.escape(words.number(tables[0].profile.rows)), page


def _is_named(file: File, name: str) -> bool:
    return name in (file.record.path, file.record.sample)


def _updated(names: tuple[str, ...], catalog: Catalog, words: Words) -> Said:
    dataset = _dataset(names[0], catalog)
    return (words.time(dataset.updated), routes.dataset_url(dataset.id)) if dataset.updated else \
        "the day of its last update is not known"


def _answer(names: tuple[str, ...], catalog: Catalog, words: Words) -> Said:
    """The answer to a question of the dataset, by the question's place in its file."""
    dataset = _dataset(names[0], catalog)
    record = dataset.record.questions[int(names[1]) - 1]
    answered = next((each for each in dataset.answers.questions if each.record == record), None)
    if answered is None:
        return "the question has no answer" if dataset.status == "published" else "the dataset is not published"
    asked, file = answered.answer.asked, dataset.files[answered.place]
    value = measured_value(answered.answer.total, asked.measure)
    if value is None:
        return "no row answers the question"
    number = figure(value, asked.measure, record.decimals, words)
    unit = unit_of(record.unit, asked, file)
    said = words.gettext("%(value)s %(unit)s", value=number, unit=unit_beside(number, unit)) if unit else number
    if file.shows_sample:
        said = words.gettext("%(value)s (in a sample of the rows)", value=said)
    return said, f"{routes.dataset_url(dataset.id)}#shows"


def _measure(names: tuple[str, ...], catalog: Catalog, words: Words) -> Said:
    """The newest value that a measure has, with its unit and its period."""
    measure = _measure_of(names[0], catalog)
    newest = newest_value(measure)
    if newest is None:
        return "the measure has no value yet"
    said = words.gettext("%(value)s %(when)s", value=figures_of(measure, words).value(newest.value),
                         when=when_words(newest.period, words))
    return said, routes.measure_url(measure.id)


def _status(names: tuple[str, ...], catalog: Catalog, words: Words) -> Said:
    """The word of a measure's status, as it stands within a sentence."""
    measure = _measure_of(names[0], catalog)
    word = status_words(words)[measure.status]
    return word[:1].lower() + word[1:], routes.measure_url(measure.id)


def _count(names: tuple[str, ...], catalog: Catalog, words: Words) -> Said:
    """How many there are of a kind of thing. What there is none of has no page perhaps."""
    counts: Mapping[str, tuple[int, str]] = {
        "datasets": (len(catalog.datasets), routes.INVENTORY),
        "published": (len(catalog.published), routes.inventory_url("status", "published")),
        "publishers": (len(catalog.publishers), routes.PUBLISHERS), "topics": (len(catalog.topics), routes.TOPICS),
        "goals": (len(catalog.goals), routes.GOALS), "measures": (len(catalog.measures), routes.MEASURES)}
    count, url = counts[names[0]]
    return (Markup.escape(words.number(count)), url) if count else "there is none"


def _dataset(identifier: str, catalog: Catalog) -> Dataset:
    # Names were checked before anything is drawn.
    return next(each for each in catalog.datasets if each.id == identifier)


def _measure_of(identifier: str, catalog: Catalog) -> Measure:
    return next(each for each in catalog.measures if each.id == identifier)


_SAID: Mapping[str, Callable[[tuple[str, ...], Catalog, Words], Said]] = {
    "rows": _rows, "updated": _updated, "answer": _answer, "measure": _measure, "status": _status, "count": _count}
