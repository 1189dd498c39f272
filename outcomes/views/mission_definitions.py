"""The centre drafts a definition of the mission, sees what it would change, and puts it in use."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from authorities.permissions import Permission
from authorities.presenters.tables import Link
from authorities.views.centre import CentrePage
from outcomes.actions import mission_definitions as actions
from outcomes.actions.mission_reading import drawn
from outcomes.mission_forms import (
    ApproveDefinitionForm,
    DefinitionForm,
    DiscardDefinitionForm,
    initial_of,
)
from outcomes.models import DefinitionState
from outcomes.presenters import mission_definitions as presenter
from outcomes.queries import mission as queries
from outcomes.queries.mission_facts import mission_facts

_DRAFT = Permission.MISSION_DEFINITION_DRAFT


class DefinitionList(CentrePage):
    """All versions, the newest first."""

    permission: ClassVar[Permission] = Permission.MISSION_DEFINITION_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them."""
        versions = queries.all_versions()
        return self.show(
            "outcomes/mission_definitions.html",
            columns=presenter.LIST_COLUMNS,
            rows=presenter.list_rows(versions=versions),
            may_draft=self.may(_DRAFT) and not any(one.is_draft for one in versions),
        )


class _VersionPage(CentrePage):
    """A page of one version."""

    version: queries.Version

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the version.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such version.
        """
        super().setup(request, *args, **kwargs)
        try:
            self.version = queries.version_numbered(number=kwargs["number"])
        except queries.NoSuchDefinitionError as none:
            raise Http404 from none

    @property
    def url(self) -> str:
        """The version's own page."""
        return reverse("mission:definition", args=[self.version.number])

    def page(self) -> presenter.DefinitionPage:
        """Return what is known of the version, and of a draft what it would change."""
        would_be = None
        if self.version.is_draft:
            facts = mission_facts(today=timezone.localdate(self.now))
            would_be = drawn(definition=self.version.definition, facts=facts, at=self.now)
        try:
            now = queries.shown_mission().picture
        except queries.NoSuchDefinitionError:
            now = None
        return presenter.definition_page(
            version=self.version,
            would_be=would_be,
            now=now,
            may_change=self.may(_DRAFT),
            may_approve=self.may(Permission.MISSION_DEFINITION_APPROVE),
            own=self.version.made_by_id == self.person.pk,
        )


class DefinitionDetail(_VersionPage):
    """One version; of a draft, what it would change."""

    permission: ClassVar[Permission] = Permission.MISSION_DEFINITION_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.show("outcomes/mission_definition.html", page=self.page())


class DefinitionNew(CentrePage):
    """A new version is drafted, from the words of the newest one."""

    permission: ClassVar[Permission] = _DRAFT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        versions = queries.all_versions()
        in_use = next((one for one in versions if one.state == DefinitionState.IN_USE), None)
        initial = initial_of(version=in_use, keeps_reason=False) if in_use else {}
        return self._page(_form(initial={**initial, "form_key": uuid4()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store the draft and show what it would change."""
        form = _form(data=request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            made = actions.draft(
                facts=form.facts(),
                form_key=form.cleaned_data["form_key"] or uuid4(),
                by=self.person,
                at=self.now,
            )
        except actions.DefinitionRefusedError as error:
            _refuse(form, error)
            return self._page(form, status=422)
        messages.success(request, f"Version {made.number} is drafted. See what it would change.")
        return redirect("mission:definition", made.number)

    def _page(self, form: DefinitionForm, *, status: int = 200) -> HttpResponse:
        return _ask(
            self,
            form,
            title="Draft a new definition",
            button="Store the draft",
            back=Link("Definitions of the mission", reverse("mission:definition-list")),
            status=status,
        )


class _DraftStep(_VersionPage, ABC):
    """A step of a draft: a version that is no draft takes none."""

    done: ClassVar[str]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.ask(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the step; where it is refused, what was typed is kept."""
        form = self.form(data=request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            self.take(form)
        except actions.DefinitionRefusedError as error:
            _refuse(form, error)
            return self.ask(form, status=422)
        except (actions.DefinitionOvertakenError, actions.OwnDefinitionError) as error:
            form.add_error(None, str(error))
            return self.ask(form, status=409)
        messages.success(request, self.done.format(number=self.version.number))
        return redirect(self.leads_to())

    @abstractmethod
    def form(self, *, data: Any = None) -> forms.Form:
        """Return the form: with what was sent, or as it is at first."""

    @abstractmethod
    def take(self, form: Any) -> None:
        """Take the step with what the form says."""

    @abstractmethod
    def leads_to(self) -> str:
        """Return the address of the page after it."""

    @abstractmethod
    def ask(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        """Show the form."""


class DefinitionChange(_DraftStep):
    """A draft is changed."""

    permission: ClassVar[Permission] = _DRAFT
    done = "The draft is changed."

    def form(self, *, data: Any = None) -> forms.Form:
        """Return the form, with what is stored."""
        return _form(data=data, initial=initial_of(version=self.version, keeps_reason=True))

    def take(self, form: DefinitionForm) -> None:
        """Store it."""
        actions.change(
            number=self.version.number,
            facts=form.facts(),
            expected_revision=form.seen,
            by=self.person,
            at=self.now,
        )

    def leads_to(self) -> str:
        """Return the version's page."""
        return self.url

    def ask(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        return _ask(
            self,
            form,
            title=f"Change version {self.version.number}",
            button="Store the draft",
            back=Link(f"Version {self.version.number}", self.url),
            status=status,
        )


class DefinitionApprove(_DraftStep):
    """A second person puts a draft in use."""

    permission: ClassVar[Permission] = Permission.MISSION_DEFINITION_APPROVE
    done = "Version {number} is in use."

    def form(self, *, data: Any = None) -> forms.Form:
        """Return the declaration."""
        return ApproveDefinitionForm(data, initial={"revision": self.version.revision})

    def take(self, form: ApproveDefinitionForm) -> None:
        """Put it in use."""
        actions.approve(
            number=self.version.number,
            expected_revision=form.cleaned_data["revision"] or 0,
            by=self.person,
            at=self.now,
        )

    def leads_to(self) -> str:
        """Return the page of the mission."""
        return reverse("mission:page")

    def ask(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        """Show the form under what would change."""
        return self.show(
            "outcomes/mission_definition_approve.html", form=form, page=self.page(), status=status
        )


class DefinitionDiscard(_DraftStep):
    """A draft is given up."""

    permission: ClassVar[Permission] = _DRAFT
    done = "Version {number} is discarded."

    def form(self, *, data: Any = None) -> forms.Form:
        """Return the form that asks why."""
        return DiscardDefinitionForm(data, initial={"revision": self.version.revision})

    def take(self, form: DiscardDefinitionForm) -> None:
        """Discard it."""
        actions.discard(
            number=self.version.number,
            expected_revision=form.cleaned_data["revision"] or 0,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )

    def leads_to(self) -> str:
        """Return the list of versions."""
        return reverse("mission:definition-list")

    def ask(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        return _ask(
            self,
            form,
            title=f"Discard version {self.version.number}",
            button="Discard the draft",
            back=Link(f"Version {self.version.number}", self.url),
            status=status,
        )


def _form(*, data: Any = None, initial: dict[str, object] | None = None) -> DefinitionForm:
    return DefinitionForm(data, initial=initial, periods=queries.periods_published())


def _refuse(form: forms.Form, error: actions.DefinitionRefusedError) -> None:
    form.add_error(error.field if error.field in form.fields else None, str(error))


def _ask(
    view: CentrePage,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: Link,
    status: int,
) -> HttpResponse:
    return view.show(
        "outcomes/catalogue_form.html",
        form=form,
        title=title,
        button=button,
        back=back,
        status=status,
    )
