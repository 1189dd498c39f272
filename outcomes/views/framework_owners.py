"""What pages for the owners of a framework share: who is let in, the version, one step of it."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from authorities.models import User
from authorities.permissions import Permission
from authorities.presenters.tables import Link
from outcomes.access import Acting, FrameworkAccess, access_framework
from outcomes.actions.framework_steps import NotAPartyError
from outcomes.framework_differences import differences
from outcomes.framework_lifecycle import Event, FrameworkRefusedError, Guard, may
from outcomes.models import FrameworkVersion
from outcomes.presenters.framework_lists import PartOfDifferences, parts_of_differences
from outcomes.queries.framework_pages import target_reasons
from outcomes.queries.frameworks import contents_of, version_in_force
from outcomes.views.frameworks import person_of


class OwnersPage(View):
    """A page on one version for those who may do something for one of its owners."""

    permission = Permission.FRAMEWORK_EDIT
    access: FrameworkAccess
    version: FrameworkVersion

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load framework and version.

        Raises:
            Http404, PermissionDenied: as `access_framework`, and where there is no such version.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_framework(
            request.user, kwargs["framework_id"], permission=self.permission
        )
        self.version = self.load()
        self.now = timezone.now()

    def load(self) -> FrameworkVersion:
        """Return the version as it is now."""
        found = (
            FrameworkVersion.objects.select_related("framework__authority")
            .filter(framework=self.access.framework, number=self.kwargs["number"])
            .first()
        )
        if found is None:
            raise Http404
        return found

    @property
    def person(self) -> User:
        """Who is signed in."""
        return person_of(self.request)

    @property
    def acting(self) -> Acting:
        """As whom the person takes a step."""
        return self.access.acting(self.person, permission=self.permission)

    @property
    def page_url(self) -> str:
        """The version's page."""
        return reverse(
            "outcomes:framework-version", args=[self.version.framework_id, self.version.number]
        )

    def differs_from_agreed(self) -> tuple[PartOfDifferences, ...] | None:
        """What differs from the version in force; None where there is none but this."""
        force = version_in_force(framework=self.version.framework)
        if force is None or force.pk == self.version.pk:
            return None
        contents = contents_of(versions=[force, self.version])
        return parts_of_differences(
            changes=differences(before=contents[force.pk], after=contents[self.version.pk]),
            reasons=target_reasons(versions=[self.version.pk]),
        )

    def to_version(self) -> HttpResponse:
        """Lead to the version's page."""
        return redirect(self.page_url)


class StepPage(OwnersPage, ABC):
    """A form that takes one step; where the state does not allow it, the version says so."""

    event: Event
    template = "outcomes/framework_step.html"
    title = ""
    lead = ""
    button = ""
    done = ""
    warns = False

    @abstractmethod
    def form(self, data: Any = None) -> forms.Form:
        """Return the form."""

    @abstractmethod
    def take(self, form: forms.Form) -> FrameworkVersion:
        """Take the step."""

    def context(self) -> dict[str, Any]:
        """Return what the page shows besides the form."""
        return {}

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Ask; a step that is not open leads to the version."""
        if not self.is_open():
            return self.to_version()
        return self.show(self.form())

    def is_open(self) -> bool:
        """Whether the version's state allows the step."""
        return may(state=self.version.state, event=self.event)

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Take the step, or say why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            taken = self.take(form)
        except FrameworkRefusedError as error:
            return self.refused(form, error)
        except NotAPartyError as error:
            # It owned the framework when the page was opened, or has closed since.
            raise PermissionDenied(str(error)) from error
        messages.success(request, self.said(taken))
        return redirect("outcomes:framework-version", taken.framework_id, taken.number)

    def said(self, taken: FrameworkVersion) -> str:
        """Return what was done, in words."""
        return self.done

    def refused(self, form: forms.Form, error: FrameworkRefusedError) -> HttpResponse:
        """Show the page as the version is now, with the reason."""
        self.version = self.load()
        again = self.form(self.renewed())
        again.is_valid()
        again.add_error(None, str(error))
        overtaken = error.guard in (Guard.VERSION_MATCHES, Guard.SAME_CONTENT, None)
        return self.show(again, status=409 if overtaken else 422)

    def renewed(self) -> Any:
        """Return what was sent, as if it had been sent from the page as it is now."""
        kept = self.request.POST.copy()
        kept["version"] = str(self.version.version)
        return kept

    def show(self, form: forms.Form, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the page."""
        return render(
            self.request,
            self.template,
            {
                "form": form,
                "framework": self.version.framework,
                "number": self.version.number,
                "back": Link(f"Version {self.version.number}", self.page_url),
                "title": self.title,
                "lead": self.lead,
                "button": self.button,
                "warns": self.warns,
                "is_open": self.is_open(),
                **self.context(),
                **more,
            },
            status=status,
        )
