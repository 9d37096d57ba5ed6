"""For each code something that gives rise to it, done for real: the command's own stages, a folder, a written site."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import problem_pages
from cities import CSV, MEASURED, NOW, ON_TIME, SITE, TREES, a_build, a_city, a_measured_city, loaded, with_files
from cityfolio.begin import begin
from cityfolio.build import Workshop, build_site, inspect
from cityfolio.codes import CODES
from cityfolio.fetch.every import fetching
from cityfolio.files import FolderTree, MemoryTree, Tree, sha256
from cityfolio.load.catalog import load
from cityfolio.measuring.close import close_periods
from cityfolio.measuring.reckoning import reckoning
from cityfolio.migrate.export.exported import records_of
from cityfolio.migrate.harvest.harvest import Order, harvest
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.jkan.importer import import_jkan
from cityfolio.migrate.report import Report
from cityfolio.migrate.sheet.exporting import workbook as filled_workbook
from cityfolio.migrate.sheet.importing import edits, sheets_of
from cityfolio.migrate.sheet.read import read_book
from cityfolio.model import former_keys
from cityfolio.model.former_keys import FormerKey
from cityfolio.model.records import FileRecord, SourceRecord
from cityfolio.model.site import CopyOf, Manifest, Output
from cityfolio.pages.templates import load_theme
from cityfolio.problems import Problem
from cityfolio.publish import limits
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.manifest import previous_manifest
from cityfolio.publish.sinks import MemorySink, Sink
from cityfolio.publish.write import Edition, write_site
from cityfolio.review.policy import unexplained
from cityfolio.settings import Options, make_build
from cityfolio.tables.profile import TableJob, profile_table
from cluster_triggers import CLUSTER_TRIGGERS
from deploy_triggers import DEPLOY_TRIGGERS
from plugin_triggers import PLUGIN_TRIGGERS
from problem_pages import planted
from review.diff.comparing import compared
from tables.readers.making_sheets import a_sheet, a_zip, an_xlsx, parts
from themes_once import themes_once

Files = Mapping[str, str | bytes | None]
Found = tuple[Problem, ...]
Trigger = Callable[[Path], Found]

NOISE = "".join(sha256(str(number).encode()) for number in range(1_500))   # nothing that a server could compress to half


NAMED = ('<row r="1"><c t="str"><v>species</v></c><c t="str"><v>height</v></c></row>'
         '<row r="2"><c t="str"><v>oak</v></c><c><v>12.5</v></c></row>')


def inspected(tree: Tree, **build: object) -> Found:
    """What `cityfolio check` says of a catalog."""
    with themes_once():
        return inspect(load(tree), a_build(**build), Workshop(tree=tree, sink=MemorySink()))[2]


def built(files: Mapping[str, str | bytes], sink: Sink | None = None, previous: Manifest | None = None) -> Found:
    """What `cityfolio build` says of a catalog, on a machine with or without the bundled scripts."""
    workshop = Workshop(tree=MemoryTree(files), sink=sink or MemorySink(), previous=previous)
    with themes_once():
        found = build_site(loaded(files), a_build(), workshop).problems
    return tuple(problem for problem in found if problem.code != "assets-unbundled")


def example(code: str) -> Trigger:
    """The wrong example of the code's own page."""
    return lambda _: tried(code, "Wrong")


def tried(code: str, label: str) -> Found:
    """One of the examples of a code's page in its surroundings; built for what only a build looks at."""
    files = planted(with_files(a_city(), BESIDE.get(code, {})), code, label)
    return built(files) if code in LOOKED_AT_BY_BUILDS else inspected(MemoryTree(files))


def city(changed: Files, **build: object) -> Trigger:
    """A sound city with some files changed, added, or (None) left out."""
    return lambda _: inspected(MemoryTree(with_files(a_city(), changed)), **build)


def page_of_site(body: str, kind: str = "dataset") -> Trigger:
    """A finished page with this between its tags, written and verified."""
    page = f'<!doctype html>\n<html lang="en"><head><title>Trees</title></head><body>{body}</body></html>\n'
    output = Output(url="/data/trees/", body=page.encode(), media_type="text/html", kind=kind, source="dataset.html")
    return lambda _: write_site([output], MemoryTree({}), MemorySink(), Edition(made_by="cityfolio")).problems


def sheets(body: bytes, **keys: str) -> Trigger:
    """A sound city whose trees are in a workbook."""
    entry = "".join(f"    {key}: {value}\n" for key, value in keys.items())
    record = TREES.replace("  - path: trees.csv\n", f"  - path: trees.xlsx\n{entry}")
    return city({"datasets/trees/dataset.yaml": record, "datasets/trees/trees.csv": None, "datasets/trees/trees.xlsx": body})


def extra_missing(_: Path) -> Found:
    """A shapefile on a machine without the package that reads it."""
    from tables.readers.making_records import a_shapefile  # it needs that very package

    body = a_shapefile(species=["oak", "elm"], height=[12.5, 8])
    job = TableJob(path="datasets/trees/trees.shp.zip", size_bytes=len(body), file=FileRecord(path="trees.shp.zip"))
    # Files of this format are read in a process of their own, which a test cannot take a package from.
    with patch.dict(sys.modules, {"pyogrio": None}):
        return profile_table(BytesIO(body), job).problems


def key_former(_: Path) -> Found:
    """A key that was renamed: for as long as none was, an invented one."""
    renamed = FormerKey(record="DatasetRecord", key="update_frequency", now="frequency", since="0.3.0", until="0.5.0")
    with patch.object(former_keys, "FORMER_KEYS", (renamed,)):
        return inspected(MemoryTree(with_files(a_city(), {"datasets/trees/dataset.yaml": TREES.replace("frequency:",
                                                                                            "update_frequency:")})))


def catalog_missing(folder: Path) -> Found:
    """A folder that does not exist."""
    return load(FolderTree(folder / "catlog")).problems


def folder_unreadable(folder: Path) -> Found:
    """A pipe where a file should be."""
    _on_disk(folder, {})
    os.mkfifo(folder / "publishers" / "transit.yaml")
    return inspected(FolderTree(folder))


def file_link(folder: Path) -> Found:
    """A data file that is a link to one elsewhere."""
    _on_disk(folder / "catalog", {"datasets/trees/trees.csv": None})
    (folder / "trees.csv").write_text("species,height\n")
    (folder / "catalog/datasets/trees/trees.csv").symlink_to(folder / "trees.csv")
    return inspected(FolderTree(folder / "catalog"))


def file_changed(_: Path) -> Found:
    """A file that is not the same any more when it is copied."""
    before, after = b"species,height\noak,12.5\n", b"species,height\noak,12."
    body = CopyOf(path="datasets/trees/trees.csv", bytes=len(before), sha256=sha256(before))
    output = Output(url="/data/trees/trees.csv", body=body, media_type="text/csv", kind="data", source=body.path)
    return write_site([output], MemoryTree({body.path: after}), MemorySink(), Edition(made_by="cityfolio")).problems


def now_unknown(folder: Path) -> Found:
    """A catalog outside any repository, which pins no date."""
    options = Options(catalog=_on_disk(folder, {}), output=folder / "output")
    return make_build(loaded(a_city()), options, {}, date(2026, 6, 30))[1]


def change_unexplained(_: Path) -> Found:
    renamed = dict(a_city())
    renamed |= {"datasets/trees/dataset.yaml": TREES.replace("height:", "tallness:"),
                "datasets/trees/trees.csv": CSV.replace("height", "tallness")}
    found = compared(a_city(), renamed)
    return tuple(unexplained(each, NOW.date()) for each in found.refused)


def history_shallow(folder: Path) -> Found:
    """A clone without history of a catalog whose datasets have no dates of their own."""
    undated = TREES.replace("modified: 2026-01-01\n", "")
    _on_disk(folder / "whole", {"datasets/trees/dataset.yaml": undated})
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.gov"]
    commit = [*identity, "commit", "-q", "--allow-empty", "-m", "One more"]
    for command in (["init", "-q"], ["add", "."], commit, commit):
        subprocess.run(["git", "-C", str(folder / "whole"), *command], check=True)
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{folder / 'whole'}", str(folder / "clone")], check=True)
    catalog = next(path.parent for path in (folder / "clone").rglob("site.yaml"))
    options = Options(catalog=catalog, output=folder / "output", as_of=date(2026, 6, 30))
    return make_build(load(FolderTree(catalog)), options, {}, date(2026, 6, 30))[1]


def previous_unreadable(folder: Path) -> Found:
    """A former manifest that is a page."""
    (folder / "manifest.html").write_text("<!doctype html>")
    return previous_manifest(str(folder / "manifest.html"), folder)[1]


def address_dropped(_: Path) -> Found:
    """A dataset that was renamed without a word about its former id."""
    record = ("title: Street trees\nsummary: Every tree.\npublisher: parks\nkeywords: oak\nmodified: 2026-01-01\n"
              "files: [{url: https://gis.example.gov/trees}]\n")
    files = with_files(a_city(), {"datasets/trees/dataset.yaml": record, "datasets/trees/trees.csv": None})
    before = MemorySink()
    built(files, before)
    files["datasets/street-trees/dataset.yaml"] = files.pop("datasets/trees/dataset.yaml")
    return built(files, previous=before.manifest)


def address_unheld(folder: Path) -> Found:
    """An address of ArcGIS Hub, on a computer that cannot write it."""
    files = a_city(**{"datasets/trees/dataset.yaml": f"{TREES}formerly: /datasets/Example::trees\n"})
    return built(files, FolderSink(folder / "site", holds_colons=False))


def export_withdrawn(_: Path) -> Found:
    """A format that was offered, and is no more."""
    before = MemorySink()
    built(with_files(a_city(), {"site.yaml": f"{SITE}exports: [json]\n"}), before)
    return built(a_city(), previous=before.manifest)


def twins_unsaid(_: Path) -> Found:
    """A site that had everything beside its datasets, and settings that name nothing."""
    before = MemorySink()
    built(a_city(), before)
    return built(with_files(a_city(), {"site.yaml": SITE.replace("twins: all\n", "")}), previous=before.manifest)


def twins_withdrawn(_: Path) -> Found:
    """A kind of files beside datasets that was asked for, and is no more."""
    before = MemorySink()
    built(with_files(a_city(), {"site.yaml": SITE.replace("all", "[explorer, feed]")}), before)
    return built(with_files(a_city(), {"site.yaml": SITE.replace("all", "[explorer]")}), previous=before.manifest)


def rows_withdrawn(_: Path) -> Found:
    """A site whose tables could be looked into, and of which only the first rows are read now."""
    before = MemorySink()
    built(a_city(), before)
    return built(with_files(a_city(), {"site.yaml": f"{SITE}tables: first-rows\n"}), previous=before.manifest)


def target_full(_: Path) -> Found:
    """A site for a host that takes fewer files."""
    full = replace(limits.CLOUDFLARE, files=20)
    with patch.object(limits, "HOSTS", (full,)):
        return built(with_files(a_city(), {"site.yaml": f'{SITE}targets: {{live: {{url: "cloudflare:data-example"}}}}\n'}))


def output_foreign(folder: Path) -> Found:
    """An output folder with somebody's letter in it."""
    (folder / "Documents").mkdir()
    (folder / "Documents" / "letter.txt").write_text("Dear")
    return built(a_city(), FolderSink(folder / "Documents"))


def output_inside(folder: Path) -> Found:
    """A catalog inside the output folder."""
    return built(a_city(), FolderSink(folder / "city", apart_from=(folder / "city" / "catalog",)))


def output_unwritable(folder: Path) -> Found:
    """An output folder below a file."""
    (folder / "notes.txt").write_text("Dear")
    return built(a_city(), FolderSink(folder / "notes.txt" / "site"))


def assets_unbundled(folder: Path) -> Found:
    """A theme whose scripts nobody has bundled."""
    (folder / "civic" / "templates").mkdir(parents=True)
    (folder / "civic" / "theme.yaml").write_text("title: Civic\n")
    return load_theme("civic", (folder,))[1]


def fetch_failed(_: Path) -> Found:
    """An address at which no server answers."""
    files = planted(with_files(a_city(), BESIDE["fetch-failed"]), "fetch-failed", "Wrong")
    with fetching(loaded(files), None, lambda stage: None) as fetched:
        return (*fetched.problems, *inspected(MemoryTree(files)))


def source_unreadable(folder: Path) -> Found:
    """A folder that is no JKAN site."""
    (folder / "index.html").write_text("<!doctype html>")
    return import_jkan(FolderTree(folder)).problems


def destination_taken(folder: Path) -> Found:
    """A folder that holds something already."""
    (folder / "letter.txt").write_text("Dear")
    return begin(folder).problems


def harvested(listed: Files, changed: Files) -> Found:
    """A source that is brought in a second time, into a city that changed meanwhile."""
    before = Imported(files={"datasets/bikes/dataset.yaml": "title: Bike racks\n",
                             "datasets/paths/dataset.yaml": "title: Bike paths\n",
                             "datasets/lanes/dataset.yaml": "title: Bike lanes\n"},
                      report=Report(format="JKAN", totals=(), records=()))
    order = Order(id="matthews", source=SourceRecord(title="Matthews", format="jkan", path="m"), today=date(2026, 6, 30))
    files = with_files(a_city(), harvest(MemoryTree(a_city()), before, lambda path: b"", order).writes)
    now = replace(before, files=with_files(before.files, listed))
    return harvest(MemoryTree(with_files(files, changed)), now, lambda path: b"", order).problems


def harvest_shrunk(_: Path) -> Found:
    """A source that lists one dataset of three."""
    return harvested({"datasets/paths/dataset.yaml": None, "datasets/lanes/dataset.yaml": None}, {})


def workbook(changed: Mapping[str, str], catalog: Files) -> Found:
    """A workbook in which cells of the trees were changed, and perhaps the catalog too."""
    tree = MemoryTree(with_files(a_city(), catalog))
    before, now = records_of(MemoryTree(a_city())), records_of(tree)
    book = read_book("metadata.xlsx", filled_workbook(sheets_of(before.values), {}))
    pages = tuple(replace(page, lines=[replace(line, cells={**line.cells, **changed}) for line in page.lines])
                  for page in book.pages if page.sheet.name == "Datasets")
    texts = {path: tree.read(path).decode() for path in now.values}
    return edits(replace(book, pages=pages), texts, now.values, {}).problems


def workbook_without_its_last_column() -> Found:
    """A workbook in which the last row of the columns was deleted."""
    tree, values = MemoryTree(a_city()), records_of(MemoryTree(a_city())).values
    book = read_book("metadata.xlsx", filled_workbook(sheets_of(values), {}))
    pages = tuple(replace(page, lines=page.lines[:-1]) if page.sheet.name == "Columns" else page for page in book.pages)
    return edits(replace(book, pages=pages), {path: tree.read(path).decode() for path in values}, values, {}).problems


def _on_disk(folder: Path, changed: Files) -> Path:
    for path, body in with_files(a_city(), changed).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body if isinstance(body, bytes) else body.encode())
    return folder


def period_open(folder: Path) -> Found:
    """A month that is closed on its last day."""
    _on_disk(folder, MEASURED)
    given = {"catalog": folder, "as_of": date(2026, 6, 30), "fetch": False, "workers": 1, "no_cache": True}
    with reckoning(given) as reckoned:
        return close_periods(reckoned, (), period="2026-06", until=None).problems


LOOKED_AT_BY_BUILDS = ("accent-contrast", "logo-unfit", "font-unfit", "logo-reduced", "theme-unknown", "theme-template",
                       "theme-style", "theme-unused", "token-unknown", "export-unfit", "question-empty", "figure-empty",
                       "output-personal", "plugin-unknown", "words-unreadable", "words-unfit")
# What a page says is there, or is not, beside its examples.
SPECIES: Files = {
    "datasets/species/dataset.yaml": (
        "title: Kinds of tree\nsummary: Every kind the city plants.\npublisher: parks\nkeywords: shade\n"
        "modified: 2026-01-01\nfrequency: yearly\nfiles: [{path: species.csv}]\ncolumns: {name: {title: What it is called}}\n"),
    "datasets/species/species.csv": "name\noak\nmaple\nelm\n",
}
PLANTED = "species,planter_ssn\noak,536-22-8714\nmaple,212-09-7694\nelm,401-53-2280\n"
OAKS = "species,height\noak,12.5\noak,12.5\nelm,8\nelm,9\n"
BESIDE: dict[str, Files] = {
    **dict.fromkeys(problem_pages.groups()["Goals and measures"], MEASURED),
    "logo-unfit": {"theme/seal.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4"/></svg>'},
    "font-unfit": {"theme/city-sans.woff2": b"wOF2" + bytes(7) + bytes([48]) + bytes(36)},
    "cell-foreign-key": SPECIES,
    "foreign-key-unknown": SPECIES,
    "files-missing": {"datasets/trees/trees.csv": None},
    "fetch-failed": {"datasets/trees/trees.csv": None},
    "sensitive-unprotected": {"datasets/trees/trees.pdf": b"%PDF"},
    "table-shape": {"datasets/trees/trees.csv": None},
    "geometry-invalid": {"datasets/trees/trees.csv": None},
    "personal-data": {"datasets/trees/trees.csv": PLANTED},
    "anonymity-column": {"datasets/trees/trees.csv": OAKS},
    "group-small": {"datasets/trees/trees.csv": OAKS},
    "group-uniform": {"datasets/trees/trees.csv": OAKS},
}
SPECIAL: dict[str, Trigger] = {
    "period-open": period_open,
    "change-unexplained": change_unexplained,
    "measures-many": lambda _: inspected(MemoryTree(with_files(a_measured_city(), {
        f"measures/on-time-{number}/measure.yaml": ON_TIME for number in range(12)}))),
    "key-former": key_former,
    "catalog-missing": catalog_missing,
    "site-missing": city({"site.yaml": None}),
    "catalog-empty": city({"datasets/trees/dataset.yaml": None, "datasets/trees/trees.csv": None}),
    "file-unexpected": city({"datasets/bikes.yaml": "title: Bikes\n"}),
    "file-unlisted": city({"datasets/trees/trees-2025.csv": "species,height\n"}),
    "id-invalid": city({"publishers/Parks & Recreation.yaml": "title: Parks & Recreation\n"}),
    "id-collision": city({"topics/Nature.yaml": "title: Nature\n"}),
    "folder-unreadable": folder_unreadable,
    "text-encoding": city({"datasets/trees/dataset.yaml": TREES.encode() + b"spatial: Near the Caf\xe9\n"}),
    "yaml-size": city({"topics/nature.yaml": "description: |\n" + "  oak, 12.5\n" * 100_000}),
    "file-link": file_link,
    "file-active": city({"datasets/trees/dataset.yaml": TREES.replace("columns:", "  - path: map.svg\ncolumns:"),
                         "datasets/trees/map.svg": "<svg/>"}),
    "file-large": city({"datasets/trees/trees.csv": ",".join(map(str, range(5_001))) + "\n"}),
    "file-changed": file_changed,
    "extra-missing": extra_missing,
    "table-syntax": sheets(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)),
    "table-limit": sheets(an_xlsx('<row><c><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "sheet-unknown": sheets(a_zip(parts({"Trees": a_sheet(NAMED), "Parks": a_sheet(NAMED)}))),
    "sheet-merged": sheets(an_xlsx(f"{NAMED}<row r='3'/>", '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>')),
    "sheet-error": sheets(an_xlsx(NAMED.replace("<c><v>12.5</v>", '<c t="e"><v>#DIV/0!</v>'))),
    "csv-encoding-guessed": city({"datasets/trees/trees.csv": "species,height\npi\u00f1on,12.5\n".encode("cp1252")}),
    "csv-encoding-doubtful": city({
        "datasets/trees/trees.csv": "species,height\npi\u00f1on,12.5\n",
        "datasets/trees/dataset.yaml": TREES.replace("path: trees.csv", "path: trees.csv\n    encoding: cp1252")}),
    "csv-nul": city({"datasets/trees/trees.csv": "species,height\noak,12.5\n".encode("utf-16-le")}),
    "now-unknown": now_unknown,
    "history-shallow": history_shallow,
    "base-url-missing": city({}, base_url=""),
    "previous-unreadable": previous_unreadable,
    "address-collision": lambda _: built(a_city(**{"datasets/trees/dataset.yaml": f"{TREES}formerly: /privacy/\n"})),
    "address-dropped": address_dropped,
    "address-unheld": address_unheld,
    "export-withdrawn": export_withdrawn,
    "twins-unsaid": twins_unsaid,
    "twins-withdrawn": twins_withdrawn,
    "rows-withdrawn": rows_withdrawn,
    "target-full": target_full,
    "output-foreign": output_foreign,
    "output-inside": output_inside,
    "output-unwritable": output_unwritable,
    "assets-unbundled": assets_unbundled,
    "link-broken": page_of_site('<p>See <a href="../park/">the parks</a>.</p>'),
    "anchor-broken": page_of_site('<p>See <a href="#fields">its columns</a>.</p>'),
    "html-invalid": page_of_site('<p id="note">One</p><p id="note">Two</p>'),
    "page-heavy": page_of_site(f"<p>{NOISE}</p>"),
    **DEPLOY_TRIGGERS,
    **CLUSTER_TRIGGERS,
    **PLUGIN_TRIGGERS,
    "fetch-failed": fetch_failed,
    "source-unreadable": source_unreadable,
    "destination-taken": destination_taken,
    "harvest-conflict": lambda _: harvested({"datasets/bikes/dataset.yaml": "title: Bicycle racks\n"},
                                            {"datasets/bikes/dataset.yaml": "title: Racks for bikes\n"}),
    "harvest-shrunk": harvest_shrunk,
    "harvest-base": lambda _: harvested({}, {"sources/matthews/datasets/bikes.json": '{"id": "bikes",\n'}),
    "workbook-row": lambda _: workbook({"dataset": "treez"}, {}),
    "workbook-gone": lambda _: workbook_without_its_last_column(),
    "workbook-cell": lambda _: workbook({"issued": "30.6.2026"}, {}),
    "workbook-conflict": lambda _: workbook({"frequency": "weekly"}, {"datasets/trees/dataset.yaml":
                                                                      TREES.replace("yearly", "monthly")}),
}
TRIGGERS: dict[str, Trigger] = {code: SPECIAL.get(code) or example(code) for code in CODES}
