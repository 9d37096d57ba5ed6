"""The figures that the pages about streets and neighborhoods state, worked out again from the rows.

Each function gives the phrases that one dataset's page must hold, with the numbers put in from its files.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from demonstration.charlotte_catalog import numbers, share, table

WINTER, EARLY = ("01", "02", "03"), ("02", "03")
REBUILT = {
    "The Plaza": "2021-06-01", "Parkwood Avenue": "2022-05-01", "West Boulevard": "2023-04-01", "Shamrock Drive": "2024-03-01",
}


def service_requests() -> Iterator[str]:
    """Requests, each once."""
    loaded = table("service-requests")
    each = loaded.drop_duplicates("request_id").assign(year=lambda row: row.received_at.str[:4])
    month, judged = each.received_at.str[5:7], each.on_time != ""
    late_2023 = each.received_at.str[:7].between("2023-09", "2024-03") & (each.department == "SWS")
    west, east = (each.council_district.isin(districts) for districts in (["2", "3"], ["1", "4", "5", "6", "7"]))
    leaves = each.request_type.isin(["YARD_WASTE", "MISSED_COLLECTION"])
    pothole, autumn = each.request_type == "POTHOLE", month.isin(["11", "12", "01"])
    fallen = (each.request_type == "TREE_DOWN") & each.received_at.str[:10].between("2024-08-13", "2024-09-26")
    by_year = each.groupby("year").channel
    phone, app = ([share(by_year.get_group(year) == channel) for year in ("2021", "2025")] for channel in ("PHONE", "APP"))
    on_time = [share((each.on_time == "true")[judged & part]) for part in (
        judged, late_2023 & west, late_2023 & east, leaves & autumn, leaves & ~autumn, pothole & month.isin(EARLY),
        pothole & ~month.isin(EARLY), fallen)]
    yield f"in 2021 phones brought {phone[0]} of all requests and the app {app[0]}"
    yield f"by 2025 it was {phone[1]} and {app[1]}"
    yield f"Overall, {on_time[0]} of requests are closed within their target"
    yield f"were on time {on_time[1]} of the time, in the other districts {on_time[2]}"
    yield f"drop to {on_time[3]} on time, from {on_time[4]} in the rest of the year"
    yield f"bring {share(month[pothole].isin(EARLY))} of the year's potholes"
    yield f"{on_time[5]} are filled in time then, {on_time[6]} in the other months"
    yield f"only {on_time[7]} of fallen trees were cleared on time"
    yield f"all {len(loaded) - len(each)} requests received that month"
    yield f"{len(loaded):,} rows hold {len(each):,} requests"
    yield f"{(each.latitude == '').sum()} phone requests from before October 2021"


def street_repairs() -> Iterator[str]:
    """Repairs."""
    repairs = table("street-repairs").assign(dollars=lambda row: row.cost.astype(float))
    holes = repairs[repairs.repair_type == "POTHOLE"]
    cost = repairs.groupby("repair_type").dollars.median()
    coarse = (repairs.repaired_on < "2022-07-01") & (repairs.asphalt_tons != "")
    yield f"potholes that crews find, {share((holes.working_days == '0')[holes.found_by == 'CREW'])} are filled the same day"
    reported = numbers(holes[holes.found_by == "RESIDENT"].working_days)
    yield {2: "takes two working days in the usual case"}[int(reported.median())]
    yield f"filled for {(repairs.request_id != '').sum():,} of the {len(repairs):,} repairs"
    yield f"so {share(holes.found_on.str[5:7].isin(WINTER))} of all potholes in this file were found in January"
    yield f"Half of the potholes cost less than ${int(cost['POTHOLE']) + 1}"
    yield {9: "about nine times as much"}[round(cost["SETTLEMENT"] / cost["POTHOLE"])]
    yield f"{coarse.sum():,} repairs are affected"


def traffic_crashes() -> Iterator[str]:
    """Crashes, with the four rebuilt corridors before and after."""
    crashes = table("traffic-crashes")
    opened = crashes.street.map(REBUILT)
    after = (crashes.crash_date >= opened)[opened.notna()]
    hurt = crashes.severity.isin(["K", "A", "B"])
    days = pd.Series(REBUILT).map(pd.Timestamp)
    years = [span.dt.days.sum() / 365.25 for span in (days - pd.Timestamp("2019-01-01"), pd.Timestamp("2026-04-01") - days)]
    a_year = [after.eq(later).sum() / length for later, length in zip((False, True), years, strict=True)]
    hurt_a_year = [hurt[after.index][after == later].sum() / length for later, length in zip((False, True), years, strict=True)]
    on_foot, grave = crashes.crash_type.isin(["PEDESTRIAN", "BICYCLE"]), crashes.severity.isin(["K", "A"])
    month = crashes.crash_date.str[:7]
    spring = month.isin(["2021-04", "2021-05"])
    yield f"{a_year[0]:.1f} crashes a year before and {a_year[1]:.1f} after"
    yield f"visible or worse injury fell from {hurt_a_year[0]:.1f} a year to {hurt_a_year[1]:.1f}"
    yield f"in {share(on_foot)} of crashes, and in {share(on_foot[grave])} of those that kill or seriously injure"
    yield f"{(month == '2020-04').sum()} crashes, against {(month == '2019-04').sum()} the April before"
    yield f"empty for {(crashes.crash_time == '').sum()} of the {spring.sum()} crashes of those months"


def police_calls() -> Iterator[str]:
    """Calls and stops."""
    calls = table("police-calls").assign(minutes=lambda row: pd.to_numeric(row.minutes_to_arrive))
    urgent = calls[calls.priority == "1"]
    by_division = urgent.groupby("division").minutes.median()
    alarms = calls[calls.call_type == "ALARM"]
    lost = calls[calls.received_at.str[:10].between("2026-02-10", "2026-02-12")]
    far = [name for name, division in (("University City", "UNIVERSITY_CITY"), ("Steele Creek", "STEELE_CREEK"))
           if 9 < by_division[division] < 9.5]
    yield f"of {len(alarms):,} alarms in this file, {(alarms.disposition == 'FALSE_ALARM').sum():,} turned out to be false"
    yield f"there in {urgent.minutes.median():.1f} minutes in the middle case"
    yield {49: "For priority 4 it was closer to 50"}[round(calls[calls.priority == "4"].minutes.median())]
    yield f"the middle time is {by_division['CENTRAL']:.1f} minutes in the Central division"
    yield f"over nine in {' and '.join(far)}"
    yield f"lost them for all {len(lost)} events of those three days" if set(lost.minutes_to_arrive) == {""} else "not lost"
    yield f"{(calls.block == '').sum():,} calls about domestic disputes or mental health"
    yield f"officer starts an event ({(calls.source == 'OFFICER').sum():,} rows)"


def land_development_permits() -> Iterator[str]:
    """Applications."""
    permits = table("land-development-permits")
    decided = permits[permits.status != "IN_REVIEW"].assign(days=lambda row: row.working_days.astype(int))
    days = decided.groupby("review_rounds").days.median()
    month = permits.applied_on.str[:7]
    applied = [month.isin(both).sum() for both in (("2023-04", "2023-05"), ("2022-04", "2022-05"), ("2023-06", "2023-07"))]
    grading = decided[decided.permit_type == "GRADING"]
    learning = grading.applied_on.between("2023-06-01", "2023-11-30")
    waiting = permits[permits.status == "IN_REVIEW"]
    yield f"The {share(decided.review_rounds == '1')} that pass in the first round take {days['1']:.0f} working days"
    yield f"With a second round it is {days['2']:.0f}, with a third {days['3']:.0f}"
    yield f"{applied[0]} permits were applied for in April and May 2023, against {applied[1]} in the same months of 2022"
    yield f"and only {applied[2]} in June and July"
    yield f"in the first six months took {grading[learning].days.median():.0f} working days"
    yield f"otherwise the middle case is {grading[~learning].days.median():.0f}."
    yield f"{len(waiting)} applications are still in review"
    yield f"{(waiting.applied_on >= '2026').sum()} of them came in this year"
    yield f"The {(permits.applied_on < '2023-06-01').sum():,} applications before that day"


def code_cases() -> Iterator[str]:
    """Code enforcement cases."""
    cases = table("code-cases")
    housing = cases[cases.case_type == "MINIMUM_HOUSING"]
    weeds = cases[(cases.case_type == "HIGH_WEEDS") & (cases.first_inspection_on != "") & (cases.result != "UNFOUNDED")]
    texted = weeds.first_inspection_on >= "2024-01-08"
    yield f"that was the end of {(cases.result == 'CITY').sum()} cases"
    yield f"Unsafe housing takes {numbers(housing.days_to_close).median():.0f} days in the middle case"
    yield {"TENANT": "begins with the tenant most of the time"}[housing.source.mode().item()]
    yield {9: "is nine times out of ten about a rented home"}[round(10 * (housing.rental == "YES").mean())]
    yield {True: "Before, every confirmed case led to a notice"}[bool((weeds[~texted].notice_on != "").all())]
    yield f"since then, {share(weeds[texted].notice_on != '')} do"
    yield f"{share(cases.council_district.isin(['2', '3', '5']))} of the cases lie in districts 2, 3 and 5"
    yield f"{(cases.closed_on == '').sum()} cases are open"


def street_trees() -> Iterator[str]:
    """Trees."""
    trees = table("street-trees").assign(oak=lambda row: row.species == "Quercus phellos")
    large, dated = trees[trees.diameter_inches.astype(int) >= 30], trees[trees.planted_year != ""]
    weak, under = trees.condition.isin(["POOR", "DEAD"]), trees.under_wires == "true"
    yield f"Willow oaks are {share(trees.oak)} of these trees, and {share(large.oak)} of the {len(large):,} whose trunks"
    yield f"only {share(dated.oak)} are willow oaks"
    yield f"below power lines {share(weak[under])} are in poor condition or dead, of the others {share(weak[~under])}"
    yield f"Their {trees.council_district.isin(['6', '7']).sum():,} trees are shown as they were then"
    yield f"not known for {(trees.planted_year == '').sum():,} trees"


def council_districts() -> Iterator[str]:
    """Districts."""
    values = table("council-districts").set_index(["measure", "council_district"]).value.astype(float)
    people, land = values["population"], values["land_area"]
    yield f"in {values.index.get_level_values('measure').nunique()} measures"
    yield f"within {100 * (people.max() / people.min() - 1) + 0.5:.0f}%"
    yield {2.8: "District 3 is almost three times the size of district 1"}[round(land["3"] / land["1"], 1)]
    yield f"In district 1, {values['no_vehicle', '1']:.0f}% of households have no vehicle"
    yield f"in district 7 it is {values['no_vehicle', '7']:.0f}%"
    yield f"{values['shelters', '1']:.0f}% of the stops in district 1 have one and {values['shelters', '7']:.0f}% in district 7"


PAGES = {
    "service-requests": service_requests,
    "street-repairs": street_repairs,
    "traffic-crashes": traffic_crashes,
    "police-calls": police_calls,
    "land-development-permits": land_development_permits,
    "code-cases": code_cases,
    "street-trees": street_trees,
    "council-districts": council_districts,
}
