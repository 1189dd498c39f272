"""The Celery application: `celery -A duty.config.celery worker`."""

import gc
import os

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duty.config.settings")

app = Celery("health_duty")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["authorities", "outcomes", "duty", "engagement"])


@worker_process_init.connect
def leave_the_site_to_its_start(**_more: object) -> None:
    """Let the collector pass over what a worker's process has from its start, and never frees.

    Else it walks through all of the site again while a recompute makes its hundreds of thousands
    of short-lived values.
    """
    gc.freeze()
