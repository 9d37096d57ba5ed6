import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from browser.right_to_left import BUILD, example_catalog
from cityfolio import pages
from cityfolio.folders import themes_root
from cityfolio.model import catalog
from cityfolio.pages.briefs import BriefPart, BriefView
from cityfolio.pages.calendar import CalendarLine, CalendarView
from cityfolio.pages.changes import ChangeDayView, DatasetChangesView, NoteView, VersionView
from cityfolio.pages.commitments import CommitmentsView, CommitmentView
from cityfolio.pages.conformance import ConformanceView, OutcomeView
from cityfolio.pages.dataset_practice import KeptView
from cityfolio.pages.datasets import DatasetView
from cityfolio.pages.developers import DevelopersView
from cityfolio.pages.edit import EditFormView, EditKindView, EditView
from cityfolio.pages.edit_fields import FieldGroup, FieldView
from cityfolio.pages.embedding import EmbedView
from cityfolio.pages.equity_page import EquityView, SeenCount, SeenGroup, SeenRow
from cityfolio.pages.evidence import EvidenceView
from cityfolio.pages.files import Explorer, FileView
from cityfolio.pages.goal import GoalView, HeadlineView, HeardView, SourceRow, WhyView
from cityfolio.pages.goals import GoalsView, PriorityGroup
from cityfolio.pages.guides import GuideEntry, GuidesView, GuideView
from cityfolio.pages.health import HealthView
from cityfolio.pages.health_lists import HealthCheckView, HealthPublisherView
from cityfolio.pages.home import HomeView
from cityfolio.pages.inventory import InventoryPartView, InventoryView
from cityfolio.pages.inventory_rows import InventoryTable
from cityfolio.pages.lists import GroupView, IndexView, ListView, NewsLine, NewView
from cityfolio.pages.measure import MeasureView
from cityfolio.pages.measure_changes import ChangesView
from cityfolio.pages.measure_embedding import Elsewhere, MeasureEmbedView
from cityfolio.pages.measure_groups import GroupsView
from cityfolio.pages.measure_made import Made
from cityfolio.pages.measures_list import MeasuresView
from cityfolio.pages.method import MethodView
from cityfolio.pages.pages import all_pages, site_of
from cityfolio.pages.plain import ForwardView, WordsView
from cityfolio.pages.practice import AreaLine, PracticeView, StandardLine
from cityfolio.pages.requests import RequestsView, RequestView
from cityfolio.pages.results import ResultsView
from cityfolio.pages.rules import RuleEntry, RulesView, RuleView
from cityfolio.pages.series_chart import SeriesChart
from cityfolio.pages.shell import Frame, LogoView, SearchBox
from cityfolio.pages.sql import SqlView
from cityfolio.pages.standard import AssessmentView, StandardView
from cityfolio.pages.standard_changes import ChangeGroup, ChangeLine, ChangesSince, PastLine
from cityfolio.pages.standard_criteria import AreaView, AttestationView, CheckView, CriterionView, Marked
from cityfolio.pages.standard_rows import NamedRows
from cityfolio.pages.standard_steps import LevelView, StepsView, StepView
from cityfolio.pages.taking import Take
from cityfolio.pages.uses import UseGroup, UsesView, UseView
from pages.drawing import the_theme

REFERENCE = (Path(__file__).parents[2] / "docs/reference/theme-blocks.md").read_text(encoding="utf-8")
TEMPLATES = themes_root() / "civic" / "templates"


def test_every_block_is_in_the_reference_and_no_other():
    written = {(path.name, block) for path in TEMPLATES.glob("*.html")
               for block in re.findall(r"{% block (\w+) %}", path.read_text(encoding="utf-8"))}
    inherited = {(path.name, block) for path in TEMPLATES.glob("*.html")
                 for parent in re.findall(r'{% extends "([\w.]+)" %}', path.read_text(encoding="utf-8"))
                 for name, block in written if name in (parent, "base.html")}

    assert set(re.findall(r"^\| `([\w.-]+)` \| `(\w+)` \|", REFERENCE, re.MULTILINE)) == written - inherited


def test_every_part_is_in_the_reference():
    assert [path.name for path in (TEMPLATES / "parts").glob("*.html") if f"`{path.name}`" not in REFERENCE] == []


def test_every_part_begins_with_what_it_is():
    assert [path.name for path in (TEMPLATES / "parts").glob("*.html") if not path.read_text("utf-8").startswith("{# ")] == []


@pytest.mark.parametrize(
    "view",
    [ConformanceView, OutcomeView,
     Frame, LogoView, SearchBox, DatasetView, FileView, Explorer, Take, EmbedView, SqlView, HomeView, ListView, ResultsView,
     GroupView, IndexView, NewView, WordsView, ForwardView, DevelopersView, MeasureView, MeasuresView, MethodView,
     ChangesView, Made, SeriesChart, GroupsView, Elsewhere, MeasureEmbedView, GoalsView, PriorityGroup, GoalView,
     HeadlineView, HeardView, SourceRow, WhyView, BriefView, BriefPart, InventoryView, InventoryPartView, InventoryTable,
     CalendarView, CalendarLine, RequestsView, RequestView, CommitmentsView, CommitmentView, HealthView, HealthCheckView,
     HealthPublisherView, KeptView, GuidesView, GuideEntry, GuideView, RulesView, RuleEntry, RuleView, UsesView, UseGroup,
     UseView, PracticeView, StandardLine, AreaLine, StandardView, AssessmentView, AreaView, CriterionView, CheckView,
     AttestationView, Marked, NamedRows, StepsView, StepView, LevelView, ChangesSince, ChangeGroup, ChangeLine, PastLine,
     EvidenceView, DatasetChangesView, ChangeDayView, NoteView, VersionView, NewsLine, EquityView, SeenCount, SeenGroup,
     SeenRow, EditView, EditKindView, EditFormView, FieldGroup, FieldView],
    ids=lambda view: view.__name__,
)
def test_every_value_is_in_the_reference(view):
    assert [each.name for each in fields(view) if f"`{each.name}`" not in REFERENCE] == []


def views_of_templates():
    """The views that the templates of an example city's pages are given, by template."""
    found = {}
    for page in all_pages(site_of(example_catalog(), BUILD, the_theme())):
        found.setdefault(page.template, type(page.view))
    return found


def test_the_example_city_has_a_page_of_every_template():
    only_extended = {"base.html", "group.html"}

    assert set(views_of_templates()) == {path.name for path in TEMPLATES.glob("*.html")} - only_extended


def test_every_value_of_every_template_is_in_the_reference():
    missing = {template: [each.name for each in fields(view) if f"`{each.name}`" not in REFERENCE]
               for template, view in views_of_templates().items()}

    assert {template: names for template, names in missing.items() if names} == {}


def test_every_value_in_the_reference_is_one_that_a_template_is_given():
    known = {each.name for module in pkgutil.iter_modules(pages.__path__, "cityfolio.pages.")
             for kind in vars(importlib.import_module(module.name)).values() if isinstance(kind, type) and is_dataclass(kind)
             for each in fields(kind)}
    known |= {name for kind in vars(catalog).values() if isinstance(kind, type) and is_dataclass(kind) for name in
              (each.name for each in fields(kind))}
    values = REFERENCE.partition("\n## Values\n")[2]
    named = {name for cell in re.findall(r"^\| (`[^|]+) \|", values, re.MULTILINE) for name in re.findall(r"`([a-z_]+)`", cell)}

    assert len(named) > 130
    assert named - known == set()
