"""What warnings say of data files, of what is made and published of them, and of what is brought in.

Each code has every sentence that a problem of it says, the particular ones first. They are written down here a second time,
since problems come out of caches too, as the English that they were found in; a test holds that none is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.pages.sentences import Sentence, by_count

OF_FILES: Mapping[str, tuple[Sentence, ...]] = {
    "geometry-invalid": (
        by_count("%(count)s shape is not valid (row %(row)s: %(flaw)s)",
                 "%(count)s shapes are not valid (first: row %(row)s: %(flaw)s)"),
    ),
    "header-data": (
        Sentence("the first line should name the columns, and `%(given)s` looks like a value"),
        Sentence("the first line should name the columns, and what stands above column %(number)s looks like a value"),
        Sentence("row %(row)s should name the columns, and `%(given)s` looks like a value"),
        Sentence("row %(row)s should name the columns, and one of its cells looks like a value"),
    ),
    "csv-encoding-guessed": (
        Sentence("byte %(byte)s (byte %(number)s of the file) is not UTF-8, so the file was read as cp1252, Windows' "
                 "Western encoding"),
    ),
    "csv-encoding-doubtful": (
        Sentence("the file is declared as %(encoding)s and is valid UTF-8 from end to end, as %(encoding)s hardly ever is"),
    ),
    "csv-mark": (
        Sentence("a quotation mark stands inside a field that does not begin with one, and was read as it stands"),
        Sentence("the first values of column `%(column)s` all stand in %(marks)s, and were read so"),
        Sentence("the first values of column %(number)s all stand in %(marks)s, and were read so"),
    ),
    "csv-row": (
        Sentence("row %(row)s is empty in every column, and counted as any other row"),
        by_count("row %(row)s and %(count)s other row are empty in every column, and counted as any other row",
                 "row %(row)s and %(count)s other rows are empty in every column, and counted as any other row"),
        Sentence("row %(row)s of the sheet is empty in every column, and counted as any other row"),
        by_count("row %(row)s of the sheet and %(count)s other row are empty in every column, and counted as any other row",
                 "row %(row)s of the sheet and %(count)s other rows are empty in every column, and counted as any other row"),
        Sentence("row %(row)s, the last one, is nearly empty, and may be a note or a total and no row"),
        Sentence("row 1 is a line drawn with dashes or the like"),
        Sentence("row 1 has words above values of another kind, and may be a second line of names or units"),
        Sentence("row 1 has `%(given)s` above values of another kind, and may be a second line of names or units"),
    ),
    "csv-delimiter": (
        Sentence("a blank follows each delimiter, and is read as a part of the names"),
        Sentence("the file has one column, and its name and first values each hold %(number)s %(sign)s, as if that "
                 "separated fields"),
        Sentence("the fields are separated by %(signs)s, and this is not declared"),
        Sentence("commas were taken to separate the fields, and %(signs)s divide every row as evenly"),
    ),
    "column-undescribed": (Sentence("the dictionary does not describe the column `%(column)s`"),),
    "cell-formula": (
        by_count("column `%(column)s` holds %(count)s cell that begins as a formula does (first: row %(row)s), which a "
                 "spreadsheet that opens the CSV would run",
                 "column `%(column)s` holds %(count)s cells that begin as a formula does (first: row %(row)s), which a "
                 "spreadsheet that opens the CSV would run"),
    ),
    "export-unfit": (
        Sentence("the rows of %(file)s cannot be looked into in a browser: %(unmade)s"),
        Sentence("%(file)s is not offered in further formats, because it is not read as a table"),
        Sentence("%(file)s is not offered as %(format)s, which is for tables with other columns"),
        Sentence('%(file)s was not made by the plugin "%(plugin)s": %(unmade)s'),
        Sentence("%(file)s.zip was not made: %(number)s MB are more than the %(most)s that are packed"),
        Sentence("%(file)s was not made: %(unmade)s"),
    ),
    "export-withdrawn": (
        Sentence("/%(path)s was made and published before and is not made any more, so links to it will break"),
    ),
    "twins-withdrawn": (
        by_count("%(count)s address beside datasets went, such as %(address)s, because `twins:` does not name the kinds "
                 "%(kinds)s",
                 "%(count)s addresses beside datasets went, such as %(address)s, because `twins:` does not name the kinds "
                 "%(kinds)s"),
    ),
    "rows-withdrawn": (
        by_count("%(count)s address of rows went, such as %(address)s, because `tables:` asks for no more than first rows",
                 "%(count)s addresses of rows went, such as %(address)s, because `tables:` asks for no more than first rows"),
    ),
    "address-unheld": (
        by_count("nothing was written at %(address)s and %(count)s more, because names on this computer cannot hold a colon",
                 "nothing was written at %(address)s and %(count)s more, because names on this computer cannot hold a colon"),
        Sentence("nothing was written at %(address)s, because names on this computer cannot hold a colon"),
    ),
    "assets-unbundled": (Sentence("these are not bundled: %(files)s; pages work without them"),),
    "page-heavy": (
        Sentence("the page with all it loads is %(size)s kB compressed, over the %(limit)s kB for a %(kind)s page"),
        Sentence("the page's HTML is %(size)s kB compressed, over the %(limit)s kB for a %(kind)s page"),
        Sentence("the page's styles are %(size)s kB, %(packed)s kB compressed, over %(limit)s kB or %(least)s kB"),
        Sentence("the page's scripts are %(size)s kB compressed, over %(limit)s kB"),
        Sentence("the page takes %(number)s requests, over %(most)s"),
    ),
    "target-full": (
        Sentence("the site has %(number)s files, and %(host)s takes %(most)s"),
        Sentence("the site has %(bytes)s bytes, and %(host)s takes %(most)s"),
        by_count("/%(path)s and %(count)s more has %(bytes)s bytes, and %(host)s takes %(most)s a file",
                 "/%(path)s and %(count)s more has %(bytes)s bytes, and %(host)s takes %(most)s a file"),
        Sentence("/%(path)s has %(bytes)s bytes, and %(host)s takes %(most)s a file"),
    ),
    "deploy-unseen": (Sentence("the site was put there whole, but at its address not all of it is seen: %(seen)s"),),
    "harvest-conflict": (
        Sentence("the file was changed here and at the source"),
        Sentence('"%(name)s" was changed here and there: %(source)s deleted it; here it was deleted'),
        Sentence('"%(name)s" was changed here and there: %(source)s deleted it; here it says "%(here)s"'),
        Sentence('"%(name)s" was changed here and there: %(source)s now says "%(there)s"; here it was deleted'),
        Sentence('"%(name)s" was changed here and there: %(source)s now says "%(there)s"; here it says "%(here)s"'),
    ),
    "harvest-base": (Sentence("what was brought in last time cannot be read here"),),
    "workbook-gone": (
        by_count("%(sheet)s, cell %(cell)s: %(count)s of the rows that were here are gone: %(rows)s and %(number)s more",
                 "%(sheet)s, cell %(cell)s: %(count)s of the rows that were here are gone: %(rows)s and %(number)s more"),
        by_count("%(sheet)s, cell %(cell)s: %(count)s of the rows that were here are gone: %(rows)s",
                 "%(sheet)s, cell %(cell)s: %(count)s of the rows that were here are gone: %(rows)s"),
    ),
    "workbook-conflict": (
        Sentence('%(sheet)s, cell %(cell)s: "%(name)s" was taken out here and changed in the catalog'),
        Sentence('%(sheet)s, cell %(cell)s: "%(name)s" was changed here and in the catalog, which now says "%(there)s"'),
    ),
}
