"""Official boundaries on screen: previewed by the plan that the import stores from."""

import uuid
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from celery import current_app
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from kombu.exceptions import OperationalError

from authorities.actions import boundary_imports, boundary_jobs
from authorities.actions.boundary_imports import NotPendingError
from authorities.actions.boundary_plan import BoundariesError
from authorities.actions.boundary_previews import BoundaryPreview, preview_of
from authorities.actions.directory import LoadReport
from authorities.boundary_file import BoundaryFileError
from authorities.drawings import national_drawing
from authorities.models import (
    AuditEvent,
    BodyCode,
    BoundaryImport,
    BoundaryImportState,
    BoundarySet,
    Role,
    User,
)
from authorities.received_files import FormUsedError
from tests.authorities.actions.test_boundaries import Feature, official, rename_first
from tests.authorities.conftest import LOADED_AT
from tests.factories.authorities import NationalMembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST_DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    """Keep what tests store out of the site's folder."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """Stand at the edge of the house: what would have gone to the broker."""
    messages: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(
        current_app, "send_task", lambda name, kwargs: messages.append((name, kwargs))
    )
    return messages


@pytest.fixture
def lead(register_loaded: LoadReport) -> User:
    """A lead analyst, with a register and its approximate areas."""
    call_command("load_boundaries", stdout=StringIO())
    made: User = NationalMembershipFactory(role=Role.LEAD_ANALYST).user
    return made


def welsh(features: list[Feature]) -> None:
    corners = [[2e5, 2e5], [2.1e5, 2e5], [2e5, 2.1e5], [2e5, 2e5]]
    features.append(
        {
            "type": "Feature",
            "properties": {"CTYUA24CD": "W06000001", "CTYUA24NM": "Ynys Môn"},
            "geometry": {"type": "Polygon", "coordinates": [corners]},
        }
    )


def propose(by: User, text: str | None = None, **said: Any) -> BoundaryImport:
    fields: dict[str, Any] = {
        "file": ContentFile((text if text is not None else official()).encode()),
        "file_name": "C:\\boundaries\\councils.geojson",
        "name": "Counties, December 2024",
        "valid_from": FIRST_DAY,
        "source": "ONS",
        "licence": "OGL",
        "form_key": uuid.uuid4(),
        "by": by,
        "at": LOADED_AT,
    }
    return boundary_imports.propose(**{**fields, **said})


def work(pending: BoundaryImport, at: datetime = LOADED_AT) -> BoundaryImport:
    """Do what a worker does at a message, and return the row as it is then."""
    boundary_jobs.process(import_id=pending.pk, at=at)
    pending.refresh_from_db()
    return pending


def confirm(pending: BoundaryImport, by: User) -> BoundaryImport:
    """Confirm a file that was read, and store it."""
    boundary_imports.confirm(import_id=pending.pk, by=by, at=LOADED_AT)
    return work(pending)


def seen(pending: BoundaryImport) -> BoundaryPreview:
    preview = preview_of(pending=pending)
    assert preview is not None
    return preview


def audited() -> list[str]:
    events = AuditEvent.objects.filter(action__startswith="boundaries.").order_by("pk")
    # The first are of the areas that the fixture loads.
    return [action for action in events.values_list("action", flat=True) if "loaded" not in action]


def test_a_file_that_fits_is_read_previewed_and_then_stored(
    lead: User, django_capture_on_commit_callbacks: Any, sent: list[tuple[str, dict[str, str]]]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pending = propose(lead, official(welsh))
    assert (pending.state, preview_of(pending=pending)) == (BoundaryImportState.READING, None)
    assert sent == [("authorities.process_boundary_import", {"import_id": str(pending.pk)})]
    kept = pending.file.name
    assert default_storage.exists(kept)
    assert pending.file_name == "councils.geojson"

    work(pending)
    assert (pending.state, pending.attempts) == (BoundaryImportState.PENDING, 1)
    preview = seen(pending)
    assert preview.problems == ()
    assert (len(preview.matched), preview.missing, preview.unmatched) == (153, (), ())
    assert [(coded.code, coded.name) for coded in preview.left_out] == [("W06000001", "Ynys Môn")]
    assert preview.map is not None
    assert preview.map.highlight.startswith("M")

    with django_capture_on_commit_callbacks(execute=True):
        boundary_imports.confirm(import_id=pending.pk, by=lead, at=LOADED_AT)
    pending.refresh_from_db()
    assert (pending.state, pending.decided_by) == (BoundaryImportState.STORING, lead)
    assert len(sent) == 2

    with django_capture_on_commit_callbacks(execute=True):
        work(pending)
    stored = BoundarySet.objects.get(approximate=False)
    assert (pending.state, pending.boundary_set) == (BoundaryImportState.STORED, stored)
    assert not default_storage.exists(kept)
    assert stored.valid.lower == FIRST_DAY
    assert audited() == [
        "boundaries.proposed",
        "boundaries.read",
        "boundaries.confirmed",
        "boundaries.imported",
    ]
    assert AuditEvent.objects.get(action="boundaries.imported").by == lead


def test_maps_of_days_before_keep_their_boundaries(lead: User) -> None:
    before = national_drawing(as_at=date(2026, 3, 31), at=LOADED_AT)
    pending = confirm(work(propose(lead)), lead)

    still = national_drawing(as_at=date(2026, 3, 31), at=LOADED_AT)
    after = national_drawing(as_at=FIRST_DAY, at=LOADED_AT)

    assert still == before
    assert before.boundaries.approximate
    assert (after.boundaries.name, after.boundaries.approximate) == (pending.name, False)


def test_what_does_not_fit_is_named_and_cannot_be_stored(lead: User) -> None:
    pending = work(propose(lead, official(rename_first)))

    preview = seen(pending)
    assert [coded.code for coded in preview.unmatched] == ["E06000099"]
    assert [(coded.code, coded.name) for coded in preview.missing] == [("E06000001", "Hartlepool")]
    assert preview.map is not None
    assert preview.map.surroundings
    with pytest.raises(BoundariesError, match="no council with the code E06000099"):
        boundary_imports.confirm(import_id=pending.pk, by=lead, at=LOADED_AT)
    assert BoundarySet.objects.count() == 1


def test_a_file_can_be_checked_again_after_the_register_was_updated(lead: User) -> None:
    pending = work(propose(lead, official(rename_first)))
    BodyCode.objects.filter(value="E06000001").update(value="E06000099")

    boundary_imports.check_again(import_id=pending.pk, by=lead, at=LOADED_AT)

    assert seen(work(pending)).problems == ()


def test_a_register_that_changed_after_the_preview_stores_nothing_and_is_shown(lead: User) -> None:
    pending = work(propose(lead))
    boundary_imports.confirm(import_id=pending.pk, by=lead, at=LOADED_AT)
    BodyCode.objects.filter(value="E06000001").update(value="E06000099")

    work(pending)

    assert (pending.state, pending.decided_at) == (BoundaryImportState.PENDING, None)
    assert "no council with the code E06000001" in pending.failure
    assert [coded.code for coded in seen(pending).unmatched] == ["E06000001"]
    assert BoundarySet.objects.count() == 1
    assert audited()[-2:] == ["boundaries.not_stored", "boundaries.read"]


def test_a_message_that_comes_twice_changes_nothing(lead: User) -> None:
    pending = work(propose(lead))
    read = work(pending).checked_at
    assert work(pending, LOADED_AT + timedelta(hours=1)).checked_at == read
    stored = confirm(pending, lead).boundary_set

    work(pending)

    assert (pending.state, pending.boundary_set) == (BoundaryImportState.STORED, stored)
    assert BoundarySet.objects.filter(approximate=False).count() == 1
    assert audited().count("boundaries.imported") == 1


def test_a_file_that_no_worker_finished_is_swept_and_given_up_after_three(
    lead: User, sent: list[tuple[str, dict[str, str]]]
) -> None:
    pending = propose(lead)
    later = LOADED_AT + timedelta(minutes=2)
    assert boundary_imports.sweep(at=LOADED_AT) == 0
    assert boundary_imports.sweep(at=later) == 1
    assert sent == [("authorities.process_boundary_import", {"import_id": str(pending.pk)})]
    BoundaryImport.objects.update(started_at=later, attempts=boundary_jobs.MOST_ATTEMPTS)
    assert boundary_imports.sweep(at=later) == 0

    work(pending, later)

    assert pending.state == BoundaryImportState.FAILED
    assert "stopped 3 times" in pending.failure
    with pytest.raises(NotPendingError, match="Check it again first"):
        boundary_imports.confirm(import_id=pending.pk, by=lead, at=later)
    boundary_imports.check_again(import_id=pending.pk, by=lead, at=later)
    assert (work(pending).state, pending.failure) == (BoundaryImportState.PENDING, "")


def test_a_queue_that_is_away_loses_no_file(
    lead: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def send_task(*args: Any, **options: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", send_task)

    with django_capture_on_commit_callbacks(execute=True):
        pending = propose(lead)

    assert BoundaryImport.objects.get() == pending


def test_a_double_click_keeps_one_file(lead: User) -> None:
    key, text = uuid.uuid4(), official()

    first, second = propose(lead, text, form_key=key), propose(lead, text, form_key=key)

    assert first == second
    with pytest.raises(FormUsedError):
        propose(lead, official(rename_first), form_key=key)
    assert BoundaryImport.objects.count() == 1


def test_a_decision_is_taken_once(lead: User) -> None:
    stored, gone = work(propose(lead)), work(propose(lead, name="Another"))
    boundary_imports.confirm(import_id=stored.pk, by=lead, at=LOADED_AT)
    boundary_imports.discard(import_id=gone.pk, by=lead, at=LOADED_AT)

    with pytest.raises(NotPendingError, match="being stored already"):
        boundary_imports.confirm(import_id=stored.pk, by=lead, at=LOADED_AT)
    with pytest.raises(NotPendingError, match="being stored already"):
        boundary_imports.discard(import_id=stored.pk, by=lead, at=LOADED_AT)
    work(stored)
    with pytest.raises(NotPendingError, match="are stored already"):
        boundary_imports.confirm(import_id=stored.pk, by=lead, at=LOADED_AT)
    with pytest.raises(NotPendingError, match="was discarded"):
        boundary_imports.discard(import_id=gone.pk, by=lead, at=LOADED_AT)
    assert BoundarySet.objects.filter(approximate=False).count() == 1


def test_a_file_that_a_worker_has_waits_for_it(lead: User) -> None:
    pending = propose(lead)

    for decide in (boundary_imports.confirm, boundary_imports.discard):
        with pytest.raises(NotPendingError, match="is being read"):
            decide(import_id=pending.pk, by=lead, at=LOADED_AT)
    assert audited() == ["boundaries.proposed"]


def test_a_name_that_is_taken_is_said_before_anything_is_kept(lead: User) -> None:
    confirm(work(propose(lead)), lead)

    with pytest.raises(BoundariesError, match="Choose another name"):
        propose(lead)


def test_two_files_of_one_name_are_stored_once(lead: User) -> None:
    first, second, third = (work(propose(lead)) for _ in range(3))
    boundary_imports.confirm(import_id=second.pk, by=lead, at=LOADED_AT)
    confirm(first, lead)

    work(second)

    assert (second.state, BoundarySet.objects.count()) == (BoundaryImportState.PENDING, 2)
    assert "Choose another name" in second.failure
    with pytest.raises(BoundariesError, match="Choose another name"):
        boundary_imports.confirm(import_id=third.pk, by=lead, at=LOADED_AT)


def test_a_file_without_a_decision_expires_when_the_next_comes(lead: User) -> None:
    old = work(propose(lead, name="Old"))
    later = LOADED_AT + timedelta(days=8)

    with pytest.raises(NotPendingError, match="kept for 7 days"):
        boundary_imports.confirm(import_id=old.pk, by=lead, at=later)
    propose(lead, at=later)

    old.refresh_from_db()
    assert (old.state, old.decided_by, old.file.name) == (BoundaryImportState.DISCARDED, None, "")


def test_a_file_that_is_gone_is_said(lead: User) -> None:
    pending = work(propose(lead))
    default_storage.delete(pending.file.name)

    confirm(pending, lead)

    assert pending.state == BoundaryImportState.REFUSED
    assert "no longer there" in pending.failure
    assert audited()[-2:] == ["boundaries.not_stored", "boundaries.refused"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is not JSON"),
        ("code,name", "The file is not JSON"),
        (" " * (boundary_imports.MOST_BYTES + 1), "larger than 30 MB"),
    ],
)
def test_what_is_no_file_of_boundaries_at_all_is_not_kept(
    lead: User, text: str, message: str
) -> None:
    with pytest.raises(BoundaryFileError, match=message):
        propose(lead, text)

    assert not BoundaryImport.objects.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "The file is not JSON"),
        ("{}", "not a GeoJSON FeatureCollection"),
        (official(kind="ICB"), "The file holds ICB areas"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_until_it_is_discarded(
    lead: User, text: str, message: str
) -> None:
    pending = work(propose(lead, text))

    assert pending.state == BoundaryImportState.REFUSED
    assert message in pending.failure
    with pytest.raises(NotPendingError, match="import another one"):
        boundary_imports.confirm(import_id=pending.pk, by=lead, at=LOADED_AT)
    boundary_imports.discard(import_id=pending.pk, by=lead, at=LOADED_AT)
    pending.refresh_from_db()
    assert (pending.state, pending.file.name) == (BoundaryImportState.DISCARDED, "")
