"""Evidence of a national view is withdrawn, and what a second look at it found."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest

from authorities.permissions import Permission
from engagement.actions import moderation
from engagement.assessment_lifecycle import Event
from engagement.queries import assessments as queries
from engagement.views.assessment_steps import AssessmentStep


class SecondLook(AssessmentStep):
    """What a second look found."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_MODERATE
    event = Event.ANSWER_SECOND_LOOK
    heading = "Answer the second look"
    button = "Store the note"
    said = "The second look is answered."
    reason = ("What did you find?", "The note is kept in the history.", "Say what you found")

    @property
    def lead(self) -> str:
        """Say that no level follows."""
        return (
            "Evidence was withdrawn after the draft. No level changed for that. If one should, the "
            "draft is returned, or “final” is taken back by a lead analyst."
        )

    def act(self, form: Any) -> None:
        """Store the note."""
        moderation.answer_second_look(
            assessment=self.stored, note=form.cleaned_data["reason"], by=self.person, at=self.now
        )


class WithdrawEvidence(AssessmentStep):
    """A piece of evidence is withdrawn."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_DRAFT
    event = Event.WITHDRAW_EVIDENCE
    heading = "Withdraw evidence"
    button = "Withdraw it"
    said = "The evidence is withdrawn."
    reason = ("Why is it withdrawn?", "The reason is kept beside it.", "Say why it is withdrawn")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the evidence; that of another pair is not there.

        Raises:
            Http404: there is no such evidence of this national view.
        """
        super().setup(request, *args, **kwargs)
        found = queries.evidence_in(assessment=self.assessment, evidence_id=kwargs["evidence_id"])
        if found is None:
            raise Http404
        self.evidence = found

    @property
    def lead(self) -> str:
        """Name it, and say what follows."""
        return (
            f"“{self.evidence.title}”. No level changes for that. After the draft, a moderator is "
            "asked for a second look."
        )

    def act(self, form: Any) -> None:
        """Withdraw it."""
        moderation.withdraw_evidence(
            evidence_id=self.evidence.pk,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )
