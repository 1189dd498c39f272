"""The only ways to commitments, returns that others submitted, national views and support."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from authorities.access import (
    Visitor,
    access_owned,
    access_pair,
    may,
    require,
    require_sign_in,
    rights_of,
)
from authorities.models import Body, BodyKind, Pair, StrategicAuthority
from authorities.permissions import Permission
from duty.models import Round, Submission
from duty.queries.shared_sections import SHARED_SECTIONS
from engagement.models import (
    Ambassador,
    Assessment,
    Commitment,
    Enrolment,
    LinkState,
    OfferState,
    PeerLink,
    PracticeExample,
    Side,
    SupportOffer,
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


def access_offer(visitor: Visitor, offer_id: UUID) -> SupportOffer:
    """Return an offer of support: everybody reads what is open or was, a draft the centre alone.

    Raises:
        Http404: it does not exist, or is a draft and the person is not of the centre.
    """
    found = SupportOffer.objects.filter(pk=offer_id).first()
    if found is None or (
        found.state == OfferState.DRAFT and not may(visitor, Permission.SUPPORT_DESK_READ)
    ):
        raise Http404
    return found


def access_asking(visitor: Visitor, offer_id: UUID) -> tuple[SupportOffer, tuple[UUID, ...]]:
    """Return an offer, and the bodies for which the person may ask for it.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: there is no such offer for the person, or they are of no body.
        PermissionDenied: the person has a role at a body or the centre that lacks the right.
    """
    require_sign_in(visitor, permission=Permission.SUPPORT_ANSWER)
    offer = access_offer(visitor, offer_id)
    rights = rights_of(visitor)
    bodies = tuple(
        sorted(
            UUID(key) for key, held in rights.at_bodies.items() if Permission.SUPPORT_ANSWER in held
        )
    )
    if bodies:
        return offer, bodies
    if rights.at_bodies or rights.everywhere:
        raise PermissionDenied
    raise Http404


def access_own_support(visitor: Visitor, body_id: UUID, *, permission: Permission) -> Body:
    """Return an authority or an ICB, if the person may do this with its support.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is a stranger to it.
        PermissionDenied: the person has a role there, or at the centre, that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    body = Body.objects.filter(
        pk=body_id, kind__in=[BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD]
    ).first()
    if body is None:
        raise Http404
    return access_owned(visitor, [body], permission=permission)


def access_enrolment(visitor: Visitor, enrolment_id: UUID, *, permission: Permission) -> Enrolment:
    """Return an enrolment, if the person may do this at its own body; the pair's other is none.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is a stranger to its body.
        PermissionDenied: the person has a role there, or at the centre, that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    found = (
        Enrolment.objects.select_related("body", "offer")
        .defer("declined_reason", "offer__notes")
        .filter(pk=enrolment_id)
        .first()
    )
    if found is None:
        raise Http404
    access_owned(visitor, [found.body], permission=permission)
    return found


def access_ambassador(
    visitor: Visitor, ambassador_id: UUID, *, permission: Permission
) -> Ambassador:
    """Return what a body volunteered, if the person may do this at that body.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is a stranger to the body.
        PermissionDenied: the person has a role there, or at the centre, that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    found = Ambassador.objects.select_related("body").filter(pk=ambassador_id).first()
    if found is None:
        raise Http404
    access_owned(visitor, [found.body], permission=permission)
    return found


@dataclass(frozen=True)
class LinkAccess:
    """A peer link, and the body for which the person acts."""

    link: PeerLink
    body: Body


def access_link(visitor: Visitor, link_id: UUID, *, permission: Permission) -> LinkAccess:
    """Return a peer link, if the person may do this at one of its bodies.

    Until the body that is asked has accepted, the ambassador does not know of it.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is a stranger to both bodies.
        PermissionDenied: the person has a role there, or at the centre, that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    found = (
        PeerLink.objects.select_related("body", "ambassador__body", "ambassador")
        .defer("declined_reason")
        .filter(pk=link_id)
        .first()
    )
    if found is None:
        raise Http404
    bodies = [found.body]
    if found.state in (LinkState.ACCEPTED, LinkState.ENDED):
        bodies.append(found.ambassador.body)
    return LinkAccess(link=found, body=access_owned(visitor, bodies, permission=permission))


def access_practice(visitor: Visitor, example_id: UUID) -> PracticeExample:
    """Return an example that the person may read drafts of: its body's people, and the centre.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or is another body's.
    """
    require_sign_in(visitor, permission=Permission.PRACTICE_EDIT)
    found = PracticeExample.objects.select_related("body").filter(pk=example_id).first()
    if found is None:
        raise Http404
    own = found.body is not None and may(visitor, Permission.PRACTICE_EDIT, found.body)
    if not own and not may(visitor, Permission.PRACTICE_DRAFTS_READ):
        raise Http404
    return found


def access_own_practice(visitor: Visitor, example_id: UUID) -> PracticeExample:
    """Return an example that the person may change: of their own body.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is a stranger to its body.
        PermissionDenied: the person is of the centre.
    """
    found = access_practice(visitor, example_id)
    if found.body is None:
        raise PermissionDenied
    access_owned(visitor, [found.body], permission=Permission.PRACTICE_EDIT)
    return found
