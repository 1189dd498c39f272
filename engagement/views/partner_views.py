"""A side's view of the other: optional, for the centre alone until a signatory releases it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from authorities.permissions import Permission
from engagement.actions import partner_views
from engagement.actions.side_views import StaleViewError
from engagement.forms.own_views import ConfirmPartnerForm, ReleaseForm
from engagement.models import PartnerView
from engagement.views import side_views
from engagement.views.kept_forms import KeptForm


class PartnerViewPage(side_views.SideViewMixin):
    """What the pages of a view of the other side share."""

    permission = Permission.PARTNER_VIEW_EDIT
    confirm_permission = Permission.PARTNER_VIEW_CONFIRM
    kind = partner_views.PARTNER
    pages = "partner-view"
    confirmed_words = "Your view is confirmed. The centre can read it now; nobody else can."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of the release, and the note for the centre."""
        context = super().get_context_data(**kwargs)
        context["urls"]["release"] = self.address("partner-view-release")
        context["private_note"] = self.private_note
        return context

    @property
    def private_note(self) -> str:
        """What the body tells the centre alone; its own people read it."""
        view = self.stored()
        return view.private_note if isinstance(view, PartnerView) else ""


class PartnerViewEdit(side_views.SideViewEdit, PartnerViewPage):
    """The statements about the other side and their evidence, all themes on one page."""

    template_name = "engagement/partner_view.html"


class PartnerViewCheck(side_views.SideViewCheck, PartnerViewPage):
    """The level that the statements give, and its confirmation with a note for the centre."""

    form_class = ConfirmPartnerForm
    template_name = "engagement/partner_view_check.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the note of an earlier confirmation."""
        given = super().get_form_kwargs()
        return {**given, "initial": {**given["initial"], "private_note": self.private_note}}

    def more_of(self, form: forms.Form) -> dict[str, str]:
        """Return the note."""
        return {"private_note": form.cleaned_data["private_note"].strip()}


class PartnerViewReopen(side_views.SideViewReopen, PartnerViewPage):
    """A confirmed view becomes a draft again, unless it was released."""

    permission = Permission.PARTNER_VIEW_CONFIRM


class PartnerViewRelease(KeptForm, PartnerViewPage):
    """What the other side will read from now on, and the signatory's word on it."""

    permission = Permission.PARTNER_VIEW_CONFIRM
    form_class = ReleaseForm
    template_name = "engagement/partner_view_release.html"

    def get_initial(self) -> dict[str, Any]:
        """Name the version that is released."""
        return {"version": self.facts().version}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Release it, or say why not."""
        view = self.stored()
        if not isinstance(view, PartnerView):
            form.add_error(None, "There is no view yet. Select the statements and confirm it first")
            return self.form_invalid(form)
        try:
            partner_views.release(
                view=view,
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=timezone.now(),
            )
        except StaleViewError:
            form.add_error(
                None, "Somebody changed this view since you opened the page. Read it again first."
            )
            form.data = {**self.request.POST.dict(), "version": str(view.version)}
            return self.form_invalid(form)
        except partner_views.NotConfirmedError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request, "Your view is released. The other side finds it on the page of the pair."
        )
        return redirect(self.address(self.pages))
