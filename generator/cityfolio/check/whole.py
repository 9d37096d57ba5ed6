"""Everything that can be wrong with a catalog before anything is computed from it, from its keys to its cells."""

from __future__ import annotations

from cityfolio.check import check
from cityfolio.check.known_sound import KnownSound
from cityfolio.check.measures import measure_problems
from cityfolio.check.privacy import personal_problems
from cityfolio.check.secrets import secret_problems
from cityfolio.check.tables import check_tables
from cityfolio.files import Tree
from cityfolio.load.known_looks import KnownLooks
from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem
from cityfolio.tables.published import Tables

UNKNOWN = KnownLooks()


def whole_check(loaded: Loaded, tables: Tables, build: Build, tree: Tree, looks: KnownLooks = UNKNOWN) -> tuple[Problem, ...]:
    """The problems of the metadata, of the rows against it, of measures over them, of what is personal or secret."""
    return (*check(loaded, build, KnownSound(looks.cache, looks.made_by)), *check_tables(loaded, tables),
            *measure_problems(loaded, tables, tree), *personal_problems(loaded, tables, build.today),
            *secret_problems(loaded, tree, looks))
