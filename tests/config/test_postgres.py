"""The included PostgreSQL: it keeps what was committed, lets nobody in and goes when told."""

import os
import socket

import dj_database_url
import psycopg
import pytest

from duty.config.servers import processes
from duty.config.servers.home import Home
from duty.config.servers.postgres import Cluster, start_cluster

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_new_cluster_has_the_projects_database_in_unicode(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url) as connection:
        facts = connection.execute(
            "select current_database(), current_user, current_setting('server_encoding'),"
            " usesuper from pg_user where usename = current_user"
        ).fetchone()

    assert facts == ("health_duty", "app", "UTF8", False)


def test_committed_rows_survive_a_killed_server(home: Home) -> None:
    first = start_cluster(home=home)
    with psycopg.connect(first.url) as connection:
        connection.execute("create table kept as select generate_series(1, 1000) as row")
    first.child.process.kill()
    first.child.process.wait()

    second = start_cluster(home=home)
    with psycopg.connect(second.url) as connection:
        counted = connection.execute("select count(*) from kept").fetchone()
    second.stop()

    assert counted == (1000,)


def test_nobody_gets_in_without_the_password(home: Home) -> None:
    port = free_port()
    cluster = start_cluster(home=home, durable=False, tcp_port=port)
    without = f"user=app dbname=health_duty port={port} passfile=/dev/null"

    try:
        for host in (str(cluster.socket_folder), "127.0.0.1"):
            with pytest.raises(psycopg.OperationalError, match="no password supplied"):
                psycopg.connect(f"{without} host={host}")
            with pytest.raises(psycopg.OperationalError, match="authentication failed"):
                psycopg.connect(f"{without} host={host} password=guess")
    finally:
        cluster.stop()


def test_it_does_not_listen_on_the_network_unless_asked(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url) as connection:
        addresses = connection.execute("show listen_addresses").fetchone()

    assert addresses == ("",)


def test_its_password_can_be_read_by_its_owner_only(cluster: Cluster) -> None:
    assert (cluster.home.folder / "postgres-password").stat().st_mode & 0o077 == 0


def test_the_folders_above_the_data_keep_their_permissions(home: Home) -> None:
    above = [home.folder, *home.folder.parents]
    before = [folder.stat().st_mode for folder in above]

    start_cluster(home=home, durable=False).stop()

    assert [folder.stat().st_mode for folder in above] == before


def test_a_stopped_cluster_leaves_no_process(home: Home) -> None:
    cluster = start_cluster(home=home, durable=False)
    data = home.folder / "postgres" / "data"
    working = processes.working_in(folder=data)

    cluster.stop()

    assert cluster.child.process.pid in working
    assert processes.working_in(folder=data) == ()


def test_a_pid_file_that_names_some_other_program_does_not_block_the_start(home: Home) -> None:
    start_cluster(home=home, durable=False).stop()
    stale = home.folder / "postgres" / "data" / "postmaster.pid"
    stale.write_text(f"{_a_process_of_the_servers_user(home)}\n{stale.parent}\n0\n5432\n")
    home.hand_over(stale)

    cluster = start_cluster(home=home, durable=False)
    cluster.stop()

    assert cluster.child.process.returncode == 0


def _a_process_of_the_servers_user(home: Home) -> int:
    """Return a living process that PostgreSQL would take for a server of its own."""
    return os.getppid() if home.identity is None else 1


def test_a_server_whose_launcher_is_gone_is_ended_before_the_next_start(home: Home) -> None:
    left = start_cluster(home=home, durable=False)

    cluster = start_cluster(home=home, durable=False)
    with psycopg.connect(cluster.url) as connection:
        answer = connection.execute("select 1").fetchone()
    cluster.stop()

    assert answer == (1,)
    assert left.child.has_ended()


def test_a_server_that_cannot_start_says_why(home: Home) -> None:
    start_cluster(home=home, durable=False).stop()
    settings = home.folder / "postgres" / "data" / "postgresql.conf"
    settings.write_text("no_such_setting = on\n")

    with pytest.raises(processes.ServerError, match="no_such_setting"):
        start_cluster(home=home, durable=False)


def test_a_long_path_gets_a_socket_elsewhere(home: Home) -> None:
    deep = home.folder / ("Deep" * 15) / ("deeper" * 10)
    deep.mkdir(parents=True, mode=0o711)
    far_away = Home(folder=deep, identity=home.identity)

    cluster = start_cluster(home=far_away, durable=False)
    with psycopg.connect(cluster.url) as connection:
        answer = connection.execute("select 1").fetchone()
    cluster.stop()

    assert answer == (1,)
    assert not cluster.socket_folder.is_relative_to(deep)
    assert not cluster.socket_folder.exists()


def test_capital_letters_in_the_path_survive_in_the_address(home: Home) -> None:
    folder = home.folder / "Capital"
    folder.mkdir(mode=0o711)
    cluster = start_cluster(home=Home(folder=folder, identity=home.identity), durable=False)

    settings = dj_database_url.parse(cluster.url)
    cluster.stop()

    assert settings["HOST"] == str(cluster.socket_folder)
    assert settings["PASSWORD"] == cluster.password
