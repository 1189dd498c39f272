"""The versions of a specification: listed, made, copied, described, published, deleted."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from authorities.permissions import Permission
from authorities.views.centre import CentrePage, page_number
from duty.actions import specification_drafts as drafts
from duty.forms.specifications import RevisionForm, SectionForm, WordsForm
from duty.models import Section, Specification
from duty.presenters.specifications import list_page, version_page
from duty.queries.specifications import rounds_using, specifications_page, titles_of
from duty.specification_checks import VersionProblem, version_problems
from duty.ui.components import SummaryRow
from duty.ui.navigation import BackLink
from duty.views.specification_pages import DraftStep, MovePage, SpecificationPage
from duty.views.unsent import KeepsTyped, refilled

_DRAFT = Permission.SPECIFICATION_DRAFT


class SpecificationList(CentrePage):
    """All versions, the newest first."""

    permission: ClassVar[Permission] = Permission.SPECIFICATION_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        return self.show(
            "duty/specification_list.html",
            page=list_page(found=specifications_page(page=page_number(request=request))),
            may_draft=self.may(_DRAFT),
        )


class SpecificationNew(KeepsTyped, CentrePage):
    """A version starts as an empty draft."""

    permission: ClassVar[Permission] = _DRAFT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask what it is called."""
        if (kept := self.kept_data) is not None:
            return self._ask(refilled(WordsForm(kept, makes=True)))
        return self._ask(WordsForm(makes=True, initial={"form_key": uuid4()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make the draft."""
        form = WordsForm(request.POST, makes=True)
        if not form.is_valid():
            return self._ask(form, status=422)
        made = drafts.draft(**form.cleaned_data, by=self.person, at=self.now)
        return _drafted(request, made)

    def _ask(self, form: WordsForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "duty/specification_form.html",
            status=status,
            form=form,
            title="Draft a version from nothing",
            lead="It starts without questions. To start from questions that there are, copy a "
            "version instead.",
            button="Make the draft",
            back=BackLink("Questions", reverse("specifications:list")),
        )


class SpecificationDetail(SpecificationPage):
    """A version with its sections, its questions and what stands in the way of publishing it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        draft = self.specification.published_at is None
        page = version_page(
            specification=self.specification,
            questions=self.questions,
            rounds=rounds_using(specification=self.specification),
            problems=_problems(self) if draft else (),
            may_draft=self.may(_DRAFT),
            may_publish=self.may(Permission.SPECIFICATION_PUBLISH),
        )
        back = BackLink("Questions", reverse("specifications:list"))
        return self.show("duty/specification_detail.html", page=page, back=back)


class SpecificationCopy(KeepsTyped, SpecificationPage):
    """Any version, copied into a new draft."""

    permission: ClassVar[Permission] = _DRAFT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask what the copy is called."""
        if (kept := self.kept_data) is not None:
            return self._ask(refilled(WordsForm(kept, makes=True)))
        initial = {"form_key": uuid4(), "source": self.specification.source}
        return self._ask(WordsForm(makes=True, initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make the copy."""
        form = WordsForm(request.POST, makes=True)
        if not form.is_valid():
            return self._ask(form, status=422)
        made = drafts.copy(
            origin=self.specification, **form.cleaned_data, by=self.person, at=self.now
        )
        return _drafted(request, made)

    def _ask(self, form: WordsForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "duty/specification_form.html",
            status=status,
            form=form,
            title=f"Copy version {self.specification.version}",
            lead="The new draft starts with all its sections and questions. The copied version "
            "stays as it is.",
            button="Make the copy",
        )


class SpecificationWords(DraftStep):
    """What a draft is called is changed."""

    def form(self, data: Any = None) -> WordsForm:
        """Return the form."""
        row = self.specification
        initial = {"title": row.title, "source": row.source, "revision": row.revision}
        return WordsForm(data, initial=initial)

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {"title": "Change title and source", "button": "Save"}

    def stored(self) -> tuple[Any, ...]:
        """Return what is stored now."""
        row = self.specification
        return (SummaryRow("Title", row.title), SummaryRow("Source", row.source))

    def store(self, form: WordsForm) -> HttpResponse:
        """Change it."""
        drafts.change_words(
            specification=self.specification,
            title=form.cleaned_data["title"],
            source=form.cleaned_data["source"],
            expected_revision=form.seen,
            by=self.person,
            at=self.now,
        )
        messages.success(self.request, "The draft is stored.")
        return self.to_version()


class OneSection(SpecificationPage):
    """A page of one section of a draft."""

    section: Section

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the section.

        Raises:
            Http404: there is no such section.
        """
        super().setup(request, *args, **kwargs)
        if kwargs["section"] not in Section.values:
            raise Http404
        self.section = Section(kwargs["section"])


class SpecificationSection(OneSection, DraftStep):
    """A section's title and introduction are changed."""

    def form(self, data: Any = None) -> SectionForm:
        """Return the form."""
        row = self.specification
        initial = {
            "title": row.section_title(self.section),
            "intro": row.section_intro(self.section),
            "revision": row.revision,
        }
        return SectionForm(data, initial=initial)

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {"title": f"Change the section “{self.section.label}”", "button": "Save the section"}

    def stored(self) -> tuple[Any, ...]:
        """Return what is stored now."""
        row = self.specification
        return (
            SummaryRow("Title", row.section_title(self.section)),
            SummaryRow("Before its questions", row.section_intro(self.section)),
        )

    def store(self, form: SectionForm) -> HttpResponse:
        """Change it."""
        drafts.change_section(
            specification=self.specification,
            section=self.section.value,
            title=form.cleaned_data["title"],
            intro=form.cleaned_data["intro"],
            expected_revision=form.seen,
            by=self.person,
            at=self.now,
        )
        messages.success(self.request, "The section is stored.")
        return self.to_version(self.section.value)


class SpecificationSectionMove(OneSection, MovePage):
    """A section is moved one place among those of the duty."""

    part: ClassVar[str] = "section"

    @property
    def anchor(self) -> str:
        """Where the section stands."""
        return self.section.value

    def move(self, *, up: bool, seen: int) -> None:
        """Move it."""
        drafts.move_section(
            specification=self.specification,
            section=self.section.value,
            up=up,
            expected_revision=seen,
            by=self.person,
            at=self.now,
        )


class SpecificationPublish(DraftStep):
    """A draft is frozen for good, once its checks find nothing."""

    permission: ClassVar[Permission] = Permission.SPECIFICATION_PUBLISH
    template: ClassVar[str] = "duty/specification_publish.html"

    def form(self, data: Any = None) -> RevisionForm:
        """Return the form."""
        return RevisionForm(data, initial={"revision": self.specification.revision})

    def words(self) -> dict[str, Any]:
        """Return what the checks find."""
        return {"problems": _problems(self), "questions": len(self.questions)}

    def store(self, form: RevisionForm) -> HttpResponse:
        """Publish it."""
        try:
            drafts.publish(
                specification=self.specification,
                expected_revision=form.seen,
                by=self.person,
                at=self.now,
            )
        except drafts.NotPublishableError:
            form.add_error(None, "Mend what the checks find, then publish")
            return self.again(form, status=422)
        messages.success(
            self.request, f"{self.name} is published. Rounds can ask it, and it cannot change."
        )
        return self.to_version()


class SpecificationDelete(DraftStep):
    """A draft that no round uses is deleted."""

    template: ClassVar[str] = "duty/specification_delete.html"

    def form(self, data: Any = None) -> RevisionForm:
        """Return the form."""
        return RevisionForm(data, initial={"revision": self.specification.revision})

    def words(self) -> dict[str, Any]:
        """Return what goes with it."""
        return {
            "questions": len(self.questions),
            "rounds": rounds_using(specification=self.specification),
        }

    def store(self, form: RevisionForm) -> HttpResponse:
        """Delete it."""
        try:
            drafts.delete(
                specification=self.specification,
                expected_revision=form.seen,
                by=self.person,
                at=self.now,
            )
        except drafts.SpecificationInUseError as error:
            form.add_error(None, str(error))
            return self.again(form, status=422)
        messages.success(self.request, f"The draft of {self.name.lower()} is deleted.")
        return redirect("specifications:list")


def _drafted(request: HttpRequest, made: Specification) -> HttpResponse:
    messages.success(request, f"Version {made.version} is drafted. Nobody is asked it yet.")
    return redirect("specifications:detail", version=made.version)


def _problems(page: SpecificationPage) -> tuple[VersionProblem, ...]:
    return version_problems(
        questions=page.questions, sections=titles_of(specification=page.specification)
    )
