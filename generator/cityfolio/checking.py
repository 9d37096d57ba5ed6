"""What `cityfolio check` does: a whole catalog, or the datasets that somebody is working on, quickly.

Of datasets that are named alone, files that neither name them nor are named by them are not read: it is known that they are
there, and no more. What they would be wrong with is theirs, and no problem of theirs is told.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import click

from cityfolio.cache import Keep
from cityfolio.files import FolderTree, Node, Tree
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen, replace
from cityfolio.load.catalog import load
from cityfolio.load.loaded import Loaded
from cityfolio.moving.folder import catalog_folder, shown
from cityfolio.options import environment, root_of, today
from cityfolio.problems import Problem, in_order
from cityfolio.run_options import cache_of, chosen_options, fetched_for
from cityfolio.settings import Options, make_build
from cityfolio.speech import Speech

WORD = re.compile(rb"[a-z0-9]+(?:-[a-z0-9]+)*")
SPOKEN_FOR = re.compile(rb"^(?:identifier|formerly):(.*(?:\n +.*|\n-.*)*)", re.MULTILINE)
ALWAYS = ("site.yaml", "synonyms.yaml")
LARGEST_RECORD_BYTES = 2_000_000


class Part(Frozen, kw_only=True):
    """The part of a catalog that is looked at."""

    named: frozenset[str]        # files whose problems are told
    read: frozenset[str]         # records that are read, because these rest on them or share something with them
    datasets: frozenset[str]     # whose tables are read


def check_whole(speech: Speech, given: dict[str, Any]) -> tuple[Problem, ...]:   # Any: as the options declare
    """Look at everything, and say what was found."""
    chosen = chosen_options(**given)
    cache = cache_of(chosen)
    with speech.progress() as progress:
        problems = checked(chosen, cache, progress)
    speech.report(problems, root_of(chosen.catalog))
    speech.say_checked(problems, cache.note)
    return problems


def checked(chosen: Options, cache: Keep, progress: Callable[[str], None]) -> tuple[Problem, ...]:
    """Everything that is wrong with a catalog."""
    from cityfolio.inspecting import inspected
    from cityfolio.plugins.found import plugins_of, without_followers
    from cityfolio.plugins.reading import readers_of
    from cityfolio.tables.published import Bench

    progress("Loading")
    tree = FolderTree(chosen.catalog)
    loaded = load(tree)
    told, problems = make_build(loaded, chosen, environment(), today())
    with fetched_for(loaded, chosen, progress) as fetched, scratch_folder() as scratch:
        progress("Reading tables")
        plugins, refused = plugins_of(loaded, tree, allows_own=chosen.allow_plugins)
        bench = Bench(tree=tree, cache=cache, workers=chosen.workers or os.cpu_count() or 1, scratch=scratch,
                      fetched=fetched.files, readers=readers_of(plugins))
        _, _, _, found = inspected(loaded, told, bench, plugins)
    return (*problems, *fetched.problems, *refused, *without_followers(found, refused))


def check_paths(paths: Iterable[Path], speech: Speech, given: dict[str, Any]) -> tuple[Problem, ...]:   # Any: as above
    """Look at files of the catalog alone, and say what was found in them."""
    folder = catalog_folder(given["catalog"])
    tree = FolderTree(folder)
    try:
        nodes = {node.path: node for node in tree.nodes()}
    except OSError as error:
        raise click.UsageError(f"{folder} could not be read: {error.strerror}") from error
    named = frozenset(each for path in paths for each in _named(folder, path, nodes))
    if all(_dataset_of(path) for path in named):
        problems, note = _quick(tree, part_of(tree, nodes, named), folder, given)
    else:
        problems, note = _slow(named, given)
    speech.report(problems, shown(folder))
    files = sum(nodes[each].kind == "file" for each in named)
    what = f"Looked at {files:,} file{'s' * (files != 1)} alone. "
    speech.say_checked(problems, note, before=what)
    return problems


def _quick(tree: Tree, part: Part, folder: Path, given: Mapping[str, Any]) -> tuple[tuple[Problem, ...], str]:   # Any: as above
    chosen = Options(catalog=folder, output=given["output"], base_url=given["base_url"], as_of=given["as_of"],
                     use_cache=not given["no_cache"])
    loaded = load(tree, only=part.read.__contains__)
    build, _ = make_build(loaded, chosen, environment(), today())
    cache = cache_of(chosen)
    found = _problems(loaded, part, tree, (build, cache, given["workers"] or os.cpu_count() or 1))
    return in_order(each for each in found if each.where.path in part.named), cache.note


def _problems(loaded: Loaded, part: Part, tree: Tree, how: tuple[Any, ...]) -> Iterable[Problem]:   # Any: of three types
    from cityfolio.check import check
    from cityfolio.check.privacy import personal_problems
    from cityfolio.check.secrets import secret_problems
    from cityfolio.check.tables import check_tables
    from cityfolio.tables.published import Bench, read_tables

    build, cache, workers = how
    yield from check(loaded, build)
    near = replace(loaded, datasets={name: each for name, each in loaded.datasets.items() if name in part.datasets})
    with scratch_folder() as scratch:
        tables = read_tables(near, Bench(tree=tree, cache=cache, workers=workers, scratch=scratch))
    yield from check_tables(near, tables)
    yield from personal_problems(near, tables, build.today)
    yield from secret_problems(replace(near, nodes={path: node for path, node in loaded.nodes.items() if path in part.named}),
                               tree)


def _slow(named: frozenset[str], given: dict[str, Any]) -> tuple[tuple[Problem, ...], str]:   # Any: as above
    chosen = chosen_options(**given)
    cache = cache_of(chosen)
    return in_order(each for each in checked(chosen, cache, lambda stage: None) if each.where.path in named), cache.note


def part_of(tree: Tree, nodes: Mapping[str, Node], named: frozenset[str]) -> Part:
    """What has to be read so that datasets can be checked: what they name, what names them, and what that needs in turn."""
    records = {path: name for path in nodes if (name := _record_of(path)) and nodes[path].kind == "file"}
    bodies = {path: _body(tree, path) for path in records}
    mine = {path for path in records if path in named}
    words = set().union(*(_words(bodies[path]) for path in mine))
    # What these say of themselves alone: their ids, identifiers and former addresses. Who else has it is read too.
    own = {_dataset_of(path).encode() for path in mine}
    own |= {word for path in mine for value in SPOKEN_FOR.findall(bodies[path]) for word in value.split() if len(word) > 3}
    namers = {path for path, body in bodies.items() if any(word.strip(b"[]\"',-/") in body for word in own)}
    targets = {path for path, name in records.items() if name.encode() in words}
    above = set().union(*(_words(bodies[path]) for path in targets | namers))
    further = {path for path, name in records.items()
               if name.encode() in above and not path.startswith(("datasets/", "measures/"))}
    datasets = {_dataset_of(path) for path in mine | targets} - {""}
    return Part(named=named, read=frozenset({*mine, *namers, *targets, *further, *ALWAYS}), datasets=frozenset(datasets))


def _named(folder: Path, path: Path, nodes: Mapping[str, Node]) -> frozenset[str]:
    """The files that a path stands for: of a file of a dataset all of the dataset, for they are right or wrong together."""
    try:
        inside = PurePosixPath(os.path.relpath(path, folder).replace(os.sep, "/"))
    except ValueError:
        inside = PurePosixPath("..")
    if inside.parts[:1] == ("..",):
        raise click.UsageError(f"{path} is not in the catalog {folder}.")
    if not path.exists():
        raise click.UsageError(f"{path} does not exist.")
    if inside.parts[:1] == ("datasets",) and len(inside.parts) > 2:
        inside = PurePosixPath(*inside.parts[:2])
    found = frozenset(each for each in nodes if PurePosixPath(each).is_relative_to(inside))
    if not found:
        raise click.UsageError(f"{path} does not exist.")
    return found


def _dataset_of(path: str) -> str:
    room, _, rest = path.partition("/")
    return rest.partition("/")[0] if room == "datasets" else ""


def _record_of(path: str) -> str:
    """The id of the record that a file is; "" for what is none."""
    room, _, rest = path.partition("/")
    name, _, within = rest.partition("/")
    if room in ("datasets", "measures"):
        return name if within in ("dataset.yaml", "measure.yaml") else ""
    return name.removesuffix(".yaml").removesuffix(".md") if name.endswith((".yaml", ".md")) and not within else ""


def _body(tree: Tree, path: str) -> bytes:
    try:
        return tree.read(path)[:LARGEST_RECORD_BYTES]
    except OSError:
        return b""               # the rule that reads it will say so


def _words(body: bytes) -> set[bytes]:
    return set(WORD.findall(body))
