"""What a CKAN has of a catalog compared with what it should have, and the difference sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cityfolio.plugins import Refused, Sending, Sent
from cityfolio_ckan_mirror.api import Api

PACKAGE = re.compile(r"data/([^/]+)/ckan\.json")
FROM, DIGEST = "cityfolio_from", "cityfolio_sha256"
# What CKAN writes itself, and refuses or ignores when it is told.
ITS_OWN = frozenset({"organization", "num_resources", "num_tags", "metadata_created", "metadata_modified", "license_title",
                     "license_url", "id"})
# Rooms of a CKAN that packages name: what the site calls them, and what they are called there.
ROOMS = ("organization", "group")
Package = dict[str, Any]     # Any: JSON


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the mirror should hold."""

    packages: Mapping[str, Package]               # by name
    rooms: Mapping[str, Mapping[str, str]]        # titles of organizations and groups, by name


def mirror(sending: Sending) -> Sent:
    """Bring the mirror up to date. Packages come first and what is gone last, so that a run that is cut short loses nothing."""
    wanted = _wanted(sending)
    api = Api.at(sending.address.partition(":")[2], sending.environment.get("CKAN_API_TOKEN", ""))
    held = {each["name"]: each for each in api.packages()}
    own = {name: each for name, each in held.items() if _extra(each, FROM) == sending.manifest.base_url}
    strange = sorted(name for name in wanted.packages if name in held and name not in own)
    if strange:
        raise Refused(f'the mirror has a package "{strange[0]}" that is not from {sending.manifest.base_url}',
                      "Rename one of the two, or delete the one at the mirror.")
    added = sorted(wanted.packages.keys() - own.keys())
    changed = sorted(name for name in wanted.packages.keys() & own.keys()
                     if _extra(own[name], DIGEST) != _extra(wanted.packages[name], DIGEST))
    removed = sorted(own.keys() - wanted.packages.keys())
    if not sending.is_dry:
        if added or changed:
            _make_rooms(api, wanted)
        for name in added:
            api.tell("package_create", wanted.packages[name])
        for name in changed:
            api.tell("package_update", {**wanted.packages[name], "id": own[name].get("id", name)})
        for name in removed:
            api.tell("package_delete", {"id": own[name].get("id", name)})
    return Sent(added=tuple(added), changed=tuple(changed), removed=tuple(removed),
                unchanged=len(wanted.packages) - len(added) - len(changed))


def _wanted(sending: Sending) -> Wanted:
    site = sending.manifest.base_url
    if not site:
        raise Refused("the site does not know its own address, so its packages could not say where they are from",
                      "Write `base_url` in site.yaml, and build again.")
    paths = {found[1]: path for path in sorted(sending.manifest.entries) if (found := PACKAGE.fullmatch(path))}
    if not paths:
        raise Refused("the site has no ckan.json beside its datasets", "Write `twins: all` in site.yaml, and build again.")
    packages: dict[str, Package] = {}
    rooms: dict[str, dict[str, str]] = {room: {} for room in ROOMS}
    for name, path in paths.items():
        package = json.loads(sending.read(path))["result"]
        named = [("organization", package.get("organization")), *(("group", each) for each in package.get("groups", ()))]
        for room, each in named:
            if each:
                rooms[room][each["name"]] = each.get("title") or each["name"]
        packages[name] = _as_sent(name, package, site)
    return Wanted(packages=packages, rooms=rooms)


def _as_sent(name: str, package: Package, site: str) -> Package:
    """A package as CKAN takes it, with the extras by which it is known again."""
    kept = {key: value for key, value in package.items() if key not in ITS_OWN} | {"name": name}
    kept["groups"] = [{"name": each["name"]} for each in package.get("groups", ())]
    kept["tags"] = [{"name": each["name"]} for each in package.get("tags", ())]
    digest = sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    kept["extras"] = [*kept.get("extras", ()), {"key": FROM, "value": site}, {"key": DIGEST, "value": digest}]
    return kept


def _extra(package: Package, key: str) -> str:
    return next((str(each.get("value", "")) for each in package.get("extras", ()) if each.get("key") == key), "")


def _make_rooms(api: Api, wanted: Wanted) -> None:
    for room in ROOMS:
        there = set(api.asked(f"{room}_list"))
        for name, title in sorted(wanted.rooms[room].items()):
            if name not in there:
                api.tell(f"{room}_create", {"name": name, "title": title})
