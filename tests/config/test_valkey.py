"""The included Valkey: it keeps what is queued, and only its user can reach it."""

import socket
from pathlib import Path

import pytest
from kombu import Connection

from duty.config.servers import processes
from duty.config.servers.home import Home
from duty.config.servers.valkey import start_broker

pytestmark = pytest.mark.slow


def ask(path: Path, command: str) -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        connection.sendall(f"{command}\r\n".encode())
        return connection.recv(1000).decode()


def test_a_queued_message_survives_a_stopped_server(home: Home) -> None:
    first = start_broker(home=home)
    with Connection(first.url) as connection:
        connection.SimpleQueue("test").put({"pair": 7})
    first.stop()

    second = start_broker(home=home)
    with Connection(second.url) as connection:
        message = connection.SimpleQueue("test").get(timeout=5)
    second.stop()

    assert message.payload == {"pair": 7}


def test_it_has_no_port_and_its_socket_is_for_its_user(home: Home) -> None:
    broker = start_broker(home=home)

    port = ask(broker.socket_path, "CONFIG GET port")
    mode = broker.socket_path.stat().st_mode
    broker.stop()

    assert port.split() == ["*2", "$4", "port", "$1", "0"]
    assert mode & 0o077 == 0


def test_a_stopped_broker_leaves_no_process(home: Home) -> None:
    broker = start_broker(home=home)
    data = home.folder / "valkey"
    working = processes.working_in(folder=data)

    broker.stop()

    assert working == (broker.child.process.pid,)
    assert processes.working_in(folder=data) == ()
