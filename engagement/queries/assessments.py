"""What is asked of national views: where they are, what they found, and who may judge what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from authorities.models import Body, BodyKind, Membership, Pair, User
from authorities.permissions import GRANTED_AT_OWN_BODY, GRANTED_EVERYWHERE, Permission
from duty.deadlines import london_date
from duty.models import Round, RoundState
from engagement.assessment_lifecycle import DECIDED, SETTLED, Event, State
from engagement.models import (
    Assessment,
    AssessmentHappening,
    Finding,
    FindingCorrection,
    FindingEvidence,
    FindingPick,
    FindingReply,
    Interest,
    OwnView,
    ReplyChoice,
    Resolution,
    Side,
    ViewState,
)
from engagement.queries import corrections as correction_queries
from engagement.queries import lineages
from engagement.queries import pairs as pair_queries
from engagement.queries.own_views import closing_for

# Who did one of these has written the draft.
_WRITING = (Event.TAKE_UP.value, Event.SAVE.value, Event.SEND.value)


def assessment_of(*, round: Round, pair: Pair) -> Assessment | None:
    """Return the national view of a pair in a round, None where nothing happened to it yet."""
    return (
        Assessment.objects.select_related(
            "round", "pair", "assigned_to", "drafted_by", "moderated_by", "finalised_by"
        )
        .filter(round=round, pair=pair)
        .first()
    )


def findings_of(*, assessment: Assessment) -> dict[str, Finding]:
    """Return the findings by side."""
    return {row.side: row for row in Finding.objects.filter(assessment=assessment)}


def picks_of(*, finding: Finding | None) -> tuple[FindingPick, ...]:
    """Return the statements picked for a finding with their themes, in the rubric's order."""
    if finding is None:
        return ()
    return tuple(
        FindingPick.objects.filter(finding=finding)
        .select_related("theme")
        .order_by("theme__order", "pk")
    )


def evidence_of(*, finding: Finding | None) -> tuple[FindingEvidence, ...]:
    """Return all evidence of a finding, the withdrawn too, as it was given."""
    if finding is None:
        return ()
    return tuple(
        FindingEvidence.objects.filter(finding=finding)
        .select_related("given_by", "withdrawn_by")
        .order_by("given_at", "title", "pk")
    )


def replies_of(*, assessment: Assessment) -> dict[str, FindingReply]:
    """Return the replies by side; none before the sharing."""
    rows = FindingReply.objects.filter(assessment=assessment).select_related("replied_by")
    return {row.side: row for row in rows}


def resolutions_of(*, assessment: Assessment) -> dict[str, Resolution]:
    """Return the resolutions that stand, by side."""
    rows = Resolution.objects.filter(
        reply__assessment=assessment, superseded_at__isnull=True
    ).select_related("reply", "resolved_by")
    return {row.reply.side: row for row in rows}


def unresolved_sides(*, assessment: Assessment) -> tuple[str, ...]:
    """Return the sides that disagreed and have no answer yet."""
    standing = Resolution.objects.filter(reply=OuterRef("pk"), superseded_at__isnull=True)
    return tuple(
        FindingReply.objects.filter(
            ~Exists(standing), assessment=assessment, choice=ReplyChoice.DISAGREE
        )
        .order_by("side")
        .values_list("side", flat=True)
    )


def level_now(
    *,
    finding: Finding,
    resolution: Resolution | None,
    correction: FindingCorrection | None = None,
) -> str | None:
    """Return a side's level: as found, as a challenge changed it, or as it was corrected."""
    if correction is not None:
        return correction.level
    return finding.level if resolution is None else resolution.level_after


@dataclass(frozen=True)
class Decided:
    """What stands for a pair: its findings with picks, evidence and resolutions, by side.

    corrections: approved ones, the earliest first.
    """

    assessment: Assessment
    findings: Mapping[str, Finding]
    resolutions: Mapping[str, Resolution]
    corrections: Mapping[str, tuple[FindingCorrection, ...]]


def decided(*, round: Round, pairs: Collection[Pair]) -> dict[UUID, Decided]:
    """Return what is moderated or later, and what is marked, of pairs by pair; few queries."""
    states = [state.value for state in SETTLED]
    rows = list(Assessment.objects.filter(round=round, pair__in=pairs, state__in=states))
    findings: dict[UUID, dict[str, Finding]] = {}
    for found in Finding.objects.filter(assessment__in=rows).prefetch_related(
        "picks__theme", "evidence"
    ):
        findings.setdefault(found.assessment_id, {})[found.side] = found
    resolutions: dict[UUID, dict[str, Resolution]] = {}
    standing = Resolution.objects.filter(
        reply__assessment__in=rows, superseded_at__isnull=True
    ).select_related("reply")
    for one in standing:
        resolutions.setdefault(one.reply.assessment_id, {})[one.reply.side] = one
    corrections = correction_queries.standing(assessments=rows)
    return {
        row.pair_id: Decided(
            assessment=row,
            findings=findings.get(row.pk, {}) if row.state in DECIDED else {},
            resolutions=resolutions.get(row.pk, {}),
            corrections=corrections.get(row.pk, {}),
        )
        for row in rows
    }


def states_of_round(*, round: Round) -> dict[UUID, State]:
    """Return where each expected pair is, “not started” where nothing happened; two queries."""
    stored = dict(Assessment.objects.filter(round=round).values_list("pair_id", "state"))
    return {
        pair: State(stored.get(pair, State.NOT_STARTED))
        for pair in pair_queries.expected_pairs(on=round.geography_date)
    }


# --- Who may judge what.


def interested_in(*, pair: Pair) -> frozenset[UUID]:
    """Return the people who work for a body of the pair, or declared an interest in one.

    A body that it took over from, or that took over from it, is the same to them.
    """
    bodies = lineages.families_of(bodies=[pair.authority_id, pair.board_id])
    working = Membership.objects.current().filter(body__in=bodies).values_list("user_id", flat=True)
    declared = Interest.objects.filter(body__in=bodies, ended_at__isnull=True)
    return frozenset(working) | frozenset(declared.values_list("person_id", flat=True))


def interests_of(*, person: User) -> frozenset[str]:
    """Return the bodies that a person may not judge, as 'sa/slug' or 'icb/slug'.

    Those that they took over from, or that took over from them, are among them.
    """
    working = Membership.objects.current().filter(user=person).values_list("body_id", flat=True)
    declared = Interest.objects.filter(person=person, ended_at__isnull=True).values_list(
        "body_id", flat=True
    )
    sides = {BodyKind.STRATEGIC_AUTHORITY.value: "sa", BodyKind.INTEGRATED_CARE_BOARD.value: "icb"}
    return frozenset(
        f"{sides[kind]}/{slug}"
        for kind, slug in Body.objects.filter(
            pk__in=lineages.families_of(bodies=[*working, *declared])
        ).values_list("kind", "slug")
        if kind in sides
    )


def holders_of(permission: Permission) -> tuple[User, ...]:
    """Return the people of the centre who have a right everywhere, by name."""
    roles = [role for role, rights in GRANTED_EVERYWHERE.items() if permission in rights]
    return tuple(
        User.objects.filter(
            pk__in=Membership.objects.current().filter(role__in=roles).values("user_id")
        ).order_by("full_name", "pk")
    )


def writers_of(*, assessment: Assessment) -> frozenset[UUID]:
    """Return the people who have written the draft, whoever sent it in the end."""
    return frozenset(
        row
        for row in AssessmentHappening.objects.filter(
            assessment=assessment, type__in=_WRITING
        ).values_list("actor_id", flat=True)
        if row is not None
    )


def last_drafters(*, pair: Pair, round: Round) -> frozenset[UUID]:
    """Return who drafted the pair’s, or its predecessors’, national view in the round before."""
    before = (
        Assessment.objects.filter(
            pair_id__in=[
                pair.pk,
                *pair_queries.predecessor_pairs(pair=pair, until=round.geography_date),
            ],
            round__covers_to__lt=round.covers_to,
            drafted_by__isnull=False,
        )
        .order_by("-round__covers_to", "-round__opens_on", "pk")
        .values_list("round_id", "drafted_by_id")
    )
    rows = list(before)
    return frozenset(person for in_round, person in rows if person and in_round == rows[0][0])


def others_free(
    *, permission: Permission, pair: Pair, round: Round, barred: Iterable[UUID] = ()
) -> bool:
    """Whether somebody has the right who has no interest and did not draft the round before."""
    not_free = interested_in(pair=pair) | last_drafters(pair=pair, round=round) | set(barred)
    return any(person.pk not in not_free for person in holders_of(permission))


def bodies_without_reader(*, pair: Pair) -> tuple[str, ...]:
    """Return the sides whose body has nobody who may read the finding on it."""
    roles = [
        role for role, rights in GRANTED_AT_OWN_BODY.items() if Permission.FINDING_READ in rights
    ]
    staffed = set(
        Membership.objects.current()
        .filter(body__in=[pair.authority_id, pair.board_id], role__in=roles)
        .values_list("body_id", flat=True)
    )
    sides = ((Side.AUTHORITY, pair.authority_id), (Side.BOARD, pair.board_id))
    return tuple(side.value for side, body in sides if body not in staffed)


# --- Times.


def confirmed_sides(*, round: Round, pair: Pair) -> frozenset[str]:
    """Return the sides that have confirmed an own view."""
    return frozenset(
        OwnView.objects.filter(round=round, pair=pair, state=ViewState.CONFIRMED).values_list(
            "side", flat=True
        )
    )


def closing_day_over(*, round: Round, pair: Pair, at: datetime) -> bool:
    """Whether neither side may work on its own view any more: round over, extension too."""
    return all(closing_for(round=round, pair=pair, side=side).is_over(now=at) for side in Side)


def window_open(*, round: Round, at: datetime) -> bool:
    """Whether bodies may reply: the round is in reply, and the day is one of its days in London."""
    if round.reply_opens_on is None or round.reply_closes_on is None:
        return False
    today = london_date(now=at)
    return (
        round.state == RoundState.IN_REPLY
        and round.reply_opens_on <= today <= round.reply_closes_on
    )


def second_looks() -> tuple[Assessment, ...]:
    """Return the national views at which evidence was withdrawn, the longest waiting first."""
    return tuple(
        Assessment.objects.filter(second_look_since__isnull=False)
        .select_related("round", "pair__authority", "pair__board")
        .order_by("second_look_since", "pk")
    )


def drafted_by(*, round_id: UUID, authority_id: UUID, person_id: UUID) -> bool:
    """Whether a person has written a national view of a pair of the authority in the round."""
    return AssessmentHappening.objects.filter(
        assessment__round_id=round_id,
        assessment__pair__authority_id=authority_id,
        actor_id=person_id,
        type__in=_WRITING,
    ).exists()


def evidence_in(*, assessment: Assessment | None, evidence_id: UUID) -> FindingEvidence | None:
    """Return a piece of evidence of a national view, None where there is no such one."""
    return FindingEvidence.objects.filter(pk=evidence_id, finding__assessment=assessment).first()
