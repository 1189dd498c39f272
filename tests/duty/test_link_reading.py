"""Asking links: what counts as an answer, and where the job never goes."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from duty import link_reading
from duty.link_reading import Reading, ask, is_public


class _Site(BaseHTTPRequestHandler):
    """A site whose paths say what it does."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self._answer()

    def do_GET(self) -> None:
        """Answer with one."""
        self._answer()

    def _answer(self) -> None:
        seen.append((self.command, self.path))
        step = self.path.strip("/").split("/")[0]
        if step == "no-head":
            self.send_response(200 if self.command == "GET" else 501)
        elif step == "to-inside":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
        elif step == "to-file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif step == "round":
            self.send_response(302)
            self.send_header("Location", "/round/")
        elif step == "moved":
            self.send_response(301)
            self.send_header("Location", "/200/")
        else:
            self.send_response(int(step))
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Keep quiet."""


seen: list[tuple[str, str]] = []


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "answered", "detail"),
    [
        ("200", True, "200"),
        ("moved", True, "200"),
        ("no-head", True, "200"),
        # The page may well be there for a person.
        ("403", True, "403"),
        ("404", False, "404"),
        ("410", False, "410"),
        ("500", False, "500"),
        ("round", False, "too many redirects"),
        ("to-inside", None, "an address inside a network"),
        ("to-file", None, "not a web address"),
    ],
)
def test_a_link_answers_or_does_not(
    path: str, answered: bool | None, detail: str, site: str
) -> None:
    assert ask(url=f"{site}/{path}/", allow_loopback=True) == Reading(answered, True, detail)


def test_a_page_is_asked_for_by_its_head_alone(site: str) -> None:
    seen.clear()

    ask(url=f"{site}/200/a page?q=ä", allow_loopback=True)

    assert seen == [("HEAD", "/200/a%20page?q=%C3%A4")]


def test_this_machine_is_never_asked_outside_tests(site: str) -> None:
    seen.clear()

    reading = ask(url=f"{site}/200/")

    assert (reading.answered, seen) == (None, [])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0/",
        "http://8.8.8.8:22/",
        "http://user:secret@8.8.8.8/",
        "ftp://8.8.8.8/",
        "http://[broken/",
        "http:///nothing",
        "",
    ],
)
def test_what_is_no_page_of_the_public_web_is_not_asked(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "create_connection", _no_connection)

    assert ask(url=url).answered is None


def _no_connection(*args: object, **kwargs: object) -> socket.socket:
    pytest.fail("A connection was opened.")


def _resolving(*addresses: str) -> object:
    return lambda *args, **kwargs: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses
    ]


def test_a_name_with_one_address_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _resolving("93.184.215.14", "10.0.0.1"))
    monkeypatch.setattr(socket, "create_connection", _no_connection)

    assert ask(url="http://two-faced.example/").detail == "an address inside a network"


def test_the_connection_goes_to_the_address_that_was_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def refuse(address: object, *args: object) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", _resolving("93.184.215.14"))
    monkeypatch.setattr(socket, "create_connection", refuse)

    assert ask(url="http://site.example/") == Reading(False, False, "no connection")
    assert asked == [("93.184.215.14", 80)]


def test_a_site_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_reading, "REQUEST_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        reading = ask(url=f"http://127.0.0.1:{port}/", allow_loopback=True)

    assert (reading.answered, reading.reached) == (False, False)


def test_a_name_that_nobody_has_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert ask(url="https://no-such.example/") == Reading(False, False, "no such site")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", False),
        ("2002:a00:1::1", False),
        ("no address", False),
    ],
)
def test_an_address_is_of_the_public_web_or_not(address: str, public: bool) -> None:
    assert is_public(address=address) is public
