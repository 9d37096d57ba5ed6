"""The answers to a standard with their evidence as Markdown, for the pack: what the printed page says, to be read anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.model.assessment import Assessment, CheckAnswer, CriterionAnswer
from cityfolio.model.catalog import Build, Catalog
from cityfolio.pages import routes
from cityfolio.pages.markdown import words_only
from cityfolio.pages.standard import standard_title
from cityfolio.pages.standard_criteria import in_order
from cityfolio.pages.standard_words import (
    check_words,
    counted_words,
    level_words,
    met_words,
    result_words,
    shortfall_words,
    stance_of,
    stance_words,
)
from cityfolio.pages.words import Words

MOST_NAMED = 50        # rows of one list; all of them are in the table beside the text


def evidence_text(made: Assessment, catalog: Catalog, build: Build, words: Words) -> str:
    """The whole text."""
    return "\n".join(_lines(made, catalog, build, words)) + "\n"


def _lines(made: Assessment, catalog: Catalog, build: Build, words: Words) -> Iterator[str]:
    _ = words.gettext
    yield "# " + _said(_("Evidence for the self-assessment: %(title)s", title=standard_title(made))) + "\n"
    yield _said(_("%(site)s. The city answers for itself. Nobody else has checked or certified these answers.",
                  site=catalog.site.name))
    yield ""
    yield from _facts(made, build, words)
    if made.record.partial:
        yield "- " + _said(_("Not the whole standard: %(partial)s", partial=made.record.partial))
    if made.next_steps:
        yield "\n## " + _said(_("Next steps")) + "\n"
        yield from (f"{at}. {_title(each, made)}" for at, each in enumerate(made.next_steps, start=1))
    answers = in_order(made)
    for area in made.areas:
        met = _said(met_words(area.met, area.of, words))
        yield f"\n## {_inline(area.record.title or area.id)} ({met})"
        for answer in answers:
            if answer.area == area.id:
                yield from _criterion(answer, made, catalog, words)


def _facts(made: Assessment, build: Build, words: Words) -> Iterator[str]:
    _, record = words.gettext, made.record
    page = routes.standard_url(made.id)
    said = ((_("Answered on"), words.day(build.today)), (_("Revision"), build.revision),
            (_("Criteria met"), met_words(made.met, made.of, words)),
            (_("Level reached"), level_words(made.level, words) if record.levels else ""),
            (_("Standard of"), record.publisher), (_("Version"), record.version), (_("Published at"), record.url),
            (_("Read there on"), words.day(record.read_on) if record.read_on else ""),
            (_("The page"), routes.absolute(build.base_url, page) if build.base_url else ""))
    yield from (f"- {_said(label)}: {_address(str(value))}" for label, value in said if value)


def _criterion(answer: CriterionAnswer, made: Assessment, catalog: Catalog, words: Words) -> Iterator[str]:
    _, record = words.gettext, answer.record
    yield f"\n### {_title(answer.id, made)}\n"
    yield f"**{_said(stance_words(words)[stance_of(answer)])}**\n"
    if answer.waits_for:
        named = ", ".join(_title(each, made) for each in answer.waits_for)
        yield _said(_("Has to be met before:")) + f" {named}\n"
    if record.among:
        yield _said(_("%(met)s of %(of)s are met; %(least)s are needed.", met=len(answer.parts), of=len(record.among.criteria),
                      least=record.among.least)) + "\n"
        yield from (f"- {_title(each, made)}" for each in record.among.criteria)
    for check in answer.checks:
        yield from _check(check, catalog, words)
    if record.attest:
        yield _said(_("What has to be shown: %(attest)s", attest=record.attest)) + "\n"
    for given in answer.attestations:
        state = _("Counts") if given.is_valid else _("Does not count on this day")
        yield f"> {_inline(given.record.claim or '')}\n"
        yield f"{_inline(given.record.by or '')}, {given.record.on} – {given.record.expires}. {_said(state)}.\n"
        yield from (f"- {_address(each)}" for each in given.record.evidence)


def _check(answer: CheckAnswer, catalog: Catalog, words: Words) -> Iterator[str]:
    table = answer.check.table or "datasets"
    facts = catalog.practice.facts.get(table)
    titles = {str(row["id"]): str(row.get("title") or row["id"]) for row in facts.rows} if facts else {}
    holds = words.gettext("This holds") if answer.holds else words.gettext("This does not hold")
    yield f"{_said(check_words(answer.check, words))} {_said(holds)}: **{_said(result_words(answer, words))}**\n"
    yield f"`{answer.query.replace('`', ' ')}`\n"
    short = shortfall_words(answer, words)
    if short:
        yield from _named(short, answer.short, (titles, table), words)
    if answer.good:
        yield from _named(counted_words(answer, words), answer.good, (titles, table), words)


def _named(title: str, ids: tuple[str, ...], where: tuple[Mapping[str, str], str], words: Words) -> Iterator[str]:
    titles, table = where
    yield f"**{_said(title)}**\n"
    yield from (f"- {_inline(titles.get(each, each))}" for each in ids[:MOST_NAMED])
    if len(ids) > MOST_NAMED:
        file = f"evidence/{table}.csv"
        left = words.gettext("%(count)s more: see %(file)s", count=words.number(len(ids) - MOST_NAMED), file=file)
        yield f"- {_said(left)}"
    yield ""


def _title(criterion_id: str, made: Assessment) -> str:
    answer = made.answers.get(criterion_id)
    return _inline((answer.record.title if answer else None) or criterion_id)


def _said(markup: str) -> str:
    """Words of the interface as plain text."""
    return _inline(words_only(markup))


def _address(text: str) -> str:
    """An address as a link, anything else as it is."""
    is_link = text.startswith(("https://", "http://")) and not set(text) & set(" <>")
    return f"<{text}>" if is_link else _inline(text)


def _inline(text: str) -> str:
    """A text in one line, in which nothing is taken for Markdown that would begin something else."""
    plain = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "`*_<[]#" else sign for sign in plain)
