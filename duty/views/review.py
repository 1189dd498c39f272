"""The centre's pages of submitted returns."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from authorities.permissions import Permission
from authorities.views.centre import CentrePage, page_number
from duty.actions import review
from duty.forms.review import (
    AcceptForm,
    ReopenForm,
    RequestChangesForm,
    ReviewForm,
    UnacceptForm,
)
from duty.lifecycle import ReturnEvent, ReturnState, TransitionRefusedError
from duty.presenters.review import address, cannot_of, review_page
from duty.presenters.review_list import review_list_page
from duty.queries.documents import document_of
from duty.queries.links import LinkNote, dead_links_in
from duty.queries.review import ReviewedReturn, returns_of, reviewed_return, rounds_to_review
from duty.views.unsent import KeepsTyped, refilled


class CentreReturnPage(CentrePage):
    """A page on returns for people of the centre."""

    permission: ClassVar[Permission] = Permission.SUBMITTED_RETURN_READ


class ReviewList(CentreReturnPage):
    """The returns of one round, with their states."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of a list."""
        rounds = rounds_to_review()
        slug = request.GET.get("round", "")
        chosen = next((one for one in rounds if one.slug == slug), None)
        if slug and chosen is None:
            raise Http404
        round_ = chosen or (rounds[0] if rounds else None)
        page = review_list_page(
            rounds=rounds,
            round_=round_,
            lines=returns_of(round_=round_, now=self.now) if round_ else (),
            show=request.GET.get("show", "all"),
            page=page_number(request=request),
        )
        return render(request, "duty/review_list.html", {"page": page})


class SubmittedReturnPage(CentreReturnPage):
    """A page of one return of which something was submitted; any other is not there."""

    found: ReviewedReturn

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the return."""
        super().setup(request, *args, **kwargs)
        self.find()

    def find(self) -> None:
        """Read the return as it now is."""
        found = reviewed_return(return_id=self.kwargs["return_id"], now=self.now)
        if found is None:
            raise Http404
        self.found = found


class ReviewReturn(SubmittedReturnPage):
    """What was submitted, what changed since the submission before, and what happened to it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the newest submission, or the one that is asked for."""
        asked = request.GET.get("submission", "")
        number = _number(asked) if asked else self.found.submissions[0].number
        shown = next((one for one in self.found.submissions if one.number == number), None)
        if shown is None:
            raise Http404
        page = review_page(
            found=self.found,
            shown=shown,
            document=document_of(submission=shown),
            may_review=self.may(Permission.RETURN_REVIEW),
            may_unaccept=self.may(Permission.RETURN_UNACCEPT),
            now=self.now,
            links=self._dead_links(number),
        )
        return render(request, "duty/review_return.html", {"page": page})

    def _dead_links(self, number: int | None) -> dict[str, LinkNote]:
        newest = self.found.submissions[0]
        shown = next((one for one in self.found.submissions if one.number == number), newest)
        return dead_links_in(content=shown.content)


class ReviewStep(KeepsTyped, SubmittedReturnPage, ABC):
    """A step of the review: what it does, and the form that takes it."""

    permission = Permission.RETURN_REVIEW
    event: ClassVar[ReturnEvent]
    form_class: ClassVar[type[ReviewForm]]
    template: ClassVar[str]
    allowed: ClassVar[frozenset[ReturnState]] = frozenset(
        {ReturnState.SUBMITTED, ReturnState.SUBMITTED_WITH_CHANGES}
    )
    said: ClassVar[str]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, if the return still is what the person read."""
        seen = request.GET.get("version", "")
        current = self.found.duty_return.version
        refused = ""
        if seen and _number(seen) != current:
            refused = review.what_happened(duty_return=self.found.duty_return)
        if (kept := self.kept_data) is not None:
            return self.page(refilled(self.form(kept)), refused=refused)
        return self.page(self.form(initial={"version": current}), refused=refused)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the step; the same form sent twice takes it once."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            self.act(form)
        except review.StaleReturnError as error:
            return self._refused(str(error))
        except (TransitionRefusedError, review.OwnReturnError) as error:
            return self._refused(str(error))
        messages.success(request, self.said)
        return redirect(address("return", self.found.duty_return.pk))

    def form(self, *args: Any, **more: Any) -> ReviewForm:
        """Return the form, empty or as it was sent."""
        return self.form_class(*args, **more)

    @abstractmethod
    def act(self, form: ReviewForm) -> None:
        """Take the step."""

    def given(self, form: ReviewForm) -> dict[str, Any]:
        """Return what every step is told."""
        return {
            "duty_return": self.found.duty_return,
            "expected_version": form.cleaned_data["version"],
            "by": self.person,
            "at": self.now,
        }

    def _refused(self, why: str) -> HttpResponse:
        """Show why, where the return stands now, and what was typed."""
        self.find()
        data = self.request.POST.copy()
        # What happened has been read now: the form may be sent again.
        data["version"] = str(self.found.duty_return.version)
        return self.page(self.form(data), status=409, refused=why)

    def page(self, form: ReviewForm, *, status: int = 200, refused: str = "") -> HttpResponse:
        """Render; where the state does not allow the step, without the form."""
        cannot = None
        if self.found.state not in self.allowed:
            cannot = cannot_of(found=self.found, event=self.event)
        return render(
            self.request,
            self.template,
            {
                "form": form,
                "refused": refused,
                "cannot": cannot,
                "shown": self.found,
                "newest": self.found.submissions[0],
                "authority_name": self.found.submissions[0].content["authority"]["name"],
                "return_url": address("return", self.found.duty_return.pk),
            },
            status=status,
        )


class ReturnRequestChanges(ReviewStep):
    """Asks for changes by section."""

    event = ReturnEvent.REQUEST_CHANGES
    form_class = RequestChangesForm
    template = "duty/review_request_changes.html"
    said = "Changes were requested. The sections are open again and the authority is told why."

    def form(self, *args: Any, **more: Any) -> RequestChangesForm:
        """Offer the sections as the round's version calls and orders them."""
        specification = self.found.round.specification
        return RequestChangesForm(*args, sections=specification.section_choices, **more)

    def act(self, form: ReviewForm) -> None:
        """Ask for them."""
        review.request_changes(
            sections=form.cleaned_data["sections"],
            reason=form.cleaned_data["reason"],
            **self.given(form),
        )


class ReturnReopen(ReviewStep):
    """Reopens a return at the authority's request."""

    event = ReturnEvent.REOPEN
    form_class = ReopenForm
    template = "duty/review_reopen.html"
    said = "The return was reopened. What was submitted stays as it was signed."

    def act(self, form: ReviewForm) -> None:
        """Reopen it."""
        review.reopen(reason=form.cleaned_data["reason"], **self.given(form))


class ReturnAccept(ReviewStep):
    """Accepts a return."""

    event = ReturnEvent.ACCEPT
    form_class = AcceptForm
    template = "duty/review_accept.html"
    said = "The return was accepted."

    def act(self, form: ReviewForm) -> None:
        """Accept it."""
        review.accept(**self.given(form))


class ReturnUnaccept(ReviewStep):
    """Takes an acceptance back."""

    permission = Permission.RETURN_UNACCEPT
    event = ReturnEvent.UNACCEPT
    form_class = UnacceptForm
    template = "duty/review_unaccept.html"
    allowed = frozenset({ReturnState.ACCEPTED})
    said = "The acceptance was taken back. Changes can be asked for again."

    def act(self, form: ReviewForm) -> None:
        """Take it back."""
        review.unaccept(reason=form.cleaned_data["reason"], **self.given(form))


def _number(text: str) -> int | None:
    """Return a short decimal number of an address; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
