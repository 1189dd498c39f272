"""The figures that a watcher of the site collects."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from duty.presenters.metrics import metrics_text
from duty.queries.backlog import backlog
from duty.views.health import HealthPage


class Metrics(HealthPage):
    """Counts, for whoever shows the token of the setting METRICS_TOKEN; nobody else finds it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Give the figures in the text format of Prometheus.

        Raises:
            Http404: no token is set, or another one was shown.
        """
        wanted = f"Bearer {settings.METRICS_TOKEN}"
        shown = request.headers.get("Authorization", "")
        if not settings.METRICS_TOKEN or not constant_time_compare(shown, wanted):
            raise Http404
        text = metrics_text(backlog=backlog(at=timezone.now()))
        return HttpResponse(
            text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
        )
