"""The locks and the bill of materials: everything that is installed with Cityfolio or lies in it, by version and digest."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import lock
import sbom

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = {name: (ROOT / "locks" / name).read_text("utf-8") for name in lock.LOCKS}
THEME_LOCK = (ROOT / "themes" / "civic" / "package-lock.json").read_text("utf-8")
BUNDLED = {path: each for path, each in json.loads(THEME_LOCK)["packages"].items() if path and not each.get("dev")}
EACH = pytest.mark.parametrize("name", LOCKS)


def asked(name: str) -> list[Requirement]:
    """What the project asks for, with the extras of a lock."""
    extras = PROJECT["optional-dependencies"]
    texts = [*PROJECT["dependencies"], *(text for extra in lock.LOCKS[name] for text in extras[extra])]
    return [Requirement(text) for text in texts]


@EACH
def test_a_lock_has_a_version_that_fits_for_everything_that_is_asked_for(name: str) -> None:
    found = {canonicalize_name(each.name): each.version for each in lock.locked(LOCKS[name])}
    # Asked for on other systems alone: a lock for all systems may leave out what pandas brings anyway.
    unfit = [str(each) for each in asked(name) if not each.marker or each.marker.evaluate({"extra": ""})
             if not each.specifier.contains(found.get(canonicalize_name(each.name), "0"), prereleases=True)]

    assert unfit == [], "run `python tools/lock.py`"


@EACH
def test_every_package_of_a_lock_has_digests_and_is_needed_by_something(name: str) -> None:
    bare = [each.name for each in lock.locked(LOCKS[name]) if not each.sha256 or not each.needed_by]

    assert bare == []


@EACH
def test_every_line_of_a_lock_is_understood_and_none_has_an_address(name: str) -> None:
    patterns = (lock.PINNED, lock.HASH, re.compile(r"#.*"), re.compile(r"    # +via|    #   \S+(?: \(.*\))?"))
    odd = [line for line in LOCKS[name].splitlines() if not any(each.match(line) for each in patterns)]

    assert odd == []
    assert "://" not in LOCKS[name]


def test_the_smallest_lock_is_part_of_the_others() -> None:
    least = {each.name for each in lock.locked(LOCKS["requirements.txt"])}

    assert [name for name, text in LOCKS.items() if least - {each.name for each in lock.locked(text)}] == []


def test_the_words_that_lock_name_no_index() -> None:
    words = lock.compiling("requirements-all.txt", upgrade=True)

    assert [word for word in words if "index" in word] == ["--no-emit-index-url"]
    assert {"--generate-hashes", "--universal", "--upgrade"} <= set(words)


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:      # Any: JSON
    text = sbom.as_json(sbom.bill("0.2.0", LOCKS, THEME_LOCK, datetime(2026, 12, 1, tzinfo=UTC)))
    found: dict[str, Any] = json.loads(text)
    return found


def test_the_bill_names_the_program_and_the_day_of_its_release(bill: dict[str, Any]) -> None:
    program = bill["metadata"]["component"]

    assert (program["purl"], program["licenses"]) == ("pkg:pypi/cityfolio@0.2.0", [{"license": {"id": "MIT"}}])
    assert bill["metadata"]["timestamp"] == "2026-12-01T00:00:00+00:00"


def test_the_bill_lists_every_locked_package(bill: dict[str, Any]) -> None:
    listed = {each["purl"] for each in bill["components"]}
    locked = {f"pkg:pypi/{each.name}@{each.version}" for each in lock.locked(LOCKS["requirements-all.txt"])}

    assert locked - listed == set()


def test_what_a_build_needs_not_is_said_to_be_optional(bill: dict[str, Any]) -> None:
    scopes = {each["name"]: each["scope"] for each in bill["components"]}

    assert (scopes["pandas"], scopes["asyncssh"]) == ("required", "optional")


def test_the_bill_lists_the_scripts_and_the_font_of_the_wheel_with_digest_and_license(bill: dict[str, Any]) -> None:
    bundled = json.loads((ROOT / "themes" / "civic" / "package.json").read_text("utf-8"))["dependencies"]
    listed = {f"{each.get('group', '')}/{each['name']}".lstrip("/"): each for each in bill["components"]
              if each["purl"].startswith("pkg:npm/")}

    assert {name: each["version"] for name, each in listed.items() if name in bundled} == bundled
    assert [name for name, each in listed.items() if not each.get("licenses") or each["hashes"][0]["alg"] != "SHA-512"] == []
    assert "esbuild" not in listed


def test_what_is_bundled_is_under_licenses_that_the_package_names() -> None:
    said = {each["license"] for path, each in BUNDLED.items()}

    assert said - set(PROJECT["license"].split(" AND ")) == set()


@pytest.mark.npm
@pytest.mark.parametrize("path", BUNDLED)
def test_the_license_of_what_is_bundled_travels_with_it(path: str) -> None:
    name, own = path.removeprefix("node_modules/"), ROOT / "themes" / "civic" / path / "LICENSE"
    text = (ROOT / "THIRD-PARTY-LICENSES.txt").read_text("utf-8")

    assert f"\n{name}: {BUNDLED[path]['license']}\n" in text
    assert not own.exists() or " ".join(own.read_text("utf-8").split()) in " ".join(text.split())


def test_every_dependency_leads_to_a_component(bill: dict[str, Any]) -> None:
    known = {"cityfolio", *(each["bom-ref"] for each in bill["components"])}
    named = {ref for each in bill["dependencies"] for ref in (each["ref"], *each.get("dependsOn", ()))}

    assert named == known


def test_two_bills_of_one_state_are_the_same_and_one_of_another_has_another_number(bill: dict[str, Any]) -> None:
    again = json.loads(sbom.as_json(sbom.bill("0.2.0", LOCKS, THEME_LOCK, datetime(2026, 12, 1, tzinfo=UTC))))
    other = json.loads(sbom.as_json(sbom.bill("0.2.1", LOCKS, THEME_LOCK, None)))

    assert again == bill
    assert other["serialNumber"] != bill["serialNumber"]
    assert "timestamp" not in other["metadata"]
