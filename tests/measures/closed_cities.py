"""The small city of `making` with closed periods: its files as they are after `measures close`."""

from __future__ import annotations

from datetime import date

from cities import a_bench, a_build
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.measures.closed_periods import committed_of
from cityfolio.measures.closed_rows import Asked, as_csv as rows_as_csv
from cityfolio.measures.closing import Closable, closable_until, lines_to_add, rows_to_add
from cityfolio.measures.measured import measured
from cityfolio.measures.observations import as_csv
from cityfolio.measures.rows_asked import asked_of_rows
from cityfolio.tables.published import read_tables
from measures.making import COLUMNS, DATASET, a_measured_city

Files = dict[str, str | bytes]
HEADER = "id,kind,closed,days,district\n"
KEYED = DATASET + "files:\n  - {path: requests.csv, primary_key: [id]}\n" + COLUMNS.replace("columns:\n", (
    "columns:\n  id: {type: string}\n")).replace("  opened: {type: datetime}\n", "").replace("  cost: {type: number}\n", "")
KEYLESS = KEYED.replace(", primary_key: [id]", "")
ON_TIME = "date: closed\nwhere: kind == 'POTHOLE'\nratio: {good: days <= 3}\nby: [district]"
ROWS = ("a,POTHOLE,2026-03-02,1,north\nb,POTHOLE,2026-03-09,5,south\nc,SIGN,2026-04-01,2,north\n"
        "d,POTHOLE,2026-04-20,2,south\ne,POTHOLE,2026-05-04,3,north\nf,POTHOLE,2026-05-11,9,south\n")
OBSERVATIONS, CLOSED_ROWS = "measures/m/observations.csv", "measures/m/closed-rows.csv"


def a_city_of_rows(rows: str = ROWS, compute: str = ON_TIME, dataset: str = KEYED, measure: str = "unit: percent\n",
                   **more: str) -> Files:
    """A city with the measure `m` over rows of id, kind, day, days and district."""
    return a_measured_city(HEADER + rows, compute, dataset=dataset, measure=measure, **more)


def closed(files: Files, *periods: str, today: date = date(2026, 6, 30)) -> Files:
    """The files after the periods were closed; all that can be, where none is named."""
    tree = MemoryTree(files)
    loaded, bench = load(tree), a_bench(tree)
    found = measured(loaded, read_tables(loaded, bench), a_build(), bench)
    of = Closable(measure=loaded.measures["m"], computed=found.by_id["m"],
                  committed=committed_of(loaded, tree, loaded.measures["m"]))
    chosen = periods or closable_until(of, today, today)
    asked = {"m": Asked(counted=found.counted["m"], periods=dict.fromkeys(chosen, ""))} if "m" in found.counted else {}
    rows = rows_to_add(asked_of_rows(asked, bench).get("m", {}), {}, chosen)
    before = str(files.get(OBSERVATIONS, ""))
    return {**files, OBSERVATIONS: before + as_csv(lines_to_add(of, chosen, today), with_header=not before),
            **({CLOSED_ROWS: str(files.get(CLOSED_ROWS, "")) + rows_as_csv(rows, with_header=CLOSED_ROWS not in files)}
               if rows else {})}


def with_rows(files: Files, rows: str) -> Files:
    """The files with other rows."""
    return {**files, "datasets/requests/requests.csv": HEADER + rows}


def with_measure(files: Files, more: str) -> Files:
    """The files with more in measure.yaml."""
    return {**files, "measures/m/measure.yaml": f"{files['measures/m/measure.yaml']!s}{more}"}
