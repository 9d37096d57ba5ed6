"""What `cityfolio links` finds at one address, from servers on this machine."""

from __future__ import annotations

import _socket
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from cityfolio.fetch.question import Patience
from cityfolio.keeping.links.asking import Asking, found_at
from cityfolio.keeping.links.rounds import found
from cityfolio.keeping.links.turns import Turns
from cityfolio.model.health import CheckedLink
from keeping.linked_server import Says, linked
from migrate.portals import TurnedClock

OURS = Patience(silence=0.5, longest=1.5, may_be_local=True)
HURRIED = Patience(silence=0.2, longest=1.5, may_be_local=True)      # with a server that never answers, however long one waits


def asking(clock: TurnedClock | None = None, patience: Patience = OURS, pause: float = 0.0) -> Asking:
    return Asking(turns=Turns(clock=clock or TurnedClock(), pause=pause), patience=patience)


def told(link: CheckedLink) -> tuple[bool, int | None, str]:
    return link.is_well, link.status, link.says


def test_what_is_there_is_well_and_asked_for_shortly():
    with linked({"/trees": Says()}) as server:
        link = found_at(f"{server.root}/trees", asking())

    assert told(link) == (True, 200, "200 OK")
    assert server.asked == [("HEAD", "/trees")]
    assert {agent.partition("/")[0] for agent in server.agents} == {"cityfolio-links"}


def test_what_is_gone_is_asked_for_in_earnest_before_it_is_said():
    with linked({}) as server:
        link = found_at(f"{server.root}/trees", asking())

    assert told(link) == (False, 404, "404 Not Found")
    assert server.asked == [("HEAD", "/trees"), ("GET", "/trees")]


@pytest.mark.parametrize("refusal", [400, 403, 404, 405, 500, 501])
def test_a_server_that_refuses_a_short_question_is_asked_for_the_first_bytes(refusal: int):
    with linked({"/trees": Says(statuses=(206,), to_head=refusal)}) as server:
        link = found_at(f"{server.root}/trees", asking())

    assert told(link) == (True, 200, "200 OK")
    assert server.ranges == [None, "bytes=0-1023"]


def test_a_file_without_a_byte_is_there():
    with linked({"/empty.csv": Says(statuses=(416,), to_head=405)}) as server:
        link = found_at(f"{server.root}/empty.csv", asking())

    assert told(link) == (True, 200, "200 OK")


@pytest.mark.parametrize(("status", "word"), [(301, "moved to"), (308, "moved to"), (302, "leads on to"), (307, "leads on to")])
def test_the_end_of_redirects_is_said_and_whether_it_is_for_good(status: int, word: str):
    with linked({"/old": Says(statuses=(status,), headers={"Location": "/new"}), "/new": Says()}) as server:
        link = found_at(f"{server.root}/old#rows", asking())

    assert told(link) == (True, 200, f"{word} {server.root}/new")
    assert link.url == f"{server.root}/old#rows"


def test_a_redirect_to_nothing_is_broken_and_says_where():
    with linked({"/old": Says(statuses=(301,), headers={"Location": "/new"})}) as server:
        link = found_at(f"{server.root}/old", asking())

    assert told(link) == (False, 404, f"404 Not Found (moved to {server.root}/new)")


def test_redirects_that_never_end_are_broken():
    with linked({"/a": Says(statuses=(302,), headers={"Location": "/b"}),
                 "/b": Says(statuses=(302,), headers={"Location": "/a"})}) as server:
        link = found_at(f"{server.root}/a", asking())

    assert (link.is_well, link.status) == (False, None)
    assert link.says.startswith("it leads on more than 10 times")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "http://[::1"])
def test_a_redirect_to_what_is_no_web_address_is_not_followed(target: str):
    with linked({"/a": Says(statuses=(302,), headers={"Location": target})}) as server:
        link = found_at(f"{server.root}/a", asking())

    assert told(link) == (False, None, "it leads on to what is no web address")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "10.1.2.3", "169.254.169.254", "192.168.0.1", "[fd00::1]",
                                  "[::ffff:127.0.0.1]", "portal.internal", "0.0.0.0", "2130706433"])
def test_an_address_inside_a_private_network_is_not_asked(host: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    link = found_at(f"http://{host}:9/", asking(patience=Patience()))

    assert not link.is_well
    assert "inside a private network" in link.says


def looked_up(host: str, port: int, **_: object) -> list[object]:
    # What the operating system makes of an address in numbers; no name is looked up.
    return _socket.getaddrinfo("127.0.0.1" if host.endswith((".internal", "localhost")) else host, port, 0, socket.SOCK_STREAM)


def test_a_server_that_leads_into_a_private_network_is_not_followed():
    with linked({}) as inner, linked({"/a": Says(statuses=(302,), headers={"Location": f"{inner.root}/secret"})}) as server:
        link = found_at(f"{server.root}/a", asking(patience=Patience()))

    assert not link.is_well
    assert inner.asked == server.asked == []


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks():
    clock = TurnedClock()
    with linked({"/a": Says(statuses=(503, 200), to_head=405, headers={"Retry-After": "40"})}) as server:
        link = found_at(f"{server.root}/a", asking(clock))

    assert told(link) == (True, 200, "200 OK")
    assert clock.slept == [pytest.approx(40)]


def test_a_server_that_asks_for_hours_is_not_waited_for():
    clock = TurnedClock()
    with linked({"/a": Says(statuses=(429,), to_head=405, headers={"Retry-After": "7200"})}) as server:
        link = found_at(f"{server.root}/a", asking(clock))

    assert told(link) == (False, 429, "429 Too Many Requests")
    assert clock.slept == []


def test_what_fails_once_is_asked_for_again():
    with linked({"/a": Says(statuses=(500, 200), to_head=500)}) as server:
        link = found_at(f"{server.root}/a", asking())

    assert link.is_well
    assert server.asked == [("HEAD", "/a"), ("GET", "/a"), ("GET", "/a")]


def test_a_server_that_says_nothing_is_given_up():
    with linked({"/a": Says(is_silent=True)}) as server:
        link = found_at(f"{server.root}/a", asking())

    assert told(link) == (False, None, "no answer within 0.5 seconds")


def test_a_server_that_sends_a_letter_now_and_then_is_given_up():
    with linked({"/a": Says(drips=True)}) as server:
        link = found_at(f"{server.root}/a", asking(patience=Patience(silence=0.5, longest=0.6, may_be_local=True)))

    assert told(link) == (False, None, "the connection was cut before an answer had come")


def test_where_no_server_is_nothing_is_well():
    link = found_at("http://127.0.0.1:9/", asking())

    assert told(link) == (False, None, "the server refuses connections")


@pytest.mark.parametrize("url", ["http://", "http://127.0.0.1:99999/", "ftp://example.gov/a", f"http://{'a' * 70}.gov/"])
def test_what_is_no_address_is_broken(url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)

    assert not found_at(url, asking()).is_well


def test_letters_beyond_ascii_are_asked_for_as_they_are_meant():
    with linked({"/%C3%A1rboles?q=%C3%A9": Says()}) as server:
        link = found_at(f"{server.root}/árboles?q=é", asking())

    assert link.is_well


def test_a_certificate_that_nobody_signed_is_said(tmp_path: Path):
    with linked({"/a": Says()}, a_certificate(tmp_path)) as server:
        link = found_at(f"{server.root}/a", asking())

    assert told(link) == (False, None, "its certificate is not one to be trusted (self-signed certificate)")


def a_certificate(folder: Path) -> str:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("there is no openssl to make a certificate with")
    pem = folder / "server.pem"
    subprocess.run([program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=127.0.0.1", "-keyout", pem, "-out", folder / "cert.pem"], check=True, capture_output=True)
    pem.write_text(pem.read_text() + (folder / "cert.pem").read_text())
    return str(pem)


def test_a_server_is_asked_one_question_at_a_time_with_pauses():
    clock = TurnedClock()
    with linked({f"/{number}": Says() for number in range(5)}) as server:
        links = list(found((f"{server.root}/{number}" for number in range(5)), asking(clock, pause=2)))

    assert [link.is_well for link in links] == [True] * 5
    assert server.most_at_once == 1
    assert clock.slept == [pytest.approx(2)] * 4


def test_a_slow_server_does_not_hold_up_another():
    with linked({"/a": Says(is_silent=True)}) as slow, linked({"/b": Says()}) as quick:
        links = list(found([f"{slow.root}/a", f"{quick.root}/b"], asking()))

    assert [link.url for link in links] == [f"{quick.root}/b", f"{slow.root}/a"]


def test_a_server_that_answers_nothing_is_not_asked_for_all_of_its_addresses():
    with linked({f"/{number}": Says(is_silent=True) for number in range(6)}) as server:
        links = list(found((f"{server.root}/{number}" for number in range(6)), asking(patience=HURRIED)))

    assert {path for _, path in server.asked} == {"/0", "/1", "/2", "/3"}
    assert {link.says for link in links} == {
        "no answer within 0.2 seconds", "the server did not answer for other addresses, so it was not asked again"}


def test_who_stops_taking_stops_the_asking():
    with linked({f"/{number}": Says() for number in range(50)}) as server:
        coming = found((f"{server.root}/{number}" for number in range(50)), asking(pause=0.0))
        next(coming)
        coming.close()

    assert len(server.asked) < 50


def test_two_pages_that_say_nothing_do_not_condemn_the_rest_of_their_server():
    with linked({"/a": Says(is_silent=True), "/b": Says(is_silent=True), "/c": Says()}) as server:
        links = list(found((f"{server.root}/{name}" for name in "abc"), asking()))

    assert [link.is_well for link in links] == [False, False, True]


def test_an_answer_that_cannot_be_read_is_no_silence():
    with linked({f"/{number}": Says(headers={"X": "y" * 70_000}) for number in range(5)}) as server:
        links = list(found((f"{server.root}/{number}" for number in range(5)), asking()))

    assert {link.says for link in links} == {"what the server answers cannot be read"}


def test_places_in_one_page_are_asked_for_once():
    with linked({"/a": Says()}) as server:
        links = list(found((f"{server.root}/a{place}" for place in ("", "#x", "#y")), asking()))

    assert [link.url.removeprefix(server.root) for link in links if link.is_well] == ["/a", "/a#x", "/a#y"]
    assert server.asked == [("HEAD", "/a")]


def test_a_server_is_one_however_its_letters_are_written():
    with linked({"/a": Says(), "/b": Says()}) as server:
        port = server.root.rpartition(":")[2]
        list(found((f"http://localhost:{port}/a", f"http://LocalHost:{port}/b"), asking(clock := TurnedClock(), pause=2)))

    assert clock.slept == [pytest.approx(2)]


@pytest.mark.parametrize(("location", "said"), [
    ("http://bob:hunter2@HOST/new", "leads on to ROOT/new"),
    ("/new?X-Amz-Signature=0123abcd", "leads on to ROOT/new"),
    ("/new?" + "a" * 600, "leads on to ROOT/new"),
], ids=["password", "signature", "long"])
def test_what_a_server_adds_to_a_place_for_an_hour_is_not_said(location: str, said: str):
    pages = dict.fromkeys(("/new", "/new?X-Amz-Signature=0123abcd", "/new?" + "a" * 600), Says())
    with linked(pages) as server:
        server.pages = {**pages, "/a": Says(statuses=(302,), headers={
            "Location": location.replace("HOST", server.root.partition("//")[2])})}
        link = found_at(f"{server.root}/a", asking())

    assert told(link) == (True, 200, said.replace("ROOT", server.root))


def test_a_place_that_is_very_long_is_said_in_part():
    pages = {"/new?" + "a" * 600: Says()}
    with linked({**pages, "/a": Says(statuses=(301,), headers={"Location": next(iter(pages))})}) as server:
        link = found_at(f"{server.root}/a", asking())

    assert link.is_well
    assert len(link.says) < 530


def test_a_server_that_leads_on_without_saying_where_is_broken():
    with linked({"/a": Says(statuses=(302,))}) as server:
        link = found_at(f"{server.root}/a", asking())

    assert told(link) == (False, 302, "302 Found: it leads on, and does not say where")
