"""The folder of a dataset while an importer describes it: what is put beside its record, and the account of it all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cityfolio.migrate.gathered import Gathered
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.names import slug, unused
from cityfolio.model.formats import BY_ENDING

ENDINGS = tuple(sorted(BY_ENDING, key=len, reverse=True))   # "csv.gz" before "gz"
OTHER_ENDING = re.compile(r"(.*)\.([A-Za-z0-9]{1,12})", re.DOTALL)


@dataclass(slots=True)
class Folder:
    """Names in a dataset's folder, with what is to be put there."""

    gathered: Gathered
    ledger: Ledger = field(default_factory=Ledger)
    copies: dict[str, str] = field(default_factory=dict)       # name -> path at the source

    def placed(self, path: str) -> str:
        """A new name for a file of the source, that can be part of an address and leads nowhere else."""
        last = re.split(r"[/\\]", path)[-1]
        stem, ending = _divided(last)
        # dataset.yaml is the record itself.
        taken = {"dataset", *(name.partition(".")[0] for name in self.copies)}
        name = unused(slug(stem or "file", "files"), taken) + (f".{ending}" if ending else "")
        if name != path:
            self.ledger.note("noted", "files", "a file of the source, copied", path, name)
        return name

    def copy(self, path: str) -> str:
        """The name under which a file of the source is brought along."""
        name = next((name for name, known in self.copies.items() if known == path), None)
        if name is None:
            name = self.placed(path)
            self.copies[name] = path
        return name


def _divided(name: str) -> tuple[str, str]:
    for ending in ENDINGS:
        if name.lower().endswith(f".{ending}"):
            return name[: -len(ending) - 1], ending
    other = OTHER_ENDING.fullmatch(name)
    return (other[1], other[2].lower()) if other else (name, "")
