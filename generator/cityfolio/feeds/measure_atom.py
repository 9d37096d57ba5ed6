"""`/measures/changes/changes.atom`: where a measure stands otherwise than in the period before, the newest first.

An entry is of the first day after its period, when that was over: a day that never changes. No entry tells of this build.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from cityfolio.feeds.atom import AtomFeed, atom_output, moment
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.periods import DAY
from cityfolio.model.site import Output
from cityfolio.pages.markdown import words_only
from cityfolio.pages.measure_changes import MeasureChange, changes, told_until
from cityfolio.pages.measure_figures import period_words, value_of
from cityfolio.pages.routes import MEASURE_CHANGES, MEASURE_CHANGES_FEED, measure_url
from cityfolio.pages.standings import status_words
from cityfolio.pages.words import Words

MOST_ENTRIES = 200


def measure_feed(catalog: Catalog, build: Build, words: Words) -> Iterator[Output]:
    """The feed of changes of status, where any period of any measure is over; else there is no day to tell."""
    newest = told_until(catalog.measures)
    if newest is None:
        return
    name = catalog.site.name
    feed = AtomFeed(url=MEASURE_CHANGES_FEED, page=MEASURE_CHANGES, author=name, site=name, build=build,
                    title=words_only(words.gettext("What moved - %(site)s", site=name)))
    found = [each for each in changes(catalog.measures, build.today) if each.kind == "status"][:MOST_ENTRIES]
    yield atom_output(feed, found[0].day + DAY if found else newest, [_entry(each, feed, words) for each in found])


def _entry(change: MeasureChange, feed: AtomFeed, words: Words) -> str:
    measure, before, after = change.measure, change.before, change.after
    assert before is not None
    assert after is not None
    named, page = status_words(words), measure_url(measure.id)
    said = words.gettext("%(period)s: from %(before)s to %(after)s", period=words.begun(period_words(after.period, words)),
                         before=named[before.status], after=named[after.status])
    value = "" if after.value is None else f" ({words_only(value_of(measure, after.value, words))})"
    author = f"<author><name>{escape(measure.owner.title)}</name></author>" if measure.owner else ""
    return (
        f"<entry><title>{escape(measure.title)}: {escape(words_only(named[after.status]))}</title>"
        f"<id>{feed.identifier(f'{page}#status-{after.period}')}</id><updated>{moment(change.day + DAY)}</updated>"
        f"<link href={feed.link(page)}/>{author}<summary>{escape(words_only(said) + value)}</summary></entry>"
    )
