"""What lies where in a catalog's folder: its rooms, the files of which there is one, and what nobody reads as a record."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cityfolio.model.changes import NoteRecord
from cityfolio.model.performance import CalendarRecord, GoalRecord, MeasureRecord, PriorityRecord
from cityfolio.model.practice import (
    AssessmentRecord,
    AttestationRecord,
    CommitmentRecord,
    GuideRecord,
    RequestRecord,
    RuleRecord,
    UseRecord,
)
from cityfolio.model.records import (
    ColumnRecord,
    DatasetRecord,
    LicenseRecord,
    PublisherRecord,
    SiteRecord,
    TopicRecord,
)
from cityfolio.model.site import VIEWS
from cityfolio.model.standard import StandardRecord
from cityfolio.model.synonyms import SynonymsRecord

ROOMS: Mapping[str, type] = {
    "publishers": PublisherRecord,
    "topics": TopicRecord,
    "licenses": LicenseRecord,
    "columns": ColumnRecord,
    "priorities": PriorityRecord,
    "goals": GoalRecord,
    "calendars": CalendarRecord,
    "commitments": CommitmentRecord,
    "requests": RequestRecord,
    "uses": UseRecord,
    "standards": StandardRecord,
    "attestations": AttestationRecord,
    "assessments": AssessmentRecord,
}
# Rooms of Markdown files that begin with front matter.
TEXTS: Mapping[str, type] = {"policy": RuleRecord, "guides": GuideRecord, "changes": NoteRecord}
# Rooms where each record is a folder with a YAML file of this name, and what else belongs to it beside.
FOLDERS: Mapping[str, tuple[str, type]] = {
    "datasets": ("dataset.yaml", DatasetRecord),
    "measures": ("measure.yaml", MeasureRecord),
}
MANY = frozenset({"datasets"})        # rooms with so many records that their documents are kept small
BESIDE_MEASURES = frozenset({"observations.csv", "closed-rows.csv", "targets.csv"})
ALONE: Mapping[str, type] = {"site.yaml": SiteRecord, "synonyms.yaml": SynonymsRecord}   # files of which there is one
NOT_READ = frozenset({"theme", "locale", "scripts", "reports", "sources", "links", "plugins"})  # read by others, or by people
TABLES = frozenset({"usage.csv"})     # files beside site.yaml that commands write, read by a module each
PROSE = re.compile(r"(?:README|LICENSE|LICENCE|NOTICE|CHANGELOG)(?:\.[a-z]+)?", re.IGNORECASE)
KEPT: Mapping[str, frozenset[str]] = {"datasets": VIEWS, "measures": frozenset({"method", "changes"})}   # parts of addresses
