"""Code that reads a whole file, to be copied: what the page shows without a script.

With one, `themes/civic/assets/js/explorer/take/` writes code for the rows that are seen. Its opening lines are those written
here; a test compares the two, letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from cityfolio.frozen import Frozen
from cityfolio.model.catalog import Dataset, File
from cityfolio.pages import routes
from cityfolio.pages.exports import csv_of
from cityfolio.pages.shell import Site
from cityfolio.pages.trees import Linking
from cityfolio.pages.words import Words

UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Co", "Cn"}     # what cannot be seen, or turns the direction of what can
LAST_OF_FOUR_DIGITS = 0xFFFF
ENDINGS = {"CSV": ",", "TSV": "\t"}

ENCODINGS_IN_PYTHON = {"utf-16": "utf-16", "cp1252": "cp1252", "latin-1": "latin-1"}
ENCODINGS_IN_R = {"utf-16": "UTF-16", "cp1252": "CP1252", "latin-1": "latin1"}
ENCODINGS_IN_JAVASCRIPT = {"utf-16": "utf-16", "cp1252": "windows-1252", "latin-1": "windows-1252"}
ENCODINGS_IN_DUCKDB = {"utf-16": "utf-16", "cp1252": "windows-1252-2000", "latin-1": "latin-1"}

PARSING = """// Cells as texts, after RFC 4180.
function parse(text) {
  const found = [[""]];
  let [isQuoted, wasMark] = [false, false];
  for (const [part] of text.matchAll(/"|DELIMITER|\\r?\\n|[^"DELIMITER\\r\\n]+|\\r/g)) {
    const row = found.at(-1);
    const isMark = part === '"';
    if (isMark && !isQuoted && wasMark) row[row.length - 1] += part;
    else if (!isMark && (isQuoted || !/^[DELIMITER\\r\\n]/.test(part))) row[row.length - 1] += part;
    else if (part === "DELIMITER") row.push("");
    else if (!isMark) found.push([""]);
    if (isMark) isQuoted = !isQuoted;
    wasMark = isMark;
  }
  if (found.at(-1).length === 1 && found.at(-1)[0] === "") found.pop();
  return found;
}"""


class CodeFile(Frozen, kw_only=True):
    """The file of text that code reads, and how it is written."""

    name: str                     # in the dataset's folder
    delimiter: str = ","
    encoding: str = "utf-8"
    header: int = 1               # the line that names the columns
    empty: tuple[str, ...] = ()   # words for "no value"


class Snippet(Frozen, kw_only=True):
    """Code in one language. `language` is what scripts and style sheets call it."""

    language: str
    title: str
    code: str


def code_file(file: File) -> CodeFile | None:
    """The text that code can read: the CSV that is made of a file, else the file itself; None where neither is text."""
    made = csv_of(file)
    empty = file.record.empty
    if made:
        return CodeFile(name=made.name)     # no word stands for "no value" in it
    if file.profile is None or not file.name or file.format not in ENDINGS or file.is_fetched:
        return None
    delimiter = file.profile.delimiter or ENDINGS[file.format]
    if file.left_out:
        return CodeFile(name=file.name, delimiter=delimiter, empty=empty)     # a copy is in UTF-8, with its names first
    return CodeFile(name=file.name, delimiter=delimiter, encoding=file.profile.encoding or "utf-8",
                    header=file.record.header_row, empty=empty)


def code_outline(dataset: Dataset, file: File, link: Linking = routes.relative) -> dict[str, Any] | None:  # Any: JSON
    """The same for the page's script, with what is usual left out."""
    found = code_file(file)
    if found is None:
        return None
    page = routes.file_page_url(dataset.id, file.page)
    url = link(page, routes.file_url(dataset.id, found.name))
    said: dict[str, Any] = {"name": found.name, "url": url}  # Any: JSON
    usual = CodeFile(name=found.name)
    more = {"delimiter": found.delimiter, "encoding": found.encoding, "header": found.header, "empty": list(found.empty)}
    return said | {key: value for key, value in more.items() if value != getattr(usual, key) and value != []}


def snippets(dataset: Dataset, file: File, site: Site) -> tuple[Snippet, ...]:
    """Code that reads the whole file, in each language; none where the site's address is not known or there is no text."""
    found = code_file(file)
    if found is None or not site.build.base_url:
        return ()
    url = site.address(routes.file_url(dataset.id, found.name))
    titles = language_titles(site.words)
    return tuple(Snippet(language=each, title=titles[each], code=code_of(each, found, url)) for each in titles)


def language_titles(words: Words) -> dict[str, str]:
    """The languages by what scripts call them, in the order in which they are shown."""
    return {"python": "Python (pandas)", "r": "R", "javascript": "JavaScript (Node.js)", "duckdb": "SQL (DuckDB)",
            "curl": str(words.gettext("Command line (curl)"))}


def code_of(language: str, file: CodeFile, url: str) -> str:
    """Code that reads a whole file in one language."""
    writers = {"python": _python, "r": _r, "javascript": _javascript, "duckdb": _duckdb, "curl": _curl}
    return writers[language](file, url)


def _python(file: CodeFile, url: str) -> str:
    options = ["dtype=str", "keep_default_na=False"]
    if file.delimiter != ",":
        options.append(f"sep={_quoted(file.delimiter)}")
    if file.encoding in ENCODINGS_IN_PYTHON:
        options.append(f"encoding={_quoted(ENCODINGS_IN_PYTHON[file.encoding])}")
    if file.header > 1:
        options += [f"header={file.header - 1}", "skip_blank_lines=False"]
    lines = ["import pandas as pd", "", f"rows = pd.read_csv({_quoted(url)}, {', '.join(options)})"]
    if file.empty:
        lines.append(f'rows = rows.replace([{_list(file.empty)}], "")')
    return "\n".join([*lines, "print(rows)", ""])


def _r(file: CodeFile, url: str) -> str:
    encoding = ENCODINGS_IN_R.get(file.encoding, "UTF-8-BOM")
    options = ['colClasses = "character"', "na.strings = character()", "check.names = FALSE",
               f"fileEncoding = {_quoted(encoding)}"]
    if file.delimiter != ",":
        options.append(f"sep = {_quoted(file.delimiter)}")
    if file.header > 1:
        options.append(f"skip = {file.header - 1}")
    lines = [f"rows <- read.csv({_quoted(url)}, {', '.join(options)})"]
    if file.empty:
        lines.append(f'rows[] <- lapply(rows, function(x) ifelse(x %in% c({_list(file.empty)}), "", x))')
    return "\n".join([*lines, "print(rows)", ""])


def _javascript(file: CodeFile, url: str) -> str:
    encoding = ENCODINGS_IN_JAVASCRIPT.get(file.encoding)
    decoding = f"new TextDecoder({_quoted(encoding or '')}).decode(await response.arrayBuffer())"
    reading = decoding if encoding else "await response.text()"
    skipped = f".slice({file.header - 1})" if file.header > 1 else ""
    mark = {"\t": "\\t", "|": "\\|"}.get(file.delimiter, file.delimiter)
    emptied = f'found.map((row) => row.map((cell) => ([{_list(file.empty)}].includes(cell) ? "" : cell)))'
    parsing = PARSING.replace('"DELIMITER")', f"{_quoted(file.delimiter)})").replace("DELIMITER", mark)
    return "\n".join([
        f"const response = await fetch({_quoted(url)});", f"const [header, ...found] = parse({reading}){skipped};",
        f"let rows = {emptied if file.empty else 'found'};", "", parsing, "", "console.log([header, ...rows]);", "",
    ])


def _duckdb(file: CodeFile, _: str) -> str:
    options = ["header = true", "all_varchar = true", f"delim = {_in_sql(file.delimiter)}", "quote = '\"'", "escape = '\"'",
               "strict_mode = false"]
    if file.empty:
        options.append(f"nullstr = [{', '.join(map(_in_sql, ('', *file.empty)))}]")
    if file.encoding in ENCODINGS_IN_DUCKDB:
        options.append(f"encoding = {_in_sql(ENCODINGS_IN_DUCKDB[file.encoding])}")
    if file.header > 1:
        options.append(f"skip = {file.header - 1}")
    return f"SELECT *\nFROM read_csv({_in_sql(file.name)}, {', '.join(options)});\n"


def _curl(file: CodeFile, url: str) -> str:
    return f"curl --fail --location --output {_in_shell(file.name)} {_in_shell(url)}\n"


def _list(texts: Sequence[str]) -> str:
    return ", ".join(map(_quoted, texts))


def _quoted(text: str) -> str:
    """A text in Python, R and JavaScript, which agree up to U+FFFF."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if unicodedata.category(sign) not in UNSEEN or ord(sign) > LAST_OF_FOUR_DIGITS:
        return sign
    return {"\n": "\\n", "\t": "\\t"}.get(sign, f"\\u{ord(sign):04x}")


def _in_sql(text: str) -> str:
    parts = [part for part in re.split(r"([\t\n])", text.replace("'", "''")) if part]
    pieces = [f"chr({ord(part)})" if part in "\t\n" else f"'{part}'" for part in parts] or ["''"]
    return pieces[0] if len(pieces) == 1 else f"({' || '.join(pieces)})"


def _in_shell(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
