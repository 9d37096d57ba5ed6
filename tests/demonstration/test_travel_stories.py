"""What holds between rows and between tables of signals, parking and the airport: whoever joins them finds one city."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from demonstration.charlotte_catalog import numbers, table
from demonstration.neighborhood_figures import REBUILT
from demonstration.travel_figures import RATE_ROSE, STORM


@pytest.fixture(scope="module")
def signals() -> pd.DataFrame:
    return table("traffic-signals")


@pytest.fixture(scope="module")
def sessions() -> pd.DataFrame:
    return table("on-street-parking")


@pytest.fixture(scope="module")
def waits() -> pd.DataFrame:
    return table("checkpoint-waits")


def test_there_are_as_many_signals_in_each_district_as_the_comparison_says(signals: pd.DataFrame):
    stated = table("council-districts").query("measure == 'signals'").set_index("council_district").value.astype(int)

    assert signals.groupby("council_district").size().to_dict() == stated.to_dict()


def test_signal_numbers_follow_the_year_they_were_turned_on(signals: pd.DataFrame):
    assert signals.signal_no.tolist() == [f"{number:04d}" for number in range(1, 813)]
    assert signals.turned_on.is_monotonic_increasing


def test_people_on_foot_go_first_at_every_signal_of_a_rebuilt_street(signals: pd.DataFrame):
    rebuilt = signals[signals.block.str.split(" block of ").str[1].isin(REBUILT) & (signals.kind != "FLASHER")]

    assert len(rebuilt) >= 20
    assert set(rebuilt.walk_first) == {"true"}


def test_a_signal_of_a_rebuilt_street_was_timed_after_the_street_opened(signals: pd.DataFrame):
    street = signals.block.str.split(" block of ").str[1]
    rebuilt = signals[street.isin(REBUILT) & (signals.retimed_on != "")]

    assert (rebuilt.retimed_on >= street[rebuilt.index].map(REBUILT)).all()


def test_flashers_have_no_crosswalk_and_no_timing(signals: pd.DataFrame):
    flashers = signals.kind == "FLASHER"

    assert (signals[flashers][["walk_first", "audible", "retimed_on"]] == "").all(axis=None)
    assert (signals[~flashers][["walk_first", "audible", "retimed_on"]] != "").all(axis=None)


def test_only_signals_that_were_put_up_after_the_storm_have_no_dark_hours(signals: pd.DataFrame):
    assert ((signals.dark_hours == "") == (signals.turned_on > "2024")).all()


def test_batteries_went_first_to_the_signals_that_were_dark_for_long(signals: pd.DataFrame):
    without = signals[(signals.dark_hours != "") & ~(signals.battery_since.between("2000", STORM))]
    served = (without.battery_since != "").groupby(without.dark_hours.astype(int) >= 12).mean()

    assert served[True] > 4 * served[False]
    assert without[without.battery_since != ""].battery_since.min() >= "2024-10-01"


def test_nothing_was_put_in_or_timed_before_a_signal_stood(signals: pd.DataFrame):
    fitted, timed = signals[signals.battery_since != ""], signals[signals.retimed_on != ""]

    assert (fitted.battery_since.str[:4] >= fitted.turned_on).all()
    assert (timed.retimed_on.str[:4] >= timed.turned_on).all()


def test_a_point_stands_in_a_signal_with_five_decimals_at_most(signals: pd.DataFrame):
    points = [json.loads(each) for each in signals.geometry]

    assert {point["type"] for point in points} == {"Point"}
    assert all(round(degrees, 5) == degrees for point in points for degrees in point["coordinates"])


def test_what_is_paid_is_the_rate_of_the_day_times_the_minutes(sessions: pd.DataFrame):
    dear = (sessions.area == "UPTOWN") & (sessions.started_at >= RATE_ROSE)
    cents_an_hour = dear.map({True: 150, False: 100})
    expected = (cents_an_hour * sessions.minutes.astype(int) + 30) // 60

    assert (sessions.amount.str.replace(".", "").astype(int) == expected).all()
    assert sessions.amount.str.fullmatch(r"[0-9]\.[0-9]{2}").all()


def test_the_council_raised_the_rate_before_it_rose(sessions: pd.DataFrame):
    vote = table("council-votes").query("title.str.contains('parking')").iloc[0]

    assert (vote.result, vote.votes_for, vote.votes_against) == ("APPROVED", "6", "4")
    assert vote.title.endswith("from $1.00 to $1.50 an hour from May 1, 2026")
    assert vote.meeting_on == "2026-03-23"


def test_parking_is_free_on_sundays_and_holidays(sessions: pd.DataFrame):
    days = pd.to_datetime(sessions.started_at.str[:10])
    missing = pd.date_range("2026-04-01", "2026-06-28").difference(days)

    assert [str(day.date()) for day in missing if day.day_of_week != 6] == ["2026-05-25", "2026-06-19"]
    assert set(days.dt.day_of_week) == {0, 1, 2, 3, 4, 5}


def test_no_session_was_paid_in_the_app_while_it_could_take_no_payments(sessions: pd.DataFrame):
    broken = sessions.started_at.between("2026-05-14T11", "2026-05-14T15")

    assert set(sessions[broken].paid_by) == {"METER", "TEXT"}
    assert "APP" in set(sessions[sessions.started_at.str.startswith("2026-05-14") & ~broken].paid_by)


def test_the_bank_credits_a_session_on_a_later_working_day(sessions: pd.DataFrame):
    settled = pd.to_datetime(sessions.settled_on)

    assert (sessions.settled_on > sessions.started_at.str[:10]).all()
    assert settled.dt.day_of_week.max() == 4
    assert not sessions.settled_on.isin(["2026-05-25", "2026-06-19"]).any()


def test_a_zone_keeps_its_area_and_block(sessions: pd.DataFrame):
    assert sessions.groupby("zone")[["area", "block"]].nunique().max(axis=None) == 1
    assert (sessions.zone.str[:2].map({"01": "UPTOWN", "03": "SOUTH_END"}) == sessions.area).all()


def test_one_checkpoint_has_no_rows_exactly_while_it_was_rebuilt(waits: pd.DataFrame):
    days = pd.to_datetime(waits[waits.checkpoint == "2"].hour.str[:10])
    missing = pd.date_range("2025-07-01", "2026-06-28").difference(days)

    assert (str(missing.min().date()), str(missing.max().date()), len(missing)) == ("2026-01-12", "2026-03-08", 56)


def test_waits_are_unknown_at_one_checkpoint_for_five_days(waits: pd.DataFrame):
    unknown = waits[waits.wait_minutes == ""]

    assert set(unknown.checkpoint) == {"3"}
    assert (unknown.hour.str[:10].min(), unknown.hour.str[:10].max()) == ("2025-10-20", "2025-10-24")
    assert set(unknown.longest_wait_minutes) == {""}


def test_nobody_waits_longer_than_the_longest_wait(waits: pd.DataFrame):
    known = waits[waits.wait_minutes != ""]

    assert (known.longest_wait_minutes.astype(float) >= known.wait_minutes.astype(float)).all()


def test_the_fullest_day_is_the_sunday_after_thanksgiving_and_the_emptiest_is_christmas(waits: pd.DataFrame):
    people = waits.travelers.astype(int).groupby(waits.hour.str[:10]).sum()

    assert (people.idxmax(), people.idxmin()) == ("2025-11-30", "2025-12-25")


def test_the_wednesday_before_thanksgiving_was_milder_than_the_sunday_after(waits: pd.DataFrame):
    worst = numbers(waits.wait_minutes).groupby(waits.hour.str[:10]).max()

    assert worst["2025-11-26"] < worst["2025-11-30"]


def test_checkpoints_are_open_from_four_to_nine(waits: pd.DataFrame):
    assert sorted(set(waits.hour.str[11:13])) == [f"{hour:02d}" for hour in range(4, 21)]
