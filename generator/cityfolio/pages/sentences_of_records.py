"""What warnings and advice say of what a city writes: its records, texts, goals, measures and promises.

Each code has every sentence that a problem of it says, the particular ones first. They are written down here a second time,
since problems come out of caches too, as the English that they were found in; a test holds that none is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.pages.sentences import Sentence, by_count

OF_RECORDS: Mapping[str, tuple[Sentence, ...]] = {
    "catalog-empty": (Sentence("there is no dataset"),),
    "file-unexpected": (
        Sentence("nothing is expected here, so it is not read"), Sentence("the folder has no %(file)s, so it is no dataset"),
        Sentence("the folder has no %(file)s, so it is no measure"),
        Sentence("there is no %(file)s whose text this could be"),
        Sentence('the text in "%(language)s", the site\'s first language, stands in %(file)s'),
    ),
    "file-unlisted": (Sentence("no entry of files: names this file, so it is not published"),),
    "links-unreadable": (
        Sentence("the file could not be read: %(error)s"),
        Sentence("the file has %(bytes)s bytes; findings of links may have %(most)s"), Sentence("the file is not UTF-8"),
        Sentence("the first line should be %(columns)s"), Sentence("the line is no CSV: %(error)s"),
        by_count("the line has %(count)s fields; there should be %(most)s",
                 "the line has %(count)s fields; there should be %(most)s"),
        Sentence('is_well "%(given)s" is neither true nor false'), Sentence('status "%(given)s" is not one of HTTP'),
        Sentence('checked "%(given)s" is not a date'), Sentence("%(address)s stands here a second time"),
    ),
    "usage-unreadable": (
        Sentence("the file could not be read: %(error)s"), Sentence("the file has %(bytes)s bytes; it may have %(most)s"),
        Sentence("the first line should be %(columns)s"), Sentence("the line is no CSV: %(error)s"),
        by_count("the line has %(count)s fields; there should be %(most)s",
                 "the line has %(count)s fields; there should be %(most)s"),
        Sentence('"%(given)s" is not a month, such as 2026-06'), Sentence('%(column)s "%(given)s" is not a whole number'),
        Sentence('there is no dataset "%(dataset)s"'), Sentence("%(dataset)s in %(month)s stands here a second time"),
    ),
    "yaml-comment": (Sentence('a # after a space begins a comment, so this value is only "%(text)s"'),),
    "key-former": (Sentence('"%(former)s" is called "%(now)s" since version %(since)s, and read until version %(until)s'),),
    "key-expected": (
        Sentence('"%(key)s" is missing; %(requirement)s'), Sentence('"%(key)s" is missing'),
    ),
    "title-missing": (
        Sentence('"%(key)s" is missing; %(requirement)s'), Sentence('"%(key)s" is missing'),
    ),
    "word-repeated": (Sentence('"%(word)s" stands in this list already'),),
    "date-future": (
        Sentence("on %(day)s is later than the date of this build, %(today)s, so the review does not count yet"),
        Sentence("%(key)s %(day)s is later than the date of this build, %(today)s"),
        Sentence("%(key)s %(day)s is later than the date of this build, %(today)s (%(issue)s)"),
    ),
    "logo-reduced": (
        Sentence('the logo "%(path)s" is shown without a part: %(element)s is left out'),
        Sentence('the logo "%(path)s" is shown without a part: %(elements)s are left out'),
    ),
    "words-unfit": (
        Sentence("“%(form)s” lacks %(parts)s, and is not taken"),
        Sentence("“%(form)s” has %(parts)s, which the message has not, and is not taken"),
    ),
    "language-not-of-site": (
        Sentence('the site has no pages in "%(language)s"'), Sentence('%(key)s: the site has no pages in "%(language)s"'),
    ),
    "source-unknown": (Sentence('"%(source)s" is not among the sources in site.yaml'),),
    "theme-unused": (Sentence("nothing uses this file"),),
    "token-unknown": (Sentence('there is no token "%(token)s"'),),
    "publisher-missing": (Sentence("no publisher is named; %(requirement)s"),),
    "license-missing": (Sentence("there is no license, so nobody knows what may be done with the data"),),
    "description-missing": (Sentence("neither summary nor description says what it is; %(requirement)s"),),
    "link-unusable": (Sentence('the link to "%(target)s" has no full web address, so only its words are shown'),),
    "contact-missing": (Sentence("nobody is named who answers questions; %(requirement)s"),),
    "contact-name-missing": (Sentence("the contact has no name; %(requirement)s"),),
    "contact-email-missing": (
        Sentence("the contact has no e-mail address; %(requirement)s"),
        Sentence('the address "%(address)s" has a sign that DCAT-US does not take; %(requirement)s'),
    ),
    "keyword-missing": (Sentence("there are no keywords; %(requirement)s"),),
    "modified-missing": (Sentence("it is not known when this last changed; %(requirement)s"),),
    "dictionary-missing": (Sentence("%(file)s is published without a word about its columns"),),
    "meaning-missing": (Sentence("column `%(column)s` has neither title nor description"),),
    "draft-referenced": (
        Sentence('"%(draft)s" is a draft, so this is left out of the site with it'),
        Sentence('"%(draft)s" is a draft, so this reference is left out'),
    ),
    "files-missing": (Sentence("it is published, and there is nothing to download"),),
    "dataset-late": (
        by_count("the data was last updated %(last)s and was due %(due)s, %(count)s day ago",
                 "the data was last updated %(last)s and was due %(due)s, %(count)s days ago"),
    ),
    "question-empty": (
        Sentence("no row meets these conditions"), Sentence("no row that meets these conditions has a value in `%(column)s`"),
    ),
    "acknowledged-unmet": (
        Sentence("nothing that looks like %(kind)s was found in a column `%(column)s` of %(file)s"),
        Sentence("nothing that looks like %(kind)s was found in a column `%(column)s`"),
        Sentence("nothing that looks like %(kind)s was found of %(file)s"),
        Sentence("nothing that looks like %(kind)s was found in %(file)s"),
        Sentence("nothing that looks like %(kind)s was found"),
    ),
    "review-absent": (
        Sentence("the dataset is published and confidential, and it is not told who weighed that"),
        Sentence("the dataset is published and protected, and it is not told who weighed that"),
        Sentence("the rows are about people, and it is not told who weighed their release"),
        Sentence("columns are left out because they are personal, and it is not told who weighed the rest"),
    ),
    "review-expired": (Sentence("the release was to be weighed again by %(day)s"),),
    "goal-unmeasured": (Sentence("no measure shows this goal"),),
    "measure-aimless": (Sentence("this measure belongs to no goal"),),
    "measure-sample": (Sentence("only a sample of the rows of %(dataset)s is here, so there is nothing to compute"),),
    "suppression-missing": (
        Sentence("some of what is behind this measure is not published, and every count is shown, however small"),
    ),
    "suppression-overlap": (
        Sentence("%(measure)s holds back small values of the same rows, and what one of the two hides may be had by "
                 "comparing them"),
    ),
    "percent-share": (Sentence("%(value)s is less than 1 percent; as a share of all it is %(meant)s percent"),),
    "tolerance-scale": (Sentence("the target is %(value)s, so a share of the way to it is no distance, and nothing is near"),),
    "target-met": (Sentence("each of the last eight periods was better than the target"),),
    "target-far": (Sentence("no period ever came up to the target"),),
    "baseline-missing": (Sentence("there is a target and no baseline, so nobody can tell how far the way is"),),
    "review-missing": (Sentence("nobody has reviewed this measure, or its goal"),),
    "outcome-missing": (Sentence("every measure of this goal counts what is put in or done, and none what comes of it"),),
    "measures-many": (
        by_count("%(count)s measures are more than anybody can steer by",
                 "%(count)s measures are more than anybody can steer by"),
    ),
    "request-answer": (
        Sentence("this was answered, and not told when"), Sentence("this was refused, and not told when"),
        Sentence("this was answered on %(day)s, and is open all the same"), Sentence("this was answered, and not told what"),
        Sentence("this was answered, and not told what (%(issue)s)"),
    ),
    "release-missing": (Sentence("this is planned, and no day is named for it"),),
    "release-overdue": (
        by_count("this should have been out on %(day)s, %(count)s day ago",
                 "this should have been out on %(day)s, %(count)s days ago"),
    ),
    "commitment-overdue": (
        by_count("this was due on %(day)s, %(count)s day ago", "this was due on %(day)s, %(count)s days ago"),
    ),
    "commitment-settled": (
        Sentence("this was kept, and not told when"), Sentence("this was broken, and not told when"),
        Sentence("this was dropped, and not told when"), Sentence("this was broken, and no reason is given"),
        Sentence("this was dropped, and no reason is given"),
        Sentence("this was settled on %(day)s, and is promised all the same"),
        Sentence("this was settled on %(day)s, and is under-way all the same"),
    ),
    "commitment-evidence": (Sentence("this was kept, and it is not told where that can be seen"),),
    "rule-review": (
        by_count("this had to be looked at again by %(day)s, %(count)s day ago",
                 "this had to be looked at again by %(day)s, %(count)s days ago"),
    ),
    "minutes-missing": (Sentence("the meeting was held on %(day)s, and there are no minutes"),),
    "text-empty": (
        Sentence("there is neither a text nor a link to one"), Sentence("the guide has no text"),
    ),
    "figure-empty": (Sentence("%(figure)s has no value: %(why)s"),),
    "note-future": (Sentence("the note is about %(day)s, which is later than the date of this build, %(today)s"),),
    "note-reason": (Sentence("a correction has no reason"),),
    "note-unknown": (Sentence('"%(id)s" is not in %(room)s/, and never was'),),
    "attestation-expired": (Sentence("this counted until %(day)s, and counts no more"),),
    "attestation-evidence": (Sentence("%(path)s leads to nothing on this site"),),
    "now-unknown": (Sentence("lateness is counted from today, because the catalog is in no git repository"),),
    "base-url-missing": (
        Sentence("the address of the site is not known, so there is no sitemap and feeds have relative links"),
    ),
    "history-shallow": (
        Sentence("the clone has no history, so datasets without `modified:` have no date of their last update"),
    ),
    "change-kind-unknown": (Sentence('"%(name)s" is no kind of change'),),
}
