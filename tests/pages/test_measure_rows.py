"""A value of a measure leads to the explorer with everything that the value depends on in the address."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest

from cities import a_build, a_measured_city, loaded
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.model.measured import Measure, Observation, Series
from cityfolio.model.performance import (
    ComputeRecord,
    PercentileRecord,
    PeriodRecord,
    RatioRecord,
)
from cityfolio.pages.measure_rows import column_text, rows_file, rows_link
from cityfolio.pages.pages import site_of
from cityfolio.pages.shell import Site
from cityfolio.publish.folder_sink import FolderSink
from pages.drawing import the_theme

PAGE = "/measures/on-time/"
MAY = Observation(period="2026-05", value=Decimal(1), rows=2)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A built city with a measure of repairs."""
    files, build = a_measured_city(), a_build(base_url="")
    folder = tmp_path_factory.mktemp("rows") / "site"
    result = build_site(loaded(files), build, Workshop(tree=MemoryTree(files), sink=FolderSink(folder)))
    assert result.catalog is not None
    return site_of(result.catalog, build, the_theme())


def counted(site: Site, period: PeriodRecord = PeriodRecord(), **compute: Any) -> Measure:  # noqa: B008
    """The measure of repairs, made in another way."""
    measure = site.catalog.measures[0]
    record = replace(measure.record, period=period,
                     compute=ComputeRecord(**{"dataset": "repairs", "date": "closed", **compute}))
    return replace(measure, record=record)


def asked(site: Site, measure: Measure, series: Series = Series(), observation: Observation = MAY) -> list[str]:  # noqa: B008
    """What the address of all rows says, part by part."""
    link = rows_link(measure, series, observation, site, PAGE).all
    assert link is not None
    return unquote(link.href.partition("?")[2]).split("&")


def test_a_share_leads_to_its_rows_and_to_the_good_ones(site: Site) -> None:
    links = rows_link(site.catalog.measures[0], Series(), MAY, site, PAGE)
    assert links.all is not None
    assert links.good is not None

    assert links.all.href == ("../../data/repairs/repairs/?where=kind%20%3D%3D%20%27POTHOLE%27"
                              "&where=closed~between~2026-05-01~2026-05-31")
    assert "where=days <= 3" in unquote(links.good.href)


WAYS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "rows": ({"count": "rows"}, []),
    "a sum": ({"sum": "days"}, ["where=days~filled", "ask=sum~days"]),
    "a mean": ({"mean": "days"}, ["where=days~filled", "ask=mean~days"]),
    "a median": ({"median": "days"}, ["where=days~filled", "ask=median~days"]),
    "different values": ({"count": "kind"}, ["where=kind~filled", "ask=count", "by=kind"]),
    "a percentile": ({"percentile": PercentileRecord(of="days", at=Decimal(90))}, ["where=days~filled"]),
    "a share by weight": ({"ratio": RatioRecord(good="kind == 'SIGN'", weight="days")}, ["where=days~filled", "ask=sum~days"]),
}


@pytest.mark.parametrize(("compute", "more"), WAYS.values(), ids=WAYS)
def test_the_explorer_is_asked_for_the_number(site: Site, compute: dict[str, Any], more: list[str]) -> None:
    assert asked(site, counted(site, **compute)) == ["where=closed~between~2026-05-01~2026-05-31", *more]


@pytest.mark.parametrize(("group", "said"), [("2", "where=district~is~2"), ("", "where=district~empty")])
def test_a_group_is_a_filter(site: Site, group: str, said: str) -> None:
    assert said in asked(site, counted(site, count="rows"), Series(by="district", group=group))


def test_a_group_in_time_is_found_by_the_clock(site: Site) -> None:
    assert "where=closed~between~2026-05-04~2026-05-04" in asked(site, counted(site, count="rows"),
                                                                Series(by="closed", group="2026-05-04"))


@pytest.mark.parametrize(("period", "ends"), [("FY2026", "2025-07-01~2026-06-30"), ("2026-W07", "2026-02-09~2026-02-15"),
                                              ("2026-Q2", "2026-04-01~2026-06-30")])
def test_a_period_is_its_days(site: Site, period: str, ends: str) -> None:
    observation = replace(MAY, period=period)

    assert asked(site, counted(site, count="rows"), observation=observation) == [f"where=closed~between~{ends}"]


def test_zone_and_calendar_are_said_where_a_condition_reads_them(site: Site) -> None:
    period = PeriodRecord(timezone="America/New_York")

    assert asked(site, counted(site, period, count="rows", where="days <= 3", calendar="city"))[-2:] == [
        "tz=America/New_York", "calendar=city"]
    assert asked(site, counted(site, period, count="rows", calendar="city")) == ["where=closed~between~2026-05-01~2026-05-31"]


def test_a_value_that_is_not_there_or_was_entered_by_hand_leads_nowhere(site: Site) -> None:
    measure = site.catalog.measures[0]
    hidden = replace(measure, computed=replace(measure.computed, is_recountable=False))

    assert rows_link(measure, Series(), replace(MAY, value=None), site, PAGE).all is None
    assert rows_link(hidden, Series(), MAY, site, PAGE).all is None
    assert rows_file(hidden) == ""
    assert rows_file(measure) == "/measures/on-time/rows.csv"


@pytest.mark.parametrize(("name", "text"), [("closed_at", "closed_at"), ("in", "`in`"), ("the ward", "`the ward`"),
                                            ("é", "`é`")])
def test_a_column_is_named_as_conditions_name_it(name: str, text: str) -> None:
    assert column_text(name) == text
