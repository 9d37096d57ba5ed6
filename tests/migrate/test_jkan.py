"""A JKAN site becomes a catalog, and the report says what became of each record."""

import pytest

from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.jkan.importer import DEFAULT_NAME, import_jkan
from migrate.jkan_sites import RESOURCE, TODAY, a_site, entries, imported, matter, record, totals, whys


def test_a_plain_dataset_comes_over_and_nothing_is_said_of_it():
    site = a_site(
        "notes: Every street tree.\norganization: Parks\ncategory: [Environment]\ntags: [trees]\n"
        "license: Creative Commons Attribution 4.0\nmodified: 2026-01-02\ncreated: 2020-03-04\n",
        **{
            "_organizations/parks.md": matter("title: Parks\n"),
            "_dataset_categories/environment.md": matter("name: Environment\n"),
        },
    )
    result = imported(site)

    assert result.files["datasets/trees/dataset.yaml"] == (
        "title: Trees\ndescription: Every street tree.\npublisher: parks\ntopics: [environment]\nkeywords: [trees]\n"
        "license: cc-by-4.0\nissued: 2020-03-04\nmodified: 2026-01-02\nformerly: [/datasets/trees/]\n"
        "files:\n  - url: https://example.gov/trees.csv\n    title: Trees (CSV)\n    format: CSV\n"
    )
    assert entries(result, kinds=("mended", "noted", "doubtful", "left-out", "missing")) == []


def test_what_was_written_loads_without_a_problem():
    result = imported(a_site("organization: Parks\n"), name="Our data")

    assert load(MemoryTree(result.files)).problems == ()


def test_totals_say_what_was_found_and_written():
    result = imported(a_site("organization: Parks\ntags: [a, a, '', b]\ncategory: [x]\n"))

    assert totals(result) == {
        "datasets": (1, 1),
        "files": (1, 1),
        "publishers": (0, 1),
        "topics": (0, 1),
        "licenses": (0, 0),
        "keywords": (4, 2),
        "topics of datasets": (1, 1),
    }


@pytest.mark.parametrize(
    "files", [{}, {"readme.md": "x"}, {"_datasets.md": "x"}], ids=["empty", "something else", "a file of the name"]
)
def test_a_folder_that_is_no_jkan_site_is_a_problem(files):
    result = imported(files)

    assert [each.code for each in result.problems] == ["source-unreadable"]
    assert result.files == {}


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    result = import_jkan(FolderTree(tmp_path / "nowhere"))

    assert [each.code for each in result.problems] == ["source-unreadable"]


def test_a_record_that_cannot_be_read_is_a_problem_and_in_the_report_and_the_others_come_over():
    result = imported(a_site(**{"_datasets/broken.md": matter("}\n"), "_datasets/bare.md": "no front matter"}))

    assert [(each.code, each.where.path) for each in result.problems] == [
        ("source-unreadable", "_datasets/bare.md"),
        ("source-unreadable", "_datasets/broken.md"),
    ]
    assert totals(result)["datasets"] == (3, 1)
    assert [each.source for each in result.report.records if not each.path] == ["_datasets/bare.md", "_datasets/broken.md"]


def test_a_record_that_the_old_site_hides_is_planned_here_and_that_is_said():
    result = imported(a_site(**{"_datasets/secret.md": matter("title: Secret\npublished: false\n")}))

    assert "status: planned\nreason: The former site held" in result.files["datasets/secret/dataset.yaml"]
    assert totals(result)["datasets"] == (2, 2)
    assert [each.why for record in result.report.records for each in record.entries if each.field == "published"] == [
        "a record that the old site did not publish is planned here"
    ]


@pytest.mark.parametrize(
    ("config", "options", "name"),
    [
        ("title: City data\n", {}, "City data"),
        ("title: City data\n", {"name": "New data"}, "New data"),
        ("", {}, DEFAULT_NAME),
        ("x: [\n", {}, DEFAULT_NAME),
    ],
    ids=["settings", "option", "neither", "settings that are no YAML"],
)
def test_the_sites_name_is_the_option_else_the_title_of_the_settings(config, options, name):
    assert record(imported(a_site(**{"_config.yml": config}), **options), "site.yaml")["name"] == name


@pytest.mark.parametrize(("length", "key"), [(300, "tagline"), (301, "description")], ids=["short", "long"])
def test_the_sites_description_opens_the_home_page_when_it_is_short(length, key):
    assert (
        len(record(imported(a_site(**{"_config.yml": f"description: {'x' * length}\n"})), "site.yaml")[key].strip()) == length
    )


@pytest.mark.parametrize(
    ("config", "dataset", "old"),
    [
        ("", "", ["/datasets/trees/"]),
        ("collections:\n  datasets: {permalink: '/d/:path.html'}\n", "", ["/d/trees.html"]),
        ("collections:\n  datasets: {permalink: '/:collection/:name:output_ext'}\n", "", ["/datasets/trees.html"]),
        ("collections:\n  datasets: {permalink: '/:year/:title/'}\n", "", []),
        ("collections:\n  datasets: {permalink: '/data/:path/'}\n", "", []),
        ("", "permalink: /all/trees/\n", ["/all/trees/"]),
        ("", "redirect_from: [/old/trees/, old-trees]\n", ["/datasets/trees/", "/old/trees/", "/old-trees"]),
        ("", "redirect_from: /old/trees/\n", ["/datasets/trees/", "/old/trees/"]),
    ],
    ids=[
        "as shipped",
        "settings",
        "placeholders",
        "placeholder unknown",
        "the same as here",
        "own",
        "redirects",
        "one redirect",
    ],
)
def test_old_addresses_are_kept_as_former_paths(config, dataset, old):
    assert record(imported(a_site(dataset, **{"_config.yml": config}))).get("formerly", []) == old


def test_an_old_address_that_cannot_be_a_former_path_is_in_the_report():
    result = imported(a_site(stem="city trees"))

    assert record(result, "datasets/city-trees/dataset.yaml").get("formerly") is None
    assert ("/datasets/city trees/", "/data/city-trees/") in [(each.old, each.instead) for each in result.report.addresses]


def test_an_old_address_of_two_records_forwards_to_the_first_and_the_other_is_in_the_report():
    result = imported(a_site("permalink: /t/\n", **{"_datasets/trees2.md": matter(f"permalink: /t/\n{RESOURCE}")}))

    assert record(result)["formerly"] == ["/t/"]
    assert ("/t/", "/data/trees2/", "another record has it too") in [(a.old, a.instead, a.why) for a in result.report.addresses]


@pytest.mark.parametrize(
    ("stems", "ids"),
    [
        (["boost_business"], ["boost-business"]),
        (["a_b", "a-b"], ["a-b", "a-b-2"]),
        (["sub/trees"], ["sub-trees"]),
    ],
    ids=["underscore", "two alike", "folder"],
)
def test_a_file_name_that_is_no_id_becomes_one_and_that_is_said(stems, ids):
    result = imported({f"_datasets/{stem}.md": matter(RESOURCE) for stem in stems})

    assert {f"datasets/{each}/dataset.yaml" for each in ids} <= set(result.files)
    assert "made into an id that can be part of an address" in whys(result, f"datasets/{ids[-1]}/dataset.yaml")


def test_collections_in_a_folder_of_their_own_are_found():
    result = imported(
        {"_config.yml": "collections_dir: catalog\n", "catalog/_datasets/trees.md": matter(f"title: Trees\n{RESOURCE}")}
    )

    assert record(result)["formerly"] == ["/datasets/trees/"]


def test_texts_of_the_site_that_are_no_records_are_named():
    result = imported(
        a_site(
            **{
                "about.md": "x",
                "_data/lost.md": matter(RESOURCE),
                "docs/x.md": "x",
                "_datasets/a.csv": "a",
                "_config.yml": "title: x\n",
            }
        )
    )

    assert set(result.report.unread) == {"about.md", "_data/lost.md", "_datasets/a.csv", "_config.yml"}
    assert "looks like a dataset" in result.report.unread["_data/lost.md"]


def test_keys_that_only_the_old_software_uses_are_counted():
    assert imported(a_site("layout: dataset\nschema: default\n")).report.settings == {"layout": 1, "schema": 1}


def test_the_same_site_gives_the_same_files_whatever_the_order_it_is_listed_in():
    site = a_site(
        "organization: A\n", **{"_datasets/b.md": matter("organization: a\n"), "_organizations/z.md": matter("title: a.\n")}
    )

    assert imported(site).files == imported(dict(reversed(site.items()))).files


def test_the_reports_lie_in_the_catalog_where_the_loader_does_not_look():
    assert {"reports/import-jkan.md", "reports/import-jkan.json"} <= set(imported(a_site()).files)


def test_without_a_day_no_date_is_called_future():
    site = a_site("modified: 2999-01-01\n")

    assert "a date that lies in the future" in whys(imported(site, today=TODAY))
    assert "a date that lies in the future" not in whys(imported(site, today=None))


def test_broken_marks_in_file_names_do_not_break_the_report():
    result = imported({"_datasets/tr\udce9es.md": matter(RESOURCE), "_data/\udcff.md": "x"})

    assert totals(result)["datasets"] == (1, 1)
    assert "\\udcff" in result.files["reports/import-jkan.json"]


class Unreadable(MemoryTree):
    """A site of which one file cannot be opened."""

    def nodes(self):
        return MemoryTree(self.files).nodes()

    def read(self, path):
        if path == "_datasets/locked.md":
            raise PermissionError(13, "Permission denied")
        return super().read(path)


def test_a_file_that_cannot_be_opened_is_a_problem_and_in_the_report():
    result = import_jkan(Unreadable(a_site(**{"_datasets/locked.md": matter(RESOURCE)})))

    assert [(each.where.path, each.says) for each in result.problems] == [
        ("_datasets/locked.md", "the file could not be read: Permission denied")
    ]
    assert totals(result)["datasets"] == (2, 1)


def test_a_category_file_that_cannot_be_read_is_counted():
    result = imported(a_site(**{"_dataset_categories/broken.md": "no front matter"}))

    assert totals(result)["topics"] == (1, 0)
    assert result.report.totals[3].because == ("1 could not be read",)


WHOLE = {
    "_config.yml": "title: City data\ndescription: What the city knows.\nschema: city\n",
    "_data/schemas/city.yml": "dataset_fields:\n- {field_name: owner, label: Owner, datajson: publisher.name}\n",
    "_data/licenses.yml": "items:\n- {name: City terms, url: 'https://example.gov/terms'}\n",
    "_organizations/streets.md": matter("title: Streets\ndescription: Roads and signs.\n"),
    "_dataset_categories/roads.md": matter("name: Roads\n"),
    "_licenses/terms.md": matter("title: City terms\n", "Use it well."),
    "_datasets/potholes.md": matter(
        "title: 'Potholes: repaired'\nowner: streets\ncategory: [Roads]\ntags: [311, 'a, b']\nlicense: City terms\n"
        "notes: |\n  Every pothole.\n\n  - repaired\n  - not yet\nmodified: R/P1W\ncreated: 2020-01-02\n"
        "area_of_interest: The city\ntime_period: 2019 - present\nmaintainer: Road team\nmaintainer_email: roads@example.gov\n"
        "usage: Public\nresources:\n- {name: All, url: 'https://example.gov/a b.csv', format: csv}\n"
        "- {name: Map, url: '', format: HTML}\n"
    ),
}


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        (
            "site.yaml",
            [
                "name: City data",
                "tagline: What the city knows.",
                "forwards:",
                "  /datasets/: /data/",
                "  /organizations/: /publishers/",
                "  /categories/: /topics/",
            ],
        ),
        ("publishers/streets.yaml", ["title: Streets", "description: Roads and signs.", "formerly: [/organizations/streets/]"]),
        ("topics/roads.yaml", ["title: Roads", "formerly: [/categories/roads/]"]),
        ("licenses/city-terms.yaml", ["title: City terms", "url: https://example.gov/terms", "description: Use it well."]),
        (
            "datasets/potholes/dataset.yaml",
            [
                'title: "Potholes: repaired"',
                "description: |",
                "  Every pothole.",
                "",
                "  - repaired",
                "  - not yet",
                "publisher: streets",
                "contact: {name: Road team, email: roads@example.gov}",
                "topics: [roads]",
                'keywords: [311, "a, b"]',
                "license: city-terms",
                "frequency: weekly",
                "issued: 2020-01-02",
                "temporal: {start: 2019}",
                "spatial: The city",
                "formerly: [/datasets/potholes/]",
                "files:",
                "  - url: https://example.gov/a%20b.csv",
                "    title: All",
                "    format: CSV",
                "  - missing: The catalog it was listed in gives no address.",
                "    title: Map",
                "    format: HTML",
                "notes:",
                "  Usage: Public",
            ],
        ),
    ],
    ids=["site", "publisher", "topic", "license", "dataset"],
)
def test_the_files_look_as_a_person_would_have_written_them(path, lines):
    assert imported(WHOLE).files[path].splitlines() == lines


def test_the_report_of_a_whole_site_names_each_thing_once():
    assert entries(imported(WHOLE), "datasets/potholes/dataset.yaml") == [
        ("joined", "owner", "streets", "Streets"),
        ("noted", "modified", "R/P1W", "frequency: weekly"),
        ("mended", "time_period", "2019 - present", "start 2019"),
        ("mended", "resources[1].url", "https://example.gov/a b.csv", "https://example.gov/a%20b.csv"),
        ("mended", "resources[1].format", "csv", "CSV"),
        ("noted", "usage", "Public", "notes"),
    ]


def test_what_a_whole_site_becomes_loads_without_a_problem():
    assert load(MemoryTree(imported(WHOLE).files)).problems == ()
