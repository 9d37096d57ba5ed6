"""The figures that the pages about the council, its districts, surveys, grants and the city's own things state.

Each function gives the phrases that one dataset's page must hold, with the numbers put in from its files.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from demonstration.charlotte_catalog import numbers, record, rows, share, table

FUEL = "vehicle-fleet/vehicle-fleet.xlsx#Fuel by month"


def council_district_boundaries() -> Iterator[str]:
    """Shapes."""
    districts = table("council-district-boundaries").set_index("council_district")
    area = districts.square_miles.astype(float)
    yield f"{area.sum():.1f} square miles in all, from {area.min():.1f} in district {area.idxmin()}"
    yield f"to {area.max():.1f} in district {area.idxmax()}"
    yield {5: "it borders on five others"}[len(districts.borders_on["1"].split(";"))]
    yield f"For {table('council-districts').measure.nunique()} facts about each district"


def council_votes() -> Iterator[str]:
    """Votes."""
    votes = table("council-votes").assign(agreed=lambda row: row.votes_against == "0")
    rezoning = votes.kind == "REZONING"
    ordinance = votes[votes.title.str.contains("Unified")].iloc[0]
    month = votes[rezoning].meeting_on.str[:7]
    yield f"Of the {len(votes)} items in this file {share(votes.agreed)} passed without a vote against"
    yield f"Of {rezoning.sum()} petitions {share(votes.agreed[rezoning])} were unanimous"
    yield f"of everything else, {share(votes.agreed[~rezoning])}"
    yield f"{(votes.result == 'DENIED').sum()} petitions failed"
    yield f"adopted it {ordinance.votes_for} to {ordinance.votes_against} on August {int(ordinance.meeting_on[8:])}, 2022"
    yield f"from February to May 2023 it decided {month.between('2023-02', '2023-05').sum()} petitions"
    yield f"in the four months after it {month.between('2023-06', '2023-09').sum()}"


def neighborhood_grants() -> Iterator[str]:
    """Applications and grants."""
    grants = table("neighborhood-grants").assign(dollars=lambda row: pd.to_numeric(row.awarded))
    later = grants.applied_on >= "2024-07-01"
    asked = grants.asked.astype(int)
    by_district = grants.groupby("council_district").dollars.sum()
    large = grants.dollars > 10_000
    yield f"So far {grants.dollars.notna().sum()} of {len(grants)} applications were granted"
    yield f"were granted, ${grants.dollars.sum() / 1e6:.2f} million in all"
    yield f"{numbers(grants.volunteer_hours).sum():,} hours of work and ${numbers(grants.cash_match).sum():,} of their own"
    yield f"By dollars district {by_district.idxmax()} leads and district {by_district.idxmin()} comes last"
    yield f"The middle request went from ${asked[~later].median():,.0f} to ${asked[later].median():,.0f}"
    yield f"and {large.sum()} grants so far would not have been possible before"
    yield f"{(grants.status == 'AWARDED').sum()} grants are still being spent"
    of_large = round(100 * grants.dollars[large].sum() / grants.dollars[later].sum())
    yield f"{of_large}% of the money since then has gone to grants that large"


def community_survey() -> Iterator[str]:
    """Answers, weighted."""
    answers = table("community-survey")
    west = answers.council_district.isin(["2", "3"])
    year_2024 = answers.survey_year == "2024"
    yield f"What {len(answers):,} residents said"
    yield f"{share(answers.age_group == '65+')} of the answers come from the first group"
    yield f"and {share(answers.age_group == '18-24')} from the second"
    for name, service in (("Fire", "fire"), ("Trash collection", "trash"), ("Streets", "streets"), ("Transit", "transit")):
        yield f"| {name} | {satisfied(answers[year_2024], service)} | {satisfied(answers[~year_2024], service)} |"
    yield f"only {satisfied(answers[year_2024 & west], 'trash')} were satisfied, in the others"
    yield f"in the others {satisfied(answers[year_2024 & ~west], 'trash')}"
    yield f"For transit that is {share(answers.transit == 'DK')} of all answers"
    yield f"the {(answers.language == 'es').sum()} answers in Spanish"


def satisfied(answers: pd.DataFrame, service: str) -> str:
    """How many of those who have an opinion gave a 4 or 5, each counted by its weight."""
    known = answers[answers[service] != "DK"]
    weight = known.weight.astype(float)
    return f"{100 * weight[known[service].isin(['4', '5'])].sum() / weight.sum():.0f}%"


def vehicle_fleet() -> Iterator[str]:
    """Vehicles and fuel."""
    vehicles = table("vehicle-fleet").assign(there=lambda row: row.available.astype(float))
    fuel = rows(FUEL).assign(amount=lambda row: row.gallons.astype(float))
    overdue = vehicles.replace_in < "2026"
    there = [100 * vehicles.there[part].mean() for part in (overdue, ~overdue)]
    crews = fuel[(fuel.department == "LM") & (fuel.fuel == "DIESEL")].set_index("month").amount
    price = fuel[fuel.fuel == "GASOLINE"].groupby("month").price_per_gallon.first().astype(float)
    cars = vehicles.vehicle_type == "CAR"
    patrol = vehicles[vehicles.vehicle_type == "PATROL_CAR"]
    yield f"The city owns {len(vehicles)} vehicles and trailers"
    yield f"the {overdue.sum()} vehicles that should have been replaced before this year were there"
    yield f"were there {there[0]:.0f}% of the time, the others {there[1]:.0f}%"
    yield f"burned {crews['2024-08-01':'2024-09-01'].sum():,.0f} gallons of diesel in two months"
    yield f"against {crews['2023-08-01':'2023-09-01'].sum():,.0f} in the same months"
    yield {5: "half of the patrol cars are hybrids by now"}[round(10 * (patrol.fuel == "HYBRID").mean())]
    yield f"In June 2022 a gallon of gasoline cost the city ${price['2022-06-01']:.2f}"
    yield f"and in May 2026 ${price['2026-05-01']:.2f}"
    yield f"{(vehicles.fuel == 'ELECTRIC').sum()} of the {cars.sum()} cars are electric"


def building_electricity() -> Iterator[str]:
    """The sampled week."""
    readings = table("building-electricity")
    readings = readings.assign(energy=readings.kwh.astype(float), day=readings.read_at.str[:10])
    by_building = readings.groupby("building").energy.sum()
    office = readings[readings.building == "Government Center"].groupby("day").energy.sum()
    kept = 100 * office["2026-06-19"] / office["2026-06-18"]
    meters = int(record("building-electricity")["summary"].split(" electricity meters")[0].split()[-1])
    days = (pd.Timestamp("2026-06-29") - pd.Timestamp("2023-07-01")).days
    yield f"it used {kept:.0f}% of what it had used the day before"
    yield f"Those {kept:.0f} in a hundred are lights"
    yield {True: "It used more than the other three together"}[
        bool(by_building["Vest water treatment plant"] * 2 > by_building.sum())]
    yield f"Those {(readings.estimated == 'true').sum()} readings were filled in"
    yield {8: "over eight million rows"}[meters * 96 * days // 1_000_000]


PAGES = {
    "council-district-boundaries": council_district_boundaries,
    "council-votes": council_votes,
    "neighborhood-grants": neighborhood_grants,
    "community-survey": community_survey,
    "vehicle-fleet": vehicle_fleet,
    "building-electricity": building_electricity,
}
