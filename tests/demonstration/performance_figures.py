"""The figures that goals and measures state in words, worked out from the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from demonstration.charlotte_catalog import numbers, share, table

Phrases = Iterator[str]


def fire() -> Phrases:
    """Calls of stations that kept the promise, by month, and how many calls there were."""
    calls = table("fire-response")
    incidents = numbers(calls["incidents"])
    kept = incidents.where(numbers(calls["within_six_minutes_percent"]) >= 90, 0)
    by_month = 100 * kept.groupby(calls["month"]).sum() / incidents.groupby(calls["month"]).sum()
    month = pd.Timestamp(str(by_month.idxmax()))
    yield f"{month:%B %Y} was the best month so far, with {by_month.max():.0f}%"
    recent = incidents[calls["month"] >= "2025-06"].sum()
    before = incidents[(calls["month"] >= "2024-06") & (calls["month"] < "2025-06")].sum()
    yield f"brought {100 * (recent / before - 1):.0f}% more calls than the twelve before"


def serious_crashes() -> Phrases:
    """Deaths and serious injuries of 2025, and where they were."""
    crashes = table("traffic-crashes")
    serious = crashes[crashes["severity"].isin(["K", "A"])]
    years = serious.groupby(serious["crash_date"].str[:4]).size()["2019":"2025"]
    last = serious[serious["crash_date"].str[:4] == "2025"]
    there = last[last["council_district"].isin(["4", "5"])]
    assert years.idxmax() == "2025"
    assert len(there) == len(last) / 2
    assert (there["after_rebuild"] == "false").all()
    yield f"{len(last)} in 2025, the most since the count began in 2019"
    yield "Half of them were in districts 4 and 5, and none of these on a street that has been rebuilt"


def unsafe_homes() -> Phrases:
    """Unsafe homes put right in the first quarter of 2026, and how long they waited."""
    cases = table("code-cases")
    chosen = cases[(cases["case_type"] == "MINIMUM_HOUSING") & (cases["result"] != "UNFOUNDED")
                   & cases["closed_on"].between("2026-01-01", "2026-03-31")]
    earlier = (chosen["opened_on"] < "2025-11-27").sum()
    yield f"{numbers(chosen['days_to_close']).median():.0f} days in the first quarter of 2026"
    yield f"{earlier} of the {len(chosen)} cases had been opened before Thanksgiving"


def weeds() -> Phrases:
    """Lots that were mown without a notice, in the winter of 2026 and the summer before."""
    cases = table("code-cases")
    weeds = cases[(cases["case_type"] == "HIGH_WEEDS") & (cases["result"] != "UNFOUNDED")]
    winter, summer = (weeds[weeds["closed_on"].between(*days)]["notice_on"] == ""
                      for days in (("2026-01-01", "2026-03-31"), ("2025-07-01", "2025-09-30")))
    words = {4: "four", 5: "five"}
    yield f"{share(winter)} in the first quarter of 2026 is {words[winter.sum()]} lots of {words[len(winter)]}"
    yield f"last summer it was {share(summer)}"


def parking() -> Phrases:
    """Minutes of a session uptown, before and after the rate rose."""
    sessions = table("on-street-parking")
    uptown = sessions[sessions["area"] == "UPTOWN"]
    minutes, days = numbers(uptown["minutes"]), uptown["started_at"].str[:10]
    before, after = minutes[days < "2026-05-01"].mean(), minutes[days >= "2026-05-04"].mean()
    yield f"Sessions fell from {before:.0f} minutes to {after:.0f}"


def contamination() -> Phrases:
    """What does not belong in the recycling, with tags and without, in May 2026."""
    tons = table("solid-waste-tonnage")
    may = tons[(tons["material"] == "RECYCLING") & (tons["month"] == "2026-05-01")]
    tagged = may["collection_day"].isin(["TUESDAY", "WEDNESDAY"])
    with_tags, without = (numbers(may[each]["contamination_percent"]).mean() for each in (tagged, ~tagged))
    yield f"About {with_tags:.0f}% on the routes with tags and {without:.0f}% on the others"


def empty_posts() -> Phrases:
    """Empty posts in police and fire by year."""
    classes = table("salaries-by-class")
    sworn = classes[classes["pay_plan"] == "SWORN"]
    posts = numbers(sworn["vacancies"]).groupby(sworn["as_of"].str[:4]).sum()
    yield f"{posts['2022']} in 2022, {posts['2024']} two years later, {posts['2025']} in 2025"


MEASURES: Mapping[str, Callable[[], Phrases]] = {
    "fire-within-six-minutes": fire, "serious-crashes": serious_crashes, "unsafe-homes-days": unsafe_homes,
    "weeds-without-notice": weeds, "parking-minutes": parking, "recycling-contamination": contamination,
    "empty-sworn-posts": empty_posts,
}


def requests_why() -> Phrases:
    """Requests closed in time, by year and in winter."""
    requests = table("service-requests").drop_duplicates("request_id")
    closed = requests[(requests["on_time"] != "") & (requests["closed_at"] != "")]
    on_time = (closed["on_time"] == "true").groupby(closed["closed_at"].str[:7]).mean()
    years = (closed["on_time"] == "true").groupby(closed["closed_at"].str[:4]).mean()
    words = {3: "three"}
    yield f"Up {words[round(100 * (years['2025'] - years['2024']))]} points from 2024"
    assert [round(100 * on_time["2024-11":"2025-02"].min()), round(100 * on_time["2025-11":"2026-02"].min())] == [82, 81]
    yield "Two winters in a row the leaves brought it down to about 81%"


def homes_why() -> Phrases:
    """Homes in approved applications, by year and district."""
    permits = table("land-development-permits")
    approved = permits[permits["status"] == "APPROVED"]
    homes, years = numbers(approved["homes"]), approved["decided_on"].str[:4]
    by_year = homes.groupby(years).sum()["2021":"2025"]
    here = homes[(years == "2025") & approved["council_district"].isin(["1", "2"])].sum() / by_year["2025"]
    assert by_year.idxmax() == "2025"
    assert 0.4 < here < 0.45
    yield "more than four in ten are in districts 1 and 2"


def sidewalks_why() -> Phrases:
    """Working weeks until a sidewalk was mended, before the second crew and since."""
    repairs = table("street-repairs")
    sidewalks = repairs[repairs["repair_type"] == "SIDEWALK"]
    days = numbers(sidewalks["working_days"])
    before = days[sidewalks["repaired_on"].between("2024-01-01", "2024-12-31")].median() / 5
    after = days[sidewalks["repaired_on"] >= "2025-07-01"].median() / 5
    words = {4.6: "four and a half", 3.2: "a little over three"}
    yield f"brought the wait for a sidewalk from {words[before]} weeks to {words[after]}"


GOALS: Mapping[str, Callable[[], Phrases]] = {
    "requests-done-when-promised": requests_why, "homes-for-newcomers": homes_why, "streets-in-repair": sidewalks_why,
}
