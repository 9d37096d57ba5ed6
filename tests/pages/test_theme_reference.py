import re
from dataclasses import fields
from pathlib import Path

import pytest

from cityfolio.folders import themes_root
from cityfolio.pages.briefs import BriefPart, BriefView
from cityfolio.pages.calendar import CalendarLine, CalendarView
from cityfolio.pages.changes import ChangeDayView, DatasetChangesView, NoteView, VersionView
from cityfolio.pages.commitments import CommitmentsView, CommitmentView
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
from cityfolio.pages.plain import ForwardView, WordsView
from cityfolio.pages.practice import AreaLine, PracticeView, StandardLine
from cityfolio.pages.requests import RequestsView, RequestView
from cityfolio.pages.results import ResultsView
from cityfolio.pages.rules import RuleEntry, RulesView, RuleView
from cityfolio.pages.series_chart import SeriesChart
from cityfolio.pages.shell import Frame, SearchBox
from cityfolio.pages.sql import SqlView
from cityfolio.pages.standard import AssessmentView, StandardView
from cityfolio.pages.standard_changes import ChangeGroup, ChangeLine, ChangesSince, PastLine
from cityfolio.pages.standard_criteria import AreaView, AttestationView, CheckView, CriterionView, Marked
from cityfolio.pages.standard_rows import NamedRows
from cityfolio.pages.standard_steps import LevelView, StepsView, StepView
from cityfolio.pages.taking import Take
from cityfolio.pages.uses import UseGroup, UsesView, UseView

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
    [Frame, SearchBox, DatasetView, FileView, Explorer, Take, EmbedView, SqlView, HomeView, ListView, ResultsView,
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
