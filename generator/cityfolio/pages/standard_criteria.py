"""The criteria of a standard as pages show them: each with its answer, what it asks and all the evidence behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.assessment import AreaStanding, Assessment, Attestation, CheckAnswer, CriterionAnswer
from cityfolio.pages import routes
from cityfolio.pages.markdown import rendered
from cityfolio.pages.repository import view_url
from cityfolio.pages.shell import Link, Site
from cityfolio.pages.standard_rows import NamedRows, Rows, evidence_link, file_words
from cityfolio.pages.standard_words import (
    check_words,
    columns_asked,
    fact_words,
    level_words,
    marked,
    met_words,
    result_words,
    share_bar,
    stance_mark,
    stance_of,
)


class Marked(Frozen, kw_only=True):
    """A criterion as others point to it: its title, and how it stands."""

    link: Link
    mark: Markup


class CheckView(Frozen, kw_only=True):
    """What the catalog was asked, and what it answered."""

    asked: Markup                             # in words
    query: str                                # as written
    columns: tuple[tuple[str, Markup], ...]   # that it asks: name, and what it says
    result: Markup
    mark: Markup
    lists: tuple[NamedRows, ...]
    files: tuple[Link, ...]                   # these rows with their answers, and the facts that were asked


class AttestationView(Frozen, kw_only=True):
    """What the city says of itself."""

    claim: str
    by: str
    on: Markup
    expires: Markup
    mark: Markup                              # whether it counts
    evidence: tuple[Link, ...]
    source: str                               # where its file is read; "" for nowhere


class CriterionView(Frozen, kw_only=True):
    """One criterion with its answer."""

    anchor: str
    title: str
    mark: Markup
    is_met: bool
    is_part: bool
    says: Markup
    source: str                               # where the standard says so
    either: bool
    checks: tuple[CheckView, ...]
    attest: str                               # what the city would have to say of itself
    attestations: tuple[AttestationView, ...]
    parts: tuple[Marked, ...]
    parts_said: Markup                        # how many of them are met and needed
    waits: tuple[Link, ...]
    part_of: tuple[Link, ...]
    was: Markup                               # what the last assessment said, where that was something else


class AreaView(Frozen, kw_only=True):
    """An area with its criteria."""

    anchor: str
    title: str
    link: Link                    # to its part of this page
    says: Markup
    met: Markup
    bar: Markup
    level: Markup
    criteria: tuple[CriterionView, ...]


class Telling(Frozen):
    """Tells of one assessment on one page."""

    assessment: Assessment
    site: Site
    rows: Rows

    @property
    def page(self) -> str:
        """The page that is told on."""
        return self.rows.page

    def areas(self) -> Iterator[AreaView]:
        """Every area in the order of the standard. Parts of a criterion stand right behind it."""
        for area in self.assessment.areas:
            answers = [each for each in in_order(self.assessment) if each.area == area.id]
            yield self._area(area, answers)

    def _area(self, area: AreaStanding, answers: list[CriterionAnswer]) -> AreaView:
        says = rendered(area.record.says, 3) if area.record.says else Markup("")
        anchor, title = area_anchor(area.id), area.record.title or area.id
        return AreaView(anchor=anchor, title=title, link=Link(href=f"#{anchor}", text=title), says=says,
                        met=met_words(area.met, area.of, self.site.words), bar=share_bar(area.met, area.of),
                        level=level_words(area.level, self.site.words),
                        criteria=tuple(self.criterion(each) for each in answers))

    def criterion(self, answer: CriterionAnswer) -> CriterionView:
        """One criterion with everything that its answer rests on."""
        record, words = answer.record, self.site.words
        wholes = wholes_of(self.assessment).get(answer.id, ())
        return CriterionView(
            anchor=routes.criterion_anchor(answer.id), title=record.title or answer.id,
            mark=stance_mark(stance_of(answer), words), is_met=answer.is_met, is_part=bool(wholes),
            says=rendered(record.says, 4) if record.says else Markup(""), either=record.either,
            source=source if record.source and (source := routes.outward(record.source)) != "#" else "",
            checks=tuple(self._check(each) for each in answer.checks), attest=record.attest or "",
            attestations=tuple(self._attestation(each) for each in answer.attestations),
            parts=tuple(self.named(each) for each in record.among.criteria) if record.among else (),
            parts_said=self._parts_said(answer), waits=tuple(self.link(each) for each in answer.waits_for),
            part_of=tuple(self.link(each) for each in wholes), was=self._was(answer))

    def link(self, criterion_id: str) -> Link:
        """A criterion's entry on this page."""
        answer = self.assessment.answers.get(criterion_id)
        title = (answer.record.title if answer else None) or criterion_id
        return Link(href=f"#{routes.criterion_anchor(criterion_id)}" if answer else "", text=title)

    def named(self, criterion_id: str) -> Marked:
        """A criterion with how it stands."""
        answer = self.assessment.answers.get(criterion_id)
        return Marked(link=self.link(criterion_id),
                      mark=stance_mark(stance_of(answer) if answer else "not-met", self.site.words))

    def _check(self, answer: CheckAnswer) -> CheckView:
        table, _ = answer.check.table or "datasets", self.site.words.gettext
        facts = self.site.catalog.practice.facts.get(table)
        said = facts.columns if facts else {}
        files = [Link(href=self.site.link(self.page, url), text=text) for url, text in (
            (routes.evidence_table_url(self.assessment.id, table), file_words(self.site.words)),
            (routes.facts_url(table), _("The facts that were asked (CSV)")))] if facts else []
        return CheckView(
            asked=check_words(answer.check, self.site.words), query=answer.query, result=result_words(answer, self.site.words),
            columns=tuple((name, fact_words(said[name], self.site.words)) for name in columns_asked(answer.check)
                          if name in said),
            mark=marked("data", _("This holds")) if answer.holds else marked("not-met", _("This does not hold")),
            lists=tuple(self.rows.lists(answer)), files=tuple(files))

    def _attestation(self, given: Attestation) -> AttestationView:
        record, words, site = given.record, self.site.words, self.site
        if given.is_valid:
            mark = marked("word", words.gettext("Counts"))
        elif record.expires and record.expires < site.build.today:
            mark = marked("not-met", words.gettext("Has expired and does not count"))
        else:
            mark = marked("not-met", words.gettext("Does not count yet"))
        return AttestationView(
            claim=record.claim or "", by=record.by or "", on=words.time(record.on) if record.on else Markup(""), mark=mark,
            expires=words.time(record.expires) if record.expires else Markup(""),
            evidence=tuple(evidence_link(each, site, self.page) for each in record.evidence),
            source=view_url(site.catalog.site.repository, given.source_path))

    def _parts_said(self, answer: CriterionAnswer) -> Markup:
        among = answer.record.among
        if among is None:
            return Markup("")
        return self.site.words.gettext("%(met)s of %(of)s are met; %(least)s are needed.", met=len(answer.parts),
                                       of=len(among.criteria), least=among.least or len(among.criteria))

    def _was(self, answer: CriterionAnswer) -> Markup:
        if answer.was is None or answer.was == answer.answer or not self.assessment.past:
            return Markup("")
        return self.site.words.gettext("On %(day)s: %(answer)s", day=self.site.words.day(self.assessment.past[0].on),
                                       answer=said_answer(answer.was, self))


def said_answer(answer: str, telling: Telling) -> Markup:
    """An answer of an earlier assessment, with its shape."""
    return stance_mark("data" if answer == "met" else "word" if answer == "attested" else "not-met", telling.site.words)


def area_anchor(area_id: str) -> str:
    """The id of an area's part of its standard's page, without "#"."""
    return f"area-{area_id}"


def wholes_of(assessment: Assessment) -> Mapping[str, tuple[str, ...]]:
    """By criterion those that it is a part of."""
    found: dict[str, tuple[str, ...]] = {}
    for whole, answer in assessment.answers.items():
        for part in answer.record.among.criteria if answer.record.among else ():
            found[part] = (*found.get(part, ()), whole)
    return found


def in_order(assessment: Assessment) -> tuple[CriterionAnswer, ...]:
    """The criteria in the order of the standard, but parts of one right behind it. Each comes once, whatever it is part of."""
    answers, parts = assessment.answers, wholes_of(assessment)
    placed: dict[str, CriterionAnswer] = {}

    def place(criterion_id: str) -> None:
        if criterion_id in answers and criterion_id not in placed:
            placed[criterion_id] = answers[criterion_id]
            among = answers[criterion_id].record.among
            for part in among.criteria if among else ():
                place(part)

    for each in answers:
        if each not in parts:
            place(each)
    for each in answers:
        place(each)
    return tuple(placed.values())
