"""Writes the bill of materials of a release, as CycloneDX JSON: what is inside the wheel, and what is installed with it.

    python tools/sbom.py dist/cityfolio.cdx.json

Python packages are those of locks/, with who needs which; scripts, styles and the font are those of the theme's
package-lock.json that end up in the wheel. The same state gives the same bytes: the number of the document comes from what is
in it, and its date is that of the newest release. Needs the extra `release`.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

import changelog
import lock

ROOT = Path(__file__).resolve().parent.parent
THEME_LOCK = ROOT / "themes" / "civic" / "package-lock.json"
LICENSES = LicenseFactory()
VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
WHERE = "cityfolio:installed-where"


def bill(version: str, locks: Mapping[str, str], theme_lock: str, moment: datetime | None) -> Bom:
    """The bill of one version. `locks` are the texts of locks/ by name; without a moment there is no date in it."""
    needed = {each.name for each in lock.locked(locks["requirements.txt"])}
    packages = [*lock.locked(locks["requirements-all.txt"])]     # one name may have two versions, each for some Pythons
    program = Component(name="cityfolio", version=version, type=ComponentType.APPLICATION, bom_ref="cityfolio",
                        purl=PackageURL("pypi", name="cityfolio", version=version),
                        licenses=[LICENSES.make_with_id("MIT")])
    made = [(each, _python(each, is_needed=each.name in needed)) for each in packages]
    inside = list(_bundled(theme_lock))
    bom = Bom(components=[*(component for _, component in made), *inside])
    bom.metadata.component = program
    bom.metadata.timestamp = moment  # type: ignore[assignment]  # None leaves it out
    bom.register_dependency(program, [*(below for each, below in made if "cityfolio" in each.needed_by), *inside])
    for package, component in made:
        bom.register_dependency(component, [below for each, below in made if package.name in each.needed_by])
    said = f"{version}\n{theme_lock}\n" + "\n".join(f"{name}\n{text}" for name, text in sorted(locks.items()))
    bom.serial_number = uuid5(NAMESPACE_URL, said)
    return bom


def _python(package: lock.Locked, *, is_needed: bool) -> Component:
    where = [Property(name=WHERE, value=package.where)] if package.where else []
    return Component(name=package.name, version=package.version, type=ComponentType.LIBRARY, properties=where,
                     bom_ref=f"pypi:{package.name}@{package.version}",
                     purl=PackageURL("pypi", name=package.name, version=package.version),
                     scope=ComponentScope.REQUIRED if is_needed else ComponentScope.OPTIONAL)


def _bundled(theme_lock: str) -> Iterator[Component]:
    """The npm packages that are in the wheel; the bundler itself is not."""
    listed: dict[str, dict[str, Any]] = json.loads(theme_lock)["packages"]   # Any: npm's own format
    for path, package in listed.items():
        if not path or package.get("dev"):
            continue
        whole = path.rpartition("node_modules/")[2]
        group, _, name = whole.rpartition("/")
        yield Component(
            name=name, group=group or None, version=package["version"], type=ComponentType.LIBRARY,
            bom_ref=f"npm:{whole}", purl=PackageURL("npm", namespace=group or None, name=name, version=package["version"]),
            scope=ComponentScope.REQUIRED, hashes=[*_digests(package.get("integrity", ""))],
            licenses=[LICENSES.make_from_string(package["license"])] if package.get("license") else [])


def _digests(integrity: str) -> Iterator[HashType]:
    algorithms = {"sha512": HashAlgorithm.SHA_512, "sha256": HashAlgorithm.SHA_256, "sha1": HashAlgorithm.SHA_1}
    for each in integrity.split():
        name, _, said = each.partition("-")
        yield HashType(alg=algorithms[name], content=base64.b64decode(said).hex())


def as_json(bom: Bom) -> str:
    """The bill as text. Raises ValueError where it is not valid CycloneDX 1.6."""
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise ValueError(f"not valid: {fault}")
    return text + "\n"


def main(destination: Path) -> None:
    """Write the bill of this checkout."""
    (version,) = VERSION.findall((ROOT / "generator" / "cityfolio" / "__init__.py").read_text("utf-8"))
    day = changelog.release_day((ROOT / "CHANGELOG.md").read_text("utf-8"))
    locks = {name: (ROOT / "locks" / name).read_text("utf-8") for name in lock.LOCKS}
    bom = bill(version, locks, THEME_LOCK.read_text("utf-8"), datetime.combine(day, time(), UTC) if day else None)
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.write_text(as_json(bom), encoding="utf-8")
    print(f"{destination}: {len(bom.components)} components")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
