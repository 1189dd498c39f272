"""Writes the national view of a pair up to moderation: drafted, sent, or marked not assessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from authorities.models import Pair, User
from duty.actions.clock import judged_at
from duty.models import Round, RoundState
from engagement import matrix
from engagement.actions import configuration
from engagement.actions.allocations import begin, may_draft_again, round_guards
from engagement.actions.assessment_steps import (
    check,
    hold,
    person_guards,
    reason_guard,
    take,
    version_guard,
)
from engagement.actions.own_views import ForeignThemeError
from engagement.assessment_lifecycle import AssessmentRefusedError, Event, Guard, State
from engagement.models import (
    Assessment,
    EvidenceKind,
    Finding,
    FindingEvidence,
    FindingPick,
    Level,
    Side,
)
from engagement.queries import assessments as queries
from engagement.queries import publications as publication_queries
from engagement.queries import rubric as rubric_queries


@dataclass(frozen=True)
class GivenEvidence:
    """What a finding rests on, as it is given."""

    title: str
    address: str
    kind: EvidenceKind = EvidenceKind.LINK
    public_note: str = ""
    private_note: str = ""


@dataclass(frozen=True)
class SideDraft:
    """The draft of one side, whole: statements by theme code, level, texts and evidence."""

    picks: Mapping[str, Level] = field(default_factory=dict)
    level: Level | None = None
    undecided: bool = False
    changed_reason: str = ""
    rationale: str = ""
    private_note: str = ""
    evidence: tuple[GivenEvidence, ...] = ()


class StaleDraftError(ValueError):
    """Somebody saved meanwhile. Holds both texts, so that nothing is lost."""

    def __init__(self, *, submitted: SideDraft, stored: SideDraft, version: int) -> None:
        self.submitted, self.stored, self.version = submitted, stored, version
        super().__init__("Your copy has changed since you opened it. Compare both and save again.")


@transaction.atomic
def take_up(*, round: Round, pair: Pair, by: User, at: datetime) -> Assessment:
    """Start the draft of a pair that is allocated to the person, or to nobody.

    Taking up what the person has begun already changes nothing.

    Raises:
        PairNotExpectedError: the pair is not one of the round.
        AssessmentRefusedError: it is too early, somebody else's, the person has an interest or
            drafted the round before while another is free; or the state or role refuses.
    """
    held = hold(assessment=begin(round=round, pair=pair, at=at))
    if held.state == State.NATIONAL_DRAFT and held.assigned_to_id == by.pk:
        return held
    holding = round_guards(held) | _writing_guards(held=held, by=by)
    if queries.closing_day_over(round=held.round, pair=pair, at=judged_at(at=at)) or (
        held.round.state == RoundState.OPEN
        and len(queries.confirmed_sides(round=round, pair=pair)) == len(Side)
    ):
        holding.add(Guard.TIME_TO_DRAFT)
    if may_draft_again(held=held, person=by):
        holding.add(Guard.NOT_LAST_DRAFTER)
    held.assigned_to = by
    take(held=held, event=Event.TAKE_UP, holding=holding, by=by, at=at)
    for side in Side:
        Finding.objects.get_or_create(assessment=held, side=side.value)
    return held


@transaction.atomic
def save_side(
    *,
    assessment: Assessment,
    side: Side,
    draft: SideDraft,
    expected_version: int,
    by: User,
    at: datetime,
) -> Assessment:
    """Store the whole draft of one side. Saving the same twice stores it once.

    The level that the statements give is computed here. Another one needs a reason.

    Raises:
        ForeignThemeError: a statement is for a theme of the other side.
        StaleDraftError: somebody saved something else meanwhile.
        AssessmentRefusedError: the draft is somebody else's, a change of the level has no reason,
            or the state or the role does not allow it.
    """
    held = hold(assessment=assessment)
    finding = Finding.objects.filter(assessment=held, side=side.value).first()
    stored = draft_of(finding=finding)
    holding = round_guards(held) | _writing_guards(held=held, by=by)
    if finding is not None and stored == draft and held.state == State.NATIONAL_DRAFT:
        return held
    # Asked before the version, so that somebody else's text is shown to nobody without the right.
    check(held=held, event=Event.SAVE, holding=holding | {Guard.VERSION_MATCHES}, by=by)
    assert finding is not None  # noqa: S101 - a draft has both
    if held.version != expected_version:
        raise StaleDraftError(submitted=draft, stored=stored, version=held.version)
    computed = computed_level(round=held.round, side=side, picks=draft.picks)
    if draft.level is not None and draft.level != computed and not draft.changed_reason.strip():
        raise AssessmentRefusedError(
            "Say why you change the level that the statements give.",
            guards=(Guard.CHANGE_EXPLAINED,),
        )
    _write_side(held=held, finding=finding, draft=draft, computed=computed, by=by, at=at)
    take(
        held=held,
        event=Event.SAVE,
        holding=holding | {Guard.VERSION_MATCHES},
        by=by,
        at=at,
        side=side.value,
        answered=len(draft.picks),
    )
    return held


@transaction.atomic
def send(*, assessment: Assessment, expected_version: int, by: User, at: datetime) -> Assessment:
    """Send a draft to moderation, whole: a level, a rationale and evidence on each side.

    Raises:
        AssessmentRefusedError: something is missing, or the state or role does not allow it.
    """
    held = hold(assessment=assessment)
    holding = (
        round_guards(held)
        | _writing_guards(held=held, by=by)
        | version_guard(held=held, expected_version=expected_version)
        | content_guards(assessment=held)
    )
    held.drafted_by, held.sent_at = by, at
    # Whoever moderated it before may not be who drafts it now.
    held.moderated_by, held.moderated_at = None, None
    take(held=held, event=Event.SEND, holding=holding, by=by, at=at)
    return held


@transaction.atomic
def mark_not_assessed(
    *, round: Round, pair: Pair, reason: str, by: User, at: datetime
) -> Assessment:
    """Say that a pair cannot be assessed in a round: no own view, and no evidence. Never low.

    Raises:
        PairNotExpectedError: the pair is not one of the round.
        AssessmentRefusedError: there is a view or evidence, views may still come, no reason, or
            the state or the role does not allow it.
    """
    held = hold(assessment=begin(round=round, pair=pair, at=at))
    holding = round_guards(held) | person_guards(held=held, by=by) | reason_guard(reason)
    if queries.closing_day_over(round=held.round, pair=pair, at=judged_at(at=at)):
        holding.add(Guard.CLOSING_DAY_OVER)
    if not queries.confirmed_sides(round=round, pair=pair):
        holding.add(Guard.NO_OWN_VIEW)
    evidence = FindingEvidence.objects.filter(finding__assessment=held, withdrawn_at__isnull=True)
    if not evidence.exists():
        holding.add(Guard.NO_EVIDENCE)
    held.not_assessed_reason = reason.strip()
    take(held=held, event=Event.MARK_NOT_ASSESSED, holding=holding, by=by, at=at, reason=reason)
    return held


@transaction.atomic
def unmark(*, assessment: Assessment, reason: str, by: User, at: datetime) -> Assessment:
    """Take “not assessed” back, while no revision stands.

    Raises:
        AssessmentRefusedError: a revision stands, no reason, or the state or role refuses.
    """
    held = hold(assessment=assessment, with_round=True)
    holding = person_guards(held=held, by=by) | reason_guard(reason)
    if publication_queries.standing(round_=held.round) is None:
        holding.add(Guard.NO_REVISION_STANDS)
    held.not_assessed_reason = ""
    take(held=held, event=Event.UNMARK, holding=holding, by=by, at=at, reason=reason)
    return held


def draft_of(*, finding: Finding | None) -> SideDraft:
    """Return the draft of a side as it is stored."""
    if finding is None:
        return SideDraft()
    return SideDraft(
        picks={pick.theme.code: Level(pick.level) for pick in queries.picks_of(finding=finding)},
        level=Level(finding.level) if finding.level else None,
        undecided=finding.undecided,
        changed_reason=finding.changed_reason,
        rationale=finding.rationale,
        private_note=finding.private_note,
        evidence=tuple(
            given_of(row) for row in queries.evidence_of(finding=finding) if not row.withdrawn_at
        ),
    )


def given_of(row: FindingEvidence) -> GivenEvidence:
    """Return stored evidence as it is given."""
    return GivenEvidence(
        title=row.title,
        address=row.address,
        kind=EvidenceKind(row.kind),
        public_note=row.public_note,
        private_note=row.private_note,
    )


def computed_level(*, round: Round, side: Side, picks: Mapping[str, Level]) -> Level | None:
    """Return the level that the statements give, None while too few are picked.

    Raises:
        ForeignThemeError: a theme is not of the side.
    """
    rubric = configuration.freeze(round=round).rubric
    themes = rubric_queries.themes_of(rubric=rubric, side=side.value)
    if foreign := sorted(set(picks) - {theme.code for theme in themes.pure}):
        raise ForeignThemeError(
            f"These themes are not of this side: {', '.join(foreign)}. "
            "Choose from the themes shown."
        )
    if not picks:
        return None
    found = matrix.level_from_statements(
        picks={code: matrix.Level(level) for code, level in picks.items()},
        themes=themes.pure,
        rule=rubric_queries.rule_of(rubric=rubric),
    )
    return Level(found.level) if found.level else None


def content_guards(*, assessment: Assessment) -> set[Guard]:
    """Return what holds of a draft's content on both sides."""
    rows = list(Finding.objects.filter(assessment=assessment).prefetch_related("evidence"))
    whole = len(rows) == len(Side)
    holding = set()
    if whole and all(row.undecided or row.level for row in rows):
        holding.add(Guard.LEVEL_ON_EACH_SIDE)
    if all(not row.level or row.level == row.computed_level or row.changed_reason for row in rows):
        holding.add(Guard.CHANGE_EXPLAINED)
    if whole and all(row.rationale for row in rows):
        holding.add(Guard.RATIONALE_ON_EACH_SIDE)
    if all(
        row.level not in (Level.HIGH, Level.LOW)
        or any(one.withdrawn_at is None for one in row.evidence.all())
        for row in rows
    ):
        holding.add(Guard.EVIDENCE_AT_HIGH_AND_LOW)
    return holding


def _write_side(
    *,
    held: Assessment,
    finding: Finding,
    draft: SideDraft,
    computed: Level | None,
    by: User,
    at: datetime,
) -> None:
    rubric = configuration.freeze(round=held.round).rubric
    themes = {
        theme.code: theme
        for theme in rubric_queries.themes_of(rubric=rubric, side=finding.side).rows
    }
    level = None if draft.undecided else draft.level
    finding.computed_level, finding.level = computed, level
    finding.undecided = draft.undecided
    finding.changed_reason = draft.changed_reason.strip() if level != computed else ""
    finding.rationale = draft.rationale.strip()
    finding.private_note = draft.private_note.strip()
    finding.save()
    FindingPick.objects.filter(finding=finding).delete()
    FindingPick.objects.bulk_create(
        FindingPick(finding=finding, theme=themes[code], level=picked)
        for code, picked in draft.picks.items()
    )
    wanted = list(draft.evidence)
    for row in queries.evidence_of(finding=finding):
        if row.withdrawn_at is not None:
            continue
        if (given := given_of(row)) in wanted:
            wanted.remove(given)
        else:
            row.delete()
    for one in wanted:
        FindingEvidence.objects.create(
            finding=finding,
            kind=one.kind,
            title=one.title,
            address=one.address,
            public_note=one.public_note,
            private_note=one.private_note,
            given_by=by,
            given_at=at,
        )


def _writing_guards(*, held: Assessment, by: User) -> set[Guard]:
    holding = person_guards(held=held, by=by)
    if held.assigned_to_id in (None, by.pk):
        holding.add(Guard.ALLOCATED_TO_THEM)
    return holding
