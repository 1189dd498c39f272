"""The site as a role of the database that owns nothing: it works, and its records are safe."""

import os
import secrets
from contextlib import contextmanager
from datetime import timedelta

import dj_database_url
import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from authorities import tasks
from authorities.actions import keyed_requests, message_sending, messages, seals
from authorities.actions.database_role import excess, records
from authorities.models import AccessEvent, AccessKind, AuditSeal, User
from authorities.models.histories import NAMES_IN_HISTORIES
from authorities.queries.seals import broken_links
from duty.actions import documents
from duty.models import Submission
from outcomes import recompute
from tests.drills import furnish
from tests.duty.api.callers import new_key, send

pytestmark = pytest.mark.slow


def _server(database="postgres", **who):
    at = dj_database_url.parse(os.environ["DATABASE_URL"])
    who = {"user": at["USER"], "password": at["PASSWORD"], **who}
    place = {"host": at["HOST"], "port": at["PORT"], "dbname": database}
    return psycopg.connect(**place, **who, autocommit=True)


def _administrator():
    """Who may make roles: the role of the tests, or the superuser of the included server."""
    own = _server()
    may = own.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = user")
    if may.fetchone()[0]:
        return own
    own.close()
    return _server(user="postgres")


@pytest.fixture
def role():
    """A role that may log in, made on the server of the tests and dropped after them."""
    name, password = f"site_{secrets.token_hex(4)}", secrets.token_hex(16)
    with _administrator() as server:
        server.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(name), sql.Literal(password)
            )
        )
    yield name, password
    with _administrator() as server:
        server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


@pytest.fixture
def limited(role, live_world):
    """A demonstration whose owner has let the role work in it."""
    call_command("limit_database_role", role[0])
    return live_world


@contextmanager
def acting_as(role):
    """Let the site's connections be those of the role."""
    before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    _turn(USER=role[0], PASSWORD=role[1])
    try:
        yield
    finally:
        _turn(**before)


def _turn(**who):
    connection.close()
    connection.close_pool()
    for settings in (connections.settings["default"], connection.settings_dict):
        settings.update(who)


def test_a_role_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="There is no role"):
        call_command("limit_database_role", "nobody_of_this_name")


def test_the_owner_is_said_to_own(db, capsys):
    with pytest.raises(SystemExit):
        call_command("limit_database_role", connection.settings_dict["USER"], check=True)

    assert "owner of authorities_auditevent" in capsys.readouterr().out


def test_the_site_works_as_the_role_and_its_records_are_safe(role, limited, mailoutbox):
    people = furnish.furnish(at=timezone.now())
    assert excess(role=role[0]) == ()
    leaver = _leaver()
    with acting_as(role):
        _write_and_sign(writer=people["writers"][0], signer=people["signers"][0])
        _do_the_jobs()
        _anonymise(leaver)
        refused = list(_tamper(role, database=connection.settings_dict["NAME"]))

    assert refused == []


def _client(email):
    client = Client()
    sent = {"login": email, "password": furnish.PASSWORD}
    assert client.post(reverse("account_login"), sent).status_code == 302
    return client


def _write_and_sign(*, writer, signer):
    """Real writes by the API, as people who sign in by the page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0].startswith("site_")
    client = _client(writer["email"])
    for slot in writer["slots"]:
        board = f"boards/{slot['board']}/" if slot["board"] else ""
        answered = send(
            client,
            "PUT",
            f"/api/v1/returns/{writer['return']}/answers/{slot['question']}/{board}",
            {"value": slot["value"], "private_note": "", "expected_version": 0},
            key=new_key(),
        )
        assert answered.status_code == 200, answered.content
    client = _client(signer["email"])
    address = f"/api/v1/returns/{signer['return']}/"
    read = client.get(address).json()
    signed = send(
        client,
        "POST",
        f"{address}sign/",
        {
            "declaration": True,
            "declaration_version": read["declaration"]["version"],
            "expected_version": read["version"],
        },
        key=new_key(),
    )
    assert signed.status_code in (200, 201), signed.content
    assert Submission.objects.filter(duty_return=signer["return"]).exists()
    assert client.get("/register/bodies.csv").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    kinds = AccessEvent.objects.values_list("kind", flat=True)
    assert {AccessKind.SIGNED_IN, AccessKind.DOWNLOADED, AccessKind.SIGNED_OUT} <= set(kinds)


def _do_the_jobs():
    now = timezone.now()
    messages.announce_day(at=now)
    message_sending.send_waiting(at=now, most=5)
    while recompute.run_pending():
        pass
    documents.sweep(at=now)
    keyed_requests.forget_old(at=now)
    assert seals.seal(at=now) == 2
    assert list(broken_links()) == []


def _leaver():
    left = timezone.now() - timedelta(days=1000)
    return User.objects.create_user(
        email="left@dhsc.example", full_name="Wilhelmina Canary", joined_at=left
    )


def _anonymise(leaver):
    """The role takes a name out of the history, and writes no other one there."""
    assert tasks.anonymise_leavers() == 1
    leaver.refresh_from_db()
    assert leaver.has_left
    assert set(leaver.history.values_list("email", flat=True)) == {leaver.email}
    for table, columns in NAMES_IN_HISTORIES.items():
        for column in columns:
            statement = sql.SQL("UPDATE {} SET {} = 'Somebody'").format(
                sql.Identifier(table), sql.Identifier(column)
            )
            with (
                pytest.raises(DatabaseError, match="a history stays, but for the name of who left"),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_a_column_more_is_said(role, limited):
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("GRANT UPDATE (at) ON authorities_auditevent TO {}").format(
                sql.Identifier(role[0])
            )
        )
    try:
        assert excess(role=role[0]) == ("UPDATE of at of authorities_auditevent",)
    finally:
        call_command("limit_database_role", role[0])

    assert excess(role=role[0]) == ()


def _tamper(role, *, database):
    """Try everything that would change a record; give what was not refused."""
    statements = [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "ALTER TABLE {table} ADD COLUMN more integer",
        "DROP TABLE {table} CASCADE",
        "CREATE TRIGGER mine BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION now()",
    ]
    assert AuditSeal._meta.db_table in records()
    assert len(records()) > 50
    with _server(database, user=role[0], password=role[1]) as as_role:
        for table in records():
            for text in statements:
                # Known to be refused for want of a right, and not by a trigger.
                statement = sql.SQL(text).format(
                    table=sql.Identifier(table), column=sql.Identifier(_column(as_role, table))
                )
                try:
                    as_role.execute(statement)
                except psycopg.errors.InsufficientPrivilege:
                    continue
                yield statement.as_string(as_role)
        for text in (
            "SET session_replication_role = 'replica'",
            "DELETE FROM django_migrations",
            "CREATE TABLE mine (id integer)",
        ):
            try:
                as_role.execute(text)
            except psycopg.errors.InsufficientPrivilege:
                continue
            yield text


def _column(server, table):
    found = server.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [table]
    )
    return found.fetchone()[0]
