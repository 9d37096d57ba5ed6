"""What comes next, by month: releases, reviews, meetings, reports, commitments and updates, what is overdue on top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.pages import routes
from cityfolio.pages.calendar_days import KINDS, CalendarDay, calendar_days, is_overdue, kind_words
from cityfolio.pages.day_spans import days
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin

SHEETS = ("promises",)
MOST_OF_A_WEEK = 6            # updates of one week that are named; more are counted, and named in the file for programs
MOST_OVERDUE_UPDATES = 12
MOST_MEETINGS = 12            # past ones; the page of rules has all
MONTHS_AHEAD = 12             # what lies further ahead stands together
MOST_OFTEN = 60               # datasets that are renewed often; more are in the file for programs
MOST_OF_A_MONTH = 40          # lines; more are counted, and named in the file for programs


class CalendarLine(Frozen, kw_only=True):
    """A line of the calendar: one entry, or the updates that are due in one week."""

    day: Markup
    kind: Markup
    links: tuple[Link, ...]
    who: str
    note: Markup                  # by how many days it is overdue; how many updates are not named here
    more: Link | None             # where those are


class CalendarMonth(Frozen, kw_only=True):
    """The lines of one month, or of what is overdue."""

    anchor: str
    title: Markup
    lines: tuple[CalendarLine, ...]


class CalendarView(Frozen, kw_only=True):
    """What `calendar.html` shows."""

    counts: tuple[Link, ...]      # each month with how much is in it
    months: tuple[CalendarMonth, ...]
    often: Markup                 # how many datasets are renewed so often that no day of theirs is named; "" for none
    often_links: tuple[Link, ...]
    often_more: Link | None       # where the rest of them are
    feed: str                     # "" where only updates are late that come every week or more often


def calendar_page(site: Site) -> Iterator[Page]:
    """The calendar, where anything has a day."""
    _, words, found = site.words.gettext, site.words, calendar_days(site.catalog)
    entries = [each for each in found if _is_shown(each, site.build.today)]
    if not entries:
        return
    months = tuple(_months(entries, site))
    often = [each for each in found if not _is_shown(each, site.build.today)]
    has_feed = any(not each.is_often for each in found)
    view = CalendarView(
        months=months, counts=tuple(Link(href=f"#{each.anchor}", text=each.title) for each in months),
        often=words.ngettext("%(count)s dataset is renewed every week or more often, and has no days here",
                             "%(count)s datasets are renewed every week or more often, and have no days here", len(often))
        if often else Markup(""),
        often_links=tuple(_link(each, site) for each in sorted(often, key=lambda each: each.title.casefold())[:MOST_OFTEN]),
        often_more=_file(site) if len(often) > MOST_OFTEN else None,
        feed=site.link(routes.CALENDAR, routes.CALENDAR_FEED) if has_feed else "")
    feed = Twin(url=routes.CALENDAR_FEED, media_type="text/calendar", title=_("Calendar (iCalendar)"))
    yield Page(url=routes.CALENDAR, kind="calendar", template="calendar.html", title=_("Calendar"), view=view,
               source="datasets/", section=routes.ABOUT, sheets=SHEETS,
               description=_("When data comes out, is updated and is looked at again, and who meets when."),
               twins=(index_twin(routes.CALENDAR, words), *([feed] if has_feed else [])))


def _is_shown(entry: CalendarDay, today: date) -> bool:
    """Whether an entry has a line of its own: what is renewed often has one only where it is late."""
    return not entry.is_often or is_overdue(entry, today)


def _months(entries: Sequence[CalendarDay], site: Site) -> Iterator[CalendarMonth]:
    """What is overdue, then the months to come, then past meetings."""
    words, today = site.words, site.build.today
    overdue = [each for each in entries if is_overdue(each, today)]
    if overdue:
        yield CalendarMonth(anchor="overdue", title=_counted(words.pgettext("of several kinds", "Overdue"), overdue, site),
                            lines=tuple(_overdue(overdue, site)))
    by_month = defaultdict[str, list[CalendarDay]](list)
    for each in entries:
        if each.day >= today:
            by_month[_month(each.day, today)].append(each)
    for month, found in by_month.items():
        title = words.gettext("Later") if month == "later" else words.begun(words.moment(month))
        yield CalendarMonth(anchor=month if month == "later" else f"month-{month}", title=_counted(title, found, site),
                            lines=tuple(_lines(found, site)))
    held = [each for each in entries if each.kind == "meeting" and each.day < today]
    if held:
        yield CalendarMonth(anchor="held", title=_counted(words.gettext("Meetings that were held"), held, site),
                            lines=tuple(_held(held[::-1], site)))


def _counted(title: Markup, entries: Sequence[CalendarDay], site: Site) -> Markup:
    return site.words.gettext("%(title)s (%(count)s)", title=title, count=site.words.number(len(entries)))


def _month(day: date, today: date) -> str:
    ahead = (day.year - today.year) * 12 + day.month - today.month
    return f"{day:%Y-%m}" if ahead < MONTHS_AHEAD else "later"


def _overdue(entries: Iterable[CalendarDay], site: Site) -> Iterator[CalendarLine]:
    """The longest overdue first; late updates together below, since they may be many."""
    updates = [each for each in entries if each.kind == "update"]
    yield from _shortened([_line(each, site) for each in entries if each.kind != "update"], site)
    if updates:
        everywhere = Link(href=site.link(routes.CALENDAR, routes.facet_url("freshness", "late")),
                          text=site.words.gettext("All data that is late"))
        yield _together(updates[::-1], site.words.gettext("Until today"), MOST_OVERDUE_UPDATES, everywhere, site)


def _lines(entries: Sequence[CalendarDay], site: Site) -> Iterator[CalendarLine]:
    """The entries of a month by day, its updates by week among them."""
    weeks = defaultdict[date, list[CalendarDay]](list)
    for each in entries:
        if each.kind == "update":
            weeks[each.day - timedelta(days=each.day.weekday())].append(each)
    single = [(each.day, KINDS.index(each.kind), _line(each, site)) for each in entries if each.kind != "update"]
    single += [(found[0].day, len(KINDS), _week(found, site) if len(found) > 1 else _line(found[0], site))
               for found in weeks.values()]
    yield from _shortened([line for _, _, line in sorted(single, key=lambda each: each[:2])], site)


def _shortened(lines: Sequence[CalendarLine], site: Site) -> Iterator[CalendarLine]:
    """The first lines, and how many more there are."""
    yield from lines[:MOST_OF_A_MONTH]
    if len(lines) > MOST_OF_A_MONTH:
        yield _more(len(lines) - MOST_OF_A_MONTH, _file(site), site)


def _more(left: int, where: Link, site: Site) -> CalendarLine:
    return CalendarLine(day=Markup(""), kind=Markup(""), links=(), who="", more=where,
                        note=site.words.ngettext("and %(count)s more", "and %(count)s more", left))


def _file(site: Site) -> Link:
    return Link(href=site.link(routes.CALENDAR, routes.index_url(routes.CALENDAR)),
                text=site.words.gettext("All of them (JSON)"))


def _week(updates: Sequence[CalendarDay], site: Site) -> CalendarLine:
    words, first, last = site.words, updates[0].day, updates[-1].day
    start, end = days(first, last, words)
    day = words.time(first) if first == last else words.begun(words.gettext("%(start)s to %(end)s", start=start, end=end))
    return _together(updates, day, MOST_OF_A_WEEK, _file(site), site)


def _together(updates: Sequence[CalendarDay], day: Markup, most: int, everywhere: Link, site: Site) -> CalendarLine:
    left = len(updates) - most
    return CalendarLine(
        day=day, kind=site.words.ngettext("%(count)s update", "%(count)s updates", len(updates)), who="",
        links=tuple(_link(each, site) for each in updates[:most]),
        note=site.words.ngettext("and %(count)s more", "and %(count)s more", left) if left > 0 else Markup(""),
        more=everywhere if left > 0 else None)


def _line(entry: CalendarDay, site: Site) -> CalendarLine:
    late = (site.build.today - entry.day).days if is_overdue(entry, site.build.today) else 0
    note = site.words.ngettext("Overdue by %(count)s day", "Overdue by %(count)s days", late) if late else Markup("")
    return CalendarLine(day=site.words.time(entry.day), kind=kind_words(site.words)[entry.kind], links=(_link(entry, site),),
                        who=entry.who, more=None,
                        note=Markup('<b class="mark" data-state="late">{}</b>').format(note) if late else note)


def _held(entries: Sequence[CalendarDay], site: Site) -> Iterator[CalendarLine]:
    yield from (_line(each, site) for each in entries[:MOST_MEETINGS])
    left = len(entries) - MOST_MEETINGS
    if left > 0:
        meetings = Link(href=site.link(routes.CALENDAR, routes.RULES), text=site.words.gettext("All meetings"))
        yield _more(left, meetings, site)


def _link(entry: CalendarDay, site: Site) -> Link:
    return Link(href=site.link(routes.CALENDAR, entry.page), text=entry.title)
