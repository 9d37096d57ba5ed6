"""The figures that the pages about money, people and whole systems state, worked out again from the rows.

Each function gives the phrases that one dataset's page must hold, with the numbers put in from its files.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from demonstration.charlotte_catalog import rows, share, table


def adopted_budget() -> Iterator[str]:
    """The budget of the last year, and the contact center's."""
    lines = rows("adopted-budget/spending.csv").assign(dollars=lambda row: row.adopted.astype(int))
    last = lines[lines.fiscal_year == "FY2027"]
    general = last[last.fund == "GENERAL"].set_index("department").dollars
    people = last[(last.fund == "GENERAL") & (last.category == "PERSONNEL")].dollars.sum() / general.sum()
    center = lines[lines.department == "C311"].groupby("fiscal_year").dollars.sum()
    yield f"For FY2027 the whole comes to ${last.dollars.sum() / 1e9:.2f} billion"
    yield f"the General Fund, ${general.sum() / 1e6:.0f} million"
    yield f"police and fire take {100 * general[['CMPD', 'CFD']].sum() / general.sum():.0f}% of it"
    yield f"and salaries and benefits {100 * people:.0f}%"
    yield f"CharMeck 311 gets {100 * (center['FY2025'] / center['FY2024'] - 1):.0f}% more than the year before"


def vendor_payments() -> Iterator[str]:
    """Payments."""
    paid = table("vendor-payments").assign(dollars=lambda row: row.amount.astype(float))
    by_vendor = paid.groupby("vendor_no").dollars.sum().sort_values(ascending=False)
    month = paid.paid_on.str[5:7]
    last = paid[paid.fiscal_year == "FY2026"]
    keys = ["fiscal_year", "fund", "department"]
    operating = rows("adopted-budget/spending.csv").query("category == 'OPERATING'").set_index(keys).adopted.astype(float)
    used = paid.groupby(keys).dollars.sum() / operating
    yield f"{len(paid):,} payments, ${paid.dollars.sum() / 1e9:.2f} billion over three fiscal years"
    yield f"{(paid.dollars < 0).sum()} rows are negative"
    yield f"{(month == '06').sum():,} payments fall in the Junes of this file and {(month == '07').sum()} in the Julys"
    yield f"The top 20 of {len(by_vendor)} vendors receive {100 * by_vendor.head(20).sum() / by_vendor.sum():.0f}% of the money"
    yield f"In FY2026, {100 * last[last.certified != 'NONE'].dollars.sum() / last.dollars.sum():.0f}% went to vendors certified"
    yield f"between {100 * used.min():.0f}% and {100 * used.max():.0f}% of its operating budget"
    yield f"empty on all {(paid.paid_on < '2024-01-01').sum():,} rows of July to December 2023"


def salaries_by_class() -> Iterator[str]:
    """Job classes."""
    classes = table("salaries-by-class")
    lowest = classes.assign(low=classes.range_minimum.astype(int)).groupby("as_of").low.min()
    sworn = classes[classes.pay_plan == "SWORN"].set_index("as_of")[["employees", "vacancies"]].astype(int)
    sworn = sworn.groupby("as_of").sum()
    empty = 100 * sworn.vacancies / (sworn.employees + sworn.vacancies)
    yield f"started at ${lowest['2021-07-01']:,} in 2021 and at ${lowest['2025-07-01']:,} in 2025"
    yield f"In July 2022, {empty['2022-07-01']:.0f}% of sworn police and fire posts were vacant"
    yield f"up from {empty['2021-07-01']:.0f}% a year before"
    yield f"by 2025 the share was back at {empty['2025-07-01']:.0f}%"
    yield f"in {(classes.median_pay == '').sum()} of {len(classes)} rows"


def transit_ridership() -> Iterator[str]:
    """Riders."""
    routes = table("transit-ridership").assign(riders=lambda row: pd.to_numeric(row.boardings))
    total = routes.groupby("month").riders.sum()
    express = routes[routes["mode"] == "EXPRESS"].groupby("month").riders.sum()
    buses = routes[routes["mode"] == "BUS"].assign(punctual=lambda row: row.on_time_percent.astype(float))
    short = buses.month.between("2022-08-01", "2023-08-01")
    frequent = buses.route.isin(["3", "7", "9", "10", "16", "27"])
    gain = [100 * (group["2025-09-01"] / group["2024-09-01"] - 1) for group in (
        buses[frequent].groupby("month").riders.sum(), buses[~frequent].groupby("month").riders.sum())]
    yield f"In April 2019 there were {total['2019-04-01'] / 1e6:.2f} million boardings"
    yield f"in April 2020 there were {total['2020-04-01'] / 1e6:.2f} million"
    yield f"By April 2026 the system was back to {100 * total['2026-04-01'] / total['2019-04-01']:.0f}% of the first figure"
    yield {4: "carry about four riders where they carried ten"}[round(10 * express["2026-04-01"] / express["2019-04-01"])]
    yield f"were on time {buses[short].punctual.mean():.0f}% of the time, against {buses[~short].punctual.mean():.0f}% in other"
    yield f"went up {gain[0]:.0f}% between September 2024 and September 2025"
    yield f"On the other bus routes the gain was {gain[1]:.0f}%"
    yield f"the {(routes.boardings == '').sum()} bus and express routes of that month"


def bike_counts() -> Iterator[str]:
    """Bikes by day."""
    days = rows("bike-counts/daily.csv").assign(number=lambda row: row.bikes.astype(int))
    weekend = pd.to_datetime(days.date).dt.day_of_week > 4
    wet = days.rain.astype(float) > 0.25
    trail = [days[(days.counter_id == "B04") & part].number.mean() for part in (weekend, ~weekend)]
    uptown = days[days.counter_id == "B01"]
    by_year = uptown.groupby(uptown.date.str[:4]).number.mean()
    yield f"a counter sees {days[wet].number.mean():.0f} bikes on average; on other days, {days[~wet].number.mean():.0f}"
    yield f"a weekend day brings {trail[0]:.0f} riders and a weekday {trail[1]:.0f}"
    yield f"averaged {by_year['2021']:.0f} bikes a day in 2021 and {by_year['2025']:.0f} in 2025"


def bus_positions() -> Iterator[str]:
    """The sampled hour."""
    reports = table("bus-positions")
    yield f"{reports.vehicle_id.nunique()} buses on {({6: 'six'})[reports.route.nunique()]} routes"
    yield f"In this hour {share(reports.delay_seconds.astype(int) > 300)} of the reports are from buses more than five minutes"


def drinking_water_samples() -> Iterator[str]:
    """Samples."""
    samples = table("drinking-water-samples")
    samples = samples.assign(value=samples.result.astype(float), month=samples.sampled_on.str[5:7])
    taps = samples[(samples.parameter == "CHLORINE") & (samples.site_type == "TAP")]
    dead_ends = taps[taps.site_id.isin(["T07", "T19"])]
    flushed = dead_ends.sampled_on >= "2024-05-01"
    products = samples[samples.parameter == "TTHM"]
    chlorine, tthm = taps.groupby("month").value.mean(), products.groupby("month").value.mean()
    less = samples[samples.qualifier == "<"]
    yield f"averages {chlorine['02']:.2f} mg/L in February and {chlorine['08']:.2f} in August"
    yield f"average {tthm['02']:.0f} µg/L in February and {tthm['08']:.0f} in August"
    yield f"the highest single sample here is {products.value.max():.1f}"
    yield f"averaged {dead_ends[~flushed].value.mean():.2f} mg/L of chlorine until April 2024"
    yield f"the average has been {dead_ends[flushed].value.mean():.2f}"
    yield f"That is so in {len(less)} rows"
    yield f"Of the {len(less)} rows, {(less.sampled_on < '2023-01-03').sum()} are from before"


def capital_projects() -> Iterator[str]:
    """Projects."""
    projects = table("capital-projects").assign(late=lambda row: row.months_late.astype(int))
    worst = projects.started_on.between("2019-06-01", "2021-05-31")
    adopted, current = projects.budget_adopted.astype(float).sum(), projects.budget_current.astype(float).sum()
    yield f"follows {len(projects)} such projects"
    yield f"ends {projects.late.median():.0f} months after the date that was announced"
    yield f"{(projects.late <= 0).sum()} were on time or early"
    yield f"with a middle delay of {projects[worst].late.median():.0f} months"
    yield f"The others slipped by {projects[~worst].late.median():.0f}"
    yield f"adopted at ${adopted / 1e6:.0f} million and now stand at ${current / 1e6:,.0f} million"
    yield f"{100 * (current / adopted - 1):.0f}% more"
    yield f"{projects.council_districts.str.contains(';').sum()} projects lie in two council districts"


def solid_waste_tonnage() -> Iterator[str]:
    """Tons."""
    months = table("solid-waste-tonnage").assign(weight=lambda row: row.tons.astype(float), year=lambda row: row.month.str[:4])
    yard = months[months.material == "YARD_WASTE"].groupby("month").weight.sum()
    recycling = months[months.material == "RECYCLING"].assign(bad=lambda row: row.contamination_percent.astype(float))
    by_year, tagged = recycling.groupby("year").weight.sum(), recycling.collection_day.isin(["TUESDAY", "WEDNESDAY"])
    year_2025, before = recycling.year == "2025", recycling.month < "2024-03-01"
    homes = months[(months.month == "2021-01-01") & (months.material == "BULKY")].homes.astype(int).sum()
    same = {f"{recycling[before & part].bad.mean():.0f}%" for part in (tagged, ~tagged)}
    yield f"some {round(homes, -3):,} homes"
    yield f"In December 2023 yard waste came to {yard['2023-12-01']:,.0f} tons"
    yield f"in February it was {yard['2023-02-01']:,.0f}"
    yield f"{yard['2024-08-01':'2024-09-01'].sum():,.0f} tons of yard waste in two months"
    yield f"against {yard['2023-08-01':'2023-09-01'].sum():,.0f} in the same two months"
    yield f"{by_year['2021']:,.0f} tons in 2021 and {by_year['2025']:,.0f} in 2025"
    yield f"contamination there was {recycling[year_2025 & tagged].bad.mean():.0f}%"
    yield f"on the other days, without tags, {recycling[year_2025 & ~tagged].bad.mean():.0f}%"
    yield f"Before March 2024 the days were alike, at about {' or '.join(same)}"
    yield f"too low by about {round(yard['2023-11-01'], -3):,.0f} tons"


def fire_response() -> Iterator[str]:
    """Stations."""
    stations = table("fire-response").assign(share=lambda row: row.within_six_minutes_percent.astype(float))
    relieved, neighbors = stations.station.isin(["28", "31"]), stations.station.isin(["13", "15"])
    opened, closed = stations.month >= "2025-01-01", stations.month.between("2024-09-01", "2025-02-01")
    calls = stations[["medical", "fires", "incidents"]].astype(int).sum()
    medical, fires = (100 * calls[kind] / calls.incidents for kind in ("medical", "fires"))
    yield f"{medical:.0f}% of these calls are medical, and {fires:.0f}% are fires"
    yield f"rose from {stations[relieved & ~opened].share.mean():.0f}% to {stations[relieved & opened].share.mean():.0f}%"
    yield f"fell from {stations[neighbors & ~closed].share.mean():.0f}% to {stations[neighbors & closed].share.mean():.0f}%"


PAGES = {
    "adopted-budget": adopted_budget,
    "vendor-payments": vendor_payments,
    "salaries-by-class": salaries_by_class,
    "transit-ridership": transit_ridership,
    "bike-counts": bike_counts,
    "bus-positions": bus_positions,
    "drinking-water-samples": drinking_water_samples,
    "capital-projects": capital_projects,
    "solid-waste-tonnage": solid_waste_tonnage,
    "fire-response": fire_response,
}
