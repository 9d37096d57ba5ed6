"""Which record of a source is which of the catalog: by what was brought in before, by id, or under a prefix on a clash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.frozen import Frozen
from cityfolio.load.licenses import BUILT_IN
from cityfolio.migrate.harvest.brought import Base, Key
from cityfolio.migrate.harvest.merge import Values, alike
from cityfolio.migrate.values.names import comparable, slug, unused
from cityfolio.migrate.yaml.text import Yaml

ROOMS = ("publishers", "topics", "licenses", "columns", "datasets")
ADDED = frozenset({"publisher", "license", "topics", "related", "columns", "source", "formerly"})
SHARED = frozenset({"topics", "licenses"})   # one title means one thing, whoever brings it


class Known(Frozen, kw_only=True):
    """What the catalog has already."""

    taken: Collection[Key]
    bases: Mapping[Key, Base]                    # of the source that is brought in
    others: Collection[Key]                      # that belong to other sources
    ours: Callable[[Key], Values | None]         # a record as the catalog has it
    prefix: str


@dataclass(slots=True)
class Names:
    """The ids of a source's records in the catalog."""

    known: Known
    given: dict[Key, Key] = field(default_factory=dict)     # key at the source -> key in the catalog
    used: set[Key] = field(default_factory=set)             # keys in the catalog that were given
    taken: dict[str, set[str]] = field(default_factory=dict)   # ids that nothing new can have, by room
    by_theirs: dict[Key, Key] = field(default_factory=dict)
    by_identifier: dict[str, Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.taken = {room: {*BUILT_IN} if room == "licenses" else set() for room in ROOMS}
        for room, identifier in (*self.known.taken, *self.known.bases):
            self.taken.setdefault(room, set()).add(identifier)
        # Two may have one name where a record moved, or came anew: the one that is here counts.
        for key, base in sorted(self.known.bases.items(), key=lambda each: (each[0] not in self.known.taken, each[1].is_gone)):
            self.by_theirs.setdefault((key[0], base.theirs), key)
            if identifier := str(base.values.get("identifier", "")):
                self.by_identifier.setdefault(identifier, key)

    def match(self, theirs: Mapping[Key, Values]) -> None:
        """Know datasets again that have one title and no identifier: by all they say, else by their files' addresses.

        Importers number them in the order of the list, which says nothing of which is which.
        """
        titles = Counter(_title(values) for key, values in theirs.items() if _is_nameless(key, values))
        titles |= Counter(_title(base.values) for key, base in self.known.bases.items() if _is_nameless(key, base.values))
        alike_here = {key: base for key, base in self.known.bases.items()
                      if _is_nameless(key, base.values) and titles[_title(base.values)] > 1}
        for is_same in (says_the_same, shares_a_file):
            for key, values in theirs.items():
                if key in self.given or not _is_nameless(key, values):
                    continue
                mates = [mate for mate, base in alike_here.items() if mate not in self.used
                         and _title(base.values) == _title(values) and is_same(base.values, values)]
                if mates:
                    by_number = self.by_theirs.get(key)
                    self._give(key, by_number if by_number in mates else mates[0])

    def name(self, key: Key, theirs: Values) -> Key:
        """The key of one record in the catalog, the same as the last time or a new one."""
        if key not in self.given:
            self._give(key, self._before(key, theirs) or self._new(key, theirs))
        return self.given[key]

    def _give(self, key: Key, made: Key) -> None:
        self.given[key] = made
        self.used.add(made)
        self.taken[made[0]].add(made[1])

    def _before(self, key: Key, theirs: Values) -> Key | None:
        identifier = str(theirs.get("identifier", ""))
        by_identifier = self.by_identifier.get(identifier) if identifier else None
        if by_identifier and by_identifier[0] == key[0] and by_identifier not in self.used:
            return by_identifier
        found = self.by_theirs.get(key)
        if found is None or found in self.used:
            return None
        # An id that the importer now gives to another record is no sign of it.
        before = str(self.known.bases[found].values.get("identifier", ""))
        return None if identifier and before and identifier != before else found

    def _new(self, key: Key, theirs: Values) -> Key:
        room, identifier = key
        is_ours = key in self.known.taken and key not in self.used
        if identifier not in self.taken[room] or (is_ours and self._is_same(key, theirs)):
            return key
        return room, unused(slug(f"{self.known.prefix}-{identifier}", room), self.taken[room])

    def _is_same(self, key: Key, theirs: Values) -> bool:
        """Whether a record that the catalog has under this id is the source's: brought over before this was kept track of."""
        ours = self.known.ours(key)
        if ours is None or key in self.known.bases or (key in self.known.others and key[0] not in SHARED):
            return False
        identifiers = [str(each.get("identifier", "")) for each in (ours, theirs)]
        if all(identifiers):
            return identifiers[0] == identifiers[1]
        return comparable(str(ours.get("title", ""))) == comparable(str(theirs.get("title", "")))


def _is_nameless(key: Key, values: Mapping[str, Yaml]) -> bool:
    return key[0] == "datasets" and not values.get("identifier")


def _title(values: Mapping[str, Yaml]) -> str:
    return comparable(str(values.get("title", "")))


def says_the_same(one: Mapping[str, Yaml], other: Mapping[str, Yaml]) -> bool:
    """Whether two records differ at most in what names others, or is added here."""
    return alike(*({key: value for key, value in each.items() if key not in ADDED} for each in (one, other)))


def shares_a_file(one: Mapping[str, Yaml], other: Mapping[str, Yaml]) -> bool:
    """Whether two records have a file at the same address."""
    return not _addresses(one).isdisjoint(_addresses(other))


def _addresses(values: Mapping[str, Yaml]) -> set[str]:
    files = values.get("files")
    listed = files if isinstance(files, list) else ()
    return {str(file["url"]) for file in listed if isinstance(file, Mapping) and file.get("url")}


def with_references(values: Values, names: Mapping[Key, Key], room: str) -> Values:
    """The values of a record with the ids of others as the catalog has them."""
    made = dict(values)
    for key, where in (("publisher", "publishers"), ("parent", "publishers"), ("license", "licenses"), ("standard", "columns")):
        if key in made and (key != "license" or room == "datasets"):
            made[key] = _renamed(made[key], where, names)
    for key, where in (("topics", "topics"), ("related", "datasets")):
        if key in made:
            made[key] = _renamed(made[key], where, names)
    if isinstance(columns := made.get("columns"), Mapping):
        made["columns"] = {name: _column(column, names) for name, column in columns.items()}
    if isinstance(files := made.get("files"), list):
        made["files"] = [with_references(dict(file), names, "files") if isinstance(file, Mapping) else file for file in files]
    return made


def _column(column: Yaml, names: Mapping[Key, Key]) -> Yaml:
    if not isinstance(column, Mapping):
        return column
    made = with_references(dict(column), names, "columns")
    if isinstance(target := made.get("foreign_key"), Mapping) and "dataset" in target:
        made["foreign_key"] = {**target, "dataset": _renamed(target["dataset"], "datasets", names)}
    return made


def _renamed(given: Yaml, room: str, names: Mapping[Key, Key]) -> Yaml:
    if isinstance(given, str):
        return names.get((room, given), (room, given))[1]
    return given if isinstance(given, Mapping) else [_renamed(each, room, names) for each in given]


def keys_of_paths(paths: Iterable[str]) -> Iterator[tuple[Key, str]]:
    """The records among some paths of a catalog."""
    for path in paths:
        room, _, rest = path.partition("/")
        if room == "datasets" and rest.endswith("/dataset.yaml") and rest.count("/") == 1:
            yield (room, rest.partition("/")[0]), path
        elif room in ROOMS and room != "datasets" and rest.endswith(".yaml") and "/" not in rest:
            yield (room, rest.removesuffix(".yaml")), path


def path_of(key: Key) -> str:
    """Where a record lies in the catalog."""
    return f"datasets/{key[1]}/dataset.yaml" if key[0] == "datasets" else f"{key[0]}/{key[1]}.yaml"
