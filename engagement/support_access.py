"""The only ways to offers of support, to who takes part in them, and to examples of practice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from authorities.access import Visitor, access_owned, may, require_sign_in, rights_of
from authorities.models import Body, BodyKind
from authorities.permissions import Permission
from engagement.models import (
    Ambassador,
    Enrolment,
    LinkState,
    OfferState,
    PeerLink,
    PracticeExample,
    SupportOffer,
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
    if rights.at_bodies or rights.is_of_centre:
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


@dataclass(frozen=True)
class GoingOnAccess:
    """Support that waits to be gone on with, and the bodies for which the person may say so."""

    row: Enrolment | PeerLink
    body_ids: tuple[UUID, ...]


def access_going_on(visitor: Visitor, noun: str, row_id: UUID) -> GoingOnAccess:
    """Return support whose pair ended, for a signatory of a body that may go on with it.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, waits for nobody, or the person is a stranger to its bodies.
        PermissionDenied: the person has a role there, or at the centre, that lacks the right.
    """
    require_sign_in(visitor, permission=Permission.SUPPORT_ANSWER)
    rows: QuerySet[Any] = (
        Enrolment.objects.select_related("offer").defer("declined_reason", "offer__notes")
        if noun == "enrolments"
        else PeerLink.objects.select_related("ambassador").defer("declined_reason")
    )
    found = rows.filter(pk=row_id, needs_reconfirmation=True).first()
    if found is None:
        raise Http404
    possible = [one.pair for one in found.possible_pairs.select_related("pair")]
    ids = {pair.authority_id if found.side == "sa" else pair.board_id for pair in possible}
    bodies = list(Body.objects.filter(pk__in=ids or {found.body_id}).order_by("pk"))
    access_owned(visitor, bodies, permission=Permission.SUPPORT_ANSWER)
    return GoingOnAccess(
        row=found,
        body_ids=tuple(body.pk for body in bodies if may(visitor, Permission.SUPPORT_ANSWER, body)),
    )


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
