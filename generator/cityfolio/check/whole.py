"""Everything that can be wrong with a catalog before anything is computed from it, from its keys to its cells."""

from __future__ import annotations

from cityfolio.check import check
from cityfolio.check.known_sound import Asked, KnownSound
from cityfolio.check.measures import measure_problems
from cityfolio.check.privacy import personal_problems
from cityfolio.check.secrets import secret_problems
from cityfolio.check.tables import foreign_keys, problems_of_each
from cityfolio.files import Tree
from cityfolio.load.known_looks import KnownLooks
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem
from cityfolio.tables.published import Tables

UNKNOWN = KnownLooks()


def whole_check(loaded: Loaded, tables: Tables, build: Build, tree: Tree, looks: KnownLooks = UNKNOWN) -> tuple[Problem, ...]:
    """The problems of the metadata, of the rows against it, of measures over them, of what is personal or secret."""
    known = KnownSound(looks.cache, looks.made_by)

    def look(some: Loaded) -> tuple[Problem, ...]:
        return (*problems_of_each(some, tables), *personal_problems(some, tables, build.today))

    asked = Asked(what="tables", loaded=loaded, keys=tables.known_by, rests_on=str(build.today))
    of_tables = known.problems(asked, look) if tables.known_by else look(loaded)
    return (*check(loaded, build, known), *tables.problems, *foreign_keys(loaded, tables), *of_tables,
            *measure_problems(loaded, tables, tree), *secret_problems(loaded, tree, looks))
