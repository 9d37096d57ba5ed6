"""Reference texts drawn from the program itself: the keys of the catalog, an editor's JSON Schema, the commands.

`tools/write_docs.py` writes them to docs/reference/, and a test holds that what is there is what is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from cityfolio.model import changes, keys, limits, looks, maps, performance, practice, questions, records, standard, synonyms
from cityfolio.model.keys import Key, Kind, keys_of
from cityfolio.pages.kind_words import kind_words
from cityfolio.pages.words import ENGLISH

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
    questions.ComparisonRecord, questions.ChartRecord, records.OriginRecord, records.Repository, limits.LimitsRecord,
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
`---` lines; `guides/ID.es.md` is the text of one in a further language of the site. Others are written by a program and read as
they are: `requests/NAME.json`, issues as the code host exports them; `usage.csv`, views and downloads by month,
as `cityfolio usage` writes it; `links/DATE.csv`, what `cityfolio links` found;
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
    """What a value of some kind is, for a person who fills it in, with links to what is told elsewhere in the reference."""
    return str(kind_words(kind, ENGLISH, _told_elsewhere))


def _told_elsewhere(kind: Kind) -> str:
    match kind:
        case keys.Prose():
            return ", or one for each language"
        case keys.Markdown():
            return ", or one text for each language"
        case keys.Record(group):
            name = group.__name__.removesuffix("Record")
            return f", see [{name}](#{name.lower()})"
        case keys.Expression():
            return ", see [how measures are computed](measures.md)"
        case keys.Choice(_, further) if further:
            return ", or [one of a plugin](plugins.md#exports), as `PLUGIN/EXPORT`"
        case _:
            return ""


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
