"""The form for how a commitment stands, with what was typed into it and not sent."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from authorities.models import User
from authorities.permissions import Permission
from duty import words
from duty.views.autosave import is_autosave
from engagement.actions import commitment_drafts, commitments
from engagement.commitment_lifecycle import CommitmentRefusedError
from engagement.forms.commitments import CommitmentUpdateForm
from engagement.models import Commitment, Side
from engagement.presenters.commitment_drafts import draft_line, since_words
from engagement.queries.commitment_drafts import UpdateDraft, drafts_of, takes_updates
from engagement.queries.commitments import SideUpdate
from engagement.views.commitments import CommitmentFormView
from engagement.views.kept_forms import with_newer

# Why an update is not taken. What was typed is shown again.
REFUSALS = (
    CommitmentRefusedError,
    commitments.FormUsedError,
    commitments.UpdateOvertakenError,
)


def initial_of(*, draft: UpdateDraft | None, newest: SideUpdate | None) -> dict[str, Any]:
    """Return what a form begins with: its key, the newest update, and what was kept."""
    given: dict[str, Any] = {"form_key": uuid.uuid4(), "after": newest.id if newest else 0}
    if draft is not None:
        given |= {
            "status": draft.status,
            "narrative": draft.narrative,
            "form_key": draft.form_key,
        }
    return given


def store(*, commitment: Commitment, side: Side, form: forms.Form, by: User, at: datetime) -> None:
    """Store what a valid form says.

    Raises:
        CommitmentRefusedError, FormUsedError, UpdateOvertakenError: as the action.
    """
    commitments.update(
        commitment=commitment,
        side=side,
        status=form.cleaned_data["status"],
        narrative=form.cleaned_data["narrative"],
        form_key=form.cleaned_data["form_key"],
        after=form.cleaned_data["after"],
        by=by,
        at=at,
    )


def keep_typed(
    *,
    typed: Iterable[tuple[Commitment, CommitmentUpdateForm]],
    side: Side,
    by: User,
    at: datetime,
) -> None:
    """Keep what stands in forms that were not sent, each for its commitment."""
    for commitment, form in typed:
        commitment_drafts.keep(commitment=commitment, side=side, typed=form.typed(), by=by, at=at)


def kept_by_itself(*, request: HttpRequest, at: datetime) -> HttpResponse:
    """Tell the page's script when drafts were kept, and until when one is signed in."""
    ends_at = getattr(request.session, "ends_at", None)
    return JsonResponse(
        {
            "state": "saved",
            "words": f"Draft kept at {words.london_time(moment=at)}. It is not sent yet.",
            "session_ends": ends_at.isoformat() if ends_at else None,
        }
    )


def locked_by_now() -> HttpResponse:
    """Tell the page's script that the commitment takes no updates any more."""
    return JsonResponse(
        {
            "state": "locked",
            "words": "Not kept: this commitment takes no updates any more. Copy your text before "
            "you leave this page.",
        },
        status=409,
    )


class CommitmentUpdate(CommitmentFormView):
    """How it stands, from one's own side."""

    permission = Permission.COMMITMENT_EDIT
    form_class = CommitmentUpdateForm
    template_name = "engagement/commitment_update.html"
    # What the side said while the form was filled in.
    since = ""

    @property
    def side(self) -> Side:
        """The side for which the person writes; `access_commitment` lets in nobody without one."""
        assert self.access.side is not None  # noqa: S101 - narrows the type
        return self.access.side

    def get_initial(self) -> dict[str, Any]:
        """Give the form its key, and the person's own draft."""
        return initial_of(draft=self._draft(), newest=self.facts().update_of(self.side))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the update, or keep or throw away what is no update yet."""
        now, by = timezone.now(), self.person()
        by_itself = is_autosave(request=request)
        if by_itself or "draft" in request.POST:
            form = self.get_form()
            assert isinstance(form, CommitmentUpdateForm)  # noqa: S101 - narrows the type
            if not takes_updates(commitment=self.commitment):
                if by_itself:
                    return locked_by_now()
                form.errors.clear()
                form.add_error(None, "This commitment takes no updates any more.")
                return self.form_invalid(form)
            commitment_drafts.keep(
                commitment=self.commitment, side=self.side, typed=form.typed(), by=by, at=now
            )
            if by_itself:
                return kept_by_itself(request=request, at=now)
            messages.success(request, "Your draft is kept. It is not sent yet.")
            return redirect(request.path)
        if "throw_away" in request.POST:
            commitment_drafts.forget(commitment=self.commitment, side=self.side, by=by, at=now)
            messages.success(request, "Your draft is thrown away.")
            return redirect(request.path)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Store the update, or say what is missing."""
        try:
            store(
                commitment=self.commitment,
                side=self.side,
                form=form,
                by=self.person(),
                at=timezone.now(),
            )
        except REFUSALS as error:
            newest = self.facts().update_of(self.side)
            if isinstance(error, commitments.UpdateOvertakenError) and newest is not None:
                self.since = since_words(newest=newest)
                with_newer(form, after=str(newest.id))
            return self.refused(form=form, error=error)
        return self.done(
            message=f"Your update on “{self.commitment.title}” is saved.",
            back=form.cleaned_data["back"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add when the draft was kept, and what was said since."""
        context = super().get_context_data(**kwargs)
        draft = self._draft()
        line = draft and draft_line(
            draft=draft, newest=context["facts"].update_of(self.side), on=self.today
        )
        return {**context, "draft": line, "since": self.since or (line.since if line else "")}

    def _draft(self) -> UpdateDraft | None:
        if self.request.method == "POST":
            return None
        ids = [self.commitment.pk]
        return drafts_of(by=self.person(), side=self.side, ids=ids).get(self.commitment.pk)
