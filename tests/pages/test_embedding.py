import json

import pytest

from cityfolio.feeds.oembed import oembeds
from cityfolio.model.maps import MapRecord, TilesRecord
from cityfolio.pages.columns import table_of
from cityfolio.pages.embedding import embed_page, frame_code, iframe, oembed_twin, resizer_code
from cityfolio.pages.pages import site_of
from cityfolio.pages.shell import drawn
from cityfolio.pages.taking import take
from cityfolio.pages.words import Words
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_dataset, a_file, a_profile
from pages.reader import page_at

FRAME = ('<iframe src="https://data.example.gov/embed/data/trees/all/" title="Trees" width="100%" height="480" '
         'loading="lazy"></iframe>')


def a_table(**given):
    return a_file("trees.csv", page="all", profile=a_profile(), **given)


def a_dataset_of(file, **given):
    return a_dataset("Trees", files=(file,), **given)


def a_site_of(dataset, **build):
    return site_of(a_catalog(dataset), a_build(**build), the_theme())


def embedded(title="Trees"):
    file = a_table()
    dataset = a_dataset_of(file)
    output = drawn(embed_page(dataset, file, title, table_of(file, Words()).preview, a_site_of(dataset)), a_site_of(dataset))
    return page_at([output], "/embed/data/trees/all/")


def test_the_page_to_be_embedded_shows_the_table_alone_and_leads_back():
    page = embedded()

    assert page.main.heading(1) == "Trees"
    assert page.main.link("See all rows").address == "../../../../data/trees/all/"
    assert len(page.main.all("table")) == 1
    assert "Customer Service Center" in page.main.text


def test_the_page_to_be_embedded_has_neither_header_nor_footer():
    page = embedded()

    assert page.all("header") == []
    assert page.all("footer") == []


def test_search_engines_are_led_to_the_page_of_the_table():
    file = a_table()
    page = embed_page(a_dataset_of(file), file, "Trees", None, a_site_of(a_dataset_of(file)))

    assert not page.listed
    assert page.canonical == "/data/trees/all/"


def test_a_frame_is_one_line_of_html():
    file = a_table()
    dataset = a_dataset_of(file)

    assert frame_code(dataset, file, "Trees", a_site_of(dataset)) == FRAME


def test_nothing_gets_out_of_a_frame():
    assert iframe("https://example.gov/", '"><script>') == (
        '<iframe src="https://example.gov/" title="&quot;&gt;&lt;script&gt;" width="100%" height="480" '
        'loading="lazy"></iframe>')


@pytest.mark.parametrize("build", [{"base_url": ""}, {"for_folder": True}], ids=["no address", "a folder"])
def test_there_is_no_frame_of_what_has_no_address(build):
    file = a_table()
    dataset = a_dataset_of(file)
    taken = take(dataset, file, "Trees", a_site_of(dataset, **build))

    assert (taken.frame, taken.address, taken.resizer) == ("", "", "")


def test_oembed_gives_the_frame():
    file = a_table()
    catalog = a_catalog(a_dataset_of(file))
    (output,) = oembeds(catalog, a_build())
    assert isinstance(output.body, bytes)

    assert output.url == "/data/trees/all/oembed.json"
    assert json.loads(output.body) == {
        "version": "1.0", "type": "rich", "title": "Trees", "provider_name": "Example City open data",
        "provider_url": "https://data.example.gov/", "html": FRAME, "width": 640, "height": 480,
        "author_name": "Customer Service Center",
    }


def test_there_is_no_oembed_without_the_address_of_the_site():
    file = a_table()
    dataset = a_dataset_of(file)

    assert [*oembeds(a_catalog(dataset), a_build(base_url=""))] == []
    assert oembed_twin(dataset, file, a_site_of(dataset, base_url="")) == ()
    assert oembed_twin(dataset, file, a_site_of(dataset))[0].url == "/data/trees/all/oembed.json"


def test_what_cannot_be_bundled_is_not_spoken_of():
    dataset = a_dataset_of(a_table())
    site = a_site_of(dataset)

    assert resizer_code(site) in ("", '<script src="https://data.example.gov/embed/embed.js" async></script>')


def test_the_page_to_be_embedded_lets_in_the_tile_server_that_a_city_names():
    file = a_table()
    dataset = a_dataset_of(file)
    tiles = TilesRecord(url="https://tiles.example.gov/{z}/{x}/{y}.png", attribution="© City")
    site = site_of(a_catalog(dataset, map=MapRecord(tiles=tiles)), a_build(), the_theme())

    assert "img-src 'self' https://tiles.example.gov;" in embed_page(dataset, file, "Trees", None, site).policy
