"""The Celery application: `celery -A duty.config.celery worker`."""

import gc
import logging
import os
import time
from contextlib import ExitStack
from typing import Any

from celery import Celery, Task
from celery.signals import before_task_publish, task_postrun, task_prerun, worker_process_init
from django.db import DatabaseError
from django.utils import timezone

from authorities.request_ids import current, taken, working_on

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duty.config.settings")

logger = logging.getLogger(__name__)

# Jobs that only look.
_READING = frozenset({"authorities.check_integrity"})


class SiteTask(Task):  # type: ignore[type-arg] # of any arguments
    """A job, which is left for later while the site can only be read.

    What waits stands in the database: a message that is let go is sent again by a sweep.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do the job, unless nothing may be written."""
        # Models exist once the site is set up, which is after this application is made.
        from authorities.read_only import is_read_only

        # A step that another job calls belongs to that one, which is done as a whole.
        of_worker = not self.request.called_directly
        if of_worker and self.name not in _READING and is_read_only():
            logger.warning("the site is read only: %s is left for later", self.name)
            return None
        if not of_worker:
            return super().__call__(*args, **kwargs)
        began = time.monotonic()
        try:
            answered = super().__call__(*args, **kwargs)
        except Exception:
            self._note(succeeded=False, began=began)
            raise
        self._note(succeeded=True, began=began)
        return answered

    def _note(self, *, succeeded: bool, began: float) -> None:
        from authorities.actions import job_records

        try:
            job_records.note(
                job=self.name,
                succeeded=succeeded,
                seconds=time.monotonic() - began,
                at=timezone.now(),
            )
        except DatabaseError:
            # The job itself is done, or has said what is wrong.
            logger.warning("what became of %s could not be counted", self.name)


app = Celery("health_duty", task_cls=SiteTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["authorities", "outcomes", "duty", "engagement"])

# The header of a message by which a job knows the request that asked for it.
REQUEST_ID = "request_id"
# What this process works on: a job within a job takes the outer one's place for its time.
_begun: dict[str, tuple[ExitStack, float]] = {}


@before_task_publish.connect
def hand_over_request_id(headers: dict[str, Any] | None = None, **_more: object) -> None:
    """Send along the id of the request, or of the job, that asks for a job."""
    if headers is not None and current():
        headers[REQUEST_ID] = current()


@task_prerun.connect
def take_over_request_id(task_id: str, task: Task, **_more: object) -> None:  # type: ignore[type-arg]
    """Let what the job logs carry the id; a job of the clock has its own."""
    asked_by = getattr(task.request, REQUEST_ID, None)
    stack = ExitStack()
    stack.enter_context(working_on(taken(str(asked_by or task_id))))
    _begun[task_id] = (stack, time.monotonic())


@task_postrun.connect
def log_job(task_id: str, task: Task, state: str | None = None, **_more: object) -> None:  # type: ignore[type-arg]
    """Log what became of a job: its name and its end, never what it was given or gave back."""
    stack, began = _begun.pop(task_id, (ExitStack(), time.monotonic()))
    logger.info(
        "job",
        extra={
            "task": task.name,
            "task_id": task_id,
            "outcome": state or "",
            "ms": round((time.monotonic() - began) * 1000),
        },
    )
    stack.close()


@worker_process_init.connect
def leave_the_site_to_its_start(**_more: object) -> None:
    """Let the collector pass over what a worker's process has from its start, and never frees.

    Else it walks through all of the site again while a recompute makes its hundreds of thousands
    of short-lived values.
    """
    gc.freeze()
