from decimal import Decimal

import pytest
from markupsafe import Markup

from cityfolio.model.performance import ComputeRecord, PercentileRecord, PopulationRecord, RateRecord, RatioRecord
from cityfolio.model.records import ColumnRecord
from cityfolio.pages.measure_formula import Reader, formula_words, terms
from cityfolio.pages.words import Words

COLUMNS = {
    "kind": ColumnRecord(title="What was asked for", values={"POTHOLE": "Pothole repair"}),
    "closed_at": ColumnRecord(title="When it was closed", type="date"),
    "days_open": ColumnRecord(title="Days open", type="integer"),
}
READER = Reader(words=Words(), columns=COLUMNS)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("kind == 'POTHOLE'", "“What was asked for” is Pothole repair"),
        ("kind != 'OTHER'", "“What was asked for” is not “OTHER”"),
        ("'POTHOLE' == kind", "“What was asked for” is Pothole repair"),
        ("days_open <= 3", "“Days open” is at most 3"),
        ("3 < days_open", "“Days open” is over 3"),
        ("days_open >= 12000", "“Days open” is at least 12,000"),
        ("days_open < 2", "“Days open” is under 2"),
        ("closed_at < '2026-01-01'", "“When it was closed” is before 1 January 2026"),
        ("closed_at <= '2026-01-01'", "“When it was closed” is not after 1 January 2026"),
        ("closed_at > '2026-01-01'", "“When it was closed” is after 1 January 2026"),
        ("closed_at >= '2026-01-01'", "“When it was closed” is not before 1 January 2026"),
        ("closed_at is null", "“When it was closed” is empty"),
        ("closed_at is not null", "“When it was closed” is filled in"),
        ("kind in ('POTHOLE', 'TREE')", "“What was asked for” is one of Pothole repair, “TREE”"),
        ("kind not in ('POTHOLE')", "“What was asked for” is none of Pothole repair"),
        ("not kind == 'POTHOLE'", "it is not so that (“What was asked for” is Pothole repair)"),
        ("is_late and (days_open > 1 or kind == 'TREE')",
         "<code>is_late</code> is true and (“Days open” is over 1 or “What was asked for” is “TREE”)"),
        ("business_days(opened, closed_at) <= 3",
         "the working days from <code>opened</code> to “When it was closed” is at most 3"),
        ("hours(a, b) / 2 > 1", "(the hours from <code>a</code> to <code>b</code> ÷ 2) is over 1"),
        ("year(closed_at) == 2026", "the year of “When it was closed” is 2026"),
        ("lower(kind) == 'x'", "“What was asked for” in small letters is “x”"),
        ("contains(kind, 'tree')", "“What was asked for” contains “tree”"),
        ("starts_with(kind, 'T')", "“What was asked for” begins with “T”"),
        ("unheard_of(a, b, 3) == true", "unheard_of(<code>a</code>, <code>b</code>, 3) is true"),
        ("(a == 1) == (b == null)", "(<code>a</code> is 1) is (<code>b</code> is nothing)"),
    ],
)
def test_an_expression_is_read_aloud(expression, said):
    assert READER.condition(expression) == said


def test_what_a_city_wrote_is_escaped():
    assert READER.condition("kind == '<b>'") == "“What was asked for” is “&lt;b&gt;”"


@pytest.mark.parametrize(
    ("compute", "said"),
    [
        ({"count": "rows"}, "How many there are of the rows of Requests"),
        ({"count": "rows", "where": "days_open > 3"},
         "How many there are of those rows of Requests in which “Days open” is over 3"),
        ({"count": "kind"}, "Among the rows of Requests, how many different values “What was asked for” has"),
        ({"sum": "days_open"}, "Among the rows of Requests, the sum of “Days open”"),
        ({"mean": "days_open"}, "Among the rows of Requests, the mean of “Days open”"),
        ({"median": "days_open"}, "Among the rows of Requests, the median of “Days open”"),
        ({"percentile": PercentileRecord(of="days_open", at=Decimal(90))},
         "Among the rows of Requests, the value of “Days open” that 90% of them do not pass"),
        ({"ratio": RatioRecord(good="days_open <= 3")},
         "Among the rows of Requests, the share in which “Days open” is at most 3"),
        ({"ratio": RatioRecord(good="days_open <= 3", weight="tons")},
         "Among the rows of Requests, the share of <code>tons</code> that belongs to those in which “Days open” is at most 3"),
        ({"rate": RateRecord(per=1000, population=PopulationRecord(dataset="districts", value="people"))},
         "How many there are of the rows of Requests for each 1,000 of <code>people</code>"),
        ({"rate": RateRecord(per=1000, of="days_open", population=PopulationRecord(dataset="districts", value="people"))},
         "Among the rows of Requests, the sum of “Days open” for each 1,000 of <code>people</code>"),
    ],
)
def test_a_formula_is_a_sentence(compute, said):
    formula = formula_words(ComputeRecord(dataset="requests", date="closed_at", **compute), Markup("Requests"), "month", READER)

    assert formula == f"{said}. Rows are put into months by “When it was closed”."


def test_what_else_belongs_to_a_formula_is_said():
    compute = ComputeRecord(calendar="city", min_n=10, ratio=RatioRecord(good="business_days(a, b) <= 3"),
                            rate=RateRecord(population=PopulationRecord(dataset="districts")))

    assert [each.striptags() for each in terms(compute, READER)] == [
        "Working days are all days but Saturdays, Sundays and the holidays of the calendar city.",
        "How many people there are comes from the dataset districts.",
        "A value that fewer than 10 rows stand behind is not shown, nor what would give it away.",
    ]


def test_working_days_without_a_calendar_leave_out_weekends_alone():
    compute = ComputeRecord(where="business_days(a, b) <= 3", count="rows")

    assert [*terms(compute, READER)] == ["Working days are all days but Saturdays and Sundays."]
