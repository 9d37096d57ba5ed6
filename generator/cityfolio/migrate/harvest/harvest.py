"""What a source lists now, brought into the catalog as changes that a person can review: nothing is overwritten or deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urljoin, urlsplit

import yaml

from cityfolio.files import Tree, sha256
from cityfolio.load.values import IDENTIFIER
from cityfolio.load.yaml import read_yaml
from cityfolio.migrate.harvest.brought import FOLDER, Base, Key, base_path, base_text, read_bases
from cityfolio.migrate.harvest.merge import Merged, Values, merge
from cityfolio.migrate.harvest.moves import Here, left_behind, moves
from cityfolio.migrate.harvest.names import ROOMS, Known, Names, keys_of_paths, path_of, with_references
from cityfolio.migrate.harvest.report import Outcome, conflict_problem
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.yaml.changes import changes_between
from cityfolio.migrate.yaml.edit import edited, values_of
from cityfolio.migrate.yaml.text import Yaml, record_text
from cityfolio.model.records import (
    ColumnRecord,
    DatasetRecord,
    LicenseRecord,
    PublisherRecord,
    SourceRecord,
    TopicRecord,
)
from cityfolio.problems import Location, Problem, stops

RECORDS: Mapping[str, type] = {
    "publishers": PublisherRecord, "topics": TopicRecord, "licenses": LicenseRecord, "columns": ColumnRecord,
    "datasets": DatasetRecord,
}
FEWEST = 0.5                      # of what a source listed the last time; less looks like a source that is broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done: bring in this source, on this day."""

    id: str
    source: SourceRecord
    today: date
    settles: bool = False         # conflicts end here: the catalog keeps its own, and they do not come up again
    may_shrink: bool = False      # the source may list far less than the last time


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What to write, and what is to be said of it."""

    writes: Mapping[str, str | bytes] = field(default_factory=dict)    # path in the catalog -> its new content
    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()


def harvest(catalog: Tree, imported: Imported, read: Callable[[str], bytes], order: Order) -> Harvest:
    """Compare what was imported from a source with the catalog. `read` gives a file of the source that is brought along."""
    bases, problems = read_bases(catalog, order.id)
    theirs = _records(imported)
    # What could not be read may be there all the same, so nothing is taken for gone.
    is_stopped = stops(imported.problems, strict=False)
    is_whole = imported.is_whole and not is_stopped
    if is_stopped and not theirs:
        return Harvest(problems=(*imported.problems, *problems))
    if is_whole and (shrunk := _shrunk(theirs, bases, order)) is not None:
        return Harvest(problems=(*imported.problems, *problems, shrunk))
    bringing = _Bringing(catalog, order, bases)
    bringing.begin(theirs)
    given = bringing.placed(theirs)
    for key, values in given.items():
        bringing.bring(key, values)
    for key, base in bringing.bases.items():
        if key[0] == "datasets" and key not in given and not base.is_gone:
            if is_whole:
                bringing.retire(key, base)
            else:
                bringing.tell(key, dict(base.values), "unseen")
    bringing.copy(imported.copies, read)
    return Harvest(writes=bringing.writes, outcomes=tuple(bringing.outcomes.values()),
                   problems=(*imported.problems, *problems, *bringing.problems))


def _records(imported: Imported) -> dict[Key, Values]:
    # An id that cannot be part of an address could lead out of the catalog.
    found = {key: path for key, path in keys_of_paths([*imported.files]) if IDENTIFIER.fullmatch(key[1])}
    ordered = sorted(found.items(), key=lambda item: ROOMS.index(item[0][0]))
    return {key: values_of(imported.files[path]) for key, path in ordered}


def _shrunk(theirs: Mapping[Key, Values], bases: Mapping[Key, Base], order: Order) -> Problem | None:
    before = sum(key[0] == "datasets" and not base.is_gone for key, base in bases.items())
    now = sum(key[0] == "datasets" for key in theirs)
    if order.may_shrink or now >= before * FEWEST:
        return None
    return Problem(
        code="harvest-shrunk", where=Location(path="site.yaml"),
        says=f'the source "{order.id}" lists {now:,} of the {before:,} datasets that it listed the last time',
        fix="Look whether it is broken. If it is right, harvest it with --may-shrink: the others are retired.")


@dataclass(slots=True)
class _Bringing:
    """One source while it is brought in."""

    catalog: Tree
    order: Order
    read: Mapping[Key, Base]      # the bases as they lie in the catalog
    bases: dict[Key, Base] = field(init=False)                # the same by the keys that their records have now
    names: Names = field(init=False)
    files: frozenset[str] = field(init=False)
    writes: dict[str, str | bytes] = field(default_factory=dict)
    outcomes: dict[Key, Outcome] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: dict[Key, Base] = field(default_factory=dict)       # the new bases
    theirs: dict[Key, str] = field(default_factory=dict)      # key in the catalog -> id at the source

    def __post_init__(self) -> None:
        self.files = frozenset(node.path for node in self.catalog.nodes() if node.kind == "file")
        self.bases = dict(self.read)

    def begin(self, theirs: Mapping[Key, Values]) -> None:
        """Find the base of every record, also of those that moved, and what ids there are."""
        taken = {key for key, _ in keys_of_paths(self.files)}
        source = self.order.source
        here = Here(taken=taken, ours=self.ours, source=self.order.id, moving=source.moving)
        for old, new in moves(self.read, here).items():
            self.bases[new] = self.bases.pop(old)
            # What lies under the old key is done with.
            self.writes[base_path(self.order.id, old)] = base_text(replace(self.read[old], is_gone=True))
        sources = {self.order.id, *self.sources()}
        before = left_behind(self.catalog, sources, theirs)
        self.bases |= {key: base for key, base in before.items() if key in taken and key not in self.bases}
        others = {(parts[2], parts[3].removesuffix(".json")) for path in self.files
                  if len(parts := path.split("/")) == 4 and parts[0] == FOLDER and parts[1] in sources - {self.order.id}}
        self.names = Names(Known(taken=taken, bases=self.bases, others=others, ours=self.ours,
                                 prefix=source.prefix or self.order.id))

    def sources(self) -> Iterator[str]:
        """The sources that site.yaml names."""
        named = values_of(self.catalog.read("site.yaml").decode()).get("sources")
        yield from named if isinstance(named, Mapping) else ()

    def ours(self, key: Key) -> Values | None:
        """A record as the catalog has it; None where there is none, or none that can be read."""
        text = self.text(key)
        document, problems = read_yaml(path_of(key), (text or "").encode())
        if text is None or document is None or any(each.severity == "error" for each in problems):
            return None
        try:
            return values_of(text)
        except yaml.YAMLError:
            return None

    def text(self, key: Key) -> str | None:
        """The YAML of a record of the catalog, as it is or will be."""
        path = path_of(key)
        written = self.writes.get(path)
        if isinstance(written, str):
            return written
        try:
            return self.catalog.read(path).decode() if path in self.files else None
        except (OSError, UnicodeDecodeError):
            return None

    def placed(self, theirs: Mapping[Key, Values]) -> dict[Key, Values]:
        """The source's records under the ids that they have in the catalog, and naming each other so."""
        self.names.match(theirs)
        placed = {key: self.names.name(key, values) for key, values in theirs.items()}
        self.theirs = {ours: key[1] for key, ours in placed.items()}
        return {ours: self.fitted(ours, with_references(theirs[key], placed, key[0])) for key, ours in placed.items()}

    def fitted(self, key: Key, values: Values) -> Values:
        """A record with what the source's settings add to it."""
        source = self.order.source
        # The addresses of another portal remain its own.
        made = {name: value for name, value in values.items() if name != "formerly" or source.moving}
        if key[0] == "publishers" and source.publisher and key[1] != source.publisher:
            made.setdefault("parent", source.publisher)
        if key[0] == "datasets":
            if source.publisher:
                made.setdefault("publisher", source.publisher)
            home = _home(values, source.home or source.url or "")
            made |= {} if source.moving else {"source": {"id": self.order.id, **({"url": home} if home else {})}}
        return made

    def bring(self, key: Key, theirs: Values) -> None:
        """Take over what changed in one record."""
        base = self.bases.get(key)
        new = Base(theirs=self.theirs[key], values=theirs, files=base.files if base else {})
        if path_of(key) not in self.files:
            if base is None:
                self.writes[path_of(key)] = record_text(RECORDS[key[0]], theirs)
                self.keep(key, new)
            self.tell(key, theirs, "new" if base is None else "deleted-here")
            return
        ours = self.ours(key)
        if ours is None:
            self.tell(key, theirs, "unreadable-here")
            return
        merged = merge(base.values if base else {}, theirs, ours, RECORDS[key[0]])
        self.settle(key, new, ours, merged)
        was_gone = base is not None and base.is_gone
        self.tell(key, theirs, "back" if was_gone else "changed" if path_of(key) in self.writes else "unchanged", merged)

    def retire(self, key: Key, base: Base) -> None:
        """Say of a dataset that the source lists it no longer. It stays, with all that the catalog knows of it."""
        title = self.order.source.title or self.order.id
        reason = f"{title} no longer lists it; noticed on {self.order.today.isoformat()}."
        theirs: Values = {**base.values, "status": "retired", "reason": reason}
        ours = self.ours(key)
        new = replace(base, values=theirs, is_gone=True)
        if ours is None or ours.get("status", "published") != "published":
            # The city has said already why it cannot be had, or has deleted it: that stands.
            self.keep(key, replace(base, is_gone=True))
            self.tell(key, theirs, "retired-here" if ours else "deleted-here")
            return
        merged = merge(base.values, theirs, ours, DatasetRecord)
        self.settle(key, new, ours, merged)
        self.tell(key, theirs, "retired", merged)

    def settle(self, key: Key, new: Base, ours: Values, merged: Merged) -> None:
        """Write what changed, and keep what to compare with the next time."""
        text = self.text(key)
        assert text is not None
        changed = edited(text, changes_between(ours, merged.values, RECORDS[key[0]]))
        if changed != text:
            self.writes[path_of(key)] = changed
        self.keep(key, new if self.order.settles else replace(new, values=merged.base))
        if not self.order.settles:
            document, _ = read_yaml(path_of(key), changed.encode())
            assert document is not None
            title = self.order.source.title or self.order.id
            self.problems += [conflict_problem(each, document, title) for each in merged.conflicts]

    def keep(self, key: Key, base: Base) -> None:
        """Keep a base, if it says something else than the one before."""
        before, path = self.read.get(key), base_path(self.order.id, key)
        self.kept[key] = base
        self.writes.pop(path, None)     # it is written last: after what it says is there
        if before is None or not before.says_as(base):
            self.writes[path] = base_text(base)

    def tell(self, key: Key, values: Values, what: str, merged: Merged | None = None) -> None:
        """Note for the report what became of a record."""
        self.outcomes[key] = Outcome(key=key, title=str(values.get("title", key[1])), what=what,
                                     taken=merged.taken if merged else (), conflicts=merged.conflicts if merged else ())

    def copy(self, copies: Mapping[str, str], read: Callable[[str], bytes]) -> None:
        """Bring data files along. One that was changed here is kept, and one that was deleted here stays deleted."""
        places = {theirs: key for key, theirs in self.theirs.items() if key[0] == "datasets"}
        named: dict[Key, frozenset[str]] = {}
        for path, at_source in copies.items():
            _, identifier, name = path.split("/", 2)
            key = places.get(identifier)
            if key is None or key not in self.kept or any(part.startswith(".") or not part for part in name.split("/")):
                continue
            if key not in named:
                named[key] = frozenset(_texts(self.ours(key) or {}))
            if name not in named[key]:
                self.keep(key, replace(self.kept[key], files=_without(self.kept[key].files, name)))
                continue
            body = read(at_source)
            target, digest = f"datasets/{key[1]}/{name}", sha256(body)
            here = sha256(self.catalog.read(target)) if target in self.files else None
            before = self.kept[key].files.get(name)
            if here is None and before is not None:
                continue
            if here not in (None, before, digest) and digest != before and not self.order.settles:
                self.problems.append(Problem(
                    code="harvest-conflict", where=Location(path=target),
                    says="the file was changed here and at the source", fix="Keep one of the two."))
                continue
            if here in (None, before) and here != digest:
                self.writes[target] = body
                self.outcomes[key] = self.outcomes[key].with_file(name)
            self.keep(key, replace(self.kept[key], files={**self.kept[key].files, name: digest}))


def _texts(value: Yaml) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    else:
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)


def _without(files: Mapping[str, str], name: str) -> dict[str, str]:
    return {each: digest for each, digest in files.items() if each != name}


def _home(values: Values, url: str) -> str:
    """The page of a dataset on the portal it comes from: its landing page, else a former path of that portal's host."""
    page = str(values.get("landing_page", ""))
    if page and (not url or urlsplit(page).hostname == urlsplit(url).hostname):
        return page
    former = values.get("formerly")
    path = former[0] if isinstance(former, list) and former else former
    return urljoin(url, path) if url and isinstance(path, str) and path.startswith("/") else page
