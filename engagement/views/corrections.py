"""Corrections of published levels: proposed by one person of the centre, decided by another."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from authorities.permissions import Permission
from duty.ui.navigation import BackLink
from duty.views.unsent import KeepsTyped, refilled
from engagement import words
from engagement.actions import corrections
from engagement.actions.assessments import GivenEvidence, SideDraft, draft_of
from engagement.actions.own_views import ForeignThemeError
from engagement.assessment_lifecycle import AssessmentRefusedError, Event, Guard, State
from engagement.forms.corrections import CorrectionForm
from engagement.models import EvidenceKind, Level, Side
from engagement.presenters import corrections as presenter
from engagement.presenters.matrix_words import words_by_version
from engagement.queries import assessments as assessment_queries
from engagement.queries import corrections as queries
from engagement.queries import evidence_offers
from engagement.queries import rubric as rubric_queries
from engagement.views.assessment_steps import AssessmentStep
from engagement.views.assessments import AssessmentCentrePage

# At which field of the form a refusal stands.
_FIELDS: dict[tuple[Guard, ...], str] = {
    (Guard.REASON_GIVEN,): "reason",
    (Guard.CHANGE_EXPLAINED,): "changed_reason",
    (Guard.RATIONALE_GIVEN,): "rationale",
    (Guard.CORRECTS_THE_LEVEL,): "level",
    (Guard.EVIDENCE_AT_HIGH_AND_LOW,): "held",
}


class CorrectionPropose(KeepsTyped, AssessmentCentrePage):
    """The form by which an analyst proposes another level for one side."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_DRAFT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the side as it stands; there is none before it is final.

        Raises:
            Http404: nothing is final, or there is no such side.
        """
        super().setup(request, *args, **kwargs)
        if kwargs["side"] not in Side.values or self.assessment is None:
            raise Http404
        if self.assessment.state != State.FINAL:
            raise Http404
        self.held, self.side = self.assessment, Side(kwargs["side"])
        rubric = rubric_queries.reading_of(round=self.round).rubric
        self.rule = rubric_queries.rule_of(rubric=rubric)
        self.themes = rubric_queries.themes_of(rubric=rubric, side=self.side.value)
        self.stored = self.standing()

    def standing(self) -> SideDraft:
        """Return what stands of the side: the finding, or its last correction."""
        last = queries.last_of(assessment=self.held).get(self.side.value)
        if last is None:
            return draft_of(
                finding=assessment_queries.findings_of(assessment=self.held)[self.side.value]
            )
        return SideDraft(
            picks={code: Level(level) for code, level in last.picks.items()},
            rationale=last.rationale,
            evidence=tuple(
                GivenEvidence(**{**one, "kind": EvidenceKind(one["kind"])}) for one in last.evidence
            ),
        )

    def closed(self) -> str:
        """Return why nothing can be proposed now, "" where it can."""
        if not queries.is_published(round=self.round):
            return "The round is not published. A level that is wrong is changed before that."
        if queries.waiting_of(assessment=self.held) is not None:
            return "A correction of this pair waits for its second person already."
        return ""

    def form(self, data: Any = None) -> CorrectionForm:
        """Ask for all of the side, beginning with what stands."""
        return CorrectionForm(
            data,
            themes=self.themes.rows,
            offers=evidence_offers.offers_for(
                round=self.round, pair=self.pair, side=self.side.value
            ),
            stored=self.stored,
            initial=CorrectionForm.initial_of(draft=self.stored, version=self.held.version),
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, or lead back where nothing can be proposed."""
        kept = self.kept_data
        if kept is None and (why := self.closed()):
            messages.info(request, why)
            return redirect(self.address())
        return self.page(self.form() if kept is None else refilled(self.form(kept)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Propose it; what was typed stays whatever comes of it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            made = corrections.propose(
                assessment=self.held,
                side=self.side,
                draft=form.draft,
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=self.now,
            )
        except (AssessmentRefusedError, ForeignThemeError) as error:
            guards = error.guards if isinstance(error, AssessmentRefusedError) else ()
            form.add_error(_FIELDS.get(guards), str(error))
            return self.page(form, status=409 if Guard.VERSION_MATCHES in guards else 422)
        messages.success(request, "The correction is proposed. Another person decides about it.")
        return redirect(self.address("correction", made.pk))

    def page(self, form: CorrectionForm, *, status: int = 200) -> HttpResponse:
        """Show the form with the level as it stands."""
        return self.show(
            "engagement/correction_propose.html",
            status=status,
            form=form,
            side_name=self.names[0] if self.side == Side.AUTHORITY else self.names[1],
            level=corrections.level_now(assessment=self.held, side=self.side),
            rule=words.rule(of=self.rule),
            waits=queries.waiting_of(assessment=self.held) is not None,
        )


class CorrectionMixin(AssessmentCentrePage):
    """Finds a correction of a national view."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load it; that of another pair is not there.

        Raises:
            Http404: there is no such one.
        """
        super().setup(request, *args, **kwargs)
        found = queries.correction_in(
            assessment=self.assessment, correction_id=kwargs["correction_id"]
        )
        if found is None:
            raise Http404
        self.correction = found


class CorrectionPage(CorrectionMixin):
    """One correction with all that it rests on, and what can be done about it."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        assert self.assessment is not None  # noqa: S101 - it has a correction
        reading = rubric_queries.reading_of(round=self.round)
        version = reading.group_map.version
        page = presenter.correction_page(
            row=self.correction,
            round_=self.round,
            pair=self.pair,
            names=self.names,
            themes=rubric_queries.themes_of(rubric=reading.rubric, side=self.correction.side),
            levels=queries.published_levels(correction=self.correction, assessment=self.assessment),
            cells=dict(rubric_queries.groups_by_cell(group_map=reading.group_map)),
            said=words_by_version(versions=[version])[version],
        )
        return self.show(
            "engagement/correction.html",
            page=page,
            matrix_words=page.matrix_words,
            steps=self.steps(),
            why_not=corrections.may_decide(correction=self.correction, by=self.person)
            if page.waits and self.may(Permission.ASSESSMENT_MODERATE)
            else "",
        )

    def steps(self) -> list[tuple[str, str]]:
        """Return what the person may do about it: words and address."""
        if self.correction.state != "proposed":
            return []
        found = []
        if self.may(Permission.ASSESSMENT_MODERATE) and not corrections.may_decide(
            correction=self.correction, by=self.person
        ):
            found += [("Approve and publish it", "approve"), ("Decline it", "decline")]
        if self.correction.proposed_by_id == self.person.pk or self.may(
            Permission.ASSESSMENT_ALLOCATE
        ):
            found.append(("Take it back", "take-back"))
        return [
            (label, self.address(f"correction-{name}", self.correction.pk)) for label, name in found
        ]


class CorrectionStep(CorrectionMixin, AssessmentStep):
    """A step of a correction."""

    @property
    def back(self) -> BackLink:
        """The link to the correction."""
        return BackLink("The correction", self.address("correction", self.correction.pk))


class CorrectionApprove(CorrectionStep):
    """The second person approves, and the next revision is published at once."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_MODERATE
    event = Event.APPROVE_CORRECTION
    heading = "Approve the correction"
    button = "Approve and publish"
    said = "The correction is approved, and everybody sees the new revision."

    @property
    def lead(self) -> str:
        """Say what follows."""
        return (
            "A new revision of the round is published at once, which differs in this pair alone. "
            "Earlier revisions and the finding stay as they were. Both bodies are told, with the "
            "reason."
        )

    def act(self, form: Any) -> None:
        """Approve it."""
        corrections.approve(
            correction=self.correction,
            expected_version=form.cleaned_data["version"],
            by=self.person,
            at=self.now,
        )


class CorrectionDecline(CorrectionStep):
    """The second person declines."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_MODERATE
    event = Event.DECLINE_CORRECTION
    heading = "Decline the correction"
    button = "Decline it"
    said = "The correction is declined. Nothing that is published changes."
    reason = ("Why is it declined?", "Who proposed it reads this.", "Say why it is declined")

    def act(self, form: Any) -> None:
        """Decline it."""
        corrections.decline(
            correction=self.correction,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )


class CorrectionTakeBack(CorrectionStep):
    """Who proposed it, or a lead analyst, takes it back."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_DRAFT
    event = Event.TAKE_CORRECTION_BACK
    heading = "Take the correction back"
    button = "Take it back"
    said = "The correction is taken back. Nothing that is published changes."
    reason = ("Why is it taken back?", "The reason is kept beside it.", "Say why")

    def act(self, form: Any) -> None:
        """Take it back."""
        corrections.take_back(
            correction=self.correction,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )
