"""What became of each record of an import: came over, mended, kept elsewhere, or left out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from cityfolio.frozen import Frozen, field as member

Kind = Literal["mended", "joined", "noted", "doubtful", "missing", "left-out"]

KINDS: Mapping[Kind, str] = {
    "mended": "Mended, so that it can be read or linked to",
    "joined": "Brought together, or made because something named it",
    "noted": "Kept, in another place",
    "doubtful": "Came over as it is, and needs a look",
    "missing": "Not given at the source",
    "left-out": "Could not come over",
}


class Entry(Frozen, kw_only=True):
    """One thing that an importer did to one field. `why` is one of few fixed phrases, so that entries can be counted."""

    kind: Kind
    field: str                    # the field's name at the source, such as `resources[3].url`
    why: str
    before: str = ""
    after: str = ""


class RecordReport(Frozen, kw_only=True):
    """One record of the source: where it came from and went to, and everything that did not come over as it was."""

    source: str                   # its path at the source
    path: str                     # its path in the catalog; "" when it did not come over
    came: tuple[str, ...] = ()    # the keys that were written
    entries: tuple[Entry, ...] = ()


class Total(Frozen, kw_only=True):
    """How many of something were found and how many were written, with what explains a difference."""

    what: str
    found: int
    written: int
    because: tuple[str, ...] = ()


class OldAddress(Frozen, kw_only=True):
    """An address of the old site that no page of the new one forwards from, and what now answers the same question."""

    old: str
    instead: str
    why: str


class Report(Frozen, kw_only=True):
    """The whole import."""

    format: str                   # as readers know it: "JKAN"
    totals: tuple[Total, ...]
    records: tuple[RecordReport, ...]
    addresses: tuple[OldAddress, ...] = ()
    unread: Mapping[str, str] = member(default_factory=dict)      # path at the source -> why it was not read
    settings: Mapping[str, int] = member(default_factory=dict)    # key that only the old software uses -> records that have it

    @property
    def counts(self) -> Counter[tuple[Kind, str]]:
        """How often each kind of thing was done, by reason."""
        return Counter((entry.kind, entry.why) for record in self.records for entry in record.entries)


@dataclass(slots=True)
class Ledger:
    """Collects the entries of one record while it is read."""

    entries: list[Entry] = field(default_factory=list)

    def note(self, kind: Kind, field: str, why: str, before: str = "", after: str = "") -> None:
        """Write down one thing that was done."""
        self.entries.append(Entry(kind=kind, field=field, why=why, before=writable(before), after=writable(after)))


def writable(text: str) -> str:
    """A text that UTF-8 can hold: what is left of a file name or escape that is no character is written as an escape."""
    return text.encode("utf-8", "backslashreplace").decode()


MOST_NAMED = 10


def as_json(report: Report) -> dict[str, object]:
    """The report as plain values, complete."""
    return {
        "format": report.format,
        "totals": [asdict(total) for total in report.totals],
        "counts": [{"kind": kind, "why": why, "count": count} for (kind, why), count in ranked(report)],
        "records": [asdict(record) for record in report.records],
        "addresses": [asdict(address) for address in report.addresses],
        "unread": dict(sorted(report.unread.items())),
        "settings": dict(sorted(report.settings.items())),
    }


def as_text(report: Report) -> str:
    """The summary for a terminal: totals and counts."""
    lines = [f"Import from {report.format}", "", *(f"  {line}" for line in _totals(report))]
    for kind, heading in KINDS.items():
        counted = [f"  {count:>6,}  {why}" for (each, why), count in ranked(report) if each == kind]
        if counted:
            lines += ["", f"{heading}:", *counted]
    if report.addresses:
        named = (f"  {each.old}" for each in report.addresses[:MOST_NAMED])
        lines += ["", "Old addresses without a page that forwards:", *named]
    if report.unread:
        lines += ["", "Files that were not read, because no collection of the site has them:",
                  *(f"  {path}" for path in sorted(report.unread)[:MOST_NAMED])]
    if len(report.addresses) > MOST_NAMED or len(report.unread) > MOST_NAMED:
        lines += ["", "The report names the others."]
    return "\n".join(lines) + "\n"


def ranked(report: Report) -> list[tuple[tuple[Kind, str], int]]:
    """The counts by kind, the most frequent reason first."""
    order = list(KINDS)
    return sorted(report.counts.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][1]))


def _totals(report: Report) -> list[str]:
    width = max((len(total.what) for total in report.totals), default=0)
    return [
        f"{total.what:<{width}}  {total.found:>6,} found  {total.written:>6,} written"
        + (f"  ({'; '.join(total.because)})" if total.because else "")
        for total in report.totals
    ]
