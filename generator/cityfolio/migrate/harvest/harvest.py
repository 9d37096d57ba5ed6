"""What a source lists now, brought into the catalog as changes that a person can review: nothing is overwritten or deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cityfolio.files import Tree
from cityfolio.load.values import IDENTIFIER
from cityfolio.migrate.harvest.absent import (
    is_cut_short,
    nameless,
    nameless_path,
    nameless_text,
    names_of,
    read_nameless,
    stands,
)
from cityfolio.migrate.harvest.bringing import Bringing
from cityfolio.migrate.harvest.brought import Base, Key, read_bases
from cityfolio.migrate.harvest.changing import Changing, StillTree
from cityfolio.migrate.harvest.data_files import bring_files
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.harvest.names import ROOMS, keys_of_paths
from cityfolio.migrate.harvest.order import Harvest, Order
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.yaml.edit import values_of
from cityfolio.problems import Location, Problem

FEWEST = 0.5                      # of what a source listed the last time; less looks like a source that is broken


def harvest(catalog: Tree, imported: Imported, read: Callable[[str], bytes], order: Order) -> Harvest:
    """Compare what was imported from a source with the catalog. `read` gives a file of the source that is brought along."""
    catalog = StillTree.of(catalog)
    bases, problems = read_bases(catalog, order.id)
    theirs, broken = _records(imported), names_of(imported.missed)
    # What could not be read may be there all the same, so nothing is taken for gone.
    is_stopped = is_cut_short(imported.problems, imported.missed)
    is_whole = imported.is_whole and order.may_retire and not is_stopped
    if is_stopped and not theirs:
        return Harvest(problems=(*imported.problems, *problems))
    if is_whole and (shrunk := _shrunk(theirs, broken, bases, order)) is not None:
        return Harvest(problems=(*imported.problems, *problems, shrunk))
    bringing = Bringing(changing=Changing(catalog), order=order, read=bases)
    bringing.begin(theirs)
    given = bringing.placed(theirs)
    for key, values in given.items():
        bringing.bring(key, values)
    absent = {key: base for key, base in bringing.bases.items()
              if key[0] == "datasets" and key not in given and not base.is_gone}
    _look_for(absent, bringing, imported, is_whole=is_whole)
    bring_files(bringing, imported.copies, read)
    return Harvest(writes=bringing.changing.writes, removes=tuple(bringing.changing.removes),
                   outcomes=tuple(bringing.outcomes.values()), missed=imported.missed,
                   problems=(*imported.problems, *problems, *bringing.problems))


def _records(imported: Imported) -> dict[Key, Values]:
    # An id that cannot be part of an address could lead out of the catalog.
    found = {key: path for key, path in keys_of_paths([*imported.files]) if IDENTIFIER.fullmatch(key[1])}
    ordered = sorted(found.items(), key=lambda item: ROOMS.index(item[0][0]))
    return {key: values_of(imported.files[path]) for key, path in ordered}


def _shrunk(theirs: Mapping[Key, Values], broken: frozenset[str], bases: Mapping[Key, Base], order: Order) -> Problem | None:
    live = [base for key, base in bases.items() if key[0] == "datasets" and not base.is_gone]
    before = len(live)
    now = sum(key[0] == "datasets" for key in theirs) + sum(stands(base, broken) for base in live)
    if order.may_shrink or now >= before * FEWEST:
        return None
    return Problem(
        code="harvest-shrunk", where=Location(path="site.yaml"),
        says=f'the source "{order.id}" lists {now:,} of the {before:,} datasets that it listed the last time',
        fix="Look whether it is broken. If it is right, harvest it with --may-shrink: the others are retired.")


def _look_for(absent: Mapping[Key, Base], bringing: Bringing, imported: Imported, *, is_whole: bool) -> None:
    """Retire the datasets that a whole list does not have, and leave those that may stand in it as records that are broken."""
    changing, source = bringing.changing, bringing.order.id
    before, now = read_nameless(changing.catalog, source), nameless(imported.missed)
    names = names_of(imported.missed)
    for key, base in absent.items():
        # One more record that does not say what it is can be any of those that are not found.
        if is_whole and now <= before and not stands(base, names):
            bringing.retire(key, base)
        else:
            bringing.leave(key, base)
    if is_whole and now != before:
        if now:
            changing.write(nameless_path(source), nameless_text(now))
        else:
            changing.remove(nameless_path(source))
