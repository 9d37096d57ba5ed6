"""The resources of a JKAN dataset as files of ours: every one is listed, also one whose address cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cityfolio.migrate.jkan.schema import Fields, Taking
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.addresses import mended_url
from cityfolio.migrate.values.file_formats import shown_format
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.names import slug, unused
from cityfolio.migrate.values.texts import NO_WORDS, fitted, limit_of, markdown, plain
from cityfolio.model.records import FileRecord

NO_ADDRESS = "no address of a file, so it is listed without a link"
BAD_ADDRESS = "an address that cannot be linked to, so the file is listed without a link"
EMPTY_ENTRY = "an empty entry of the list"


@dataclass(slots=True)
class Files:
    """The files of one dataset."""

    records: list[dict[str, Any]] = field(default_factory=list)   # Any: text, lists and groups of it
    copies: dict[str, str] = field(default_factory=dict)          # name in the dataset's folder -> path at the source
    found: int = 0


def files_of(given: Given, field: str, fields: Fields, ledger: Ledger, sources: frozenset[str]) -> Files:
    """Read the list of resources. `sources` are the files that the old site keeps itself."""
    files = Files()
    items = given if isinstance(given, list) else [given] if given else []
    for number, item in enumerate(items, 1):
        place = f"{field}[{number}]"
        files.found += 1
        if isinstance(item, str):
            ledger.note("mended", place, "an address alone taken for a file", item)
            item = {fields.names["url"][0]: item}
        if not isinstance(item, dict):
            ledger.note("left-out", place, EMPTY_ENTRY, as_words(item))
            continue
        files.records.append(_file(Taking(item, fields), place, ledger, files, sources))
    return files


def _file(taking: Taking, place: str, ledger: Ledger, files: Files, sources: frozenset[str]) -> dict[str, Any]:
    record: dict[str, Any] = {}   # Any: text, or None
    name, given = taking.take("title")
    title = plain(given, ledger, f"{place}.{name}")
    extra = [title] if len(title) > limit_of(FileRecord, "title") else []
    record["title"] = fitted(title, FileRecord, "title", ledger)
    if not title:
        ledger.note("missing", f"{place}.{name}", "no title of a file")
    name, given = taking.take("url")
    record |= _source(as_words(given) and str(given), f"{place}.{name}", ledger, files, sources)
    name, given = taking.take("format")
    record["format"] = shown_format(plain(given, ledger, f"{place}.{name}"), f"{place}.{name}", ledger)
    name, given = taking.take("description")
    extra.insert(0, as_words(given))
    for name, value in taking.rest().items():
        words = as_words(value)
        extra.append(f"{taking.fields.label(name)}: {words}")
        ledger.note("noted", f"{place}.{name}", "no key for it, so put behind the file's description", words, "description")
    text = "\n\n".join(each for each in extra if each and each.lower() not in NO_WORDS)
    record["description"] = markdown(text, ledger, f"{place}.{name}") if text else None
    return record


def _source(given: str, place: str, ledger: Ledger, files: Files, sources: frozenset[str]) -> dict[str, str]:
    """Where a file is: an address, a file that the old site keeps itself, or the reason why there is neither."""
    if not given:
        ledger.note("missing", place, NO_ADDRESS)
        return {"missing": "The catalog it was listed in gives no address."}
    mended = mended_url(given)
    if mended.url is not None:
        for why in mended.why:
            ledger.note("mended", place, why, given, mended.url)
        return {"url": mended.url}
    local = given.strip().split("?")[0].split("#")[0].lstrip("./")
    if local in sources and not local.startswith("_"):
        return {"path": _copied(local, place, ledger, files)}
    ledger.note("doubtful", place, BAD_ADDRESS, given)
    return {"missing": f"The catalog it was listed in gives an address that cannot be linked to: {given.strip()}"[:1_000]}


def _copied(local: str, place: str, ledger: Ledger, files: Files) -> str:
    """Bring a file along, with a name that can be part of an address."""
    stem, dot, ending = local.rpartition("/")[2].rpartition(".")
    taken = {"dataset", *(name.rpartition(".")[0] for name in files.copies)}   # dataset.yaml is the record itself
    name = f"{unused(slug(stem or ending, 'files'), taken)}{dot if stem else ''}{ending.lower() if stem else ''}"
    files.copies[name] = local
    ledger.note("noted", place, "a file that the old site keeps itself, copied", local, name)
    return name
