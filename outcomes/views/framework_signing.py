"""Signatories decide on a proposed framework: they sign what they read, or decline it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from authorities.permissions import Permission
from outcomes.access import Acting
from outcomes.actions import frameworks as actions
from outcomes.framework_differences import differences
from outcomes.framework_forms.steps import DeclineForm, SignForm
from outcomes.framework_lifecycle import (
    DECLARATION,
    DECLARATIONS,
    Event,
    FrameworkRefusedError,
    Guard,
)
from outcomes.models import FrameworkVersion
from outcomes.presenters import framework_lists as lists
from outcomes.presenters.framework_words import moment_text
from outcomes.queries import framework_pages as pages
from outcomes.queries.frameworks import contents_of, parties_of
from outcomes.views.framework_owners import StepPage


class _ContentPage(StepPage):
    """A decision on the content that was read: another one by now is shown with what differs."""

    permission = Permission.FRAMEWORK_SIGN
    template = "outcomes/framework_decide.html"

    def context(self) -> dict[str, Any]:
        """Say what differs from the version in force."""
        return {
            "parts": self.differs_from_agreed(),
            "page_url": self.page_url,
        }

    @property
    def initial(self) -> dict[str, str]:
        """The digest of what is looked at."""
        return {"content_read": self.version.content_hash}

    def refused(self, form: forms.Form, error: FrameworkRefusedError) -> HttpResponse:
        """Show what changed since it was read, and nothing to sign until that was looked at."""
        read = form.cleaned_data["content_read"]
        self.version = self.load()
        again = self.form(self.renewed())
        again.is_valid()
        # The box was ticked for what was read before: to find it empty is no mistake of theirs.
        again.errors.pop("declared", None)
        again.add_error(None, str(error))
        status = 422 if error.guard in (Guard.REASON_GIVEN, Guard.NOT_YET_SIGNED) else 409
        before = pages.content_proposed(version=self.version, content_hash=read)
        since = None
        if before is not None:
            now = contents_of(versions=[self.version])[self.version.pk]
            since = lists.parts_of_differences(changes=differences(before=before, after=now))
        return self.show(again, status=status, since_read=since)

    def renewed(self) -> Any:
        """Return what was sent with the digest as it is now, the declaration to be made anew."""
        kept = self.request.POST.copy()
        kept["content_read"] = self.version.content_hash
        kept.pop("declared", None)
        return kept


class FrameworkSign(_ContentPage):
    """A signatory gives their side's word."""

    event = Event.SIGN
    title = "Sign"
    button = "Sign"

    @property
    def acting(self) -> Acting:
        """Act for an owner that has not signed yet, where the person signs for several."""
        parties = parties_of(
            framework=self.version.framework,
            day=timezone.localdate(self.now),
            version=self.version,
        )
        waiting = [party.body_id for party in parties if not party.signed]
        bodies = [body for body in self.access.bodies if body.pk in waiting] or list(
            self.access.bodies
        )
        return self.access.acting(self.person, permission=self.permission, body=bodies[0].pk)

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Ask; whose side has signed is told so on the version's page."""
        signed_at = pages.signed_at_by(
            version=self.version, bodies=[body.pk for body in self.access.bodies]
        )
        if self.is_open() and signed_at is not None:
            messages.info(request, f"Your side signed this version on {moment_text(signed_at)}.")
            return self.to_version()
        return super().get(request, **address)

    def form(self, data: Any = None) -> SignForm:
        """Return the form with the declaration."""
        return SignForm(data, initial=self.initial, declaration=DECLARATIONS[DECLARATION])

    def context(self) -> dict[str, Any]:
        """Say for whom it is signed, and that a second person is better."""
        body = self.acting.body
        return {
            **super().context(),
            "own": pages.named(body=body, day=timezone.localdate(self.now)),
            "wrote_it": self.version.edited_by_id == self.person.pk,
        }

    def take(self, form: forms.Form) -> FrameworkVersion:
        """Sign it."""
        return actions.sign(
            version=self.version,
            content_read=form.cleaned_data["content_read"],
            acting=self.acting,
            by=self.person,
            at=self.now,
        )

    def said(self, taken: FrameworkVersion) -> str:
        """Say whether others have to sign."""
        if taken.agreed_at is not None:
            return "Signed. All owners have signed: the framework is agreed, and public."
        return "Signed. The other owners have yet to sign."


class FrameworkDecline(_ContentPage):
    """A signatory turns a proposal down."""

    event = Event.DECLINE
    title = "Decline"
    lead = "It becomes a draft again. Signatures given for it are void."
    button = "Decline"
    done = "Declined. All owners can read why. It is a draft again."

    def form(self, data: Any = None) -> DeclineForm:
        """Return the form."""
        return DeclineForm(data, initial=self.initial)

    def take(self, form: forms.Form) -> FrameworkVersion:
        """Decline it."""
        return actions.decline(
            version=self.version,
            content_read=form.cleaned_data["content_read"],
            reason=form.cleaned_data["reason"],
            acting=self.acting,
            by=self.person,
            at=self.now,
        )
