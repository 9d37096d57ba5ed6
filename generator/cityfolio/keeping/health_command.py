"""The command `cityfolio health`: how many checks of health pass, and where the others would be mended."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from cityfolio.feeds.health_json import health_json
from cityfolio.keeping.gathering import GATHERING, Gathered, gathered
from cityfolio.model.catalog import Catalog
from cityfolio.model.health import AREAS
from cityfolio.options import options
from cityfolio.pages.health_counts import at_fault, by_check, failing
from cityfolio.pages.health_kinds import kind_said, kinds
from cityfolio.pages.health_words import area_words, check_words, reason
from cityfolio.pages.words import Words
from cityfolio.practice.health import CHECKS
from cityfolio.problems import did_you_mean
from cityfolio.speech import Speech

ENGLISH = Words()


@click.command("health")
@click.argument("identifiers", metavar="[DATASET]...", nargs=-1)
@options(*GATHERING)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Sentences for people, or JSON for programs.")
def health(identifiers: tuple[str, ...], form: str, **given: Any) -> None:   # Any: as the options declare
    """Say how well the catalog is kept: how many datasets pass each check, or what there is to mend in those named.

    A check that does not pass is no error: the exit code is 1 only where the catalog has errors, for which nothing can be
    said.
    """
    with gathered(given) as found:
        Speech.of("text", quiet=False, verbose=False, aside=form == "json").report(found.errors, found.root)
        if found.catalog is None:
            if form == "json":
                click.echo(json.dumps({"datasets": [], "totals": {}}))
            sys.exit(1)
        for each in identifiers:
            if not found.loaded.knows("datasets", each):
                raise click.UsageError(f'there is no dataset "{each}". {did_you_mean(each, found.loaded.datasets)}')
        click.echo(_as_json(found.catalog, identifiers) if form == "json" else "\n".join(_as_text(found, identifiers)))


def _as_json(catalog: Catalog, identifiers: tuple[str, ...]) -> str:
    said = health_json(catalog)
    if identifiers:
        said["datasets"] = [each for each in said["datasets"] if each["id"] in identifiers]
    return json.dumps(said, ensure_ascii=False, indent=2)


def _as_text(found: Gathered, identifiers: tuple[str, ...]) -> Iterator[str]:
    assert found.catalog is not None
    yield from _of_datasets(found.catalog, found.root, identifiers) if identifiers else _of_all(found.catalog)


def _of_all(catalog: Catalog) -> Iterator[str]:
    tallies, said, found = by_check(catalog), check_words(ENGLISH), at_fault(catalog)
    yield f"{len(catalog.published):,} of {len(catalog.datasets):,} datasets are published."
    for area in AREAS:
        yield f"\n{area_words(ENGLISH)[area]}"
        for identifier in (each for each, its_area in CHECKS.items() if its_area == area):
            count = tallies[identifier]
            unknown = f", {count.unknown:,} not known" if count.unknown else ""
            passed = f"{count.passed:,} of {count.of:,}" if count.of else "not asked"
            yield f"  {said[identifier].title.unescape():<24} {passed:>16}{unknown}"
            whys = kinds(identifier, found[identifier], ENGLISH)
            yield from (f"    {kind_said(each, ENGLISH).unescape()}" for each in (whys if len(whys) > 1 else ()))


def _of_datasets(catalog: Catalog, root: str, identifiers: tuple[str, ...]) -> Iterator[str]:
    said = check_words(ENGLISH)
    for identifier in identifiers:
        checks = catalog.practice.health.get(identifier, ())
        known = [check for check in checks if check.state != "unknown"]
        yield f"{identifier}: {len(known) - len(failing(checks))} of {len(known)} checks pass."
        for check in failing(checks):
            where = check.where[0] if check.where else None
            path = f"{root}/{where.path}" if where and root else where.path if where else ""
            place = f"{path}:{where.line}: " if where and where.line else f"{path}: " if path else ""
            yield f"{place}{reason(check, ENGLISH).unescape()} [{check.id}]\n  {said[check.id].mend.unescape()}"
