"""The records of one source brought into a catalog, one after the other: nothing is overwritten or deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cityfolio.frozen import replace
from cityfolio.load.yaml import read_yaml
from cityfolio.migrate.harvest.brought import FOLDER, Base, Key, base_path, base_text
from cityfolio.migrate.harvest.changing import Changing
from cityfolio.migrate.harvest.fitting import fitted
from cityfolio.migrate.harvest.merge import Merged, Values, merge
from cityfolio.migrate.harvest.moves import Here, left_behind, moves
from cityfolio.migrate.harvest.names import Known, Names, keys_of_paths, path_of, with_references
from cityfolio.migrate.harvest.order import Order
from cityfolio.migrate.harvest.report import Outcome, conflict_problem
from cityfolio.migrate.yaml.changes import changes_between
from cityfolio.migrate.yaml.edit import edited
from cityfolio.migrate.yaml.text import record_text
from cityfolio.model.records import (
    ColumnRecord,
    DatasetRecord,
    LicenseRecord,
    PublisherRecord,
    TopicRecord,
)
from cityfolio.problems import Problem

RECORDS: Mapping[str, type] = {
    "publishers": PublisherRecord, "topics": TopicRecord, "licenses": LicenseRecord, "columns": ColumnRecord,
    "datasets": DatasetRecord,
}


@dataclass(slots=True)
class Bringing:
    """One source while it is brought in."""

    changing: Changing
    order: Order
    read: Mapping[Key, Base]      # the bases as they lie in the catalog
    bases: dict[Key, Base] = field(init=False)                # the same by the keys that their records have now
    names: Names = field(init=False)
    outcomes: dict[Key, Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: dict[Key, Base] = field(default_factory=dict)       # the new bases
    theirs: dict[Key, str] = field(default_factory=dict)      # key in the catalog -> id at the source

    def __post_init__(self) -> None:
        self.bases = dict(self.read)

    def begin(self, theirs: Mapping[Key, Values]) -> None:
        """Find the base of every record, also of those that moved, and what ids there are."""
        changing, order = self.changing, self.order
        taken = {key for key, _ in keys_of_paths(changing.files)}
        sources = {order.id, *changing.sources()}
        for path, key, base in left_behind(changing.catalog, sources, (theirs, taken)):
            if key not in self.bases:
                self._put(key, base)
            changing.remove(path)
        others = {(parts[2], parts[3].removesuffix(".json")) for path in changing.files
                  if len(parts := path.split("/")) == 4 and parts[0] == FOLDER and parts[1] in sources - {order.id}}
        here = Here(taken=taken, others=others, ours=changing.record, source=order.id, moving=order.source.moving)
        for old, new in moves(self.bases, here).items():
            self._put(new, self.bases.pop(old))
            changing.remove(base_path(order.id, old))
        self.names = Names(Known(taken=taken, bases=self.bases, others=others, ours=changing.record,
                                 prefix=order.source.prefix or order.id))

    def _put(self, key: Key, base: Base) -> None:
        """Have a base in another place from now on, also where nothing more is learned of its record this time."""
        self.bases[key] = base
        self.changing.write(base_path(self.order.id, key), base_text(base))

    def placed(self, theirs: Mapping[Key, Values]) -> dict[Key, Values]:
        """The source's records under the ids that they have in the catalog, and naming each other so."""
        self.names.match(theirs)
        placed = {key: self.names.name(key, values) for key, values in theirs.items()}
        self.theirs = {ours: key[1] for key, ours in placed.items()}
        return {ours: fitted(ours, with_references(theirs[key], placed, key[0]), self.order) for key, ours in placed.items()}

    def bring(self, key: Key, theirs: Values) -> None:
        """Take over what changed in one record."""
        base = self.bases.get(key)
        new = Base(theirs=self.theirs[key], values=theirs, files=base.files if base else {})
        if not self.changing.has(key):
            if base is None:
                self.changing.write(path_of(key), record_text(RECORDS[key[0]], theirs))
                self.keep(key, new)
            self.tell(key, theirs, "new" if base is None else "deleted-here")
            return
        ours = self.changing.record(key)
        if ours is None:
            self.tell(key, theirs, "unreadable-here")
            return
        merged = merge(base.values if base else {}, theirs, ours, RECORDS[key[0]])
        self.settle(key, new, ours, merged)
        was_gone = base is not None and base.is_gone
        is_changed = path_of(key) in self.changing.writes
        self.tell(key, theirs, "back" if was_gone else "changed" if is_changed else "unchanged", merged)

    def retire(self, key: Key, base: Base) -> None:
        """Say of a dataset that the source lists it no longer. It stays, with all that the catalog knows of it."""
        reason = f"{self.order.title} no longer lists it; noticed on {self.order.today.isoformat()}."
        theirs: Values = {**base.values, "status": "retired", "reason": reason}
        ours = self.changing.record(key)
        new = replace(base, values=theirs, is_gone=True)
        if ours is None or ours.get("status", "published") != "published":
            # The city has said already why it cannot be had, or has deleted it: that stands.
            self.keep(key, replace(base, is_gone=True))
            self.tell(key, theirs, "retired-here" if ours else "deleted-here")
            return
        merged = merge(base.values, theirs, ours, DatasetRecord)
        self.settle(key, new, ours, merged)
        self.tell(key, theirs, "retired", merged)

    def leave(self, key: Key, base: Base) -> None:
        """Leave a dataset as it is, of which nobody can say whether the source lists it still."""
        self.tell(key, dict(base.values), "unseen")

    def settle(self, key: Key, new: Base, ours: Values, merged: Merged) -> None:
        """Write what changed, and keep what to compare with the next time."""
        text = self.changing.text(key)
        assert text is not None
        changed = edited(text, changes_between(ours, merged.values, RECORDS[key[0]]))
        if changed != text:
            self.changing.write(path_of(key), changed)
        self.keep(key, new if self.order.settles else replace(new, values=merged.base))
        if not self.order.settles:
            document, _ = read_yaml(path_of(key), changed.encode())
            assert document is not None
            self.problems += [conflict_problem(each, document, self.order.title) for each in merged.conflicts]

    def keep(self, key: Key, base: Base) -> None:
        """Keep a base, if it says something else than the one before. It is written after what it says is there."""
        before, path = self.read.get(key), base_path(self.order.id, key)
        self.kept[key] = base
        if before is None or not before.says_as(base):
            self.changing.write(path, base_text(base))
        else:
            self.changing.writes.pop(path, None)

    def tell(self, key: Key, values: Values, what: str, merged: Merged | None = None) -> None:
        """Note for the report what became of a record."""
        self.outcomes[key] = Outcome(key=key, title=str(values.get("title", key[1])), what=what,
                                     taken=merged.taken if merged else (), conflicts=merged.conflicts if merged else ())
