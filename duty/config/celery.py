"""The Celery application: `celery -A duty.config.celery worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duty.config.settings")

app = Celery("health_duty")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["authorities", "outcomes", "duty", "engagement"])
