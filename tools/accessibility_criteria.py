"""The success criteria of WCAG 2.2, levels A and AA, and which browser tests look at each.

Rules of axe-core are not named here: each says itself to which criteria it belongs. `rest` is what no test looks at. A
criterion without `rest` is one that its tests decide on every page they open.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion."""

    number: str
    name: str
    level: str
    tests: tuple[str, ...] = ()     # below tests/browser/, without the ending of the file: "test_axe::test_no_page..."
    rest: str = "All of it."


STILL = ("test_stillness::test_nothing_on_a_page_plays_moves_or_ends_by_itself",)
SILENT = (*STILL, "test_stillness::test_no_template_and_no_script_of_the_theme_makes_anything_that_plays",
          "test_stillness::test_a_text_of_a_city_brings_nothing_that_plays")
NARROW = (
    "test_reading::test_no_page_scrolls_sideways_at_320_px_nor_has_the_browser_anything_to_complain_of",
    "test_goals::test_no_page_with_goals_scrolls_sideways_at_320_px",
    "test_measures::test_no_page_of_measures_scrolls_sideways_at_320_px",
    "test_health::test_no_page_of_health_scrolls_sideways_at_320_px_or_on_paper",
    "test_practice::test_no_page_of_practice_scrolls_sideways_at_320_px",
    "test_practice_texts::test_no_page_of_texts_scrolls_sideways_at_320_px",
    "test_explorer_map::test_a_map_fits_a_narrow_screen_and_every_control_can_be_hit",
)
KEYS = (
    "test_keyboard::test_the_list_is_filtered_and_left_by_keyboard",
    "test_keyboard::test_wide_tables_can_be_scrolled_by_keyboard",
    "test_explorer_grid::test_a_text_filter_is_made_and_taken_away_by_the_keyboard",
    "test_explorer_grid::test_a_million_rows_can_be_reached_by_the_keyboard",
    "test_explorer_map::test_every_place_in_view_is_reached_by_keyboard",
    "test_goals::test_every_goal_is_reached_with_the_keyboard_alone",
    "test_sql::test_names_are_completed_by_keyboard_alone",
    "test_edit::test_a_dataset_is_made_by_keyboard",
)
TARGETS = (
    "test_keyboard::test_targets_are_large_enough",
    "test_goals::test_every_link_to_a_goal_or_a_measure_is_large_enough_to_be_hit",
    "test_measures::test_every_link_on_a_measure_is_large_enough_to_be_hit",
    "test_practice::test_every_link_is_large_enough_to_be_hit",
    "test_explorer_grid::test_no_target_is_too_small",
    "test_explorer_map::test_a_map_fits_a_narrow_screen_and_every_control_can_be_hit",
    "test_edit::test_every_target_is_large_enough",
)
NO_COLOR = (
    "test_reading::test_states_are_framed_where_colors_are_forced",
    "test_goals::test_the_states_of_goals_can_be_read_without_a_script_and_without_color",
    "test_practice::test_an_answer_keeps_its_words_where_colors_are_the_readers_own",
    "test_explorer_map::test_in_forced_colors_shapes_tell_the_classes",
)
TOLD = (
    "test_keyboard::test_the_count_is_told_to_a_screen_reader",
    "test_search::test_a_long_wait_is_announced",
    "test_explorer_grid::test_a_row_that_the_filters_leave_out_is_told_of",
    "test_edit::test_an_answer_stands_beside_its_button",
)
FAULTS = (
    "test_edit::test_what_is_missing_is_told_at_its_own_field",
    "test_edit::test_the_faulty_date_of_a_dataset_is_told_in_the_words_of_the_check_and_mended",
    "test_edit::test_an_id_that_is_taken_or_cannot_be_one_is_refused",
    "test_sql::test_what_cannot_be_answered_is_said_in_words",
)
HELD = ("test_consistency::test_no_style_and_no_script_asks_how_the_device_is_held",)
SAME = ("test_consistency::test_navigation_and_help_stand_in_the_same_order_on_every_page",)
PICTURES = "Whether the words for a picture or a chart say what it shows; pictures that a city adds."
A_CITYS = "What a city adds itself: pictures, files, pages of other sites."

CRITERIA: tuple[Criterion, ...] = (
    Criterion("1.1.1", "Non-text Content", "A", rest=PICTURES),
    Criterion("1.2.1", "Audio-only and Video-only (Prerecorded)", "A", SILENT, ""),
    Criterion("1.2.2", "Captions (Prerecorded)", "A", SILENT, ""),
    Criterion("1.2.3", "Audio Description or Media Alternative (Prerecorded)", "A", SILENT, ""),
    Criterion("1.2.4", "Captions (Live)", "AA", SILENT, ""),
    Criterion("1.2.5", "Audio Description (Prerecorded)", "AA", SILENT, ""),
    Criterion("1.3.1", "Info and Relationships", "A", rest="Whether headings and lists say what a reader sees."),
    Criterion("1.3.2", "Meaningful Sequence", "A", ("test_keyboard::test_a_dataset_page_is_walked_in_the_order_it_is_read",),
              "Other types of page than that of a dataset."),
    Criterion("1.3.3", "Sensory Characteristics", "A"),
    Criterion("1.3.4", "Orientation", "AA", HELD, ""),
    Criterion("1.3.5", "Identify Input Purpose", "AA", rest="Fields that say no purpose."),
    Criterion("1.4.1", "Use of Color", "A", NO_COLOR, "Types of page that no test opens without their colors."),
    Criterion("1.4.2", "Audio Control", "A", SILENT, ""),
    Criterion("1.4.3", "Contrast (Minimum)", "AA",
              rest="Words over pictures and in charts, where the rule could not decide."),
    Criterion("1.4.4", "Resize Text", "AA", rest="Text alone made larger, without the page."),
    Criterion("1.4.5", "Images of Text", "AA"),
    Criterion("1.4.10", "Reflow", "AA", NARROW, "Types of page that none of these tests opens."),
    Criterion("1.4.11", "Non-text Contrast", "AA"),
    Criterion("1.4.12", "Text Spacing", "AA", NARROW[:1],
              "Whether any word is cut off; pages of goals, measures, tables and practice."),
    Criterion("1.4.13", "Content on Hover or Focus", "AA"),
    Criterion("2.1.1", "Keyboard", "A", KEYS, "Controls that no test presses."),
    Criterion("2.1.2", "No Keyboard Trap", "A",
              ("test_explorer_grid::test_escape_closes_the_menu_and_the_focus_is_back_where_it_was",
               "test_sql::test_escape_closes_the_suggestions_and_what_is_typed_stays"), "Controls that no test leaves."),
    Criterion("2.1.4", "Character Key Shortcuts", "A", ("test_search::test_the_slash_can_be_turned_off",),
              "Whether there are other keys than the slash."),
    Criterion("2.2.1", "Timing Adjustable", "A", STILL, "Time limits that a script would set."),
    Criterion("2.2.2", "Pause, Stop, Hide", "A", STILL, "What a script brings up after a page was opened."),
    Criterion("2.3.1", "Three Flashes or Below Threshold", "A", STILL, A_CITYS),
    Criterion("2.4.1", "Bypass Blocks", "A", ("test_keyboard::test_the_skip_link_is_first_and_leads_to_the_content",), ""),
    Criterion("2.4.2", "Page Titled", "A", rest="Whether a title says what the page is about."),
    Criterion("2.4.3", "Focus Order", "A",
              ("test_keyboard::test_a_dataset_page_is_walked_in_the_order_it_is_read",
               "test_explorer_grid::test_the_focus_stays_in_the_grid_while_its_cell_is_scrolled_away"),
              "Other types of page than a dataset's and a table's."),
    Criterion("2.4.4", "Link Purpose (In Context)", "A", rest="Whether the words of a link say where it leads."),
    Criterion("2.4.5", "Multiple Ways", "AA", ("test_consistency::test_every_page_has_a_search_and_a_navigation",),
              "Whether every page is found by both."),
    Criterion("2.4.6", "Headings and Labels", "AA"),
    Criterion("2.4.7", "Focus Visible", "AA", ("test_keyboard::test_whatever_has_the_focus_can_be_seen_to_have_it",),
              "Other types of page than the home page, the list of data and a dataset's."),
    Criterion("2.4.11", "Focus Not Obscured (Minimum)", "AA"),
    Criterion("2.5.1", "Pointer Gestures", "A", ("test_explorer_map::test_two_fingers_move_the_map_and_leave_the_page",),
              "Whether every gesture has a way with one pointer."),
    Criterion("2.5.2", "Pointer Cancellation", "A"),
    Criterion("2.5.3", "Label in Name", "A", rest="Names that are made of more than the words on a control."),
    Criterion("2.5.4", "Motion Actuation", "A", HELD, ""),
    Criterion("2.5.7", "Dragging Movements", "AA",
              ("test_explorer_grid::test_a_column_is_made_wider_by_dragging_and_from_its_menu",),
              "Moving a map without dragging."),
    Criterion("2.5.8", "Target Size (Minimum)", "AA", TARGETS, "Types of page that none of these tests opens."),
    Criterion("3.1.1", "Language of Page", "A", rest="Whether the words are in the language that the page names."),
    Criterion("3.1.2", "Language of Parts", "AA", rest="Words in another language that nobody marked."),
    Criterion("3.2.1", "On Focus", "A", ("test_consistency::test_a_control_that_gets_the_focus_does_nothing_by_that",),
              "Controls that a script brings up; pages of goals, measures, tables and practice."),
    Criterion("3.2.2", "On Input", "A"),
    Criterion("3.2.3", "Consistent Navigation", "AA", SAME, "Types of page that this test does not open."),
    Criterion("3.2.4", "Consistent Identification", "AA"),
    Criterion("3.2.6", "Consistent Help", "A", SAME, "Types of page that this test does not open."),
    Criterion("3.3.1", "Error Identification", "A", FAULTS, "Other forms than those for editing and asking."),
    Criterion("3.3.2", "Labels or Instructions", "A", rest="Whether a label says what is wanted."),
    Criterion("3.3.3", "Error Suggestion", "AA", FAULTS[1:2], "Other faults than those of a date."),
    Criterion("3.3.4", "Error Prevention (Legal, Financial, Data)", "AA"),
    Criterion("3.3.7", "Redundant Entry", "A"),
    Criterion("3.3.8", "Accessible Authentication (Minimum)", "AA", ("test_consistency::test_no_page_asks_who_its_reader_is",),
              "Types of page that this test does not open."),
    Criterion("4.1.2", "Name, Role, Value", "A", rest="Controls that a script brings up and no test opens."),
    Criterion("4.1.3", "Status Messages", "AA", TOLD, "Messages that no test waits for."),
)

# What is tested besides, that no criterion asks.
BESIDES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Pages can be read without a script", ("test_reading::test_every_page_is_read_without_a_script",
                                            "test_goals::test_the_states_of_goals_can_be_read_without_a_script_and_without_color",
                                            "test_measures::test_the_numbers_can_be_read_without_a_script")),
    ("Light and dark follow the device and the reader's choice", ("test_reading::test_a_dark_device_gets_a_dark_page",
                                                                  "test_reading::test_the_readers_choice_of_colors_is_kept")),
    ("Paper has what the screen had", ("test_reading::test_print_keeps_facts_columns_and_rows_and_drops_controls",
                                       "test_reading::test_print_is_dark_ink_on_light_paper_whatever_the_screen",
                                       "test_explorer_grid::test_paper_shows_the_rows_that_were_on_the_screen",
                                       "test_measures::test_charts_are_printed_and_what_cannot_be_pressed_on_paper_is_not")),
    ("Without motion nothing glides", ("test_explorer_map::test_without_motion_the_map_jumps",)),
)
