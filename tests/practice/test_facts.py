"""The tables of facts say of a catalog what they are declared to say, each in a value of its column's type."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime

import pytest

from cities import CSV, MEASURED, ON_TIME, REPAIRS, SITE, TREES, a_city, with_files
from cityfolio.model.standard import FACT_TABLES
from cityfolio.practice.areas import columns_of_areas
from cityfolio.practice.fact_columns import FACT_COLUMNS
from cityfolio.practice.facts import FactsTables
from practice.practised_cities import Files, Row, a_city_with, practised_city, row_of

TYPES = {"string": str, "integer": int, "number": int | float, "boolean": bool, "date": date}
COMMITMENT = "title: Publish the budget\nowner: parks\npromised: 2026-01-01\ndue: {due}\nstate: {state}\n"
REQUEST = "title: Benches\nasked: 2026-06-01\nowner: parks\nstate: {state}\n"
MEETING = "---\ntitle: Board\nkind: meeting\nheld: {held}\n---\n{text}"
RULE = "---\ntitle: Policy\nkind: policy\nreview_by: {day}\n---\nText.\n"
USED = "month,dataset,views,downloads\n2025-06,trees,100,10\n2025-07,trees,5,1\n2026-06,trees,7,2\n"
FILED = {
    "commitments/budget.yaml": COMMITMENT.format(due="2026-06-29", state="promised"),
    "requests/benches.yaml": REQUEST.format(state="open"),
    "uses/map.yaml": "title: A map\nkind: app\nby: A class\ndate: 2026-03-01\ndatasets: [trees]\nchange: More shade.\n",
    "policy/board.md": MEETING.format(held="2026-06-01", text="Minutes."),
    "policy/policy.md": RULE.format(day="2026-06-30"),
    "guides/shade.md": "---\ntitle: Find shade\ndatasets: [trees]\ntopics: [nature]\nreviewed: 2026-05-01\n---\nLook.\n",
}
EVERYTHING = with_files(a_city(), {**MEASURED, **FILED})


def trees(keys: str = "", beside: dict[str, str | bytes | None] | None = None, **build: object) -> Row:
    """The facts about the trees of the sound city with further keys in their record."""
    return row_of(a_city_with({"datasets/trees/dataset.yaml": TREES + keys, **(beside or {})}), "datasets", "trees", **build)


def without(key: str) -> Files:
    """The sound city whose trees lack a key of one line."""
    lines = [line for line in TREES.splitlines(keepends=True) if not line.startswith(f"{key}:")]
    return a_city_with({"datasets/trees/dataset.yaml": "".join(lines)})


def test_the_tables_are_those_that_a_check_may_ask() -> None:
    assert tuple(FACT_COLUMNS) == FACT_TABLES


def test_every_table_has_a_row_in_a_city_with_everything() -> None:
    facts = practised_city(EVERYTHING).practice.facts

    assert [name for name, table in facts.items() if not table.rows] == []


def test_every_value_is_of_its_columns_type_and_every_column_is_there() -> None:
    facts = practised_city(EVERYTHING).practice.facts

    wrong = [(name, column, row[column]) for name, table in facts.items() for row in table.rows
             for column, declared in FACT_COLUMNS[name].items()
             if row[column] is not None and (not isinstance(row[column], TYPES[declared.type])
                                             or (declared.type == "integer" and isinstance(row[column], bool)))]
    assert wrong == []
    assert [name for name, table in facts.items() if tuple(table.columns) != tuple(FACT_COLUMNS[name])] == []


def test_ids_tell_every_row_of_a_table_from_the_others() -> None:
    facts = practised_city(EVERYTHING).practice.facts

    assert [name for name, table in facts.items() if len({row["id"] for row in table.rows}) < len(table.rows)] == []


def test_every_column_says_in_a_sentence_what_it_means() -> None:
    said = [column.says for columns in FACT_COLUMNS.values() for column in columns.values()]

    assert [each for each in said if not each.endswith(".") or not each[0].isalpha()] == []


@pytest.mark.parametrize(("key", "column"), [
    ("title", "has_title"), ("summary", "has_description"), ("publisher", "has_publisher"), ("keywords", "has_keywords"),
    ("frequency", "has_frequency"), ("modified", "has_modified"),
])
def test_what_a_record_has_and_lacks_is_seen(key: str, column: str) -> None:
    assert (trees()[column], row_of(without(key), "datasets", "trees")[column]) == (True, False)


@pytest.mark.parametrize(("keys", "column"), [
    ("known_limits: No private trees.\n", "has_limits"), ("each_row_is: One tree\n", "has_row_meaning"),
    ("spatial: Example City\n", "has_spatial"), ("temporal: {start: 2016}\n", "has_temporal"),
    ("sensitivity: public\n", "has_sensitivity"), ("system_of_record: Cityworks\n", "has_system"),
    ("value: high\n", "has_value"),
    ("anonymity: [{quasi_identifiers: [species]}]\n", "has_anonymity"),
])
def test_what_a_record_may_have_is_seen(keys: str, column: str) -> None:
    assert (trees()[column], trees(keys)[column]) == (False, True)


def test_a_dataset_is_inventoried_with_five_things_and_not_with_four() -> None:
    four, five = "sensitivity: public\n", "sensitivity: public\nsystem_of_record: Cityworks\n"

    assert (trees(four)["is_inventoried"], trees(five)["is_inventoried"]) == (False, True)


@pytest.mark.parametrize(("license_id", "is_open"), [("cc0", True), ("odbl-1.0", True), ("cc-by-nc-4.0", False), ("own", False),
                                                     ("own-open", True)])
def test_a_license_is_open_by_the_open_definition(license_id: str, is_open: bool) -> None:
    own: dict[str, str | bytes | None] = {"licenses/own.yaml": "title: City terms\n",
                                          "licenses/own-open.yaml": "title: As CC\nspdx: CC-BY-4.0\n"}

    assert trees(f"license: {license_id}\n", own)["is_open_license"] is is_open


@pytest.mark.parametrize(("title", "has_license"), [("City terms", True), ("License Not Specified", False)])
def test_a_license_that_says_that_there_is_none_is_none(title: str, has_license: bool) -> None:
    assert trees("license: own\n", {"licenses/own.yaml": f"title: {title}\n"})["has_license"] is has_license


@pytest.mark.parametrize(("day", "is_current"), [(date(2027, 1, 1), True), (date(2027, 1, 2), False)],
                         ids=["12 months", "more"])
def test_data_is_current_for_twelve_months(day: date, is_current: bool) -> None:
    assert trees(now=datetime(day.year, day.month, day.day, tzinfo=UTC))["is_current"] is is_current


def test_a_dictionary_is_whole_when_every_column_has_a_meaning() -> None:
    bare = TREES.replace("{title: How tall it is, type: number,", "{type: number,")
    row = row_of(a_city_with({"datasets/trees/dataset.yaml": bare}), "datasets", "trees")

    assert (row["columns"], row["columns_described"], row["has_dictionary"]) == (2, 1, False)
    assert (trees()["columns_described"], trees()["has_dictionary"]) == (2, True)


def test_a_dataset_that_is_not_published_has_the_columns_of_its_dictionary() -> None:
    row = trees("status: planned\nreason: Soon.\nrelease: {on: 2026-06-29}\n")

    assert (row["columns"], row["files"], row["tables"], row["rows"]) == (2, 0, 0, None)
    assert (row["has_release_plan"], row["is_release_overdue"], row["has_reason"]) == (True, True, True)


def test_a_release_is_not_overdue_on_its_day() -> None:
    assert trees("status: planned\nreason: Soon.\nrelease: {on: 2026-06-30}\n")["is_release_overdue"] is False


REVIEW = "release_review: {{benefit: Shade., risk: None., level: low, reviewer: Office, on: {on}, expires: {expires}}}\n"


@pytest.mark.parametrize(("on", "expires", "is_reviewed"), [
    ("2026-06-30", "2027-01-01", True), ("2026-07-01", "2027-01-01", False), ("2025-01-01", "2026-06-30", True),
    ("2025-01-01", "2026-06-29", False),
], ids=["today", "tomorrow", "expires today", "expired"])
def test_a_review_counts_until_it_expires(on: str, expires: str, is_reviewed: bool) -> None:
    assert trees(REVIEW.format(on=on, expires=expires))["is_reviewed"] is is_reviewed


def test_rows_and_formats_are_those_of_the_files() -> None:
    row = trees()

    assert (row["files"], row["tables"], row["rows"], row["formats"]) == (1, 1, 3, "CSV")
    assert (row["is_machine_readable"], row["is_open_format"], row["has_bulk"]) == (True, True, True)


def test_a_document_is_neither_machine_readable_nor_open() -> None:
    keys = TREES[:TREES.index("files:")] + "files: [{path: trees.pdf}]\n"
    files = a_city_with({"datasets/trees/dataset.yaml": keys, "datasets/trees/trees.csv": None,
                         "datasets/trees/trees.pdf": b"%PDF-1.7\n"})
    row = row_of(files, "datasets", "trees")

    assert (row["is_machine_readable"], row["is_open_format"], row["has_bulk"], row["tables"]) == (False, False, True, 0)


def test_a_sample_is_no_whole_file_and_its_rows_do_not_count() -> None:
    keys = TREES.replace("  - path: trees.csv\n", "  - {sample: trees.csv, title: Trees, missing: It was lost.}\n")
    files = a_city_with({"datasets/trees/dataset.yaml": keys.replace(", missing: It was lost.", ", url: 'https://example.gov/t.csv'")})
    row = row_of(files, "datasets", "trees")

    assert (row["rows"], row["has_bulk"], row["is_machine_readable"]) == (None, True, True)


def test_rows_are_valid_when_every_check_of_them_passes() -> None:
    broken = trees(beside={"datasets/trees/trees.csv": f"{CSV}oak,-1\n"})
    planned = trees("status: planned\nreason: Soon.\n")

    assert [row["has_valid_rows"] for row in (trees(), broken, planned)] == [True, False, None]


def test_checks_of_health_that_could_be_answered_are_counted() -> None:
    assert trees(beside={"datasets/trees/trees.csv": "species,height\n,\n"})["health_passed"] < trees()["health_passed"]  # type: ignore[operator]


def test_what_names_a_dataset_is_counted() -> None:
    row = row_of(EVERYTHING, "datasets", "trees")

    assert (row["uses"], row["guides"], row["requests"], row["measures"]) == (1, 1, 0, 0)
    assert [row_of(EVERYTHING, "datasets", "repairs")[name] for name in ("measures", "goals")] == [1, 1]


def test_use_is_counted_in_the_twelve_months_up_to_the_newest() -> None:
    counted = trees(beside={"usage.csv": USED})

    assert [(row["views"], row["downloads"]) for row in (counted, trees())] == [(12, 3), (None, None)]


PLACES = "datasets/trees/trees.csv"


def test_coordinates_are_places_and_places_are_areas() -> None:
    rows = "species,height,latitude,longitude\noak,12.5,35.2,-80.8\n"
    keys = "  latitude: {title: North, type: number}\n  longitude: {title: East, type: number}\n"

    assert [(row["has_places"], row["is_by_area"]) for row in (trees(keys, {PLACES: rows}), trees())] == \
        [(True, True), (False, False)]


SQUARE = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}'
SHAPES = ('{"type": "FeatureCollection", "features": [' + ", ".join(
    f'{{"type": "Feature", "properties": {{"district": {number}, "member": "{name}"}}, "geometry": {SQUARE}}}'
    for number, name in ((1, "A"), (2, "A"))) + "]}")
DISTRICTS = ("title: Districts\nsummary: Where they are.\npublisher: parks\nkeywords: x\nmodified: 2026-01-01\n"
             "files: [{path: districts.geojson}]\ncolumns:\n  district: {title: Number}\n  member: {title: Who}\n"
             "  geometry: {title: Where}\n")
MAPS: dict[str, str | bytes | None] = {"datasets/districts/dataset.yaml": DISTRICTS,
                                       "datasets/districts/districts.geojson": SHAPES}


@pytest.mark.parametrize(("key", "is_by_area"), [("{dataset: districts, column: district}", True),
                                                 ("{dataset: districts, column: member}", False)],
                         ids=["what tells areas apart", "what does not"])
def test_a_column_that_refers_to_areas_of_a_map_shows_rows_by_area(key: str, is_by_area: bool) -> None:
    keys = TREES.replace("{title: What kind of tree it is}", f"{{title: Where, foreign_key: {key}}}")
    rows = CSV.replace("oak", "1").replace("maple", "2").replace("elm", "1")

    files = a_city_with({**MAPS, "datasets/trees/dataset.yaml": keys, PLACES: rows})

    assert row_of(files, "datasets", "trees")["is_by_area"] is is_by_area


@pytest.mark.parametrize(("record", "names"), [
    (DISTRICTS, ("district", "people")),
    (DISTRICTS.replace("districts.geojson}", "districts.geojson, primary_key: [district]}"), ("district",)),
], ids=["a measurement tells them apart by chance", "the declared column alone"])
def test_of_a_map_the_columns_that_name_its_areas_are_those_of_areas(record: str, names: tuple[str, ...]) -> None:
    columns = "  people: {title: How many, type: integer}\n  miles: {title: How large, type: number}\n"
    shapes = SHAPES.replace('"district": 1', '"district": 1, "people": 10, "miles": 1.5').replace(
        '"district": 2', '"district": 2, "people": 20, "miles": 2.5')
    catalog = practised_city(a_city_with({**MAPS, "datasets/districts/dataset.yaml": record + columns,
                                          "datasets/districts/districts.geojson": shapes}))

    assert columns_of_areas(catalog)["districts"] == names


def test_a_column_of_a_measure_that_names_no_area_shows_rows_by_group() -> None:
    by_kind = ON_TIME.replace("  date: closed\n", "  date: closed\n  by: [kind]\n")
    files = with_files(EVERYTHING, {"measures/on-time/measure.yaml": by_kind})

    assert [row_of(each, "datasets", "repairs")["is_by_group"] for each in (EVERYTHING, files)] == [False, True]
    assert [row_of(files, "measures", "on-time")[name] for name in ("is_disaggregated", "groups")] == [True, 1]


def test_sensitive_columns_are_listed_among_columns() -> None:
    keys = TREES.replace("{title: What kind of tree it is}", "{title: Kind, sensitive: true}")
    rows = practised_city(a_city_with({"datasets/trees/dataset.yaml": keys})).practice.facts["columns"].rows

    assert [(row["id"], row["is_sensitive"], row["filled_share"]) for row in rows] == [
        ("trees/trees.csv/height", False, 0.6667), ("trees/trees.csv/species", True, None)]


def test_a_publisher_is_counted_by_what_it_answers_for() -> None:
    row = row_of(EVERYTHING, "publishers", "parks")

    assert [row[name] for name in ("datasets", "published", "planned", "late")] == [2, 2, 0, 0]
    assert [row[name] for name in ("goals", "measures", "requests", "requests_open")] == [1, 1, 1, 1]


def test_the_share_of_publishers_in_the_inventory_is_told() -> None:
    files = with_files(EVERYTHING, {"publishers/roads.yaml": "title: Roads\n", "publishers/water.yaml": "title: Water\n"})
    row = row_of(files, "site", "site")

    assert (row["publishers"], row["publishers_inventoried"], row["share_inventoried"]) == (3, 1, 0.3333)


@pytest.mark.parametrize(("due", "state", "is_overdue", "days_late"), [
    ("2026-06-30", "promised", False, 0), ("2026-06-29", "under-way", True, 1), ("2026-06-29", "kept", False, 1),
], ids=["on its day", "after it", "settled"])
def test_a_commitment_is_overdue_after_its_day_until_it_is_settled(due: str, state: str, is_overdue: bool,
                                                                   days_late: int) -> None:
    files = with_files(EVERYTHING, {"commitments/budget.yaml": COMMITMENT.format(due=due, state=state)})
    row = row_of(files, "commitments", "budget")

    assert (row["is_overdue"], row["days_late"]) == (is_overdue, days_late)


def test_a_commitment_without_a_day_is_never_late() -> None:
    files = with_files(EVERYTHING, {"commitments/budget.yaml": "title: B\nowner: parks\npromised: 2026-01-01\n"})
    row = row_of(files, "commitments", "budget")

    assert (row["is_overdue"], row["days_late"]) == (False, None)


def promising(days: int | None, keys: str = "", state: str = "open") -> Row:
    """A request from the first of June, where the city promises an answer within so many days."""
    site = SITE + (f"requests: {{days: {days}}}\n" if days else "")
    return row_of(with_files(EVERYTHING, {"site.yaml": site, "requests/benches.yaml": REQUEST.format(state=state) + keys}),
                  "requests", "benches")


@pytest.mark.parametrize(("days", "is_late"), [(29, False), (28, True), (None, None)], ids=["at", "past", "nothing promised"])
def test_a_request_that_waits_is_late_past_the_days_that_are_promised(days: int | None, is_late: bool | None) -> None:
    row = promising(days)

    assert (row["days_open"], row["days_to_answer"], row["is_late"]) == (29, None, is_late)


def test_a_request_that_was_answered_waits_no_more() -> None:
    row = promising(10, "answered: 2026-06-11\nanswer: Here.\n", "answered")

    assert (row["days_open"], row["days_to_answer"], row["is_late"], row["has_answer"]) == (None, 10, False, True)


def test_a_request_that_was_withdrawn_was_neither_in_time_nor_late() -> None:
    row = promising(5, "answered: 2026-06-11\n", "withdrawn")

    assert (row["days_open"], row["days_to_answer"], row["is_late"]) == (None, None, None)


@pytest.mark.parametrize(("held", "counted"), [("2025-06-30", 1), ("2025-06-29", 0), ("2026-06-30", 1), ("2026-07-01", 0)])
def test_meetings_of_the_last_twelve_months_are_counted(held: str, counted: int) -> None:
    files = with_files(EVERYTHING, {"policy/board.md": MEETING.format(held=held, text="Minutes.")})

    assert row_of(files, "site", "site")["meetings_last_year"] == counted


def test_a_meeting_without_a_text_has_no_minutes() -> None:
    files = with_files(EVERYTHING, {"policy/board.md": MEETING.format(held="2026-06-01", text="\n")})
    row = row_of(files, "site", "site")

    assert (row["meetings_last_year"], row["minutes_last_year"], row["policies"]) == (1, 0, 1)


@pytest.mark.parametrize(("day", "is_current"), [("2026-06-30", True), ("2026-06-29", False)])
def test_a_rule_is_current_until_it_has_to_be_looked_at(day: str, is_current: bool) -> None:
    files = with_files(EVERYTHING, {"policy/policy.md": RULE.format(day=day)})

    assert row_of(files, "rules", "policy")["is_current"] is is_current


def test_a_goal_and_its_measure_share_the_days_of_reviews() -> None:
    assert [row_of(EVERYTHING, table, identifier)["days_since_review"]
            for table, identifier in (("goals", "smooth-streets"), ("measures", "on-time"))] == [41, 41]


def test_a_measure_without_values_is_not_current() -> None:
    bare = with_files(EVERYTHING, {"datasets/repairs/repairs.csv": "closed,kind,days,district\n",
                                   "datasets/repairs/dataset.yaml": REPAIRS})

    assert [row_of(each, "goals", "smooth-streets")["has_current_measure"] for each in (EVERYTHING, bare)] == [True, False]


def test_a_column_tells_which_shared_one_it_follows_and_what_it_refers_to() -> None:
    beside = {"columns/kind.yaml": "title: Species\n", "datasets/kinds/dataset.yaml": TREES, "datasets/kinds/trees.csv": CSV}
    keys = "columns:\n  species: {standard: kind, foreign_key: {dataset: kinds, column: species}}\n"
    row = row_of(a_city_with({**beside, "datasets/trees/dataset.yaml": TREES.partition("columns:")[0] + keys}), "columns",
                 "trees/trees.csv/species")

    assert (row["shared"], row["refers_to"]) == ("kind", "kinds/species")


def test_a_dataset_tells_whether_it_follows_a_standard_of_its_field() -> None:
    assert trees()["has_field_standard"] is False
    assert trees("conforms_to: https://gtfs.org/documentation/schedule/\n")["has_field_standard"] is True


def test_a_table_is_made_when_it_is_first_asked_for_and_then_the_same() -> None:
    asked = list[str]()

    def rows() -> list[Row]:
        asked.append("site")
        return []

    tables = FactsTables({"site": rows})

    assert ("site" in tables, "datasets" in tables, list(tables), len(tables), asked) == (True, False, ["site"], 1, [])
    assert tables["site"] is tables["site"]
    assert asked == ["site"]


def test_tables_go_from_one_process_to_another_with_their_catalog() -> None:
    practice = practised_city(a_city()).practice

    assert pickle.loads(pickle.dumps(practice)).facts["site"] == practice.facts["site"]
