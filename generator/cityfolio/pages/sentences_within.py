"""Sentences and words of the program that stand within others, by the place that they stand in.

What is in none of them there is somebody else's, as what a system or a plugin says, and is shown as English.
"""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.pages.sentences import Sentence, by_count

WITHIN: Mapping[str, tuple[Sentence, ...]] = {
    "requirement": (
        Sentence("%(standards)s and %(standard)s require `%(key)s`, %(requirement)s"),
        Sentence("%(standards)s and %(standard)s require `%(key)s`"),
        Sentence("%(standard)s requires `%(key)s`, %(requirement)s"), Sentence("%(standard)s requires `%(key)s`"),
    ),
    "why": (
        Sentence("the dataset is not published"),
        by_count("the dataset has %(count)s tables, and none is named",
                 "the dataset has %(count)s tables, and none is named"),
        Sentence("no table with rows is published"), Sentence("only a sample of the rows is published"),
        Sentence("the day of its last update is not known"), Sentence("the question has no answer"),
        Sentence("no row answers the question"), Sentence("the measure has no value yet"), Sentence("there is none"),
    ),
    "error": (
        Sentence("unexpected end of data"), Sentence("'%(sign)s' expected after '%(mark)s'"),
        Sentence("field larger than field limit (%(number)s)"),
        Sentence("new-line character seen in unquoted field - do you need to open the file with newline=''?"),
        Sentence("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?"),
        Sentence("line contains NUL"), Sentence("No such file or directory"), Sentence("Permission denied"),
        Sentence("Is a directory"), Sentence("Input/output error"),
    ),
    "flaw": (
        Sentence("%(flaw)s, at %(across)s, %(along)s"), Sentence("its border crosses itself"),
        Sentence("its border touches itself"), Sentence("a hole lies outside of it"), Sentence("a hole lies in another hole"),
        Sentence("one part of it lies in another"), Sentence("its holes cut it in two"),
        Sentence("it has the same border twice"), Sentence("a line or border of it has too few different points"),
        Sentence("it is not a geometry object of GeoJSON"),
        Sentence("the position %(across)s, %(along)s is not a longitude from -180 to 180 and a latitude from -90 to 90"),
        Sentence("it has no list of geometries"), Sentence("it has no list of coordinates"),
        Sentence("its coordinates are not those of a %(kind)s"), Sentence("a line has 1 position, and 2 are the least"),
        by_count("a border has %(count)s positions, and %(most)s are the least",
                 "a border has %(count)s positions, and %(most)s are the least"),
        Sentence("a border does not end where it begins"), Sentence("a position is not a list of two or three numbers"),
        Sentence("the coordinate %(given)s is longer than any place on Earth needs"),
    ),
    "marks": (
        Sentence("apostrophes"), Sentence("backticks"), Sentence("curly quotation marks"), Sentence("low quotation marks"),
        Sentence("angle quotation marks"), Sentence("curly apostrophes"),
    ),
    "signs": (
        Sentence("semicolons"), Sentence("tabs"), Sentence("vertical bars"),
    ),
    "sign": (
        by_count("space", "spaces"), by_count("colon", "colons"), by_count("caret", "carets"), by_count("tilde", "tildes"),
        by_count("number sign", "number signs"), by_count("slash", "slashs"), by_count("backslash", "backslashs"),
        by_count("wide comma", "wide commas"), by_count("ideographic comma", "ideographic commas"),
        by_count("unit separator", "unit separators"), by_count("comma", "commas"), by_count("semicolon", "semicolons"),
        by_count("tab", "tabs"), by_count("vertical bar", "vertical bars"), by_count("broken bar", "broken bars"),
        by_count("control character U+0001", "control character U+0001s"),
    ),
    "unmade": (
        Sentence("the package for it is not installed: %(command)s"),
        Sentence("the file changed while the site was being built"),
        Sentence("working on it took more than %(number)s seconds"),
        Sentence("working on it took more than %(number)s MiB of memory"),
        Sentence("the library that reads it crashed (%(signal)s)"),
        Sentence("what worked on it ended its own process, with exit code %(code)s, and left no result"),
        Sentence("a shape is broken and cannot be stored (%(error)s)"),
        Sentence("a text holds a NUL character, which CSV cannot hold"),
        Sentence("a cell of a column of shapes holds something else than an object of GeoJSON"),
        Sentence("its rows have no place on the map: no column holds shapes, and no two hold latitude and longitude"),
        Sentence("some of its places lie outside of the degrees of the globe"),
        Sentence("none of its rows has a place on the map"),
        Sentence("a shape mixes positions with and without a height, which Well-Known Text cannot hold"),
        Sentence("a shape has a position of %(number)s numbers, which Well-Known Text cannot hold"),
        Sentence("a shape does not have the parts that its kind has, so nobody could draw it"),
        Sentence("it has more rows than the %(most)s that a sheet has below its header"),
        Sentence("its %(number)s columns are more than the %(most)s of a sheet"),
        Sentence("a cell in row %(row)s holds more than the %(most)s characters that a cell can"),
    ),
    "seen": (
        Sentence("%(page)s cannot be fetched from here: %(error)s"), Sentence("%(page)s answers %(number)s"),
        Sentence("%(page)s answers %(number)s; %(seen)s"), Sentence("%(page)s shows something else"),
        Sentence("%(page)s shows something else; %(seen)s"),
    ),
    "document": (
        Sentence("it has no tags, by which screen readers find headings, lists and the order of reading"),
        Sentence("it does not say which language it is in"), Sentence("it has no title"),
        Sentence("it has pictures without a description"),
        Sentence("its pages are pictures of text, which nothing can read aloud"),
        Sentence("its protection keeps screen readers out"), Sentence("it opens only with a password"),
        Sentence("it has slides without a title"),
    ),
    "link": (
        Sentence("%(link)s (at %(address)s, where it leads)"), Sentence("%(link)s (moved to %(address)s)"),
        Sentence("%(link)s (leads on to %(address)s)"), Sentence("moved to %(address)s"), Sentence("leads on to %(address)s"),
        Sentence("it leads on more than %(number)s times"), Sentence("it leads on to what is no web address"),
        Sentence("it may not be tried at all"), Sentence("it leads on to itself"),
        Sentence("%(status)s: it leads on, and does not say where"),
        Sentence("%(status)s: it wants a password, or answers no programs; open it in a browser"),
        Sentence("the server did not answer for other addresses, so it was not asked again"),
        Sentence("%(address)s is no web address"), Sentence("%(address)s is not an http or https address"),
        Sentence("%(address)s is an address inside a private network, which readers cannot reach"),
        Sentence("the server cannot be reached"), Sentence("no answer within %(number)s seconds"),
        Sentence("its certificate is not one to be trusted (%(error)s)"),
        Sentence("no secure connection could be made (TLS)"), Sentence("the name of the server is not known"),
        Sentence("the server refuses connections"), Sentence("what the server answers cannot be read"),
        Sentence("the connection was cut before an answer had come"),
        Sentence("the address cannot be asked for as it is written"),
    ),
}
