"""The only way to an outcomes framework, and to one of its versions."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from authorities.access import Visitor, acting_as, require_sign_in, rights_of
from authorities.models import Body, User
from authorities.permissions import Permission
from outcomes.models import (
    AGREED_STATES,
    Framework,
    FrameworkPartner,
    FrameworkVersion,
    PossibleOwner,
    VersionState,
)


@dataclass(frozen=True)
class Acting:
    """As whom a person takes a step: a party, and their role there."""

    body: Body
    role: str


@dataclass(frozen=True)
class FrameworkAccess:
    """A framework, and the owners for which the person may do this, the authority first."""

    framework: Framework
    bodies: tuple[Body, ...]

    def acting(self, visitor: User, *, permission: Permission, body: UUID | None = None) -> Acting:
        """Return as whom the person takes a step: at the body named, or at the first of theirs.

        Raises:
            PermissionDenied: they have no such right there.
        """
        chosen = [one for one in self.bodies if body is None or one.pk == body]
        if not chosen:
            raise PermissionDenied
        member = acting_as(visitor, permission, chosen[0])
        return Acting(body=chosen[0], role=member.role)


def owners_of(*, framework: Framework) -> tuple[Body, ...]:
    """Return the bodies that own the framework now, the authority's side first."""
    sides, boards = _owners(framework)
    return (*sides, *boards)


def authority_side(*, framework: Framework) -> tuple[Body, ...]:
    """Return the authority, or those of which one will follow it where it split."""
    return _owners(framework)[0]


def _owners(framework: Framework) -> tuple[tuple[Body, ...], tuple[Body, ...]]:
    partners = list(
        FrameworkPartner.objects.filter(
            Q(ended_on__isnull=True) | Q(unassigned=True), framework=framework
        )
        .select_related("pair__board")
        .order_by("pk")
    )
    boards = tuple(one.pair.board for one in partners if one.ended_on is None)
    if any(one.unassigned for one in partners):
        offered = PossibleOwner.objects.filter(partner__framework=framework).exclude(
            pair__authority=framework.authority_id
        )
        rows = offered.select_related("pair__authority").order_by("pair__authority__slug", "pk")
        followers = {one.pair.authority_id: one.pair.authority for one in rows}
        # Pairs of other authorities are offered where the authority itself has ended.
        if followers:
            return tuple(followers.values()), boards
    return (framework.authority,), boards


def access_framework(
    visitor: Visitor, framework_id: UUID, *, permission: Permission
) -> FrameworkAccess:
    """Return the framework, if the person may do this for one of its owners.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is a stranger to all of its owners.
        PermissionDenied: the person has a role at an owner that lacks the right.
    """
    require_sign_in(visitor, permission=permission)
    found = Framework.objects.select_related("authority").filter(pk=framework_id).first()
    if found is None:
        raise Http404
    rights = rights_of(visitor)
    owners = owners_of(framework=found)
    bodies = tuple(
        body for body in owners if permission in rights.at_bodies.get(str(body.pk), frozenset())
    )
    if bodies:
        return FrameworkAccess(framework=found, bodies=bodies)
    if any(rights.belongs_to(body) for body in owners):
        raise PermissionDenied
    raise Http404


def may_at_an_owner(visitor: Visitor, *, framework: Framework, permission: Permission) -> bool:
    """Whether the person may do this for one of the owners."""
    rights = rights_of(visitor)
    return any(
        permission in rights.at_bodies.get(str(body.pk), frozenset())
        for body in owners_of(framework=framework)
    )


def may_read_drafts(visitor: Visitor, *, framework: Framework) -> bool:
    """Whether the person is of an owner: nobody else sees what is not agreed, nor the centre."""
    return may_at_an_owner(visitor, framework=framework, permission=Permission.FRAMEWORK_READ)


@dataclass(frozen=True)
class FrameworkShown:
    """A framework as a page of it may be shown: the version in force, and whether to an owner."""

    framework: Framework
    version: FrameworkVersion | None
    to_owner: bool


def access_in_force(visitor: Visitor, framework_id: UUID) -> FrameworkShown:
    """Return a framework that is in force, to anybody; before it is, to its owners alone.

    Raises:
        Http404: it does not exist, or is not in force and the person is not of an owner.
    """
    framework = Framework.objects.select_related("authority").filter(pk=framework_id).first()
    if framework is None:
        raise Http404
    version = FrameworkVersion.objects.filter(
        framework=framework, state=VersionState.AGREED
    ).first()
    to_owner = may_read_drafts(visitor, framework=framework)
    if version is None and not to_owner:
        raise Http404
    return FrameworkShown(framework=framework, version=version, to_owner=to_owner)


def access_version(visitor: Visitor, framework_id: UUID, number: int) -> FrameworkVersion:
    """Return a version that the person may read: agreed ones anybody, others their owners.

    Raises:
        Http404: it does not exist, or is not agreed and the person is not of an owner.
    """
    version = (
        FrameworkVersion.objects.select_related("framework__authority")
        .filter(framework=framework_id, number=number)
        .first()
    )
    if version is None:
        raise Http404
    if version.state in AGREED_STATES or may_read_drafts(visitor, framework=version.framework):
        return version
    raise Http404
