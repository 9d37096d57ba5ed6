"""Files of a catalog with mistakes in them, as people and programs make them: seeded, so that each run has the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

VALUES: tuple[str, ...] = (
    "", "~", "null", "true", "True", "yes", "no", "0", "-1", "40", "1,000", "01234", "12:30:45", "1e5", "2026-02-30",
    "2026-13-01", "0000-01-01", "30.6.2026", "2026-06-30", "2027-01-01", "2026-06-30T12:00:00Z", "2026-06-30 12:00", "2026",
    "2026-06", "1899", "٢٠٢٦-٠٦-٣٠", "daily", "weekley", "Monthly", "every  four years", "R/P1M", "r/p1w", "R/P", "R/P0D",
    "R/P٣M", "R/P2000Y", "R/PT6H", "data@example.gov", "data@example", "a b@example.gov", "data'x@example.gov",
    "mailto:data@example.gov", "dätä@example.gov", "https://example.gov/data", "http://example.gov:99999/",
    "https://exa mple.gov", "javascript:alert(1)", "ftp://example.gov", "HTTPS://EXAMPLE.GOV", "https://[::1]/",
    "https://[1.2.3.4]/", "https://[::1", "https://user@:80/", "//example.gov", "example.gov", "https://exämple.gov/ü",
    "https://example.gov/\u200b", "https://\u2100.gov/", "https:///path", "https://a:b/", "published", "planned", "restricted",
    "retired", "Published", "cc0-1.0", "cc0", "CC-BY-4.0", "cc-by-4", "no-such-license", "en", "es-MX", "english",
    "zh-Hant-TW", "es-٤١٩", "#0b4c92", '"#0b4c92"', "'#12345'", "public", "secret", "high", "csv", "none",
    "Trees #1 of the city", "Trees # of the city", "one: two", "- one", "[one, two]", "[one, [two]]", "[]", "{}", "{a: 1}",
    "{name: Team, email: data@example.gov}", "{name: }", "{start: 2020, end: 2019-12}", "{start: 2020-02-30}", "[a, a, b]",
    "[one, null, ~]", "'it''s'", '"say \\"hi\\""', '"\\u00e9\\x07"', '"never closed', "'never closed", "| a", ">-",
    "&anchor x", "*alias", "!!str x", "! x", "!<x> y", "@at", "`tick`", "%percent", "? question", "a\tb", "café \U0001f333",
    "x" * 250, "x" * 450, "word " * 500, "../trees.csv", "trees.csv", "Trees.CSV", ".hidden", "a/b.csv", "a\\b.csv",
    "C:\\trees.csv", "map.svg", "trees.xlsx", "trees.pdf", "/data/street-trees/", "/datasets/old/", "/a/../b/", "/a//b",
    "Old Trees", "old-trees", "/datasets/Example::trees", "integer", "number", "string", "date", "datetime", "text",
    "geometry", "[A-Z]{2}", "\u3000wide\u3000", "\xa0", "\u2028", "See [the map](../map/) and [this](https://example.gov/).",
    "[a]: javascript:x", "\ufeffmark", "<https://example.gov>", "urn:neighbor", "a-neighbor", "matthews", "<<", "2026-W07",
    "FY2026", "45 days", "0 days", "07-01", "02-29", "America/New_York", "America/new_york", "71.2", "71.25%",
)
LINES: tuple[str, ...] = (
    "title: Again", "issued: 2026-03-01\nmodified: 2026-01-01", "issued: 2026-07-01", "modified: 2026-12-31",
    "modified: 2019-01-31", "frequency: monthly\nmodified: {}", "temporal: {{start: 2020-05, end: 2020}}",
    "temporal: {{start: 2020-05, end: 2020-04-30}}", "release_review: {{level: low, on: 2026-03-01, expires: 2026-02-01}}",
    "release_review: {{on: 2026-08-01, expires: 2027-08-01}}",
    "release_review:\n  benefit: a\n  risk: b\n  level: low\n  reviewer: c\n  on: 2025-01-01\n  expires: 2026-01-01",
    "contact: {{name: Team}}", "contact: {{email: \"d'ata@example.gov\"}}", "contact: {{phone: 704-555-0100}}",
    "contact: {{email: {}}}", "contact: {{url: https://example.gov/}}", "identifier: urn:neighbor",
    "identifier: https://data.example.gov/data/a-neighbor/", "formerly: [old-trees]",
    "formerly: [/datasets/old/, /data/a-neighbor]", "formerly: [old-trees, old-trees, mine, mine]", "source: {{id: matthews}}",
    "status: draft", "related: [a-draft, a-draft, a-neighbor, {}]",
    "columns:\n  one: {{title: One, foreign_key: {{dataset: a-draft, column: x}}}}", "status: draft\nrelated: [a-draft]",
    "owners: {}", "source: {{id: mathews, url: {}}}", "sensitivity: protected", "anonymity: [{{quasi_identifiers: [a]}}]",
    "description: See [it](map/) and [x]( <javascript:a>).\n",
    "files:\n  - path: trees.csv\n    formerly: [old.csv, old.xlsx, old.json]",
    "files:\n  - url: https://example.gov/a.csv\ncolumns:\n  a: {{sensitive: true}}",
    "files:\n  - path: a.pdf\ncolumns: {{a: {{sensitive: true}}}}", "columns:\n  one: {{standard: council-district}}",
    "columns:\n  one: {{standard: council-district, minimum: 1, pattern: x}}",
    "columns:\n  one: {{type: integer, minimum: 10, maximum: 9}}",
    "columns:\n  one: {{type: date, minimum: 2026-01-01, maximum: 2025-W02-1}}",
    "columns:\n  one: {{type: time, minimum: '12:30', maximum: '12:30:00.5+01:00'}}",
    "columns:\n  one: {{pattern: '(', type: string}}",
    "columns:\n  one: {{type: datetime, minimum: '2026-01-01T10:00Z', maximum: '2026-01-01T10:30+02:00'}}",
    "columns:\n  one: {{type: number, minimum: 1e3, maximum: 999.99}}", "status: restricted", "status: retired",
    "rights: {}\nreason: {}", "publisher: {}", "license: {}", "frequency: {}", "issued: {}", "modified: {}", "status: {}",
    "reason: {}", "contact: {}", "topics: {}", "related: {}", "keywords: {}", "language: {}", "conforms_to: {}",
    "landing_page: {}", "spatial: {}", "temporal: {}", "formerly: {}", "identifier: {}", "sensitivity: {}", "value: {}",
    "description: {}", "rights: {}", "notes: {}", "release: {{on: {}, owner: {}}}", "source: {{id: {}}}", "files: {}",
    "columns: {}", "questions: {}", "charts: {}", "anonymity: {{quasi_identifiers: {}, k: {}}}", "anonymity: [{{k: {}}}]",
    "release_review: {{level: low, on: {}, expires: {}}}",
    "release_review: {{benefit: a, risk: b, level: {}, reviewer: c, on: 2026-01-01, expires: {}}}", "publishers: {}",
    "licence: {}", "tittle: {}", "Title: {}", "id: {}", "<<: {}", "{}: x", "? {}\n: x", "- {}", "# {}", "...", "---",
    "%YAML 1.1", "contact:\n  - {}", "contact:\n  name: {}\n  email: {}\n  phone: {}", "files:\n  - path: {}\n    url: {}",
    "files:\n  - path: {}\n    sample: {}", "files:\n  - url: {}\n    sample: {}\n    title: {}",
    "files:\n  - title: {}\n    format: {}\n    header_row: {}",
    "files:\n  - path: {}\n    formerly: {}\n    look_inside: {}\n    exports: {}\n    delimiter: {}\n    empty: {}",
    "files:\n  - path: trees.csv\n  - path: trees.csv\n    sheet: {}", "files: {}\nstatus: published",
    "columns:\n  one: {{type: {}, minimum: {}, maximum: {}}}", "columns:\n  one: {{type: number, minimum: {}, maximum: {}}}",
    "columns:\n  one: {{type: date, minimum: {}, maximum: {}}}",
    "columns:\n  one: {{type: datetime, minimum: {}, maximum: {}}}",
    "columns:\n  one: {{type: time, minimum: {}, maximum: {}}}",
    "columns:\n  one: {{sensitive: {}, required: {}}}\n  two:\n  3: {}",
    "columns:\n  one: {{title: {}, values: {{1: {}, no: {}}}}}", "columns:\n  one:\n    standard: {}\n    foreign_key: {}",
    "columns:\n  one: {{foreign_key: {{dataset: {}, column: {}}}, source: {}}}",
    "columns:\n  one: {{title: a, sensitive: true}}", "columns:\n  one: {{min_length: {}, max_length: {}, type: {}}}",
    "columns:\n  one: {{format: {}, type: {}}}",
    "questions:\n  - question: {}\n    measure: {}\n    where: {{a: {}, b: {{from: {}, to: {}}}, c: {{contains: {}, of: 1}}}}",
    "questions:\n  - question: a\n    measure: count\n    where: {}\n    decimals: {}",
    "questions:\n  - where: {{a: {{empty: {}}}}}",
    "charts:\n  - title: {}\n    by: {}\n    top: {}\n    where: {{a: [{}, b], b: {{}}, c: [], d: {{from: 1, empty: true}}}}",
    "charts: [1, 2, 3, 4]", "topics:\n- {}\n- {}", "topics:\n  -\n  - {}", "notes: {{a: {}, b: [c]}}",
    "summary: >\n  {}\n  {}", "status: planned\nreason: Later", "status: planned\nrelease: {{on: 2026-01-01}}\nreason: Later",
    "status: retired\nreason: Gone", "release: {{earlier: [{}, {}]}}",
    "release_review:\n  acknowledged:\n    - {{kind: {}, reason: {}}}\n    - {}",
)
SIGNS: tuple[str, ...] = (
    "\t", " ", "  ", "\n", "\n\n", ":", ": ", "- ", "-", "? ", "[", "]", "{", "}", ",", "#", " #x", "'", '"', "|", ">", "%",
    "&a ", "*a", "!x ", "@", "\\", "\r\n", "\r", "\x85", "\u2028", "\ufeff", "\x01", "\x7f", "\x80", "\u0300", "\U0001f333",
    "\xa0",
)
Change = Callable[[Random, list[str], Sequence[str]], list[str]]


def mutated(random: Random, text: str, ids: Sequence[str]) -> str:
    """A file with one to three mistakes."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 3)):
        lines = random.choices(CHANGES, WEIGHTS)[0](random, lines, ids)
    made = "\n".join(lines)
    return made.replace("\n", "\r\n") if random.random() < 0.02 else made


def _value(random: Random, ids: Sequence[str]) -> str:
    return random.choice(ids) if random.random() < 0.15 else random.choice(VALUES)


def _other_value(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    with_values = [at for at, line in enumerate(lines) if ": " in line]
    if not with_values:
        return lines
    at = random.choice(with_values)
    return [*lines[:at], f"{lines[at].partition(': ')[0]}: {_value(random, ids)}", *lines[at + 1:]]


def _line_more(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    form = random.choice(LINES)
    new = form.format(*(_value(random, ids) for _ in range(form.count("{}") + 1)))
    tops = [at for at, line in enumerate(lines) if line[:1].isalpha()] or [0]
    if random.random() < 0.5:
        # In place of the key that is there, so that it does not only stand twice.
        key = new.partition(":")[0]
        lines = _without(lines, key)
        tops = [at for at, line in enumerate(lines) if line[:1].isalpha()] or [0]
    at = random.choice(tops)
    return [*lines[:at], *new.split("\n"), *lines[at:]]


def _without(lines: list[str], key: str) -> list[str]:
    """The lines without a key and all that stands below it."""
    start = next((at for at, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if start is None:
        return lines
    end = next((at for at in range(start + 1, len(lines)) if lines[at][:1].isalpha()), len(lines))
    return [*lines[:start], *lines[end:]]


def _key_less(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    keys = [line.partition(":")[0] for line in lines if line[:1].isalpha()] or [""]
    return _without(lines, random.choice(keys))


def _line_less(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    at = random.randrange(len(lines))
    return [*lines[:at], *lines[at + 1:]] or [""]


def _line_twice(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    at, to = random.randrange(len(lines)), random.randrange(len(lines))
    return [*lines[:to], lines[at], *lines[to:]]


def _indented(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    at = random.randrange(len(lines))
    return [*lines[:at], random.choice((" ", "  ", "\t", "    ")) + lines[at].lstrip(random.choice((" ", ""))), *lines[at + 1:]]


def _letter(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    text = "\n".join(lines)
    at = random.randrange(len(text) + 1)
    rest = text[at + random.choice((0, 0, 1, 2)):]
    return (text[:at] + random.choice((*SIGNS, "")) + rest).split("\n")


def _misspelled(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    at = random.randrange(len(lines))
    key, colon, rest = lines[at].partition(":")
    place = random.randrange(len(key) + 1)
    return [*lines[:at], key[:place] + random.choice(("", "x", "e", "S")) + key[place + 1:] + colon + rest, *lines[at + 1:]]


def _nested(random: Random, lines: list[str], ids: Sequence[str]) -> list[str]:
    return [*lines, f"notes: {'[' * random.choice((3, 18, 19, 25))}"]


CHANGES: tuple[Change, ...] = (_other_value, _line_more, _key_less, _line_less, _line_twice, _indented, _letter, _misspelled,
                               _nested)
WEIGHTS = (26, 44, 8, 3, 2, 2, 5, 5, 0.4)
