"""The success criteria of WCAG 2.2, levels A and AA, and which browser tests look at each.

Rules of axe-core are not named here: each says itself to which criteria it belongs. The names of criteria, and what no test
looks at, are words of the program: `cityfolio.pages.criterion_words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cityfolio.pages.criterion_words import criterion_words
from cityfolio.pages.words import ENGLISH

WORDS = criterion_words(ENGLISH)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion."""

    number: str
    level: str
    tests: tuple[str, ...] = ()     # below tests/browser/, without the ending of the file: "test_axe::test_no_page..."

    @property
    def name(self) -> str:
        """What it is called."""
        return WORDS[self.number].name

    @property
    def rest(self) -> str:
        """What no test looks at; "" where its tests decide it on every page they open."""
        return WORDS[self.number].rest


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

CRITERIA: tuple[Criterion, ...] = (
    Criterion("1.1.1", "A"),
    Criterion("1.2.1", "A", SILENT),
    Criterion("1.2.2", "A", SILENT),
    Criterion("1.2.3", "A", SILENT),
    Criterion("1.2.4", "AA", SILENT),
    Criterion("1.2.5", "AA", SILENT),
    Criterion("1.3.1", "A"),
    Criterion("1.3.2", "A", ("test_keyboard::test_a_dataset_page_is_walked_in_the_order_it_is_read",)),
    Criterion("1.3.3", "A"),
    Criterion("1.3.4", "AA", HELD),
    Criterion("1.3.5", "AA"),
    Criterion("1.4.1", "A", NO_COLOR),
    Criterion("1.4.2", "A", SILENT),
    Criterion("1.4.3", "AA"),
    Criterion("1.4.4", "AA"),
    Criterion("1.4.5", "AA"),
    Criterion("1.4.10", "AA", NARROW),
    Criterion("1.4.11", "AA"),
    Criterion("1.4.12", "AA", NARROW[:1]),
    Criterion("1.4.13", "AA"),
    Criterion("2.1.1", "A", KEYS),
    Criterion("2.1.2", "A",
              ("test_explorer_grid::test_escape_closes_the_menu_and_the_focus_is_back_where_it_was",
               "test_sql::test_escape_closes_the_suggestions_and_what_is_typed_stays")),
    Criterion("2.1.4", "A", ("test_search::test_the_slash_can_be_turned_off",)),
    Criterion("2.2.1", "A", STILL),
    Criterion("2.2.2", "A", STILL),
    Criterion("2.3.1", "A", STILL),
    Criterion("2.4.1", "A", ("test_keyboard::test_the_skip_link_is_first_and_leads_to_the_content",)),
    Criterion("2.4.2", "A"),
    Criterion("2.4.3", "A",
              ("test_keyboard::test_a_dataset_page_is_walked_in_the_order_it_is_read",
               "test_explorer_grid::test_the_focus_stays_in_the_grid_while_its_cell_is_scrolled_away")),
    Criterion("2.4.4", "A"),
    Criterion("2.4.5", "AA", ("test_consistency::test_every_page_has_a_search_and_a_navigation",)),
    Criterion("2.4.6", "AA"),
    Criterion("2.4.7", "AA", ("test_keyboard::test_whatever_has_the_focus_can_be_seen_to_have_it",)),
    Criterion("2.4.11", "AA"),
    Criterion("2.5.1", "A", ("test_explorer_map::test_two_fingers_move_the_map_and_leave_the_page",)),
    Criterion("2.5.2", "A"),
    Criterion("2.5.3", "A"),
    Criterion("2.5.4", "A", HELD),
    Criterion("2.5.7", "AA", ("test_explorer_grid::test_a_column_is_made_wider_by_dragging_and_from_its_menu",)),
    Criterion("2.5.8", "AA", TARGETS),
    Criterion("3.1.1", "A"),
    Criterion("3.1.2", "AA"),
    Criterion("3.2.1", "A", ("test_consistency::test_a_control_that_gets_the_focus_does_nothing_by_that",)),
    Criterion("3.2.2", "A"),
    Criterion("3.2.3", "AA", SAME),
    Criterion("3.2.4", "AA"),
    Criterion("3.2.6", "A", SAME),
    Criterion("3.3.1", "A", FAULTS),
    Criterion("3.3.2", "A"),
    Criterion("3.3.3", "AA", FAULTS[1:2]),
    Criterion("3.3.4", "AA"),
    Criterion("3.3.7", "A"),
    Criterion("3.3.8", "AA", ("test_consistency::test_no_page_asks_who_its_reader_is",)),
    Criterion("4.1.2", "A"),
    Criterion("4.1.3", "AA", TOLD),
)

# What tests look at beside the rules of axe-core, by the name of its words in `cityfolio.pages.conformance`.
CHECKS: Mapping[str, tuple[str, ...]] = {
    "narrow": NARROW,
    "keyboard": KEYS,
    "script": ("test_reading::test_every_page_is_read_without_a_script",
               "test_goals::test_the_states_of_goals_can_be_read_without_a_script_and_without_color",
               "test_measures::test_the_numbers_can_be_read_without_a_script"),
    "colors": ("test_reading::test_a_dark_device_gets_a_dark_page", "test_reading::test_the_readers_choice_of_colors_is_kept"),
    "forced": NO_COLOR,
    "paper": ("test_reading::test_print_keeps_facts_columns_and_rows_and_drops_controls",
              "test_reading::test_print_is_dark_ink_on_light_paper_whatever_the_screen",
              "test_explorer_grid::test_paper_shows_the_rows_that_were_on_the_screen",
              "test_measures::test_charts_are_printed_and_what_cannot_be_pressed_on_paper_is_not"),
    "motion": ("test_explorer_map::test_without_motion_the_map_jumps",),
}
