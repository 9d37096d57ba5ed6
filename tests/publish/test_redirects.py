"""The file that tells hosts which addresses moved."""

from __future__ import annotations

from cityfolio.publish.redirects import MOST, Moved, redirects_file, redirects_in


def written(*moved: tuple[str, str]) -> str:
    found = redirects_file(Moved(old=old, new=new) for old, new in moved)
    assert found
    assert isinstance(found.body, bytes)
    return found.body.decode()


def test_each_address_that_moved_has_a_line_for_netlify_and_one_for_others() -> None:
    lines = written(("/data/311/", "/data/service-requests/")).splitlines()

    assert lines[1:] == ["/data/311/ /data/service-requests/ 301!", "/data/311/ /data/service-requests/ 301"]


def test_no_file_is_written_where_nothing_moved() -> None:
    assert redirects_file(()) is None


def test_addresses_with_spaces_and_letters_from_everywhere_are_read_back_as_they_were() -> None:
    moved = (("/data/ärzte und/", "/data/a b/"), ("/data/été/", "/data/%41/"))

    assert [(each.old, each.new) for each in redirects_in(written(*moved))] == sorted(moved)


def test_an_address_that_a_host_would_take_for_a_pattern_is_left_to_its_page() -> None:
    assert redirects_file([Moved(old="/datasets/Example::trees/", new="/data/trees/")]) is None


def test_no_more_addresses_are_told_than_hosts_read() -> None:
    text = written(*((f"/data/{number:05}/", "/data/") for number in range(MOST + 5)))

    assert len(redirects_in(text)) == MOST


def test_what_somebody_else_wrote_into_the_file_is_no_move() -> None:
    assert redirects_in("# a comment\n\n/only-one-word\n/a/ /b/ 301\n") == (Moved(old="/a/", new="/b/"),)
