"""Each check of health in words: what it asks, what is at fault, and how that is mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.health import HealthArea, HealthCheck
from cityfolio.pages.problem_words import document_said, link_said
from cityfolio.pages.words import Words, cut


class CheckWords(Frozen, kw_only=True):
    """A check as pages name it."""

    title: Markup      # "Columns with a meaning"
    asks: Markup       # what has to be so for it to pass
    mend: Markup       # what to write where it is not


@lru_cache(maxsize=8)
def area_words(words: Words) -> Mapping[HealthArea, Markup]:
    """The areas of checks by name."""
    _ = words.gettext
    return {"documentation": _("Documentation"), "freshness": _("Freshness"), "validity": _("Rows"),
            "completeness": _("Cells"), "links": _("Links"), "documents": _("Documents"), "problems": _("Problems")}


@lru_cache(maxsize=8)
def check_words(words: Words) -> Mapping[str, CheckWords]:
    """Every check by its id."""
    return {**_of_record(words), **_of_columns(words), **_of_rows(words)}


def reason(check: HealthCheck, words: Words) -> Markup:
    """Why a check does not pass, or why nobody can tell."""
    if check.state == "unknown":
        return _why_unknown(words).get(check.id, Markup(""))
    if not check.facts and check.id in _why_missing(words):
        return _why_missing(words)[check.id]
    if check.of > 1 or check.id in COUNTED:
        return _how_many(check, words)
    return _why(check, words)


COUNTED = ("dictionary", "units", "types", "shared-columns", "empty-columns", "gaps-explained")


def _of_record(words: Words) -> dict[str, CheckWords]:
    _ = words.gettext
    return {
        "title": CheckWords(title=_("Title"), asks=_("It has a title of its own."), mend=_("Write title:")),
        "description": CheckWords(title=_("Description"), asks=_("A summary or a description says what it is."),
                                  mend=_("Write summary: with one sentence, or description:")),
        "publisher": CheckWords(title=_("Publisher"), asks=_("It names who answers for it."), mend=_("Write publisher:")),
        "contact": CheckWords(title=_("Contact"), asks=_("It, its publisher or the site names whom to ask."),
                              mend=_("Write contact: here, or in the publisher’s file for all of its data")),
        "license": CheckWords(title=_("License"), asks=_("A license is named, its own or the one of the site."),
                              mend=_("Write license: here, or in site.yaml for all data")),
        "keywords": CheckWords(title=_("Keywords"), asks=_("It lists further words that people search for."),
                               mend=_("Write keywords:")),
        "topics": CheckWords(title=_("Topics"), asks=_("It belongs to a topic."), mend=_("Write topics:")),
        "frequency": CheckWords(title=_("Promised schedule"), asks=_("It says how often it is renewed, or that it never is."),
                                mend=_("Write frequency:")),
        "modified": CheckWords(title=_("Day of the last change"),
                               asks=_("The day is written down, or known from the repository where the rows are kept there."),
                               mend=_("Write modified:")),
        "each-row-is": CheckWords(title=_("Meaning of a row"), asks=_("It says what one row stands for."),
                                  mend=_("Write each_row_is:")),
        "known-limits": CheckWords(title=_("Known limits"), asks=_("It says what a user must know before using it."),
                                   mend=_("Write known_limits:, if only that none are known")),
        "spatial": CheckWords(title=_("Place"), asks=_("It, or the site, names the place it covers."),
                              mend=_("Write spatial: here, or in site.yaml for all data")),
        "temporal": CheckWords(title=_("Time covered"), asks=_("It names the first or the last moment it covers."),
                               mend=_("Write temporal: with start or end")),
        "reason": CheckWords(title=_("Reason"), asks=_("What is not published says why."), mend=_("Write reason:")),
    }


def _of_columns(words: Words) -> dict[str, CheckWords]:
    _ = words.gettext
    return {
        "dictionary": CheckWords(title=_("Columns with a meaning"), asks=_("Every column has a title or a description."),
                                 mend=_("Write title: below the column’s name in columns:")),
        "units": CheckWords(title=_("Amounts with a unit"), asks=_("Every column of amounts says what one of it is."),
                            mend=_("Write unit: below the column’s name, such as days or US dollars")),
        "types": CheckWords(title=_("Declared types"), asks=_("The dictionary gives the type of every column, so that rows are "
                                                              "held to it."),
                            mend=_("Write type: below the column’s name")),
        "shared-columns": CheckWords(title=_("Shared columns"),
                                     asks=_("A column of the same name as one in columns/ is declared to be the same."),
                                     mend=_("Write standard: below the column’s name")),
        "empty-columns": CheckWords(title=_("Columns with values"), asks=_("No column is empty in every row."),
                                    mend=_("Fill the column, or take it out of the file")),
        "gaps-explained": CheckWords(
            title=_("Gaps that are meant"),
            asks=_("A column that is filled in fewer than %(share)s%% of the rows says whether it may be empty.", share=95),
            mend=_("Write required: false below the column’s name where it may be empty; else fill it")),
    }


def _of_rows(words: Words) -> dict[str, CheckWords]:
    _ = words.gettext
    return {
        "on-time": CheckWords(title=_("On time"), asks=_("It was renewed when it was due."),
                              mend=_("Renew the data, or correct frequency:")),
        "valid-rows": CheckWords(title=_("Valid rows"), asks=_("No open problem is about the rows of its files."),
                                 mend=_("Mend the rows; the problem says which")),
        "distinct-rows": CheckWords(title=_("Rows there once"), asks=_("No row is the same as another in every column."),
                                    mend=_("Take the repeated rows out, or add the column that tells them apart")),
        "primary-key": CheckWords(title=_("Key of the rows"),
                                  asks=_("Where columns tell each row from every other, they are declared as the key."),
                                  mend=_("Write primary_key: below the file")),
        "links": CheckWords(title=_("Working links"), asks=_("Every outside address in its file answered when last checked."),
                            mend=_("Correct the address, then run cityfolio links")),
        "machine-readable": CheckWords(title=_("Data to reckon with"), asks=_("It is not published as documents alone."),
                                       mend=_("Add the data itself, such as a CSV file, below files:")),
        "accessible": CheckWords(title=_("Readable documents"),
                                 asks=_("Attached documents carry what a screen reader needs: tags, a language, a title."),
                                 mend=_("Save the document again with tags, its language and a title")),
        "problems": CheckWords(title=_("No other problem"), asks=_("No other problem is open."),
                               mend=_("Run cityfolio check, which says how to mend each")),
    }


def _how_many(check: HealthCheck, words: Words) -> Markup:
    """What a count comes to: how many lack it, and the first of their names."""
    lacking = check.of - check.count
    if not check.of:
        return words.gettext("there is no dictionary")
    names = Markup.escape(cut(check.facts.get("names", "")))
    of, said = words.number(check.of), _LACKING.get(check.id)
    what = said(words, lacking, of) if said else None
    if what is None:
        why = _why(check, words)
        return words.ngettext("%(count)s of %(of)s files: %(why)s", "%(count)s of %(of)s files: %(why)s", lacking,
                              of=of, why=why)
    names = names or _first_link(check, words)
    if not names:
        return what
    more = int(check.facts.get("more", "0"))
    return words.ngettext("%(what)s: %(names)s and %(count)s more", "%(what)s: %(names)s and %(count)s more", more, what=what,
                          names=names) if more else words.gettext("%(what)s: %(names)s", what=what, names=names)


# What is said of those that lack something, by check.
_LACKING: Mapping[str, Callable[[Words, int, str], Markup]] = {
    "dictionary": lambda words, count, of: words.ngettext(
        "%(count)s of %(of)s columns has no meaning", "%(count)s of %(of)s columns have no meaning", count, of=of),
    "units": lambda words, count, of: words.ngettext(
        "%(count)s of %(of)s amounts has no unit", "%(count)s of %(of)s amounts have no unit", count, of=of),
    "types": lambda words, count, of: words.ngettext(
        "%(count)s of %(of)s columns has no declared type", "%(count)s of %(of)s columns have no declared type", count, of=of),
    "shared-columns": lambda words, count, of: words.ngettext(
        "%(count)s of %(of)s columns is not declared as the shared one",
        "%(count)s of %(of)s columns are not declared as the shared ones", count, of=of),
    "empty-columns": lambda words, count, of: words.ngettext(
        "%(count)s of %(of)s columns is empty", "%(count)s of %(of)s columns are empty", count, of=of),
    "gaps-explained": lambda words, count, of: words.ngettext(
        "%(count)s of %(of)s columns has gaps that nothing explains",
        "%(count)s of %(of)s columns have gaps that nothing explains", count, of=of),
    "links": lambda words, count, of: words.ngettext(
        "%(count)s of %(of)s addresses does not work", "%(count)s of %(of)s addresses do not work", count, of=of),
}


def _first_link(check: HealthCheck, words: Words) -> Markup:
    if "url" not in check.facts:
        return Markup("")
    return Markup("{} ({})").format(cut(check.facts["url"]), link_said(check.facts["says"], words))


def _why(check: HealthCheck, words: Words) -> Markup:
    """What is at fault where the answer is yes or no."""
    _, facts = words.gettext, check.facts
    if check.id == "on-time":
        return words.ngettext("late by %(count)s day", "late by %(count)s days", int(facts.get("days", "0")))
    if check.id == "license" and "given" in facts:
        return _("it is given as “%(given)s”, which is no license", given=cut(facts["given"]))
    if check.id == "modified" and "frequency" in facts:
        return _("it says how often (%(given)s) and not when", given=cut(facts["frequency"]))
    if check.id == "distinct-rows":
        return words.ngettext("%(count)s row stands there more than once", "%(count)s rows stand there more than once",
                              int(facts.get("rows", "0")))
    if check.id == "primary-key":
        return _("%(names)s would tell rows apart and is not declared as the key", names=facts.get("names", ""))
    if check.id in ("valid-rows", "problems"):
        return words.ngettext("%(count)s open problem: %(codes)s", "%(count)s open problems: %(codes)s",
                              int(facts.get("problems", "0")), codes=facts.get("codes", ""))
    if check.id == "machine-readable":
        return _("published as %(formats)s alone", formats=facts.get("formats", ""))
    if check.id == "accessible":
        return _("%(name)s: %(says)s", name=facts.get("path", ""), says=document_said(facts.get("says", ""), words))
    if check.id == "links":
        return _first_link(check, words)
    return _why_missing(words).get(check.id, Markup(""))


@lru_cache(maxsize=8)
def _why_missing(words: Words) -> Mapping[str, Markup]:
    _ = words.gettext
    return {
        "title": _("there is no title"), "description": _("neither summary nor description is there"),
        "publisher": _("no publisher is named"), "contact": _("nobody is named who answers"),
        "license": _("no license is named"), "keywords": _("there are no keywords"), "topics": _("it belongs to no topic"),
        "frequency": _("nothing says how often it is renewed"), "modified": _("the day of the last change is not known"),
        "each-row-is": _("nothing says what a row is"), "known-limits": _("nothing is said of limits"),
        "spatial": _("no place is named"), "temporal": _("no time is named"), "reason": _("no reason is given"),
    }


@lru_cache(maxsize=8)
def _why_unknown(words: Words) -> Mapping[str, Markup]:
    _ = words.gettext
    return {"on-time": _("the schedule or the day of the last change is not known"),
            "links": _("its addresses were not checked yet"), "accessible": _("its documents were not looked into")}
