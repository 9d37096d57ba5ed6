"""How a file is written, in words: what a program has to be told before it can read it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cityfolio.model.catalog import File
from cityfolio.pages.words import Words

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252", "latin-1": "Latin-1"}
LAYERED = ("GeoPackage", "Shapefile", "KML", "KMZ")     # formats whose tables are layers of a map, not sheets


def written_as(files: Sequence[File], words: Words) -> Markup:
    """How the files of one table are written: "Delivered as CSV, UTF-8, separated by tabs."; "" where there was no choice."""
    found = dict.fromkeys(dialect(file, words) for file in files)
    shown = Markup("; ").join(each for each in found if each)
    if not shown:
        return shown
    if any(file.left_out for file in files):
        return words.gettext("Written as %(dialect)s.", dialect=shown)
    return words.gettext("Delivered as %(dialect)s.", dialect=shown)


def dialect(file: File, words: Words) -> Markup:
    """The choices made in writing one file, after its format; "" where its format leaves none.

    They are those of the file that is published: a copy without sensitive columns is in UTF-8 and has one table.
    """
    if file.profile is None:
        return Markup("")
    is_copy = bool(file.left_out)
    encoding = "utf-8" if is_copy and file.profile.encoding else file.profile.encoding
    sheet = "" if is_copy else file.profile.sheet
    choices = [Markup.escape(ENCODINGS.get(encoding, encoding)), _separated(file.profile.delimiter, words),
               _part(sheet, file.format, words)]
    made = [choice for choice in choices if choice]
    return words.sentence_list([Markup.escape(file.format), *made]) if made else Markup("")


def _separated(delimiter: str, words: Words) -> Markup:
    _ = words.gettext
    named = {",": _("separated by commas"), ";": _("separated by semicolons"), "\t": _("separated by tabs"),
             "|": _("separated by bars")}
    return named.get(delimiter, Markup(""))


def _part(name: str, format_name: str, words: Words) -> Markup:
    if not name:
        return Markup("")
    if format_name in LAYERED:
        return words.gettext("layer %(name)s", name=name)
    return words.gettext("sheet %(name)s", name=name)
