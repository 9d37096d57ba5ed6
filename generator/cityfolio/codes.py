"""Every problem code, how much it matters, and the one sentence that opens its page under docs/problems/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem: an error stops the build, a warning does not (`--strict` refuses), advice is for later."""

    severity: Severity
    means: str


CODES: dict[str, Code] = {
    # The catalog folder
    "catalog-missing": Code("error", "The folder named is not a catalog."),
    "site-missing": Code("error", "The catalog has no site.yaml."),
    "catalog-empty": Code("warning", "The catalog has no dataset."),
    "file-unexpected": Code("warning", "A file or folder lies where the catalog expects none."),
    "file-unlisted": Code("warning", "A file lies in a dataset's folder and no dataset.yaml names it."),
    "id-invalid": Code("error", "A file or folder name cannot be part of an address."),
    "id-collision": Code("error", "Two names differ only by letter case or by Unicode form."),
    "folder-unreadable": Code("error", "A file or folder could not be read."),
    # YAML
    "text-encoding": Code("error", "A text file is not UTF-8, or holds control characters."),
    "yaml-syntax": Code("error", "The file is not valid YAML."),
    "yaml-duplicate-key": Code("error", "The same key stands twice in one group."),
    "yaml-alias": Code("error", "The file uses an anchor or an alias."),
    "yaml-tag": Code("error", "The file uses a tag."),
    "yaml-merge": Code("error", "The file uses a merge key."),
    "yaml-documents": Code("error", "The file holds more than one document."),
    "yaml-depth": Code("error", "The file is nested too deeply."),
    "yaml-size": Code("error", "The file is too large for metadata."),
    "yaml-comment": Code("warning", "A # cut off the rest of a value."),
    # Keys and values
    "key-unknown": Code("error", "A key is not one that this kind of file has."),
    "key-missing": Code("error", "A key that is needed is absent."),
    "title-missing": Code("warning", "There is no title, so the id stands in for it."),
    "value-kind": Code("error", "A value is of the wrong kind: a list, a group or plain text was expected."),
    "text-long": Code("error", "A text is longer than its place allows."),
    "choice-unknown": Code("error", "A value is not one of the words that are known here."),
    "frequency-unknown": Code("error", "A frequency is neither a known word nor an ISO 8601 repeat."),
    "date-invalid": Code("error", "A date is not written as YYYY-MM-DD or does not exist."),
    "date-order": Code("error", "A date comes before the one it should follow."),
    "date-future": Code("warning", "A date of something past lies in the future."),
    "email-invalid": Code("error", "An e-mail address is not one."),
    "url-invalid": Code("error", "An address is not a full web address."),
    "url-scheme": Code("error", "An address starts with a scheme that is not safe to link to."),
    "number-invalid": Code("error", "A value is not a number."),
    "boolean-invalid": Code("error", "A value is neither true nor false."),
    "pattern-invalid": Code("error", "A regular expression is not valid."),
    "color-invalid": Code("error", "A color is not written as #rrggbb."),
    "accent-contrast": Code("error", "Words in the accent color could not be read."),
    "language-invalid": Code("error", "A language is not a tag such as en or es-MX."),
    "language-untranslated": Code("error", "The interface has no translation into a language."),
    # References
    "publisher-unknown": Code("error", "A publisher is named that has no file."),
    "topic-unknown": Code("error", "A topic is named that has no file."),
    "license-unknown": Code("error", "A license is named that is neither built in nor in licenses/."),
    "column-unknown": Code("error", "A shared column is named that has no file in columns/."),
    "dataset-unknown": Code("error", "A dataset is named that does not exist."),
    "reference-circular": Code("error", "A publisher is, by way of its parents, part of itself."),
    "address-taken": Code("error", "A former id or path belongs to something else."),
    "address-invalid": Code("error", "A former id or path cannot be an address."),
    "theme-unknown": Code("error", "The theme named does not exist."),
    "theme-template": Code("error", "A template cannot be used."),
    # Datasets
    "publisher-missing": Code("warning", "A dataset names no publisher."),
    "license-missing": Code("warning", "A dataset has no license."),
    "description-missing": Code("advice", "A dataset has neither summary nor description."),
    "link-unusable": Code("warning", "A link in a text has no full web address."),
    "contact-missing": Code("advice", "Nobody is named who answers questions about a dataset."),
    "dictionary-missing": Code("advice", "A table is published without a word about its columns."),
    "meaning-missing": Code("advice", "A column is in the dictionary without a title or description."),
    "reason-missing": Code("error", "A dataset is planned, restricted or retired, and no reason is given."),
    "files-missing": Code("warning", "A dataset is published and has nothing to download."),
    "dataset-late": Code("advice", "A dataset missed its next update."),
    # Files
    "file-source": Code("error", "An entry of files: names neither or both of path and url."),
    "file-missing": Code("error", "A file that is named is not there."),
    "file-outside": Code("error", "A path leads out of its dataset's folder."),
    "file-link": Code("error", "A file is a link."),
    "file-repeated": Code("error", "The same file is listed twice in one dataset."),
    "file-active": Code("error", "A file would run as a program in a reader's browser."),
    "file-large": Code("error", "A file is larger than this version can read."),
    "file-changed": Code("error", "A file changed, or went away, while the site was being built."),
    "sensitive-unprotected": Code("error", "A sensitive column is in a file that cannot be published without it."),
    # Tables
    "csv-encoding": Code("error", "A CSV file is not in the encoding it is said to be in."),
    "csv-encoding-guessed": Code("warning", "A CSV file is not UTF-8, and its encoding is not declared."),
    "csv-nul": Code("error", "A CSV file holds NUL characters."),
    "csv-empty": Code("error", "A CSV file has no header row."),
    "csv-quotes": Code("error", "A quotation mark in a CSV file is never closed, or stands where none may."),
    "csv-ragged": Code("error", "A row has more or fewer fields than the header."),
    "csv-header-empty": Code("error", "A column of a CSV file has no name."),
    "csv-header-repeated": Code("error", "Two columns of a CSV file have the same name."),
    "csv-delimiter": Code("warning", "The fields of a CSV file are separated by something else than commas, undeclared."),
    "column-undescribed": Code("warning", "A file has a column that the dictionary does not describe."),
    "column-absent": Code("error", "The dictionary describes a column that no file has."),
    "constraint-unfit": Code("error", "A constraint does not fit the type of its column."),
    "cell-type": Code("error", "Values are not of the type that the dictionary gives."),
    "cell-required": Code("error", "A column that is required has empty cells."),
    "cell-unique": Code("error", "A column that is unique has repeated values."),
    "cell-values": Code("error", "Values are not among those the dictionary lists."),
    "cell-range": Code("error", "Values are under the minimum or over the maximum."),
    "cell-length": Code("error", "Values are shorter or longer than the dictionary allows."),
    "cell-pattern": Code("error", "Values do not match the pattern."),
    # The build and its output
    "now-unknown": Code("warning", "The date of the build is today's, because nothing else gives one."),
    "base-url-missing": Code("advice", "Feeds and the sitemap lack full addresses, because the site's address is not known."),
    "history-shallow": Code("warning", "The days of last updates are not known, because the clone has no history."),
    "previous-unreadable": Code("error", "The previous manifest could not be read."),
    "address-collision": Code("error", "Two outputs would be written at one address."),
    "address-dropped": Code("error", "An address that was published is gone."),
    "output-foreign": Code("error", "The output folder holds files that a build did not write."),
    "output-inside": Code("error", "The output folder and the catalog lie one inside the other."),
    "output-unwritable": Code("error", "The output could not be written."),
    "assets-unbundled": Code("warning", "The theme's scripts and font are not bundled; pages work without them."),
    "link-broken": Code("error", "A page links to a page or file that is not on the site."),
    "anchor-broken": Code("error", "A page links to a place in a page that is not there."),
    "html-invalid": Code("error", "A page's markup is broken, or uses one id twice."),
    "page-heavy": Code("warning", "A page is heavier than its budget."),
    # Import
    "source-unreadable": Code("error", "What should be imported could not be read."),
    "destination-taken": Code("error", "The folder to write a catalog into cannot be used or is not empty."),
}
