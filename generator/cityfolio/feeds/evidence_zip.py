"""Everything that the answers to a standard rest on, in one zip: the same bytes in every build of the same catalog and day.

    README.md            every answer with its evidence, to be read
    answers.json         the same for programs
    attestations.json    what the city says of itself
    standard.json        the criteria as they were asked
    evidence/TABLE.csv   the rows of a table of facts, each with its answer to each check
    facts/TABLE.csv      the facts that were asked, so that anyone can ask them again
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from cityfolio.feeds.evidence_tables import tables_of
from cityfolio.feeds.evidence_text import evidence_text
from cityfolio.feeds.facts_csv import facts_csv
from cityfolio.feeds.measure_json import written
from cityfolio.feeds.practice_json import assessment_json
from cityfolio.model.assessment import Assessment
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.words import Words

OLDEST = (1980, 1, 1, 0, 0, 0)    # the first moment that a zip can hold
UNIX = 3
PLAIN_FILE = 0o100644 << 16
INDENTED = orjson.OPT_INDENT_2


def evidence_packs(catalog: Catalog, build: Build, words: Words) -> Iterator[Output]:
    """The pack of each standard by which a city assesses itself. People read `words` in it."""
    for made in catalog.practice.assessments:
        yield Output(url=routes.evidence_url(made.id, "zip"), body=zipped(pack_of(made, catalog, build, words), made.id),
                     media_type="application/zip", kind="feed", source=made.source_path or "site.yaml")


def pack_of(made: Assessment, catalog: Catalog, build: Build, words: Words) -> Mapping[str, bytes]:
    """The files of a pack by their names."""
    tables, facts = tables_of(made, catalog.practice.facts), catalog.practice.facts
    feed = routes.evidence_url(made.id, "zip")
    given = {each.id: each for answer in made.answers.values() for each in answer.attestations}
    return {
        "README.md": evidence_text(made, catalog, build, words).encode(),
        "answers.json": orjson.dumps(assessment_json(made, feed, catalog, build), option=INDENTED),
        "attestations.json": orjson.dumps({key: {"is_valid": given[key].is_valid, **written(given[key].record)}
                                           for key in sorted(given)}, option=INDENTED),
        "standard.json": orjson.dumps(written(made.record), option=INDENTED),
        **{f"evidence/{name}.csv": body for name, body in tables.items()},
        **{f"facts/{name}.csv": facts_csv(facts[name]) for name in tables},
    }


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Files as a zip, sorted by name, in one folder, without a moment."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in sorted(files):
            member = ZipInfo(f"{folder}-evidence/{name}", OLDEST)
            member.create_system, member.external_attr, member.compress_type = UNIX, PLAIN_FILE, ZIP_DEFLATED
            archive.writestr(member, files[name])
    return stream.getvalue()
