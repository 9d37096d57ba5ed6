"""One question to a server: asked again as often and as late as is polite, and never further than somebody named."""

from __future__ import annotations

import socket
import ssl

import pytest

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.network.manner import MachineClock, Manner, Refused, TooLarge
from cityfolio.migrate.network.polite import Polite, wait_of
from migrate.portals import BUSY_SECONDS, IMPATIENT, TROUBLES, Said, TurnedClock, in_json, packed, portal

PAGE = in_json({"records": ["oak", "elm"] * 50})
QUICK = Manner(silence=IMPATIENT)


def polite(root: str, clock: TurnedClock | None = None, manner: Manner = QUICK) -> Polite:
    return Polite(named=root, clock=clock or TurnedClock(), manner=manner)


def is_json(body: bytes) -> bool:
    return body.endswith(b"}")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_goes_wrong_once_is_asked_for_again(trouble):
    with portal({"/a": PAGE}, {0: trouble}) as served:
        body = polite(served.root).get(f"{served.root}/a", is_whole=is_json)

    assert body == PAGE.body
    assert served.asked == ["/a", "/a"]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_goes_wrong_every_time_is_given_up(trouble):
    with portal({"/a": PAGE}, dict.fromkeys(range(3), trouble)) as served, pytest.raises(Failed, match="3 tries"):
        polite(served.root, manner=Manner(silence=0.1, tries=3)).get(f"{served.root}/a", is_whole=is_json)


def test_the_pauses_between_tries_double():
    clock = TurnedClock()

    with portal({"/a": PAGE}, dict.fromkeys(range(4), "broken")) as served:
        polite(served.root, clock).get(f"{served.root}/a")

    assert clock.slept == [1, 2, 4, 8]


def test_a_server_that_asks_to_wait_is_left_alone_as_long():
    clock = TurnedClock()

    with portal({"/a": PAGE}, {0: "busy"}) as served:
        polite(served.root, clock).get(f"{served.root}/a")

    assert clock.slept == [BUSY_SECONDS]


def test_a_server_that_asks_to_wait_for_hours_is_given_up():
    busy = Said(status=503, headers={"Retry-After": "7200"})

    with portal({"/a": busy}) as served, pytest.raises(Failed, match="left alone for 7,200 seconds"):
        polite(served.root).get(f"{served.root}/a")


def test_the_moment_until_which_to_wait_is_compared_with_the_clock_of_the_server():
    assert wait_of("Thu, 01 Jan 2026 00:01:30 GMT", "Thu, 01 Jan 2026 00:00:00 GMT") == 90
    assert wait_of("Thu, 01 Jan 2026 00:01:30 GMT", "") is None
    assert wait_of("soon", "Thu, 01 Jan 2026 00:00:00 GMT") is None


def test_no_more_questions_are_asked_in_a_second_than_is_polite():
    clock = TurnedClock()

    with portal({"/a": PAGE}) as served:
        asker = polite(served.root, clock, Manner(most_a_second=2))
        asker.get(f"{served.root}/a")
        asker.get(f"{served.root}/a")
        asker.get(f"{served.root}/a")

    assert clock.slept == [0.5, 0.5]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_asked_again(status):
    with portal({"/a": Said(status=status)}) as served, pytest.raises(Refused, match=str(status)):
        polite(served.root).get(f"{served.root}/a")

    assert served.asked == ["/a"]


def test_a_packed_answer_is_unpacked():
    with portal({"/a": packed(PAGE)}) as served:
        assert polite(served.root).get(f"{served.root}/a") == PAGE.body


def test_a_packed_answer_that_was_cut_is_asked_for_again():
    with portal({"/a": packed(PAGE)}, {0: "ended early"}) as served:
        assert polite(served.root).get(f"{served.root}/a") == PAGE.body


def test_an_answer_that_is_too_large_is_refused_also_when_packing_hides_it():
    with portal({"/a": packed(Said(body=b"0" * 100_000))}) as served, pytest.raises(TooLarge, match="10,000 bytes"):
        polite(served.root).get(f"{served.root}/a", most_bytes=10_000)

    assert served.asked == ["/a"]


def test_the_start_of_a_large_answer_can_be_had_alone():
    with portal({"/a": Said(body=b"0" * 5_000_000)}) as served:
        start = polite(served.root).start(f"{served.root}/a", 1_000)

    assert 1_000 <= len(start) < 5_000_000


def test_a_redirect_on_the_same_server_is_followed():
    with portal({"/a": Said(status=302, headers={"Location": "/b"}), "/b": PAGE}) as served:
        assert polite(served.root).get(f"{served.root}/a") == PAGE.body


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "//localhost/a"])
def test_a_redirect_elsewhere_than_to_the_web_of_others_is_not_followed(target):
    with portal({"/a": Said(status=302, headers={"Location": target})}) as served, pytest.raises(Failed, match="redirects"):
        polite(served.root).get(f"{served.root}/a")


def test_redirects_in_a_ring_end():
    ring = Said(status=302, headers={"Location": "/a"})

    with portal({"/a": ring}) as served, pytest.raises(Failed, match="more than 10 times"):
        polite(served.root, manner=Manner(most_a_second=1_000)).get(f"{served.root}/a")


def test_an_address_inside_the_network_is_asked_only_if_somebody_named_it():
    with portal({"/a": PAGE}) as served, pytest.raises(Failed, match="inside this network"):
        polite("https://data.example.org").get(f"{served.root}/a")

    assert served.asked == []


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/a", "file:///a", "http://", "http://127.0.0.1:port/"])
def test_what_is_no_web_address_is_not_asked(url):
    with pytest.raises(Failed, match=r"web address|http or https"):
        polite("http://127.0.0.1").get(url)


def test_a_server_that_is_not_there_is_tried_and_given_up():
    with portal({}) as served:
        root = served.root

    with pytest.raises(Failed, match="2 tries"):
        polite(root, manner=Manner(tries=2)).get(f"{root}/a")


def test_what_ends_without_a_word_is_taken_when_it_comes_twice_alike():
    rows = Said(body=b"a,b\n1,2\n" * 50, has_length=False)

    with portal({"/a": rows}, {0: "ended early"}) as served:
        body = polite(served.root).get(f"{served.root}/a")

    assert body == rows.body
    assert len(served.asked) == 3


def test_another_server_that_is_silent_is_tried_to_the_end_only_once():
    with portal({}) as gone:
        asker = polite("http://portal.example", manner=Manner(tries=2))

    with pytest.raises(Failed):
        asker.get(f"{gone.root}/a")
    with pytest.raises(Failed, match="did not answer before"):
        asker.get(f"{gone.root}/b")


def test_a_server_that_sends_drop_by_drop_is_given_up():
    class Hurrying(TurnedClock):
        def now(self) -> float:
            self.time += 100
            return self.time

    with portal({"/a": PAGE}) as served, pytest.raises(Failed, match="and was given up"):
        polite(served.root, Hurrying(), Manner(tries=2)).get(f"{served.root}/a")


def test_this_machine_s_clock_goes_on():
    clock = MachineClock()
    before = clock.now()

    clock.sleep(0)

    assert clock.now() >= before


@pytest.mark.parametrize(("error", "says"), [
    (ssl.SSLCertVerificationError(1, "self-signed"), "not one to be trusted"),
    (socket.gaierror(socket.EAI_NONAME, "unknown"), "its name is not known"),
    (UnicodeError("label too long"), "could not be asked"),
], ids=["certificate", "name", "letters"])
def test_what_another_try_would_not_change_is_said_at_once(error, says, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise error

    clock = TurnedClock()
    monkeypatch.setattr(socket, "create_connection", refuse)

    with pytest.raises(Failed, match=says):
        polite("http://127.0.0.1", clock).get("http://127.0.0.1/a")
    assert clock.slept == []


def test_an_address_that_is_no_web_address_is_not_followed_to():
    nowhere = Said(status=302, headers={"Location": "http://[/"})

    with portal({"/a": nowhere}) as served, pytest.raises(Failed, match="no web address"):
        polite(served.root).get(f"{served.root}/a")
