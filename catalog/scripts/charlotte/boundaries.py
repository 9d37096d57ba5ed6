"""The council districts as shapes, with the few facts that a map of them needs."""

from __future__ import annotations

from charlotte.districts import stated
from charlotte.outline import neighbors, ring
from charlotte.table import Table, table

DRAWN = "2021-11-08"
WHERE = {
    1: "Uptown and the streets to its east and south", 2: "Northwest, out to Mountain Island Lake",
    3: "West and southwest, with the airport", 4: "Northeast, around the university", 5: "East",
    6: "South of uptown", 7: "The southern end of the city",
}


def council_district_boundaries() -> Table:
    """The published table: a shape for each district."""
    area, people = stated("land_area"), stated("population")
    rows = ((number, where, float(area[number]), int(people[number]), ";".join(map(str, neighbors(number))), DRAWN,
             ("Polygon", [[list(corner) for corner in ring(number)]])) for number, where in WHERE.items())
    return table("council_district part_of_the_city square_miles population borders_on drawn_on geometry", rows)
