"""Reads transit feeds (GTFS) as tables of routes and stops, with their places on the map."""

from cityfolio.plugins import Plugin
from cityfolio_gtfs.reader import read_gtfs
from cityfolio_gtfs.rules import files_say_which_table

plugin = Plugin(name="gtfs", api=1, readers={"GTFS": read_gtfs}, rules=(files_say_which_table,))
