"""What a body reads of what the centre found on its side, and how it may reply.

Never the other body's reply, its evidence or its own view, and never a private note.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.urls import reverse

from duty import words as duty_words
from duty.deadlines import days_left, london_date
from duty.models import Round, RoundState
from duty.queries.shared_sections import SHARED_SECTIONS
from duty.ui.looks import MatrixWords
from engagement import words
from engagement.access import FindingAccess
from engagement.actions.assessments import draft_of
from engagement.actions.finding_replies import StoredReply, stored_reply
from engagement.assessment_lifecycle import State
from engagement.content import StatementContent
from engagement.models import (
    EvidenceKind,
    Finding,
    FindingEvidence,
    FindingReply,
    ReplyChoice,
    Resolution,
    ResolutionOutcome,
    Side,
    Theme,
)
from engagement.presenters.assessments import explanation_of, side_statements
from engagement.presenters.commitment_lists import counted
from engagement.presenters.matrix_words import level_words_of
from engagement.presenters.own_views import ROUND_TEAM, Locked
from engagement.queries import assessments as queries
from engagement.queries import corrections as correction_queries
from engagement.queries import own_views as view_queries
from engagement.queries import rubric as rubric_queries
from engagement.queries.finding_replies import READABLE, current_revision

SAID = {
    ReplyChoice.AGREE.value: "Your body agrees",
    ReplyChoice.DISAGREE.value: "Your body disagrees",
    ReplyChoice.NO_REPLY.value: "No reply",
}
NO_REPLY = "No reply is neither agreement nor disagreement, and is stored as no reply."
UNCONFIRMED = "Evidence that the other body gave with its own view"


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence as the body reads it; no address where the body cannot open it."""

    title: str
    address: str
    note: str
    withdrawn: str


@dataclass(frozen=True)
class OwnFinding:
    """What was found on the body's own side. level: before a challenge changed it."""

    level: str | None
    computed_level: str | None
    explanation: tuple[str, ...]
    changed_reason: str
    rationale: str
    statements: tuple[StatementContent, ...]
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True)
class OtherFinding:
    """What a body reads of the other side: no more than level and rationale."""

    level: str | None
    rationale: str


@dataclass(frozen=True)
class OwnReply:
    """What the body said; empty parts where it gave no reply."""

    said: str
    given: bool
    note: str
    themes: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    when: str


@dataclass(frozen=True)
class ResolvedChallenge:
    """How the challenge of a body ended, with the reason for both."""

    name: str
    outcome: str
    before: str | None
    after: str | None
    changed: bool
    reason: str
    when: str


@dataclass(frozen=True)
class FindingPage:
    """The page. waiting: why there is nothing to read yet, "" once it is shared.

    window: until when a reply is taken; locked: why none is. One of them is empty.
    """

    round_name: str
    own_name: str
    other_name: str
    side: Side
    waiting: str
    own: OwnFinding | None
    other: OtherFinding | None
    reply: OwnReply | None
    window: str
    days: str
    locked: Locked | None
    resolutions: tuple[ResolvedChallenge, ...]
    final: bool
    revision: int | None
    revision_url: str
    national_url: str
    signatories: tuple[str, ...]
    rule: words.RuleWords
    matrix_words: MatrixWords
    themes: tuple[Theme, ...]
    stored: StoredReply | None
    version: int


def finding_page(*, access: FindingAccess, names: tuple[str, str], now: datetime) -> FindingPage:
    """Return the page for the side that the person reads; `names` are authority's and board's."""
    round_, pair, side, row = access.round, access.pair, access.side, access.assessment
    reading = rubric_queries.reading_of(round=round_)
    rule = rubric_queries.rule_of(rubric=reading.rubric)
    themes = rubric_queries.themes_of(rubric=reading.rubric, side=side.value)
    own_name, other_name = names if side == Side.AUTHORITY else names[::-1]
    readable = row is not None and row.state in READABLE
    findings = queries.findings_of(assessment=row) if row and readable else {}
    resolutions = queries.resolutions_of(assessment=row) if row and readable else {}
    replies = queries.replies_of(assessment=row) if row and readable else {}
    reply, other_side = replies.get(side.value), _other(side)
    open_now = (
        row is not None and row.state == State.SHARED and queries.window_open(round=round_, at=now)
    )
    signatories = view_queries.signatories_of(pair=pair, side=side.value)
    number = current_revision(round=round_)
    names_by_side = dict(zip(Side, names, strict=True))
    closes = round_.reply_closes_on
    return FindingPage(
        round_name=round_.name,
        own_name=own_name,
        other_name=other_name,
        side=side,
        waiting="" if findings else _waiting(round_, again=bool(row and row.shared_at)),
        own=_own(
            finding=findings[side.value],
            access=access,
            explanation=explanation_of(
                draft=draft_of(finding=findings[side.value]), themes=themes, rule=rule
            ),
            statements=side_statements(
                themes=themes,
                levels={
                    code: level.value
                    for code, level in draft_of(finding=findings[side.value]).picks.items()
                },
            ),
            published=number is not None,
        )
        if findings
        else None,
        other=OtherFinding(
            level=queries.level_now(
                finding=findings[other_side.value],
                resolution=resolutions.get(other_side.value),
                correction=correction_queries.last_of(assessment=row).get(other_side.value),
            ),
            rationale=findings[other_side.value].rationale,
        )
        if findings
        else None,
        reply=_reply(reply, {theme.code: theme.name for theme in themes.rows}) if reply else None,
        window=f"until the end of {duty_words.london_date(moment=closes)}, London time"
        if open_now and closes
        else "",
        days=_days(round_, now) if open_now else "",
        locked=None if open_now or not findings else _locked(round_, row.state if row else "", now),
        resolutions=tuple(
            _resolved(resolutions[one.value], names_by_side[one])
            for one in Side
            if one.value in resolutions
        ),
        final=row is not None and row.state == State.FINAL,
        revision=number,
        revision_url=reverse("publications:revision", args=[round_.slug, number]) if number else "",
        national_url=f"{reverse('engagement:national')}?round={round_.slug}",
        signatories=signatories,
        rule=words.rule(of=rule),
        matrix_words=level_words_of(group_map=reading.group_map),
        themes=tuple(themes.rows),
        stored=stored_reply(reply) if reply else None,
        version=reply.version if reply else 0,
    )


def in_words(*, stored: StoredReply, themes: Collection[Theme]) -> list[tuple[str, str]]:
    """Return a stored reply in words, line by line, beside what somebody typed meanwhile."""
    names = {theme.code: theme.name for theme in themes}
    lines = (
        ("Reply", SAID[stored.choice.value]),
        ("Themes", ", ".join(names.get(code, code) for code in stored.themes)),
        ("Note", stored.note),
        ("Evidence", "; ".join(one.title for one in stored.evidence)),
    )
    return [(name, text) for name, text in lines if text]


def _other(side: Side) -> Side:
    return Side.BOARD if side == Side.AUTHORITY else Side.AUTHORITY


def _waiting(round_: Round, *, again: bool) -> str:
    if again:
        return (
            "The centre is looking at this finding again. You are told when it is shared with you "
            "anew."
        )
    planned = round_.reply_opens_on
    if planned is None or round_.state not in (
        RoundState.OPEN,
        RoundState.CLOSED,
        RoundState.IN_REPLY,
    ):
        return "The centre has shared no finding of this round with your body."
    return (
        "The centre has not shared its finding with your body yet. The replies of the round begin "
        f"on {duty_words.london_date(moment=planned)}, and you are told when it is ready."
    )


def _days(round_: Round, now: datetime) -> str:
    if round_.reply_closes_on is None:
        return ""
    left = days_left(closing_date=round_.reply_closes_on, now=now)
    return "Today is the last day" if left == 0 else f"{counted(left, 'day', 'days')} left"


def _locked(round_: Round, state: str, now: datetime) -> Locked:
    opens, closes = round_.reply_opens_on, round_.reply_closes_on
    if opens and london_date(now=now) < opens:
        return Locked(
            title="No reply can be given yet",
            why="The days of the reply have not begun.",
            since=duty_words.london_date(moment=london_date(now=now)),
            until=f"Until {duty_words.london_date(moment=opens)}",
            ask=ROUND_TEAM,
        )
    ended = closes + timedelta(days=1) if closes else None
    over = ended is not None and london_date(now=now) >= ended
    return Locked(
        title="No reply can be given now",
        why="The finding is final."
        if state == State.FINAL
        else "The replies of the round are over.",
        since=f"{duty_words.london_date(moment=ended)}. The last day was "
        f"{duty_words.london_date(moment=ended - timedelta(days=1))}"
        if ended and over
        else "The round’s replies were closed",
        until="It stays so, unless the round’s replies are opened again",
        ask=ROUND_TEAM,
    )


def _own(
    *,
    finding: Finding,
    access: FindingAccess,
    explanation: tuple[str, ...],
    statements: tuple[StatementContent, ...],
    published: bool,
) -> OwnFinding:
    view = view_queries.view_of(round=access.round, pair=access.pair, side=access.side.value)
    known = {pick.evidence_url for pick in view_queries.picks_of(view=view)}
    return OwnFinding(
        level=finding.level,
        computed_level=finding.computed_level,
        explanation=explanation,
        changed_reason=finding.changed_reason,
        rationale=finding.rationale,
        statements=statements,
        evidence=tuple(
            _evidence(row, access, known=known, published=published)
            for row in queries.evidence_of(finding=finding)
        ),
    )


def _evidence(
    row: FindingEvidence, access: FindingAccess, *, known: Collection[str], published: bool
) -> EvidenceLine:
    withdrawn = (
        f"Withdrawn on {duty_words.london_date(moment=row.withdrawn_at)}"
        if row.withdrawn_at
        else ""
    )
    if row.kind == EvidenceKind.OWN_VIEW and row.address not in known and not published:
        # The other body's own view is its own until the round is published.
        return EvidenceLine(UNCONFIRMED, "", "You can read it once the round is published.", "")
    address, note = row.address, row.public_note
    if row.kind in (EvidenceKind.ANSWER, EvidenceKind.RECORD):
        # The centre's own page of the return is not for bodies: they have another.
        section = urlsplit(row.address).fragment
        page = reverse(
            "publications:shared-return", args=[access.round.slug, access.pair.authority.slug]
        )
        reads = access.side == Side.AUTHORITY or section in SHARED_SECTIONS
        address = f"{page}#{section}" if reads else ""
        note = note if reads else f"{note} This section is not shared with your body.".strip()
    return EvidenceLine(title=row.title, address=address, note=note, withdrawn=withdrawn)


def _reply(row: FindingReply, themes: Mapping[str, str]) -> OwnReply:
    when = ""
    if row.replied_at and row.replied_by:
        when = f"{row.replied_by.full_name}, {duty_words.london_datetime(moment=row.replied_at)}"
    return OwnReply(
        said=SAID[row.choice],
        given=row.choice != ReplyChoice.NO_REPLY,
        note=row.note,
        themes=tuple(themes.get(code, code) for code in row.themes),
        evidence=tuple((one["title"], one["url"]) for one in row.evidence),
        when=when,
    )


def _resolved(row: Resolution, name: str) -> ResolvedChallenge:
    return ResolvedChallenge(
        name=name,
        outcome=str(row.get_outcome_display()),
        before=row.level_before,
        after=row.level_after,
        changed=row.outcome == ResolutionOutcome.CHANGE,
        reason=row.reason,
        when=duty_words.london_datetime(moment=row.resolved_at),
    )
