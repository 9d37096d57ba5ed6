"""Edits of whole datasets, files, columns and rows, of other rooms, and edits that mean nothing. Continues `edits`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from review.diff.edits import CSV, Edit, Victim, changed, rewritten, table, with_table, written

Make = Callable[[Victim, str], Edit]
LINES = CSV.splitlines(keepends=True)
FILE = "files/trees.csv"
PDF, XLS = {"url": "https://example.gov/a.pdf", "title": "A"}, {"url": "https://example.gov/b.xlsx", "title": "B"}
COLUMNS = {"alpha": {"title": "First", "type": "string"}, "beta": {"title": "Second", "values": {"A": "Ash", "O": "Oak"}}}
ACTIVE = {"status": "published"}


def _without(record: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in keys}


def removed(victim: Victim, name: str) -> Edit:
    return Edit(name, {}, {victim.path: None}, frozenset({("dataset-removed", victim.about, "")}))


def added(victim: Victim, name: str) -> Edit:
    path = f"datasets/{victim.id}-planted/dataset.yaml"
    return Edit(name, {}, {path: written({"title": f"Something quite new near {victim.id}", "files": [PDF]})},
                frozenset({("dataset-added", f"{victim.about}-planted", "")}))


def renamed(victim: Victim, name: str) -> Edit:
    known = _without(victim.record, "identifier")
    return Edit(name, {victim.path: written(known)},
                {victim.path: None, f"datasets/{victim.id}-now/dataset.yaml": written(
                    {**known, "formerly": [*known.get("formerly", []), victim.id]})},
                frozenset({("dataset-renamed", f"{victim.about}-now", ""),
                           ("identifier-changed", f"{victim.about}-now", "identifier")}))


def renamed_with_identifier(victim: Victim, name: str) -> Edit:
    known = {**victim.record, "identifier": f"https://example.gov/id/{victim.id}"}
    return Edit(name, {victim.path: written(known)},
                {victim.path: None, f"datasets/{victim.id}-now/dataset.yaml": written(
                    {**known, "formerly": [*known.get("formerly", []), victim.id]})},
                frozenset({("dataset-renamed", f"{victim.about}-now", "")}))


def moved(victim: Victim, name: str) -> Edit:
    known = {**victim.record, "identifier": f"https://example.gov/id/{victim.id}"}
    return Edit(name, {victim.path: written(known)},
                {victim.path: None, f"datasets/{victim.id}-elsewhere/dataset.yaml": written(known)},
                frozenset({("address-broken", f"{victim.about}-elsewhere", "")}))


def _status(before: Mapping[str, Any], after: Mapping[str, Any], *due: tuple[str, str]) -> Make:
    return lambda victim, name: changed(victim, name, before, after, *due)


def _files(before: list[Any], after: list[Any], *due: tuple[str, str]) -> Make:
    return lambda victim, name: changed(victim, name, {"files": before}, {"files": after}, *due)


def _columns(before: Mapping[str, Any], after: Mapping[str, Any], *due: tuple[str, str]) -> Make:
    return lambda victim, name: changed(victim, name, {"columns": before}, {"columns": after}, *due)


def _record(before: Mapping[str, Any], after: Mapping[str, Any], *due: tuple[str, str]) -> Make:
    return lambda victim, name: changed(victim, name, before, after, *due)


def _rows(after: str, *due: tuple[str, str]) -> Make:
    return lambda victim, name: table(victim, name, after, *due)


def _rows_and_dictionary(after: str, columns: Mapping[str, Any], *due: tuple[str, str]) -> Make:
    return lambda victim, name: table(victim, name, after, *due, record={"columns": columns})


def _text(edit: Callable[[str], str]) -> Make:
    return lambda victim, name: rewritten(victim, name, written(victim.record), edit(written(victim.record)))


def _table_file(before: Mapping[str, Any], after: Mapping[str, Any], *due: tuple[str, str]) -> Make:
    def make(victim: Victim, name: str) -> Edit:
        paths = [f"datasets/{victim.id}/{each.get('path', 'trees.csv')}" for each in (before, after)]
        return Edit(name, {victim.path: written(with_table(victim, file=before)), paths[0]: CSV},
                    {victim.path: written(with_table(victim, file=after)), paths[0]: None, paths[1]: CSV},
                    frozenset((kind, victim.about, part) for kind, part in due))

    return make


def _dictionary(after: Mapping[str, Any], *due: tuple[str, str]) -> Make:
    return lambda victim, name: table(victim, name, CSV, *due, record={"columns": after})


DESCRIBED = {"id": {"title": "Number"}, "kind": {"title": "Kind"}, "height": {"title": "Height"}, "planted": {"title": "When"}}
STRUCTURE: Mapping[str, Make] = {
    "dataset removed": removed, "dataset added": added, "dataset renamed with its old id": renamed,
    "dataset renamed with old id and identifier": renamed_with_identifier, "dataset renamed without a word": moved,
    "dataset withdrawn": _status(ACTIVE, {"status": "restricted", "reason": "Law."}, ("dataset-withdrawn", "status"),
                                 ("key-added", "reason")),
    "dataset retired": _status(ACTIVE, {"status": "retired", "reason": "Old."}, ("dataset-withdrawn", "status"),
                               ("key-added", "reason")),
    "dataset published": _status({"status": "planned", "reason": "Soon."}, {"status": "published", "reason": "Soon."},
                                 ("dataset-published", "status")),
    "plan given up": _status({"status": "planned", "reason": "No."}, {"status": "restricted", "reason": "No."},
                             ("status-changed", "status")),
    "file added": _files([PDF], [PDF, XLS], ("file-added", f"files/{XLS['url']}")),
    "file added first": _files([PDF], [XLS, PDF], ("file-added", f"files/{XLS['url']}")),
    "file removed": _files([PDF, XLS], [PDF], ("file-removed", f"files/{XLS['url']}")),
    "first file removed": _files([PDF, XLS], [XLS], ("file-removed", f"files/{PDF['url']}")),
    "files in another order": _files([PDF, XLS], [XLS, PDF], ("order-changed", "files")),
    "file at another address": _files([PDF, XLS], [PDF, {**XLS, "url": "https://example.gov/c.xlsx"}],
                                      ("file-address-changed", "files/https://example.gov/c.xlsx")),
    "file in another format": _files([PDF, {**XLS, "format": "XLSX"}], [PDF, {**XLS, "format": "ODS"}],
                                     ("format-changed", f"files/{XLS['url']}")),
    "format of a file written down": _files([PDF, XLS], [PDF, {**XLS, "format": "XLSX"}],
                                            ("key-added", f"files/{XLS['url']}/format")),
    "file lost": _files([PDF, XLS], [PDF, {"missing": "It was deleted.", "title": "B"}],
                        ("file-removed", "files/It was deleted."), ("key-added", "files/It was deleted./missing")),
    "two files change places and one its title": _files([PDF, XLS], [{**XLS, "title": "Bee"}, PDF], ("order-changed", "files"),
                                                        ("title-changed", f"files/{XLS['url']}/title")),
    "column added": _columns(COLUMNS, {**COLUMNS, "gamma": {"title": "Third"}}, ("column-added", "columns/gamma")),
    "column removed": _columns(COLUMNS, {"alpha": COLUMNS["alpha"]}, ("column-removed", "columns/beta")),
    "column renamed": _columns(COLUMNS, {"alpha": COLUMNS["alpha"], "beta_2": COLUMNS["beta"]},
                               ("column-renamed", "columns/beta_2")),
    "column hidden": _columns(COLUMNS, {**COLUMNS, "alpha": {**COLUMNS["alpha"], "sensitive": "true"}},
                              ("column-hidden", "columns/alpha/sensitive")),
    "column shown": _columns({**COLUMNS, "alpha": {**COLUMNS["alpha"], "sensitive": "true"}}, COLUMNS,
                             ("column-shown", "columns/alpha/sensitive")),
    "code added": _columns(COLUMNS, {**COLUMNS, "beta": {**COLUMNS["beta"], "values": {"A": "Ash", "O": "Oak", "E": "Elm"}}},
                           ("code-added", "columns/beta/values/E")),
    "code removed": _columns(COLUMNS, {**COLUMNS, "beta": {**COLUMNS["beta"], "values": {"A": "Ash"}}},
                             ("code-removed", "columns/beta/values/O")),
    "code with another meaning": _columns(COLUMNS, {**COLUMNS, "beta": {**COLUMNS["beta"], "values": {"A": "Aspen",
                                                                                                      "O": "Oak"}}},
                                          ("code-changed", "columns/beta/values/A")),
    "foreign key added": _columns(COLUMNS, {**COLUMNS, "alpha": {**COLUMNS["alpha"], "foreign_key": {"dataset": "planted-kin",
                                                                                                     "column": "a"}}},
                                  ("constraint-changed", "columns/alpha/foreign_key")),
    "contact added": _record({"contact": None}, {"contact": {"name": "Trees"}}, ("contact-changed", "contact")),
    "contact with another name": _record({"contact": {"name": "One"}}, {"contact": {"name": "Two"}},
                                         ("contact-changed", "contact/name")),
    "contact with an e-mail": _record({"contact": {"name": "One"}}, {"contact": {"name": "One", "email": "a@example.gov"}},
                                      ("contact-changed", "contact/email")),
    "contact removed": _record({"contact": {"name": "One"}}, {"contact": None}, ("contact-changed", "contact")),
    "time begun": _record({"temporal": None}, {"temporal": {"start": "2016"}}, ("key-added", "temporal")),
    "time moved": _record({"temporal": {"start": "2016"}}, {"temporal": {"start": "2017"}}, ("key-changed", "temporal/start")),
    "time ended": _record({"temporal": {"start": "2016"}}, {"temporal": {"start": "2016", "end": "2020"}},
                          ("key-added", "temporal/end")),
    "note added": _record({"notes": {"A": "one"}}, {"notes": {"A": "one", "B": "two"}}, ("key-added", "notes/B")),
    "note changed": _record({"notes": {"A": "one"}}, {"notes": {"A": "two"}}, ("key-changed", "notes/A")),
    "note removed": _record({"notes": {"A": "one", "B": "two"}}, {"notes": {"A": "one"}}, ("key-removed", "notes/B")),
    "former id added": _record({"formerly": ["older"]}, {"formerly": ["older", "oldest-planted"]},
                               ("former-address-added", "formerly")),
    "former id removed": _record({"formerly": ["older-planted", "oldest-planted-2"]}, {"formerly": ["older-planted"]},
                                 ("former-address-removed", "formerly")),
    "date that is none": _record({"issued": "2016-03-01"}, {"issued": "2016-13-01"}, ("key-changed", "issued")),
    "plan with a day": _record({"status": "planned", "reason": "Soon."},
                               {"status": "planned", "reason": "Soon.", "release": {"on": "2026-10-31"}},
                               ("key-added", "release")),
    "rows added": _rows(CSV + "29,oak,5,2020-02-01\n", ("rows-added", FILE)),
    "rows removed": _rows("".join(LINES[:-2]), ("rows-removed", FILE)),
    "row changed": _rows(CSV.replace("3,oak,6,", "3,oak,7,"), ("rows-changed", FILE)),
    "rows changed and added": _rows(CSV.replace("3,oak,6,", "3,oak,7,") + "29,oak,5,2020-02-01\n", ("rows-changed", FILE)),
    "rows in another order": _rows(LINES[0] + "".join(sorted(LINES[1:], reverse=True))),
    "rows with other line ends": _rows(CSV.replace("\n", "\r\n")),
    "rows in quotation marks": _rows(CSV.replace("oak", '"oak"')),
    "columns in another order": _rows("".join(f"{','.join(line.strip().split(',')[::-1])}\n" for line in LINES)),
    "column added to rows": _rows_and_dictionary(
        "".join(f"{line.strip()},{'note' if at == 0 else at % 3}\n" for at, line in enumerate(LINES)),
        {**DESCRIBED, "note": {"title": "Note"}}, ("column-added", "columns/note")),
    "column taken from rows": _rows_and_dictionary(
        "".join(f"{','.join(line.strip().split(',')[:3])}\n" for line in LINES), _without(DESCRIBED, "planted"),
        ("column-removed", "columns/planted")),
    "column of rows renamed": _rows_and_dictionary(
        CSV.replace("height", "tallness"), {**_without(DESCRIBED, "height"), "tallness": {"title": "Height"}},
        ("column-renamed", "columns/tallness")),
    "column of rows renamed and described otherwise": _rows_and_dictionary(
        CSV.replace("height", "tallness"), {**_without(DESCRIBED, "height"), "tallness": {"title": "How tall"}},
        ("column-renamed", "columns/tallness"), ("meaning-changed", "columns/tallness/title")),
    "numbers become words": _rows(CSV.replace(",7,", ",seven,"), ("rows-changed", FILE),
                                  ("column-retyped", "columns/height/type")),
    "type written down as it is": _dictionary({**DESCRIBED, "height": {"title": "Height", "type": "integer"}},
                                              ("constraint-changed", "columns/height/type")),
    "description of a column taken away": _dictionary(_without(DESCRIBED, "planted"),
                                                      ("column-undescribed", "columns/planted")),
    "table renamed with its old name": _table_file({}, {"path": "all.csv", "formerly": ["trees.csv"]},
                                                   ("file-renamed", "files/all.csv")),
    "table renamed without a word": _table_file({}, {"path": "all.csv"}, ("address-broken", "files/all.csv")),
    "table read by other words": _table_file({}, {"empty": ["NA"]}, ("key-added", f"{FILE}/empty")),
    "table offered in fewer formats": _table_file({"exports": ["csv", "xlsx"]}, {"exports": ["csv"]},
                                                  ("export-removed", f"{FILE}/exports")),
    "table offered in more formats": _table_file({"exports": ["csv"]}, {"exports": ["csv", "xlsx"]},
                                                 ("export-added", f"{FILE}/exports")),
    "rows told apart otherwise": _table_file({}, {"primary_key": ["id", "kind"]}, ("row-key-changed", f"{FILE}/primary_key")),
}
MEANS_NOTHING: Mapping[str, Make] = {
    "a comment above": _text(lambda text: f"# Reviewed by the clerk.\n{text}"),
    "a comment below": _text(lambda text: f"{text}# Reviewed by the clerk.\n"),
    "empty lines": _text(lambda text: text.replace("\n", "\n\n", 1)),
    "line ends of Windows": _text(lambda text: text.replace("\n", "\r\n")),
    "a byte order mark": _text(lambda text: f"\ufeff{text}"),
    "no line end at the end": _text(lambda text: text.rstrip("\n")),
    "a key without a value": _text(lambda text: f"{text}conforms_to:\n"),
    "a default written down": _text(lambda text: f"{text}status: published\n"),
    "keys in another order": lambda victim, name: rewritten(
        victim, name, written(victim.record), written(dict(reversed(victim.record.items())))),
    "words in another order": _record({"keywords": ["a", "b", "c"]}, {"keywords": ["c", "a", "b"]}),
    "topics in another order": _record({"topics": ["planted-topic", "planted-other"]},
                                       {"topics": ["planted-other", "planted-topic"]}),
    "a word given twice": _record({"keywords": ["a", "b"]}, {"keywords": ["a", "b", "a"]}),
    "one word in place of a list of one": _record({"keywords": ["shade"]}, {"keywords": "shade"}),
    "columns in another order in the dictionary": _columns(COLUMNS, dict(reversed(COLUMNS.items()))),
    "codes in another order": _columns(COLUMNS, {**COLUMNS, "beta": {**COLUMNS["beta"], "values": {"O": "Oak", "A": "Ash"}}}),
    "keys of a file in another order": _files([PDF, XLS], [dict(reversed(PDF.items())), XLS]),
    "a frequency as ISO 8601 has it": _record({"frequency": "Monthly"}, {"frequency": "monthly"}),
    "a date with its time": _record({"issued": "2016-03-01"}, {"issued": "2016-03-01T12:00"}),
    "blanks around a text": _record({"spatial": "Center City"}, {"spatial": "  Center City "}),
    "notes in another order": _record({"notes": {"A": "one", "B": "two"}}, {"notes": {"B": "two", "A": "one"}}),
}




GOAL = "title: Streets are smooth\nowner: planted-one\n"
# Edits outside datasets, each of a file of its own: path, text before, text after, and the changes.
ROOMS: Mapping[str, tuple[str, str | None, str | None, tuple[tuple[str, str, str], ...]]] = {
    "publisher added": ("publishers/p1.yaml", None, "title: Ports\n", (("page-added", "publishers/p1", ""),)),
    "publisher removed": ("publishers/p2.yaml", "title: P\n", None, (("page-removed", "publishers/p2", ""),)),
    "publisher with another title": ("publishers/p3.yaml", "title: P\n", "title: Q\n",
                                     (("title-changed", "publishers/p3", "title"),)),
    "publisher with a text": ("publishers/p4.yaml", "title: P\n", "title: P\ndescription: Q\n",
                              (("text-changed", "publishers/p4", "description"),)),
    "publisher with an address": ("publishers/p5.yaml", "title: P\n", "title: P\nurl: https://example.gov/\n",
                                  (("key-added", "publishers/p5", "url"),)),
    "publisher with another parent": ("publishers/p6.yaml", "title: P\nparent: planted-one\n",
                                      "title: P\nparent: planted-two\n",
                                      (("key-changed", "publishers/p6", "parent"),)),
    "publisher with a contact": ("publishers/p7.yaml", "title: P\n", "title: P\ncontact: {name: A}\n",
                                 (("contact-changed", "publishers/p7", "contact"),)),
    "publisher with a former id": ("publishers/p8.yaml", "title: P\n", "title: P\nformerly: [p0]\n",
                                   (("former-address-added", "publishers/p8", "formerly"),)),
    "topic added": ("topics/t1.yaml", None, "title: Travel\n", (("page-added", "topics/t1", ""),)),
    "topic removed": ("topics/t2.yaml", "title: T\n", None, (("page-removed", "topics/t2", ""),)),
    "topic with another title": ("topics/t3.yaml", "title: T\n", "title: U\n", (("title-changed", "topics/t3", "title"),)),
    "license added": ("licenses/l1.yaml", None, "title: Lending\nurl: https://example.gov/lending\n",
                      (("record-added", "licenses/l1", ""),)),
    "license removed": ("licenses/l2.yaml", "title: L\nurl: https://example.gov/l\n", None,
                        (("record-removed", "licenses/l2", ""),)),
    "license with another text": ("licenses/l3.yaml", "title: L\nurl: https://example.gov/l\n",
                                  "title: L\nurl: https://example.gov/m\n",
                                  (("key-changed", "licenses/l3", "url"),)),
    "shared column of another type": ("columns/c1.yaml", "title: C\ntype: integer\n", "title: C\ntype: string\n",
                                      (("column-retyped", "columns/c1", "type"),)),
    "shared column with a unit": ("columns/c2.yaml", "title: C\nunit: feet\n", "title: C\nunit: meters\n",
                                  (("unit-changed", "columns/c2", "unit"),)),
    "goal added": ("goals/g1.yaml", None, "title: Water is clean\nowner: planted-two\n", (("page-added", "goals/g1", ""),)),
    "goal removed": ("goals/g2.yaml", GOAL, None, (("page-removed", "goals/g2", ""),)),
    "goal with a meeting": ("goals/g3.yaml", GOAL, f"{GOAL}reviews: [{{date: 2026-01-05, by: Mayor}}]\n",
                            (("key-added", "goals/g3", "reviews/Mayor"),)),
    "goal with an action that is done": (
        "goals/g4.yaml", f"{GOAL}actions: [{{title: Pave, due: 2026-09-30}}]\n",
        f"{GOAL}actions: [{{title: Pave, due: 2026-09-30, state: done}}]\n", (("key-changed", "goals/g4",
                                                                               "actions/Pave/state"),)),
    "guide with another text": ("guides/u1.md", "---\ntitle: U\n---\nOne.\n", "---\ntitle: U\n---\nTwo.\n",
                                (("text-changed", "guides/u1", "text"),)),
    "guide removed": ("guides/u2.md", "---\ntitle: U\n---\nOne.\n", None, (("page-removed", "guides/u2", ""),)),
    "rule added": ("policy/r1.md", None, "---\ntitle: R\n---\nOne.\n", (("page-added", "policy/r1", ""),)),
    "commitment kept": ("commitments/k1.yaml", "title: K\nowner: planted-one\npromised: 2025-07-01\ndue: 2026-06-30\n",
                        "title: K\nowner: planted-one\npromised: 2025-07-01\ndue: 2026-07-30\n", (("key-changed",
                                                                                                   "commitments/k1", "due"),)),
    "calendar with a day more": ("calendars/d1.yaml", "title: D\nholidays: {2026-01-01: New Year}\n",
                                 "title: D\nholidays: {2026-01-01: New Year, 2026-07-04: Independence Day}\n",
                                 (("key-added", "calendars/d1", "holidays/2026-07-04"),)),
    "use added": ("uses/s1.yaml", None, "title: S\nkind: story\ndatasets: [planted-kin]\n", (("record-added", "uses/s1", ""),)),
    "file of the theme": ("theme/extra.css", "a {}\n", "b {}\n", (("theme-changed", "theme", "theme/extra.css"),)),
    "words for search": ("synonyms.yaml", "same: [[trash, garbage]]\n", "same: [[trash, garbage], [pothole, road damage]]\n",
                         (("key-changed", "synonyms", "same"),)),
    "file that nobody reads": ("README.md", "One.\n", "Two.\n", ()),
    "script": ("scripts/make.py", "1\n", "2\n", ()),
}
