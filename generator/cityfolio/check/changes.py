"""Rules for notes about changes: each has a day that has come, is about something that there is or was, and gives a reason."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.check.registry import rule
from cityfolio.load.loaded import Loaded
from cityfolio.load.notes import day_of
from cityfolio.model.catalog import Build
from cityfolio.problems import Location, Problem, did_you_mean


@rule("note-day")
def notes_have_a_day(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """The name of a note begins with its day, which is how it is placed among the changes."""
    for each in loaded.changes.values():
        if day_of(each.id) is None:
            yield Problem(code="note-day", where=Location(path=each.document.path),
                          says="the name of the note does not begin with a day",
                          fix="Put the day of the change before it, such as changes/2026-06-15-trees-recounted.md.")


@rule("note-future")
def notes_are_about_what_was(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A note is about a day that has come; until then it is not shown."""
    for each in loaded.changes.values():
        day = day_of(each.id)
        if day is not None and day > build.today:
            yield Problem(code="note-future", where=Location(path=each.document.path),
                          says=f"the note is about {day}, which is later than the date of this build, {build.today}",
                          fix="Correct the day in its name, or leave it: the note is shown from that day on.")


@rule("note-reason")
def corrections_have_a_reason(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A correction says why it was needed."""
    for each in loaded.changes.values():
        if each.record.kind == "correction" and not each.document.holds("reason"):
            yield Problem(code="note-reason", where=each.document.at("kind"), says="a correction has no reason",
                          fix="Add `reason:` with what was wrong and how it came about.")


@rule("note-unknown")
def notes_are_about_something(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A dataset or measure that a note names is there, had that id before, or was in the repository once."""
    for each in loaded.changes.values():
        for room, named in (("datasets", each.record.datasets), ("measures", each.record.measures)):
            for at, identifier in enumerate(named):
                if not _was_there(loaded, build, room, identifier):
                    yield Problem(code="note-unknown", where=each.document.at(room, at),
                                  says=f'"{identifier}" is not in {room}/, and never was',
                                  fix=did_you_mean(identifier, getattr(loaded, room)))


def _was_there(loaded: Loaded, build: Build, room: str, identifier: str) -> bool:
    """Whether there is such an id or was one. Where a repository's history is not known, nobody can say that there was not."""
    former = (name for each in getattr(loaded, room).values() for name in each.record.formerly)
    return loaded.knows(room, identifier) or identifier in former or (bool(build.revision) and not build.committed) or \
        any(path.startswith(f"{room}/{identifier}/") for path in build.committed)
