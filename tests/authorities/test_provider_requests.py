"""Asking another organisation: soon, a little, and no further than asked."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import requests

from authorities.provider_requests import ImpatientSession

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"


@contextmanager
def answering(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Answer each connection in a thread, as the test says."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(4096)
                    try:
                        answer(connection)
                    except OSError:
                        # Who asked has gone, as it should.
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        # Closing alone does not wake whoever waits in accept().
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def ask(address: str, *, seconds: float) -> requests.Response:
    with ImpatientSession(until=time.monotonic() + seconds) as session:
        return session.get(address)


def test_an_answer_is_read_whole():
    with answering(lambda to: to.sendall(HEAD + b'Content-Length: 9\r\n\r\n{"a": 12}')) as address:
        assert ask(address, seconds=5).json() == {"a": 12}


def test_a_redirect_is_not_followed():
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"

    with answering(lambda to: to.sendall(moved)) as address:
        assert ask(address, seconds=5).status_code == 302


@pytest.mark.slow
def test_who_never_answers_is_waited_for_no_longer_than_said():
    with answering(lambda to: time.sleep(1)) as address:
        began = time.monotonic()
        with pytest.raises(requests.Timeout):
            ask(address, seconds=0.3)

    assert time.monotonic() - began < 3


@pytest.mark.slow
def test_who_answers_in_drops_is_not_waited_for_either():
    def drip(to: socket.socket) -> None:
        to.sendall(HEAD + b"\r\n")
        for _ in range(40):
            to.sendall(b" ")
            time.sleep(0.05)

    with answering(drip) as address, pytest.raises(requests.Timeout):
        ask(address, seconds=0.4)


def test_too_much_is_not_read():
    with (
        answering(lambda to: to.sendall(HEAD + b"\r\n" + b" " * 2_000_000)) as address,
        pytest.raises(requests.RequestException),
    ):
        ask(address, seconds=5)


def test_when_the_time_is_over_nothing_is_asked():
    with pytest.raises(requests.Timeout):
        ask("http://127.0.0.1:1/", seconds=-1)
