"""A worker is killed while it reads or stores boundaries: nothing is half there or done twice."""

import json
import os
import signal
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from authorities.actions import boundary_imports, boundary_jobs
from authorities.models import (
    AuditEvent,
    Boundary,
    BoundaryImport,
    BoundaryImportState,
    BoundarySet,
    Role,
)
from tests.factories.authorities import (
    AreaPartFactory,
    BodyCodeFactory,
    CouncilFactory,
    NationalMembershipFactory,
)
from tests.solo_worker import PATIENCE, Worker, send, solo_worker, wait_until_somebody_waits_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SQUARE = [[5e5, 1.8e5], [5.1e5, 1.8e5], [5.1e5, 1.9e5], [5e5, 1.9e5], [5e5, 1.8e5]]


@pytest.fixture
def worker(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Worker]:
    """A worker that finds the test's files where its own would be."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    with solo_worker(folder=tmp_path) as made:
        yield made


def proposed() -> BoundaryImport:
    """A file of the only council that there is."""
    council = CouncilFactory(ons_code=False)
    BodyCodeFactory(body=council, value="E06000001")
    AreaPartFactory(key="E06000001:1", council=council)
    feature = {
        "type": "Feature",
        "properties": {"CTYUA24CD": "E06000001", "CTYUA24NM": "Hartlepool"},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    return boundary_imports.propose(
        file=ContentFile(text.encode()),
        file_name="councils.json",
        name="Counties",
        valid_from=timezone.localdate(),
        source="ONS",
        licence="OGL",
        form_key=uuid.uuid4(),
        by=NationalMembershipFactory(role=Role.LEAD_ANALYST).user,
        at=timezone.now(),
    )


def kill_at(table: str, worker: Worker, pending: BoundaryImport) -> None:
    """Stop the worker where it comes to a table, and kill it there."""
    process, queue = worker
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table}")
        send(queue=queue, task=boundary_imports.PROCESS_TASK, import_id=str(pending.pk))
        wait_until_somebody_waits_for(table)
        # Meanwhile another worker finds nothing to do, and nobody is made to wait.
        boundary_jobs.process(import_id=pending.pk, at=timezone.now())
        with pytest.raises(boundary_imports.NotPendingError, match=r"being (?:read|stored)"):
            boundary_imports.discard(
                import_id=pending.pk, by=pending.proposed_by, at=timezone.now()
            )
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    pending.refresh_from_db()


def sweep_until_done(pending: BoundaryImport) -> None:
    """Begin anew as soon as the server has noticed the death, as the sweep's messages do."""
    later = timezone.now() + timedelta(minutes=2)
    assert boundary_imports.sweep(at=later) == 1
    end = time.monotonic() + PATIENCE
    while pending.state in boundary_imports.AT_WORK and time.monotonic() < end:
        boundary_jobs.process(import_id=pending.pk, at=later)
        pending.refresh_from_db()
        time.sleep(0.1)


def test_a_worker_killed_while_it_reads_leaves_nothing_and_another_reads_all(
    worker: Worker,
) -> None:
    pending = proposed()

    # The map of the preview asks for areas, after the file was read.
    kill_at("authorities_boundary", worker, pending)

    assert (pending.state, pending.attempts) == (BoundaryImportState.READING, 1)
    assert pending.preview == {}
    sweep_until_done(pending)
    assert (pending.state, pending.attempts) == (BoundaryImportState.PENDING, 2)
    assert pending.preview["problems"] == []
    assert AuditEvent.objects.filter(action="boundaries.read").count() == 1


def test_a_worker_killed_while_it_stores_leaves_nothing_and_another_stores_all(
    worker: Worker,
) -> None:
    pending = proposed()
    boundary_jobs.process(import_id=pending.pk, at=timezone.now())
    boundary_imports.confirm(import_id=pending.pk, by=pending.proposed_by, at=timezone.now())

    # Drawings go after all areas are stored.
    kill_at("authorities_drawing", worker, pending)

    assert (pending.state, pending.attempts) == (BoundaryImportState.STORING, 1)
    assert not BoundarySet.objects.exists()
    assert not Boundary.objects.exists()
    sweep_until_done(pending)
    assert (pending.state, pending.attempts) == (BoundaryImportState.STORED, 2)
    assert BoundarySet.objects.get() == pending.boundary_set
    assert Boundary.objects.count() == 2
    assert AuditEvent.objects.filter(action="boundaries.imported").count() == 1
