"""The reference of the hooks, drawn from their own types: docs/reference/plugins.md. A test holds that it is up to date."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping

from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.yaml import Document
from cityfolio.model.catalog import (
    Build,
    Catalog,
    Column,
    Dataset,
    Export,
    File,
    License,
    Publisher,
    PublisherRef,
    Topic,
    TopicRef,
)
from cityfolio.model.frequency import Freshness
from cityfolio.model.measured import Goal, Measure, Priority
from cityfolio.plugins.hooks import (
    API,
    HOOKS,
    Findable,
    Finding,
    Plugin,
    PluginExport,
    PluginFile,
    PluginKind,
    PluginPage,
    PluginRows,
    Sending,
    Sent,
)
from cityfolio.plugins.texts import rows_with
from cityfolio.problems import Location
from cityfolio.tables.exports.plain_rows import typed_rows
from cityfolio.tables.exports.schema import About, ExportColumn, ExportTable
from cityfolio.tables.readers.package import open_package, pieces
from cityfolio.tables.table import Place, Portion, Reading, Source, Table, TableJob, in_portions

TYPES: tuple[type, ...] = (Plugin, Finding, PluginPage, PluginFile, PluginExport, ExportTable, ExportColumn, About, PluginKind,
                           PluginRows, Findable, Sending, Sent, TableJob, Reading, Table, Source, Portion, Place, Location)
# What a plugin is given to read: nothing of it is made by plugins, but for copies with other values.
GIVEN: tuple[type, ...] = (Build, Loaded, Sourced, Document, Catalog, Dataset, File, Column, Export, License, Freshness,
                           PublisherRef, Publisher, TopicRef, Topic, Priority, Goal, Measure)
FIELD = re.compile(r"^    (?P<name>\w+): (?P<type>[^#]+?)(?: = (?P<default>[^#]+?))?(?: +# (?P<says>.*))?$", re.MULTILINE)
FACTORY = re.compile(r"default_factory=(\w+)")
LIMITS = re.compile(r"= Limits\(.*?\)")     # as the program calls those that hold where none are given
HELPERS: Mapping[str, Callable[..., object]] = {"typed_rows": typed_rows, "rows_with": rows_with, "in_portions": in_portions,
                                                "open_package": open_package, "pieces": pieces}


def plugins_reference() -> str:
    """The page about hooks, as Markdown."""
    version = f"This is version {API} of the hooks: `API` says it to programs, and `HOOKS` the type of each.\n"
    return "\n".join([_INTRO, version, *_hooks(), _RULES, *_helpers(), "## Types\n", *_types(TYPES), _GIVEN,
                      *_types(GIVEN), _LIMITS])


def signature(hook: str) -> str:
    """How the function of a hook is declared, as one line of Python."""
    given = inspect.signature(HOOKS[hook].__call__)
    own = [each for each in given.parameters.values() if each.name != "self"]
    return f"def {hook}{given.replace(parameters=own)}".replace("'", "")


def _hooks() -> Iterator[str]:
    yield "## Hooks\n"
    for name, hook in HOOKS.items():
        held = Plugin.__dataclass_fields__[name].type
        yield f"### {name}\n"
        yield f"{inspect.getdoc(hook)}\n"
        yield f"```python\n{signature(name)}: ...\n```\n"
        yield f"{inspect.getdoc(hook.__call__)} In `Plugin` it stands as `{name}: {held}`.\n"


def _helpers() -> Iterator[str]:
    yield "## Functions that help\n"
    for name, helper in HELPERS.items():
        said = LIMITS.sub("= LIMITS", str(inspect.signature(helper)).replace("'", ""))
        yield f"- `{name}{said}`: {inspect.getdoc(helper)}"
    yield ""


def _types(kinds: tuple[type, ...]) -> Iterator[str]:
    for kind in kinds:
        yield f"### {kind.__name__}\n"
        yield f"{inspect.getdoc(kind)}\n"
        if rows := [*_fields(kind)]:
            yield "\n".join(("| field | type | left out | |", "| --- | --- | --- | --- |", *rows, ""))
        if more := [*_reckoned(kind)]:
            yield "\n".join((*more, ""))


def _fields(kind: type) -> Iterator[str]:
    for found in FIELD.finditer(inspect.getsource(kind)):
        default = "" if found["default"] is None else _default(found["default"])
        kept = found["type"].replace("|", "\\|")
        yield f"| `{found['name']}` | `{kept}` | {default} | {_sentence(found['says'] or '')} |"


def _reckoned(kind: type) -> Iterator[str]:
    """Its properties and methods, which say what they give."""
    for name, each in vars(kind).items():
        if name.startswith("_"):
            continue
        if isinstance(each, property):
            yield f"- `{name}`: {inspect.getdoc(each)}"
        elif inspect.isfunction(each):
            given = inspect.signature(each)
            own = [one for one in given.parameters.values() if one.name != "self"]
            said = str(given.replace(parameters=own)).replace("'", "")
            yield f"- `{name}{said}`: {inspect.getdoc(each)}"


def _default(written: str) -> str:
    if "repr=False" in written and "default_factory" not in written:
        return ""
    made = FACTORY.search(written)
    return "`{}`" if made and made[1] == "dict" else f"`{made[1]}()`" if made else f"`{written}`"


def _sentence(says: str) -> str:
    text = says.replace("|", "\\|")
    first = text.partition(" ")[0].rstrip(",;:")
    return f"{text[:1].upper() if first.isalpha() else text[:1]}{text[1:]}." if text else ""


_INTRO = """\
<!-- Written by `make docs` from the program. Change it there. -->

# Plugins

A plugin adds to what Cityfolio does, without a change to Cityfolio: it reads a format that it does not know, looks for mistakes
of a city's own kind, adds pages and files to the site, or tells another machine of it.
[The guide](../how-to/write-a-plugin.md) writes one, from nothing to a wheel. Two are kept in this repository:
`plugins/cityfolio-gtfs`, which reads transit feeds, and `plugins/cityfolio-ckan-mirror`, which keeps a CKAN up to date.

## Which plugins are used

- An installed package, with an entry point in the group `cityfolio.plugins`, is used where `plugins:` in `site.yaml` names it.
  One that is not named is not imported.
- A file of the catalog, `plugins/NAME.py`, is used where `build`, `check`, `serve` or `deploy` is given `--allow-plugins`, or
  the environment says `CITYFOLIO_ALLOW_PLUGINS=1`. Otherwise nothing of it is run, and it is
  [an error](../problems/plugin-refused.md). It ends with a value `plugin`.

Nothing in a catalog can allow its own code: a pull request could bring both. A file of the catalog stands alone, and imports
what is installed. `cityfolio check PATH`, which looks at one dataset, runs the rules of no plugin; `cityfolio diff`, `describe`
and `privacy` use none.

Exports are made where [`exports:`](catalog.md#site) of the site or of a file asks for them by the plugin's name and their own,
as `exports: [csv, gtfs/gpx]`. They are listed with the other downloads, in every feed, and in the manifest; they are kept by
what they are made of and by the plugin's files. What the search finds because of plugins stands below the other results, each
kind under its heading; so do pages of plugins, unless they say `is_found=False`. In [`/search.json`](feeds.md) it is under
`others`.

Plugins are called in the order of their names. Two that call something the same are
[an error](../problems/plugin-fault.md). A site that was built with plugins is built each time that it is asked for: whether
something changed that a plugin reads by itself cannot be told. What is kept between builds is kept under a digest of the
plugins' own files too.
"""

_RULES = """\
## What holds for all of them

- The catalog, and all in it, is frozen. A function gives something new, and changes nothing that it was given.
- The same given, the same comes back: no clock, no chance, no network, but for targets. `build.now` is the moment,
  `build.today` the day. Whoever reads a file of the machine breaks "the same commit gives the same site".
- What a plugin adds is held to what holds for the site: an address that is taken, a link that leads nowhere, a script in a page
  stop the build. An address that was published has to answer for ever, also when the plugin is gone.
- Whatever a plugin raises, or gives that is of another type, is one problem, [`plugin-fault`](../problems/plugin-fault.md),
  with the name of the plugin, the file of the catalog that it had in hand, and the line in its own file. The former site
  stays.
- What a plugin prints goes to stderr, where messages go: programs read the rest.
- `amend` changes what is said, not what is there: datasets, goals, measures, publishers and topics neither come nor go, and
  files, columns, status and languages stay. Every value has to be of the type that its field declares.
- A plugin imports from `cityfolio.plugins` alone. Other names of the package may change with any version.
"""

_GIVEN = """\
## What plugins are given

Rules are given a `Loaded`: the records as they are written, each with its document, which knows the place of every value.
What amends, draws pages, writes files or names things to find is given a `Catalog`: what all of it comes to, with references
followed. `record` has the keys of [the catalog's files](catalog.md) under their own names: `dataset.record.frequency` is the
key `frequency`. These types may get further fields; those that are here stay, as long as `API` does. Types that are named and
not told here are no part of that.
"""

_LIMITS = """\
## What is not there

- Readers, exports and rows in plugins of the catalog: they are called in processes of their own, which import what they need.
- Readers for files kept at a `url`, or of datasets that are not published: those are read where Cityfolio itself knows the
  format. Exports and rows of files kept at a `url`: what is fetched of them is offered as Parquet alone.
- A media type of each export's own where the site is hosted: hosts tell it by the ending of a name. Feeds and pages say it.
- Filters of the search for things of a plugin's kinds, and things that are on no page: filters are of datasets.
- Sensitive columns in a file that a plugin reads: a file without them cannot be written, so
  [that is refused](../problems/sensitive-unprotected.md).
- `--rollback`, `--generations`, `--verify` and `--purge` for a target of a plugin, and former states that can be brought back.
- Templates of a plugin's own. A page is Markdown, drawn as a guide is; a city's own templates can use a plugin's filters.
"""
