"""What all pages of one version of a specification share."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from authorities.permissions import Permission
from authorities.views.centre import CentrePage
from duty.actions.specification_drafts import (
    DraftChangedError,
    DraftPublishedError,
    UnknownQuestionError,
)
from duty.forms.specifications import MoveForm
from duty.models import Specification
from duty.queries.specifications import questions_of
from duty.questions import QuestionSpec
from duty.ui.navigation import BackLink
from duty.ui.typed import typed_rows
from duty.views.unsent import KeepsTyped, refilled


class SpecificationPage(CentrePage):
    """A page of one version."""

    permission: ClassVar[Permission] = Permission.SPECIFICATION_READ
    # Whether the page is for a draft alone: a published version has nothing to change.
    for_drafts: ClassVar[bool] = False

    specification: Specification

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the version.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such version.
        """
        super().setup(request, *args, **kwargs)
        self.specification = self.found(kwargs["version"])

    def found(self, version: int) -> Specification:
        """Return the version with this number.

        Raises:
            Http404: there is none; a number too large for any has none.
        """
        rows = Specification.objects.select_related("published_by", "drafted_by")
        row = rows.filter(version=version).first() if version < 32768 else None
        if row is None:
            raise Http404
        return row

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back to a published version, and say why, where the page changes a draft."""
        if self.for_drafts and self.specification.published_at is not None:
            return self.published(
                f"Version {self.specification.version} is published and cannot change. "
                "Copy it into a new draft."
            )
        return super().dispatch(request, *args, **kwargs)

    def published(self, why: str) -> HttpResponse:
        """Say that the version cannot change any more, with what was typed to change it."""
        form = self.sent_form() if self.request.method == "POST" else None
        if form is not None and typed_rows(form=form):
            return self.show("duty/not_done.html", status=409, why=why, form=form)
        messages.info(self.request, why)
        return self.to_version()

    def sent_form(self) -> forms.Form | None:
        """Return the page's form as it was sent; None where it has none."""
        return None

    @cached_property
    def questions(self) -> tuple[QuestionSpec, ...]:
        """The questions of the version, in the order of a return."""
        return questions_of(specification=self.specification)

    @property
    def name(self) -> str:
        """What the version is called in short."""
        return f"Version {self.specification.version}"

    def to_version(self, anchor: str = "") -> HttpResponse:
        """Lead to the page of the version."""
        url = reverse("specifications:detail", args=[self.specification.version])
        return redirect(f"{url}#{anchor}" if anchor else url)

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of the version."""
        url = reverse("specifications:detail", args=[self.specification.version])
        back = BackLink(self.name, url)
        return super().show(
            template,
            status=status,
            **{"specification": self.specification, "name": self.name, "back": back, **context},
        )


class MovePage(SpecificationPage, ABC):
    """Moves a part of a draft one place, by the buttons beside it."""

    permission: ClassVar[Permission] = Permission.SPECIFICATION_DRAFT
    for_drafts: ClassVar[bool] = True
    part: ClassVar[str]

    @property
    @abstractmethod
    def anchor(self) -> str:
        """Where the part stands on the page of the version."""

    @abstractmethod
    def move(self, *, up: bool, seen: int) -> None:
        """Move it, in the revision that was read."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the version, where the buttons are."""
        return self.to_version()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Move it; who read an older order sees the new one first."""
        form = MoveForm(request.POST)
        if not form.is_valid():
            messages.info(request, f"Choose whether the {self.part} moves up or down.")
            return self.to_version()
        try:
            self.move(up=form.cleaned_data["direction"] == "up", seen=form.seen)
        except (DraftChangedError, DraftPublishedError, UnknownQuestionError):
            messages.info(
                request, "The draft has changed since you opened the page. This is how it is now."
            )
        return self.to_version(self.anchor)


class DraftStep(KeepsTyped, SpecificationPage, ABC):
    """A form that changes a draft; who read an older revision sees it anew with what they typed."""

    permission: ClassVar[Permission] = Permission.SPECIFICATION_DRAFT
    for_drafts: ClassVar[bool] = True
    template: ClassVar[str] = "duty/specification_form.html"

    @abstractmethod
    def form(self, data: Any = None) -> Any:
        """Return the form, empty or as it was sent."""

    @abstractmethod
    def words(self) -> dict[str, Any]:
        """Return title, lead and button of the page."""

    @abstractmethod
    def store(self, form: Any) -> HttpResponse:
        """Make the change and lead on."""

    def sent_form(self) -> forms.Form | None:
        """Return the form as it was sent."""
        sent: forms.Form = self.form(self.request.POST)
        return sent

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        kept = self.kept_data
        return self.again(self.form() if kept is None else refilled(self.form(kept)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make the change, or show the form again with what is to be corrected."""
        form = self.form(request.POST)
        if not form.is_valid():
            # Another row or another kind of answer was asked for: nothing is wrong.
            return self.again(form, status=422 if form.errors else 200)
        try:
            return self.store(form)
        except DraftChangedError as error:
            return self.overtaken(error)
        except DraftPublishedError as error:
            return self.published(str(error))

    def overtaken(self, error: DraftChangedError) -> HttpResponse:
        """Show what was typed beside what is stored, and let it be sent again."""
        self.specification = self.found(self.specification.version)
        self.__dict__.pop("questions", None)
        kept = self.request.POST.copy()
        kept["revision"] = str(self.specification.revision)
        form = self.form(kept)
        form.is_valid()
        form.add_error(None, str(error))
        return self.again(form, status=409, stored=self.stored())

    def stored(self) -> tuple[Any, ...]:
        """Return rows of what is stored now, to compare with."""
        return ()

    def again(self, form: forms.Form, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form with what was typed."""
        return self.show(self.template, form=form, status=status, **self.words(), **more)
