"""The command line: which commands there are. Each is imported when it is called."""

from __future__ import annotations

import io
import sys

import click

from cityfolio import __version__
from cityfolio.lazy_commands import Later, LazyGroup

# Where each command is, and what it does: the first sentence of its own help, which need not be imported to be listed.
COMMANDS = {
    "assess": Later("cityfolio.keeping.assess_command:assess",
                    "Answer the criteria of STANDARD from the catalog: a self-assessment."),
    "build": Later("cityfolio.commands.build:build", "Build the site."),
    "check": Later("cityfolio.commands.check:check", "Say what is wrong with a catalog, all at once, without building it."),
    "deploy": Later("cityfolio.deploying.deploy_command:deploy",
                    "Put the built site on a host, so that no visitor meets half of it."),
    "describe": Later("cityfolio.describe.command:describe",
                      "Write a first dictionary of a data file, with what was seen in its rows, for a person to finish."),
    "diff": Later("cityfolio.reviewing.diff_command:diff_command",
                  "Say what differs between two states of a catalog: data, dictionary, measures, addresses, problems."),
    "export": Later("cityfolio.moving.export_command:export_catalog",
                    "Write the catalog for another system into DEST, a new folder."),
    "fmt": Later("cityfolio.reviewing.fmt_command:fmt",
                 "Write the catalog's files in one way: keys in their order, long text wrapped, two spaces a level."),
    "harvest": Later("cityfolio.moving.harvest_command:harvest_sources",
                     "Bring in what changed at the portals that `sources:` in site.yaml "
                     "names: SOURCE by its id there, or all of them."),
    "health": Later("cityfolio.keeping.health_command:health",
                    "Say how well the catalog is kept: how many datasets pass each check, "
                    "or what there is to mend in those named."),
    "i18n": Later("cityfolio.translating.i18n_command:i18n", "Bring the interface into another language."),
    "import": Later("cityfolio.moving.import_command:import_catalog",
                    "Bring a catalog over from another portal into DEST, a new folder."),
    "links": Later("cityfolio.keeping.links_command:links",
                   "Ask for every address that the catalog names, and say which lead nowhere, with the file and line."),
    "measures": Later("cityfolio.measuring.commands:measures",
                      "Say where each measure stands: its newest value, what is expected, and its status."),
    "new": Later("cityfolio.commands.new:new", "Start a catalog in DIR: a small one to change into your own."),
    "owners": Later("cityfolio.reviewing.owners_command:owners",
                    "Write CODEOWNERS: who is asked about a change of which file, by the key `owners:` of publishers."),
    "privacy": Later("cityfolio.keeping.privacy_command:privacy",
                     "Search data files for personal data, each table in them, and for keys and passwords."),
    "schema": Later("cityfolio.reviewing.schema_command:schema",
                    "Print the JSON Schema of one KIND of file, such as dataset, or write all of them into a folder."),
    "serve": Later("cityfolio.commands.serve:serve", "Show the site on this machine, and follow every change."),
    "set": Later("cityfolio.reviewing.set_command:set_value", "Set one value of the catalog."),
    "sheet": Later("cityfolio.moving.sheet_command:sheet", "Edit the catalog's metadata in a spreadsheet program."),
    "upgrade": Later("cityfolio.reviewing.upgrade_command:upgrade",
                     "Bring the files of CATALOG to the model of this version: keys that were renamed, "
                     "settings that are needed now."),
    "theme": Later("cityfolio.theming.theme_command:theme", "See what a theme makes of the site."),
    "usage": Later("cityfolio.keeping.usage_command:usage",
                   "Count in access logs how often each dataset was looked at and taken, "
                   "and write it to usage.csv in the catalog."),
}


@click.group(cls=LazyGroup, later=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cityfolio")
def main() -> None:
    """Turn a city's YAML and data files into its public data portal, a static site.

    Start with `cityfolio new DIR`. In that folder, `cityfolio build` writes the site and `cityfolio serve` shows it while you
    edit. `cityfolio check` says what is wrong without building.

    Exit codes: 0 fine, 1 problems were found, 2 the command was used wrongly, 3 this machine ended it:
    a full disk, a file that cannot be read.
    """
    for stream in (sys.stdout, sys.stderr):
        # A file name need not be text; it is shown with its odd bytes escaped.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
