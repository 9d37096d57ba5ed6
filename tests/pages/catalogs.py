"""Whole catalogs for tests of every page: one with all that pages can show, one in Greek letters, one that means harm."""

from __future__ import annotations

from datetime import date
from typing import Any

from cityfolio.model.answers import Answers, Others
from cityfolio.model.catalog import Catalog, Export, License
from cityfolio.model.profile import Count, Gap, Together
from cityfolio.model.records import Temporal
from pages.answers import a_chart, a_filter, a_group, a_month, a_question, an_answer
from pages.changelogs import a_changelog, a_version, with_changelogs
from pages.factories import (
    a_build,
    a_catalog,
    a_column,
    a_contact,
    a_dataset,
    a_file,
    a_forward,
    a_profile,
    a_publisher,
    a_repository,
    a_site,
    a_topic,
    an_export,
    categories,
    dates,
    numbers,
    places,
    shapes,
    texts,
)


def a_full_catalog(**settings: Any) -> Catalog:
    """A catalog in which every page type has all it can show."""
    table = a_profile(
        dates(gaps=(Gap(after="2024-03-02", before="2024-03-10", days=7),)), categories(), numbers(sampled=50), texts(),
        left_out=("phone",), repeated_rows=2,
        missing_together=(Together(one="comment", other="days_open", correlation="0.80"),),
    )
    columns = (
        a_column("received_at", title="When", description="First. *Second*."),
        a_column("request_type", values={"Pothole": "Pothole repair"}, required=True, source="https://example.gov/standard"),
        a_column("days_open", unit="days", minimum="0", maximum="500", unique=True, pattern="[0-9]+"),
        a_column("comment", described=False),
    )
    files = [
        a_file("a.csv", page="a", profile=table, columns=columns, left_out=("phone",), exports=a_few_exports("a")),
        a_file("b.xlsx", title="A sheet", format="XLSX", profile=a_profile(encoding="", delimiter="", sheet="A"),
               exports=a_few_exports("b-a")),
        a_file("b.xlsx", id="b.xlsx-2", title="Places", format="XLSX", description="Words.", exports=a_few_exports("b-places"),
               profile=a_profile(numbers(), places(), encoding="", delimiter="", sheet="Places", shapes=shapes(invalid=1))),
        a_file(None, url="https://files.example.gov/all.csv", sample="some.csv", title="All", description="Words."),
    ]
    many = [
        a_file(None, url=f"https://files.example.gov/{at}", title=f"File {at}", format=("CSV", "SHP")[at % 2])
        for at in range(20)
    ]
    topic = a_topic("Streets", description="Streets and what is on them.\n\n# More\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    parent = a_publisher("City of Example", url="https://example.gov", contact=a_contact(phone="704-555-0100"))
    publisher = a_publisher("Public Works", parent="city-of-example", description="Keeps streets.")
    datasets = [
        a_dataset(
            files=files,
            topics=[topic],
            publisher=publisher,
            known_limits="Few.",
            description="Many.\n\n## More\n\nWords.",
            keywords=["potholes"],
            notes={"Source": "CRM"},
            related=["crimes"],
            spatial="Everywhere",
            temporal=Temporal(start="2016", end="2025-11"),
            archive=an_export("everything.zip"),
            answers=a_few_answers(),
        ),
        a_dataset("Crimes", files=many, updated=None, publisher=parent),
        a_dataset("Late one", frequency="daily", updated=a_day_in_2020(), summary=None, description="Words. More."),
        a_dataset("No promise", frequency=None, license=None, publisher=None, contact=None,
                  files=[a_file("s.geojson", format="GeoJSON", exports=a_few_exports("s"))]),
        a_dataset("A plan", status="planned", reason="Next year.", updated=None),
        a_dataset("A secret", status="restricted", reason="By law."),
        a_dataset("An old one", status="retired", reason="Replaced."),
    ]
    return with_changelogs(a_catalog(
        *datasets,
        site=a_site(
            **{
                "notice": "Invented records.",
                "description": "About *us*.",
                "contact": a_contact(),
                "repository": a_repository(),
                **settings,
            }
        ),
        forwards=[a_forward()],
    ), service_requests_311=a_changelog(), crimes=a_changelog(known="shallow", is_cut=True))


def a_few_answers() -> Answers:
    where = (a_filter("request_type", "Pothole", "Nuisance"), a_filter("days_open", test="between", low="1", high="5"))
    months = (a_month("2024-11", "4"), a_month("2024-12", "0", rows=0), a_month("2025-01", "7"), a_month(None))
    return Answers(
        questions=(a_question("31.25", filters=where, says="in 2024", compared=an_answer("6")), a_question(None)),
        charts=(a_chart(a_group("200", key="Pothole"), a_group("9", key=None),
                others=Others(value="9", rows=9, filled=9, groups=2)),
                a_chart(*months, by="received_at", per="month"),
                a_chart(*months[:3], by="received_at", per="month", kind="line")),
    )


def a_few_exports(stem: str) -> tuple[Export, ...]:
    names = (f"{stem}.{ending}" for ending in ("csv", "json", "xlsx", "pmtiles"))
    return tuple(an_export(name) for name in names if name != "a.csv")


def a_day_in_2020() -> date:
    return a_build().today.replace(year=2020)


def a_greek_catalog() -> Catalog:
    """A catalog whose own words have no Latin letter, so that any that is found is the interface's."""
    count = (Count(value="άλφα", rows=200), Count(value="βήτα", rows=50))
    table = a_profile(
        dates("ημέρα"),
        categories("είδος", top=count, distinct=40),
        numbers("πλήθος"),
        texts("λόγια"),
        numbers("κενό", shape="empty", filled=0, bins=()),
        left_out=("αριθμός",),
        repeated_rows=2,
        missing_together=tuple(Together(one=f"α{at}", other=f"β{at}", correlation=value)
                               for at, value in enumerate(("1.00", "0.80", "-0.80", "-1.00"))),
    )
    gaps = tuple(Gap(after=f"{year}-03-02", before=f"{year}-03-10", days=7) for year in (2022, 2023, 2024))
    kinds = tuple(Count(value=kind, rows=rows) for kind, rows in (("Point", 1), ("Polygon", 2), ("GeometryCollection", 3)))
    map_table = a_profile(
        dates("ημέρα", gaps=gaps), dates("χρόνος", gaps=gaps[:1]), numbers("πλήθος", sampled=7), places("θέση"),
        encoding="", delimiter="", sheet="φύλλο", shapes=shapes(kinds=kinds, invalid=1), keys=(("ημέρα",), ("ημέρα", "χρόνος")),
        missing_together=(Together(one="α", other="β", correlation="-0.60"), Together(one="α", other="γ", correlation="0.60")),
    )
    columns = tuple(
        a_column(
            name,
            values={"άλφα": "γάμμα"},
            required=True,
            unique=True,
            minimum="0",
            maximum="9",
            pattern="[0-9]",
            source="https://παράδειγμα.gr",
        )
        for name in table.header[:3]
    )
    columns += tuple(a_column(name, described=False) for name in table.header[3:])
    files = [
        a_file("α.1", title="όλα", format="ΧΨ", profile=table, columns=columns, left_out=("αριθμός",), sha256="0" * 64,
               exports=(an_export("1", format="ΧΖ"),)),
        a_file(None, url="https://παράδειγμα.ελ/1", sample="2", title="μέρος", format="ΧΥ", sha256="1" * 64, bytes=5),
    ]
    files += [a_file(None, url=f"https://παράδειγμα.ελ/{at}", title=f"{at}", format=("ΧΨ", "ΧΥ")[at % 2]) for at in range(14)]
    given = {
        "summary": "σύνοψη",
        "each_row_is": "σειρά",
        "contact": a_contact(name="ομάδα", email="1@2.3", phone="1"),
        "license": License(id="α", title="άδεια"),
        "publisher": a_publisher("εκδότης", id="e"),
        "topics": [a_topic("θέμα", id="t", description="λόγια")],
    }
    datasets = [
        a_dataset(
            "δεδομένα",
            id="1",
            files=files,
            known_limits="όρια",
            notes={"α": "β"},
            keywords=["λέξη"],
            related=["2"],
            description="κείμενο",
            temporal=Temporal(start="2016", end="2025-11"),
            spatial="παντού",
            issued=a_day_in_2020(),
            answers=a_few_greek_answers(),
            **given,
        )
    ]
    packed = {"format": "ΧΨ", "sha256": "0" * 64}
    others = [
        {"updated": a_day_in_2020()},
        {"updated": None},
        {"frequency": None},
        {"frequency": "never"},
        {"license": None},
        {"updated": None, "frequency": None},
        {"files": []},
        {"temporal": Temporal(start="2016")},
        {"temporal": Temporal(end="2016")},
        {"status": "planned", "reason": "λόγος"},
        {"status": "restricted", "reason": "λόγος"},
        {"status": "retired", "reason": "λόγος"},
        {"files": [a_file(None, url="https://παράδειγμα.ελ/", format="HTML", title="α")], "publisher": None},
        {"files": [a_file("2", title=name, profile=map_table, exports=(an_export("3", format="XLSX"),), **packed)
                   for name in ("α", "β")], "archive": an_export("4")},
        {"files": [a_file("2", title="α", exports=(an_export("3", format="ΧΩ"),), **packed)], "archive": an_export("4")},
    ]
    datasets += [
        a_dataset(f"δεδομένα {at}", id=f"{at}", **{**given, "files": files[:1], **other}) for at, other in enumerate(others, 2)
    ]
    parts = [a_publisher("μέρος", id="m", parent="e", contact=a_contact(name="ομάδα"), url="https://1.2")]
    return with_changelogs(a_catalog(
        *datasets,
        publishers=parts,
        forwards=[a_forward(new="/data/1/", title="δεδομένα")],
        site=a_site(
            name="πόλη",
            tagline="φράση",
            notice="προσοχή",
            description="λόγια",
            repository=a_repository(url="https://1.2/3"),
            contact=a_contact(name="ομάδα", email="1@2.3"),
        ),
    ), **{"1": a_changelog("λέξη", versions=(a_version(name="α"),)), "2": a_changelog("λέξη", known="shallow"),
          "3": a_changelog("λέξη", is_cut=True), "4": a_changelog("λέξη", days=())})


def a_few_greek_answers() -> Answers:
    filters = (a_filter("είδος", "άλφα"), a_filter("είδος", "άλφα", "βήτα"), a_filter("λόγια", test="contains", text="α"),
               a_filter("κενό", test="empty"), a_filter("κενό", test="filled"), a_filter("πλήθος", test="between", low="1"),
               a_filter("πλήθος", test="between", high="1"), a_filter("πλήθος", test="between", low="1", high="2"))
    measures = ("sum", "mean", "median", "min", "max")
    said = {"question": "τι;", "says": "αλλού", "compared": an_answer("6"), "of": "πλήθος"}
    return Answers(
        questions=(*(a_question("5", filters=(each,), **said) for each in filters),
                   *(a_question(None, measure=each, **said) for each in measures),
                   a_question("5", **{**said, "of": None}, measure="count")),
        charts=(a_chart(a_group("5", key="άλφα"), a_group("4", key=None), title="τι", by="είδος",
                        others=Others(value="9", rows=9, filled=9, groups=2)),
                *(a_chart(a_month(first, "4"), a_month(None), a_month(last, "5"), title="τι", by="ημέρα", per=per)
                  for per, first, last in (("quarter", "2024-Q1", "2024-Q2"), ("week", "2024-W01", "2024-W02"))),
                a_chart(a_month("2024", "4", rows=0), title="τι", by="ημέρα", per="year"),
                a_chart(a_month("2024", "4"), a_month("2025", "4"), title="τι", by="ημέρα", per="year")),
    )


def a_hostile_catalog(text: str) -> Catalog:
    """One text in every field that takes words, and addresses that lead to harm where a check would have refused them."""
    harm = "javascript:alert(1)"
    table = a_profile(
        categories(text, top=(Count(value=text, rows=300),)),
        texts(f"{text} 2"),
        encoding=text,
        sheet=text,
        keys=((text,),),
        missing_together=(Together(one=text, other=f"{text} 2", correlation="1.00"),),
        shapes=shapes(kinds=(Count(value=text, rows=1),)),
        rows=300,
        first_rows=((text, text),),
        left_out=(text,),
    )
    columns = (
        a_column(text, title=text, description=text, values={text: text}, unit=text, pattern=text, minimum=text, source=harm),
        a_column(f"{text} 2", described=False),
    )
    files = [
        a_file("a.csv", title=text, format=text, profile=table, columns=columns, description=text, left_out=(text,),
               exports=(an_export(text, format=text),)),
        a_file("b.csv", title=text, format=text, profile=table, exports=(an_export(f"{text} 2", format=text),)),
        a_file(None, url=harm, title=text, format=text, description=text),
    ]
    contact = a_contact(name=text, email=None, phone=text, url=harm)
    publisher = a_publisher(text, id="p", description=text, url=harm, contact=contact)
    given = {
        "summary": text,
        "description": text,
        "publisher": publisher,
        "contact": contact,
        "keywords": [text],
        "reason": text,
        "topics": [a_topic(text, id="t", description=text)],
        "known_limits": text,
        "notes": {text: text},
        "spatial": text,
        "each_row_is": text,
        "license": License(id="l", title=text, url=harm),
        "temporal": Temporal(start=text, end=text),
    }
    answers = Answers(
        questions=(a_question(text, question=text, unit=text, of=text, filters=(a_filter(text, text),), says=text,
                              compared=an_answer(text, filters=(a_filter(text, test="contains", text=text),))),),
        charts=(a_chart(a_group("5", key=text), title=text, by=text, unit=text),
                a_chart(a_month("2024"), title=text, by=text, per="year")),
    )
    datasets = [
        a_dataset(text, id="a", files=files, related=["b"], answers=answers, **given),
        a_dataset(text, id="b", status="planned", **given),
    ]
    return with_changelogs(a_catalog(
        *datasets,
        forwards=[a_forward(new="/data/a/", title=text)],
        site=a_site(repository=a_repository(url=harm), name=text, tagline=text, notice=text, description=text, contact=contact),
    ), a=a_changelog(text))
