"""Rules that the city keeps for its data, who is responsible, and meetings with their minutes: the list, and each one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from markupsafe import Markup

from cityfolio.check.rules import MINUTES_WITHIN
from cityfolio.frozen import Frozen
from cityfolio.model.practice import RuleKind, RuleRecord
from cityfolio.model.practised import Filed
from cityfolio.pages import routes
from cityfolio.pages.markdown import excerpt, rendered_on_site, told
from cityfolio.pages.measure_work import owner_link
from cityfolio.pages.repository import edit_url
from cityfolio.pages.shell import Link, Page, Site, index_twin
from cityfolio.pages.standings import standing_shape
from cityfolio.pages.words import Words

Rule = Filed[RuleRecord]
MeetingState = Literal["to-come", "minutes-due", "minutes", "no-minutes"]


class RuleFact(Frozen, kw_only=True):
    """A fact about a rule or a meeting: what it is, and its value."""

    label: Markup
    value: Markup


class RuleEntry(Frozen, kw_only=True):
    """A rule or a meeting in the list of all."""

    anchor: str
    link: Link
    summary: str
    mark: Markup                   # what is to be done about it, in a word with its shape; "" for nothing
    facts: tuple[Markup, ...]


class RulesView(Frozen, kw_only=True):
    """What `policy.html` shows."""

    rules: tuple[RuleEntry, ...]
    overdue: tuple[Link, ...]      # rules whose next review should have been
    to_come: tuple[RuleEntry, ...]     # meetings, the next one first
    held: tuple[RuleEntry, ...]        # meetings, the newest first
    unwritten: tuple[Link, ...]    # meetings without minutes


class RuleView(Frozen, kw_only=True):
    """What `rule.html` shows."""

    title: str
    crumbs: tuple[Link, ...]
    summary: str
    mark: Markup
    facts: tuple[RuleFact, ...]
    text: Markup
    without: Markup                # what is said in place of a text
    official: str                  # where the official text, or the minutes, are; "" where that is not said
    is_meeting: bool
    edit: str


def rule_pages(site: Site) -> Iterator[Page]:
    """The list of rules and meetings, and each one; nothing where there are none."""
    rules = site.catalog.practice.rules
    if not rules:
        return
    _, page, today = site.words.gettext, routes.RULES, site.build.today
    meetings = [each for each in rules if each.record.kind == "meeting"]
    to_come = tuple(each for each in reversed(meetings) if is_to_come(each, today))
    held = tuple(each for each in meetings if not is_to_come(each, today))
    view = RulesView(
        rules=tuple(_entry(each, site) for each in rules if each.record.kind != "meeting"),
        overdue=_anchors(each for each in rules if is_past_review(each, today)),
        to_come=tuple(_entry(each, site) for each in to_come), held=tuple(_entry(each, site) for each in held),
        unwritten=_anchors(each for each in held if meeting_state(each, today) == "no-minutes"))
    yield Page(url=page, kind="rules", template="policy.html", title=_("Rules and meetings"), view=view, source="policy/",
               description=_("By what rules the city keeps and publishes its data, who is responsible, and who met when."),
               twins=(index_twin(page, site.words),))
    for rule in rules:
        yield _rule_page(rule, site)


def is_past_review(rule: Rule, today: date) -> bool:
    """Whether the day by which a rule had to be looked at again has passed."""
    return rule.record.review_by is not None and rule.record.review_by < today


def is_to_come(meeting: Rule, today: date) -> bool:
    """Whether a meeting is still to be held. On its day it is, until there are minutes."""
    held = meeting.record.held
    return held is not None and (held > today or (held == today and not _has_minutes(meeting)))


def _has_minutes(meeting: Rule) -> bool:
    return bool(meeting.body.strip() or meeting.record.link)


def meeting_state(meeting: Rule, today: date) -> MeetingState:
    """How far a meeting is: still to come, or held with minutes (here, or at an address), or without, for some time perhaps."""
    if is_to_come(meeting, today):
        return "to-come"
    if _has_minutes(meeting):
        return "minutes"
    return "minutes-due" if meeting.record.held and meeting.record.held + MINUTES_WITHIN >= today else "no-minutes"


def kind_words(words: Words) -> Mapping[RuleKind, Markup]:
    """What kind of rule it is."""
    _ = words.gettext
    return {"policy": _("Policy"), "publishing-process": _("How data is published"),
            "quality-process": _("How quality is kept"), "privacy-process": _("How privacy is kept"),
            "roles": _("Who is responsible"), "meeting": _("Meeting"), "other": _("Rule")}


def summary_of_rule(rule: Rule) -> str:
    """What a rule settles: as its file says, else the first sentence of its text."""
    return rule.record.summary or (excerpt(rule.body) if rule.body.strip() else "")


def rule_mark(rule: Rule, site: Site) -> Markup:
    """What a reader should know at once: a review that is overdue, a meeting that is next, minutes that are missing."""
    _, today = site.words.gettext, site.build.today
    if is_past_review(rule, today):
        return _marked("stale", "warn", _("Review overdue"))
    if rule.record.kind != "meeting":
        return Markup("")
    match meeting_state(rule, today):
        case "to-come":
            return _marked("stale", "muted", _("To come"))
        case "minutes-due":
            return _marked("stale", "muted", _("Minutes to come"))
        case "minutes":
            return _marked("on-track", "good", _("With minutes"))
        case "no-minutes":
            return _marked("no-data", "warn", _("Minutes missing"))


def _marked(shape: Literal["stale", "no-data", "on-track"], tone: str, said: Markup) -> Markup:
    return Markup('<span class="status" data-tone="{}">{}<span>{}</span></span>').format(tone, standing_shape(shape), said)


def _anchors(rules: Iterator[Rule]) -> tuple[Link, ...]:
    return tuple(Link(href=f"#rule-{each.id}", text=each.title) for each in rules)


def _entry(rule: Rule, site: Site) -> RuleEntry:
    link = Link(href=site.link(routes.RULES, routes.rule_url(rule.id)), text=rule.title)
    return RuleEntry(anchor=f"rule-{rule.id}", link=link, summary=summary_of_rule(rule), mark=rule_mark(rule, site),
                     facts=tuple(site.words.gettext("%(label)s: %(value)s", label=each.label, value=each.value)
                                 if each.label else each.value for each in _facts(rule, routes.RULES, site)))


def _facts(rule: Rule, page: str, site: Site) -> Iterator[RuleFact]:
    """What is known of a rule, the same in the list and on its page."""
    record, words, _ = rule.record, site.words, site.words.gettext
    if record.held:
        label = _("Will be held") if is_to_come(rule, site.build.today) else _("Held")
        yield RuleFact(label=label, value=words.time(record.held))
    if record.kind != "meeting":
        yield RuleFact(label=_("What it is"), value=kind_words(words)[record.kind])
    if owner := owner_link(record.owner, page, site):
        yield RuleFact(label=_("Kept by"), value=owner)
    if record.adopted or record.by:
        yield RuleFact(label=_("Adopted"), value=_adopted(record, words))
    if record.code:
        yield RuleFact(label=_("Where it stands"), value=Markup.escape(told(record.code)))
    if record.reviewed:
        yield RuleFact(label=_("Last review"), value=words.time(record.reviewed))
    if record.review_by:
        yield RuleFact(label=_("Next review by"), value=words.time(record.review_by))


def _adopted(record: RuleRecord, words: Words) -> Markup:
    if record.adopted and record.by:
        return words.gettext("%(day)s, by %(name)s", day=words.time(record.adopted), name=told(record.by or ""))
    return words.time(record.adopted) if record.adopted else words.gettext("by %(name)s", name=told(record.by or ""))


def _rule_page(rule: Rule, site: Site) -> Page:
    url, record, _ = routes.rule_url(rule.id), rule.record, site.words.gettext
    view = RuleView(
        title=rule.title, crumbs=(Link(href=site.link(url, routes.RULES), text=_("Rules and meetings")),),
        summary=record.summary or "", mark=rule_mark(rule, site), facts=tuple(_facts(rule, url, site)),
        text=rendered_on_site(rule.body, 2, lambda path: site.link(url, path)) if rule.body.strip() else Markup(""),
        without=_without(rule, site),
        official=routes.outward(record.link) if record.link else "", is_meeting=record.kind == "meeting",
        edit=edit_url(site.catalog.site.repository, rule.path_in(site.words.language)))
    return Page(url=url, kind="rule", template="rule.html", title=rule.title, view=view, source=rule.source_path,
                description=summary_of_rule(rule), updated=record.reviewed or record.adopted or record.held,
                twins=(index_twin(url, site.words),))


def _without(rule: Rule, site: Site) -> Markup:
    """What stands where a text would: that it is elsewhere, still to come, or missing."""
    _, record = site.words.gettext, rule.record
    if rule.body.strip():
        return Markup("")
    if record.kind == "meeting":
        return {"to-come": _("This meeting is still to come. Its minutes will stand here."),
                "minutes": _("The minutes are kept elsewhere."),
                "minutes-due": _("There are no minutes here yet."),
                "no-minutes": _("There are no minutes here yet.")}[meeting_state(rule, site.build.today)]
    return _("The text is kept elsewhere.") if record.link else _("There is no text here yet.")
