"""Publishing a round: what becomes visible and when, and the steps of the two people."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse

from authorities.permissions import Permission
from duty import words
from duty.forms.round_replies import ApprovalForm, ProposalForm
from duty.forms.rounds import ReasonForm
from duty.models import Round, RoundState
from duty.round_lifecycle import RoundEvent
from duty.views.round_pages import RoundPage, StepPage
from engagement.actions import publications
from engagement.presenters import publications as presenter
from engagement.queries import publications as queries


def _instant(round_: Round) -> str:
    """Return the set time of publication in words; every round beyond a draft has one."""
    if round_.publish_at is None:
        return "the time that is set"
    return words.london_datetime(moment=round_.publish_at)


class PublishPage(RoundPage):
    """The checks, what becomes visible and when, and a preview under embargo."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.show(
            "engagement/publish.html",
            page=presenter.publish_page(
                round_=self.round, events=self.events, person=self.person, now=self.now
            ),
        )


class PublicationPropose(StepPage):
    """The first of two people proposes."""

    permission: ClassVar[Permission] = Permission.ROUND_PROPOSE
    step: ClassVar[RoundEvent | None] = RoundEvent.PROPOSE

    def form(self, data: Any = None) -> forms.Form:
        """Ask what a correction corrects."""
        return ProposalForm(data, corrects=self.round.state == RoundState.PUBLISHED)

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        if self.round.state == RoundState.PUBLISHED:
            return {
                "title": "Propose a correction",
                "lead": "The placements are computed again from what is stored now. Another "
                "person must approve them; then everybody sees a new revision at once. Earlier "
                "revisions stay readable.",
                "button": "Propose the correction",
            }
        when = _instant(self.round)
        return {
            "title": "Propose the publication",
            "lead": "The placements and returns are proposed as they are now. Another person must "
            f"approve them. They stay under embargo until {when}, London time.",
            "button": "Propose the publication",
        }

    def store(self, form: Any) -> HttpResponse:
        """Propose it."""
        reason = form.cleaned_data.get("reason", "")
        publications.propose(round_=self.round, reason=reason, by=self.person, at=self.now)
        return self.done("It is proposed. Another person must approve it.")


class PublicationTakeBack(StepPage):
    """A proposal is taken back."""

    permission: ClassVar[Permission] = Permission.ROUND_APPROVE
    step: ClassVar[RoundEvent | None] = RoundEvent.TAKE_BACK

    def form(self, data: Any = None) -> forms.Form:
        """Ask why."""
        return ReasonForm(data)

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        return {
            "title": "Take the proposal back",
            "lead": "Nothing becomes visible. It can be proposed again.",
            "button": "Take it back",
        }

    def store(self, form: Any) -> HttpResponse:
        """Take it back."""
        publications.take_back(
            round_=self.round, reason=form.cleaned_data["reason"], by=self.person, at=self.now
        )
        return self.done("The proposal is taken back.")


class PublicationApprove(StepPage):
    """The second of two people approves what the first proposed."""

    permission: ClassVar[Permission] = Permission.ROUND_APPROVE
    step: ClassVar[RoundEvent | None] = RoundEvent.APPROVE

    @property
    def step_now(self) -> RoundEvent | None:
        """Approve the publication; of a published round, its correction."""
        corrects = self.round.state == RoundState.PUBLISHED
        return RoundEvent.CORRECT if corrects else self.step

    def form(self, data: Any = None) -> forms.Form:
        """Ask to declare it, about what is proposed."""
        proposal = queries.proposal_of(round_=self.round)
        return ApprovalForm(data, initial={"seen": proposal.digest if proposal else ""})

    def seen_anew(self, form: forms.Form) -> forms.Form:
        """Ask again, about what is proposed now."""
        proposal = queries.proposal_of(round_=self.round)
        kept = self.request.POST.copy()
        kept["seen"] = proposal.digest if proposal else ""
        kept.pop("declare", None)
        return ApprovalForm(kept)

    def words(self) -> dict[str, Any]:
        """Say what happens, and who proposed it."""
        proposal = queries.proposal_of(round_=self.round)
        said = "Nobody has proposed it."
        if proposal:
            said = f"{proposal.by.full_name} proposed it on "
            said += f"{words.london_datetime(moment=proposal.at)}."
        if self.round.state == RoundState.PUBLISHED:
            then = "Everybody sees the new revision at once."
        else:
            when = _instant(self.round)
            then = f"Everybody sees it from {when}, London time; at once if that has passed."
        return {
            "title": "Approve the publication",
            "lead": f"{said} {then} What is approved is never changed.",
            "button": "Approve",
        }

    def store(self, form: Any) -> HttpResponse:
        """Approve it."""
        publication = publications.approve(
            round_=self.round, seen=form.cleaned_data["seen"], by=self.person, at=self.now
        )
        when = words.london_datetime(moment=publication.published_at)
        return self.done(
            f"Revision {publication.number} is approved. Everybody sees it from {when}, "
            "London time."
        )


class PublicationWithdraw(StepPage):
    """An approval is withdrawn while it is under embargo."""

    permission: ClassVar[Permission] = Permission.ROUND_APPROVE
    step: ClassVar[RoundEvent | None] = RoundEvent.WITHDRAW

    def form(self, data: Any = None) -> forms.Form:
        """Ask why."""
        return ReasonForm(data)

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        return {
            "title": "Withdraw the approval",
            "lead": "Nobody outside the centre has seen it, and nobody will. Another one can be "
            "proposed.",
            "button": "Withdraw the approval",
        }

    def store(self, form: Any) -> HttpResponse:
        """Withdraw it."""
        publications.withdraw(
            round_=self.round, reason=form.cleaned_data["reason"], by=self.person, at=self.now
        )
        return self.done("The approval is withdrawn.")
