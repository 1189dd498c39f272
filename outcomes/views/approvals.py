"""A second person reads what bodies sent in, approves it or returns it."""

from collections import Counter
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from authorities.permissions import Permission
from authorities.views.centre import CentrePage, page_number
from outcomes.actions import approvals as actions
from outcomes.forms import ApproveValuesForm, ReturnValuesForm
from outcomes.models import Release, ReleaseState
from outcomes.presenters import approvals as presenter
from outcomes.queries import approvals as queries

_FIGURES_PER_PAGE = 50


class ApprovalPages(CentrePage):
    """What all pages of approvals share."""

    permission: ClassVar[Permission] = Permission.VALUES_APPROVE


class ApprovalList(ApprovalPages):
    """What waits, what was approved and what was returned."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of one of the three."""
        state = presenter.STATES.get(request.GET.get("show", ""), ReleaseState.SUBMITTED)
        found = queries.releases_of_bodies(
            state=state, page=page_number(request=request), today=timezone.localdate(self.now)
        )
        return self.show(
            "outcomes/approval_list.html", page=presenter.approval_list(found=found, state=state)
        )


class OneRelease(ApprovalPages):
    """A page of one release that a body sent in."""

    release: Release

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the release.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where no body sent it in.
        """
        super().setup(request, *args, **kwargs)
        release = queries.release_of_body(pk=kwargs["release_id"])
        if release is None:
            raise Http404
        self.release = release

    @property
    def sent(self) -> queries.SentRelease:
        """The release as lists show it."""
        found = queries.sent_release(pk=self.release.pk, today=timezone.localdate(self.now))
        if found is None:
            raise Http404
        return found


class ApprovalDetail(OneRelease):
    """The release with what would become of each value."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of its values."""
        today = timezone.localdate(self.now)
        decisions = queries.decisions_on(release=self.release, today=today)
        pages = max(1, -(-len(decisions) // _FIGURES_PER_PAGE))
        page = min(max(1, page_number(request=request)), pages)
        first = (page - 1) * _FIGURES_PER_PAGE
        shown = queries.named(decisions=decisions[first : first + _FIGURES_PER_PAGE], today=today)
        return self.show(
            "outcomes/approval.html",
            columns=presenter.FIGURES,
            page=presenter.approval_page(
                release=self.sent,
                outcomes=list(Counter(one.outcome for one in decisions).items()),
                figures=shown,
                page=page,
                pages=pages,
                is_own=self.person.pk in queries.sent_in_by(release=self.release),
            ),
        )


class _Decision(OneRelease):
    """A step that decides; one that comes too late leads back with the reason."""

    def to_release(self) -> HttpResponse:
        """Lead to the release."""
        return redirect("outcomes:approval", self.release.pk)

    def refused(self, error: actions.DecisionRefusedError) -> HttpResponse:
        """Lead back, and say why nothing was done."""
        messages.error(self.request, str(error))
        return self.to_release()


class ApprovalApprove(_Decision):
    """Approves a release."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the declaration."""
        return self._page(ApproveValuesForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approve it."""
        form = ApproveValuesForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            done = actions.approve(release_id=self.release.pk, by=self.person, at=self.now)
        except actions.DecisionRefusedError as error:
            return self.refused(error)
        messages.success(
            request,
            f"Approved: {done.shown:,} values are public, {done.hidden:,} are suppressed.",
        )
        return self.to_release()

    def _page(self, form: ApproveValuesForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "outcomes/approval_approve.html", form=form, release=self.sent, status=status
        )


class ApprovalReturn(_Decision):
    """Returns a release with a comment."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the comment."""
        return self._page(ReturnValuesForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return it."""
        form = ReturnValuesForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            actions.return_to_sender(
                release_id=self.release.pk,
                comment=form.cleaned_data["comment"],
                by=self.person,
                at=self.now,
            )
        except actions.DecisionRefusedError as error:
            return self.refused(error)
        messages.success(request, "Returned. Who sent it in is told.")
        return self.to_release()

    def _page(self, form: ReturnValuesForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "outcomes/approval_return.html", form=form, release=self.sent, status=status
        )
