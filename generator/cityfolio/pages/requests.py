"""Data that was asked for: how to ask, what was answered and how soon, what was refused and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset
from cityfolio.model.practice import RequestRecord, RequestState
from cityfolio.model.practised import Filed
from cityfolio.pages import routes
from cityfolio.pages.commitments import dataset_links
from cityfolio.pages.contacts import where_contacts_are
from cityfolio.pages.inventory_rows import release_words
from cityfolio.pages.markdown import excerpt, rendered, told
from cityfolio.pages.measure_work import owner_link
from cityfolio.pages.promise_states import asker_words, promise_mark, request_words
from cityfolio.pages.repository import edit_url
from cityfolio.pages.request_asking import ways_to_ask
from cityfolio.pages.shell import Link, Page, Site, Twin, index_twin
from cityfolio.practice.request_days import days_to_answer, is_late, is_waiting

SHEETS = ("promises",)
MOST_PLANNED = 20             # on this page; the inventory lists all
MOST_TOLD = 40                # requests of a state that are told at length, the newest; the table of days has all
LONGEST_ISSUE = 300           # characters of an issue's text, which can be read in full where it was asked
STATES: tuple[RequestState, ...] = ("open", "planned", "answered", "refused", "withdrawn")
Request = Filed[RequestRecord]


class RequestView(Frozen, kw_only=True):
    """One request as shown."""

    anchor: str
    title: str
    state: Markup
    said: tuple[Markup, ...]      # when it was asked and by whom, who answers, how long it took
    description: Markup
    answer: Markup
    reason: Markup                # why it was refused
    datasets: tuple[Link, ...]
    link: str                     # where it was asked
    edit: str


class RequestGroup(Frozen, kw_only=True):
    """The requests that stand alike, the newest first; those that wait, the longest waiting first."""

    anchor: str
    title: Markup
    entries: tuple[RequestView, ...]
    more: Markup                  # how many are in the table of days alone


class AnswerRow(Frozen, kw_only=True):
    """One line of the table of days."""

    link: Link
    asked: Markup
    answered: Markup
    days: str
    said: Markup                  # in time or late, where the city named a number of days


class RequestsView(Frozen, kw_only=True):
    """What `requests.html` shows."""

    ways: tuple[Link, ...]        # to ask
    contacts: Markup              # where to find an address, when there is no way
    promise: Markup               # within how many days the city means to answer
    planned: tuple[tuple[Link, Markup], ...]   # what is planned already, each with its day
    all_planned: Link | None
    figures: tuple[Link, ...]
    groups: tuple[RequestGroup, ...]
    days: tuple[AnswerRow, ...]


def requests_page(site: Site) -> Page:
    """The page of requests, which every site has."""
    _, words = site.words.gettext, site.words
    requests = site.catalog.practice.requests
    groups = tuple(_groups(requests, site))
    days = tuple(_answer_rows(requests, site))
    planned = planned_datasets(site)
    asking = site.catalog.site.requests
    view = RequestsView(
        ways=(ways := ways_to_ask(site)), contacts=where_contacts_are(site) if not ways else Markup(""),
        promise=words.ngettext("The city means to answer within %(count)s day.",
                               "The city means to answer within %(count)s days.", asking.days) if asking.days else Markup(""),
        planned=tuple((Link(href=site.link(routes.REQUEST, routes.dataset_url(each.id)), text=each.title),
                       release_words(each, site)) for each in planned[:MOST_PLANNED]),
        all_planned=_all_planned(planned, site), figures=tuple(_figures(requests, groups, site)), groups=groups, days=days)
    file = Twin(url=routes.REQUESTS_JSON, media_type="application/json", title=_("Requests (JSON)"))
    return Page(url=routes.REQUEST, kind="requests", template="requests.html", title=_("Ask for data"), view=view,
                source="requests/", section=routes.ABOUT, sheets=SHEETS,
                description=_("How to ask for data that is not here, what was asked for, and what was answered."),
                twins=(index_twin(routes.REQUEST, words), file))


def planned_datasets(site: Site) -> tuple[Dataset, ...]:
    """Datasets that are planned, by the day on which they should be out."""
    found = (each for each in site.catalog.datasets if each.status == "planned")
    return tuple(sorted(found, key=lambda each: (each.record.release is None or each.record.release.on is None,
                                                 str(each.record.release.on if each.record.release else ""))))


def _all_planned(planned: Sequence[Dataset], site: Site) -> Link | None:
    if len(planned) <= MOST_PLANNED:
        return None
    text = site.words.gettext("All %(count)s that are planned", count=site.words.number(len(planned)))
    return Link(href=site.link(routes.REQUEST, routes.inventory_url("status", "planned")), text=text)


def _figures(requests: Sequence[Request], groups: Sequence[RequestGroup], site: Site) -> Iterator[Link]:
    """How many stand how, and how soon they were answered. Each leads to what it counts."""
    words, today, promised = site.words, site.build.today, site.catalog.site.requests.days
    counts = {state: sum(each.record.state == state for each in requests) for state in STATES}
    for group in groups:
        count = words.number(next(number for state, number in counts.items() if state == group.anchor))
        yield Link(href=f"#{group.anchor}", text=words.gettext("%(status)s: %(count)s", status=group.title, count=count))
    counted = [each.record for each in requests if days_to_answer(each.record, today) is not None]
    taken = [days for each in counted if not is_waiting(each) and (days := days_to_answer(each, today)) is not None]
    if taken:
        yield Link(href="#days", text=words.gettext("Median days to an answer: %(days)s", days=_half(median(taken))))
    # Who waits longer than promised counts, too; who waits and still has time does not, either way.
    due = [each for each in counted if not is_waiting(each) or is_late(each, promised, today)]
    if promised and due:
        in_time = sum(not is_late(each, promised, today) for each in due)
        yield Link(href="#days", text=words.ngettext(
            "Answered within %(count)s day: %(part)s of %(whole)s", "Answered within %(count)s days: %(part)s of %(whole)s",
            promised, part=words.number(in_time), whole=words.number(len(due))))


def _half(days: float) -> str:
    return f"{days:.1f}".removesuffix(".0")


def _groups(requests: Sequence[Request], site: Site) -> Iterator[RequestGroup]:
    named = request_words(site.words)
    for state in STATES:
        found = _of_state(requests, state)
        left = len(found) - MOST_TOLD
        if found:
            yield RequestGroup(anchor=state, title=named[state],
                               entries=tuple(_entry(each, site) for each in found[:MOST_TOLD]),
                               more=site.words.ngettext("%(count)s more is in the table of days and in the file for programs.",
                                                        "%(count)s more are in the table of days and in the file for programs.",
                                                        left) if left > 0 else Markup(""))


def _of_state(requests: Sequence[Request], state: RequestState) -> Sequence[Request]:
    found = [each for each in requests if each.record.state == state]
    return found[::-1] if state == "open" else found


def _entry(request: Request, site: Site) -> RequestView:
    record = request.record
    late = is_late(record, site.catalog.site.requests.days, site.build.today)
    return RequestView(
        anchor=_anchor(request), title=request.title,
        state=promise_mark("late" if late and is_waiting(record) else record.state, _state_words(record, site)),
        said=tuple(_said(record, site)), description=_description(request),
        answer=rendered(record.answer, 4) if record.answer else Markup(""), reason=_reason(record, site),
        datasets=dataset_links(record.datasets, routes.REQUEST, site),
        link=routes.outward(record.link) if record.link else "",
        edit="" if is_issue(request) else edit_url(site.catalog.site.repository, request.source_path))


def is_issue(request: Request) -> bool:
    """Whether a request was brought in from the code host."""
    return request.source_path.endswith(".json")


def _anchor(request: Request) -> str:
    return f"request-{request.id}"


def _description(request: Request) -> Markup:
    text = request.record.description
    if not text:
        return Markup("")
    return Markup("<p>{}</p>").format(excerpt(text, LONGEST_ISSUE)) if is_issue(request) else rendered(text, 4)


def _reason(record: RequestRecord, site: Site) -> Markup:
    if record.state != "refused":
        return Markup("")
    if record.reason:
        return Markup.escape(told(record.reason))
    return site.words.gettext("The reason stands where it was asked.") if record.link else Markup("")


def _state_words(record: RequestRecord, site: Site) -> Markup:
    words, days = site.words, days_to_answer(record, site.build.today)
    if is_waiting(record) and days is not None:
        said = words.ngettext("Waiting for %(count)s day", "Waiting for %(count)s days", days)
        if is_late(record, site.catalog.site.requests.days, site.build.today):
            said = words.gettext("%(said)s, longer than promised", said=said)
        return words.gettext("Planned. %(said)s", said=said) if record.state == "planned" else said
    word = request_words(words)[record.state]
    return word if days is None else words.ngettext("%(state)s after %(count)s day", "%(state)s after %(count)s days", days,
                                                    state=word)


def _said(record: RequestRecord, site: Site) -> Iterator[Markup]:
    words = site.words
    if record.asked:
        asker, day = asker_words(words)[record.asker], words.time(record.asked)
        yield words.pgettext("request", "Asked on %(day)s by %(asker)s", day=day, asker=asker) if asker else \
            words.pgettext("request", "Asked on %(day)s", day=day)
    if record.answered and not is_waiting(record):
        yield words.pgettext("request", "Answered on %(day)s", day=words.time(record.answered))
    owner = owner_link(record.owner, routes.REQUEST, site)
    if owner:
        yield words.gettext("With %(owner)s", owner=owner)


def _answer_rows(requests: Sequence[Request], site: Site) -> Iterator[AnswerRow]:
    """Every request that has an answer, or waits longer than promised: what the figures are computed from."""
    words, today, promised = site.words, site.build.today, site.catalog.site.requests.days
    told = {each.id for state in STATES for each in _of_state(requests, state)[:MOST_TOLD]}
    for each in requests:
        record, days = each.record, days_to_answer(each.record, today)
        late = is_late(record, promised, today)
        if days is None or record.asked is None or (is_waiting(record) and not late):
            continue
        href = f"#{_anchor(each)}" if each.id in told else routes.outward(record.link) if record.link else ""
        yield AnswerRow(
            link=Link(href=href, text=each.title), asked=words.time(record.asked), days=words.number(days),
            answered=words.time(record.answered) if record.answered and not is_waiting(record) else words.gettext("Waiting"),
            said=Markup("") if promised is None else words.pgettext("request", "Late") if late else words.gettext("In time"))
