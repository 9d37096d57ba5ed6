"""What the pages of practice say, for programs: every answer to a standard with the query and the rows it rests on."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.evidence_tables import asked_tables, evidence_tables
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json
from cityfolio.feeds.measure_json import written
from cityfolio.model.assessment import Assessment, Attestation, CheckAnswer, CriterionAnswer
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.standard import standard_title
from cityfolio.pages.standard_changes import changed, counted
from cityfolio.pages.standard_criteria import in_order

MOST_IDS = 2_000      # of rows of one check; of a longer list the table tells, which is smaller


def practice_files(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The overview, each standard, what stands beside its evidence; none where a city assesses itself by no standard."""
    every = catalog.practice.assessments
    if not every:
        return
    feed = routes.index_url(routes.PRACTICE)
    yield _output(feed, _practice(feed, catalog, build) | {"standards": [standing_json(each, feed, build) for each in every]},
                  "site.yaml")
    feed = routes.PRACTICE_JSON
    yield _output(feed, _practice(feed, catalog, build) | {"standards": [assessment_json(each, feed, catalog, build)
                                                                        for each in every]}, "site.yaml")
    for made in every:
        source = made.source_path or "site.yaml"
        feed = routes.index_url(routes.standard_url(made.id))
        yield _output(feed, assessment_json(made, feed, catalog, build), source)
        feed = routes.index_url(routes.evidence_url(made.id, "/"))
        yield _output(feed, _evidence(made, feed, catalog, build), source)
    yield from evidence_tables(catalog)


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type="application/json", kind="feed", source=source)


def _practice(feed: str, catalog: Catalog, build: Build) -> Json:
    return {"title": catalog.site.name, "url": address(feed, routes.PRACTICE, build), "day": build.today.isoformat(),
            "self_assessment": True}


def standing_json(made: Assessment, feed: str, build: Build) -> Json:
    """A standard with how the city stands, without the answers."""
    page, found = routes.standard_url(made.id), changed(made)
    record = made.record
    said: Json = {"id": made.id, "title": standard_title(made), "url": address(feed, page, build),
                  "json": address(feed, routes.index_url(page), build), "self_assessment": True}
    said |= filled({"publisher": record.publisher, "version": record.version, "standard_url": record.url,
                    "read_on": written(record.read_on) if record.read_on else "", "partial": record.partial})
    said |= {"day": build.today.isoformat(), "met": made.met, "of": made.of}
    said |= {"level": made.level.id if made.level else None, "next_level": made.next_level.id if made.next_level else None,
             "next": list(made.next_steps)}
    said["areas"] = [{"id": each.id, "title": each.record.title or each.id, "met": each.met, "of": each.of,
                      "level": each.level.id if each.level else None} for each in made.areas]
    if made.past:
        said["changed"] = {"since": made.past[0].on.isoformat(), "better": [each.id for each in found.better],
                           "worse": [each.id for each in found.worse], "otherwise": [each.id for each in found.otherwise],
                           "new": [each.id for each in found.new]}
    return said


def assessment_json(made: Assessment, feed: str, catalog: Catalog, build: Build) -> Json:
    """A standard with every answer and its evidence."""
    facts = catalog.practice.facts
    said = standing_json(made, feed, build)
    said["levels"] = [written(each) for each in made.record.levels]
    said["past"] = [_past(at, made) for at in range(len(made.past))]
    said["criteria"] = [_criterion(each, made, (feed, frozenset(facts)), build) for each in in_order(made)]
    return said | {"evidence": address(feed, routes.evidence_url(made.id, "zip"), build)}


def _past(at: int, made: Assessment) -> Json:
    past = made.past[at]
    met, of = counted(past.answers, made)
    return {"day": past.on.isoformat(), "level": past.level, "met": met, "of": of, "answers": dict(past.answers)}


def _criterion(answer: CriterionAnswer, made: Assessment, where: tuple[str, frozenset[str]], build: Build) -> Json:
    feed, _ = where
    record = answer.record
    page = f"{routes.standard_url(made.id)}#{routes.criterion_anchor(answer.id)}"
    said: Json = {"id": answer.id, "title": record.title or answer.id, "url": address(feed, page, build), "area": answer.area,
                  "answer": answer.answer}
    said |= filled({"was": answer.was, "says": record.says, "source": record.source, "attest": record.attest,
                    "among": written(record.among) if record.among else {}, "after": list(record.after),
                    "parts_met": list(answer.parts), "waits_for": list(answer.waits_for)})
    evidence = [_check(each, made, where, build) for each in answer.checks]
    return said | {"evidence": [*evidence, *(_attested(each) for each in answer.attestations)]}


def _check(answer: CheckAnswer, made: Assessment, where: tuple[str, frozenset[str]], build: Build) -> Json:
    feed, known = where
    table = answer.check.table or "datasets"
    said: Json = {"query": answer.query, "check": written(answer.check), "holds": answer.holds, "counted": answer.counted,
                  "of": answer.of}
    if len(answer.good) + len(answer.short) <= MOST_IDS:
        said |= {"good": list(answer.good), "short": list(answer.short)}
    if table in known:
        said |= {"rows": address(feed, routes.evidence_table_url(made.id, table), build),
                 "facts": address(feed, routes.facts_url(table), build)}
    return said


def _attested(given: Attestation) -> Json:
    return {"attestation": {"id": given.id, "is_valid": given.is_valid, **written(given.record)}}


def _evidence(made: Assessment, feed: str, catalog: Catalog, build: Build) -> Json:
    page = routes.evidence_url(made.id, "/")
    names = asked_tables(made, catalog.practice.facts)
    return {"title": standard_title(made), "url": address(feed, page, build),
            "standard": address(feed, routes.index_url(routes.standard_url(made.id)), build),
            "pack": address(feed, routes.evidence_url(made.id, "zip"), build),
            "tables": [{"table": name, "rows": address(feed, routes.evidence_table_url(made.id, name), build),
                        "facts": address(feed, routes.facts_url(name), build)} for name in names]}
