"""What the tables of facts hold: each column with its type and a sentence that says what it means.

Checks of standards are held against these before anything is computed; `practice/facts*.py` fill them.
"""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType

INVENTORY = "datasets"            # the table that is the inventory too
USAGE_MONTHS = 12                 # of usage: those that end with the newest month there is
CURRENT_MONTHS = 12               # what was updated within so many is current


class FactColumn(Frozen):
    """A column of a table of facts."""

    type: ColumnType
    says: str


def _columns(**columns: tuple[ColumnType, str]) -> Mapping[str, FactColumn]:
    return {name: FactColumn(kind, says) for name, (kind, says) in columns.items()}


_DATASETS = _columns(
    id=("string", "The dataset's id."),
    title=("string", "Its title; the id where it has none."),
    title_lower=("string", "Its title in lower case, for searching words in it."),
    status=("string", "published, planned, restricted or retired."),
    publisher=("string", "The id of who answers for it."),
    topic=("string", "The id of its first topic."),
    topics=("integer", "How many topics it has."),
    topic_ids=("string", "The ids of its topics, joined by \"; \"."),
    keywords=("string", "Its keywords in lower case, joined by \"; \"."),
    license=("string", "The id of its license; the site's own counts for what is published."),
    is_open_license=("boolean", "Whether that license is open by the Open Definition 2.1."),
    frequency=("string", "How often it promises to be renewed."),
    has_frequency=("boolean", "Whether it promises anything of the kind."),
    updated=("date", "When its data last changed: `modified:`, else the last commit that touched its files."),
    freshness=("string", "on-time or late against its promise; unknown where there is no promise or no day."),
    days_late=("integer", "How many days it is late."),
    has_title=("boolean", "Whether it has a title."),
    has_description=("boolean", "Whether it has a summary or a description."),
    has_publisher=("boolean", "Whether somebody answers for it."),
    has_contact=("boolean", "Whether anybody can be asked: its own contact, its publisher's or the site's."),
    has_contact_email=("boolean", "Whether that contact has an e-mail address."),
    has_license=("boolean", "Whether it has a license; one whose title says that there is none is none."),
    has_keywords=("boolean", "Whether it has keywords."),
    has_limits=("boolean", "Whether it says what a user must know before using it (`known_limits`)."),
    has_row_meaning=("boolean", "Whether it says what one row stands for (`each_row_is`)."),
    has_spatial=("boolean", "Whether it says which place it covers."),
    has_temporal=("boolean", "Whether it says which time it covers."),
    has_modified=("boolean", "Whether its record has a day of the last change (`modified`)."),
    has_dictionary=("boolean", "Whether it has columns and every one of them has a title or a description."),
    columns=("integer", "Columns of its tables; those of its dictionary where no table of it was read."),
    columns_described=("integer", "How many of them have a title or a description."),
    files=("integer", "Files, and addresses of files, that are listed."),
    tables=("integer", "How many of them were read as tables."),
    rows=("integer", "Rows of its tables together, samples left out; empty where none was read whole."),
    formats=("string", "The formats of its files, joined by \"; \"."),
    is_machine_readable=("boolean", "Whether a program can read the data: from a table, or a file in a format for data."),
    is_open_format=("boolean", "Whether it can be had in a format that no company owns; what was read as a table can."),
    has_places=("boolean", "Whether rows of it have shapes or coordinates."),
    has_bulk=("boolean", "Whether whole files of it can be downloaded, and not samples alone."),
    has_known_date=("boolean", "Whether it is known when it last changed, from its record or its history."),
    sensitivity=("string", "How far what the city holds may go: public, internal, confidential or protected."),
    has_sensitivity=("boolean", "Whether that was decided."),
    system_of_record=("string", "The system in which the city keeps it."),
    has_system=("boolean", "Whether that is told."),
    value=("string", "How much it is worth to residents: high, medium or low."),
    has_value=("boolean", "Whether that was decided."),
    reason=("string", "Why it is planned, restricted or retired."),
    has_reason=("boolean", "Whether that is told."),
    release_on=("date", "The day it should be out."),
    has_release_plan=("boolean", "Whether there is such a day."),
    is_release_overdue=("boolean", "Whether it is still planned and that day has passed."),
    review_on=("date", "When its release was weighed."),
    review_expires=("date", "When it has to be weighed again."),
    review_level=("string", "How much risk is left by that review: low, moderate or high."),
    is_reviewed=("boolean", "Whether its release was weighed, and that has not expired."),
    has_field_standard=("boolean", "Whether it names the standard of its field that it follows (`conforms_to`)."),
    has_anonymity=("boolean", "Whether columns are named by which a person could be told apart, and held to a rule."),
    measures=("integer", "Measures that are computed from it."),
    goals=("integer", "Goals that these measures show."),
    uses=("integer", "Uses that residents told of and that name it."),
    requests=("integer", "Requests that name it."),
    guides=("integer", "Guides that use it."),
    views=("integer", f"Views of its pages in the {USAGE_MONTHS} months up to the newest counted; empty without counts."),
    downloads=("integer", "Downloads of its files in the same months."),
    health_passed=("integer", "Checks of its health that it passes."),
    health_of=("integer", "Checks of its health that could be answered."),
    has_valid_rows=("boolean", "Whether its tables pass every check of their rows; empty where no table was read."),
    is_by_area=("boolean", "Whether it can be seen by area: it has places, or a column that names areas of a map."),
    is_by_group=("boolean", "Whether it can be seen by group: by columns of `anonymity`, or those a measure is shown by."),
    is_current=("boolean", f"Whether it was updated within {CURRENT_MONTHS} months."),
    is_inventoried=("boolean", "Whether title, publisher, description, sensitivity and system of record are there."),
    url=("string", "The path of its page."),
)
_FILES = _columns(
    id=("string", "The dataset's id and the file's, with a \"/\" between."),
    dataset=("string", "The dataset's id."),
    title=("string", "What is in it."),
    format=("string", "Its format."),
    rows=("integer", "Rows, where it was read as a table."),
    columns=("integer", "Columns, where it was read as a table."),
    bytes=("integer", "The size of what is published here."),
    is_sample=("boolean", "Whether only some rows of it are published here."),
    is_table=("boolean", "Whether it was read as a table."),
)
_COLUMNS = _columns(
    id=("string", "The file's id as in the table of files and the column's name, with a \"/\" between."),
    dataset=("string", "The dataset's id."),
    file=("string", "The file's id in its dataset."),
    name=("string", "Its name in the file."),
    title=("string", "What it holds, in words."),
    type=("string", "What its values are."),
    unit=("string", "What one of it is."),
    shared=("string", "The shared column in `columns/` that it follows."),
    refers_to=("string", "The dataset and the column that its values refer to, with a \"/\" between."),
    has_meaning=("boolean", "Whether it has a title or a description."),
    has_unit=("boolean", "Whether it has a unit."),
    is_sensitive=("boolean", "Whether it is personal and so left out of what is published."),
    filled_share=("number", "The share of rows that have a value, to four decimals; empty where no rows are looked at."),
)
_PUBLISHERS = _columns(
    id=("string", "The publisher's id."),
    title=("string", "Its name."),
    has_contact=("boolean", "Whether its own contact is told."),
    has_description=("boolean", "Whether it says what it does."),
    parent=("string", "The publisher that it is part of."),
    datasets=("integer", "Datasets that it answers for, of any status."),
    published=("integer", "How many of them are published."),
    planned=("integer", "How many are planned."),
    restricted=("integer", "How many are restricted."),
    retired=("integer", "How many are retired."),
    late=("integer", "How many of the published ones are late."),
    inventoried=("boolean", "Whether at least one dataset of it is in the inventory."),
    goals=("integer", "Goals that it answers for."),
    measures=("integer", "Measures that it answers for."),
    requests=("integer", "Requests that it answers."),
    requests_open=("integer", "How many of them nobody has answered yet."),
)
_GOALS = _columns(
    id=("string", "The goal's id."),
    title=("string", "The outcome that is wanted."),
    priority=("string", "The id of the priority that it belongs to."),
    owner=("string", "The id of the publisher that answers for it."),
    has_owner=("boolean", "Whether somebody does."),
    has_plan=("boolean", "Whether it names the plan that it comes from."),
    measures=("integer", "Measures that show it."),
    outcome_measures=("integer", "How many of them are of the type outcome."),
    has_target=("boolean", "Whether one of them has a target."),
    has_current_measure=("boolean", "Whether one of them has a value that is not stale."),
    has_disaggregation=("boolean", "Whether one of them is shown by area or group."),
    has_review=("boolean", "Whether it, or one of its measures, was reviewed."),
    days_since_review=("integer", "How many days ago that was, at the newest."),
    next_report=("date", "When it is reported on next."),
    heard=("integer", "How often it says what residents said."),
    has_description=("boolean", "Whether it says why it matters."),
)
_MEASURES = _columns(
    id=("string", "The measure's id."),
    title=("string", "What is measured."),
    goal=("string", "The id of the goal that it shows."),
    owner=("string", "The id of the publisher that answers for it: its own, else its goal's."),
    type=("string", "input, output, efficiency, quality or outcome."),
    status=("string", "Where it stands now, such as on-track or stale."),
    direction=("string", "up, down, range or watch."),
    has_target=("boolean", "Whether it has a target."),
    has_baseline=("boolean", "Whether it has a baseline."),
    is_computed=("boolean", "Whether it comes out of rows, and is not entered by hand."),
    is_current=("boolean", "Whether it has a value that is not stale."),
    is_disaggregated=("boolean", "Whether it is shown by area or group."),
    groups=("integer", "By how many columns it is."),
    has_review=("boolean", "Whether it, or its goal, was reviewed."),
    days_since_review=("integer", "How many days ago that was, at the newest."),
    actions=("integer", "Actions that are taken for it."),
)
_COMMITMENTS = _columns(
    id=("string", "The commitment's id."),
    title=("string", "What was promised."),
    owner=("string", "The id of the publisher that promised it."),
    state=("string", "promised, under-way, kept, broken or dropped."),
    promised=("date", "When it was promised."),
    due=("date", "By when."),
    is_overdue=("boolean", "Whether that day has passed while it is promised or under way."),
    has_evidence=("boolean", "Whether it says where it can be seen."),
    days_late=("integer", "How many days after that day it was settled, or today is where it is not; 0 where it is in time."),
)
_REQUESTS = _columns(
    id=("string", "The request's id."),
    title=("string", "What was asked for."),
    state=("string", "open, planned, answered, refused or withdrawn."),
    asker=("string", "What kind of person or body asked."),
    owner=("string", "The id of the publisher that answers."),
    asked=("date", "When."),
    answered=("date", "When the city first answered in substance."),
    days_to_answer=("integer", "How many days that took."),
    days_open=("integer", "How many days it has waited; empty where it was answered, refused or withdrawn."),
    is_late=("boolean", "Whether it waits, or waited, longer than `requests.days` in site.yaml promises."),
    has_reason=("boolean", "Whether a reason is given."),
    has_answer=("boolean", "Whether the answer is written down."),
)
_USES = _columns(
    id=("string", "The use's id."),
    title=("string", "What it is called."),
    kind=("string", "story, app, research, teaching, government, business or civic."),
    by=("string", "Who made it."),
    date=("date", "When it came out."),
    datasets=("integer", "Datasets that it uses."),
    has_change=("boolean", "Whether it says what changed because of it."),
)
_RULES = _columns(
    id=("string", "The rule's id, or the meeting's."),
    title=("string", "Its title."),
    kind=("string", "policy, publishing-process, quality-process, privacy-process, roles, meeting or other."),
    by=("string", "Who adopted it."),
    adopted=("date", "When it was adopted."),
    has_code=("boolean", "Whether it says where it stands in the law or the city's code."),
    has_text=("boolean", "Whether its text, or the minutes, are there."),
    reviewed=("date", "When it was looked at last."),
    review_by=("date", "When it has to be looked at again."),
    is_current=("boolean", "Whether that day has not passed; true where none is named."),
    held=("date", "The day of a meeting."),
    days_since_held=("integer", "How many days ago that was."),
    is_past=("boolean", "Whether a meeting was held before today."),
)
_GUIDES = _columns(
    id=("string", "The guide's id."),
    title=("string", "What a reader will be able to do."),
    datasets=("integer", "Datasets that it uses."),
    topics=("integer", "Topics that it belongs to."),
    reviewed=("date", "When somebody last went through it."),
)
_SITE = _columns(
    id=("string", "Always site: there is one row."),
    today=("date", "The day that everything is counted from."),
    has_contact=("boolean", "Whether somebody can be asked about the site."),
    has_repository=("boolean", "Whether it says where the catalog is kept."),
    has_license=("boolean", "Whether it has a license for what names none of its own."),
    publishers=("integer", "Publishers."),
    publishers_inventoried=("integer", "How many of them have a dataset in the inventory."),
    share_inventoried=("number", "The share of them that have, to four decimals; empty without publishers."),
    datasets=("integer", "Datasets of any status."),
    published=("integer", "How many are published."),
    topics=("integer", "Topics that have a dataset."),
    languages=("integer", "Languages of the site."),
    policies=("integer", "Rules of the kind policy."),
    meetings_last_year=("integer", "Meetings held within 12 months."),
    minutes_last_year=("integer", "How many of them have minutes."),
    has_usage=("boolean", "Whether views and downloads are counted."),
    days_since_links_checked=("integer", "How many days ago links were checked."),
    broken_links=("integer", "How many addresses did not answer well then; empty where none were checked."),
    has_feed=("boolean", "Always true: every site has feeds."),
    has_search=("boolean", "Always true: every site can be searched."),
    has_bulk=("boolean", "Always true: the whole catalog can be downloaded."),
)
FACT_COLUMNS: Mapping[str, Mapping[str, FactColumn]] = {
    "datasets": _DATASETS, "files": _FILES, "columns": _COLUMNS, "publishers": _PUBLISHERS, "goals": _GOALS,
    "measures": _MEASURES, "commitments": _COMMITMENTS, "requests": _REQUESTS, "uses": _USES, "rules": _RULES,
    "guides": _GUIDES, "site": _SITE,
}
