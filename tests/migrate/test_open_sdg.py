"""Open SDG comes over whole: each indicator as a dataset, and as measures that come out of its own rows."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from cityfolio.files import FolderTree, MemoryTree
from cityfolio.migrate.formats import importer
from cityfolio.migrate.open_sdg.importer import import_open_sdg
from cityfolio.migrate.open_sdg.years import times_of
from cityfolio.migrate.source import Source, Wishes
from measures.making import measured_city
from migrate.imports import TODAY, errors, totals, whys
from migrate.indicators import ROWS, a_record, a_source, computed, from_open_sdg, measured, said
from migrate.portals import Said, in_json
from migrate.troubled import EVERY_OTHER, run

OPTIONS = "progress_calculation_options:\n- {direction: negative, target: 10, base_year: 2015, target_year: 2030}\n"


def test_an_indicator_becomes_a_dataset_with_its_rows_and_their_dictionary():
    files = a_source(meta="national_geographical_coverage: Springfield\ndata_keywords: roads, safety\n")
    result = from_open_sdg(files)

    assert result.files["datasets/3-6-1/dataset.yaml"] == (
        "title: Deaths on our streets\nkeywords: [roads, safety]\nmodified: 2018-01-01\nspatial: Springfield\n"
        "identifier: 3.6.1\nfiles:\n  - path: indicator-3-6-1.csv\n    title: All rows\n    format: CSV\ncolumns:\n"
        "  Year: {type: year}\n  Sex: {type: string}\n  Value: {type: number, unit: Deaths}\n"
        "notes:\n  Computation units: Deaths\n")
    assert result.copies == {"datasets/3-6-1/indicator-3-6-1.csv": "data/indicator_3-6-1.csv"}
    assert errors(result, files) == []


def test_an_indicator_becomes_a_measure_of_the_rows_without_a_disaggregation():
    assert measured() == {
        "title": "Deaths on our streets", "goal": "3", "type": "outcome", "unit": "Deaths", "direction": "watch",
        "period": {"grain": "year"}, "order": "1", "formerly": ["/3-6-1/"], "notes": {"Target": "3.6"},
        "compute": {"dataset": "3-6-1", "where": "`Sex` is null", "date": "Year", "mean": "Value"}}


def test_a_measure_comes_out_of_the_rows():
    (_, values), = computed(a_source()).values()

    assert values == {"2015": 20, "2016": 18, "2017": 15}


def test_goals_have_words_and_stand_under_a_priority_and_an_owner():
    result = from_open_sdg(a_source())

    assert a_record(result, "goals/3.yaml") == {
        "title": "People of every age live in good health", "priority": "people", "owner": "our-indicators",
        "plan": "https://sdgs.un.org/goals/goal3", "order": "3"}
    assert a_record(result, "priorities/people.yaml")["title"] == "People"
    assert a_record(result, "publishers/our-indicators.yaml") == {"title": "Our indicators"}


def test_words_come_from_translations_where_the_source_has_them():
    files = a_source(meta="target_name: global_targets.3-6-title\n",
                     translations__en__global_goals__x="", **{
                         "translations__en__global_goals.yml": "3-short: Well-being\n",
                         "translations__en__global_targets.yml": "3-6-title: Halve deaths on roads\n"})
    result = from_open_sdg(files)

    assert a_record(result, "goals/3.yaml")["title"] == "Well-being"
    assert a_record(result)["notes"]["Target"] == "3.6: Halve deaths on roads"


def test_a_goal_of_another_numbering_gets_a_goal_of_its_own():
    result = from_open_sdg({"data/indicator_A-1.csv": ROWS, "meta/A-1.yml": "indicator_available: Trees\n"})

    assert a_record(result, "goals/a.yaml") == {"title": "Goal A", "owner": "our-indicators"}
    assert a_record(result, "measures/a-1/measure.yaml")["goal"] == "a"


def test_options_of_the_automatic_progress_become_direction_baseline_and_target():
    found = measured(meta=OPTIONS)

    assert (found["direction"], found["baseline"]) == ("down", {"period": "2015", "value": "20"})
    assert [(each["until"], each["value"]) for each in found["targets"]] == [("2030", "10")]


def test_a_measure_with_a_target_has_a_status():
    measure, _ = computed(a_source(meta=OPTIONS))["3-6-1"]

    assert (measure.standing.status, measure.standing.period) == ("on-track", "2017")


@pytest.mark.parametrize(("meta", "made"), [
    ("graph_target_lines:\n- value: 10\n", ("down", [("2030", "10")])),
    ("graph_target_lines:\n- {value: 30, label_content: Goal for 2025}\n", ("up", [("2025", "30")])),
    ("graph_annotations:\n- {value: 10, preset: target_line}\n- {value: 3}\n", ("down", [("2030", "10")])),
    ("target_value: 0\ntarget_year: 2040\n", ("down", [("2040", "0")])),
    ("progress_calculation_options:\n- direction: positive\n", ("up", [])),
    ("progress_calculation_options:\n- {direction: negative, target: 10}\ngraph_target_lines:\n- value: 10\n",
     ("down", [("2030", "10")])),
    ("progress_calculation_options:\n- group:\n  - {direction: positive, target: 40}\n", ("up", [("2030", "40")])),
    ("progress_calculation_options:\n- {series: Another one, target: 10}\n", ("watch", [])),
    ("progress_calculation_options:\n- {target: fewer}\n", ("down", [])),
    ("graph_target_lines:\n- value: 10\n- value: 30\n", ("watch", [])),
], ids=["line", "line above", "annotation", "alone", "no number", "told twice", "in a group", "of another series", "in words",
        "on both sides"])
def test_targets_are_taken_from_wherever_they_stand(meta, made):
    files = a_source(meta=meta)
    result = from_open_sdg(files)
    found = a_record(result)

    assert (found["direction"], [(each["until"], each["value"]) for each in found.get("targets", [])]) == made
    assert errors(result, files) == []


def test_a_baseline_that_is_better_than_the_target_is_named_and_left_out():
    result = from_open_sdg(a_source(meta="progress_calculation_options:\n- {direction: negative, target: 25}\n"))

    assert "baseline" not in a_record(result)
    assert ("progress_calculation_options", "a baseline that is not worse than the target, so it is no way to it",
            "20 in 2015") in said(result, "left-out")


def test_what_was_not_told_of_a_target_is_said_in_it_and_in_the_report():
    result = from_open_sdg(a_source(meta=OPTIONS))
    target, = a_record(result)["targets"]

    assert (target["set_on"], target["set_by"]) == ("2015-09-25", "Not told where it was brought over from")
    assert "a target without the day on which it was set" in whys(result)


def test_each_series_and_unit_is_a_measure_of_its_own():
    rows = ("Year,Series,Units,Sex,Value\n2015,Deaths,Number,,20\n2015,Deaths,Percent,,2\n2015,Injuries,Number,,90\n"
            "2015,Injuries,Number,F,40\n2015,Costs,Dollars,F,7\n")
    result = from_open_sdg(a_source(rows, "graph_titles:\n- {series: Injuries, title: All who were hurt}\n"))
    made = {path.split("/")[1]: a_record(result, path) for path in result.files if path.startswith("measures/")}

    assert {name: (each["title"], each["unit"], each["compute"]["where"]) for name, each in made.items()} == {
        "3-6-1": ("Deaths on our streets: Deaths", "Deaths",
                  "`Series` == 'Deaths' and `Units` == 'Number' and `Sex` is null"),
        "3-6-1-deaths-percent": ("Deaths on our streets: Deaths, Percent", "percent",
                                 "`Series` == 'Deaths' and `Units` == 'Percent' and `Sex` is null"),
        "3-6-1-injuries": ("All who were hurt", "Deaths", "`Series` == 'Injuries' and `Units` == 'Number' and `Sex` is null"),
    }
    assert ("Series", "a series without a total, so it has no measure; its rows came over", "Costs") in said(result, "missing")


def test_the_series_that_was_shown_first_is_the_first_measure():
    rows = "Year,Series,Value\n2015,Deaths,20\n2015,Injuries,90\n"
    found = measured(rows, "data_start_values:\n- {field: Series, value: Injuries}\n")

    assert found["compute"]["where"] == "`Series` == 'Injuries'"


def test_without_a_total_the_rows_that_were_shown_first_are_measured():
    rows = "Year,Place,Value\n2015,City,20\n2015,County,90\n"
    files = a_source(rows, "data_start_values:\n- {field: Place, value: City}\n")
    (_, values), = computed(files).values()

    assert values == {"2015": 20}
    assert "no row without a disaggregation, so those that were shown first are measured" in whys(from_open_sdg(files))


def test_without_a_total_there_is_no_measure_and_the_report_says_so():
    files = a_source("Year,Place,Value\n2015,City,20\n")
    result = from_open_sdg(files)

    assert not any(path.startswith("measures/") for path in result.files)
    assert "no row without a disaggregation that has a year and a value, so there is no measure" in whys(result)
    assert a_record(result, "datasets/3-6-1/dataset.yaml")["formerly"] == ["/3-6-1/"]
    assert errors(result, files) == []


def test_of_several_rows_of_one_year_the_mean_is_taken_and_the_report_names_the_year():
    files = a_source("Year,Sex,Value\n2015,,20\n2015,,21\n2016,,18\n")
    (_, values), = computed(files).values()

    assert values == {"2015": 20.5, "2016": 18}
    assert ("(rows)", "several rows of one period, of which the mean is taken", "2015") in said(
        from_open_sdg(files), "doubtful")


@pytest.mark.parametrize(("years", "grain", "periods"), [
    (["2015/16", "2016/17"], "fiscal-year", ["FY2016", "FY2017"]),
    (["2015 to 2016", "2016 to 2017"], "fiscal-year", ["FY2016", "FY2017"]),
    (["2003-05", "2004-06"], "year", ["2005", "2006"]),
    (["2012-14"], "year", ["2014"]),
    (["2015-01", "2015-02", "2015-04"], "month", ["2015-01", "2015-02", "2015-04"]),
    (["2015 Q1", "Q2 2015"], "quarter", ["2015-Q1", "2015-Q2"]),
    (["Jan 2015", "2015 February"], "month", ["2015-01", "2015-02"]),
    (["2015-03-31", "2016-03-31"], "year", ["2015", "2016"]),
    (["2015.0", "2016.0"], "year", ["2015", "2016"]),
], ids=["fiscal years", "years in words", "spans", "one span", "months", "quarters", "named months", "days", "decimals"])
def test_years_of_every_form_are_periods(years, grain, periods):
    files = a_source("Year,Value\n" + "".join(f"{year},{number}\n" for number, year in enumerate(years)))
    (_, values), = computed(files).values()

    assert a_record(from_open_sdg(files))["period"]["grain"] == grain
    assert [period for period, value in values.items() if value is not None] == periods


def test_a_time_that_cannot_be_read_stays_in_the_rows_and_is_named():
    files = a_source("Year,Value\n2015,20\n1974a,1\n2016/17,3\n2016,4\n")
    result = from_open_sdg(files)
    (_, values), = computed(files).values()

    assert values == {"2015": 20, "2016": 4}
    assert result.files["datasets/3-6-1/indicator-3-6-1.csv"] == (
        "Year,Value,Period\n2015,20,2015-01-01\n1974a,1,\n2016/17,3,\n2016,4,2016-01-01\n")
    assert {before for field, _, before in said(result, "doubtful") if field == "Year"} == {"1974a", "2016/17"}


def test_a_value_that_is_no_number_stays_in_the_rows_and_is_named():
    files = a_source('Year,Value\n2015,"1,234.5"\n2016,<5\n2017,12%\n2018,\n')
    result = from_open_sdg(files)
    (_, values), = computed(files).values()

    assert {period: value for period, value in values.items() if value is not None} == {"2015": 1234.5, "2017": 12}
    assert ("Value", "no number, so it stays in its column and no measure counts it", "<5") in said(result, "doubtful")
    assert errors(result, files) == []


def test_a_table_that_nobody_could_read_is_mended_cell_by_cell():
    rows = "\ufeffYear ,Sex, Value,,\n2015, ,20,,\n,,,,\n2016,F,8\n2016,,18,,late\n"
    files = a_source(rows)
    result = from_open_sdg(files)
    (_, values), = computed(files).values()

    assert values == {"2015": 20, "2016": 18}
    assert result.files["datasets/3-6-1/indicator-3-6-1.csv"] == (
        "Year,Sex,Value,Column 5\n2015,,20,\n2016,F,8,\n2016,,18,late\n")
    assert totals(result)["rows"] == (4, 3)
    assert errors(result, files) == []


@pytest.mark.parametrize("rows", [
    b"Year;Value\n2015;20\n", "Year,Ville,Value\n2015,,20\n2015,Qu\xe9bec,8\n".encode("cp1252"),
    b"YEAR,VALUE\n2015,20\n", b"Year,Sex,Sex,Value\n2015,,,20\n",
    b"Year,Sex,Value\r2015,,20\r2015,F,8\r",
], ids=["semicolons", "Windows-1252", "capitals", "a name twice", "old line ends"])
def test_tables_of_other_habits_are_read(rows):
    files = a_source(rows)
    (_, values), = computed(files).values()

    assert values == {"2015": 20}
    assert errors(from_open_sdg(files), files) == []


@pytest.mark.parametrize("rows", ["", "\n", "Year,Value\n", "a,b\n1,2\n", '"', "Year,Value\n,\n"],
                         ids=["nothing", "a line", "a header", "other columns", "a quotation mark", "a blank row"])
def test_a_table_without_anything_to_measure_comes_over_without_a_measure(rows):
    result = from_open_sdg(a_source(rows))

    assert "datasets/3-6-1/dataset.yaml" in result.files
    assert not any(path.startswith("measures/") for path in result.files)


def test_an_indicator_without_rows_is_planned():
    files = a_source(None)
    result = from_open_sdg(files)

    assert (a_record(result, "datasets/3-6-1/dataset.yaml")["status"], errors(result, files)) == ("planned", [])


def test_nothing_is_measured_of_an_indicator_that_was_not_published():
    files = a_source(meta="published: false\n")
    result = from_open_sdg(files)

    assert a_record(result, "datasets/3-6-1/dataset.yaml")["status"] == "planned"
    assert not any(path.startswith("measures/") for path in result.files)


def test_rows_without_metadata_come_over_too():
    files = a_source(meta=None)
    (_, values), = computed(files).values()

    assert values == {"2015": 20, "2016": 18, "2017": 15}
    assert a_record(from_open_sdg(files))["title"] == "Indicator 3.6.1"


def test_breaks_stand_at_the_period_behind_their_line():
    found = measured(meta="graph_series_breaks:\n- {value: 0.5, label_content: New forms}\n- value: 9\n")

    assert found["breaks"] == [{"period": "2016", "reason": "New forms"}]


def test_a_multiplier_is_part_of_the_unit():
    found = measured("Year,Unit multiplier,Unit measure,Value\n2015,Thousands,Tonnes,20\n")

    assert found["unit"] == "thousands of Tonnes"


@pytest.mark.parametrize(("value", "unit"), [("20", "percent"), ("120", "Percentage (%)")], ids=["a share", "a growth"])
def test_only_a_share_is_a_percent(value, unit):
    assert measured(f"Year,Units,Value\n2015,Percentage (%),{value}\n")["unit"] == unit


def test_sources_become_publisher_contact_and_notes():
    source = ("source_active_1: true\nsource_organisation_1: City police\nsource_contact_1: p@example.gov\n"
              "source_periodicity_1: Annual\nsource_other_info_1: <p>By hand.</p>\nsource_active_2: false\n")
    record = a_record(from_open_sdg(a_source(meta=source)), "datasets/3-6-1/dataset.yaml")

    assert (record["publisher"], record["contact"]) == ("city-police", {"email": "p@example.gov"})
    assert record["frequency"] == "yearly"
    assert record["notes"]["Source 1"].strip() == ("active: true; organisation: City police; contact: p@example.gov; "
                                           "periodicity: Annual; other info: By hand.")


def test_values_with_quotation_marks_and_columns_with_spaces_are_measured():
    files = a_source("Year,Kind of series,Series,Value\n2015,,O'Hare's,20\n2015,,Other,3\n")
    found = computed(files)

    assert found["3-6-1"][1] == {"2015": 20}


def test_metadata_of_older_versions_are_read_too():
    older = "indicator: 11.1.1\nindicator_name: Homes\ntarget: Homes for all\ntarget_id: '11.1'\npermalink: /homes/\n"
    result = from_open_sdg({"meta/11-1-1.md": f"---\n{older}---\n", "data/indicator_11-1-1.csv": ROWS})
    found = a_record(result, "measures/11-1-1/measure.yaml")

    assert (found["goal"], found["formerly"]) == ("11", ["/11-1-1/", "/homes/"])
    assert found["notes"] == {"Target": "11.1: Homes for all"}


def test_a_column_that_no_expression_can_name_is_told_of():
    result = from_open_sdg(a_source("Year,a`b,Value\n2015,,20\n"))

    assert "a condition that is too long or has characters that no measure can hold" in whys(result)


def test_files_that_are_no_indicators_are_named():
    result = from_open_sdg(a_source(scripts__build__py="", **{"translations__fr__x.yml": "a: b\n", "README.md": "# Data\n"}))

    assert set(result.report.unread) == {"scripts/build/py", "translations/fr/x.yml"}


def test_metadata_that_cannot_be_read_is_a_problem_and_its_rows_come_over():
    result = from_open_sdg({"meta/3-6-1.md": "no front matter\n", "data/indicator_3-6-1.csv": ROWS})

    assert [each.code for each in result.problems] == ["source-unreadable"]
    assert "measures/3-6-1/measure.yaml" in result.files


def test_metadata_and_settings_in_two_folders_are_one_indicator():
    files = a_source(**{"indicator-config__3-6-1.yml": "graph_target_lines:\n- value: 10\nindicator_available: Other words\n"})
    result = from_open_sdg(files)

    assert a_record(result)["direction"] == "down"
    assert a_record(result, "datasets/3-6-1/dataset.yaml")["notes"]["Indicator available (indicator-config)"] == "Other words"


@pytest.mark.parametrize("files", [{}, {"data/readme.txt": "x"}], ids=["nothing", "something else"])
def test_a_folder_without_indicators_is_refused(files):
    result = from_open_sdg(files)

    assert ([each.code for each in result.problems], result.files) == (["source-unreadable"], {})


def test_a_built_site_is_asked_for_its_metadata_and_rows(tmp_path):
    meta = {"3-6-1": {"indicator_number": "3.6.1", "indicator_available": "Deaths", "graph_target_lines": [{"value": 10}]},
            "3-6-2": {"indicator_number": "3.6.2", "indicator_available": "Injuries"}}
    pages = {"/meta/all.json": in_json(meta), "/data/3-6-1.csv": Said(body=ROWS.encode())}
    found = run(import_open_sdg, pages, tmp_path / "a")
    again = run(import_open_sdg, pages, tmp_path / "b", dict.fromkeys(EVERY_OTHER, "dropped"))

    assert yaml.safe_load(found.files["measures/3-6-1/measure.yaml"])["direction"] == "down"
    assert found.rows == {"datasets/3-6-1/indicator-3-6-1.csv": ROWS.encode()}
    assert yaml.safe_load(found.files["datasets/3-6-2/dataset.yaml"])["status"] == "planned"
    assert again.files == found.files


def test_a_site_in_several_languages_is_read_in_english_and_pages_in_place_of_rows_are_none(tmp_path):
    meta = {"3-6-1": {"indicator_available": "Deaths"}, "3-6-2": {"indicator_available": "Injuries"}, "stray": "x"}
    pages = {"/en/meta/all.json": in_json(meta), "/en/data/3-6-1.csv": Said(body=ROWS.encode()),
             "/en/data/3-6-2.csv": Said(body=b"<!doctype html><p>Not found")}
    found = run(import_open_sdg, pages, tmp_path)

    assert set(found.rows) == {"datasets/3-6-1/indicator-3-6-1.csv"}
    assert yaml.safe_load(found.files["datasets/3-6-2/dataset.yaml"])["status"] == "planned"
    assert set(found.imported.report.unread) == {"meta/all.json: stray"}


def test_a_site_that_has_no_metadata_is_refused(tmp_path):
    found = run(import_open_sdg, {}, tmp_path)

    assert ([each.code for each in found.imported.problems], found.files) == (["source-unreadable"], {})


class Broken(MemoryTree):
    """A folder in which some files cannot be read."""

    def nodes(self):
        return MemoryTree(self.files).nodes()

    def read(self, path):
        if path.startswith(("data/", "translations/")) or path.endswith("9.md"):
            raise OSError(5, "Input/output error")
        return super().read(path)


def test_files_that_cannot_be_read_are_named():
    files = a_source(**{"meta/3-6-9.md": "", "translations/en/x.yml": "a: b\n"})
    result = importer("open-sdg")(Source(tree=Broken(files)), Wishes(name="A", today=TODAY))

    assert [(each.code, each.where.path) for each in result.problems] == [
        ("source-unreadable", "meta/3-6-9.md"), ("source-unreadable", "translations/en/x.yml")]
    assert ("(rows)", "a file that is no table, so it is kept as it is") in [each[:2] for each in said(result, "doubtful")]


class Closed(MemoryTree):
    """A folder that cannot be listed."""

    def nodes(self):
        raise OSError(13, "Permission denied")


def test_a_folder_that_cannot_be_listed_is_refused():
    result = importer("open-sdg")(Source(tree=Closed({})), Wishes())

    assert [each.says for each in result.problems] == ["the folder cannot be read: Permission denied"]


def test_metadata_that_are_no_yaml_are_a_problem():
    result = from_open_sdg({"meta/3-6-1.yml": "- x\nb: c\n", "data/indicator_3-6-1.csv": ROWS})

    assert [each.says for each in result.problems] == ["it is not YAML: did not find expected '-' indicator"]


def test_of_two_files_of_rows_one_is_read_and_the_other_named():
    result = from_open_sdg(a_source(**{"data/3-6-1.csv": ROWS}))

    assert list(result.report.unread.values()) == ["a second file of rows for 3-6-1"]


def test_the_folder_with_most_indicators_is_read():
    files = {f"site/{path}": text for path, text in a_source().items()} | {"old/meta/1-1-1.md": "---\na: b\n---\n"}
    result = from_open_sdg(files)

    assert "measures/3-6-1/measure.yaml" in result.files
    assert list(result.report.unread) == ["old/meta/1-1-1.md"]


def test_what_a_repeated_key_hid_is_kept():
    record = a_record(from_open_sdg(a_source(meta="method: by hand\nmethod: by machine\n")), "datasets/3-6-1/dataset.yaml")

    assert [value for key, value in record["notes"].items() if key.startswith("Method")] == ["by machine", "by hand"]


def test_translations_that_are_no_yaml_are_named():
    result = from_open_sdg(a_source(**{"translations/en/x.yml": "{"}))

    assert list(result.report.unread) == ["translations/en/x.yml"]


def test_more_series_than_a_city_would_follow_are_measured_in_part_and_the_others_named():
    rows = "Year,Series,Value\n" + "".join(f"2015,S{number:02},{number}\n" for number in range(14))
    result = from_open_sdg(a_source(rows))

    assert totals(result)["measures"] == (12, 12)
    assert ("(rows)", "more than 12 series and units, of which the first are measured", "S12 ; S13") in [
        (field, why, before.replace(";", " ;")) for field, why, before in said(result, "left-out")]


def test_days_of_one_year_are_periods_of_a_day():
    assert times_of(["2015-03-31", "2015-06-30"]).grain == "day"


def test_the_site_gets_its_name_from_its_settings():
    result = from_open_sdg(a_source(**{"_config.yml": "title: Springfield counts\n"}), name="")

    assert a_record(result, "site.yaml")["name"] == "Springfield counts"
    assert a_record(result, "goals/3.yaml")["owner"] == "springfield-counts"


def test_decimals_and_titles_hold_for_the_series_that_they_name():
    rows = "Year,Series,Value\n2015,Deaths,20\n2015,Injuries,90\n"
    result = from_open_sdg(a_source(rows, "precision:\n- {series: Injuries, decimals: 2}\n"))

    assert a_record(result, "measures/3-6-1-injuries/measure.yaml")["decimals"] == "2"
    assert "decimals" not in a_record(result)


YEARS = st.sampled_from(["2015", "2016", "2015/16", "2003-05", "2015 Q1", "x", "", "0000", "2015-13", "99999"])
CELLS = st.sampled_from(["", "a", "b'c", "1", "-2.5", "1,5", "\u202e", "é", " "])
WORDS = st.sampled_from(["", "null", "10", "[1, 2]", "{a: b}", "- x", "<script>alert(1)</script>", "javascript:alert(1)",
                         "../../etc/passwd", "2026-99-99", "'\\u0000'", "[{value: 1, series: x}]", "[{target: 5, unit: [y]}]"])
KEYS = st.sampled_from(["progress_calculation_options", "graph_target_lines", "graph_series_breaks", "data_start_values",
                        "indicator_number", "sources", "source_url_1", "source_contact_1", "precision", "published", "license",
                        "graph_titles", "sdg_goal", "computation_units", "related_indicators", "data_keywords", "target_value"])


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(YEARS, CELLS, CELLS, CELLS), max_size=6), meta=st.dictionaries(KEYS, WORDS, max_size=4))
def test_whatever_stands_in_the_place_of_any_value_the_new_catalog_has_no_errors(rows, meta):
    out = io.StringIO()
    csv.writer(out).writerows([("Year", "Series", "Sex", "Value"), *rows])
    files = {"data/indicator_3-6-1.csv": out.getvalue(),
             "meta/3-6-1.yml": "".join(f"{key}: {value}\n" for key, value in meta.items())}
    result = from_open_sdg(files)

    assert errors(result, files) == []


def test_two_readings_of_a_short_form_are_told_apart_by_the_whole_column():
    assert times_of(["2003-05", "2004-06"]).grain == "year"
    assert times_of(["2003-05"]).grain == "month"


@pytest.fixture(scope="module")
def real(inputs):
    """The real indicators: their folder, and what the import makes of it."""
    folder = inputs / "open-sdg"
    source = Source(tree=FolderTree(folder), folder=folder.as_posix())
    return folder, importer("open-sdg")(source, Wishes(name="A", today=TODAY))


def city(folder, result):
    """The files of the new catalog."""
    return {**result.files, **{path: (folder / source).read_bytes() for path, source in result.copies.items()}}


def tables(folder):
    """The rows of each real indicator, read here on their own."""
    return {path.stem.removeprefix("indicator_"): list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
            for path in sorted((folder / "data").glob("*.csv"))}


def test_every_real_indicator_row_and_column_comes_over(real):
    folder, result = real
    written = city(folder, result)

    for name, rows in tables(folder).items():
        body = written[f"datasets/{name}/indicator-{name}.csv"]
        text = body if isinstance(body, str) else body.decode("utf-8-sig")
        brought = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [{key: row[key] for key in rows[0]} for row in brought] == [
            {key: cell.strip() for key, cell in row.items()} for row in rows]
        assert set(rows[0]) <= set(yaml.safe_load(result.files[f"datasets/{name}/dataset.yaml"])["columns"])
    assert totals(result)["rows"] == (14_935, 14_935)


def test_every_key_of_real_metadata_is_kept_or_named(real):
    folder, result = real
    told = Counter()
    for path in sorted((folder / "meta").glob("*.md")):
        record = result.files[f"datasets/{path.stem}/dataset.yaml"]
        words = " ".join(json.dumps(yaml.safe_load(record), ensure_ascii=False, default=str).split())
        report = next(each for each in result.report.records if each.path == f"datasets/{path.stem}/dataset.yaml")
        named = {part for entry in report.entries for part in entry.field.split(", ")}
        meta = yaml.load(path.read_text().split("\n---")[0].removeprefix("---"), yaml.BaseLoader)
        for key, value in meta.items():
            is_source = key.startswith("source_") and f"source_*_{key.rpartition('_')[2]}" in named
            is_kept = not value or key in named or is_source or str(value)[:40] in words or any(
                entry.startswith(key) for entry in named)
            told[key if not is_kept else "kept"] += 1

    assert set(told) == {"kept"}
    assert told["kept"] > 500


def test_the_real_indicators_have_no_errors_and_their_measures_show_their_series(real):
    folder, result = real
    files = city(folder, result)
    found = measured_city(files).by_id

    assert errors(result, {source: (folder / source).read_bytes() for source in result.copies.values()}) == []
    assert len(found) == 17
    assert min(sum(seen.value is not None for seen in each.overall.observations) for each in found.values()) > 8


def test_a_real_series_is_the_rows_of_the_total(real):
    folder, result = real
    observed = measured_city(city(folder, result)).by_id["3-6-1"].overall.observations
    expected = {row["Year"]: float(row["Value"]) for row in tables(folder)["3-6-1"]
                if not any(row[name] for name in ("Country", "Region", "Sex", "Age"))}

    assert {seen.period: float(seen.value) for seen in observed} == pytest.approx(expected)


def test_a_single_file_is_no_source():
    found = importer("open-sdg")(Source(tree=MemoryTree({"a.csv": ROWS}), path="a.csv"), Wishes())

    assert [each.code for each in found.problems] == ["source-unreadable"]
