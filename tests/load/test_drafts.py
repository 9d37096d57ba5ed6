"""A draft is checked like what is published, and nothing that residents see leads to it."""

from cities import REPAIRS, SITE, TREES, a_bench, a_build, a_measured_city, codes, loaded, problems
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.load.catalog import load
from cityfolio.load.drafts import draft_references, of_drafts, without_drafts
from cityfolio.publish.sinks import MemorySink
from cityfolio.speech import Closing, Speech
from cityfolio.tables.published import read_tables

DRAFT = REPAIRS.replace("topics:", "status: draft\ntopics:")


def a_city_with_a_draft(**changed):
    """A city whose repairs are a draft, with a measure over them."""
    return a_measured_city(**{"datasets__repairs__dataset.yaml": DRAFT, **changed})


def built(files):
    """What a build makes: its result, and its files by path."""
    sink = MemorySink()
    result = build_site(load(MemoryTree(files)), a_build(), Workshop(tree=MemoryTree(files), sink=sink))
    return result, sink.site


def test_a_draft_has_the_problems_of_what_is_published():
    wrong = DRAFT.replace("publisher: parks", "publisher: parcs")
    found = problems(a_city_with_a_draft(**{"datasets__repairs__dataset.yaml": wrong}))

    assert "publisher-unknown" in codes(found)


def test_a_draft_needs_no_reason():
    assert "reason-missing" not in codes(problems(a_city_with_a_draft()))


def test_a_draft_is_in_nothing_that_is_built():
    result, files = built(a_city_with_a_draft())

    assert result.drafts == ("repairs",)
    assert [path for path, body in files.items() if "repairs" in path or b"Pothole repairs" in body] == []


def test_the_forms_of_a_site_with_a_repository_do_not_know_of_a_draft_either():
    site = SITE + "repository: {url: https://github.com/city/data}\n"
    _, files = built(a_city_with_a_draft(**{"site.yaml": site}))

    assert "data/trees/dataset.yaml" in files
    assert [path for path, body in files.items() if "repairs" in path or b"Pothole repairs" in body] == []


def test_a_measure_of_a_draft_is_left_out_with_it():
    _, files = built(a_city_with_a_draft())

    assert [path for path in files if path.startswith("measures/on-time")] == []
    assert [path for path, body in files.items() if b"within 3 working days" in body] == []


def test_what_is_published_again_is_all_there():
    result, files = built(a_measured_city())

    assert result.drafts == ()
    assert {"data/repairs/index.html", "measures/on-time/index.html"} <= files.keys()


def test_a_measure_of_a_draft_is_told_that_it_is_left_out():
    found = [each for each in problems(a_city_with_a_draft()) if each.code == "draft-referenced"]

    assert [(each.where.path, each.where.line) for each in found] == [("measures/on-time/measure.yaml", 7)]
    assert "left out of the site" in found[0].says


def test_references_to_a_draft_are_left_out_and_those_to_others_stay():
    city = loaded(a_city_with_a_draft(**{
        "datasets__trees__dataset.yaml": f"{TREES}related: [repairs, trees]\n",
        "uses__map.yaml": "title: A map\nby: A student\nurl: https://example.org/\ndatasets: [repairs]\n"}))
    kept = without_drafts(city)

    assert kept.datasets["trees"].record.related == ("trees",)
    assert kept.uses["map"].record.datasets == ()
    assert "repairs" not in kept.datasets


def test_a_foreign_key_to_a_draft_is_left_out_whole():
    keyed = TREES.replace("What kind of tree it is}", "What kind, foreign_key: {dataset: repairs, column: kind}}")
    kept = without_drafts(loaded(a_city_with_a_draft(**{"datasets__trees__dataset.yaml": keyed})))

    assert kept.datasets["trees"].record.columns["species"].foreign_key is None


def test_a_draft_may_lead_to_another():
    both = a_city_with_a_draft(**{
        "datasets__trees__dataset.yaml": f"{TREES}status: draft\nrelated: [repairs]\n"})

    assert [each.source.id for each in draft_references(loaded(both))] == ["on-time"]


def test_a_city_without_drafts_stays_the_same_value():
    city = loaded(a_measured_city())

    assert without_drafts(city) is city
    assert of_drafts(city) == frozenset()


def test_linking_leaves_drafts_out_whoever_asks():
    files = a_city_with_a_draft()
    city = loaded(files)
    tables = read_tables(city, a_bench(MemoryTree(files)))

    assert [each.id for each in link(city, tables, a_build()).datasets] == ["trees"]


def test_the_summary_of_a_build_names_drafts(capsys, tmp_path):
    result, _ = built(a_city_with_a_draft())
    Speech.of("text", quiet=False, verbose=False).say_built(Closing(result=result, output=tmp_path), 1.0)

    assert "Left out: 1 draft (repairs)." in capsys.readouterr().out
