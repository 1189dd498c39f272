"""What the page of a pair's national view shows to the centre."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from authorities.models import Pair, Role
from duty import words as duty_words
from duty.models import Round
from duty.ui.components import SummaryRow, TagColour
from engagement import matrix, words
from engagement.actions.assessments import SideDraft, draft_of
from engagement.actions.own_views import choices_of
from engagement.assessment_lifecycle import (
    STATE_LABELS,
    Event,
    State,
    may,
)
from engagement.content import StatementContent
from engagement.models import (
    Assessment,
    AssessmentHappening,
    Finding,
    FindingEvidence,
    FindingReply,
    OwnView,
    ReplyChoice,
    Resolution,
    Side,
    ViewState,
)
from engagement.presenters.assessment_history import HistoryLine, history_of
from engagement.presenters.desk import COLOURS
from engagement.presenters.own_views import statements_of
from engagement.presenters.partner_views import PartnerPart
from engagement.queries import assessments as queries
from engagement.queries import own_views as view_queries
from engagement.queries import rubric as rubric_queries
from engagement.queries.rubric import SideThemes

_REPLIES = {
    ReplyChoice.AGREE.value: "Agrees",
    ReplyChoice.DISAGREE.value: "Disagrees",
    ReplyChoice.NO_REPLY.value: "No reply",
}
# The steps that a page offers, in this order: event, address and words of the link.
_STEPS = (
    (Event.TAKE_UP, "take-up", "Start the draft"),
    (Event.SEND, "send", "Send it to moderation"),
    (Event.AGREE, "agree", "Agree to it"),
    (Event.RETURN, "return", "Return it to its drafter"),
    (Event.SHARE, "share", "Share it with both bodies"),
    (Event.FINALISE, "finalise", "Make it final"),
    (Event.MARK_NOT_ASSESSED, "not-assessed", "Mark the pair not assessed"),
    (Event.UNMARK, "unmark", "Take “not assessed” back"),
    (Event.UNFINALISE, "unfinalise", "Take “final” back"),
    (Event.ANSWER_SECOND_LOOK, "second-look", "Answer the second look"),
)


@dataclass(frozen=True)
class StepLink:
    """A step that the person's role may take from here."""

    label: str
    name: str


@dataclass(frozen=True)
class OwnViewPart:
    """A body's own view, as far as the centre reads it: once it is confirmed."""

    heading: str
    confirmed: bool
    level: str | None
    computed_level: str | None
    changed_reason: str
    confirmed_at: datetime | None
    statements: tuple[StatementContent, ...]


@dataclass(frozen=True)
class EvidencePart:
    """A piece of evidence with both notes; the page is the centre's."""

    id: str
    title: str
    address: str
    kind: str
    public_note: str
    private_note: str
    given: str
    withdrawn: str
    can_be_withdrawn: bool


@dataclass(frozen=True)
class ReplyPart:
    """What the body said, and how a challenge was resolved."""

    said: str
    note: str
    evidence: tuple[Mapping[str, str], ...]
    when: str
    resolution: str
    reason: str


@dataclass(frozen=True)
class FindingPart:
    """What the centre finds on one side, as drafted or later."""

    side: Side
    heading: str
    started: bool
    level: str | None
    undecided: bool
    computed_level: str | None
    explanation: tuple[str, ...]
    changed_reason: str
    rationale: str
    private_note: str
    statements: tuple[StatementContent, ...]
    evidence: tuple[EvidencePart, ...]
    missing: tuple[str, ...]
    reply: ReplyPart | None


@dataclass(frozen=True)
class AssessmentPage:
    """The whole page."""

    names: tuple[str, str]
    round_name: str
    state: str
    colour: TagColour
    version: int
    facts: tuple[SummaryRow, ...]
    views: tuple[OwnViewPart, ...]
    partner_views: tuple[PartnerPart, ...]
    findings: tuple[FindingPart, ...]
    steps: tuple[StepLink, ...]
    writes: bool
    barred: str
    second_look_since: datetime | None
    not_assessed_reason: str
    history: tuple[HistoryLine, ...]
    rule: words.RuleWords


def assessment_page(
    *,
    assessment: Assessment | None,
    pair: Pair,
    round: Round,
    names: tuple[str, str],
    roles: Collection[str],
    person_id: Any,
    barred: str,
    happenings: Sequence[AssessmentHappening],
    partner_views: tuple[PartnerPart, ...] = (),
) -> AssessmentPage:
    """Return the page for a person with these roles; `barred` says why they decide nothing."""
    state = State(assessment.state) if assessment else State.NOT_STARTED
    rubric = rubric_queries.reading_of(round=round).rubric
    rule = rubric_queries.rule_of(rubric=rubric)
    themes = {side: rubric_queries.themes_of(rubric=rubric, side=side.value) for side in Side}
    findings = queries.findings_of(assessment=assessment) if assessment else {}
    replies = queries.replies_of(assessment=assessment) if assessment else {}
    resolutions = queries.resolutions_of(assessment=assessment) if assessment else {}
    leads = Role.LEAD_ANALYST in roles
    return AssessmentPage(
        names=names,
        round_name=round.name,
        state=STATE_LABELS[state],
        colour=COLOURS[state],
        version=assessment.version if assessment else 0,
        facts=_facts(assessment),
        views=tuple(
            _view(
                view=view_queries.view_of(round=round, pair=pair, side=side.value),
                heading=name,
                themes=themes[side],
            )
            for side, name in zip(Side, names, strict=True)
        ),
        partner_views=partner_views,
        findings=tuple(
            _finding(
                side=side,
                name=name,
                finding=findings.get(side.value),
                themes=themes[side],
                rule=rule,
                reply=replies.get(side.value),
                resolution=resolutions.get(side.value),
                person_id=person_id,
                leads=leads,
            )
            for side, name in zip(Side, names, strict=True)
        )
        if findings
        else (),
        steps=_steps(assessment=assessment, state=state, roles=roles),
        writes=state == State.NATIONAL_DRAFT
        and assessment is not None
        and assessment.assigned_to_id == person_id
        and any(may(state=state, event=Event.SAVE, role=role) for role in roles),
        barred=barred,
        second_look_since=assessment.second_look_since if assessment else None,
        not_assessed_reason=assessment.not_assessed_reason if assessment else "",
        history=history_of(happenings=happenings),
        rule=words.rule(of=rule),
    )


def side_statements(
    *, themes: SideThemes, levels: Mapping[str, str]
) -> tuple[StatementContent, ...]:
    """Return the themes of a side with the statements picked."""
    return tuple(
        StatementContent(
            code=theme.code,
            theme=theme.name,
            core=theme.core,
            level=levels.get(theme.code),
            statement=theme.statements[matrix.Level(levels[theme.code])]
            if theme.code in levels
            else None,
            evidence_title="",
            evidence_url="",
        )
        for theme in themes.pure
    )


def explanation_of(
    *, draft: SideDraft, themes: SideThemes, rule: matrix.LevelRule
) -> tuple[str, ...]:
    """Return the counts behind the computed level; nothing where no statement is picked."""
    if not draft.picks:
        return ()
    return matrix.level_from_statements(
        picks={code: matrix.Level(level) for code, level in draft.picks.items()},
        themes=themes.pure,
        rule=rule,
    ).explanation


def _steps(
    *, assessment: Assessment | None, state: State, roles: Collection[str]
) -> tuple[StepLink, ...]:
    found = []
    for event, name, label in _STEPS:
        if event == Event.ANSWER_SECOND_LOOK and not (assessment and assessment.second_look_since):
            continue
        if any(may(state=state, event=event, role=role) for role in roles):
            found.append(StepLink(label=label, name=name))
    return tuple(found)


def _facts(assessment: Assessment | None) -> tuple[SummaryRow, ...]:
    if assessment is None:
        return (SummaryRow("Allocated to", "Nobody yet"),)

    def at(person: Any, moment: datetime | None) -> str:
        when = duty_words.london_datetime(moment=moment) if moment else ""
        return f"{person.full_name}, {when}" if person else ""

    rows = (
        ("Allocated to", assessment.assigned_to.full_name if assessment.assigned_to else ""),
        ("Drafted by", at(assessment.drafted_by, assessment.sent_at)),
        ("Moderated by", at(assessment.moderated_by, assessment.moderated_at)),
        (
            "Shared",
            duty_words.london_datetime(moment=assessment.shared_at) if assessment.shared_at else "",
        ),
        ("Shared without a reader, because", assessment.unread_reason),
        ("Made final by", at(assessment.finalised_by, assessment.finalised_at)),
    )
    said = tuple(SummaryRow(key, value) for key, value in rows if value)
    return said or (SummaryRow("Allocated to", "Nobody yet"),)


def _view(*, view: OwnView | None, heading: str, themes: SideThemes) -> OwnViewPart:
    # A draft is the body's own, and nobody of the centre reads it.
    if view is None or view.state != ViewState.CONFIRMED:
        return OwnViewPart(heading, False, None, None, "", None, ())
    return OwnViewPart(
        heading=heading,
        confirmed=True,
        level=view.level,
        computed_level=view.computed_level,
        changed_reason=view.changed_reason,
        confirmed_at=view.confirmed_at,
        statements=statements_of(themes=themes, choices=choices_of(view=view)),
    )


def _finding(
    *,
    side: Side,
    name: str,
    finding: Finding | None,
    themes: SideThemes,
    rule: matrix.LevelRule,
    reply: FindingReply | None,
    resolution: Resolution | None,
    person_id: Any,
    leads: bool,
) -> FindingPart:
    draft = draft_of(finding=finding)
    evidence = queries.evidence_of(finding=finding)
    missing = [
        what
        for what, is_missing in (
            ("a level", draft.level is None and not draft.undecided),
            ("a rationale", not draft.rationale),
            (
                "evidence",
                draft.level in ("high", "low") and not draft.evidence,
            ),
        )
        if is_missing
    ]
    return FindingPart(
        side=side,
        heading=name,
        started=bool(draft.picks or draft.rationale),
        level=queries.level_now(finding=finding, resolution=resolution) if finding else None,
        undecided=draft.undecided,
        computed_level=finding.computed_level if finding else None,
        explanation=explanation_of(draft=draft, themes=themes, rule=rule),
        changed_reason=draft.changed_reason,
        rationale=draft.rationale,
        private_note=draft.private_note,
        statements=side_statements(
            themes=themes, levels={code: level.value for code, level in draft.picks.items()}
        )
        if draft.picks
        else (),
        evidence=tuple(_evidence(row, person_id, leads) for row in evidence),
        missing=tuple(missing),
        reply=_reply(reply, resolution) if reply else None,
    )


def _evidence(row: FindingEvidence, person_id: Any, leads: bool) -> EvidencePart:
    withdrawn = ""
    if row.withdrawn_at and row.withdrawn_by:
        withdrawn = (
            f"Withdrawn by {row.withdrawn_by.full_name} on "
            f"{duty_words.london_datetime(moment=row.withdrawn_at)}: {row.withdrawn_reason}"
        )
    return EvidencePart(
        id=str(row.pk),
        title=row.title,
        address=row.address,
        kind=str(row.get_kind_display()),
        public_note=row.public_note,
        private_note=row.private_note,
        given=f"{row.given_by.full_name}, {duty_words.london_date(moment=row.given_at)}",
        withdrawn=withdrawn,
        can_be_withdrawn=not withdrawn and (leads or row.given_by_id == person_id),
    )


def _reply(reply: FindingReply, resolution: Resolution | None) -> ReplyPart:
    when = ""
    if reply.replied_at and reply.replied_by:
        when = (
            f"{reply.replied_by.full_name}, {duty_words.london_datetime(moment=reply.replied_at)}"
        )
    return ReplyPart(
        said=_REPLIES[reply.choice],
        note=reply.note,
        evidence=tuple(reply.evidence),
        when=when,
        resolution=str(resolution.get_outcome_display()) if resolution else "",
        reason=resolution.reason if resolution else "",
    )


def without_level(draft: SideDraft) -> SideDraft:
    """Return a draft whose level is to be confirmed anew, since its statements changed."""
    return replace(draft, level=None)
