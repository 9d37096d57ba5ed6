"""Data files that come along with the records of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cityfolio.files import sha256
from cityfolio.frozen import replace
from cityfolio.migrate.harvest.bringing import Bringing
from cityfolio.migrate.harvest.brought import Key
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.problems import Location, Problem


def bring_files(bringing: Bringing, copies: Mapping[str, str], read: Callable[[str], bytes]) -> None:
    """Bring data files along. One that was changed here is kept, and one that was deleted here stays deleted.

    `copies` has the path of each in the catalog that the importer made, and the one at the source, which `read` reads.
    """
    places = {theirs: key for key, theirs in bringing.theirs.items() if key[0] == "datasets"}
    named: dict[Key, frozenset[str]] = {}
    for path, at_source in copies.items():
        _, identifier, name = path.split("/", 2)
        key = places.get(identifier)
        if key is None or key not in bringing.kept or any(part.startswith(".") or not part for part in name.split("/")):
            continue
        if key not in named:
            named[key] = frozenset(_texts(bringing.changing.record(key) or {}))
        if name in named[key]:
            _bring(bringing, key, name, read(at_source))
        else:
            kept = bringing.kept[key]
            bringing.keep(key, replace(kept, files={each: digest for each, digest in kept.files.items() if each != name}))


def _bring(bringing: Bringing, key: Key, name: str, body: bytes) -> None:
    changing, kept = bringing.changing, bringing.kept[key]
    target, digest = f"datasets/{key[1]}/{name}", sha256(body)
    here = sha256(changing.catalog.read(target)) if target in changing.files else None
    before = kept.files.get(name)
    if here is None and before is not None:
        return
    if here not in (None, before, digest) and digest != before and not bringing.order.settles:
        bringing.problems.append(Problem(
            code="harvest-conflict", where=Location(path=target),
            says="the file was changed here and at the source", fix="Keep one of the two."))
        return
    if here in (None, before) and here != digest:
        changing.write(target, body)
        bringing.outcomes[key] = bringing.outcomes[key].with_file(name)
    bringing.keep(key, replace(kept, files={**kept.files, name: digest}))


def _texts(value: Yaml) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    else:
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)
