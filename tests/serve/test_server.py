"""The development server shows the published site to this machine, as a web server would, and to nobody else."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cityfolio.files import FolderTree, sha256
from cityfolio.model.site import CopyOf
from cityfolio.publish.folder_sink import FolderSink
from cityfolio.publish.write import Edition, write_site
from cityfolio.serving import server as serving_room, watching
from cityfolio.serving.handlers import ReloadHandler
from cityfolio.serving.live import Live, widened
from cityfolio.serving.watching import POLL_SECONDS, SETTLE_SECONDS
from cityfolio.serving.work import by_building
from publish.sites import a_site, an_output, html, written
from servers import serving

ROOT = Path(__file__).resolve().parents[2]
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'"
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY.replace(chr(39), "&#39;")}">'
PAGE = html('<p id="words">words</p>', META)
CSV = b"0123456789" * 300_000


def the_site(folder: Path, page: str = PAGE, base_url: str = "") -> Path:
    """A written site; its output folder."""
    (folder / "trees.csv").write_bytes(CSV)
    copy = CopyOf(path="trees.csv", bytes=len(CSV), sha256=sha256(CSV))
    outputs = a_site(**{"": page, "404.html": html("<h1>Not here</h1>", META), "data/trees/trees.csv": copy,
                        "data/trees/map.svg": "<svg/>", "empty.txt": ""})
    edition = Edition(made_by="cityfolio 0", base_url=base_url)
    result = write_site(outputs, FolderTree(folder), FolderSink(folder / "out"), edition)
    assert result.problems == ()
    return folder / "out"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of a small site."""
    folder = tmp_path_factory.mktemp("site")
    output = the_site(folder)
    (output / ".gitignore").write_text("*\n")
    (output / ".git").mkdir()
    (output / ".git/config").write_text("secret")
    (output / "stray.txt").write_text("not in the manifest")
    (folder / "secret.txt").write_text("secret")
    (output / "link.txt").symlink_to(folder / "secret.txt")
    with serving(output) as running:
        yield running


def test_a_page_is_sent_as_it_will_be_in_public(server):
    answer = server.ask("/")

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Server"] is None
    assert '<p id="words">words</p>' in answer.body.decode()


def test_a_page_carries_its_own_policy_and_what_live_reload_needs_and_no_more(server):
    answer = server.ask("/")
    socket_ = f"ws://127.0.0.1:{server.port} ws://localhost:{server.port}"

    assert answer.headers["Content-Security-Policy"] == f"{POLICY} {socket_}; frame-ancestors 'self'"
    assert f'content="{POLICY} {socket_}">'.encode() in answer.body
    assert answer.body.count(b'<script src="/livereload.js"></script></head>') == 1


@pytest.mark.parametrize(
    ("policy", "wider"),
    [
        ("default-src 'none'", "default-src 'none'; style-src 'self'; script-src 'self'; connect-src ws://127.0.0.1:1 ws://localhost:1"),
        ("script-src 'none'; connect-src 'none'",
         "script-src 'self'; connect-src ws://127.0.0.1:1 ws://localhost:1; style-src 'self'"),
        ("script-src 'self';", "script-src 'self'; style-src 'self'; connect-src ws://127.0.0.1:1 ws://localhost:1"),
    ],
)
def test_a_policy_is_widened_for_the_script_and_its_socket(policy, wider):
    assert widened(policy, 1) == wider


def test_the_written_page_is_left_as_it_is(server, tmp_path):
    assert b"livereload" not in (the_site(tmp_path) / "index.html").read_bytes()


def test_the_script_comes_from_this_server(server):
    answer = server.ask("/livereload.js")

    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert b"LiveReload" in answer.body


@pytest.mark.parametrize(
    ("path", "media_type", "cache"),
    [
        ("/data/trees/trees.csv", "text/csv", "no-cache"),
        ("/assets/civic.0a1b2c3d.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/manifest.json", "application/json", "no-cache"),
        ("/data/trees/map.svg", "image/svg+xml; charset=utf-8", "no-cache"),
        ("/empty.txt", "text/plain; charset=utf-8", "no-cache"),
    ],
)
def test_other_files_have_their_type_and_a_policy_that_runs_nothing(server, path, media_type, cache):
    answer = server.ask(path)

    assert (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (200, media_type, cache)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")


def test_a_large_file_comes_whole(server):
    answer = server.ask("/data/trees/trees.csv")

    assert (answer.body, answer.headers["Content-Length"]) == (CSV, str(len(CSV)))


@pytest.mark.parametrize(
    ("asked", "status", "body", "range_"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/3000000"),
        ("bytes=5-5", 206, b"5", "bytes 5-5/3000000"),
        ("bytes=-2", 206, b"89", "bytes 2999998-2999999/3000000"),
        ("bytes=2999999-", 206, b"9", "bytes 2999999-2999999/3000000"),
        ("bytes=2999998-9999999", 206, b"89", "bytes 2999998-2999999/3000000"),
        ("bytes=3000000-", 416, b"", "bytes */3000000"),
        ("bytes=5-2", 416, b"", "bytes */3000000"),
        ("bytes=-0", 416, b"", "bytes */3000000"),
        ("bytes=-", 200, CSV, None),
        ("bytes=0-1,4-5", 200, CSV, None),
        ("lines=1-2", 200, CSV, None),
        ("bytes=-9999999", 200, CSV, None),
    ],
)
def test_part_of_a_file_can_be_asked_for(server, asked, status, body, range_):
    answer = server.ask("/data/trees/trees.csv", Range=asked)

    assert (answer.status, answer.body, answer.headers["Content-Range"]) == (status, body, range_)


def test_a_part_of_a_file_that_was_replaced_since_is_the_whole_of_it(server):
    etag = server.ask("/data/trees/trees.csv", "HEAD").headers["Etag"]

    assert server.ask("/data/trees/trees.csv", Range="bytes=0-3", If_Range=etag).status == 206
    assert server.ask("/data/trees/trees.csv", Range="bytes=0-3", If_Range='"other"').status == 200


@pytest.mark.parametrize("path", ["/", "/data/trees/trees.csv", "/manifest.json"])
def test_what_a_browser_has_is_not_sent_again(server, path):
    first = server.ask(path)
    again = server.ask(path, If_None_Match=first.headers["Etag"])

    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/data/trees/trees.csv", "/livereload.js"])
def test_a_head_has_the_headers_and_no_body(server, path):
    whole, head = server.ask(path), server.ask(path, "HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))


def test_a_folder_without_its_slash_is_forwarded(server):
    answer = server.ask("/data/trees?sort=a")

    assert (answer.status, answer.headers["Location"]) == (302, "/data/trees/?sort=a")


@pytest.mark.parametrize(
    "path",
    ["/gone/", "/.git/config", "/.gitignore", "/stray.txt", "/link.txt", "/../secret.txt", "/%2e%2e/secret.txt",
     "/..%2fsecret.txt", "/data/../../secret.txt", "/data/%2e%2e/%2e%2e/secret.txt", "//etc/passwd", "//127.0.0.1/",
     "/data\\..\\..\\secret.txt", "/index.html/", "/index.html%00.csv", "/%2fetc/passwd", "/~root/",
     "/DATA/trees/", "/data", "/livereload/x"],
)
def test_nothing_but_the_site_is_served(server, path):
    answer = server.ask(path)

    assert answer.status == 404
    assert b"<h1>Not here</h1>" in answer.body
    assert b"secret" not in answer.body
    assert answer.headers["Content-Security-Policy"].startswith(POLICY)


def test_an_address_that_is_no_text_is_refused(server):
    assert server.ask("/%ff").status == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent(server, method):
    assert server.ask("/", method).status == 405


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1",
                                  "localhost.evil.example:{port}", "0.0.0.0:{port}", "", "localhost:{port}@evil.example"])
@pytest.mark.parametrize("path", ["/", "/livereload.js", "/data/trees/trees.csv", "/gone"])
def test_who_asks_for_another_host_is_refused(server, host, path):
    answer = server.ask(path, Host=host.format(port=server.port))

    assert answer.status in (400, 403)
    assert b"words" not in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_who_asks_for_this_machine_is_answered(server, host):
    assert server.ask("/", Host=host.format(port=server.port)).status == 200


def test_a_request_that_names_no_host_is_refused(server):
    assert b"words" not in server.say("GET / HTTP/1.0\r\n\r\n")
    assert b"words" not in server.say("GET / HTTP/1.1\r\n\r\n")


def test_port_80_needs_no_name():
    assert Live(Path("x"), port=80).admits("localhost")
    assert not Live(Path("x"), port=81).admits("localhost")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}", "",
                                    "http://localhost:{port}.evil.example", "http://evil.example:{port}"])
def test_a_page_of_another_site_cannot_listen(server, origin):
    with server.listening(Origin=origin.format(port=server.port)) as page:
        assert page.status == 403


def test_a_listener_that_asks_for_another_host_is_refused(server):
    with server.listening(Host=f"evil.example:{server.port}") as page:
        assert page.status == 403


def test_a_page_of_this_site_listens(server):
    with server.listening() as page:
        assert page.status == 101
        assert page.greet()["command"] == "hello"


def test_the_packages_own_check_is_closed_too(server):
    handler = ReloadHandler.__new__(ReloadHandler)
    handler.live = Live(Path("x"), port=8000)

    assert handler.check_origin("http://127.0.0.1:8000")
    assert not handler.check_origin("http://evil.example")


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux lists its sockets in a file")
def test_the_server_listens_on_the_loopback_address_alone(server):
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"]
    listening += [line.split()[1] for line in Path("/proc/net/tcp6").read_text().splitlines()[1:] if line.split()[3] == "0A"]

    assert [where for where in listening if where.endswith(f":{server.port:04X}")] == [f"0100007F:{server.port:04X}"]


def test_a_site_for_a_sub_path_is_met_there_too(tmp_path):
    with serving(the_site(tmp_path, base_url="https://example.gov/portal")) as server:
        assert server.ask("/portal/").status == server.ask("/").status == 200
        assert server.ask("/portal/data/trees").headers["Location"] == "/portal/data/trees/"
        assert server.ask("/portal/gone/").status == 404


def test_a_folder_without_a_site_has_nothing_to_show(tmp_path):
    with serving(tmp_path / "absent") as server:
        answer = server.ask("/")

    assert answer.status == 404
    assert b"404 Not Found" in answer.body


def test_a_page_without_our_policy_is_sent_as_it_is_and_runs_nothing(tmp_path):
    with serving(the_site(tmp_path, page=html("<p>plain</p>"))) as server:
        answer = server.ask("/")

    assert b"livereload" not in answer.body
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")


def test_a_change_rebuilds_the_site_and_pages_reload(tmp_path):
    output, catalog = the_site(tmp_path), tmp_path / "catalog"
    catalog.mkdir()
    (catalog / "site.yaml").write_text("name: One")
    with serving(output, catalog, rebuild=Rebuilds(lambda: the_site(tmp_path, html("<p>new words</p>", META)))) as server:
        with server.listening() as page:
            page.greet()
            started = time.monotonic()
            (catalog / "site.yaml").write_text("name: Two")
            heard = page.hear()
            seconds = time.monotonic() - started
        answer = server.ask("/")

    assert heard["command"] == "reload"
    assert b"new words" in answer.body
    assert seconds < 5


class Rebuilds:
    """Counts how often the site is rebuilt, and can wait for it."""

    def __init__(self, act=None):
        self.count, self.act = 0, act

    def __call__(self):
        self.count += 1
        if self.act:
            self.act()

    def wait(self, count, seconds=5.0):
        """Wait until that many happened, and then a little for one too many."""
        end = time.monotonic() + seconds
        while self.count < count and time.monotonic() < end:
            time.sleep(0.02)
        time.sleep(3 * (POLL_SECONDS + SETTLE_SECONDS))
        return self.count


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.yaml").write_text("changed"),
        lambda folder: (folder / "new.yaml").write_text(""),
        lambda folder: (folder / "a.yaml").unlink(),
        lambda folder: (folder / "a.yaml").rename(folder / "b.yaml"),
        lambda folder: (folder / "sub").mkdir() or (folder / "sub" / "c.yaml").write_text(""),
        lambda folder: [(folder / f"{number}.yaml").write_text(str(number)) for number in range(200)],
    ],
    ids=["changed", "new", "removed", "renamed", "in a new folder", "many at once"],
)
def test_a_change_or_a_burst_of_them_rebuilds_once(tmp_path, change, monkeypatch):
    monkeypatch.setattr(watching, "SETTLE_SECONDS", 1.0)     # longer than a busy machine may let this test wait in a burst
    (tmp_path / "a.yaml").write_text("")
    rebuilds = Rebuilds()
    with serving(tmp_path / "out", tmp_path, rebuild=rebuilds):
        change(tmp_path)
        count = rebuilds.wait(1)

    assert count == 1


def test_a_change_during_a_rebuild_is_followed_by_another(tmp_path):
    edits = iter(["from an editor"])
    rebuilds = Rebuilds(lambda: [(tmp_path / "b.yaml").write_text(edit) for edit in edits])
    with serving(tmp_path / "out", tmp_path, rebuild=rebuilds):
        (tmp_path / "a.yaml").write_text("")
        count = rebuilds.wait(2)

    assert count == 2


def test_what_starts_with_a_dot_is_not_watched(tmp_path):
    (tmp_path / ".cityfolio/ab").mkdir(parents=True)
    rebuilds = Rebuilds()
    with serving(tmp_path / "out", tmp_path, rebuild=rebuilds):
        (tmp_path / ".cityfolio/ab/entry").write_text("kept")
        (tmp_path / ".a.yaml.swp").write_text("an editor's")
        count = rebuilds.wait(1, seconds=0.5)

    assert count == 0


def test_a_rebuild_that_finds_problems_keeps_the_site_and_reloads_nothing(tmp_path):
    output, catalog = the_site(tmp_path), tmp_path / "catalog"
    catalog.mkdir()
    rebuilds = Rebuilds(lambda: written([an_output("/", '<a href="gone/">x</a>')], output))
    with serving(output, catalog, rebuild=rebuilds) as server:
        (catalog / "a.yaml").write_text("")
        rebuilds.wait(1)
        answer = server.ask("/")

    assert rebuilds.count == 1
    assert b"words" in answer.body


def test_a_rebuild_that_breaks_is_shown_and_the_server_goes_on(tmp_path, caplog):
    def slip():
        raise KeyError("a slip in a template")

    catalog, rebuilds = tmp_path / "catalog", Rebuilds(slip)
    catalog.mkdir()
    with serving(the_site(tmp_path), catalog, rebuild=rebuilds) as server:
        (catalog / "a.yaml").write_text("")
        rebuilds.wait(1)
        status = server.ask("/").status

    assert status == 200
    assert "a slip in a template" in caplog.text


@pytest.mark.parametrize("message", ["not json", "[]", "{}", '{"command": 7}', '{"command": "dance"}', "\x00"])
def test_a_message_that_is_not_of_the_protocol_does_no_harm(server, caplog, message):
    with server.listening(Origin=f"http://localhost:{server.port}") as page:
        page.say(message)

        assert page.greet()["command"] == "hello"
        assert caplog.text == ""


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} cannot be used: Address already in use"):
            serving_room.serve(tmp_path, (), by_building(lambda: None), port, print)


def test_the_server_ends_quietly_with_an_interrupt(tmp_path):
    # A shell starts what it runs in the background deaf to interrupts, and the tests may be run so.
    program = (
        "import signal, sys; from pathlib import Path; from cityfolio.serving.server import serve\n"
        "from cityfolio.serving.work import by_building\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "serve(Path(sys.argv[1]), (), by_building(lambda: None), 0, lambda text: print(text, flush=True))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    run = subprocess.Popen([sys.executable, "-c", program, the_site(tmp_path)], env=environment, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True)
    first = run.stdout.readline()
    run.send_signal(signal.SIGINT)
    rest, errors = run.communicate(timeout=20)

    assert re.fullmatch(r"The site is at http://127\.0\.0\.1:\d+/ and follows every change\. Stop with Ctrl\+C\.\n", first)
    assert (run.returncode, rest, errors) == (0, "Stopped.\n", "")


def test_a_reader_who_goes_away_does_no_harm(server, caplog):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(f"GET /data/trees/trees.csv HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
        connection.recv(10)
    threading.Event().wait(0.1)

    assert server.ask("/").status == 200
    assert caplog.text == ""
