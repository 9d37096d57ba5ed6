"""Which files of which dataset a history touched, day by day, and which of them may be compared row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded
from cityfolio.revision_log import Commit

RECORD = "dataset.yaml"
MOST_FILE_BYTES = 5_000_000       # of a file that is compared
MOST_COMPARED_BYTES = 100_000_000 # of all of them together, the newest first, so that any history takes a bounded time
MOST_GUARDED = 60                 # contents
PLAIN_ENDINGS = (".csv", ".tsv", ".yaml")
MOST_RENAMED = 3                  # names that are gone, each of which a new file may have had


class Span(Frozen):
    """What git calls the content of a file before and after a day; "" where there was or is none."""

    before: str
    after: str


class TrailDay(Frozen):
    """What was touched of one dataset on one day."""

    day: date
    commit: str                   # the last of the day
    spans: Mapping[str, Span]     # by path in the dataset's folder


Trail = tuple[TrailDay, ...]      # the newest first


def trails(loaded: Loaded, commits: Iterable[Commit]) -> dict[str, Trail]:
    """The trail of each published dataset, through the names that its folder had before."""
    owners = _owners(loaded)
    found: dict[str, dict[date, tuple[str, dict[str, Span]]]] = defaultdict(dict)
    for commit in commits:
        for dataset, spans in _by_dataset(commit, owners).items():
            _, known = found[dataset].setdefault(commit.day, (commit.name, {}))
            for path, span in spans.items():
                # Commits come the newest first: the day begins with what an older one found.
                known[path] = Span(span.before, known[path].after) if path in known else span
    return {dataset: tuple(TrailDay(day, *days[day]) for day in sorted(days, reverse=True)) for dataset, days in found.items()}


def _owners(loaded: Loaded) -> dict[str, str]:
    """The dataset that each folder belongs or belonged to."""
    owners = {former: each.id for each in loaded.published for former in each.record.formerly if not former.startswith("/")}
    return owners | {each.id: each.id for each in loaded.published}


def _by_dataset(commit: Commit, owners: Mapping[str, str]) -> dict[str, dict[str, Span]]:
    found: dict[str, dict[str, Span]] = defaultdict(dict)
    for each in commit.touched:
        room, _, below = each.path.partition("/")
        folder, _, path = below.partition("/")
        if room != "datasets" or folder not in owners or not path:
            continue
        # A folder that was renamed goes in one place and comes in another.
        other = found[owners[folder]].get(path, Span("", ""))
        found[owners[folder]][path] = Span(each.before or other.before, each.after or other.after)
    return found


def granted(followed: Mapping[str, Trail], sizes: Mapping[str, int]) -> dict[str, frozenset[Span]]:
    """The spans of each dataset whose contents may be compared: of small files, the newest first, up to a sum of bytes."""
    asked = sorted(_asked(followed), key=lambda each: (-each[0].toordinal(), each[1], each[2]))
    found: dict[str, set[Span]] = defaultdict(set)
    total = 0
    for _, dataset, _, span in asked:
        both = [sizes.get(name, MOST_COMPARED_BYTES) for name in (span.before, span.after)]
        if max(both) <= MOST_FILE_BYTES and total + sum(both) <= MOST_COMPARED_BYTES:
            total += sum(both)
            found[dataset].add(span)
    return {dataset: frozenset(spans) for dataset, spans in found.items()}


def _asked(followed: Mapping[str, Trail]) -> Iterator[tuple[date, str, str, Span]]:
    for dataset, trail in followed.items():
        for day in trail:
            gone = [span for span in day.spans.values() if not span.after]
            for path, span in day.spans.items():
                if path != RECORD and span.before and span.after and span.before != span.after:
                    yield day.day, dataset, path, span
                for other in gone[:MOST_RENAMED] if not span.before else ():
                    yield day.day, dataset, path, Span(other.before, span.after)    # it may have had that name


def guarded(followed: Mapping[str, Trail]) -> frozenset[str]:
    """The newest contents of files that are not delimited text: each is read in a process of its own, so there are few."""
    found = sorted(((day.day.toordinal(), dataset, path, span.after) for dataset, trail in followed.items() for day in trail
                    for path, span in day.spans.items() if span.after and not path.lower().endswith(PLAIN_ENDINGS)),
                   key=lambda each: (-each[0], *each[1:]))
    return frozenset(name for *_, name in found[:MOST_GUARDED])
