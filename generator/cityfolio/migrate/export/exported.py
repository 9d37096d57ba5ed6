"""A catalog made into another system's files, before they are written: and what of it they cannot carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from cityfolio.files import Tree
from cityfolio.frozen import Frozen, field
from cityfolio.load.licenses import BUILT_IN
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.harvest.names import keys_of_paths
from cityfolio.migrate.yaml.edit import values_of
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.catalog import License

MOST_NAMED = 10
WHOLE = ""                        # the key of a record that does not go along at all


class Left(Frozen, kw_only=True):
    """Something that the other format cannot carry as it is."""

    path: str                     # of the record in the catalog
    key: str                      # "contact.phone", or WHOLE
    why: str                      # one of few fixed phrases, so that they can be counted


class Exported(Frozen, kw_only=True):
    """A catalog in another form, not yet written."""

    format: str                   # as readers know it: "JKAN"
    datasets: int
    files: Mapping[str, str | bytes] = field(default_factory=dict)    # path in the folder -> content
    copies: Mapping[str, str] = field(default_factory=dict)           # path in the folder -> path in the catalog
    left: tuple[Left, ...] = ()


class Records(Frozen, kw_only=True):
    """A catalog's records as plain values, by the paths of their files."""

    values: Mapping[str, Values]
    data_files: Collection[str]   # every other file of the catalog
    rooms: Mapping[str, Mapping[str, Values]]

    @classmethod
    def of(cls, values: Mapping[str, Values], data_files: Collection[str] = ()) -> Records:
        """Records by the paths of their files."""
        rooms: dict[str, dict[str, Values]] = {}
        for (room, identifier), path in keys_of_paths(values):
            rooms.setdefault(room, {})[identifier] = values[path]
        return cls(values=values, data_files=data_files, rooms=rooms)

    def room(self, name: str) -> Mapping[str, Values]:
        """The records of one kind, by id."""
        return self.rooms.get(name, {})

    def title(self, room: str, identifier: str) -> str:
        """What a record is called; its id where it has no title."""
        return words(self.room(room).get(identifier, {}).get("title")) or identifier

    def license(self, identifier: str) -> License | None:
        """A license that is built in; None for one of the catalog's own."""
        return None if f"licenses/{identifier}.yaml" in self.values else BUILT_IN.get(identifier)


def records_of(tree: Tree) -> Records:
    """The records of a catalog that can be read. Raises yaml.YAMLError for one that cannot."""
    paths = [node.path for node in tree.nodes() if node.kind == "file"]
    alone = {path: path for path in ("site.yaml", "synonyms.yaml") if path in paths}
    found = {path: path for _, path in keys_of_paths(paths)} | alone
    return Records.of({path: values_of(tree.read(path).decode()) for path in sorted(found)}, frozenset(paths) - found.keys())


def words(value: Yaml | None) -> str:
    """A value as text; "" for none, and for what is no text."""
    return value.strip() if isinstance(value, str) else ""


def group(value: Yaml | None) -> Mapping[str, Yaml]:
    """A value as a group of keys."""
    return value if isinstance(value, Mapping) else {}


def listed(value: Yaml | None) -> list[Yaml]:
    """A value as a list; a single value stands for a list of one."""
    return [] if value is None or value == "" else [value] if isinstance(value, str | Mapping) else list(value)


def beside(path: str, values: Mapping[str, Yaml], carried: Collection[str], why: str) -> Iterator[Left]:
    """The keys of a record that a format has no place for. A carried key stands for all that is in it."""
    for key, value in values.items():
        if key in carried or value == "":
            continue
        inner = [name for name in group(value) if f"{key}.{name}" in carried]
        if inner:
            yield from (Left(path=path, key=f"{key}.{name}", why=why) for name in group(value) if name not in inner)
        else:
            yield Left(path=path, key=key, why=why)


def as_text(exported: Exported) -> str:
    """The summary for a terminal: how much went along, and what did not, counted by key and reason."""
    left_whole = sum(each.key == WHOLE and each.path.startswith("datasets/") for each in exported.left)
    lines = [f"Export to {exported.format}", "", f"  {exported.datasets - left_whole:,} of {exported.datasets:,} datasets"]
    by_why: dict[str, list[Left]] = {}
    for each in exported.left:
        by_why.setdefault(each.why, []).append(each)
    for why, found in by_why.items():
        lines += ["", f"{why[:1].upper()}{why[1:]}:"]
        counts = Counter(_place(each) for each in found)
        lines += [f"  {count:>6,}  {place}" for place, count in counts.most_common(MOST_NAMED)]
        lines += [f"          and {len(counts) - MOST_NAMED:,} more kinds"] if len(counts) > MOST_NAMED else []
    return "\n".join(lines) + "\n"


def as_markdown(exported: Exported) -> str:
    """The whole report, record by record."""
    by_path: dict[str, list[Left]] = {}
    for each in exported.left:
        by_path.setdefault(each.path, []).append(each)
    lines = [f"# Export to {exported.format}", "", "What is not named here went along unchanged."]
    for path, found in by_path.items():
        lines += ["", f"## {path}", ""]
        lines += [f"- `{each.key}`: {each.why}" if each.key else f"- all of it: {each.why}" for each in found]
    return "\n".join(lines) + "\n"


def _place(each: Left) -> str:
    room = each.path.partition("/")[0].removesuffix(".yaml")
    key = ".".join(part for part in each.key.split(".") if not part.isdigit())
    return f"{room}: {key}" if key else f"{room}, as a whole"


def merged_left(left: Iterable[Left]) -> tuple[Left, ...]:
    """Each thing once, in the order of paths."""
    return tuple(sorted(dict.fromkeys(left), key=lambda each: each.path))
