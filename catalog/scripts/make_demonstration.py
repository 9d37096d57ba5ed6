"""Write the demonstration city's files, the same on every machine.

    python catalog/scripts/make_demonstration.py                      every file, into the catalog
    python catalog/scripts/make_demonstration.py street-trees         one dataset
    python catalog/scripts/make_demonstration.py --to /tmp/elsewhere  into another folder
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from charlotte.airport import checkpoint_waits
from charlotte.bikes import bike_counts_daily, bike_counts_hourly
from charlotte.boundaries import council_district_boundaries
from charlotte.budget import adopted_budget, revenues
from charlotte.code_cases import code_cases
from charlotte.crashes import traffic_crashes
from charlotte.districts import council_districts
from charlotte.drinking_water import drinking_water_samples
from charlotte.electricity import building_electricity
from charlotte.fire import fire_response
from charlotte.fleet import vehicle_fleet
from charlotte.formats import file_bytes
from charlotte.grants import neighborhood_grants
from charlotte.parking import on_street_parking
from charlotte.payments import vendor_payments
from charlotte.permits import land_development_permits
from charlotte.police_calls import police_calls
from charlotte.projects import capital_projects
from charlotte.salaries import salaries_by_class
from charlotte.service_requests import service_requests
from charlotte.shut_offs import medical_notices, water_shut_offs
from charlotte.signals import traffic_signals
from charlotte.street_repairs import street_repairs
from charlotte.survey import community_survey
from charlotte.table import Table, Workbook
from charlotte.tonnage import solid_waste_tonnage
from charlotte.transit import bus_positions, transit_ridership
from charlotte.trees import street_trees
from charlotte.votes import council_votes

DATASETS = Path(__file__).resolve().parent.parent / "datasets"
TABLES: Mapping[str, Callable[[], Table | Workbook]] = {
    "adopted-budget/spending.csv": adopted_budget,
    "adopted-budget/revenues.csv": revenues,
    "bike-counts/daily.csv": bike_counts_daily,
    "bike-counts/hourly.csv": bike_counts_hourly,
    "building-electricity/sample.csv": building_electricity,
    "bus-positions/sample.csv": bus_positions,
    "capital-projects/capital-projects.csv": capital_projects,
    "checkpoint-waits/checkpoint-waits.csv.gz": checkpoint_waits,
    "code-cases/code-cases.csv": code_cases,
    "community-survey/community-survey.tsv": community_survey,
    "council-district-boundaries/council-district-boundaries.geojson": council_district_boundaries,
    "council-districts/council-districts.csv": council_districts,
    "council-votes/council-votes.jsonl": council_votes,
    "drinking-water-samples/drinking-water-samples.csv": drinking_water_samples,
    "fire-response/fire-response.csv": fire_response,
    "land-development-permits/land-development-permits.csv": land_development_permits,
    "neighborhood-grants/neighborhood-grants.csv": neighborhood_grants,
    "on-street-parking/on-street-parking.parquet": on_street_parking,
    "police-calls/police-calls.csv": police_calls,
    "salaries-by-class/salaries-by-class.csv": salaries_by_class,
    "service-requests/service-requests.csv": service_requests,
    "solid-waste-tonnage/solid-waste-tonnage.csv": solid_waste_tonnage,
    "street-repairs/street-repairs.csv": street_repairs,
    "street-trees/street-trees.csv": street_trees,
    "traffic-crashes/traffic-crashes.csv": traffic_crashes,
    "traffic-signals/traffic-signals.geojson": traffic_signals,
    "transit-ridership/transit-ridership.csv": transit_ridership,
    "vehicle-fleet/vehicle-fleet.xlsx": vehicle_fleet,
    "vendor-payments/vendor-payments.csv": vendor_payments,
    "water-customer-accounts/medical-notices.csv": medical_notices,
    "water-customer-accounts/shut-offs.csv": water_shut_offs,
}


def main() -> None:
    """Write the files of the datasets that are named, or all of them."""
    known = sorted({path.split("/")[0] for path in TABLES})
    parser = argparse.ArgumentParser(description="Write the demonstration city's files.")
    parser.add_argument("dataset", nargs="*", help=f"one or more of: {', '.join(known)}")
    parser.add_argument("--to", type=Path, default=DATASETS, metavar="FOLDER", help="where to write, instead of the catalog")
    given = parser.parse_args()
    if unknown := sorted(set(given.dataset) - set(known)):
        parser.error(f"no such dataset: {', '.join(unknown)}")
    for path, make in TABLES.items():
        if not given.dataset or path.split("/")[0] in given.dataset:
            write(given.to / path, make())


def write(path: Path, content: Table | Workbook) -> None:
    """Write one table and say how large it came out."""
    body = file_bytes(path.name, content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    print(f"{path.parent.name}/{path.name}: {len(content.rows):,} rows, {len(body):,} bytes")


if __name__ == "__main__":
    main()
