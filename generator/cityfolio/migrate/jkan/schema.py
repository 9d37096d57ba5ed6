"""Which field of a JKAN site is what: its schema files name the fields, and say what each is in data.json's words.

A site names its fields as it likes (`organization`, `ente`, `publisher[name]`), so the schema is asked first:
https://github.com/timwis/jkan, `_data/schemas/`. Names that JKAN ships with stand in where a schema is silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cityfolio.frozen import Frozen, field as member
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.texts import readable

# What a field is to us -> what a schema's `datajson` calls it (https://resources.data.gov/resources/dcat-us/) and the
# names that JKAN's own schemas and their children use.
DATASET_ROLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "title": (("title",), ("title",)),
    "publisher": (("publisher.name", "publisher"), ("organization", "publisher")),
    "description": (("description",), ("notes", "description")),
    "license": (("license",), ("license",)),
    "topics": (("category", "theme"), ("category", "categories", "theme")),
    "keywords": (("keyword",), ("tags", "keywords", "keyword")),
    "contact.name": (("contactpoint.fn",), ("maintainer", "contact_name")),
    "contact.email": (("contactpoint.hasemail",), ("maintainer_email", "contact_email")),
    "contact.phone": (("contactpoint.hastelephone",), ("maintainer_phone", "contact_phone")),
    "contact.url": (("contactpoint.hasurl",), ("maintainer_link", "maintainer_url")),
    "frequency": (("accrualperiodicity",), ("frequency", "update_frequency", "accrual_periodicity")),
    "issued": (("issued",), ("created", "issued", "pubdate")),
    "modified": (("modified",), ("modified",)),
    "temporal": (("temporal",), ("time_period", "temporal")),
    "spatial": (("spatial",), ("area_of_interest", "spatial")),
    "files": (("distribution",), ("resources",)),
}
FILE_ROLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "title": (("distribution.title", "title"), ("name", "title")),
    "url": (("distribution.downloadurl", "distribution.accessurl"), ("url",)),
    "format": (("distribution.format", "distribution.mediatype"), ("format",)),
    "description": (("distribution.description",), ("description",)),
}


class Fields(Frozen, kw_only=True):
    """The fields of one kind of record: the names to try for each role, and how each name is labeled."""

    names: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str] = member(default_factory=dict)

    def label(self, name: str) -> str:
        """How the old site labels a field; a name without a label is made readable."""
        return (self.labels.get(name) or readable(name))[:100]


class Schema(Frozen, kw_only=True):
    """One schema file."""

    dataset: Fields
    file: Fields


def schema_of(given: Given) -> Schema:
    """Read a schema file; also the older form, with `fields` and `system_field`."""
    root = given if isinstance(given, dict) else {}
    return Schema(
        dataset=_fields(root.get("dataset_fields") or root.get("fields"), DATASET_ROLES),
        file=_fields(root.get("resource_fields"), FILE_ROLES),
    )


def _fields(given: Given, roles: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> Fields:
    declared = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    labels, mapped = {}, []
    for each in declared:
        name = as_words(each.get("field_name"))
        labels[name] = as_words(each.get("label"))
        mapped.append((name, as_words(each.get("datajson")).lower().replace("@", ""), as_words(each.get("system_field"))))
    names = {}
    for role, (targets, defaults) in roles.items():
        by_schema = [name for target in targets for name, datajson, _ in mapped if datajson == target]
        by_system = [name for name, _, system in mapped if system in defaults]
        names[role] = tuple(dict.fromkeys((*by_schema, *by_system, *defaults)))
    return Fields(names=names, labels={name: label for name, label in labels.items() if label})


@dataclass(slots=True)
class Taking:
    """The values of one record, taken field by field, so that what nobody took is known in the end."""

    values: Mapping[str, Given]
    fields: Fields
    taken: set[str] = field(default_factory=set)

    def take(self, role: str) -> tuple[str, Given]:
        """The first field with a value for a role: its name and value. Without one, the name that it would have had."""
        present = [name for name in self.fields.names[role] if _root(name) in self.values and name not in self.taken]
        for name in present:
            value = _within(self.values, name)
            if as_words(value):
                self.taken.add(name)
                return name, value
        return (present or list(self.fields.names[role]))[0], None

    def rest(self) -> dict[str, Given]:
        """What was not taken and says something, in the schema's order, then in the file's."""
        order = [name for name in self.fields.labels if name in self.values]
        left = {name: self._left(name) for name in dict.fromkeys((*order, *self.values)) if name not in self.taken}
        return {name: value for name, value in left.items() if as_words(value)}

    def _left(self, name: str) -> Given:
        """A value without what was taken from inside it."""
        value = self.values[name]
        inside = {each[len(name) + 1:].rstrip("]") for each in self.taken if each.startswith(f"{name}[")}
        return {key: each for key, each in value.items() if key not in inside} if inside and isinstance(value, dict) else value


def _root(name: str) -> str:
    return name.partition("[")[0] or name


def _within(values: Mapping[str, Given], name: str) -> Given:
    """The value of `publisher[name]` inside `publisher`, or of a plain name."""
    found: Given = dict(values)
    for part in re.findall(r"[^\[\]]+", name):
        if not isinstance(found, dict):
            break
        found = found.get(part)
    return found
