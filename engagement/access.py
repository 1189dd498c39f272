"""The only ways to commitments, returns that others submitted, national views and support."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from authorities.access import (
    Visitor,
    access_pair,
    may,
    note_seen,
    require,
    require_sign_in,
    rights_of,
)
from authorities.models import Pair, StrategicAuthority
from authorities.permissions import Permission
from duty.models import Round, Submission
from duty.queries.shared_sections import SHARED_SECTIONS
from engagement.models import (
    Assessment,
    Commitment,
    Side,
)
from engagement.queries import assessments, desk, own_views, shared_returns
from engagement.queries.commitment_origins import possible_pairs


@dataclass(frozen=True)
class CommitmentAccess:
    """A commitment, and the sides that the person may do this for (none: the centre reads).

    pair: the commitment's own; of one whose pair ended, the pair that may go on with it and that
        the person is of.
    """

    commitment: Commitment
    pair: Pair
    sides: frozenset[Side]

    @property
    def side(self) -> Side | None:
        """The side that the person acts for; with a role on both, the authority's."""
        return next((side for side in Side if side in self.sides), None)


def access_commitment(
    visitor: Visitor, commitment_id: UUID, *, permission: Permission
) -> CommitmentAccess:
    """Return the commitment, if the person may do this at either side of its pair.

    While its pair has ended and none was chosen to go on with it, both sides of those that may go
    on with it see it as well.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is a stranger to both sides.
        PermissionDenied: the person has a role on a side that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    commitment = (
        Commitment.objects.select_related("pair__authority", "pair__board")
        .filter(pk=commitment_id)
        .first()
    )
    if commitment is None:
        raise Http404
    pairs = [commitment.pair, *possible_pairs(commitment=commitment)]
    pair = next(
        (one for one in pairs if own_sides(visitor, pair=one, permission=permission)),
        None,
    ) or next((one for one in pairs if _belongs_to(visitor, one)), commitment.pair)
    access_pair(visitor, pair.authority.slug, pair.board.slug, permission=permission)
    return CommitmentAccess(
        commitment=commitment,
        pair=pair,
        sides=own_sides(visitor, pair=pair, permission=permission),
    )


def _belongs_to(visitor: Visitor, pair: Pair) -> bool:
    rights = rights_of(visitor)
    return rights.belongs_to(pair.authority) or rights.belongs_to(pair.board)


def own_sides(visitor: Visitor, *, pair: Pair, permission: Permission) -> frozenset[Side]:
    """Return the sides of the pair at which the person's own role gives the right."""
    at_bodies = rights_of(visitor).at_bodies
    bodies = {Side.AUTHORITY: pair.authority_id, Side.BOARD: pair.board_id}
    return frozenset(
        side for side, body in bodies.items() if permission in at_bodies.get(str(body), frozenset())
    )


def may_read_commitments(visitor: Visitor, *, pair: Pair) -> bool:
    """Whether the person sees the pair's commitments: both bodies and the centre do."""
    return any(
        may(visitor, Permission.COMMITMENT_READ, body) for body in (pair.authority, pair.board)
    )


def may_read_three_steps(visitor: Visitor, *, pair: Pair) -> bool:
    """Whether the person sees the pair's joint self-check: both bodies and the centre do."""
    return any(
        may(visitor, Permission.THREE_STEPS_READ, body) for body in (pair.authority, pair.board)
    )


@dataclass(frozen=True)
class SharedReturnAccess:
    """A submitted return, and the sections of it that the person may read (None: all)."""

    submission: Submission
    sections: frozenset[str] | None
    # The right by which they do.
    permission: Permission


def access_shared_return(
    visitor: Visitor, round_slug: str, authority_slug: str
) -> SharedReturnAccess:
    """Return what an authority submitted in a round, as far as the person may read it.

    The centre and the authority read the newest submission; a reader, the one that the round's
    current revision names, once it is published; people of a board that the round pairs with the
    authority, the shared sections of the newest. Nobody reads a draft here.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: there is no such submission, or the person has no right to it.
    """
    require_sign_in(visitor, permission=Permission.SHARED_SECTIONS_READ)
    authority = StrategicAuthority.objects.filter(slug=authority_slug).first()
    round_ = Round.objects.counted().filter(slug=round_slug).first()
    if authority is None or round_ is None:
        raise Http404
    rights = rights_of(visitor)
    found, sections = None, None
    held = Permission.SHARED_SECTIONS_READ
    if may(visitor, Permission.SUBMITTED_RETURN_READ):
        held = Permission.SUBMITTED_RETURN_READ
        found = shared_returns.newest_submission(round_=round_, authority=authority)
    elif Permission.RETURN_READ in rights.at_bodies.get(str(authority.pk), frozenset()):
        held = Permission.RETURN_READ
        found = shared_returns.newest_submission(round_=round_, authority=authority)
    elif Permission.PUBLISHED_RETURN_READ in rights.once_published:
        held = Permission.PUBLISHED_RETURN_READ
        found = shared_returns.published_submission(round_=round_, authority=authority)
    if found is None and any(
        Permission.SHARED_SECTIONS_READ in rights.at_bodies.get(str(board), frozenset())
        for board in shared_returns.boards_of(round_=round_, authority=authority)
    ):
        held = Permission.SHARED_SECTIONS_READ
        found = shared_returns.newest_submission(round_=round_, authority=authority)
        sections = SHARED_SECTIONS
    if found is None:
        raise Http404
    note_seen(visitor, held, authority)
    return SharedReturnAccess(submission=found, sections=sections, permission=held)


@dataclass(frozen=True)
class AssessmentAccess:
    """An expected pair of a round, with its national view where it has one."""

    round: Round
    pair: Pair
    assessment: Assessment | None


def access_assessment(
    visitor: Visitor,
    *,
    round_slug: str,
    authority_slug: str,
    board_slug: str,
    permission: Permission,
) -> AssessmentAccess:
    """Return the national view of a pair in a round, for people of the centre.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: the person is not of the centre, or the pair is not one of the round.
        PermissionDenied: the person is of the centre and lacks this right.
    """
    require(visitor, permission)
    round_ = next((one for one in desk.desk_rounds() if one.slug == round_slug), None)
    pair = (
        Pair.objects.select_related("authority", "board")
        .filter(authority__slug=authority_slug, board__slug=board_slug)
        .first()
    )
    if round_ is None or pair is None or not own_views.is_expected(round=round_, pair=pair):
        raise Http404
    return AssessmentAccess(
        round=round_,
        pair=pair,
        assessment=assessments.assessment_of(round=round_, pair=pair),
    )


@dataclass(frozen=True)
class FindingAccess:
    """An expected pair of a round, the side that a person reads or replies for, and others.

    sides: all that the person has this right at.
    """

    round: Round
    pair: Pair
    assessment: Assessment | None
    side: Side
    sides: tuple[Side, ...]


def access_finding(
    visitor: Visitor,
    *,
    round_slug: str,
    authority_slug: str,
    board_slug: str,
    asked: str,
    permission: Permission,
) -> FindingAccess:
    """Return what was found of a pair in a round, for people of one of its two bodies.

    Who has the right on both sides says for which, by `asked`; the authority's comes first.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: a stranger to both, or the pair is not one of the round.
        PermissionDenied: the person has a role on a side, or at the centre, without the right.
    """
    pair = access_pair(visitor, authority_slug, board_slug, permission=permission).pair
    round_ = next((one for one in desk.desk_rounds() if one.slug == round_slug), None)
    sides = own_sides(visitor, pair=pair, permission=permission)
    if round_ is None or not sides or not own_views.is_expected(round=round_, pair=pair):
        raise Http404
    ordered = tuple(side for side in Side if side in sides)
    return FindingAccess(
        round=round_,
        pair=pair,
        assessment=assessments.assessment_of(round=round_, pair=pair),
        side=next((side for side in ordered if side.value == asked), ordered[0]),
        sides=ordered,
    )
