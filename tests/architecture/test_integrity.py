"""The checks of integrity: the demonstration breaks none, and each finds the fault it is for."""

import json
import logging
from datetime import timedelta
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from authorities.actions import message_sending
from authorities.integrity import MOST_KEYS, Asked, all_checks, broken_among, run
from authorities.models import Message, Notice
from authorities.queries.stored_facts import NIGHTS, files_that_differ
from authorities.tasks import check_integrity
from duty.actions import documents
from duty.models import AgreementDocument, ReturnDocument
from outcomes import recompute
from outcomes.models import Upload
from tests.architecture.planted_faults import FAULTS, unguarded
from tests.world import World

pytestmark = pytest.mark.slow


@pytest.fixture
def settled(world: World, own_files: object) -> World:
    """Say that the demonstration's notices and documents are done with, as a worker would do."""
    now = timezone.now()
    Notice.objects.filter(addressed_at=None).update(addressed_at=now)
    ReturnDocument.objects.update(asked_at=now)
    # Its files are where it was loaded; the test's folder has others.
    for upload in Upload.objects.all():
        name = default_storage.save("uploads/sent.csv", ContentFile(b"content"))
        digest = sha256(b"content").hexdigest()
        Upload.objects.filter(pk=upload.pk).update(file=name, size=7, sha256=digest)
    for kept in AgreementDocument.objects.all():
        default_storage.save(kept.file.name, ContentFile(b"content"))
    with unguarded(AgreementDocument):
        AgreementDocument.objects.update(size=7, sha256=sha256(b"content").hexdigest())
    return world


def broken() -> set[str]:
    found = run(asked=Asked(at=timezone.now(), every_file=True))
    return {one.check.name for one in found if one.broken.count}


def test_there_are_twenty_checks_or_more_and_each_has_a_name_of_its_own() -> None:
    names = [check.name for check in all_checks()]

    assert len(names) >= 20
    assert len(names) == len(set(names))
    assert {name.partition(".")[0] for name in names} == {
        *("authorities", "outcomes", "duty", "engagement"),
    }


def test_each_check_has_a_fault_that_it_finds() -> None:
    assert {check.name for check in all_checks()} == set(FAULTS)


def test_the_demonstration_breaks_none_once_its_jobs_have_run(world) -> None:
    now = timezone.now()
    documents.sweep(at=now)
    for document in ReturnDocument.objects.all():
        documents.make(document_id=document.pk, at=now)
    message_sending.send_waiting(at=now, most=10_000)
    while recompute.run_pending():
        pass

    assert broken() == set()
    assert Notice.objects.filter(addressed_at__isnull=False).count() > 100


def test_the_world_of_the_tests_breaks_none(settled: World) -> None:
    assert broken() == set()


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_its_check_alone(settled: World, name: str) -> None:
    FAULTS[name]()

    assert broken() == {name}


def test_a_guard_is_on_again_after_a_fault_was_planted(settled: World) -> None:
    with unguarded(Message):
        pass

    assert broken() == set()


def test_the_command_prints_each_check_and_ends_well_where_none_is_broken(settled, capsys) -> None:
    call_command("check_integrity")

    printed = capsys.readouterr().out
    assert all(check.name in printed and check.holds in printed for check in all_checks())
    assert f"{len(all_checks())} checks, 0 broken." in printed


def test_the_command_names_the_first_keys_and_ends_with_1(settled, capsys) -> None:
    FAULTS["authorities.notices_are_addressed"]()
    (key,) = Notice.objects.filter(addressed_at=None).values_list("pk", flat=True)

    with pytest.raises(SystemExit) as ended:
        call_command("check_integrity")

    assert ended.value.code == 1
    assert f"broken by 1: {key}" in capsys.readouterr().out


def test_the_command_says_the_same_as_json(settled, capsys) -> None:
    FAULTS["authorities.notices_are_addressed"]()

    with pytest.raises(SystemExit):
        call_command("check_integrity", json=True)

    told = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in told} == set(FAULTS)
    assert [one["name"] for one in told if one["broken"]] == ["authorities.notices_are_addressed"]
    assert all(set(one) == {"name", "holds", "broken", "keys"} for one in told)


def test_the_nightly_job_logs_what_is_broken_and_may_run_twice(settled, caplog) -> None:
    assert check_integrity() == 0
    FAULTS["duty.submissions_give_their_digest"]()

    with caplog.at_level(logging.ERROR):
        assert check_integrity(from_later=True) == check_integrity() == 1

    first, second = (record.getMessage() for record in caplog.records)
    assert first == second
    assert first.startswith("integrity: duty.submissions_give_their_digest is broken by 1 rows: ")


def test_keys_are_the_first_few_of_all_that_are_counted() -> None:
    found = broken_among(keys=range(20, 10, -1))

    assert found.count == 10
    assert found.keys == ("11", "12", "13", "14", "15")
    assert len(found.keys) == MOST_KEYS


def test_each_file_is_read_once_in_so_many_nights(own_files) -> None:
    kept = SimpleNamespace(
        pk=1,
        file=SimpleNamespace(name=default_storage.save("kept.txt", ContentFile(b"another"))),
        size=7,
        sha256=sha256(b"content").hexdigest(),
    )
    nights = [timezone.now() + timedelta(days=day) for day in range(NIGHTS)]

    found = [files_that_differ(kept=[kept], asked=Asked(at=night)).count for night in nights]

    assert sorted(found) == [0] * (NIGHTS - 1) + [1]
    assert files_that_differ(kept=[kept], asked=Asked(at=nights[0], every_file=True)).count == 1
