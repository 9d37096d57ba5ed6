"""Trees that the city looks after along its streets. Each was seen when the inspectors last came through its district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from charlotte.days import after_working_days
from charlotte.draws import Draws
from charlotte.place import somewhere
from charlotte.table import Cell, Table, table, truth

COUNT = 9_400
# Scientific name, common name, share of old trees, share of trees planted since 2005, usual diameter when old, in inches.
SPECIES: Mapping[str, tuple[str, float, float, float]] = {
    "Quercus phellos": ("Willow oak", 34, 6, 30),
    "Quercus nuttallii": ("Nuttall oak", 1, 13, 12),
    "Quercus lyrata": ("Overcup oak", 1, 9, 11),
    "Quercus rubra": ("Northern red oak", 6, 2, 27),
    "Acer rubrum": ("Red maple", 9, 8, 16),
    "Acer saccharum": ("Sugar maple", 5, 2, 19),
    "Lagerstroemia indica": ("Crape myrtle", 11, 10, 8),
    "Ulmus parvifolia": ("Lacebark elm", 3, 9, 13),
    "Zelkova serrata": ("Japanese zelkova", 4, 7, 13),
    "Pyrus calleryana": ("Callery pear", 9, 0, 15),
    "Cornus florida": ("Flowering dogwood", 5, 4, 7),
    "Cercis canadensis": ("Eastern redbud", 2, 7, 7),
    "Nyssa sylvatica": ("Blackgum", 1, 6, 12),
    "Taxodium distichum": ("Bald cypress", 2, 6, 17),
    "Prunus yedoensis": ("Yoshino cherry", 4, 6, 10),
    "Pinus taeda": ("Loblolly pine", 4, 1, 20),
    "Liriodendron tulipifera": ("Tulip poplar", 2, 2, 24),
    "Magnolia grandiflora": ("Southern magnolia", 2, 2, 16),
}
WHERE: Mapping[int, float] = {1: 1.6, 2: 0.9, 3: 0.9, 4: 0.8, 5: 0.9, 6: 1.3, 7: 0.6}
VISITED: Mapping[int, tuple[date, date]] = {             # district: when inspectors worked through it
    1: (date(2024, 9, 9), date(2025, 5, 30)),
    2: (date(2023, 2, 6), date(2023, 9, 29)),
    3: (date(2022, 3, 7), date(2022, 11, 18)),
    4: (date(2025, 8, 4), date(2026, 3, 27)),
    5: (date(2021, 4, 5), date(2021, 12, 10)),
    6: (date(2017, 5, 1), date(2018, 2, 23)),
    7: (date(2018, 4, 2), date(2018, 10, 26)),
}


def street_trees() -> Table:
    """The published table, one row for each tree."""
    draws = Draws("street trees")
    return table("tree_id species common_name site diameter_inches planted_year condition under_wires inspected_on block "
                 "council_district latitude longitude", _rows(draws))


def _rows(draws: Draws) -> Iterator[tuple[Cell, ...]]:
    for number in range(1, COUNT + 1):
        spot = somewhere(draws, WHERE, off_street=0.003)
        inspected = _inspected(draws, spot.district)
        recorded = draws.chance(0.46)
        planted = draws.integer(2005, inspected.year) if recorded else 0
        species = draws.weighted({name: (new if recorded else old) for name, (_, old, new, _) in SPECIES.items()})
        inches = _diameter(draws, species, inspected.year - planted if recorded else None)
        site = draws.weighted({"VERGE": 68, "MEDIAN": 11, "YARD_EDGE": 15, "SIDEWALK_PIT": 6})
        under = site != "MEDIAN" and draws.chance(0.27)
        yield (f"T{number:05d}", species, SPECIES[species][0], site, inches, planted or "",
               _condition(draws, species, inches, under), truth(under), inspected.isoformat(), spot.block, spot.district,
               spot.latitude, spot.longitude)


def _inspected(draws: Draws, district: int) -> date:
    first, last = VISITED[district]
    return min(last, after_working_days(first, draws.integer(0, 150)))


def _diameter(draws: Draws, species: str, age: int | None) -> int:
    """Inches at breast height; young trees start at two and grow about half an inch a year."""
    if age is None:
        return max(3, round(draws.long_tail(SPECIES[species][3], 0.25)))
    return max(1, round(2 + age * draws.between(0.3, 0.75)))


def _condition(draws: Draws, species: str, inches: int, under: bool) -> str:
    weak = 1 + (1.2 if species == "Pyrus calleryana" else 0) + (0.9 if under else 0) + (0.8 if inches > 32 else 0)
    return draws.weighted({"GOOD": 46 / weak, "FAIR": 40, "POOR": 9 * weak, "DEAD": 1.6 * weak})
