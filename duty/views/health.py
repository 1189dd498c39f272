"""What whoever runs the site asks it: whether a process lives, may be sent people, and keeps up."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.generic import View

from duty.queries.owed_work import LATE_AFTER, oldest_owed


class HealthPage(View):
    """Asked by machines, every few seconds: nobody's session, and kept nowhere."""

    prolongs_session = False

    def said(self, answer: dict[str, object], *, status: int = 200) -> JsonResponse:
        """Answer with what holds now."""
        return JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})


class Live(HealthPage):
    """The process answers. Where it does not, it is started again."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """Ask nothing of anything else."""
        return self.said({"status": "ok"})


class Ready(HealthPage):
    """The process reaches its database. Where it does not, people are sent elsewhere meanwhile."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """Ask the database; without it, the site's own answer is 503."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return self.said({"status": "ok"})


class Queue(HealthPage):
    """The queue keeps up. Where it does not, pages answer, and somebody looks at the worker."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """Say for how many seconds the oldest work of each kind has been owed; null: none is."""
        owed = oldest_owed(at=timezone.now())
        is_late = any(waits is not None and waits > LATE_AFTER for waits in owed.values())
        seconds = {
            kind: None if waits is None else round(waits.total_seconds())
            for kind, waits in owed.items()
        }
        return self.said(
            {"status": "late" if is_late else "ok", "oldest_seconds": seconds},
            status=503 if is_late else 200,
        )
