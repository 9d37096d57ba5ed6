"""The report of an import as a Markdown page, to be kept with the catalog and read beside its pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cityfolio.migrate.report import KINDS, Entry, RecordReport, Report, Total, ranked

SHOWN = 160   # characters of a value; the JSON report has all of it


def as_markdown(report: Report) -> str:
    """The whole report: totals, counts, what is left to do, and every record that changed."""
    parts = (_head(report), _counts(report), _addresses(report), _unread(report), _settings(report), _records(report))
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(report: Report) -> Iterator[str]:
    yield from (f"# Import from {report.format}", "", "| | found | written | because |", "| --- | ---: | ---: | --- |")
    yield from (_total(total) for total in report.totals)


def _total(total: Total) -> str:
    return f"| {total.what} | {total.found:,} | {total.written:,} | {'; '.join(total.because)} |"


def _counts(report: Report) -> Iterator[str]:
    yield from ("", "## What was done, by kind", "", "| | what | times |", "| --- | --- | ---: |")
    for (kind, why), count in ranked(report):
        yield f"| {kind} | {why} | {count:,} |"
    yield from ("", *(f"- **{kind}**: {means}." for kind, means in KINDS.items()))


def _addresses(report: Report) -> Iterator[str]:
    if report.addresses:
        yield from ("", "## Old addresses without a page that forwards", "")
        yield from ("| old address | now | why |", "| --- | --- | --- |")
        for address in report.addresses:
            yield f"| {_code(address.old)} | {_code(address.instead)} | {address.why} |"


def _unread(report: Report) -> Iterator[str]:
    if report.unread:
        yield from ("", "## Files that were not read", "")
        for path, why in sorted(report.unread.items()):
            yield f"- {_code(path)}: {why}"


def _settings(report: Report) -> Iterator[str]:
    if report.settings:
        yield from ("", f"## Keys that only {report.format} itself uses", "")
        yield from ("They say nothing about the data, and were left out.", "")
        for name, count in sorted(report.settings.items()):
            yield f"- {_code(name)}, in {count:,} {'record' if count == 1 else 'records'}"


def _records(report: Report) -> Iterator[str]:
    changed = [record for record in report.records if record.entries]
    same = len(report.records) - len(changed)
    yield from ("", "## Record by record", "", f"{same:,} of {len(report.records):,} records came over exactly as they were.")
    for record in changed:
        yield from _record(record)


def _record(record: RecordReport) -> Iterator[str]:
    yield from ("", f"### {record.source}", "", f"Now {_code(record.path)}." if record.path else "It did not come over.", "")
    yield from (_entry(entry) for entry in record.entries)


def _entry(entry: Entry) -> str:
    line = f"- **{entry.kind}** {_code(entry.field)}: {entry.why}"
    if entry.before:
        line += f"; was {_code(entry.before)}"
    if entry.after:
        line += f"; is {_code(entry.after)}"
    return line


def _code(text: str) -> str:
    """A value as code on one line: control and invisible characters as escapes, backticks fenced by more backticks."""
    shown = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text[:SHOWN])
    shown += "…" if len(text) > SHOWN else ""
    if not shown:
        return "(empty)"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if len(fence) > 1 else ""
    return f"{fence}{pad}{shown.replace('|', chr(92) + '|')}{pad}{fence}"
