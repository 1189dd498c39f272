"""The ledger of recomputes, for administrators."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.access import require
from authorities.models import User
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.actions import documents
from duty.deadlines import london_date
from duty.models import ReturnDocument
from duty.presenters.round_turns import turn_lines
from duty.queries.documents import given_up
from duty.queries.due_rounds import turns_ahead
from engagement.actions import jobs
from engagement.queries import jobs as queries
from outcomes.models import RecomputeRequest


class JobsMixin(View):
    """Lets in who may read the jobs."""

    permission = Permission.JOBS_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse everybody else.

        Raises:
            Http404, PermissionDenied: as `require`.
        """
        super().setup(request, *args, **kwargs)
        require(request.user, self.permission)


class Jobs(JobsMixin, TemplateView):
    """What waits, what failed and why, and what was done last."""

    template_name = "engagement/jobs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give a page of the rows in the state that is asked for, the failed ones first."""
        asked = self.request.GET.get("state", queries.JobState.FAILED)
        if asked not in list(queries.JobState):
            raise Http404
        state = queries.JobState(asked)
        now = timezone.now()
        return {
            **super().get_context_data(**kwargs),
            "state": state,
            "states": list(queries.JobState),
            "jobs": queries.jobs_in(
                state=state,
                on=london_date(now=now),
                page=page_number(request=self.request),
            ),
            "turns": turn_lines(turns=turns_ahead(now=now)),
            "documents": given_up(),
        }


class JobRunAgain(JobsMixin):
    """Lets a failed recompute be tried again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, job_id: int) -> HttpResponse:
        """Put it back into the line."""
        assert isinstance(request.user, User)  # noqa: S101 - narrows the type
        try:
            jobs.run_again(request_id=job_id, by=request.user, at=timezone.now())
        except RecomputeRequest.DoesNotExist as error:
            raise Http404 from error
        except jobs.NotFailedError as error:
            messages.info(request, str(error))
        else:
            messages.success(request, "The recompute is tried again within seconds.")
        return redirect("jobs")


class JobMakeDocument(JobsMixin):
    """Lets a return's document that was given up be tried again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, document_id: UUID) -> HttpResponse:
        """Put it back into the line."""
        assert isinstance(request.user, User)  # noqa: S101 - narrows the type
        try:
            documents.make_again(document_id=document_id, by=request.user, at=timezone.now())
        except ReturnDocument.DoesNotExist as error:
            raise Http404 from error
        except documents.NotGivenUpError as error:
            messages.info(request, str(error))
        else:
            messages.success(request, "The document is made again within seconds.")
        return redirect("jobs")
