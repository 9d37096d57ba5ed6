"""The success criteria of WCAG 2.2, levels A and AA, by name, with what no test of this program looks at.

The names are those of https://www.w3.org/TR/WCAG22/; the Spanish ones follow the translation that the W3C authorized.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from cityfolio.pages.words import Words


class CriterionWords(NamedTuple):
    """What is said of a success criterion."""

    name: Markup
    rest: Markup          # what no test looks at; "" where tests decide it on every page that they open


DECIDED = Markup("")


def criterion_words(words: Words) -> Mapping[str, CriterionWords]:
    """By number: "1.4.10" is "Reflow"."""
    said = {**_perceivable(words), **_operable(words), **_understandable(words), **_robust(words)}
    return {number: CriterionWords(*each) for number, each in said.items()}


def _perceivable(words: Words) -> Mapping[str, tuple[Markup, Markup]]:
    _ = words.gettext
    all_of_it = _("All of it.")
    return {
        "1.1.1": (_("Non-text Content"),
                  _("Whether the words for a picture or a chart say what it shows; pictures that a city adds.")),
        "1.2.1": (_("Audio-only and Video-only (Prerecorded)"), DECIDED),
        "1.2.2": (_("Captions (Prerecorded)"), DECIDED),
        "1.2.3": (_("Audio Description or Media Alternative (Prerecorded)"), DECIDED),
        "1.2.4": (_("Captions (Live)"), DECIDED),
        "1.2.5": (_("Audio Description (Prerecorded)"), DECIDED),
        "1.3.1": (_("Info and Relationships"), _("Whether headings and lists say what a reader sees.")),
        "1.3.2": (_("Meaningful Sequence"), _("Other types of page than that of a dataset.")),
        "1.3.3": (_("Sensory Characteristics"), all_of_it),
        "1.3.4": (_("Orientation"), DECIDED),
        "1.3.5": (_("Identify Input Purpose"), _("Fields that say no purpose.")),
        "1.4.1": (_("Use of Color"), _("Types of page that no test opens without their colors.")),
        "1.4.2": (_("Audio Control"), DECIDED),
        "1.4.3": (_("Contrast (Minimum)"), _("Words over pictures and in charts, where the rule could not decide.")),
        "1.4.4": (_("Resize Text"), _("Text alone made larger, without the page.")),
        "1.4.5": (_("Images of Text"), all_of_it),
        "1.4.10": (_("Reflow"), _("Types of page that none of these tests opens.")),
        "1.4.11": (_("Non-text Contrast"), all_of_it),
        "1.4.12": (_("Text Spacing"), _("Whether any word is cut off; pages of goals, measures, tables and practice.")),
        "1.4.13": (_("Content on Hover or Focus"), all_of_it),
    }


def _operable(words: Words) -> Mapping[str, tuple[Markup, Markup]]:
    _ = words.gettext
    all_of_it = _("All of it.")
    return {
        "2.1.1": (_("Keyboard"), _("Controls that no test presses.")),
        "2.1.2": (_("No Keyboard Trap"), _("Controls that no test leaves.")),
        "2.1.4": (_("Character Key Shortcuts"), _("Whether there are other keys than the slash.")),
        "2.2.1": (_("Timing Adjustable"), _("Time limits that a script would set.")),
        "2.2.2": (_("Pause, Stop, Hide"), _("What a script brings up after a page was opened.")),
        "2.3.1": (_("Three Flashes or Below Threshold"), _("What a city adds itself: pictures, files, pages of other sites.")),
        "2.4.1": (_("Bypass Blocks"), DECIDED),
        "2.4.2": (_("Page Titled"), _("Whether a title says what the page is about.")),
        "2.4.3": (_("Focus Order"), _("Other types of page than a dataset’s and a table’s.")),
        "2.4.4": (_("Link Purpose (In Context)"), _("Whether the words of a link say where it leads.")),
        "2.4.5": (_("Multiple Ways"), _("Whether every page is found by both.")),
        "2.4.6": (_("Headings and Labels"), all_of_it),
        "2.4.7": (_("Focus Visible"), _("Other types of page than the home page, the list of data and a dataset’s.")),
        "2.4.11": (_("Focus Not Obscured (Minimum)"), all_of_it),
        "2.5.1": (_("Pointer Gestures"), _("Whether every gesture has a way with one pointer.")),
        "2.5.2": (_("Pointer Cancellation"), all_of_it),
        "2.5.3": (_("Label in Name"), _("Names that are made of more than the words on a control.")),
        "2.5.4": (_("Motion Actuation"), DECIDED),
        "2.5.7": (_("Dragging Movements"), _("Moving a map without dragging.")),
        "2.5.8": (_("Target Size (Minimum)"), _("Types of page that none of these tests opens.")),
    }


def _understandable(words: Words) -> Mapping[str, tuple[Markup, Markup]]:
    _ = words.gettext
    all_of_it = _("All of it.")
    return {
        "3.1.1": (_("Language of Page"), _("Whether the words are in the language that the page names.")),
        "3.1.2": (_("Language of Parts"), _("Words in another language that nobody marked.")),
        "3.2.1": (_("On Focus"), _("Controls that a script brings up; pages of goals, measures, tables and practice.")),
        "3.2.2": (_("On Input"), all_of_it),
        "3.2.3": (_("Consistent Navigation"), _("Types of page that this test does not open.")),
        "3.2.4": (_("Consistent Identification"), all_of_it),
        "3.2.6": (_("Consistent Help"), _("Types of page that this test does not open.")),
        "3.3.1": (_("Error Identification"), _("Other forms than those for editing and asking.")),
        "3.3.2": (_("Labels or Instructions"), _("Whether a label says what is wanted.")),
        "3.3.3": (_("Error Suggestion"), _("Other faults than those of a date.")),
        "3.3.4": (_("Error Prevention (Legal, Financial, Data)"), all_of_it),
        "3.3.7": (_("Redundant Entry"), all_of_it),
        "3.3.8": (_("Accessible Authentication (Minimum)"), _("Types of page that this test does not open.")),
    }


def _robust(words: Words) -> Mapping[str, tuple[Markup, Markup]]:
    _ = words.gettext
    return {
        "4.1.2": (_("Name, Role, Value"), _("Controls that a script brings up and no test opens.")),
        "4.1.3": (_("Status Messages"), _("Messages that no test waits for.")),
    }
