"""Proposing a commitment."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from authorities.access import PairAccess, access_pair
from authorities.models import User
from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions import commitments
from engagement.forms.commitments import PARTICULARS, CommitmentProposeForm
from engagement.lever_access import access_lever
from engagement.lever_lifecycle import LeverRefusedError
from engagement.models import Lever, Side
from engagement.queries import commitments as queries
from engagement.views.kept_forms import KeptForm


class PairProposal(View):
    """Lets in, by the pair that a commitment is proposed for."""

    permission = Permission.COMMITMENT_EDIT
    access: PairAccess

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the pair.

        Raises:
            Http404, PermissionDenied: as `access_pair`.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_pair(
            request.user,
            kwargs["authority_slug"],
            kwargs["board_slug"],
            permission=self.permission,
        )


class CommitmentPropose(KeptForm, PairProposal):
    """Offer the other side something to promise together."""

    form_class = CommitmentProposeForm
    template_name = "engagement/commitment_propose.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the lever, too, that the proposal is made of, where the address names one.

        Raises:
            Http404, PermissionDenied: as `access_pair` and `access_lever`; 404 too for a lever of
                another authority.
        """
        super().setup(request, *args, **kwargs)
        self.lever: Lever | None = None
        if asked := request.GET.get("lever"):
            try:
                key = uuid.UUID(asked)
            except ValueError as error:
                raise Http404 from error
            self.lever = access_lever(request.user, key, permission=Permission.LEVER_EDIT)
            if self.lever.authority_id != self.access.pair.authority_id:
                raise Http404

    def get_initial(self) -> dict[str, Any]:
        """Give the form its key, and what the lever says."""
        given: dict[str, Any] = {"form_key": uuid.uuid4()}
        if self.lever is not None:
            given |= {
                "title": self.lever.title,
                "description": self.lever.description,
                "lead": Side.AUTHORITY.value,
            }
        return given

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what both sides know."""
        return {**super().get_form_kwargs(), "pair": self.access.pair}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pair's names."""
        pair = self.access.pair
        url = reverse("commitments:pair", args=[pair.authority.slug, pair.board.slug])
        return {
            **super().get_context_data(**kwargs),
            "lever": self.lever,
            "names": queries.names_of_pair(pair=pair, on=london_date(now=timezone.now())),
            "back": BackLink(label="Commitments of the pair", url=url),
        }

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form again as one that could not be taken."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Store the proposal, or say what is missing."""
        side, person = self.access.side, self.request.user
        assert side is not None  # noqa: S101 - COMMITMENT_EDIT is held at a side only
        # A lever is its authority's, and who has a role on both sides acts for the authority.
        assert isinstance(person, User)  # noqa: S101 - narrows the type
        said = form.cleaned_data
        try:
            made = commitments.propose(
                pair=self.access.pair,
                side=Side(side.value),
                title=said["title"],
                description=said["description"],
                particulars=commitments.Particulars(**{name: said[name] for name in PARTICULARS}),
                visibility=said["visibility"],
                own_owner=said["own_owner"],
                other_owner=said["other_owner"],
                target_date=said["target_date"],
                no_date_reason=said["no_date_reason"],
                lead=said["lead"],
                form_key=said["form_key"],
                lever=self.lever,
                by=person,
                at=timezone.now(),
            )
        except (commitments.MissingTextError, commitments.UnknownChoiceError) as error:
            form.add_error(error.field, str(error))
            return self.form_invalid(form)
        except commitments.PastDateError as error:
            form.add_error("target_date", str(error))
            return self.form_invalid(form)
        except (
            commitments.PairEndedError,
            commitments.DateOrReasonError,
            commitments.FormUsedError,
            LeverRefusedError,
        ) as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request, f"“{made.title}” is proposed. It waits for the other side’s signatory."
        )
        return redirect("commitments:detail", commitment_id=made.pk)
