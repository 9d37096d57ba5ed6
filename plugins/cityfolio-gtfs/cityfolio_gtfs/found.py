"""Stops and routes as riders look for them in the search: by name, number or code, each leading to its place on the map."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cityfolio.plugins import ExportTable, Findable, PluginKind, PluginRows, rows_with, typed_rows
from cityfolio_gtfs.names import ROUTE, STOP, is_of, name_of_route, name_of_stop, said

KINDS = (PluginKind(id="transit-route", titles={"en": "Transit routes", "es": "Rutas de transporte"}),
         PluginKind(id="transit-stop", titles={"en": "Stops", "es": "Paradas"}))
# What riders call a vehicle, by what the feed writes as `route_type`, in the languages that headings are in.
VEHICLES = {"0": ("tram", "tranvía"), "1": ("subway", "metro"), "2": ("train", "tren"), "3": ("bus", "autobús"),
            "4": ("ferry",), "5": ("cable car", "tranvía"), "6": ("gondola", "teleférico"), "7": ("funicular",),
            "11": ("trolleybus", "trolebús"), "12": ("monorail", "monorriel")}


def routes(table: ExportTable) -> Iterator[Findable]:
    """Each route, by what stands on the bus."""
    known = set[str]()
    for row in typed_rows(table):
        identifier, name = said(row, "route_id"), name_of_route(row)
        if identifier and name and identifier not in known:
            known.add(identifier)
            yield Findable(id=identifier, title=name, text=said(row, "route_desc"), url=rows_with("route_id", identifier),
                           words=(identifier, *VEHICLES.get(said(row, "route_type"), ()), "route", "line", "ruta", "línea"))


def stops(table: ExportTable) -> Iterator[Findable]:
    """Each stop, by its name and by the code that riders text or type for the next departures."""
    known = set[str]()
    for row in typed_rows(table):
        identifier, name = said(row, "stop_id"), name_of_stop(row)
        if identifier and name and identifier not in known:
            known.add(identifier)
            codes = dict.fromkeys(filter(None, (said(row, "stop_code"), identifier)))
            yield Findable(id=identifier, title=name, text=said(row, "stop_desc"), url=rows_with("stop_id", identifier),
                           words=tuple(codes))


ROWS = (PluginRows(kind="transit-route", things=routes, fits=partial(is_of, ROUTE)),
        PluginRows(kind="transit-stop", things=stops, fits=partial(is_of, STOP)))
