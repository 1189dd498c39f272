"""National views for tests, led through their life by the same actions as the site's."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from authorities.models import Membership, Pair, Role, User
from duty.actions.clock import invented_past
from duty.models import ExpectedReturn, Round, RoundState
from engagement.actions import assessments, finding_replies, moderation
from engagement.actions.assessments import GivenEvidence, SideDraft
from engagement.actions.own_views import choices_of
from engagement.models import (
    Assessment,
    FindingReply,
    Level,
    OwnView,
    ReplyChoice,
    Side,
    Theme,
    ViewState,
)
from engagement.queries import pairs as pair_queries
from engagement.queries import rubric as rubric_queries
from tests.factories.authorities import NationalMembershipFactory


def central(role: str = Role.ANALYST) -> User:
    """A person with a role at the centre."""
    person: User = NationalMembershipFactory(role=role).user
    return person


EVIDENCE = (
    GivenEvidence(
        title="Minutes of the board",
        address="https://www.example.org/minutes",
        public_note="Page 4.",
        private_note="Heard from a colleague.",
    ),
)
SHOWN = (finding_replies.ReplyEvidence(title="Our letter", url="https://www.example.org/letter"),)


def after_closing(round: Round) -> datetime:
    """A moment at which the round's own views are over and its reply has not begun."""
    return datetime.combine(round.edits_until + timedelta(days=2), time(9), tzinfo=UTC)


def in_reply(round: Round) -> datetime:
    """A moment within the days of the reply."""
    assert round.reply_opens_on is not None
    return datetime.combine(round.reply_opens_on, time(9), tzinfo=UTC)


def after_reply(round: Round) -> datetime:
    """The morning after the reply's last day."""
    assert round.reply_closes_on is not None
    return datetime.combine(round.reply_closes_on + timedelta(days=1), time(9), tzinfo=UTC)


def move_to(round: Round, state: RoundState) -> None:
    """Put a round into a state, whatever came before."""
    Round.objects.filter(pk=round.pk).update(state=state)
    round.refresh_from_db()


def side_draft(*, round: Round, side: Side, level: str | None, **said: object) -> SideDraft:
    """A whole draft of one side, all of whose statements say the level; none cannot be decided."""
    rubric = rubric_queries.reading_of(round=round).rubric
    themes = Theme.objects.filter(rubric=rubric, side=side)
    fields: dict[str, object] = {
        "picks": {theme.code: Level(level) for theme in themes} if level else {},
        "level": Level(level) if level else None,
        "undecided": level is None,
        "rationale": f"What we found of the {side.label.lower()}.",
        "private_note": "Between us.",
        "evidence": EVIDENCE,
    }
    return SideDraft(**{**fields, **said})


def drafted(
    *, pair: Pair, round: Round, levels: tuple[str | None, str | None], by: User | None = None
) -> Assessment:
    """A national view whose draft is whole, authority first; not sent yet."""
    by = by or central()
    at = after_closing(round)
    made = assessments.take_up(round=round, pair=pair, by=by, at=at)
    for side, level in zip(Side, levels, strict=True):
        made = assessments.save_side(
            assessment=made,
            side=side,
            draft=side_draft(round=round, side=side, level=level),
            expected_version=made.version,
            by=by,
            at=at,
        )
    return made


def sent(*, drafted: Assessment) -> Assessment:
    """A draft that its drafter has sent to moderation."""
    assert drafted.assigned_to is not None
    return assessments.send(
        assessment=drafted,
        expected_version=drafted.version,
        by=drafted.assigned_to,
        at=after_closing(drafted.round),
    )


def moderated(
    *,
    pair: Pair,
    round: Round,
    levels: tuple[str | None, str | None] = ("high", "partial"),
    by: User | None = None,
    moderator: User | None = None,
) -> Assessment:
    """A national view that a moderator has agreed to."""
    in_moderation = sent(drafted=drafted(pair=pair, round=round, levels=levels, by=by))
    return moderation.agree(
        assessment=in_moderation,
        expected_version=in_moderation.version,
        by=moderator or central(Role.MODERATOR),
        at=after_closing(round),
    )


def shared(
    *, pair: Pair, round: Round, levels: tuple[str | None, str | None] = ("high", "partial")
) -> Assessment:
    """A national view that both bodies may read and reply to, its round in reply."""
    return _shared(moderated(pair=pair, round=round, levels=levels), round)


def shared_of(*, sent: Assessment) -> Assessment:
    """The same of a draft that is in moderation."""
    made = moderation.agree(
        assessment=sent,
        expected_version=sent.version,
        by=central(Role.MODERATOR),
        at=after_closing(sent.round),
    )
    return _shared(made, made.round)


def _shared(made: Assessment, round: Round) -> Assessment:
    move_to(round, RoundState.IN_REPLY)
    return moderation.share(
        assessment=made,
        unread_reason="Nobody has an account there yet.",
        by=central(Role.LEAD_ANALYST),
        at=in_reply(round),
    )


def answered(
    *, shared: Assessment, side: str, choice: ReplyChoice, by: User, note: str = "Because."
) -> FindingReply:
    """A reply of one side within the window, with evidence where it disagrees."""
    stored = FindingReply.objects.get(assessment=shared, side=side)
    disagrees = choice == ReplyChoice.DISAGREE
    with invented_past():
        return finding_replies.reply(
            assessment=shared,
            side=Side(side),
            choice=choice,
            note=note if choice != ReplyChoice.NO_REPLY else "",
            evidence=SHOWN if disagrees else (),
            expected_version=stored.version,
            by=by,
            at=in_reply(shared.round),
        )


def closed(*, shared: Assessment) -> Assessment:
    """A national view whose reply is over, as the end of the round's reply leaves it."""
    move_to(shared.round, RoundState.FINALISING)
    return finding_replies.close_one(assessment=shared, at=after_reply(shared.round))


def settle(*, round: Round, final: bool = True) -> None:
    """Give every expected pair a national view that says what both own views say.

    A pair without any own view is marked not assessed. What somebody has begun they send, and
    what is decided stays. The round is left closed, or being finalised where its national views
    are to be final.
    """
    drafter, moderator = central(), central(Role.MODERATOR)
    lead = central(Role.LEAD_ANALYST)
    # Who was given more days has had them, too.
    ExpectedReturn.objects.filter(round=round).update(
        extended_due_on=None, extended_edits_until=None, extension_reason=""
    )
    move_to(round, RoundState.CLOSED)
    at = after_closing(round)
    expected = pair_queries.expected_pairs(on=round.geography_date)
    for pair in Pair.objects.filter(pk__in=expected).order_by("pk"):
        begun = Assessment.objects.filter(round=round, pair=pair).first()
        if begun is not None and begun.state != "not_started":
            _decide(begun, moderator)
            continue
        by = (begun.assigned_to if begun else None) or drafter
        views = {
            view.side: view
            for view in OwnView.objects.filter(round=round, pair=pair, state=ViewState.CONFIRMED)
        }
        if not views:
            assessments.mark_not_assessed(
                round=round, pair=pair, reason="Nothing was said.", by=drafter, at=at
            )
            continue
        made = assessments.take_up(round=round, pair=pair, by=by, at=at)
        for side in Side:
            made = assessments.save_side(
                assessment=made,
                side=side,
                draft=_as_said(views, round, side),
                expected_version=made.version,
                by=by,
                at=at,
            )
        _decide(made, moderator)
    if final:
        move_to(round, RoundState.FINALISING)
        for one in Assessment.objects.filter(round=round, state="moderated"):
            made = moderation.share(assessment=one, unread_reason="A test.", by=lead, at=at)
            moderation.finalise(assessment=made, by=moderator, at=at)
    # Nobody else is at the centre than whom the test puts there.
    Membership.objects.filter(user__in=[drafter, moderator, lead]).update(ended_at=timezone.now())


def _decide(made: Assessment, moderator: User) -> None:
    """Send what is a draft, and agree to what is in moderation."""
    if made.state == "national_draft":
        made = sent(drafted=made)
    if made.state == "in_moderation":
        moderation.agree(
            assessment=made,
            expected_version=made.version,
            by=moderator,
            at=after_closing(made.round),
        )


def _as_said(views: Mapping[str, OwnView], round: Round, side: Side) -> SideDraft:
    view = views.get(side)
    if view is None:
        return side_draft(round=round, side=side, level=None)
    return side_draft(
        round=round,
        side=side,
        level=view.level,
        picks={code: choice.level for code, choice in choices_of(view=view).items()},
        changed_reason=view.changed_reason,
    )
