"""Reads transit feeds (GTFS) as tables of routes and stops, with their places on the map, on a phone and in the search."""

from cityfolio.plugins import Plugin, PluginExport
from cityfolio_gtfs.found import KINDS, ROWS
from cityfolio_gtfs.gpx import can_be_gpx, write_gpx
from cityfolio_gtfs.reader import read_gtfs
from cityfolio_gtfs.rules import files_say_which_table

GPX = PluginExport(id="gpx", ending="gpx", label="GPX", media_type="application/gpx+xml", write=write_gpx, fits=can_be_gpx)

plugin = Plugin(name="gtfs", api=1, readers={"GTFS": read_gtfs}, rules=(files_say_which_table,), exports=(GPX,), kinds=KINDS,
                rows=ROWS)
