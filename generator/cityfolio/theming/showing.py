"""What the gallery shows: views of an example city's pages, as their templates are given them, and every state by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar, get_args

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.measured import STATUSES
from cityfolio.pages import promise_states, standings
from cityfolio.pages.calendar import CalendarView
from cityfolio.pages.changes import DatasetChangesView
from cityfolio.pages.commitments import CommitmentsView
from cityfolio.pages.conformance import ConformanceView, conformance
from cityfolio.pages.datasets import DatasetView
from cityfolio.pages.edit import EditFormView
from cityfolio.pages.edit_fields import FieldView
from cityfolio.pages.equity_page import EquityView
from cityfolio.pages.files import FileView
from cityfolio.pages.freshness import State, status_word
from cityfolio.pages.goal import GoalView
from cityfolio.pages.goals import GoalsView
from cityfolio.pages.health import HealthView
from cityfolio.pages.health_lists import HealthCheckView
from cityfolio.pages.home import HomeView
from cityfolio.pages.inventory import InventoryPartView
from cityfolio.pages.lists import ListView
from cityfolio.pages.measure import MeasureView
from cityfolio.pages.measure_past import RevisionRow
from cityfolio.pages.measures_list import MeasuresView
from cityfolio.pages.pages import all_pages
from cityfolio.pages.promise_states import PromiseState
from cityfolio.pages.requests import RequestsView
from cityfolio.pages.results import ResultsView
from cityfolio.pages.rules import RulesView
from cityfolio.pages.shell import Link, Page, Site, Tongue, View
from cityfolio.pages.standard import StandardView
from cityfolio.pages.standings import StandingView

V = TypeVar("V")
URL = "/gallery/"
# `embed` is for a frame in another page, which has no other parts.
SHEETS = ("explorer", "measures", "goal", "goals", "health", "practice", "inventory", "promises", "changes", "edit", "sql")
LINKS = (Link(href="https://www.maplewood.example/", text="City of Maplewood"),
         Link(href="https://www.maplewood.example/council", text="Council"))
TONGUES = (Tongue(language="en", name="English", href="#main", address="#main", current=True),
           Tongue(language="es", name="Español", href="#main", address="#main", current=False))
REVISION = RevisionRow(period=Markup("March 2026"), before=Markup("80%"), after=Markup("100%"), day=Markup("2 May 2026"),
                       by="Street Department", reason="One repair was entered with the date of its inspection.")


class GalleryView(Frozen, kw_only=True):
    """The views that the gallery takes its components from."""

    states: tuple[State, ...]             # of a dataset: how fresh it is, and each status
    standings: tuple[StandingView, ...]   # of a measure
    promises: tuple[Markup, ...]          # of commitments and requests
    links: tuple[Link, ...]               # to other sites of a city
    tongues: tuple[Tongue, ...]           # of a site in two languages
    fields: tuple[FieldView, ...]         # of a form: one of each kind of control
    home: HomeView
    list: ListView
    search: ResultsView
    dataset: DatasetView                  # with all that a dataset can have
    many_files: DatasetView               # with more files than can be listed
    undescribed: DatasetView              # with columns that nobody described
    restricted: DatasetView               # that cannot be had
    changes: DatasetChangesView
    file: FileView
    goals: GoalsView
    goal: GoalView
    measures: MeasuresView
    measure: MeasureView
    by_hand: MeasureView                  # a measure whose values were entered by hand
    revisions: tuple[RevisionRow, ...]    # of closed periods, which only a city has that closed some
    health: HealthView
    check: HealthCheckView
    inventory: InventoryPartView
    calendar: CalendarView
    requests: RequestsView
    commitments: CommitmentsView
    rules: RulesView
    standard: StandardView
    equity: EquityView
    conformance: ConformanceView


def gallery_page(site: Site) -> Page:
    """The page of the gallery, from the pages that the example city gives rise to."""
    views = {page.url: page.shown for page in all_pages(site)}
    view = GalleryView(
        states=tuple(_states(views, site)), standings=tuple(standings.standing_view(each, site.words) for each in STATUSES),
        promises=tuple(_promises(site)), fields=tuple(_fields(_of(views, "/edit/dataset/", EditFormView))),
        home=_of(views, "/", HomeView), list=_of(views, "/data/", ListView), search=_of(views, "/search/", ResultsView),
        dataset=_of(views, "/data/repairs/", DatasetView), many_files=_of(views, "/data/maps/", DatasetView),
        undescribed=_of(views, "/data/bridges/", DatasetView), restricted=_of(views, "/data/complaints/", DatasetView),
        changes=_of(views, "/data/repairs/changes/", DatasetChangesView),
        file=_of(views, "/data/repairs/repairs/", FileView), goals=_of(views, "/goals/", GoalsView),
        goal=_of(views, "/goals/smooth-streets/", GoalView), measures=_of(views, "/measures/", MeasuresView),
        measure=_of(views, "/measures/on-time/", MeasureView), by_hand=_of(views, "/measures/satisfaction/", MeasureView),
        links=LINKS, tongues=TONGUES, revisions=(REVISION,), health=_of(views, "/health/", HealthView),
        check=_of(views, "/health/dictionary/", HealthCheckView),
        inventory=_of(views, "/inventory/status/published/", InventoryPartView),
        calendar=_of(views, "/calendar/", CalendarView), requests=_of(views, "/request/", RequestsView),
        commitments=_of(views, "/commitments/", CommitmentsView), rules=_of(views, "/policy/", RulesView),
        standard=_of(views, "/practice/charter/", StandardView), equity=_of(views, "/equity/", EquityView),
        conformance=conformance(site.words),
    )
    return Page(url=URL, kind="gallery", template="gallery.html", title="Gallery of components", view=view,
                source="theming/example", sheets=SHEETS, listed=False)


def _of(views: Mapping[str, View], url: str, kind: type[V]) -> V:
    view = views[url]
    assert isinstance(view, kind), f"{url} is drawn from a {type(view).__name__}"
    return view


def _states(views: Mapping[str, View], site: Site) -> Iterator[State]:
    """Each freshness as an example has it, then each status as lists say it."""
    found: dict[str, State] = {}
    for view in views.values():
        if isinstance(view, DatasetView):
            found.setdefault(view.state.name, view.state)
    yield from (found[name] for name in ("on-time", "late", "unknown"))
    yield from (State(name=name, words=status_word(name, site.words)) for name in ("planned", "restricted", "retired"))


def _promises(site: Site) -> Iterator[Markup]:
    said: dict[str, Markup] = {"late": Markup("Late")}
    for words in (promise_states.commitment_words(site.words), promise_states.request_words(site.words)):
        said.update(words.items())
    for state in get_args(PromiseState):
        yield promise_states.promise_mark(state, said[state])


def _fields(form: EditFormView) -> Iterator[FieldView]:
    """The first field of each kind of control."""
    seen = set()
    for group in form.groups:
        for field in group.fields:
            if field.control not in seen:
                seen.add(field.control)
                yield field
