"""Reference texts drawn from the program itself: the keys of the catalog, an editor's JSON Schema, the commands.

`tools/write_docs.py` writes them to docs/reference/, and a test holds that what is there is what is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from cityfolio.model import changes, keys, looks, maps, performance, practice, questions, records, standard, synonyms
from cityfolio.model.keys import Key, Kind, keys_of

# Each kind of file in the catalog folder, in the order a city meets them; then the groups that stand inside them.
FILES: tuple[type, ...] = (
    records.SiteRecord, records.PublisherRecord, records.TopicRecord, records.LicenseRecord, records.DatasetRecord,
    records.ColumnRecord, performance.PriorityRecord, performance.GoalRecord, performance.MeasureRecord,
    performance.CalendarRecord, synonyms.SynonymsRecord,
    practice.CommitmentRecord, practice.RequestRecord, practice.UseRecord, practice.RuleRecord, practice.GuideRecord,
    changes.NoteRecord,
    standard.StandardRecord, practice.AttestationRecord, practice.AssessmentRecord,
)
GROUPS: tuple[type, ...] = (
    synonyms.SynonymsOfLanguageRecord,
    records.FileRecord, records.Contact, records.Temporal, records.ForeignKey, questions.QuestionRecord,
    questions.ComparisonRecord, questions.ChartRecord, records.OriginRecord, records.Repository, records.LimitsRecord,
    records.SourceRecord, changes.ReviewPolicyRecord, changes.VersionsRecord,
    looks.LogoRecord, looks.SiteLinkRecord, maps.MapRecord, maps.CenterRecord, maps.TilesRecord,
    performance.PeriodRecord, performance.ComputeRecord, performance.RatioRecord, performance.PercentileRecord,
    performance.RateRecord, performance.PopulationRecord, performance.ReadingRecord, performance.BaselineRecord,
    performance.TargetRecord, performance.StepRecord, performance.BreakRecord, performance.BenchmarkRecord,
    performance.RevisionRecord, performance.ActionRecord, performance.ReviewRecord, performance.FollowUpRecord,
    performance.HeardRecord,
    practice.ReleaseRecord, practice.ReleaseReviewRecord, practice.AcknowledgedRecord, practice.AnonymityRecord,
    practice.AskingRecord, practice.HarmlessRecord,
    standard.AreaRecord, standard.CriterionRecord, standard.CheckRecord, standard.AmongRecord, standard.LevelRecord,
)

MADE_BY = "<!-- Written by `make docs` from the program. Change it there. -->"


def catalog_reference() -> str:
    """The page about every key of every file in a catalog, as Markdown."""
    parts = [f"{MADE_BY}\n\n# The catalog's files\n\n{_CATALOG_INTRO}"]
    parts += [_record_section(record) for record in FILES]
    parts.append("# Groups inside these files\n")
    parts += [_record_section(record) for record in GROUPS]
    return "\n".join(parts)


_CATALOG_INTRO = """\
A catalog is a folder of YAML files, with the data files beside them. A file or folder is named by its id: lower-case letters,
digits and hyphens. There is no `id:` key.

Every key is optional unless its entry says otherwise. An unknown key is an error, with the key that was probably meant. Where
a list is expected, a single value stands for a list of one. Anchors, aliases, tags and merge keys are refused. A `#` after a
space starts a comment: put a text that holds one in quotation marks.

Some files are not YAML: `policy/ID.md`, `guides/ID.md` and `changes/DATE-ID.md` are Markdown with these keys between two
`---` lines. Others are written by a program and read as they are: `requests/NAME.json`, issues as the code host exports them;
`usage.csv`, views and downloads by month, as `cityfolio usage` writes it; `links/DATE.csv`, what `cityfolio links` found;
`measures/ID/observations.csv`, values of closed periods.

An editor that understands JSON Schema completes and checks these keys as you type, with the files in [schema/](schema/).
"""


def _record_section(record: type) -> str:
    doc = " ".join((record.__doc__ or "").split())
    entries = [_key_entry(name, key) for name, key in keys_of(record).items()]
    return f"## {record.__name__.removesuffix('Record')}\n\n{doc}\n\n" + "\n".join(entries)


def _key_entry(name: str, key: Key) -> str:
    need = {"error": " **Needed.**", "warning": " Expected: a warning when it is absent.", "no": ""}[key.needed]
    example = f"\n  Example: `{name}: {as_yaml(key)}`" if key.example else ""
    return f"- **`{name}`**: {in_words(key.kind)}.{need}\n  {key.doc}{example}\n"


def as_yaml(key: Key) -> str:
    """A key's example as it is typed: in quotation marks where YAML would take its first letter for something else."""
    flows = isinstance(key.kind, keys.ListOf | keys.MapOf | keys.Record)
    return f"'{key.example}'" if key.example.startswith(_MEANINGFUL) and not flows else key.example


_MEANINGFUL = tuple("#%[]{}&*!|>'\"@`,?:-")


def in_words(kind: Kind) -> str:
    """What a value of some kind is, for a person who fills it in."""
    match kind:
        case keys.Prose(most):
            return f"text, up to {most:,} characters, or one for each language"
        case keys.Text(most):
            return f"text, up to {most:,} characters"
        case keys.Phrase(words, most):
            return f"a word or a short phrase, up to {words} words and {most:,} characters"
        case keys.Markdown(most):
            return f"Markdown, up to {most:,} characters, or one text for each language"
        case keys.Url(schemes, slots, _):
            holds = f" and holds {', '.join(f'`{slot}`' for slot in slots)}" if slots else ""
            return f"an address that starts with {_or(f'`{scheme}:`' for scheme in schemes)}{holds}"
        case keys.Choice(values):
            return f"one of {', '.join(f'`{value}`' for value in values)}"
        case keys.Integer() | keys.Number() | keys.DecimalNumber():
            return _number_in_words(kind)
        case keys.Reference(room):
            return f"the id of a file in `{room}/`"
        case keys.ListOf(inner, least, most):
            return f"a list{_bounds(least, most)}; each item {in_words(inner)}"
        case keys.MapOf(inner, names, most):
            own = f"up to {most:,} names of your own" if most else "names of your own"
            return f"{own}{f' ({in_words(names)})' if names else ''}, each with {in_words(inner)}"
        case keys.Record(group):
            name = group.__name__.removesuffix("Record")
            return f"a group of keys, see [{name}](#{name.lower()})"
        case _:
            return _PLAIN_WORDS[type(kind)]


_PLAIN_WORDS: dict[type, str] = {
    keys.Day: "a date, `YYYY-MM-DD`",
    keys.Moment: "a year, a month or a day: `2016`, `2016-03` or `2016-03-01`",
    keys.Email: "an e-mail address",
    keys.Boolean: "`true` or `false`",
    keys.Repeats: "a frequency: a word, or an ISO 8601 repeat such as `R/P1M`",
    keys.Color: "a color, `#rrggbb`",
    keys.Pattern: "a regular expression",
    keys.FilePath: "a file in the dataset's folder",
    keys.Language: "a language tag, such as `en` or `es-MX`",
    keys.Conditions: "columns, each with a value, a list of values, `{from: , to: }` (both are in; a year or a month is "
                     "all of its days), `{contains: }` (case and accents do not matter), `{empty: true}` or `{empty: false}`",
    keys.PeriodName: "a period: `2026`, `2026-Q2`, `2026-06`, `2026-W07`, `2026-06-30` or `FY2026`",
    keys.Duration: "a length of time, such as `45 days`, `3 months` or `1 year`",
    keys.MonthDay: "a day of every year, `MM-DD`, in quotation marks",
    keys.TimeZone: "a time zone, such as `America/New_York`",
    keys.Expression: "an expression, see [how measures are computed](measures.md)",
    keys.OldAddress: "a former id, or a former path that starts with `/`",
}


def _number_in_words(kind: keys.Integer | keys.Number | keys.DecimalNumber) -> str:
    if isinstance(kind, keys.Integer):
        return f"a whole number, {kind.minimum} or more"
    if kind.most is not None:
        return f"a number from {kind.least:g} to {kind.most:g}"
    return f"a number, {kind.least:g} or more" if kind.least is not None else "a number"


def _bounds(least: int, most: int | None) -> str:
    if least > 1 and most:
        return f" of {least} to {most:,}"
    return f" of up to {most:,}" if most else ""


def _or(words: Iterator[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def command_reference(root: click.Group) -> str:
    """The page about every command and option, as Markdown, in the words of the command line's own help."""
    parts = [f"{MADE_BY}\n\n# Commands\n"]
    for path, command in _commands(root, "cityfolio"):
        context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
        parts.append(f"## `{path}`\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _commands(command.commands[name], f"{path} {name}")
