"""`/goals/calendar.ics`: when goals are reported on, and when actions, what reviews agreed, targets and data are due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from cityfolio.feeds.icalendar import Event, icalendar
from cityfolio.files import sha256
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages.goal_days import GoalDay, goal_days
from cityfolio.pages.markdown import words_only
from cityfolio.pages.routes import GOALS_CALENDAR
from cityfolio.pages.trees import absolute
from cityfolio.pages.words import Words

DIGEST = 12           # characters of what tells one thing from another


def measure_calendar(catalog: Catalog, build: Build, words: Words) -> Iterator[Output]:
    """The calendar, where anything is due: a calendar without events is none."""
    days = goal_days(catalog, words)
    if not catalog.measures or not days:
        return
    met = Counter[str]()
    events = [_event(each, _uid(each, catalog, build, met), build) for each in days]
    name = words_only(words.gettext("Goals - %(site)s", site=catalog.site.name))
    yield Output(url=GOALS_CALENDAR, body=icalendar(name, events), media_type="text/calendar", kind="feed", source="goals/")


def _event(due: GoalDay, uid: str, build: Build) -> Event:
    said = "\n".join(dict.fromkeys(each for each in (due.about, due.who) if each))
    return Event(uid=uid, day=due.day, known_since=due.since or due.day, title=words_only(due.title), description=said,
                 category=due.kind.upper(), url=absolute(due.page, build) if build.base_url else "")


def _uid(due: GoalDay, catalog: Catalog, build: Build, met: Counter[str]) -> str:
    """What names it for ever: not its day, which may be put off. Of equals the later one has a number."""
    site = urlsplit(build.base_url)
    where = f"{site.netloc}{site.path}" if build.base_url else quote(catalog.site.name, safe="")
    told = f"-{sha256(due.key.encode())[:DIGEST]}" if due.key else ""
    name = f"{due.kind}-{due.of}{told}"
    met[name] += 1
    return f"{name}{f'-{met[name]}' if met[name] > 1 else ''}@{where}"
