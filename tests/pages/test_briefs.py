from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cityfolio.model.performance import FollowUpRecord
from cityfolio.pages.brief import brief
from pages.drawing import DrawnSite, draw_site
from pages.factories import a_catalog, a_publisher
from pages.goals import PUBLIC_WORKS, a_goal_catalog, a_goal_record, a_review, an_action
from pages.measures import a_computation, a_goal, a_measure, a_measure_record, a_series, a_standing, a_trend

TODAY = date(2025, 11, 22)


def measured(title="Potholes", statuses=("on-track", "near", "off-track"), **given):
    """A measure that stood so in August, September and October 2025."""
    series = a_series((80, 79, 78), start="2025-08")
    stood = tuple(a_standing(status, period=each.period, value=each.value)
                  for status, each in zip(statuses, series.observations, strict=True))
    record = a_measure_record(title=title, reviews=given.pop("reviews", ()), actions=given.pop("actions", ()))
    computed = a_computation(overall=series, standing=given.pop("standing", stood[-1]), standings=stood,
                             trend=a_trend(signals=given.pop("signals", ())))
    return a_measure(title, record=record, computed=replace(computed, standings=stood), **given)


def goal_of(**record):
    return a_goal(record=a_goal_record(**{"actions": (), "reviews": (), "next_report": None, **record}))


def test_a_measure_is_held_against_the_last_period_that_was_over_on_the_day_of_its_review():
    made = brief([measured(reviews=(a_review(date(2025, 10, 14)),))], [], TODAY)

    assert [(each.before.period, each.before.status, each.after.status) for each in made.changes] == [
        ("2025-09", "near", "off-track")]


def test_a_period_that_ended_on_the_day_of_the_review_was_not_over():
    made = brief([measured(reviews=(a_review(date(2025, 9, 30)),))], [], TODAY)

    assert made.changes[0].before.period == "2025-08"


def test_the_review_of_its_goal_counts_for_a_measure_that_has_none():
    made = brief([measured()], [goal_of(reviews=(a_review(date(2025, 9, 12)),))], TODAY)

    assert (made.review, made.changes[0].review, made.changes[0].before.period) == (
        date(2025, 9, 12), date(2025, 9, 12), "2025-08")


def test_a_measure_without_a_review_is_held_against_the_newest_of_the_others():
    reviewed = measured("Trash", reviews=(a_review(date(2025, 9, 12)),))

    made = brief([reviewed, measured(goal=None)], [], TODAY)

    assert [each.review for each in made.changes] == [date(2025, 9, 12), date(2025, 9, 12)]


def test_without_any_review_a_measure_is_held_against_the_period_before():
    made = brief([measured()], [], TODAY)

    assert (made.review, made.changes[0].review, made.changes[0].before.period) == (None, None, "2025-09")


def test_a_review_that_is_still_to_come_is_none_yet():
    assert brief([measured(reviews=(a_review(date(2025, 12, 1)),))], [], TODAY).review is None


@pytest.mark.parametrize("statuses", [("on-track", "on-track", "on-track"), ("near", "off-track", "near")],
                         ids=["never changed", "came back"])
def test_a_measure_that_stands_where_it_stood_is_no_change(statuses):
    assert brief([measured(statuses=statuses, reviews=(a_review(date(2025, 9, 12)),))], [], TODAY).changes == ()


def test_a_measure_whose_first_value_came_after_the_review_is_no_change():
    assert brief([measured(reviews=(a_review(date(2025, 8, 1)),))], [], TODAY).changes == ()


def test_a_measure_that_became_stale_is_a_change_and_missing():
    stale = measured(statuses=("near", "near", "near"), standing=a_standing("stale"), reviews=(a_review(date(2025, 11, 4)),))

    made = brief([stale], [], TODAY)

    assert [each.after.status for each in made.changes] == ["stale"]
    assert made.missing == (stale,)


def test_signals_are_those_since_the_review():
    measure = measured(signals=("2025-08", "2025-10"), reviews=(a_review(date(2025, 9, 12)),))

    assert [each.periods for each in brief([measure], [], TODAY).signals] == [("2025-10",)]


def test_a_measure_without_a_new_signal_is_not_named():
    measure = measured(signals=("2025-08",), reviews=(a_review(date(2025, 9, 12)),))

    assert brief([measure], [], TODAY).signals == ()


def test_overdue_actions_are_those_due_before_today_and_not_over_by_day():
    late = (an_action("Later", due=date(2025, 11, 20)), an_action("Early", due=date(2025, 10, 1)))
    fine = (an_action("Today", due=TODAY), an_action("Done", due=date(2025, 1, 1), state="done"), an_action("No day"))

    made = brief([measured(actions=late)], [goal_of(actions=fine)], TODAY)

    assert [each.record.title for each in made.overdue] == ["Early", "Later"]


def test_open_follow_ups_come_by_day_those_without_one_last():
    review = a_review(date(2025, 8, 14), FollowUpRecord(what="Someday"), FollowUpRecord(what="Soon", due=date(2026, 1, 1)),
                      FollowUpRecord(what="Over", done_on=date(2025, 9, 1)), FollowUpRecord(what="Late", due=date(2025, 9, 1)))
    made = brief([], [goal_of(reviews=(review,))], TODAY)

    assert [each.record.what for each in made.follow_ups] == ["Late", "Soon", "Someday"]


def test_due_next_are_reports_and_actions_by_day_from_today_on():
    goals = [goal_of(next_report=date(2026, 2, 1), actions=(an_action("Pave", due=TODAY),)),
             goal_of(next_report=date(2025, 11, 1), actions=(an_action("Dropped", due=date(2026, 1, 1), state="dropped"),))]

    assert [(each.day, each.kind, each.what) for each in brief([], goals, TODAY).due] == [
        (TODAY, "action", "Pave"), (date(2026, 2, 1), "report", "Streets are smooth")]


def test_the_brief_of_a_publisher_has_its_measures_alone():
    its = measured("Its", owner=PUBLIC_WORKS)

    made = brief([measured(), its, measured("Nobody's", owner=None)], [], TODAY, "public-works")

    assert made.measures == (its,)


def test_the_brief_of_a_publisher_has_what_it_shall_do_for_goals_of_others():
    its, others = (an_action(name, due=date(2025, 11, 1), owner=owner)
                   for name, owner in (("Its", "public-works"), ("Another's", None)))
    agreed = a_review(date(2025, 8, 14), FollowUpRecord(what="Bring costs", owner="public-works"), FollowUpRecord(what="Rest"))

    made = brief([measured(actions=(its, others), reviews=(agreed,))], [], TODAY, "public-works")

    assert [each.record.title for each in made.overdue] == ["Its"]
    assert [each.record.what for each in made.follow_ups] == ["Bring costs"]
    assert (made.measures, made.review) == ((), None)


@pytest.fixture(scope="module")
def drawn() -> DrawnSite:
    return draw_site(catalog=a_goal_catalog())


def test_there_is_a_brief_of_the_city_and_of_each_publisher_that_answers_for_something(drawn):
    assert sorted(url for url in drawn.urls() if url.startswith("/briefs/")) == [
        "/briefs/", "/briefs/customer-service-center/", "/briefs/public-works/"]
    assert drawn.page("/briefs/").section("Briefs of publishers").links() == {
        "Customer Service Center": "customer-service-center/", "Public Works": "public-works/"}


def test_a_brief_has_its_parts_in_order_and_says_where_there_is_nothing(drawn):
    page = drawn.page("/briefs/public-works/")

    assert page.main.headings(2) == ["Changes of status", "Out of the usual", "Overdue actions", "Open follow-ups",
                                     "Stale or missing data", "Due next"]
    assert page.section("Stale or missing data").text == "Stale or missing data None"


def test_a_brief_says_what_it_is_held_against(drawn):
    assert "The last review was on 10 November 2025." in drawn.page("/briefs/").main.text


def test_a_brief_without_a_review_says_so():
    catalog = replace(a_catalog(), measures=(measured(),))

    text = draw_site(catalog=catalog).page("/briefs/").main.text

    assert "No review is written down yet, so each measure is held against the period before." in text
    assert "Potholes Near in September 2025, now Off track 78% in October 2025" in text


def test_a_change_tells_both_states_the_value_and_since_which_review():
    catalog = replace(a_catalog(), measures=(measured(reviews=(a_review(date(2025, 9, 12)),)),))

    assert draw_site(catalog=catalog).page("/briefs/").section("Changes of status").text == (
        "Changes of status Potholes On track in August 2025, now Off track 78% in October 2025 · Since the review of "
        "12 September 2025")


def test_a_signal_tells_the_newest_value_what_is_usual_and_how_many_there_were_before():
    catalog = replace(a_catalog(), measures=(measured(signals=("2025-08", "2025-10"), reviews=(a_review(date(2025, 8, 1)),)),))

    assert draw_site(catalog=catalog).page("/briefs/").section("Out of the usual").text == (
        "Out of the usual Potholes 78% in October 2025 Usually between 69% and 80% · 1 more period since the review")


def test_overdue_actions_say_who_and_for_what(drawn):
    assert drawn.page("/briefs/").section("Overdue actions").text == (
        "Overdue actions Second crew on weekends Due 30 September 2025 Customer Service Center · Potholes repaired in time "
        "Ask the state for money Due 1 November 2025 Public Works · Streets are smooth")


def test_follow_ups_lead_to_the_review_that_agreed_on_them(drawn):
    part = drawn.page("/briefs/").section("Open follow-ups")

    assert part.link("Bring costs").address == "../measures/potholes-repaired-in-time/#reviews"
    assert "Bring costs Overdue since 15 September 2025" in part.text
    assert "Bring the budget Due 10 January 2026 Customer Service Center · Streets are smooth" in part.text


def test_missing_data_says_what_the_last_value_is_of(drawn):
    assert "Residents who are content Stale The last value is of January 2025" in (
        drawn.page("/briefs/").section("Stale or missing data").text)


def test_a_long_brief_says_how_much_it_leaves_out_on_paper():
    actions = tuple(an_action(f"Action {at}", due=date(2025, 1, at)) for at in range(1, 12))
    catalog = replace(a_catalog(publishers=[a_publisher()]), goals=(goal_of(actions=actions),))

    part = draw_site(catalog=catalog).page("/briefs/").section("Overdue actions")

    assert len(part.all("li")) == 11
    assert part.one("p", class_="print-only").text == "7 more are on the page."


def test_a_follow_up_without_a_day_says_when_it_was_agreed():
    review = a_review(date(2025, 8, 14), FollowUpRecord(what="Someday"))
    catalog = replace(a_catalog(), goals=(goal_of(reviews=(review,)),))

    assert "Someday Agreed on 14 August 2025" in draw_site(catalog=catalog).page("/briefs/").section("Open follow-ups").text


def test_values_are_compared_by_status_and_not_by_how_they_are_written():
    closer = measured(statuses=("near", "near", "near"))
    moved = replace(closer, computed=replace(closer.computed, standing=a_standing("near", value=Fraction(1))))

    assert brief([moved], [], TODAY).changes == ()
