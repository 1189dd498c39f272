"""The only ways in: how a page, an API view or a task gets an authority, a board or a pair.

A stranger is told 404, so that nobody learns from a refusal that a thing exists; a member without
the right is told 403. Both are decided here and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from authorities.access_notes import note_sight
from authorities.models import (
    Body,
    BodyKind,
    IntegratedCareBoard,
    Membership,
    Pair,
    Reorganisation,
    StrategicAuthority,
    User,
)
from authorities.permissions import (
    GRANTED_AT_OWN_BODY,
    GRANTED_EVERYWHERE,
    GRANTED_ONCE_PUBLISHED,
    NEEDS_PROOF,
    PUBLIC,
    SHOWS_PEOPLE,
    SIGHT_IS_LOGGED,
    Permission,
)

Visitor = User | AnonymousUser

# A request has its own person object, so what is kept on it lives as long as the request.
_KEPT = "_rights_of_request"


class SignInNeededError(Http404):
    """Nobody is signed in, and only members are let in: signing in may be all that is missing.

    Raised before anything is looked up, so that it says nothing of what exists.
    """


class ProofNeededError(ReauthenticationRequired):  # type: ignore[misc] # allauth has no types
    """The person has the right, and must prove anew who they are before using it.

    Pages lead to where that is done and back, with what was sent; the API says so.
    """


class Side(StrEnum):
    """A side of a pair."""

    AUTHORITY = "sa"
    BOARD = "icb"


@dataclass(frozen=True)
class PairAccess:
    """A pair, and the side that the person acts for (None: neither)."""

    pair: Pair
    side: Side | None


@dataclass(frozen=True)
class Rights:
    """What one person may do, read once a request."""

    at_bodies: dict[str, frozenset[Permission]]
    everywhere: frozenset[Permission]
    once_published: frozenset[Permission] = frozenset()

    def at(self, body: Body) -> frozenset[Permission]:
        """The person's rights at the body, the public ones aside."""
        return self.everywhere | self.at_bodies.get(str(body.pk), frozenset())

    @property
    def is_of_centre(self) -> bool:
        """Whether the person may know of what the centre works on; who only audits may not."""
        return bool(self.everywhere - {Permission.AUDIT_READ})

    def bodies_with(self, permission: Permission) -> frozenset[str]:
        """The keys of the person's own bodies at which they may do this."""
        return frozenset(key for key, held in self.at_bodies.items() if permission in held)

    def belongs_to(self, body: Body) -> bool:
        """Whether the person has any role at the body itself."""
        return str(body.pk) in self.at_bodies


def memberships_of(visitor: Visitor) -> tuple[Membership, ...]:
    """Return the current memberships of the person, with bodies, oldest first."""
    if not isinstance(visitor, User):
        return ()
    return tuple(
        Membership.objects.current()
        .filter(user=visitor)
        .select_related("body")
        .order_by("started_at", "pk")
    )


def acting_as(visitor: Visitor, permission: Permission, body: Body | None = None) -> Membership:
    """Return the membership by which a person has a right: their oldest that gives it.

    Raises:
        PermissionDenied: none gives it.
    """
    for member in memberships_of(visitor):
        at_home = GRANTED_AT_OWN_BODY.get(member.role, frozenset())
        anywhere = GRANTED_EVERYWHERE.get(member.role, frozenset())
        anywhere |= GRANTED_ONCE_PUBLISHED.get(member.role, frozenset())
        if permission in anywhere or (
            body is not None and member.body_id == body.pk and permission in at_home
        ):
            return member
    raise PermissionDenied


def rights_of(visitor: Visitor) -> Rights:
    """Return what the person may do, from one query; kept with the person for the request."""
    if not isinstance(visitor, User):
        return Rights(at_bodies={}, everywhere=frozenset())
    kept: Rights | None = getattr(visitor, _KEPT, None)
    if kept is not None:
        return kept
    at_bodies: dict[str, frozenset[Permission]] = {}
    everywhere: frozenset[Permission] = frozenset()
    once_published: frozenset[Permission] = frozenset()
    for body_id, role in (
        Membership.objects.current().filter(user=visitor).values_list("body_id", "role")
    ):
        everywhere |= GRANTED_EVERYWHERE.get(role, frozenset())
        once_published |= GRANTED_ONCE_PUBLISHED.get(role, frozenset())
        if role in GRANTED_AT_OWN_BODY:
            key = str(body_id)
            at_bodies[key] = at_bodies.get(key, frozenset()) | GRANTED_AT_OWN_BODY[role]
    rights = Rights(at_bodies=at_bodies, everywhere=everywhere, once_published=once_published)
    setattr(visitor, _KEPT, rights)
    return rights


def may(visitor: Visitor, permission: Permission, body: Body | None = None) -> bool:
    """Whether the person has the right: at the body, or everywhere when none is named."""
    rights = rights_of(visitor)
    held = rights.everywhere if body is None else rights.at(body)
    return permission in PUBLIC or permission in held


def require_sign_in(visitor: Visitor, *, permission: Permission) -> None:
    """Let through who is signed in, and anybody where the right is a public one.

    Raises:
        SignInNeededError: nobody is signed in.
    """
    if permission not in PUBLIC and not isinstance(visitor, User):
        raise SignInNeededError


def require(visitor: Visitor, permission: Permission) -> None:
    """Let through who has the right everywhere.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: the person is not of the centre.
        PermissionDenied: the person is of the centre and lacks this right.
        ProofNeededError: it is too long ago that the person proved who they are.
    """
    require_sign_in(visitor, permission=permission)
    if may(visitor, permission):
        _require_proof(visitor, permission)
        note_seen(visitor, permission)
        return
    note_sight(visitor, permission, refused=True)
    if rights_of(visitor).is_of_centre:
        raise PermissionDenied
    raise Http404


def require_proof(person: User) -> None:
    """Let through who proved a short while ago who they are, for what is done to an own account.

    Raises:
        ProofNeededError: it is too long ago.
    """
    if not person.proven_recently:
        raise ProofNeededError


def _require_proof(visitor: Visitor, permission: Permission) -> None:
    if permission in NEEDS_PROOF and isinstance(visitor, User):
        require_proof(visitor)


def note_seen(visitor: Visitor, permission: Permission, *bodies: Body) -> None:
    """Remember that the person is shown something by a right, where that is to be remembered.

    What people see of their own body's work is not, but who works there is. Called here for every
    right that is required; by a page itself where it only shows more to who has a right.
    """
    own = rights_of(visitor).at_bodies
    is_own = any(permission in own.get(str(body.pk), frozenset()) for body in bodies)
    if permission in SHOWS_PEOPLE or (permission in SIGHT_IS_LOGGED and not is_own):
        note_sight(visitor, permission, bodies[0] if bodies else None)


def _check(visitor: Visitor, permission: Permission, *bodies: Body) -> None:
    rights = rights_of(visitor)
    if permission in PUBLIC or any(permission in rights.at(body) for body in bodies):
        _require_proof(visitor, permission)
        note_seen(visitor, permission, *bodies)
        return
    note_sight(visitor, permission, bodies[0], refused=True)
    if rights.is_of_centre or any(rights.belongs_to(body) for body in bodies):
        raise PermissionDenied
    raise Http404


def access_authority(visitor: Visitor, slug: str, *, permission: Permission) -> StrategicAuthority:
    """Return the strategic authority, if the person may do this there.

    Raises:
        SignInNeededError: nobody is signed in, and the right is not a public one.
        Http404: it does not exist, or the person is a stranger to it.
        PermissionDenied: the person has a role there that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    authority = StrategicAuthority.objects.filter(slug=slug).first()
    if authority is None:
        raise Http404
    _check(visitor, permission, authority)
    return authority


def access_icb(visitor: Visitor, slug: str, *, permission: Permission) -> IntegratedCareBoard:
    """Return the integrated care board, if the person may do this there.

    Raises:
        SignInNeededError: nobody is signed in, and the right is not a public one.
        Http404: it does not exist, or the person is a stranger to it.
        PermissionDenied: the person has a role there that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    board = IntegratedCareBoard.objects.filter(slug=slug).first()
    if board is None:
        raise Http404
    _check(visitor, permission, board)
    return board


def access_body(visitor: Visitor, kind: BodyKind, slug: str, *, permission: Permission) -> Body:
    """Return the body of a kind, if the person may do this there.

    Raises:
        SignInNeededError: nobody is signed in, and the right is not a public one.
        Http404: it does not exist, or the person is a stranger to it.
        PermissionDenied: the person has a role there that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    body = Body.objects.filter(kind=kind, slug=slug).first()
    if body is None:
        raise Http404
    _check(visitor, permission, body)
    return body


def access_owned(visitor: Visitor, bodies: Sequence[Body], *, permission: Permission) -> Body:
    """Return the first of the bodies that own something at which the person may do this.

    Raises:
        SignInNeededError: nobody is signed in, and the right is not a public one.
        Http404: the person is a stranger to all of them.
        PermissionDenied: the person has a role at one of them that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    _check(visitor, permission, *bodies)
    rights = rights_of(visitor)
    return next((body for body in bodies if permission in rights.at(body)), bodies[0])


def access_pair(
    visitor: Visitor, authority_slug: str, board_slug: str, *, permission: Permission
) -> PairAccess:
    """Return the pair and the person's side of it, if the person may do this on either side.

    Raises:
        SignInNeededError: nobody is signed in, and the right is not a public one.
        Http404: it does not exist, or the person is a stranger to both sides.
        PermissionDenied: the person has a role on a side that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    pair = (
        Pair.objects.select_related("authority", "board")
        .filter(authority__slug=authority_slug, board__slug=board_slug)
        .first()
    )
    if pair is None:
        raise Http404
    _check(visitor, permission, pair.authority, pair.board)
    rights = rights_of(visitor)
    side = None
    # With a role on both sides, a person acts for the one that gives this right, the SA first.
    for candidate, body in ((Side.AUTHORITY, pair.authority), (Side.BOARD, pair.board)):
        if permission in rights.at_bodies.get(str(body.pk), frozenset()):
            side = candidate
            break
    return PairAccess(pair=pair, side=side)


def access_reorganisation(visitor: Visitor, key: UUID, *, permission: Permission) -> Reorganisation:
    """Return the change of bodies and areas, if the person may do this with it.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is not of the centre.
        PermissionDenied: the person is of the centre and lacks this right.
    """
    require(visitor, permission)
    # The maps of a preview are large, and one page only shows them.
    found = Reorganisation.objects.defer("picture").filter(pk=key).first()
    if found is None:
        raise Http404
    return found
