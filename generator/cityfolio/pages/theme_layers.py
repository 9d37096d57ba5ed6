"""The folders that a theme is made of: its own and those of its parents, each read once."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import yaml

from cityfolio.files import FolderTree, Tree
from cityfolio.frozen import Frozen
from cityfolio.problems import Location, Problem, did_you_mean

NEEDED = ("templates", "assets")     # folders of a theme that are read
SCRIPTS = ("site.js", "list.js", "search.js", "search-page.js", "inflate.js", "explorer.js", "explorer-worker.js", "ask.js",
           "take.js", "map.js", "where.js", "sql.js", "sql-worker.js", "embed.js", "embed-page.js", "edit.js", "sqlite3.wasm")
BUNDLE = (*SCRIPTS, "public-sans-latin.woff2", "public-sans-latin-ext.woff2")
MOST_PARENTS = 8


class Source(Frozen, kw_only=True):
    """The text of a template and the file it is from."""

    text: str
    where: Location


class Layer(Frozen, kw_only=True):
    """One folder of a theme: what it says of itself, its templates by name, its styles by name."""

    name: str
    extends: str | None
    templates: Mapping[str, Source]
    styles: tuple[str, ...]        # the text of each, in the order they are joined
    sheets: Mapping[str, tuple[str, ...]]   # further styles that some pages have, by the sheet they are joined to
    font_styles: str | None        # joined in only when the font is to be sent; None: as the parent says; "": no font
    bundle: Mapping[str, bytes]    # scripts and fonts made ready by the bundler


def file_name(where: Location) -> str:
    """How tracebacks name a template: in brackets, so that no real file is meant."""
    return f"<template {where.path}>"


def layers_of(name: str, folders: Sequence[Path]) -> tuple[tuple[Layer, ...], tuple[Problem, ...]]:
    """A theme and its parents, the nearest first. One that is not there is a problem."""
    found: list[Layer] = []
    wanted: str | None = name
    while wanted:
        folder = next((each / wanted for each in folders if (each / wanted / "theme.yaml").is_file()), None)
        if folder is None or len(found) == MOST_PARENTS or wanted != Path(wanted).name:
            known = [each.parent.name for root in folders for each in root.glob("*/theme.yaml")]
            problem = Problem(code="theme-unknown", where=Location(path="site.yaml"),
                              says=f'there is no theme "{wanted}"', fix=did_you_mean(wanted, known))
            return (), (problem,)
        layer = _layer(wanted, FolderTree(folder), str(folder))
        found.append(layer)
        wanted = layer.extends
    return tuple(found), ()


def _layer(name: str, tree: Tree, shown: str) -> Layer:
    described = yaml.safe_load(tree.read("theme.yaml")) or {}
    nodes = tree.nodes()
    if unlisted := next((node.path for node in nodes if node.kind == "other" and node.path.startswith(NEEDED)), None):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), f"{shown}/{unlisted}")
    files = {node.path for node in nodes if node.kind == "file"}

    def style(file: str) -> str:
        return tree.read(f"assets/css/{file}").decode()

    return Layer(
        name=name, extends=described.get("extends"), styles=tuple(style(file) for file in described.get("styles", ())),
        sheets={name: tuple(map(style, listed)) for name, listed in (described.get("sheets") or {}).items()},
        font_styles=_font_styles(described, style),
        templates={
            path.removeprefix("templates/"): Source(
                text=tree.read(path).decode(), where=Location(path=f"{shown}/{path}", in_catalog=False))
            for path in sorted(files) if path.startswith("templates/")
        },
        bundle={file: tree.read(f"assets/bundle/{file}") for file in BUNDLE if f"assets/bundle/{file}" in files},
    )


def _font_styles(described: Mapping[str, str | None], style: Callable[[str], str]) -> str | None:
    if "font_styles" not in described:
        return None
    return style(described["font_styles"]) if described["font_styles"] else ""
