"""The sliver threshold over time: everybody reads it, one person proposes and another approves."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from authorities.access import may
from authorities.actions import thresholds as actions
from authorities.permissions import Permission
from authorities.queries import thresholds as queries
from authorities.views.centre import CentrePage
from duty.ui.navigation import BackLink
from engagement.actions import sliver_threshold
from engagement.forms.sliver_threshold import (
    ApproveThresholdForm,
    DeclineThresholdForm,
    ProposeThresholdForm,
)
from engagement.presenters import sliver_threshold as presenter
from engagement.views.paging import page_of
from engagement.views.reading_versions import PublicVersions

_FORM = "engagement/reading_form.html"


class ThresholdList(PublicVersions):
    """Which threshold held when; the centre sees what waits and what was declined, too."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them."""
        found = queries.all_thresholds()
        return render(
            request,
            "engagement/thresholds.html",
            {
                "columns": presenter.COLUMNS,
                "shown": page_of(
                    request=request,
                    rows=presenter.list_rows(thresholds=found, for_centre=self.for_centre),
                    part="page",
                ),
                "may_propose": may(request.user, Permission.ENGAGEMENT_DRAFT_WRITE)
                and all(one.state != "proposed" for one in found),
            },
        )


class ThresholdNew(CentrePage):
    """A threshold is proposed."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self._page(ProposeThresholdForm(initial={"form_key": uuid4()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store the proposal and show what it would bring and take."""
        form = ProposeThresholdForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        said = form.cleaned_data
        try:
            made = sliver_threshold.propose(
                share=said["percent"],
                holds_from=said["holds_from"],
                reason=said["reason"],
                form_key=said["form_key"],
                by=self.person,
                at=self.now,
            )
        except actions.ThresholdRefusedError as error:
            form.add_error(error.field or None, str(error))
            return self._page(form, status=422)
        messages.success(request, "The threshold is proposed. See which pairs would come and go.")
        return redirect("readings:threshold", made.number)

    def _page(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        return self.show(
            _FORM,
            form=form,
            title="Propose a sliver threshold",
            lead="It holds from its day once another person has approved it. Rounds that count "
            "bodies as at an earlier day stay as they are.",
            button="Propose it",
            back=BackLink("Sliver threshold", reverse("readings:thresholds")),
            status=status,
        )


class _ThresholdPage(CentrePage):
    """A page of one threshold."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_READ
    threshold: queries.StoredThreshold

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such threshold.
        """
        super().setup(request, *args, **kwargs)
        found = [one for one in queries.all_thresholds() if one.number == kwargs["number"]]
        if not found:
            raise Http404
        self.threshold = found[0]

    @property
    def back(self) -> BackLink:
        """The way to the threshold's own page."""
        url = reverse("readings:threshold", args=[self.threshold.number])
        return BackLink("The threshold", url)


class ThresholdDetail(_ThresholdPage):
    """One threshold; of one that waits, which pairs would come and go."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        own = self.threshold.proposed_by_id == self.person.pk
        return self.show(
            "engagement/threshold.html",
            page=presenter.threshold_page(threshold=self.threshold, own=own),
            columns=presenter.MOVE_COLUMNS,
            may_decide=self.may(Permission.ENGAGEMENT_DRAFT_APPROVE),
            back=BackLink("Sliver threshold", reverse("readings:thresholds")),
        )


class ThresholdApprove(_ThresholdPage):
    """A second person lets it hold."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_APPROVE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the declaration."""
        return self._page(ApproveThresholdForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approve it."""
        form = ApproveThresholdForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            sliver_threshold.approve(number=self.threshold.number, by=self.person, at=self.now)
        except (
            actions.ThresholdDecidedError,
            actions.OwnThresholdError,
            actions.ThresholdRefusedError,
        ) as error:
            form.add_error(None, str(error))
            return self._page(form, status=409)
        messages.success(request, "The threshold is approved.")
        return redirect("readings:thresholds")

    def _page(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        return self.show(
            _FORM,
            form=form,
            title="Approve this threshold?",
            lead="Pairs are worked out anew from its day on. It can never be changed; another one "
            "can take its place.",
            button="Approve it",
            back=self.back,
            status=status,
        )


class ThresholdDecline(_ThresholdPage):
    """A proposal is given up, with a reason."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_APPROVE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask why."""
        return self._page(DeclineThresholdForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Decline it."""
        form = DeclineThresholdForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            actions.decline(
                number=self.threshold.number,
                reason=form.cleaned_data["reason"],
                by=self.person,
                at=self.now,
            )
        except actions.ThresholdDecidedError as error:
            form.add_error(None, str(error))
            return self._page(form, status=409)
        messages.success(request, "The threshold is declined.")
        return redirect("readings:thresholds")

    def _page(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        return self.show(
            _FORM,
            form=form,
            title="Decline this threshold?",
            lead="It never holds. Another one can be proposed.",
            button="Decline it",
            back=self.back,
            status=status,
        )
