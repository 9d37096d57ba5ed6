"""Import from Open SDG (https://open-sdg.readthedocs.io): rows and metadata become datasets, measures and goals."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.draft import DEFAULT_NAME, Draft
from cityfolio.migrate.harvest.origin import Origin, origin_of
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.importing import outcome
from cityfolio.migrate.open_sdg.dataset import described, filed, is_published, title_of, with_words
from cityfolio.migrate.open_sdg.goals import Goals, in_order
from cityfolio.migrate.open_sdg.measure import Place, measured, name_of
from cityfolio.migrate.open_sdg.rows import Rows, made_ready
from cityfolio.migrate.open_sdg.source import Indicator, Site, at_address, in_folder
from cityfolio.migrate.open_sdg.table import Table, read_table
from cityfolio.migrate.open_sdg.totals import Total, totals_of
from cityfolio.migrate.reading import Asking, unreadable
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.values.given import as_words
from cityfolio.migrate.values.names import unused
from cityfolio.model.periods import last_day

FORMAT = "open-sdg"
UNDATED = "no day on which the rows last changed, so the day after their newest period stands in"
ONE_DAY = timedelta(days=1)
COUNTED = ("rows", "measures", "goals")


def import_open_sdg(source: Source, wishes: Wishes, asking: Asking | None = None) -> Imported:
    """Make a catalog from the folder of an Open SDG data repository, or from the address of a data site built of one."""
    draft = Draft(FORMAT, name=wishes.name, today=wishes.today, more_counted=COUNTED)
    origin = origin_of(source, wishes, asking)
    return outcome(draft, origin, lambda: _fill(draft, origin))


def _fill(draft: Draft, origin: Origin) -> None:
    if origin.source.path:
        draft.problems.append(unreadable(origin.source.path, "this is one file", "Name the folder that holds data/ and meta/."))
        return
    site = at_address(origin.portal) if origin.portal else in_folder(origin.source.tree)
    draft.problems += site.problems
    if not site.indicators:
        return
    draft.unread |= site.unread
    draft.site(title=as_words(site.settings.get("title")), homepage=site.homepage)
    name = draft.name or draft.told.get("title", "") or DEFAULT_NAME
    owner = draft.gathered.publishers.find(name, draft.ledger, "title", "(the catalog)").id
    goals, places = Goals(site, owner), Counter[str]()
    for indicator in in_order(site.indicators.values()):
        _indicator(draft, goals, indicator, places)
    for path, text, report in goals.files():
        draft.more_files[path] = text
        draft.more_reports.append(report)
        if path.startswith("goals/"):
            draft.gathered.count("goals", found=1, written=1)


def _indicator(draft: Draft, goals: Goals, indicator: Indicator, places: Counter[str]) -> None:
    site = goals.site
    with_words(indicator, site)
    each = draft.dataset(indicator.place, indicator.id)
    described(each, indicator, site)
    table = _table(indicator, site, each.ledger) if indicator.data_path else None
    rows = made_ready(table, each.ledger) if table and table.roles.is_complete else None
    if indicator.data_path:
        text = filed(each, indicator, table, rows)
        if text:
            draft.more_files[f"datasets/{each.id}/{each.files[-1].record['path']}"] = text
    if table:
        draft.gathered.count("rows", found=len(table.rows) + table.blank, written=len(table.rows))
    totals = _totals(indicator, table, rows, each.ledger)
    made = sum(_measure(draft, goals, (indicator, each.id), (rows, total, totals), places) for total in totals if rows)
    if rows:
        _dated(draft, each, rows, totals)
    if not made:
        for path in site.addresses(indicator):
            each.formerly("(address)", path)


def _table(indicator: Indicator, site: Site, ledger: Ledger) -> Table | None:
    try:
        found = read_table(site.tree.read(indicator.data_path), ledger)
    except OSError as error:
        found = f"it could not be read: {error.strerror}"
    if isinstance(found, str):
        ledger.note("doubtful", "(rows)", "a file that is no table, so it is kept as it is", "", found)
        return None
    return found


def _totals(indicator: Indicator, table: Table | None, rows: Rows | None, ledger: Ledger) -> list[Total]:
    if table and not rows:
        ledger.note("missing", "(rows)", "no columns Year and Value, so there is no measure", ", ".join(table.header))
    if not rows:
        return []
    if not is_published(indicator):
        ledger.note("left-out", "(rows)", "an indicator that was not published, so nothing is measured of it")
        return []
    return totals_of(indicator, rows, ledger)


def _dated(draft: Draft, each: DatasetDraft, rows: Rows, totals: list[Total]) -> None:
    """Say up to when there are rows, so that later periods are not taken for periods without data.

    A period is complete where the data was updated after it.
    """
    periods = {period for total in totals for period in total.values} or {*rows.periods} - {""}
    ends = [day for day in map(last_day, periods) if draft.today is None or day < draft.today]
    if ends:
        after = (max(ends) + ONE_DAY).isoformat()
        each.values["modified"] = after
        each.ledger.note("doubtful", "modified", UNDATED, "", after)


def _measure(draft: Draft, goals: Goals, whose: tuple[Indicator, str], what: tuple[Rows, Total, list[Total]],
             places: Counter[str]) -> bool:
    indicator, dataset = whose
    rows, total, totals = what
    draft.gathered.count("measures", found=1)
    taken = {path.split("/")[1] for path in draft.more_files if path.startswith("measures/")}
    identifier = unused(indicator.id if indicator.id not in taken else name_of(indicator, total, totals), taken)
    goal = goals.goal_of(indicator)
    place = Place(id=identifier, dataset=dataset, goal=goal, order=places[goal] + 1, is_one_of_several=len(totals) > 1,
                  title=title_of(indicator, goals.site)[1])
    found = measured(indicator, goals.site, rows, total, place)
    if isinstance(found, str):
        draft.datasets[-1].ledger.note("left-out", "(rows)", found, indicator.number, total.expression)
        return False
    places[goal] += 1
    text, report = found
    draft.more_files[report.path] = text
    draft.more_reports.append(report)
    draft.gathered.count("measures", written=1)
    return True
