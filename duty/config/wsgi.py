"""The WSGI application, served by gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duty.config.settings")

# The queue's application must be configured before a request asks it to send.
from duty.config.celery import app as celery_app

application = get_wsgi_application()

__all__ = ["application", "celery_app"]
