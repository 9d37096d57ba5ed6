"""What of a catalog comes back when another form of it is read again: the report of an export, found by doing it.

A form carries what its importer finds in it. So each export is imported at once, and what is absent, added or altered is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.migrate.export.exported import WHOLE, Left, Records, group, listed, words
from cityfolio.migrate.harvest.brought import Key
from cityfolio.migrate.harvest.merge import Maybe, Values, alike
from cityfolio.migrate.harvest.names import path_of, with_references
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.yaml.text import Yaml

LOST = "not in this format"
ADDED = "comes back in addition, because the format asks for it or keeps it there"
ALTERED = "comes back in other words"
NAMED = "comes back under another id"
MOVED = "comes back with each file, and with what shared columns say written out"
POINTED_TO = ("publishers", "topics", "licenses")   # rooms whose records datasets name


def left_behind(before: Records, after: Records, identifiers: Mapping[str, str]) -> tuple[Left, ...]:
    """Everything that is otherwise after a round trip, record by record. `identifiers` are those of datasets in the form."""
    names = _matched(before, after, identifiers)
    theirs = {ours: key for key, ours in names.items()}
    left: list[Left] = []
    for room in (*POINTED_TO, "datasets"):
        for identifier, values in before.room(room).items():
            key = (room, identifier)
            if key not in theirs:
                left.append(Left(path=path_of(key), key=WHOLE, why=LOST))
                continue
            if theirs[key][1] != identifier:
                left.append(Left(path=path_of(key), key="(id)", why=NAMED))
            came = with_references(after.room(room)[theirs[key][1]], names, room)
            found = [*_dictionary(values, came, before.room("columns")), *differing(_bare(values), _bare(came))]
            left += (Left(path=path_of(key), key=place, why=why) for place, why in found)
    left += (Left(path=path, key=WHOLE, why=LOST) for path in before.values
             if path == "synonyms.yaml" or path.startswith("columns/"))
    site = before.values.get("site.yaml", {})
    came = {key: value for key, value in after.values.get("site.yaml", {}).items() if key in site}
    left += (Left(path="site.yaml", key=place, why=why) for place, why in differing(site, came))
    return tuple(left)


def _matched(before: Records, after: Records, identifiers: Mapping[str, str]) -> dict[Key, Key]:
    """Which record that came back is which: datasets by their identifiers, the others by id or title."""
    found = _matched_datasets(before, after, identifiers)
    for room in POINTED_TO:
        met: set[str] = set()
        titles = {comparable(before.title(room, each)): each for each in before.room(room)}
        addresses = {words(each.get("url")): identifier for identifier, each in before.room(room).items()}
        for identifier, values in after.room(room).items():
            by_title = titles.get(comparable(words(values.get("title"))))
            by_address = addresses.get(words(values.get("url"))) if room == "licenses" and values.get("url") else None
            ours = by_title or by_address or (identifier if identifier in before.room(room) else None)
            if ours is not None and ours not in met:
                met.add(ours)
                found[room, identifier] = (room, ours)
    return found


def _matched_datasets(before: Records, after: Records, identifiers: Mapping[str, str]) -> dict[Key, Key]:
    """Datasets by identifier, of those that share one by title too; where none has it, by id."""
    found: dict[Key, Key] = {}
    sharing: dict[str, list[str]] = {}
    for ours, name in identifiers.items():
        sharing.setdefault(name, []).append(ours)
    unmet = set(identifiers)
    for identifier, values in after.room("datasets").items():
        title = comparable(words(values.get("title")))
        named = [ours for ours in (*sharing.get(words(values.get("identifier")), []), identifier) if ours in unmet]
        if named:
            ours = next((each for each in named if comparable(before.title("datasets", each)) == title), named[0])
            unmet.remove(ours)
            found["datasets", identifier] = ("datasets", ours)
    return found


def differing(before: Values, after: Values) -> Iterator[tuple[str, str]]:
    """The keys of a record that are otherwise: with points between steps, files by their number."""
    for key in dict.fromkeys((*before, *after)):
        yield from _differing(key, before.get(key), after.get(key))


def _differing(place: str, before: Maybe, after: Maybe) -> Iterator[tuple[str, str]]:
    if alike(before, after) or alike(listed(before), listed(after)):
        return
    if alike(after, None):
        yield place, LOST
    elif alike(before, None):
        yield place, ADDED
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from _differing(f"{place}.{key}", before.get(key), after.get(key))
    elif place == "files" and len(listed(before)) == len(listed(after)):
        for number, (one, other) in enumerate(zip(listed(before), listed(after), strict=True)):
            yield from _differing(f"{place}.{number}", one, other)
    else:
        yield place, ALTERED


def _dictionary(before: Values, after: Values, shared: Mapping[str, Values]) -> Iterator[tuple[str, str]]:
    """How the dictionary of the columns of each file differs: a form may keep it in another place."""
    if alike(_columns_alone(before), _columns_alone(after)):
        return
    theirs = _by_file(after, {})
    met = {name for columns in theirs for name in columns}
    if not met:
        yield from ((place, LOST) for place in _places_of_columns(before))
        return
    if before.get("columns"):
        yield "columns", MOVED
    ours = _by_file(before, shared)
    named = dict.fromkeys(name for columns in ours for name in columns)
    yield from ((f"columns.{name}", LOST) for name in named if name not in met)
    for number, columns in enumerate(theirs):
        known = ours[number] if number < len(ours) else {}
        for name, column in columns.items():
            yield from _differing(f"files.{number}.columns.{name}", known.get(name), column)


def _columns_alone(values: Values) -> Yaml:
    files: list[Yaml] = [group(group(file).get("columns")) for file in listed(values.get("files"))]
    return [group(values.get("columns")), *files]


def _by_file(values: Values, shared: Mapping[str, Values]) -> list[dict[str, Yaml]]:
    """The dictionary that holds for each file, with what shared columns say written out."""
    found: list[dict[str, Yaml]] = []
    for file in listed(values.get("files")) or [{}]:
        columns = {**group(values.get("columns")), **group(group(file).get("columns"))}
        found.append({name: _written_out(group(column), shared) for name, column in columns.items()})
    return found


def _written_out(column: Mapping[str, Yaml], shared: Mapping[str, Values]) -> Yaml:
    standard = words(column.get("standard"))
    return {**shared.get(standard, {}), **{key: value for key, value in column.items() if key != "standard"}}


def _places_of_columns(values: Values) -> Iterator[str]:
    yield from ["columns"] if values.get("columns") else []
    files = enumerate(listed(values.get("files")))
    yield from (f"files.{number}.columns" for number, file in files if group(file).get("columns"))


def _bare(values: Values) -> Values:
    made = {key: value for key, value in values.items() if key != "columns"}
    if "files" in made:
        made["files"] = [{key: value for key, value in group(file).items() if key != "columns"}
                         for file in listed(values["files"])]
    return made
