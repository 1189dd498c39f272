"""Seals over the audit: nothing is missed, and every way to tamper with it is named."""

import logging
import threading
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from authorities import audit
from authorities.actions import seals
from authorities.models import AccessEvent, AccessKind, AuditEvent, AuditSeal
from authorities.queries.seals import broken_links, chain_state
from tests.architecture.planted_faults import unguarded
from tests.factories.authorities import UserFactory

COMMITS = pytest.mark.django_db(transaction=True)


@transaction.atomic
def done(number=1):
    person = UserFactory()
    for one in range(number):
        audit.record(action="thing.done", target=person, by=person, at=timezone.now(), one=one)


def looked():
    AccessEvent.objects.create(at=timezone.now(), kind=AccessKind.VIEWED, status=200)


@pytest.fixture
def chain(db, monkeypatch):
    """Five seals: three of the audit and two of access, two rows each."""
    monkeypatch.setattr(seals, "MOST_ROWS", 2)
    done(6)
    for _ in range(4):
        looked()
    assert seals.seal(at=timezone.now()) == 5
    return list(AuditSeal.objects.order_by("number"))


def test_all_rows_are_sealed_once_and_the_chain_holds(chain):
    assert [one.number for one in chain] == [1, 2, 3, 4, 5]
    assert sum(one.rows for one in chain if one.ledger == "audit") == AuditEvent.objects.count()
    assert list(broken_links()) == []
    assert seals.seal(at=timezone.now()) == 0
    assert chain_state().waiting == 0
    assert chain_state().digest == chain[-1].digest


def test_what_comes_later_is_in_the_next_seal(chain):
    done()

    assert chain_state().waiting == 1
    assert seals.seal(at=timezone.now()) == 1
    assert list(broken_links()) == []


def test_a_copy_of_each_digest_is_in_the_log(db, caplog):
    done()
    with caplog.at_level(logging.INFO, logger="authorities"):
        seals.seal(at=timezone.now())

    assert f"digest {AuditSeal.objects.get().digest}" in caplog.text


# --- Tampering, by somebody who may switch triggers off.


@contextmanager
def tampering(*models):
    with connection.cursor() as cursor, unguarded(models[0]):
        yield cursor


def first_row(chain, number):
    return chain[number - 1].first_id


def test_a_changed_byte_names_its_row(chain):
    second = AuditEvent.objects.filter(pk__gte=first_row(chain, 2)).earliest("pk")
    with tampering(AuditEvent) as cursor:
        cursor.execute(
            """UPDATE authorities_auditevent SET detail = '{"one": 7}' WHERE id = %s""", [second.pk]
        )

    assert list(broken_links()) == [f"What was done: row {second.pk} was changed after seal 2"]


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "by_id = NULL",
        "action = 'thing.donf'",
        "target_id = ''",
    ],
)
def test_each_column_of_the_audit_is_sealed(chain, change):
    with tampering(AuditEvent) as cursor:
        sql = f"UPDATE authorities_auditevent SET {change} WHERE id = %s"  # noqa: S608 - of this list
        cursor.execute(sql, [first_row(chain, 3)])

    (said,) = broken_links()
    assert said.endswith("was changed after seal 3")


@pytest.mark.parametrize(
    "change",
    [
        *("kind = 'refused'", "network = '10.0.0.0/24'", "route = 'home'", "permission = 'x'"),
        *("status = 404", "unknown_account = 'x'", """named = '{"a": "b"}'"""),
    ],
)
def test_each_column_of_access_is_sealed(chain, change):
    row = AccessEvent.objects.earliest("pk").pk
    with tampering(AccessEvent) as cursor:
        sql = f"UPDATE authorities_accessevent SET {change} WHERE id = %s"  # noqa: S608 - of this list
        cursor.execute(sql, [row])

    (said,) = broken_links()
    assert said.startswith(f"Who signed in and saw what: row {row} was changed")


def test_a_deleted_row_is_named(chain):
    row = AuditEvent.objects.latest("pk").pk
    with tampering(AuditEvent) as cursor:
        cursor.execute("DELETE FROM authorities_auditevent WHERE id = %s", [row])

    assert list(broken_links()) == [f"What was done: row {row} was removed after seal 3"]


def test_a_row_put_in_where_keys_were_free_is_named(chain):
    gone = AuditEvent.objects.latest("pk")
    # A transaction that was undone leaves a key free.
    connection.cursor().execute("SELECT nextval('authorities_auditevent_id_seq')")
    done()
    seals.seal(at=timezone.now())
    AuditEvent.objects.create(
        pk=gone.pk + 1, action="x", at=gone.at, target_type="x", target_id="x"
    )

    assert list(broken_links()) == [f"What was done: row {gone.pk + 1} was inserted after seal 6"]


def test_a_removed_seal_is_named(chain):
    with tampering(AuditSeal) as cursor:
        cursor.execute("DELETE FROM authorities_auditseal WHERE number = 2")

    assert "seal 2 was removed" in list(broken_links())


def test_a_seal_made_to_fit_a_changed_row_is_named(chain):
    """Row, leaf, and digest are all changed: the next seal still knows the digest of before."""
    with tampering(AuditEvent) as cursor:
        cursor.execute(
            "UPDATE authorities_auditevent SET action = 'x' WHERE id <= %s", [chain[0].last_id]
        )
    with unguarded(AuditSeal):
        AuditSeal.objects.filter(number=1).delete()
        reseal(chain[0])

    assert list(broken_links()) == ["seal 1 was rewritten: the next one knows it otherwise"]


def reseal(old):
    """Make the seal that a forger would make of the rows as they are now."""
    made = seals.Seal(
        number=old.number,
        table=old.ledger,
        first_id=old.first_id,
        last_id=old.last_id,
        leaves=seals.leaves_of(table=old.ledger, first=old.first_id, last=old.last_id),
        previous=old.previous,
        sealed_at=old.sealed_at,
    )
    old.leaves, old.digest, old.pk = seals.packed(made.leaves), made.digest, None
    old._state.adding = True
    old.save()


def test_a_chain_rewritten_to_its_end_differs_from_the_copy_in_the_log(chain):
    kept = {one.number: one.digest for one in chain}
    with unguarded(AuditEvent):
        AuditEvent.objects.filter(pk__lte=chain[0].last_id).update(action="x")
    with unguarded(AuditSeal):
        AuditSeal.objects.all().delete()
    seals.seal(at=timezone.now())

    assert list(broken_links()) == []
    assert next(broken_links(kept=kept)) == (
        "seal 1 is not the one whose digest was kept elsewhere"
    )


def test_seals_cut_off_at_the_end_are_missed_by_who_kept_a_digest(chain):
    with unguarded(AuditSeal):
        AuditSeal.objects.filter(number=5).delete()

    assert list(broken_links()) == []
    assert list(broken_links(kept={5: chain[4].digest})) == [
        "seal 5 was removed: its digest was kept elsewhere"
    ]


# --- The commands.


def test_the_command_says_that_all_holds(chain, capsys):
    call_command("verify_audit", kept=[f"5:{chain[4].digest}"])

    assert "All 5 seals hold." in capsys.readouterr().out


def test_the_command_names_what_does_not_and_ends_with_1(chain, capsys):
    row = AuditEvent.objects.earliest("pk").pk
    with unguarded(AuditEvent):
        AuditEvent.objects.filter(pk=row).update(action="x")

    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit")

    assert ended.value.code == 1
    assert f"row {row} was changed after seal 1" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["5", "x:" + "0" * 64, "5:0"])
def test_a_digest_that_is_none_is_refused(db, text):
    with pytest.raises(CommandError, match="NUMBER:DIGEST"):
        call_command("verify_audit", kept=[text])


# --- Rows that are committed out of order.


@contextmanager
def slow_writer():
    """Somebody who has written a row with a low key and not ended yet."""
    written, may_end = threading.Event(), threading.Event()

    def write():
        try:
            with transaction.atomic():
                AuditEvent.objects.create(
                    action="slow.done", at=timezone.now(), target_type="x", target_id="x"
                )
                written.set()
                may_end.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert written.wait(10)
    try:
        yield may_end
    finally:
        may_end.set()
        thread.join(20)


@COMMITS
def test_nothing_is_sealed_past_a_writer_who_has_not_ended(monkeypatch):
    monkeypatch.setattr(seals, "PATIENCE_SECONDS", 0.3)
    with slow_writer():
        done()
        assert seals.seal(at=timezone.now()) == 0

    assert seals.seal(at=timezone.now()) == 1
    assert AuditSeal.objects.get().rows == 2
    assert list(broken_links()) == []


@COMMITS
def test_a_writer_who_ends_meanwhile_is_waited_for():
    with slow_writer() as may_end:
        done()
        threading.Timer(0.3, may_end.set).start()
        assert seals.seal(at=timezone.now()) == 1

    assert AuditSeal.objects.get().rows == 2
