"""What changed in the model since a catalog was written, each as a step that a file either needs or does not.

A step sees from the file itself, and from what is known of the former site, whether there is something to do. So no file says
of which version it is, a catalog may be of several, and a second run finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cityfolio.frozen import Frozen
from cityfolio.load.file_kinds import FileKind
from cityfolio.migrate.yaml.changes import Change
from cityfolio.migrate.yaml.edit import edited, values_of
from cityfolio.migrate.yaml.places import List, Map, Place, Word, places
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.former_keys import FormerKey, former_key
from cityfolio.model.keys import Kind, ListOf, MapOf, Record, keys_of
from cityfolio.model.twins import ALL, EVERY, TWINS, USUAL


class Known(Frozen, kw_only=True):
    """What the files of a catalog do not tell."""

    beside: frozenset[str] = frozenset()   # the kinds of files that the former site had beside its datasets
    is_site_known: bool = False            # whether there was one to look at


class Changed(Frozen, kw_only=True):
    """The YAML of a file after a step, with a sentence for each change."""

    text: str
    said: tuple[str, ...] = ()


class Step(Frozen, kw_only=True):
    """One change of the model. `change` gets the YAML of a file, without the text that may follow it."""

    name: str
    before: int                   # the model whose catalogs may need it, and the one that has it;
    after: int                    # docs/reference/compatibility.md lists the models
    says: str
    change: Callable[[str, FileKind, Known], Changed]


def renamed_keys(text: str, kind: FileKind, known: Known) -> Changed:
    """Keys by the names of today: where they stand, with every other byte kept. A name that stands there already stays."""
    root = places(text)
    found = [*_former(root, Record(kind.record))] if root is not None else []
    said = tuple(f"`{each.key}` is called `{each.now}` now" for _, each in found)
    for word, each in sorted(found, key=lambda at: at[0].start, reverse=True):
        written = text[word.start : word.end].replace(each.key, each.now)   # it may stand in quotation marks
        text = text[: word.start] + written + text[word.end :]
    return Changed(text=text, said=said)


def _former(place: Place, kind: Kind | None) -> Iterator[tuple[Word, FormerKey]]:
    if isinstance(place, List):
        for item in place.items:
            yield from _former(item, kind.kind if isinstance(kind, ListOf) else None)
    if not isinstance(place, Map):
        return
    if isinstance(kind, ListOf):
        kind = kind.kind              # a single group stands for a list of one
    names = {key.text for key in place.keys}
    for key, value in zip(place.keys, place.values, strict=True):
        name, former = key.text, former_key(kind.type.__name__, key.text) if isinstance(kind, Record) else None
        if former is not None and former.now not in names:
            yield key, former
            name = former.now
        yield from _former(value, _below(kind, name))


def _below(kind: Kind | None, name: str) -> Kind | None:
    if isinstance(kind, Record):
        declared = keys_of(kind.type).get(name)
        return declared.kind if declared else None
    return kind.kind if isinstance(kind, MapOf) else None


def named_twins(text: str, kind: FileKind, known: Known) -> Changed:
    """The kinds of files beside datasets, named in site.yaml where the former site had them and the settings name none.

    In model 1 every kind was written for everybody. Pages about changes and for looking into a table are beside some datasets
    whatever the settings say, so these two alone tell nothing.
    """
    if kind.record.__name__ != "SiteRecord" or "twins" in values_of(text) or not known.beside - USUAL - {"changes"}:
        return Changed(text=text)
    named: Yaml = ALL if known.beside == EVERY else [each for each in TWINS if each in known.beside]
    behind = tuple(keys_of(kind.record))[: tuple(keys_of(kind.record)).index("twins")]
    made = edited(text, [Change(path=("twins",), value=named, behind=behind)])
    listed = named if isinstance(named, str) else ", ".join(map(str, named))
    return Changed(text=made, said=(f"`twins` names what the former site has beside its datasets: {listed}",))


MODEL = 2     # the newest; renaming keys needs no new one, because former names are read
STEPS: tuple[Step, ...] = (
    Step(name="keys", before=1, after=MODEL, change=renamed_keys, says="Keys are written by the names that they have now."),
    Step(name="twins", before=1, after=2, change=named_twins,
         says="The kinds of files that the former site has beside its datasets are named: what is not named is not written."),
)


def stepped(text: str, kind: FileKind, known: Known, steps: Sequence[Step] = STEPS) -> Changed:
    """The YAML of a file after all steps, in their order. Raises yaml.YAMLError for a text that is not YAML."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text, said = text.removeprefix(mark), list[str]()
    for step in steps:
        changed = step.change(text, kind, known)
        text = changed.text
        said += changed.said
    return Changed(text=mark + text, said=tuple(said))
