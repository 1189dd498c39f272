"""What all pages of one draft of rubric or matrix share."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from authorities.permissions import Permission
from authorities.presenters.tables import SummaryRow
from authorities.views.centre import CentrePage
from duty.ui.navigation import BackLink
from duty.ui.typed import typed_rows
from duty.views.unsent import KeepsTyped, refilled
from engagement.map_content import MapContent
from engagement.models import DraftState
from engagement.presenters.matrix_words import words_of
from engagement.presenters.reading_versions import draft_name
from engagement.queries import reading_versions as queries
from engagement.rubric_content import NoSuchPartError
from engagement.version_lifecycle import Guard, StepRefusedError


class DraftView(CentrePage):
    """A page of one draft: for the centre alone."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_READ

    draft: queries.Draft

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the draft.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such draft.
        """
        super().setup(request, *args, **kwargs)
        self.find()

    def find(self) -> None:
        """Read the draft as it is stored now.

        Raises:
            Http404: there is none.
        """
        try:
            self.draft = queries.draft_by_id(draft_id=self.kwargs["draft_id"])
        except queries.NoSuchVersionError as none:
            raise Http404 from none

    @property
    def url(self) -> str:
        """The draft's own page."""
        return reverse("readings:draft", args=[self.draft.id])

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of the draft, in its own words and looks."""
        name = draft_name(draft=self.draft)
        words = {}
        if isinstance(self.draft.content, MapContent):
            words = {"matrix_words": words_of(content=self.draft.content)}
        return super().show(
            template,
            status=status,
            **{"name": name, "back": BackLink(name, self.url), **words, **context},
        )


class DraftForm(KeepsTyped, DraftView, ABC):
    """A form of a draft; who read an older revision sees it anew with what they typed."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_WRITE
    template: ClassVar[str] = "engagement/reading_form.html"
    done: ClassVar[str] = "The draft is changed."

    @abstractmethod
    def form(self, data: Any = None) -> Any:
        """Return the form, as it is stored or as it was sent."""

    @abstractmethod
    def words(self) -> dict[str, Any]:
        """Return title, lead and button of the page."""

    @abstractmethod
    def take(self, form: Any) -> None:
        """Take the step with what the form says."""

    def leads_to(self) -> str:
        """Return the address of the page after it."""
        return self.url

    def stored(self) -> tuple[SummaryRow, ...]:
        """Return rows of what is stored now, to compare with."""
        return ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back where the draft was decided on, with what was typed."""
        if self.draft.state in (DraftState.APPROVED, DraftState.DISCARDED):
            return self.over()
        return super().dispatch(request, *args, **kwargs)

    def over(self) -> HttpResponse:
        """Say that the draft cannot change any more, with what was typed to change it."""
        why = "This draft was decided on and cannot change. Start another from the newest version."
        if self.request.method == "POST":
            form = self.form(self.request.POST)
            if typed_rows(form=form):
                return self.show("duty/not_done.html", status=409, why=why, form=form)
        messages.info(self.request, why)
        return redirect(self.url)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        kept = self.kept_data
        return self.again(self.form() if kept is None else refilled(self.form(kept)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the step, or show the form again with what is to be corrected."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.again(form, status=422)
        try:
            self.take(form)
        except StepRefusedError as error:
            if error.guard is Guard.REVISION_MATCHES:
                return self.overtaken(str(error))
            form.add_error(None, str(error))
            return self.again(form, status=409)
        except NoSuchPartError:
            return self.overtaken("What you changed is not there any more.")
        messages.success(request, self.done)
        return redirect(self.leads_to())

    def overtaken(self, why: str) -> HttpResponse:
        """Show what was typed beside what is stored, and let it be sent again."""
        self.find()
        kept = self.request.POST.copy()
        kept["revision"] = str(self.draft.revision)
        form = self.form(kept)
        form.is_valid()
        form.add_error(None, why)
        return self.again(form, status=409, stored=self.stored())

    def again(self, form: forms.Form, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form with what was typed."""
        return self.show(self.template, form=form, status=status, **self.words(), **more)
