"""Import from Data Packages (https://datapackage.org): datapackage.json with its resources, and the data beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath
from urllib.parse import urljoin

from cityfolio.frozen import Frozen
from cityfolio.load.licenses import license_id_for
from cityfolio.migrate.data_package.table import described, has_names
from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.network.listing import group
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.values.document import Document, document_of
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.json_values import Unreadable, read_json
from cityfolio.problems import Problem

NAME = "datapackage.json"
TECHNICAL = frozenset({"profile", "$schema", "resources", "views"})
TAKEN = TECHNICAL | {"name", "id", "title", "description", "homepage", "keywords", "licenses", "license", "contributors",
                     "created", "last_updated", "modified", "updated", "temporal", "spatial", "language"}
# What a resource says of its bytes is found anew from them.
TAKEN_OF_A_FILE = frozenset({"profile", "$schema", "type", "name", "title", "description", "path", "url", "data", "format",
                             "mediatype", "schema", "dialect", "encoding", "bytes", "hash"})


class Package(Frozen, kw_only=True):
    """A package while it is read."""

    source: Source
    document: Document
    each: DatasetDraft
    files: frozenset[str]         # of the source


def import_data_package(source: Source, wishes: Wishes) -> Imported:
    """Make a catalog from a Data Package, or from every one in a folder."""
    draft = Draft("data-package", name=wishes.name, today=wishes.today)
    for document in _documents(source):
        if isinstance(document, Problem):
            draft.problems.append(document)
            continue
        root = read_json(document.content, draft.ledger)
        if isinstance(root, Unreadable):
            draft.problems.append(document.refused(root.why))
        elif not isinstance(root, dict) or not isinstance(root.get("resources"), list):
            draft.problems.append(document.refused("it is not a Data Package: it has no list called resources"))
        else:
            _dataset(source, document, root, draft)
    return draft.imported() if draft.datasets else draft.refused()


def _documents(source: Source) -> list[Document | Problem]:
    if source.path or source.address:
        return [document_of(source, (NAME,))]
    try:
        paths = [node.path for node in source.tree.nodes() if node.kind == "file" and node.path.rpartition("/")[2] == NAME]
    except OSError:
        paths = []
    if not paths:
        return [document_of(source, (NAME,))]
    return [document_of(Source(tree=source.tree, path=path, folder=source.folder), (NAME,)) for path in paths]


def _dataset(source: Source, document: Document, root: Mapping[str, Given], draft: Draft) -> None:
    title, name = as_words(root.get("title")), as_words(root.get("name"))
    if not draft.told:
        draft.site(title=title or name)
    each = draft.dataset(document.path, name or title or dirname(document.path))
    each.text("description", "description", root.get("description"))
    each.words("title", "title", title or name)
    each.words("identifier", "id", root.get("id") or root.get("name"))
    each.keywords("keywords", root.get("keywords"))
    _people(each, root.get("contributors"))
    _licenses(each, root.get("licenses") or root.get("license"))
    each.day("issued", "created", root.get("created"))
    for key in ("modified", "last_updated", "updated"):
        if "modified" not in each.values:
            each.day("modified", key, root.get(key))
    each.temporal("temporal", root.get("temporal"))
    each.words("spatial", "spatial", root.get("spatial"))
    each.words("language", "language", root.get("language"))
    each.words("landing_page", "homepage", root.get("homepage"))
    package = Package(source=source, document=document, each=each, files=_files(source))
    resources = root["resources"]
    for number, resource in enumerate(resources if isinstance(resources, list) else [], 1):
        _resource(package, f"resources[{number}]", resource)
    if views := as_words(root.get("views")):
        each.ledger.note("left-out", "views", "drawings, which have no place here", views)
    each.rest({key: _told(value) for key, value in root.items()}, TAKEN)


def _told(given: Given) -> Given:
    """A source or the like as words with its address, where it is a group that says no more."""
    if isinstance(given, list):
        return [_told(each) for each in given]
    if isinstance(given, dict) and set(given) <= {"title", "name", "path", "email", "version"}:
        title, path = as_words(given.get("title")) or as_words(given.get("name")), as_words(given.get("path"))
        more = as_words({key: given.get(key) for key in ("email", "version")})
        return " ".join(part for part in (title, f"({path})" if path else "", more) if part)
    return given


def _files(source: Source) -> frozenset[str]:
    if source.address:
        return frozenset()
    try:
        return frozenset(node.path for node in source.tree.nodes() if node.kind == "file")
    except OSError:
        return frozenset()


def _people(each: DatasetDraft, given: Given) -> None:
    """Who made it: the publisher, else the first author, answers for it; one with an address is whom to ask."""
    people = [person for person in given if isinstance(person, dict)] if isinstance(given, list) else []

    def with_role(*roles: str) -> list[Mapping[str, Given]]:
        return [one for one in people if _roles(one) & set(roles)]

    chosen = next(iter([*with_role("publisher"), *with_role("author", "creator", "contributor"), *people]), None)
    askable = [one for one in (*with_role("contact", "maintainer", "contactpoint"), *people) if as_words(one.get("email"))]
    asked = next(iter(askable), None)
    if chosen:
        name = as_words(chosen.get("organization")) or as_words(chosen.get("title"))
        each.publisher("contributors", name, url=as_words(chosen.get("path")))
    if asked:
        each.contact("contributors", name=asked.get("title"), email=asked.get("email"), url=None)
    others = [one for one in people if one is not chosen and one is not asked]
    each.note("Contributors", "contributors", [as_words(dict(one)) for one in others])


def _roles(person: Mapping[str, Given]) -> set[str]:
    roles = person.get("roles") or person.get("role") or "contributor"
    return {as_words(role).lower() for role in (roles if isinstance(roles, list) else [roles])}


def _licenses(each: DatasetDraft, given: Given) -> None:
    listed: list[Given] = list(given) if isinstance(given, list) else [given]
    first = listed[0] if listed else None
    name = as_words(first.get("name")) if isinstance(first, dict) else ""
    each.license("licenses", name if license_id_for(name) else first)
    each.note("Other licenses", "licenses", listed[1:])


def _resource(package: Package, field: str, given: Given) -> None:
    each = package.each
    if not isinstance(given, dict):
        each.ledger.note("left-out", field, "an empty entry of the list", as_words(given))
        each.gathered.count("files", found=1)
        return
    paths = given.get("path") or given.get("url")
    parts = paths if isinstance(paths, list) and paths else [paths]
    for number, part in enumerate(parts, 1):
        path, url = _place(package, as_words(part))
        title = as_words(given.get("title")) or as_words(given.get("name"))
        file = each.file(field, path=path, url=url, title=title, description=given.get("description"),
                         format=given.get("format"), media_type=given.get("mediatype"))
        if "data" in given and not as_words(part):
            file.note("Rows in the package itself", f"{field}.data", as_words(given["data"])[:4_000])
        schema = _schema(package, given.get("schema"))
        if len(parts) > 1:
            file.note("Part", f"{field}.path[{number}]", f"{number} of {len(parts)} of one table")
            if number > 1 and path and not has_names(package.source.tree, path, file, schema):
                given = {**given, "dialect": {**group(given.get("dialect")), "header": "false"}}
        described(package.source.tree if path else None, path, file, given, schema)
        for key, value in given.items():
            if key not in TAKEN_OF_A_FILE:
                file.note(key, f"{field}.{key}", _told(value))


def _place(package: Package, given: str) -> tuple[str, str]:
    """The path at the source and the address of a resource. A path that leads out of the package is none."""
    if not given or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", given):
        return "", given
    if package.document.address:
        return "", urljoin(package.document.address, given)
    path = normpath(join(dirname(package.document.path), given))
    is_inside = not given.startswith(("/", "\\")) and ".." not in given.split("/") and "\\" not in given
    return (path, "") if is_inside and path in package.files else ("", given)


def _schema(package: Package, given: Given) -> Mapping[str, Given]:
    """A schema: given in place, or in a file of the package."""
    if isinstance(given, dict):
        return given
    path, _ = _place(package, as_words(given))
    if not path:
        return {}
    try:
        found = read_json(package.source.tree.read(path), package.each.ledger)
    except (OSError, KeyError):
        return {}
    return found if isinstance(found, dict) else {}
