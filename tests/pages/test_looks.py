"""A city's logo, face, and links of head and foot: safe, sized, and on every page."""

import struct
import zlib

import pytest

from cities import a_bench, a_build as a_build_of_city, a_city, loaded
from cityfolio.files import MemoryTree
from cityfolio.inspecting import inspected
from cityfolio.model.looks import LogoRecord, SiteLinkRecord
from cityfolio.pages.direction import direction_of
from cityfolio.pages.drawings import Unfit, lost_words, safe_svg
from cityfolio.pages.looks import LARGEST_LOGO, PNG, with_looks
from cityfolio.problems import Location
from pages.drawing import draw_site, the_theme
from pages.factories import a_catalog, a_dataset, a_site

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path fill="#123456" d="M0 0h120v40H0z"/></svg>'
A_FACE = b"wOF2" + struct.pack(">4sI", bytes(4), 48) + bytes(36)
DATASET = "/data/service-requests-311/"


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


A_PNG = PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 90, 30, 8, 6, 0, 0, 0)) + chunk(b"IEND", b"")


def place(*keys):
    return Location(path="site.yaml", line=2, column=7)


def looking(files, **settings):
    """The theme of a city with these files in `theme/`, and what is wrong with them."""
    tree = MemoryTree({f"theme/{name}": body for name, body in files.items()})
    return with_looks(the_theme(), a_site(**settings), place, tree)


def site_with(files, **settings):
    theme, problems = looking(files, **settings)
    assert problems == ()
    return draw_site(catalog=a_catalog(a_dataset(), site=a_site(**settings)), theme=theme)


@pytest.mark.parametrize(("name", "body"), [("logo.svg", SVG), ("logo.png", A_PNG)])
def test_a_logo_stands_beside_the_name_on_every_page_with_its_room(name, body):
    site = site_with({name: body}, logo=LogoRecord(path=name, alt="City seal"))

    for url in ("/", DATASET, "/about/"):
        picture = site.page(url).one("img")
        assert [picture.get(each) for each in ("alt", "width", "height")] == ["City seal", "120", "40"]
        assert picture.get("src").rpartition("/")[2] in {output.url.rpartition("/")[2] for output in site.outputs}
    assert site.page("/").one("a", **{"class": "wordmark"}).text == "Example City open data"


def test_a_logo_is_the_icon_of_the_tab_so_that_a_page_asks_for_one_file():
    page = site_with({"a.png": A_PNG}, logo=LogoRecord(path="a.png")).page("/")
    icon = page.one("link", rel="icon")

    assert icon.address == page.one("img").get("src")
    assert icon.get("type") == "image/png"


def test_a_logo_without_words_is_an_ornament():
    assert site_with({"a.svg": SVG}, logo=LogoRecord(path="a.svg")).page("/").one("img").get("alt") == ""


def test_a_site_without_a_logo_has_no_picture():
    assert draw_site(a_dataset()).page("/").all("img") == []


@pytest.mark.parametrize("harm", [
    b"<script>alert(1)</script>", b'<image href="https://evil.example/x.png"/>', b"<style>@import url(//evil.example)</style>",
    b"<foreignObject><p>x</p></foreignObject>", b'<a href="https://evil.example"><path d="M0 0"/></a>',
    b'<path onload="alert(1)" d="M0 0"/>', b'<path style="fill:url(//evil.example)" d="M0 0"/>',
    b'<path fill="url(https://evil.example/#a)" d="M0 0"/>', b'<use href="https://evil.example/a.svg#b"/>',
    b'<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,x"/>',
    b'<animate attributeName="href" values="javascript:alert(1)"/>', b"<!-- evil.example --><?evil alert?>",
], ids=["script", "image", "style", "foreign", "link", "handler", "style attribute", "fill", "use", "xlink", "animation",
        "comment"])
def test_what_could_harm_is_taken_out_of_a_drawing(harm):
    drawing = safe_svg(SVG.replace(b"</svg>", harm + b'<circle r="7"/></svg>'))

    assert not [word for word in (b"evil", b"alert", b"javascript", b"script", b"data:") if word in drawing.body]
    assert b'r="7"' in drawing.body
    assert (drawing.size.width, drawing.size.height) == (120, 40)


def test_parts_of_a_drawing_may_use_one_another():
    body = safe_svg(SVG.replace(b"</svg>", b'<linearGradient id="a"/><rect fill="url(#a)"/><use href="#b"/></svg>')).body

    assert b'fill="url(#a)"' in body
    assert b'href="#b"' in body


@pytest.mark.parametrize(("body", "says"), [
    (b"GIF89a", "it is not SVG"), (b"<html/>", "it is not SVG"), (b"", "it is not SVG"),
    (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "it declares entities"),
    (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "it has neither a `viewBox`"),
    (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 wide 4"/>', "it has neither a `viewBox`"),
    (SVG.replace(b"120 40", b"nan nan"), "it has no size"), (SVG.replace(b"120 40", b"inf 40"), "it has no size"),
    (SVG.replace(b"120 40", b"-120 40"), "it has no size"), (SVG.replace(b"120 40", b"1e300 1e-300"), "would be a line"),
    (SVG.replace(b"<path", b"<g>" * 9_000 + b"<path").replace(b"</svg>", b"</g>" * 9_000 + b"</svg>"), "groups are more than"),
    (f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE svg [<!ENTITY a "b">]>{SVG.decode()}'.encode("utf-16"), "SVG in UTF-8"),
    (b'<?xml version="1.0"?>' + SVG.replace(b"#123456", b"\xe9"), "SVG in UTF-8"),
    (SVG.replace(b'path fill="#123456" d="M0 0h120v40H0z"', b'image href="data:image/png;base64,A"'),
     "it draws nothing, for <image> cannot be published"),
    (SVG.replace(b'<path fill="#123456" d="M0 0h120v40H0z"/>', b""), "it draws nothing$"),
], ids=["a GIF", "a page", "nothing", "entities", "no size", "no number", "not a number", "endless", "negative", "a line",
        "deep", "another encoding", "a byte of another", "a picture alone", "nothing in it"])
def test_a_drawing_that_cannot_be_used_says_why(body, says):
    with pytest.raises(Unfit, match=says):
        safe_svg(body)


@pytest.mark.parametrize(("part", "kept"), [
    (b"""<rect fill="url('#a')"/>""", b"""fill="url('#a')\""""),
    (b"""<rect style="fill:url( &quot;#a&quot; )"/>""", b'fill="url( &quot;#a&quot; )"'),
    (b'<g style="display:none"/>', b'display="none"'), (b'<g visibility="hidden"/>', b'visibility="hidden"'),
], ids=["in quotation marks", "in a style", "not drawn", "not seen"])
def test_colors_of_its_own_and_what_is_hidden_stay_in_a_drawing(part, kept):
    drawing = safe_svg(SVG.replace(b"</svg>", part + b"</svg>"))

    assert kept in drawing.body
    assert drawing.lost == ()


def test_attributes_that_were_lost_are_named_as_such():
    assert lost_words(("style", "@filter")) == "<style>, filter are left out"


def test_an_encoding_that_nobody_knows_is_not_believed():
    assert safe_svg(b'<?xml version="1.0" encoding="nonesuch"?>' + SVG).size.width == 120


def test_styles_of_a_shape_become_its_attributes():
    styled = SVG.replace(b'fill="#123456"', b'style="fill: #7a1fa2 !important; stroke:none;width:9px;fill-rule:evenodd"')
    body = safe_svg(styled).body

    assert b'fill="#7a1fa2"' in body
    assert b'stroke="none"' in body
    assert b'fill-rule="evenodd"' in body
    assert b"style" not in body
    assert b"9px" not in body


def test_an_escape_in_an_attribute_hides_no_address():
    assert b"evil" not in safe_svg(SVG.replace(b"#123456", rb"\75 rl(//evil.example)")).body


@pytest.mark.parametrize(("part", "lost"), [
    (b"<style>.a{fill:red}</style>", ("style",)), (b'<image href="a.png"/><filter/>', ("image", "filter")),
    (b"<a href='/'><path d='M0 0'/></a>", ("a",)), (b"<script>1</script>", ()), (b"<metadata>x</metadata><!-- x -->", ()),
    (b'<x:view xmlns:x="http://example.org/x"/>', ()), (b'<g filter="url(#a)"/>', ("@filter",)),
    (b'<g style="transform:rotate(3deg);mix-blend-mode:multiply;filter:none"/>', ("@transform", "@mix-blend-mode")),
    (b'<path fill="url(//evil.example)" d="M0 0"/>', ("@fill",)), (b'<g display="none" style="visibility:hidden"/>', ()),
], ids=["styles", "pictures and effects", "a link that draws", "a script", "what is not drawn", "another vocabulary",
        "an effect", "effects in a style", "a color from elsewhere", "what is hidden"])
def test_what_a_reader_would_miss_is_named(part, lost):
    assert safe_svg(SVG.replace(b"</svg>", part + b"</svg>")).lost == lost


def test_a_drawing_that_lost_a_part_is_a_warning_and_published():
    body = SVG.replace(b"<path", b"<style>path{fill:red}</style><path")
    theme, [problem] = looking({"a.svg": body}, logo=LogoRecord(path="a.svg"))

    assert (problem.code, problem.severity) == ("logo-reduced", "warning")
    assert "<style> is left out" in problem.says
    assert theme.logo is not None


@pytest.mark.parametrize("given", ["Seal.svg", "theme/seal.svg"])
def test_a_file_of_nearly_that_name_is_named(given):
    _, [problem] = looking({"seal.svg": SVG, "face.woff2": A_FACE}, logo=LogoRecord(path=given))

    assert 'Did you mean "seal.svg"?' in problem.fix
    assert "woff2" not in problem.fix


def test_a_drawing_with_the_usual_declaration_of_its_kind_is_taken():
    kind = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'

    assert safe_svg(kind + SVG).size.width == 120


@pytest.mark.parametrize(("files", "settings", "code", "says"), [
    ({}, {"logo": LogoRecord(path="a.svg")}, "logo-unfit", 'the logo "a.svg" cannot be used: there is no such file in theme/'),
    ({"a.svg": b" " * (LARGEST_LOGO + 1)}, {"logo": LogoRecord(path="a.svg")}, "logo-unfit",
     'the logo "a.svg" cannot be used: it has 200,001 bytes, and every page has it: 200,000 are the most'),
    ({"a.png": PNG}, {"logo": LogoRecord(path="a.png")}, "logo-unfit", 'the logo "a.png" cannot be used: it has no size'),
    ({"a.png": A_PNG[:-12]}, {"logo": LogoRecord(path="a.png")}, "logo-unfit",
     'the logo "a.png" cannot be used: it is not whole'),
    ({"a.woff2": A_FACE[:-1]}, {"font_file": "a.woff2"}, "font-unfit",
     'the font "a.woff2" cannot be used: it is not whole: it has 47 bytes and says that it has 48'),
    ({"a.ttf": b"\0\1\0\0"}, {"font_file": "a.ttf"}, "font-unfit", 'the font "a.ttf" cannot be used: it is not WOFF2'),
], ids=["absent", "large", "without a head", "cut", "a cut face", "another format"])
def test_a_file_that_cannot_be_used_is_a_problem_at_its_key(files, settings, code, says):
    _, [problem] = looking(files, **settings)

    assert (problem.code, problem.says, problem.where.line) == (code, says, 2)


def test_a_face_of_the_citys_own_takes_the_place_of_the_other_and_is_fetched_ahead():
    site = site_with({"city.woff2": A_FACE}, font_file="city.woff2")
    faces = [output.url for output in site.outputs if output.url.endswith(".woff2")]

    assert len(faces) == 1
    assert faces[0].rpartition("/")[2] in site.style()
    assert '--font-text:"City Face",' in site.style()
    assert "Public Sans" not in site.style()
    assert [part.address for part in site.page("/about/").all("link", rel="preload")] == [f"..{faces[0]}"]


def test_links_and_words_of_the_city_stand_in_the_head_and_at_the_foot_of_every_page():
    link = SiteLinkRecord(text="Careers", url="https://example.gov/jobs")
    site = site_with({}, header_links=(SiteLinkRecord(text="Council", url="https://example.gov/council"),),
                     footer_links=(link,), footer_text="City Hall, *Monday*.<script>x</script>")

    for url in ("/", DATASET):
        page = site.page(url)
        assert page.one("header", **{"class": "site-header"}).link("Council").address == "https://example.gov/council"
        assert page.one("footer").link("Careers").address == "https://example.gov/jobs"
        assert "City Hall, Monday." in page.one("footer").text
        assert page.one("footer").all("script") == []


def test_what_is_wrong_with_a_logo_is_told_with_all_else():
    files = a_city(**{"site.yaml": "name: Example City\nlogo: {path: gone.svg}\n"})
    problems = inspected(loaded(files), a_build_of_city(), a_bench(MemoryTree(files)))[3]

    assert [each.where.line for each in problems if each.code == "logo-unfit"] == [2]


@pytest.mark.parametrize(("language", "expected"), [
    ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur-PK", "rtl"), ("az-Arab", "rtl"), ("en", ""), ("es-MX", ""),
    ("az", ""), ("ku-Latn", ""), ("ar-Latn", ""), ("AR", "rtl")])
def test_a_language_says_which_way_it_is_read(language, expected):
    assert direction_of(language) == expected


def test_a_page_that_is_read_from_the_left_does_not_say_so():
    assert draw_site(a_dataset()).page("/").element.get("dir") is None
