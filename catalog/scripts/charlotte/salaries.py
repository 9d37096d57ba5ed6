"""Pay by job class on the first of July of each year. Medians of small classes are withheld."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from charlotte.draws import Draws
from charlotte.table import Cell, Table, table

SMALL = 5                         # with fewer people than this, a median would tell one person's pay
RAISES = {2021: 1.0, 2022: 1.03, 2023: 1.04, 2024: 1.05, 2025: 1.04}
# Department, pay plan, then each class: title, the middle of its range in 2021 in hundreds of dollars, people.
CLASSES = {
    ("CMPD", "SWORN"):
        "Police Officer 655 1480, Police Sergeant 880 228, Police Lieutenant 1010 66, Police Captain 1130 22, "
        "Police Major 1260 9",
    ("CMPD", "CIVILIAN"):
        "Emergency Telecommunicator 470 122, Crime Analyst 610 31, Crime Scene Technician 505 38, Forensic "
        "Chemist 690 12, Animal Control Officer 425 41, Records Specialist 395 44, Victim Services Counselor 560 "
        "8",
    ("CFD", "SWORN"):
        "Firefighter 1 455 224, Firefighter 2 560 412, Fire Engineer 665 236, Fire Captain 805 218, Battalion "
        "Chief 985 34, Deputy Fire Chief 1210 4",
    ("CFD", "CIVILIAN"):
        "Fire Inspector 575 26, Emergency Management Planner 640 6, Fire Dispatcher 468 34",
    ("SWS", "CIVILIAN"):
        "Sanitation Crew Member 352 74, Sanitation Driver 428 148, Sanitation Route Supervisor 560 18, Special "
        "Services Manager 790 4, Cart Service Technician 388 14",
    ("CDOT", "CIVILIAN"):
        "Street Crew Member 358 118, Street Crew Chief 470 46, Equipment Operator 425 74, Signal Technician 520 "
        "33, Sign Technician 432 17, Transportation Planner 650 24, Transportation Engineer 810 41, Senior "
        "Engineer 985 15, Asphalt Plant Operator 455 3",
    ("CLTW", "CIVILIAN"):
        "Utility Technician 402 208, Senior Utility Technician 476 132, Water Treatment Operator 540 61, "
        "Wastewater Treatment Operator 545 88, Plant Mechanic 560 69, Laboratory Analyst 585 33, Meter Technician "
        "415 47, Utility Locator 430 36, Water Quality Manager 930 6, Customer Account Specialist 402 58",
    ("SWTR", "CIVILIAN"):
        "Storm Water Engineer 795 28, Storm Water Inspector 545 22, Environmental Specialist 580 19, Biologist "
        "625 4",
    ("CATS", "CIVILIAN"):
        "Rail Operator 495 96, Rail Car Mechanic 575 48, Rail Controller 610 19, Track Technician 530 27, Transit "
        "Planner 640 14, Transit Scheduler 585 6, Fare Technician 470 9, Customer Ambassador 380 21",
    ("AVI", "CIVILIAN"):
        "Airport Operations Officer 590 62, Airfield Maintenance Technician 475 88, Airport Shuttle Driver 398 "
        "124, Airport Planner 720 7, Terminal Custodian 345 71",
    ("PDD", "CIVILIAN"):
        "Planner 615 44, Senior Planner 745 31, Plan Reviewer 655 36, Urban Designer 760 8, Zoning Inspector 560 "
        "15, Historic District Planner 650 3",
    ("HNS", "CIVILIAN"):
        "Code Enforcement Inspector 520 74, Senior Code Inspector 600 16, Housing Loan Specialist 575 12, "
        "Community Engagement Lead 620 18, Relocation Specialist 560 2",
    ("LM", "CIVILIAN"):
        "Landscape Crew Member 355 58, Arborist 560 16, City Arborist 880 1, Tree Climber 468 11, Cemetery "
        "Attendant 360 6",
    ("GS", "CIVILIAN"):
        "Heavy Truck Mechanic 548 52, Building Technician 470 48, Project Manager 820 38, Fleet Buyer 560 4, Real "
        "Estate Agent 690 7, Sustainability Analyst 640 3",
    ("IT", "CIVILIAN"):
        "Systems Analyst 790 48, Network Engineer 880 22, Database Administrator 920 9, Data Scientist 905 6, "
        "Help Desk Technician 495 24, Security Engineer 985 8",
    ("FIN", "CIVILIAN"):
        "Accountant 600 28, Senior Accountant 715 19, Procurement Officer 660 24, Payroll Specialist 505 8, "
        "Treasurer 1180 1",
    ("SB", "CIVILIAN"):
        "Budget Analyst 670 12, Senior Budget Analyst 790 7, Data and Performance Analyst 735 4",
    ("HR", "CIVILIAN"):
        "Human Resources Analyst 640 22, Benefits Specialist 560 9, Recruiter 595 7, Safety Coordinator 625 5",
    ("C311", "CIVILIAN"):
        "Customer Service Representative 405 104, Contact Center Supervisor 555 12, Quality Analyst 560 4",
    ("CMO", "CIVILIAN"):
        "Assistant City Manager 2150 5, Communications Specialist 590 17, Internal Auditor 710 9, Deputy City "
        "Clerk 560 3, Assistant City Attorney 1120 26",
}


def salaries_by_class() -> Table:
    """The published table: a row for each class and year."""
    return table("as_of class_no job_class department pay_plan range_minimum range_midpoint range_maximum employees vacancies "
                 "median_pay", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    pay = 1.0
    draws = Draws("salaries")
    for year, raise_ in RAISES.items():
        pay *= raise_
        for number, (department, plan, title, hundreds, people) in enumerate(_classes(), start=1001):
            if title == "Data and Performance Analyst" and year < 2023:
                continue                                  # the class was made for the fiscal year 2024
            pays = _pay(draws, year, plan, hundreds * 100 * pay, people)
            yield (date(year, 7, 1).isoformat(), number, title, department, plan, *pays)


def _classes() -> Iterator[tuple[str, str, str, int, int]]:
    for (department, plan), classes in CLASSES.items():
        for each in classes.split(", "):
            title, hundreds, people = each.strip().rsplit(" ", 2)
            yield department, plan, title, int(hundreds), int(people)


def _pay(draws: Draws, year: int, plan: str, middle: float, people: int) -> tuple[Cell, ...]:
    """The range, the people in it and their median. Low pay rose faster from 2023 on, when the city raised its lowest step."""
    floor = {2021: 33_280, 2022: 38_090, 2023: 41_600, 2024: 44_720, 2025: 45_760}[year]
    low = max(floor, round(middle * (0.80 if plan == "SWORN" else 0.74)))
    mid = max(round(middle), round(low * 1.12))
    high = max(round(middle * 1.28), round(mid * 1.15))
    short = 0.13 if (plan, year) in (("SWORN", 2022), ("SWORN", 2023)) else 0.075
    vacant = min(people, round(people * draws.between(0.85, 1.15) * short))
    filled = people - vacant if people > 3 else people
    median = "" if filled < SMALL else round(low + (high - low) * draws.between(0.36, 0.42))
    return low, mid, high, filled, vacant if people > 3 else 0, median
