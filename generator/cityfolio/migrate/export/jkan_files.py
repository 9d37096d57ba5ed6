"""The files of a dataset as JKAN's resources. Files that lie in the catalog are laid beside the site and linked to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cityfolio.migrate.export.exported import Left, Records, beside, group, listed, words
from cityfolio.migrate.harvest.merge import Values, alike
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.addresses import mended_url
from cityfolio.migrate.values.file_formats import shown_format
from cityfolio.migrate.values.names import slug
from cityfolio.migrate.values.texts import markdown
from cityfolio.migrate.yaml.text import Yaml

NO_FIELD = "JKAN has no field for it"
CARRIED = frozenset({"path", "url", "title", "description", "format"})


@dataclass(slots=True)
class Resources:
    """The resources of one dataset."""

    resources: list[Yaml] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)      # path in the site -> path in the catalog
    left: list[Left] = field(default_factory=list)


def exported_files(identifier: str, values: Values, records: Records) -> Resources:
    """The files of a dataset, in their order."""
    made = Resources()
    stems = {"dataset"}
    for number, given in enumerate(listed(values.get("files"))):
        file = group(given)
        path = words(file.get("path"))
        address = words(file.get("url"))
        if path and f"datasets/{identifier}/{path}" in records.data_files:
            address = f"files/{identifier}/{path}"
            made.copies[address] = f"datasets/{identifier}/{path}"
        fields = {"name": words(file.get("title")), "url": address, "format": words(file.get("format")),
                  "description": words(file.get("description"))}
        made.resources.append({key: text for key, text in fields.items() if text})
        place = f"files.{number}"
        made.left += (Left(path=f"datasets/{identifier}/dataset.yaml", key=f"{place}.{each.key}", why=each.why)
                      for each in _left(file, stems))
        stems.add(path.rpartition("/")[2].rpartition(".")[0])
    return made


def _left(file: Mapping[str, Yaml], stems: set[str]) -> Iterator[Left]:
    yield from beside("", file, CARRIED, NO_FIELD)
    path, address, text = words(file.get("path")), words(file.get("url")), words(file.get("description"))
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    if path and ("/" in path or slug(stem, "files") != stem or ending != ending.lower() or stem in stems):
        yield Left(path="", key="path", why="comes back under a name that is made of it")
    if address and mended_url(address).url != address:
        yield Left(path="", key="url", why="comes back with its characters encoded")
    if (given := words(file.get("format"))) and shown_format(given, "", Ledger()) != given:
        yield Left(path="", key="format", why="comes back as others write it")
    if text and not alike(markdown(text, Ledger(), ""), text):
        yield Left(path="", key="description", why="single spaces at the ends of its lines do not come back")
