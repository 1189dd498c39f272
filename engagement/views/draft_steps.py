"""What a draft would change, and its steps: proposed, approved, declined, discarded."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from authorities.permissions import Permission
from authorities.views.centre import page_number
from authorities.views.csv_files import csv_answer
from engagement.actions import reading_drafts as actions
from engagement.forms import reading_drafts as draft_forms
from engagement.models import DraftKind
from engagement.presenters import version_previews as presenter
from engagement.presenters.placement_files import file_note
from engagement.presenters.version_texts import KIND_WORDS
from engagement.queries.last_statements import last_statements
from engagement.views.draft_pages import DraftForm, DraftView


class DraftPreview(DraftView):
    """What would change, pair by pair."""

    def found(self) -> presenter.Preview | None:
        """Read the last statements by the draft; None where it has faults or nothing is there."""
        statements = last_statements()
        if statements is None or actions.faults_of(content=self.draft.content):
            return None
        return presenter.preview(draft=self.draft, statements=statements)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it, or why there is nothing to show."""
        found = self.found()
        page = None
        if found is not None:
            page = presenter.preview_page(
                draft=self.draft,
                of=found,
                shows_all=request.GET.get("show") == "all",
                page=page_number(request=request),
            )
        return self.show(
            "engagement/reading_preview.html",
            page=page,
            draft_url=self.url,
            columns=presenter.COLUMNS,
            faults=bool(actions.faults_of(content=self.draft.content)),
        )


class DraftPreviewFile(DraftPreview):
    """The same as CSV, all pairs."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file; without anything to read it has headings alone."""
        found = self.found()
        text = (
            presenter.preview_csv(of=found, note=file_note(demonstration=settings.DEMONSTRATION))
            if found
            else presenter.empty_csv()
        )
        return csv_answer(text=text, name=f"{self.draft.kind}-what-would-change.csv")


class DraftPropose(DraftForm):
    """A second person is asked to approve the draft."""

    done = "The draft is proposed. Another person can approve it now."

    def form(self, data: Any = None) -> Any:
        """Return the form, which asks nothing."""
        return draft_forms.SeenForm(data, initial={"revision": self.draft.revision})

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": "Propose this draft?",
            "lead": "A person who wrote nothing in it reads it, with what would change, and "
            "approves or declines it. A change takes the proposal back.",
            "button": "Propose it",
        }

    def take(self, form: Any) -> None:
        """Propose it."""
        actions.propose(
            draft_id=self.draft.id, expected_revision=form.seen, by=self.person, at=self.now
        )


class DraftApprove(DraftForm):
    """A second person makes the draft the newest version."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_APPROVE
    done = "The version is approved."

    def form(self, data: Any = None) -> Any:
        """Return the declaration; of a rubric, with what its levels mean."""
        made = (
            draft_forms.ApproveRubricForm
            if self.draft.kind == DraftKind.RUBRIC
            else draft_forms.ApproveForm
        )
        return made(data, initial={"revision": self.draft.revision})

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": f"Approve this version: {KIND_WORDS[self.draft.kind].lower()}?",
            "lead": "Once approved it can never be changed or deleted. Rounds that are scheduled "
            "from then on are read by it; others keep their version.",
            "link": ("What would change", reverse("readings:draft-preview", args=[self.draft.id])),
            "button": "Approve it",
        }

    def take(self, form: Any) -> None:
        """Approve it."""
        meaning = None
        if self.draft.kind == DraftKind.RUBRIC:
            said = form.cleaned_data
            meaning = actions.Meaning(kept=said["kept"] == "yes", reason=said["meaning_reason"])
        made = actions.approve(
            draft_id=self.draft.id,
            expected_revision=form.seen,
            meaning=meaning,
            by=self.person,
            at=self.now,
        )
        self.number = made.version

    def leads_to(self) -> str:
        """Return the page of the version."""
        return reverse("readings:version", args=[self.draft.kind, self.number])


class _WithReason(DraftForm):
    """A step that says why."""

    def form(self, data: Any = None) -> Any:
        """Return the form that asks why."""
        return draft_forms.WhyForm(data, initial={"revision": self.draft.revision})


class DraftDecline(_WithReason):
    """A second person gives a proposal back."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_APPROVE
    done = "The draft is declined. Who wrote it reads why."

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": "Decline this draft?",
            "lead": "It becomes a draft again, and its page says why.",
            "button": "Decline it",
        }

    def take(self, form: Any) -> None:
        """Decline it."""
        actions.decline(
            draft_id=self.draft.id,
            expected_revision=form.seen,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )


class DraftDiscard(_WithReason):
    """A draft is given up."""

    done = "The draft is discarded. It stays readable to the centre."

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": "Discard this draft?",
            "lead": "It can be read later, and never changed or approved.",
            "button": "Discard it",
        }

    def take(self, form: Any) -> None:
        """Discard it."""
        actions.discard(
            draft_id=self.draft.id,
            expected_revision=form.seen,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )

    def leads_to(self) -> str:
        """Return the list of versions."""
        return reverse("readings:list")
