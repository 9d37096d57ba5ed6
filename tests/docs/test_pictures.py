"""The pictures of the documents: each is used, each used one is there, and a script can take them all again."""

import re

import pytest

import docs_pages
import pictures
from house.documents import ROOT

PAGES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))}
USED = [(name, alt, target) for name, text in PAGES.items() for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)]
FILES = sorted(path.name for path in pictures.PICTURES.iterdir())


def test_each_picture_is_used_and_each_that_is_used_is_there():
    used = {(ROOT / name).parent.joinpath(target).resolve() for name, _, target in USED}

    assert sorted(used) == [pictures.PICTURES / name for name in FILES]


def test_the_script_takes_every_picture_that_is_there():
    assert sorted(pictures.SHOTS) == FILES


@pytest.mark.parametrize(("name", "alt", "target"), USED, ids=[f"{name} {target}" for name, _, target in USED])
def test_what_a_picture_shows_is_told_to_those_who_do_not_see_it(name, alt, target):
    assert len(alt) > 20
    assert f"\n\n![{alt}]({target})\n" in PAGES[name], "a picture stands in a paragraph of its own"


def test_all_pictures_together_are_light():
    assert sum((pictures.PICTURES / name).stat().st_size for name in FILES) < pictures.MOST_BYTES


@pytest.mark.parametrize("name", FILES)
def test_a_picture_is_as_large_as_the_script_takes_it(name):
    kept, shot = docs_pages.picture_of(name, (pictures.PICTURES / name).read_bytes()), pictures.SHOTS[name]

    assert (kept.width, kept.height) == (shot.width, shot.height)


@pytest.mark.browser
@pytest.mark.torture
def test_every_picture_can_be_taken_again(demonstration, browser):
    taken = {name: docs_pages.picture_of(name, body) for name, body in pictures.pictures(demonstration.site, browser)}

    assert taken == {name: docs_pages.picture_of(name, (pictures.PICTURES / name).read_bytes()) for name in FILES}


@pytest.mark.browser
def test_a_page_that_is_not_there_has_no_picture(tmp_path, browser):
    (tmp_path / "index.html").write_text("<main>Home</main>")

    with pictures.served(tmp_path) as site, pytest.raises(AssertionError, match="/gone/ is not there"):
        pictures.take(pictures.Shot(url="/gone/", width=100, height=100), site, browser)
